/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the exact expressions over a tape to a plan: what stands below a bar
 * more than once is inverted once, outer factors are left to the fused
 * instruction, and every slot is used again as soon as its value is dead.
 */
#include "motion/plan.h"

#include <math.h>
#include <stdlib.h>

#include "expr/ops.h"
#include "expr/tape.h"

/* From here on f3(D0) has an error of its own as large as log(1 + x) gains
   over log1p(x). */
#define COARSE 0.1

typedef struct reading {
    gf_plan *plan;
    const gf_tape *tape;
    gf_poly *value;         /* of each slot of the tape */
    uint8_t *bars;          /* how often it stands below a bar; 2: or more */
    size_t logistics, logs; /* sigmoid and softplus, softplus alone */
    size_t sines, cosines;
    bool *is_coarse; /* needed by the third root only, and that is coarse */
    bool plane;
} reading;

/* --- the instructions of a tape ---------------------------------------- */

static bool is_binary(gf_op op)
{
    return op == GF_OP_ADD || op == GF_OP_SUB || op == GF_OP_MUL ||
           op == GF_OP_DIV || op == GF_OP_POW || op == GF_OP_MIN ||
           op == GF_OP_MAX;
}

/* The kernel of a function, or GF_LANE_OPS. */
static gf_lane_op lane_of(gf_op op)
{
    switch (op) {
    case GF_OP_EXP:
        return GF_LANE_EXP;
    case GF_OP_EXPM1:
        return GF_LANE_EXPM1;
    case GF_OP_LOG:
        return GF_LANE_LOG;
    case GF_OP_LOG1P:
        return GF_LANE_LOG1P;
    case GF_OP_SOFTPLUS:
        return GF_LANE_SOFTPLUS;
    case GF_OP_SIGMOID:
        return GF_LANE_SIGMOID;
    case GF_OP_TANH:
        return GF_LANE_TANH;
    case GF_OP_SIN:
        return GF_LANE_SIN;
    case GF_OP_COS:
        return GF_LANE_COS;
    case GF_OP_SQRT:
        return GF_LANE_SQRT;
    case GF_OP_ABS:
        return GF_LANE_ABS;
    case GF_OP_SIGN:
        return GF_LANE_SIGN;
    case GF_OP_STEP:
        return GF_LANE_STEP;
    case GF_OP_MIN:
        return GF_LANE_MIN;
    case GF_OP_MAX:
        return GF_LANE_MAX;
    case GF_OP_POW:
        return GF_LANE_POW;
    default:
        return GF_LANE_OPS;
    }
}

/* Functions that share their work with others of the tape: true, and *out. */
static bool read_shared(gf_poly *out, reading *r, gf_op op, const gf_poly *p)
{
    bool is_minus = p->degree == 1 && p->c[1] < 0;
    gf_poly even = is_minus ? gf_plan_scale(p, -1) : *p;
    gf_lane_op all = r->logs > 0 ? GF_LANE_LOGISTIC4 : GF_LANE_LOGISTIC2;

    if ((op == GF_OP_SIGMOID || op == GF_OP_SOFTPLUS) && r->logistics > 1)
        *out = gf_plan_part(r->plan, all, &even,
                            (op == GF_OP_SIGMOID ? 0 : 2) + is_minus);
    else if ((op == GF_OP_SIN || op == GF_OP_COS) && r->sines > 0 &&
             r->cosines > 0)
        *out = gf_plan_part(r->plan, GF_LANE_WAVES, p, op == GF_OP_COS);
    else
        return false;
    return true;
}

static gf_poly read_function(reading *r, const gf_instruction *code,
                             const gf_poly *p, const gf_poly *q, size_t slot)
{
    const gf_op_row *row = gf_op_row_of(code->op);
    gf_lane_op lane = lane_of(code->op);
    gf_poly one = gf_poly_constant(1), sum;

    if (read_shared(&sum, r, code->op, p))
        return sum;

    if (code->op == GF_OP_LOG1P && r->is_coarse[slot]) {
        sum = gf_plan_add(r->plan, p, &one);
        return gf_plan_unary(r->plan, GF_LANE_LOG, &sum);
    }
    if (lane == GF_LANE_OPS)
        return gf_plan_call(r->plan, row->value, row->value2, p, q);
    return is_binary(code->op) ? gf_plan_binary(r->plan, lane, p, q)
                               : gf_plan_unary(r->plan, lane, p);
}

/* A product or a power that may be multiplied out, as the sum that it ends in
   is coarse. */
