/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps: what the axes are, and the cells one by one. */
#include <ganfield/sweep.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/sweep_cell.h"
#include "base/arb_headers.h"
#include "base/nearest.h"
#include "base/tiles.h"

/* Cells of a tile: cheap ones in large tiles. */
enum { TILE_FAST = 4096, TILE_JUDGED = 256, TILE_SLOW = 16 };

/* --- tiles ------------------------------------------------------------- */

static gf_status compute(double *out, size_t first, size_t count,
                         const void *ctx, gf_error *error)
{
    const gf_sweep_work *work = ctx;
    gf_sweep_cell *cell = calloc(count, sizeof *cell);
    gf_status status = GF_OK;

    if (!cell)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++)
        gf_sweep_cell_set(&cell[i], work, first + i);
    if (work->model.tape)
        status = gf_sweep_model_at(cell, &work->model, count, error);
    for (size_t i = 0; i < count && !status; i++)
        status = gf_sweep_cell_finish(out + i * work->plan->quantities,
                                      &cell[i], error);
    free(cell);
    return status;
}

/* --- plans ------------------------------------------------------------- */

gf_status gf_sweep_plan_cells(size_t *out, const gf_sweep_plan *plan,
                              gf_error *error)
{
    double cells = 1;

    if (plan->axes == 0)
        return gf_error_set(error, GF_ARGUMENT, "a sweep needs an axis");
    for (size_t i = 0; i < plan->axes; i++)
        cells *= (double)plan->axis[i].count;
    if (cells > GF_SWEEP_CELLS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "%.3g cells are too many: at most %d", cells,
                            GF_SWEEP_CELLS_MAX);
    *out = (size_t)cells;
    return GF_OK;
}

static const struct {
    const char *name;
    gf_sweep_target target;
} settings[] = {
    {"speed", GF_TARGET_RATIO},
    {"critic-speed", GF_TARGET_CRITIC},
    {"generator-speed", GF_TARGET_GENERATOR},
    {"h", GF_TARGET_STEP},
};

enum { SETTING_COUNT = sizeof settings / sizeof *settings };

static gf_status unknown_axis(const gf_sweep_plan *plan, const char *name,
                              gf_error *error)
{
    const char *names[SETTING_COUNT + GF_FIELD_PARAMETERS_MAX +
                      GF_OPTIMIZER_NUMBERS_MAX];
    const gf_optimizer_rule *rule = plan->optimizer.rule;
    size_t count = 0, used = 0;
    char list[300];

    for (size_t i = 0; i < plan->field->parameter_count; i++)
        names[count++] = plan->field->parameter[i].name;
    for (size_t i = 0;
         rule && i < GF_OPTIMIZER_NUMBERS_MAX && rule->number[i].name; i++)
        names[count++] = rule->number[i].name;
    for (size_t i = 0; i < SETTING_COUNT; i++)
        names[count++] = settings[i].name;
    const char *near = gf_nearest_name(name, names, count);
    if (near)
        return gf_error_set(error, GF_NAME,
                            "there is no '%s' to sweep over; did you mean "
                            "'%s'?",
                            name, near);
    for (size_t i = 0; i < count && used < sizeof list - 1; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                 i ? ", " : "", names[i]);
    return gf_error_set(error, GF_NAME,
                        "there is no '%s' to sweep over; there are %s", name,
                        list);
}

static gf_status find_target(gf_sweep_work *work, size_t axis, gf_error *error)
{
    const gf_sweep_plan *plan = work->plan;
    const gf_optimizer_rule *rule = plan->optimizer.rule;
    const char *name = plan->axis[axis].name;

    for (size_t i = 0; i < plan->field->parameter_count; i++) {
        if (strcmp(name, plan->field->parameter[i].name) == 0) {
            work->target[axis] = GF_TARGET_PARAMETER;
            work->index[axis] = i;
            return GF_OK;
        }
    }
    for (size_t i = 0;
         rule && i < GF_OPTIMIZER_NUMBERS_MAX && rule->number[i].name; i++) {
        if (strcmp(name, rule->number[i].name) == 0) {
            work->target[axis] = GF_TARGET_NUMBER;
            work->index[axis] = i;
            return GF_OK;
        }
    }
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(name, settings[i].name) == 0) {
            work->target[axis] = settings[i].target;
            return GF_OK;
        }
    }
    return unknown_axis(plan, name, error);
}

static gf_status check_ends(const gf_sweep_work *work, size_t axis,
                            gf_error *error)
{
    const gf_sweep_axis *a = &work->plan->axis[axis];
    gf_sweep_target target = work->target[axis];

    if (target == GF_TARGET_NUMBER) {
        gf_optimizer optimizer = work->plan->optimizer;
        gf_status status =
            gf_optimizer_set(&optimizer, a->name, a->from, error);
        if (!status)
            status = gf_optimizer_set(&optimizer, a->name, a->to, error);
        return status;
    }
    if (target != GF_TARGET_PARAMETER && !(a->from > 0 && a->to > 0))
        return gf_error_set(error, GF_ARGUMENT, "'%s' must be > 0", a->name);
    return GF_OK;
}

