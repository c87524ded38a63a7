/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/comparison.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is gathered over the seeds of one net. */
enum { SCALE, DAMPING, ZERO, FIRST, LAST, DRIFT, KINDS };

void gf_comparison_init(gf_comparison *all)
{
    *all = (gf_comparison){0};
}

void gf_comparison_clear(gf_comparison *all)
{
    free(all->net);
    gf_comparison_init(all);
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Of the finite ones; NaN if there is none. */
static double median(double *x, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (isfinite(x[i]))
            x[n++] = x[i];
    if (n == 0)
        return NAN;
    qsort(x, n, sizeof *x, by_size);
    return (x[(n - 1) / 2] + x[n / 2]) / 2;
}

/* tr K/count of the net that a play begins with. */
static gf_status scale_of(double *out, const gf_play_setup *setup,
                          gf_error *error)
{
    size_t n = setup->count;
    gf_batch batch = {.x = setup->x, .count = n};
    double *k = malloc(n * n * sizeof *k);
    gf_net net;
    gf_status status =
        k ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");

    gf_net_init(&net);
    *out = 0;
    if (!status)
        status = gf_net_make(&net, &setup->critic, error);
    if (!status)
        status = gf_kernel_gram(k, NULL, &net, &batch, NULL, error);
    for (size_t i = 0; !status && i < n; i++)
        *out += k[i * n + i] / (double)n;
    gf_net_clear(&net);
    free(k);
    return status;
}

static double least_damping(const gf_play *play)
{
    double least = NAN;

    for (size_t i = 0; play->has_modes && i < play->modes.count; i++)
        least = fmin(least, play->modes.mode[i].damping);
    return least;
}

/* One seed, to column `at` of the gathered numbers. */
static gf_status play_one(gf_compared *net, double *gathered, size_t at,
                          size_t seeds, const gf_play_setup *setup,
                          gf_error *error)
{
    gf_play play;
    double scale;
    gf_status status = scale_of(&scale, setup, error);

    gf_play_init(&play);
    if (!status)
        status = gf_play_run(&play, setup, error);
    if (!status) {
        const gf_course *c = &play.course;
        const double found[KINDS] = {scale,
                                     least_damping(&play),
                                     play.has_modes ? (double)play.modes.zero
                                                    : NAN,
                                     c->row[0].gap,
                                     c->row[c->count - 1].gap,
                                     c->drift[0]};
        for (size_t k = 0; k < KINDS; k++)
            gathered[k * seeds + at] = found[k];
        net->ends[c->end]++;
        net->unstable += play.modes.unstable > 0;
        net->undamped += play.modes.undamped > 0;
    }
    gf_play_clear(&play);
    return status;
}

static void conclude(gf_compared *net, double *gathered, size_t seeds)
{
    net->seeds = seeds;
    net->scale = median(gathered + SCALE * seeds, seeds);
    net->damping = median(gathered + DAMPING * seeds, seeds);
    net->zero = median(gathered + ZERO * seeds, seeds);
    net->first_gap = median(gathered + FIRST * seeds, seeds);
    net->last_gap = median(gathered + LAST * seeds, seeds);
    net->drift = median(gathered + DRIFT * seeds, seeds);
}

static gf_status check(const gf_play_setup *setup, size_t count, size_t seeds,
                       gf_error *error)
{
    if (count == 0 || count > GF_COMPARISON_NETS_MAX)
        return gf_error_set(error, GF_ARGUMENT,
                            "%zu nets to compare; give 1 to %d", count,
                            GF_COMPARISON_NETS_MAX);
    if (seeds == 0 || seeds > GF_COMPARISON_SEEDS_MAX)
        return gf_error_set(error, GF_ARGUMENT, "%zu seeds; give 1 to %d",
                            seeds, GF_COMPARISON_SEEDS_MAX);
    if (!(setup->course.until > 0))
        return gf_error_set(error, GF_ARGUMENT,
                            "nets are compared by what becomes of a run; give "
                            "it an end");
    return GF_OK;
}

gf_status gf_comparison_run(gf_comparison *all, const gf_play_setup *setup,
                            const gf_net_shape *critic, size_t count,
                            size_t seeds, gf_comparison_look look,
                            const void *ctx, gf_error *error)
{
    gf_play_setup one = *setup;
    double *gathered;
    gf_status status = check(setup, count, seeds, error);

    gf_comparison_clear(all);
    if (status)
        return status;
    gathered = malloc(KINDS * seeds * sizeof *gathered);
    all->net = calloc(count, sizeof *all->net);
    all->count = count;
    if (!gathered || !all->net)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; !status && i < count; i++) {
        for (size_t s = 0; !status && s < seeds; s++) {
            one.critic = critic[i];
            one.critic.seed = 2 * s;
            one.generator.seed = 2 * s + 1;
            status = play_one(&all->net[i], gathered, s, seeds, &one, error);
            if (!status && look && !look(i * seeds + s + 1, count * seeds, ctx))
                status = gf_error_set(error, GF_LIMIT, "interrupted");
        }
        if (!status)
            conclude(&all->net[i], gathered, seeds);
    }
    free(gathered);
    return status;
}
