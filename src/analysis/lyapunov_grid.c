/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finite-time exponents over a window [shadden2005]: tiles of starts.  Of a
 * smooth field those of a tile go together by rk4 with their tangents, with a
 * step and its half and so on until two agree; what none settles is followed by
 * itself.
 */
#include <ganfield/ensemble.h>

#include <math.h>
#include <stdlib.h>

#include "analysis/lyapunov_grid.h"
#include "base/tiles.h"

/* Of a picture, which shows no more. */
#define RTOL 1e-8
#define ATOL 1e-10
/* The largest step of an ensemble. */
#define STEP 0.08
/* Two steps agree where they differ by so many tolerances: the smaller one's
   error is about a fifteenth of it [hairer1993, II.4]. */
#define AGREES 100
/* Derivatives of this size are not trusted. */
#define LARGE 1e100

enum { TILE = 256, MOST_MARCHES = 256 };

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
    g->value = NULL;
    g->cells = g->filled = 0;
}

gf_status gf_grid_allocate(gf_lyapunov_grid *g, gf_error *error)
{
    const gf_range *w = g->window;

    g->value = NULL;
    g->cells = g->filled = 0;
    for (size_t i = 0; i < 2; i++)
        if (g->count[i] == 0 || !(w[i].lo < w[i].hi) ||
            !isfinite(w[i].hi - w[i].lo))
            return gf_error_set(error, GF_ARGUMENT, "the grid is empty");
    if (g->count[0] > GF_LYAPUNOV_CELLS_MAX / g->count[1])
        return gf_error_set(error, GF_ARGUMENT,
                            "the grid has too many cells: at most %d",
                            GF_LYAPUNOV_CELLS_MAX);
    g->cells = g->count[0] * g->count[1];
    g->value = calloc(g->cells * GF_LYAPUNOV_WIDTH, sizeof *g->value);
    return g->value ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}

double gf_log_stretch(gf_mat2 m)
{
    double sum = m.xx * m.xx + m.xy * m.xy + m.yx * m.yx + m.yy * m.yy;
    double det = m.xx * m.yy - m.xy * m.yx;

    return log((sum + sqrt(fmax(0, sum * sum - 4 * det * det))) / 2) / 2;
}

/* --- who follows a start ------------------------------------------------ */

static gf_march *take_march(const gf_grid_work *w)
{
    gf_march *free_one = NULL;

    pthread_mutex_lock(w->mutex);
    for (size_t i = 0; i < w->marches && !free_one; i++)
        if (!w->march[i].is_busy)
            free_one = &w->march[i];
    free_one->is_busy = true;
    pthread_mutex_unlock(w->mutex);
    return free_one;
}

static void give_march(const gf_grid_work *w, gf_march *m)
{
    pthread_mutex_lock(w->mutex);
    m->is_busy = false;
    pthread_mutex_unlock(w->mutex);
}

/* --- together ----------------------------------------------------------- */

/* Starts that are not settled yet, with what the step before said of them. */
typedef struct pending {
    size_t who[TILE], count;
    gf_vec2 start[TILE], at[TILE];
    gf_mat2 tangent[TILE];
    bool is_known[TILE];
} pending;

static double size_of(gf_mat2 m)
{
    return sqrt(m.xx * m.xx + m.xy * m.xy + m.yx * m.yx + m.yy * m.yy);
}

/* All that is known by two steps agrees, so that it is no chance. Runs that
 * ended early have no tangent. */
static bool agrees(const pending *p, size_t i, const gf_fate *fate, gf_mat2 m,
                   double rtol)
{
    if (!p->is_known[i] || fate->label != GF_FATE_UNDECIDED)
        return false;
    gf_mat2 last = p->tangent[i];
    gf_mat2 off = {m.xx - last.xx, m.xy - last.xy, m.yx - last.yx,
                   m.yy - last.yy};
    double size = size_of(m), most = AGREES * rtol;

    return size < LARGE && size > 1 / LARGE && size_of(off) <= most * size &&
           hypot(fate->at.x - p->at[i].x, fate->at.y - p->at[i].y) <=
               most * fmax(1, hypot(fate->at.x, fate->at.y));
}

