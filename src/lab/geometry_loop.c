/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a critic that is trained a little at each place of a closed loop has not
   undone at its end. */
#include "lab/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 64 };

void gf_geometry_loop_init(gf_geometry_loop *loop)
{
    *loop = (gf_geometry_loop){.radii = 0};
}

void gf_geometry_loop_clear(gf_geometry_loop *loop)
{
    free(loop->radius);
    free(loop->steps);
    free(loop->gap);
    free(loop->reverse);
    free(loop->swing);
    free(loop->direction);
    gf_geometry_loop_init(loop);
}

typedef struct walk {
    gf_geometry_loop *loop;
    const gf_geometry_loop_options *options;
    size_t done, total; /* places of all loops */
    bool is_stopped;
    gf_duel *duel;
    size_t first, size, points;
    const double *start;      /* the state where loops begin */
    double *z, *v;            /* size each */
    double *x, *before, *now; /* where D is looked at, and what it is */
    double farthest;
} walk;

/* --- one loop ---------------------------------------------------------------
 */

/* The generator at the i-th place; from the end where is_back. */
static void go_to(walk *w, double radius, size_t i, bool is_back)
{
    const gf_geometry_loop *l = w->loop;
    size_t n = w->size - w->first;
    double part = (double)i / (double)l->places, t = 2 * acos(-1) * part;
    double a = radius * (cos(t) - 1), b = radius * sin(t);

    if (l->is_line) {
        a = radius * (1 - fabs(1 - 2 * part));
        b = 0;
    }
    memcpy(w->z + w->first, w->start + w->first, n * sizeof *w->z);
    if (i == l->places)
        return;
    gf_vector_add(w->z + w->first, is_back && l->is_line ? -a : a, l->direction,
                  n);
    gf_vector_add(w->z + w->first, is_back ? -b : b, l->direction + n, n);
}

static gf_status train(walk *w, size_t steps, gf_error *error)
{
    const gf_geometry_loop *l = w->loop;
    gf_geometry_best best;

    if (steps == GF_GEOMETRY_TO_THE_BEST)
        return gf_geometry_best_find(&best, w->z, w->duel, l->damping, false,
                                     error);
    for (size_t k = 0; k < steps; k++) {
        gf_duel_velocity(w->v, w->duel, w->z, 0, w->first);
        for (size_t i = 0; i < w->first; i++)
            w->z[i] += l->step * (w->v[i] - l->damping * w->z[i]);
    }
    return GF_OK;
}

static double off_from_start(walk *w)
{
    double sum = 0;

    gf_duel_criticise(w->now, w->duel, w->z, w->x, w->points);
    for (size_t i = 0; i < w->points; i++)
        sum += (w->now[i] - w->before[i]) * (w->now[i] - w->before[i]);
    return sqrt(sum / (double)w->points);
}

static void tell(walk *w)
{
    const gf_geometry_loop_options *o = w->options;

    w->done++;
    w->is_stopped =
        o->progress && !o->progress(w->done, w->total, o->progress_ctx);
}

static gf_status go_round(double *gap, walk *w, double radius, size_t steps,
                          bool is_back, gf_error *error)
{
    gf_status status = GF_OK;

    memcpy(w->z, w->start, w->size * sizeof *w->z);
    w->farthest = 0;
    for (size_t i = 1; i <= w->loop->places && !status && !w->is_stopped; i++) {
        go_to(w, radius, i, is_back);
        status = train(w, steps, error);
        tell(w);
        if (steps == GF_GEOMETRY_TO_THE_BEST)
            w->farthest = fmax(w->farthest, off_from_start(w));
    }
    *gap = off_from_start(w);
    if (!isfinite(*gap))
        *gap = NAN;
    return status;
}

/* --- all --------------------------------------------------------------------
 */

/* A best critic is followed only from a best one. */
static bool is_left_out(const gf_geometry_loop *l, size_t k)
{
    return l->steps[k] == GF_GEOMETRY_TO_THE_BEST && !l->best.is_best;
}

/* Both ways round. */
static gf_status compare(walk *w, size_t i, size_t k, gf_error *error)
{
    gf_geometry_loop *l = w->loop;
    size_t at = i * l->counts + k;
    gf_status status;

    if (is_left_out(l, k)) {
        l->gap[at] = l->reverse[at] = NAN;
        return GF_OK;
    }
    status = go_round(&l->gap[at], w, l->radius[i], l->steps[k], false, error);
    if (!status && l->steps[k] == GF_GEOMETRY_TO_THE_BEST)
        l->swing[i] = w->farthest;
    if (!status)
        status = go_round(&l->reverse[at], w, l->radius[i], l->steps[k], true,
                          error);
    return status;
}

