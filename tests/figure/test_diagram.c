/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include "figure/diagram.h"

#include <math.h>
#include <string.h>

static gf_diagram two_series(const double *table, size_t rows)
{
    gf_diagram d = {.about = "two series",
                    .x_name = "x",
                    .x = table,
                    .count = rows,
                    .stride = 3,
                    .series = {{"first", table + 1}, {"second", table + 2}},
                    .series_count = 2};
    gf_error error;

    gf_error_clear(&error);
    ck_assert_int_eq(gf_size_read(&d.size, "icml", &error), GF_OK);
    ck_assert_int_eq(gf_theme_find(&d.theme, "paper", &error), GF_OK);
    return d;
}

static gf_status compose(gf_scene *scene, const gf_diagram *d)
{
    return gf_diagram_compose(scene, d, gf_typesetter_builtin(GF_SERIF), NULL);
}

/* The item of a kind in the group of a series; NULL if there is none. */
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

static size_t moves(const gf_path *path)
{
    size_t count = 0;

    for (size_t i = 0; i < path->steps; i++)
        count += path->step[i] == GF_PATH_MOVE;
    return count;
}

/* Straight numbers are a straight line on the page; a gap is a gap. */
START_TEST(test_series_are_lines_over_the_axis)
{
    const double table[] = {0, 0, 1, 1, 1, 1, 2, 2, NAN, 3, 3, 1, 4, 4, 1};
    gf_diagram d = two_series(table, 5);
    const gf_item *line, *broken;
    gf_scene scene;

    ck_assert_int_eq(compose(&scene, &d), GF_OK);
    line = item_of(&scene, "series-0", GF_ITEM_STROKE);
    broken = item_of(&scene, "series-1", GF_ITEM_STROKE);
    ck_assert(line && broken);
    ck_assert_uint_eq(line->path.points, 5);
    for (int i = 1; i < 5; i++) {
        gf_vec2 a = line->path.point[i - 1], b = line->path.point[i];
        assert_close(b.x - a.x, line->path.point[1].x - line->path.point[0].x,
                     1e-9);
        ck_assert(b.y < a.y);
    }
    ck_assert_uint_eq(moves(&line->path), 1);
    ck_assert_uint_eq(moves(&broken->path), 2);
    ck_assert(line->as.stroke.colour.g != broken->as.stroke.colour.g);
    gf_scene_clear(&scene);
}
END_TEST

/* Powers of ten are straight on logarithmic axes. */
START_TEST(test_powers_are_straight_on_logarithmic_axes)
{
    const double table[] = {1, 1, 5, 10, 100, 5, 100, 1e4, 5, 1000, 1e6, 5};
    gf_diagram d = two_series(table, 4);
    const gf_item *line;
    gf_scene scene;

    d.log_x = d.log_y = true;
    ck_assert_int_eq(compose(&scene, &d), GF_OK);
    line = item_of(&scene, "series-0", GF_ITEM_STROKE);
    ck_assert(line && line->path.points == 4);
    for (int i = 2; i < 4; i++) {
        gf_vec2 a = line->path.point[i - 1], b = line->path.point[i];
        assert_close(b.x - a.x, line->path.point[1].x - line->path.point[0].x,
                     1e-9);
        assert_close(b.y - a.y, line->path.point[1].y - line->path.point[0].y,
                     1e-9);
    }
    gf_scene_clear(&scene);
}
END_TEST

/* A few points are seen in full, also those on the frame; names are markup. */
START_TEST(test_dots_and_names)
{
    const double table[] = {1, 1, 5, 10, 100, 5, 1000, 1e4, 5};
    gf_diagram d = two_series(table, 3);
    gf_scene scene;

    d.dots = d.log_x = true;
    d.y_name = "way";
    d.series[0].name = "$D^*$";
    ck_assert_int_eq(compose(&scene, &d), GF_OK);
    ck_assert(item_of(&scene, "series-0", GF_ITEM_MARKER) != NULL);
    const gf_group *group = gf_scene_group(&scene, "series-0");
    ck_assert(!group->clipped);
    ck_assert_str_eq(group->title, "D*");
    bool is_named = false;
    for (size_t i = 0; i < scene.items; i++)
        is_named = is_named ||
                   (scene.item[i].kind == GF_ITEM_LABEL &&
                    strcmp(gf_rich_plain(&scene.item[i].rich), "way") == 0);
    ck_assert(is_named);
    gf_scene_clear(&scene);
}
END_TEST

/* A jump is two lines that reach it, and a dot. */
START_TEST(test_a_jump_is_no_slope)
{
    const double table[] = {-1, 1, 1, 0, 0, 0, 1, 1, 1};
    gf_diagram d = two_series(table, 3);
    const gf_item *line, *dot, *other;
    gf_scene scene;

    d.jump = 1;
    d.jump_series = 1;
    ck_assert_int_eq(compose(&scene, &d), GF_OK);
    line = item_of(&scene, "series-0", GF_ITEM_STROKE);
    dot = item_of(&scene, "series-0", GF_ITEM_MARKER);
    other = item_of(&scene, "series-1", GF_ITEM_STROKE);
    ck_assert(line && dot && other);
    ck_assert_ptr_null(item_of(&scene, "series-1", GF_ITEM_MARKER));
    ck_assert_uint_eq(moves(&line->path), 2);
    for (size_t i = 1; i < line->path.points; i++)
        assert_close(line->path.point[i].y, line->path.point[0].y, 1e-9);
    assert_close(dot->as.marker.at.x, other->path.point[1].x, 1e-9);
    assert_close(dot->as.marker.at.y, other->path.point[1].y, 1e-9);
    gf_scene_clear(&scene);
}
END_TEST

START_TEST(test_nothing_finite_is_refused)
{
    const double table[] = {0, NAN, INFINITY, 1, NAN, -INFINITY};
    gf_diagram d = two_series(table, 2);
    gf_scene scene;

    ck_assert_int_eq(compose(&scene, &d), GF_ARGUMENT);
    gf_scene_clear(&scene);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/diagram", test_series_are_lines_over_the_axis,
                     test_powers_are_straight_on_logarithmic_axes,
                     test_dots_and_names, test_a_jump_is_no_slope,
                     test_nothing_finite_is_refused);
}
