/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/path_angle.h>

#include <math.h>

#include "harness.h"

/* v = A (z - 1), A = [[s, w], [-w, s]]: ctx is (s, w). */
static void linear(double *v, const double *z, size_t begin, size_t end,
                   const void *ctx)
{
    const double *a = ctx, x = z[0] - 1, y = z[1] - 1;

    for (size_t i = begin; i < end; i++)
        v[i] = i == 0 ? a[0] * x + a[1] * y : a[0] * y - a[1] * x;
}

enum { POINTS = 31 };

static void find(gf_path_point *out, const double a[2])
{
    static const double from[2] = {4, 5}, to[2] = {1, 1};
    static const gf_range range = {.lo = -0.5, .hi = 1.5};
    gf_game game = {.size = 2, .first = 1, .velocity = linear, .ctx = a};

    ck_assert_int_eq(gf_path_angle(out, POINTS, &range, from, to, &game, NULL),
                     GF_OK);
    assert_close(out[0].part, -0.5, TOL0);
    assert_close(out[POINTS - 1].part, 1.5, TOL0);
}

/* Attraction: the cosine changes its sign at the end, the norm is |1 - a|
   times the length, 5. */
START_TEST(test_attraction_falls_from_one_to_minus_one)
{
    static const double a[2] = {-2, 0};
    gf_path_point point[POINTS];

    find(point, a);
    for (int i = 0; i < POINTS; i++) {
        double left = 1 - point[i].part;
        assert_close(point[i].norm, 10 * fabs(left), TOL1);
        if (fabs(left) > 1e-9)
            assert_close(point[i].cosine, left > 0 ? 1 : -1, TOL1);
    }
}
END_TEST

/* Rotation is at right angles to the line; with attraction the angle is that
   of the matrix. */
START_TEST(test_rotation_turns_the_cosine)
{
    static const double turn[2] = {0, 3}, both[2] = {-1, 2};
    gf_path_point point[POINTS];

    find(point, turn);
    for (int i = 0; i < POINTS; i++)
        if (fabs(1 - point[i].part) > 1e-9)
            assert_close(point[i].cosine, 0, TOL1);
    find(point, both);
    for (int i = 0; i < POINTS; i++)
        if (fabs(1 - point[i].part) > 1e-9)
            assert_close(point[i].cosine,
                         (point[i].part < 1 ? 1 : -1) / sqrt(5), TOL1);
}
END_TEST

START_TEST(test_no_path_is_refused)
{
    static const double a[2] = {-1, 0}, at[2] = {2, 2};
    static const gf_range range = {.lo = 0, .hi = 1};
    gf_game game = {.size = 2, .first = 1, .velocity = linear, .ctx = a};
    gf_path_point point[2];

    ck_assert_int_eq(gf_path_angle(point, 2, &range, at, at, &game, NULL),
                     GF_ARGUMENT);
    ck_assert_int_eq(gf_path_angle(point, 1, &range, at, a, &game, NULL),
                     GF_ARGUMENT);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/path_angle",
                     test_attraction_falls_from_one_to_minus_one,
                     test_rotation_turns_the_cosine, test_no_path_is_refused);
}
