/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles of the normal distribution. */
#ifndef GANFIELD_BASE_NORMAL_H
#define GANFIELD_BASE_NORMAL_H

#include <stddef.h>

/* x[i], between 0 and 1, becomes the quantile of N(0, 1) there, to about one
 * part in 1e16 [wichura1988]. */
void gf_normal_quantiles(double *x, size_t count);

/* --- its parts --------------------------------------------------------- */

/* a b + c; with one rounding where the includer says so. */
#ifndef GF_NORMAL_FMA
#define GF_NORMAL_FMA(a, b, c) ((a) * (b) + (c))
#endif

/* Rational functions of Wichura's algorithm AS 241, PPND16. */
enum { GF_NORMAL_TERMS = 8 };

static inline double gf_normal_polynomial(const double c[GF_NORMAL_TERMS],
                                          double r)
{
    double high = GF_NORMAL_FMA(r, c[7], c[6]), low;

    high = GF_NORMAL_FMA(r, GF_NORMAL_FMA(r, high, c[5]), c[4]);
    low = GF_NORMAL_FMA(r, high, c[3]);
    low = GF_NORMAL_FMA(r, GF_NORMAL_FMA(r, low, c[2]), c[1]);
    return GF_NORMAL_FMA(r, low, c[0]);
}

static inline double gf_normal_ratio(const double c[2][GF_NORMAL_TERMS],
                                     double r)
{
    return gf_normal_polynomial(c[0], r) / gf_normal_polynomial(c[1], r);
}

/* Where |u - 1/2| is at most that, q = u - 1/2. */
#define GF_NORMAL_MIDDLE 0.425
static inline double gf_normal_middle(double q)
{
    static const double c[2][GF_NORMAL_TERMS] = {
        {3.3871328727963666080e0, 1.3314166789178437745e2,
         1.9715909503065514427e3, 1.3731693765509461125e4,
         4.5921953931549871457e4, 6.7265770927008700853e4,
         3.3430575583588128105e4, 2.5090809287301226727e3},
        {1, 4.2313330701600911252e1, 6.8718700749205790830e2,
         5.3941960214247511077e3, 2.1213794301586595867e4,
         3.9307895800092710610e4, 2.8729085735721942674e4,
         5.2264952788528545610e3}};

    return q * gf_normal_ratio(c, 0.180625 - q * q);
}

/* Elsewhere, with r = sqrt(-log(min(u, 1 - u))) up to 5 and above; the sign is
 * that of u - 1/2. */
#define GF_NORMAL_FAR 5
static inline double gf_normal_tail(double r)
{
    static const double c[2][GF_NORMAL_TERMS] = {
        {1.42343711074968357734e0, 4.63033784615654529590e0,
         5.76949722146069140550e0, 3.64784832476320460504e0,
         1.27045825245236838258e0, 2.41780725177450611770e-1,
         2.27238449892691845833e-2, 7.74545014278341407640e-4},
        {1, 2.05319162663775882187e0, 1.67638483018380384940e0,
         6.89767334985100004550e-1, 1.48103976427480074590e-1,
         1.51986665636164571966e-2, 5.47593808499534494600e-4,
         1.05075007164441684324e-9}};

    return gf_normal_ratio(c, r - 1.6);
}

static inline double gf_normal_far_tail(double r)
{
    static const double c[2][GF_NORMAL_TERMS] = {
        {6.65790464350110377720e0, 5.46378491116411436990e0,
         1.78482653991729133580e0, 2.96560571828504891230e-1,
         2.65321895265761230930e-2, 1.24266094738807843860e-3,
         2.71155556874348757815e-5, 2.01033439929228813265e-7},
        {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
         1.48753612908506148525e-2, 7.86869131145613259100e-4,
         1.84631831751005468180e-5, 1.42151175831644588870e-7,
         2.04426310338993978564e-15}};

    return gf_normal_ratio(c, r - 5);
}

#endif
