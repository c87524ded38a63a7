/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/notebook.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "lab/toy.h"

enum {
    SEED = 21,
    PREVIEW = 2000,
    FIRST_BATCH = 256,
    BATCH = 128,
    CRITIC_STEPS = 2,
    EVERY = 40,
    LOG_BATCH = 1000,
    LOG_MEASURE = 2000,
    FINAL_MEASURE = 4000,
};

typedef struct notebook {
    gf_text *out;
    gf_twister twister;
    gf_toy_batch batch;
} notebook;

/* A number as Python prints its rounded value: no zeros at the end but one
   after the point. */
static void add_rounded(gf_text *out, double x, int digits)
{
    char number[64];
    size_t length = (size_t)snprintf(number, sizeof number, "%.*f", digits, x);

    while (number[length - 1] == '0' && number[length - 2] != '.')
        length--;
    gf_text_add_n(out, number, length);
}

static void add_line(gf_text *out, const char *label, double x, int digits)
{
    gf_text_add(out, label);
    add_rounded(out, x, digits);
    gf_text_add_char(out, '\n');
}

static void add_pair(gf_text *out, const char *label, double x,
                     const char *between, double y, int digits)
{
    gf_text_add(out, label);
    add_rounded(out, x, digits);
    add_line(out, between, y, digits);
}

static void add_list(gf_text *out, const char *label, const double *x,
                     size_t count)
{
    gf_text_add(out, label);
    for (size_t i = 0; i < count; i++) {
        gf_text_add(out, i ? ", " : "");
        add_rounded(out, x[i], 4);
    }
    gf_text_add(out, "]");
}

/* --- the cells --------------------------------------------------------- */

static void preview(notebook *n)
{
    static const double theta[] = {0.15, 0}, phi[] = {0.25, 0};
    double *x = n->batch.real, left = 0;
    gf_toy_losses losses;

    gf_twister_seed(&n->twister, SEED);
    gf_toy_draw_data(x, &n->twister, PREVIEW);
    for (size_t i = 0; i < PREVIEW; i++)
        left += x[i] < 0;
    add_line(n->out, "real mean = ", gf_toy_mean(x, PREVIEW), 4);
    add_line(n->out, "real stdev = ", gf_toy_deviation(x, PREVIEW), 4);
    add_line(n->out, "left ratio = ", left / PREVIEW, 4);
    add_line(n->out, "right ratio= ", (PREVIEW - left) / PREVIEW, 4);
    gf_toy_draw(&n->batch, &n->twister, FIRST_BATCH);
    gf_toy_losses_at(&losses, &gf_toy_linear, theta, phi, &n->batch);
    add_line(n->out, "initial L_D (maximize)        = ", losses.critic, 5);
    add_line(n->out, "initial L_G non-saturating    = ", losses.generator, 5);
    add_line(n->out, "initial L_G minimax objective = ", losses.saturating, 5);
    add_pair(n->out, "fake preview mean/stdev = ",
             gf_toy_mean(n->batch.fake, FIRST_BATCH), " ",
             gf_toy_deviation(n->batch.fake, FIRST_BATCH), 4);
}

static void log_step(notebook *n, const gf_toy_run *run, size_t step)
{
    gf_toy_losses losses;
    gf_toy_statistics s;

    gf_toy_draw(&n->batch, &n->twister, LOG_BATCH);
    gf_toy_losses_at(&losses, run->generator, run->theta, run->phi, &n->batch);
    gf_toy_measure(&s, run, &n->batch, &n->twister, LOG_MEASURE);
    gf_text_addf(n->out, "step=%03zu", step);
    add_list(n->out, " theta=[", run->theta, run->generator->count);
    add_list(n->out, " phi=[", run->phi, GF_TOY_PHI);
    gf_text_add(n->out, " L_D=");
    add_rounded(n->out, losses.critic, 4);
    gf_text_add(n->out, " L_G=");
    add_rounded(n->out, losses.generator, 4);
    gf_text_add(n->out, " W1=");
    add_rounded(n->out, s.w1, 4);
    gf_text_add(n->out, " left=");
    add_rounded(n->out, s.left, 3);
    add_line(n->out, " right=", s.right, 3);
}

