/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Divergences and distances between two distributions on the line.
 *
 *     gf_divergence_options options;
 *     gf_divergences all;
 *     gf_divergence_defaults(&options);
 *     status = gf_divergences_find(&all, p, q, &options, &error);
 *     double js = all.item[GF_DIVERGENCE_JS].value;
 *
 * With densities p, q (and masses of atoms likewise) and m = (p + q)/2:
 *
 *     kl               int p log(p/q)
 *     kl-reverse       int q log(q/p)
 *     jeffreys         kl + kl-reverse
 *     js               (KL(P|M) + KL(Q|M))/2, at most log 2
 *     js-sum           KL(P|M) + KL(Q|M), at most 2 log 2
 *     sqrt-js          the root of js: a metric [endres2003]
 *     tv               sup |P(A) - Q(A)| = int |p - q|/2, at most 1
 *     tv-l1            int |p - q|, at most 2
 *     hellinger        squared Hellinger int (sqrt p - sqrt q)^2, at most 2
 *     hellinger-half   the same halved: 1 - int sqrt(p q)
 *     pearson          int (p - q)^2/q
 *     neyman           int (p - q)^2/p
 *     alpha            (int p^alpha q^(1 - alpha) - 1)/(alpha (alpha - 1));
 *                      KL at 1, reverse KL at 0
 *     f                int q f(p/q), f by expression in u
 *     w1, w2           Wasserstein distances of order 1 and 2
 *     mmd, mmd2        maximum mean discrepancy of a kernel, and its square
 *     energy           2 E|X - Y| - E|X - X'| - E|Y - Y'| = 2 int (F - G)^2
 *     ks               sup |F - G| of the distribution functions
 *
 * Logarithms are natural. Values come from adaptive Gauss-Kronrod quadrature
 * over cuts at ends, kinks, atoms and modes [piessens1983], from sums over
 * atoms, or from closed forms.
 */
#ifndef GANFIELD_DIVERGENCE_H
#define GANFIELD_DIVERGENCE_H

#include <ganfield/distribution.h>

#define GF_DIVERGENCE_LIST(X)                                                  \
    X(KL, "kl", "KL(P|Q)")                                                     \
    X(KL_REVERSE, "kl-reverse", "KL(Q|P)")                                     \
    X(JEFFREYS, "jeffreys", "Jeffreys, KL both ways")                          \
    X(JS, "js", "Jensen-Shannon, <= log 2")                                    \
    X(JS_SUM, "js-sum", "Jensen-Shannon, <= 2 log 2")                          \
    X(SQRT_JS, "sqrt-js", "root of Jensen-Shannon")                            \
    X(TV, "tv", "total variation, <= 1")                                       \
    X(TV_L1, "tv-l1", "total variation, <= 2")                                 \
    X(HELLINGER, "hellinger", "squared Hellinger, <= 2")                       \
    X(HELLINGER_HALF, "hellinger-half", "squared Hellinger, <= 1")             \
    X(PEARSON, "pearson", "Pearson chi^2, over Q")                             \
    X(NEYMAN, "neyman", "Neyman chi^2, over P")                                \
    X(ALPHA, "alpha", "alpha divergence")                                      \
    X(F, "f", "f-divergence")                                                  \
    X(W1, "w1", "Wasserstein-1")                                               \
    X(W2, "w2", "Wasserstein-2")                                               \
    X(MMD2, "mmd2", "MMD squared")                                             \
    X(MMD, "mmd", "MMD")                                                       \
    X(ENERGY, "energy", "energy distance")                                     \
    X(KS, "ks", "Kolmogorov-Smirnov")

#define GF_DIVERGENCE_ENUM(name, key, title) GF_DIVERGENCE_##name,
typedef enum gf_divergence_kind {
    GF_DIVERGENCE_LIST(GF_DIVERGENCE_ENUM) GF_DIVERGENCE_COUNT
} gf_divergence_kind;
#undef GF_DIVERGENCE_ENUM

/* The key and the title of the list above; "unknown" for a value that is none.
 */
GF_PUBLIC const char *gf_divergence_key(gf_divergence_kind kind);
GF_PUBLIC const char *gf_divergence_title(gf_divergence_kind kind);
/* GF_NAME with the nearest key. */
GF_PUBLIC GF_CHECKED gf_status gf_divergence_find(gf_divergence_kind *out,
                                                  const char *key,
                                                  gf_error *error);

/* How a value was found. */
typedef enum gf_divergence_how {
    GF_HOW_NONE, /* it was not: the reason says why */
    GF_HOW_CLOSED_FORM,
    GF_HOW_QUADRATURE,
    GF_HOW_SUM,    /* over atoms */
    GF_HOW_SUPPORT /* infinite, or at its bound, by where there is mass */
} gf_divergence_how;

/* "closed form", "quadrature", ... */
GF_PUBLIC const char *gf_divergence_how_name(gf_divergence_how how);

typedef struct gf_divergence {
    bool asked;
    double value; /* INFINITY where it is infinite; NaN where not found */
    double error; /* the quadrature's own bound, with rounding */
    gf_divergence_how how;
    char reason[160]; /* why it is infinite or was not found; "" */
} gf_divergence;

typedef enum gf_kernel_kind { GF_KERNEL_RBF, GF_KERNEL_LAPLACE } gf_kernel_kind;

typedef struct gf_divergence_options {
    bool which[GF_DIVERGENCE_COUNT];
    double alpha;          /* 0.5 */
    const char *f;         /* NULL: none; with it which[GF_DIVERGENCE_F] */
    gf_kernel_kind kernel; /* rbf: exp(-d^2/(2 s^2)); laplace: exp(-|d|/s) */
    double bandwidth;      /* s, 1 */
} gf_divergence_options;

/* All of them but f, with the values above. */
GF_PUBLIC void gf_divergence_defaults(gf_divergence_options *options);

/* Most atoms of both distributions together for an MMD, whose sum is over
 * pairs. */
#define GF_DIVERGENCE_PAIRS_MAX 20000

typedef struct gf_divergences {
    gf_divergence item[GF_DIVERGENCE_COUNT];
    gf_divergence_options options;
    size_t evaluations; /* of integrands */
} gf_divergences;

/* Finds those that are asked for; options may be NULL. GF_SYNTAX, GF_NAME and
 * the like for f, and GF_ARGUMENT where it is seen not to be convex; GF_MEMORY.
 * That a divergence is infinite is an answer and no error. */
GF_PUBLIC GF_CHECKED gf_status gf_divergences_find(
    gf_divergences *out, const gf_distribution *p, const gf_distribution *q,
    const gf_divergence_options *options, gf_error *error);

#endif
