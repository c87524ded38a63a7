/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double double_of(uint64_t bits)
{
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The significant digits of a number as written. */
static size_t digits_of(char *out, const char *text)
{
    char *end = out;

    for (; *text && *text != 'e'; text++) {
        if (*text >= '0' && *text <= '9' && (*text != '0' || end > out))
            *end++ = *text;
    }
    while (end > out && end[-1] == '0')
        end--;
    *end = '\0';
    return (size_t)(end - out);
}

/* The C library's nearest decimal of so many digits: does it read back? */
static bool reads_back(char digits[32], double x, size_t count)
{
    char text[40];

    snprintf(text, sizeof text, "%.*e", (int)count - 1, x);
    digits_of(digits, text);
    return strtod(text, NULL) == x;
}

/* x reads back, by the C library and by us; no fewer digits would do; and they
 * are the nearest of their number. At a power of two the interval that reads
 * back to x is lopsided, and the nearest may lie outside where another lies
 * inside; then it has nothing to say. Plain ifs: an assertion costs more than
 * what it looks at. */
static void check(double x)
{
    char got[GF_NUMBER_SIZE], digits[32], nearest[32];
    size_t length = gf_number_write(got, x);
    size_t count = digits_of(digits, got);
    double back = NAN, ours = NAN;

    back = strtod(got, NULL);
    if (length != strlen(got) || memcmp(&back, &x, sizeof x) != 0)
        ck_abort_msg("%a is written %s", x, got);
    if (gf_number_read(&ours, got) || memcmp(&ours, &x, sizeof x) != 0)
        ck_abort_msg("%s is read %a", got, ours);
    if (x == 0)
        return;
    if (count > 1 && reads_back(nearest, x, count - 1))
        ck_abort_msg("%a is written %s, but fewer digits do", x, got);
    if (reads_back(nearest, x, count) && strcmp(digits, nearest) != 0)
        ck_abort_msg("%a is written %s, not with %s", x, got, nearest);
}

START_TEST(test_known_numbers_are_written_as_people_do)
{
    static const struct {
        double x;
        const char *text;
    } rows[] = {
        {0, "0"},
        {-0.0, "-0"},
        {0.2, "0.2"},
        {-1.5, "-1.5"},
        {1, "1"},
        {10, "10"},
        {123456, "123456"},
        {1e-8, "1e-8"},
        {1e-6, "0.000001"},
        {1.25e-7, "1.25e-7"},
        {1e15, "1000000000000000"},
        {9007199254740993.0, "9007199254740992"},
        {1e16, "1e16"},
        {1e22, "1e22"},
        {12345678901234567890.0, "1.2345678901234567e19"},
        {0.1 + 0.2, "0.30000000000000004"},
        {5e-324, "5e-324"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {1.833030277982336, "1.833030277982336"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {NAN, "nan"},
    };
    char out[GF_NUMBER_SIZE];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_uint_eq(gf_number_write(out, rows[i].x),
                          strlen(rows[i].text));
        ck_assert_str_eq(out, rows[i].text);
    }
}
END_TEST

START_TEST(test_powers_of_two_and_ten_and_their_neighbours)
{
    for (int e = -1074; e <= 1023; e++) {
        double x = ldexp(1, e);
        check(x);
        check(nextafter(x, 0) > 0 ? nextafter(x, 0) : x);
        check(nextafter(x, 1e308));
    }
    for (int e = -323; e <= 308; e++) {
        char text[8];
        snprintf(text, sizeof text, "1e%d", e);
        double x = strtod(text, NULL);
        check(x);
        check(-nextafter(x, 1));
        check(nextafter(x, 1e308));
    }
}
END_TEST

START_TEST(test_random_doubles_of_every_size)
{
    uint64_t state = 20240229;
    long rounds = is_long_run() ? 10000000 : 100000;

    for (long i = 0; i < rounds; i++) {
        double x = double_of(random_bits(&state));
        if (isfinite(x))
            check(x);
    }
    for (long i = 0; i < rounds / 10; i++) {
        check(double_of(random_bits(&state) >> (12 + i % 52)));
        check((double)(random_bits(&state) >> (i % 64)));
        check((double)(int64_t)(random_bits(&state) % 2000001) / 1000);
    }
}
END_TEST

START_TEST(test_scan_takes_the_longest_literal)
{
    static const struct {
        const char *text;
        size_t taken;
        double x;
    } rows[] = {
        {"12", 2, 12},
        {"1.5*D", 3, 1.5},
        {".5", 2, 0.5},
        {"5.", 2, 5},
        {"1e3", 3, 1000},
        {"1e", 1, 1},
        {"1e+", 1, 1},
        {"2exp", 1, 2},
        {"1E-2", 4, 0.01},
        {"1..2", 2, 1},
        {"", 0, -7},
        {".", 0, -7},
        {"-1", 0, -7},
        {"e5", 0, -7},
        {"007", 3, 7},
        {"0x10", 1, 0},
        {"1e999", 5, INFINITY},
        {"0e999999999999", 14, 0},
        {"1e-99999999999999999999", 23, 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double x = -7;
        ck_assert_uint_eq(
            gf_number_scan(&x, rows[i].text, strlen(rows[i].text)),
            rows[i].taken);
        assert_close(x, rows[i].x, 0);
    }
    double x = 0;
    ck_assert_uint_eq(gf_number_scan(&x, "1234", 2), 2);
    assert_close(x, 12, 0);
}
END_TEST

START_TEST(test_scan_agrees_with_strtod_on_long_literals)
{
    static char text[4000];
    uint64_t state = 5;

    for (int round = 0; round < 2000; round++) {
        size_t n = 1 + random_bits(&state) % (round % 10 ? 40 : 3000);
        size_t point = random_bits(&state) % n;
        for (size_t i = 0; i < n; i++)
            text[i] = (char)('0' + random_bits(&state) % 10);
        text[point] = '.';
        if (n == 1)
            text[0] = '7';
        snprintf(text + n, 16, "e%d", (int)(random_bits(&state) % 700) - 400);
        double x = 0;
        ck_assert_uint_eq(gf_number_scan(&x, text, strlen(text)), strlen(text));
        assert_close(x, strtod(text, NULL), 0);
    }
}
END_TEST

START_TEST(test_scan_decides_the_middle_between_two_doubles)
{
    char text[1200];
    double x = 0;

    /* 1 + 2^-53 is the middle between 1 and the next double: a tie goes to the
     * even one, and any digit behind it, however far, lifts it. */
    snprintf(text, sizeof text,
             "1.00000000000000011102230246251565404236316680908203125");
    ck_assert_uint_gt(gf_number_scan(&x, text, strlen(text)), 0);
    ck_assert(x == 1);
    size_t n = strlen(text);
    memset(text + n, '0', 1000);
    text[n + 1000] = '\0';
    ck_assert_uint_eq(gf_number_scan(&x, text, strlen(text)), n + 1000);
    ck_assert(x == 1);
    text[n + 999] = '1';
    ck_assert_uint_eq(gf_number_scan(&x, text, strlen(text)), n + 1000);
    ck_assert(x == 1 + DBL_EPSILON);
}
END_TEST

START_TEST(test_read_wants_one_number_and_nothing_else)
{
    static const char *const bad[] = {
        "",   "-",    "+",    "1 ",  " 1",       "1x",    "nan",   "--1",
        "1e", "0x10", "infi", "1,5", "Infinity", "1e5e5", "1_000",
    };
    double x = 3;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(gf_number_read(&x, bad[i]) == GF_SYNTAX, "'%s'", bad[i]);
    ck_assert_int_eq(gf_number_read(&x, "-1e400"), GF_LIMIT);
    ck_assert(x == 3);
    ck_assert_int_eq(gf_number_read(&x, "-inf"), GF_OK);
    ck_assert(x == -INFINITY);
    ck_assert_int_eq(gf_number_read(&x, "+2.5e-1"), GF_OK);
    ck_assert(x == 0.25);
}
END_TEST

int main(void)
{
    return RUN_TESTS("base/number", test_known_numbers_are_written_as_people_do,
                     test_powers_of_two_and_ten_and_their_neighbours,
                     test_random_doubles_of_every_size,
                     test_scan_takes_the_longest_literal,
                     test_scan_agrees_with_strtod_on_long_literals,
                     test_scan_decides_the_middle_between_two_doubles,
                     test_read_wants_one_number_and_nothing_else);
}