static gf_status run(walk *w, gf_error *error)
{
    gf_geometry_loop *l = w->loop;
    gf_status status = GF_OK;

    for (size_t k = 0; k < l->counts; k++)
        w->total += is_left_out(l, k) ? 0 : 2 * l->radii * l->places;
    for (size_t i = 0; i < l->radii; i++)
        for (size_t k = 0; k < l->counts && !status && !w->is_stopped; k++)
            status = compare(w, i, k, error);
    return status;
}

/* One over the largest curvature of the critic's loss. */
static gf_status choose_step(walk *w, double *z, gf_error *error)
{
    gf_krylov_options options = {
        .is_symmetric = true, .end = GF_KRYLOV_RIGHT, .count = 1};
    gf_duel_map map;
    gf_krylov k;
    gf_status status = gf_duel_map_init(&map, w->duel, z, GF_CRITIC, error);

    gf_krylov_init(&k);
    map.shift = w->loop->damping;
    if (!status) {
        gf_operator hessian = gf_duel_map_loss(&map);
        status = gf_krylov_find(&k, &hessian, &options, error);
    }
    if (!status && !(k.re[0] > 0))
        status = gf_error_set(error, GF_ARGUMENT,
                              "the critic's loss is not curved, so that no "
                              "step suggests itself; give one");
    if (!status)
        w->loop->step = 1 / k.re[0];
    gf_krylov_clear(&k);
    gf_duel_map_clear(&map);
    return status;
}

static gf_status make_room(walk *w, const gf_geometry_loop_options *options,
                           gf_error *error)
{
    gf_geometry_loop *l = w->loop;
    size_t cells = l->radii * l->counts;

    l->radius = calloc(l->radii, sizeof *l->radius);
    l->steps = calloc(l->counts, sizeof *l->steps);
    l->gap = calloc(cells, sizeof *l->gap);
    l->reverse = calloc(cells, sizeof *l->reverse);
    l->swing = calloc(l->radii, sizeof *l->swing);
    l->direction = calloc(2 * (w->size - w->first), sizeof *l->direction);
    w->z = calloc(2 * w->size + 3 * w->points, sizeof *w->z);
    if (!l->radius || !l->steps || !l->gap || !l->reverse || !l->swing ||
        !l->direction || !w->z)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    memcpy(l->radius, options->radius, l->radii * sizeof *l->radius);
    memcpy(l->steps, options->steps, l->counts * sizeof *l->steps);
    for (size_t i = 0; i < l->radii; i++)
        l->swing[i] = NAN;
    w->v = w->z + w->size;
    w->x = w->v + w->size;
    w->before = w->x + w->points;
    w->now = w->before + w->points;
    return GF_OK;
}

/* Brings the critic to its best where loops begin, and looks at it. */
static gf_status begin(walk *w, double *z, const gf_geometry_slice *slice,
                       gf_error *error)
{
    gf_geometry_loop *l = w->loop;
    gf_duel_batch batch = gf_duel_dealt(w->duel);
    gf_status status =
        gf_geometry_best_find(&l->best, z, w->duel, l->damping, true, error);

    if (!status)
        status = gf_geometry_slice_find(
            l->direction,
            l->is_line ? NULL : l->direction + (w->size - w->first), NULL,
            w->duel, z, slice, error);
    if (!status && !(l->step > 0))
        status = choose_step(w, z, error);
    if (status)
        return status;
    memcpy(w->x, batch.data, batch.count * sizeof *w->x);
    gf_duel_generate(w->x + batch.count, w->duel, z, batch.latent, batch.count);
    gf_duel_criticise(w->before, w->duel, z, w->x, w->points);
    return GF_OK;
}

gf_status gf_geometry_loop_find(gf_geometry_loop *loop, gf_duel *duel,
                                double *z, const gf_geometry_slice *slice,
                                const gf_geometry_loop_options *options,
                                gf_error *error)
{
    walk w = {.loop = loop,
              .options = options,
              .duel = duel,
              .first = gf_duel_first(duel),
              .size = gf_duel_size(duel),
              .points = 2 * gf_duel_dealt(duel).count,
              .start = z};
    gf_status status;

    if (options->radii == 0 || options->counts == 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "a loop needs a radius and a number of steps");
    loop->radii = options->radii;
    loop->counts = options->counts;
    loop->places = options->places ? options->places : PLACES;
    loop->step = options->step;
    loop->damping = options->damping;
    loop->is_line = options->is_line;
    status = make_room(&w, options, error);
    if (!status)
        status = begin(&w, z, slice, error);
    if (!status)
        status = run(&w, error);
    free(w.z);
    if (status || w.is_stopped)
        gf_geometry_loop_clear(loop);
    return status;
}
