/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Basins: a grid of starts, cut into tiles, each an ensemble. */
#include <ganfield/basin.h>
#include <ganfield/flow.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/tiles.h"

/* Starts of a tile. */
enum { TILE = 1024 };
/* States of a cycle. */
enum { ORBIT = 4096 };

/* Fates that are no rest point, in the order of their labels. */
static const gf_fate_label others[] = {GF_FATE_LEFT_DOMAIN, GF_FATE_BLEW_UP,
                                       GF_FATE_FAILED, GF_FATE_UNDECIDED};

enum { OTHERS = sizeof others / sizeof *others };

void gf_basin_init(gf_basin *basin)
{
    *basin = (gf_basin){.value = NULL};
    gf_targets_init(&basin->targets);
}

void gf_basin_clear(gf_basin *basin)
{
    free(basin->value);
    for (size_t i = 0; i < basin->orbits; i++)
        gf_trajectory_clear(&basin->orbit[i]);
    gf_targets_clear(&basin->targets);
    gf_basin_init(basin);
}

const char *gf_basin_label_name(char *out, const gf_basin *basin, size_t label)
{
    size_t points = basin->targets.count, ends = points + basin->orbits;

    if (label < points)
        snprintf(out, 40, "rest point %zu", basin->targets.point[label] + 1);
    else if (label < ends)
        snprintf(out, 40, "limit cycle %zu", label - points + 1);
    else if (label < ends + OTHERS)
        snprintf(out, 40, "%s", gf_fate_name(others[label - ends]));
    else
        snprintf(out, 40, "unknown");
    return out;
}

/* The middle of one of the parts of a window: exact for the unit interval. */
static double middle(gf_range window, size_t i, size_t count)
{
    double part = ((double)i + 0.5) / (double)count;

    return window.lo + (window.hi - window.lo) * part;
}

gf_vec2 gf_basin_start(const gf_basin_plan *plan, size_t cell)
{
    size_t inner = plan->count[1];

    return (gf_vec2){middle(plan->window[0], cell / inner, plan->count[0]),
                     middle(plan->window[1], cell % inner, plan->count[1])};
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
        gf_trajectory *orbit = &basin->orbit[basin->orbits++];
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
    double radius =
        basin->plan.radius > 0 ? basin->plan.radius : GF_BASIN_RADIUS;

    for (size_t i = 0; i < basin->orbits; i++) {
        const gf_trajectory *orbit = &basin->orbit[i];
        for (size_t k = 1; k < orbit->count; k++) {
            if (gap(at, orbit->row[k - 1].at, orbit->row[k].at) <= radius)
                return i;
        }
    }
    return basin->orbits;
}

/* --- tiles ------------------------------------------------------------- */

typedef struct work {
    const gf_basin *basin;
    const gf_ensemble *ensemble;
} work;

static size_t label_of(const gf_basin *basin, const gf_fate *fate)
{
    size_t points = basin->targets.count, i = 0;

    if (fate->label == GF_FATE_CONVERGED)
        return fate->target;
    if (fate->label == GF_FATE_UNDECIDED && basin->orbits > 0) {
        size_t orbit = orbit_of(basin, fate->at);
        if (orbit < basin->orbits)
            return points + orbit;
    }
    while (i + 1 < OTHERS && others[i] != fate->label)
        i++;
    return points + basin->orbits + i;
}

static gf_status compute(double *out, size_t first, size_t count,
                         const void *ctx, gf_error *error)
{
    const work *w = ctx;
    gf_vec2 *start = calloc(count, sizeof *start);
    gf_fate *fate = calloc(count, sizeof *fate);
    gf_status status = GF_OK;

    if (!start || !fate)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < count && !status; i++)
        start[i] = gf_basin_start(&w->basin->plan, first + i);
    if (!status)
        status = gf_ensemble_run(fate, w->ensemble, start, count, error);
    for (size_t i = 0; i < count && !status; i++) {
        double *cell = out + i * GF_BASIN_WIDTH;
        cell[GF_BASIN_LABEL] = (double)label_of(w->basin, &fate[i]);
        cell[GF_BASIN_TIME] = fate[i].time;
        cell[GF_BASIN_LEFT] = fate[i].left_physical_at;
    }
    free(start);
    free(fate);
    return status;
}

