/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of a rule over boxes, with their derivatives. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/trap.h"

/* Moves that have been made, so many that averages forgot how they began. */
#define LONG_AGO (SIZE_MAX / 2)

enum { SLOPES = 2, SECONDS = 6, ROOTS = 12 };

static gf_trap_machine *machine_of(gf_move *move)
{
    return (gf_trap_machine *)move;
}

static gf_interval zero(void)
{
    return gf_interval_point(0);
}

static gf_interval times(double a, gf_interval x)
{
    return gf_interval_mul(gf_interval_point(a), x);
}

/* --- sums -------------------------------------------------------------- */

/* Number i: to = keep to + factor from. */
static void combine(gf_trap_machine *m, size_t to, gf_interval keep,
                    gf_interval factor, size_t from, size_t i)
{
    gf_trap_vector *y = &m->vector[to];
    const gf_trap_vector x = m->vector[from];

    y->value[i] = gf_interval_add(gf_interval_mul(keep, y->value[i]),
                                  gf_interval_mul(factor, x.value[i]));
    for (size_t j = 0; j < m->size; j++)
        y->slope[i][j] =
            gf_interval_add(gf_interval_mul(keep, y->slope[i][j]),
                            gf_interval_mul(factor, x.slope[i][j]));
}

static void copy(gf_move *move, size_t to, size_t from, bool all)
{
    gf_trap_machine *m = machine_of(move);

    for (size_t i = all ? 0 : m->begin; i < (all ? 2 : m->end); i++) {
        m->vector[to].value[i] = m->vector[from].value[i];
        memcpy(m->vector[to].slope[i], m->vector[from].slope[i],
               sizeof m->vector[to].slope[i]);
    }
}

static void add(gf_move *move, size_t to, double factor, size_t from)
{
    gf_trap_machine *m = machine_of(move);

    for (size_t i = m->begin; i < m->end; i++)
        combine(m, to, gf_interval_point(1), gf_interval_point(factor), from,
                i);
}

static void scale(gf_move *move, size_t to, const double factor[2])
{
    gf_trap_machine *m = machine_of(move);

    for (size_t i = m->begin; i < m->end; i++)
        combine(m, to, gf_interval_point(factor[i == m->field->critic ? 0 : 1]),
                zero(), to, i);
}

static void blend(gf_move *move, size_t to, double keep, size_t from)
{
    gf_trap_machine *m = machine_of(move);
    gf_interval k = gf_interval_point(keep);
    gf_interval rest = gf_interval_sub(gf_interval_point(1), k);

    for (size_t i = m->begin; i < m->end; i++)
        combine(m, to, k, rest, from, i);
}

static void advance(gf_move *move, size_t to, double factor, double divisor,
                    size_t from)
{
    gf_trap_machine *m = machine_of(move);
    gf_interval f =
        gf_interval_div(gf_interval_point(factor), gf_interval_point(divisor));

    for (size_t i = m->begin; i < m->end; i++)
        combine(m, to, gf_interval_point(1), times(m->step[i], f), from, i);
}

/* --- the field --------------------------------------------------------- */

/* v, J and second derivatives over a vector's values. */
static void evaluate(gf_interval out[ROOTS], gf_trap_machine *m, size_t at)
{
    const gf_interval *in = m->vector[at].value;

    for (size_t i = 0; i < 2; i++) {
        gf_range d = m->field->domain[i];
        if (!(in[i].lo > d.lo && in[i].hi < d.hi))
            m->failed = true;
    }
    if (m->failed) {
        for (size_t k = 0; k < ROOTS; k++)
            out[k] = gf_interval_whole(false);
        return;
    }
    gf_tape_interval(out, m->tape, in, m->work);
    for (size_t k = 0; k < ROOTS; k++)
        m->failed = m->failed || !out[k].defined;
}

