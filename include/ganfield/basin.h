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
 * count of the second + j.  Labels: the rest points that attract, in the order
 * of the classification; the limit cycles that attract (cycle.h: computed, not
 * proved), for runs that at the longest time are within the radius of one; then
 * left the domain, blew up, numerics failed, undecided (neither there nor
 * elsewhere at the longest time).  A cycle whose inside closed trajectories
 * fill has no label.  The results do not depend on the number of threads.
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
    GF_BASIN_LABEL, /* its index */
    GF_BASIN_TIME,  /* when it was settled */
    GF_BASIN_LEFT,  /* when p_g first left its physical range; NaN: never */
    GF_BASIN_WIDTH
};

typedef struct gf_basin_plan {
    const gf_classification *c; /* outlives the plan and the basin */
    gf_range window[2];         /* finite */
    size_t count[2];
    double radius; /* as near to a rest point or cycle counts as there; 0: the
                      default */
    /* rule, step, until, tolerance; targets and threads are not looked at */
    gf_ensemble_options motion;
} gf_basin_plan;

typedef struct gf_basin {
    gf_basin_plan plan;
    gf_targets targets;
    gf_trajectory orbit[GF_CYCLES_MAX]; /* of the cycles that attract */
    size_t orbits;
    double *value; /* cells x GF_BASIN_WIDTH */
    size_t cells, filled;
    size_t labels;
    size_t total[GF_BASIN_LABELS_MAX];   /* cells of each label */
    size_t crossed[GF_BASIN_LABELS_MAX]; /* ... that left the physical range */
    double longest[GF_BASIN_LABELS_MAX]; /* ... and the longest time of them */
} gf_basin;

GF_PUBLIC void gf_basin_init(gf_basin *basin);
GF_PUBLIC void gf_basin_clear(gf_basin *basin);
/* Fills *basin; its totals only when it is whole.  options may be NULL.
   GF_ARGUMENT for a window or counts that are none, GF_LIMIT, GF_NAME for an
   unknown rule, GF_MEMORY, GF_READ, GF_WRITE.  Where progress said stop: GF_OK
   with filled < cells. */
GF_PUBLIC GF_CHECKED gf_status gf_basin_run(gf_basin *basin,
                                            const gf_basin_plan *plan,
                                            const gf_sweep_options *options,
                                            gf_error *error);
/* The start of a cell. */
GF_PUBLIC gf_vec2 gf_basin_start(const gf_basin_plan *plan, size_t cell);
/* "rest point 1", "limit cycle 1", "left the domain", ...: of the
   classification's points, from 1.  out: room for 40 bytes; returned. */
GF_PUBLIC const char *gf_basin_label_name(char *out, const gf_basin *basin,
                                          size_t label);

#endif
