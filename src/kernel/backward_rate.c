/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the way back changes when theta and the points move: the derivative of
   backward.c along the rates of tangent.c, line by line. */
#include "kernel/pass.h"

#include <string.h>

/* Products of a and its rate with b and its rate, summed over points: the rate
   of a b, by units; NULL rates are 0. */
static void add_rates(double *out, const double *a, const double *a_rate,
                      const double *b, const double *b_rate, size_t points,
                      size_t n)
{
    memset(out, 0, n * sizeof *out);
    for (size_t at = 0; at < points * n; at += n)
        for (size_t j = 0; j < n; j++) {
            double x = a_rate[at + j] * (b ? b[at + j] : 1);
            out[j] += b_rate ? x + a[at + j] * b_rate[at + j] : x;
        }
}

/* Of gain and shift, from the cotangent g of gain hat + shift. */
static void add_gain_rate(double *out, const gf_pass *pass,
                          const gf_pass_layer *layer, const double *g,
                          const double *g_rate)
{
    const gf_standard *s = &layer->standard;
    size_t n = layer->net->outputs, points = pass->batch.count;

    add_rates(out + layer->net->gain, g, g_rate, s->hat, s->hat_rate, points,
              n);
    add_rates(out + layer->net->shift, g, g_rate, NULL, NULL, points, n);
}

/* g and g_rate go back through gain hat(x) + shift; both may be their own
 * outputs. */
static void through_standard_rate(const gf_pass *pass,
                                  const gf_pass_layer *layer, double *g,
                                  double *g_rate)
{
    const double *gain = pass->net->theta + layer->net->gain;
    const double *rate =
        pass->theta_rate ? pass->theta_rate + layer->net->gain : NULL;
    size_t n = layer->net->outputs;

    for (size_t i = 0; i < pass->batch.count * n; i++) {
        g_rate[i] = gain[i % n] * g_rate[i];
        if (rate)
            g_rate[i] += rate[i % n] * g[i];
        g[i] *= gain[i % n];
    }
    gf_standard_derive_rate(g_rate, &layer->standard, g, g_rate);
    gf_standard_derive(g, &layer->standard, g);
}

/* da_rate of a hidden layer; more[0] and more[1] become the cotangent of y and
 * its rate. */
static void through_hidden_rate(double *out, gf_pass *pass,
                                gf_pass_layer *layer, const double *g,
                                const double *g_rate)
{
    size_t n = layer->net->outputs, count = pass->batch.count * n;
    const double *mask = layer->net->mask;
    double *p = pass->more[0], *p_rate = pass->more[1];
    gf_norm norm = pass->net->shape.norm;

    memcpy(p, g, count * sizeof *p);
    memcpy(p_rate, g_rate, count * sizeof *p_rate);
    for (size_t i = 0; mask && i < count; i++) {
        p[i] *= mask[i % n];
        p_rate[i] *= mask[i % n];
    }
    if (norm == GF_NORM_BN_POST) {
        if (out)
            add_gain_rate(out, pass, layer, p, p_rate);
        through_standard_rate(pass, layer, p, p_rate);
    }
    layer->activation->bend(pass->work, layer->y, count, layer->slope_number);
    for (size_t i = 0; i < count; i++) {
        p_rate[i] = p_rate[i] * layer->slope[i] +
                    p[i] * pass->work[i] * layer->y_rate[i];
        p[i] *= layer->slope[i];
    }
    if (norm == GF_NORM_BN_PRE || norm == GF_NORM_LN) {
        if (out)
            add_gain_rate(out, pass, layer, p, p_rate);
        through_standard_rate(pass, layer, p, p_rate);
    }
    memcpy(layer->da_rate, p_rate, count * sizeof *p_rate);
}

/* c = a' b, or c + a' b. */
static void multiply_across(double *c, gf_pass *pass,
                            const gf_pass_layer *layer, const double *a,
                            const double *b, bool add)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    gf_product p = {.c = c,
                    .rows = n,
                    .columns = k,
                    .depth = pass->batch.count,
                    .stride = k,
                    .a = gf_view_transposed(a, n),
                    .b = gf_view_rows(b, k),
                    .add = add};

    gf_product_run(&p, &pass->store);
}

