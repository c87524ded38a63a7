/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ensembles: one field followed from many starts at once, and the fate of each.
 *
 * Blocks of starts advance together by a rule of fixed steps, each start with
 * its own step: where an estimate of the error or the edge of the domain asks
 * for it, a start is taken back and goes on with a smaller one, and what no
 * step settles is left to the adaptive flow (flow.h). So a start of a flow is
 * never judged by a failure of numerics. A start that has come into a proved
 * region of attraction is done.
 *
 * With an optimizer (optimizer.h) the steps are its own, and what they do is
 * the truth: a run that leaves the domain has left it.
 *
 *     gf_ensemble *ensemble;
 *     gf_ensemble_options options = {.target = target, .target_count = n};
 *     status = gf_ensemble_new(&ensemble, field, &options, &error);
 *     status = gf_ensemble_run(fate, ensemble, start, count, &error);
 *     gf_ensemble_free(ensemble);
 *
 * The fates are the same to the bit for every number of threads, width and
 * instruction set, and for every grouping of the starts into calls (with noise:
 * by gf_ensemble_run_part).  Numbers
 * below 2.2e-308 in size are taken as 0 (on x86-64).
 */
#ifndef GANFIELD_ENSEMBLE_H
#define GANFIELD_ENSEMBLE_H

#include <ganfield/flow.h>
#include <ganfield/optimizer.h>

#define GF_TRAP_SIZE_MAX 8

/* A proved region of an optimizer: all its numbers, z and then what it
   remembers (both coordinates of each vector that linear maps see), less those
   at rest, s with |root s| < radius.  No map of the rule (of lookahead: k
   steps) leaves it, and all runs in it converge. */
typedef struct gf_trap {
    size_t size;                                      /* of s; 0: no region */
    double root[GF_TRAP_SIZE_MAX * GF_TRAP_SIZE_MAX]; /* by rows */
    double radius;
    double reach[2]; /* how far from rest z may be inside */
} gf_trap;

/* Where runs may end for good: near a point, or inside a region that is proved
   to be attracted by it. gf_targets_find (targets.h) makes them. */
typedef struct gf_target {
    gf_vec2 at;
    double
        radius; /* as near as that is there, in either coordinate; 0: never */

    /* The region: lo < x < hi and weight (y - at.y)^2 + W(x) < level, with
       W(x) <= well[i] in the i-th of `cells` equal parts of lo to hi. The
       lesser levels of it belong to it and are never left. */
    const double *well; /* NULL: no region */
    size_t cells;
    double lo, hi;
    double weight, level; /* level may be infinite */

    /* Of optimizers: their region, and whether they do not attract at all. */
    const gf_trap *trap; /* NULL: none */
    bool passive;
} gf_target;

/* A rule of fixed steps: one row of a table. */
typedef struct gf_ensemble_rule {
    const char *name, *title;
    size_t stages;   /* evaluations of the field per step */
    bool is_flow;    /* approximates the flow: errors are estimated, and regions
                        hold; if not it is a map, exact by itself */
    const char *key; /* of docs/references.md */
} gf_ensemble_rule;

GF_PUBLIC size_t gf_ensemble_rule_count(void);
/* The i-th of the table. */
GF_PUBLIC const gf_ensemble_rule *gf_ensemble_rule_row(size_t i);
/* NULL if there is none of the name. */
GF_PUBLIC const gf_ensemble_rule *gf_ensemble_rule_find(const char *name);

#define GF_FATE_LIST(X)                                                        \
    X(UNDECIDED, "undecided")                                                  \
    X(CONVERGED, "converged")                                                  \
    X(LEFT_DOMAIN, "left the domain")                                          \
    X(BLEW_UP, "blew up")                                                      \
    X(FAILED, "numerics failed")                                               \
    X(NEAR, "near")                                                            \
    X(PERIODIC, "periodic")                                                    \
    X(HELD, "held by the box")

#define GF_ENUM_FATE(name, text) GF_FATE_##name,
typedef enum gf_fate_label { GF_FATE_LIST(GF_ENUM_FATE) } gf_fate_label;

/* The words of the list above; "unknown" for a value that is none. */
GF_PUBLIC const char *gf_fate_name(gf_fate_label label);

typedef struct gf_fate {
    gf_fate_label label;
    size_t target; /* which one it converged to or is near; else
                      target_count */
    size_t period; /* steps, of a periodic one */
    bool proved;   /* it came into the target's region, not only near it */
    bool by_flow;  /* the adaptive flow had to decide */
    double time;   /* when the label was settled, to some steps; of a run that
                      left the domain, when it did so */
    size_t steps;  /* ... of an optimizer: how many were made then */
    size_t since;  /* of one that converged by staying near: the first step
                      after which it was near without a break */
    double left_physical_at; /* when p_g first left its physical range, to a
                                step; NaN: not before `time`, nor, if it
                                converged with proof, at any time after */
    gf_vec2 at;              /* the state at `time` */
} gf_fate;

