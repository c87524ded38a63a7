/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * K by layers: for the affine map of one layer, with cotangents d of its result
 * and input h,
 *
 *     plain    (f^2 <d,d'>)(<h,h'> + (g/f)^2)      f, g: factors of ntk, or 1
 *     ln, bn   + <dy hat, dy' hat'> + <dy, dy'>    of gain and shift
 *     wn       with c_i = f s_i/|v_i|, p_i = v_i.h/|v_i|:
 *              <c d, c'd'><h,h'> + <d,d'> + sum_i (f^2 - c_i^2) d_i p_i
 * d_i'p_i' sn       with q = d.Wh, r = f (u.d)(v.h), W = f V/sigma: (f/sigma)^2
 * <d,d'><h,h'> + g^2 <d,d'>
 *              + ((q - r)(q' - r') - r r')/sigma^2
 *
 * so each layer is one term of mosaic.h.
 */
#include "kernel/crew.h"
#include "kernel/gram.h"
#include "kernel/mosaic.h"

#include <math.h>
#include <stdlib.h>

/* What threads share; each has a pass and room for one matrix. */
typedef struct gram_job {
    const gf_net *net;
    const gf_batch *batch;
    gf_mosaic mosaic;
    size_t chunk;
    gf_pass *pass[GF_CREW_MAX];
    double *room[GF_CREW_MAX];
    size_t workers;
    double *output;
    const double *one;
} gram_job;

static bool has_gain(const gf_pass_layer *layer)
{
    return layer->net->gain != GF_NET_NOWHERE;
}

static gf_mosaic_depth depth_of(const gf_net *net, size_t l)
{
    const gf_net_layer *layer = &net->layer[l];
    size_t n = layer->outputs;
    gf_mosaic_depth depth = {n, layer->inputs, 0,
                             layer->gain == GF_NET_NOWHERE};

    if (net->shape.norm == GF_NORM_WN || layer->gain != GF_NET_NOWHERE)
        depth.e = 2 * n;
    if (net->shape.norm == GF_NORM_SN)
        depth.e = 2;
    return depth;
}

/* --- one layer's matrices ---------------------------------------------- */

static void fill_gain(double *e, const gf_pass *pass,
                      const gf_pass_layer *layer)
{
    size_t n = layer->net->outputs;
    const double *g =
        pass->net->shape.norm == GF_NORM_BN_POST ? layer->dz : layer->dy;

    for (size_t i = 0; i < pass->batch.count; i++)
        for (size_t j = 0; j < n; j++) {
            e[2 * i * n + j] = g[i * n + j] * layer->standard.hat[i * n + j];
            e[2 * i * n + n + j] = g[i * n + j];
        }
}

/* c_i and what e's columns count. */
static double row_factor(const gf_pass *pass, const gf_pass_layer *layer,
                         size_t i)
{
    return gf_weights_factor(layer, pass->net) *
           pass->net->theta[layer->net->scale + i] / layer->length[i];
}

static void fill_scaled(double *a, const gf_pass *pass,
                        const gf_pass_layer *layer)
{
    size_t n = layer->net->outputs;

    for (size_t j = 0; j < n; j++) {
        double c = row_factor(pass, layer, j);
        for (size_t i = 0; i < pass->batch.count; i++)
            a[i * n + j] = c * layer->da[i * n + j];
    }
}

/* e = (g d, d p). */
static void fill_weight_norm(double *e, gf_pass *pass,
                             const gf_pass_layer *layer)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    double bias = gf_weights_bias_factor(pass->net);
    gf_product p = {
        .c = e + n,
        .rows = pass->batch.count,
        .columns = n,
        .depth = k,
        .stride = 2 * n,
        .a = gf_view_rows(layer->input, k),
        .b = gf_view_transposed(pass->net->theta + layer->net->weight, k)};

    gf_product_run(&p, &pass->store);
    for (size_t i = 0; i < pass->batch.count; i++)
        for (size_t j = 0; j < n; j++) {
            double d = layer->da[i * n + j];
            e[2 * i * n + j] = bias * d;
            e[2 * i * n + n + j] *= d / layer->length[j];
        }
}

static void sign_weight_norm(double *sign, const gf_pass *pass,
                             const gf_pass_layer *layer)
{
    double factor = gf_weights_factor(layer, pass->net);
    size_t n = layer->net->outputs;

    for (size_t j = 0; j < n; j++) {
        double c = row_factor(pass, layer, j);
        sign[j] = 1;
        sign[n + j] = factor * factor - c * c;
    }
}

/* e = (q - r, r)/sigma, with W h = y - g b. */
static void fill_spectral(double *e, const gf_pass *pass,
                          const gf_pass_layer *layer)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    const double *bias = pass->net->theta + layer->net->bias;
    double factor = gf_weights_factor(layer, pass->net);
    double g = gf_weights_bias_factor(pass->net);

    for (size_t i = 0; i < pass->batch.count; i++) {
        const double *h = layer->input + i * k, *d = layer->da + i * n;
        double q = 0, along_u = 0, along_v = 0;
        for (size_t j = 0; j < n; j++) {
            q += d[j] * (layer->y[i * n + j] - g * bias[j]);
            along_u += layer->u[j] * d[j];
        }
        for (size_t j = 0; j < k; j++)
            along_v += layer->v[j] * h[j];
        double r = factor * along_u * along_v;
        e[2 * i] = (q - r) / layer->sigma;
        e[2 * i + 1] = r / layer->sigma;
    }
}

