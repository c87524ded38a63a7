/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The norm of a trap, and the largest ball of it that is proved: with theta
 * between the spectral radius and 1, P = sum of (M/theta)'^k (M/theta)^k has
 * P - M' P M > 0 at the rest point [ortega1970, 2.2], with room for what M
 * does beside it.
 */
#include "analysis/trap.h"

#include <math.h>
#include <string.h>

enum {
    N = GF_TRAP_SIZE_MAX,
    DOUBLINGS = 64,  /* of the terms of P */
    HALVINGS = 60,   /* of the radius */
    REFINEMENTS = 8, /* of the last of them */
    THETAS = 3
};

/* The farthest that anything is tried, and what rounding may be off by. */
#define FAR 1e4
#define SLACK 1e-9

typedef struct proof {
    gf_trap_machine *machine;
    const gf_rest_point *point;
    size_t n;
    double root[N * N], inverse[N * N];
    double reach[N]; /* of the ball of radius 1 in each number */
} proof;

/* --- small matrices ---------------------------------------------------- */

/* c = a' b, or a b; c is neither. */
static void multiply(double *c, const double *a, const double *b, size_t n,
                     bool is_transposed)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += (is_transposed ? a[k * n + i] : a[i * n + k]) *
                       b[k * n + j];
            c[i * n + j] = sum;
        }
}

/* P for M/theta; false where the sum does not come to an end. */
static bool sum_powers(double *p, const double *m, double theta, size_t n)
{
    double a[N * N], b[N * N], c[N * N], most = 1;

    memset(p, 0, N * N * sizeof *p);
    for (size_t i = 0; i < n; i++)
        p[i * n + i] = 1;
    for (size_t i = 0; i < n * n; i++)
        a[i] = m[i] / theta;
    for (int k = 0; k < DOUBLINGS && most > 1e-20; k++) {
        multiply(b, p, a, n, false);
        multiply(c, a, b, n, true);
        for (size_t i = 0; i < n * n; i++)
            p[i] += c[i];
        multiply(b, a, a, n, false);
        memcpy(a, b, sizeof a);
        most = 0;
        for (size_t i = 0; i < n * n; i++)
            most = fmax(most, fabs(a[i]));
    }
    return most <= 1e-20 && isfinite(p[0]);
}

/* P = root' root, root above its diagonal, and the inverse of that. */
static bool split(proof *q, const double *p)
{
    size_t n = q->n;

    memset(q->root, 0, sizeof q->root);
    memset(q->inverse, 0, sizeof q->inverse);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++) {
            double sum = p[i * n + j];
            for (size_t k = 0; k < i; k++)
                sum -= q->root[k * n + i] * q->root[k * n + j];
            if (i == j && !(sum > 0))
                return false;
            q->root[i * n + j] = i == j ? sqrt(sum) : sum / q->root[i * n + i];
        }
    for (size_t j = 0; j < n; j++)
        for (size_t i = j + 1; i-- > 0;) {
            double sum = i == j ? 1 : 0;
            for (size_t k = i + 1; k <= j; k++)
                sum -= q->root[i * n + k] * q->inverse[k * n + j];
            q->inverse[i * n + j] = sum / q->root[i * n + i];
        }
    for (size_t i = 0; i < n; i++) {
        double square = 0;
        for (size_t j = i; j < n; j++)
            square += q->inverse[i * n + j] * q->inverse[i * n + j];
        q->reach[i] = sqrt(square) * (1 + SLACK);
    }
    return true;
}

/* --- proofs ------------------------------------------------------------ */

/* c = a b with a or b of intervals. */
static void multiply_intervals(gf_interval *c, const gf_interval *a,
                               const gf_interval *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            gf_interval sum = gf_interval_point(0);
            for (size_t k = 0; k < n; k++)
                sum = gf_interval_add(
                    sum, gf_interval_mul(a[i * n + k], b[k * n + j]));
            c[i * n + j] = sum;
        }
}

/* Adds sign a' a. */
static void add_square(gf_interval *sum, const gf_interval *a, double sign,
                       size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < n; k++) {
                gf_interval x = gf_interval_mul(a[k * n + i], a[k * n + j]);
                if (i == j)
                    x = gf_interval_powi(a[k * n + i], 2);
                sum[i * n + j] = gf_interval_add(
                    sum[i * n + j],
                    gf_interval_mul(gf_interval_point(sign), x));
            }
}

