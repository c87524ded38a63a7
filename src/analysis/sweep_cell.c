/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of a sweep: its settings, its Jacobian, its judgement. */
#include "analysis/sweep_cell.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"

void gf_sweep_cell_place(gf_sweep_cell *cell, const gf_sweep_work *work,
                         const double *x)
{
    const gf_sweep_plan *plan = work->plan;

    *cell =
        (gf_sweep_cell){.work = work,
                        .speed = {plan->field->speed[0], plan->field->speed[1]},
                        .step = plan->step,
                        .optimizer = plan->optimizer};
    for (size_t i = 0; i < plan->axes; i++) {
        cell->value[i] = x[i];
        if (work->target[i] == GF_TARGET_RATIO)
            cell->speed[0] = x[i] * cell->speed[1];
        if (work->target[i] == GF_TARGET_CRITIC)
            cell->speed[0] = x[i];
        if (work->target[i] == GF_TARGET_GENERATOR)
            cell->speed[1] = x[i];
        if (work->target[i] == GF_TARGET_STEP)
            cell->step = x[i];
        if (work->target[i] == GF_TARGET_NUMBER)
            cell->optimizer.number[work->index[i]] = x[i];
    }
}

void gf_sweep_cell_set(gf_sweep_cell *cell, const gf_sweep_work *work, size_t n)
{
    const gf_sweep_plan *plan = work->plan;
    size_t inner = plan->axes > 1 ? plan->axis[1].count : 1;
    size_t place[2] = {n / inner, n % inner};
    double x[GF_SWEEP_AXES_MAX];

    for (size_t i = 0; i < plan->axes; i++)
        x[i] = gf_sweep_axis_at(&plan->axis[i], place[i]);
    gf_sweep_cell_place(cell, work, x);
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
    if (!status && (cell->work->needs & GF_CELL_RUN))
        status = gf_sweep_cell_move(cell, &c, &own);
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
        bool is_known = (needs & GF_CELL_MARCH)  ? true
                        : (needs & GF_CELL_RUN)  ? cell->has_run
                        : (needs & GF_CELL_TYPE) ? is_judged
                                                 : cell->has_point;
        out[q] = is_known ? plan->quantity[q]->of(cell) : NAN;
    }
}

gf_status gf_sweep_cell_finish(double *out, gf_sweep_cell *cell,
                               gf_error *error)
{
    const gf_sweep_work *work = cell->work;
    bool is_judged = false;
    gf_status status = GF_OK;

    if (work->model.tape && cell->has_point)
        gf_sweep_cell_solve(cell);
    if (work->needs & GF_CELL_MARCH)
        status = gf_sweep_cell_march(cell, error);
    if (status)
        return status;
    if (!work->model.tape || (work->needs & GF_CELL_RUN))
        status = classify(cell, &is_judged, error);
    else if (work->needs & GF_CELL_TYPE) {
        is_judged = gf_sweep_model_judge(cell, &work->model);
        if (!is_judged)
            status = classify(cell, &is_judged, error);
    }
    if (!status && (work->needs & GF_CELL_MAP) && cell->has_point)
        status = gf_sweep_cell_steps(cell, error);
    if (!status)
        write_cell(out, cell, is_judged);
    return status;
}
