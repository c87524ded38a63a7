/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/tape.h"

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 13, ROOTS = 3 };

/* Points in a block against the same points one by one: the same bits. */
static void check_block(const gf_tape *tape, uint64_t *state)
{
    double in[SHEET_SYMBOLS * BLOCK], out[ROOTS * BLOCK];
    double *work = malloc(gf_tape_slots(tape) * BLOCK * sizeof *work);

    ck_assert_ptr_nonnull(work);
    for (size_t i = 0; i < SHEET_SYMBOLS * BLOCK; i++)
        in[i] = random_between(state, -2, 2);
    in[0] = 0;
    in[1] = NAN;
    in[2] = INFINITY;
    gf_tape_block(out, tape, in, BLOCK, work);
    for (size_t k = 0; k < BLOCK; k++) {
        double at[SHEET_SYMBOLS], one[ROOTS];
        for (size_t i = 0; i < SHEET_SYMBOLS; i++)
            at[i] = in[i * BLOCK + k];
        gf_tape_at(one, tape, at, work);
        for (size_t i = 0; i < ROOTS; i++) {
            double other = out[i * BLOCK + k];
            if (memcmp(&one[i], &other, sizeof other) != 0 &&
                !(isnan(one[i]) && isnan(other)))
                ck_abort_msg("point %zu of the block: %a, not %a", k, other,
                             one[i]);
        }
    }
    free(work);
}

START_TEST(test_a_block_has_the_bits_of_its_points)
{
    uint64_t state = 13;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < (is_long_run() ? 50000 : 200); round++) {
        gf_expr roots[ROOTS];
        gf_tape *tape = NULL;
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 4);
        roots[0] = sheet_read(&s, r.text);
        roots[1] = gf_expr_simplify(s.graph, roots[0]);
        roots[2] = gf_expr_derive(s.graph, roots[0], s.x);
        if (gf_tape_new(&tape, s.graph, roots, ROOTS, s.symbol, SHEET_SYMBOLS,
                        NULL) == GF_OK)
            check_block(tape, &state);
        gf_tape_free(tape);
        sheet_clear(&s);
    }
    random_expr_clear(&r);
}
END_TEST

/* An underflow to 0 changes a sign by a jump. */
static bool is_jump(gf_op op)
{
    return op == GF_OP_SIGN || op == GF_OP_STEP;
}

/* The double lies where the interval of the same operations lies, give or take
   the rounding of libm. */
START_TEST(test_values_of_random_texts_lie_in_their_intervals)
{
    uint64_t state = 14;
    int compared = 0;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < (is_long_run() ? 100000 : 400); round++) {
        gf_interval in[SHEET_SYMBOLS], box;
        double value, width;
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 3);
        gf_expr e = sheet_read(&s, r.text);
        for (size_t i = 0; i < SHEET_SYMBOLS; i++)
            in[i] = gf_interval_point(r.at[i]);
        box = sheet_interval(&s, e, in);
        value = sheet_at(&s, e, r.at);
        width = box.hi - box.lo;
        if (box.defined && isfinite(width) && isfinite(value) &&
            !gf_expr_has_op(s.graph, e, is_jump)) {
            compared++;
            width = 8 * width + 8 * DBL_EPSILON * fabs(value) + 1e-300;
            if (value < box.lo - width || value > box.hi + width)
                ck_abort_msg("%s at %a, %a, %a is %a, outside of [%a, %a]",
                             r.text, r.at[0], r.at[1], r.at[2], value, box.lo,
                             box.hi);
        }
        sheet_clear(&s);
    }
    ck_assert_int_gt(compared, 100);
    random_expr_clear(&r);
}
END_TEST

START_TEST(test_outside_of_a_domain_is_nan)
{
    static const struct {
        const char *text;
        double x;
    } rows[] = {
        {"log(x)", -1},    {"sqrt(x)", -1},         {"x^1.5", -1},
        {"asin(x)", 2},    {"atanh(x)", 2},         {"logit(x)", 2},
        {"log(1 - x)", 2}, {"min(sqrt(x), 1)", -1}, {"step(log(x))", -1},
        {"0/0*x", 1},      {"x*(inf - inf)", 1},
    };
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(isnan(sheet_at(&s, sheet_read(&s, rows[i].text),
                                     (double[]){rows[i].x, 0, 0})),
                      "%s at %g", rows[i].text, rows[i].x);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_known_values)
{
    static const struct {
        const char *text;
        double x, value;
    } rows[] = {
        {"x^0", 0, 1},
        {"0^0", 0, 1},
        {"x^2", -3, 9},
        {"x^-2", 2, 0.25},
        {"x^3", -2, -8},
        {"x^70", -1, 1},
        {"x^100", 2, 0x1p100},
        {"x^-1", 0, INFINITY},
        {"x/4", 3, 0.75},
        {"3 - x", 1, 2},
        {"-x - 1", 1, -2},
        {"1 - 2*x", 3, -5},
        {"-(x + 1)", 1, -2},
        {"abs(x)", -2, 2},
        {"max(x, 1)", -2, 1},
        {"step(x)", 0, 0.5},
        {"pi", 0, 3.141592653589793},
        {"e", 0, 2.718281828459045},
        {"inf", 0, INFINITY},
        {"0.1 + 0.2", 0, 0.3},
        {"2/3*x", 3, 2},
    };
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_close(sheet_at(&s, sheet_read(&s, rows[i].text),
                              (double[]){rows[i].x, 0, 0}),
                     rows[i].value, 0);
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/evaluate", test_a_block_has_the_bits_of_its_points,
                     test_values_of_random_texts_lie_in_their_intervals,
                     test_outside_of_a_domain_is_nan, test_known_values);
}