/* Of W (and the scales of a weight norm) and b. */
static void add_affine_rate(double *out, gf_pass *pass, gf_pass_layer *layer)
{
    size_t n = layer->net->outputs;
    double factor = gf_weights_bias_factor(pass->net);

    if (layer->raw)
        multiply_across(layer->raw, pass, layer, layer->da, layer->input,
                        false);
    multiply_across(out + layer->net->weight, pass, layer, layer->da_rate,
                    layer->input, false);
    if (layer->input_rate)
        multiply_across(out + layer->net->weight, pass, layer, layer->da,
                        layer->input_rate, true);
    gf_weights_pull_rate(out, layer->raw, layer, pass->net, pass->theta_rate);
    pass->store.vectors->combine(out + layer->net->bias, &factor, 0,
                                 layer->da_rate, n, pass->batch.count, n,
                                 false);
}

/* out = a b, or out + a b, a of n and b of k columns. */
static void multiply_down(double *out, gf_pass *pass,
                          const gf_pass_layer *layer, const double *a,
                          const double *b, bool add)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    gf_product p = {.c = out,
                    .rows = pass->batch.count,
                    .columns = k,
                    .depth = n,
                    .stride = k,
                    .a = gf_view_rows(a, n),
                    .b = gf_view_rows(b, k),
                    .add = add};

    gf_product_run(&p, &pass->store);
}

static void through_affine_rate(double *out, gf_pass *pass,
                                const gf_pass_layer *layer,
                                const double *g_rate)
{
    size_t count = pass->batch.count * layer->net->inputs;

    multiply_down(out, pass, layer, layer->da_rate, layer->weight, false);
    if (pass->theta_rate)
        multiply_down(out, pass, layer, layer->da, layer->weight_rate, true);
    for (size_t i = 0; layer->net->is_residual && i < count; i++)
        out[i] += g_rate[i];
}

/* The cotangents of s and their rates. */
static void begin(gf_pass *pass, double *g, double *g_rate,
                  const double *weight)
{
    const gf_pass_layer *last = &pass->layer[pass->layers - 1];

    pass->head->bend(pass->head_curve, last->y, pass->batch.count, 0);
    for (size_t i = 0; i < pass->batch.count; i++) {
        g[i] = weight[i] * pass->head_slope[i];
        g_rate[i] = weight[i] * pass->head_curve[i] * pass->s_rate[i];
    }
}

gf_status gf_pass_backward_rate(double *theta_out, double *x_out, gf_pass *pass,
                                const double *weight, gf_error *error)
{
    double *g = pass->flow[0], *g_rate = pass->flow_rate[0];

    if (pass->net->shape.norm == GF_NORM_SN)
        return gf_error_set(error, GF_ARGUMENT,
                            "second derivatives of a spectral norm are not "
                            "known here");
    gf_pass_descend(NULL, NULL, pass, weight);
    begin(pass, g, g_rate, weight);
    for (size_t l = pass->layers; l-- > 0;) {
        gf_pass_layer *layer = &pass->layer[l];
        int turn = g == pass->flow[0];
        if (gf_pass_is_hidden(layer))
            through_hidden_rate(theta_out, pass, layer, g, g_rate);
        else
            memcpy(layer->da_rate, g_rate, pass->batch.count * sizeof *g);
        if (theta_out)
            add_affine_rate(theta_out, pass, layer);
        double *next = pass->flow[turn], *next_rate = pass->flow_rate[turn];
        if (l == 0)
            next_rate = x_out;
        else
            gf_pass_through_affine(next, pass, layer, g);
        if (next_rate)
            through_affine_rate(next_rate, pass, layer, g_rate);
        g = next;
        g_rate = next_rate;
    }
    return GF_OK;
}
