/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pass: its store, and the way forward. */
#include "kernel/crown.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- the store --------------------------------------------------------- */

/* Hands out aligned parts of a block; with no block it only counts. */
typedef struct carver {
    double *block;
    size_t next;
} carver;

static double *carve(carver *c, size_t count)
{
    double *at = c->block ? c->block + c->next : NULL;

    c->next += gf_panels_round(count, GF_PANEL_ALIGNMENT / sizeof(double));
    return at;
}

static bool has_batch_norm(const gf_net *net)
{
    return net->shape.norm == GF_NORM_BN_PRE ||
           net->shape.norm == GF_NORM_BN_POST;
}

static bool has_standard(const gf_net *net)
{
    return has_batch_norm(net) || net->shape.norm == GF_NORM_LN;
}

static void carve_standard(gf_pass_layer *layer, carver *c, const gf_net *net,
                           size_t most)
{
    size_t n = layer->net->outputs;
    size_t sets = has_batch_norm(net) ? GF_GROUPS_MAX * n : most;
    gf_standard *s = &layer->standard;

    s->is_by_row = net->shape.norm == GF_NORM_LN;
    s->width = n;
    s->hat = carve(c, most * n);
    s->hat_rate = carve(c, most * n);
    s->over = carve(c, sets);
    s->over_rate = carve(c, sets);
    s->work = carve(c, 4 * n);
}

/* relu and its kin have no second derivative, so that nobody asks again what
   they were applied to (but a spectral norm, whose kernel does): their values
   take its place, which keeps a layer's numbers in nearer caches. */
static bool overwrites(const gf_pass_layer *layer, const gf_net *net)
{
    return gf_pass_is_hidden(layer) && net->shape.norm != GF_NORM_SN &&
           !has_standard(net) && gf_activation_is_leaky(layer->activation);
}

static void carve_layer(gf_pass_layer *layer, carver *c, const gf_net *net,
                        size_t most)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    bool is_own = net->shape.norm == GF_NORM_WN ||
                  net->shape.norm == GF_NORM_SN || net->shape.is_ntk;

    layer->own_weight = is_own ? carve(c, n * k) : NULL;
    layer->weight_rate = carve(c, n * k);
    layer->length = carve(c, n);
    layer->raw = net->shape.norm == GF_NORM_WN ? carve(c, n * k) : NULL;
    layer->u = carve(c, n);
    layer->v = carve(c, k);
    layer->y = carve(c, most * n);
    layer->y_rate = carve(c, most * n);
    layer->da = carve(c, most * n);
    layer->da_rate = carve(c, most * n);
    layer->dy = layer->da;
    if (!gf_pass_is_hidden(layer))
        return;
    layer->slope = carve(c, most * n);
    layer->output = overwrites(layer, net) ? layer->y : carve(c, most * n);
    layer->output_rate = carve(c, most * n);
    if (!has_standard(net))
        return;
    layer->dy = carve(c, most * n);
    layer->dz = layer->dy;
    if (net->shape.norm == GF_NORM_BN_POST) {
        layer->dz = carve(c, most * n);
        layer->da = layer->dy;
    }
    carve_standard(layer, c, net, most);
}

static size_t widest(const gf_net_shape *shape)
{
    size_t width = 1;

    for (size_t l = 0; l <= shape->layers; l++)
        width = shape->size[l] > width ? shape->size[l] : width;
    return width;
}

/* How many doubles the pass needs. */
static size_t carve_all(gf_pass *pass, double *block)
{
    carver c = {.block = block};
    size_t most = pass->most, widest_matrix = most * widest(&pass->net->shape);

    for (size_t l = 0; l < pass->layers; l++)
        carve_layer(&pass->layer[l], &c, pass->net, most);
    pass->f = carve(&c, most);
    pass->head_slope = carve(&c, most);
    pass->head_curve = carve(&c, most);
    pass->s_rate = carve(&c, most);
    for (int i = 0; i < 2; i++) {
        pass->flow[i] = carve(&c, widest_matrix);
        pass->flow_rate[i] = carve(&c, widest_matrix);
        pass->more[i] = carve(&c, widest_matrix);
    }
    pass->work = carve(&c, widest_matrix);
    return c.next;
}

