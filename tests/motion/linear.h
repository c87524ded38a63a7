/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linear game v = J z of one number a player, and movers. */
#ifndef GF_TESTS_MOTION_LINEAR_H
#define GF_TESTS_MOTION_LINEAR_H

#include <ganfield/game.h>

#include "harness.h"

static const double matrix[2][2] = {{-0.7, -1.3}, {0.9, 0.2}};

static inline void velocity(double *v, const double *z, size_t begin,
                            size_t end, const void *ctx)
{
    (void)ctx;
    for (size_t i = begin; i < end; i++)
        v[i] = matrix[i][0] * z[0] + matrix[i][1] * z[1];
}

static inline void product(double *out, const double *z, const double *d,
                           const void *ctx)
{
    (void)z;
    velocity(out, d, 0, 2, ctx);
}

static inline void transposed(double *out, const double *z, const double *d,
                              const void *ctx)
{
    (void)z, (void)ctx;
    for (size_t i = 0; i < 2; i++)
        out[i] = matrix[0][i] * d[0] + matrix[1][i] * d[1];
}

static const gf_game plain = {.size = 2,
                              .first = 1,
                              .velocity = velocity,
                              .product = product,
                              .transposed = transposed};

/* A mover of it, by a rule; to be freed. */
static inline gf_mover *mover(const gf_game *game, const char *text,
                              gf_order order)
{
    gf_error error = {.status = GF_OK};
    gf_optimizer optimizer;
    gf_mover *m;

    ck_assert_int_eq(gf_optimizer_parse(&optimizer, text, &error), GF_OK);
    gf_status status = gf_mover_new(&m, game, &optimizer, order, 1, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", text, error.message);
    return m;
}

static const double H[2] = {0.2, 0.05}; /* steps */

#endif