/* --- basins ------------------------------------------------------------ */

static gf_status check(gf_basin *basin, const gf_basin_plan *plan,
                       gf_error *error)
{
    double cells = (double)plan->count[0] * (double)plan->count[1];

    for (size_t i = 0; i < 2; i++) {
        gf_range w = plan->window[i];
        if (!(w.lo < w.hi) || !isfinite(w.lo) || !isfinite(w.hi))
            return gf_error_set(error, GF_ARGUMENT,
                                "the window of a basin must be finite and have "
                                "an area");
        if (plan->count[i] == 0)
            return gf_error_set(error, GF_ARGUMENT,
                                "the grid of a basin has no starts");
    }
    if (cells > GF_SWEEP_CELLS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "%.3g starts are too many: at most %d", cells,
                            GF_SWEEP_CELLS_MAX);
    basin->cells = plan->count[0] * plan->count[1];
    return GF_OK;
}

static void count_labels(gf_basin *basin)
{
    for (size_t n = 0; n < basin->cells; n++) {
        const double *cell = basin->value + n * GF_BASIN_WIDTH;
        size_t label = (size_t)cell[GF_BASIN_LABEL];
        basin->total[label]++;
        if (!isnan(cell[GF_BASIN_LEFT]))
            basin->crossed[label]++;
        basin->longest[label] =
            fmax(basin->longest[label], cell[GF_BASIN_TIME]);
    }
}

static gf_status run_tiles(gf_basin *basin, const gf_ensemble *ensemble,
                           const gf_sweep_options *options, gf_error *error)
{
    work w = {basin, ensemble};
    gf_tiles tiles = {.cells = basin->cells,
                      .tile = TILE,
                      .width = GF_BASIN_WIDTH,
                      .value = basin->value,
                      .compute = compute,
                      .ctx = &w,
                      .threads = options->threads,
                      .progress = options->progress,
                      .progress_ctx = options->progress_ctx,
                      .journal = options->journal,
                      .identity = options->identity,
                      .resume = options->resume};
    gf_status status = gf_tiles_run(&basin->filled, &tiles, error);

    if (!status && basin->filled == basin->cells)
        count_labels(basin);
    return status;
}

static gf_status run(gf_basin *basin, const gf_sweep_options *options,
                     gf_error *error)
{
    gf_ensemble_options motion = basin->plan.motion;
    gf_ensemble *ensemble;

    motion.target = basin->targets.item;
    motion.target_count = basin->targets.count;
    motion.threads = 1; /* tiles have the threads */
    gf_status status =
        gf_ensemble_new(&ensemble, basin->plan.c->field, &motion, error);
    if (status)
        return status;
    basin->value = calloc(basin->cells * GF_BASIN_WIDTH, sizeof *basin->value);
    status = basin->value ? run_tiles(basin, ensemble, options, error)
                          : gf_error_set(error, GF_MEMORY, "out of memory");
    gf_ensemble_free(ensemble);
    return status;
}

gf_status gf_basin_run(gf_basin *basin, const gf_basin_plan *plan,
                       const gf_sweep_options *options, gf_error *error)
{
    static const gf_sweep_options defaults = {.threads = 0};
    double radius = plan->radius > 0 ? plan->radius : GF_BASIN_RADIUS;

    gf_basin_clear(basin);
    basin->plan = *plan;
    gf_status status = check(basin, plan, error);
    if (!status)
        status = gf_targets_find(&basin->targets, plan->c, radius, error);
    if (!status)
        status = find_orbits(basin, error);
    basin->labels = basin->targets.count + basin->orbits + OTHERS;
    if (!status && basin->labels > GF_BASIN_LABELS_MAX)
        status = gf_error_set(
            error, GF_LIMIT, "%zu rest points and cycles attract: at most %d",
            basin->targets.count + basin->orbits, GF_BASIN_LABELS_MAX - OTHERS);
    return status ? status : run(basin, options ? options : &defaults, error);
}
