/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Basins: where runs from every start of a grid end.
 *
 *     gf_basin_plan plan = {.c = &classification,
 *                           .window = {{0, 1}, {0, 1}},
 *                           .count = {1000, 1000}};
 *     gf_basin basin;
 *     gf_basin_init(&basin);
 *     status = gf_basin_run(&basin, &plan, NULL, &error);
 *     gf_basin_label_name(&basin, label) ... basin.total[label]
 *     gf_basin_clear(&basin);
 *
 * Cell (i, j) is the start at the middle of the i-th of the parts of the first
 * coordinate's window and the j-th of the second's; its number is i times the
 * count of the second + j.  The results do not depend on the number of threads.
 *
 * A run of a flow ends at one of the rest points that attract: in the region
 * that its energy proves ("proved"), or within the radius; at one of the limit
 * cycles that attract (cycle.h: computed, not proved), within the radius at the
 * longest time; or it left the domain, blew up, or is undecided.  Cycles are
 * looked for where a run is neither here nor there; one whose inside closed
 * trajectories fill has no label.
 *
 * Steps of an optimizer end at a rest point whose multipliers (stability.h) are
 * all inside the unit circle: in a proved region of the whole map ("proved",
 * gf_trap of ensemble.h), or after GF_ENSEMBLE_STAY steps in a row within the
 * radius.  "near": within the radius of one at the last step, without either;
 * so it is at points that do not attract the steps, as of adam, which bursts.
 * "period p": all of the rule's numbers came back to within GF_ENSEMBLE_SAME in
 * p steps.  Steps that leave the domain have left it; numerics failed where a
 * number is none that was moderate before.
 */
#ifndef GANFIELD_BASIN_H
#define GANFIELD_BASIN_H

#include <ganfield/cycle.h>
#include <ganfield/sweep.h>
#include <ganfield/targets.h>
#include <ganfield/trajectory.h>

#define GF_BASIN_RADIUS 1e-3
#define GF_BASIN_LABELS_MAX 64

/* What a cell holds, in this order. */
enum {
    GF_BASIN_LABEL,  /* its index */
    GF_BASIN_TIME,   /* when it was settled; of an optimizer n h */
    GF_BASIN_LEFT,   /* when p_g first left its physical range; NaN: never */
    GF_BASIN_PROVED, /* 1: that it ends there is proved; else 0 */
    GF_BASIN_X,      /* the state at that time */
    GF_BASIN_Y,
    GF_BASIN_STEPS, /* of an optimizer: made at that time */
    GF_BASIN_WIDTH
};

typedef struct gf_basin_plan {
    const gf_classification *c; /* outlives the plan and the basin */
    gf_range window[2];         /* finite */
    size_t count[2];
    double radius; /* as near to a rest point or cycle counts as there; 0: the
                      default */
    /* rule, step, until, tolerance, or optimizer (which outlives the basin, as
       its schedule and box do) with what it has; targets and threads are not
       looked at; the noise of cell i is that of start i */
    gf_ensemble_options motion;
} gf_basin_plan;

typedef enum gf_basin_end {
    GF_BASIN_AT_POINT,  /* which: a target */
    GF_BASIN_ON_CYCLE,  /* a cycle */
    GF_BASIN_NEAR,      /* a target, near at the end only */
    GF_BASIN_ON_PERIOD, /* so many steps */
    GF_BASIN_ELSE       /* a gf_fate_label */
} gf_basin_end;

typedef struct gf_basin_label {
    gf_basin_end end;
    size_t which;
    size_t total;   /* cells */
    size_t proved;  /* ... that are */
    size_t crossed; /* ... that left the physical range */
    double longest; /* time of them */
    size_t steps;   /* of an optimizer: the most of them */
} gf_basin_label;

typedef struct gf_basin {
    gf_basin_plan plan;
    gf_targets targets;
    gf_cycle cycle[GF_CYCLES_MAX]; /* those that attract */
    gf_trajectory orbit[GF_CYCLES_MAX];
    size_t cycles;
    double *value; /* cells x GF_BASIN_WIDTH */
    size_t cells, filled;
    gf_basin_label label[GF_BASIN_LABELS_MAX];
    size_t labels;
} gf_basin;

GF_PUBLIC void gf_basin_init(gf_basin *basin);
GF_PUBLIC void gf_basin_clear(gf_basin *basin);
/* Fills *basin; its labels only when it is whole.  options may be NULL.
   GF_ARGUMENT for a window or counts that are none, or an optimizer that does
   not go with the field, GF_LIMIT, GF_NAME for an unknown rule, GF_MEMORY,
   GF_READ, GF_WRITE.  Where progress said stop: GF_OK
   with filled < cells. */
GF_PUBLIC GF_CHECKED gf_status gf_basin_run(gf_basin *basin,
                                            const gf_basin_plan *plan,
                                            const gf_sweep_options *options,
                                            gf_error *error);
/* The start of a cell. */
GF_PUBLIC gf_vec2 gf_basin_start(const gf_basin_plan *plan, size_t cell);
/* "rest point 1", "limit cycle 1", "near rest point 1", "period 2", "left the
   domain", ...: of the classification's points, from 1.  out: room for 40
   bytes; returned. */
GF_PUBLIC const char *gf_basin_label_name(char *out, const gf_basin *basin,
                                          size_t label);

#endif