static void train(notebook *n, gf_toy_run *run, size_t steps, const char *name,
                  gf_toy_statistics *s)
{
    gf_twister_seed(&n->twister, SEED);
    for (size_t step = 0; step <= steps; step++) {
        gf_toy_step(run, &n->batch, &n->twister);
        if (step % EVERY == 0)
            log_step(n, run, step);
    }
    gf_toy_measure(s, run, &n->batch, &n->twister, FINAL_MEASURE);
    gf_text_addf(n->out, "\n%s generator final stats:\n", name);
    add_line(n->out, "real_mean = ", s->real_mean, 4);
    add_line(n->out, "real_std = ", s->real_deviation, 4);
    add_line(n->out, "fake_mean = ", s->fake_mean, 4);
    add_line(n->out, "fake_std = ", s->fake_deviation, 4);
    add_line(n->out, "w1 = ", s->w1, 4);
    add_line(n->out, "left = ", s->left, 4);
    add_line(n->out, "right = ", s->right, 4);
}

static double balance(const gf_toy_statistics *s)
{
    return fmin(s->left, s->right) / fmax(s->left, s->right);
}

static void saturation(gf_text *out)
{
    static const double d[] = {0.001, 0.01, 0.05, 0.1, 0.5, 0.9};

    for (size_t i = 0; i < sizeof d / sizeof *d; i++) {
        char number[GF_NUMBER_SIZE];
        gf_number_write(number, d[i]);
        gf_text_addf(out,
                     "D(fake)=%5s |d(minimax)/ds|=%.4f |d(non-sat)/ds|=%.4f\n",
                     number, d[i], 1 - d[i]);
    }
}

static void objectives(notebook *n, const gf_toy_run *run)
{
    const double weight = 1.7, clip = 0.1;
    double square[2];
    gf_toy_losses losses;

    gf_toy_draw(&n->batch, &n->twister, FIRST_BATCH);
    gf_toy_losses_at(&losses, run->generator, run->theta, run->phi, &n->batch);
    gf_toy_squares_at(&square[0], &square[1], run->phi, &n->batch);
    add_pair(n->out, "GAN objective (maximize L_D, L_G): ", losses.critic, " ",
             losses.generator, 5);
    add_pair(n->out, "LSGAN loss (minimize loss_D, loss_G): ", square[0], " ",
             square[1], 5);
    add_pair(n->out, "WGAN intuition: raw critic weight = ", weight,
             " -> clipped = ", fmax(-clip, fmin(clip, weight)), 1);
}

gf_status gf_notebook_write(gf_text *out, gf_error *error)
{
    gf_toy_run linear = {.generator = &gf_toy_linear,
                         .theta = {0.15, 0},
                         .phi = {0.25, 0},
                         .step_generator = 0.04,
                         .step_critic = 0.04,
                         .critic_steps = CRITIC_STEPS,
                         .batch = BATCH};
    gf_toy_run piecewise = {.generator = &gf_toy_piecewise,
                            .theta = {0.35, -1.8, 0.35, 1.8},
                            .phi = {0.25, 0},
                            .step_generator = 0.02,
                            .step_critic = 0.03,
                            .critic_steps = CRITIC_STEPS,
                            .batch = BATCH};
    notebook *n = malloc(sizeof *n);
    gf_toy_statistics one, two;

    if (!n)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    n->out = out;
    preview(n);
    train(n, &linear, 320, "linear", &one);
    train(n, &piecewise, 400, "piecewise", &two);
    gf_text_add(out, "comparison (linear vs piecewise):\n");
    add_pair(out, "W1            = ", one.w1, " vs ", two.w1, 4);
    add_pair(out, "fake stdev    = ", one.fake_deviation, " vs ",
             two.fake_deviation, 4);
    add_pair(out, "mode balance  = ", balance(&one), " vs ", balance(&two), 4);
    saturation(out);
    objectives(n, &piecewise);
    free(n);
    if (out->failed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return GF_OK;
}
