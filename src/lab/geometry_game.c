/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Jacobian of a game: its norms, spectrum and projection. */
#include "lab/geometry.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DENSE_MOST = 600, VALUES = 6, PROBES = 200, WAYS = 4 };

void gf_geometry_game_init(gf_geometry_game *game)
{
    *game = (gf_geometry_game){.trace = NAN, .plane_rotation = NAN};
    gf_krylov_init(&game->values);
    gf_krylov_init(&game->large);
    for (int i = 0; i < WAYS; i++)
        for (int k = 0; k < WAYS; k++)
            game->plane[i][k] = NAN;
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            game->block[i][k] = NAN;
}

void gf_geometry_game_clear(gf_geometry_game *game)
{
    free(game->jacobian);
    gf_krylov_clear(&game->values);
    gf_krylov_clear(&game->large);
    gf_geometry_game_init(game);
}

/* --- the whole matrix ------------------------------------------------------
 */

static void add_square(double *sum, double x)
{
    *sum += x * x;
}

static void measure_dense(gf_geometry_game *g)
{
    size_t n = g->size;

    g->trace = 0;
    memset(g->block, 0, sizeof g->block);
    for (size_t i = 0; i < n; i++) {
        g->trace += g->jacobian[i * n + i];
        for (size_t k = 0; k < n; k++) {
            double a = g->jacobian[i * n + k], b = g->jacobian[k * n + i];
            add_square(&g->norm, a);
            add_square(&g->symmetric, (a + b) / 2);
            add_square(&g->antisymmetric, (a - b) / 2);
            add_square(&g->block[i >= g->first][k >= g->first], a);
        }
    }
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            g->block[i][k] = sqrt(g->block[i][k]);
    g->norm = sqrt(g->norm);
    g->symmetric = sqrt(g->symmetric);
    g->antisymmetric = sqrt(g->antisymmetric);
    g->rotation = g->norm > 0 ? g->antisymmetric / g->norm : NAN;
}

static gf_status fill_dense(gf_geometry_game *g, const gf_duel_map *map,
                            gf_error *error)
{
    size_t n = g->size;
    gf_operator j = gf_duel_map_game(map);
    double *copy = malloc(n * n * sizeof *copy);
    gf_status status = GF_OK;

    g->jacobian = calloc(n * n, sizeof *g->jacobian);
    if (!copy || !g->jacobian)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t k = 0; !status && k < n; k++) {
        memset(map->in, 0, n * sizeof *map->in);
        map->in[k] = 1;
        j.product(map->out, map->in, j.ctx);
        for (size_t i = 0; i < n; i++)
            g->jacobian[i * n + k] = map->out[i];
        if (!isfinite(gf_vector_length(map->out, n)))
            status = gf_error_set(error, GF_DOMAIN,
                                  "the Jacobian of the game is not finite");
    }
    if (!status) {
        measure_dense(g);
        memcpy(copy, g->jacobian, n * n * sizeof *copy);
        status = gf_krylov_dense(&g->values, copy, n, false, error);
    }
    free(copy);
    return status;
}

/* --- by products ------------------------------------------------------------
 */

/* Sums over probes of x_i = |J x|^2 and y_i = |A x|^2. */
typedef struct tally {
    double x, y, xx, yy, xy, count;
} tally;

static void count_probe(tally *t, double x, double y)
{
    t->x += x;
    t->y += y;
    t->xx += x * x;
    t->yy += y * y;
    t->xy += x * y;
    t->count++;
}

/* Means and, to first order, their standard errors. */
static void settle(gf_geometry_game *g, const tally *t)
{
    double n = t->count, x = t->x / n, y = t->y / n;
    double vx = t->xx / n - x * x, vy = t->yy / n - y * y;
    double vxy = t->xy / n - x * y, part = x > 0 ? y / x : NAN;
    double spread = vy - 2 * part * vxy + part * part * vx;

    g->norm = sqrt(x);
    g->norm_error = sqrt(fmax(vx, 0) / n) / (2 * g->norm);
    g->antisymmetric = sqrt(y);
    g->symmetric = sqrt(fmax(x - y, 0));
    g->rotation = sqrt(part);
    g->rotation_error = sqrt(fmax(spread, 0) / n) / x / (2 * g->rotation);
}

