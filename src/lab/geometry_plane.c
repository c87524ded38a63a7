/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A loss and its Hessian on a plane of parameters. */
#include "lab/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 25, VALUES = 3, DENSE_MOST = 600 };

void gf_geometry_plane_init(gf_geometry_plane *plane)
{
    *plane = (gf_geometry_plane){.trace = NAN};
    gf_krylov_init(&plane->high);
    gf_krylov_init(&plane->low);
}

void gf_geometry_plane_clear(gf_geometry_plane *plane)
{
    free(plane->direction);
    free(plane->at[0]);
    free(plane->at[1]);
    free(plane->loss);
    free(plane->hessian);
    free(plane->curvature);
    gf_krylov_clear(&plane->high);
    gf_krylov_clear(&plane->low);
    gf_geometry_plane_init(plane);
}

/* --- one place -------------------------------------------------------------
 */

typedef struct walk {
    gf_geometry_plane *plane;
    gf_duel_map map;
    double *z;      /* where it is */
    double *turned; /* H u, H v: 2 x parameters */
} walk;

/* The three entries of the Hessian at w->z. */
static void bend(double out[3], walk *w)
{
    gf_geometry_plane *p = w->plane;
    size_t n = p->parameters;
    gf_operator hessian = gf_duel_map_loss(&w->map);
    const double *u = p->direction, *v = u + n;
    double across;

    hessian.product(w->turned, u, hessian.ctx);
    hessian.product(w->turned + n, v, hessian.ctx);
    out[0] = gf_vector_dot(u, w->turned, n);
    out[1] = gf_vector_dot(v, w->turned, n);
    out[2] = gf_vector_dot(v, w->turned + n, n);
    across = gf_vector_dot(u, w->turned + n, n);
    p->asymmetry = fmax(p->asymmetry, fabs(out[1] - across));
    out[1] = (out[1] + across) / 2;
    for (int i = 0; i < 3; i++)
        p->size = fmax(p->size, fabs(out[i]));
}

static double loss_of(walk *w)
{
    double gain[2];

    gf_duel_gains(gain, w->map.duel, w->z);
    return -gain[w->plane->player];
}

static void visit(walk *w, const double *z, size_t i, size_t k)
{
    gf_geometry_plane *p = w->plane;
    size_t n = p->parameters, at = i * p->count[1] + k;
    double *own = w->z + w->map.stretch.begin, *h = p->hessian + 3 * at;

    memcpy(own, z + w->map.stretch.begin, n * sizeof *own);
    gf_vector_add(own, p->at[0][i], p->direction, n);
    gf_vector_add(own, p->at[1][k], p->direction + n, n);
    p->loss[at] = loss_of(w);
    p->least = fmin(p->least, p->loss[at]);
    p->most = fmax(p->most, p->loss[at]);
    bend(h, w);
    gf_vector_eigen(p->curvature + 2 * at, h[0], h[1], h[2]);
}

/* --- z itself --------------------------------------------------------------
 */

static gf_status look_here(walk *w, gf_error *error)
{
    gf_geometry_plane *p = w->plane;
    size_t n = p->parameters;
    double *g = w->map.out;

    p->loss_here = loss_of(w);
    if (!isfinite(p->loss_here))
        return gf_error_set(error, GF_DOMAIN,
                            "the loss is not finite where the plane begins");
    gf_duel_gradient(g, w->map.duel, p->player, w->z);
    for (int i = 0; i < 2; i++)
        p->gradient[i] = -gf_vector_dot(g + w->map.stretch.begin,
                                        p->direction + (size_t)i * n, n);
    bend(p->hessian_here, w);
    gf_vector_eigen(p->curvature_here, p->hessian_here[0], p->hessian_here[1],
                    p->hessian_here[2]);
    return GF_OK;
}

