/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a field does: its rest points and their types, the local conditions,
 * the energy and the distance, and the verdict on the rest point one wants.
 *
 *     gf_classification c;
 *     gf_classification_init(&c);
 *     status = gf_classify(&c, field, NULL, &error);
 *     if (c.verdict == GF_STABLE) ...
 *     gf_classification_clear(&c);
 *
 * Every claim carries how it was decided; nothing is claimed from a sample.
 * Formulas: docs/theory.md sections 1, 2 and 2b.
 */
#ifndef GANFIELD_CLASSIFY_H
#define GANFIELD_CLASSIFY_H

#include <ganfield/field.h>

#define GF_TYPE_LIST(X)                                                        \
    X(STABLE_NODE, "stable node")                                              \
    X(STABLE_DEGENERATE_NODE, "stable degenerate node")                        \
    X(STABLE_STAR, "stable star")                                              \
    X(STABLE_FOCUS, "stable focus")                                            \
    X(UNSTABLE_NODE, "unstable node")                                          \
    X(UNSTABLE_DEGENERATE_NODE, "unstable degenerate node")                    \
    X(UNSTABLE_STAR, "unstable star")                                          \
    X(UNSTABLE_FOCUS, "unstable focus")                                        \
    X(SADDLE, "saddle")                                                        \
    X(CENTER, "center")                                                        \
    X(STABLE_WEAK_FOCUS, "stable weak focus")                                  \
    X(UNSTABLE_WEAK_FOCUS, "unstable weak focus")                              \
    X(LINE, "line of rest points")                                             \
    X(DEGENERATE, "degenerate")                                                \
    X(NON_SMOOTH, "non-smooth")                                                \
    X(UNDECIDED, "unknown")

#define GF_STABILITY_LIST(X)                                                   \
    X(ASYMPTOTICALLY_STABLE, "asymptotically stable")                          \
    X(STABLE, "stable")                                                        \
    X(UNSTABLE, "unstable")                                                    \
    X(UNKNOWN, "unknown")

#define GF_EVIDENCE_LIST(X)                                                    \
    X(NONE, "none")                                                            \
    X(LINEARISATION, "linearisation")                                          \
    X(ENERGY, "energy")                                                        \
    X(FIRST_INTEGRAL, "first integral")                                        \
    X(LYAPUNOV_COEFFICIENT, "lyapunov coefficient")                            \
    X(CENTRE_MANIFOLD, "centre manifold")                                      \
    X(ONE_SIDED, "one-sided fields")

#define GF_DECIDED_LIST(X)                                                     \
    X(NONE, "none")                                                            \
    X(SYMBOLIC, "symbolic")                                                    \
    X(INTERVAL, "interval")                                                    \
    X(SAMPLED, "sampled")

#define GF_OUTCOME_LIST(X)                                                     \
    X(STABLE, "stable")                                                        \
    X(CENTER, "center")                                                        \
    X(UNSTABLE, "unstable")                                                    \
    X(UNKNOWN, "unknown")                                                      \
    X(NONE, "none")

#define GF_REGION_LIST(X)                                                      \
    X(NONE, "none")                                                            \
    X(LEVEL, "level")                                                          \
    X(WHOLE, "whole domain")

#define GF_ENUM_TYPE(name, text) GF_TYPE_##name,
#define GF_ENUM_STABILITY(name, text) GF_STABILITY_##name,
#define GF_ENUM_EVIDENCE(name, text) GF_EVIDENCE_##name,
#define GF_ENUM_DECIDED(name, text) GF_DECIDED_##name,
#define GF_ENUM_OUTCOME(name, text) GF_OUTCOME_##name,
#define GF_ENUM_REGION(name, text) GF_REGION_##name,
typedef enum gf_type { GF_TYPE_LIST(GF_ENUM_TYPE) } gf_type;
typedef enum gf_stability { GF_STABILITY_LIST(GF_ENUM_STABILITY) } gf_stability;
typedef enum gf_evidence { GF_EVIDENCE_LIST(GF_ENUM_EVIDENCE) } gf_evidence;
typedef enum gf_decided { GF_DECIDED_LIST(GF_ENUM_DECIDED) } gf_decided;
typedef enum gf_outcome { GF_OUTCOME_LIST(GF_ENUM_OUTCOME) } gf_outcome;
typedef enum gf_region { GF_REGION_LIST(GF_ENUM_REGION) } gf_region;

/* The words of the lists above; "unknown" for a value that is none. */
GF_PUBLIC const char *gf_type_name(gf_type type);
GF_PUBLIC const char *gf_stability_name(gf_stability stability);
GF_PUBLIC const char *gf_evidence_name(gf_evidence evidence);
GF_PUBLIC const char *gf_decided_name(gf_decided decided);
GF_PUBLIC const char *gf_outcome_name(gf_outcome outcome);
GF_PUBLIC const char *gf_region_name(gf_region region);

