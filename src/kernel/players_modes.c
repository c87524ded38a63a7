/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Jacobians of two players and their spectrum, in the parameters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/modes.h"
#include "kernel/players.h"

static const double ROUNDING = 1e-13, TINY = 1e-15;

/* --- slopes ------------------------------------------------------------ */

/* Rows q_i dp_i: the softmax head mixes them. */
static void through_softmax(double *rows, const gf_players *p, size_t columns)
{
    for (size_t k = 0; k < columns; k++) {
        double mean = 0;
        for (size_t i = 0; i < p->count; i++)
            mean += p->weight[i] * p->p[i] * rows[i * columns + k];
        for (size_t i = 0; i < p->count; i++)
            rows[i * columns + k] = p->p[i] * (rows[i * columns + k] - mean);
    }
}

gf_status gf_players_slopes(double *critic, double *generator, gf_players *p,
                            const double *z, gf_error *error)
{
    if (p->particles)
        return gf_error_set(error, GF_DOMAIN,
                            "particles have no density at the points");
    gf_players_set(p, z);
    gf_players_generator(p);
    (void)gf_players_critic(p);
    gf_kernel_jacobian(critic, p->pass[0]);
    gf_kernel_jacobian(generator, p->pass[1]);
    if (p->setup.representation == GF_SOFTMAX)
        through_softmax(generator, p, p->size - p->first);
    return GF_OK;
}

/* Particles, with the data at them: the rows dD/dphi, (1/m) d(dD/dphi)/dy and
   dy/dtheta. */
static gf_status particle_slopes(double *g, double *mixed, double *generator,
                                 gf_players *p, const double *z,
                                 gf_error *error)
{
    size_t m = p->particles;
    gf_batch batch = {.x = p->x + p->count, .count = m};
    double *nothing = calloc(p->first + 2 * m, sizeof *nothing);
    double *rate = nothing ? nothing + p->first : NULL;
    double *even = nothing ? rate + m : NULL;
    const double *d;
    gf_status status;

    if (!nothing)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_players_set(p, z);
    gf_players_generator(p);
    gf_kernel_jacobian(generator, p->pass[1]);
    batch.is_frozen = p->setup.bn == GF_BN_EVAL;
    status = gf_pass_forward(&d, p->pass[0], &batch, error);
    if (!status)
        gf_kernel_jacobian(g, p->pass[0]);
    for (size_t k = 0; k < m; k++)
        even[k] = 1 / (double)m;
    for (size_t k = 0; !status && k < m; k++) {
        rate[k] = 1;
        gf_pass_tangent(p->slope, p->pass[0], nothing, rate);
        status = gf_pass_backward_rate(mixed + k * p->first, NULL, p->pass[0],
                                       even, error);
        rate[k] = 0;
    }
    free(nothing);
    return status;
}

/* --- the matrix -------------------------------------------------------- */

/* block += factor sum_i h_i a_i b_i', a and b rows of two lists. */
static void add_products(gsl_matrix *j, size_t row, size_t column,
                         const double *a, size_t a_size, const double *b,
                         size_t b_size, const double *h, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < a_size; k++) {
            double factor = h[i] * a[i * a_size + k];
            double *to = gsl_matrix_ptr(j, row + k, column);
            for (size_t l = 0; l < b_size; l++)
                to[l] += factor * b[i * b_size + l];
        }
}

/* Points, or particles. */
static size_t rows_of(const gf_players *p)
{
    return p->particles ? p->particles : p->count;
}

