/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of spectra and of plays show the numbers that they are given. */
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure/compare_board.h"
#include "figure/play_board.h"
#include "figure/study_board.h"

enum { N = 5, POINTS = 9 };

static const gf_size *size_of(const char *name)
{
    for (size_t i = 0; i < gf_size_count; i++)
        if (strcmp(gf_sizes[i].name, name) == 0)
            return &gf_sizes[i];
    ck_abort_msg("no size %s", name);
}

static const gf_theme *paper(void)
{
    const gf_theme *theme = NULL;

    ck_assert_int_eq(gf_theme_find(&theme, "paper", NULL), GF_OK);
    return theme;
}

static void compose(gf_scene *scene, const gf_board *board)
{
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(gf_board_compose(scene, board,
                                   gf_typesetter_builtin(GF_SERIF),
                                   &error) == GF_OK,
                  "%s", error.message);
}

/* The k-th item of a kind in the group of that id; NULL if there is none. */
static const gf_item *item_of(const gf_scene *scene, const char *id,
                              gf_item_kind kind, size_t k)
{
    bool is_inside = false;

    for (size_t i = 0; i < scene->items; i++) {
        const gf_item *item = &scene->item[i];
        if (item->kind == GF_ITEM_OPEN)
            is_inside = strcmp(item->as.group.id, id) == 0;
        else if (item->kind == GF_ITEM_SHUT)
            is_inside = false;
        else if (is_inside && item->kind == kind && k-- == 0)
            return item;
    }
    return NULL;
}

static size_t count_markers(const gf_scene *scene, const char *id)
{
    size_t count = 0;

    while (item_of(scene, id, GF_ITEM_MARKER, count))
        count++;
    return count;
}

/* --- spectra ----------------------------------------------------------- */

/* Three eigenvalues and two zeros, of which one is below 0; an effective rank
   of 2 is where the second eigenvalue is; an eigenfunction that is negative is
   turned. */
START_TEST(test_spectrum)
{
    static const double x[N] = {0, 1, 2, 3, 4};
    double value[N] = {8, 1, 0.1, 1e-12, -1e-13}, mode[N * N] = {0};
    gf_kernel_study study = {.count = N,
                             .eigenvalue = value,
                             .mode = mode,
                             .trace = 9.1,
                             .effective_rank = 2,
                             .participation = 1.3,
                             .rank = 3,
                             .drift = NAN};
    gf_study_figure figure = {.study = &study,
                              .x = x,
                              .net = "1-2-1:tanh",
                              .size = size_of("neurips"),
                              .theme = paper()};
    gf_study_board b;
    gf_scene scene;

    for (size_t i = 0; i < N; i++) {
        mode[i] = -1 - (double)i;
        mode[N + i] = 1 + (double)i;
    }
    ck_assert_int_eq(gf_study_board_make(&b, &figure, NULL), GF_OK);
    compose(&scene, &b.board);
    ck_assert_uint_eq(count_markers(&scene, "panel-1-mark-3"), 3);
    ck_assert_uint_eq(count_markers(&scene, "panel-1-mark-4"), 2);
    const gf_item *second =
        item_of(&scene, "panel-1-mark-3", GF_ITEM_MARKER, 1);
    const gf_item *rule = item_of(&scene, "panel-1-mark-1", GF_ITEM_STROKE, 0);
    assert_close(rule->path.point[0].x, second->as.marker.at.x, 1e-9);
    const gf_item *zero = item_of(&scene, "panel-1-mark-4", GF_ITEM_MARKER, 0);
    assert_close(zero[0].as.marker.at.y, zero[1].as.marker.at.y, 1e-9);
    ck_assert(zero->as.marker.at.y > second[1].as.marker.at.y);
    for (int k = 1; k <= 2; k++) {
        const char *id = k == 1 ? "panel-2-mark-1" : "panel-2-mark-2";
        const gf_path *curve = &item_of(&scene, id, GF_ITEM_STROKE, 0)->path;
        ck_assert(curve->point[curve->points - 1].y < curve->point[0].y);
    }
    ck_assert_ptr_nonnull(strstr(scene.about.description, "2 zero"));
    gf_scene_clear(&scene);
    gf_study_board_clear(&b);
    value[0] = 0;
    ck_assert_int_eq(gf_study_board_make(&b, &figure, NULL), GF_ARGUMENT);
    gf_study_board_clear(&b);
}
END_TEST

/* --- plays ------------------------------------------------------------- */

typedef struct stage {
    gf_field *field, *there; /* there: with the p_d of the spot */
    gf_classification c;
    gf_distribution *data;
    double x[POINTS];
    gf_play play;
} stage;

