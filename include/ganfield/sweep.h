/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sweeps: quantities of a field, or of an optimizer on it, over one or two
 * axes of anything.
 *
 *     gf_sweep_plan plan = {.field = field, .make = make, .make_ctx = &source};
 *     gf_sweep sweep;
 *     status = gf_sweep_axis_parse(&plan.axis[0], "p_d=0.05:2:200", &error);
 *     plan.axes = 1;
 *     status = gf_sweep_plan_add(&plan, "eigenvalue", &error);
 *     gf_sweep_init(&sweep);
 *     status = gf_sweep_run(&sweep, &plan, NULL, &error);
 *     sweep.value[i * plan.quantities + q] ...
 *     gf_sweep_clear(&sweep);
 *
 * Cell (i, j) is value i of the first axis and j of the second; its number is
 * i * count of the second + j.  Where the wanted rest point provably stays
 * where it is, its linearisation is compiled once with the axes as inputs;
 * elsewhere the field is made and classified anew in every cell.  The values do
 * not depend on the number of threads.
 */
#ifndef GANFIELD_SWEEP_H
#define GANFIELD_SWEEP_H

#include <ganfield/classify.h>
#include <ganfield/optimizer.h>

#define GF_SWEEP_AXES_MAX 2
#define GF_SWEEP_QUANTITIES_MAX 24
#define GF_SWEEP_CELLS_MAX 50000000

/* --- axes -------------------------------------------------------------- */

typedef struct gf_sweep_axis {
    char name[64];
    double from, to; /* the first and the last value */
    size_t count;
    bool log; /* evenly spaced logarithms */
} gf_sweep_axis;

/* Reads "NAME=FROM:TO:COUNT" or "NAME=log:FROM:TO:COUNT"; FROM and TO may be
   constant expressions.  GF_SYNTAX, GF_ARGUMENT (no values, not finite, log of
   what is not > 0), GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_sweep_axis_parse(gf_sweep_axis *out,
                                                   const char *text,
                                                   gf_error *error);
/* The i-th value; the ends are exact. */
GF_PUBLIC double gf_sweep_axis_at(const gf_sweep_axis *axis, size_t i);

/* --- quantities -------------------------------------------------------- */

/* What a cell holds, private to the library. */
struct gf_sweep_cell;

/* One row of a table.  A quantity is a number (NaN: there is none), or one of
   some words: then its value is the word's index. */
typedef struct gf_sweep_quantity {
    const char *name, *title;
    const char *label;       /* for a figure: $...$ is mathematics */
    const char *const *word; /* NULL: a number */
    size_t words;
    unsigned needs; /* private */
    double (*of)(const struct gf_sweep_cell *cell);
} gf_sweep_quantity;

GF_PUBLIC size_t gf_sweep_quantity_count(void);
/* The i-th of the table. */
GF_PUBLIC const gf_sweep_quantity *gf_sweep_quantity_row(size_t i);
/* The word of a value; "none" where there is none. */
GF_PUBLIC const char *gf_sweep_quantity_word(const gf_sweep_quantity *quantity,
                                             double value);

/* --- sweeps ------------------------------------------------------------ */

/* Makes the field with other settings: `set` are texts "NAME=VALUE" that win
   over those the field had, speed is "a,b" or NULL (as it was).  Called by any
   number of threads. */
typedef gf_status gf_sweep_make(gf_field **out, const char *const *set,
                                size_t set_count, const char *speed,
                                const void *ctx, gf_error *error);

typedef struct gf_sweep_plan {
    const gf_field *field; /* outlives the plan */
    gf_sweep_make *make;
    const void *make_ctx;
    gf_sweep_axis axis[GF_SWEEP_AXES_MAX];
    size_t axes;
    const gf_sweep_quantity *quantity[GF_SWEEP_QUANTITIES_MAX];
    size_t quantities;
    gf_optimizer optimizer; /* rule NULL: none */
    gf_order order;
    size_t critic_steps; /* 0: 1 */
    double step;         /* h; 0: none */
    bool has_start;
    gf_vec2 start; /* of runs: label and time, which are of the optimizer's
                      steps where there is one, exponent */
    double until;  /* of the flow: their longest time; 0: 1000 */
    size_t steps;  /* of the optimizer from there; 0: 2000 for map-exponent,
                      10000 for label, time, steps */
    /* ... as in gf_map_options: the same noise in each cell. */
    const gf_schedule *schedule; /* instead of `step`, if no axis is h */
    double noise;
    uint64_t seed;
    bool project;
    const gf_range *box;
} gf_sweep_plan;

