/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Symbolic work that may be given up: within a trial the graph has a limited
 * number of steps, and running out of them is no failure of the graph.
 *
 *     gf_trial trial = gf_trial_begin(graph, 100000);
 *     e = gf_expr_derive(graph, e, x);
 *     if (!gf_trial_end(&trial))
 *         ... e is GF_EXPR_NONE, and nobody else need know
 */
#ifndef GF_EXPR_TRIAL_H
#define GF_EXPR_TRIAL_H

#include "expr/node.h"

typedef struct gf_trial {
    gf_graph *graph;
    uint32_t outer, start; /* steps before, steps at the begin */
    bool nested;
    uint32_t spent; /* set at the end */
} gf_trial;

gf_trial gf_trial_begin(gf_graph *graph, uint32_t steps);
/* False if it was given up. */
bool gf_trial_end(gf_trial *trial);

#endif
