/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums run from left to right and draws come in a fixed order: a run in another
   language that does the same has the same numbers. */
#include "lab/toy.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

#define MODE 2.0
#define SPREAD 0.35
#define DIFFERENCE 1e-4

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void linear_at(double *out, const double *z, size_t count,
                      const double *theta)
{
    double slope = theta[0], shift = theta[1];

    for (size_t i = 0; i < count; i++)
        out[i] = slope * z[i] + shift;
}

static void piecewise_at(double *out, const double *z, size_t count,
                         const double *theta)
{
    for (size_t i = 0; i < count; i++) {
        const double *line = z[i] < 0 ? theta : theta + 2;
        out[i] = line[0] * z[i] + line[1];
    }
}

const gf_toy_generator gf_toy_linear = {2, linear_at};
const gf_toy_generator gf_toy_piecewise = {4, piecewise_at};

/* --- draws ------------------------------------------------------------- */

void gf_toy_draw_data(double *out, gf_twister *twister, size_t count)
{
    double coin[GF_TWISTER_BLOCK];

    for (size_t from = 0; from < count; from += GF_TWISTER_BLOCK) {
        size_t n = least(count - from, GF_TWISTER_BLOCK);
        gf_twister_normals(out + from, coin, twister, n);
        for (size_t i = 0; i < n; i++)
            out[from + i] =
                (coin[i] < 0.5 ? -MODE : MODE) + out[from + i] * SPREAD;
    }
}

void gf_toy_draw(gf_toy_batch *batch, gf_twister *twister, size_t count)
{
    batch->count = count;
    gf_toy_draw_data(batch->real, twister, count);
    for (size_t from = 0; from < count; from += GF_TWISTER_BLOCK)
        gf_twister_normals(batch->z + from, NULL, twister,
                           least(count - from, GF_TWISTER_BLOCK));
}

/* --- losses ------------------------------------------------------------ */

static double sigmoid(double t)
{
    double e = exp(t >= 0 ? -t : t);

    return t >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/* One of the sums that a loss is made of: log p, or log(1 - p), with the critic
   phi over x. */
typedef struct term {
    const double *x;
    double phi[GF_TOY_PHI];
    bool of_rest;
    double sum;
} term;

enum { TERMS_MOST = 8, BLOCK = 64 };
_Static_assert(4 * GF_TOY_PHI <= TERMS_MOST && 2 * GF_TOY_THETA <= TERMS_MOST,
               "one block holds all terms");

/* All side by side, each from left to right. */
static void add_up(term *terms, size_t count, size_t points)
{
    const gf_toy_lanes *lanes = gf_toy_lanes_best();
    double value[TERMS_MOST][BLOCK], sum[TERMS_MOST] = {0};

    for (size_t from = 0; from < points; from += BLOCK) {
        size_t n = least(points - from, BLOCK);
        for (size_t k = 0; k < count; k++)
            lanes->logs(value[k], terms[k].x + from, n, terms[k].phi[0],
                        terms[k].phi[1], terms[k].of_rest);
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < count; k++)
                sum[k] += value[k][i];
    }
    for (size_t k = 0; k < count; k++)
        terms[k].sum = sum[k] / (double)points;
}

void gf_toy_losses_at(gf_toy_losses *out, const gf_toy_generator *generator,
                      const double *theta, const double *phi,
                      gf_toy_batch *batch)
{
    term terms[] = {
        {.x = batch->real, .phi = {phi[0], phi[1]}},
        {.x = batch->fake, .phi = {phi[0], phi[1]}},
        {.x = batch->fake, .phi = {phi[0], phi[1]}, .of_rest = true}};

    generator->at(batch->fake, batch->z, batch->count, theta);
    add_up(terms, 3, batch->count);
    out->generator = terms[1].sum;
    out->saturating = terms[2].sum;
    out->critic = terms[0].sum + terms[2].sum;
}

