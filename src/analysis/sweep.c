/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps: what the axes are, and the cells one by one. */
#include <ganfield/sweep.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/sweep_cell.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/tiles.h"

/* Cells of a tile: cheap ones in large tiles. */
enum { TILE_FAST = 4096, TILE_JUDGED = 256, TILE_SLOW = 16 };

/* --- one cell ---------------------------------------------------------- */

static void set_cell(gf_sweep_cell *cell, const gf_sweep_work *work, size_t n)
{
    const gf_sweep_plan *plan = work->plan;
    size_t inner = plan->axes > 1 ? plan->axis[1].count : 1;
    size_t place[2] = {n / inner, n % inner};

    *cell =
        (gf_sweep_cell){.work = work,
                        .speed = {plan->field->speed[0], plan->field->speed[1]},
                        .step = plan->step,
                        .optimizer = plan->optimizer};
    for (size_t i = 0; i < plan->axes; i++) {
        double x = gf_sweep_axis_at(&plan->axis[i], place[i]);
        cell->value[i] = x;
        if (work->target[i] == GF_TARGET_RATIO)
            cell->speed[0] = x * cell->speed[1];
        if (work->target[i] == GF_TARGET_CRITIC)
            cell->speed[0] = x;
        if (work->target[i] == GF_TARGET_GENERATOR)
            cell->speed[1] = x;
        if (work->target[i] == GF_TARGET_STEP)
            cell->step = x;
        if (work->target[i] == GF_TARGET_NUMBER)
            cell->optimizer.number[work->index[i]] = x;
    }
}

gf_status gf_sweep_cell_field(gf_field **out, const gf_sweep_cell *cell,
                              gf_error *error)
{
    const gf_sweep_work *work = cell->work;
    const gf_sweep_plan *plan = work->plan;
    char text[GF_SWEEP_AXES_MAX][64 + GF_NUMBER_SIZE + 1];
    char speed[2 * GF_NUMBER_SIZE], number[GF_NUMBER_SIZE];
    const char *set[GF_SWEEP_AXES_MAX];
    size_t count = 0;

    for (size_t i = 0; i < plan->axes; i++) {
        if (work->target[i] != GF_TARGET_PARAMETER)
            continue;
        gf_number_write(number, cell->value[i]);
        snprintf(text[count], sizeof text[count], "%s=%s", plan->axis[i].name,
                 number);
        set[count] = text[count];
        count++;
    }
    size_t length = gf_number_write(speed, cell->speed[0]);
    speed[length] = ',';
    gf_number_write(speed + length + 1, cell->speed[1]);
    return plan->make(out, set, count, speed, plan->make_ctx, error);
}

void gf_sweep_cell_solve(gf_sweep_cell *c)
{
    size_t critic = c->work->plan->field->critic;
    double a = c->speed[critic == 0 ? 0 : 1], b = c->speed[critic == 0 ? 1 : 0];
    gf_mat2 u = c->unit, j = {a * u.xx, a * u.xy, b * u.yx, b * u.yy};
    double difference = j.xx - j.yy;

    c->jacobian = j;
    c->trace = j.xx + j.yy;
    c->determinant = j.xx * j.yy - j.xy * j.yx;
    c->discriminant = difference * difference + 4 * (j.xy * j.yx);
    double root = sqrt(fabs(c->discriminant));
    if (c->discriminant < 0) {
        c->re[0] = c->re[1] = c->trace / 2;
        c->im = root / 2;
        return;
    }
    /* the half-sum that does not cancel, then the determinant over it */
    double big = (c->trace + copysign(root, c->trace)) / 2;
    double small = big != 0 ? c->determinant / big : 0;
    c->re[0] = fmax(big, small);
    c->re[1] = fmin(big, small);
    c->im = 0;
}

/* The wanted point as a classification has it. */
static void take_point(gf_sweep_cell *cell, const gf_classification *c)
{
    const gf_rest_point *p = &c->point[c->wanted];
    size_t critic = c->field->critic;
    double a = cell->speed[critic == 0 ? 0 : 1];
    double b = cell->speed[critic == 0 ? 1 : 0];
    gf_mat2 j = p->spectrum.jacobian;

    cell->type = p->type;
    cell->verdict = c->verdict;
    cell->margin = p->margin;
    cell->has_point = p->smooth;
    cell->unit = (gf_mat2){j.xx / a, j.xy / a, j.yx / b, j.yy / b};
    if (!p->smooth)
        return;
    gf_sweep_cell_solve(cell);
    /* the proved numbers, where there are such */
    cell->jacobian = j;
    cell->re[0] = fmax(p->spectrum.re[0], p->spectrum.re[1]);
    cell->re[1] = fmin(p->spectrum.re[0], p->spectrum.re[1]);
    cell->im = p->spectrum.im[0];
}

