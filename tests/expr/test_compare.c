/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/node.h"

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

START_TEST(test_what_comes_first)
{
    static const char *const order[] = {"2",      "pi",     "x^2",     "x",
                                        "-x",     "x*y",    "sqrt(x)", "y",
                                        "exp(x)", "log(x)", "x + 1",   "x + y"};
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
            int got = gf_compare(s.graph, sheet_read(&s, order[i]),
                                 sheet_read(&s, order[k]));
            ck_assert_msg(got == (i > k) - (i < k), "%s and %s: %d", order[i],
                          order[k], got);
        }
    sheet_clear(&s);
}
END_TEST

enum { NODES = 24 };

/* Only equals are equal, the order is antisymmetric and transitive. */
static void check_order(const gf_graph *graph, const gf_expr *e)
{
    for (int i = 0; i < NODES; i++)
        for (int k = 0; k < NODES; k++) {
            int order = gf_compare(graph, e[i], e[k]);
            if (order != -gf_compare(graph, e[k], e[i]) ||
                (order == 0) != (e[i] == e[k]))
                ck_abort_msg("nodes %u and %u", e[i], e[k]);
            for (int m = 0; m < NODES && order < 0; m++)
                if (gf_compare(graph, e[k], e[m]) < 0 &&
                    gf_compare(graph, e[i], e[m]) >= 0)
                    ck_abort_msg("nodes %u, %u, %u", e[i], e[k], e[m]);
        }
}

START_TEST(test_the_order_is_total)
{
    uint64_t state = 16;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < (is_long_run() ? 5000 : 10); round++) {
        gf_expr e[NODES];
        sheet s;
        sheet_init(&s);
        for (int i = 0; i < NODES; i++) {
            random_expr_write(&r, &state, 3);
            e[i] = i % 2 ? sheet_read(&s, r.text) : sheet_simple(&s, r.text);
        }
        check_order(s.graph, e);
        sheet_clear(&s);
    }
    random_expr_clear(&r);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/compare", test_what_comes_first,
                     test_the_order_is_total);
}
