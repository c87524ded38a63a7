/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The game of a planar field. */
#include <ganfield/game.h>

/* The speed of a coordinate. */
static double speed_of(const gf_field *field, size_t i)
{
    return field->speed[i == field->critic ? 0 : 1];
}

static void velocity(double *out, const double *z, size_t begin, size_t end,
                     const void *ctx)
{
    const gf_field *field = ctx;
    gf_vec2 v = gf_field_at((gf_vec2){z[0], z[1]}, field);
    const double both[2] = {v.x, v.y};

    for (size_t i = begin; i < end; i++)
        out[i] = both[i] / speed_of(field, i);
}

static void product(double *out, const double *z, const double *d,
                    const void *ctx)
{
    gf_mat2 j = gf_field_jacobian((gf_vec2){z[0], z[1]}, ctx);

    out[0] = (j.xx * d[0] + j.xy * d[1]) / speed_of(ctx, 0);
    out[1] = (j.yx * d[0] + j.yy * d[1]) / speed_of(ctx, 1);
}

static void transposed(double *out, const double *z, const double *d,
                       const void *ctx)
{
    gf_mat2 j = gf_field_jacobian((gf_vec2){z[0], z[1]}, ctx);
    double x = d[0] / speed_of(ctx, 0), y = d[1] / speed_of(ctx, 1);

    out[0] = j.xx * x + j.yx * y;
    out[1] = j.xy * x + j.yy * y;
}

/* D (1 - D) and p_g [amari1998]. */
static void metric(double *out, const double *z, const void *ctx)
{
    (void)ctx;
    out[0] = z[0] * (1 - z[0]);
    out[1] = z[1];
}

gf_game gf_game_of_field(const gf_field *field)
{
    gf_game game = {
        .size = 2,
        .first = 1,
        .critic_second = field->critic == 1,
        .velocity = velocity,
        .product = product,
        .transposed = transposed,
        .ctx = field,
    };
    bool is_probability = field->kind == GF_POINTWISE && !field->link &&
                          field->domain[0].lo == 0 && field->domain[0].hi == 1;

    if (is_probability)
        game.metric = metric;
    return game;
}
