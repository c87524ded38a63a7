/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include "figure/board.h"

#include <math.h>
#include <string.h>

static gf_board make_board(void)
{
    const gf_theme *theme = NULL;
    gf_board board;
    gf_size size;

    ck_assert_int_eq(gf_size_read(&size, "neurips", NULL), GF_OK);
    ck_assert_int_eq(gf_theme_find(&theme, "paper", NULL), GF_OK);
    gf_board_init(&board, &size, theme);
    board.about = "a board";
    return board;
}

static gf_status compose(gf_scene *scene, const gf_board *board)
{
    return gf_board_compose(scene, board, gf_typesetter_builtin(GF_SERIF),
                            NULL);
}

/* The item of a kind in the group of that id; NULL if there is none. */
static const gf_item *item_of(const gf_scene *scene, const char *id,
                              gf_item_kind kind)
{
    bool is_inside = false;

    for (size_t i = 0; i < scene->items; i++) {
        const gf_item *item = &scene->item[i];
        if (item->kind == GF_ITEM_OPEN)
            is_inside = strcmp(item->as.group.id, id) == 0;
        else if (item->kind == GF_ITEM_SHUT)
            is_inside = false;
        else if (is_inside && item->kind == kind)
            return item;
    }
    return NULL;
}

static size_t count_of(const gf_path *path, gf_path_step step)
{
    size_t count = 0;

    for (size_t i = 0; i < path->steps; i++)
        count += path->step[i] == step;
    return count;
}

enum { N = 1001 };

/* A straight line stays two points, a gap parts it, and a corner stays. */
START_TEST(test_curves_are_thinned_out)
{
    static double x[N], line[N], tent[N], gap[N];
    gf_board board = make_board();
    gf_board_panel *panel = gf_board_add(&board, "step", "$W_1$");
    gf_scene scene;
    const gf_item *item;

    for (int i = 0; i < N; i++) {
        x[i] = i;
        line[i] = 2 * i;
        tent[i] = fabs(i - 500.0);
        gap[i] = i == 400 ? NAN : 3.0 * i;
    }
    gf_board_mark(panel, GF_MARK_CURVE, x, line, N);
    gf_board_mark(panel, GF_MARK_CURVE, x, tent, N);
    gf_board_mark(panel, GF_MARK_CURVE, x, gap, N);
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    item = item_of(&scene, "panel-1-mark-1", GF_ITEM_STROKE);
    ck_assert_uint_eq(item->path.points, 2);
    item = item_of(&scene, "panel-1-mark-2", GF_ITEM_STROKE);
    ck_assert_uint_eq(item->path.points, 3);
    item = item_of(&scene, "panel-1-mark-3", GF_ITEM_STROKE);
    ck_assert_uint_eq(count_of(&item->path, GF_PATH_MOVE), 2);
    ck_assert_uint_eq(item->path.points, 4);
    gf_scene_clear(&scene);
    gf_board_clear(&board);
}
END_TEST

/* A decade is as high as the next; what is not positive is a gap. */
START_TEST(test_logarithms_are_even)
{
    static const double x[] = {0, 1, 2, 3, 4}, y[] = {1, 10, 1, 0, 100};
    gf_board board = make_board();
    gf_board_panel *panel = gf_board_add(&board, "step", "y");
    gf_scene scene;
    const gf_path *path;

    panel->log_y = true;
    gf_board_mark(panel, GF_MARK_CURVE, x, y, 5);
    gf_board_mark(panel, GF_MARK_DOTS, x, y, 5);
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    path = &item_of(&scene, "panel-1-mark-1", GF_ITEM_STROKE)->path;
    ck_assert_uint_eq(count_of(path, GF_PATH_MOVE), 2);
    const gf_item *dot = item_of(&scene, "panel-1-mark-2", GF_ITEM_MARKER);
    assert_close(dot->as.marker.at.y - dot[1].as.marker.at.y,
                 dot[0].as.marker.at.y - path->point[1].y, 1e-9);
    assert_close(2 * (dot[0].as.marker.at.y - dot[1].as.marker.at.y),
                 dot[0].as.marker.at.y - dot[3].as.marker.at.y, 1e-9);
    gf_scene_clear(&scene);
    gf_board_clear(&board);
}
END_TEST

/* The area of a band is that between its curves, of a histogram that of its
   bars. */
static double area_of(const gf_path *path)
{
    double sum = 0;

    for (size_t i = 0; i < path->points; i++) {
        gf_vec2 a = path->point[i], b = path->point[(i + 1) % path->points];
        sum += (a.x * b.y - a.y * b.x) / 2;
    }
    return fabs(sum);
}

