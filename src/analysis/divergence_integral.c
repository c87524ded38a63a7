/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adaptive Gauss-Kronrod quadrature on stretches of the line [piessens1983]:
   one rule where it is enough, the adaptive one with extrapolation where not.
 */
#include "analysis/divergence.h"

#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SUBINTERVALS = 400 };

#define RELATIVE 1e-13
/* A stretch whose share of the whole is below this is not refined. */
#define ABSOLUTE 1e-16

gf_status gf_cuts_join(double **out, size_t *count, const gf_distribution *p,
                       const gf_distribution *q, gf_error *error)
{
    *out = malloc((p->cuts + q->cuts + 1) * sizeof **out);
    *count = 0;
    if (!*out)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    memcpy(*out, p->cut, p->cuts * sizeof **out);
    memcpy(*out + p->cuts, q->cut, q->cuts * sizeof **out);
    *count = gf_cuts_tidy(*out, p->cuts + q->cuts);
    return GF_OK;
}

typedef struct guard {
    gf_integrand f;
    void *ctx;
    gf_integral *out;
} guard;

static double guarded(double x, void *params)
{
    guard *g = params;
    double y = g->f(x, g->ctx);

    g->out->evaluations++;
    if (isfinite(y))
        return y;
    g->out->overflow = true;
    return 0;
}

static void add(gf_integral *out, double value, double error)
{
    out->value += value;
    out->error += error;
}

/* Between two finite cuts. */
static void add_stretch(gsl_function *f, gf_integral *out, double from,
                        double to, gsl_integration_workspace *space)
{
    double value, error, size, spread, fine, bound;

    gsl_integration_qk21(f, from, to, &value, &error, &size, &spread);
    fine = fmax(RELATIVE * size, ABSOLUTE * fabs(out->value));
    fine = fmax(fine, fmax(out->least, 1e-306));
    if (error <= fmax(fine, 2e-14 * size)) {
        add(out, value, error);
        return;
    }
    gsl_integration_qags(f, from, to, fine, RELATIVE, SUBINTERVALS, space,
                         &value, &bound);
    add(out, value, bound);
}

/* Beyond an end: x = end + width (1/t - 1), 0 < t < 1. */
typedef struct tail {
    guard *g;
    double end, width; /* width < 0: to the left */
} tail;

static double tail_value(double t, void *params)
{
    const tail *far = params;
    double x = far->end + far->width * (1 / t - 1);

    if (!isfinite(x))
        return 0;
    return guarded(x, far->g) * (fabs(far->width) / (t * t));
}

static void add_tail(guard *g, gf_integral *out, double end, double width,
                     gsl_integration_workspace *space)
{
    tail far = {g, end, width};
    gsl_function f = {tail_value, &far};
    double value = 0, error = 0;
    double fine = fmax(ABSOLUTE * fabs(out->value), fmax(out->least, 1e-290));

    gsl_integration_qags(&f, 0, 1, fine, RELATIVE, SUBINTERVALS, space, &value,
                         &error);
    add(out, value, error);
}

gf_status gf_integrate_line(gf_integral *out, gf_integrand f, void *ctx,
                            const double *cut, size_t cuts, bool left_open,
                            bool right_open, gf_error *error)
{
    gsl_integration_workspace *space =
        gsl_integration_workspace_alloc(SUBINTERVALS);
    guard g = {f, ctx, out};
    gsl_function function = {guarded, &g};
    double width = cuts > 1 ? cut[cuts - 1] - cut[0] : 1;

    if (!space)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i + 1 < cuts; i++)
        add_stretch(&function, out, cut[i], cut[i + 1], space);
    if (left_open && cuts > 0)
        add_tail(&g, out, cut[0], -width, space);
    if (right_open && cuts > 0)
        add_tail(&g, out, cut[cuts - 1], width, space);
    gsl_integration_workspace_free(space);
    return GF_OK;
}
