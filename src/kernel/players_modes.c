/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Jacobians of two players and their spectrum, in the parameters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/modes.h"
#include "kernel/players.h"

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

/* The diagonals between the slopes: a (f1'' + f2'') w p_d, a f2' w, b f3' w. */
static gf_status factors(double *h, const gf_players *p, gf_error *error)
{
    const gf_field *field = p->setup.field;
    double f[GF_GAME_COUNT], damping, driving, pulling;

    gf_players_functions(f, p, field->equilibrium.d0);
    damping = field->speed[0] * (f[GF_GAME_F1XX] + f[GF_GAME_F2XX]);
    driving = field->speed[0] * f[GF_GAME_F2X];
    pulling = field->speed[1] * f[GF_GAME_F3X];
    if (!isfinite(damping + driving + pulling))
        return gf_error_set(error, GF_DOMAIN,
                            "the field has no derivative at D0 = %g",
                            field->equilibrium.d0);
    for (size_t i = 0; i < p->count; i++) {
        h[i] = damping * p->weight[i] * p->density[i];
        h[p->count + i] = driving * p->weight[i];
        h[2 * p->count + i] = pulling * p->weight[i];
    }
    return GF_OK;
}

gf_status gf_players_modes(gf_modes *modes, gf_players *p, const double *z,
                           gf_error *error)
{
    size_t first = p->first, rest = p->size - p->first, n = p->count;
    double *g, *g_p, *h;
    gsl_matrix *j;
    gf_status status = GF_OK;

    gf_modes_clear(modes);
    if (p->size > GF_PLAYERS_SPECTRUM_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "the nets have %zu parameters, too many for a "
                            "spectrum: at most %d",
                            p->size, GF_PLAYERS_SPECTRUM_MAX);
    g = calloc(n * (p->size + 3), sizeof *g);
    j = gsl_matrix_calloc(p->size, p->size);
    if (!g || !j)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    g_p = g ? g + n * first : NULL;
    h = g ? g + n * p->size : NULL;
    if (!status)
        status = gf_players_slopes(g, g_p, p, z, error);
    if (!status)
        status = factors(h, p, error);
    if (!status) {
        add_products(j, 0, 0, g, first, g, first, h, n);
        add_products(j, 0, first, g, first, g_p, rest, h + n, n);
        add_products(j, first, 0, g_p, rest, g, first, h + 2 * n, n);
        status = gf_modes_solve(modes, j, p->size, error);
    }
    gsl_matrix_free(j);
    free(g);
    return status;
}
