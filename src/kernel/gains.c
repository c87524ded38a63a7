/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/gains.h"

#include "kernel/lanes/vectors.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCK = 64 };

/* Is e a logistic function of x or of -x, or its negative? The derivatives of
   logarithms of a probability by its logit are. */
static gf_gain_form form_of(gf_graph *graph, gf_expr e, gf_expr x)
{
    for (int turn = 1; turn >= -1; turn -= 2) {
        gf_expr at = turn > 0 ? x : gf_expr_negative(graph, x);
        gf_expr s = gf_expr_call(graph, "sigmoid", at);
        if (e == s)
            return (gf_gain_form){turn, 1};
        if (e == gf_expr_negative(graph, s))
            return (gf_gain_form){turn, -1};
    }
    return (gf_gain_form){0, 0};
}

gf_status gf_gains_init(gf_gains *gains, const gf_field *field, gf_error *error)
{
    gf_expr x = field->axis[0];
    size_t slots = 0;

    *gains = (gf_gains){.domain = field->domain[0]};
    if (field->kind != GF_POINTWISE)
        return gf_error_set(error, GF_DOMAIN,
                            "%s is a planar field; nets play a pointwise one, "
                            "of f1, f2 and f3",
                            field->name);
    for (size_t i = 0; i < GF_GAINS; i++) {
        gf_expr e = gf_field_bind(field, field->f[i]);
        for (size_t k = 0; k < GF_GAIN_ORDERS; k++) {
            gf_tape **tape = &gains->tape[i][k];
            gf_status status =
                gf_tape_new(tape, field->graph, &e, 1, &x, 1, error);
            if (status)
                return status;
            gains->form[i][k] = form_of(field->graph, e, x);
            if (gf_tape_slots(*tape) > slots)
                slots = gf_tape_slots(*tape);
            e = gf_expr_derive(field->graph, e, x);
        }
    }
    gains->work = malloc(slots * BLOCK * sizeof *gains->work);
    return gains->work ? GF_OK
                       : gf_error_set(error, GF_MEMORY, "out of memory");
}

void gf_gains_clear(gf_gains *gains)
{
    for (size_t i = 0; i < GF_GAINS; i++)
        for (size_t k = 0; k < GF_GAIN_ORDERS; k++)
            gf_tape_free(gains->tape[i][k]);
    free(gains->work);
}

static void run_form(double *out, gf_gain_form form, const double *x,
                     size_t count)
{
    double at[BLOCK], slope[BLOCK];

    for (size_t i = 0; i < count; i++)
        at[i] = form.turn * x[i];
    gf_vectors_best()->sigmoid(out, slope, at, count, 0);
    for (size_t i = 0; i < count; i++)
        out[i] *= form.factor;
}

void gf_gains_at(double *out, const gf_gains *gains, size_t which, size_t order,
                 const double *x, size_t count, double factor)
{
    for (size_t from = 0; from < count; from += BLOCK) {
        size_t n = count - from < BLOCK ? count - from : BLOCK;
        gf_gain_form form = gains->form[which][order];
        if (form.turn != 0)
            run_form(out + from, form, x + from, n);
        else
            gf_tape_block(out + from, gains->tape[which][order], x + from, n,
                          gains->work);
        for (size_t i = from; i < from + n; i++)
            out[i] = gf_range_has(gains->domain, x[i]) ? factor * out[i] : NAN;
    }
}
