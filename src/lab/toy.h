/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the smallest adversarial training: see notebook.h. */
#ifndef GF_LAB_TOY_H
#define GF_LAB_TOY_H

#include "lab/twister.h"

#include <stddef.h>

enum { GF_TOY_BATCH_MAX = 4000, GF_TOY_THETA = 4, GF_TOY_PHI = 2 };

typedef struct gf_toy_generator {
    size_t count; /* of parameters */
    void (*at)(double *out, const double *z, size_t count, const double *theta);
} gf_toy_generator;

extern const gf_toy_generator gf_toy_linear;    /* a z + b */
extern const gf_toy_generator gf_toy_piecewise; /* a_l, b_l, a_r, b_r */

/* A batch: data, noise, and what the generator makes of it. */
typedef struct gf_toy_batch {
    double real[GF_TOY_BATCH_MAX], z[GF_TOY_BATCH_MAX], fake[GF_TOY_BATCH_MAX];
    size_t count;
} gf_toy_batch;

/* Draws data, then noise. */
void gf_toy_draw(gf_toy_batch *batch, gf_twister *twister, size_t count);
void gf_toy_draw_data(double *out, gf_twister *twister, size_t count);

typedef struct gf_toy_losses {
    double critic;     /* mean log D(real) + mean log(1 - D(fake)) */
    double generator;  /* mean log D(fake) */
    double saturating; /* mean log(1 - D(fake)) */
} gf_toy_losses;

/* Fills batch->fake too. */
void gf_toy_losses_at(gf_toy_losses *out, const gf_toy_generator *generator,
                      const double *theta, const double *phi,
                      gf_toy_batch *batch);

/* Losses of least squares, to minimise, for fakes that are made. */
void gf_toy_squares_at(double *critic, double *generator, const double *phi,
                       const gf_toy_batch *batch);

typedef struct gf_toy_run {
    const gf_toy_generator *generator;
    double theta[GF_TOY_THETA], phi[GF_TOY_PHI];
    double step_generator, step_critic;
    size_t critic_steps, batch;
} gf_toy_run;

/* One step of the generator after critic_steps of the critic, each on a batch
 * of its own. */
void gf_toy_step(gf_toy_run *run, gf_toy_batch *batch, gf_twister *twister);

typedef struct gf_toy_statistics {
    double real_mean, real_deviation, fake_mean, fake_deviation;
    double w1, left, right; /* left: the part of fakes below 0 */
} gf_toy_statistics;

/* From a fresh draw of so many. */
void gf_toy_measure(gf_toy_statistics *out, const gf_toy_run *run,
                    gf_toy_batch *batch, gf_twister *twister, size_t count);

double gf_toy_mean(const double *x, size_t count);
double gf_toy_deviation(const double *x, size_t count);

#endif