gf_status gf_pass_new(gf_pass **out, const gf_net *net, size_t most_points,
                      gf_error *error)
{
    size_t width = widest(&net->shape);
    gf_pass *pass = calloc(1, sizeof *pass);

    *out = NULL;
    if (!pass || !gf_product_store_init(&pass->store)) {
        gf_pass_free(pass);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    pass->net = net;
    pass->most = most_points;
    pass->layers = net->shape.layers;
    for (size_t l = 0; l < pass->layers; l++) {
        pass->layer[l].net = &net->layer[l];
        pass->layer[l].number = l;
        if (l + 1 < pass->layers)
            pass->layer[l].activation = net->shape.activation[l];
        pass->layer[l].slope_number = net->shape.number[l];
    }
    /* 1024 is above what a layer takes of one matrix, many times over. */
    if (most_points > SIZE_MAX / sizeof(double) / width / 1024 ||
        !(pass->block = gf_panels_new(carve_all(pass, NULL)))) {
        gf_pass_free(pass);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    carve_all(pass, pass->block);
    for (size_t l = 0; l < pass->layers; l++)
        memset(pass->layer[l].v, 0, net->layer[l].inputs * sizeof(double));
    *out = pass;
    return GF_OK;
}

void gf_pass_free(gf_pass *pass)
{
    if (!pass)
        return;
    gf_product_store_clear(&pass->store);
    free(pass->block);
    free(pass);
}

/* --- forward ----------------------------------------------------------- */

static gf_status check_batch(gf_pass *pass, const gf_batch *batch,
                             gf_error *error)
{
    size_t sum = 0;

    if (batch->count > pass->most)
        return gf_error_set(error, GF_LIMIT,
                            "%zu points in a pass made for %zu", batch->count,
                            pass->most);
    pass->batch = *batch;
    pass->whole = batch->count;
    if (batch->groups == 0) {
        pass->batch.groups = 1;
        pass->batch.group_size = &pass->whole;
    }
    if (pass->batch.groups > GF_GROUPS_MAX)
        return gf_error_set(error, GF_LIMIT, "at most %d groups of points",
                            GF_GROUPS_MAX);
    for (size_t i = 0; i < pass->batch.groups; i++) {
        sum += pass->batch.group_size[i];
        if (pass->batch.group_size[i] == 0)
            return gf_error_set(error, GF_ARGUMENT, "a group has no points");
    }
    if (sum != batch->count)
        return gf_error_set(error, GF_ARGUMENT,
                            "groups of %zu points for a batch of %zu", sum,
                            batch->count);
    return GF_OK;
}

/* y = h W' + b. */
static void apply_affine(gf_pass *pass, gf_pass_layer *layer)
{
    size_t n = layer->net->outputs, k = layer->net->inputs;
    const double *bias = pass->net->theta + layer->net->bias;
    double factor = gf_weights_bias_factor(pass->net);
    gf_product p = {.c = layer->y,
                    .rows = pass->batch.count,
                    .columns = n,
                    .depth = k,
                    .stride = n,
                    .a = gf_view_rows(layer->input, k),
                    .b = gf_view_transposed(layer->weight, k),
                    .finish.shift = factor == 1 ? bias : NULL};

    gf_product_run(&p, &pass->store);
    if (factor != 1)
        pass->store.vectors->shift(layer->y, bias, factor, p.rows, n);
}

/* x = gain hat + shift, after standardising x. */
static void standardise(gf_pass *pass, gf_pass_layer *layer, double *x)
{
    const double *gain = pass->net->theta + layer->net->gain;
    const double *shift = pass->net->theta + layer->net->shift;
    gf_standard *s = &layer->standard;

    s->count = pass->batch.count;
    s->is_frozen = pass->batch.is_frozen && !s->is_by_row;
    s->groups = pass->batch.groups;
    s->group_size = pass->batch.group_size;
    gf_standard_apply(s, x);
    for (size_t i = 0; i < s->count; i++)
        for (size_t j = 0; j < s->width; j++) {
            size_t at = i * s->width + j;
            x[at] = gain[j] * s->hat[at] + shift[j];
        }
}

static void run_hidden(gf_pass *pass, gf_pass_layer *layer)
{
    size_t n = layer->net->outputs, count = pass->batch.count * n;
    gf_norm norm = pass->net->shape.norm;
    const double *mask = layer->net->mask;

    if (norm == GF_NORM_BN_PRE || norm == GF_NORM_LN)
        standardise(pass, layer, layer->y);
    layer->activation->at(layer->output, layer->slope, layer->y, count,
                          layer->slope_number);
    if (norm == GF_NORM_BN_POST)
        standardise(pass, layer, layer->output);
    for (size_t i = 0; mask && i < count; i++)
        layer->output[i] *= mask[i % n];
    for (size_t i = 0; layer->net->is_residual && i < count; i++)
        layer->output[i] += layer->input[i];
}

static void apply_head(gf_pass *pass, const double *s)
{
    static const char *const names[] = {"identity", "sigmoid", "softplus",
                                        "identity"};

    pass->head = gf_activation_find(names[pass->net->shape.head]);
    pass->head->at(pass->f, pass->head_slope, s, pass->batch.count, 0);
}

gf_status gf_pass_forward(const double **out, gf_pass *pass,
                          const gf_batch *batch, gf_error *error)
{
    gf_status status = check_batch(pass, batch, error);

    if (status)
        return status;
    const double *input = batch->x;
    pass->is_crowned = gf_crown_fits(pass);
    for (size_t l = 0; l < pass->layers; l++) {
        gf_pass_layer *layer = &pass->layer[l];
        layer->input = input;
        gf_weights_set(layer, pass->net, pass->work);
        if (!gf_pass_is_hidden(layer) && pass->is_crowned)
            gf_crown_forward(pass);
        else
            apply_affine(pass, layer);
        if (l + (pass->is_crowned ? 2 : 1) < pass->layers)
            run_hidden(pass, layer);
        input = layer->output;
    }
    apply_head(pass, pass->layer[pass->layers - 1].y);
    *out = pass->f;
    return GF_OK;
}
