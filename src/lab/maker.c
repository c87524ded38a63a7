/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/maker.h"

#include <stdlib.h>
#include <string.h>

gf_status gf_maker_make(gf_maker *m, const gf_fighter *fighter, size_t most,
                        gf_error *error)
{
    gf_status status;

    *m = (gf_maker){.is_piecewise = fighter->is_piecewise, .inputs = 1};
    gf_net_init(&m->net);
    if (m->is_piecewise) {
        m->out = calloc(most, sizeof *m->out);
        return m->out ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
    }
    m->inputs = fighter->net.size[0];
    status = gf_net_make(&m->net, &fighter->net, error);
    return status ? status : gf_pass_new(&m->pass, &m->net, most, error);
}

void gf_maker_clear(gf_maker *m)
{
    gf_pass_free(m->pass);
    gf_net_clear(&m->net);
    free(m->out);
    m->pass = NULL;
    m->out = NULL;
}

double *gf_maker_theta(gf_maker *m)
{
    return m->is_piecewise ? m->number : m->net.theta;
}

/* The numbers (slope, shift) of the side that z is on. */
static inline size_t side_of(double z)
{
    return z < 0 ? 0 : 2;
}

static void apply(double *out, const gf_maker *m, const double *number)
{
    for (size_t i = 0; i < m->count; i++) {
        const double *line = number + side_of(m->z[i]);
        out[i] = line[0] * m->z[i] + line[1];
    }
}

const double *gf_maker_forward(gf_maker *m, const double *z, size_t count)
{
    gf_batch batch = {.x = z, .count = count};
    const double *out = NULL;

    m->z = z;
    m->count = count;
    if (m->is_piecewise) {
        apply(m->out, m, m->number);
        return m->out;
    }
    /* a batch that fits cannot fail */
    return gf_pass_forward(&out, m->pass, &batch, NULL) == GF_OK ? out : NULL;
}

void gf_maker_backward(double *gradient, gf_maker *m, const double *weight)
{
    if (!m->is_piecewise) {
        gf_pass_backward(gradient, NULL, m->pass, weight);
        return;
    }
    memset(gradient, 0, GF_PIECEWISE_NUMBERS * sizeof *gradient);
    for (size_t i = 0; i < m->count; i++) {
        double *line = gradient + side_of(m->z[i]);
        line[0] += weight[i] * m->z[i];
        line[1] += weight[i];
    }
}

void gf_maker_tangent(double *out, gf_maker *m, const double *rate)
{
    if (m->is_piecewise)
        apply(out, m, rate);
    else
        gf_pass_tangent(out, m->pass, rate, NULL);
}

gf_status gf_maker_backward_rate(double *out, gf_maker *m, const double *weight,
                                 gf_error *error)
{
    if (!m->is_piecewise)
        return gf_pass_backward_rate(out, NULL, m->pass, weight, error);
    memset(out, 0, GF_PIECEWISE_NUMBERS * sizeof *out);
    return GF_OK;
}
