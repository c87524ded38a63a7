/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cubics beside the chains that they replace. */
#include "figure/bezier.h"

#include <math.h>

#include "harness.h"

/* The distance of p from a path of cubics, by samples. */
static double to_path(gf_vec2 p, const gf_path *path)
{
    gf_vec2 a = path->point[0];
    double least = gf_vec2_far(a, p);
    size_t k = 1;

    for (size_t i = 1; i < path->steps; i++) {
        const gf_vec2 *c = &path->point[k];
        if (path->step[i] != GF_PATH_CUBIC)
            break;
        gf_vec2 last = a;
        for (int j = 1; j <= 32; j++) {
            double s = j / 32., u = 1 - s;
            gf_vec2 q = gf_vec2_times(u * u * u, a);
            q = gf_vec2_along(q, 3 * u * u * s, c[0]);
            q = gf_vec2_along(q, 3 * u * s * s, c[1]);
            q = gf_vec2_along(q, s * s * s, c[2]);
            least = fmin(least, gf_segment_far(p, last, q));
            last = q;
        }
        a = c[2];
        k += 3;
    }
    return least;
}

/* Fits, checks every point of the chain; returns the number of cubics. */
static size_t check_fit(const gf_curve *curve)
{
    gf_path path;
    size_t cubics;

    gf_path_init(&path);
    gf_path_fit(&path, curve, GF_BEZIER_OFF);
    ck_assert(!path.failed && gf_path_is_finite(&path));
    for (size_t i = 0; i < curve->count; i++)
        ck_assert_double_le(to_path(curve->at[i], &path), GF_BEZIER_OFF + 0.01);
    ck_assert_int_eq(path.step[0], GF_PATH_MOVE);
    ck_assert(curve->closed == (path.step[path.steps - 1] == GF_PATH_CLOSE));
    cubics = (path.points - 1) / 3;
    gf_path_clear(&path);
    return cubics;
}

static gf_curve circle(double radius, size_t count)
{
    gf_curve curve;

    gf_curve_init(&curve);
    for (size_t i = 0; i < count; i++) {
        double t = 2 * M_PI * (double)i / (double)count;
        gf_curve_add(&curve,
                     (gf_vec2){100 + radius * cos(t), 100 + radius * sin(t)});
    }
    curve.closed = true;
    return curve;
}

START_TEST(test_circles_take_few_cubics)
{
    for (double radius = 4; radius < 120; radius *= 1.7) {
        gf_curve curve = circle(radius, (size_t)(2 * M_PI * radius / 0.6));
        ck_assert_uint_le(check_fit(&curve), 24);
        gf_curve_clear(&curve);
    }
}
END_TEST

START_TEST(test_a_spiral_is_followed)
{
    gf_curve curve;
    double t = 0;

    gf_curve_init(&curve);
    while (t < 40) {
        double r = 90 * exp(-0.1 * t);
        gf_curve_add(&curve, (gf_vec2){100 + r * cos(t), 100 + r * sin(t)});
        t += 0.6 / r;
    }
    ck_assert_uint_le(check_fit(&curve), curve.count / 5);
    gf_curve_clear(&curve);
}
END_TEST

START_TEST(test_corners_stay)
{
    gf_curve curve;
    gf_path path;

    gf_curve_init(&curve);
    for (int i = 0; i <= 20; i++)
        gf_curve_add(&curve, (gf_vec2){i, 0});
    for (int i = 1; i <= 20; i++)
        gf_curve_add(&curve, (gf_vec2){20, i});
    ck_assert_uint_le(check_fit(&curve), 2);
    gf_path_init(&path);
    gf_path_fit(&path, &curve, GF_BEZIER_OFF);
    ck_assert_double_lt(to_path((gf_vec2){20, 0}, &path), 1e-9);
    gf_path_clear(&path);
    gf_curve_clear(&curve);
}
END_TEST

START_TEST(test_short_and_odd_chains_are_fine)
{
    static const gf_vec2 same[] = {{1, 1}, {1, 1}, {1, 1}, {2, 1}, {2, 1}};
    gf_path path;

    gf_path_init(&path);
    for (size_t n = 0; n <= 5; n++)
        for (int closed = 0; closed < 2; closed++) {
            gf_curve curve;
            gf_curve_init(&curve);
            for (size_t i = 0; i < n; i++)
                gf_curve_add(&curve, same[i]);
            curve.closed = closed;
            gf_path_fit(&path, &curve, GF_BEZIER_OFF);
            gf_curve_clear(&curve);
        }
    ck_assert(gf_path_is_finite(&path) && !path.failed);
    gf_path_clear(&path);
}
END_TEST

START_TEST(test_random_walks_stay_within_the_tolerance)
{
    uint64_t state = 1;

    for (int n = 0; n < 40; n++) {
        gf_curve curve;
        gf_vec2 p = {0, 0};
        double angle = 0, bend = 0;
        gf_curve_init(&curve);
        for (int i = 0; i < 150; i++) {
            gf_curve_add(&curve, p);
            bend = 0.9 * bend + random_between(&state, -0.03, 0.03);
            angle += bend;
            p.x += 0.6 * cos(angle);
            p.y += 0.6 * sin(angle);
        }
        check_fit(&curve);
        gf_curve_clear(&curve);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/bezier", test_circles_take_few_cubics,
                     test_a_spiral_is_followed, test_corners_stay,
                     test_short_and_odd_chains_are_fine,
                     test_random_walks_stay_within_the_tolerance);
}