/* The term's panels for the points of a pass, the first of which is `first`. */
static void fill_term(gf_mosaic *mosaic, gf_pass *pass, size_t l, size_t first,
                      double *room)
{
    const gf_pass_layer *layer = &pass->layer[l];
    gf_mosaic_term *term = &mosaic->term[l];
    size_t n = layer->net->outputs, count = pass->batch.count;
    gf_norm norm = pass->net->shape.norm;
    double *sign = room + 2 * n * count;
    const double *a = layer->da;

    if (norm == GF_NORM_WN) {
        fill_scaled(room, pass, layer);
        a = room;
    }
    gf_mosaic_fill(mosaic, &term->a, a, first, count, NULL);
    gf_mosaic_fill(mosaic, &term->b, layer->input, first, count, NULL);
    if (term->e.depth == 0)
        return;
    sign[0] = 1;
    sign[1] = -1;
    if (norm == GF_NORM_WN) {
        fill_weight_norm(room, pass, layer);
        sign_weight_norm(sign, pass, layer);
    } else if (norm == GF_NORM_SN) {
        fill_spectral(room, pass, layer);
    } else if (has_gain(layer)) {
        fill_gain(room, pass, layer);
    }
    gf_mosaic_fill(mosaic, &term->e, room, first, count,
                   has_gain(layer) ? NULL : sign);
}

/* --- all --------------------------------------------------------------- */

static void run_chunk(size_t i, size_t worker, void *ctx)
{
    gram_job *job = ctx;
    size_t first = i * job->chunk, inputs = job->net->shape.size[0];
    gf_batch batch = *job->batch;
    const double *f = NULL;

    batch.x += first * inputs;
    if (batch.count > job->chunk) {
        batch.count -= first;
        if (batch.count > job->chunk)
            batch.count = job->chunk;
        batch.groups = 0;
    }
    /* The batch was checked, so this cannot fail. */
    if (gf_pass_forward(&f, job->pass[worker], &batch, NULL))
        return;
    for (size_t k = 0; job->output && k < batch.count; k++)
        job->output[first + k] = f[k];
    gf_pass_descend(NULL, NULL, job->pass[worker], job->one);
    for (size_t l = 0; l < job->net->shape.layers; l++)
        fill_term(&job->mosaic, job->pass[worker], l, first, job->room[worker]);
}

static size_t widest(const gf_net_shape *shape)
{
    size_t width = 1;

    for (size_t l = 0; l <= shape->layers; l++)
        width = shape->size[l] > width ? shape->size[l] : width;
    return width;
}

static gf_status prepare(gram_job *job, size_t threads, gf_error *error)
{
    gf_mosaic_depth depth[GF_NET_LAYERS_MAX];
    size_t layers = job->net->shape.layers;
    size_t width = widest(&job->net->shape);

    for (size_t l = 0; l < layers; l++)
        depth[l] = depth_of(job->net, l);
    if (!gf_mosaic_init(&job->mosaic, job->batch->count, layers, depth))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (; job->workers < threads; job->workers++) {
        gf_status status =
            gf_pass_new(&job->pass[job->workers], job->net, job->chunk, error);
        if (status)
            return status;
        job->room[job->workers] =
            malloc((2 * job->chunk + 2) * width * sizeof(double));
        if (!job->room[job->workers]) {
            gf_pass_free(job->pass[job->workers]);
            return gf_error_set(error, GF_MEMORY, "out of memory");
        }
    }
    return GF_OK;
}

/* What a term's entrywise product is multiplied with, and its beta; a weight
 * norm has its factors in a, and its biases apart. */
static void set_factors(gram_job *job)
{
    double g = gf_weights_bias_factor(job->net);

    for (size_t l = 0; l < job->net->shape.layers; l++) {
        const gf_pass_layer *layer = &job->pass[0]->layer[l];
        gf_mosaic_term *term = &job->mosaic.term[l];
        double f = gf_weights_factor(layer, job->net);
        if (job->net->shape.norm == GF_NORM_SN)
            f /= layer->sigma;
        bool is_apart = job->net->shape.norm == GF_NORM_WN;
        term->scale = is_apart ? 1 : f * f;
        term->beta = is_apart ? 0 : g * g / (f * f);
    }
}

static void run_next_chunk(size_t i, size_t worker, void *ctx)
{
    run_chunk(i + 1, worker, ctx);
}

static void clear(gram_job *job, double *one)
{
    for (size_t i = 0; i < job->workers; i++) {
        gf_pass_free(job->pass[i]);
        free(job->room[i]);
    }
    gf_mosaic_clear(&job->mosaic);
    free(one);
}

gf_status gf_gram_layers(double *k, double *output, const gf_net *net,
                         const gf_batch *batch, size_t threads, gf_error *error)
{
    gram_job job = {.net = net, .batch = batch, .output = output};
    bool is_whole = net->shape.norm == GF_NORM_BN_PRE ||
                    net->shape.norm == GF_NORM_BN_POST ||
                    batch->count < GF_MOSAIC_CHUNK;

    job.chunk = is_whole ? batch->count : GF_MOSAIC_CHUNK;
    size_t chunks = (batch->count + job.chunk - 1) / job.chunk;
    double *one = malloc(job.chunk * sizeof *one);
    if (!one)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < job.chunk; i++)
        one[i] = 1;
    job.one = one;
    threads = threads < chunks ? threads : chunks;
    gf_status status = prepare(&job, threads, error);
    if (!status) {
        run_chunk(0, 0, &job);
        gf_crew_run(run_next_chunk, chunks - 1, threads, &job);
        set_factors(&job);
    }
    if (!status)
        gf_mosaic_run(k, &job.mosaic, threads);
    clear(&job, one);
    return status;
}
