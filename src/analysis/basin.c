/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Basins: a grid of starts, cut into tiles, each an ensemble. */
#include "analysis/basin.h"

#include <math.h>
#include <stdlib.h>

#include "base/tiles.h"

/* Starts of a tile. */
enum { TILE = 1024 };

void gf_basin_init(gf_basin *basin)
{
    *basin = (gf_basin){.value = NULL};
    gf_targets_init(&basin->targets);
}

void gf_basin_clear(gf_basin *basin)
{
    free(basin->value);
    for (size_t i = 0; i < basin->cycles; i++)
        gf_trajectory_clear(&basin->orbit[i]);
    gf_targets_clear(&basin->targets);
    gf_basin_init(basin);
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

/* --- tiles ------------------------------------------------------------- */

typedef struct work {
    const gf_basin *basin;
    const gf_ensemble *ensemble;
} work;

static size_t code_of(const gf_fate *fate)
{
    switch (fate->label) {
    case GF_FATE_CONVERGED:
        return gf_basin_code(GF_BASIN_AT_POINT, fate->target);
    case GF_FATE_NEAR:
        return gf_basin_code(GF_BASIN_NEAR, fate->target);
    case GF_FATE_PERIODIC:
        return gf_basin_code(GF_BASIN_ON_PERIOD, fate->period);
    default:
        return gf_basin_code(GF_BASIN_ELSE, fate->label);
    }
}

static void fill_cell(double *cell, const gf_fate *fate)
{
    cell[GF_BASIN_LABEL] = (double)code_of(fate);
    cell[GF_BASIN_TIME] = fate->time;
    cell[GF_BASIN_LEFT] = fate->left_physical_at;
    cell[GF_BASIN_PROVED] = fate->proved;
    cell[GF_BASIN_X] = fate->at.x;
    cell[GF_BASIN_Y] = fate->at.y;
    cell[GF_BASIN_STEPS] = (double)fate->steps;
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
        status =
            gf_ensemble_run_part(fate, w->ensemble, start, first, count, error);
    for (size_t i = 0; i < count && !status; i++)
        fill_cell(out + i * GF_BASIN_WIDTH, &fate[i]);
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
        status = gf_basin_find_cycles(basin, options, error);
    if (!status && basin->filled == basin->cells)
        status = gf_basin_settle(basin, error);
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

static gf_status find_targets(gf_basin *basin, double radius, gf_error *error)
{
    const gf_ensemble_options *motion = &basin->plan.motion;

    if (!motion->optimizer)
        return gf_targets_find(&basin->targets, basin->plan.c, radius, error);
    return gf_targets_find_map(&basin->targets, basin->plan.c, radius, motion,
                               error);
}

gf_status gf_basin_run(gf_basin *basin, const gf_basin_plan *plan,
                       const gf_sweep_options *options, gf_error *error)
{
    static const gf_sweep_options defaults = {.threads = 0};

    gf_basin_clear(basin);
    basin->plan = *plan;
    if (!(basin->plan.radius > 0))
        basin->plan.radius = GF_BASIN_RADIUS;
    gf_status status = check(basin, plan, error);
    if (!status)
        status = find_targets(basin, basin->plan.radius, error);
    return status ? status : run(basin, options ? options : &defaults, error);
}