/* d(J)[i][k] by s_j, at `at`. */
static gf_interval second(const gf_trap_machine *m,
                          const gf_interval value[ROOTS], size_t at, size_t i,
                          size_t k, size_t j)
{
    const gf_interval *two = value + SECONDS + 3 * i + k;

    return gf_interval_add(gf_interval_mul(two[0], m->vector[at].slope[0][j]),
                           gf_interval_mul(two[1], m->vector[at].slope[1][j]));
}

static void velocity(gf_move *move, size_t out, size_t at, bool all)
{
    gf_trap_machine *m = machine_of(move);
    const gf_trap_vector z = m->vector[at];
    gf_interval value[ROOTS];

    evaluate(value, m, at);
    for (size_t i = all ? 0 : m->begin; i < (all ? 2 : m->end); i++) {
        const gf_interval *row = value + SLOPES + 2 * i;
        m->vector[out].value[i] = value[i];
        for (size_t j = 0; j < m->size; j++)
            m->vector[out].slope[i][j] =
                gf_interval_add(gf_interval_mul(row[0], z.slope[0][j]),
                                gf_interval_mul(row[1], z.slope[1][j]));
    }
}

/* out = J d or J' d: of the slope also what J gains. */
static void multiply(gf_trap_machine *m, size_t out, size_t at, size_t d,
                     bool is_transposed)
{
    const gf_trap_vector v = m->vector[d];
    gf_interval value[ROOTS];
    gf_trap_vector y;

    evaluate(value, m, at);
    for (size_t i = 0; i < 2; i++) {
        y.value[i] = zero();
        for (size_t j = 0; j < m->size; j++)
            y.slope[i][j] = zero();
        for (size_t k = 0; k < 2; k++) {
            size_t row = is_transposed ? k : i, column = is_transposed ? i : k;
            gf_interval c = value[SLOPES + 2 * row + column];
            y.value[i] =
                gf_interval_add(y.value[i], gf_interval_mul(c, v.value[k]));
            for (size_t j = 0; j < m->size; j++) {
                gf_interval gain = gf_interval_mul(
                    second(m, value, at, row, column, j), v.value[k]);
                gf_interval own = gf_interval_mul(c, v.slope[k][j]);
                y.slope[i][j] =
                    gf_interval_add(y.slope[i][j], gf_interval_add(own, gain));
            }
        }
    }
    m->vector[out] = y;
}

static void product(gf_move *move, size_t out, size_t at, size_t d)
{
    multiply(machine_of(move), out, at, d, false);
}

static void transposed(gf_move *move, size_t out, size_t at, size_t d)
{
    multiply(machine_of(move), out, at, d, true);
}

/* D (1 - D) and p_g. */
static void metric(gf_move *move, size_t v, size_t at)
{
    gf_trap_machine *m = machine_of(move);
    const gf_trap_vector z = m->vector[at];
    gf_trap_vector *y = &m->vector[v];
    gf_interval one = gf_interval_point(1);

    for (size_t i = m->begin; i < m->end; i++) {
        gf_interval x = z.value[i], f = x, slope = one;
        if (i == 0) {
            f = gf_interval_mul(x, gf_interval_sub(one, x));
            slope = gf_interval_sub(one, times(2, x));
        }
        for (size_t j = 0; j < m->size; j++)
            y->slope[i][j] = gf_interval_add(
                gf_interval_mul(f, y->slope[i][j]),
                gf_interval_mul(gf_interval_mul(slope, z.slope[i][j]),
                                y->value[i]));
        y->value[i] = gf_interval_mul(f, y->value[i]);
    }
}

/* x = (1 - H K)^-1 b, K = (0, p; q, 0) with H in it. */
static void solve(gf_interval x[2], gf_interval p, gf_interval q,
                  const gf_interval b[2])
{
    gf_interval det =
        gf_interval_sub(gf_interval_point(1), gf_interval_mul(p, q));

    x[0] =
        gf_interval_div(gf_interval_add(b[0], gf_interval_mul(p, b[1])), det);
    x[1] =
        gf_interval_div(gf_interval_add(b[1], gf_interval_mul(q, b[0])), det);
}

