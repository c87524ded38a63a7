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

enum { NODES = 40 };

/* Weights of the lower half as exact decimals with sum 1/2. */
static bool make_weights(fmpq *share, gf_graph *graph, const double *weight)
{
    fmpq_t rest;
    gf_expr number;

    fmpq_init(rest);
    fmpq_set_si(rest, 1, 2);
    for (int i = 0; i < NODES / 2; i++) {
        number = gf_expr_number(graph, weight[i] / sqrt(2 * M_PI));
        if (!number)
            break;
        fmpq_set(&share[i], gf_number_of(graph, number));
        fmpq_sub(rest, rest, &share[i]);
    }
    fmpq_add(&share[NODES / 2 - 1], &share[NODES / 2 - 1], rest);
    fmpq_clear(rest);
    return graph->failure == GF_OK;
}

gf_expr gf_gauss(gf_graph *graph, gf_expr body, gf_expr parameter, gf_expr mean,
                 gf_expr spread)
{
    gsl_integration_fixed_workspace *rule = gsl_integration_fixed_alloc(
        gsl_integration_fixed_hermite, NODES, 0, 0.5, 0, 0);
    gf_expr term[NODES], sum = GF_EXPR_NONE;
    fmpq share[NODES / 2];
    const double *node;

    if (!rule)
        return gf_fail(graph, GF_MEMORY);
    for (int i = 0; i < NODES / 2; i++)
        fmpq_init(&share[i]);
    node = gsl_integration_fixed_nodes(rule);
    if (make_weights(share, graph, gsl_integration_fixed_weights(rule))) {
        for (int i = 0; i < NODES; i++) {
            /* a node and its mirror share size and weight exactly */
            int twin = i < NODES / 2 ? i : NODES - 1 - i;
            double t = copysign(node[twin], i < NODES / 2 ? -1 : 1);
            gf_expr point =
                gf_expr_product(graph, gf_expr_number(graph, t), spread);
            point = gf_expr_sum(graph, mean, point);
            term[i] = gf_scale(graph, gf_replace(graph, body, parameter, point),
                               &share[twin]);
        }
        sum = gf_add(graph, term, NODES);
    }
    for (int i = 0; i < NODES / 2; i++)
        fmpq_clear(&share[i]);
    gsl_integration_fixed_free(rule);
    return sum;
}
