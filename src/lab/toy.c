/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums run from left to right and draws come in a fixed order: a run in another
   language that does the same has the same numbers. */
#include "lab/toy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MODE 2.0
#define SPREAD 0.35
#define DIFFERENCE 1e-4
/* No probability is nearer to 0 or 1 in a logarithm. */
#define NEAREST 1e-8

static double linear_at(double z, const double *theta)
{
    return theta[0] * z + theta[1];
}

static double piecewise_at(double z, const double *theta)
{
    return z < 0 ? theta[0] * z + theta[1] : theta[2] * z + theta[3];
}

const gf_toy_generator gf_toy_linear = {2, linear_at};
const gf_toy_generator gf_toy_piecewise = {4, piecewise_at};

/* --- draws ------------------------------------------------------------- */

void gf_toy_draw_data(double *out, gf_twister *twister, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double mode = gf_twister_uniform(twister) < 0.5 ? -MODE : MODE;
        out[i] = gf_twister_normal(twister, mode, SPREAD);
    }
}

void gf_toy_draw(gf_toy_batch *batch, gf_twister *twister, size_t count)
{
    batch->count = count;
    gf_toy_draw_data(batch->real, twister, count);
    for (size_t i = 0; i < count; i++)
        batch->z[i] = gf_twister_normal(twister, 0, 1);
}

/* --- losses ------------------------------------------------------------ */

static double sigmoid(double t)
{
    double e = exp(t >= 0 ? -t : t);

    return t >= 0 ? 1 / (1 + e) : e / (1 + e);
}

static double clamp(double p)
{
    return fmin(1 - NEAREST, fmax(NEAREST, p));
}

void gf_toy_losses_at(gf_toy_losses *out, const gf_toy_generator *generator,
                      const double *theta, const double *phi,
                      gf_toy_batch *batch)
{
    double n = (double)batch->count, real = 0, square = 0;

    *out = (gf_toy_losses){.critic = 0};
    for (size_t i = 0; i < batch->count; i++) {
        double p = sigmoid(phi[0] * batch->real[i] + phi[1]);
        real += log(clamp(p));
        square += (p - 1) * (p - 1);
    }
    for (size_t i = 0; i < batch->count; i++) {
        double x = generator->at(batch->z[i], theta), p, c;
        batch->fake[i] = x;
        p = sigmoid(phi[0] * x + phi[1]);
        c = clamp(p);
        out->generator += log(c);
        out->saturating += log(1 - c);
        out->square_critic += p * p;
        out->square_generator += (p - 1) * (p - 1);
    }
    out->critic = real / n + out->saturating / n;
    out->generator /= n;
    out->saturating /= n;
    out->square_critic = 0.5 * (square / n + out->square_critic / n);
    out->square_generator = 0.5 * out->square_generator / n;
}

/* --- training ---------------------------------------------------------- */

/* Central differences of a loss in the parameters of one player. */
static void climb(gf_toy_run *run, gf_toy_batch *batch, bool is_critic)
{
    double *own = is_critic ? run->phi : run->theta;
    size_t count = is_critic ? GF_TOY_PHI : run->generator->count;
    double step = is_critic ? run->step_critic : run->step_generator;
    double gradient[GF_TOY_THETA];

    for (size_t i = 0; i < count; i++) {
        double here = own[i], value[2];
        for (int side = 0; side < 2; side++) {
            gf_toy_losses losses;
            own[i] = side ? here - DIFFERENCE : here + DIFFERENCE;
            gf_toy_losses_at(&losses, run->generator, run->theta, run->phi,
                             batch);
            value[side] = is_critic ? losses.critic : losses.generator;
        }
        own[i] = here;
        gradient[i] = (value[0] - value[1]) / (2 * DIFFERENCE);
    }
    for (size_t i = 0; i < count; i++)
        own[i] += step * gradient[i];
}

void gf_toy_step(gf_toy_run *run, gf_toy_batch *batch, gf_twister *twister)
{
    for (size_t i = 0; i < run->critic_steps; i++) {
        gf_toy_draw(batch, twister, run->batch);
        climb(run, batch, true);
    }
    gf_toy_draw(batch, twister, run->batch);
    climb(run, batch, false);
}

/* --- statistics -------------------------------------------------------- */

double gf_toy_mean(const double *x, size_t count)
{
    long double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += x[i];
    return (double)(sum / (long double)count);
}

double gf_toy_deviation(const double *x, size_t count)
{
    long double mean = gf_toy_mean(x, count), sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += (x[i] - mean) * (x[i] - mean);
    return (double)sqrtl(sum / (long double)count);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

void gf_toy_measure(gf_toy_statistics *out, const gf_toy_run *run,
                    gf_toy_batch *batch, gf_twister *twister, size_t count)
{
    double n = (double)count, left = 0, sum = 0;

    gf_toy_draw(batch, twister, count);
    for (size_t i = 0; i < count; i++) {
        batch->fake[i] = run->generator->at(batch->z[i], run->theta);
        left += batch->fake[i] < 0;
    }
    out->real_mean = gf_toy_mean(batch->real, count);
    out->real_deviation = gf_toy_deviation(batch->real, count);
    out->fake_mean = gf_toy_mean(batch->fake, count);
    out->fake_deviation = gf_toy_deviation(batch->fake, count);
    qsort(batch->real, count, sizeof *batch->real, compare);
    qsort(batch->fake, count, sizeof *batch->fake, compare);
    for (size_t i = 0; i < count; i++)
        sum += fabs(batch->real[i] - batch->fake[i]);
    out->w1 = sum / n;
    out->left = left / n;
    out->right = 1 - out->left;
}
