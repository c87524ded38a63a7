/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trajectories: the states of one run, of a flow (flow.h) or of an optimizer
 * (optimizer.h), and why it ended.
 *
 *     gf_trajectory run;
 *     gf_trajectory_init(&run);
 *     status = gf_flow_run(&run, field, start, &options, &error);
 *     for (size_t i = 0; i < run.count; i++)
 *         ... run.row[i].t, run.row[i].at ...
 *     gf_trajectory_clear(&run);
 *
 * The first row is the start and the last one the state at the stop. A run that
 * cannot go on is not an error: `stop` says why, and the rows hold up to there.
 */
#ifndef GANFIELD_TRAJECTORY_H
#define GANFIELD_TRAJECTORY_H

#include <stdint.h>

#include <ganfield/field.h>

/* Most rows of one trajectory; past it GF_LIMIT. */
#define GF_TRAJECTORY_ROWS_MAX 50000000

#define GF_STOP_LIST(X)                                                        \
    X(END, "reached the end")                                                  \
    X(AT_REST, "at rest")                                                      \
    X(LEFT_DOMAIN, "left the domain")                                          \
    X(LEFT_WINDOW, "left the window")                                          \
    X(BLEW_UP, "blew up")                                                      \
    X(BUDGET, "budget")

#define GF_ENUM_STOP(name, text) GF_STOP_##name,
typedef enum gf_stop { GF_STOP_LIST(GF_ENUM_STOP) } gf_stop;

/* The words of the list above; "unknown" for a value that is none. */
GF_PUBLIC const char *gf_stop_name(gf_stop stop);

typedef struct gf_row {
    double t;
    gf_vec2 at;   /* in coordinates */
    int crossing; /* of a section: 1 upwards, -1 downwards; 0: another row */
} gf_row;

/* What happens to a flow on a line where its field jumps or has a kink; or,
   kept in the physical range, on an end of that. */
#define GF_TURN_LIST(X)                                                        \
    X(CROSSES, "crosses")                                                      \
    X(SLIDES, "slides along") /* both sides lead to it [filippov1988] */       \
    X(LEAVES, "leaves")       /* ... and no more */                            \
    X(STICKS, "sticks to")    /* where all sides of some lines lead */

#define GF_ENUM_TURN(name, text) GF_TURN_##name,
typedef enum gf_turn_kind { GF_TURN_LIST(GF_ENUM_TURN) } gf_turn_kind;

/* The words of the list above; "unknown" for a value that is none. */
GF_PUBLIC const char *gf_turn_name(gf_turn_kind kind);

#define GF_LINE_PHYSICAL SIZE_MAX /* the end of the physical range there */

typedef struct gf_turn {
    double t;
    gf_vec2 at;
    gf_turn_kind kind;
    size_t line; /* gf_field_line, or GF_LINE_PHYSICAL */
} gf_turn;

typedef struct gf_trajectory {
    gf_vec2 start;
    const char *method; /* the flow's method or the optimizer's rule */
    gf_stop stop;
    double stop_time;
    double left_physical_at; /* when p_g first left its physical range; NaN:
                                never, or there is no such range */
    size_t steps;            /* accepted */
    size_t rejected;         /* and tried in vain */
    size_t evaluations;      /* of the velocity */
    gf_row *row;
    size_t count, capacity;
    gf_turn *turn; /* of a flow, in the order of the run */
    size_t turn_count, turn_capacity;
} gf_trajectory;

GF_PUBLIC void gf_trajectory_init(gf_trajectory *run);
GF_PUBLIC void gf_trajectory_clear(gf_trajectory *run);
/* Gives back the memory that its rows and turns do not need. */
GF_PUBLIC void gf_trajectory_trim(gf_trajectory *run);

#endif
