/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lyapunov exponents of flows [benettin1980], averaged as in [das2017]. */
#include "analysis/lyapunov.h"

#include <math.h>

#include <ganfield/flow.h>

#include "motion/trajectory.h"

/* The turn of the first frame: no direction of any field, so that the first
   direction of a decoupled one is not the slow one for ever. */
#define FRAME_ANGLE 1.0
/* What is lost in sums of logarithms. */
#define ROUNDING 1e-14

enum { SAMPLES = 1024, STEPS_MAX = 2000000 };

/* --- averages ---------------------------------------------------------- */

/* Where the windows begin and end, in quarters. */
static const size_t window_from[GF_WINDOWS] = {1, 2, 2, 3};
static const size_t window_to[GF_WINDOWS] = {2, 4, 3, 4};
enum { WINDOW_BEFORE, WINDOW_HALF };

void gf_average_add(gf_average *a, const double *growth)
{
    for (size_t w = 0; w < GF_WINDOWS; w++) {
        double from = (double)a->length * (double)window_from[w] / 4;
        double to = (double)a->length * (double)window_to[w] / 4;
        double x = ((double)a->count + 0.5 - from) / (to - from);
        if (!(x > 0 && x < 1))
            continue;
        double weight = exp(4 - 1 / (x * (1 - x)));
        a->weight[w] += weight;
        for (size_t i = 0; i < a->exponents; i++)
            a->sum[w][i] += weight * growth[i];
    }
    a->count++;
}

static double mean(const gf_average *a, size_t window, size_t i, double unit)
{
    return a->sum[window][i] / (a->weight[window] * unit);
}

void gf_average_read(gf_exponents *out, const gf_average *a, double unit)
{
    for (size_t i = 0; i < a->exponents; i++) {
        out->value[i] = mean(a, WINDOW_HALF, i, unit);
        out->bar[i] = 0;
        for (size_t w = 0; w < GF_WINDOWS; w++)
            out->bar[i] = fmax(out->bar[i],
                               2 * fabs(mean(a, w, i, unit) - out->value[i]));
    }
}

void gf_exponents_plain(gf_exponents *out, const double growth[2], double shear)
{
    double ratio = exp(growth[1] - growth[0]);
    double sum = 1 + shear * shear + ratio * ratio;
    double square = (sum + sqrt(fmax(0, sum * sum - 4 * ratio * ratio))) / 2;

    out->finite = (growth[0] + log(square) / 2) / out->time;
    for (size_t i = 0; i < 2; i++) {
        out->value[i] = growth[i] / out->time;
        out->bar[i] = NAN;
    }
}

void gf_exponents_sort(gf_exponents *e)
{
    double value = e->value[0], bar = e->bar[0];

    if (!(e->value[1] > e->value[0]))
        return;
    e->value[0] = e->value[1];
    e->bar[0] = e->bar[1];
    e->value[1] = value;
    e->bar[1] = bar;
}

/* --- a run ------------------------------------------------------------- */

gf_status gf_lyapunov_settle(gf_lyapunov_options *out,
                             const gf_lyapunov_options *options,
                             gf_error *error)
{
    static const gf_lyapunov_options none = {0};
    const char *trouble = NULL;

    *out = options ? *options : none;
    if (!(out->until >= 0) || !isfinite(out->until))
        trouble = "the end must be a finite time > 0";
    else if (!(out->rtol == 0 || out->rtol >= 1e-14) || !(out->rtol < 1))
        trouble = "the relative tolerance must be at least 1e-14 and below 1";
    else if (!(out->atol >= 0) || !isfinite(out->atol))
        trouble = "the absolute tolerance must be > 0";
    else if (!(out->clip >= 0) || !isfinite(out->clip))
        trouble = "the bound of the critic's coordinate must be > 0";
    if (trouble)
        return gf_error_set(error, GF_ARGUMENT, "%s", trouble);
    out->until = out->until > 0 ? out->until : GF_LYAPUNOV_UNTIL;
    out->rtol = out->rtol > 0 ? out->rtol : GF_FLOW_RTOL;
    out->atol = out->atol > 0 ? out->atol : GF_FLOW_ATOL;
    out->most_steps = out->most_steps > 0 ? out->most_steps : STEPS_MAX;
    return GF_OK;
}

