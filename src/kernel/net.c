/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nets: where each layer's numbers stand, and their first values. */
#include <ganfield/net.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

#include "kernel/orthogonal.h"

void gf_net_init(gf_net *net)
{
    *net = (gf_net){.theta = NULL};
}

void gf_net_clear(gf_net *net)
{
    free(net->theta);
    free(net->mask);
    gf_net_init(net);
}

static size_t place(size_t *next, size_t count, bool is_there)
{
    size_t start = *next;

    if (!is_there)
        return GF_NET_NOWHERE;
    *next += count;
    return start;
}

static void lay_out(gf_net *net)
{
    const gf_net_shape *shape = &net->shape;
    bool has_gain = shape->norm == GF_NORM_BN_PRE ||
                    shape->norm == GF_NORM_BN_POST || shape->norm == GF_NORM_LN;
    size_t next = 0, units = 0;

    for (size_t l = 0; l < shape->layers; l++) {
        gf_net_layer *layer = &net->layer[l];
        bool is_hidden = l + 1 < shape->layers;
        size_t n = shape->size[l + 1], k = shape->size[l];
        *layer = (gf_net_layer){.inputs = k, .outputs = n};
        layer->weight = place(&next, n * k, true);
        layer->bias = place(&next, n, true);
        layer->gain = place(&next, n, has_gain && is_hidden);
        layer->shift = place(&next, n, has_gain && is_hidden);
        layer->scale = place(&next, n, shape->norm == GF_NORM_WN);
        layer->is_residual = shape->is_residual && is_hidden && n == k;
        if (is_hidden && net->mask)
            layer->mask = net->mask + units;
        units += n;
    }
}

/* --- the reference's formulas ------------------------------------------ */

static void set_reference(gf_net *net, size_t l)
{
    const gf_net_layer *layer = &net->layer[l];
    double *theta = net->theta, at = (double)l;

    for (size_t i = 0; i < layer->outputs; i++) {
        double x = (double)i;
        double *row = theta + layer->weight + i * layer->inputs;
        for (size_t j = 0; j < layer->inputs; j++) {
            double y = (double)j;
            row[j] = sqrt(2 / (double)layer->inputs) *
                     sin(1 + at + 0.7 * x + 0.3 * y + 1.1 * x * y);
        }
        theta[layer->bias + i] = 0.3 * cos(0.5 * x + at);
        if (layer->gain != GF_NET_NOWHERE) {
            theta[layer->gain + i] = 1 + 0.1 * sin(x + at);
            theta[layer->shift + i] = 0.1 * cos(2 * x + at);
        }
        if (layer->scale != GF_NET_NOWHERE)
            theta[layer->scale + i] = 1 + 0.2 * sin(3 * x + at);
    }
}

/* --- random ------------------------------------------------------------ */

static double spread(const gf_net_shape *shape, const gf_net_layer *layer)
{
    double in = (double)layer->inputs, out = (double)layer->outputs;

    if (shape->is_ntk)
        return 1;
    switch (shape->init) {
    case GF_INIT_HE:
        return sqrt(2 / in);
    case GF_INIT_LECUN:
        return sqrt(1 / in);
    case GF_INIT_XAVIER:
        return sqrt(2 / (in + out));
    case GF_INIT_NORMAL:
        return shape->sigma;
    default:
        return 1;
    }
}

static double draw_bias(const gf_net_shape *shape, const gf_net_layer *layer,
                        gsl_rng *random)
{
    double bound = 1 / sqrt((double)layer->inputs);

    if (shape->is_ntk)
        return gsl_ran_gaussian_ziggurat(random, 1);
    if (shape->init == GF_INIT_NORMAL)
        return gsl_ran_gaussian_ziggurat(random, shape->sigma);
    return bound * (2 * gsl_rng_uniform(random) - 1);
}

static double row_length(const double *row, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += row[i] * row[i];
    return sqrt(sum);
}

static void set_random(gf_net *net, size_t l, gsl_rng *random)
{
    const gf_net_shape *shape = &net->shape;
    const gf_net_layer *layer = &net->layer[l];
    double *weight = net->theta + layer->weight;
    double width = spread(shape, layer);

    for (size_t i = 0; i < layer->outputs * layer->inputs; i++)
        weight[i] = gsl_ran_gaussian_ziggurat(random, width);
    if (shape->init == GF_INIT_ORTHOGONAL && !shape->is_ntk)
        gf_orthogonalise(weight, layer->outputs, layer->inputs);
    for (size_t i = 0; i < layer->outputs; i++) {
        net->theta[layer->bias + i] = draw_bias(shape, layer, random);
        if (layer->gain != GF_NET_NOWHERE) {
            net->theta[layer->gain + i] = 1;
            net->theta[layer->shift + i] = 0;
        }
        if (layer->scale != GF_NET_NOWHERE)
            net->theta[layer->scale + i] =
                row_length(weight + i * layer->inputs, layer->inputs);
    }
}

/* --- masks ------------------------------------------------------------- */

static size_t hidden_units(const gf_net_shape *shape)
{
    size_t units = 0;

    for (size_t l = 1; l < shape->layers; l++)
        units += shape->size[l];
    return units;
}

static void draw_mask(gf_net *net, gsl_rng *random)
{
    double share = net->shape.dropout;
    size_t units = hidden_units(&net->shape);

    for (size_t i = 0; net->mask && i < units; i++)
        net->mask[i] = gsl_rng_uniform(random) < share ? 0 : 1 / (1 - share);
}

static void set_reference_mask(gf_net *net)
{
    double *mask = net->mask;

    for (size_t l = 0; mask && l + 1 < net->shape.layers; l++)
        for (size_t i = 0; i < net->shape.size[l + 1]; i++)
            *mask++ = (3 * i + l) % 4 == 0 ? 0 : 1 / 0.75;
}

void gf_net_draw_mask(gf_net *net, uint64_t seed)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);

    if (!random)
        return;
    gsl_rng_set(random, (unsigned long)seed);
    draw_mask(net, random);
    gsl_rng_free(random);
}

/* --- all --------------------------------------------------------------- */

gf_status gf_net_make(gf_net *net, const gf_net_shape *shape, gf_error *error)
{
    size_t units = hidden_units(shape);
    bool has_mask = shape->dropout > 0 && units > 0;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);

    *net = (gf_net){.shape = *shape};
    net->theta = calloc(shape->parameters, sizeof *net->theta);
    net->mask = has_mask ? calloc(units, sizeof *net->mask) : NULL;
    if (!random || !net->theta || (has_mask && !net->mask)) {
        if (random)
            gsl_rng_free(random);
        gf_net_clear(net);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    gsl_rng_set(random, (unsigned long)shape->seed);
    lay_out(net);
    for (size_t l = 0; l < shape->layers; l++) {
        if (shape->init == GF_INIT_REFERENCE)
            set_reference(net, l);
        else
            set_random(net, l, random);
    }
    if (shape->init == GF_INIT_REFERENCE)
        set_reference_mask(net);
    else
        draw_mask(net, random);
    gsl_rng_free(random);
    return GF_OK;
}
