/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way back: how a sum of outputs depends on theta and on the points. */
#include "kernel/crown.h"

#include <string.h>

/* The gradient of gain and shift from the cotangent of gain hat + shift. */
static void add_gain(double *gradient, const gf_pass_layer *layer,
                     const double *g, size_t count)
{
    size_t n = layer->net->outputs;
    double *gain = gradient + layer->net->gain;
    double *shift = gradient + layer->net->shift;

    memset(gain, 0, n * sizeof *gain);
    memset(shift, 0, n * sizeof *shift);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < n; j++) {
            gain[j] += g[i * n + j] * layer->standard.hat[i * n + j];
            shift[j] += g[i * n + j];
        }
}

/* Back through gain hat(x) + shift. */
static void through_standard(double *out, const gf_pass *pass,
                             const gf_pass_layer *layer, const double *g)
{
    const double *gain = pass->net->theta + layer->net->gain;
    size_t n = layer->net->outputs;

    for (size_t i = 0; i < pass->batch.count * n; i++)
        out[i] = gain[i % n] * g[i];
    gf_standard_derive(out, &layer->standard, out);
}

/* dy and da of a hidden layer from the cotangent of its output. */
static void through_hidden(double *gradient, gf_pass *pass,
                           gf_pass_layer *layer, const double *g)
{
    size_t n = layer->net->outputs, points = pass->batch.count;
    const double *mask = layer->net->mask;
    gf_norm norm = pass->net->shape.norm;
    double *dz = norm == GF_NORM_BN_POST ? layer->dz : layer->dy;

    if (mask)
        for (size_t i = 0; i < points * n; i++)
            dz[i] = mask[i % n] * g[i];
    else if (norm == GF_NORM_BN_POST)
        memcpy(dz, g, points * n * sizeof *dz);
    if (norm == GF_NORM_BN_POST) {
        if (gradient)
            add_gain(gradient, layer, dz, points);
        through_standard(layer->dy, pass, layer, dz);
    }
    pass->store.vectors->multiply(
        layer->dy, mask || norm == GF_NORM_BN_POST ? layer->dy : g,
        layer->slope, points * n);
    if (norm == GF_NORM_BN_PRE || norm == GF_NORM_LN) {
        if (gradient)
            add_gain(gradient, layer, layer->dy, points);
        through_standard(layer->da, pass, layer, layer->dy);
    }
}

/* The gradient of W from da. */
static void add_weight(double *gradient, gf_pass *pass,
                       const gf_pass_layer *layer)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    gf_product p = {.c = gradient + layer->net->weight,
                    .rows = n,
                    .columns = k,
                    .depth = pass->batch.count,
                    .stride = k,
                    .a = gf_view_transposed(layer->da, n),
                    .b = gf_view_rows(layer->input, k)};

    gf_product_run(&p, &pass->store);
    gf_weights_pull(gradient, layer, pass->net);
}

/* That of b. */
static void add_bias(double *gradient, gf_pass *pass,
                     const gf_pass_layer *layer)
{
    size_t n = layer->net->outputs;
    double factor = gf_weights_bias_factor(pass->net);

    pass->store.vectors->combine(gradient + layer->net->bias, &factor, 0,
                                 layer->da, n, pass->batch.count, n, false);
}

/* out = da W, times a matrix of the same shape where there is one. */
static void multiply_affine(double *out, gf_pass *pass,
                            const gf_pass_layer *layer, const double *times)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    gf_product p = {.c = out,
                    .rows = pass->batch.count,
                    .columns = k,
                    .depth = n,
                    .stride = k,
                    .a = gf_view_rows(layer->da, n),
                    .b = gf_view_rows(layer->weight, k),
                    .finish.times = times};

    gf_product_run(&p, &pass->store);
}

void gf_pass_through_affine(double *out, gf_pass *pass,
                            const gf_pass_layer *layer, const double *g)
{
    size_t count = pass->batch.count * layer->net->inputs;

    multiply_affine(out, pass, layer, NULL);
    for (size_t i = 0; layer->net->is_residual && i < count; i++)
        out[i] += g[i];
}

/* Is da of the layer below just the cotangent of its output times its slope,
   and is that cotangent of no other use? */
static bool is_direct(const gf_pass *pass, size_t l)
{
    const gf_pass_layer *below = &pass->layer[l - 1];

    return !below->dz && below->dy == below->da && !below->net->mask &&
           !below->net->is_residual && !pass->layer[l].net->is_residual;
}

/* From the cotangent g of the output of the topmost of so many layers; has_da:
   that layer has its da and the gradient of its b already. */
static void go_down(double *theta_gradient, double *x_gradient, gf_pass *pass,
                    double *g, size_t layers, bool has_da)
{
    bool has_bias = has_da;

    for (size_t l = layers; l-- > 0;) {
        gf_pass_layer *layer = &pass->layer[l];
        double *next = pass->flow[g == pass->flow[0]];
        if (!gf_pass_is_hidden(layer))
            memcpy(layer->da, g, pass->batch.count * sizeof *g);
        else if (!has_da)
            through_hidden(theta_gradient, pass, layer, g);
        if (theta_gradient)
            add_weight(theta_gradient, pass, layer);
        if (theta_gradient && !has_bias)
            add_bias(theta_gradient, pass, layer);
        has_bias = false;
        has_da = l > 0 && is_direct(pass, l);
        if (has_da)
            multiply_affine(pass->layer[l - 1].da, pass, layer,
                            pass->layer[l - 1].slope);
        else if (l > 0)
            gf_pass_through_affine(next, pass, layer, g);
        else if (x_gradient)
            gf_pass_through_affine(x_gradient, pass, layer, g);
        g = next;
    }
}

static double *begin(gf_pass *pass, const double *weight)
{
    double *g = pass->flow[0];

    for (size_t i = 0; i < pass->batch.count; i++)
        g[i] = weight[i] * pass->head_slope[i];
    return g;
}

void gf_pass_descend(double *theta_gradient, double *x_gradient, gf_pass *pass,
                     const double *weight)
{
    gf_crown_unfold(pass);
    go_down(theta_gradient, x_gradient, pass, begin(pass, weight), pass->layers,
            false);
}

void gf_pass_backward(double *theta_gradient, double *x_gradient, gf_pass *pass,
                      const double *weight)
{
    double *g = begin(pass, weight);

    if (!pass->is_crowned)
        go_down(theta_gradient, x_gradient, pass, g, pass->layers, false);
    else if (!gf_crown_backward(theta_gradient, x_gradient, pass, g))
        go_down(theta_gradient, x_gradient, pass, g, pass->layers - 1, true);
}
