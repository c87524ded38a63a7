/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lyapunov exponents of optimizers: of the map of the whole state, z and what
 * the rule remembers, by its exact derivative (dual.h).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/dual.h"
#include "analysis/lyapunov.h"
#include "motion/trajectory.h"

/* What is lost in sums of logarithms. */
#define ROUNDING 1e-14

typedef struct march {
    gf_exponents *out;
    gf_dual *dual;
    const gf_map_options *options;
    gf_average average;
    double growth[GF_EXPONENTS_MAX];
    double time;
    gf_error *error;
} march;

/* The entry of direction k in row r of the state. */
static double *entry(gf_dual *s, size_t r, size_t k)
{
    return &s->vector[r / 2].d[r % 2][k];
}

static double project(gf_dual *s, size_t k, size_t on)
{
    double sum = 0;

    for (size_t r = 0; r < s->size; r++)
        sum += *entry(s, r, k) * *entry(s, r, on);
    for (size_t r = 0; r < s->size; r++)
        *entry(s, r, k) -= sum * *entry(s, r, on);
    return sum;
}

static double length_of(gf_dual *s, size_t k)
{
    double sum = 0;

    for (size_t r = 0; r < s->size; r++)
        sum += *entry(s, r, k) * *entry(s, r, k);
    return sqrt(sum);
}

/* A direction that has vanished begins anew across the ones before it. */
static void renew(gf_dual *s, size_t k)
{
    for (size_t axis = 0; axis < s->size; axis++) {
        for (size_t r = 0; r < s->size; r++)
            *entry(s, r, k) = r == axis ? 1 : 0;
        for (int twice = 0; twice < 2; twice++)
            for (size_t i = 0; i < k; i++)
                (void)project(s, k, i);
        double length = length_of(s, k);
        if (length < 0.3)
            continue;
        for (size_t r = 0; r < s->size; r++)
            *entry(s, r, k) /= length;
        return;
    }
}

/* Gram and Schmidt; the logarithms of R's diagonal. */
static void straighten(double growth[GF_EXPONENTS_MAX], gf_dual *s)
{
    for (size_t k = 0; k < s->size; k++) {
        double before = length_of(s, k);
        for (int twice = 0; twice < 2; twice++)
            for (size_t i = 0; i < k; i++)
                (void)project(s, k, i);
        double length = length_of(s, k);
        if (!(length > 1e-14 * before) || length < 1e-290) {
            growth[k] = -INFINITY;
            renew(s, k);
            continue;
        }
        growth[k] = log(length);
        for (size_t r = 0; r < s->size; r++)
            *entry(s, r, k) /= length;
    }
}

static double step_now(const march *m, size_t n)
{
    return m->options->schedule
               ? gf_schedule_at(m->options->schedule, m->time, n)
               : m->options->step;
}

/* A direction lost on the way (the first step of a rule that begins otherwise)
   is no exponent; one that is lost again and again is. */
static void take(march *m, double growth[GF_EXPONENTS_MAX])
{
    for (size_t k = 0; k < m->dual->size; k++) {
        if (isinf(growth[k]) && 2 * m->average.count < m->average.length)
            growth[k] = 0;
        m->growth[k] += growth[k];
    }
    gf_average_add(&m->average, growth);
}

static gf_status go(march *m)
{
    gf_dual *s = m->dual;
    gf_exponents *out = m->out;

    out->stop = GF_STOP_END;
    for (size_t n = 0; n < m->options->steps; n++) {
        double growth[GF_EXPONENTS_MAX], h = step_now(m, n);
        gf_vec2 before = {s->vector[0].x[0], s->vector[0].x[1]};
        if (!(h >= 0) || !isfinite(h))
            return gf_error_set(m->error, GF_ARGUMENT,
                                "the schedule's step at t = %g, n = %zu is %g; "
                                "it must be >= 0",
                                m->time, n, h);
        out->end = before;
        if (!gf_dual_step(s, h)) {
            bool is_large = !(fabs(s->vector[0].x[0]) <= 1e100) ||
                            !(fabs(s->vector[0].x[1]) <= 1e100);
            out->stop = is_large ? GF_STOP_BLEW_UP : GF_STOP_LEFT_DOMAIN;
            return GF_OK;
        }
        straighten(growth, s);
        take(m, growth);
        m->time += h;
        out->time = (double)(n + 1);
        out->end = (gf_vec2){s->vector[0].x[0], s->vector[0].x[1]};
    }
    return GF_OK;
}

/* The larger first. */
static void sort(gf_exponents *e)
{
    for (size_t i = 1; i < e->count; i++)
        for (size_t k = i; k > 0 && e->value[k] > e->value[k - 1]; k--) {
            double value = e->value[k], bar = e->bar[k];
            e->value[k] = e->value[k - 1];
            e->bar[k] = e->bar[k - 1];
            e->value[k - 1] = value;
            e->bar[k - 1] = bar;
        }
}

static void finish(march *m)
{
    gf_exponents *out = m->out;

    out->count = m->dual->size;
    out->steps = (size_t)out->time;
    out->evaluations = m->dual->evaluations;
    out->finite = NAN;
    for (size_t k = 0; k < out->count; k++) {
        out->value[k] = m->growth[k] / out->time;
        out->bar[k] = NAN;
    }
    if (out->stop == GF_STOP_END)
        gf_average_read(out, &m->average, 1);
    for (size_t k = 0; k < out->count; k++)
        out->bar[k] += ROUNDING * fmax(1, fabs(out->value[k]));
    for (size_t k = 0; k < out->count; k++)
        if (isinf(m->growth[k])) {
            out->value[k] = -INFINITY;
            out->bar[k] = 0;
        }
    sort(out);
}

gf_status gf_lyapunov_check_map(const gf_field *field,
                                const gf_map_options *options, size_t least,
                                gf_error *error)
{
    const char *trouble = NULL;

    if (!options->schedule &&
        (!(options->step > 0) || !isfinite(options->step)))
        trouble = "the step must be > 0";
    else if (options->steps < least || options->steps > GF_MAP_STEPS_MAX)
        trouble = least > 1 ? "exponents need at least 8 steps, and at most a "
                              "thousand million"
                            : "a grid needs steps, at most a thousand million";
    else if (options->order == GF_SIMULTANEOUS && options->critic_steps > 1)
        trouble = "more steps of the critic need the alternating order";
    else if (options->noise > 0)
        trouble = "exponents of a noisy map are not computed";
    else if (options->project && !field->has_physical)
        trouble = "the field has no physical range to keep";
    return trouble ? gf_error_set(error, GF_ARGUMENT, "%s", trouble) : GF_OK;
}

gf_status gf_lyapunov_map(gf_exponents *out, const gf_field *field,
                          gf_vec2 start, const gf_optimizer *optimizer,
                          const gf_map_options *options, gf_error *error)
{
    gf_exponents found = {.start = start, .end = start};
    march m = {.out = &found,
               .options = options,
               .average = {.length = options->steps},
               .error = error};
    gf_status status = gf_lyapunov_check_map(field, options, 8, error);

    if (!status)
        status = gf_start_check(field, start, options->project, error);
    if (status)
        return status;
    m.dual = malloc(sizeof *m.dual);
    if (!m.dual)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    status = gf_dual_init(m.dual, field, optimizer, options, error);
    if (!status) {
        gf_dual_begin(m.dual, start);
        m.average.exponents = m.dual->size;
        status = go(&m);
    }
    if (!status)
        finish(&m);
    gf_dual_clear(m.dual);
    free(m.dual);
    if (!status)
        *out = found;
    return status;
}
