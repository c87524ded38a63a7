/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profiles draw curves, bands and rules where their values are. */
#include "figure/profile.h"

#include <math.h>
#include <string.h>

#include "figure/paint.h"
#include "harness.h"

enum { COUNT = 21 };

typedef struct sheet {
    double x[COUNT], y[COUNT];
    gf_profile profile;
    gf_scene scene;
    gf_painter painter;
    gf_error error;
} sheet;

static const char *const word[] = {"small", "never", "large"};
static const gf_profile_band band[] = {{0.1, 1, 0}, {1, 10, 2}};

/* y = x^2 over a logarithmic axis, which spans enough to be logarithmic too:
   a straight line. */
static void set_up(sheet *s)
{
    gf_error_clear(&s->error);
    ck_assert_int_eq(gf_painter_open(&s->painter, GF_PAINT_SVG,
                                     gf_themes[0].family, &s->error),
                     GF_OK);
    for (int i = 0; i < COUNT; i++) {
        s->x[i] = pow(10, -1 + 2.0 * i / (COUNT - 1));
        s->y[i] = s->x[i] * s->x[i];
    }
    s->profile = (gf_profile){.theme = &gf_themes[0],
                              .axis = {"speed", 0.1, 10, true, s->x, COUNT},
                              .curve = {{"square", "square", s->y, true, 1}},
                              .curves = 1,
                              .band = band,
                              .bands = 2,
                              .word = word,
                              .words = 3,
                              .rule = {{1, "one"}, {0.1, "one"}},
                              .rules = 2,
                              .about = "nothing"};
    ck_assert_int_eq(gf_size_read(&s->profile.size, "300x225", &s->error),
                     GF_OK);
}

static gf_status compose(sheet *s)
{
    return gf_profile_compose(&s->scene, &s->profile, s->painter.typesetter,
                              &s->error);
}

static void tear_down(sheet *s)
{
    gf_scene_clear(&s->scene);
    gf_painter_close(&s->painter);
}

/* The n-th item of a group. */
static const gf_item *item_in(const sheet *s, const char *id, size_t n)
{
    for (size_t i = 0; i + 1 + n < s->scene.items; i++) {
        if (s->scene.item[i].kind == GF_ITEM_OPEN &&
            strcmp(s->scene.item[i].as.group.id, id) == 0)
            return &s->scene.item[i + 1 + n];
    }
    return NULL;
}

START_TEST(test_what_is_drawn_is_where_it_belongs)
{
    static sheet s;

    set_up(&s);
    ck_assert_int_eq(compose(&s), GF_OK);
    const gf_group *group = gf_scene_group(&s.scene, "curve");
    ck_assert_ptr_nonnull(group);
    gf_box f = group->clip;
    const gf_path *curve = &item_in(&s, "curve", 1)->path;
    const gf_path *level = &item_in(&s, "curve", 0)->path;
    const gf_path *rule = &item_in(&s, "rules", 0)->path;
    ck_assert_uint_eq(curve->points, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        double u = (curve->point[i].x - f.x0) / (f.x1 - f.x0);
        double v = (f.y1 - curve->point[i].y) / (f.y1 - f.y0);
        assert_close(u, (double)i / (COUNT - 1), 1e-9);
        /* 6 % of four decades are free above and below */
        assert_close(v, (u + 0.06) / 1.12, 1e-9);
    }
    double middle = (f.x0 + f.x1) / 2;
    assert_close(rule->point[0].x, middle, 1e-9);
    assert_close(level->point[0].y, (f.y0 + f.y1) / 2, 1e-9);
    gf_box small = gf_path_bounds(&item_in(&s, "bands", 0)->path);
    gf_box large = gf_path_bounds(&item_in(&s, "bands", 1)->path);
    assert_close(small.x1, middle, 1e-9);
    assert_close(large.x0, middle, 1e-9);
    tear_down(&s);
}
END_TEST

START_TEST(test_its_words_say_what_there_is)
{
    static sheet s;

    set_up(&s);
    ck_assert_int_eq(compose(&s), GF_OK);
    const char *said = s.scene.about.description;
    ck_assert_ptr_nonnull(strstr(said, "small from 0.1 to 1, large from 1 to"));
    ck_assert_ptr_nonnull(strstr(said, "one at 1"));
    ck_assert_ptr_null(strstr(said, "never"));
    tear_down(&s);
}
END_TEST

