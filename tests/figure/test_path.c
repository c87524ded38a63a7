/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failing_malloc.h"
#include "figure/path.h"
#include "harness.h"

#include <math.h>

START_TEST(test_path_keeps_steps_and_points)
{
    gf_path path, copy;

    gf_path_init(&path);
    gf_path_move(&path, (gf_vec2){1, 2});
    gf_path_line(&path, (gf_vec2){3, 4});
    gf_path_cubic(&path, (gf_vec2){5, 6}, (gf_vec2){7, 8}, (gf_vec2){-9, 10});
    gf_path_close(&path);
    ck_assert_uint_eq(path.steps, 4);
    ck_assert_uint_eq(path.points, 5);
    gf_path_init(&copy);
    for (int i = 0; i < 100; i++)
        gf_path_append(&copy, &path);
    ck_assert_uint_eq(copy.steps, 400);
    ck_assert_uint_eq(copy.points, 500);
    ck_assert_int_eq(copy.step[398], GF_PATH_CUBIC);
    ck_assert(copy.point[499].x == -9);
    gf_box box = gf_path_bounds(&copy);
    ck_assert(box.x0 == -9 && box.y0 == 2 && box.x1 == 7 && box.y1 == 10);
    ck_assert(gf_path_is_finite(&copy));
    gf_path_reset(&copy);
    ck_assert_uint_eq(copy.steps, 0);
    gf_path_line(&copy, (gf_vec2){NAN, 0});
    ck_assert(!gf_path_is_finite(&copy));
    gf_path_clear(&copy);
    gf_path_clear(&path);
}
END_TEST

START_TEST(test_circle_is_round)
{
    gf_path path;

    gf_path_init(&path);
    gf_path_circle(&path, (gf_vec2){1, -1}, 2);
    for (size_t i = 0; i + 3 < path.points; i += 3) {
        const gf_vec2 *p = path.point + i;
        for (int k = 0; k <= 8; k++) {
            double t = k / 8.0, s = 1 - t;
            double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t;
            double d = t * t * t;
            double x = a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x - 1;
            double y = a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y + 1;
            assert_close(hypot(x, y), 2, 4e-4);
        }
    }
    gf_path_clear(&path);
}
END_TEST

START_TEST(test_boxes_meet_and_grow)
{
    gf_path empty;
    gf_box a = {0, 0, 2, 1}, b = {2, 1, 3, 3}, c = {4, 0, 5, 1};

    gf_path_init(&empty);
    gf_box none = gf_path_bounds(&empty);
    ck_assert(none.x0 > none.x1);
    gf_box all = gf_box_union(none, gf_box_union(a, c));
    ck_assert(all.x0 == 0 && all.x1 == 5 && all.y1 == 1);
    ck_assert(gf_box_overlap(a, b) && !gf_box_overlap(a, c));
    ck_assert(gf_box_overlap(gf_box_grow(a, 1), gf_box_grow(c, 1)));
    gf_path_clear(&empty);
}
END_TEST

START_TEST(test_path_remembers_that_memory_failed)
{
    for (size_t n = 1;; n++) {
        gf_path path;
        gf_path_init(&path);
        fail_nth_malloc(n);
        for (int i = 0; i < 100; i++)
            gf_path_circle(&path, (gf_vec2){0, 0}, 1);
        bool failed = malloc_has_failed();
        fail_nth_malloc(0);
        ck_assert_int_eq(path.failed, failed);
        gf_path_clear(&path);
        if (!failed)
            break;
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/path", test_path_keeps_steps_and_points,
                     test_circle_is_round, test_boxes_meet_and_grow,
                     test_path_remembers_that_memory_failed);
}
