/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finite-time exponents of optimizers over a window. */
#include <math.h>
#include <stdlib.h>

#include "analysis/lyapunov_grid.h"

/* Derivatives of this size are scaled down. */
#define LARGE 1e100

/* log of the largest singular value of dz/dz0; scales it down where it is
   huge. */
static double stretch(double *scaled, gf_dual *s)
{
    double(*d)[GF_DUAL_SIZE] = s->vector[0].d, largest = 0;
    double size = gf_log_stretch((gf_mat2){d[0][0], d[0][1], d[1][0], d[1][1]});

    for (size_t i = 0; i < s->size; i++)
        for (size_t k = 0; k < 2; k++)
            largest = fmax(largest, fabs(s->vector[i / 2].d[i % 2][k]));
    if (largest > LARGE || (largest < 1 / LARGE && largest > 0)) {
        for (size_t i = 0; i < s->size; i++)
            for (size_t k = 0; k < s->size; k++)
                s->vector[i / 2].d[i % 2][k] /= largest;
        *scaled += log(largest);
        return size - log(largest);
    }
    return size;
}

static gf_status map_cell(double *out, const gf_grid_work *w, gf_march *m,
                          gf_vec2 start)
{
    gf_dual *s = &m->dual;
    double scaled = 0, size = 0, time = 0;
    size_t made = 0;

    gf_dual_begin(s, start);
    out[GF_LYAPUNOV_STOP] = GF_STOP_END;
    for (; made < w->map->steps; made++) {
        double h = w->map->schedule
                       ? gf_schedule_at(w->map->schedule, time, made)
                       : w->map->step;
        if (!gf_dual_step(s, h)) {
            out[GF_LYAPUNOV_STOP] = fabs(s->vector[0].x[0]) <= LARGE &&
                                            fabs(s->vector[0].x[1]) <= LARGE
                                        ? GF_STOP_LEFT_DOMAIN
                                        : GF_STOP_BLEW_UP;
            break;
        }
        size = stretch(&scaled, s);
        time += h;
    }
    out[GF_LYAPUNOV_TIME] = (double)made;
    if (made > 0)
        out[GF_LYAPUNOV_EXPONENT] = (scaled + size) / (double)made;
    return GF_OK;
}

gf_status gf_lyapunov_grid_map(gf_lyapunov_grid *g, const gf_field *field,
                               const gf_optimizer *optimizer,
                               const gf_map_options *options,
                               const gf_sweep_options *how, gf_error *error)
{
    gf_status status = gf_grid_allocate(g, error);

    if (!status)
        status = gf_lyapunov_check_map(field, options, 1, error);
    if (status)
        return status;
    gf_grid_work w = {.field = field,
                      .map = options,
                      .cell = map_cell,
                      /* a schedule is one thread's at a time */
                      .marches =
                          options->schedule ? 1 : gf_grid_threads(g, how)};
    w.march = calloc(w.marches, sizeof *w.march);
    if (!w.march)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < w.marches && !status; i++)
        status =
            gf_dual_init(&w.march[i].dual, field, optimizer, options, error);
    if (!status)
        status = gf_grid_fill(g, &w, how, error);
    for (size_t i = 0; i < w.marches; i++)
        gf_dual_clear(&w.march[i].dual);
    free(w.march);
    return status;
}
