/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

gf_stretch gf_duel_stretch(const gf_duel *duel, size_t player)
{
    size_t first = gf_duel_first(duel);

    if (player == GF_CRITIC)
        return (gf_stretch){0, first};
    return (gf_stretch){first, gf_duel_size(duel) - first};
}

gf_status gf_duel_map_init(gf_duel_map *map, gf_duel *duel, const double *z,
                           size_t player, gf_error *error)
{
    size_t size = gf_duel_size(duel);

    *map = (gf_duel_map){.duel = duel,
                         .z = z,
                         .stretch = gf_duel_stretch(duel, player),
                         .player = player,
                         .in = calloc(2 * size, sizeof *map->in)};
    if (!map->in)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    map->out = map->in + size;
    /* the only thing that can fail later */
    return gf_duel_hessian(map->out, duel, player, z, map->in, error);
}

void gf_duel_map_clear(gf_duel_map *map)
{
    free(map->in);
    map->in = NULL;
}

static void give_up(double *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = NAN;
}

static void times_loss(double *out, const double *d, const void *ctx)
{
    const gf_duel_map *map = ctx;
    size_t n = map->stretch.count;

    if (gf_duel_own_hessian(map->out, map->duel, map->player, map->z, d,
                            NULL)) {
        give_up(out, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        out[i] = map->shift * d[i] - map->out[i];
}

gf_operator gf_duel_map_loss(const gf_duel_map *map)
{
    return (gf_operator){map->stretch.count, times_loss, map};
}

static void times_game(double *out, const double *d, const void *ctx)
{
    const gf_duel_map *map = ctx;

    if (gf_duel_product(out, map->duel, map->z, d, NULL))
        give_up(out, gf_duel_size(map->duel));
}

gf_operator gf_duel_map_game(const gf_duel_map *map)
{
    return (gf_operator){gf_duel_size(map->duel), times_game, map};
}

static void times_back(double *out, const double *d, const void *ctx)
{
    const gf_duel_map *map = ctx;

    if (gf_duel_transposed(out, map->duel, map->z, d, NULL))
        give_up(out, gf_duel_size(map->duel));
}

gf_operator gf_duel_map_back(const gf_duel_map *map)
{
    return (gf_operator){gf_duel_size(map->duel), times_back, map};
}

static void times_push(double *out, const double *d, const void *ctx)
{
    const gf_duel_map *map = ctx;

    times_game(out, d, ctx);
    times_back(map->out, d, ctx);
    for (size_t i = 0; i < gf_duel_size(map->duel); i++)
        out[i] = (out[i] + map->out[i]) / 2;
}

gf_operator gf_duel_map_push(const gf_duel_map *map)
{
    return (gf_operator){gf_duel_size(map->duel), times_push, map};
}
