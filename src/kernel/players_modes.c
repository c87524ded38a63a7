/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Jacobians of two players and their spectrum, in the parameters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/modes.h"
#include "kernel/players.h"

static const double ROUNDING = 1e-13;

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

static double length(const double *x, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += x[i] * x[i];
    return sqrt(sum);
}

/* Fills j, and *noise with the rounding of slopes that cancel. */
static gf_status fill(gsl_matrix *j, double *noise, gf_players *p,
                      const double *z, gf_error *error)
{
    size_t n = rows_of(p), first = p->first, rest = p->size - first;
    double *g = calloc(n * (p->size + first + 3), sizeof *g);
    double *g_p = g ? g + n * first : NULL;
    double *mixed = g ? g_p + n * rest : NULL,
           *h = g ? mixed + n * first : NULL;
    gf_status status = GF_OK;

    if (!g)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    if (p->particles) {
        status = particle_slopes(g, mixed, g_p, p, z, error);
    } else {
        status = gf_players_slopes(g, g_p, p, z, error);
        memcpy(mixed, g, n * first * sizeof *g);
    }
    if (!status)
        status = factors(h, p, error);
    if (!status) {
        add_products(j, 0, 0, g, first, g, first, h, n);
        add_products(j, 0, first, mixed, first, g_p, rest, h + n, n);
        add_products(j, first, 0, g_p, rest, mixed, first, h + 2 * n, n);
        *noise = ROUNDING * length(g, n * first) * length(g_p, n * rest) *
                 (length(h + n, 2 * n) / (double)n);
    }
    free(g);
    return status;
}

gf_status gf_players_modes(gf_modes *modes, gf_players *p, const double *z,
                           gf_error *error)
{
    gsl_matrix *j;
    double noise = 0;
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
    j = gsl_matrix_calloc(p->size, p->size);
    status = j ? fill(j, &noise, p, z, error)
               : gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        status = gf_modes_solve(modes, j, p->size, noise, error);
    gsl_matrix_free(j);
    return status;
}
