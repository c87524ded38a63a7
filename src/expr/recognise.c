/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Naming a root: the simplest rational in the enclosure of x, exp x, x^2 or
 * x/pi suggests an exact expression; it counts only if h vanishes there
 * symbolically.
 */
#include "expr/chart.h"
#include "expr/interval.h"
#include "expr/ops.h"
#include "expr/tape.h"
#include "expr/trial.h"

enum { STEPS = 20000 };

/* How many bits must agree, and how many a name may have. */
typedef struct strictness {
    slong accuracy, bits;
} strictness;

static const strictness proved_root = {90, 40}, guess = {40, 16};

/* The simplest rational inside a narrow ball. */
static bool simplest(fmpq_t q, const arb_t ball, strictness s)
{
    fmpz_t a, b, e;
    fmpq_t lo, hi;
    bool found;

    if (!arb_is_finite(ball) ||
        (arb_rel_accuracy_bits(ball) < s.accuracy &&
         mag_cmp_2exp_si(arb_radref(ball), -s.accuracy) > 0))
        return false;
    fmpz_init(a);
    fmpz_init(b);
    fmpz_init(e);
    fmpq_init(lo);
    fmpq_init(hi);
    arb_get_interval_fmpz_2exp(a, b, e, ball);
    found = fmpz_cmpabs(e, (fmpz[]){2000}) <= 0;
    if (found) {
        fmpq_set_fmpz(lo, a);
        fmpq_set_fmpz(hi, b);
        if (fmpz_sgn(e) < 0) {
            fmpq_div_2exp(lo, lo, (flint_bitcnt_t)-fmpz_get_si(e));
            fmpq_div_2exp(hi, hi, (flint_bitcnt_t)-fmpz_get_si(e));
        } else {
            fmpq_mul_2exp(lo, lo, (flint_bitcnt_t)fmpz_get_si(e));
            fmpq_mul_2exp(hi, hi, (flint_bitcnt_t)fmpz_get_si(e));
        }
        fmpq_simplest_between(q, lo, hi);
        found = (slong)fmpz_bits(fmpq_denref(q)) < s.bits &&
                (slong)fmpz_bits(fmpq_numref(q)) < s.bits + 20;
    }
    fmpz_clear(a);
    fmpz_clear(b);
    fmpz_clear(e);
    fmpq_clear(lo);
    fmpq_clear(hi);
    return found;
}

static gf_expr accept(gf_graph *graph, gf_expr h, gf_expr symbol,
                      gf_expr candidate)
{
    gf_trial trial = gf_trial_begin(graph, STEPS);
    gf_expr value;
    bool zero;

    candidate = gf_expr_simplify(graph, candidate);
    value = gf_expr_substitute(graph, h, symbol, candidate);
    zero = value && gf_expr_is_zero(graph, value) == GF_YES;
    return gf_trial_end(&trial) && zero ? candidate : GF_EXPR_NONE;
}

static gf_expr as_log(gf_graph *graph, const fmpq_t q)
{
    return gf_call1(graph, GF_OP_LOG, gf_number_q(graph, q));
}

static gf_expr as_root(gf_graph *graph, const fmpq_t q)
{
    return gf_pow(graph, gf_number_q(graph, q), gf_expr_rational(graph, 1, 2));
}

static gf_expr as_pi(gf_graph *graph, const fmpq_t q)
{
    return gf_scale(graph, gf_node_make(graph, GF_OP_PI, NULL, 0), q);
}

static gf_expr recognise(gf_graph *graph, gf_expr h, gf_expr symbol,
                         const arb_t ball, strictness s)
{
    gf_expr found = GF_EXPR_NONE;
    arb_t y, pi;
    fmpq_t q;

    arb_init(y);
    arb_init(pi);
    fmpq_init(q);
    if (simplest(q, ball, s))
        found = accept(graph, h, symbol, gf_number_q(graph, q));
    arb_exp(y, ball, GF_TAPE_PRECISION);
    if (!found && simplest(q, y, s))
        found = accept(graph, h, symbol, as_log(graph, q));
    arb_sqr(y, ball, GF_TAPE_PRECISION);
    if (!found && simplest(q, y, s)) {
        gf_expr e = as_root(graph, q);
        if (arb_is_negative(ball))
            e = gf_expr_negative(graph, e);
        found = accept(graph, h, symbol, e);
    }
    arb_const_pi(pi, GF_TAPE_PRECISION);
    arb_div(y, ball, pi, GF_TAPE_PRECISION);
    if (!found && simplest(q, y, s))
        found = accept(graph, h, symbol, as_pi(graph, q));
    fmpq_clear(q);
    arb_clear(y);
    arb_clear(pi);
    return found;
}

gf_expr gf_recognise(gf_graph *graph, gf_expr h, gf_expr symbol,
                     const arb_t ball)
{
    return recognise(graph, h, symbol, ball, proved_root);
}

gf_expr gf_recognise_guess(gf_graph *graph, gf_expr h, gf_expr symbol,
                           const arb_t ball)
{
    return recognise(graph, h, symbol, ball, guess);
}

gf_root gf_root_of_exact(const gf_graph *graph, gf_expr exact, int order)
{
    gf_root root = {.exact = exact, .order = order};
    gf_interval enclosed;
    arb_t x;

    arb_init(x);
    gf_expr_ball(x, graph, exact, GF_TAPE_PRECISION);
    enclosed = gf_interval_of_ball(x);
    root.value = gf_expr_value(graph, exact);
    root.lo = enclosed.lo;
    root.hi = enclosed.hi;
    arb_clear(x);
    return root;
}