/* Adds a quantity by its name, or a group ("eigenvalue" is its two parts).
   GF_NAME with the nearest name, GF_LIMIT. */
GF_PUBLIC GF_CHECKED gf_status gf_sweep_plan_add(gf_sweep_plan *plan,
                                                 const char *name,
                                                 gf_error *error);
/* The cells, or GF_LIMIT, GF_ARGUMENT. */
GF_PUBLIC GF_CHECKED gf_status gf_sweep_plan_cells(size_t *out,
                                                   const gf_sweep_plan *plan,
                                                   gf_error *error);

typedef struct gf_sweep_options {
    size_t threads; /* 0: one for each processor */
    /* Called after each tile, by one thread at a time; false: stop. */
    bool (*progress)(size_t done, size_t total, void *ctx);
    void *progress_ctx;
    /* The file that keeps finished tiles while the sweep runs; NULL: none.  It
       stays when the sweep is done: the caller removes it once the result is
       safe. */
    const char *journal;
    const char *identity; /* what the journal must be of; NULL: anything */
    bool resume;          /* go on with what the journal holds */
} gf_sweep_options;

/* A boundary: where a quantity has a level. */
typedef struct gf_sweep_edge {
    const char *name; /* markup */
    const char *quantity;
    double level;
    bool of_map; /* of an optimizer at its step; else of the flow */
} gf_sweep_edge;

/* One that a sweep over one axis found, at `at`. */
typedef struct gf_sweep_found {
    const gf_sweep_edge *edge;
    double at;
} gf_sweep_found;

#define GF_SWEEP_EDGES_MAX 32

typedef struct gf_sweep {
    gf_sweep_plan plan;
    double *value; /* cells x quantities */
    size_t cells, filled;
    gf_sweep_found edge[GF_SWEEP_EDGES_MAX]; /* one axis: its boundaries */
    size_t edges;
} gf_sweep;

GF_PUBLIC void gf_sweep_init(gf_sweep *sweep);
GF_PUBLIC void gf_sweep_clear(gf_sweep *sweep);
/* Fills *sweep.  options may be NULL.  GF_NAME for an axis that is nothing of
   the field's or the optimizer's; what making a field may say of values it
   cannot have; GF_ARGUMENT, GF_LIMIT, GF_MEMORY, GF_READ, GF_WRITE.  Where
   progress said stop: GF_OK with filled < cells. */
GF_PUBLIC GF_CHECKED gf_status gf_sweep_run(gf_sweep *sweep,
                                            const gf_sweep_plan *plan,
                                            const gf_sweep_options *options,
                                            gf_error *error);

/* --- between the cells ------------------------------------------------- */

/* Quantities at any values of the axes, where the rest point provably stays. */
typedef struct gf_sweep_probe gf_sweep_probe;

/* *out is NULL where it may move.  What gf_sweep_run says of the plan. */
GF_PUBLIC GF_CHECKED gf_status gf_sweep_probe_new(gf_sweep_probe **out,
                                                  const gf_sweep_plan *plan,
                                                  gf_error *error);
GF_PUBLIC void gf_sweep_probe_free(gf_sweep_probe *probe);
/* Does it know a quantity so fast that a curve may be drawn by it?  Words and
   runs it does not know; steps of other rules than sgd take long. */
GF_PUBLIC bool gf_sweep_probe_is_fast(const gf_sweep_probe *probe,
                                      const char *quantity);
/* x: one value for each axis.  NaN for words and runs. */
GF_PUBLIC double gf_sweep_probe_at(const gf_sweep_probe *probe, const double *x,
                                   const char *quantity);

GF_PUBLIC size_t gf_sweep_edge_count(void);
/* The i-th of the table. */
GF_PUBLIC const gf_sweep_edge *gf_sweep_edge_row(size_t i);
/* Is it one of what the plan asks for? */
GF_PUBLIC bool gf_sweep_edge_fits(const gf_sweep_edge *edge,
                                  const gf_sweep_plan *plan);
/* Zero on the boundary. */
GF_PUBLIC double gf_sweep_edge_at(const gf_sweep_probe *probe,
                                  const gf_sweep_edge *edge, const double *x);

#endif
