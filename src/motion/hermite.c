/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bernstein coefficients bound their polynomial, and those of its two halves
 * come by averaging neighbours (de Casteljau): no sign change among them, no
 * root [farouki2012].
 */
#include "motion/hermite.h"

#include <math.h>

/* Halvings before an interval counts as a point. */
enum { DEPTH = 24 };

gf_hermite gf_hermite_of(gf_reading from, gf_reading to, double h)
{
    if (!isfinite(from.bend) || !isfinite(to.bend))
        return (gf_hermite){3,
                            {from.value, from.value + h * from.slope / 3,
                             to.value - h * to.slope / 3, to.value}};
    return (gf_hermite){
        5,
        {from.value, from.value + h * from.slope / 5,
         from.value + 2 * h * from.slope / 5 + h * h * from.bend / 20,
         to.value - 2 * h * to.slope / 5 + h * h * to.bend / 20,
         to.value - h * to.slope / 5, to.value}};
}

/* Splits the coefficients at 1/2; the left half replaces b. */
static void halve(double *b, double *right, size_t degree)
{
    for (size_t k = 0; k <= degree; k++) {
        right[degree - k] = b[degree];
        for (size_t i = degree; i > k; i--)
            b[i] = (b[i - 1] + b[i]) / 2;
    }
}

double gf_hermite_at(const gf_hermite *p, double x)
{
    double b[GF_HERMITE_DEGREE + 1];

    for (size_t i = 0; i <= p->degree; i++)
        b[i] = p->b[i];
    for (size_t k = p->degree; k > 0; k--)
        for (size_t i = 0; i < k; i++)
            b[i] += x * (b[i + 1] - b[i]);
    return b[0];
}

bool gf_hermite_is_clear(const gf_hermite *p, double margin)
{
    double sign = p->b[0] < 0 ? -1 : 1, least = INFINITY, most = -INFINITY;

    for (size_t i = 0; i <= p->degree; i++) {
        least = fmin(least, sign * p->b[i]);
        most = fmax(most, sign * p->b[i]);
    }
    return least > 0 && least >= margin * (most - least);
}

static size_t sign_changes(const double *b, size_t degree)
{
    size_t count = 0;
    double last = 0;

    for (size_t i = 0; i <= degree; i++) {
        if (b[i] == 0)
            continue;
        count += (last < 0 && b[i] > 0) || (last > 0 && b[i] < 0);
        last = b[i];
    }
    return count;
}

/* Adds the roots of a polynomial over the interval to a list. */
static size_t find(double *out, size_t count, const double *b, size_t degree,
                   double lo, double hi, int depth)
{
    double left[GF_HERMITE_DEGREE + 1], right[GF_HERMITE_DEGREE + 1];
    double middle = (lo + hi) / 2;

    if (count == GF_HERMITE_EXTREMES || sign_changes(b, degree) == 0)
        return count;
    if (depth == 0) {
        out[count] = middle;
        return count + 1;
    }
    for (size_t i = 0; i <= degree; i++)
        left[i] = b[i];
    halve(left, right, degree);
    count = find(out, count, left, degree, lo, middle, depth - 1);
    if (right[0] == 0 && count < GF_HERMITE_EXTREMES)
        out[count++] = middle;
    return find(out, count, right, degree, middle, hi, depth - 1);
}

size_t gf_hermite_extremes(double out[static GF_HERMITE_EXTREMES],
                           const gf_hermite *p)
{
    double slope[GF_HERMITE_DEGREE];

    for (size_t i = 0; i < p->degree; i++)
        slope[i] = p->b[i + 1] - p->b[i];
    return find(out, 0, slope, p->degree - 1, 0, 1, DEPTH);
}
