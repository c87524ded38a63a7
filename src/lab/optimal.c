/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/optimal.h"

#include <math.h>

enum { HALVINGS = 200, DOUBLINGS = 60 };

gf_status gf_optimal_init(gf_optimal *optimal, const gf_field *field,
                          gf_error *error)
{
    optimal->near = field->kind == GF_POINTWISE ? field->equilibrium.d0 : 0;
    return gf_gains_init(&optimal->gains, field, error);
}

void gf_optimal_clear(gf_optimal *optimal)
{
    gf_gains_clear(&optimal->gains);
}

/* The order-th derivative of p_d f1 + p f2. */
static double gain_at(const gf_optimal *o, size_t order, double p_d, double p,
                      double s)
{
    double on_data, on_fakes;

    gf_gains_at(&on_data, &o->gains, GF_GAIN_DATA, order, &s, 1, p_d);
    gf_gains_at(&on_fakes, &o->gains, GF_GAIN_FAKES, order, &s, 1, p);
    return on_data + on_fakes;
}

/* The n-th place on one side of D0, on the way to the end of the domain. */
static double outward(const gf_optimal *o, int n, bool is_right)
{
    double end = is_right ? o->gains.domain.hi : o->gains.domain.lo;

    if (isfinite(end))
        return end + (o->near - end) * ldexp(1, -n);
    return o->near + (is_right ? 1 : -1) * ldexp(1e-3, n);
}

double gf_optimal_at(double *slope, double *curve, const gf_optimal *optimal,
                     double p_d, double p)
{
    double scale = fmax(p_d, p), low = optimal->near, high = low, middle;
    bool goes_right = false;
    int n = 0;

    *slope = *curve = NAN;
    if (!(p_d > 0) || !(p > 0))
        return NAN;
    goes_right = gain_at(optimal, 1, p_d / scale, p / scale, low) > 0;
    for (; n < DOUBLINGS; n++) {
        double next = outward(optimal, n, goes_right);
        double pull = gain_at(optimal, 1, p_d / scale, p / scale, next);
        *(goes_right ? &high : &low) = next;
        if (goes_right ? pull <= 0 : pull >= 0)
            break;
        *(goes_right ? &low : &high) = next;
    }
    if (n == DOUBLINGS)
        return NAN;
    for (int i = 0; i < HALVINGS && low < high; i++) {
        middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        if (gain_at(optimal, 1, p_d / scale, p / scale, middle) > 0)
            low = middle;
        else
            high = middle;
    }
    middle = low + (high - low) / 2;
    gf_gains_at(slope, &optimal->gains, GF_GAIN_FAKES, 1, &middle, 1, 1);
    *curve = gain_at(optimal, 2, p_d, p, middle);
    if (*curve < 0)
        return middle;
    *slope = *curve = NAN; /* no maximum, or all of a line */
    return NAN;
}
