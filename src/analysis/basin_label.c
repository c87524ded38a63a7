/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the runs of a basin ended on, as labels. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/basin.h"
#include "base/tiles.h"

enum { TILE = 1024, ORBIT = 4096 /* states of a cycle */ };

const char *gf_basin_label_name(char *out, const gf_basin *basin, size_t label)
{
    const gf_basin_label *l = &basin->label[label];

    if (label >= basin->labels)
        snprintf(out, 40, "unknown");
    else if (l->end == GF_BASIN_AT_POINT)
        snprintf(out, 40, "rest point %zu", basin->targets.point[l->which] + 1);
    else if (l->end == GF_BASIN_ON_CYCLE)
        snprintf(out, 40, "limit cycle %zu", l->which + 1);
    else if (l->end == GF_BASIN_NEAR)
        snprintf(out, 40, "near rest point %zu",
                 basin->targets.point[l->which] + 1);
    else if (l->end == GF_BASIN_ON_PERIOD)
        snprintf(out, 40, "period %zu", l->which);
    else
        snprintf(out, 40, "%s", gf_fate_name((gf_fate_label)l->which));
    return out;
}

/* --- cycles ------------------------------------------------------------ */

static bool attracts(const gf_cycle *cycle)
{
    return !cycle->fills && cycle->multiplier + cycle->error < 1;
}

static gf_status find_orbits(gf_basin *basin, gf_error *error)
{
    const gf_classification *c = basin->plan.c;
    gf_status status = GF_OK;
    gf_cycles all;

    status = gf_cycles_find(&all, c, NULL, error);
    for (size_t i = 0; !status && i < all.count; i++) {
        const gf_cycle *cycle = &all.cycle[i];
        gf_flow_options how = {.until = cycle->period,
                               .every = cycle->period / ORBIT};
        if (!attracts(cycle))
            continue;
        basin->cycle[basin->cycles] = *cycle;
        gf_trajectory *orbit = &basin->orbit[basin->cycles++];
        gf_trajectory_init(orbit);
        status = gf_flow_run(orbit, c->field, cycle->at, &how, error);
    }
    return status;
}

/* From p to the chord between two states. */
static double gap(gf_vec2 p, gf_vec2 a, gf_vec2 b)
{
    double x = b.x - a.x, y = b.y - a.y, square = x * x + y * y;
    double part = ((p.x - a.x) * x + (p.y - a.y) * y) / square;

    part = square > 0 ? fmin(fmax(part, 0), 1) : 0;
    return hypot(p.x - a.x - part * x, p.y - a.y - part * y);
}

/* Which orbit the state is on; their count: none. */
static size_t orbit_of(const gf_basin *basin, gf_vec2 at)
{
    for (size_t i = 0; i < basin->cycles; i++) {
        const gf_trajectory *orbit = &basin->orbit[i];
        for (size_t k = 1; k < orbit->count; k++) {
            if (gap(at, orbit->row[k - 1].at, orbit->row[k].at) <=
                basin->plan.radius)
                return i;
        }
    }
    return basin->cycles;
}

static bool is_undecided(const double *cell)
{
    return cell[GF_BASIN_LABEL] ==
           (double)gf_basin_code(GF_BASIN_ELSE, GF_FATE_UNDECIDED);
}

/* Looks at cells that are there already. */
static gf_status compare(double *out, size_t first, size_t count,
                         const void *ctx, gf_error *error)
{
    const gf_basin *basin = ctx;

    (void)first;
    (void)error;
    for (double *cell = out; cell < out + count * GF_BASIN_WIDTH;
         cell += GF_BASIN_WIDTH) {
        gf_vec2 at = {cell[GF_BASIN_X], cell[GF_BASIN_Y]};
        size_t orbit = is_undecided(cell) ? orbit_of(basin, at) : basin->cycles;
        if (orbit < basin->cycles)
            cell[GF_BASIN_LABEL] =
                (double)gf_basin_code(GF_BASIN_ON_CYCLE, orbit);
    }
    return GF_OK;
}

