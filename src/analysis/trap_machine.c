/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of a rule over boxes, with their derivatives. */
#include <string.h>

#include "analysis/trap.h"

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

    for (size_t i = all ? 0 : m->turns.begin; i < (all ? 2 : m->turns.end);
         i++) {
        m->vector[to].value[i] = m->vector[from].value[i];
        memcpy(m->vector[to].slope[i], m->vector[from].slope[i],
               sizeof m->vector[to].slope[i]);
    }
}

static void add(gf_move *move, size_t to, double factor, size_t from)
{
    gf_trap_machine *m = machine_of(move);

    for (size_t i = m->turns.begin; i < m->turns.end; i++)
        combine(m, to, gf_interval_point(1), gf_interval_point(factor), from,
                i);
}

static void scale(gf_move *move, size_t to, const double factor[2])
{
    gf_trap_machine *m = machine_of(move);

    for (size_t i = m->turns.begin; i < m->turns.end; i++)
        combine(m, to, gf_interval_point(factor[i == m->field->critic ? 0 : 1]),
                zero(), to, i);
}

static void blend(gf_move *move, size_t to, double keep, size_t from)
{
    gf_trap_machine *m = machine_of(move);
    gf_interval k = gf_interval_point(keep);
    gf_interval rest = gf_interval_sub(gf_interval_point(1), k);

    for (size_t i = m->turns.begin; i < m->turns.end; i++)
        combine(m, to, k, rest, from, i);
}

static void advance(gf_move *move, size_t to, double factor, double divisor,
                    size_t from)
{
    gf_trap_machine *m = machine_of(move);
    gf_interval f =
        gf_interval_div(gf_interval_point(factor), gf_interval_point(divisor));

    for (size_t i = m->turns.begin; i < m->turns.end; i++)
        combine(m, to, gf_interval_point(1), times(m->step[i], f), from, i);
}

/* --- the field --------------------------------------------------------- */

/* v, J and second derivatives over a vector's values. */
static void evaluate(gf_interval out[GF_TRAP_ROOTS], gf_trap_machine *m,
                     size_t at)
{
    const gf_interval *in = m->vector[at].value;

    for (size_t i = 0; i < 2; i++) {
        gf_range d = m->field->domain[i];
        if (!(in[i].lo > d.lo && in[i].hi < d.hi))
            m->failed = true;
    }
    if (m->failed) {
        for (size_t k = 0; k < GF_TRAP_ROOTS; k++)
            out[k] = gf_interval_whole(false);
        return;
    }
    gf_tape_interval(out, m->tape, in, m->work);
    for (size_t k = 0; k < GF_TRAP_ROOTS; k++)
        m->failed = m->failed || !out[k].defined;
}

/* d(J)[i][k] by s_j, at `at`. */
static gf_interval second(const gf_trap_machine *m,
                          const gf_interval value[GF_TRAP_ROOTS], size_t at,
                          size_t i, size_t k, size_t j)
{
    const gf_interval *two = value + GF_TRAP_SECONDS + 3 * i + k;

    return gf_interval_add(gf_interval_mul(two[0], m->vector[at].slope[0][j]),
                           gf_interval_mul(two[1], m->vector[at].slope[1][j]));
}

static void velocity(gf_move *move, size_t out, size_t at, bool all)
{
    gf_trap_machine *m = machine_of(move);
    const gf_trap_vector z = m->vector[at];
    gf_interval value[GF_TRAP_ROOTS];

    evaluate(value, m, at);
    for (size_t i = all ? 0 : m->turns.begin; i < (all ? 2 : m->turns.end);
         i++) {
        const gf_interval *row = value + GF_TRAP_SLOPES + 2 * i;
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
    gf_interval value[GF_TRAP_ROOTS];
    gf_trap_vector y;

    evaluate(value, m, at);
    for (size_t i = 0; i < 2; i++) {
        y.value[i] = zero();
        for (size_t j = 0; j < m->size; j++)
            y.slope[i][j] = zero();
        for (size_t k = 0; k < 2; k++) {
            size_t row = is_transposed ? k : i, column = is_transposed ? i : k;
            gf_interval c = value[GF_TRAP_SLOPES + 2 * row + column];
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

    for (size_t i = m->turns.begin; i < m->turns.end; i++) {
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
    gf_interval value[GF_TRAP_ROOTS], b[2], x[2];

    if (m->turns.begin > 0 ||
        m->turns.end < 2) { /* alone a player does as sgd */
        for (size_t i = m->turns.begin; i < m->turns.end; i++) {
            copy(move, out, v, false);
            combine(m, out, gf_interval_point(m->step[i]), zero(), out, i);
        }
        return;
    }
    evaluate(value, m, at);
    gf_interval p = times(m->step[0], value[GF_TRAP_SLOPES + 1]);
    gf_interval q = times(m->step[1], value[GF_TRAP_SLOPES + 2]);
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

const gf_machine gf_trap_operations = {
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
