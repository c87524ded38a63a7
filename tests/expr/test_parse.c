/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/parse.h"

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

START_TEST(test_signs_bind_as_in_mathematics)
{
    static const char *const same[][2] = {
        {"x + y*z", "x + (y*z)"},
        {"x*y^z", "x*(y^z)"},
        {"x^y^z", "x^(y^z)"},
        {"-x^2", "-(x^2)"},
        {"-x*y", "(-x)*y"},
        {"x - y - z", "(x - y) - z"},
        {"x/y/z", "(x/y)/z"},
        {"x/y*z", "(x/y)*z"},
        {"x^-y^z", "x^(-(y^z))"},
        {"2*-x", "2*(-x)"},
        {"--x", "x"},
        {"+x", "x"},
        {"-+-x", "x"},
        {"x - -y", "x + y"},
        {" \t\r\n x ", "x"},
        {"1.50e1*x", "15*x"},
        {".5", "1/2"},
        {"5.", "5"},
        {"0.1 + 0.2", "0.1+0.2"},
        {"1E-3", "0.001"},
        {"1e+2", "100"},
        {"000.100", "0.1"},
        {"0e99999", "0"},
        {"e^x", "exp(x)"},
        {"sqrt(x)", "x^0.5"},
        {"pow(x, y)", "x^y"},
        {"log1p(x)", "log(1 + x)"},
        {"expm1(x)", "exp(x) - 1"},
        {"log2(x)", "log(x)/log(2)"},
        {"log10(x)", "log(x)/log(10)"},
        {"relu(x)", "max(x, 0)"},
        {"sin (x)", "sin(x)"},
        {"x/0/y", "1/0"},
        {"0^-2", "1/0"},
        {"0^0.5", "0"},
    };
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        ck_assert_msg(sheet_read(&s, same[i][0]) == sheet_read(&s, same[i][1]),
                      "%s is not %s", same[i][0], same[i][1]);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_numbers_are_exact)
{
    sheet s;

    sheet_init(&s);
    ck_assert(gf_is_rational(s.graph, sheet_read(&s, "0.2"), 1, 5));
    ck_assert(sheet_simple(&s, "0.1 + 0.2 - 0.3") == sheet_read(&s, "0"));
    ck_assert(sheet_simple(&s, "1/3 + 1/6") == sheet_read(&s, "0.5"));
    ck_assert(sheet_read(&s, "1.7976931348623157e308") ==
              gf_expr_number(s.graph, DBL_MAX));
    ck_assert(sheet_read(&s, "5e-324") == gf_expr_number(s.graph, 5e-324));
    sheet_clear(&s);
}
END_TEST

typedef struct mistake {
    const char *text;
    gf_status status;
    size_t column;
    const char *message;
} mistake;

static const char wanted[] = "expected a number, a name or '('";

static void check_mistake(const sheet *s, const mistake *row)
{
    gf_expr e = 77;
    gf_error error;
    gf_status status = gf_expr_parse(&e, &s->scope, row->text, &error);

    if (status != row->status || error.status != status || e != GF_EXPR_NONE)
        ck_abort_msg("'%s' is %s, not %s", row->text, gf_status_name(status),
                     gf_status_name(row->status));
    if (error.column != row->column || error.line != 1 ||
        error.caret != row->column - 1)
        ck_abort_msg("'%s': column %zu, caret %zu, not column %zu", row->text,
                     error.column, error.caret, row->column);
    if (strncmp(error.message, row->message, strlen(row->message)) != 0)
        ck_abort_msg("'%s': '%s', not '%s'", row->text, error.message,
                     row->message);
    ck_assert_int_eq(gf_expr_parse(&e, &s->scope, row->text, NULL), status);
}

#define MISSING "missing operator: for a product write '*' here"
#define PRIME "a prime differentiates a function defined by let, and "