/* Settles what it can of a tile, by steps each half of the one before. */
static gf_status go_together(double *out, pending *p, const gf_grid_work *w,
                             gf_error *error)
{
    gf_fate fate[TILE];
    gf_mat2 tangent[TILE];

    for (size_t k = 0; k < GF_GRID_STEPS && p->count > 0; k++) {
        size_t left = 0;
        gf_status status = gf_ensemble_run_tangents(
            fate, tangent, w->ensemble[k], p->start, p->count, error);
        if (status)
            return status;
        for (size_t i = 0; i < p->count; i++) {
            double *cell = out + p->who[i] * GF_LYAPUNOV_WIDTH;
            if (agrees(p, i, &fate[i], tangent[i], w->rtol)) {
                cell[GF_LYAPUNOV_EXPONENT] =
                    gf_log_stretch(tangent[i]) / w->until;
                cell[GF_LYAPUNOV_TIME] = w->until;
                cell[GF_LYAPUNOV_STOP] = GF_STOP_END;
                continue;
            }
            p->who[left] = p->who[i];
            p->start[left] = p->start[i];
            p->at[left] = fate[i].at;
            p->tangent[left] = tangent[i];
            p->is_known[left++] = fate[i].label == GF_FATE_UNDECIDED;
        }
        p->count = left;
    }
    return GF_OK;
}

static gf_status go_alone(double *cell, const gf_grid_work *w, gf_march *m,
                          gf_vec2 start)
{
    gf_status status = GF_OK;

    cell[GF_LYAPUNOV_EXPONENT] = NAN;
    cell[GF_LYAPUNOV_TIME] = 0;
    cell[GF_LYAPUNOV_STOP] = GF_STOP_LEFT_DOMAIN;
    if (gf_range_has(w->field->domain[0], start.x) &&
        gf_range_has(w->field->domain[1], start.y))
        status = w->cell(cell, w, m, start);
    if (!isfinite(cell[GF_LYAPUNOV_EXPONENT]))
        cell[GF_LYAPUNOV_EXPONENT] = NAN;
    return status;
}

static gf_status compute(double *out, size_t first, size_t count,
                         const void *ctx, gf_error *error)
{
    const gf_grid_work *w = ctx;
    pending p = {.count = count};
    gf_status status = GF_OK;

    for (size_t i = 0; i < count; i++) {
        p.who[i] = i;
        p.start[i] = gf_lyapunov_grid_at(w->grid, first + i);
    }
    if (w->ensemble[0])
        status = go_together(out, &p, w, error);
    gf_march *m = take_march(w);
    m->tangent.error = error;
    for (size_t i = 0; i < p.count && !status; i++)
        status = go_alone(out + p.who[i] * GF_LYAPUNOV_WIDTH, w, m, p.start[i]);
    give_march(w, m);
    return status;
}

size_t gf_grid_threads(const gf_lyapunov_grid *g, const gf_sweep_options *how)
{
    size_t threads = how && how->threads ? how->threads : gf_tiles_threads();
    size_t tiles = (g->cells + TILE - 1) / TILE;

    threads = threads < tiles ? threads : tiles;
    return threads < MOST_MARCHES ? threads : MOST_MARCHES;
}

gf_status gf_grid_fill(gf_lyapunov_grid *g, gf_grid_work *w,
                       const gf_sweep_options *how, gf_error *error)
{
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    gf_tiles tiles = {.cells = g->cells,
                      .tile = TILE,
                      .width = GF_LYAPUNOV_WIDTH,
                      .value = g->value,
                      .compute = compute,
                      .ctx = w,
                      .threads = w->marches};

    if (how) {
        tiles.journal = how->journal;
        tiles.identity = how->identity;
        tiles.resume = how->resume;
        tiles.progress = how->progress;
        tiles.progress_ctx = how->progress_ctx;
    }
    w->grid = g;
    w->mutex = &mutex;
    gf_status status = gf_tiles_run(&g->filled, &tiles, error);
    pthread_mutex_destroy(&mutex);
    return status;
}

