/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comparisons of nets: the same variant, data and run for several critics, each
 * from several seeds, so that a claim on nets ("batch norm turns the field into
 * closed orbits") can be held to counts.
 *
 *     gf_comparison all;
 *     gf_comparison_init(&all);
 *     status = gf_comparison_run(&all, &setup, shapes, 3, 5, NULL, &error);
 *     gf_comparison_clear(&all);
 */
#ifndef GANFIELD_COMPARISON_H
#define GANFIELD_COMPARISON_H

#include <ganfield/play.h>

#define GF_COMPARISON_NETS_MAX 64
#define GF_COMPARISON_SEEDS_MAX 1000

/* Of one critic, over its seeds; medians where nothing else is said. */
typedef struct gf_compared {
    size_t seeds;
    size_t ends[GF_COURSE_BLIND + 1]; /* by gf_course_end: how many */
    double scale;    /* tr K_D/count at the points: the speed of the critic */
    double damping;  /* the least of a mode; NaN for particles */
    double zero;     /* modes that are taken out: kernels' null directions */
    size_t unstable; /* seeds with an unstable mode */
    size_t undamped; /* seeds with an undamped one */
    double first_gap, last_gap;
    double drift; /* of the critic's kernel */
} gf_compared;

typedef struct gf_comparison {
    gf_compared *net;
    size_t count;
} gf_comparison;

GF_PUBLIC void gf_comparison_init(gf_comparison *all);
GF_PUBLIC void gf_comparison_clear(gf_comparison *all);

/* Plays *setup (whose critic is put aside) for each critic and seed; critic s
 * of a net has the seed 2 s, the generator 2 s + 1, s from 0. `look`, where it
 * is not NULL, is told how many of all plays are done, and ends the work by
 * false: then GF_LIMIT. GF_ARGUMENT for no nets, no seeds or no run; else as
 * gf_play_run. */
typedef bool (*gf_comparison_look)(size_t done, size_t all, const void *ctx);
GF_PUBLIC GF_CHECKED gf_status
gf_comparison_run(gf_comparison *all, const gf_play_setup *setup,
                  const gf_net_shape *critic, size_t count, size_t seeds,
                  gf_comparison_look look, const void *ctx, gf_error *error);

#endif