static gf_status find_values(walk *w, size_t values, gf_error *error)
{
    gf_geometry_plane *p = w->plane;
    gf_operator hessian = gf_duel_map_loss(&w->map);
    gf_krylov_options options = {.is_symmetric = true, .end = GF_KRYLOV_RIGHT};
    bool is_whole = p->parameters <= DENSE_MOST;
    gf_status status;

    options.count = is_whole ? 0 : values;
    status = gf_krylov_find(&p->high, &hessian, &options, error);
    options.end = GF_KRYLOV_LEFT;
    if (!status && !is_whole)
        status = gf_krylov_find(&p->low, &hessian, &options, error);
    if (status || !is_whole)
        return status;
    p->trace = 0;
    for (size_t i = 0; i < p->high.count; i++)
        p->trace += p->high.re[i];
    return GF_OK;
}

/* --- all -------------------------------------------------------------------
 */

static gf_status make_room(gf_geometry_plane *p, gf_error *error)
{
    size_t cells = p->count[0] * p->count[1];

    p->direction = calloc(2 * p->parameters, sizeof *p->direction);
    p->at[0] = calloc(p->count[0], sizeof *p->at[0]);
    p->at[1] = calloc(p->count[1], sizeof *p->at[1]);
    p->loss = calloc(cells, sizeof *p->loss);
    p->hessian = calloc(3 * cells, sizeof *p->hessian);
    p->curvature = calloc(2 * cells, sizeof *p->curvature);
    if (p->direction && p->at[0] && p->at[1] && p->loss && p->hessian &&
        p->curvature)
        return GF_OK;
    return gf_error_set(error, GF_MEMORY, "out of memory");
}

static void lay_grid(gf_geometry_plane *p,
                     const gf_geometry_plane_options *options, double unit)
{
    for (int side = 0; side < 2; side++) {
        size_t n = p->count[side];
        double reach = options->reach[side] > 0 ? options->reach[side] : unit;
        for (size_t i = 0; i < n; i++)
            p->at[side][i] =
                n > 1 ? reach * (2 * (double)i / (double)(n - 1) - 1) : 0;
    }
}

static gf_status fill(gf_geometry_plane *p, walk *w, const double *z,
                      const gf_geometry_plane_options *options, gf_error *error)
{
    size_t size = gf_duel_size(w->map.duel);
    gf_status status;

    w->z = malloc(size * sizeof *w->z);
    w->turned = malloc(2 * p->parameters * sizeof *w->turned);
    if (!w->z || !w->turned)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    memcpy(w->z, z, size * sizeof *z);
    w->map.z = w->z;
    p->least = INFINITY;
    p->most = -INFINITY;
    status = look_here(w, error);
    if (!status)
        status =
            find_values(w, options->values ? options->values : VALUES, error);
    for (size_t i = 0; !status && i < p->count[0]; i++)
        for (size_t k = 0; k < p->count[1]; k++)
            visit(w, z, i, k);
    return status;
}

gf_status gf_geometry_plane_find(gf_geometry_plane *plane, gf_duel *duel,
                                 const double *z,
                                 const gf_geometry_slice *slice,
                                 const gf_geometry_plane_options *options,
                                 gf_error *error)
{
    static const gf_geometry_plane_options usual = {.values = 0};
    gf_status status;
    walk w = {.plane = plane};
    double unit = 1;

    options = options ? options : &usual;
    plane->kind = slice->kind;
    plane->player = slice->player;
    plane->parameters = gf_duel_stretch(duel, slice->player).count;
    for (int side = 0; side < 2; side++) {
        plane->parameter[side] = slice->parameter[side];
        plane->count[side] =
            options->count[side] ? options->count[side] : PLACES;
    }
    status = make_room(plane, error);
    if (!status)
        status = gf_duel_map_init(&w.map, duel, z, slice->player, error);
    if (!status)
        status = gf_geometry_slice_find(plane->direction,
                                        plane->direction + plane->parameters,
                                        &unit, duel, z, slice, error);
    if (!status) {
        lay_grid(plane, options, unit);
        status = fill(plane, &w, z, options, error);
    }
    gf_duel_map_clear(&w.map);
    free(w.z);
    free(w.turned);
    if (status)
        gf_geometry_plane_clear(plane);
    return status;
}