gf_status gf_basin_find_cycles(gf_basin *basin, const gf_sweep_options *options,
                               gf_error *error)
{
    gf_tiles tiles = {.cells = basin->cells,
                      .tile = TILE,
                      .width = GF_BASIN_WIDTH,
                      .value = basin->value,
                      .compute = compare,
                      .ctx = basin,
                      .threads = options->threads,
                      .progress = options->progress,
                      .progress_ctx = options->progress_ctx};
    size_t n = 0;

    while (n < basin->cells && !is_undecided(basin->value + n * GF_BASIN_WIDTH))
        n++;
    if (n == basin->cells || basin->plan.motion.optimizer)
        return GF_OK;
    gf_status status = find_orbits(basin, error);
    if (!status && basin->cycles > 0)
        status = gf_tiles_run(&basin->filled, &tiles, error);
    return status;
}

/* --- labels ------------------------------------------------------------ */

/* Is it a label even where no run has it? */
static bool is_usual(const gf_basin *basin, size_t code)
{
    size_t which = code % GF_BASIN_CODE_SIZE;

    switch ((gf_basin_end)(code / GF_BASIN_CODE_SIZE)) {
    case GF_BASIN_AT_POINT:
        return which < basin->targets.count &&
               !basin->targets.item[which].passive;
    case GF_BASIN_ON_CYCLE:
        return which < basin->cycles;
    case GF_BASIN_ELSE:
        return which <= GF_FATE_FAILED && which != GF_FATE_CONVERGED;
    default:
        return false;
    }
}

/* The codes that occur, from the least on; of those of a run elsewhere
   "undecided" comes last. */
static gf_status list_labels(gf_basin *basin, const bool *occurs,
                             size_t index[GF_BASIN_CODE_END], gf_error *error)
{
    size_t undecided = gf_basin_code(GF_BASIN_ELSE, GF_FATE_UNDECIDED);

    basin->labels = 0;
    for (size_t k = 0; k <= GF_BASIN_CODE_END; k++) {
        size_t code = k == GF_BASIN_CODE_END ? undecided : k;
        if (k == undecided || !(occurs[code] || is_usual(basin, code)))
            continue;
        if (basin->labels == GF_BASIN_LABELS_MAX)
            return gf_error_set(error, GF_LIMIT,
                                "runs end in more than %d ways",
                                GF_BASIN_LABELS_MAX);
        basin->label[basin->labels] =
            (gf_basin_label){.end = (gf_basin_end)(code / GF_BASIN_CODE_SIZE),
                             .which = code % GF_BASIN_CODE_SIZE};
        index[code] = basin->labels++;
    }
    return GF_OK;
}

static void count_cell(gf_basin_label *label, const double *cell)
{
    label->total++;
    label->proved += cell[GF_BASIN_PROVED] > 0;
    label->crossed += isnan(cell[GF_BASIN_LEFT]) ? 0 : 1;
    label->longest = fmax(label->longest, cell[GF_BASIN_TIME]);
    label->steps = (size_t)fmax((double)label->steps, cell[GF_BASIN_STEPS]);
}

gf_status gf_basin_settle(gf_basin *basin, gf_error *error)
{
    bool *occurs = calloc(GF_BASIN_CODE_END, sizeof *occurs);
    size_t *index = calloc(GF_BASIN_CODE_END, sizeof *index);
    gf_status status = GF_OK;

    if (!occurs || !index)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t n = 0; n < basin->cells && !status; n++)
        occurs[(size_t)basin->value[n * GF_BASIN_WIDTH + GF_BASIN_LABEL]] =
            true;
    if (!status)
        status = list_labels(basin, occurs, index, error);
    for (size_t n = 0; n < basin->cells && !status; n++) {
        double *cell = basin->value + n * GF_BASIN_WIDTH;
        size_t label = index[(size_t)cell[GF_BASIN_LABEL]];
        cell[GF_BASIN_LABEL] = (double)label;
        count_cell(&basin->label[label], cell);
    }
    free(occurs);
    free(index);
    return status;
}
