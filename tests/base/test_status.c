/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/status.h>

#include "base/utf8.h"
#include "harness.h"

#include <string.h>

#define COUNT_ONE(name, text) +1
enum { STATUS_COUNT = 0 GF_STATUS_LIST(COUNT_ONE) };

static bool is_utf8(const char *text)
{
    size_t length = strlen(text), size = 1, i = 0;

    while (i < length && size > 0) {
        size = gf_utf8_size(text + i, length - i);
        i += size;
    }
    return size > 0;
}

START_TEST(test_every_status_has_a_name_and_a_text_and_no_other_has)
{
    for (int i = 0; i < STATUS_COUNT; i++) {
        const char *name = gf_status_name((gf_status)i);
        ck_assert_int_eq(strncmp(name, "GF_", 3), 0);
        ck_assert_str_ne(gf_status_text((gf_status)i), "unknown status");
        for (int j = 0; j < i; j++) {
            ck_assert_str_ne(name, gf_status_name((gf_status)j));
            ck_assert_str_ne(gf_status_text((gf_status)i),
                             gf_status_text((gf_status)j));
        }
    }
    ck_assert_str_eq(gf_status_name((gf_status)STATUS_COUNT), "unknown status");
    ck_assert_str_eq(gf_status_text((gf_status)STATUS_COUNT), "unknown status");
    ck_assert_int_eq(GF_OK, 0);
}
END_TEST

START_TEST(test_set_formats_and_clears_the_place)
{
    gf_error error;

    gf_error_clear(&error);
    gf_error_place(&error, "x", 1, 0);
    ck_assert_int_eq(gf_error_set(&error, GF_NAME, "unknown name '%s'", "tnh"),
                     GF_NAME);
    ck_assert_int_eq(error.status, GF_NAME);
    ck_assert_str_eq(error.message, "unknown name 'tnh'");
    ck_assert_uint_eq(error.line, 0);
    ck_assert_str_eq(error.text, "");
    ck_assert_int_eq(gf_error_set(&error, GF_NAME, "%s too", error.message),
                     GF_NAME);
    ck_assert_str_eq(error.message, "unknown name 'tnh' too");
    ck_assert_int_eq(gf_error_set(NULL, GF_READ, "%s", "x"), GF_READ);
    gf_error_clear(NULL);
    gf_error_place(NULL, "x", 1, 0);
}
END_TEST

START_TEST(test_a_message_stays_valid_utf8_however_it_is_cut_or_broken)
{
    gf_error error;
    char text[700];

    for (size_t shift = 0; shift < 4; shift++) {
        memset(text, 'a', sizeof text);
        for (size_t i = shift; i + 4 < sizeof text; i += 4)
            memcpy(text + i, "\xf0\x9f\x98\x80", 4);
        text[sizeof text - 1] = '\0';
        gf_error_set(&error, GF_LIMIT, "%s", text);
        ck_assert(is_utf8(error.message));
        ck_assert_uint_ge(strlen(error.message), 508);
    }
    gf_error_set(&error, GF_LIMIT, "a%.*sb", 2, "\xf0\x9f\x98\x80");
    ck_assert_str_eq(error.message, "a??b");
}
END_TEST

static void check_place(const char *text, size_t offset, size_t line,
                        size_t column, size_t caret, const char *shown)
{
    gf_error error;

    gf_error_clear(&error);
    gf_error_place(&error, text, strlen(text), offset);
    ck_assert_uint_eq(error.line, line);
    ck_assert_uint_eq(error.column, column);
    ck_assert_uint_eq(error.caret, caret);
    ck_assert_str_eq(error.text, shown);
}

START_TEST(test_place_counts_lines_and_characters)
{
    check_place("log(D", 5, 1, 6, 5, "log(D");
    check_place("a\nbc\nd", 3, 2, 2, 1, "bc");
    check_place("a\nbc\nd", 2, 2, 1, 0, "bc");
    check_place("a\nbc\nd", 4, 2, 3, 2, "bc");
    check_place("a\nbc\nd", 99, 3, 2, 1, "d");
    check_place("", 0, 1, 1, 0, "");
    check_place("a\r\nb\r\n", 3, 2, 1, 0, "b");
    check_place("\xce\xb1 + $", 5, 1, 5, 4, "\xce\xb1 + $");
    check_place("a\tb\x01\x7f\xff\xc2\x80", 3, 1, 4, 3, "a b????");
}
END_TEST

START_TEST(test_place_shows_a_window_of_a_long_line)
{
    char text[1001];
    gf_error error;

    memset(text, 'a', 1000);
    text[1000] = '\0';
    for (size_t at = 0; at <= 1000; at++) {
        gf_error_clear(&error);
        if (at < 1000)
            text[at] = '$';
        gf_error_place(&error, text, 1000, at);
        ck_assert_uint_eq(error.column, at + 1);
        ck_assert_uint_le(strlen(error.text), 72);
        ck_assert_uint_le(error.caret, strlen(error.text));
        ck_assert_int_eq(error.text[error.caret], at < 1000 ? '$' : '\0');
        if (at < 1000)
            text[at] = 'a';
    }
}
END_TEST

START_TEST(test_place_keeps_wide_characters_whole)
{
    char text[400];
    gf_error error;

    for (size_t i = 0; i < 100; i++)
        memcpy(text + 4 * i, "\xf0\x9f\x98\x80", 4);
    for (size_t at = 0; at <= sizeof text; at++) {
        gf_error_clear(&error);
        gf_error_place(&error, text, sizeof text, at);
        ck_assert(is_utf8(error.text));
        ck_assert_uint_eq(error.column, at / 4 + 1);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "base/status", test_every_status_has_a_name_and_a_text_and_no_other_has,
        test_set_formats_and_clears_the_place,
        test_a_message_stays_valid_utf8_however_it_is_cut_or_broken,
        test_place_counts_lines_and_characters,
        test_place_shows_a_window_of_a_long_line,
        test_place_keeps_wide_characters_whole);
}
