/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/tape.h"

#include "expr/sheet.h"
#include "harness.h"

#include <math.h>
#include <stdlib.h>

START_TEST(test_shared_parts_are_computed_once)
{
    sheet s;
    gf_tape *tape = NULL;
    gf_expr roots[3];

    sheet_init(&s);
    roots[0] = sheet_read(&s, "sin(x*y) + cos(x*y)");
    roots[1] = sheet_read(&s, "sin(x*y)^2");
    roots[2] = roots[0];
    ck_assert_int_eq(gf_tape_new(&tape, s.graph, roots, 3, s.symbol, 2, NULL),
                     GF_OK);
    ck_assert_uint_eq(tape->count, 5); /* * sin cos + ^2 */
    ck_assert_uint_eq(tape->constant_count, 0);
    ck_assert_uint_eq(gf_tape_slots(tape), 7);
    ck_assert_uint_eq(tape->root[0], tape->root[2]);
    gf_tape_free(tape);
    gf_tape_free(NULL);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_constants_are_computed_beforehand)
{
    sheet s;
    gf_tape *tape = NULL;
    gf_expr e;

    sheet_init(&s);
    e = sheet_read(&s, "x + log(2)*sin(1)/exp(3)^2");
    ck_assert_int_eq(gf_tape_new(&tape, s.graph, &e, 1, &s.x, 1, NULL), GF_OK);
    ck_assert_uint_eq(tape->count, 1);
    ck_assert_uint_eq(tape->constant_count, 1);
    assert_close(tape->constant[0].value, log(2) * sin(1) / exp(6), TOL0);
    ck_assert(tape->constant[0].interval.defined);
    ck_assert(tape->constant[0].interval.lo <= tape->constant[0].value);
    ck_assert(tape->constant[0].interval.hi >= tape->constant[0].value);
    gf_tape_free(tape);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_roots_may_be_inputs_and_constants)
{
    sheet s;
    gf_tape *tape = NULL;
    gf_expr roots[3];
    double out[3], work[8], in[2] = {5, 7};

    sheet_init(&s);
    roots[0] = s.y;
    roots[1] = sheet_read(&s, "0.5");
    roots[2] = s.x;
    ck_assert_int_eq(gf_tape_new(&tape, s.graph, roots, 3, s.symbol, 2, NULL),
                     GF_OK);
    gf_tape_at(out, tape, in, work);
    ck_assert(out[0] == 7 && out[1] == 0.5 && out[2] == 5);
    gf_tape_free(tape);
    ck_assert_int_eq(gf_tape_new(&tape, s.graph, roots + 1, 1, NULL, 0, NULL),
                     GF_OK);
    gf_tape_at(out, tape, NULL, work);
    ck_assert(out[0] == 0.5);
    gf_tape_free(tape);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_a_foreign_symbol_is_named)
{
    sheet s;
    gf_tape *tape = NULL;
    gf_error error;
    gf_expr e;

    sheet_init(&s);
    e = sheet_read(&s, "x + y");
    ck_assert_int_eq(gf_tape_new(&tape, s.graph, &e, 1, &s.x, 1, &error),
                     GF_NAME);
    ck_assert_ptr_null(tape);
    ck_assert_str_eq(error.message, "'y' has no value");
    sheet_clear(&s);
}
END_TEST

START_TEST(test_a_failed_graph_has_no_tape)
{
    sheet s;
    gf_tape *tape = NULL;
    gf_error error;

    sheet_init(&s);
    gf_expr_number(s.graph, INFINITY);
    ck_assert_int_eq(gf_tape_new(&tape, s.graph, &s.x, 1, &s.x, 1, &error),
                     GF_ARGUMENT);
    ck_assert_ptr_null(tape);
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/tape", test_shared_parts_are_computed_once,
                     test_constants_are_computed_beforehand,
                     test_roots_may_be_inputs_and_constants,
                     test_a_foreign_symbol_is_named,
                     test_a_failed_graph_has_no_tape);
}
