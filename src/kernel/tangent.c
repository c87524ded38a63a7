/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How outputs move when theta and the points do. */
#include "kernel/crown.h"

#include <string.h>

/* out = a b', or out + a b'. */
static void put_product(double *out, gf_pass *pass, const gf_pass_layer *layer,
                        const double *a, const double *b, bool add)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    gf_product p = {.c = out,
                    .rows = pass->batch.count,
                    .columns = n,
                    .depth = k,
                    .stride = n,
                    .a = gf_view_rows(a, k),
                    .b = gf_view_transposed(b, k),
                    .add = add};

    gf_product_run(&p, &pass->store);
}

/* y_rate = h_rate W' + h W_rate' + b_rate. */
static void move_affine(gf_pass *pass, gf_pass_layer *layer,
                        const double *theta_rate)
{
    size_t n = layer->net->outputs, points = pass->batch.count;

    if (layer->input_rate)
        put_product(layer->y_rate, pass, layer, layer->input_rate,
                    layer->weight, false);
    else if (!theta_rate)
        memset(layer->y_rate, 0, points * n * sizeof *layer->y_rate);
    if (!theta_rate)
        return;
    gf_weights_move(layer, pass->net, theta_rate);
    put_product(layer->y_rate, pass, layer, layer->input, layer->weight_rate,
                layer->input_rate != NULL);
    pass->store.vectors->shift(layer->y_rate, theta_rate + layer->net->bias,
                               gf_weights_bias_factor(pass->net), points, n);
}

/* rate = the rate of gain hat(x) + shift, for x moving along rate. */
static void move_standard(const gf_pass *pass, gf_pass_layer *layer,
                          double *rate, const double *theta_rate)
{
    size_t n = layer->net->outputs;
    const double *gain = pass->net->theta + layer->net->gain;
    gf_standard *s = &layer->standard;

    gf_standard_move(s, rate);
    for (size_t i = 0; i < pass->batch.count * n; i++) {
        rate[i] = gain[i % n] * s->hat_rate[i];
        if (theta_rate)
            rate[i] += theta_rate[layer->net->gain + i % n] * s->hat[i] +
                       theta_rate[layer->net->shift + i % n];
    }
}

static void move_hidden(const gf_pass *pass, gf_pass_layer *layer,
                        const double *theta_rate)
{
    size_t n = layer->net->outputs, count = pass->batch.count * n;
    const double *mask = layer->net->mask;
    gf_norm norm = pass->net->shape.norm;
    double *rate = layer->output_rate;

    if (norm == GF_NORM_BN_PRE || norm == GF_NORM_LN)
        move_standard(pass, layer, layer->y_rate, theta_rate);
    pass->store.vectors->multiply(rate, layer->slope, layer->y_rate, count);
    if (norm == GF_NORM_BN_POST)
        move_standard(pass, layer, rate, theta_rate);
    for (size_t i = 0; mask && i < count; i++)
        rate[i] *= mask[i % n];
    if (!layer->net->is_residual || !layer->input_rate)
        return;
    for (size_t i = 0; i < count; i++)
        rate[i] += layer->input_rate[i];
}

void gf_pass_tangent(double *out, gf_pass *pass, const double *theta_rate,
                     const double *x_rate)
{
    const double *rate = x_rate;

    gf_crown_unfold(pass);
    pass->theta_rate = theta_rate;
    for (size_t l = 0; l < pass->layers; l++) {
        gf_pass_layer *layer = &pass->layer[l];
        layer->input_rate = rate;
        move_affine(pass, layer, theta_rate);
        if (gf_pass_is_hidden(layer))
            move_hidden(pass, layer, theta_rate);
        rate = layer->output_rate;
    }
    const gf_pass_layer *last = &pass->layer[pass->layers - 1];
    for (size_t i = 0; i < pass->batch.count; i++) {
        pass->s_rate[i] = last->y_rate[i];
        out[i] = pass->head_slope[i] * last->y_rate[i];
    }
}
