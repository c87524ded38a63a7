/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What flows and maps have in common that fill a grid with exponents. */
#ifndef GF_ANALYSIS_LYAPUNOV_GRID_H
#define GF_ANALYSIS_LYAPUNOV_GRID_H

#include <ganfield/ensemble.h>

#include <pthread.h>

#include "analysis/dual.h"
#include "analysis/lyapunov.h"

enum { GF_GRID_STEPS = 4 };

/* What one thread at a time may use. */
typedef struct gf_march {
    gf_mode_set modes; /* of a flow */
    gf_tangent tangent;
    gf_dual dual; /* of a map */
    bool is_busy;
} gf_march;

typedef struct gf_grid_work {
    const gf_lyapunov_grid *grid;
    const gf_field *field;
    double until, rtol;
    const gf_map_options *map;            /* NULL: a flow */
    gf_ensemble *ensemble[GF_GRID_STEPS]; /* NULL: none; each has half of the
                                             step of the one before */
    gf_march *march;
    size_t marches;
    pthread_mutex_t *mutex; /* guards is_busy */
    /* Follows one start inside of the domain; *out is preset to none. */
    gf_status (*cell)(double *out, const struct gf_grid_work *work, gf_march *m,
                      gf_vec2 start);
} gf_grid_work;

gf_status gf_grid_allocate(gf_lyapunov_grid *grid, gf_error *error) GF_CHECKED;
/* Threads that a grid can use, each with a march. */
size_t gf_grid_threads(const gf_lyapunov_grid *grid,
                       const gf_sweep_options *how);
gf_status gf_grid_fill(gf_lyapunov_grid *grid, gf_grid_work *work,
                       const gf_sweep_options *how, gf_error *error) GF_CHECKED;
/* The logarithm of the largest singular value. */
double gf_log_stretch(gf_mat2 m);

#endif