static void open_stage(stage *s, size_t spot, double until)
{
    gf_play_setup setup = {
        .representation = GF_SOFTMAX,
        .course = {.until = until, .step = 0.02, .rows = 50, .frozen = true}};
    char set[64];
    const char *sets = set;
    gf_settings settings = {.set = &sets, .set_count = 1};

    ck_assert_int_eq(gf_field_find(&s->field, "wgan", NULL, NULL), GF_OK);
    ck_assert_int_eq(gf_distribution_read(&s->data, "normal(0,1)", NULL),
                     GF_OK);
    ck_assert_int_eq(gf_net_parse(&setup.critic, "1-4-1:tanh", NULL), GF_OK);
    setup.generator = setup.critic;
    setup.generator.seed = 1;
    for (size_t i = 0; i < POINTS; i++)
        s->x[i] = -3 + 0.75 * (double)i;
    setup.field = s->field;
    setup.data = s->data;
    setup.x = s->x;
    setup.count = POINTS;
    gf_play_init(&s->play);
    ck_assert_int_eq(gf_play_run(&s->play, &setup, NULL), GF_OK);
    snprintf(set, sizeof set, "p_d=%.17g",
             gf_distribution_density(s->data, s->x[spot]));
    ck_assert_int_eq(gf_field_find(&s->there, "wgan", &settings, NULL), GF_OK);
    gf_classification_init(&s->c);
    ck_assert_int_eq(gf_classify(&s->c, s->there, NULL, NULL), GF_OK);
}

static void close_stage(stage *s)
{
    gf_play_clear(&s->play);
    gf_classification_clear(&s->c);
    gf_field_free(s->field);
    gf_field_free(s->there);
    gf_distribution_free(s->data);
}

static bool is_in(const gf_range w[2], double x, double y)
{
    return x > w[0].lo && x < w[0].hi && y > w[1].lo && y < w[1].hi;
}

/* The window has the run and the rest point; a dot for each pair of modes, the
   ideal field's too; the portrait, the run, distances, energies and modes. */
START_TEST(test_play)
{
    const size_t spot = 3;
    gf_range window[2];
    gf_play_board b;
    gf_scene scene;
    stage s;

    open_stage(&s, spot, 2);
    gf_play_figure figure = {.play = &s.play,
                             .spot = {spot},
                             .c = {&s.c},
                             .spots = 1,
                             .size = size_of("icml-wide"),
                             .theme = paper()};
    gf_play_board_window(window, &figure, 0);
    for (size_t row = 0; row < s.play.course.count; row++)
        ck_assert(is_in(window, s.play.course.d[row * POINTS + spot],
                        s.play.course.p[row * POINTS + spot]));
    ck_assert(is_in(window, 0, gf_distribution_density(s.data, s.x[spot])));

    ck_assert_int_eq(gf_play_board_make(&b, &figure, NULL), GF_OK);
    compose(&scene, &b.board);
    ck_assert_ptr_nonnull(gf_scene_group(&scene, "a-stream"));
    ck_assert_uint_eq(b.board.panels, 4);
    ck_assert_uint_eq(b.board.panel[1].marks, 4);
    ck_assert_uint_eq(b.board.panel[2].marks, 2);
    ck_assert_uint_eq(count_markers(&scene, "panel-4-mark-1"),
                      s.play.ideal.count / 2);
    ck_assert_uint_eq(count_markers(&scene, "panel-4-mark-2"),
                      s.play.modes.count / 2);
    gf_scene_clear(&scene);
    gf_play_board_clear(&b);
    close_stage(&s);
}
END_TEST

/* Without a run the modes alone. */
START_TEST(test_play_without_a_run)
{
    gf_play_board b;
    gf_scene scene;
    stage s;

    open_stage(&s, 3, 0);
    gf_play_figure figure = {
        .play = &s.play, .size = size_of("icml"), .theme = paper()};
    ck_assert_int_eq(gf_play_board_make(&b, &figure, NULL), GF_OK);
    ck_assert_uint_eq(b.board.panels, 1);
    compose(&scene, &b.board);
    gf_scene_clear(&scene);
    gf_play_board_clear(&b);
    close_stage(&s);
}
END_TEST

/* --- comparisons ------------------------------------------------------- */

enum { NETS = 3, SEEDS = 2 };

/* Two seeds of three critics: marks by verdict, in rows from above, at gaps of
   one axis; what diverged stands at the right edge, and the ranges end where
   the gaps did. */
