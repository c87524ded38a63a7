/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scan says of the stability of a large game. */
#include "analysis/sampled.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/limit.h"
#include "analysis/scan.h"

static gf_status take_intervals(gf_stability_result *out, const gf_scan *s)
{
    out->stable.interval = calloc(s->ends + 1, sizeof *out->stable.interval);
    out->neutral.interval = calloc(s->ends + 1, sizeof *out->neutral.interval);
    if (!out->stable.interval || !out->neutral.interval)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i <= s->ends; i++) {
        gf_steps piece = {i > 0 ? s->end[i - 1] : 0,
                          i < s->ends ? s->end[i] : INFINITY};
        gf_steps_list *list = s->sign[i] < 0 ? &out->stable : &out->neutral;
        if (s->sign[i] <= 0)
            list->interval[list->count++] = piece;
    }
    return GF_OK;
}

static gf_limit limit_at(gf_scan *s, double h)
{
    double f = gf_scan_height(h, s), nearest = INFINITY, angle = NAN;

    for (size_t i = 0; i < s->dense.columns && isfinite(f); i++) {
        double off = fabs(hypot(s->dense.re[i], s->dense.im[i]) - 1);
        if (off < nearest) {
            nearest = off;
            angle = fabs(atan2(s->dense.im[i], s->dense.re[i]));
        }
    }
    return gf_limit_at(h, angle, nearest);
}

static gf_status take_limits(gf_stability_result *out, gf_scan *s)
{
    out->limit = calloc(2 * out->stable.count + 1, sizeof *out->limit);
    if (!out->limit)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < 2 * out->stable.count; i++) {
        const gf_steps *piece = &out->stable.interval[i / 2];
        double end = i % 2 ? piece->hi : piece->lo;
        if (end > 0 && isfinite(end))
            out->limit[out->limit_count++] = limit_at(s, end);
    }
    return s->status;
}

static int by_size(const void *a, const void *b)
{
    const gf_multiplier *x = a, *y = b;
    double p = hypot(x->re, x->im), q = hypot(y->re, y->im);

    return (p < q) - (p > q);
}

static gf_status look_at(gf_stability_result *out, gf_scan *s, double step)
{
    double f = gf_scan_height(step, s);

    if (s->status)
        return s->status;
    out->step = step;
    out->radius = f + 1;
    out->is_stable = f > GF_SCAN_CLOSE    ? GF_NO
                     : f < -GF_SCAN_CLOSE ? GF_YES
                                          : GF_UNKNOWN;
    out->multiplier = calloc(s->dense.columns, sizeof *out->multiplier);
    if (!out->multiplier)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < s->dense.columns && isfinite(f); i++)
        out->multiplier[out->count++] =
            (gf_multiplier){s->dense.re[i], s->dense.im[i]};
    qsort(out->multiplier, out->count, sizeof *out->multiplier, by_size);
    return GF_OK;
}

static void refine(gf_stability_result *out, gf_scan *s, double lo, double hi)
{
    double least;
    double at = gf_scan_least(&least, s, (gf_steps){lo, hi}, 1, -INFINITY);

    if (!(least + 1 >= out->best_radius)) {
        out->best_step = at;
        out->best_radius = least + 1;
    }
}

static gf_status find_best(gf_stability_result *out, gf_scan *s)
{
    for (size_t i = 0; i < out->stable.count; i++) {
        gf_steps piece = out->stable.interval[i];
        bool is_seen = false;
        for (size_t k = 1; k + 1 < s->count; k++) {
            double h = s->h[k];
            bool is_low = s->f[k] <= s->f[k - 1] && s->f[k] <= s->f[k + 1];
            if (!(h > piece.lo && h < piece.hi) || !is_low)
                continue;
            is_seen = true;
            refine(out, s, fmax(s->h[k - 1], piece.lo),
                   fmin(s->h[k + 1], piece.hi));
        }
        if (!is_seen && isfinite(piece.hi))
            refine(out, s, piece.lo, piece.hi);
        /* it falls for ever, as far as it was seen */
        if (isinf(piece.hi) && !(s->f[s->count - 1] + 1 >= out->best_radius)) {
            out->best_step = INFINITY;
            out->best_radius = s->f[s->count - 1] + 1;
        }
    }
    out->radius_per_step = pow(out->best_radius, 1 / (double)out->period);
    out->radius_per_evaluation =
        pow(out->best_radius, 1 / (double)out->evaluations);
    return s->status;
}

static gf_status answer(gf_stability_result *out, gf_scan *s,
                        const gf_stability_options *options)
{
    gf_scan_look(s);
    if (!s->status)
        gf_scan_find_ends(s);
    out->state = s->dense.columns;
    out->period = s->dense.turns.period;
    out->evaluations = s->dense.evaluations;
    out->decided = GF_DECIDED_SAMPLED;
    gf_status status = s->status ? s->status : take_intervals(out, s);
    if (!status)
        status = take_limits(out, s);
    if (!status && options->step > 0)
        status = look_at(out, s, options->step);
    if (!status && !options->intervals_only)
        status = find_best(out, s);
    return status;
}

gf_status gf_stability_sampled(gf_stability_result *out, const gf_linear *game,
                               const gf_optimizer *optimizer,
                               const gf_stability_options *options,
                               gf_error *error)
{
    gf_scan *s = calloc(1, sizeof *s);

    if (!s)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    s->error = error;
    gf_status status =
        gf_dense_init(&s->dense, game, optimizer, options, error);
    if (!status)
        status = answer(out, s, options);
    gf_dense_clear(&s->dense);
    free(s);
    return status;
}
