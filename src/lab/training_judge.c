/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a training: the thresholds stand in the public header. */
#include "lab/training.h"

#include <math.h>

static const double far_off = 100, collapsed = 0.1;
static const double near_enough = 0.1, never_above = 0.2;
static const double swinging = 0.05, swinging_far = 0.25, swung_out = 10;
static const double lasting = 0.7, growing = 1.25;
static const double still = 0.02;
enum { LEAST_ROWS = 16, CROSSINGS = 4, ROWS_A_CROSSING = 3 };

const char *gf_training_verdict_name(gf_training_verdict verdict)
{
    static const char *const names[GF_TRAINING_VERDICTS] = {
        "unknown", "diverged", "collapsed", "converged", "orbit", "stalled"};

    return names[verdict];
}

/* The standard deviation of the data, or what stands for it. */
static double scale_of(const gf_distribution *data)
{
    double s = sqrt(gf_distribution_variance(data));

    if (!isfinite(s))
        s = (gf_distribution_quantile(data, 0.75, 0.25) -
             gf_distribution_quantile(data, 0.25, 0.75)) /
            1.349;
    return s > 0 ? s : 1;
}

/* Rows that are looked at, and a column of them. */
typedef struct window {
    const gf_training_row *row;
    size_t count;
} window;

static double at(const window *w, size_t i, gf_training_column column)
{
    return w->row[i].value[column];
}

static void range(double *least, double *most, const window *w,
                  gf_training_column column)
{
    *least = INFINITY;
    *most = -INFINITY;
    for (size_t i = 0; i < w->count; i++) {
        *least = fmin(*least, at(w, i, column));
        *most = fmax(*most, at(w, i, column));
    }
}

/* How a column goes to and fro round its average. */
typedef struct swings {
    size_t crossings;
    double reach, growth;
} swings;

static swings swings_of(const window *w, gf_training_column column)
{
    double average = 0, up = 0, down = 0, half[2] = {0, 0}, before = 0;
    swings s = {.crossings = 0};

    for (size_t i = 0; i < w->count; i++)
        average += at(w, i, column) / (double)w->count;
    for (size_t i = 0; i < w->count; i++) {
        double off = at(w, i, column) - average;
        size_t later = 2 * i >= w->count;
        s.crossings += before * off < 0;
        before = off != 0 ? off : before;
        up = fmax(up, off);
        down = fmax(down, -off);
        half[later] = fmax(half[later], fabs(off));
    }
    s.reach = fmin(up, down);
    s.growth = half[1] / half[0];
    return s;
}

static bool is_far(const gf_judgement *j, const gf_training *t)
{
    const double *last = t->row[t->rows - 1].value;
    double mean = gf_distribution_mean(t->setup.duel.data);

    if (!isfinite(mean))
        mean = gf_distribution_quantile(t->setup.duel.data, 0.5, 0.5);
    return !(fabs(last[GF_TRAINING_MEAN] - mean) <= far_off * j->scale) ||
           !(last[GF_TRAINING_SD] <= far_off * j->scale);
}

static bool is_orbit(const gf_judgement *j)
{
    bool is_fast = ROWS_A_CROSSING * j->crossings > j->rows;
    double least = is_fast ? swinging_far : swinging;

    return !j->is_noisy && j->crossings >= CROSSINGS &&
           j->swing >= least * j->scale && j->swing_growth >= lasting &&
           j->swing_growth <= growing;
}

/* Where samples are at no mode at all, they have not come yet. */
static bool is_collapsed(const gf_judgement *j)
{
    bool is_narrow = j->data_sd != 0 && j->sd_most < collapsed * j->scale;

    return is_narrow || (j->modes_most > 0 && j->modes_most < j->modes_due);
}

/* Swings that are wide and become wider. */
static bool is_swung_out(const gf_judgement *j)
{
    return j->crossings >= CROSSINGS && j->swing >= swung_out * j->scale &&
           j->swing_growth > growing;
}

static gf_training_verdict decide(const gf_judgement *j, const gf_training *t)
{
    double s = j->scale;

    if (j->is_broken || (j->rows > 0 && is_far(j, t)))
        return GF_TRAINING_DIVERGED;
    if (j->rows < LEAST_ROWS)
        return GF_TRAINING_UNKNOWN;
    if (is_swung_out(j))
        return GF_TRAINING_DIVERGED;
    if (is_collapsed(j))
        return GF_TRAINING_COLLAPSED;
    if (j->w1_mean < near_enough * s && j->w1_most < never_above * s)
        return GF_TRAINING_CONVERGED;
    if (is_orbit(j))
        return GF_TRAINING_ORBIT;
    if (j->drift <= still * s)
        return GF_TRAINING_STALLED;
    return GF_TRAINING_UNKNOWN;
}

static void look(gf_judgement *j, const window *w, bool has_noise)
{
    swings mean = swings_of(w, GF_TRAINING_MEAN);
    swings sd = swings_of(w, GF_TRAINING_SD);
    const swings *more;
    double least, most;

    range(&j->w1_least, &j->w1_most, w, GF_TRAINING_W1);
    j->w1_mean = 0;
    for (size_t i = 0; i < w->count; i++)
        j->w1_mean += at(w, i, GF_TRAINING_W1) / (double)w->count;
    range(&j->sd_least, &j->sd_most, w, GF_TRAINING_SD);
    range(&least, &j->modes_most, w, GF_TRAINING_MODES);
    range(&least, &most, w, GF_TRAINING_MEAN);
    j->drift = fmax(most - least, j->sd_most - j->sd_least);
    j->is_spread = mean.reach < sd.reach;
    more = j->is_spread ? &sd : &mean;
    j->crossings = more->crossings;
    j->swing = more->reach;
    j->swing_growth = more->growth;
    j->is_noisy = has_noise && ROWS_A_CROSSING * j->crossings > j->rows;
}

gf_judgement gf_training_judge(const gf_training *t)
{
    const gf_distribution *data = t->setup.duel.data;
    gf_judgement j = {.is_broken = t->is_broken,
                      .scale = scale_of(data),
                      .data_sd = sqrt(gf_distribution_variance(data)),
                      .w1_least = NAN,
                      .w1_most = NAN,
                      .w1_mean = NAN,
                      .sd_least = NAN,
                      .sd_most = NAN,
                      .modes_most = NAN,
                      .swing = NAN,
                      .swing_growth = NAN,
                      .drift = NAN};
    const gf_census_mode *mode;
    size_t rows = t->rows;
    window w;

    /* what it broke with */
    while (rows > 0 && !isfinite(t->row[rows - 1].value[GF_TRAINING_SD]))
        rows--;
    w = (window){t->row + rows / 2, rows - rows / 2};
    j.rows = w.count;
    j.modes_due = (double)gf_census_modes(&mode, t->census);
    if (w.count > 0)
        look(&j, &w, !t->setup.duel.is_full);
    j.verdict = decide(&j, t);
    return j;
}