START_TEST(test_areas_are_those_of_the_numbers)
{
    static const double x[] = {0, 1, 2, 4}, low[] = {1, 1, 2, 0},
                        high[] = {2, 3, 3, 0}, bar[] = {2, 3, 0.5};
    static const double corner_x[] = {0, 4, 4, 0, 0},
                        corner_y[] = {0, 0, 4, 4, 0};
    gf_board board = make_board();
    gf_board_panel *panel = gf_board_add(&board, "x", "y");
    gf_scene scene;
    double unit;

    panel->x = (gf_range){.lo = -1, .hi = 5};
    panel->y = (gf_range){.lo = -1, .hi = 5};
    gf_board_mark(panel, GF_MARK_CURVE, corner_x, corner_y, 5);
    gf_board_mark(panel, GF_MARK_BAND, x, low, 4)->to = high;
    gf_board_mark(panel, GF_MARK_BARS, x, bar, 3);
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    unit =
        area_of(&item_of(&scene, "panel-1-mark-1", GF_ITEM_STROKE)->path) / 16;
    assert_close(
        area_of(&item_of(&scene, "panel-1-mark-2", GF_ITEM_FILL)->path) / unit,
        (1 + 2) / 2.0 + (2 + 1) / 2.0 + (1 + 0), 1e-9);
    assert_close(
        area_of(&item_of(&scene, "panel-1-mark-3", GF_ITEM_FILL)->path) / unit,
        2 + 3 + 1, 1e-9);
    gf_scene_clear(&scene);
    gf_board_clear(&board);
}
END_TEST

/* A name stands in the legend once; colours of numbers follow the bar. */
START_TEST(test_legend_and_bar)
{
    static const double x[] = {0, 1}, y[] = {1, 2};
    gf_board board = make_board();
    gf_scene scene;
    size_t names = 0;
    const gf_item *first, *last;

    board.low = 0;
    board.high = 10;
    board.scale_name = "step";
    for (int p = 0; p < 2; p++) {
        gf_board_panel *panel = gf_board_add(&board, "x", "y");
        gf_board_mark(panel, GF_MARK_CURVE, x, y, 2)->name = "adam";
        for (int k = 0; k < 2; k++) {
            gf_mark *mark = gf_board_mark(panel, GF_MARK_CURVE, x, y, 2);
            mark->by_number = true;
            mark->number = 10 * k;
        }
    }
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    for (size_t i = 0; i < scene.items; i++)
        if (scene.item[i].kind == GF_ITEM_LABEL)
            names += strcmp(gf_rich_plain(&scene.item[i].rich), "adam") == 0;
    ck_assert_uint_eq(names, 1);
    ck_assert_ptr_nonnull(gf_scene_group(&scene, "scale"));
    first = item_of(&scene, "panel-2-mark-2", GF_ITEM_STROKE);
    last = item_of(&scene, "panel-2-mark-3", GF_ITEM_STROKE);
    ck_assert(last->as.stroke.colour.r > first->as.stroke.colour.r);
    gf_scene_clear(&scene);
    gf_board_clear(&board);
}
END_TEST

/* The key's ground, and whether a point of a mark's path is on it. */
static bool is_covered(const gf_scene *scene, const char *mark)
{
    gf_box key =
        gf_path_bounds(&item_of(scene, "panel-1-key", GF_ITEM_FILL)->path);
    const gf_path *path = &item_of(scene, mark, GF_ITEM_STROKE)->path;

    for (size_t i = 0; i < path->points; i++) {
        gf_vec2 p = path->point[i];
        if (p.x > key.x0 && p.x < key.x1 && p.y > key.y0 && p.y < key.y1)
            return true;
    }
    return false;
}

/* A key covers nothing, though curves are everywhere; a rule goes from the
   bottom to the top; names stand in the key and not above. */
START_TEST(test_keys_cover_nothing)
{
    static double x[N], wave[N], calm[N];
    static const double at = 400;
    gf_board board = make_board();
    gf_board_panel *panel = gf_board_add(&board, "step", "y");
    gf_scene scene;

    for (int i = 0; i < N; i++) {
        x[i] = i;
        wave[i] = sin(0.7 * i);
        calm[i] = 0.1 * i / N;
    }
    board.has_keys = true;
    gf_board_mark(panel, GF_MARK_CURVE, x, calm, N)->name = "calm";
    gf_board_mark(panel, GF_MARK_RULE, &at, NULL, 1)->name = "there";
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    ck_assert(!is_covered(&scene, "panel-1-mark-1"));
    ck_assert_ptr_null(gf_scene_group(&scene, "legend"));
    const gf_path *rule =
        &item_of(&scene, "panel-1-mark-2", GF_ITEM_STROKE)->path;
    double length = fabs(rule->point[0].y - rule->point[1].y);
    ck_assert(length > 0.5 * scene.height);
    ck_assert(rule->point[0].x == rule->point[1].x);
    gf_scene_clear(&scene);

    gf_board_mark(panel, GF_MARK_CURVE, x, wave, N)->name = "wave";
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    ck_assert(!is_covered(&scene, "panel-1-mark-1"));
    ck_assert(!is_covered(&scene, "panel-1-mark-3"));
    gf_scene_clear(&scene);
    gf_board_clear(&board);
}
END_TEST

/* A run is a casing and a curve with a dot at its start, of every second
   number here, and a curve that asks for a stroke has it. */