static bool read_product(gf_poly *out, const gf_instruction *code,
                         const gf_poly *p, const gf_poly *q)
{
    uint32_t n = code->op == GF_OP_SQUARE ? 2 : code->b;

    if (code->op == GF_OP_MUL)
        return gf_plan_expand(out, p, q);
    if (code->op != GF_OP_SQUARE && code->op != GF_OP_POWI)
        return false;
    *out = *p;
    for (uint32_t i = 1; i < n; i++)
        if (!gf_plan_expand(out, out, p))
            return false;
    return true;
}

static gf_poly read_code(reading *r, size_t i)
{
    const gf_instruction *code = &r->tape->code[i];
    size_t slot = r->tape->input_count + r->tape->constant_count + i;
    const gf_poly *p = &r->value[code->a];
    const gf_poly *q = is_binary(code->op) ? &r->value[code->b] : p;
    gf_poly minus;

    if (r->is_coarse[slot] && read_product(&minus, code, p, q))
        return minus;
    switch (code->op) {
    case GF_OP_ADD:
        return gf_plan_add(r->plan, p, q);
    case GF_OP_SUB:
        minus = gf_plan_scale(q, -1);
        return gf_plan_add(r->plan, p, &minus);
    case GF_OP_MUL:
        return gf_plan_mul(r->plan, p, q);
    case GF_OP_DIV:
        return gf_plan_div(r->plan, p, q, r->bars[code->b] > 1);
    case GF_OP_NEG:
        return gf_plan_scale(p, -1);
    case GF_OP_SQUARE:
        return gf_plan_power(r->plan, p, 2);
    case GF_OP_POWI:
        return gf_plan_power(r->plan, p, code->b);
    default:
        return read_function(r, code, p, q, slot);
    }
}

/* --- what is needed for what ------------------------------------------- */

static void mark(reading *r)
{
    const gf_tape *tape = r->tape;
    size_t first = tape->input_count + tape->constant_count;

    for (size_t i = 0; i < tape->count; i++) {
        const gf_instruction *code = &tape->code[i];
        if (code->op == GF_OP_DIV && r->bars[code->b] < 2)
            r->bars[code->b]++;
        r->logs += code->op == GF_OP_SOFTPLUS;
        r->logistics += code->op == GF_OP_SOFTPLUS || code->op == GF_OP_SIGMOID;
        r->sines += code->op == GF_OP_SIN;
        r->cosines += code->op == GF_OP_COS;
        r->is_coarse[first + i] = !r->plane && fabs(r->plan->field.s) > COARSE;
    }
    for (size_t i = 0; i < tape->root_count; i++)
        if (r->plane || i != 2)
            r->is_coarse[tape->root[i]] = false;
    for (size_t i = tape->count; i-- > 0;) {
        const gf_instruction *code = &tape->code[i];
        if (r->is_coarse[first + i])
            continue;
        r->is_coarse[code->a] = false;
        if (is_binary(code->op))
            r->is_coarse[code->b] = false;
    }
}

/* --- roots ------------------------------------------------------------- */

/* factor value = p, or with an offset factor value + offset. */
static uint32_t strip(gf_plan *plan, const gf_poly *p, double *factor,
                      double *offset)
{
    gf_poly inner = *p;

    *factor = 1;
    if (offset) {
        *offset = p->c[0];
        inner.c[0] = 0;
    }
    if (inner.degree == 0) {
        *factor = inner.c[0];
        return GF_PLAN_ONE;
    }
    if (inner.c[0] == 0 || offset) {
        *factor = inner.c[inner.degree];
        inner = gf_plan_scale(&inner, 1 / *factor);
        inner.c[inner.degree] = 1;
    }
    return gf_plan_emit(plan, &inner);
}

/* f1'', f2'' and f3'. */
static void read_slopes(reading *r)
{
    gf_lane_field *field = &r->plan->field;
    double *const factor[3] = {&field->p1, &field->q1, &field->r1};
    double stripped;

    for (size_t i = 0; i < 3; i++) {
        const gf_poly *p = &r->value[r->tape->root[3 + i]];
        r->plan->root[3 + i] = strip(r->plan, p, &stripped, NULL);
        *factor[i] *= stripped;
    }
}

static void read_roots(reading *r)
{
    const gf_tape *tape = r->tape;
    gf_plan *plan = r->plan;
    gf_lane_field *field = &plan->field;
    double factor, offset;

    if (r->plane) {
        for (size_t i = 0; i < 2; i++)
            plan->root[i] = gf_plan_emit(plan, &r->value[tape->root[i]]);
        for (size_t i = 2; i < tape->root_count; i++)
            plan->root[i + 1] = gf_plan_emit(plan, &r->value[tape->root[i]]);
        return;
    }
    const gf_poly *root[3] = {&r->value[tape->root[0]],
                              &r->value[tape->root[1]],
                              &r->value[tape->root[2]]};
    gf_plan_find_polynomials(plan, root);
    plan->root[0] = strip(plan, &r->value[tape->root[0]], &factor, NULL);
    field->p *= factor;
    plan->root[1] = strip(plan, &r->value[tape->root[1]], &factor, NULL);
    field->q *= factor;
    plan->root[2] = strip(plan, &r->value[tape->root[2]], &factor, &offset);
    field->s -= field->r * offset;
    field->r *= factor;
    if (plan->has_tangents)
        read_slopes(r);
}