/* Numbers stand beside their rules, inside of the frame, and apart. */
START_TEST(test_values_do_not_cover_each_other)
{
    static sheet s;

    set_up(&s);
    for (size_t i = 0; i < 6; i++)
        s.profile.rule[i] = (gf_profile_rule){1 + 0.02 * (double)i, "one"};
    s.profile.rules = 6;
    ck_assert_int_eq(compose(&s), GF_OK);
    gf_box frame = gf_scene_group(&s.scene, "values")->clip, box[6];
    for (size_t i = 0; i < 6; i++) {
        const gf_item *item = item_in(&s, "values", i);
        ck_assert_int_eq(item->kind, GF_ITEM_LABEL);
        box[i] =
            gf_label_box(&item->as.label, &item->rich, s.painter.typesetter);
        ck_assert(box[i].x0 > frame.x0 && box[i].x1 < frame.x1);
        ck_assert(box[i].y0 > frame.y0 && box[i].y1 < frame.y1);
        for (size_t k = 0; k < i; k++)
            ck_assert(!gf_box_overlap(box[i], box[k]));
    }
    tear_down(&s);
}
END_TEST

/* The eigenvalues of WGAN: the real part is 0 for all p_d. */
START_TEST(test_values_that_are_all_one_have_a_window)
{
    static const double values[] = {0, 3, -1e-300, 1e300};
    static sheet s;

    for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
        set_up(&s);
        for (size_t i = 0; i < COUNT; i++)
            s.y[i] = values[k] * (1 + 1e-12 * (double)(i % 2));
        s.profile.curve[0].has_level = false;
        ck_assert_int_eq(compose(&s), GF_OK);
        gf_box f = gf_scene_group(&s.scene, "curve")->clip;
        gf_box b = gf_path_bounds(&item_in(&s, "curve", 0)->path);
        assert_close((b.y0 + b.y1) / 2, (f.y0 + f.y1) / 2, 1e-6);
        tear_down(&s);
    }
}
END_TEST

/* A value stands beside its rule where it covers no line across either. */
START_TEST(test_a_value_does_not_cover_the_line_across)
{
    static sheet s;

    set_up(&s);
    s.profile.curve[0].level = 150; /* near the top, where values stand */
    ck_assert_int_eq(compose(&s), GF_OK);
    const gf_item *item = item_in(&s, "values", 0);
    gf_box box =
        gf_label_box(&item->as.label, &item->rich, s.painter.typesetter);
    double level = item_in(&s, "curve", 0)->path.point[0].y;
    ck_assert(level < box.y0 || level > box.y1);
    tear_down(&s);
}
END_TEST

START_TEST(test_a_gap_is_no_line)
{
    static sheet s;

    set_up(&s);
    s.y[10] = INFINITY;
    ck_assert_int_eq(compose(&s), GF_OK);
    const gf_path *curve = &item_in(&s, "curve", 1)->path;
    ck_assert_uint_eq(curve->points, COUNT - 1);
    size_t moves = 0;
    for (size_t i = 0; i < curve->steps; i++)
        moves += curve->step[i] == GF_PATH_MOVE;
    ck_assert_uint_eq(moves, 2);
    tear_down(&s);
}
END_TEST

START_TEST(test_bands_alone_and_nothing_at_all)
{
    static sheet s;

    set_up(&s);
    s.profile.curves = 0;
    s.profile.size.height = 0;
    ck_assert_int_eq(compose(&s), GF_OK);
    ck_assert_double_lt(s.scene.height, s.scene.width / 2);
    gf_scene_clear(&s.scene);
    s.profile.bands = 0;
    ck_assert_int_eq(compose(&s), GF_ARGUMENT);
    gf_scene_clear(&s.scene);
    s.profile.curves = 1;
    for (size_t i = 0; i < COUNT; i++)
        s.y[i] = NAN;
    ck_assert_int_eq(compose(&s), GF_ARGUMENT);
    tear_down(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "figure/profile", test_what_is_drawn_is_where_it_belongs,
        test_its_words_say_what_there_is, test_values_do_not_cover_each_other,
        test_values_that_are_all_one_have_a_window,
        test_a_value_does_not_cover_the_line_across, test_a_gap_is_no_line,
        test_bands_alone_and_nothing_at_all);
}