static void untangle(gf_move *move, size_t out, size_t at, size_t v)
{
    gf_trap_machine *m = machine_of(move);
    const gf_trap_vector d = m->vector[v];
    gf_trap_vector *y = &m->vector[out];
    gf_interval value[ROOTS], b[2], x[2];

    if (m->begin > 0 || m->end < 2) { /* alone a player does as sgd */
        for (size_t i = m->begin; i < m->end; i++) {
            copy(move, out, v, false);
            combine(m, out, gf_interval_point(m->step[i]), zero(), out, i);
        }
        return;
    }
    evaluate(value, m, at);
    gf_interval p = times(m->step[0], value[SLOPES + 1]);
    gf_interval q = times(m->step[1], value[SLOPES + 2]);
    for (size_t i = 0; i < 2; i++)
        b[i] = times(m->step[i], d.value[i]);
    solve(y->value, p, q, b);
    for (size_t j = 0; j < m->size; j++) {
        for (size_t i = 0; i < 2; i++) {
            gf_interval gain = second(m, value, at, i, 1 - i, j);
            b[i] =
                times(m->step[i],
                      gf_interval_add(d.slope[i][j],
                                      gf_interval_mul(gain, y->value[1 - i])));
        }
        solve(x, p, q, b);
        y->slope[0][j] = x[0];
        y->slope[1][j] = x[1];
    }
    m->failed = m->failed || !y->value[0].defined || !y->value[1].defined;
}

/* --- what nothing is proved of ----------------------------------------- */

static void square(gf_move *move, size_t to, double keep, size_t from)
{
    (void)to;
    (void)keep;
    (void)from;
    machine_of(move)->failed = true;
}

static void peak(gf_move *move, size_t to, size_t from)
{
    (void)to;
    (void)from;
    machine_of(move)->failed = true;
}

static void normalize(gf_move *move, size_t out, size_t mean, size_t s,
                      const double factor[2], double eps)
{
    (void)out;
    (void)mean;
    (void)s;
    (void)factor;
    (void)eps;
    machine_of(move)->failed = true;
}

static void implicit(gf_move *move, size_t to)
{
    (void)to;
    machine_of(move)->failed = true;
}

static const gf_machine machine = {
    .copy = copy,
    .add = add,
    .scale = scale,
    .blend = blend,
    .advance = advance,
    .velocity = velocity,
    .product = product,
    .transposed = transposed,
    .metric = metric,
    .square = square,
    .peak = peak,
    .normalize = normalize,
    .implicit = implicit,
    .untangle = untangle,
};

/* --- the map ----------------------------------------------------------- */

/* Does s have this vector? */
static bool is_state(const gf_optimizer_rule *rule, size_t v)
{
    return v == 0 || !((rule->copies | rule->squares) & (1u << v));
}

static gf_tape *make_tape(const gf_field *field)
{
    gf_expr root[ROOTS];
    gf_tape *tape = NULL;

    for (size_t i = 0; i < 2; i++) {
        double speed = field->speed[i == field->critic ? 0 : 1];
        gf_expr v = gf_expr_quotient(field->graph,
                                     gf_field_bind(field, field->velocity[i]),
                                     gf_expr_number(field->graph, speed));
        gf_expr x = gf_expr_derive(field->graph, v, field->axis[0]);
        gf_expr y = gf_expr_derive(field->graph, v, field->axis[1]);
        root[i] = v;
        root[SLOPES + 2 * i] = x;
        root[SLOPES + 2 * i + 1] = y;
        root[SECONDS + 3 * i] = gf_expr_derive(field->graph, x, field->axis[0]);
        root[SECONDS + 3 * i + 1] =
            gf_expr_derive(field->graph, x, field->axis[1]);
        root[SECONDS + 3 * i + 2] =
            gf_expr_derive(field->graph, y, field->axis[1]);
    }
    if (gf_graph_check(field->graph, NULL) ||
        gf_tape_new(&tape, field->graph, root, ROOTS, field->axis, 2, NULL))
        return NULL;
    return tape;
}