static gf_status probe(gf_geometry_game *g, const gf_duel_map *map,
                       size_t probes, uint64_t seed, gf_error *error)
{
    size_t n = g->size;
    gf_operator j = gf_duel_map_game(map), back = gf_duel_map_back(map);
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    double *jx = malloc(n * sizeof *jx);
    tally t = {.count = 0};

    if (random && jx) {
        gsl_rng_set(random, (unsigned long)seed + 1);
        for (size_t p = 0; p < probes; p++) {
            double square = 0;
            for (size_t i = 0; i < n; i++)
                map->in[i] = gsl_ran_gaussian_ziggurat(random, 1);
            j.product(jx, map->in, j.ctx);
            back.product(map->out, map->in, back.ctx);
            for (size_t i = 0; i < n; i++)
                add_square(&square, (jx[i] - map->out[i]) / 2);
            count_probe(&t, gf_vector_dot(jx, jx, n), square);
        }
        settle(g, &t);
    }
    gsl_rng_free(random);
    free(jx);
    return t.count > 0 ? GF_OK
                       : gf_error_set(error, GF_MEMORY, "out of memory");
}

static gf_status find_ends(gf_geometry_game *g, const gf_duel_map *map,
                           const gf_geometry_game_options *options,
                           gf_error *error)
{
    gf_operator j = gf_duel_map_game(map);
    gf_krylov_options how = {.end = GF_KRYLOV_RIGHT,
                             .count =
                                 options->values ? options->values : VALUES,
                             .seed = options->seed};
    gf_status status = gf_krylov_find(&g->values, &j, &how, error);

    how.end = GF_KRYLOV_LARGEST;
    if (!status)
        status = gf_krylov_find(&g->large, &j, &how, error);
    return status;
}

/* The largest and the least eigenvalue of S, each from its own end. */
static gf_status find_push(gf_geometry_game *g, const gf_duel_map *map,
                           gf_error *error)
{
    gf_operator s = gf_duel_map_push(map);
    gf_status status = GF_OK;

    for (int side = 0; side < 2 && !status; side++) {
        gf_krylov_options how = {.is_symmetric = true,
                                 .end = side ? GF_KRYLOV_LEFT : GF_KRYLOV_RIGHT,
                                 .count = 1};
        gf_krylov k;
        gf_krylov_init(&k);
        status = gf_krylov_find(&k, &s, &how, error);
        if (!status)
            g->push[side] = k.re[0];
        gf_krylov_clear(&k);
    }
    return status;
}

/* --- a plane of each player -------------------------------------------------
 */

static gf_status find_plane(gf_geometry_game *g, const gf_duel_map *map,
                            const gf_geometry_slice *kind, gf_error *error)
{
    size_t n = g->size;
    gf_operator j = gf_duel_map_game(map);
    double *way = calloc(WAYS * n, sizeof *way), all = 0, odd = 0;
    gf_status status =
        way ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");

    for (size_t player = 0; !status && player < 2; player++) {
        gf_geometry_slice slice = *kind;
        size_t begin = gf_duel_stretch(map->duel, player).begin;
        slice.player = player;
        status = gf_geometry_slice_find(way + 2 * player * n + begin,
                                        way + (2 * player + 1) * n + begin,
                                        NULL, map->duel, map->z, &slice, error);
    }
    for (size_t k = 0; !status && k < WAYS; k++) {
        j.product(map->out, way + k * n, j.ctx);
        for (size_t i = 0; i < WAYS; i++)
            g->plane[i][k] = gf_vector_dot(way + i * n, map->out, n);
    }
    for (int i = 0; i < WAYS; i++)
        for (int k = 0; k < WAYS; k++) {
            add_square(&all, g->plane[i][k]);
            add_square(&odd, (g->plane[i][k] - g->plane[k][i]) / 2);
        }
    g->plane_rotation = sqrt(odd / all);
    free(way);
    return status;
}

/* --- all -------------------------------------------------------------------
 */

gf_status gf_geometry_game_find(gf_geometry_game *game, gf_duel *duel,
                                const double *z,
                                const gf_geometry_game_options *options,
                                gf_error *error)
{
    static const gf_geometry_game_options usual = {.values = 0};
    size_t most;
    gf_duel_map map;
    gf_status status = gf_duel_map_init(&map, duel, z, GF_CRITIC, error);

    options = options ? options : &usual;
    most = options->dense_most ? options->dense_most : DENSE_MOST;
    most = most < GF_GEOMETRY_DENSE_MAX ? most : GF_GEOMETRY_DENSE_MAX;
    game->size = gf_duel_size(duel);
    game->first = gf_duel_first(duel);
    game->is_dense = game->size <= most;
    if (!status) {
        gf_duel_velocity(map.out, duel, z, 0, game->size);
        game->velocity = gf_vector_length(map.out, game->size);
        status =
            game->is_dense
                ? fill_dense(game, &map, error)
                : probe(game, &map, options->probes ? options->probes : PROBES,
                        options->seed, error);
    }
    if (!status && !game->is_dense)
        status = find_ends(game, &map, options, error);
    if (!status)
        status = find_push(game, &map, error);
    if (!status && options->slice)
        status = find_plane(game, &map, options->slice, error);
    gf_duel_map_clear(&map);
    if (status)
        gf_geometry_game_clear(game);
    return status;
}
