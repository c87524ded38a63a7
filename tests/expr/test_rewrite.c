/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/node.h"

#include "expr/sheet.h"
#include "harness.h"

#include <string.h>

START_TEST(test_a_symbol_is_replaced_everywhere)
{
    sheet s;
    gf_expr e, t;

    sheet_init(&s);
    e = sheet_read(&s, "x^2 + sin(x*y) - z");
    t = gf_expr_substitute(s.graph, e, s.x, sheet_read(&s, "y + 1"));
    ck_assert_uint_eq(t, sheet_simple(&s, "(y + 1)^2 + sin((y + 1)*y) - z"));
    ck_assert(!gf_expr_depends(s.graph, t, s.x));
    t = gf_expr_substitute(s.graph, e, s.x, sheet_read(&s, "0"));
    ck_assert_str_eq(sheet_text(&s, t), "-z");
    t = gf_expr_substitute(s.graph, sheet_read(&s, "1/x"), s.x,
                           sheet_read(&s, "0"));
    ck_assert_str_eq(sheet_text(&s, t), "1/0");
    /* x for y and y for x at once is not what two replacements do */
    t = gf_expr_substitute(s.graph, sheet_read(&s, "x - y"), s.x, s.y);
    ck_assert_str_eq(sheet_text(&s, t), "0");
    sheet_clear(&s);
}
END_TEST

START_TEST(test_what_an_expression_depends_on)
{
    sheet s;

    sheet_init(&s);
    ck_assert(gf_expr_depends(s.graph, s.x, s.x));
    ck_assert(!gf_expr_depends(s.graph, s.x, s.y));
    ck_assert(gf_expr_depends(s.graph, sheet_read(&s, "sin(y + 2^x)"), s.x));
    ck_assert(!gf_expr_depends(s.graph, sheet_read(&s, "sin(y + 2)"), s.x));
    ck_assert(!gf_expr_depends(s.graph, sheet_read(&s, "pi*sqrt(2)"), s.x));
    ck_assert(!gf_expr_depends(s.graph, s.x, GF_EXPR_NONE));
    sheet_clear(&s);
}
END_TEST

START_TEST(test_kinks_are_seen)
{
    static const struct {
        const char *text;
        bool in_x, in_y;
    } rows[] = {
        {"abs(x)", true, false},
        {"abs(y)*x", false, true},
        {"sin(min(0, x + y))", true, true},
        {"x^2", false, false},
        {"sign(3)*x", false, false},
        {"step(x)*relu(y)", true, true},
        {"cbrt(x)", false, false},
        {"max(y, 0) + abs(y - 1)", false, true},
    };
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_expr e = sheet_read(&s, rows[i].text);
        ck_assert_msg(gf_expr_has_kinks(s.graph, e, s.x) == rows[i].in_x &&
                          gf_expr_has_kinks(s.graph, e, s.y) == rows[i].in_y,
                      "%s", rows[i].text);
        ck_assert_int_eq(gf_expr_has_op(s.graph, e, gf_is_kinked),
                         rows[i].in_x || rows[i].in_y ||
                             strstr(rows[i].text, "sign"));
    }
    sheet_clear(&s);
}
END_TEST

/* A graph of 150 storeys that would be 2^150 nodes as a tree. */
START_TEST(test_shared_parts_are_visited_once)
{
    sheet s;
    gf_expr e, t;

    sheet_init(&s);
    e = s.x;
    for (int i = 0; i < 50; i++) {
        gf_expr f = gf_expr_call(s.graph, "sin", e);
        f = gf_expr_product(s.graph, f, gf_expr_call(s.graph, "cos", e));
        e = gf_expr_sum(s.graph, f, gf_expr_rational(s.graph, i, 1));
    }
    ck_assert_uint_ne(e, GF_EXPR_NONE);
    ck_assert(gf_expr_depends(s.graph, e, s.x));
    ck_assert(!gf_expr_depends(s.graph, e, s.y));
    ck_assert(!gf_expr_has_kinks(s.graph, e, s.x));
    t = gf_expr_substitute(s.graph, e, s.x, gf_expr_rational(s.graph, 1, 3));
    ck_assert_uint_ne(t, GF_EXPR_NONE);
    ck_assert(gf_expr_value(s.graph, t) > 48);
    ck_assert_uint_ne(gf_expr_derive(s.graph, e, s.x), GF_EXPR_NONE);
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/rewrite", test_a_symbol_is_replaced_everywhere,
                     test_what_an_expression_depends_on, test_kinks_are_seen,
                     test_shared_parts_are_visited_once);
}
