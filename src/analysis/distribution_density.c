/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Densities by expression in the text of a distribution. */
#include "analysis/distribution_read.h"
#include "analysis/distribution_strips.h"

#include <math.h>
#include <string.h>

/* How far the integral of a density may be from 1. */
#define DENSITY_TOLERANCE 1e-6

/* "EXPR, a, b": panels with their integral. */
static gf_status read_piece(gf_strips **out, double *total, gf_reader *r)
{
    gf_graph *graph = gf_graph_new();
    const char *begin;
    gf_expr x, e = GF_EXPR_NONE;
    gf_scope scope;
    double lo = 0, hi = 0;
    gf_status status;

    if (!graph)
        return gf_error_set(r->error, GF_MEMORY, "out of memory");
    gf_scope_init(&scope, graph);
    x = gf_expr_symbol(graph, "x");
    status = gf_scope_add(&scope, "x", x, r->error);
    gf_reader_skip(r);
    begin = r->at;
    if (!status)
        status = gf_reader_expr(&e, r, &scope, gf_argument_length(r->at));
    if (!status)
        status = gf_reader_expect(r, ',');
    if (!status)
        status = gf_reader_number(&lo, r);
    if (!status)
        status = gf_reader_expect(r, ',');
    if (!status)
        status = gf_reader_number(&hi, r);
    if (!status && !(lo < hi))
        status = gf_reader_fail(
            r, GF_ARGUMENT, begin,
            "the piece ends at %.6g, before it begins at %.6g", hi, lo);
    if (!status) {
        status =
            gf_strips_expression(out, total, graph, e, x, lo, hi, r->error);
        if (status)
            gf_reader_fail_inside(r, status, begin);
    }
    gf_scope_clear(&scope);
    if (!status)
        (*out)->graph = graph;
    else
        gf_graph_free(graph);
    return status;
}

/* Divides the parts from `first` on by their integral. */
static gf_status normalise(gf_reader *r, size_t first, double total,
                           const char *where, bool is_shape, double weight)
{
    if (!(total > 0) || !isfinite(total))
        return gf_reader_fail(r, GF_ARGUMENT, where, "the integral is %.6g",
                              total);
    if (!is_shape && fabs(total - 1) > DENSITY_TOLERANCE)
        return gf_reader_fail(
            r, GF_ARGUMENT, where,
            "the density integrates to %.10g, not to 1; 'shape(...)' "
            "divides by the integral",
            total);
    for (size_t i = first; i < r->out->parts; i++) {
        gf_strips *p = r->out->part[i].panels;
        double share = p->below[p->count];
        r->out->part[i].weight = weight * share / total;
        for (size_t k = 0; k < p->count; k++)
            p->mass[k] /= share;
        gf_strips_add_up(p);
        p->scale = 1 / share;
    }
    return GF_OK;
}

gf_status gf_reader_density(gf_reader *r, const char *name, double weight)
{
    const char *begin = r->at;
    size_t first = r->out->parts;
    double total = 0, piece = 0;
    gf_status status;

    for (;;) {
        gf_part part = {.family = &gf_family_expression, .weight = 1};
        status = read_piece(&part.panels, &piece, r);
        total += piece;
        if (status || !(piece > 0))
            gf_strips_free(part.panels);
        else
            status = gf_distribution_add_part(r->out, part, r->error);
        gf_reader_skip(r);
        if (status || *r->at != ',')
            break;
        r->at++;
    }
    if (status)
        return status;
    return normalise(r, first, total, begin, strcmp(name, "shape") == 0,
                     weight);
}
