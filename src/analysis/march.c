/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Zeros of a planar field in its window: the sign of both velocities on a
 * grid, then Powell's hybrid method (GSL) with the exact Jacobian from every
 * cell that both zero sets may cross.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multiroots.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/planar.h"

enum { GRID = 64, STEPS = 60 };

typedef struct equations {
    gf_tape *tape;     /* two velocities, four derivatives */
    gf_tape *velocity; /* the two alone */
    double *work;      /* for either */
} equations;

static void evaluate(double out[6], const equations *s, double u, double v)
{
    double in[2] = {u, v};

    gf_tape_at(out, s->tape, in, s->work);
}

static int velocity(const gsl_vector *z, void *params, gsl_vector *f)
{
    double out[6];

    evaluate(out, params, gsl_vector_get(z, 0), gsl_vector_get(z, 1));
    gsl_vector_set(f, 0, out[0]);
    gsl_vector_set(f, 1, out[1]);
    return isfinite(out[0] + out[1]) ? GSL_SUCCESS : GSL_EDOM;
}

static int jacobian(const gsl_vector *z, void *params, gsl_matrix *j)
{
    double out[6];

    evaluate(out, params, gsl_vector_get(z, 0), gsl_vector_get(z, 1));
    for (size_t i = 0; i < 4; i++)
        gsl_matrix_set(j, i / 2, i % 2, out[2 + i]);
    return isfinite(out[2] + out[3] + out[4] + out[5]) ? GSL_SUCCESS : GSL_EDOM;
}

static int both(const gsl_vector *z, void *params, gsl_vector *f, gsl_matrix *j)
{
    int status = velocity(z, params, f);

    return status ? status : jacobian(z, params, j);
}

/* From a start to a zero: true if the velocity there is rounding error. */
static bool solve(gf_vec2 *at, equations *s, gf_vec2 start)
{
    gsl_multiroot_function_fdf f = {velocity, jacobian, both, 2, s};
    gsl_multiroot_fdfsolver *solver =
        gsl_multiroot_fdfsolver_alloc(gsl_multiroot_fdfsolver_hybridsj, 2);
    gsl_vector *z = gsl_vector_alloc(2);
    double out[6], size;
    bool found = false;

    if (solver && z) {
        gsl_vector_set(z, 0, start.x);
        gsl_vector_set(z, 1, start.y);
        if (gsl_multiroot_fdfsolver_set(solver, &f, z) == GSL_SUCCESS) {
            for (int i = 0; i < STEPS; i++)
                if (gsl_multiroot_fdfsolver_iterate(solver))
                    break;
            at->x = gsl_vector_get(solver->x, 0);
            at->y = gsl_vector_get(solver->x, 1);
            evaluate(out, s, at->x, at->y);
            size = fabs(out[2]) + fabs(out[3]) + fabs(out[4]) + fabs(out[5]);
            found = hypot(out[0], out[1]) <=
                    1e-12 * fmax(size * fmax(1, hypot(at->x, at->y)), 1e-3);
        }
    }
    gsl_multiroot_fdfsolver_free(solver);
    gsl_vector_free(z);
    return found;
}

/* A coordinate that rounding alone keeps from 0 is 0. */
static double settled(double x, gf_range w)
{
    return fabs(x) < 1e-13 * (w.hi - w.lo) ? 0 : x;
}

/* Does one of the velocities change its sign on a cell between two lines? */
static bool changes_sign(const gf_vec2 *left, const gf_vec2 *right, bool second)
{
    const gf_vec2 corner[4] = {left[0], left[1], right[0], right[1]};
    bool below = false, above = false;

    for (int i = 0; i < 4; i++) {
        double y = second ? corner[i].y : corner[i].x;
        below = below || y <= 0;
        above = above || y >= 0;
    }
    return below && above;
}

/* The velocities along the i-th line of the grid. */
static void sample(gf_vec2 *line, const equations *s, const gf_range w[2],
                   int i)
{
    for (int k = 0; k <= GRID; k++) {
        double in[2] = {w[0].lo + (w[0].hi - w[0].lo) * (i + 0.013) / GRID,
                        w[1].lo + (w[1].hi - w[1].lo) * (k + 0.017) / GRID};
        double out[2];
        gf_tape_at(out, s->velocity, in, s->work);
        line[k] = (gf_vec2){out[0], out[1]};
    }
}

static gf_status scan(gf_zeros *zeros, equations *s, const gf_range w[2],
                      gf_error *error)
{
    gf_vec2 line[2][GRID + 1];
    size_t most = zeros->count + GF_ZEROS_MAX;

    sample(line[0], s, w, 0);
    for (int i = 0; i < GRID; i++) {
        const gf_vec2 *left = line[i % 2], *right = line[(i + 1) % 2];
        sample(line[(i + 1) % 2], s, w, i + 1);
        for (int k = 0; k < GRID; k++) {
            gf_zero zero = {.exact = {GF_EXPR_NONE, GF_EXPR_NONE}};
            gf_vec2 start = {w[0].lo + (w[0].hi - w[0].lo) * (i + 0.5) / GRID,
                             w[1].lo + (w[1].hi - w[1].lo) * (k + 0.5) / GRID};
            gf_status status;
            if (!changes_sign(left + k, right + k, false) ||
                !changes_sign(left + k, right + k, true) ||
                zeros->count >= most || !solve(&zero.at, s, start) ||
                zero.at.x < w[0].lo || zero.at.x > w[0].hi ||
                zero.at.y < w[1].lo || zero.at.y > w[1].hi)
                continue;
            zero.at =
                (gf_vec2){settled(zero.at.x, w[0]), settled(zero.at.y, w[1])};
            status = gf_zeros_add(zeros, &zero, error);
            if (status)
                return status;
        }
    }
    return GF_OK;
}

gf_status gf_zeros_march(gf_zeros *zeros, const gf_local *local,
                         const gf_range window[2], gf_error *error)
{
    gf_graph *graph = local->graph;
    gf_expr root[6];
    equations s = {NULL, NULL, NULL};
    gf_status status;
    size_t slots;

    for (int i = 0; i < 2; i++) {
        root[i] = local->velocity[i];
        for (int k = 0; k < 2; k++)
            root[2 + 2 * i + k] =
                gf_expr_derive(graph, root[i], local->axis[k]);
    }
    status = gf_tape_new(&s.tape, graph, root, 6, local->axis, 2, error);
    if (status == GF_OK)
        status =
            gf_tape_new(&s.velocity, graph, root, 2, local->axis, 2, error);
    if (status == GF_OK) {
        slots = gf_tape_slots(s.tape) + gf_tape_slots(s.velocity);
        s.work = malloc(slots * sizeof *s.work);
        status = s.work ? scan(zeros, &s, window, error)
                        : gf_error_set(error, GF_MEMORY, "out of memory");
    }
    free(s.work);
    gf_tape_free(s.velocity);
    gf_tape_free(s.tape);
    return status;
}
