/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps show what they are given, on linear and on logarithmic axes. */
#include "figure/map.h"

#include <math.h>
#include <string.h>

#include "figure/paint.h"
#include "harness.h"

enum { SIDE = 30 };

typedef struct sheet {
    double x[SIDE], y[SIDE], value[SIDE * SIDE];
    gf_map map;
    gf_scene scene;
    gf_painter painter;
    gf_error error;
} sheet;

/* y = 1/x is a straight line on two logarithmic axes. */
static double hyperbola(gf_vec2 p, const void *ctx)
{
    (void)ctx;
    return p.x * p.y - 1;
}

static void set_up(sheet *s)
{
    gf_error_clear(&s->error);
    ck_assert_int_eq(gf_painter_open(&s->painter, GF_PAINT_SVG,
                                     gf_themes[0].family, &s->error),
                     GF_OK);
    for (int i = 0; i < SIDE; i++)
        s->x[i] = s->y[i] = pow(10, -1 + 2.0 * i / (SIDE - 1));
    for (int n = 0; n < SIDE * SIDE; n++)
        s->value[n] = s->x[n / SIDE] * s->y[n % SIDE];
    s->map = (gf_map){.theme = &gf_themes[0],
                      .axis = {{"p_d", 0.1, 10, true, s->x, SIDE},
                               {"speed", 0.1, 10, true, s->y, SIDE}},
                      .value = s->value,
                      .name = "product",
                      .plain = "product",
                      .about = "nothing",
                      .edge = {{.name = "one", .height = hyperbola}},
                      .edges = 1};
    ck_assert_int_eq(gf_size_read(&s->map.size, "300x225", &s->error), GF_OK);
}

static void tear_down(sheet *s)
{
    gf_scene_clear(&s->scene);
    gf_painter_close(&s->painter);
}

/* The first path item of a group, to its end. */
static const gf_path *path_in(const gf_scene *scene, const char *id)
{
    for (size_t i = 0; i + 1 < scene->items; i++) {
        if (scene->item[i].kind == GF_ITEM_OPEN &&
            strcmp(scene->item[i].as.group.id, id) == 0)
            return &scene->item[i + 1].path;
    }
    return NULL;
}

START_TEST(test_an_edge_lies_where_it_is_zero)
{
    static sheet s;

    set_up(&s);
    ck_assert_int_eq(
        gf_map_compose(&s.scene, &s.map, s.painter.typesetter, &s.error),
        GF_OK);
    const gf_path *edge = path_in(&s.scene, "edges");
    const gf_group *group = gf_scene_group(&s.scene, "edges");
    ck_assert_ptr_nonnull(edge);
    gf_box f = group->clip;
    ck_assert_uint_ge(edge->points, 2);
    for (size_t i = 0; i < edge->points; i++) {
        double u = (edge->point[i].x - f.x0) / (f.x1 - f.x0);
        double v = (edge->point[i].y - f.y0) / (f.y1 - f.y0);
        /* from the upper left corner to the lower right */
        ck_assert_double_le(fabs(u - v), 1e-9);
    }
    tear_down(&s);
}
END_TEST

START_TEST(test_words_are_areas_with_a_legend)
{
    static const char *const word[] = {"small", "never", "large"};
    static sheet s;

    set_up(&s);
    for (int n = 0; n < SIDE * SIDE; n++)
        s.value[n] = s.value[n] > 1 ? 2 : n % 7 ? 0 : NAN;
    s.map.word = word;
    s.map.words = 3;
    s.map.edges = 0;
    ck_assert_int_eq(
        gf_map_compose(&s.scene, &s.map, s.painter.typesetter, &s.error),
        GF_OK);
    ck_assert_ptr_nonnull(strstr(s.scene.about.description, "small, large"));
    ck_assert_ptr_null(strstr(s.scene.about.description, "never"));
    size_t fills = 0;
    for (size_t i = 0; i < s.scene.items; i++)
        fills += s.scene.item[i].kind == GF_ITEM_FILL;
    ck_assert_uint_eq(fills, 4); /* two areas, two samples */
    tear_down(&s);
}
END_TEST

/* Rest points stand with their numbers where they are, those in the window. */
START_TEST(test_rest_points_have_their_numbers)
{
    static sheet s;

    set_up(&s);
    const gf_map_axis *a = s.map.axis;
    gf_rest_point point[2] = {
        {.at = {2 * a[0].high, a[1].high}, .type = GF_TYPE_SADDLE},
        {.at = {a[0].low, a[1].low}, .type = GF_TYPE_STABLE_FOCUS}};
    gf_classification c = {.point = point, .count = 2};
    s.map.rest = &c;
    ck_assert_int_eq(
        gf_map_compose(&s.scene, &s.map, s.painter.typesetter, &s.error),
        GF_OK);
    gf_box frame = gf_scene_group(&s.scene, "map")->clip;
    size_t i = 0, told = 0;
    while (s.scene.item[i].kind != GF_ITEM_OPEN ||
           strcmp(s.scene.item[i].as.group.id, "rest") != 0)
        i++;
    const gf_item *marker = &s.scene.item[i + 1], *number = marker + 1;
    ck_assert(marker->kind == GF_ITEM_MARKER && number->kind == GF_ITEM_LABEL);
    ck_assert_int_eq(marker->as.marker.kind, GF_MARKER_DISC);
    assert_close(marker->as.marker.at.x, frame.x0, 1e-9);
    assert_close(marker->as.marker.at.y, frame.y1, 1e-9);
    ck_assert_str_eq(gf_rich_plain(&number->rich), "2");
    ck_assert_int_eq(number[1].kind, GF_ITEM_SHUT);
    for (i = 0; i < s.scene.items; i++)
        told += s.scene.item[i].kind == GF_ITEM_LABEL &&
                strcmp(gf_rich_plain(&s.scene.item[i].rich),
                       "2: stable focus") == 0;
    ck_assert_uint_eq(told, 1);
    tear_down(&s);
}
END_TEST

START_TEST(test_nothing_to_draw_is_told)
{
    static sheet s;

    set_up(&s);
    for (int n = 0; n < SIDE * SIDE; n++)
        s.value[n] = NAN;
    ck_assert_int_eq(
        gf_map_compose(&s.scene, &s.map, s.painter.typesetter, &s.error),
        GF_ARGUMENT);
    gf_scene_clear(&s.scene);
    /* all alike is something */
    for (int n = 0; n < SIDE * SIDE; n++)
        s.value[n] = 3;
    ck_assert_int_eq(
        gf_map_compose(&s.scene, &s.map, s.painter.typesetter, &s.error),
        GF_OK);
    tear_down(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/map", test_an_edge_lies_where_it_is_zero,
                     test_words_are_areas_with_a_legend,
                     test_rest_points_have_their_numbers,
                     test_nothing_to_draw_is_told);
}
