/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/classify.h>

#include <math.h>
#include <stdlib.h>

#include "analysis/energy.h"
#include "analysis/rest.h"
#include "expr/node.h"

#define GF_TEXT_OF(name, text) text,

static const char *pick(const char *const *name, size_t count, unsigned i)
{
    return i < count ? name[i] : "unknown";
}

#define NAME_FUNCTION(function, type, list)                                    \
    const char *function(type value)                                           \
    {                                                                          \
        static const char *const name[] = {list(GF_TEXT_OF)};                  \
        return pick(name, sizeof name / sizeof name[0], (unsigned)value);      \
    }

NAME_FUNCTION(gf_type_name, gf_type, GF_TYPE_LIST)
NAME_FUNCTION(gf_stability_name, gf_stability, GF_STABILITY_LIST)
NAME_FUNCTION(gf_evidence_name, gf_evidence, GF_EVIDENCE_LIST)
NAME_FUNCTION(gf_decided_name, gf_decided, GF_DECIDED_LIST)
NAME_FUNCTION(gf_outcome_name, gf_outcome, GF_OUTCOME_LIST)
NAME_FUNCTION(gf_region_name, gf_region, GF_REGION_LIST)

void gf_classification_init(gf_classification *c)
{
    *c = (gf_classification){.field = NULL};
}

void gf_classification_clear(gf_classification *c)
{
    free(c->point);
    gf_classification_init(c);
}

/* --- the three local conditions ---------------------------------------- */

/* Does e at D0 have this sign? */
static gf_condition condition(const gf_study *s, gf_expr e, gf_sign wanted)
{
    gf_condition c = {NAN, GF_UNKNOWN, GF_DECIDED_NONE};
    gf_sign sign = gf_study_sign(&c.value, s, e);

    if (sign == GF_SIGN_UNKNOWN)
        return c;
    if (sign == GF_SIGN_ZERO)
        c.value = 0;
    c.holds = sign == wanted ? GF_YES : GF_NO;
    c.decided =
        sign == GF_SIGN_ZERO ? GF_DECIDED_SYMBOLIC : GF_DECIDED_INTERVAL;
    return c;
}

static void make_conditions(gf_classification *c, const gf_study *s)
{
    const gf_study_piece *home = gf_study_home(s);
    gf_condition none = {NAN, GF_UNKNOWN, GF_DECIDED_NONE};
    gf_graph *graph = s->graph;

    c->has_conditions = true;
    c->equilibrium = c->damping = c->restoring = none;
    if (!home)
        return;
    c->equilibrium = condition(s, home->balance, GF_SIGN_ZERO);
    if (!s->d0.exact) /* D0 is a proved root between two doubles */
        c->equilibrium = (gf_condition){0, GF_YES, GF_DECIDED_INTERVAL};
    c->damping = condition(s, gf_expr_derive(graph, home->balance, s->x),
                           GF_SIGN_NEGATIVE);
    c->restoring = condition(
        s, gf_expr_negative(graph, gf_expr_product(graph, home->d2, home->d3)),
        GF_SIGN_POSITIVE);
}

/* p_g = 0 is crossed where f3(D) < f3(D0): dp_g/dt = b g < 0 there. */
static gf_verdict leaves_physical(const gf_study *s)
{
    const gf_field *field = s->field;
    bool open = !s->complete;

    if (!field->has_physical || !isfinite(field->physical.lo))
        return GF_NO;
    for (size_t i = 0; i < s->count; i++)
        for (size_t k = 0; k < s->piece[i].chart_g.count; k++)
            if (s->piece[i].chart_g.cell[k].sign < 0)
                return GF_YES;
    return open ? GF_UNKNOWN : GF_NO;
}

static gf_outcome outcome_of(const gf_rest_point *p)
{
    if (p->type == GF_TYPE_LINE)
        return GF_OUTCOME_UNKNOWN;
    if (p->type == GF_TYPE_CENTER)
        return GF_OUTCOME_CENTER;
    if (p->stability == GF_STABILITY_ASYMPTOTICALLY_STABLE)
        return GF_OUTCOME_STABLE;
    return p->stability == GF_STABILITY_UNSTABLE ? GF_OUTCOME_UNSTABLE
                                                 : GF_OUTCOME_UNKNOWN;
}

/* A question whose expressions grow too large has no answer; the others still
   may have. */
static gf_status soften(gf_status status, gf_graph *graph)
{
    if (status != GF_LIMIT)
        return status;
    if (graph->failure == GF_LIMIT)
        graph->failure = GF_OK;
    return GF_OK;
}

static gf_status classify_pointwise(gf_classification *c, gf_budget *budget,
                                    gf_error *error)
{
    gf_graph *graph = c->field->graph;
    gf_study s;
    gf_status status = gf_study_init(&s, c->field, budget, error), part;

    s.covered = s.covered && status == GF_OK;
    s.complete = s.complete && status == GF_OK;
    status = soften(status, graph);
    if (status == GF_OK) {
        part = gf_rest_pointwise(c, &s);
        status = soften(part, graph);
        if (part)
            c->complete = GF_UNKNOWN;
    }
    if (status == GF_OK) {
        make_conditions(c, &s);
        c->leaves_physical = leaves_physical(&s);
        c->has_energy = true;
        part = gf_energy_make(&c->energy, &s);
        status = soften(part, graph);
        if (part)
            gf_energy_clear(&c->energy);
    }
    if (status == GF_OK) {
        part = gf_distance_make(&c->distance, &s);
        status = soften(part, graph);
        if (part)
            c->distance = (gf_distance){
                .a = GF_UNKNOWN, .b = GF_UNKNOWN, .conserved = GF_UNKNOWN};
    }
    gf_study_clear(&s);
    return soften(status ? status : gf_graph_check(graph, error), graph);
}

gf_status gf_classify(gf_classification *c, const gf_field *field,
                      const gf_classify_options *options, gf_error *error)
{
    gf_budget budget = gf_budget_make(options ? options->boxes : 0);
    const gf_range *window =
        options && options->window ? options->window : field->window;
    gf_status status;

    gf_classification_clear(c);
    c->field = field;
    c->leaves_physical = GF_UNKNOWN;
    c->verdict = GF_OUTCOME_UNKNOWN;
    status = field->kind == GF_POINTWISE
                 ? classify_pointwise(c, &budget, error)
                 : gf_rest_planar(c, window, &budget, error);
    c->wanted = c->count;
    for (size_t i = 0; i < c->count && c->wanted == c->count; i++)
        if (c->point[i].wanted == GF_YES)
            c->wanted = i;
    if (c->wanted < c->count)
        c->verdict = outcome_of(&c->point[c->wanted]);
    return status;
}
