/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Jacobian at a rest point that stays where it is while axes change, as a
 * tape whose inputs are the parameters of the axes: one evaluation for a cell
 * instead of a classification.
 *
 * Pointwise: D0 is a root of f1' + f2', so it stays where neither f1 nor f2
 * contains a parameter of an axis (and no gauge or domain depends on one: the
 * fields at the ends of the axes are made and compared); then p_g = p_d and
 *
 *     J = [[p_d (f1'' + f2''), f2'], [f3', 0]]     for speeds 1.
 *
 * Planar: the wanted point stays where the velocity there is identically zero
 * in those parameters.
 */
#include "analysis/sweep_cell.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/spectrum.h"
#include "expr/node.h"
#include "expr/tape.h"

/* Cells that a tape takes at once. */
enum { BLOCK = 64 };

/* --- making ------------------------------------------------------------ */

static gf_expr symbol_of(const gf_sweep_work *work, size_t axis)
{
    return work->plan->field->parameter[work->index[axis]].symbol;
}

static bool is_parameter(const gf_sweep_work *work, size_t axis)
{
    return axis < work->plan->axes && work->target[axis] == GF_TARGET_PARAMETER;
}

typedef struct binding {
    const gf_sweep_work *work;
    const gf_expr *at; /* the coordinates, or NULL: not bound */
} binding;

/* All parameters but those of axes, and the coordinates, get their values. */
static gf_expr value_of(gf_graph *graph, gf_expr e, const void *ctx)
{
    const binding *b = ctx;
    const gf_field *field = b->work->plan->field;

    if (gf_op_of(graph, e) != GF_OP_SYMBOL)
        return GF_EXPR_NONE;
    for (size_t i = 0; i < GF_SWEEP_AXES_MAX; i++) {
        if (is_parameter(b->work, i) && symbol_of(b->work, i) == e)
            return e;
    }
    for (size_t i = 0; i < 2 && b->at; i++) {
        if (field->axis[i] == e)
            return b->at[i];
    }
    for (size_t i = 0; i < field->parameter_count; i++) {
        if (field->parameter[i].symbol == e)
            return field->parameter[i].value;
    }
    return GF_EXPR_NONE;
}

static gf_expr bind(const gf_sweep_work *work, gf_expr e, const gf_expr *at)
{
    gf_graph *graph = work->plan->field->graph;
    binding b = {work, at};

    return gf_expr_simplify(graph, gf_rewrite(graph, e, value_of, &b));
}

/* Does e change with an axis? */
static bool moves(const gf_sweep_work *work, gf_expr e)
{
    for (size_t i = 0; i < GF_SWEEP_AXES_MAX; i++) {
        if (is_parameter(work, i) &&
            gf_expr_depends(work->plan->field->graph, e, symbol_of(work, i)))
            return true;
    }
    return false;
}

static bool pointwise_roots(gf_expr root[4], const gf_sweep_work *work)
{
    const gf_field *field = work->plan->field;
    gf_graph *graph = field->graph;
    gf_expr x = field->axis[0], first[3], second[2];
    gf_expr at[2] = {field->equilibrium.exact, field->axis[1]};

    if (!at[0])
        at[0] = gf_expr_number(graph, field->equilibrium.d0);
    if (moves(work, field->f[0]) || moves(work, field->f[1]))
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (gf_expr_has_kinks(graph, field->f[i], x))
            return false;
        first[i] = gf_expr_derive(graph, field->f[i], x);
    }
    for (size_t i = 0; i < 2; i++)
        second[i] = bind(work, gf_expr_derive(graph, first[i], x), at);
    root[0] = bind(work,
                   gf_expr_product(graph, field->parameter[field->p_d].symbol,
                                   gf_expr_sum(graph, second[0], second[1])),
                   at);
    root[1] = bind(work, first[1], at);
    root[2] = bind(work, first[2], at);
    root[3] = gf_expr_rational(graph, 0, 1);
    return true;
}

static bool planar_roots(gf_expr root[4], const gf_sweep_work *work)
{
    const gf_field *field = work->plan->field;
    gf_graph *graph = field->graph;

    if (!field->has_rest)
        return false;
    for (size_t i = 0; i < 2; i++) {
        size_t player = i == field->critic ? 0 : 1;
        gf_expr v = gf_expr_quotient(graph, field->velocity[i],
                                     field->speed_exact[player]);
        if (gf_expr_is_zero(graph, bind(work, v, field->rest)) != GF_YES)
            return false;
        for (size_t j = 0; j < 2; j++) {
            if (gf_expr_has_kinks(graph, v, field->axis[j]))
                return false;
            root[2 * i + j] = bind(
                work, gf_expr_derive(graph, v, field->axis[j]), field->rest);
        }
    }
    return true;
}

static bool same_range(gf_range a, gf_range b)
{
    return a.lo == b.lo && a.hi == b.hi && a.lo_closed == b.lo_closed &&
           a.hi_closed == b.hi_closed;
}

