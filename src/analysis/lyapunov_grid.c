/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finite-time exponents over a window [shadden2005]. */
#include <math.h>
#include <stdlib.h>

#include "analysis/dual.h"
#include "analysis/lyapunov.h"

/* Of a picture, which shows no more. */
#define RTOL 1e-8
#define ATOL 1e-10
/* Derivatives of this size are scaled down. */
#define LARGE 1e100

gf_vec2 gf_lyapunov_grid_at(const gf_lyapunov_grid *g, size_t n)
{
    const gf_range *w = g->window;
    double i = (double)(n / g->count[1]), j = (double)(n % g->count[1]);

    return (gf_vec2){
        w[0].lo + (w[0].hi - w[0].lo) * (i + 0.5) / (double)g->count[0],
        w[1].lo + (w[1].hi - w[1].lo) * (j + 0.5) / (double)g->count[1]};
}

void gf_lyapunov_grid_clear(gf_lyapunov_grid *g)
{
    free(g->value);
    free(g->time);
    free(g->stop);
    g->value = g->time = NULL;
    g->stop = NULL;
}

static gf_status allocate(gf_lyapunov_grid *g, gf_error *error)
{
    const gf_range *w = g->window;

    g->value = g->time = NULL;
    g->stop = NULL;
    for (size_t i = 0; i < 2; i++)
        if (g->count[i] == 0 || !(w[i].lo < w[i].hi) ||
            !isfinite(w[i].hi - w[i].lo))
            return gf_error_set(error, GF_ARGUMENT, "the grid is empty");
    if (g->count[0] > GF_LYAPUNOV_CELLS_MAX / g->count[1])
        return gf_error_set(error, GF_ARGUMENT,
                            "the grid has too many cells: at most %d",
                            GF_LYAPUNOV_CELLS_MAX);
    size_t cells = g->count[0] * g->count[1];
    g->value = calloc(cells, sizeof *g->value);
    g->time = calloc(cells, sizeof *g->time);
    g->stop = calloc(cells, sizeof *g->stop);
    if (g->value && g->time && g->stop)
        return GF_OK;
    return gf_error_set(error, GF_MEMORY, "out of memory");
}

/* A cell of a grid, by whatever moves. */
typedef struct march {
    gf_tangent tangent;
    gf_dual dual;
    double until;
    const gf_map_options *map;
    gf_error *error;
} march;

typedef gf_status (*cell_fn)(gf_lyapunov_grid *g, size_t n, march *m);

static gf_status fill(gf_lyapunov_grid *g, const gf_field *field, march *m,
                      cell_fn cell, gf_lyapunov_look look, void *ctx)
{
    gf_status status = GF_OK;

    for (size_t n = 0; n < g->count[0] * g->count[1] && !status; n++) {
        gf_vec2 at = gf_lyapunov_grid_at(g, n);
        g->value[n] = NAN;
        g->stop[n] = GF_STOP_LEFT_DOMAIN;
        if (gf_range_has(field->domain[0], at.x) &&
            gf_range_has(field->domain[1], at.y))
            status = cell(g, n, m);
        size_t done = (n + 1) / g->count[1];
        if (!status && look && (n + 1) % g->count[1] == 0 &&
            !look((double)done / (double)g->count[0], ctx))
            status = gf_error_set(m->error, GF_LIMIT, "interrupted");
    }
    return status;
}

/* --- flows ------------------------------------------------------------- */

static gf_status flow_cell(gf_lyapunov_grid *g, size_t n, march *m)
{
    gf_tangent *t = &m->tangent;
    gf_exponents e = {.count = 2};
    gf_leg leg = GF_LEG_STEP;
    gf_status status = gf_tangent_begin(t, gf_lyapunov_grid_at(g, n), 1);

    if (status == GF_DOMAIN) /* beyond a wall, or no velocity */
        return GF_OK;
    while (!status && t->t < m->until && leg != GF_LEG_STOP)
        status = gf_tangent_advance(&leg, t, m->until);
    if (status)
        return status;
    e.time = t->t;
    gf_exponents_plain(&e, t->growth, t->shear);
    g->value[n] = isfinite(e.finite) ? e.finite : NAN;
    g->time[n] = t->t;
    g->stop[n] = leg == GF_LEG_STOP ? t->stop : GF_STOP_END;
    return GF_OK;
}

