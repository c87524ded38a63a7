/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "kernel/coupled.h"

static double length(const double *d, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += d[i] * d[i];
    return sqrt(sum);
}

/* <d, K^+ d>; leaves in d what lies outside of the range. */
static double inverse_form(double *d, const gf_kernel_root *root, size_t n)
{
    double form = 0;

    for (size_t k = 0; k < root->rank; k++) {
        double along = 0; /* sqrt(value) times the component */
        for (size_t i = 0; i < n; i++)
            along += root->root[i * root->rank + k] * d[i];
        along /= root->value[k];
        for (size_t i = 0; i < n; i++)
            d[i] -= root->root[i * root->rank + k] * along;
        form += along * along;
    }
    return form;
}

gf_status gf_coupled_distance(double *f, double *outside, gf_coupled *c,
                              const double *state, gf_error *error)
{
    size_t n = c->count;
    const gf_kernel_root *root;
    double *d = malloc(n * sizeof *d);
    gf_status status = d ? GF_OK : gf_error_set(error, GF_MEMORY, "no memory");

    *f = *outside = 0;
    for (int player = 0; !status && player < 2; player++) {
        status = gf_coupled_root(&root, c, player, error);
        for (size_t i = 0; i < n; i++)
            d[i] = player ? state[n + i] - c->density[i]
                          : state[i] - c->field->equilibrium.d0;
        double all = length(d, n);
        if (status || all == 0)
            continue;
        *f += inverse_form(d, root, n) / (2 * c->field->speed[player]);
        *outside = fmax(*outside, length(d, n) / all);
    }
    free(d);
    return status;
}

/* <u, K u> */
static double form(const gf_coupled *c, int player, const double *u)
{
    size_t n = c->count;
    const double *k = c->kernel[player];
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        double row = k ? 0 : u[i] / c->weight[i];
        for (size_t j = 0; k && j < n; j++)
            row += k[i * n + j] * u[j];
        sum += u[i] * row;
    }
    return sum;
}

double gf_coupled_dual(gf_coupled *c, const double *state)
{
    size_t n = c->count;
    double at[GF_POINT_COUNT], d0 = c->field->equilibrium.d0;
    double *critic = c->drive[0], *generator = c->drive[1];

    for (size_t i = 0; i < n; i++) {
        critic[i] = c->weight[i] * (state[i] - d0);
        generator[i] = c->weight[i] * (state[n + i] - c->density[i]);
    }
    /* V_p = a f2' and U_x = b f3' hold the speeds. */
    gf_coupled_point(at, c, 0, d0, c->density[0]);
    return -at[GF_POINT_VP] / 2 * form(c, 0, generator) +
           at[GF_POINT_UX] / 2 * form(c, 1, critic);
}
