/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/expr.h>

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <stdlib.h>
#include <string.h>

typedef struct row {
    const char *text, *simple;
} row;

static void check_rows(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sheet s;
        sheet_init(&s);
        ck_assert_msg(strcmp(sheet_text(&s, sheet_simple(&s, rows[i].text)),
                             rows[i].simple) == 0,
                      "%s becomes %s, not %s", rows[i].text, s.text,
                      rows[i].simple);
        sheet_clear(&s);
    }
}

#define CHECK_ROWS(...)                                                        \
    check_rows((const row[]){__VA_ARGS__},                                     \
               sizeof((const row[]){__VA_ARGS__}) / sizeof(row))

START_TEST(test_sums)
{
    CHECK_ROWS({"x + x", "2*x"}, {"x - x", "0"}, {"2*x + 3*x - x", "4*x"},
               {"x*y + y*x", "2*x*y"}, {"1 + x", "x + 1"}, {"-x + 1", "1 - x"},
               {"-x - 1", "-x - 1"}, {"y + x + 1 + pi", "x + y + pi + 1"},
               {"x^2 + x + x^3", "x^3 + x^2 + x"}, {"2*(x + y)", "2*x + 2*y"},
               {"-(x - y)", "y - x"}, {"1/3 + 1/6", "0.5"},
               {"1 - sigmoid(x)", "sigmoid(-x)"}, {"0.1 + 0.2", "0.3"},
               {"inf - inf", "inf - inf"}, {"x + inf", "x + inf"},
               {"sqrt(2)*x - 2*x/sqrt(2)", "0"},
               {"exp(-x^2) + exp(-x^2)", "2*exp(-x^2)"});
}
END_TEST

START_TEST(test_products)
{
    CHECK_ROWS({"x*x", "x^2"}, {"x/x", "1"}, {"x^2/x", "x"}, {"y*x*y", "x*y^2"},
               {"0*x", "0"}, {"2*x*(y + 1)*3", "6*x*(y + 1)"},
               {"(x - y)*(y - x)", "-(x - y)^2"}, {"(x - y)/(y - x)", "-1"},
               {"(1 - x)^2*(x - 1)", "-(1 - x)^3"}, {"1/(1/x)", "x"},
               {"exp(x)*exp(y)", "exp(x + y)"}, {"exp(x)/exp(x)", "1"},
               {"e*exp(2)", "exp(3)"}, {"x/0", "1/0"},
               {"exp(x)*exp(2*log(y))", "y^2*exp(x)"});
}
END_TEST

START_TEST(test_powers)
{
    CHECK_ROWS({"x^0", "1"}, {"1^x", "1"}, {"(x^2)^3", "x^6"},
               {"exp(x)^2", "exp(2*x)"}, {"sqrt(x)*x", "x^1.5"},
               {"sqrt(x)^3", "x^1.5"}, {"sqrt(sqrt(x))", "x^0.25"},
               {"x^(1/3)*x^(1/6)", "sqrt(x)"}, {"(x*y)^2/y", "x^2*y"},
               {"sqrt(1 + x^2)^2", "x^2 + 1"}, {"sqrt(exp(x))", "exp(x/2)"},
               {"abs(x)^2", "x^2"}, {"cbrt(x)^3*x", "x^2"}, {"(-x)^3", "-x^3"},
               {"(-x)^2", "x^2"});
}
END_TEST

/* What may not be done, for it holds on a part of the reals only. */
START_TEST(test_domains_are_kept)
{
    CHECK_ROWS({"sqrt(x)*sqrt(x)", "sqrt(x)^2"}, {"sqrt(x)^4", "sqrt(x)^4"},
               {"sqrt(x)/sqrt(x)", "sqrt(x)^2/x"}, {"sqrt(x^2)", "sqrt(x^2)"},
               {"(x^2)^1.5", "(x^2)^1.5"}, {"sqrt(x*y)", "sqrt(x*y)"},
               {"(x^2)^y", "(x^2)^y"}, {"log(x^2)", "log(x^2)"},
               {"log(x*y)", "log(x*y)"}, {"atan(tan(x))", "atan(tan(x))"},
               {"abs(x)", "abs(x)"}, {"acos(cos(x))", "acos(cos(x))"},
               {"x^(1/3)*x^(2/3)", "sqrt(x)^2"});
}
END_TEST

START_TEST(test_roots_of_numbers)
{
    CHECK_ROWS({"sqrt(4)", "2"}, {"sqrt(8)", "2*sqrt(2)"}, {"8^(1/3)", "2"},
               {"sqrt(2)*sqrt(3)", "sqrt(6)"}, {"sqrt(2)*sqrt(6)", "2*sqrt(3)"},
               {"2/sqrt(2)", "sqrt(2)"}, {"sqrt(2)/2", "1/sqrt(2)"},
               {"(1/sqrt(pi))^2", "1/pi"}, {"sqrt(2)*sqrt(pi)", "sqrt(2*pi)"},
               {"0.001*sqrt(2)", "0.001*sqrt(2)"}, {"sqrt(0.5)", "1/sqrt(2)"},
               {"sqrt(-4)", "sqrt(-4)"}, {"2^1.5", "2*sqrt(2)"},
               {"sqrt(1/9)", "1/3"}, {"4^-0.5", "0.5"}, {"sqrt(0)", "0"});
}
END_TEST

