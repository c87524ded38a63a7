/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two ways to K. */
#ifndef GANFIELD_KERNEL_GRAM_H
#define GANFIELD_KERNEL_GRAM_H

#include "kernel/pass.h"

#include <ganfield/kernel.h>

/* By layers, for nets that treat each point alone (or whose batch norm is
 * frozen): sets k and output. */
gf_status gf_gram_layers(double *k, double *output, const gf_net *net,
                         const gf_batch *batch, size_t threads,
                         gf_error *error);

/* By the Jacobian. */
gf_status gf_gram_dense(double *k, double *output, const gf_net *net,
                        const gf_batch *batch, size_t threads, gf_error *error);

#endif
