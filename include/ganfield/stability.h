/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stability: for which steps h an optimizer (optimizer.h) comes to a rest
 * point, and how fast (theory: docs/theory.md, section 3).
 *
 * Near the point an update is a linear map of the rule's whole state; its
 * eigenvalues are the multipliers, and the point attracts where the largest of
 * their sizes, the spectral radius, is below 1.  The map is taken exactly, as
 * polynomials in h, so that all h where a multiplier meets the unit circle are
 * roots of polynomials, isolated with proof; between two of them the number of
 * multipliers inside is constant, and one point decides.  What is exact is so
 * for the Jacobian as it is given, doubles standing for their shortest
 * decimals.
 *
 *     gf_stability_result s;
 *     gf_stability_init(&s);
 *     status = gf_stability_find(&s, &game, &optimizer, NULL, &error);
 *     for (size_t i = 0; i < s.stable.count; i++)
 *         ... s.stable.interval[i].lo, s.stable.interval[i].hi ...
 *     gf_stability_clear(&s);
 */
#ifndef GANFIELD_STABILITY_H
#define GANFIELD_STABILITY_H

#include <ganfield/classify.h>
#include <ganfield/optimizer.h>
#include <ganfield/sweep.h>

/* A game of two players near a rest point. */
typedef struct gf_linear {
    size_t size;            /* n, numbers of both players */
    size_t first;           /* the first so many are one player's */
    bool critic_second;     /* ... the generator's */
    const double *jacobian; /* n x n, by rows, for speeds 1 */
    double speed[2];        /* of critic and generator */
    const double *metric;   /* inverse Fisher metric, n numbers, or NULL */
} gf_linear;

/* An open interval of steps; hi infinite: unbounded. */
typedef struct gf_steps {
    double lo, hi;
} gf_steps;

typedef struct gf_steps_list {
    gf_steps *interval; /* ascending */
    size_t count;
} gf_steps_list;

/* What crosses the unit circle where a stable interval ends. */
typedef enum gf_crossing {
    GF_CROSSING_NONE,   /* at 0, or at infinity */
    GF_CROSSING_FOLD,   /* a multiplier 1 */
    GF_CROSSING_FLIP,   /* -1: period two */
    GF_CROSSING_CIRCLE, /* a pair on the circle: Neimark-Sacker */
    GF_CROSSING_POLE    /* a multiplier leaves through infinity */
} gf_crossing;

/* "flip", "Neimark-Sacker", ... */
GF_PUBLIC const char *gf_crossing_name(gf_crossing crossing);

/* The end of a stable interval. */
typedef struct gf_limit {
    double step;
    gf_crossing crossing;
    double angle; /* of the multiplier that crosses, in [0, pi] */
    /* Of fields, at a flip or a pair: r -> |mu| r + coefficient r^3.  Below 0:
       beyond the limit the steps come to a cycle round the point; above: one
       that repels lies before the limit.  Its half width is about
       amplitude[i] sqrt|h - step| in coordinate i (of lookahead: after each of
       its maps).  0: no term up to the third order bends the steps (as of every
       linear game), and there is no cycle of that size; amplitudes are NaN.
       NaN: not known. */
    double coefficient, amplitude[2];
    /* 3 or 4 where that power of the pair's multiplier is 1: then this normal
       form is none, and the coefficient NaN; else 0. */
    size_t resonance;
} gf_limit;

typedef struct gf_multiplier {
    double re, im;
} gf_multiplier;

typedef struct gf_stability_result {
    size_t state;       /* numbers of the rule's state */
    size_t period;      /* steps in one map (lookahead: k) */
    size_t evaluations; /* of velocities and products in one map */
    gf_decided decided; /* interval: by the proof above; sampled: by a scan */

    /* At the step asked for; count 0 and NaN without one. */
    double step;
    gf_multiplier *multiplier; /* largest first */
    size_t count;
    double radius;
    gf_verdict is_stable; /* is the radius below 1? */

    gf_steps_list stable, neutral; /* radius < 1, radius = 1 */
    gf_limit *limit;               /* ends of the stable ones, ascending */
    size_t limit_count;
    double best_step;   /* infinite: the further the better; NaN: none */
    double best_radius; /* of the map */
    double radius_per_step, radius_per_evaluation; /* at the best step */
} gf_stability_result;

typedef struct gf_stability_options {
    gf_order order;
    size_t critic_steps; /* 0: 1 */
    double step;         /* 0: none */
    bool intervals_only; /* leave the best step out */
} gf_stability_options;

GF_PUBLIC void gf_stability_init(gf_stability_result *s);
GF_PUBLIC void gf_stability_clear(gf_stability_result *s);

/* Replaces what *s held; options may be NULL.  States of more than 12 numbers
   are treated through the eigenvalues of HJ where the rule allows it (in
   simultaneous order); else in doubles, by a scan of the spectral radius over
   ten decades of steps whose changes of sign are polished: some 300 eigenvalue
   problems of the size of the state (of 100 numbers about a second,
   of 400 half a minute), GF_LIMIT beyond GF_STABILITY_SAMPLED_MAX.  GF_ARGUMENT
   for a game that makes no sense, or a rule that does not go with it; GF_READ
   where large eigenvalues need a module that is not there; GF_MEMORY. */
#define GF_STABILITY_SAMPLED_MAX 400
GF_PUBLIC GF_CHECKED gf_status
gf_stability_find(gf_stability_result *s, const gf_linear *game,
                  const gf_optimizer *optimizer,
                  const gf_stability_options *options, gf_error *error);

