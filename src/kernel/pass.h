/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pass keeps, and its steps by layer. */
#ifndef GANFIELD_KERNEL_PASS_H
#define GANFIELD_KERNEL_PASS_H

#include "kernel/product.h"
#include "kernel/standard.h"

#include <ganfield/net.h>

enum { GF_GROUPS_MAX = 16 };

/* One layer; matrices are points x units but for weights. */
typedef struct gf_pass_layer {
    const gf_net_layer *net;
    size_t number;
    const gf_activation *activation; /* NULL for the last layer */
    double slope_number;             /* of leaky-relu */

    const double *weight; /* what multiplies the input */
    double *own_weight;   /* where it is not theta's: wn, sn, ntk */
    double *weight_rate;  /* of the same, in a tangent pass */
    double *length;       /* wn: of each row */
    double *raw;          /* wn: the gradient by `weight` */
    double sigma, *u, *v; /* sn */

    const double *input;
    double *y;     /* what phi is applied to; of the last layer s */
    double *slope; /* phi'(y) */
    double *output;
    double *dz; /* bn-post: the cotangent after its gain */
    double *dy, *da;
    const double *input_rate; /* NULL: 0 */
    double *y_rate, *output_rate, *da_rate;
    gf_standard standard;
} gf_pass_layer;

struct gf_pass {
    const gf_net *net;
    size_t most, layers;
    gf_product_store store;
    gf_batch batch;
    size_t whole; /* the size of the only group */
    gf_pass_layer layer[GF_NET_LAYERS_MAX];
    double *f, *head_slope, *head_curve, *s_rate;
    double *flow[2], *flow_rate[2]; /* cotangents on their way down */
    const double *theta_rate;       /* of the last tangent; NULL: rests */
    const gf_activation *head;
    double *more[2]; /* as long as the largest matrix */
    double *work;    /* as long as the largest matrix */
    double *block;   /* holds all of the above */
    bool is_crowned; /* crown.h */
};

static inline bool gf_pass_is_hidden(const gf_pass_layer *layer)
{
    return layer->activation != NULL;
}

/* Is it relu or leaky-relu, whose `at` may be given one array as value and y?
 */
bool gf_activation_is_leaky(const gf_activation *activation);

/* Fills dy and da of all layers for cotangents `weight` of the outputs. The
 * gradient may be NULL; x_gradient too. */
void gf_pass_descend(double *theta_gradient, double *x_gradient, gf_pass *pass,
                     const double *weight);

/* out = da W, the cotangent of a layer's input; with g, that of its output, in
 * the residual form. */
void gf_pass_through_affine(double *out, gf_pass *pass,
                            const gf_pass_layer *layer, const double *g);

/* --- weights.c --------------------------------------------------------- */

/* Sets `weight`, for the present theta. */
void gf_weights_set(gf_pass_layer *layer, const gf_net *net, double *work);
/* Sets weight_rate, for theta moving along theta_rate. */
void gf_weights_move(gf_pass_layer *layer, const gf_net *net,
                     const double *theta_rate);
/* Turns a gradient by `weight`, at its place in a gradient by theta, into that
 * by theta's own numbers. */
void gf_weights_pull(double *gradient, const gf_pass_layer *layer,
                     const gf_net *net);
/* The same for how it changes along theta_rate (NULL: theta rests): raw is the
 * layer's gradient by `weight`, for a weight norm. */
void gf_weights_pull_rate(double *gradient_rate, const double *raw,
                          const gf_pass_layer *layer, const gf_net *net,
                          const double *theta_rate);
/* What theta's biases are multiplied with. */
double gf_weights_bias_factor(const gf_net *net);
double gf_weights_factor(const gf_pass_layer *layer, const gf_net *net);

#endif
