/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nets: small fully connected networks f(x; theta) of one output, and their
 * exact derivatives.
 *
 * With h_0 = x and layers l = 0 .. L,
 *
 *     a_l = W_l h_l + b_l      y_l = N(a_l)      z_l = N(phi(y_l))
 *     h_{l+1} = m_l z_l [+ h_l]                  s = W_L h_L + b_L
 *
 * and f = head(s): N is a norm before or after the activation phi (or nothing),
 * m a dropout mask, + h_l the residual form where widths agree. Weight norm
 * has rows s_i v_i/|v_i| in place of W, spectral norm W/sigma_max(W), the ntk
 * parametrisation sqrt(sw2/n) W and sqrt(sb2) b [jacot2018].
 *
 *     gf_net_shape shape;
 *     gf_net net;
 *     status = gf_net_parse(&shape, "1-64-64-1:relu,residual", &error);
 *     gf_net_init(&net);
 *     status = gf_net_make(&net, &shape, &error);
 *     ...
 *     gf_net_clear(&net);
 *
 * Matrices are stored by rows: points are count x inputs, W_l is outputs x
 * inputs. theta is one vector: for each layer W, b, then gain and shift (of a
 * norm) or scale (weight norm).
 */
#ifndef GANFIELD_NET_H
#define GANFIELD_NET_H

#include <ganfield/export.h>
#include <ganfield/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define GF_NET_LAYERS_MAX 32
#define GF_NET_WIDTH_MAX 1000000
#define GF_NET_PARAMETERS_MAX 100000000

/* --- activations ------------------------------------------------------- */

/* One row of a table: phi, phi' and phi'' of n numbers; `number` is the slope
 * of leaky-relu. At a kink the slope is that of the left side. */
typedef struct gf_activation {
    const char *name, *title;
    bool has_number;
    double number; /* by default */
    void (*at)(double *value, double *slope, const double *y, size_t n,
               double number);
    void (*bend)(double *curve, const double *y, size_t n, double number);
} gf_activation;

GF_PUBLIC size_t gf_activation_count(void);
/* The i-th of the table. */
GF_PUBLIC const gf_activation *gf_activation_row(size_t i);
/* NULL if there is none of the name. */
GF_PUBLIC const gf_activation *gf_activation_find(const char *name);

/* --- shape ------------------------------------------------------------- */

typedef enum gf_norm {
    GF_NORM_NONE,
    GF_NORM_BN_PRE,  /* batch norm between a and phi */
    GF_NORM_BN_POST, /* batch norm after phi */
    GF_NORM_LN,      /* layer norm between a and phi */
    GF_NORM_WN,      /* weight norm of every layer */
    GF_NORM_SN       /* spectral norm of every layer */
} gf_norm;

typedef enum gf_net_head {
    GF_HEAD_IDENTITY,
    GF_HEAD_SIGMOID,
    GF_HEAD_SOFTPLUS,
    GF_HEAD_SOFTMAX /* a density over the points: exp(s)/sum w exp(s) */
} gf_net_head;

typedef enum gf_init_rule {
    GF_INIT_HE,         /* W ~ N(0, 2/inputs) [he2015] */
    GF_INIT_LECUN,      /* N(0, 1/inputs) [lecun1998] */
    GF_INIT_XAVIER,     /* N(0, 2/(inputs + outputs)) [glorot2010] */
    GF_INIT_NORMAL,     /* N(0, sigma^2), biases too */
    GF_INIT_ORTHOGONAL, /* orthonormal rows or columns [saxe2014] */
    GF_INIT_REFERENCE   /* closed formulas, for comparison between programs */
} gf_init_rule;

/* What a net's line says. */
typedef struct gf_net_shape {
    size_t layers; /* affine maps: hidden layers and the last one */
    size_t size[GF_NET_LAYERS_MAX + 1];                 /* inputs, widths, 1 */
    const gf_activation *activation[GF_NET_LAYERS_MAX]; /* of hidden layers */
    double number[GF_NET_LAYERS_MAX];
    gf_norm norm;
    bool is_residual;
    double dropout; /* share of units that the mask drops; 0: no mask */
    gf_net_head head;
    bool is_ntk;
    double weight_variance, bias_variance; /* sw2, sb2 of ntk */
    gf_init_rule init;
    double sigma; /* of GF_INIT_NORMAL */
    uint64_t seed;
    size_t parameters; /* how many numbers theta has */
} gf_net_shape;

/* Reads SIZES:ACTIVATION[/ACTIVATION...][,OPTION...], as
 * "2-256-256-1:leaky-relu(0.2),bn-pre": one activation for all hidden layers or
 * one for each. Options: bn-pre bn-post ln wn sn, residual, dropout[(SHARE)],
 * head=NAME, ntk[(SW2,SB2)], init=RULE, seed=N. GF_SYNTAX, GF_NAME (with the
 * nearest name), GF_ARGUMENT, GF_LIMIT, with the place in the text; allocates
 * nothing. */
GF_PUBLIC GF_CHECKED gf_status gf_net_parse(gf_net_shape *out, const char *text,
                                            gf_error *error);

