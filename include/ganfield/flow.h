/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Flows: a field in continuous time, followed from a start.
 *
 * Adaptive by default; with a step the method goes in fixed ones. A flow never
 * leaves the domain of its field: an attempt that would is repeated with half
 * the step, and a trajectory that reaches the edge in finite time stops there,
 * with the time of it to 1e-10. The physical range of p_g is another matter:
 * leaving it is noted, and stops nothing unless `project` keeps the run in it.
 *
 * Where the field jumps or has a kink (gf_field_line), a flow crosses; or
 * slides along the line where both sides lead to it, with that mean of both
 * velocities that stays on it [filippov1988]; the run tells each turn and its
 * time.
 *
 *     gf_flow_options options = {.until = 100};
 *     gf_trajectory run;
 *     gf_trajectory_init(&run);
 *     gf_vec2 start = {0.25, 0.9};
 *     status = gf_flow_run(&run, field, start, &options, &error);
 */
#ifndef GANFIELD_FLOW_H
#define GANFIELD_FLOW_H

#include <ganfield/trajectory.h>

/* A method: one row of a table. */
typedef struct gf_flow_method {
    const char *name, *title;
    int order;       /* of its fixed steps; 0: it chooses its order itself */
    bool implicit;   /* solves equations, with the field's exact Jacobian */
    const char *key; /* of docs/references.md */
} gf_flow_method;

GF_PUBLIC size_t gf_flow_method_count(void);
/* The i-th of the table. */
GF_PUBLIC const gf_flow_method *gf_flow_method_row(size_t i);
/* NULL if there is none of the name. */
GF_PUBLIC const gf_flow_method *gf_flow_method_find(const char *name);

/* A section: where two expressions in the coordinates and parameters are
   equal, as "D = 0.5" or "p_g = p_d". */
typedef struct gf_section gf_section;

/* Reads "LEFT = RIGHT". GF_SYNTAX, GF_NAME, GF_LIMIT with a place in the text;
   GF_MEMORY. The field must outlive the section. */
GF_PUBLIC GF_CHECKED gf_status gf_section_new(gf_section **out,
                                              const gf_field *field,
                                              const char *text,
                                              gf_error *error);
GF_PUBLIC void gf_section_free(gf_section *section);
/* The text it was read from. */
GF_PUBLIC const char *gf_section_text(const gf_section *section);

#define GF_FLOW_RTOL 1e-10
#define GF_FLOW_ATOL 1e-12

typedef struct gf_flow_options {
    const char *method; /* NULL: "rk8pd" */
    double rtol, atol;  /* of one step, by coordinate; 0: those above */
    double step;        /* > 0: fixed steps of this size; 0: adaptive */
    double until;       /* the end, finite; negative: backward in time */

    /* Which rows there are, start and stop apart; by default all accepted
       states, with a section its crossings. At most one of these. */
    const double *at; /* times from 0 to the end, in order */
    size_t at_count;
    double every; /* > 0: times every, 2 every, ... */
    const gf_section *section;

    bool project;        /* keep p_g in its physical range: a run slides along
                            the end of the range while the field presses
                            outwards; forward in time only */
    const gf_vec2 *rest; /* stop as soon as one of these points ... */
    size_t rest_count;
    double rest_radius;     /* ... is as near as that; 0: never */
    const gf_range *window; /* two: stop on leaving them; NULL: none */
    size_t most_attempts;   /* steps tried before the budget is spent; 0: a
                               million if adaptive, as many as it takes if not */
} gf_flow_options;

/* Follows the flow from start and replaces what *run held. GF_ARGUMENT for bad
   options; GF_DOMAIN for a start that is not inside the domain (or, with
   `project`, not inside the physical range); GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_flow_run(gf_trajectory *run,
                                           const gf_field *field, gf_vec2 start,
                                           const gf_flow_options *options,
                                           gf_error *error);

#endif
