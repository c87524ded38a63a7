/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/node.h"

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <string.h>

START_TEST(test_products_are_multiplied_out)
{
    static const char *const rows[][2] = {
        {"x*(y + 1)", "x + x*y"},
        {"(x + 1)^2", "x^2 + 2*x + 1"},
        {"(x + y)*(x - y)", "x^2 - y^2"},
        {"(x + 1)^3 - (x - 1)^3", "6*x^2 + 2"},
        {"x/(1 - y)", "x/(1 - y)"},
        {"(1 - x)/x", "1/x - 1"},
        {"exp(x)*(1 + exp(-x))", "exp(x) + 1"},
        {"(x + 1)^20", "(x + 1)^20"},
        {"(x + 1)^0.5", "sqrt(x + 1)"},
    };
    sheet s;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sheet_init(&s);
        gf_expr e = gf_expand(s.graph, sheet_read(&s, rows[i][0]));
        ck_assert_msg(strcmp(sheet_text(&s, e), rows[i][1]) == 0,
                      "%s becomes %s", rows[i][0], s.text);
        sheet_clear(&s);
    }
}
END_TEST

START_TEST(test_random_expressions_keep_their_values)
{
    uint64_t state = 20;
    random_expr r;
    arb_t value;

    random_expr_init(&r);
    arb_init(value);
    for (int round = 0; round < (is_long_run() ? 50000 : 300); round++) {
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 4);
        gf_expr e = gf_expand(s.graph, sheet_read(&s, r.text));
        ck_assert_msg(e != GF_EXPR_NONE, "%s", r.text);
        sheet_ball(value, &s, e, r.at);
        if (arb_is_finite(value) && arb_is_finite(r.value))
            ck_assert_msg(arb_overlaps(value, r.value), "%s becomes %s", r.text,
                          sheet_text(&s, e));
        sheet_clear(&s);
    }
    arb_clear(value);
    random_expr_clear(&r);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/expand", test_products_are_multiplied_out,
                     test_random_expressions_keep_their_values);
}
