/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contours of heights whose zero sets are known. */
#include "figure/contour.h"

#include <math.h>

#include "harness.h"

static const gf_box page = {0, 0, 100, 80};

static double circle(gf_vec2 p, const void *ctx)
{
    (void)ctx;
    return hypot(p.x - 51.3, p.y - 40.7) - 30;
}

static double cross(gf_vec2 p, const void *ctx)
{
    (void)ctx;
    return (p.x - 51.3) * (p.y - 40.7);
}

static double slot(gf_vec2 p, const void *ctx)
{
    (void)ctx;
    return p.x < 30.1 ? NAN : p.y - 20.05;
}

static double pole(gf_vec2 p, const void *ctx)
{
    (void)ctx;
    return 1 / (p.x - 41.23);
}

static double jump(gf_vec2 p, const void *ctx)
{
    (void)ctx;
    return p.x < 41.23 ? -1 : 2;
}

static double flat(gf_vec2 p, const void *ctx)
{
    (void)p;
    (void)ctx;
    return 0;
}

static gf_curves contour(gf_height *height)
{
    gf_curves out;

    gf_curves_init(&out);
    gf_contour(&out, page, 2, height, NULL);
    ck_assert(!gf_curves_failed(&out));
    return out;
}

START_TEST(test_a_circle_is_one_closed_curve)
{
    gf_curves out = contour(circle);

    ck_assert_uint_eq(out.count, 1);
    ck_assert(out.item[0].closed);
    for (size_t i = 0; i < out.item[0].count; i++)
        assert_close(circle(out.item[0].at[i], NULL), 0, TOL3);
    ck_assert_double_lt(fabs(gf_curve_length(&out.item[0]) - 60 * M_PI), 0.2);
    gf_curves_clear(&out);
}
END_TEST

START_TEST(test_crossing_lines_are_whole)
{
    gf_curves out = contour(cross);
    double length = 0;

    ck_assert_uint_eq(out.count, 2);
    for (size_t i = 0; i < out.count; i++)
        length += gf_curve_length(&out.item[i]);
    ck_assert_double_lt(fabs(length - 180), 4);
    gf_curves_clear(&out);
}
END_TEST

START_TEST(test_contours_end_where_the_height_does)
{
    gf_curves out = contour(slot);

    ck_assert_uint_eq(out.count, 1);
    ck_assert(!out.item[0].closed);
    for (size_t i = 0; i < out.item[0].count; i++) {
        ck_assert_double_ge(out.item[0].at[i].x, 30);
        assert_close(out.item[0].at[i].y, 20.05, TOL3);
    }
    gf_curves_clear(&out);
}
END_TEST

START_TEST(test_jumps_are_drawn_and_poles_are_not)
{
    gf_curves out = contour(pole);

    ck_assert_uint_eq(out.count, 0);
    gf_curves_clear(&out);
    out = contour(jump);
    ck_assert_uint_eq(out.count, 1);
    assert_close(out.item[0].at[3].x, 41.23, TOL3);
    gf_curves_clear(&out);
    out = contour(flat);
    ck_assert_uint_eq(out.count, 0);
    gf_curves_clear(&out);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/contour", test_a_circle_is_one_closed_curve,
                     test_crossing_lines_are_whole,
                     test_contours_end_where_the_height_does,
                     test_jumps_are_drawn_and_poles_are_not);
}
