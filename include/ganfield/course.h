/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Courses: what becomes of two players (players.h) that follow their gradients,
 * and a verdict on it.
 *
 * With moving kernels the parameters follow their flow, phi' = a dJ/dphi and
 * theta' = b dI/dtheta; with frozen ones D and p_g follow the coupled field
 * (coupled.h) of the kernels that the nets have at the start. Both go by steps
 * of the classical method of the fourth order (rk4), of one size and of half of
 * it: what the two do not agree on is undecided.
 *
 *     gf_course course;
 *     gf_course_options options = {.until = 100};
 *     gf_course_init(&course);
 *     status = gf_course_run(&course, players, &options, &error);
 *     gf_course_clear(&course);
 */
#ifndef GANFIELD_COURSE_H
#define GANFIELD_COURSE_H

#include <ganfield/players.h>

#define GF_COURSE_LIST(X)                                                      \
    X(UNDECIDED, "undecided")                                                  \
    X(CONVERGED, "converged")                                                  \
    X(ORBIT, "orbit")                                                          \
    X(STALLED, "stalled")                                                      \
    X(DIVERGED, "diverged")                                                    \
    X(BLIND, "blind")

#define GF_ENUM_COURSE_END(name, text) GF_COURSE_##name,
typedef enum gf_course_end { GF_COURSE_LIST(GF_ENUM_COURSE_END) } gf_course_end;

/* The words of the list above. */
GF_PUBLIC const char *gf_course_end_name(gf_course_end end);

/* One moment. */
typedef struct gf_course_row {
    double t;
    double gap;   /* |p - p_d|/|p_d|, root mean squares with the weights;
                     particles: W1 over the data's standard deviation */
    double d_gap; /* root mean square of D - D0 over the data */
    double mass;
    double critic_gain, generator_gain;   /* J and I of players.h */
    double critic_speed, generator_speed; /* lengths of the velocities */
    gf_discrepancy apart;
    double distance, dual; /* the energies of coupled.h; NaN with moving
                              kernels */
} gf_course_row;

typedef struct gf_course_options {
    double until;  /* > 0 */
    double step;   /* > 0; 0: a tenth over the fastest rate, at most 0.1,
                      at least 1/20000 of `until` */
    size_t rows;   /* so many moments, evenly; 0: 400. The end is judged by
                      these alone ... */
    size_t finer;  /* ... whatever of the way from one to the next is kept, so
                      many moments at most; 0: 1 */
    bool frozen;   /* the kernels of the start */
    double enough; /* a gap that counts as none; 0: 0.02 */
    /* Told how much of how much is done; false: stop. NULL: not asked. */
    bool (*progress)(size_t done, size_t total, void *ctx);
    void *progress_ctx;
} gf_course_options;

/* The end:
 *   blind      the generator's velocity is below 1e-7 of the critic's, or of
 *              0.1, all along
 *   diverged   a number is not finite, or the gap is ten times what it was and
 *              more than 1
 *   converged  the gap is at most `enough` in the last tenth
 *   orbit      five or more maxima of the gap in the last four fifths, whose
 *              logarithms fall by less than 0.01 from one to the next, and the
 *              gap swings as far in the last two fifths as in the two before:
 *              by a tenth of its largest value, with both ends the same
 *              within a fifth of the swing
 *   stalled    the gap changes by less than 1e-3 of itself in the last fifth,
 *              without a maximum
 *   undecided  none of these, or the two steps do not agree: another end, or
 *              last gaps apart by more than 0.01 and a tenth of themselves; or
 *              diverged, but with a step too large for the fastest rate */
typedef struct gf_course {
    gf_course_end end;
    gf_course_end alone[2]; /* with the step, with half of it */
    bool is_frozen;
    double step;      /* the larger of the two */
    double rate;      /* the fastest at the start, roughly; jumps of the
                         velocity, at kinks of the nets, are none */
    bool is_stiff;    /* half the step is too large for that rate */
    double gap_apart; /* of the last gaps, of the two */
    size_t maxima;    /* of the gap (half step) */
    double decrement; /* log of a maximum over the next, their mean; NaN */
    double period;    /* between maxima, their mean; NaN */
    double drift[2];  /* |K(T) - K(0)|/|K(0)| of critic and generator at the
                         points; 0 frozen */
    size_t count;     /* moments, of the half step */
    gf_course_row *row;
    size_t points; /* and the states in them: */
    double *d, *p; /* count x points: D_i, p_i (particles: sorted) */
} gf_course;

GF_PUBLIC void gf_course_init(gf_course *course);
GF_PUBLIC void gf_course_clear(gf_course *course);

/* Runs from the nets' present parameters, which end as those of the last
 * moment (frozen: stay), and replaces what *course held. Where progress said
 * stop: GF_OK, undecided and without rows. GF_ARGUMENT for bad
 * options; GF_DOMAIN for frozen kernels with particles, for a start outside of
 * the field's domain; GF_LIMIT for more than 10 million steps; GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_course_run(gf_course *course, gf_players *p,
                                             const gf_course_options *options,
                                             gf_error *error);

#endif
