/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of a rule on derivatives, in doubles. */
#include "analysis/dense.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/eigen.h"
#include "motion/derivative.h"

static gf_dense *dense_of(gf_move *move)
{
    return (gf_dense *)move;
}

static double *row(const gf_dense *d, size_t v, size_t i)
{
    return d->vector + (v * d->n + i) * d->columns;
}

static double speed_of(const gf_dense *d, size_t i)
{
    return d->game->speed[gf_turns_player(&d->turns, i)];
}

static double jacobian(const gf_dense *d, size_t i, size_t k)
{
    return d->game->jacobian[i * d->n + k];
}

/* --- operations -------------------------------------------------------- */

static void copy(gf_move *move, size_t to, size_t from, bool all)
{
    gf_dense *d = dense_of(move);
    size_t begin = all ? 0 : d->turns.begin, end = all ? d->n : d->turns.end;

    if (to != from)
        memcpy(row(d, to, begin), row(d, from, begin),
               (end - begin) * d->columns * sizeof *d->vector);
}

/* y = keep y + factor x, of n numbers */
static void combine(double *y, double keep, const double *x, double factor,
                    size_t n)
{
    for (size_t j = 0; j < n; j++)
        y[j] = keep * y[j] + factor * x[j];
}

static void add(gf_move *move, size_t to, double factor, size_t from)
{
    gf_dense *d = dense_of(move);

    for (size_t i = d->turns.begin; i < d->turns.end; i++)
        combine(row(d, to, i), 1, row(d, from, i), factor, d->columns);
}

static void scale(gf_move *move, size_t to, const double factor[2])
{
    gf_dense *d = dense_of(move);

    for (size_t i = d->turns.begin; i < d->turns.end; i++)
        combine(row(d, to, i), 0, row(d, to, i),
                factor[gf_turns_player(&d->turns, i)], d->columns);
}

static void blend(gf_move *move, size_t to, double keep, size_t from)
{
    gf_dense *d = dense_of(move);

    for (size_t i = d->turns.begin; i < d->turns.end; i++)
        combine(row(d, to, i), keep, row(d, from, i), 1 - keep, d->columns);
}

static void advance(gf_move *move, size_t to, double factor, double divisor,
                    size_t from)
{
    gf_dense *d = dense_of(move);

    for (size_t i = d->turns.begin; i < d->turns.end; i++)
        combine(row(d, to, i), 1, row(d, from, i),
                factor / divisor * d->step * speed_of(d, i), d->columns);
}

/* Rows [begin, end) of out = J x, or J' x; out is another vector than x. */
static void apply(gf_dense *d, size_t out, size_t x, bool is_transposed,
                  size_t begin, size_t end)
{
    d->evaluations++;
    for (size_t i = begin; i < end; i++) {
        double *y = row(d, out, i);
        memset(y, 0, d->columns * sizeof *y);
        for (size_t k = 0; k < d->n; k++) {
            double c = is_transposed ? jacobian(d, k, i) : jacobian(d, i, k);
            if (c != 0)
                combine(y, 1, row(d, x, k), c, d->columns);
        }
    }
}

static void velocity(gf_move *move, size_t out, size_t point, bool all)
{
    gf_dense *d = dense_of(move);

    apply(d, out, point, false, all ? 0 : d->turns.begin,
          all ? d->n : d->turns.end);
}

/* The second derivatives meet v = 0. */
static void product(gf_move *move, size_t out, size_t point, size_t x)
{
    (void)point;
    apply(dense_of(move), out, x, false, 0, dense_of(move)->n);
}

static void transposed(gf_move *move, size_t out, size_t point, size_t x)
{
    (void)point;
    apply(dense_of(move), out, x, true, 0, dense_of(move)->n);
}

static void metric(gf_move *move, size_t v, size_t point)
{
    gf_dense *d = dense_of(move);

    (void)point;
    for (size_t i = d->turns.begin; i < d->turns.end; i++)
        combine(row(d, v, i), 0, row(d, v, i), d->game->metric[i], d->columns);
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
    gf_dense *d = dense_of(move);

    (void)s;
    for (size_t i = d->turns.begin; i < d->turns.end; i++)
        combine(row(d, out, i), 0, row(d, m, i), factor[0] / eps, d->columns);
}

/* --- equations --------------------------------------------------------- */

/* 1 - H K of the numbers that move, K = J (crossed: between different players);
   NULL without memory. */
static gsl_matrix *system_of(const gf_dense *d, bool crossed)
{
    size_t size = d->turns.end - d->turns.begin;
    gsl_matrix *a = gsl_matrix_alloc(size, size);

    for (size_t i = d->turns.begin; i < d->turns.end && a; i++)
        for (size_t k = d->turns.begin; k < d->turns.end; k++) {
            bool same = (i < d->game->first) == (k < d->game->first);
            double c = crossed && same
                           ? 0
                           : d->step * speed_of(d, i) * jacobian(d, i, k);
            gsl_matrix_set(a, i - d->turns.begin, k - d->turns.begin,
                           (i == k) - c);
        }
    return a;
}

