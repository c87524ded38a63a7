/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In simultaneous order many rules see of a game only HJ, linearly in the
 * state, so that each eigenvalue of HJ, or pair of them, is a game of its own.
 * The steps that are stable are those that are so for every part; the
 * eigenvalues are rounded, so nothing is claimed within 1e-9 of the circle.
 */
#include "analysis/spectral.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/best_step.h"
#include "analysis/linear.h"

#define CLOSE 1e-9

typedef struct parts {
    gf_stability_result *part;
    gf_multiplier_poly *poly;
    size_t count;
} parts;

/* --- parts ------------------------------------------------------------- */

static gf_status eigenvalues(gsl_vector_complex *out, const gf_linear *game,
                             gf_error *error)
{
    size_t n = game->size;
    gsl_eigen_nonsymm_workspace *work = gsl_eigen_nonsymm_alloc(n);
    gsl_matrix *m = gsl_matrix_alloc(n, n);
    int trouble = 0;

    for (size_t i = 0; i < n && m; i++)
        for (size_t j = 0; j < n; j++) {
            bool is_critic = (i < game->first) != game->critic_second;
            gsl_matrix_set(m, i, j,
                           game->speed[is_critic ? 0 : 1] *
                               game->jacobian[i * n + j]);
        }
    if (m && work)
        trouble = gsl_eigen_nonsymm(m, out, work);
    bool is_there = m && work;
    gsl_matrix_free(m);
    gsl_eigen_nonsymm_free(work);
    if (!is_there)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return trouble ? gf_error_set(error, GF_INTERNAL,
                                  "the eigenvalues were not found")
                   : GF_OK;
}

static gf_status add_part(parts *all, gsl_complex lambda,
                          const gf_optimizer *optimizer,
                          const gf_stability_options *options, gf_error *error)
{
    double re = GSL_REAL(lambda), im = GSL_IMAG(lambda);
    const double j[4] = {re, -im, im, re};
    gf_linear game = {.size = im == 0 ? 1 : 2, .jacobian = j, .speed = {1, 1}};
    gf_stability_options own = *options;

    own.intervals_only = true;
    gf_stability_init(&all->part[all->count]);
    gf_multiplier_poly_init(&all->poly[all->count]);
    gf_multiplier_poly *p = &all->poly[all->count];
    gf_stability_result *s = &all->part[all->count++];
    gf_status status =
        gf_linear_poly(p, &game, optimizer, GF_SIMULTANEOUS, 1, error);
    return status ? status : gf_stability_of_poly(s, p, &own, error);
}

static void clear(parts *all)
{
    for (size_t i = 0; i < all->count; i++) {
        gf_stability_clear(&all->part[i]);
        gf_multiplier_poly_clear(&all->poly[i]);
    }
    free(all->part);
    free(all->poly);
}

/* --- intervals --------------------------------------------------------- */

static bool has(const gf_steps_list *list, double h)
{
    for (size_t i = 0; i < list->count; i++)
        if (h > list->interval[i].lo && h < list->interval[i].hi)
            return true;
    return false;
}

/* 1: stable for all parts at h; 0: neutral; -1: neither. */
static int state_at(const parts *all, double h)
{
    int state = 1;

    for (size_t i = 0; i < all->count; i++) {
        if (has(&all->part[i].stable, h))
            continue;
        if (!has(&all->part[i].neutral, h))
            return -1;
        state = 0;
    }
    return state;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The ends of all intervals, ascending, from 0 to infinity; NULL: no memory. */
static double *collect(size_t *count, const parts *all)
{
    size_t most = 2;

    for (size_t i = 0; i < all->count; i++)
        most += 2 * (all->part[i].stable.count + all->part[i].neutral.count);
    double *end = calloc(most, sizeof *end);
    *count = 0;
    if (!end)
        return NULL;
    end[(*count)++] = 0;
    end[(*count)++] = INFINITY;
    for (size_t i = 0; i < all->count; i++) {
        const gf_steps_list *list[2] = {&all->part[i].stable,
                                        &all->part[i].neutral};
        for (size_t k = 0; k < 2; k++)
            for (size_t n = 0; n < list[k]->count; n++) {
                end[(*count)++] = list[k]->interval[n].lo;
                end[(*count)++] = list[k]->interval[n].hi;
            }
    }
    qsort(end, *count, sizeof *end, by_size);
    return end;
}

static void append(gf_steps_list *list, gf_steps piece, bool goes_on)
{
    if (goes_on && list->count > 0)
        list->interval[list->count - 1].hi = piece.hi;
    else
        list->interval[list->count++] = piece;
}

static gf_status intersect(gf_stability_result *s, const parts *all,
                           gf_error *error)
{
    size_t count;
    double *end = collect(&count, all);
    int last = -1;

    s->stable.interval = calloc(count + 1, sizeof *s->stable.interval);
    s->neutral.interval = calloc(count + 1, sizeof *s->neutral.interval);
    bool is_good = end && s->stable.interval && s->neutral.interval;
    for (size_t i = 0; i + 1 < count && is_good; i++) {
        if (!(end[i] < end[i + 1]))
            continue;
        double middle =
            isinf(end[i + 1]) ? 2 * end[i] + 1 : (end[i] + end[i + 1]) / 2;
        int state = state_at(all, middle);
        bool goes_on = state == last && state_at(all, end[i]) == state;
        gf_steps piece = {end[i], end[i + 1]};
        if (state >= 0)
            append(state > 0 ? &s->stable : &s->neutral, piece, goes_on);
        last = state;
    }
    free(end);
    return is_good ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}

/* What the part says that ends an interval. */
static gf_status find_limits(gf_stability_result *s, const parts *all,
                             gf_error *error)
{
    s->limit = calloc(2 * s->stable.count + 1, sizeof *s->limit);
    if (!s->limit)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < 2 * s->stable.count; i++) {
        const gf_steps *piece = &s->stable.interval[i / 2];
        double end = i % 2 ? piece->hi : piece->lo;
        bool is_found = false;
        for (size_t k = 0; k < all->count && !is_found; k++)
            for (size_t n = 0; n < all->part[k].limit_count && !is_found; n++)
                if (all->part[k].limit[n].step == end) {
                    s->limit[s->limit_count++] = all->part[k].limit[n];
                    is_found = true;
                }
    }
    return GF_OK;
}