/* The spectral radius at options->step and nothing else, for drawing and for
   searching: 1 where it is so to 500 bits, infinite at a pole.  GF_ARGUMENT
   without a step; else what gf_stability_find may say. */
GF_PUBLIC GF_CHECKED gf_status gf_stability_radius(
    double *out, const gf_linear *game, const gf_optimizer *optimizer,
    const gf_stability_options *options, gf_error *error);

/* The game at a rest point with a Jacobian (point->smooth).  jacobian and
   metric are where *game will point. */
GF_PUBLIC void gf_linear_of_point(gf_linear *game, double jacobian[4],
                                  double metric[2], const gf_field *field,
                                  const gf_rest_point *point);

/* --- what does not depend on an optimizer ------------------------------- */

/* A ratio of speeds, critic's over generator's, and what the flow does with
   it: the largest real part of an eigenvalue, the generator's speed being 1. */
typedef struct gf_ratio {
    double ratio; /* infinite: the larger the better; NaN: none */
    double decay;
} gf_ratio;

/* Of planar games (n = 2), else NaN. */
typedef struct gf_continuous {
    double re[2], im[2]; /* eigenvalues, speeds included */
    /* Heavy ball in continuous time, z'' = -c z' + v: it attracts for c above
       this, that is with mass below 1/c^2 (m z'' + z' = v); infinite: never. */
    double friction, mass;
    gf_ratio best;          /* of speeds */
    gf_steps stable_ratios; /* where the flow attracts; lo = hi: nowhere */
    /* What Euler's method with the step h really follows: eigenvalues
       log(1 + h lambda)/h; NaN without h. */
    double euler_re[2], euler_im[2];
} gf_continuous;

/* h: 0: none. */
GF_PUBLIC void gf_continuous_find(gf_continuous *out, const gf_linear *game,
                                  double h);
/* The field that Euler's method with the step h follows to the order h^2:
   v - (h/2) J v, as expressions in the coordinates and `h`, or with the number
   where step > 0.  [hairer2006, IX.1]  GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_euler_field(gf_expr out[2],
                                              const gf_field *field,
                                              double step, gf_error *error);

/* --- all rest points of a field ---------------------------------------- */

/* What a rule that is stable through eps only does from a field's first start:
   it comes near and goes away again. */
#define GF_BURST_STEPS 100000
typedef struct gf_burst {
    bool is_there;
    gf_vec2 start;
    double nearest, furthest; /* distances; the second is the largest after */
    size_t nearest_at, furthest_at; /* steps */
} gf_burst;

typedef struct gf_stability_points {
    const gf_classification *classification; /* NULL: a matrix */
    gf_linear game;                          /* ... this one */
    gf_optimizer optimizer;
    gf_stability_options options;
    gf_stability_result *point; /* as the classification's; state 0 where
                                   there is no Jacobian */
    gf_continuous *continuous;
    size_t count;
    gf_burst burst; /* with a step, of rules through eps: round the wanted
                       point, in GF_BURST_STEPS steps */
} gf_stability_points;

GF_PUBLIC void gf_stability_points_init(gf_stability_points *out);
GF_PUBLIC void gf_stability_points_clear(gf_stability_points *out);
/* Both must outlive *out.  What gf_stability_find may say. */
GF_PUBLIC GF_CHECKED gf_status gf_stability_points_find(
    gf_stability_points *out, const gf_classification *classification,
    const gf_optimizer *optimizer, const gf_stability_options *options,
    gf_error *error);
/* The same for a matrix, whose numbers must outlive *out: one point. */
GF_PUBLIC GF_CHECKED gf_status
gf_stability_matrix_find(gf_stability_points *out, const gf_linear *game,
                         const gf_optimizer *optimizer,
                         const gf_stability_options *options, gf_error *error);
/* Is the wanted rest point (of a planar field without one: every point; a
   matrix: the point) stable at the step, or, without a step, at some? */
GF_PUBLIC gf_verdict
gf_stability_points_verdict(const gf_stability_points *points);

/* --- over axes --------------------------------------------------------- */

/* Stability along one axis or two: h, speed (critic's over generator's, which
   stays) or a number of the optimizer (sweep.h).  A line is one value of all
   axes but h, with its exact intervals of steps: along h they are the boundary
   of a map of radii. */
typedef struct gf_stability_over {
    gf_sweep_axis axis[GF_SWEEP_AXES_MAX];
    size_t axes;
    size_t along;              /* which axis is h; axes: none */
    gf_stability_result *line; /* axes other than h, the last the fastest */
    size_t lines;
    double *radius; /* lines x values of h; NULL without h */
} gf_stability_over;

GF_PUBLIC void gf_stability_over_init(gf_stability_over *over);
GF_PUBLIC void gf_stability_over_clear(gf_stability_over *over);
/* *over has its axes.  GF_NAME for an axis that the rule has not; what
   gf_stability_find may say. */
GF_PUBLIC GF_CHECKED gf_status
gf_stability_over_find(gf_stability_over *over, const gf_linear *game,
                       const gf_optimizer *optimizer,
                       const gf_stability_options *options, gf_error *error);
/* The spectral radius between the lines: x has a value for each axis; without
   an axis of steps the step is options->step. What gf_stability_radius and
   gf_stability_over_find may say. */
GF_PUBLIC GF_CHECKED gf_status gf_stability_over_radius(
    double *out, const gf_stability_over *over, const double *x,
    const gf_linear *game, const gf_optimizer *optimizer,
    const gf_stability_options *options, gf_error *error);
/* The value of axis i on a line; NaN for the axis of steps. */
GF_PUBLIC double gf_stability_over_value(const gf_stability_over *over,
                                         size_t i, size_t line);

#endif
