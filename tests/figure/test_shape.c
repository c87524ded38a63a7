/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/scene.h"
#include "harness.h"

#include <math.h>

START_TEST(test_arrowheads_open_forty_degrees)
{
    gf_arrow arrow = {{10, 20}, {3, -4}, 5, GF_RGB(0)};
    gf_path path;

    gf_path_init(&path);
    gf_arrow_path(&path, &arrow);
    ck_assert_uint_eq(path.points, 4);
    gf_vec2 a = {path.point[1].x - 10, path.point[1].y - 20};
    gf_vec2 b = {path.point[3].x - 10, path.point[3].y - 20};
    double cosine =
        (a.x * b.x + a.y * b.y) / (hypot(a.x, a.y) * hypot(b.x, b.y));
    assert_close(acos(cosine) * 57.29577951308232, 40, TOL3);
    /* The barbs lie the length behind the tip; the notch less far. */
    assert_close(a.x * -0.6 + a.y * 0.8, 5, TOL1);
    gf_vec2 notch = {path.point[2].x - 10, path.point[2].y - 20};
    double depth = notch.x * -0.6 + notch.y * 0.8;
    ck_assert(depth > 3 && depth < 5);
    gf_path_clear(&path);
}
END_TEST

START_TEST(test_markers_stay_inside_their_box)
{
    for (int kind = GF_MARKER_DISC; kind <= GF_MARKER_STEP; kind++) {
        gf_marker marker = {.at = {7, -3},
                            .kind = (gf_marker_kind)kind,
                            .radius = 2.6,
                            .line = 0.7,
                            .halo = 0.8};
        gf_box box = gf_marker_box(&marker);
        gf_layer layer[GF_MARKER_LAYERS];
        size_t n = gf_marker_layers(layer, &marker);
        ck_assert(n >= 2 && n <= GF_MARKER_LAYERS);
        assert_close(0.5 * (box.x0 + box.x1), 7, TOL1);
        assert_close(0.5 * (box.y0 + box.y1), -3, TOL1);
        for (size_t i = 0; i < n; i++) {
            double r = layer[i].radius;
            gf_box in = r > 0 ? (gf_box){7 - r, -3 - r, 7 + r, -3 + r}
                              : gf_path_bounds(&layer[i].path);
            ck_assert(in.x0 >= box.x0 - 1e-9 && in.x1 <= box.x1 + 1e-9);
            ck_assert(in.y0 >= box.y0 - 1e-9 && in.y1 <= box.y1 + 1e-9);
            gf_path_clear(&layer[i].path);
        }
    }
}
END_TEST

static bool is_same(const gf_layer *p, const gf_layer *q)
{
    bool same = p->radius == q->radius && p->path.points == q->path.points;

    for (size_t i = 0; same && i < p->path.points; i++)
        same = p->path.point[i].x == q->path.point[i].x;
    return same;
}

START_TEST(test_no_two_kinds_of_marker_are_alike)
{
    for (int a = GF_MARKER_DISC; a <= GF_MARKER_STEP; a++) {
        for (int b = a + 1; b <= GF_MARKER_STEP; b++) {
            gf_layer p[GF_MARKER_LAYERS], q[GF_MARKER_LAYERS];
            gf_marker marker = {.radius = 2.6, .line = 0.7};
            marker.kind = (gf_marker_kind)a;
            size_t n = gf_marker_layers(p, &marker);
            marker.kind = (gf_marker_kind)b;
            size_t m = gf_marker_layers(q, &marker);
            bool same = n == m;
            for (size_t i = 0; i < n && i < m; i++)
                same = same && is_same(&p[i], &q[i]);
            /* A dot is a small disc, a step a small ring. */
            bool twins = (a == GF_MARKER_DISC && b == GF_MARKER_DOT) ||
                         (a == GF_MARKER_RING && b == GF_MARKER_STEP);
            ck_assert_msg(same == twins, "%d and %d", a, b);
            for (size_t i = 0; i < GF_MARKER_LAYERS; i++) {
                gf_path_clear(&p[i].path);
                gf_path_clear(&q[i].path);
            }
        }
    }
}
END_TEST

START_TEST(test_hatching_fills_and_stays_inside)
{
    gf_path circle, lines;

    gf_path_init(&circle);
    gf_path_init(&lines);
    gf_path_circle(&circle, (gf_vec2){50, 50}, 20);
    gf_path_circle(&circle, (gf_vec2){50, 50}, 10); /* a hole */
    gf_hatch(&lines, &circle, 2);
    double length = 0;
    for (size_t i = 0; i + 1 < lines.points; i += 2) {
        gf_vec2 a = lines.point[i], b = lines.point[i + 1];
        assert_close(a.x + a.y, b.x + b.y, TOL3);
        for (double t = 0.05; t < 1; t += 0.1) {
            double r =
                hypot(a.x + t * (b.x - a.x) - 50, a.y + t * (b.y - a.y) - 50);
            ck_assert(r > 9.9 && r < 20.1);
        }
        length += hypot(b.x - a.x, b.y - a.y);
    }
    /* Lines two points apart: half the area. */
    assert_close(length, 0.5 * 3.14159265 * 300, 0.02);
    gf_path_clear(&circle);
    gf_path_clear(&lines);
}
END_TEST

START_TEST(test_hatching_nothing_is_nothing)
{
    gf_path path, lines;

    gf_path_init(&path);
    gf_path_init(&lines);
    gf_path_move(&path, (gf_vec2){1, 1});
    gf_path_close(&path);
    gf_hatch(&lines, &path, 3);
    ck_assert_uint_eq(lines.steps, 0);
    gf_path_reset(&path);
    gf_path_box(&path, (gf_box){0, 0, 14000, 14000});
    gf_hatch(&lines, &path, 1e-9);
    ck_assert_uint_le(lines.steps, 50000);
    gf_path_clear(&path);
    gf_path_clear(&lines);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/shape", test_arrowheads_open_forty_degrees,
                     test_markers_stay_inside_their_box,
                     test_no_two_kinds_of_marker_are_alike,
                     test_hatching_fills_and_stays_inside,
                     test_hatching_nothing_is_nothing);
}
