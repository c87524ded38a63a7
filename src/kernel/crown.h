/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net's last hidden layer and its output in one (lanes/crown.h). */
#ifndef GANFIELD_KERNEL_CROWN_H
#define GANFIELD_KERNEL_CROWN_H

#include "kernel/pass.h"

/* Can the last two layers of this pass go as one? */
bool gf_crown_fits(const gf_pass *pass);

/* y of the last layer from that of the hidden one, whose output and slope are
 * left out: the pass is crowned. */
void gf_crown_forward(gf_pass *pass);

/* Makes output and slope of a crowned pass after all. */
void gf_crown_unfold(gf_pass *pass);

/* The gradient by the output layer's parameters and the hidden biases, for
 * cotangents g of s (NULL: not wanted), and da of the hidden layer. In a net of
 * one hidden layer and one input there is no da: instead, this is the whole
 * gradient and the slope by the points (NULL: not wanted), and true comes
 * back. */
bool gf_crown_backward(double *theta_gradient, double *x_gradient,
                       gf_pass *pass, const double *g);

#endif
