/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Averages of growth, for flows and for maps. */
#ifndef GF_ANALYSIS_LYAPUNOV_H
#define GF_ANALYSIS_LYAPUNOV_H

#include <ganfield/lyapunov.h>

#include "analysis/tangent.h"

/* The second quarter, the second half, the third and the fourth quarter. */
enum { GF_WINDOWS = 4 };

/* Means of what is added at equal distances, over the windows of a run of a
   known length. */
typedef struct gf_average {
    size_t exponents, count, length;
    double sum[GF_WINDOWS][GF_EXPONENTS_MAX], weight[GF_WINDOWS];
} gf_average;

/* The next of `length` additions. */
void gf_average_add(gf_average *average, const double *growth);
/* Exponents and bars from means of growth per unit: `unit` of time between
   additions. */
void gf_average_read(gf_exponents *out, const gf_average *average, double unit);
/* Mean growth of a run that ended early; the finite-time exponent of any. */
void gf_exponents_plain(gf_exponents *out, const double growth[2],
                        double shear);
/* The larger first. */
void gf_exponents_sort(gf_exponents *e);
/* What is wrong with the options of a map; at least so many steps. */
gf_status gf_lyapunov_check_map(const gf_field *field,
                                const gf_map_options *options, size_t least,
                                gf_error *error) GF_CHECKED;
/* GF_ARGUMENT. */
gf_status gf_lyapunov_settle(gf_lyapunov_options *out,
                             const gf_lyapunov_options *options,
                             gf_error *error) GF_CHECKED;

#endif
