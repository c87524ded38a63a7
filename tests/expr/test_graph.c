/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/node.h"

#include "expr/sheet.h"
#include "failing_malloc.h"
#include "harness.h"

#include <math.h>
#include <stdlib.h>

START_TEST(test_equal_expressions_are_one_node)
{
    sheet s;

    sheet_init(&s);
    ck_assert_uint_eq(gf_expr_symbol(s.graph, "x"), s.x);
    ck_assert_uint_ne(s.x, s.y);
    ck_assert_uint_eq(gf_expr_rational(s.graph, 2, 4),
                      gf_expr_number(s.graph, 0.5));
    ck_assert_uint_eq(gf_expr_rational(s.graph, 1, -2),
                      gf_expr_rational(s.graph, -1, 2));
    ck_assert_uint_eq(gf_expr_sum(s.graph, s.x, s.y), sheet_read(&s, "x + y"));
    ck_assert_uint_ne(gf_expr_sum(s.graph, s.y, s.x), sheet_read(&s, "x + y"));
    ck_assert_uint_eq(gf_expr_call(s.graph, "tanh", s.x),
                      sheet_read(&s, "tanh(x)"));
    ck_assert_uint_eq(gf_expr_quotient(s.graph, s.x, s.y),
                      sheet_read(&s, "x/y"));
    ck_assert_uint_eq(gf_expr_difference(s.graph, s.x, s.y),
                      sheet_read(&s, "x - y"));
    ck_assert_uint_eq(gf_expr_power(s.graph, s.x, s.y), sheet_read(&s, "x^y"));
    ck_assert_uint_eq(gf_expr_negative(s.graph, s.x), sheet_read(&s, "-x"));
    sheet_clear(&s);
}
END_TEST

START_TEST(test_many_nodes_stay_findable)
{
    sheet s;

    sheet_init(&s);
    uint32_t count = 0;
    for (int round = 0; round < 2; round++) {
        for (long i = 0; i < 20000; i++)
            if (!gf_expr_product(s.graph, gf_expr_rational(s.graph, i + 4, 3),
                                 s.x))
                ck_abort_msg("product %ld is none", i);
        if (round == 1)
            ck_assert_uint_eq(s.graph->node_count, count);
        count = s.graph->node_count;
    }
    ck_assert_uint_gt(count, 40000);
    ck_assert_int_eq(gf_graph_check(s.graph, NULL), GF_OK);
    sheet_clear(&s);
}
END_TEST

/* Arguments may lie in the graph's own array, which moves. */
START_TEST(test_arguments_may_come_from_the_graph)
{
    sheet s;

    sheet_init(&s);
    gf_expr e = sheet_read(&s, "x + y + z");
    for (int i = 0; i < 200; i++) {
        const gf_node *node = &s.graph->node[e];
        gf_expr f = gf_node_make(s.graph, GF_OP_ADD, s.graph->arg + node->first,
                                 node->count);
        ck_assert_uint_eq(f, e);
        f = gf_node_make(s.graph, GF_OP_MAX, s.graph->arg + node->first, 2);
        ck_assert_uint_eq(gf_arg(s.graph, f, 0), gf_arg(s.graph, e, 0));
        ck_assert_uint_eq(gf_arg(s.graph, f, 1), gf_arg(s.graph, e, 1));
        e = gf_expr_sum(s.graph, e, f);
    }
    sheet_clear(&s);
}
END_TEST

START_TEST(test_failure_is_sticky_and_told)
{
    gf_graph *graph = gf_graph_new();
    gf_error error;

    ck_assert_int_eq(gf_graph_check(graph, &error), GF_OK);
    ck_assert_uint_eq(gf_expr_number(graph, NAN), GF_EXPR_NONE);
    ck_assert_int_eq(gf_graph_check(graph, &error), GF_ARGUMENT);
    ck_assert_uint_eq(gf_expr_symbol(graph, "x"), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_rational(graph, 1, 2), GF_EXPR_NONE);
    gf_graph_free(graph);
    gf_graph_free(NULL);
    graph = gf_graph_new();
    ck_assert_uint_eq(gf_expr_call(graph, "tnh", gf_expr_symbol(graph, "x")),
                      GF_EXPR_NONE);
    ck_assert_int_eq(gf_graph_check(graph, &error), GF_NAME);
    gf_graph_free(graph);
}
END_TEST

START_TEST(test_none_stays_none)
{
    sheet s;
    gf_graph *g;

    sheet_init(&s);
    g = s.graph;
    ck_assert_uint_eq(gf_expr_sum(g, s.x, GF_EXPR_NONE), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_product(g, GF_EXPR_NONE, s.x), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_quotient(g, s.x, GF_EXPR_NONE), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_power(g, GF_EXPR_NONE, s.x), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_negative(g, GF_EXPR_NONE), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_call(g, "log", GF_EXPR_NONE), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_simplify(g, GF_EXPR_NONE), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_derive(g, GF_EXPR_NONE, s.x), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_derive(g, s.x, GF_EXPR_NONE), GF_EXPR_NONE);
    ck_assert_uint_eq(gf_expr_substitute(g, s.x, s.x, GF_EXPR_NONE),
                      GF_EXPR_NONE);
    ck_assert(!gf_expr_depends(g, GF_EXPR_NONE, s.x));
    ck_assert(isnan(gf_expr_value(g, GF_EXPR_NONE)));
    sheet_clear(&s);
}
END_TEST

