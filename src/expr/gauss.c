/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gauss(f, m, s) = E f(m + s xi), xi ~ N(0, 1), by Gauss-Hermite quadrature:
 * with nodes t and weights w of exp(-t^2), the sum of w / sqrt(pi) times
 * f(m + sqrt(2) s t).  It expands into the graph, so it differentiates.  The
 * middle weights take up the last digits, so that E 1 = 1 exactly.
 */
#include "expr/scope.h"

#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>

enum { NODES = 40, HALF = NODES / 2 };

/* A node and its mirror have the same size and weight. */
typedef struct gf_rule {
    gf_expr size[HALF], weight[HALF]; /* exact decimals */
} gf_rule;

/* The weights get the sum 1/2. */
static void make_numbers(gf_rule *rule, gf_graph *graph, const double *node,
                         const double *weight)
{
    fmpq_t rest;

    fmpq_init(rest);
    fmpq_set_si(rest, 1, 2);
    for (int i = 0; i < HALF; i++) {
        rule->size[i] = gf_expr_number(graph, fabs(node[i]));
        rule->weight[i] = gf_expr_number(graph, weight[i] / sqrt(2 * M_PI));
        if (!rule->weight[i])
            break;
        if (i < HALF - 1)
            fmpq_sub(rest, rest, gf_number_of(graph, rule->weight[i]));
        else
            rule->weight[i] = gf_number_q(graph, rest);
    }
    fmpq_clear(rest);
}

/* Made once for a graph; NULL when memory runs out. */
static const gf_rule *rule_of(gf_graph *graph)
{
    gsl_integration_fixed_workspace *rule;

    if (graph->rule)
        return graph->rule;
    graph->rule = calloc(1, sizeof *graph->rule);
    if (!graph->rule)
        return NULL;
    rule = gsl_integration_fixed_alloc(gsl_integration_fixed_hermite, NODES, 0,
                                       0.5, 0, 0);
    if (!rule) {
        free(graph->rule);
        graph->rule = NULL;
        return NULL;
    }
    make_numbers(graph->rule, graph, gsl_integration_fixed_nodes(rule),
                 gsl_integration_fixed_weights(rule));
    gsl_integration_fixed_free(rule);
    return graph->rule;
}

gf_expr gf_gauss(gf_graph *graph, gf_expr body, gf_expr parameter, gf_expr mean,
                 gf_expr spread)
{
    const gf_rule *rule = rule_of(graph);
    gf_expr term[NODES];

    if (!rule)
        return gf_fail(graph, GF_MEMORY);
    graph->approximate = true;
    for (int i = 0; i < NODES; i++) {
        int twin = i < HALF ? i : NODES - 1 - i;
        gf_expr shift = gf_expr_product(graph, rule->size[twin], spread);
        if (i < HALF)
            shift = gf_expr_negative(graph, shift);
        term[i] = gf_expr_product(graph, rule->weight[twin],
                                  gf_replace(graph, body, parameter,
                                             gf_expr_sum(graph, mean, shift)));
    }
    return gf_add(graph, term, NODES);
}