static const mistake mistakes[] = {
    {"", GF_SYNTAX, 1, wanted},
    {"  ", GF_SYNTAX, 3, wanted},
    {"2 x", GF_SYNTAX, 3, MISSING},
    {"2x", GF_SYNTAX, 2, MISSING},
    {"x y", GF_SYNTAX, 3, MISSING},
    {"x(1)", GF_SYNTAX, 2, "'x' is not a function; for a product write"},
    {"x (1 - x)", GF_SYNTAX, 3, "'x' is not a function; for a product"},
    {"(x)(y)", GF_SYNTAX, 4, MISSING},
    {"(x)2", GF_SYNTAX, 4, MISSING},
    {"2(x)", GF_SYNTAX, 2, MISSING},
    {"pi(2)", GF_SYNTAX, 3, MISSING},
    {"e(x)", GF_SYNTAX, 2, MISSING},
    {"x.5", GF_SYNTAX, 2, MISSING},
    {"0x10", GF_SYNTAX, 2, MISSING},
    {"1_000", GF_SYNTAX, 2, MISSING},
    {"1e", GF_SYNTAX, 2, MISSING},
    {"1e+", GF_SYNTAX, 2, MISSING},
    {"1e5e5", GF_SYNTAX, 4, MISSING},
    {"sin(x) cos(x)", GF_SYNTAX, 8, MISSING},
    {"1..2", GF_SYNTAX, 3, "a number has one point"},
    {"1.2.3", GF_SYNTAX, 4, "a number has one point"},
    {".", GF_SYNTAX, 1, "a lone '.' is no number"},
    {"1e999", GF_SYNTAX, 1, "number out of the range of a double"},
    {"1e999999999", GF_SYNTAX, 1, "number out of the range of a double"},
    {"2*1e-999", GF_SYNTAX, 3, "number out of the range of a double"},
    {"1e-99999999999999999999", GF_SYNTAX, 1, "number out of the range"},
    {"x**2", GF_SYNTAX, 2, "write '^' for a power, not '**'"},
    {"x^", GF_SYNTAX, 3, "expected a number, a name or '(' before the end"},
    {"x +", GF_SYNTAX, 4, wanted},
    {"-", GF_SYNTAX, 2, wanted},
    {"* x", GF_SYNTAX, 1, "expected a number, a name or '(', not '*'"},
    {"x * / y", GF_SYNTAX, 5, "expected a number, a name or '(', not '/'"},
    {"x ^^ y", GF_SYNTAX, 4, "expected a number, a name or '(', not '^'"},
    {")", GF_SYNTAX, 1, "expected a number, a name or '(', not ')'"},
    {"()", GF_SYNTAX, 2, "expected a number, a name or '(', not ')'"},
    {"|x|", GF_SYNTAX, 1, "expected a number, a name or '(', not '|'"},
    {"[x]", GF_SYNTAX, 1, "expected a number, a name or '(', not '['"},
    {"(x", GF_SYNTAX, 3, "missing ')'"},
    {"((x)", GF_SYNTAX, 5, "missing ')'"},
    {"(x,", GF_SYNTAX, 3, "expected ')' or an operator"},
    {"(x]", GF_SYNTAX, 3, "expected ')' or an operator"},
    {"x)", GF_SYNTAX, 2, "')' without '('"},
    {"sin(x))", GF_SYNTAX, 7, "')' without '('"},
    {"x,y", GF_SYNTAX, 2, "unexpected ','"},
    {"3,5", GF_SYNTAX, 2, "unexpected ','; a decimal point is '.'"},
    {"x = 1", GF_SYNTAX, 3, "unexpected '='"},
    {"x; y", GF_SYNTAX, 2, "unexpected ';'"},
    {"x!", GF_SYNTAX, 2, "unexpected '!'"},
    {"x\x01", GF_SYNTAX, 2, "unexpected control character"},
    {"x\xc2\xb2", GF_SYNTAX, 2, "unexpected character; write operators"},
    {"\xe2\x88\x92x", GF_SYNTAX, 1, "unexpected character; write operat"},
    {"sin", GF_SYNTAX, 4, "expected '(' after the function sin"},
    {"sin x", GF_SYNTAX, 5, "expected '(' after the function sin"},
    {"sin()", GF_SYNTAX, 5, wanted},
    {"sin(x", GF_SYNTAX, 6, "missing ')'"},
    {"sin(x,", GF_SYNTAX, 7, wanted},
    {"sin(x;", GF_SYNTAX, 6, "expected ',' or ')'"},
    {"sin(x, y)", GF_SYNTAX, 1, "sin takes 1 argument, not 2"},
    {"x + min(x)", GF_SYNTAX, 5, "min takes 2 arguments, not 1"},
    {"max(x, y, z)", GF_SYNTAX, 1, "max takes 2 arguments, not 3"},
    {"relu(x, y)", GF_SYNTAX, 1, "relu takes 1 argument, not 2"},
    {"f(x, y)", GF_SYNTAX, 1, "f takes 1 argument, not 2"},
    {"f", GF_SYNTAX, 2, "expected '(' after the function f"},
    {"x'", GF_SYNTAX, 2, PRIME "'x' is none"},
    {"sin'(x)", GF_SYNTAX, 4, PRIME "'sin' is none"},
    {"f'''''''''''''''''(x)", GF_LIMIT, 2, "more than 16 primes"},
    {"tnh(x)", GF_NAME, 1, "unknown name 'tnh'; did you mean 'tanh'?"},
    {"2*sigmod(x)", GF_NAME, 3, "unknown name 'sigmod'; did you mean 'sig"},
    {"ln(x)", GF_NAME, 1, "unknown name 'ln'; did you mean 'log'?"},
    {"Inf", GF_NAME, 1, "unknown name 'Inf'; did you mean 'inf'?"},
    {"X", GF_NAME, 1, "unknown name 'X'; did you mean 'x'?"},
    {"quux", GF_NAME, 1, "unknown name 'quux'"},
    {"gauss(x, 1, 1)", GF_NAME, 7, "'x' is not a function of one variable"},
    {"gauss(min, x, 1)", GF_NAME, 7, "'min' is not a function of one va"},
    {"gauss(1, x, 1)", GF_SYNTAX, 7, "gauss(f, m, s) takes the name of a"},
    {"gauss(sin)", GF_SYNTAX, 10, "expected ',' in gauss(f, m, s)"},
    {"gauss(sin, x)", GF_SYNTAX, 7, "gauss(f, m, s) takes a function, a"},
    {"gauss(f, x, 1, 2)", GF_SYNTAX, 7, "gauss(f, m, s) takes a function"},
};

