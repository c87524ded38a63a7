/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comparisons of nets: the same run for several variants, critics, modes of
 * batch norm and data, each from several seeds, so that a claim on nets ("batch
 * norm turns the field into closed orbits") can be held to counts.
 *
 *     gf_comparison all;
 *     gf_comparison_setup setup = {.play = &play, .critic = shapes, ...};
 *     gf_comparison_init(&all);
 *     status = gf_comparison_run(&all, &setup, &error);
 *     gf_comparison_clear(&all);
 */
#ifndef GANFIELD_COMPARISON_H
#define GANFIELD_COMPARISON_H

#include <ganfield/play.h>

#define GF_COMPARISON_VARIANTS_MAX 16
#define GF_COMPARISON_NETS_MAX 64
#define GF_COMPARISON_DATA_MAX 16
#define GF_COMPARISON_MODES_MAX 4
#define GF_COMPARISON_SEEDS_MAX 1000

typedef struct gf_comparison_setup {
    const gf_play_setup *play; /* all but critic, field, bn and data */
    const gf_net_shape *critic;
    size_t count;
    const gf_bn_mode *bn; /* for critics with a batch norm */
    size_t bn_count;
    const gf_distribution *const *data; /* NULL among them: realizable data */
    size_t data_count;
    size_t seeds;
    /* For each thread the field of each variant, threads x variants, those of
     * one thread with graphs of their own; results do not depend on how many
     * threads there are. */
    const gf_field *const *field;
    size_t variants; /* 0: 1 */
    size_t threads;
    /* Told how much of how much is done, by one thread at a time; false: stop.
     * NULL: not asked. */
    bool (*progress)(size_t done, size_t total, void *ctx);
    void *progress_ctx;
} gf_comparison_setup;

/* What became of one seed. */
typedef struct gf_compared_seed {
    gf_course_end end;
    double last_gap;
    double least, most; /* of the gap in the last two fifths */
} gf_compared_seed;

/* One critic with one variant, mode and data, over its seeds; medians where
 * nothing else is said. */
typedef struct gf_compared {
    size_t variant, critic, data, mode; /* indices into the setup */
    bool has_mode; /* a batch norm, so that the mode matters */
    size_t ends[GF_COURSE_BLIND + 1]; /* by gf_course_end: how many seeds */
    size_t split;   /* seeds whose two steps end in different words */
    size_t stiff;   /* seeds whose steps are too large for their fastest rate */
    double step;    /* the least of a seed: the larger of its two */
    double scale;   /* tr K_D/count at the points: the speed of the critic */
    double zero;    /* modes that are taken out: kernels' null directions */
    double damping; /* the least of a mode; NaN where no modes are known */
    size_t unstable; /* seeds with an unstable mode */
    size_t undamped; /* seeds with an undamped one */
    double first_gap, last_gap;
    double swing;   /* of the gap in the last two fifths: its range there ... */
    double lasting; /* ... over that in the two fifths before: 1 for an orbit,
                       much less than 1 for what comes to rest */
    double period;  /* of the gap; NaN where there are no two maxima */
    double drift;   /* of the critic's kernel */
} gf_compared;

typedef struct gf_comparison {
    gf_compared *row;       /* by variants, then data, critics, modes */
    gf_compared_seed *seed; /* count x seeds */
    size_t count, seeds;
    bool is_whole; /* nobody stopped it; else rows have no numbers */
} gf_comparison;

GF_PUBLIC void gf_comparison_init(gf_comparison *all);
GF_PUBLIC void gf_comparison_clear(gf_comparison *all);

/* Replaces what *all held. Critic s of a net has the seed 2 s, the generator
 * 2 s + 1, s from 0, whatever the rest: the same nets meet all data. Where
 * progress said stop: GF_OK, and it is not whole. GF_ARGUMENT for no nets,
 * seeds, data, fields or run; else as gf_play_run, of the first play that
 * fails. */
GF_PUBLIC GF_CHECKED gf_status gf_comparison_run(
    gf_comparison *all, const gf_comparison_setup *setup, gf_error *error);

#endif