/* Makes the field anew and asks what it does.  Values that the field cannot
   have leave the cell empty. */
static gf_status classify(gf_sweep_cell *cell, bool *is_judged, gf_error *error)
{
    gf_classification c;
    gf_field *field = NULL;
    gf_error own;

    gf_error_clear(&own);
    *is_judged = false;
    gf_status status = gf_sweep_cell_field(&field, cell, &own);
    if (status == GF_DOMAIN)
        return GF_OK;
    gf_classification_init(&c);
    if (!status)
        status = gf_classify(&c, field, NULL, &own);
    if (!status && c.wanted < c.count) {
        take_point(cell, &c);
        *is_judged = true;
    }
    gf_classification_clear(&c);
    gf_field_free(field);
    if (status && error)
        *error = own;
    return status;
}

static void write_cell(double *out, const gf_sweep_cell *cell, bool is_judged)
{
    const gf_sweep_plan *plan = cell->work->plan;

    for (size_t q = 0; q < plan->quantities; q++) {
        unsigned needs = plan->quantity[q]->needs;
        bool is_known = (needs & GF_NEEDS_TYPE) ? is_judged : cell->has_point;
        out[q] = is_known ? plan->quantity[q]->of(cell) : NAN;
    }
}

static gf_status finish_cell(double *out, gf_sweep_cell *cell, gf_error *error)
{
    const gf_sweep_work *work = cell->work;
    bool is_judged = false;
    gf_status status = GF_OK;

    if (work->model.tape && cell->has_point)
        gf_sweep_cell_solve(cell);
    if (!work->model.tape)
        status = classify(cell, &is_judged, error);
    else if (work->needs & GF_NEEDS_TYPE) {
        is_judged = gf_sweep_model_judge(cell, &work->model);
        if (!is_judged)
            status = classify(cell, &is_judged, error);
    }
    if (!status)
        write_cell(out, cell, is_judged);
    return status;
}

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
        set_cell(&cell[i], work, first + i);
    if (work->model.tape)
        status = gf_sweep_model_at(cell, &work->model, count, error);
    for (size_t i = 0; i < count && !status; i++)
        status = finish_cell(out + i * work->plan->quantities, &cell[i], error);
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
        const gf_optimizer_number *number =
            &work->plan->optimizer.rule->number[work->index[axis]];
        if (!gf_range_has(number->range, a->from) ||
            !gf_range_has(number->range, a->to))
            return gf_error_set(error, GF_ARGUMENT, "'%s' is out of range",
                                a->name);
    } else if (target != GF_TARGET_PARAMETER && !(a->from > 0 && a->to > 0)) {
        return gf_error_set(error, GF_ARGUMENT, "'%s' must be > 0", a->name);
    }
    return GF_OK;
}

static gf_status prepare(gf_sweep_work *work, const gf_sweep_plan *plan,
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

static gf_status run(gf_sweep *sweep, const gf_sweep_work *work,
                     const gf_sweep_options *options, gf_error *error)
{
    gf_tiles tiles = {.cells = sweep->cells,
                      .tile = !work->model.tape             ? TILE_SLOW
                              : work->needs & GF_NEEDS_TYPE ? TILE_JUDGED
                                                            : TILE_FAST,
                      .width = sweep->plan.quantities,
                      .value = sweep->value,
                      .compute = compute,
                      .ctx = work,
                      .threads = options->threads,
                      .progress = options->progress,
                      .progress_ctx = options->progress_ctx};
    gf_journal_shape shape = {.identity =
                                  options->identity ? options->identity : "",
                              .cells = tiles.cells,
                              .tile = tiles.tile,
                              .width = tiles.width};
    gf_journal journal = {.file = -1};
    gf_status status = GF_OK;

    if (options->journal) {
        status = gf_journal_open(&journal, options->journal, &shape,
                                 options->resume, error);
        tiles.journal = &journal;
    }
    if (!status)
        status = gf_tiles_run(&sweep->filled, &tiles, error);
    gf_journal_close(&journal, false);
    return status;
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
    status = prepare(&work, plan, error);
    if (!status) {
        sweep->value =
            calloc(sweep->cells * plan->quantities, sizeof *sweep->value);
        status = sweep->value
                     ? run(sweep, &work, options ? options : &defaults, error)
                     : gf_error_set(error, GF_MEMORY, "out of memory");
    }
    gf_sweep_model_clear(&work.model);
    return status;
}