/* The diagonals between the slopes: a (f1'' + f2'') w p_d, a f2' w, b f3' w. */
static gf_status factors(double *h, const gf_players *p, gf_error *error)
{
    const gf_field *field = p->setup.field;
    double d0 = field->equilibrium.d0, damping[2], driving, pulling;
    size_t n = rows_of(p);

    for (size_t i = 0; i < 2; i++)
        gf_gains_at(&damping[i], &p->gains, i, 2, &d0, 1,
                    gf_players_speed(p, 0));
    gf_gains_at(&driving, &p->gains, GF_GAIN_FAKES, 1, &d0, 1,
                gf_players_speed(p, 0));
    gf_gains_at(&pulling, &p->gains, GF_GAIN_GENERATOR, 1, &d0, 1,
                gf_players_speed(p, 1));
    if (!isfinite(damping[0] + damping[1] + driving + pulling))
        return gf_error_set(error, GF_DOMAIN,
                            "the field has no derivative at D0 = %g",
                            field->equilibrium.d0);
    for (size_t i = 0; i < n; i++) {
        double w = p->particles ? 1 : p->weight[i]; /* in `mixed` already */
        h[i] = (damping[0] + damping[1]) *
               (p->particles ? 1 / (double)n : p->weight[i] * p->density[i]);
        h[n + i] = driving * w;
        h[2 * n + i] = pulling * w;
    }
    return GF_OK;
}

/* Do data and particles share statistics, so that no D is D0 everywhere? */
static bool is_shared(const gf_players *p)
{
    gf_norm norm = p->setup.critic->shape.norm;

    return p->particles &&
           (norm == GF_NORM_BN_PRE || norm == GF_NORM_BN_POST) &&
           (p->setup.bn == GF_BN_JOINT || p->setup.bn == GF_BN_GSEP);
}

static double dot(const double *a, const double *b, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

static double length(const double *x, size_t count)
{
    return sqrt(dot(x, x, count));
}

static void scale(double *x, double factor, size_t count)
{
    for (size_t i = 0; i < count; i++)
        x[i] *= factor;
}

/* x without its part along a unit vector. */
static void remove_part(double *x, const double *unit, size_t count)
{
    double along = dot(x, unit, count);

    for (size_t i = 0; i < count; i++)
        x[i] -= along * unit[i];
}

/* --- the directions that matter ----------------------------------------- */

/* Orthonormal directions that span rows, the longest first, and how many. Each
 * is cleaned of those before it twice; rows are lost. */
static size_t span(double *direction, double *rows, size_t count, size_t size)
{
    double longest = 0;

    for (size_t found = 0; found < count && found < size; found++) {
        double *q = direction + found * size, most = 0;
        size_t best = 0;
        for (size_t i = 0; i < count; i++) {
            double here = length(rows + i * size, size);
            best = here > most ? i : best;
            most = fmax(most, here);
        }
        longest = found == 0 ? most : longest;
        if (!(most > TINY * longest))
            return found;
        memcpy(q, rows + best * size, size * sizeof *q);
        for (int turn = 0; turn < 2; turn++) {
            for (size_t k = 0; k < found; k++)
                remove_part(q, direction + k * size, size);
            scale(q, 1 / length(q, size), size);
        }
        for (size_t i = 0; i < count; i++)
            remove_part(rows + i * size, q, size);
    }
    return count < size ? count : size;
}

/* Rows in the coordinates of some directions. */
static void project(double *out, const double *rows, size_t count,
                    const double *direction, size_t directions, size_t size)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < directions; k++)
            out[i * directions + k] =
                dot(rows + i * size, direction + k * size, size);
}

/* --- the spectrum ------------------------------------------------------ */

/* The slopes, by their rows of `first` and `rest` numbers, and room. */
typedef struct slopes {
    size_t n, first, rest;
    double *g, *mixed, *g_p; /* n rows each */
    double *h;               /* 3 n factors */
    double *direction, *rows, *block;
} slopes;

