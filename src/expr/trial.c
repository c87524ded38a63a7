/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/trial.h"

gf_trial gf_trial_begin(gf_graph *graph, uint32_t steps)
{
    gf_trial t = {.graph = graph, .nested = graph->calls > 0};

    gf_enter(graph);
    t.outer = graph->steps;
    t.start = steps < GF_STEPS_MAX ? GF_STEPS_MAX - steps : 0;
    if (t.start < t.outer) /* no more than what is left */
        t.start = t.outer;
    graph->steps = t.start;
    return t;
}

bool gf_trial_end(gf_trial *t)
{
    gf_graph *graph = t->graph;

    t->spent = graph->steps - t->start;
    gf_leave(graph);
    graph->steps = t->outer + t->spent;
    if (graph->failure != GF_LIMIT)
        return graph->failure == GF_OK;
    graph->failure = GF_OK;
    return false;
}
