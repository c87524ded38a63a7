/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passages: their strings, their places. */
#include "field/passage.h"

#include <string.h>

#include "harness.h"

static const char text[] = "first\n  key = f(a, b), \xce\xb1 \n";

static gf_passage passage(gf_origin **list, size_t begin, size_t end)
{
    gf_origin *origin =
        gf_origin_add(list, "some.ini", NULL, text, strlen(text));

    ck_assert_ptr_nonnull(origin);
    return gf_passage_part((gf_passage){origin, 0, origin->length}, begin, end);
}

START_TEST(test_a_part_has_no_blanks_at_its_ends)
{
    gf_origin *list = NULL;
    gf_passage p = passage(&list, 13, strlen(text));
    gf_passage q = gf_passage_part(p, 7, 7);

    ck_assert_str_eq(gf_passage_text(p), "f(a, b), \xce\xb1");
    ck_assert(gf_passage_is(p, "f(a, b), \xce\xb1"));
    ck_assert(!gf_passage_is(p, "f(a, b)"));
    ck_assert_str_eq(gf_passage_text(gf_passage_line(p)),
                     "key = f(a, b), \xce\xb1");
    ck_assert_uint_eq(gf_passage_line_number(p), 2);
    ck_assert_uint_eq(q.length, 0);
    ck_assert_str_eq(gf_passage_text(q), "");
    gf_origin_clear(&list);
    ck_assert_ptr_null(list);
}
END_TEST

START_TEST(test_find_looks_outside_of_parentheses)
{
    static const struct row {
        const char *text;
        size_t at;
    } rows[] = {{"a,b", 1},     {"(a,b)", 5}, {"f(a,b),c", 6}, {"", 0},
                {"((,),),", 6}, {"),", 1},    {",", 0},        {"abc", 3}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_origin *list = NULL;
        gf_origin *origin = gf_origin_add(&list, NULL, "--x", rows[i].text,
                                          strlen(rows[i].text));
        ck_assert_uint_eq(gf_passage_find(gf_passage_all(origin), ','),
                          rows[i].at);
        gf_origin_clear(&list);
    }
}
END_TEST

START_TEST(test_an_error_is_placed_in_the_whole)
{
    gf_origin *list = NULL;
    gf_passage p = passage(&list, 13, strlen(text)), none = {.origin = NULL};
    gf_error error;

    ck_assert_int_eq(
        gf_passage_fail(&error, GF_NAME, p, 9, "no such letter %d", 5),
        GF_NAME);
    ck_assert_str_eq(error.message, "no such letter 5");
    ck_assert_str_eq(error.file, "some.ini");
    ck_assert_uint_eq(error.line, 2);
    ck_assert_uint_eq(error.column, 18);
    ck_assert_uint_eq(error.caret, 17);
    ck_assert_str_eq(error.text, "  key = f(a, b), \xce\xb1 ");

    gf_error_set(&error, GF_SYNTAX, "bad");
    gf_error_place(&error, gf_passage_text(p), p.length, 5);
    ck_assert_int_eq(gf_passage_move(&error, GF_SYNTAX, p), GF_SYNTAX);
    ck_assert_str_eq(error.message, "bad");
    ck_assert_uint_eq(error.line, 2);
    ck_assert_uint_eq(error.column, 14);

    gf_passage_fail(&error, GF_LIMIT, none, 0, "too much");
    ck_assert_uint_eq(error.line, 0);
    ck_assert_str_eq(error.file, "");
    ck_assert_int_eq(gf_passage_fail(NULL, GF_LIMIT, p, 0, "x"), GF_LIMIT);
    ck_assert_int_eq(gf_passage_move(NULL, GF_LIMIT, p), GF_LIMIT);
    gf_origin_clear(&list);
}
END_TEST

START_TEST(test_a_name_is_made_fit)
{
    char out[16];

    gf_copy_name(out, sizeof out, "short.ini");
    ck_assert_str_eq(out, "short.ini");
    gf_copy_name(out, sizeof out, "exactly15bytes!");
    ck_assert_str_eq(out, "exactly15bytes!");
    gf_copy_name(out, sizeof out, "/a/long/folder/name.ini");
    ck_assert_str_eq(out, "...der/name.ini");
    gf_copy_name(out, sizeof out, "a\nb\xff\x1b\x7f");
    ck_assert_str_eq(out, "a?b???");
    gf_copy_name(out, sizeof out,
                 "\xce\xb1\xce\xb1\xce\xb1\xce\xb1"
                 "\xce\xb1\xce\xb1\xce\xb1\xce\xb1x");
    ck_assert_str_eq(out, "...\xce\xb1\xce\xb1\xce\xb1\xce\xb1\xce\xb1x");
}
END_TEST

int main(void)
{
    return RUN_TESTS("field/passage", test_a_part_has_no_blanks_at_its_ends,
                     test_find_looks_outside_of_parentheses,
                     test_an_error_is_placed_in_the_whole,
                     test_a_name_is_made_fit);
}