/* Runs to the end, in equal parts that are averaged. */
static gf_status follow(gf_exponents *out, gf_average *average, gf_tangent *t,
                        double until)
{
    gf_status status = GF_OK;
    gf_leg leg = GF_LEG_STEP;

    *average = (gf_average){.exponents = 2, .length = SAMPLES};
    for (size_t k = 0; k < SAMPLES && leg != GF_LEG_STOP && !status; k++) {
        double end = until * (double)(k + 1) / SAMPLES;
        double before[2] = {t->growth[0], t->growth[1]}, growth[2];
        while (t->t < end && leg != GF_LEG_STOP && !status)
            status = gf_tangent_advance(&leg, t, end);
        for (size_t i = 0; i < 2; i++)
            growth[i] =
                t->growth[i] == before[i] ? 0 : t->growth[i] - before[i];
        gf_average_add(average, growth);
    }
    out->stop = leg == GF_LEG_STOP ? t->stop : GF_STOP_END;
    out->time = t->t;
    out->end = (gf_vec2){t->y[0], t->y[1]};
    out->slide_time = t->slide_time;
    out->steps = t->steps;
    out->evaluations += t->evaluations;
    return status;
}

static gf_status run(gf_exponents *out, gf_mode_set *modes, gf_vec2 start,
                     const gf_lyapunov_options *options, double tighter,
                     gf_error *error)
{
    gf_tangent_options how = {.rtol = options->rtol * tighter,
                              .atol = options->atol * tighter,
                              .most_steps = options->most_steps};
    gf_average average;
    gf_tangent t;
    gf_status status = gf_tangent_init(&t, modes, &how, error);

    if (status)
        return status;
    status = gf_tangent_begin(&t, start, FRAME_ANGLE);
    if (!status)
        status = follow(out, &average, &t, options->until);
    if (!status)
        gf_exponents_plain(out, t.growth, t.shear);
    if (!status && out->stop == GF_STOP_END)
        gf_average_read(out, &average, options->until / SAMPLES);
    if (!status && isinf(t.growth[1])) {
        out->value[1] = -INFINITY;
        out->bar[1] = 0;
    }
    gf_tangent_clear(&t);
    return status;
}

gf_status gf_lyapunov_flow(gf_exponents *out, const gf_field *field,
                           gf_vec2 start, const gf_lyapunov_options *options,
                           gf_error *error)
{
    gf_lyapunov_options settled;
    gf_exponents coarse = {.start = start, .count = 2}, fine = coarse;
    gf_mode_set modes;
    gf_status status = gf_lyapunov_settle(&settled, options, error);

    if (!status)
        status = gf_start_check(field, start, settled.project, error);
    if (status)
        return status;
    gf_walls walls = {settled.clip, settled.project};
    status = gf_mode_set_init(&modes, field, &walls, error);
    if (!status)
        status = run(&coarse, &modes, start, &settled, 1, error);
    if (!status)
        status = run(&fine, &modes, start, &settled, 0.5, error);
    gf_mode_set_clear(&modes);
    if (status)
        return status;
    for (size_t i = 0; i < 2; i++)
        if (isfinite(fine.value[i]))
            fine.bar[i] +=
                2 * fabs(fine.value[i] - coarse.value[i]) +
                (settled.rtol / 1000 + ROUNDING) * fmax(1, fabs(fine.value[i]));
    fine.evaluations += coarse.evaluations;
    gf_exponents_sort(&fine);
    *out = fine;
    return GF_OK;
}
