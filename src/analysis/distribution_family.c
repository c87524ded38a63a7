/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Families of densities: one row each. Tails are computed from their own side,
   so that none of them loses its digits to a subtraction from 1. */
#include "analysis/distribution.h"

#include "base/normal.h"

#include <gsl/gsl_sf_erf.h>
#include <math.h>

#define LOG_SQRT_2PI 0.91893853320467274178
#define SQRT_2 1.41421356237309504880
#define PI 3.14159265358979323846

static double scaled(const gf_part *part, double x)
{
    return (x - part->number[0]) / part->number[1];
}

static double first(const gf_part *part)
{
    return part->number[0];
}

/* --- normal ------------------------------------------------------------ */

static double normal_log(const gf_part *part, double x)
{
    double z = scaled(part, x);

    return -z * z / 2 - log(part->number[1]) - LOG_SQRT_2PI;
}

static double normal_below(const gf_part *part, double x)
{
    return erfc(-scaled(part, x) / SQRT_2) / 2;
}

static double normal_above(const gf_part *part, double x)
{
    return erfc(scaled(part, x) / SQRT_2) / 2;
}

/* The integral of the standard normal distribution function up to z. */
static double standard_ramp(double z)
{
    return z * erfc(-z / SQRT_2) / 2 + exp(-z * z / 2 - LOG_SQRT_2PI);
}

static double normal_ramp(const gf_part *part, double x)
{
    return part->number[1] * standard_ramp(scaled(part, x));
}

static double normal_variance(const gf_part *part)
{
    return part->number[1] * part->number[1];
}

/* --- uniform ----------------------------------------------------------- */

static double uniform_log(const gf_part *part, double x)
{
    double a = part->number[0], b = part->number[1];

    return x >= a && x <= b ? -log(b - a) : -INFINITY;
}

static double uniform_below(const gf_part *part, double x)
{
    double a = part->number[0], b = part->number[1];

    return x <= a ? 0 : x >= b ? 1 : (x - a) / (b - a);
}

static double uniform_above(const gf_part *part, double x)
{
    double a = part->number[0], b = part->number[1];

    return x <= a ? 1 : x >= b ? 0 : (b - x) / (b - a);
}

static double uniform_mean(const gf_part *part)
{
    return part->number[0] / 2 + part->number[1] / 2;
}

static double uniform_ramp(const gf_part *part, double x)
{
    double a = part->number[0], b = part->number[1];

    if (x <= a)
        return 0;
    return x >= b ? x - uniform_mean(part) : (x - a) * (x - a) / (2 * (b - a));
}

static double uniform_variance(const gf_part *part)
{
    double width = part->number[1] - part->number[0];

    return width * width / 12;
}

/* --- laplace ----------------------------------------------------------- */

static double laplace_log(const gf_part *part, double x)
{
    return -fabs(scaled(part, x)) - log(2 * part->number[1]);
}

static double laplace_tail(double z)
{
    return z < 0 ? exp(z) / 2 : 1 - exp(-z) / 2;
}

static double laplace_below(const gf_part *part, double x)
{
    return laplace_tail(scaled(part, x));
}

static double laplace_above(const gf_part *part, double x)
{
    return laplace_tail(-scaled(part, x));
}

static double laplace_ramp(const gf_part *part, double x)
{
    double z = scaled(part, x);

    return part->number[1] * (fmax(z, 0) + exp(-fabs(z)) / 2);
}

static double laplace_variance(const gf_part *part)
{
    return 2 * part->number[1] * part->number[1];
}

/* --- logistic ---------------------------------------------------------- */

static double logistic_log(const gf_part *part, double x)
{
    double z = fabs(scaled(part, x));

    return -z - 2 * log1p(exp(-z)) - log(part->number[1]);
}

static double logistic_below(const gf_part *part, double x)
{
    return 1 / (1 + exp(-scaled(part, x)));
}

static double logistic_above(const gf_part *part, double x)
{
    return 1 / (1 + exp(scaled(part, x)));
}

static double logistic_ramp(const gf_part *part, double x)
{
    double z = scaled(part, x);

    return part->number[1] * (fmax(z, 0) + log1p(exp(-fabs(z))));
}

static double logistic_variance(const gf_part *part)
{
    double s = PI * part->number[1];

    return s * s / 3;
}

/* --- cauchy ------------------------------------------------------------ */

static double cauchy_log(const gf_part *part, double x)
{
    double z = fabs(scaled(part, x));
    double size = z > 1e8 ? 2 * log(z) : log1p(z * z);

    return -size - log(PI * part->number[1]);
}

static double cauchy_below(const gf_part *part, double x)
{
    double z = scaled(part, x);

    return z < 0 ? atan(-1 / z) / PI : 0.5 + atan(z) / PI;
}

static double cauchy_above(const gf_part *part, double x)
{
    double z = scaled(part, x);

    return z > 0 ? atan(1 / z) / PI : 0.5 - atan(z) / PI;
}

static double cauchy_ramp(const gf_part *part, double x)
{
    (void)part;
    (void)x;
    return INFINITY;
}

static double no_mean(const gf_part *part)
{
    (void)part;
    return NAN;
}

static double no_variance(const gf_part *part)
{
    (void)part;
    return INFINITY;
}

/* --- exponential ------------------------------------------------------- */

static double exponential_log(const gf_part *part, double x)
{
    double z = scaled(part, x);

    return z < 0 ? -INFINITY : -z - log(part->number[1]);
}

