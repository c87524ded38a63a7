/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles of the normal distribution. */
#ifndef GANFIELD_BASE_NORMAL_H
#define GANFIELD_BASE_NORMAL_H

#include <stddef.h>

/* x[i], between 0 and 1, becomes the quantile of N(0, 1) there, to about one
 * part in 1e16 [wichura1988]. */
void gf_normal_quantiles(double *x, size_t count);

#endif
