/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/expr.h>

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <stdlib.h>
#include <string.h>

/* As it was written, up to blanks, signs and numbers. */
START_TEST(test_texts_keep_their_order)
{
    static const char *const rows[][2] = {
        {"log(1-x)", "log(1 - x)"},
        {"y+x", "y + x"},
        {"x+(-1)*y", "x - y"},
        {"-x+-1", "-x - 1"},
        {"x-(y-z)", "x - (y - z)"},
        {"x*(y*z)", "x*y*z"},
        {"x/(y*z)", "x/(y*z)"},
        {"x/y/z", "x/(y*z)"},
        {"1/x*y", "1/x*y"},
        {"x*2", "2*x"},
        {"x/2", "x/2"},
        {"x/5", "0.2*x"},
        {"x*3/8", "3*x/8"},
        {"x/7", "x/7"},
        {"2*x/(3*y)", "2*x/(3*y)"},
        {"x^-1", "1/x"},
        {"-x^-2", "-1/x^2"},
        {"x^0.5", "sqrt(x)"},
        {"x^-0.5", "1/sqrt(x)"},
        {"(x+1)^-0.5", "1/sqrt(x + 1)"},
        {"x^(1/3)", "x^(1/3)"},
        {"x^-y", "x^(-y)"},
        {"(x^y)^z", "(x^y)^z"},
        {"x^y^z", "x^(y^z)"},
        {"(-2)^x", "(-2)^x"},
        {"2^x", "2^x"},
        {"(x+y)^2", "(x + y)^2"},
        {"(x*y)^2", "x^2*y^2"},
        {"(x*y)^z", "(x*y)^z"},
        {"exp(1)", "e"},
        {"exp(2)", "exp(2)"},
        {"e^2", "exp(2)"},
        {"2e-9*x", "2e-9*x"},
        {"1/3", "1/3"},
        {"x - 1/3", "x - 1/3"},
        {"x + -0.25", "x - 0.25"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"1e30", "1e30"},
        {"0.00001", "0.00001"},
        {"0.0000001", "1e-7"},
        {"max(x,0)", "max(x, 0)"},
        {"inf", "inf"},
        {"-inf", "-inf"},
        {"1/0", "1/0"},
    };
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_str_eq(sheet_text(&s, sheet_read(&s, rows[i][0])),
                         rows[i][1]);
    sheet_clear(&s);
}
END_TEST

static void check_round_trip(sheet *s, gf_expr e, const char *source)
{
    const char *text = sheet_text(s, e);
    gf_expr back = GF_EXPR_NONE;
    gf_error error;

    if (gf_expr_parse(&back, &s->scope, text, &error) || back != e)
        ck_abort_msg("'%s' is printed '%s', which is read otherwise", source,
                     text);
}

START_TEST(test_texts_are_read_back_to_the_same_node)
{
    uint64_t state = 2;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < (is_long_run() ? 100000 : 400); round++) {
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 2 + round % 4);
        gf_expr e = sheet_read(&s, r.text);
        gf_expr slope = gf_expr_derive(s.graph, e, s.x);
        check_round_trip(&s, e, r.text);
        check_round_trip(&s, gf_expr_simplify(s.graph, e), r.text);
        if (slope)
            check_round_trip(&s, slope, r.text);
        sheet_clear(&s);
    }
    random_expr_clear(&r);
}
END_TEST

START_TEST(test_numbers_of_every_size_are_read_back)
{
    static const char *const texts[] = {
        "150^-300",
        "9^1000*x",
        "x/(7*10^300)/10^300",
        "1e-300*1e-20*x",
        "1e-300*1e-200*x",
        "1e300*1e8*x",
        "1e300*1e9*x",
        "1.7976931348623157e308*x",
        "5e-324*x",
        "1e-323*x/7",
    };
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_round_trip(&s, sheet_read(&s, texts[i]), texts[i]);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_a_text_that_would_fill_the_disk_is_none)
{
    gf_expr e;
    sheet s;

    sheet_init(&s);
    e = s.x;
    for (int i = 0; i < 60; i++)
        e = gf_expr_sum(s.graph, gf_expr_call(s.graph, "sin", e),
                        gf_expr_call(s.graph, "cos", e));
    ck_assert_uint_ne(e, GF_EXPR_NONE);
    ck_assert_ptr_null(gf_expr_text(s.graph, e));
    ck_assert_ptr_null(gf_expr_latex(s.graph, e));
    ck_assert_ptr_null(gf_expr_text(s.graph, GF_EXPR_NONE));
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/print", test_texts_keep_their_order,
                     test_texts_are_read_back_to_the_same_node,
                     test_numbers_of_every_size_are_read_back,
                     test_a_text_that_would_fill_the_disk_is_none);
}
