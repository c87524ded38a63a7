/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/ink.h"
#include "harness.h"

#include <math.h>

static void open_ink(gf_ink *ink)
{
    ck_assert_int_eq(gf_ink_init(ink, (gf_box){10, 20, 110, 80}, NULL), GF_OK);
}

START_TEST(test_ink_is_where_it_was_put)
{
    gf_ink ink;
    gf_path path;

    open_ink(&ink);
    gf_path_init(&path);
    gf_path_move(&path, (gf_vec2){20.5, 30.5});
    gf_path_line(&path, (gf_vec2){60.5, 30.5});
    gf_ink_path(&ink, &path, 3);
    gf_ink_box(&ink, (gf_box){80, 60, 90, 70}, 2);
    gf_ink_sum(&ink);
    gf_ink_sum(&ink); /* no harm */
    assert_close(gf_ink_in(&ink, (gf_box){10, 20, 110, 80}), 120 + 200, TOL3);
    assert_close(gf_ink_in(&ink, (gf_box){10, 20, 70, 50}), 120, TOL3);
    assert_close(gf_ink_in(&ink, (gf_box){80, 60, 86, 70}), 120, TOL3);
    assert_close(gf_ink_in(&ink, (gf_box){10, 40, 70, 80}), 0, TOL3);
    assert_close(gf_ink_in(&ink, (gf_box){200, 200, 300, 300}), 0, TOL3);
    gf_path_clear(&path);
    gf_ink_clear(&ink);
}
END_TEST

START_TEST(test_room_is_found_where_there_is_least)
{
    gf_ink ink;
    gf_vec2 at = {0, 0};

    open_ink(&ink);
    gf_ink_box(&ink, (gf_box){10, 20, 110, 50}, 1);
    gf_ink_box(&ink, (gf_box){10, 50, 60, 80}, 1);
    gf_ink_sum(&ink);
    double least =
        gf_ink_room(&at, &ink, (gf_vec2){30, 16}, (gf_vec2){110, 80}, 1e-6);
    ck_assert(least < 1e-3);
    ck_assert(at.x >= 60 && at.x + 30 <= 110 && at.y >= 50 && at.y + 16 <= 80);
    ck_assert(
        isinf(gf_ink_room(&at, &ink, (gf_vec2){101, 5}, (gf_vec2){0, 0}, 0)));
    gf_ink_clear(&ink);
}
END_TEST

START_TEST(test_room_is_near_what_it_belongs_to)
{
    gf_ink ink;
    gf_vec2 at = {0, 0};

    open_ink(&ink);
    gf_ink_sum(&ink);
    gf_ink_room(&at, &ink, (gf_vec2){10, 10}, (gf_vec2){55, 45}, 1);
    assert_close(at.x + 5, 55, 0.05);
    assert_close(at.y + 5, 45, 0.05);
    gf_ink_clear(&ink);
}
END_TEST

START_TEST(test_boxes_without_room_are_refused)
{
    gf_ink ink;

    ck_assert_int_eq(gf_ink_init(&ink, (gf_box){0, 0, 0, 1}, NULL),
                     GF_ARGUMENT);
    ck_assert_int_eq(gf_ink_init(&ink, (gf_box){0, 0, NAN, 1}, NULL),
                     GF_ARGUMENT);
    ck_assert_int_eq(gf_ink_init(&ink, (gf_box){0, 0, 1e9, 1}, NULL),
                     GF_ARGUMENT);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/ink", test_ink_is_where_it_was_put,
                     test_room_is_found_where_there_is_least,
                     test_room_is_near_what_it_belongs_to,
                     test_boxes_without_room_are_refused);
}