START_TEST(test_logistic_functions)
{
    CHECK_ROWS({"1/(1 + exp(-x))", "sigmoid(x)"},
               {"exp(x)/(1 + exp(x))", "sigmoid(x)"},
               {"exp(x)/(1 + exp(x))^2", "sigmoid(x)*sigmoid(-x)"},
               {"exp(x)*sigmoid(-x)^2", "sigmoid(x)*sigmoid(-x)"},
               {"exp(-2*x)*sigmoid(x)^3", "sigmoid(x)*sigmoid(-x)^2"},
               {"exp(y - x)*sigmoid(x)", "exp(y)*sigmoid(-x)"},
               {"sigmoid(x)/sigmoid(-x)", "exp(x)"},
               {"sigmoid(-x)^2/sigmoid(x)^3", "exp(-2*x)/sigmoid(x)"},
               {"log(sigmoid(x))", "-softplus(-x)"},
               {"log(1 - sigmoid(x))", "-softplus(x)"},
               {"log(1 + exp(x))", "softplus(x)"},
               {"exp(-softplus(x))", "sigmoid(-x)"}, {"sigmoid(logit(x))", "x"},
               {"logit(sigmoid(x))", "x"}, {"logit(0.5)", "0"});
}
END_TEST

START_TEST(test_functions)
{
    CHECK_ROWS({"log(exp(x))", "x"}, {"exp(log(x))", "x"},
               {"exp(2*log(x))", "x^2"}, {"tan(atan(x))", "x"},
               {"tanh(atanh(x))", "x"}, {"sin(-x)", "-sin(x)"},
               {"cos(y - x)", "cos(y - x)"}, {"cosh(-x)", "cosh(x)"},
               {"erf(-x)", "-erf(x)"}, {"abs(-x)", "abs(x)"}, {"log(1)", "0"},
               {"log(e)", "1"}, {"log(0.125)", "-3*log(2)"},
               {"log(1024)", "10*log(2)"}, {"log(0.3)", "log(0.3)"},
               {"sigmoid(0)", "0.5"}, {"softplus(0)", "log(2)"},
               {"sin(0)", "0"}, {"cos(0)", "1"}, {"erfc(0)", "1"},
               {"min(x, x)", "x"}, {"max(1/3, 0.3)", "1/3"}, {"min(2, 3)", "2"},
               {"sign(-2)", "-1"}, {"step(0)", "0.5"}, {"abs(-3)", "3"},
               {"sin(-inf - x)", "-sin(inf + x)"},
               {"sin((-x - y)*z)", "sin(z*(-x - y))"});
}
END_TEST

/* Raw and simplified, in balls at the same point. */
START_TEST(test_random_expressions_keep_their_values)
{
    uint64_t state = 4;
    int rounds = is_long_run() ? 200000 : 600, compared = 0;
    random_expr r;
    arb_t simple;

    random_expr_init(&r);
    arb_init(simple);
    for (int round = 0; round < rounds; round++) {
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 2 + round % 4);
        gf_expr e = sheet_simple(&s, r.text);
        sheet_ball(simple, &s, e, r.at);
        if (arb_is_finite(simple) && arb_is_finite(r.value)) {
            compared++;
            if (!arb_overlaps(simple, r.value))
                ck_abort_msg("%s at %a, %a, %a is not %s", r.text, r.at[0],
                             r.at[1], r.at[2], sheet_text(&s, e));
        }
        sheet_clear(&s);
    }
    ck_assert_int_gt(compared, rounds / 2);
    arb_clear(simple);
    random_expr_clear(&r);
}
END_TEST

/* In a graph that knows nothing of it, a simplified text stays as it is. */
START_TEST(test_random_expressions_are_simple_at_once)
{
    uint64_t state = 5;
    int rounds = is_long_run() ? 200000 : 600, other = 0;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < rounds; round++) {
        sheet s, fresh;
        sheet_init(&s);
        sheet_init(&fresh);
        random_expr_write(&r, &state, 2 + round % 3);
        const char *text = sheet_text(&s, sheet_simple(&s, r.text));
        other +=
            strcmp(text, sheet_text(&fresh, sheet_simple(&fresh, text))) != 0;
        sheet_clear(&s);
        sheet_clear(&fresh);
    }
    /* roots of numbers of several orders, which meet by chance only */
    ck_assert_int_le(other, rounds / 10000);
    random_expr_clear(&r);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/simplify", test_sums, test_products, test_powers,
                     test_domains_are_kept, test_roots_of_numbers,
                     test_logistic_functions, test_functions,
                     test_random_expressions_keep_their_values,
                     test_random_expressions_are_simple_at_once);
}
