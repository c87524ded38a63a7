/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a multiplier does where it crosses the circle, by its angle. */
#include "analysis/limit.h"

#include <math.h>

#define PI 3.14159265358979323846

/* A multiplier as near to the circle crosses it; angles as near are the same:
   pairs that have met at 1 or -1 are known to half the digits only. */
#define ON_CIRCLE 1e-3
#define SAME_REAL 1e-6
#define SAME_ANGLE 1e-9

gf_limit gf_limit_at(double step, double angle, double off)
{
    gf_limit limit = {.step = step,
                      .crossing = GF_CROSSING_CIRCLE,
                      .angle = angle,
                      .coefficient = NAN,
                      .amplitude = {NAN, NAN}};

    if (!(off < ON_CIRCLE))
        limit.crossing = GF_CROSSING_POLE;
    else if (angle < SAME_REAL)
        limit.crossing = GF_CROSSING_FOLD;
    else if (angle > PI - SAME_REAL)
        limit.crossing = GF_CROSSING_FLIP;
    for (size_t n = 3; n <= 4; n++)
        if (limit.crossing == GF_CROSSING_CIRCLE &&
            fabs(angle - 2 * PI / (double)n) < SAME_ANGLE)
            limit.resonance = n;
    return limit;
}
