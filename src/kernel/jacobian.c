/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Jacobian of a batch, row by row. */
#include "kernel/pass.h"

#include <ganfield/kernel.h>
#include <string.h>

static bool is_batch_bound(const gf_pass *pass)
{
    gf_norm norm = pass->net->shape.norm;

    return (norm == GF_NORM_BN_PRE || norm == GF_NORM_BN_POST) &&
           !pass->batch.is_frozen;
}

static void fill_gain(double *row, const gf_pass *pass,
                      const gf_pass_layer *layer, size_t i)
{
    size_t n = layer->net->outputs;
    const double *hat = layer->standard.hat + i * n;
    const double *g =
        pass->net->shape.norm == GF_NORM_BN_POST ? layer->dz : layer->dy;

    g += i * n;
    for (size_t j = 0; j < n; j++) {
        row[layer->net->gain + j] = g[j] * hat[j];
        row[layer->net->shift + j] = g[j];
    }
}

/* The part of one layer in the i-th row: d h' and what norms make of it. */
static void fill_layer(double *row, const gf_pass *pass,
                       const gf_pass_layer *layer, size_t i)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    const double *d = layer->da + i * n, *h = layer->input + i * k;
    double factor = gf_weights_bias_factor(pass->net);
    double *weight = row + layer->net->weight;

    for (size_t j = 0; j < n; j++, weight += k) {
        row[layer->net->bias + j] = factor * d[j];
        for (size_t l = 0; l < k; l++)
            weight[l] = d[j] * h[l];
    }
    gf_weights_pull(row, layer, pass->net);
    if (layer->net->gain != GF_NET_NOWHERE)
        fill_gain(row, pass, layer, i);
}

void gf_kernel_jacobian(double *jacobian, gf_pass *pass)
{
    size_t count = pass->batch.count, p = pass->net->shape.parameters;
    bool is_bound = is_batch_bound(pass);
    double *weight = pass->work;

    for (size_t i = 0; i < count; i++)
        weight[i] = is_bound ? 0 : 1;
    if (!is_bound)
        gf_pass_descend(NULL, NULL, pass, weight);
    for (size_t i = 0; i < count; i++) {
        if (!is_bound) {
            for (size_t l = 0; l < pass->layers; l++)
                fill_layer(jacobian + i * p, pass, &pass->layer[l], i);
            continue;
        }
        weight[i] = 1;
        gf_pass_descend(jacobian + i * p, NULL, pass, weight);
        weight[i] = 0;
    }
}