START_TEST(test_limits_fail_the_graph_and_nothing_else)
{
    sheet s;
    gf_expr e;
    int depth;

    sheet_init(&s);
    e = s.x;
    for (depth = 0; e && depth < 10 * GF_EXPR_DEPTH_MAX; depth++)
        e = gf_expr_call(s.graph, "sin", e);
    ck_assert_int_eq(depth, GF_EXPR_DEPTH_MAX + 1);
    ck_assert_int_eq(gf_graph_check(s.graph, NULL), GF_LIMIT);
    sheet_clear(&s);

    sheet_init(&s);
    long made = 0;
    while (gf_expr_rational(s.graph, made, 1))
        made++;
    ck_assert_int_lt(made, GF_EXPR_NODES_MAX);
    ck_assert_int_gt(made, GF_EXPR_NODES_MAX - 10);
    ck_assert_int_eq(gf_graph_check(s.graph, NULL), GF_LIMIT);
    sheet_clear(&s);

    sheet_init(&s);
    e = gf_expr_number(s.graph, 9);
    for (int i = 0; e && i < 100; i++)
        e = gf_expr_product(s.graph, e, e);
    ck_assert_uint_eq(e, GF_EXPR_NONE);
    ck_assert_int_eq(gf_graph_check(s.graph, NULL), GF_LIMIT);
    sheet_clear(&s);

    sheet_init(&s);
    e = gf_expr_sum(s.graph, s.x, s.y);
    for (int i = 0; e && i < 100; i++)
        e = gf_expr_sum(s.graph, e, e);
    ck_assert_uint_eq(e, GF_EXPR_NONE);
    ck_assert_int_eq(gf_graph_check(s.graph, NULL), GF_LIMIT);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_lists_grow)
{
    sheet s;
    gf_list list;

    sheet_init(&s);
    gf_list_init(&list);
    for (gf_expr i = 1; i <= 1000; i++)
        gf_list_add(&list, s.graph, i);
    ck_assert_uint_eq(list.count, 1000);
    for (gf_expr i = 1; i <= 1000; i++)
        if (list.item[i - 1] != i)
            ck_abort_msg("item %u is %u", i - 1, list.item[i - 1]);
    gf_list_clear(&list);
    ck_assert_uint_eq(list.count, 0);
    sheet_clear(&s);
}
END_TEST

/* All that this layer does to a text.  GF_OK, or the first failure. */
static gf_status work_through(gf_graph *graph, const char *text)
{
    static const double in = 0.25;
    gf_expr x = gf_expr_symbol(graph, "x"), e, roots[2];
    gf_scope scope;
    gf_tape *tape = NULL;
    gf_status status;
    char *printed, *latex;
    double out[2], work[2000];

    gf_scope_init(&scope, graph);
    status = gf_scope_add(&scope, "x", x, NULL);
    if (status == GF_OK)
        status = gf_scope_let(&scope, "f(t) = log(1 + t^2)*sigmoid(-t)", NULL);
    if (status == GF_OK)
        status = gf_expr_parse(&e, &scope, text, NULL);
    gf_scope_clear(&scope);
    if (status)
        return status;
    roots[0] = gf_expr_simplify(graph, e);
    roots[1] = gf_expr_derive(graph, e, x);
    status = gf_graph_check(graph, NULL);
    if (status)
        return status;
    printed = gf_expr_text(graph, roots[1]);
    latex = gf_expr_latex(graph, roots[1]);
    if (printed && latex)
        status = gf_tape_new(&tape, graph, roots, 2, &x, 1, NULL);
    else
        status = GF_MEMORY;
    if (status == GF_OK && gf_tape_slots(tape) <= 2000)
        gf_tape_at(out, tape, &in, work);
    gf_tape_free(tape);
    free(printed);
    free(latex);
    return status;
}

START_TEST(test_a_failing_allocation_leaves_a_clean_error)
{
    static const char text[] =
        "f'(x)*gauss(sin, x, 1) + softplus(x) + x/(1 - x)^2 + sqrt(2*pi)";
    size_t n = 1;
    gf_status status;

    do {
        fail_nth_malloc(n);
        gf_graph *graph = gf_graph_new();
        status = graph ? work_through(graph, text) : GF_MEMORY;
        bool failed = malloc_has_failed();
        gf_graph_free(graph);
        fail_nth_malloc(0);
        ck_assert_msg(status == (failed ? GF_MEMORY : GF_OK),
                      "allocation %zu: %s", n, gf_status_name(status));
        if (!failed)
            break;
        /* every one at first, then every so many */
        n += is_long_run() || n < 100 ? 1 : 29;
    } while (n < 100000);
    ck_assert_uint_gt(n, 50);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "expr/graph", test_equal_expressions_are_one_node,
        test_many_nodes_stay_findable, test_arguments_may_come_from_the_graph,
        test_failure_is_sticky_and_told, test_none_stays_none,
        test_limits_fail_the_graph_and_nothing_else, test_lists_grow,
        test_a_failing_allocation_leaves_a_clean_error);
}
