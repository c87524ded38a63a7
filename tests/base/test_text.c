/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "failing_malloc.h"
#include "harness.h"

#include <stdlib.h>
#include <string.h>

START_TEST(test_additions_follow_each_other)
{
    gf_text text;

    gf_text_init(&text);
    ck_assert_str_eq(gf_text_string(&text), "");
    gf_text_add(&text, "a = ");
    gf_text_addf(&text, "%d%s", 12, "; ");
    gf_text_add_n(&text, "xyz", 2);
    gf_text_add_char(&text, ' ');
    gf_text_add_number(&text, 0.2);
    ck_assert_str_eq(gf_text_string(&text), "a = 12; xy 0.2");
    ck_assert_uint_eq(text.length, strlen(text.data));
    gf_text_cut(&text, 99);
    gf_text_cut(&text, 1);
    ck_assert_str_eq(gf_text_string(&text), "a");
    gf_text_clear(&text);
    ck_assert_str_eq(gf_text_string(&text), "");
}
END_TEST

START_TEST(test_a_text_grows_to_any_size)
{
    gf_text text;

    gf_text_init(&text);
    for (int i = 0; i < 10000; i++)
        gf_text_addf(&text, "%04d", i);
    ck_assert_uint_eq(text.length, 40000);
    for (int i = 0; i < 10000; i++)
        ck_assert_int_eq(
            atoi((char[]){text.data[4 * i], text.data[4 * i + 1],
                          text.data[4 * i + 2], text.data[4 * i + 3], '\0'}),
            i);
    gf_text_clear(&text);
}
END_TEST

START_TEST(test_take_hands_over_a_string_even_an_empty_one)
{
    gf_text text;

    gf_text_init(&text);
    char *empty = gf_text_take(&text);
    ck_assert_str_eq(empty, "");
    free(empty);
    gf_text_add(&text, "abc");
    char *string = gf_text_take(&text);
    ck_assert_str_eq(string, "abc");
    ck_assert_ptr_null(text.data);
    free(string);
}
END_TEST

START_TEST(test_a_failed_allocation_sticks_and_loses_nothing)
{
    for (size_t n = 1; n <= 3; n++) {
        gf_text text;
        gf_text_init(&text);
        fail_nth_malloc(n);
        for (int i = 0; i < 200; i++)
            gf_text_add(&text, "abcdefgh");
        fail_nth_malloc(0);
        ck_assert(text.failed);
        ck_assert_uint_lt(text.length, 1600);
        ck_assert_uint_eq(strlen(gf_text_string(&text)), text.length);
        gf_text_addf(&text, "%d", 1);
        ck_assert_ptr_null(gf_text_take(&text));
        ck_assert(!text.failed);
    }
}
END_TEST

START_TEST(test_a_size_that_overflows_is_refused)
{
    gf_text text;

    gf_text_init(&text);
    gf_text_add(&text, "a");
    gf_text_add_n(&text, "b", SIZE_MAX - 1);
    ck_assert(text.failed);
    ck_assert_str_eq(gf_text_string(&text), "a");
    gf_text_clear(&text);
}
END_TEST

int main(void)
{
    return RUN_TESTS("base/text", test_additions_follow_each_other,
                     test_a_text_grows_to_any_size,
                     test_take_hands_over_a_string_even_an_empty_one,
                     test_a_failed_allocation_sticks_and_loses_nothing,
                     test_a_size_that_overflows_is_refused);
}