void gf_toy_squares_at(double *critic, double *generator, const double *phi,
                       const gf_toy_batch *batch)
{
    double n = (double)batch->count, real = 0, fake = 0, fooled = 0;

    for (size_t i = 0; i < batch->count; i++) {
        double p = sigmoid(phi[0] * batch->real[i] + phi[1]);
        double q = sigmoid(phi[0] * batch->fake[i] + phi[1]);
        real += (p - 1) * (p - 1);
        fake += q * q;
        fooled += (q - 1) * (q - 1);
    }
    *critic = 0.5 * (real / n + fake / n);
    *generator = 0.5 * fooled / n;
}

/* --- training ---------------------------------------------------------- */

static void make_fakes(double *out, const gf_toy_run *run,
                       const gf_toy_batch *batch)
{
    run->generator->at(out, batch->z, batch->count, run->theta);
}

/* Central differences of mean log D(real) + mean log(1 - D(fake)) in phi. */
static void climb_critic(gf_toy_run *run, gf_toy_batch *batch)
{
    term terms[4 * GF_TOY_PHI];

    make_fakes(batch->fake, run, batch);
    for (size_t i = 0; i < 4 * GF_TOY_PHI; i++) {
        double *at = &terms[i].phi[i / 4];
        terms[i].x = i % 2 ? batch->fake : batch->real;
        terms[i].of_rest = i % 2;
        memcpy(terms[i].phi, run->phi, sizeof run->phi);
        *at = i % 4 < 2 ? *at + DIFFERENCE : *at - DIFFERENCE;
    }
    add_up(terms, 4 * GF_TOY_PHI, batch->count);
    for (size_t i = 0; i < GF_TOY_PHI; i++) {
        const term *t = terms + 4 * i;
        double up = t[0].sum + t[1].sum, down = t[2].sum + t[3].sum;
        run->phi[i] += run->step_critic * ((up - down) / (2 * DIFFERENCE));
    }
}

/* Of mean log D(fake) in theta. */
static void climb_generator(gf_toy_run *run, gf_toy_batch *batch)
{
    size_t count = run->generator->count;
    double fake[2 * GF_TOY_THETA][GF_TOY_BATCH_MAX];
    term terms[2 * GF_TOY_THETA];

    for (size_t i = 0; i < 2 * count; i++) {
        double *at = &run->theta[i / 2], here = *at;
        *at = i % 2 ? here - DIFFERENCE : here + DIFFERENCE;
        make_fakes(fake[i], run, batch);
        *at = here;
        terms[i] = (term){.x = fake[i]};
        memcpy(terms[i].phi, run->phi, sizeof run->phi);
    }
    add_up(terms, 2 * count, batch->count);
    for (size_t i = 0; i < count; i++)
        run->theta[i] +=
            run->step_generator *
            ((terms[2 * i].sum - terms[2 * i + 1].sum) / (2 * DIFFERENCE));
}

void gf_toy_step(gf_toy_run *run, gf_toy_batch *batch, gf_twister *twister)
{
    for (size_t i = 0; i < run->critic_steps; i++) {
        gf_toy_draw(batch, twister, run->batch);
        climb_critic(run, batch);
    }
    gf_toy_draw(batch, twister, run->batch);
    climb_generator(run, batch);
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

void gf_toy_measure(gf_toy_statistics *out, const gf_toy_run *run,
                    gf_toy_batch *batch, gf_twister *twister, size_t count)
{
    double n = (double)count, left = 0, sum = 0;

    gf_toy_draw(batch, twister, count);
    make_fakes(batch->fake, run, batch);
    for (size_t i = 0; i < count; i++)
        left += batch->fake[i] < 0;
    out->real_mean = gf_toy_mean(batch->real, count);
    out->real_deviation = gf_toy_deviation(batch->real, count);
    out->fake_mean = gf_toy_mean(batch->fake, count);
    out->fake_deviation = gf_toy_deviation(batch->fake, count);
    gf_sort_numbers(batch->real, batch->z, count);
    gf_sort_numbers(batch->fake, batch->z, count);
    for (size_t i = 0; i < count; i++)
        sum += fabs(batch->real[i] - batch->fake[i]);
    out->w1 = sum / n;
    out->left = left / n;
    out->right = 1 - out->left;
}
