/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The middle, where most numbers are, has no branch. */
#include "base/normal.h"

#include <math.h>

static double outside(double u)
{
    double r = sqrt(-log(fmin(u, 1 - u)));
    double x = r <= GF_NORMAL_FAR ? gf_normal_tail(r) : gf_normal_far_tail(r);

    return u < 0.5 ? -x : x;
}

enum { BLOCK = 64 };

void gf_normal_quantiles(double *x, size_t count)
{
    double inside[BLOCK];

    for (size_t from = 0; from < count; from += BLOCK) {
        size_t n = count - from < BLOCK ? count - from : BLOCK;
        double *u = x + from;
        for (size_t i = 0; i < n; i++)
            inside[i] = gf_normal_middle(u[i] - 0.5);
        for (size_t i = 0; i < n; i++)
            u[i] = fabs(u[i] - 0.5) <= GF_NORMAL_MIDDLE ? inside[i]
                                                        : outside(u[i]);
    }
}