static gf_status slopes_init(slopes *s, const gf_players *p, gf_error *error)
{
    size_t n = rows_of(p), first = p->first, rest = p->size - p->first;
    size_t widest = first > rest ? first : rest;

    *s = (slopes){.n = n, .first = first, .rest = rest};
    s->block =
        calloc(n * (2 * first + rest + 3 + 4 * widest), sizeof *s->block);
    if (!s->block)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    s->g = s->block;
    s->mixed = s->g + n * first;
    s->g_p = s->mixed + n * first;
    s->h = s->g_p + n * rest;
    s->direction = s->h + 3 * n;
    s->rows = s->direction + 2 * n * widest;
    return GF_OK;
}

/* All slopes in the coordinates of the directions that they span: the other
 * parameters never move. What is left are n numbers a row at most, and 2n where
 * critic's slopes are of two kinds. */
static void reduce(slopes *s, const gf_players *p)
{
    size_t n = s->n, kinds = p->particles ? 2 : 1, found;

    memcpy(s->rows, s->g, n * s->first * sizeof *s->g);
    if (kinds == 2)
        memcpy(s->rows + n * s->first, s->mixed,
               n * s->first * sizeof *s->mixed);
    found = span(s->direction, s->rows, kinds * n, s->first);
    project(s->rows, s->g, n, s->direction, found, s->first);
    memcpy(s->g, s->rows, n * found * sizeof *s->g);
    project(s->rows, s->mixed, n, s->direction, found, s->first);
    memcpy(s->mixed, s->rows, n * found * sizeof *s->mixed);
    s->first = found;
    memcpy(s->rows, s->g_p, n * s->rest * sizeof *s->g_p);
    found = span(s->direction, s->rows, n, s->rest);
    project(s->rows, s->g_p, n, s->direction, found, s->rest);
    memcpy(s->g_p, s->rows, n * found * sizeof *s->g_p);
    s->rest = found;
}

static gf_status find_slopes(slopes *s, gf_players *p, const double *z,
                             gf_error *error)
{
    gf_status status =
        p->particles ? particle_slopes(s->g, s->mixed, s->g_p, p, z, error)
                     : gf_players_slopes(s->g, s->g_p, p, z, error);

    if (!p->particles)
        memcpy(s->mixed, s->g, s->n * s->first * sizeof *s->g);
    if (!status)
        status = factors(s->h, p, error);
    return status;
}

/* With the rounding of slopes that cancel as noise. */
static gf_status solve(gf_modes *modes, const slopes *s, size_t all,
                       gf_error *error)
{
    size_t n = s->n, first = s->first, rest = s->rest;
    double noise = ROUNDING * length(s->g, n * first) *
                   length(s->g_p, n * rest) *
                   (length(s->h + n, 2 * n) / (double)n);
    gsl_matrix *j;
    gf_status status;

    modes->zero = all;
    if (first + rest == 0)
        return GF_OK;
    j = gsl_matrix_calloc(first + rest, first + rest);
    if (!j)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    add_products(j, 0, 0, s->g, first, s->g, first, s->h, n);
    add_products(j, 0, first, s->mixed, first, s->g_p, rest, s->h + n, n);
    add_products(j, first, 0, s->g_p, rest, s->mixed, first, s->h + 2 * n, n);
    status = gf_modes_solve(modes, j, all, noise, error);
    gsl_matrix_free(j);
    return status;
}

gf_status gf_players_modes(gf_modes *modes, gf_players *p, const double *z,
                           gf_error *error)
{
    slopes s;
    gf_status status;

    gf_modes_clear(modes);
    if (p->size > GF_PLAYERS_SPECTRUM_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "the nets have %zu parameters, too many for a "
                            "spectrum: at most %d",
                            p->size, GF_PLAYERS_SPECTRUM_MAX);
    if (is_shared(p))
        return gf_error_set(error, GF_DOMAIN,
                            "data and particles share a batch norm: there is "
                            "no equilibrium to linearise at");
    status = slopes_init(&s, p, error);
    if (!status)
        status = find_slopes(&s, p, z, error);
    if (!status) {
        reduce(&s, p);
        status = solve(modes, &s, p->size, error);
    }
    free(s.block);
    return status;
}
