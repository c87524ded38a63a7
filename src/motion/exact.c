/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of a rule on derivatives, in rational arithmetic. */
#include "motion/exact.h"

#include <math.h>

#include "base/number.h"
#include "expr/decimal.h"
#include "motion/poly_mat.h"

static gf_exact *exact_of(gf_move *move)
{
    return (gf_exact *)move;
}

static fmpq_poly_struct *at(const gf_exact *e, size_t v, size_t i, size_t j)
{
    return gf_exact_at(e, v, i, j);
}

static const fmpq *jacobian_at(const gf_linear_game *g, size_t i, size_t k)
{
    return fmpq_mat_entry(g->jacobian, (slong)i, (slong)k);
}

static const fmpq *speed_of(const gf_exact *e, size_t i)
{
    return e->game->speed[gf_turns_player(&e->turns, i)];
}

void gf_rational_of(fmpq_t out, double x)
{
    char text[GF_NUMBER_SIZE];
    bool in_range;

    gf_number_write(text, fabs(x));
    gf_decimal_read(out, text, &in_range);
    if (x < 0)
        fmpq_neg(out, out);
}

/* --- denominators ------------------------------------------------------ */

static void multiply(gf_exact *e, size_t v, const fmpq_poly_t by)
{
    for (size_t i = 0; i < e->n * e->columns; i++)
        fmpq_poly_mul(&e->vector[v].entry[i], &e->vector[v].entry[i], by);
    fmpq_poly_mul(e->vector[v].den, e->vector[v].den, by);
}

void gf_exact_match(gf_exact *e, size_t a, size_t b)
{
    fmpq_poly_t all, by;

    if (fmpq_poly_equal(e->vector[a].den, e->vector[b].den))
        return;
    fmpq_poly_init(all);
    fmpq_poly_init(by);
    fmpq_poly_lcm(all, e->vector[a].den, e->vector[b].den);
    fmpq_poly_div(by, all, e->vector[a].den);
    multiply(e, a, by);
    fmpq_poly_div(by, all, e->vector[b].den);
    multiply(e, b, by);
    fmpq_poly_clear(all);
    fmpq_poly_clear(by);
}

/* --- operations -------------------------------------------------------- */

static void copy(gf_move *move, size_t to, size_t from, bool all)
{
    gf_exact *e = exact_of(move);

    gf_exact_match(e, to, from);
    for (size_t i = all ? 0 : e->turns.begin; i < (all ? e->n : e->turns.end);
         i++)
        for (size_t j = 0; j < e->columns; j++)
            fmpq_poly_set(at(e, to, i, j), at(e, from, i, j));
}

/* to = keep to + factor h^power speed^power from */
static void combine(gf_exact *e, size_t to, const fmpq_t keep,
                    const fmpq_t factor, bool by_step, size_t from)
{
    fmpq_t f;

    fmpq_init(f);
    gf_exact_match(e, to, from);
    for (size_t i = e->turns.begin; i < e->turns.end; i++) {
        fmpq_set(f, factor);
        if (by_step)
            fmpq_mul(f, f, speed_of(e, i));
        for (size_t j = 0; j < e->columns; j++) {
            fmpq_poly_scalar_mul_fmpq(e->work, at(e, from, i, j), f);
            if (by_step)
                fmpq_poly_shift_left(e->work, e->work, 1);
            fmpq_poly_scalar_mul_fmpq(at(e, to, i, j), at(e, to, i, j), keep);
            fmpq_poly_add(at(e, to, i, j), at(e, to, i, j), e->work);
        }
    }
    fmpq_clear(f);
}

static void add(gf_move *move, size_t to, double factor, size_t from)
{
    fmpq_t one, f;

    fmpq_init(one);
    fmpq_init(f);
    fmpq_one(one);
    gf_rational_of(f, factor);
    combine(exact_of(move), to, one, f, false, from);
    fmpq_clear(one);
    fmpq_clear(f);
}

static void scale(gf_move *move, size_t to, const double factor[2])
{
    gf_exact *e = exact_of(move);
    fmpq_t f;

    fmpq_init(f);
    for (size_t i = e->turns.begin; i < e->turns.end; i++) {
        gf_rational_of(f, factor[gf_turns_player(&e->turns, i)]);
        for (size_t j = 0; j < e->columns; j++)
            fmpq_poly_scalar_mul_fmpq(at(e, to, i, j), at(e, to, i, j), f);
    }
    fmpq_clear(f);
}

static void blend(gf_move *move, size_t to, double keep, size_t from)
{
    fmpq_t k, f;

    fmpq_init(k);
    fmpq_init(f);
    fmpq_one(f);
    gf_rational_of(k, keep);
    fmpq_sub(f, f, k);
    combine(exact_of(move), to, k, f, false, from);
    fmpq_clear(k);
    fmpq_clear(f);
}

static void advance(gf_move *move, size_t to, double factor, double divisor,
                    size_t from)
{
    fmpq_t one, f, d;

    fmpq_init(one);
    fmpq_init(f);
    fmpq_init(d);
    fmpq_one(one);
    gf_rational_of(f, factor);
    gf_rational_of(d, divisor);
    fmpq_div(f, f, d);
    combine(exact_of(move), to, one, f, true, from);
    fmpq_clear(one);
    fmpq_clear(f);
    fmpq_clear(d);
}

