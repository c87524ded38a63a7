/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/decimal.h"

#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(test_what_is_read)
{
    static const struct {
        const char *text;
        size_t length;
        long num, den;
        bool in_range;
    } rows[] = {
        {"12*x", 2, 12, 1, true},
        {"0.2", 3, 1, 5, true},
        {".5", 2, 1, 2, true},
        {"5.", 2, 5, 1, true},
        {"5..", 2, 5, 1, true},
        {"1e3", 3, 1000, 1, true},
        {"1e+3", 4, 1000, 1, true},
        {"1E-2", 4, 1, 100, true},
        {"1e", 1, 1, 1, true},
        {"1e+", 1, 1, 1, true},
        {"1ex", 1, 1, 1, true},
        {"007", 3, 7, 1, true},
        {"0e99999", 7, 0, 1, true},
        {"0.000e-99999", 12, 0, 1, true},
        {".", 0, 0, 1, true},
        {"", 0, 0, 1, true},
        {"e5", 0, 0, 1, true},
        {"-1", 0, 0, 1, true},
        {"1e309", 5, 0, 1, false},
        {"1e-400", 6, 0, 1, false},
        {"1e-324", 6, 0, 1, false},
        {"1e999999999999", 14, 0, 1, false},
        {"0x10", 1, 0, 1, true},
        {"1e-99999999999999999999", 23, 0, 1, false},
    };
    fmpq_t q;

    fmpq_init(q);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool in_range = !rows[i].in_range;
        size_t length = gf_decimal_read(q, rows[i].text, &in_range);
        ck_assert_msg(length == rows[i].length && in_range == rows[i].in_range,
                      "'%s': %zu, %d", rows[i].text, length, in_range);
        if (in_range && length)
            ck_assert(fmpq_numref(q)[0] == rows[i].num &&
                      fmpq_denref(q)[0] == rows[i].den);
    }
    fmpq_clear(q);
}
END_TEST

START_TEST(test_long_literals)
{
    static char text[6002];
    bool in_range;
    fmpq_t q;

    fmpq_init(q);
    memset(text, '0', 6000);
    text[5999] = '7';
    text[6000] = '\0';
    ck_assert_uint_eq(gf_decimal_read(q, text, &in_range), 6000);
    ck_assert(in_range && fmpz_equal_si(fmpq_numref(q), 7));
    memset(text, '9', 6000);
    ck_assert_uint_eq(gf_decimal_read(q, text, &in_range), 6000);
    ck_assert(!in_range);
    text[5000] = '\0'; /* a part of a printed fraction */
    ck_assert_uint_eq(gf_decimal_read(q, text, &in_range), 5000);
    ck_assert(in_range && fmpz_bits(fmpq_numref(q)) > 16600);
    text[1] = '.';
    ck_assert_uint_eq(gf_decimal_read(q, text, &in_range), 5000);
    ck_assert(in_range);
    fmpq_clear(q);
}
END_TEST

static void check_text(const char *fraction, const char *want)
{
    gf_text text;
    fmpq_t q;
    bool short_enough;

    fmpq_init(q);
    ck_assert_int_eq(fmpq_set_str(q, fraction, 10), 0);
    gf_text_init(&text);
    short_enough = gf_decimal_text(&text, q);
    ck_assert_msg(short_enough == (want != NULL), "%s", fraction);
    ck_assert_int_eq(gf_decimal_text(NULL, q), short_enough);
    ck_assert_str_eq(gf_text_string(&text), want ? want : "");
    gf_text_clear(&text);
    fmpq_clear(q);
}

START_TEST(test_what_is_written)
{
    check_text("0", "0");
    check_text("1/5", "0.2");
    check_text("-3/8", "-0.375");
    check_text("12", "12");
    check_text("1/3", NULL);
    check_text("1/1000", "0.001");
    check_text("1/100000", "0.00001");
    check_text("1/10000000", "1e-7");
    check_text("-15/100000000", "-1.5e-7");
    check_text("100000000000000000000", "100000000000000000000");
    check_text("1000000000000000000000000", "1e24");
    check_text("12345678901234567", "12345678901234567");
    check_text("123456789012345678", NULL);
}
END_TEST

START_TEST(test_doubles_come_back)
{
    uint64_t state = 3;
    fmpq_t q;

    fmpq_init(q);
    for (int i = 0; i < (is_long_run() ? 1000000 : 3000); i++) {
        uint64_t bits = random_bits(&state);
        double x;
        char text[40];
        bool in_range;
        memcpy(&x, &bits, sizeof x);
        x = fabs(x);
        if (!isfinite(x))
            continue;
        snprintf(text, sizeof text, "%.17g", x);
        if (gf_decimal_read(q, text, &in_range) != strlen(text) || !in_range)
            ck_abort_msg("%s is not read", text);
        if (gf_rational_near(q) != x)
            ck_abort_msg("%s: %a", text, gf_rational_near(q));
    }
    fmpq_clear(q);
}
END_TEST

START_TEST(test_which_coefficients_are_fractions)
{
    static const struct {
        long num, den;
        bool fraction;
    } rows[] = {{3, 1, true},    {1, 2, true},  {2, 3, true},   {3, 8, true},
                {1, 64, true},   {1, 5, false}, {1, 10, false}, {1, 7, true},
                {1, 128, false}, {3, 20, false}};
    fmpq_t q;

    fmpq_init(q);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fmpq_set_si(q, rows[i].num, (ulong)rows[i].den);
        ck_assert_int_eq(gf_is_fraction(q), rows[i].fraction);
    }
    fmpq_clear(q);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/decimal", test_what_is_read, test_long_literals,
                     test_what_is_written, test_doubles_come_back,
                     test_which_coefficients_are_fractions);
}