/* Reads he, lecun, xavier, normal:SIGMA, orthogonal or reference into *shape;
 * GF_NAME, GF_ARGUMENT. */
GF_PUBLIC GF_CHECKED gf_status gf_net_parse_init(gf_net_shape *shape,
                                                 const char *text,
                                                 gf_error *error);

/* "bn-pre", ... or "none"; "identity", ... */
GF_PUBLIC const char *gf_norm_name(gf_norm norm);
GF_PUBLIC const char *gf_head_name(gf_net_head head);
GF_PUBLIC const char *gf_init_rule_name(gf_init_rule rule);

/* --- nets -------------------------------------------------------------- */

/* Where a layer's numbers stand in theta; GF_NET_NOWHERE where it has none. */
#define GF_NET_NOWHERE SIZE_MAX
typedef struct gf_net_layer {
    size_t inputs, outputs;
    size_t weight, bias, gain, shift, scale;
    bool is_residual;
    const double *mask; /* outputs factors, or NULL */
} gf_net_layer;

typedef struct gf_net {
    gf_net_shape shape;
    gf_net_layer layer[GF_NET_LAYERS_MAX];
    double *theta; /* shape.parameters numbers; a caller may write them */
    double *mask;  /* of all hidden layers; NULL without dropout */
} gf_net;

/* Makes *net empty; gives back what it holds and makes it empty. */
GF_PUBLIC void gf_net_init(gf_net *net);
GF_PUBLIC void gf_net_clear(gf_net *net);

/* Allocates an empty *net and fills theta and the mask by the shape's rule and
 * seed; biases are uniform within 1/sqrt(inputs) but for ntk and normal:SIGMA
 * (normal) and reference. GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_net_make(gf_net *net,
                                           const gf_net_shape *shape,
                                           gf_error *error);

/* Another mask of the same share: that of the seed. */
GF_PUBLIC void gf_net_draw_mask(gf_net *net, uint64_t seed);

/* Reads theta from the text or NPY file at path: so many finite numbers, in
 * text one a line (or as many on each), '#' comments out the rest of a line.
 * GF_READ, GF_SYNTAX (with the place), GF_ARGUMENT for another count or a
 * number that is not finite, GF_MEMORY; *net is then as it was. Writes it, as
 * NPY where is_npy; GF_WRITE. */
GF_PUBLIC GF_CHECKED gf_status gf_net_read(gf_net *net, const char *path,
                                           gf_error *error);
GF_PUBLIC GF_CHECKED gf_status gf_net_write(FILE *file, const gf_net *net,
                                            bool is_npy, gf_error *error);

/* --- passes ------------------------------------------------------------ */

/* Which points share the statistics of a batch norm: runs of the batch, each
 * with its own. frozen: the same numbers, taken as constants (what a net that
 * has finished training does). */
typedef struct gf_batch {
    const double *x; /* count x inputs */
    size_t count;
    size_t groups;            /* 0: all points are one */
    const size_t *group_size; /* which add up to count */
    bool is_frozen;
} gf_batch;

/* The working store of one net and at most so many points: a handle. A pass
 * allocates nothing once made, so a training loop keeps one; threads need one
 * each. The net must outlive it, and its theta may change between passes.
 * GF_MEMORY, GF_LIMIT. */
typedef struct gf_pass gf_pass;
GF_PUBLIC GF_CHECKED gf_status gf_pass_new(gf_pass **out, const gf_net *net,
                                           size_t most_points, gf_error *error);
GF_PUBLIC void gf_pass_free(gf_pass *pass);

/* f at the batch's points, which must stay until the last use of the pass; the
 * softmax head is left out here (see kernel.h) and s is the output. GF_LIMIT
 * where the batch is larger than the pass, GF_ARGUMENT for groups that do not
 * add up. The result has batch->count numbers and is the pass's own. */
GF_PUBLIC GF_CHECKED gf_status gf_pass_forward(const double **out,
                                               gf_pass *pass,
                                               const gf_batch *batch,
                                               gf_error *error);

/* After a forward pass, with F = sum_i weight_i f(x_i): dF/dtheta (parameters
 * numbers) and dF/dx (count x inputs); NULL for what is not wanted. Through a
 * batch norm f(x_i) depends on all points of its group, and so does this. */
GF_PUBLIC void gf_pass_backward(double *theta_gradient, double *x_gradient,
                                gf_pass *pass, const double *weight);

/* After a forward pass: the change of each output, count numbers, when theta
 * moves along theta_rate and x along x_rate (NULL: rests): J u. */
GF_PUBLIC void gf_pass_tangent(double *out, gf_pass *pass,
                               const double *theta_rate, const double *x_rate);

/* After gf_pass_tangent, whose rates must still be there: how the two results
 * of gf_pass_backward for these weights change along them (NULL for what is not
 * wanted). x_rate alone gives the mixed derivatives of slopes by parameters,
 * theta_rate alone products with the Hessian. GF_ARGUMENT for spectral norm,
 * which has none here. */
GF_PUBLIC GF_CHECKED gf_status gf_pass_backward_rate(double *theta_out,
                                                     double *x_out,
                                                     gf_pass *pass,
                                                     const double *weight,
                                                     gf_error *error);

#endif
