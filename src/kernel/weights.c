/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix that a layer multiplies with, and theta: weight norm
   [salimans2016], spectral norm [miyato2018], the ntk factors [jacot2018]. */
#include "kernel/pass.h"

#include <math.h>
#include <string.h>

#include "kernel/orthogonal.h"

double gf_weights_bias_factor(const gf_net *net)
{
    return net->shape.is_ntk ? sqrt(net->shape.bias_variance) : 1;
}

double gf_weights_factor(const gf_pass_layer *layer, const gf_net *net)
{
    if (!net->shape.is_ntk)
        return 1;
    return sqrt(net->shape.weight_variance / (double)layer->net->inputs);
}

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void scale(double *out, const double *in, double factor, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = factor * in[i];
}

void gf_weights_set(gf_pass_layer *layer, const gf_net *net, double *work)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    const double *theta = net->theta + layer->net->weight;
    double factor = gf_weights_factor(layer, net);

    layer->weight = layer->own_weight ? layer->own_weight : theta;
    if (!layer->own_weight)
        return;
    if (net->shape.norm == GF_NORM_SN) {
        layer->sigma =
            gf_largest_singular(layer->u, layer->v, work, theta, n, k);
        factor /= layer->sigma;
    }
    if (net->shape.norm != GF_NORM_WN) {
        scale(layer->own_weight, theta, factor, n * k);
        return;
    }
    for (size_t i = 0; i < n; i++, theta += k) {
        layer->length[i] = sqrt(dot(theta, theta, k));
        scale(layer->own_weight + i * k, theta,
              factor * net->theta[layer->net->scale + i] / layer->length[i], k);
    }
}

/* --- weight norm ------------------------------------------------------- */

/* One row: W = c v, c = factor s/|v|, and what changes along v_rate, s_rate.
   along = v.v_rate/|v|^2. */
typedef struct row {
    const double *v, *v_rate;
    size_t count;
    double length, along, c, c_rate, factor;
} row;

static row find_row(const gf_pass_layer *layer, const gf_net *net, size_t i,
                    const double *theta_rate)
{
    const gf_net_layer *at = layer->net;
    size_t k = at->inputs;
    double s = net->theta[at->scale + i], length = layer->length[i];
    row r = {.v = net->theta + at->weight + i * k,
             .count = k,
             .length = length,
             .factor = gf_weights_factor(layer, net)};

    r.c = r.factor * s / length;
    if (!theta_rate)
        return r;
    r.v_rate = theta_rate + at->weight + i * k;
    r.along = dot(r.v, r.v_rate, k) / (length * length);
    r.c_rate = r.factor * theta_rate[at->scale + i] / length - r.c * r.along;
    return r;
}

static void move_rows(gf_pass_layer *layer, const gf_net *net,
                      const double *theta_rate)
{
    for (size_t i = 0; i < layer->net->outputs; i++) {
        row r = find_row(layer, net, i, theta_rate);
        double *out = layer->weight_rate + i * r.count;
        for (size_t j = 0; j < r.count; j++)
            out[j] = r.c_rate * r.v[j] + r.c * r.v_rate[j];
    }
}

/* ds = factor g.v/|v|; dv = c (g - (g.v/|v|^2) v). */
static void pull_rows(double *gradient, const gf_pass_layer *layer,
                      const gf_net *net)
{
    for (size_t i = 0; i < layer->net->outputs; i++) {
        row r = find_row(layer, net, i, NULL);
        double *g = gradient + layer->net->weight + i * r.count;
        double along = dot(g, r.v, r.count) / (r.length * r.length);
        gradient[layer->net->scale + i] = r.factor * along * r.length;
        for (size_t j = 0; j < r.count; j++)
            g[j] = r.c * (g[j] - along * r.v[j]);
    }
}

static void pull_rows_rate(double *gradient_rate, const double *raw,
                           const gf_pass_layer *layer, const gf_net *net,
                           const double *theta_rate)
{
    for (size_t i = 0; i < layer->net->outputs; i++) {
        row r = find_row(layer, net, i, theta_rate);
        size_t at = layer->net->weight + i * r.count;
        const double *g = raw + i * r.count;
        double *g_rate = gradient_rate + at;
        double square = r.length * r.length;
        double along = dot(g, r.v, r.count) / square;
        double along_rate =
            (dot(g_rate, r.v, r.count) + dot(g, r.v_rate, r.count)) / square -
            2 * along * r.along;
        gradient_rate[layer->net->scale + i] =
            r.factor * r.length * (along_rate + along * r.along);
        for (size_t j = 0; j < r.count; j++)
            g_rate[j] =
                r.c_rate * (g[j] - along * r.v[j]) +
                r.c * (g_rate[j] - along_rate * r.v[j] - along * r.v_rate[j]);
    }
}

/* --- spectral norm ----------------------------------------------------- */

/* W = factor V/sigma and sigma' = u'V'v. */
static void move_spectral(gf_pass_layer *layer, const gf_net *net,
                          const double *theta_rate)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    const double *rate = theta_rate + layer->net->weight;
    double factor = gf_weights_factor(layer, net), sigma_rate = 0;

    for (size_t i = 0; i < n; i++)
        sigma_rate += layer->u[i] * dot(rate + i * k, layer->v, k);
    for (size_t i = 0; i < n * k; i++)
        layer->weight_rate[i] =
            (factor * rate[i] - sigma_rate * layer->weight[i]) / layer->sigma;
}

static void pull_spectral(double *gradient, const gf_pass_layer *layer,
                          const gf_net *net)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    double *g = gradient + layer->net->weight;
    double q = dot(g, layer->weight, n * k);
    double factor = gf_weights_factor(layer, net);

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++)
            g[i * k + j] =
                (factor * g[i * k + j] - q * layer->u[i] * layer->v[j]) /
                layer->sigma;
}

/* --- all --------------------------------------------------------------- */

void gf_weights_move(gf_pass_layer *layer, const gf_net *net,
                     const double *theta_rate)
{
    size_t count = layer->net->outputs * layer->net->inputs;

    if (net->shape.norm == GF_NORM_WN)
        move_rows(layer, net, theta_rate);
    else if (net->shape.norm == GF_NORM_SN)
        move_spectral(layer, net, theta_rate);
    else
        scale(layer->weight_rate, theta_rate + layer->net->weight,
              gf_weights_factor(layer, net), count);
}

void gf_weights_pull(double *gradient, const gf_pass_layer *layer,
                     const gf_net *net)
{
    double *g = gradient + layer->net->weight;
    size_t count = layer->net->outputs * layer->net->inputs;

    if (net->shape.norm == GF_NORM_WN)
        pull_rows(gradient, layer, net);
    else if (net->shape.norm == GF_NORM_SN)
        pull_spectral(gradient, layer, net);
    else if (net->shape.is_ntk)
        scale(g, g, gf_weights_factor(layer, net), count);
}

void gf_weights_pull_rate(double *gradient_rate, const double *raw,
                          const gf_pass_layer *layer, const gf_net *net,
                          const double *theta_rate)
{
    double *g = gradient_rate + layer->net->weight;
    size_t count = layer->net->outputs * layer->net->inputs;

    if (net->shape.norm == GF_NORM_WN && theta_rate)
        pull_rows_rate(gradient_rate, raw, layer, net, theta_rate);
    else if (net->shape.norm == GF_NORM_WN)
        pull_rows(gradient_rate, layer, net);
    else if (net->shape.is_ntk)
        scale(g, g, gf_weights_factor(layer, net), count);
}
