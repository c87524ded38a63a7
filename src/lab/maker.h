/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Generators: what turns latent noise into numbers, a net or two lines, in the
   terms of a net's passes (net.h). */
#ifndef GF_LAB_MAKER_H
#define GF_LAB_MAKER_H

#include <ganfield/duel.h>

enum { GF_PIECEWISE_NUMBERS = 4 }; /* a_l, b_l, a_r, b_r */

typedef struct gf_maker {
    bool is_piecewise;
    gf_net net;    /* empty where it is piecewise */
    gf_pass *pass; /* of the net */
    double number[GF_PIECEWISE_NUMBERS];
    double *out;
    const double *z; /* of the last pass ... */
    size_t count, inputs;
} gf_maker;

/* An empty one for batches of at most so many points; to be cleared in either
   case. */
gf_status gf_maker_make(gf_maker *maker, const gf_fighter *fighter, size_t most,
                        gf_error *error) GF_CHECKED;
void gf_maker_clear(gf_maker *maker);

double *gf_maker_theta(gf_maker *maker);

const double *gf_maker_forward(gf_maker *maker, const double *z, size_t count);
/* As gf_pass_backward, gf_pass_tangent and gf_pass_backward_rate by theta. */
void gf_maker_backward(double *gradient, gf_maker *maker, const double *weight);
void gf_maker_tangent(double *out, gf_maker *maker, const double *rate);
gf_status gf_maker_backward_rate(double *out, gf_maker *maker,
                                 const double *weight,
                                 gf_error *error) GF_CHECKED;

#endif
