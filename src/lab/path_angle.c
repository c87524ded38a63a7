/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/path_angle.h>

#include <math.h>
#include <stdlib.h>

static double dot(const double *x, const double *y, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

static void look(gf_path_point *out, double *z, double *v, const double *way,
                 const gf_game *game)
{
    double length = sqrt(dot(way, way, game->size));

    game->velocity(v, z, 0, game->size, game->ctx);
    out->norm = sqrt(dot(v, v, game->size));
    out->cosine =
        out->norm > 0 ? dot(v, way, game->size) / (out->norm * length) : NAN;
}

gf_status gf_path_angle(gf_path_point *out, size_t count, const gf_range *range,
                        const double *from, const double *to,
                        const gf_game *game, gf_error *error)
{
    size_t n = game->size;
    double *room;

    if (count < 2)
        return gf_error_set(error, GF_ARGUMENT,
                            "a path needs two points or more");
    room = malloc(3 * n * sizeof *room);
    if (!room)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    double *way = room, *z = room + n, *v = room + 2 * n;
    for (size_t i = 0; i < n; i++)
        way[i] = to[i] - from[i];
    if (!(dot(way, way, n) > 0)) {
        free(room);
        return gf_error_set(error, GF_ARGUMENT,
                            "the run ends where it starts: there is no path");
    }
    for (size_t k = 0; k < count; k++) {
        double part = range->lo +
                      (range->hi - range->lo) * (double)k / (double)(count - 1);
        out[k].part = part;
        for (size_t i = 0; i < n; i++)
            z[i] = from[i] + part * way[i];
        look(&out[k], z, v, way, game);
    }
    free(room);
    return GF_OK;
}
