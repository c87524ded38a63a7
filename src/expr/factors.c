/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/factors.h"

#include <stdlib.h>

#include "expr/decimal.h"

static void split_number(gf_factors *f, const fmpq_t c)
{
    fmpz *den = fmpq_denref(f->denominator);

    fmpq_abs(f->numerator, c);
    f->negative = fmpq_sgn(c) < 0;
    if (!fmpz_is_one(fmpq_denref(c)) && gf_is_fraction(c)) {
        fmpz_one(den);
        fmpz_set(fmpq_numref(f->denominator), fmpq_denref(c));
        fmpz_one(fmpq_denref(f->numerator));
        f->show_denominator = true;
    }
    f->show_numerator = !fmpq_is_one(f->numerator);
}

static void add_factor(gf_factors *f, const gf_graph *graph, gf_expr e)
{
    gf_factor *factor = &f->factor[f->count++];

    fmpq_init(&factor->exponent);
    factor->below = false;
    factor->whole = gf_op_of(graph, e) != GF_OP_POW ||
                    !gf_is_number(graph, gf_arg(graph, e, 1));
    factor->base = e;
    if (factor->whole) {
        fmpq_one(&factor->exponent);
        return;
    }
    factor->base = gf_arg(graph, e, 0);
    fmpq_set(&factor->exponent, gf_number_of(graph, gf_arg(graph, e, 1)));
    factor->below = fmpq_sgn(&factor->exponent) < 0;
    fmpq_abs(&factor->exponent, &factor->exponent);
}

bool gf_factors_of(gf_factors *f, const gf_graph *graph, gf_expr e)
{
    bool product = gf_op_of(graph, e) == GF_OP_MUL;
    size_t count = product ? gf_arg_count(graph, e) : 1;

    f->negative = f->show_numerator = f->show_denominator = false;
    f->count = 0;
    f->factor = malloc(count * sizeof *f->factor);
    if (!f->factor)
        return false;
    fmpq_init(f->numerator);
    fmpq_init(f->denominator);
    for (size_t i = 0; i < count; i++) {
        gf_expr arg = product ? gf_arg(graph, e, i) : e;
        if (i == 0 && product && gf_is_number(graph, arg))
            split_number(f, gf_number_of(graph, arg));
        else
            add_factor(f, graph, arg);
    }
    return true;
}

void gf_factors_clear(gf_factors *f)
{
    for (size_t i = 0; i < f->count; i++)
        fmpq_clear(&f->factor[i].exponent);
    free(f->factor);
    fmpq_clear(f->numerator);
    fmpq_clear(f->denominator);
}