/* Are all symmetric matrices in it positive definite?  By elimination. */
static bool is_positive_definite(gf_interval *a, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (!gf_interval_positive(a[k * n + k]))
            return false;
        for (size_t i = k + 1; i < n; i++) {
            gf_interval f = gf_interval_div(a[k * n + i], a[k * n + k]);
            for (size_t j = i; j < n; j++)
                a[i * n + j] = gf_interval_sub(
                    a[i * n + j],
                    i == j ? gf_interval_div(gf_interval_powi(a[k * n + i], 2),
                                             a[k * n + k])
                           : gf_interval_mul(f, a[k * n + j]));
        }
    }
    return true;
}

/* In the ball's own coordinates: P - M' P M > 0 for all M? */
static bool contracts(const proof *q, const gf_interval *m)
{
    gf_interval root[N * N], inverse[N * N], a[N * N], b[N * N], sum[N * N];
    size_t n = q->n;

    for (size_t i = 0; i < n * n; i++) {
        root[i] = gf_interval_point(q->root[i]);
        inverse[i] = gf_interval_point(q->inverse[i]);
        sum[i] = gf_interval_point(0);
    }
    multiply_intervals(a, root, inverse, n);
    add_square(sum, a, 1, n);
    multiply_intervals(a, root, m, n);
    multiply_intervals(b, a, inverse, n);
    add_square(sum, b, -1, n);
    return is_positive_definite(sum, n);
}

/* The box that holds the ball round the rest point, wherever that is. */
static void make_box(gf_interval *box, const proof *q, double radius)
{
    const double at[2] = {q->point->at.x, q->point->at.y};

    for (size_t i = 0; i < q->n; i++) {
        double half = radius * q->reach[i];
        double centre = i < 2 ? at[i] : 0;
        if (i < 2)
            half += q->point->error;
        half *= 1 + SLACK;
        box[i] = gf_interval_make(centre - half, centre + half, false);
    }
}

static bool holds(const proof *q, double radius)
{
    gf_interval box[N], m[N * N];

    make_box(box, q, radius);
    return gf_trap_machine_run(m, q->machine, box) && contracts(q, m);
}

/* The largest radius that is proved; 0: none. */
static double find_radius(const proof *q)
{
    double low, high = FAR / fmax(q->reach[0], q->reach[1]);

    if (holds(q, high))
        return high;
    low = high / 2;
    for (int i = 0; i < HALVINGS && !holds(q, low); i++) {
        high = low;
        low /= 2;
    }
    if (!holds(q, low))
        return 0;
    for (int i = 0; i < REFINEMENTS; i++) {
        double middle = low / 2 + high / 2;
        if (holds(q, middle))
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* What is left of a radius where only the point's place is known. */
static double certain(const proof *q, double radius)
{
    double square = 0;

    for (size_t i = 0; i < q->n; i++)
        for (size_t j = 0; j < 2; j++)
            square += q->root[i * q->n + j] * q->root[i * q->n + j];
    return radius * (1 - SLACK) - sqrt(2 * square) * q->point->error;
}

static void keep(gf_trap *trap, const proof *q, double radius)
{
    double old = trap->reach[0] * trap->reach[1];
    double area = radius * radius * q->reach[0] * q->reach[1];

    if (!(radius > 0) || (trap->size > 0 && area <= old))
        return;
    trap->size = q->n;
    trap->radius = radius;
    memcpy(trap->root, q->root, sizeof trap->root);
    for (size_t i = 0; i < 2; i++)
        trap->reach[i] = radius * q->reach[i];
}

/* Half-way and on from the spectral radius to 1. */
static void try_norms(gf_trap *trap, proof *q, const double *m, double radius)
{
    static const double part[THETAS] = {0.25, 0.5, 0.9};
    double p[N * N];

    for (size_t i = 0; i < THETAS; i++) {
        double theta = radius + part[i] * (1 - radius);
        if (sum_powers(p, m, theta, q->n) && split(q, p))
            keep(trap, q, certain(q, find_radius(q)));
    }
}

void gf_trap_find(gf_trap *trap, const gf_field *field,
                  const gf_rest_point *point, const gf_ensemble_options *motion,
                  double radius)
{
    gf_trap_machine machine;
    proof q = {.machine = &machine, .point = point};
    gf_interval box[N], m[N * N];
    double middle[N * N];

    *trap = (gf_trap){.size = 0};
    if (gf_trap_machine_init(&machine, field, motion)) {
        q.n = machine.size;
        make_box(box, &q, 0);
        if (gf_trap_machine_run(m, &machine, box)) {
            for (size_t i = 0; i < q.n * q.n; i++)
                middle[i] = m[i].lo / 2 + m[i].hi / 2;
            try_norms(trap, &q, middle, radius);
        }
    }
    gf_trap_machine_clear(&machine);
}