/* --- a step ------------------------------------------------------------ */

static int by_radius(const void *a, const void *b)
{
    const gf_multiplier *x = a, *y = b;
    double p = hypot(x->re, x->im), q = hypot(y->re, y->im);

    return (p < q) - (p > q);
}

static gf_status look_at(gf_stability_result *s, const parts *all, double step,
                         gf_error *error)
{
    size_t most = 1;

    s->step = step;
    s->radius = 0;
    s->is_stable = GF_YES;
    for (size_t i = 0; i < all->count; i++)
        most += all->part[i].count;
    s->multiplier = calloc(most, sizeof *s->multiplier);
    if (!s->multiplier)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < all->count; i++) {
        const gf_stability_result *part = &all->part[i];
        for (size_t k = 0; k < part->count; k++)
            s->multiplier[s->count++] = part->multiplier[k];
        s->radius = fmax(s->radius, part->radius);
    }
    qsort(s->multiplier, s->count, sizeof *s->multiplier, by_radius);
    s->is_stable = s->radius > 1 + CLOSE   ? GF_NO
                   : s->radius < 1 - CLOSE ? GF_YES
                                           : GF_UNKNOWN;
    return GF_OK;
}

static void find_best(gf_stability_result *s, const parts *all)
{
    for (size_t i = 0; i < s->stable.count; i++) {
        double radius, step = gf_best_step(&radius, all->poly, all->count,
                                           s->stable.interval[i]);
        if (!(radius >= s->best_radius)) {
            s->best_step = step;
            s->best_radius = radius;
        }
    }
    s->radius_per_step = pow(s->best_radius, 1 / (double)s->period);
    s->radius_per_evaluation = pow(s->best_radius, 1 / (double)s->evaluations);
}

gf_status gf_stability_spectral(gf_stability_result *s, const gf_linear *game,
                                const gf_optimizer *optimizer,
                                const gf_stability_options *options,
                                gf_error *error)
{
    size_t n = game->size;
    gsl_vector_complex *lambda = gsl_vector_complex_alloc(n);
    parts all = {.part = calloc(n, sizeof *all.part),
                 .poly = calloc(n, sizeof *all.poly)};
    gf_status status = GF_OK;

    if (!lambda || !all.part || !all.poly)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        status = eigenvalues(lambda, game, error);
    for (size_t i = 0; i < n && !status; i++)
        if (GSL_IMAG(gsl_vector_complex_get(lambda, i)) >= 0)
            status = add_part(&all, gsl_vector_complex_get(lambda, i),
                              optimizer, options, error);
    if (!status)
        status = intersect(s, &all, error);
    if (!status)
        status = find_limits(s, &all, error);
    if (!status && options->step > 0)
        status = look_at(s, &all, options->step, error);
    s->state = gf_linear_state(optimizer->rule, n);
    s->period = all.count > 0 ? all.part[0].period : 1;
    s->evaluations = all.count > 0 ? all.part[0].evaluations : 1;
    s->decided = GF_DECIDED_SAMPLED;
    if (!status && !options->intervals_only)
        find_best(s, &all);
    gsl_vector_complex_free(lambda);
    clear(&all);
    return status;
}