static double exponential_below(const gf_part *part, double x)
{
    double z = scaled(part, x);

    return z <= 0 ? 0 : -expm1(-z);
}

static double exponential_above(const gf_part *part, double x)
{
    double z = scaled(part, x);

    return z <= 0 ? 1 : exp(-z);
}

static double exponential_ramp(const gf_part *part, double x)
{
    double z = scaled(part, x);

    return z <= 0 ? 0 : part->number[1] * (z + expm1(-z));
}

static double exponential_mean(const gf_part *part)
{
    return part->number[0] + part->number[1];
}

/* --- a uniform one plus noise ------------------------------------------ */

/* log(erfc(y) - erfc(z)) for y < z. */
static double log_erfc_difference(double y, double z)
{
    double log_y, log_z;

    if (y < 0 && z <= 0)
        return log_erfc_difference(-z, -y);
    if (y < 0)
        return log(erf(z) - erf(y));
    if (z - y < 1e-3 || z < 1)
        return log(erf(z) - erf(y));
    log_y = gsl_sf_log_erfc(y);
    log_z = gsl_sf_log_erfc(z);
    return log_y + log(-expm1(log_z - log_y));
}

static double smooth_log(const gf_part *part, double x)
{
    double a = part->number[0], b = part->number[1], s = part->number[2];

    return log_erfc_difference((x - b) / (s * SQRT_2), (x - a) / (s * SQRT_2)) -
           log(2 * (b - a));
}

static double smooth_tail(double from, double to, double s)
{
    return s * (standard_ramp(to / s) - standard_ramp(from / s)) / (to - from);
}

static double smooth_below(const gf_part *part, double x)
{
    double a = part->number[0], b = part->number[1], s = part->number[2];

    if (x > (a + b) / 2)
        return 1 - smooth_tail(a - x, b - x, s);
    return smooth_tail(x - b, x - a, s);
}

static double smooth_above(const gf_part *part, double x)
{
    double a = part->number[0], b = part->number[1], s = part->number[2];

    if (x < (a + b) / 2)
        return 1 - smooth_tail(x - b, x - a, s);
    return smooth_tail(a - x, b - x, s);
}

/* The integral of standard_ramp up to z. */
static double standard_bowl(double z)
{
    return ((z * z + 1) * erfc(-z / SQRT_2) / 2 +
            z * exp(-z * z / 2 - LOG_SQRT_2PI)) /
           2;
}

static double smooth_ramp(const gf_part *part, double x)
{
    double a = part->number[0], b = part->number[1], s = part->number[2];

    return s * s * (standard_bowl((x - a) / s) - standard_bowl((x - b) / s)) /
           (b - a);
}

static double smooth_variance(const gf_part *part)
{
    double width = part->number[1] - part->number[0], s = part->number[2];

    return width * width / 12 + s * s;
}

/* --- quantiles, for numbers 0 and 1 ------------------------------------ */

static double cauchy_quantile(double u)
{
    return u < 0.25 || u > 0.75 ? (u < 0.5 ? -1 : 1) / tan(PI * fmin(u, 1 - u))
                                : tan(PI * (u - 0.5));
}

static double exponential_quantile(double u)
{
    return -log1p(-u);
}

static double laplace_quantile(double u)
{
    return u < 0.5 ? log(2 * u) : -log(2 * (1 - u));
}

static double logistic_quantile(double u)
{
    return log(u / (1 - u));
}

static double normal_quantile(double u)
{
    gf_normal_quantiles(&u, 1);
    return u;
}

static double uniform_quantile(double u)
{
    return u;
}

/* --- the tables -------------------------------------------------------- */

/* clang-format off */
const gf_family gf_families[] = {
    {"cauchy", {"place", "scale"}, 2, cauchy_log, cauchy_below,
     cauchy_above, cauchy_ramp, NULL, no_mean,
     no_variance, false, false, cauchy_quantile, false},
    {"exponential", {"start", "scale"}, 2, exponential_log, exponential_below,
     exponential_above, exponential_ramp, NULL, exponential_mean,
     normal_variance, true, false, exponential_quantile, false},
    {"laplace", {"mean", "scale"}, 2, laplace_log, laplace_below,
     laplace_above, laplace_ramp, NULL, first,
     laplace_variance, false, false, laplace_quantile, false},
    {"logistic", {"mean", "scale"}, 2, logistic_log, logistic_below,
     logistic_above, logistic_ramp, NULL, first,
     logistic_variance, false, false, logistic_quantile, false},
    {"normal", {"mean", "standard deviation"}, 2, normal_log, normal_below,
     normal_above, normal_ramp, NULL, first,
     normal_variance, false, false, normal_quantile, true},
    {"uniform", {"low end", "high end"}, 2, uniform_log, uniform_below,
     uniform_above, uniform_ramp, NULL, uniform_mean,
     uniform_variance, true, true, uniform_quantile, false},
};
/* clang-format on */
const size_t gf_family_count = sizeof gf_families / sizeof *gf_families;

const gf_family gf_family_smooth_uniform = {
    "uniform with noise",
    {"low end", "high end", "noise"},
    3,
    smooth_log,
    smooth_below,
    smooth_above,
    smooth_ramp,
    NULL,
    uniform_mean,
    smooth_variance,
    false,
    false,
    NULL,
    false,
};