/* Rows [begin, end) of out = J d, or J' d. */
static void apply(gf_exact *e, size_t out, size_t d, bool is_transposed,
                  size_t begin, size_t end)
{
    const gf_linear_game *g = e->game;

    e->evaluations++;
    gf_exact_match(e, out, d);
    for (size_t i = begin; i < end; i++) {
        for (size_t j = 0; j < e->columns; j++) {
            fmpq_poly_zero(at(e, out, i, j));
            for (size_t k = 0; k < e->n; k++) {
                const fmpq *c =
                    is_transposed ? jacobian_at(g, k, i) : jacobian_at(g, i, k);
                fmpq_poly_scalar_mul_fmpq(e->work, at(e, d, k, j), c);
                fmpq_poly_add(at(e, out, i, j), at(e, out, i, j), e->work);
            }
        }
    }
}

static void velocity(gf_move *move, size_t out, size_t point, bool all)
{
    gf_exact *e = exact_of(move);

    apply(e, out, point, false, all ? 0 : e->turns.begin,
          all ? e->n : e->turns.end);
}

/* The second derivatives meet v = 0. */
static void product(gf_move *move, size_t out, size_t point, size_t d)
{
    (void)point;
    apply(exact_of(move), out, d, false, 0, exact_of(move)->n);
}

static void transposed(gf_move *move, size_t out, size_t point, size_t d)
{
    (void)point;
    apply(exact_of(move), out, d, true, 0, exact_of(move)->n);
}

static void metric(gf_move *move, size_t v, size_t point)
{
    gf_exact *e = exact_of(move);

    (void)point;
    for (size_t i = e->turns.begin; i < e->turns.end; i++)
        for (size_t j = 0; j < e->columns; j++)
            fmpq_poly_scalar_mul_fmpq(at(e, v, i, j), at(e, v, i, j),
                                      &e->game->metric[i]);
}

static void square(gf_move *move, size_t to, double keep, size_t from)
{
    (void)move, (void)to, (void)keep, (void)from;
}

static void peak(gf_move *move, size_t to, size_t from)
{
    (void)move, (void)to, (void)from;
}

static void normalize(gf_move *move, size_t out, size_t m, size_t s,
                      const double factor[2], double eps)
{
    gf_exact *e = exact_of(move);
    fmpq_t zero, f, d;

    (void)s;
    fmpq_init(zero);
    fmpq_init(f);
    fmpq_init(d);
    gf_rational_of(f, factor[0]);
    gf_rational_of(d, eps);
    fmpq_div(f, f, d);
    if (out == m)
        combine(e, out, f, zero, false, m);
    else
        combine(e, out, zero, f, false, m);
    fmpq_clear(zero);
    fmpq_clear(f);
    fmpq_clear(d);
}

/* --- equations --------------------------------------------------------- */

/* Rows [begin, end) of vector v solve (1 - H K) x = v, K = J between numbers
   that move (crossed: of different players). */
static void solve(gf_exact *e, size_t v, bool crossed)
{
    const gf_linear_game *g = e->game;
    size_t n = e->turns.end - e->turns.begin;
    gf_poly_mat a, b;
    fmpq_t c;

    fmpq_init(c);
    gf_poly_mat_init(&a, n, n);
    gf_poly_mat_init(&b, n, e->columns);
    for (size_t i = e->turns.begin; i < e->turns.end; i++) {
        for (size_t k = e->turns.begin; k < e->turns.end; k++) {
            bool same = (i < g->first) == (k < g->first);
            fmpq_poly_struct *entry =
                gf_poly_mat_at(&a, i - e->turns.begin, k - e->turns.begin);
            fmpq_mul(c, jacobian_at(g, i, k), speed_of(e, i));
            fmpq_neg(c, c);
            if (!(crossed && same))
                fmpq_poly_set_coeff_fmpq(entry, 1, c);
            if (i == k)
                fmpq_poly_set_coeff_si(entry, 0, 1);
        }
        for (size_t j = 0; j < e->columns; j++)
            fmpq_poly_set(gf_poly_mat_at(&b, i - e->turns.begin, j),
                          at(e, v, i, j));
    }
    gf_poly_mat_solve(e->work, &b, &a);
    /* the rows that do not move keep their value over the new denominator */
    multiply(e, v, e->work);
    for (size_t i = e->turns.begin; i < e->turns.end; i++)
        for (size_t j = 0; j < e->columns; j++)
            fmpq_poly_set(at(e, v, i, j),
                          gf_poly_mat_at(&b, i - e->turns.begin, j));
    gf_poly_mat_clear(&a);
    gf_poly_mat_clear(&b);
    fmpq_clear(c);
}

/* z + H J (what stands still), before the equation is solved. */
static void implicit(gf_move *move, size_t to)
{
    gf_exact *e = exact_of(move);
    const gf_linear_game *g = e->game;
    fmpq_t c;

    fmpq_init(c);
    e->evaluations++;
    for (size_t i = e->turns.begin; i < e->turns.end; i++) {
        for (size_t k = 0; k < e->n; k++) {
            if (k >= e->turns.begin && k < e->turns.end)
                continue;
            fmpq_mul(c, jacobian_at(g, i, k), speed_of(e, i));
            for (size_t j = 0; j < e->columns; j++) {
                fmpq_poly_scalar_mul_fmpq(e->work, at(e, to, k, j), c);
                fmpq_poly_shift_left(e->work, e->work, 1);
                fmpq_poly_add(at(e, to, i, j), at(e, to, i, j), e->work);
            }
        }
    }
    solve(e, to, false);
    fmpq_clear(c);
}

static void untangle(gf_move *move, size_t out, size_t point, size_t v)
{
    gf_exact *e = exact_of(move);
    fmpq_t zero, one;

    (void)point;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    e->evaluations++;
    combine(e, out, zero, one, true, v);
    if (e->turns.begin == 0 && e->turns.end == e->n)
        solve(e, out, true);
    fmpq_clear(zero);
    fmpq_clear(one);
}

const gf_machine gf_exact_machine = {
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