/* Is what surrounds the rest point the same at both ends of the axis? */
static gf_status check_ends(bool *same, const gf_sweep_work *work, size_t axis,
                            gf_error *error)
{
    const gf_sweep_plan *plan = work->plan;
    gf_sweep_cell cell = {
        .work = work, .speed = {plan->field->speed[0], plan->field->speed[1]}};

    for (size_t i = 0; i < plan->axes; i++)
        cell.value[i] = plan->axis[i].from;
    for (int end = 0; end < 2; end++) {
        gf_field *field = NULL;
        cell.value[axis] = end ? plan->axis[axis].to : plan->axis[axis].from;
        gf_status status = gf_sweep_cell_field(&field, &cell, error);
        if (status)
            return status;
        for (size_t i = 0; i < 2; i++)
            *same =
                *same && same_range(field->domain[i], plan->field->domain[i]);
        *same = *same && (field->kind == GF_PLANAR ||
                          field->equilibrium.d0 == plan->field->equilibrium.d0);
        gf_field_free(field);
    }
    return GF_OK;
}

static gf_status compile(gf_sweep_model *model, const gf_sweep_work *work,
                         const gf_expr root[4], gf_error *error)
{
    const gf_field *field = work->plan->field;
    gf_expr input[GF_SWEEP_AXES_MAX];

    for (size_t i = 0; i < GF_SWEEP_AXES_MAX; i++) {
        if (!is_parameter(work, i))
            continue;
        model->input[model->inputs] = i;
        input[model->inputs++] = symbol_of(work, i);
    }
    gf_status status = gf_graph_check(field->graph, error);
    if (status)
        return status;
    return gf_tape_new(&model->tape, field->graph, root, 4, input,
                       model->inputs, error);
}

gf_status gf_sweep_model_make(gf_sweep_model *model, const gf_sweep_work *work,
                              gf_error *error)
{
    const gf_field *field = work->plan->field;
    gf_expr root[4];
    bool stays = true;
    gf_status status = GF_OK;

    *model = (gf_sweep_model){.tape = NULL, .critic = field->critic};
    for (size_t i = 0; i < work->plan->axes && !status; i++) {
        if (work->target[i] == GF_TARGET_PARAMETER)
            status = check_ends(&stays, work, i, error);
    }
    if (status || !stays)
        return status;
    stays = field->kind == GF_POINTWISE ? pointwise_roots(root, work)
                                        : planar_roots(root, work);
    if (!stays)
        return gf_graph_check(field->graph, error);
    return compile(model, work, root, error);
}

void gf_sweep_model_clear(gf_sweep_model *model)
{
    gf_tape_free(model->tape);
    *model = (gf_sweep_model){.tape = NULL};
}

/* --- reading ----------------------------------------------------------- */

gf_status gf_sweep_model_at(gf_sweep_cell *cell, const gf_sweep_model *model,
                            size_t count, gf_error *error)
{
    double in[GF_SWEEP_AXES_MAX * BLOCK], out[4 * BLOCK];
    double *work = malloc(gf_tape_slots(model->tape) * BLOCK * sizeof *work);

    if (!work)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t first = 0; first < count; first += BLOCK) {
        size_t n = count - first < BLOCK ? count - first : BLOCK;
        for (size_t k = 0; k < model->inputs; k++)
            for (size_t i = 0; i < n; i++)
                in[k * n + i] = cell[first + i].value[model->input[k]];
        gf_tape_block(out, model->tape, in, n, work);
        for (size_t i = 0; i < n; i++) {
            gf_mat2 j = {out[i], out[n + i], out[2 * n + i], out[3 * n + i]};
            cell[first + i].unit = j;
            cell[first + i].has_point = isfinite(j.xx) && isfinite(j.xy) &&
                                        isfinite(j.yx) && isfinite(j.yy);
        }
    }
    free(work);
    return GF_OK;
}

/* A double stands for its shortest decimal, which lies within half a unit of
   its last place. */
static void set_decimal(arb_t out, double x)
{
    mag_t error;

    arb_set_d(out, x);
    mag_init(error);
    mag_set_d(error, fabs(x) * 0x1p-53);
    arb_add_error_mag(out, error);
    mag_clear(error);
}

bool gf_sweep_model_judge(gf_sweep_cell *cell, const gf_sweep_model *model)
{
    gf_rest_point point = {.smooth = true};
    gf_jacobian j;
    arb_ptr in = _arb_vec_init(GF_SWEEP_AXES_MAX);
    arb_t speed;
    bool done;

    gf_jacobian_init(&j);
    arb_init(speed);
    for (size_t k = 0; k < model->inputs; k++)
        set_decimal(in + k, cell->value[model->input[k]]);
    done = gf_tape_ball(j.ball, model->tape, in, 128) == GF_OK;
    for (size_t i = 0; i < 4; i++) {
        set_decimal(speed, cell->speed[i / 2 == model->critic ? 0 : 1]);
        arb_mul(&j.ball[i], &j.ball[i], speed, 128);
    }
    if (done) {
        gf_signs signs = gf_spectrum_make(&point.spectrum, &j, NULL);
        gf_spectrum_judge(&point, &signs);
        done = point.type != GF_TYPE_UNDECIDED &&
               point.stability != GF_STABILITY_UNKNOWN;
        cell->type = point.type;
        cell->margin = point.margin;
        cell->verdict = point.stability == GF_STABILITY_UNSTABLE
                            ? GF_OUTCOME_UNSTABLE
                            : GF_OUTCOME_STABLE;
    }
    arb_clear(speed);
    gf_jacobian_clear(&j);
    _arb_vec_clear(in, GF_SWEEP_AXES_MAX);
    return done;
}