static void read_tape(reading *r)
{
    const gf_tape *tape = r->tape;
    gf_poly *value = r->value;

    for (size_t i = 0; i < tape->input_count; i++)
        *value++ = gf_poly_value(i == 0 ? GF_PLAN_X : GF_PLAN_Y);
    for (size_t i = 0; i < tape->constant_count; i++)
        *value++ = gf_poly_constant(tape->constant[i].value);
    for (size_t i = 0; i < tape->count && !r->plan->failed; i++)
        *value++ = read_code(r, i);
    if (!r->plan->failed)
        read_roots(r);
}

/* --- making ------------------------------------------------------------ */

/* f3(D0) */
static double target(const gf_field *field)
{
    gf_graph *graph = field->graph;
    gf_expr exact = field->equilibrium.exact, x = field->axis[0], f3;

    f3 = gf_field_bind(field, field->f[2]);
    if (!exact)
        exact = gf_expr_number(graph, field->equilibrium.d0);
    exact = gf_field_bind(field, exact);
    return gf_expr_value(graph, gf_expr_substitute(graph, f3, x, exact));
}

static size_t find_roots(gf_expr root[static GF_PLAN_ROOTS], gf_plan *plan,
                         const gf_field *field)
{
    gf_graph *graph = field->graph;

    plan->field.physical_lo =
        field->has_physical ? field->physical.lo : -(double)INFINITY;
    plan->field.physical_hi =
        field->has_physical ? field->physical.hi : (double)INFINITY;
    if (plan->is_plane) {
        for (size_t i = 0; i < 2; i++)
            root[i] = gf_field_bind(field, field->velocity[i]);
        for (size_t i = 0; i < 4; i++)
            root[2 + i] =
                gf_expr_derive(graph, root[i / 2], field->axis[i % 2]);
        return plan->has_tangents ? 6 : 2;
    }
    for (size_t i = 0; i < 2; i++)
        root[i] = gf_expr_derive(graph, gf_field_bind(field, field->f[i]),
                                 field->axis[0]);
    root[2] = gf_field_bind(field, field->f[2]);
    plan->field.p = field->speed[0] * field->parameter[field->p_d].number;
    plan->field.q = field->speed[0];
    plan->field.r = field->speed[1];
    plan->field.s = field->speed[1] * target(field);
    plan->field.p1 = plan->field.p;
    plan->field.q1 = plan->field.q;
    plan->field.r1 = plan->field.r;
    for (size_t i = 0; i < 3; i++)
        root[3 + i] = gf_expr_derive(graph, root[i], field->axis[0]);
    return plan->has_tangents ? 6 : 3;
}

static gf_status read(gf_plan *plan, const gf_tape *tape, gf_error *error)
{
    size_t slots = gf_tape_slots(tape);
    reading r = {.plan = plan,
                 .tape = tape,
                 .value = calloc(slots, sizeof *r.value),
                 .bars = calloc(slots, sizeof *r.bars),
                 .is_coarse = calloc(slots, sizeof *r.is_coarse),
                 .plane = plan->is_plane};

    if (r.value && r.bars && r.is_coarse) {
        mark(&r);
        read_tape(&r);
    } else {
        plan->failed = true;
    }
    free(r.value);
    free(r.bars);
    free(r.is_coarse);
    if (plan->failed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return gf_plan_place(plan, error);
}

gf_status gf_plan_init(gf_plan *plan, const gf_field *field, bool has_tangents,
                       gf_error *error)
{
    gf_expr root[GF_PLAN_ROOTS];
    gf_tape *tape;

    *plan = (gf_plan){.is_plane = field->kind == GF_PLANAR,
                      .has_tangents = has_tangents};
    for (size_t i = 0; i < GF_PLAN_ROOTS; i++)
        plan->root[i] = GF_PLAN_ONE;
    size_t count = find_roots(root, plan, field);
    gf_status status =
        gf_tape_new(&tape, field->graph, root, count, field->axis, 2, error);
    if (status)
        return status;
    status = read(plan, tape, error);
    gf_tape_free(tape);
    return status;
}

size_t gf_plan_length(const gf_plan *plan)
{
    size_t length = 0;

    for (size_t i = 0; i < plan->count; i++)
        length += plan->op[i].op != GF_LANE_PART;
    return length;
}

void gf_plan_clear(gf_plan *plan)
{
    free(plan->op);
    *plan = (gf_plan){.op = NULL};
}
