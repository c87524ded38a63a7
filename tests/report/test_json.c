/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json.h"

#include "failing_malloc.h"
#include "harness.h"

#include <math.h>
#include <string.h>

static gf_text text;
static gf_json json;

static void begin(void)
{
    gf_text_init(&text);
    gf_json_init(&json, &text);
}

static void assert_is(const char *want)
{
    ck_assert(!text.failed);
    ck_assert_str_eq(gf_text_string(&text), want);
    gf_text_clear(&text);
}

START_TEST(test_an_object_is_indented_and_short_parts_stay_on_a_line)
{
    begin();
    gf_json_begin_object(&json);
    gf_json_key(&json, "name");
    gf_json_string(&json, "classic");
    gf_json_key(&json, "speed");
    gf_json_begin_array(&json);
    gf_json_integer(&json, 1);
    gf_json_number(&json, 0.5);
    gf_json_end_array(&json);
    gf_json_key(&json, "d0");
    gf_json_begin_object(&json);
    gf_json_key(&json, "unique");
    gf_json_string(&json, "yes");
    gf_json_key(&json, "arbitrary");
    gf_json_bool(&json, false);
    gf_json_key(&json, "interval");
    gf_json_null(&json);
    gf_json_end_object(&json);
    gf_json_key(&json, "empty");
    gf_json_begin_array(&json);
    gf_json_end_array(&json);
    gf_json_end_object(&json);
    assert_is("{\n"
              "  \"name\": \"classic\",\n"
              "  \"speed\": [1, 0.5],\n"
              "  \"d0\": {\"unique\": \"yes\", \"arbitrary\": false, "
              "\"interval\": null},\n"
              "  \"empty\": []\n"
              "}");
}
END_TEST

START_TEST(test_long_parts_are_broken_and_numbers_fill_lines)
{
    begin();
    gf_json_begin_object(&json);
    gf_json_key(&json, "t");
    gf_json_begin_array(&json);
    for (int i = 0; i < 30; i++)
        gf_json_number(&json, 1000 + i);
    gf_json_end_array(&json);
    gf_json_key(&json, "rows");
    gf_json_begin_array(&json);
    for (int i = 0; i < 2; i++) {
        gf_json_begin_object(&json);
        gf_json_key(&json, "a long key, and a long value");
        gf_json_string(&json, "of forty letters, or rather about so many");
        gf_json_key(&json, "pair");
        gf_json_begin_array(&json);
        gf_json_number(&json, NAN);
        gf_json_number(&json, -INFINITY);
        gf_json_end_array(&json);
        gf_json_end_object(&json);
    }
    gf_json_end_array(&json);
    gf_json_end_object(&json);
    assert_is(
        "{\n"
        "  \"t\": [\n"
        "    1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, "
        "1010, 1011,\n"
        "    1012, 1013, 1014, 1015, 1016, 1017, 1018, 1019, 1020, 1021, "
        "1022, 1023,\n"
        "    1024, 1025, 1026, 1027, 1028, 1029\n"
        "  ],\n"
        "  \"rows\": [\n"
        "    {\n"
        "      \"a long key, and a long value\": \"of forty letters, or rather "
        "about so many\",\n"
        "      \"pair\": [null, null]\n"
        "    },\n"
        "    {\n"
        "      \"a long key, and a long value\": \"of forty letters, or rather "
        "about so many\",\n"
        "      \"pair\": [null, null]\n"
        "    }\n"
        "  ]\n"
        "}");
}
END_TEST

START_TEST(test_no_line_is_longer_than_eighty_columns_where_it_can_break)
{
    for (int n = 1; n < 60; n++) {
        begin();
        gf_json_begin_array(&json);
        for (int i = 0; i < n; i++) {
            gf_json_begin_array(&json);
            for (int k = 0; k < n; k++)
                gf_json_number(&json, i * 1.25 + k);
            gf_json_end_array(&json);
        }
        gf_json_end_array(&json);
        const char *line = gf_text_string(&text);
        while (line) {
            ck_assert_uint_le(strcspn(line, "\n"), 80);
            line = strchr(line, '\n');
            line = line ? line + 1 : NULL;
        }
        gf_text_clear(&text);
    }
}
END_TEST

START_TEST(test_strings_are_escaped)
{
    begin();
    gf_json_begin_array(&json);
    gf_json_string(&json, "a\"b\\c/\n\t\r\b\f\x01\x7f");
    gf_json_string(&json, "\xce\xb1\xff");
    gf_json_string(&json, NULL);
    gf_json_end_array(&json);
    assert_is("[\"a\\\"b\\\\c/\\n\\t\\r\\b\\f\\u0001\x7f\", "
              "\"\xce\xb1\xef\xbf\xbd\", null]");
}
END_TEST

START_TEST(test_a_failed_allocation_is_seen_at_the_end)
{
    for (size_t n = 1; n <= 4; n++) {
        begin();
        fail_nth_malloc(n);
        gf_json_begin_object(&json);
        gf_json_key(&json, "t");
        gf_json_begin_array(&json);
        for (int i = 0; i < 200; i++)
            gf_json_number(&json, i);
        gf_json_end_array(&json);
        gf_json_end_object(&json);
        fail_nth_malloc(0);
        ck_assert(text.failed);
        gf_text_clear(&text);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "report/json",
        test_an_object_is_indented_and_short_parts_stay_on_a_line,
        test_long_parts_are_broken_and_numbers_fill_lines,
        test_no_line_is_longer_than_eighty_columns_where_it_can_break,
        test_strings_are_escaped, test_a_failed_allocation_is_seen_at_the_end);
}
