/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readings of a tape: doubles at a point and over a block, intervals. */
#include <math.h>
#include <string.h>

#include "expr/ops.h"
#include "expr/tape.h"

static double powi(double x, uint32_t n)
{
    double r = 1;

    for (;; x *= x) {
        if (n & 1)
            r *= x;
        n >>= 1;
        if (!n)
            return r;
    }
}

static double apply(const gf_instruction *code, double a, double b)
{
    switch (code->op) {
    case GF_OP_ADD:
        return a + b;
    case GF_OP_SUB:
        return a - b;
    case GF_OP_MUL:
        return a * b;
    case GF_OP_DIV:
        return a / b;
    case GF_OP_NEG:
        return -a;
    case GF_OP_SQUARE:
        return a * a;
    case GF_OP_POWI:
        return powi(a, code->b);
    case GF_OP_POW:
    case GF_OP_MIN:
    case GF_OP_MAX:
        return gf_op_row_of(code->op)->value2(a, b);
    default:
        return gf_op_row_of(code->op)->value(a);
    }
}

static bool is_binary(gf_op op)
{
    return op == GF_OP_ADD || op == GF_OP_SUB || op == GF_OP_MUL ||
           op == GF_OP_DIV || op == GF_OP_POW || op == GF_OP_MIN ||
           op == GF_OP_MAX;
}

void gf_tape_at(double *out, const gf_tape *tape, const double *in,
                double *work)
{
    double *result = work;

    for (size_t i = 0; i < tape->input_count; i++)
        *result++ = in[i];
    for (size_t i = 0; i < tape->constant_count; i++)
        *result++ = tape->constant[i].value;
    for (size_t i = 0; i < tape->count; i++) {
        const gf_instruction *code = &tape->code[i];
        *result++ =
            apply(code, work[code->a], is_binary(code->op) ? work[code->b] : 0);
    }
    for (size_t i = 0; i < tape->root_count; i++)
        out[i] = work[tape->root[i]];
}

static void apply_block(double *out, const gf_instruction *code,
                        const double *a, const double *b, size_t n)
{
    const gf_op_row *row = gf_op_row_of(code->op);

    switch (code->op) {
    case GF_OP_ADD:
        for (size_t k = 0; k < n; k++)
            out[k] = a[k] + b[k];
        return;
    case GF_OP_SUB:
        for (size_t k = 0; k < n; k++)
            out[k] = a[k] - b[k];
        return;
    case GF_OP_MUL:
        for (size_t k = 0; k < n; k++)
            out[k] = a[k] * b[k];
        return;
    case GF_OP_DIV:
        for (size_t k = 0; k < n; k++)
            out[k] = a[k] / b[k];
        return;
    default:
        for (size_t k = 0; k < n; k++)
            out[k] =
                row->value ? row->value(a[k]) : apply(code, a[k], b ? b[k] : 0);
    }
}

void gf_tape_block(double *out, const gf_tape *tape, const double *in,
                   size_t block, double *work)
{
    double *result = work;

    for (size_t i = 0; i < tape->input_count; i++, result += block)
        memcpy(result, in + i * block, block * sizeof *result);
    for (size_t i = 0; i < tape->constant_count; i++, result += block)
        for (size_t k = 0; k < block; k++)
            result[k] = tape->constant[i].value;
    for (size_t i = 0; i < tape->count; i++, result += block) {
        const gf_instruction *code = &tape->code[i];
        apply_block(result, code, work + code->a * block,
                    is_binary(code->op) ? work + code->b * block : NULL, block);
    }
    for (size_t i = 0; i < tape->root_count; i++)
        memcpy(out + i * block, work + tape->root[i] * block,
               block * sizeof *out);
}

static gf_interval op_interval2(gf_op op, gf_interval a, gf_interval b)
{
    switch (op) {
    case GF_OP_ADD:
        return gf_interval_add(a, b);
    case GF_OP_SUB:
        return gf_interval_sub(a, b);
    case GF_OP_MUL:
        return gf_interval_mul(a, b);
    case GF_OP_DIV:
        return gf_interval_div(a, b);
    case GF_OP_POW:
        return gf_interval_pow(a, b);
    case GF_OP_MIN:
        return gf_interval_min(a, b);
    default:
        return gf_interval_max(a, b);
    }
}

void gf_tape_interval(gf_interval *out, const gf_tape *tape,
                      const gf_interval *in, gf_interval *work)
{
    gf_interval *result = work;

    for (size_t i = 0; i < tape->input_count; i++)
        *result++ = in[i];
    for (size_t i = 0; i < tape->constant_count; i++)
        *result++ = tape->constant[i].interval;
    for (size_t i = 0; i < tape->count; i++) {
        const gf_instruction *code = &tape->code[i];
        gf_interval a = work[code->a], r;
        if (is_binary(code->op))
            r = op_interval2(code->op, a, work[code->b]);
        else if (code->op == GF_OP_NEG)
            r = gf_interval_neg(a);
        else if (code->op == GF_OP_SQUARE)
            r = gf_interval_powi(a, 2);
        else if (code->op == GF_OP_POWI)
            r = gf_interval_powi(a, (long)code->b);
        else
            r = gf_op_interval(gf_op_row_of(code->op), a);
        *result++ = isnan(r.lo) || isnan(r.hi) ? gf_interval_whole(false) : r;
    }
    for (size_t i = 0; i < tape->root_count; i++)
        out[i] = work[tape->root[i]];
}
