/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Optimizers: rules of discrete steps, as training uses them.
 *
 * With z the coordinates, v the velocity for speeds 1 and H the diagonal
 * matrix of the players' steps, h a for the critic and h b for the generator,
 * sgd is z+ = z + H v(z) (theory: docs/theory.md, section 3).  In simultaneous
 * order both players step from one state; in alternating order the critic steps
 * some times and then the generator once, each seeing the newest state.
 *
 *     gf_optimizer rule;
 *     gf_trajectory run;
 *     gf_map_options options = {.step = 1e-3, .steps = 100000};
 *     status = gf_optimizer_parse(&rule, "heavy-ball:beta=-0.5", &error);
 *     gf_trajectory_init(&run);
 *     status = gf_optimizer_run(&run, field, start, &rule, &options, &error);
 *
 * A rule is written in operations on vectors (src/motion/move.h).  The same
 * text of it moves two numbers or a million (game.h), and gives the exact
 * derivative of its update at a rest point (stability.h).
 */
#ifndef GANFIELD_OPTIMIZER_H
#define GANFIELD_OPTIMIZER_H

#include <ganfield/trajectory.h>

#define GF_OPTIMIZER_NUMBERS_MAX 4

/* What a rule works with; private. */
struct gf_move;

/* A number that a rule has, as the beta of a heavy ball. */
typedef struct gf_optimizer_number {
    const char *name;
    double value; /* by default; NaN: as the number before it */
    gf_range range;
    bool is_whole;
} gf_optimizer_number;

/* What a rule asks of a game besides its velocity. */
enum {
    GF_NEEDS_PRODUCT = 1,    /* J d */
    GF_NEEDS_TRANSPOSED = 2, /* J' d */
    GF_NEEDS_METRIC = 4      /* the inverse Fisher metric */
};

/* A rule: one row of a table.  Its state is z and then `memory` vectors as
   long as z, all 0 at first, or z where `copies` has the bit 1 << i. */
typedef struct gf_optimizer_rule {
    const char *name, *title;
    const char *key; /* of docs/references.md */
    size_t memory, scratch;
    unsigned copies, needs;
    unsigned squares; /* bits like those: means of squares, which the linear map
                         leaves out, as they are 0 at rest */
    bool spectral; /* simultaneous: J matters through the eigenvalues of HJ */
    bool through_eps; /* at a rest point only eps bounds the steps */
    size_t reported;  /* the vector to report; 0: z */
    size_t period;    /* 1 + index of the number of steps that make one map */
    gf_optimizer_number number[GF_OPTIMIZER_NUMBERS_MAX]; /* name NULL: ends */
    void (*step)(struct gf_move *move);
    void (*settle)(struct gf_move *move); /* after both have moved; or NULL */
} gf_optimizer_rule;

GF_PUBLIC size_t gf_optimizer_count(void);
/* The i-th of the table. */
GF_PUBLIC const gf_optimizer_rule *gf_optimizer_row(size_t i);

/* A rule with its numbers. */
typedef struct gf_optimizer {
    const gf_optimizer_rule *rule;
    double number[GF_OPTIMIZER_NUMBERS_MAX];
} gf_optimizer;

/* Reads "RULE" or "RULE:k=v,k=v".  GF_NAME with the nearest name, GF_SYNTAX,
   GF_ARGUMENT. */
GF_PUBLIC GF_CHECKED gf_status gf_optimizer_parse(gf_optimizer *out,
                                                  const char *text,
                                                  gf_error *error);
/* Gives one of its numbers a value; the same failures. */
GF_PUBLIC GF_CHECKED gf_status gf_optimizer_set(gf_optimizer *optimizer,
                                                const char *name, double value,
                                                gf_error *error);
/* How many numbers it has. */
GF_PUBLIC size_t gf_optimizer_numbers(const gf_optimizer_rule *rule);

typedef enum gf_order { GF_SIMULTANEOUS, GF_ALTERNATING } gf_order;

/* "simultaneous", "alternating". */
GF_PUBLIC const char *gf_order_name(gf_order order);

/* A step that changes: an expression in t, the time (the sum of the steps
   made), and n, their number. */
typedef struct gf_schedule gf_schedule;

/* GF_SYNTAX, GF_NAME, GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_schedule_new(gf_schedule **out,
                                               const char *text,
                                               gf_error *error);
GF_PUBLIC void gf_schedule_free(gf_schedule *schedule);
/* The step at the time t, after n steps, by any number of threads; NaN where
   it has none. */
GF_PUBLIC double gf_schedule_at(const gf_schedule *schedule, double t,
                                size_t n);
/* GF_ARGUMENT for a step that is no step: < 0, or not finite. */
GF_PUBLIC GF_CHECKED gf_status gf_schedule_check(double h, double t, size_t n,
                                                 gf_error *error);
/* The last step > 0 of the first so many, all of which are looked at:
   GF_ARGUMENT where one is none, or none is > 0. */
GF_PUBLIC GF_CHECKED gf_status gf_schedule_last(double *out,
                                                const gf_schedule *schedule,
                                                size_t steps, gf_error *error);
/* As it was written. */
GF_PUBLIC const char *gf_schedule_text(const gf_schedule *schedule);

typedef struct gf_map_options {
    gf_order order;
    size_t critic_steps;         /* alternating: of the critic for one of the
                                    generator; 0: 1 */
    double step;                 /* h > 0 */
    const gf_schedule *schedule; /* instead of `step`; NULL: none */
    size_t steps; /* how many, at most GF_MAP_STEPS_MAX; a step is one
                     move of both players */

    /* Which rows there are, start and stop apart; by default all steps. */
    size_t every;     /* > 0: every so many steps */
    const double *at; /* times n h, ascending; not with a schedule */
    size_t at_count;

    double noise;  /* standard deviation of what is added to each number of
                      each velocity; 0: none */
    uint64_t seed; /* of the noise */
    bool project;  /* after each move the nearest point of the physical
                      range instead of a p_g outside of it */
    const gf_range *box; /* two: the same for a box of both coordinates, as
                            weight clipping does; NULL: none */
    const gf_vec2 *rest; /* stop as soon as one of these points ... */
    size_t rest_count;
    double rest_radius;     /* ... is as near as that; 0: never */
    const gf_range *window; /* two: stop on leaving them; NULL: none */
} gf_map_options;

#define GF_MAP_STEPS_MAX 1000000000

/* Steps from start and replaces what *run held; its times are n h, or the sum
   of the steps.  A state outside of the domain is the last row.  GF_ARGUMENT
   for bad options, or a rule that does not go with the field; GF_DOMAIN for a
   start outside of the domain (or, with `project`, of the physical range);
   GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_optimizer_run(gf_trajectory *run,
                                                const gf_field *field,
                                                gf_vec2 start,
                                                const gf_optimizer *optimizer,
                                                const gf_map_options *options,
                                                gf_error *error);

#endif
