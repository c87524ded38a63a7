/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of sweeps over one axis: numbers as curves, words as bands. */
#include "cli/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where curves are computed, where they are known between the cells. */
enum { SAMPLES = 600 };

typedef struct line {
    const gf_sweep *sweep;
    gf_sweep_probe *probe; /* NULL: the cells alone are known */
    double *at;
    size_t count;
    double *value[GF_PROFILE_CURVES];
    gf_profile_band *band;
    gf_profile profile;
} line;

static void clear(line *l)
{
    for (size_t i = 0; i < GF_PROFILE_CURVES; i++)
        free(l->value[i]);
    free(l->at);
    free(l->band);
    gf_sweep_probe_free(l->probe);
    free(l);
}

/* --- curves ------------------------------------------------------------ */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Can all curves of the plan be had between the cells? */
static bool is_fine(const line *l)
{
    const gf_sweep_plan *plan = &l->sweep->plan;

    for (size_t q = 0; q < plan->quantities; q++)
        if (!plan->quantity[q]->word &&
            (!l->probe ||
             !gf_sweep_probe_is_fast(l->probe, plan->quantity[q]->name)))
            return false;
    return l->probe != NULL;
}

/* The cells; and between them, where more is known, other values and the
   boundaries, so that corners are where they are. */
static bool place_samples(line *l)
{
    const gf_sweep *sweep = l->sweep;
    gf_sweep_axis axis = sweep->plan.axis[0], fine = axis;

    if (!is_fine(l)) {
        gf_sweep_probe_free(l->probe);
        l->probe = NULL;
    }
    fine.count = l->probe ? SAMPLES : 0;
    l->count = axis.count + fine.count + (l->probe ? sweep->edges : 0);
    l->at = calloc(l->count, sizeof *l->at);
    if (!l->at)
        return false;
    for (size_t i = 0; i < axis.count; i++)
        l->at[i] = gf_sweep_axis_at(&axis, i);
    for (size_t i = 0; i < fine.count; i++)
        l->at[axis.count + i] = gf_sweep_axis_at(&fine, i);
    for (size_t i = 0; i < sweep->edges && l->probe; i++)
        l->at[axis.count + fine.count + i] = sweep->edge[i].at;
    if (l->probe)
        qsort(l->at, l->count, sizeof *l->at, by_value);
    return true;
}

static bool add_curve(line *l, size_t q)
{
    const gf_sweep *sweep = l->sweep;
    const gf_sweep_quantity *quantity = sweep->plan.quantity[q];
    gf_profile *p = &l->profile;
    double *value = calloc(l->count, sizeof *value);

    if (!value)
        return false;
    for (size_t i = 0; i < l->count; i++)
        value[i] = l->probe
                       ? gf_sweep_probe_at(l->probe, &l->at[i], quantity->name)
                       : sweep->value[i * sweep->plan.quantities + q];
    l->value[p->curves] = value;
    p->curve[p->curves] = (gf_profile_curve){
        .name = quantity->label, .plain = quantity->name, .value = value};
    for (size_t i = 0; i < gf_sweep_edge_count(); i++) {
        const gf_sweep_edge *edge = gf_sweep_edge_row(i);
        if (strcmp(edge->quantity, quantity->name) != 0)
            continue;
        p->curve[p->curves].has_level = true;
        p->curve[p->curves].level = edge->level;
    }
    p->curves++;
    return true;
}

/* --- bands ------------------------------------------------------------- */

/* Where one cell's word ends and the next one's begins: at the boundary
   between them, else in the middle. */
static double border(const gf_sweep *sweep, size_t i)
{
    const gf_sweep_axis *axis = &sweep->plan.axis[0];
    double a = gf_sweep_axis_at(axis, i), b = gf_sweep_axis_at(axis, i + 1);

    for (size_t k = 0; k < sweep->edges; k++) {
        double at = sweep->edge[k].at;
        if (at >= fmin(a, b) && at <= fmax(a, b))
            return at;
    }
    return axis->log ? sqrt(a * b) : a + (b - a) / 2;
}

static bool add_bands(line *l, size_t q)
{
    const gf_sweep *sweep = l->sweep;
    size_t count = sweep->plan.axis[0].count, width = sweep->plan.quantities;
    const gf_sweep_quantity *quantity = sweep->plan.quantity[q];
    gf_profile *p = &l->profile;
    double from = gf_sweep_axis_at(&sweep->plan.axis[0], 0);

    l->band = calloc(count, sizeof *l->band);
    if (!l->band)
        return false;
    for (size_t i = 0; i < count; i++) {
        double word = sweep->value[i * width + q];
        double next = i + 1 < count ? sweep->value[(i + 1) * width + q] : -1;
        if (next == word || (isnan(next) && isnan(word)))
            continue;
        double to = i + 1 < count ? border(sweep, i)
                                  : gf_sweep_axis_at(&sweep->plan.axis[0], i);
        if (!isnan(word) && from != to)
            l->band[p->bands++] = (gf_profile_band){from, to, (size_t)word};
        from = to;
    }
    p->band = l->band;
    p->word = quantity->word;
    p->words = quantity->words;
    return true;
}

/* --- figures ----------------------------------------------------------- */

static int check(const gf_call *call, const gf_sweep_plan *plan)
{
    size_t numbers = 0, words = 0;

    for (size_t q = 0; q < plan->quantities; q++) {
        numbers += !plan->quantity[q]->word;
        words += plan->quantity[q]->word != NULL;
    }
    if (words > 1)
        return gf_complain(call, GF_EXIT_USAGE,
                           "a figure has bands of one quantity in words, not "
                           "of %zu",
                           words);
    if (numbers > GF_PROFILE_CURVES)
        return gf_complain(call, GF_EXIT_USAGE,
                           "a figure has at most %d curves, not %zu",
                           GF_PROFILE_CURVES, numbers);
    return GF_EXIT_ANSWERED;
}

static bool fill(line *l, const char *command)
{
    const gf_sweep_plan *plan = &l->sweep->plan;
    const gf_sweep_axis *axis = &plan->axis[0];
    bool is_good = place_samples(l);

    l->profile.axis = (gf_map_axis){.name = axis->name,
                                    .low = fmin(axis->from, axis->to),
                                    .high = fmax(axis->from, axis->to),
                                    .log = axis->log,
                                    .at = l->at,
                                    .count = l->count};
    l->profile.about = plan->field->name;
    l->profile.command = command;
    for (size_t q = 0; q < plan->quantities && is_good; q++)
        is_good = plan->quantity[q]->word ? add_bands(l, q) : add_curve(l, q);
    for (size_t i = 0; i < l->sweep->edges; i++)
        l->profile.rule[l->profile.rules++] = (gf_profile_rule){
            l->sweep->edge[i].at, l->sweep->edge[i].edge->name};
    return is_good;
}

int gf_chart_line(const gf_call *call, const gf_sweep *sweep,
                  const char *command)
{
    int exit_status = check(call, &sweep->plan);

    if (exit_status)
        return exit_status;
    line *l = calloc(1, sizeof *l);
    if (!l)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    l->sweep = sweep;
    bool is_good =
        !gf_sweep_probe_new(&l->probe, &sweep->plan, NULL) && fill(l, command);
    exit_status = is_good ? gf_chart_write_profile(call, &l->profile)
                          : gf_complain(call, GF_EXIT_FAILED, "out of memory");
    clear(l);
    return exit_status;
}