/* Is there a step, or a schedule of them? */
static gf_status check_step(const gf_sweep_work *work, gf_error *error)
{
    const gf_sweep_plan *plan = work->plan;
    bool is_map = plan->optimizer.rule != NULL, has_axis = false;
    unsigned of_runs = GF_CELL_MARCH | (is_map ? GF_CELL_FATE : 0);

    for (size_t i = 0; i < plan->axes; i++)
        has_axis = has_axis || work->target[i] == GF_TARGET_STEP;
    if (has_axis && plan->schedule)
        return gf_error_set(error, GF_ARGUMENT,
                            "the step is an axis, so it has no schedule");
    if ((work->needs & GF_CELL_COUNT) && !is_map)
        return gf_error_set(error, GF_ARGUMENT, "steps need an optimizer");
    if ((plan->schedule || plan->noise > 0 || plan->project || plan->box) &&
        !(work->needs & of_runs))
        return gf_error_set(error, GF_ARGUMENT,
                            "schedules, noise and boxes change the runs of an "
                            "optimizer: label, time, steps, map-exponent");
    if (has_axis || plan->step > 0)
        return GF_OK;
    if (work->needs & GF_CELL_STEP)
        return gf_error_set(error, GF_ARGUMENT,
                            "the spectral radius needs a step: --step H, or "
                            "--over h=FROM:TO:COUNT");
    if ((work->needs & of_runs) && !plan->schedule)
        return gf_error_set(error, GF_ARGUMENT,
                            "%s a step: --step H, or --over h=FROM:TO:COUNT",
                            work->needs & GF_CELL_MARCH
                                ? "map-exponent needs"
                                : "an optimizer's runs need");
    return GF_OK;
}

/* Does the plan have what its quantities need? */
static gf_status check_needs(const gf_sweep_work *work, gf_error *error)
{
    const gf_sweep_plan *plan = work->plan;

    if ((work->needs & GF_CELL_MAP) && plan->optimizer.rule &&
        (plan->optimizer.rule->needs & GF_NEEDS_METRIC))
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s' cannot be swept: its metric moves with the "
                            "rest point",
                            plan->optimizer.rule->name);
    if ((work->needs & (GF_CELL_RUN | GF_CELL_MARCH)) && !plan->has_start)
        return gf_error_set(error, GF_ARGUMENT,
                            "label, time, steps and exponents need a start: "
                            "--start %s,%s",
                            plan->field->axis_name[0],
                            plan->field->axis_name[1]);
    return check_step(work, error);
}

gf_status gf_sweep_prepare(gf_sweep_work *work, const gf_sweep_plan *plan,
                           gf_error *error)
{
    gf_status status = GF_OK;

    *work = (gf_sweep_work){.plan = plan};
    for (size_t q = 0; q < plan->quantities; q++)
        work->needs |= plan->quantity[q]->needs;
    if (plan->quantities == 0)
        return gf_error_set(error, GF_ARGUMENT, "a sweep needs a quantity");
    for (size_t i = 0; i < plan->axes && !status; i++) {
        status = find_target(work, i, error);
        if (!status)
            status = check_ends(work, i, error);
    }
    if (!status && plan->axes > 1 &&
        strcmp(plan->axis[0].name, plan->axis[1].name) == 0)
        status = gf_error_set(error, GF_ARGUMENT, "both axes are '%s'",
                              plan->axis[0].name);
    if (!status)
        status = check_needs(work, error);
    return status ? status : gf_sweep_model_make(&work->model, work, error);
}

/* --- sweeps ------------------------------------------------------------ */

void gf_sweep_init(gf_sweep *sweep)
{
    *sweep = (gf_sweep){.value = NULL};
}

void gf_sweep_clear(gf_sweep *sweep)
{
    free(sweep->value);
    gf_sweep_init(sweep);
}

/* FLINT keeps caches for each thread. */
static void leave(void)
{
    flint_cleanup();
}

static gf_status run(gf_sweep *sweep, const gf_sweep_work *work,
                     const gf_sweep_options *options, gf_error *error)
{
    gf_tiles tiles = {
        .cells = sweep->cells,
        .tile =
            !work->model.tape || (work->needs & (GF_CELL_RUN | GF_CELL_MARCH))
                ? TILE_SLOW
            : work->needs & GF_CELL_TYPE ? TILE_JUDGED
            : (work->needs & GF_CELL_MAP) && !gf_sweep_is_closed(&sweep->plan)
                ? TILE_SLOW
                : TILE_FAST,
        .width = sweep->plan.quantities,
        .value = sweep->value,
        .compute = compute,
        .ctx = work,
        .threads = options->threads,
        .leave = leave,
        .progress = options->progress,
        .progress_ctx = options->progress_ctx,
        .journal = options->journal,
        .identity = options->identity,
        .resume = options->resume};

    return gf_tiles_run(&sweep->filled, &tiles, error);
}

gf_status gf_sweep_run(gf_sweep *sweep, const gf_sweep_plan *plan,
                       const gf_sweep_options *options, gf_error *error)
{
    static const gf_sweep_options defaults = {.threads = 0};
    gf_sweep_work work;

    gf_sweep_clear(sweep);
    sweep->plan = *plan;
    gf_status status = gf_sweep_plan_cells(&sweep->cells, plan, error);
    if (status)
        return status;
    status = gf_sweep_prepare(&work, plan, error);
    if (!status) {
        sweep->value =
            calloc(sweep->cells * plan->quantities, sizeof *sweep->value);
        status = sweep->value
                     ? run(sweep, &work, options ? options : &defaults, error)
                     : gf_error_set(error, GF_MEMORY, "out of memory");
    }
    gf_sweep_model_clear(&work.model);
    return status ? status : gf_sweep_find_edges(sweep, error);
}