/* Rows [begin, end) of vector v solve (1 - H K) x = v. */
static void solve(gf_dense *d, size_t v, bool crossed)
{
    size_t size = d->turns.end - d->turns.begin;
    gsl_matrix *a = system_of(d, crossed);
    gsl_permutation *p = gsl_permutation_alloc(size);
    int sign;

    if (!a || !p)
        d->is_lost = true;
    else if (gsl_linalg_LU_decomp(a, p, &sign))
        d->is_singular = true;
    for (size_t i = 0; i < size && a && p; i++)
        d->is_singular = d->is_singular || gsl_matrix_get(a, i, i) == 0;
    for (size_t j = 0; j < d->columns && !d->is_singular && !d->is_lost; j++) {
        gsl_vector_view x = gsl_vector_view_array_with_stride(
            row(d, v, d->turns.begin) + j, d->columns, size);
        if (gsl_linalg_LU_svx(a, p, &x.vector))
            d->is_singular = true;
    }
    gsl_matrix_free(a);
    gsl_permutation_free(p);
}

/* z + H J (what stands still), before the equation is solved. */
static void implicit(gf_move *move, size_t to)
{
    gf_dense *d = dense_of(move);

    d->evaluations++;
    for (size_t i = d->turns.begin; i < d->turns.end; i++)
        for (size_t k = 0; k < d->n; k++)
            if (k < d->turns.begin || k >= d->turns.end)
                combine(row(d, to, i), 1, row(d, to, k),
                        d->step * speed_of(d, i) * jacobian(d, i, k),
                        d->columns);
    solve(d, to, false);
}

static void untangle(gf_move *move, size_t out, size_t point, size_t v)
{
    gf_dense *d = dense_of(move);

    (void)point;
    d->evaluations++;
    for (size_t i = d->turns.begin; i < d->turns.end; i++)
        combine(row(d, out, i), 0, row(d, v, i), d->step * speed_of(d, i),
                d->columns);
    if (d->turns.begin == 0 && d->turns.end == d->n)
        solve(d, out, true);
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

gf_status gf_dense_init(gf_dense *d, const gf_linear *game,
                        const gf_optimizer *optimizer,
                        const gf_stability_options *options, gf_error *error)
{
    const gf_optimizer_rule *rule = optimizer->rule;
    size_t n = game->size, state = gf_linear_state(rule, n);

    *d = (gf_dense){.game = game,
                    .optimizer = *optimizer,
                    .turns = gf_turns_of(optimizer, options->order,
                                         options->critic_steps, game->first, n,
                                         game->critic_second),
                    .n = n,
                    .columns = state,
                    .count = 1 + rule->memory + rule->scratch};
    if (state > GF_STABILITY_SAMPLED_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "'%s': a state of %zu numbers; at most %d can be "
                            "treated, and more only of rules that see nothing "
                            "but eigenvalues, as sgd, in simultaneous order",
                            rule->name, state, GF_STABILITY_SAMPLED_MAX);
    if ((rule->needs & GF_NEEDS_METRIC) && !game->metric)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s' needs the Fisher metric, which there is only "
                            "where D is a probability: domain (0, 1), no link",
                            rule->name);
    d->vector = calloc(d->count * n * state, sizeof *d->vector);
    d->map = calloc(state * state, sizeof *d->map);
    d->re = calloc(state, sizeof *d->re);
    d->im = calloc(state, sizeof *d->im);
    return d->vector && d->map && d->re && d->im
               ? GF_OK
               : gf_error_set(error, GF_MEMORY, "out of memory");
}

void gf_dense_clear(gf_dense *d)
{
    free(d->vector);
    free(d->map);
    free(d->re);
    free(d->im);
    *d = (gf_dense){.vector = NULL};
}

static void begin(gf_dense *d)
{
    const gf_optimizer_rule *rule = d->optimizer.rule;
    size_t column = 0;

    memset(d->vector, 0, d->count * d->n * d->columns * sizeof *d->vector);
    for (size_t v = 0; v <= rule->memory; v++) {
        bool is_copy = rule->copies & (1u << v);
        for (size_t i = 0; i < d->n; i++) {
            if (is_copy)
                row(d, v, i)[i] = 1;
            else if (gf_linear_has(rule, v))
                row(d, v, i)[column++] = 1;
        }
    }
}

/* Fills map at a step >= 0; at a pole is_singular is set. GF_MEMORY. */
static gf_status fill_map(gf_dense *d, double step, gf_error *error)
{
    const gf_optimizer_rule *rule = d->optimizer.rule;
    double *to = d->map;

    d->move = (gf_move){.machine = &machine, .number = d->optimizer.number};
    d->step = step;
    d->evaluations = 0;
    d->is_singular = d->is_lost = false;
    begin(d);
    for (size_t i = 0; i < d->turns.period; i++)
        gf_turns_round(&d->turns, &d->move);
    if (d->is_lost)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t v = 0; v <= rule->memory; v++) {
        if (!gf_linear_has(rule, v))
            continue;
        memcpy(to, row(d, v, 0), d->n * d->columns * sizeof *to);
        to += d->n * d->columns;
    }
    return GF_OK;
}

gf_status gf_dense_radius(double *out, gf_dense *d, double step,
                          gf_error *error)
{
    gf_status status = fill_map(d, step, error);
    double most = 0;

    *out = INFINITY;
    if (status)
        return status;
    for (size_t i = 0; i < d->columns * d->columns; i++)
        most = fmax(most, isfinite(d->map[i]) ? fabs(d->map[i]) : INFINITY);
    if (d->is_singular || !(most < 1e150))
        return GF_OK;
    status = gf_eigen_general(d->re, d->im, d->map, d->columns, 1, error);
    if (status)
        return status;
    *out = 0;
    for (size_t i = 0; i < d->columns; i++)
        *out = fmax(*out, hypot(d->re[i], d->im[i]));
    return GF_OK;
}
