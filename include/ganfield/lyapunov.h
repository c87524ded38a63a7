/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lyapunov exponents: how fast neighbours of a trajectory part.
 *
 * Along z' = v(z) a small difference w follows w' = J(z) w, J the exact
 * Jacobian; for almost every w its length grows like exp(value[0] t), and areas
 * grow like exp((value[0] + value[1]) t). Two directions are carried along and
 * made orthonormal after every step [benettin1980]. Of a map: w+ = DF(z) w, and
 * the exponents are per step.
 *
 * The first half of a run is left out, as the way to where it settles. Over the
 * second half growth is averaged with weights that vanish at both ends, which
 * for periodic and quasiperiodic motion converges faster than any power of the
 * time [das2017]. The bar is twice the largest difference of this value to
 * those of the quarter before, of the third and of the fourth quarter, plus
 * twice what half the tolerances change: an estimate, not a bound. It covers
 * the way to a rest point, and decay like 1/t; not what happens after the end.
 *
 * At jumps of the field, and at walls, trajectories cross or slide as
 * Filippov's convention says, and neighbours with them. Once a trajectory has
 * slid its neighbours have come onto one curve in finite time: value[1] is
 * then minus infinity.
 *
 *     gf_lyapunov_options options = {.until = 500};
 *     gf_exponents e;
 *     status = gf_lyapunov_flow(&e, field, start, &options, &error);
 */
#ifndef GANFIELD_LYAPUNOV_H
#define GANFIELD_LYAPUNOV_H

#include <ganfield/optimizer.h>
#include <ganfield/sweep.h>
#include <ganfield/trajectory.h>

#define GF_LYAPUNOV_UNTIL 1000
#define GF_EXPONENTS_MAX 8

typedef struct gf_lyapunov_options {
    double until;      /* > 0, finite; 0: GF_LYAPUNOV_UNTIL */
    double rtol, atol; /* of one step; 0: those of flow.h */
    double clip;       /* > 0: the critic's coordinate is held within -clip,
                          clip while the field presses outwards */
    bool project;      /* the same for p_g and its physical range */
    size_t most_steps; /* 0: two million */
    bool alone;        /* of a grid: follow every start by itself */
} gf_lyapunov_options;

typedef struct gf_exponents {
    gf_vec2 start, end;
    size_t count;                   /* of exponents: as many as numbers of the
                                       state, of a map with its memory */
    double value[GF_EXPONENTS_MAX]; /* the larger first */
    double bar[GF_EXPONENTS_MAX];   /* NaN where the run ended early: then value
                                       is the mean over its time, no limit */
    double finite; /* finite-time exponent: log of the largest factor by
                      which a difference has grown, over the time; NaN of
                      a map */
    gf_stop stop;
    double time;       /* how long it ran; of a map: steps */
    double slide_time; /* of that, on surfaces and walls */
    size_t steps, evaluations;
} gf_exponents;

/* GF_ARGUMENT for bad options; GF_DOMAIN for a start that is not inside the
   domain, or beyond a wall; GF_LIMIT for a field with too many kinks, or one
   inside another; GF_MEMORY. A run that ends early is no error. */
GF_PUBLIC GF_CHECKED gf_status
gf_lyapunov_flow(gf_exponents *out, const gf_field *field, gf_vec2 start,
                 const gf_lyapunov_options *options, gf_error *error);

/* Finite-time exponents over a window: at the middles of cells, how fast the
   difference grew that grew most, log(|difference|)/time. Where it is large
   neighbouring starts have different fates. */
typedef struct gf_lyapunov_grid {
    gf_range window[2];
    size_t count[2];
    /* Of the cell (i, j) from (i * count[1] + j) * GF_LYAPUNOV_WIDTH on: the
       exponent (NaN outside of the domain), how long it was followed (of a map
       in steps), and a gf_stop. */
    double *value;
    size_t cells, filled;
} gf_lyapunov_grid;

enum {
    GF_LYAPUNOV_EXPONENT,
    GF_LYAPUNOV_TIME,
    GF_LYAPUNOV_STOP,
    GF_LYAPUNOV_WIDTH
};

#define GF_LYAPUNOV_CELLS_MAX 4000000

/* Of a flow, at the tolerances of *options (0: 1e-8 and 1e-10); *grid has its
   window and count set and is to be cleared in either case. Where the field has
   no kinks and no wall, starts go together with their tangents (ensemble.h), by
   a step and its half and so on until states and tangents of two differ by less
   than 100 tolerances (the error is about a fifteenth of that); where none do,
   or anything else happens, the start is followed by itself as by
   gf_lyapunov_flow. The values depend on no number of threads. how (sweep.h)
   may be NULL; where its progress said stop: GF_OK with filled < cells.
   Failures as above, and those of a journal. */
GF_PUBLIC GF_CHECKED gf_status
gf_lyapunov_grid_run(gf_lyapunov_grid *grid, const gf_field *field,
                     const gf_lyapunov_options *options,
                     const gf_sweep_options *how, gf_error *error);
/* The same of a map, per step. */
GF_PUBLIC GF_CHECKED gf_status gf_lyapunov_grid_map(
    gf_lyapunov_grid *grid, const gf_field *field,
    const gf_optimizer *optimizer, const gf_map_options *options,
    const gf_sweep_options *how, gf_error *error);
GF_PUBLIC void gf_lyapunov_grid_clear(gf_lyapunov_grid *grid);
/* The middle of a cell. */
GF_PUBLIC gf_vec2 gf_lyapunov_grid_at(const gf_lyapunov_grid *grid, size_t n);

/* Of the map that an optimizer's step is, of its whole state: z and memory, two
   numbers for each vector that the rule remembers. Per step. Bars come from
   parts of the run alone. The rows of *options are not asked for; noise is
   GF_ARGUMENT, as are other bad options; the rest as above. */
GF_PUBLIC GF_CHECKED gf_status gf_lyapunov_map(gf_exponents *out,
                                               const gf_field *field,
                                               gf_vec2 start,
                                               const gf_optimizer *optimizer,
                                               const gf_map_options *options,
                                               gf_error *error);

#endif