/* Instruction sets; a machine without the one that is asked for takes the best
   that it has. */
typedef enum gf_isa { GF_ISA_BEST, GF_ISA_V2, GF_ISA_V3, GF_ISA_V4 } gf_isa;

#define GF_ENSEMBLE_STEP 0.01
#define GF_ENSEMBLE_UNTIL 1000.0
#define GF_ENSEMBLE_TOLERANCE 1e-6
#define GF_ENSEMBLE_THREADS_MAX 1024
#define GF_ENSEMBLE_STAY 64
#define GF_ENSEMBLE_SAME 1e-9
#define GF_ENSEMBLE_PERIOD_MAX 64

typedef struct gf_ensemble_options {
    const char *rule;        /* NULL: "rk4" */
    double step;             /* the largest; 0: GF_ENSEMBLE_STEP */
    double until;            /* the longest time; 0: GF_ENSEMBLE_UNTIL */
    const gf_target *target; /* must outlive the ensemble */
    size_t target_count;

    double tolerance; /* most of the estimate of one step's error, in either
                         coordinate; 0: GF_ENSEMBLE_TOLERANCE */
    bool plain;       /* fixed steps only, whatever the estimate: a state that
                         is outside or not finite ends the run; of an optimizer:
                         gf_targets_find_map proves nothing */

    bool tangents; /* carry the tangent map along (plain steps of rk4) */

    /* An optimizer's steps instead: `steps` of the size `step`; rule, until and
       tolerance are not looked at.  Runs end in a trap, or after
       GF_ENSEMBLE_STAY steps in a row within the radius of a target that is not
       passive; those that are near a passive one at the end are "near" it, and
       those whose numbers all come back to within GF_ENSEMBLE_SAME of what they
       were, after 2 to GF_ENSEMBLE_PERIOD_MAX steps, are "periodic"; after one,
       with the state on the edge of the box, "held" by it. */
    const gf_optimizer *optimizer;
    gf_order order;
    size_t critic_steps; /* 0: 1 */
    size_t steps;

    /* Of an optimizer, as in gf_map_options.  The proofs of targets are those
       of a step that does not change, without noise and with the box around
       (gf_targets_find_map).  Runs with a schedule or noise are not looked at
       for what comes back.  A start outside of the box begins at its nearest
       point.  The noise of start i of a call is that of gf_optimizer_run with
       the seed gf_ensemble_seed(seed, i). */
    const gf_schedule *schedule; /* instead of `step`; must outlive it */
    double noise;
    uint64_t seed;
    bool project;
    const gf_range *box; /* two; copied */

    /* What changes the speed and no bit of the answer. */
    size_t threads; /* 0: one for each processor */
    size_t width;   /* starts that advance together: 16, 32 or 64; 0: chosen */
    gf_isa isa;
} gf_ensemble_options;

typedef struct gf_ensemble gf_ensemble;

/* The seed of the noise of one of many starts. */
GF_PUBLIC uint64_t gf_ensemble_seed(uint64_t seed, size_t start);

/* The field must outlive the ensemble. GF_ARGUMENT for bad options, GF_NAME
   for an unknown rule, GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status
gf_ensemble_new(gf_ensemble **out, const gf_field *field,
                const gf_ensemble_options *options, gf_error *error);
GF_PUBLIC void gf_ensemble_free(gf_ensemble *ensemble);

/* out[count] from start[count], which may lie anywhere: a start outside of the
   domain has left it at time 0. GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_ensemble_run(gf_fate *out,
                                               const gf_ensemble *ensemble,
                                               const gf_vec2 *start,
                                               size_t count, gf_error *error);

/* The same with the noise of starts first, first + 1, ...: part of a longer
   row of them. */
GF_PUBLIC GF_CHECKED gf_status gf_ensemble_run_part(gf_fate *out,
                                                    const gf_ensemble *ensemble,
                                                    const gf_vec2 *start,
                                                    size_t first, size_t count,
                                                    gf_error *error);

/* The same with tangents: tangent[count] is how the last state changes with the
   start, by the steps' own derivative; of use where the label is "undecided",
   that is the run went to its end. GF_ARGUMENT if the ensemble was made without
   tangents; else as above. */
GF_PUBLIC GF_CHECKED gf_status gf_ensemble_run_tangents(
    gf_fate *out, gf_mat2 *tangent, const gf_ensemble *ensemble,
    const gf_vec2 *start, size_t count, gf_error *error);

#endif