START_TEST(test_every_mistake_is_placed_and_named)
{
    sheet s;

    sheet_init(&s);
    sheet_let(&s, "f(t) = t^2");
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        check_mistake(&s, &mistakes[i]);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_a_place_is_told_by_line)
{
    gf_expr e;
    gf_error error;
    sheet s;

    sheet_init(&s);
    ck_assert_int_eq(gf_expr_parse(&e, &s.scope, "x +\n  2 y\n+ z", &error),
                     GF_SYNTAX);
    ck_assert_uint_eq(error.line, 2);
    ck_assert_uint_eq(error.column, 5);
    ck_assert_str_eq(error.text, "  2 y");
    sheet_clear(&s);
}
END_TEST

/* unit n times, then tail. */
static char *repeated(const char *unit, size_t n, const char *tail)
{
    size_t length = strlen(unit);
    char *text = malloc(length * n + strlen(tail) + 1);

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < n; i++)
        memcpy(text + i * length, unit, length);
    strcpy(text + length * n, tail);
    return text;
}

START_TEST(test_hostile_texts_are_refused_or_answered)
{
    static const struct {
        const char *unit;
        size_t count;
        const char *tail;
        gf_status status;
    } rows[] = {
        {"x+", 500000, "x", GF_LIMIT},
        {"(", 100000, "", GF_LIMIT},
        {"(", 60000, "", GF_LIMIT},
        {"(", 150, "", GF_SYNTAX},
        {"-(", 30000, "x", GF_LIMIT},
        {"x^", 30000, "x", GF_LIMIT},
        {"x^-", 20000, "x", GF_LIMIT},
        {"9^", 30000, "9", GF_LIMIT},
        {"9^", 100, "9", GF_OK},
        {"log(", 16000, "x", GF_LIMIT},
        {"min(x,", 10000, "x", GF_LIMIT},
        {"-", 60000, "x", GF_OK},
        {"x+", 20000, "x", GF_OK},
        {"x*", 20000, "x", GF_OK},
        {"x/", 20000, "x", GF_OK},
        {"9*", 30000, "9", GF_LIMIT},
        {"1e300*", 9000, "x", GF_LIMIT},
        {"sin(x)+", 9000, "x", GF_OK},
        {"gauss(sin,x,1)+", 4000, "x", GF_LIMIT},
        {"relu(sqrt(x))+", 4000, "x", GF_OK},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = repeated(rows[i].unit, rows[i].count, rows[i].tail);
        gf_expr e;
        gf_status status;
        sheet s;
        sheet_init(&s);
        status = gf_expr_parse(&e, &s.scope, text, NULL);
        ck_assert_msg(status == rows[i].status, "%zu times '%s' is %s",
                      rows[i].count, rows[i].unit, gf_status_name(status));
        if (status == GF_OK)
            gf_expr_derive(s.graph, e, s.x);
        sheet_clear(&s);
        free(text);
    }
}
END_TEST

