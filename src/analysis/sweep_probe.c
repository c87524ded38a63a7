/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantities between the cells of a sweep, and the boundaries that they draw:
   where node and focus part, where a rest point or a step stops being stable.
   Each is the zero of a function that is evaluated as exactly as a cell. */
#include "analysis/sweep_cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HALVINGS = 100 };

struct gf_sweep_probe {
    gf_sweep_plan plan;
    gf_sweep_work work;
};

static const gf_sweep_edge edges[] = {
    {"node / focus", "discriminant", 0, false},
    {"stable / unstable", "eigenvalue-re", 0, false},
    {"$|\\mu| = 1$", "spectral-radius", 1, true},
};

enum { EDGES = sizeof edges / sizeof *edges };

size_t gf_sweep_edge_count(void)
{
    return EDGES;
}

const gf_sweep_edge *gf_sweep_edge_row(size_t i)
{
    return &edges[i];
}

bool gf_sweep_edge_fits(const gf_sweep_edge *edge, const gf_sweep_plan *plan)
{
    bool has_step = plan->step > 0;
    unsigned needs = 0;

    for (size_t i = 0; i < plan->axes; i++)
        has_step = has_step || strcmp(plan->axis[i].name, "h") == 0;
    for (size_t q = 0; q < plan->quantities; q++)
        needs |= plan->quantity[q]->needs;
    if (needs & (GF_CELL_RUN | GF_CELL_MARCH))
        return false;
    if (edge->of_map)
        return has_step && (needs & GF_CELL_MAP);
    return !(needs & GF_CELL_MAP);
}

gf_status gf_sweep_probe_new(gf_sweep_probe **out, const gf_sweep_plan *plan,
                             gf_error *error)
{
    gf_sweep_probe *probe = calloc(1, sizeof *probe);

    *out = NULL;
    if (!probe)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    probe->plan = *plan;
    gf_status status = gf_sweep_prepare(&probe->work, &probe->plan, error);
    if (!status && probe->work.model.tape)
        *out = probe;
    else
        gf_sweep_probe_free(probe);
    return status;
}

void gf_sweep_probe_free(gf_sweep_probe *probe)
{
    if (probe)
        gf_sweep_model_clear(&probe->work.model);
    free(probe);
}

/* Of words and runs nothing is known between the cells. */
static bool knows(const gf_sweep_quantity *row)
{
    return row && !(row->needs & (GF_CELL_TYPE | GF_CELL_RUN | GF_CELL_MARCH));
}

bool gf_sweep_probe_is_fast(const gf_sweep_probe *probe, const char *quantity)
{
    const gf_sweep_quantity *row = gf_sweep_quantity_find(quantity);

    return knows(row) && (!(row->needs & (GF_CELL_LIMIT | GF_CELL_BEST)) ||
                          gf_sweep_is_closed(&probe->plan));
}

double gf_sweep_probe_at(const gf_sweep_probe *probe, const double *x,
                         const char *quantity)
{
    const gf_sweep_quantity *row = gf_sweep_quantity_find(quantity);
    gf_sweep_cell cell;

    if (!knows(row))
        return NAN;
    gf_sweep_cell_place(&cell, &probe->work, x);
    if (gf_sweep_model_at(&cell, &probe->work.model, 1, NULL) ||
        !cell.has_point)
        return NAN;
    gf_sweep_cell_solve(&cell);
    if ((row->needs & GF_CELL_MAP) && gf_sweep_cell_steps(&cell, NULL))
        return NAN;
    return row->of(&cell);
}

double gf_sweep_edge_at(const gf_sweep_probe *probe, const gf_sweep_edge *edge,
                        const double *x)
{
    return gf_sweep_probe_at(probe, x, edge->quantity) - edge->level;
}

/* -1, 0, 1; 2 for none. */
static int sign_at(const gf_sweep_probe *probe, const gf_sweep_edge *edge,
                   double x)
{
    double height = gf_sweep_edge_at(probe, edge, &x);

    return isnan(height) ? 2 : (height > 0) - (height < 0);
}

/* Between two values of one axis with different signs: the double where the
   first sign ends, or a zero. */
static double bisect(const gf_sweep_probe *probe, const gf_sweep_edge *edge,
                     double low, int at_low, double high, int at_high)
{
    for (int i = 0; i < HALVINGS; i++) {
        double middle = low + (high - low) / 2;
        if (middle == low || middle == high)
            break;
        int sign = sign_at(probe, edge, middle);
        if (sign == 0 && at_low != 0 && at_high != 0)
            return middle;
        if (sign == at_low)
            low = middle;
        else
            high = middle;
    }
    return at_low == 0 ? low : at_high == 0 ? high : low;
}

static void note(gf_sweep *sweep, const gf_sweep_edge *edge, double at)
{
    if (sweep->edges < GF_SWEEP_EDGES_MAX)
        sweep->edge[sweep->edges++] = (gf_sweep_found){edge, at};
}

/* A zero at one value is an edge there; zeros at several in a row (steps that
   are neutral) have edges where they begin and end. */
static void find_on_axis(gf_sweep *sweep, const gf_sweep_probe *probe,
                         const gf_sweep_edge *edge)
{
    const gf_sweep_axis *axis = &sweep->plan.axis[0];
    double last = NAN;
    int before = 2;

    for (size_t i = 0; i < axis->count; i++) {
        double x = gf_sweep_axis_at(axis, i);
        int sign = sign_at(probe, edge, x);
        int after = 2;
        if (sign == 0 && before != 0 && i + 1 < axis->count)
            after = sign_at(probe, edge, gf_sweep_axis_at(axis, i + 1));
        bool is_single = sign == 0 && before != 0 && after != 0;
        if (is_single)
            note(sweep, edge, x);
        else if (before != 2 && sign != 2 && sign != before)
            note(sweep, edge, bisect(probe, edge, last, before, x, sign));
        /* from a zero that is told on, the sign begins anew */
        before = is_single ? 2 : sign;
        last = x;
    }
}

gf_status gf_sweep_find_edges(gf_sweep *sweep, gf_error *error)
{
    gf_sweep_probe *probe;

    if (sweep->plan.axes != 1)
        return GF_OK;
    gf_status status = gf_sweep_probe_new(&probe, &sweep->plan, error);
    for (size_t i = 0; i < EDGES && probe && !status; i++) {
        if (gf_sweep_edge_fits(&edges[i], &sweep->plan))
            find_on_axis(sweep, probe, &edges[i]);
    }
    gf_sweep_probe_free(probe);
    return status;
}
