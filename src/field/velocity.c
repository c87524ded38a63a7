/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The velocity as expressions and as tapes.  Pointwise, in the coordinate x:
 *
 *     dx/dt   = a (p_d f1'(x) + p_g f2'(x))
 *     dp_g/dt = b (f3(x) - f3(x0))
 *
 * with x0 the equilibrium.  [docs/theory.md, section 1]
 */
#include <math.h>

#include "expr/node.h"
#include "field/build.h"
#include "field/kink.h"

/* Slots that most fields do with; more than these are kept off the stack of
   small calls. */
enum { FEW_SLOTS = 256 };

/* --- making ------------------------------------------------------------ */

/* f3 at the equilibrium. */
static gf_expr target(gf_field *field)
{
    gf_graph *graph = field->graph;
    gf_expr exact = field->equilibrium.exact, x = field->axis[0], number;

    if (exact)
        return gf_expr_substitute(graph, field->f[2], x, exact);
    number = gf_expr_number(graph, field->equilibrium.d0);
    number =
        gf_expr_substitute(graph, gf_field_bind(field, field->f[2]), x, number);
    return gf_expr_number(graph, gf_expr_value(graph, number));
}

static void make_pointwise(gf_field *field)
{
    gf_graph *graph = field->graph;
    gf_expr x = field->axis[0], damped, driven;

    damped = gf_expr_product(graph, field->parameter[field->p_d].symbol,
                             gf_expr_derive(graph, field->f[0], x));
    driven = gf_expr_product(graph, field->axis[1],
                             gf_expr_derive(graph, field->f[1], x));
    field->velocity[0] = gf_expr_sum(graph, damped, driven);
    field->velocity[1] = gf_expr_difference(graph, field->f[2], target(field));
}

static gf_status compile(gf_builder *b)
{
    gf_field *field = b->field;
    gf_expr root[6];
    gf_status status;

    for (size_t i = 0; i < 2; i++) {
        root[i] = gf_field_bind(field, field->velocity[i]);
        for (size_t j = 0; j < 2; j++)
            root[2 + 2 * i + j] =
                gf_expr_derive(field->graph, root[i], field->axis[j]);
    }
    status = gf_tape_new(&field->tape, field->graph, root, 6, field->axis, 2,
                         b->error);
    if (!status)
        status = gf_tape_new(&field->velocity_tape, field->graph, root, 2,
                             field->axis, 2, b->error);
    if (!status && gf_tape_slots(field->tape) > GF_FIELD_SLOTS_MAX)
        return gf_error_set(b->error, GF_LIMIT,
                            "the field is too large: %zu operations for its "
                            "velocity and Jacobian, at most %d",
                            gf_tape_slots(field->tape), GF_FIELD_SLOTS_MAX);
    if (!status)
        status = gf_kinks_new(&field->kinks, field, root, b->error);
    return status;
}

gf_status gf_build_velocity(gf_builder *b)
{
    gf_field *field = b->field;
    gf_graph *graph = field->graph;

    if (field->kind == GF_POINTWISE)
        make_pointwise(field);
    for (size_t i = 0; i < 2; i++) {
        size_t player = i == field->critic ? 0 : 1;
        field->velocity[i] = gf_expr_simplify(
            graph, gf_expr_product(graph, field->speed_exact[player],
                                   field->velocity[i]));
    }
    return compile(b);
}

/* --- reading ----------------------------------------------------------- */

static gf_expr value_of(gf_graph *graph, gf_expr e, const void *ctx)
{
    const gf_field *field = ctx;

    if (gf_op_of(graph, e) != GF_OP_SYMBOL)
        return GF_EXPR_NONE;
    for (size_t i = 0; i < field->parameter_count; i++)
        if (field->parameter[i].symbol == e)
            return field->parameter[i].value;
    return GF_EXPR_NONE;
}

gf_expr gf_field_bind(const gf_field *field, gf_expr e)
{
    return gf_expr_simplify(field->graph,
                            gf_rewrite(field->graph, e, value_of, field));
}

static void run_large(double *out, const gf_tape *tape, const double in[2])
{
    double work[GF_FIELD_SLOTS_MAX];

    gf_tape_at(out, tape, in, work);
}

static void run(double *out, const gf_tape *tape, const double in[2])
{
    double work[FEW_SLOTS];

    if (gf_tape_slots(tape) <= FEW_SLOTS)
        gf_tape_at(out, tape, in, work);
    else
        run_large(out, tape, in);
}

double gf_field_d(const gf_field *field, double x)
{
    double in[2] = {x, 0}, out[2];

    if (!field->link)
        return x;
    run(out, field->link_tape, in);
    return out[0];
}

static bool is_inside(const gf_field *field, gf_vec2 p)
{
    return gf_range_has(field->domain[0], p.x) &&
           gf_range_has(field->domain[1], p.y);
}

gf_vec2 gf_field_at(gf_vec2 p, const void *ctx)
{
    const gf_field *field = ctx;
    double in[2] = {p.x, p.y}, out[2] = {NAN, NAN};

    if (is_inside(field, p))
        run(out, field->velocity_tape, in);
    return (gf_vec2){out[0], out[1]};
}

gf_mat2 gf_field_jacobian(gf_vec2 p, const void *ctx)
{
    const gf_field *field = ctx;
    double in[2] = {p.x, p.y}, out[6] = {NAN, NAN, NAN, NAN, NAN, NAN};

    if (is_inside(field, p))
        run(out, field->tape, in);
    return (gf_mat2){out[2], out[3], out[4], out[5]};
}
