/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * (1 - H K) x = b without a matrix: GMRES with modified Gram-Schmidt and
 * Givens rotations [saad1986], started anew from what it has; K acts through
 * the game's products.  For two numbers it is exact after two products.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "motion/mover.h"

enum {
    BASIS = 30,   /* vectors of one cycle */
    CYCLES = 20,  /* of GMRES */
    NEWTON = 50,  /* steps of Newton's method */
    HALVINGS = 40 /* of one of them */
};

#define SMALL (4 * DBL_EPSILON)

/* The scratch of a mover, after its rule's. */
enum { OWN = 0, DIRECTION, IMAGE, START, RESIDUE, NEXT, FIRST_OF_BASIS };

static double *scratch(gf_mover *m, size_t i)
{
    const gf_optimizer_rule *rule = m->optimizer.rule;

    return m->vector[1 + rule->memory + rule->scratch + i];
}

static double dot(const gf_mover *m, const double *x, const double *y)
{
    double sum = 0;

    for (size_t i = m->begin; i < m->end; i++)
        sum += x[i] * y[i];
    return sum;
}

static double size_of(const gf_mover *m, const double *x)
{
    return sqrt(dot(m, x, x));
}

/* out = K d: what the numbers that move feel when they move along d. */
static void act(gf_mover *m, double *out, const double *z, const double *d,
                bool crossed)
{
    const gf_game *game = &m->game;
    double *part = scratch(m, DIRECTION), *image = scratch(m, IMAGE);

    for (size_t block = 0; block < (crossed ? 2 : 1); block++) {
        /* the other player's numbers give this one's answer */
        size_t lo = crossed && block == 0 ? game->first : m->begin;
        size_t hi = crossed && block == 1 ? game->first : m->end;
        memset(part, 0, game->size * sizeof *part);
        memcpy(part + lo, d + lo, (hi - lo) * sizeof *part);
        m->evaluations++;
        game->product(image, z, part, game->ctx);
        size_t from = crossed && block == 1 ? game->first : m->begin;
        size_t to = crossed && block == 0 ? game->first : m->end;
        memcpy(out + from, image + from, (to - from) * sizeof *out);
    }
}

typedef struct cycle {
    double h[BASIS + 1][BASIS]; /* the triangle that the rotations leave */
    double c[BASIS], s[BASIS], g[BASIS + 1];
    size_t count;
} cycle;

/* One vector more of the basis; false where it is complete. */
static bool extend(gf_mover *m, cycle *q, const double *z, bool crossed)
{
    size_t k = q->count;
    double *v = scratch(m, FIRST_OF_BASIS + k);
    double *w = scratch(m, FIRST_OF_BASIS + k + 1);

    act(m, w, z, v, crossed);
    for (size_t i = m->begin; i < m->end; i++)
        w[i] = v[i] - m->step[i] * w[i];
    double whole = size_of(m, w);
    for (size_t j = 0; j <= k; j++) {
        const double *u = scratch(m, FIRST_OF_BASIS + j);
        double h = q->h[j][k] = dot(m, w, u);
        for (size_t i = m->begin; i < m->end; i++)
            w[i] -= h * u[i];
    }
    double rest = size_of(m, w);
    for (size_t i = m->begin; i < m->end; i++)
        w[i] = rest > 0 ? w[i] / rest : 0;
    for (size_t j = 0; j < k; j++) {
        double a = q->h[j][k], b = q->h[j + 1][k];
        q->h[j][k] = q->c[j] * a + q->s[j] * b;
        q->h[j + 1][k] = q->c[j] * b - q->s[j] * a;
    }
    double size = hypot(q->h[k][k], rest);
    q->c[k] = size > 0 ? q->h[k][k] / size : 1;
    q->s[k] = size > 0 ? rest / size : 0;
    q->h[k][k] = size;
    q->g[k + 1] = -q->s[k] * q->g[k];
    q->g[k] *= q->c[k];
    q->count = k + 1;
    return rest > SMALL * whole;
}

/* What the basis says of x, added to it. */
static void add_up(gf_mover *m, const cycle *q, double *x)
{
    double y[BASIS];

    for (size_t k = q->count; k-- > 0;) {
        double sum = q->g[k];
        for (size_t j = k + 1; j < q->count; j++)
            sum -= q->h[k][j] * y[j];
        y[k] = sum / q->h[k][k];
    }
    for (size_t k = 0; k < q->count; k++) {
        const double *v = scratch(m, FIRST_OF_BASIS + k);
        for (size_t i = m->begin; i < m->end; i++)
            x[i] += y[k] * v[i];
    }
}

void gf_mover_solve(gf_mover *m, double *x, const double *z, const double *b,
                    bool crossed)
{
    double *r = scratch(m, FIRST_OF_BASIS);
    double goal = SMALL * size_of(m, b);

    memcpy(r + m->begin, b + m->begin, (m->end - m->begin) * sizeof *r);
    for (size_t i = m->begin; i < m->end; i++)
        x[i] = 0;
    for (size_t n = 0; n < CYCLES; n++) {
        cycle q = {.count = 0};
        q.g[0] = size_of(m, r);
        if (!(q.g[0] > goal))
            return;
        for (size_t i = m->begin; i < m->end; i++)
            r[i] /= q.g[0];
        while (q.count < BASIS && extend(m, &q, z, crossed) &&
               fabs(q.g[q.count]) > goal)
            ;
        add_up(m, &q, x);
        if (q.count <= m->end - m->begin && fabs(q.g[q.count]) <= goal)
            return;
        act(m, r, z, x, crossed);
        for (size_t i = m->begin; i < m->end; i++)
            r[i] = b[i] - x[i] + m->step[i] * r[i];
    }
}

/* r = z0 + H v(z) - z and its size; NaN outside of the domain. */
static double residue(gf_mover *m, double *r, const double *z, const double *z0)
{
    gf_mover_velocity(m, r, z, m->begin, m->end);
    for (size_t i = m->begin; i < m->end; i++)
        r[i] = z0[i] + m->step[i] * r[i] - z[i];
    return size_of(m, r);
}

void gf_mover_solve_implicit(gf_mover *m, double *z)
{
    size_t bytes = m->game.size * sizeof *z;
    double *z0 = scratch(m, START), *r = scratch(m, RESIDUE);
    double *x = scratch(m, OWN), *next = scratch(m, NEXT);

    memcpy(z0, z, bytes);
    double size = residue(m, r, z, z0);
    for (size_t n = 0; n < NEWTON && size > 0; n++) {
        gf_mover_solve(m, x, z, r, false);
        double part = 1, reached = NAN;
        memcpy(next, z, bytes);
        for (size_t k = 0; k < HALVINGS && !(reached < size); k++, part /= 2) {
            for (size_t i = m->begin; i < m->end; i++)
                next[i] = z[i] + part * x[i];
            reached = residue(m, r, next, z0);
        }
        if (!(reached < size))
            break;
        memcpy(z, next, bytes);
        size = reached;
    }
    if (!(size <= 1e-9 * (1 + size_of(m, z))))
        for (size_t i = m->begin; i < m->end; i++)
            z[i] = NAN;
}
