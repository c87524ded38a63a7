/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/linear.h"

#include <math.h>

gf_status gf_linear_check(const gf_linear *game, gf_error *error)
{
    const char *trouble = NULL;
    bool is_finite = true;

    for (size_t i = 0; i < game->size * game->size; i++)
        is_finite = is_finite && isfinite(game->jacobian[i]);
    if (game->size == 0)
        trouble = "the game has no numbers";
    else if (game->first > game->size)
        trouble = "the critic has more numbers than there are";
    else if (!is_finite)
        trouble = "the Jacobian has an entry that is not finite";
    else if (!(game->speed[0] > 0 && game->speed[1] > 0) ||
             !isfinite(game->speed[0]) || !isfinite(game->speed[1]))
        trouble = "the speeds must be > 0";
    return trouble ? gf_error_set(error, GF_ARGUMENT, "%s", trouble) : GF_OK;
}

static void fill(gf_linear_game *out, const gf_linear *game)
{
    size_t n = game->size;

    gf_linear_game_init(out, n, game->first, game->critic_second);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            gf_rational_of(fmpq_mat_entry(out->jacobian, (slong)i, (slong)j),
                           game->jacobian[i * n + j]);
    for (size_t i = 0; i < 2; i++)
        gf_rational_of(out->speed[i], game->speed[i]);
    if (!game->metric)
        return;
    out->metric = flint_malloc(n * sizeof *out->metric);
    for (size_t i = 0; i < n; i++) {
        fmpq_init(&out->metric[i]);
        gf_rational_of(&out->metric[i], game->metric[i]);
    }
}

gf_status gf_linear_poly(gf_multiplier_poly *p, const gf_linear *game,
                         const gf_optimizer *optimizer, gf_order order,
                         size_t critic_steps, gf_error *error)
{
    gf_linear_game exact;

    gf_status status = gf_linear_check(game, error);
    if (status)
        return status;
    fill(&exact, game);
    status = gf_multiplier_poly_make(p, &exact, optimizer, order, critic_steps,
                                     error);
    gf_linear_game_clear(&exact);
    return status;
}

void gf_linear_of_point(gf_linear *game, double jacobian[4], double metric[2],
                        const gf_field *field, const gf_rest_point *point)
{
    const gf_mat2 j = point->spectrum.jacobian;
    double a = field->speed[0], b = field->speed[1];
    double first = field->critic == 0 ? a : b;
    double second = field->critic == 0 ? b : a;
    bool is_probability = field->kind == GF_POINTWISE && !field->link &&
                          field->domain[0].lo == 0 && field->domain[0].hi == 1;

    jacobian[0] = j.xx / first;
    jacobian[1] = j.xy / first;
    jacobian[2] = j.yx / second;
    jacobian[3] = j.yy / second;
    metric[0] = point->at.x * (1 - point->at.x);
    metric[1] = point->at.y;
    *game = (gf_linear){.size = 2,
                        .first = 1,
                        .critic_second = field->critic == 1,
                        .jacobian = jacobian,
                        .speed = {a, b},
                        .metric = is_probability ? metric : NULL};
}