/* The parser's reading, by a tape of balls, against the textbook's. */
START_TEST(test_values_of_random_texts_are_those_of_the_textbook)
{
    uint64_t state = 1;
    int rounds = is_long_run() ? 100000 : 500, compared = 0;
    random_expr r;
    arb_t got;

    random_expr_init(&r);
    arb_init(got);
    for (int round = 0; round < rounds; round++) {
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 4);
        sheet_ball(got, &s, sheet_read(&s, r.text), r.at);
        if (arb_is_finite(got) && arb_is_finite(r.value)) {
            compared++;
            if (!arb_overlaps(got, r.value))
                ck_abort_msg("'%s' at %a, %a, %a is %g, not %g", r.text,
                             r.at[0], r.at[1], r.at[2],
                             arf_get_d(arb_midref(got), ARF_RND_NEAR),
                             arf_get_d(arb_midref(r.value), ARF_RND_NEAR));
        }
        sheet_clear(&s);
    }
    ck_assert_int_gt(compared, rounds / 2);
    arb_clear(got);
    random_expr_clear(&r);
}
END_TEST

START_TEST(test_constants_have_values)
{
    double x = 7;
    gf_error error;

    ck_assert_int_eq(gf_expr_read_value(&x, "cos(pi)/4", NULL), GF_OK);
    ck_assert(x == -0.25);
    ck_assert_int_eq(gf_expr_read_value(&x, "-inf", NULL), GF_OK);
    ck_assert(x == -INFINITY);
    ck_assert_int_eq(gf_expr_read_value(&x, "log(-1)", NULL), GF_OK);
    ck_assert(isnan(x));
    x = 7;
    ck_assert_int_eq(gf_expr_read_value(&x, "2*D", &error), GF_NAME);
    ck_assert(x == 7 && error.column == 3);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/parse", test_constants_have_values,
                     test_signs_bind_as_in_mathematics, test_numbers_are_exact,
                     test_every_mistake_is_placed_and_named,
                     test_a_place_is_told_by_line,
                     test_hostile_texts_are_refused_or_answered,
                     test_values_of_random_texts_are_those_of_the_textbook);
}