/* A statement about one number. */
typedef struct gf_condition {
    double value; /* NaN where there is none */
    gf_verdict holds;
    gf_decided decided;
} gf_condition;

/* The linearisation z' = J (z - z*). */
typedef struct gf_spectrum {
    gf_mat2 jacobian;
    double trace, determinant;
    double re[2], im[2];    /* eigenvalues: the one with im > 0 first, real
                               ones ascending in size of decay (-0.5, -7) */
    gf_vec2 eigenvector[2]; /* of real eigenvalues, length 1; else 0 */
    double error;           /* bound on the error of an eigenvalue */
} gf_spectrum;

typedef struct gf_rest_point {
    gf_vec2 at;           /* in coordinates */
    double d;             /* D (pointwise), NaN for planar fields */
    double error;         /* bound on the error of either coordinate */
    gf_expr exact[2];     /* GF_EXPR_NONE where not recognised */
    bool line;            /* a line of rest points through `at`: ... */
    gf_vec2 along;        /* ... its direction there */
    gf_verdict wanted;    /* GF_UNKNOWN: the field does not say */
    gf_verdict physical;  /* GF_UNKNOWN: no physical range */
    bool smooth;          /* false: on a kink, no Jacobian */
    gf_spectrum spectrum; /* if smooth */
    gf_mat2 one_sided[2]; /* if not: from below and above the kink */
    gf_type type;
    gf_stability stability;
    gf_evidence evidence;
    double margin;   /* distance of the spectrum from the imaginary
                        axis; 0 on it, NaN without a Jacobian */
    double lyapunov; /* first Lyapunov coefficient; NaN if not used */
    char note[200];  /* what a person should know, "" if nothing */
} gf_rest_point;

/* E = (p_g - p_d)^2/(2b) + W(D), dE/dt = g (pi - p_d); pointwise fields. */
typedef struct gf_energy {
    gf_verdict well, decay;    /* on the whole domain */
    gf_verdict first_integral; /* E constant on the whole domain */
    bool conserved_nearby;     /* ... at least near the rest point */
    gf_decided decided;
    gf_region region;
    double region_level;           /* c; NaN unless region is level */
    gf_range interval;             /* where well and decay hold, round D0 */
    gf_expr slope;                 /* W' = g/(-a f2') near D0 ... */
    gf_range reach;                /* ... between these: kinks, roots of f2' */
    gf_expr w;                     /* W in the coordinate where elementary */
    double level_lo, level_hi;     /* W at both ends of the interval ... */
    bool lo_is_limit, hi_is_limit; /* ... or, if false, a value below it */
} gf_energy;

/* F = (D - D0)^2/(2a) + (p_g - p_d)^2/(2b) never grows while p_g >= 0 if
   A <= 0 and B <= 0; pointwise fields. */
typedef struct gf_distance {
    gf_verdict a, b;
    gf_verdict conserved; /* A = B = 0 identically */
    gf_decided decided;
} gf_distance;

/* A quadratic first integral q of a planar field round its rest point:
   xx (u-u*)^2 + 2 xy (u-u*)(v-v*) + yy (v-v*)^2 constant, proved. */
typedef struct gf_quadratic {
    bool conserved;
    double xx, xy, yy;
    bool everywhere; /* not only near the rest point, short of the next kink */
} gf_quadratic;

typedef struct gf_classification {
    const gf_field *field; /* must outlive the classification */
    gf_rest_point *point;
    size_t count;
    size_t wanted;       /* index, or count if there is none */
    gf_verdict complete; /* are these all rest points of the domain? */
    bool has_conditions; /* pointwise fields */
    gf_condition equilibrium, damping, restoring;
    bool has_energy; /* pointwise fields with a wanted rest point */
    gf_energy energy;
    gf_distance distance;
    gf_quadratic quadratic;
    gf_verdict leaves_physical; /* can a run from inside cross p_g = 0? */
    gf_outcome verdict;
} gf_classification;

typedef struct gf_classify_options {
    size_t boxes;           /* most boxes per proof; 0: 600 */
    const gf_range *window; /* two: where to look first for rest points of a
                               planar field; NULL: its own window */
} gf_classify_options;

GF_PUBLIC void gf_classification_init(gf_classification *c);
GF_PUBLIC void gf_classification_clear(gf_classification *c);
/* options may be NULL.  GF_MEMORY, GF_LIMIT, GF_INTERNAL; a question that
   cannot be decided is an unknown in the result, not an error. */
GF_PUBLIC GF_CHECKED gf_status gf_classify(gf_classification *c,
                                           const gf_field *field,
                                           const gf_classify_options *options,
                                           gf_error *error);

/* E at p (pointwise fields): by quadrature of W, to 1e-10 relative; NaN
   where energy.reach does not reach. */
GF_PUBLIC double gf_energy_at(const gf_classification *c, gf_vec2 p);

#endif