/* --- flows ------------------------------------------------------------- */

static gf_status flow_cell(double *out, const gf_grid_work *w, gf_march *m,
                           gf_vec2 start)
{
    gf_tangent *t = &m->tangent;
    gf_exponents e = {.count = 2};
    gf_leg leg = GF_LEG_STEP;
    gf_status status = gf_tangent_begin(t, start, 1);

    if (status == GF_DOMAIN) /* beyond a wall, or no velocity */
        return GF_OK;
    while (!status && t->t < w->until && leg != GF_LEG_STOP)
        status = gf_tangent_advance(&leg, t, w->until);
    if (status)
        return status;
    e.time = t->t;
    gf_exponents_plain(&e, t->growth, t->shear);
    out[GF_LYAPUNOV_EXPONENT] = e.finite;
    out[GF_LYAPUNOV_TIME] = t->t;
    out[GF_LYAPUNOV_STOP] = leg == GF_LEG_STOP ? t->stop : GF_STOP_END;
    return GF_OK;
}

/* Modes are made when they are met, in the field's own graph: a field that has
   kinks or walls has one march, a smooth one gets its only mode now. */
static gf_status make_marches(gf_grid_work *w, const gf_walls *walls,
                              const gf_tangent_options *how, gf_error *error)
{
    const int smooth[GF_SURFACES_MAX] = {0};
    size_t wanted = w->marches;
    const gf_switched_mode *mode;
    gf_status status = GF_OK;

    for (w->marches = 0; w->marches < wanted && !status;) {
        gf_march *m = &w->march[w->marches++];
        status = gf_mode_set_init(&m->modes, w->field, walls, error);
        if (!status && m->modes.count > 0)
            wanted = 1;
        else if (!status)
            status =
                gf_mode_set_get(&mode, &m->modes, smooth, GF_NO_SURFACE, error);
        if (!status)
            status = gf_tangent_init(&m->tangent, &m->modes, how, error);
    }
    return status;
}

static gf_status make_ensembles(gf_grid_work *w, gf_error *error)
{
    double steps = ceil(w->until / STEP);
    gf_status status = GF_OK;

    for (size_t k = 0; k < GF_GRID_STEPS && !status; k++) {
        gf_ensemble_options options = {.rule = "rk4",
                                       .step = w->until / steps,
                                       .until = w->until,
                                       .plain = true,
                                       .tangents = true,
                                       .threads = 1};
        status = gf_ensemble_new(&w->ensemble[k], w->field, &options, error);
        steps *= 2;
    }
    return status;
}

gf_status gf_lyapunov_grid_run(gf_lyapunov_grid *g, const gf_field *field,
                               const gf_lyapunov_options *options,
                               const gf_sweep_options *how, gf_error *error)
{
    gf_lyapunov_options settled;
    gf_status status = gf_grid_allocate(g, error);

    if (!status)
        status = gf_lyapunov_settle(&settled, options, error);
    if (status)
        return status;
    gf_walls walls = {settled.clip, settled.project};
    gf_tangent_options tight = {
        .rtol = options->rtol > 0 ? options->rtol : RTOL,
        .atol = options->atol > 0 ? options->atol : ATOL,
        .most_steps = settled.most_steps};
    gf_grid_work w = {.field = field,
                      .until = settled.until,
                      .rtol = tight.rtol,
                      .cell = flow_cell,
                      .marches = gf_grid_threads(g, how)};
    w.march = calloc(w.marches, sizeof *w.march);
    status = w.march ? make_marches(&w, &walls, &tight, error)
                     : gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status && w.march[0].modes.count == 0 && !options->alone)
        status = make_ensembles(&w, error);
    if (!status)
        status = gf_grid_fill(g, &w, how, error);
    for (size_t i = 0; i < w.marches && w.march; i++) {
        gf_tangent_clear(&w.march[i].tangent);
        gf_mode_set_clear(&w.march[i].modes);
    }
    for (size_t k = 0; k < GF_GRID_STEPS; k++)
        gf_ensemble_free(w.ensemble[k]);
    free(w.march);
    return status;
}