gf_status gf_lyapunov_grid_run(gf_lyapunov_grid *g, const gf_field *field,
                               const gf_lyapunov_options *options,
                               gf_lyapunov_look look, void *ctx,
                               gf_error *error)
{
    gf_lyapunov_options settled;
    gf_mode_set modes;
    gf_status status = allocate(g, error);

    if (!status)
        status = gf_lyapunov_settle(&settled, options, error);
    if (status)
        return status;
    gf_walls walls = {settled.clip, settled.project};
    gf_tangent_options how = {.rtol = options->rtol > 0 ? options->rtol : RTOL,
                              .atol = options->atol > 0 ? options->atol : ATOL,
                              .most_steps = settled.most_steps};
    march *m = calloc(1, sizeof *m);
    status = gf_mode_set_init(&modes, field, &walls, error);
    if (!m && !status)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status) {
        m->error = error;
        m->until = settled.until;
        status = gf_tangent_init(&m->tangent, &modes, &how, error);
        if (!status)
            status = fill(g, field, m, flow_cell, look, ctx);
        gf_tangent_clear(&m->tangent);
    }
    gf_mode_set_clear(&modes);
    free(m);
    return status;
}

/* --- maps -------------------------------------------------------------- */

/* The largest singular value of dz/dz0; scales it down where it is huge. */
static double stretch(double *scaled, gf_dual *s)
{
    double(*d)[GF_DUAL_SIZE] = s->vector[0].d, largest = 0;
    double a = d[0][0], b = d[0][1], c = d[1][0], e = d[1][1];
    double sum = a * a + b * b + c * c + e * e, det = a * e - b * c;
    double square = (sum + sqrt(fmax(0, sum * sum - 4 * det * det))) / 2;

    for (size_t i = 0; i < s->size; i++)
        for (size_t k = 0; k < 2; k++)
            largest = fmax(largest, fabs(s->vector[i / 2].d[i % 2][k]));
    if (largest > LARGE || (largest < 1 / LARGE && largest > 0)) {
        for (size_t i = 0; i < s->size; i++)
            for (size_t k = 0; k < s->size; k++)
                s->vector[i / 2].d[i % 2][k] /= largest;
        *scaled += log(largest);
        return log(square) / 2 - log(largest);
    }
    return log(square) / 2;
}

static gf_status map_cell(gf_lyapunov_grid *g, size_t n, march *m)
{
    gf_dual *s = &m->dual;
    double scaled = 0, size = 0, time = 0;
    size_t made = 0;

    gf_dual_begin(s, gf_lyapunov_grid_at(g, n));
    g->stop[n] = GF_STOP_END;
    for (; made < m->map->steps; made++) {
        double h = m->map->schedule
                       ? gf_schedule_at(m->map->schedule, time, made)
                       : m->map->step;
        if (!gf_dual_step(s, h)) {
            g->stop[n] = fabs(s->vector[0].x[0]) <= LARGE &&
                                 fabs(s->vector[0].x[1]) <= LARGE
                             ? GF_STOP_LEFT_DOMAIN
                             : GF_STOP_BLEW_UP;
            break;
        }
        size = stretch(&scaled, s);
        time += h;
    }
    g->time[n] = (double)made;
    if (made > 0)
        g->value[n] = (scaled + size) / (double)made;
    if (!isfinite(g->value[n]))
        g->value[n] = NAN;
    return GF_OK;
}

gf_status gf_lyapunov_grid_map(gf_lyapunov_grid *g, const gf_field *field,
                               const gf_optimizer *optimizer,
                               const gf_map_options *options,
                               gf_lyapunov_look look, void *ctx,
                               gf_error *error)
{
    gf_status status = allocate(g, error);

    if (!status)
        status = gf_lyapunov_check_map(field, options, 1, error);
    if (status)
        return status;
    march *m = calloc(1, sizeof *m);
    if (!m)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    m->error = error;
    m->map = options;
    status = gf_dual_init(&m->dual, field, optimizer, options, error);
    if (!status)
        status = fill(g, field, m, map_cell, look, ctx);
    gf_dual_clear(&m->dual);
    free(m);
    return status;
}
