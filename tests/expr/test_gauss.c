/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/expr.h>

#include "expr/sheet.h"
#include "harness.h"

#include <math.h>
#include <string.h>

static double value_of(sheet *s, const char *text)
{
    return gf_expr_value(s->graph, sheet_read(s, text));
}

START_TEST(test_moments_are_exact)
{
    sheet s;

    sheet_init(&s);
    sheet_let(&s, "one(t) = 1");
    sheet_let(&s, "id(t) = t");
    sheet_let(&s, "square(t) = t^2");
    sheet_let(&s, "fourth(t) = t^4");
    ck_assert_str_eq(sheet_text(&s, sheet_simple(&s, "gauss(one, x, y)")), "1");
    ck_assert_str_eq(sheet_text(&s, sheet_simple(&s, "gauss(id, x, y)")), "x");
    ck_assert_str_eq(sheet_text(&s, sheet_simple(&s, "gauss(sin, 0, y)")), "0");
    assert_close(value_of(&s, "gauss(square, 3, 2)"), 13, TOL1);
    assert_close(value_of(&s, "gauss(fourth, 0, 1)"), 3, TOL1);
    assert_close(value_of(&s, "gauss(square, 3, 0)"), 9, TOL0);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_closed_forms_are_met)
{
    sheet s;

    sheet_init(&s);
    assert_close(value_of(&s, "gauss(exp, 0.5, 1)"), exp(1), TOL3);
    assert_close(value_of(&s, "gauss(cos, 1, 0.5)"), cos(1) * exp(-0.125),
                 TOL3);
    sheet_let(&s, "bell(t) = exp(-t^2/2)");
    assert_close(value_of(&s, "gauss(bell, 0, 1)"), 1 / sqrt(2), TOL3);
    /* E sigmoid is 1/2 by symmetry */
    assert_close(value_of(&s, "gauss(sigmoid, 0, 2)"), 0.5, TOL1);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_it_differentiates_like_an_expectation)
{
    sheet s;
    gf_expr e, slope;
    double at[3] = {0.3, 0.7, 0};

    sheet_init(&s);
    sheet_let(&s, "f(t) = softplus(2*t)*t");
    e = sheet_read(&s, "gauss(f, x, y)");
    slope = gf_expr_derive(s.graph, e, s.x);
    assert_close(sheet_at(&s, slope, at),
                 sheet_at(&s, sheet_read(&s, "gauss(f', x, y)"), at), TOL2);
    /* d/ds E f(m + s xi) = s E f''(m + s xi) */
    slope = gf_expr_derive(s.graph, e, s.y);
    assert_close(sheet_at(&s, slope, at),
                 0.7 * sheet_at(&s, sheet_read(&s, "gauss(f'', x, y)"), at),
                 1e-7);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_names_and_primes_of_its_function)
{
    sheet s;

    sheet_init(&s);
    sheet_let(&s, "f(t) = t^3");
    assert_close(value_of(&s, "gauss(f', 0, 2)"), 12, TOL1);
    assert_close(value_of(&s, "gauss( f'' , 1, 2 )"), 6, TOL1);
    assert_close(value_of(&s, "gauss(sin', 0, 1)"), exp(-0.5), TOL1);
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/gauss", test_moments_are_exact,
                     test_closed_forms_are_met,
                     test_it_differentiates_like_an_expectation,
                     test_names_and_primes_of_its_function);
}