START_TEST(test_runs_and_strides)
{
    static const double x[] = {0, 9, 1, 9, 2, 9}, y[] = {0, 9, 2, 9, 1, 9};
    gf_board board = make_board();
    gf_board_panel *panel = gf_board_add(&board, "x", "y");
    gf_mark *mark = gf_board_mark(panel, GF_MARK_RUN, x, y, 3);
    gf_scene scene;

    mark->stride = 2;
    mark->stroke = gf_theme_orbit(board.theme, 2);
    panel->y = (gf_range){.lo = 0, .hi = 2};
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    const gf_item *casing = item_of(&scene, "panel-1-mark-1", GF_ITEM_STROKE);
    const gf_item *dot = item_of(&scene, "panel-1-mark-1", GF_ITEM_MARKER);
    ck_assert(casing->as.stroke.width > mark->stroke.width);
    ck_assert_int_eq(casing[1].kind, GF_ITEM_STROKE);
    ck_assert_mem_eq(&casing[1].as.stroke.colour, &mark->stroke.colour,
                     sizeof mark->stroke.colour);
    gf_box box = gf_path_bounds(&casing[1].path);
    assert_close(dot->as.marker.at.x, box.x0, 1e-9);
    assert_close(dot->as.marker.at.y, box.y1, 1e-9);
    gf_scene_clear(&scene);
    gf_board_clear(&board);
}
END_TEST

/* 1000 numbers from 0 to 1 with a spike of one or two of them: the window is
   that of 1/25 .. 24/25 and half of that more on the side of the spike. */
START_TEST(test_spikes_are_left_out)
{
    static double x[N], y[N], to[N];
    gf_board board = make_board();
    gf_board_panel *panel = gf_board_add(&board, "step", "loss");
    gf_range whole;
    bool is_cut;

    for (int i = 0; i < N; i++) {
        x[i] = i;
        y[i] = (i * 619 % N) / (N - 1.0);
    }
    gf_board_mark(panel, GF_MARK_CURVE, x, y, N);
    ck_assert_int_eq(gf_board_trim(&is_cut, &whole, panel, NULL), GF_OK);
    ck_assert(!is_cut && panel->y.lo == panel->y.hi);
    y[3] = 5.4; /* not six times 0.92 */
    ck_assert_int_eq(gf_board_trim(&is_cut, &whole, panel, NULL), GF_OK);
    ck_assert(!is_cut && panel->y.lo == panel->y.hi);
    y[3] = 50;
    y[4] = NAN;
    ck_assert_int_eq(gf_board_trim(&is_cut, &whole, panel, NULL), GF_OK);
    ck_assert(is_cut && whole.hi == 50 && whole.lo == 0);
    assert_close(panel->y.hi, 0.96 + 0.46, 3e-3);
    assert_close(panel->y.lo, -0.04 * 0.92, 3e-3);
    memcpy(to, y, sizeof to);
    to[7] = -20;
    gf_board_mark(panel, GF_MARK_BAND, x, y, N)->to = to;
    ck_assert_int_eq(gf_board_trim(&is_cut, &whole, panel, NULL), GF_OK);
    ck_assert(is_cut && whole.hi == 50 && whole.lo == -20);
    assert_close(panel->y.lo, 0.04 - 0.46, 3e-3);
    gf_board_clear(&board);
}
END_TEST

START_TEST(test_notes_stand_below)
{
    static const double x[] = {0, 1};
    gf_board board = make_board();
    gf_scene scene;

    gf_board_mark(gf_board_add(&board, "x", "y"), GF_MARK_CURVE, x, x, 2);
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    ck_assert_ptr_null(item_of(&scene, "caption", GF_ITEM_LABEL));
    gf_scene_clear(&scene);
    board.note = "Not shown: (a) up to $12$.";
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    ck_assert_ptr_nonnull(item_of(&scene, "caption", GF_ITEM_LABEL));
    gf_scene_clear(&scene);
    gf_board_clear(&board);
}
END_TEST

START_TEST(test_nothing_to_draw_is_refused)
{
    static const double x[] = {0, 1}, y[] = {NAN, INFINITY};
    gf_board board = make_board();
    gf_board_panel *panel = gf_board_add(&board, "x", "y");
    gf_scene scene;

    gf_board_mark(panel, GF_MARK_CURVE, x, y, 2);
    ck_assert_int_eq(compose(&scene, &board), GF_ARGUMENT);
    gf_scene_clear(&scene);
    for (int i = 0; i < 2 * GF_BOARD_MARKS; i++)
        gf_board_mark(panel, GF_MARK_CURVE, x, x, 2);
    ck_assert_uint_eq(panel->marks, GF_BOARD_MARKS);
    ck_assert_int_eq(compose(&scene, &board), GF_OK);
    gf_scene_clear(&scene);
    gf_board_clear(&board);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/board", test_curves_are_thinned_out,
                     test_logarithms_are_even,
                     test_areas_are_those_of_the_numbers, test_legend_and_bar,
                     test_keys_cover_nothing, test_runs_and_strides,
                     test_spikes_are_left_out, test_notes_stand_below,
                     test_nothing_to_draw_is_refused);
}