static void check_comparison(gf_scene *scene)
{
    const gf_item *converged =
        item_of(scene, "panel-1-mark-6", GF_ITEM_MARKER, 0);
    const gf_item *orbit = item_of(scene, "panel-1-mark-5", GF_ITEM_MARKER, 0);
    const gf_item *gone = item_of(scene, "panel-1-mark-4", GF_ITEM_MARKER, 0);

    ck_assert_uint_eq(count_markers(scene, "panel-1-mark-4"), 1);
    ck_assert_uint_eq(count_markers(scene, "panel-1-mark-5"), 2);
    ck_assert_uint_eq(count_markers(scene, "panel-1-mark-6"), 2);
    ck_assert_uint_eq(count_markers(scene, "panel-1-mark-7"), 1);
    ck_assert_int_eq(converged->as.marker.kind, GF_MARKER_DISC);
    ck_assert_int_eq(orbit->as.marker.kind, GF_MARKER_BULL);
    ck_assert_int_eq(gone->as.marker.kind, GF_MARKER_CROSS);
    ck_assert(converged->as.marker.at.y < orbit->as.marker.at.y);
    ck_assert(orbit->as.marker.at.y < gone->as.marker.at.y);
    ck_assert(orbit->as.marker.at.x < gone->as.marker.at.x);
    /* 0.02, 0.04; 0.4, 0.8: a factor of two and one of twenty */
    double two = converged[1].as.marker.at.x - converged->as.marker.at.x;
    double twenty = orbit->as.marker.at.x - converged->as.marker.at.x;
    assert_close(twenty / two, log(20) / log(2), 1e-6);
    const gf_path *range =
        &item_of(scene, "panel-1-mark-3", GF_ITEM_STROKE, 0)->path;
    assert_close(range->point[1].x, converged->as.marker.at.x, 1e-6);
    assert_close(range->point[1].y, converged->as.marker.at.y, 1e-6);
}

START_TEST(test_comparison)
{
    static const char *const names[NETS] = {"1-2-1:tanh", "1-2-1:relu",
                                            "1-2-1:sin"};
    gf_compared rows[NETS] = {{.critic = 0}, {.critic = 1}, {.critic = 2}};
    gf_compared_seed seeds[NETS * SEEDS] = {
        {GF_COURSE_CONVERGED, 0.02, 0.01, 0.02},
        {GF_COURSE_CONVERGED, 0.04, 0.04, 0.05},
        {GF_COURSE_ORBIT, 0.4, 0.1, 0.9},
        {GF_COURSE_ORBIT, 0.8, 0.1, 0.9},
        {GF_COURSE_DIVERGED, 1e30, 1, 1e30},
        {GF_COURSE_UNDECIDED, 0.5, 0.4, 0.6}};
    gf_comparison all = {
        .row = rows, .seed = seeds, .count = NETS, .seeds = SEEDS};
    gf_net_shape shape[NETS];
    gf_field *field = NULL;
    gf_play_setup play = {.course = {.until = 3}};
    const gf_distribution *data = NULL;
    gf_comparison_setup setup = {.play = &play,
                                 .critic = shape,
                                 .count = NETS,
                                 .data = &data,
                                 .data_count = 1,
                                 .field = (const gf_field *const *)&field};
    gf_compare_figure figure = {.setup = &setup,
                                .all = &all,
                                .name = names,
                                .size = size_of("neurips"),
                                .theme = paper()};
    gf_compare_board b;
    gf_scene scene;

    ck_assert_int_eq(gf_field_find(&field, "wgan", NULL, NULL), GF_OK);
    for (int i = 0; i < NETS; i++) {
        ck_assert_int_eq(gf_net_parse(&shape[i], names[i], NULL), GF_OK);
        rows[i].first_gap = 0.7;
        for (int k = 0; k < SEEDS; k++)
            rows[i].ends[seeds[i * SEEDS + k].end]++;
    }
    ck_assert_int_eq(gf_compare_board_make(&b, &figure, NULL), GF_OK);
    ck_assert_str_eq(b.row[0], names[2]);
    compose(&scene, &b.board);
    check_comparison(&scene);
    ck_assert_ptr_nonnull(
        strstr(scene.about.description, "1-2-1:relu: 2 orbit,"));
    gf_scene_clear(&scene);
    gf_compare_board_clear(&b);
    setup.data_count = 25;
    ck_assert_int_eq(gf_compare_board_make(&b, &figure, NULL), GF_ARGUMENT);
    gf_compare_board_clear(&b);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/kernel_boards", test_spectrum, test_play,
                     test_play_without_a_run, test_comparison);
}
