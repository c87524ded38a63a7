/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of a sweep: its settings, what is known of it, and how it is made
   known. */
#ifndef GF_ANALYSIS_SWEEP_CELL_H
#define GF_ANALYSIS_SWEEP_CELL_H

#include <ganfield/sweep.h>

/* What a quantity needs of its cell. */
enum {
    GF_CELL_JACOBIAN = 1, /* the linearisation at the wanted rest point */
    GF_CELL_TYPE = 2,     /* ... judged: type, stability, verdict, margin */
    GF_CELL_MAP = 4,      /* the optimizer's map */
    GF_CELL_STEP = 8,     /* ... at the step h */
    GF_CELL_FATE = 16,    /* a run from the plan's start */
    GF_CELL_EXPONENT = 32,
    GF_CELL_BEST = 64,   /* the best step */
    GF_CELL_LIMIT = 128, /* the largest stable step */
    GF_CELL_MARCH = 256, /* the optimizer's exponent from the plan's start */
    GF_CELL_COUNT = 512, /* how many of its steps a run makes */
    GF_CELL_RUN = GF_CELL_FATE | GF_CELL_EXPONENT
};

/* What an axis changes. */
typedef enum gf_sweep_target {
    GF_TARGET_PARAMETER, /* of the field */
    GF_TARGET_RATIO,     /* a = value times b */
    GF_TARGET_CRITIC,    /* a */
    GF_TARGET_GENERATOR, /* b */
    GF_TARGET_STEP,      /* h */
    GF_TARGET_NUMBER     /* of the optimizer */
} gf_sweep_target;

typedef struct gf_sweep_cell {
    double value[GF_SWEEP_AXES_MAX]; /* of the axes */
    double speed[2];                 /* a, b */
    double step;
    gf_optimizer optimizer;
    bool has_point;   /* a wanted rest point with a Jacobian */
    gf_mat2 unit;     /* its Jacobian for speeds 1 */
    gf_mat2 jacobian; /* ... and for a, b */
    double re[2], im; /* eigenvalues, the slower one first; im >= 0 */
    double trace, determinant, discriminant;
    gf_type type; /* and below: if judged */
    gf_outcome verdict;
    double margin;
    double radius, stable_step, best_step, best_radius;
    bool has_run; /* and below: */
    double fate, time, steps, exponent;
    double map_exponent; /* NaN: none */
    const struct gf_sweep_work *work;
} gf_sweep_cell;

/* The Jacobian at a rest point that provably stays where it is, as a tape of
   the parameters that axes change. */
typedef struct gf_sweep_model {
    gf_tape *tape;   /* roots xx xy yx yy for speeds 1; NULL: none */
    size_t input[2]; /* the axes that are inputs */
    size_t inputs;
    size_t critic; /* whose rows are whose */
} gf_sweep_model;

/* A sweep in progress: read by all threads, changed by none. */
typedef struct gf_sweep_work {
    const gf_sweep_plan *plan;
    gf_sweep_target target[GF_SWEEP_AXES_MAX];
    size_t index[GF_SWEEP_AXES_MAX]; /* of a parameter or number */
    unsigned needs;
    gf_sweep_model model;
} gf_sweep_work;

/* Fills *model, with tape NULL where the rest point may move. */
GF_CHECKED gf_status gf_sweep_model_make(gf_sweep_model *model,
                                         const gf_sweep_work *work,
                                         gf_error *error);
void gf_sweep_model_clear(gf_sweep_model *model);
/* The Jacobians of count cells that are to have their settings, unit[i] being
   theirs for speeds 1. */
GF_CHECKED gf_status gf_sweep_model_at(gf_sweep_cell *cell,
                                       const gf_sweep_model *model,
                                       size_t count, gf_error *error);
/* Judges a cell from its model, proved; false where that does not decide. */
bool gf_sweep_model_judge(gf_sweep_cell *cell, const gf_sweep_model *model);

/* Finds out what the axes are and makes the model, which is to be cleared in
   either case. */
GF_CHECKED gf_status gf_sweep_prepare(gf_sweep_work *work,
                                      const gf_sweep_plan *plan,
                                      gf_error *error);
/* The boundaries of a sweep over one axis. */
GF_CHECKED gf_status gf_sweep_find_edges(gf_sweep *sweep, gf_error *error);

/* The settings at values of the axes; of cell n. */
void gf_sweep_cell_place(gf_sweep_cell *cell, const gf_sweep_work *work,
                         const double *x);

void gf_sweep_cell_set(gf_sweep_cell *cell, const gf_sweep_work *work,
                       size_t n);
/* The quantities of a cell, which has its unit Jacobian where there is a
   model; they are NaN where the field cannot have the cell's values. */
GF_CHECKED gf_status gf_sweep_cell_finish(double *out, gf_sweep_cell *cell,
                                          gf_error *error);
/* Runs the flow of a cell's field from the plan's start, or its optimizer. */
GF_CHECKED gf_status gf_sweep_cell_move(gf_sweep_cell *cell,
                                        const gf_classification *c,
                                        gf_error *error);
/* The exponent of the optimizer's steps. */
GF_CHECKED gf_status gf_sweep_cell_march(gf_sweep_cell *cell, gf_error *error);
/* The field of a cell, made anew. */
GF_CHECKED gf_status gf_sweep_cell_field(gf_field **out,
                                         const gf_sweep_cell *cell,
                                         gf_error *error);
/* Eigenvalues and the like from the unit Jacobian and the speeds. */
void gf_sweep_cell_solve(gf_sweep_cell *cell);

/* Radius and steps of the optimizer's map, of a cell that is solved; NaN where
   no step is stable. */
GF_CHECKED gf_status gf_sweep_cell_steps(gf_sweep_cell *cell, gf_error *error);
/* Are they closed forms? */
bool gf_sweep_is_closed(const gf_sweep_plan *plan);

/* The quantity of a name, or NULL. */
const gf_sweep_quantity *gf_sweep_quantity_find(const char *name);

#endif