bool gf_trap_machine_init(gf_trap_machine *m, const gf_field *field,
                          const gf_optimizer *optimizer,
                          const gf_stability_options *options)
{
    const gf_optimizer_rule *rule = optimizer->rule;
    bool has_kinks = false;

    *m = (gf_trap_machine){
        .move = {.machine = &machine, .number = optimizer->number},
        .field = field,
        .optimizer = optimizer,
        .order = options->order,
        .critic_steps = options->critic_steps ? options->critic_steps : 1};
    for (size_t v = 0; v <= rule->memory; v++)
        m->size += is_state(rule, v) ? 2 : 0;
    for (size_t i = 0; i < 2; i++) {
        m->step[i] = options->step * field->speed[i == field->critic ? 0 : 1];
        for (size_t k = 0; k < 2; k++)
            has_kinks =
                has_kinks || gf_expr_has_kinks(field->graph, field->velocity[i],
                                               field->axis[k]);
    }
    if (has_kinks || m->size > GF_TRAP_SIZE_MAX ||
        1 + rule->memory + rule->scratch > GF_TRAP_VECTORS_MAX)
        return false;
    m->tape = make_tape(field);
    if (m->tape)
        m->work = malloc(gf_tape_slots(m->tape) * sizeof *m->work);
    return m->work != NULL;
}

void gf_trap_machine_clear(gf_trap_machine *m)
{
    gf_tape_free(m->tape);
    free(m->work);
    *m = (gf_trap_machine){.tape = NULL};
}

/* Vectors over the box: what is a copy of z is one when a map begins. */
static void begin(gf_trap_machine *m, const gf_interval *box)
{
    const gf_optimizer_rule *rule = m->optimizer->rule;
    size_t n = 0;

    m->failed = false;
    m->move.round = 0;
    for (size_t v = 0; v < GF_TRAP_VECTORS_MAX; v++) {
        gf_trap_vector *x = &m->vector[v];
        bool is_copy = v <= rule->memory && (rule->copies & (1u << v));
        bool is_own = v <= rule->memory && is_state(rule, v);
        for (size_t i = 0; i < 2; i++) {
            size_t column = is_copy ? i : n;
            x->value[i] = is_copy || is_own ? box[column] : zero();
            for (size_t j = 0; j < m->size; j++)
                x->slope[i][j] = gf_interval_point(
                    (is_copy || is_own) && j == column ? 1 : 0);
            n += is_own;
        }
    }
}

static void turn(gf_trap_machine *m, bool critic, bool generator)
{
    bool first = m->field->critic == 0 ? critic : generator;
    bool second = m->field->critic == 0 ? generator : critic;

    m->begin = first ? 0 : 1;
    m->end = second ? 2 : 1;
    m->move.time = LONG_AGO;
    m->optimizer->rule->step(&m->move);
}

static void move_round(gf_trap_machine *m)
{
    if (m->order == GF_SIMULTANEOUS) {
        turn(m, true, true);
    } else {
        for (size_t i = 0; i < m->critic_steps; i++)
            turn(m, true, false);
        turn(m, false, true);
    }
    m->begin = 0;
    m->end = 2;
    if (m->optimizer->rule->settle)
        m->optimizer->rule->settle(&m->move);
    m->move.round++;
}

bool gf_trap_machine_run(gf_interval *out, gf_trap_machine *m,
                         const gf_interval *box)
{
    const gf_optimizer_rule *rule = m->optimizer->rule;
    size_t period =
        rule->period ? (size_t)m->optimizer->number[rule->period - 1] : 1;
    size_t row = 0;

    begin(m, box);
    for (size_t i = 0; i < period && !m->failed; i++)
        move_round(m);
    for (size_t v = 0; v <= rule->memory; v++)
        for (size_t i = 0; i < 2 && is_state(rule, v); i++, row++)
            for (size_t j = 0; j < m->size; j++) {
                gf_interval x = m->vector[v].slope[i][j];
                out[row * m->size + j] = x;
                m->failed = m->failed || !isfinite(x.lo) || !isfinite(x.hi);
            }
    return !m->failed;
}
