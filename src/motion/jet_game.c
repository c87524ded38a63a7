/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The derivatives of a planar field up to the third, at a point. */
#include "motion/jet.h"

#include <stdlib.h>

enum { BY_TWO = 3, BY_THREE = 4, ROOTS = 2 * (BY_TWO + BY_THREE) };

/* v_i by x^(n-k) y^k */
static gf_expr derive(const gf_field *field, size_t i, size_t n, size_t k)
{
    gf_expr e = gf_field_bind(field, field->velocity[i]);

    for (size_t m = 0; m < n; m++)
        e = gf_expr_derive(field->graph, e, field->axis[m < n - k ? 0 : 1]);
    return e;
}

static void spread(gf_jet_game *out, const double *value, const gf_field *field)
{
    for (size_t i = 0; i < 2; i++) {
        const double *two = value + i * (BY_TWO + BY_THREE);
        double speed = field->speed[i == field->critic ? 0 : 1];
        for (size_t n = 0; n < 8; n++) {
            size_t j = n & 1, k = n >> 1 & 1, l = n >> 2;
            out->second[i][j][k] = two[j + k] / speed;
            out->third[i][j][k][l] = two[BY_TWO + j + k + l] / speed;
        }
    }
}

gf_status gf_jet_game_make(gf_jet_game *out, const gf_field *field, gf_vec2 at,
                           gf_error *error)
{
    gf_mat2 j = gf_field_jacobian(at, field);
    const double a = field->speed[field->critic == 0 ? 0 : 1];
    const double b = field->speed[field->critic == 0 ? 1 : 0];
    const double in[2] = {at.x, at.y};
    gf_expr root[ROOTS];
    double value[ROOTS];
    gf_tape *tape = NULL;
    size_t count = 0;

    *out = (gf_jet_game){.at = at,
                         .critic_second = field->critic == 1,
                         .first = {{j.xx / a, j.xy / a}, {j.yx / b, j.yy / b}}};
    for (size_t i = 0; i < 2; i++)
        for (size_t n = 2; n <= 3; n++)
            for (size_t k = 0; k <= n; k++)
                root[count++] = derive(field, i, n, k);
    gf_status status = gf_graph_check(field->graph, error);
    if (!status)
        status = gf_tape_new(&tape, field->graph, root, ROOTS, field->axis, 2,
                             error);
    if (status)
        return status;
    double *work = calloc(gf_tape_slots(tape) + 1, sizeof *work);
    if (work) {
        gf_tape_at(value, tape, in, work);
        spread(out, value, field);
    } else {
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    }
    free(work);
    gf_tape_free(tape);
    return status;
}
