/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Optimizers: rules of discrete steps, as training uses them.
 *
 * With z the two coordinates, v the velocity for speeds 1 and H the diagonal
 * matrix of the players' steps, h a for the critic and h b for the generator,
 * sgd is z+ = z + H v(z) (theory: docs/theory.md, section 3).  In simultaneous
 * order both players step from one state; in alternating order the critic steps
 * some times and then the generator once, each seeing the newest state.
 *
 *     gf_optimizer sgd;
 *     gf_trajectory run;
 *     gf_map_options options = {.step = 1e-3, .steps = 100000};
 *     status = gf_optimizer_parse(&sgd, "sgd", &error);
 *     gf_trajectory_init(&run);
 *     status = gf_optimizer_run(&run, field, start, &sgd, &options, &error);
 */
#ifndef GANFIELD_OPTIMIZER_H
#define GANFIELD_OPTIMIZER_H

#include <ganfield/trajectory.h>

#define GF_OPTIMIZER_NUMBERS_MAX 4

/* What a rule sees of its surroundings; private. */
struct gf_move;

/* A number that a rule has, as the beta of a heavy ball. */
typedef struct gf_optimizer_number {
    const char *name;
    double value; /* by default */
    gf_range range;
} gf_optimizer_number;

/* A rule: one row of a table.  `step` moves the state, which is z and then
   `memory` numbers of the rule's own, all 0 at first. */
typedef struct gf_optimizer_rule {
    const char *name, *title;
    const char *key; /* of docs/references.md */
    size_t memory;
    gf_optimizer_number number[GF_OPTIMIZER_NUMBERS_MAX]; /* name NULL: ends */
    void (*step)(double *state, const struct gf_move *move);
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

typedef enum gf_order { GF_SIMULTANEOUS, GF_ALTERNATING } gf_order;

/* "simultaneous", "alternating". */
GF_PUBLIC const char *gf_order_name(gf_order order);

typedef struct gf_map_options {
    gf_order order;
    size_t critic_steps; /* alternating: of the critic for one of the
                            generator; 0: 1 */
    double step;         /* h > 0 */
    size_t steps;        /* how many, at most GF_MAP_STEPS_MAX; a step is one
                            move of both players */

    /* Which rows there are, start and stop apart; by default all steps. */
    size_t every;     /* > 0: every so many steps */
    const double *at; /* times n h, ascending */
    size_t at_count;

    bool project;        /* after each move the nearest point of the physical
                            range instead of a p_g outside of it */
    const gf_vec2 *rest; /* stop as soon as one of these points ... */
    size_t rest_count;
    double rest_radius;     /* ... is as near as that; 0: never */
    const gf_range *window; /* two: stop on leaving them; NULL: none */
} gf_map_options;

#define GF_MAP_STEPS_MAX 1000000000

/* Steps from start and replaces what *run held; its times are n h.  A state
   outside of the domain is the last row.  GF_ARGUMENT for bad options;
   GF_DOMAIN for a start outside of the domain (or, with `project`, of the
   physical range); GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_optimizer_run(gf_trajectory *run,
                                                const gf_field *field,
                                                gf_vec2 start,
                                                const gf_optimizer *optimizer,
                                                const gf_map_options *options,
                                                gf_error *error);

#endif
