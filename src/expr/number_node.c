/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A double as a node: the shortest decimal that reads back to it. */
#include "expr/node.h"

#include <math.h>

#include "base/number.h"
#include "expr/decimal.h"

gf_expr gf_expr_number(gf_graph *graph, double value)
{
    char text[GF_NUMBER_SIZE];
    bool in_range;
    fmpq_t q;
    gf_expr e;

    if (!isfinite(value))
        return gf_fail(graph, GF_ARGUMENT);
    gf_number_write(text, fabs(value));
    fmpq_init(q);
    gf_decimal_read(q, text, &in_range);
    if (value < 0)
        fmpq_neg(q, q);
    e = gf_number_q(graph, q);
    fmpq_clear(q);
    return e;
}
