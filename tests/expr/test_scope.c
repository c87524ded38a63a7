/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/scope.h"

#include "expr/sheet.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

START_TEST(test_let_defines_a_function)
{
    sheet s;

    sheet_init(&s);
    sheet_let(&s, "f(t) = t^2 + x");
    ck_assert_uint_eq(sheet_read(&s, "f(y)"), sheet_read(&s, "y^2 + x"));
    ck_assert_uint_eq(sheet_read(&s, "f(x)"), sheet_read(&s, "x^2 + x"));
    ck_assert_uint_eq(sheet_read(&s, "f(f(y))"),
                      sheet_read(&s, "(y^2 + x)^2 + x"));
    sheet_let(&s, "  g ( t ) = f(t)*f(1)");
    ck_assert_uint_eq(sheet_read(&s, "g(z)"),
                      sheet_read(&s, "(z^2 + x)*(1^2 + x)"));
    sheet_clear(&s);
}
END_TEST

START_TEST(test_a_variable_hides_a_name)
{
    sheet s;

    sheet_init(&s);
    sheet_let(&s, "f(x) = x*y");
    ck_assert_uint_eq(sheet_read(&s, "f(z)"), sheet_read(&s, "z*y"));
    sheet_let(&s, "g(f) = f + x");
    ck_assert_uint_eq(sheet_read(&s, "g(f(2))"), sheet_read(&s, "2*y + x"));
    sheet_clear(&s);
}
END_TEST

START_TEST(test_a_prime_differentiates)
{
    sheet s;

    sheet_init(&s);
    sheet_let(&s, "f(t) = -softplus(-t)");
    ck_assert_uint_eq(sheet_read(&s, "f'(x)"), sheet_read(&s, "sigmoid(-x)"));
    sheet_let(&s, "q(t) = t^3*y");
    ck_assert_uint_eq(sheet_simple(&s, "q''(x)"), sheet_simple(&s, "6*x*y"));
    ck_assert_uint_eq(sheet_simple(&s, "q'''(2)"), sheet_simple(&s, "6*y"));
    ck_assert_uint_eq(sheet_simple(&s, "q''''(x)"), sheet_simple(&s, "0"));
    /* of the function, not of the place where it is used */
    ck_assert_uint_eq(sheet_simple(&s, "q'(2*x)"),
                      sheet_simple(&s, "3*(2*x)^2*y"));
    sheet_let(&s, "slope(t) = q'(t)");
    ck_assert_uint_eq(sheet_simple(&s, "slope'(x)"), sheet_simple(&s, "6*x*y"));
    sheet_clear(&s);
}
END_TEST

START_TEST(test_a_bad_definition_is_placed)
{
    static const struct {
        const char *text;
        gf_status status;
        size_t column;
        const char *message;
    } rows[] = {
        {"", GF_SYNTAX, 1, "a definition reads NAME(x) = EXPRESSION"},
        {"f", GF_SYNTAX, 2, "a definition reads NAME(x) = EXPRESSION"},
        {"f(", GF_SYNTAX, 3, "a definition reads NAME(x) = EXPRESSION"},
        {"f(t = t", GF_SYNTAX, 5, "a definition reads NAME(x) = EXPRESSION"},
        {"f(t) t", GF_SYNTAX, 6, "a definition reads NAME(x) = EXPRESSION"},
        {"f(2) = 2", GF_SYNTAX, 3, "a definition reads NAME(x) = EXPRESSION"},
        {"2(t) = t", GF_SYNTAX, 1, "a definition reads NAME(x) = EXPRESSION"},
        {"f(t) =", GF_SYNTAX, 7, "expected a number, a name or '('"},
        {"f(t) = t +", GF_SYNTAX, 11, "expected a number, a name or '('"},
        {"f(t) = tt", GF_NAME, 8, "unknown name 'tt'; did you mean 't'?"},
        {"f(t) = f(t)", GF_NAME, 8, "unknown name 'f'"},
        {"f(log) = 1", GF_NAME, 3, "name 'log' is already taken"},
        {"log(t) = 1", GF_NAME, 1, "name 'log' is already taken"},
        {"x(t) = 1", GF_NAME, 1, "name 'x' is already taken"},
        {"taken(t) = 1", GF_NAME, 1, "name 'taken' is already taken"},
    };
    gf_error error;
    sheet s;

    sheet_init(&s);
    sheet_let(&s, "taken(t) = t");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_status status = gf_scope_let(&s.scope, rows[i].text, &error);
        if (status != rows[i].status || error.column != rows[i].column ||
            strncmp(error.message, rows[i].message, strlen(rows[i].message)))
            ck_abort_msg("'%s': %s at column %zu: %s", rows[i].text,
                         gf_status_name(status), error.column, error.message);
        ck_assert_uint_eq(s.scope.count, 4);
    }
    sheet_clear(&s);
}
END_TEST

START_TEST(test_names_are_taken_once)
{
    gf_error error;
    char name[80];
    sheet s;

    sheet_init(&s);
    ck_assert_int_eq(gf_scope_add(&s.scope, "x", s.y, &error), GF_NAME);
    ck_assert_int_eq(gf_scope_add(&s.scope, "pi", s.y, &error), GF_NAME);
    ck_assert_int_eq(gf_scope_add(&s.scope, "relu", s.y, &error), GF_NAME);
    ck_assert_int_eq(gf_scope_add(&s.scope, "", s.y, &error), GF_NAME);
    ck_assert_int_eq(gf_scope_add(&s.scope, "a b", s.y, &error), GF_NAME);
    ck_assert_int_eq(gf_scope_add(&s.scope, "1a", s.y, &error), GF_NAME);
    memset(name, 'n', sizeof name);
    name[64] = '\0';
    ck_assert_int_eq(gf_scope_add(&s.scope, name, s.y, &error), GF_LIMIT);
    name[63] = '\0';
    ck_assert_int_eq(gf_scope_add(&s.scope, name, s.y, &error), GF_OK);
    ck_assert_uint_eq(sheet_read(&s, name), s.y);
    for (int i = 4; i < GF_SCOPE_MAX; i++) {
        snprintf(name, sizeof name, "n%d", i);
        ck_assert_int_eq(gf_scope_add(&s.scope, name, s.y, &error), GF_OK);
    }
    ck_assert_int_eq(gf_scope_add(&s.scope, "more", s.y, &error), GF_LIMIT);
    ck_assert_int_eq(gf_scope_let(&s.scope, "more(t) = t", &error), GF_LIMIT);
    sheet_clear(&s);
}
END_TEST

/* Each definition uses the one before; %d is its number. */
static gf_status chain(const char *first, const char *step, int count)
{
    char text[200];
    gf_status status;
    sheet s;

    sheet_init(&s);
    status = gf_scope_let(&s.scope, first, NULL);
    for (int i = 1; i < count && status == GF_OK; i++) {
        int n = snprintf(text, sizeof text, "f%d(x) = ", i);
        snprintf(text + n, sizeof text - (size_t)n, step, i - 1, i - 1);
        status = gf_scope_let(&s.scope, text, NULL);
    }
    if (status == GF_OK) {
        gf_expr e;
        snprintf(text, sizeof text, "f%d(x)", count - 1);
        status = gf_expr_parse(&e, &s.scope, text, NULL);
        if (status == GF_OK)
            gf_expr_derive(s.graph, e, s.x);
    }
    sheet_clear(&s);
    return status;
}

START_TEST(test_long_chains_are_refused_or_answered)
{
    ck_assert_int_eq(chain("f0(x) = x", "f%d(x) + 1", 10000), GF_LIMIT);
    ck_assert_int_eq(chain("f0(x) = x", "f%d(x) + 1", 250), GF_OK);
    ck_assert_int_eq(chain("f0(x) = x", "f%d(x)*f%d(x + 1)", 100), GF_LIMIT);
    ck_assert_int_eq(chain("f0(x) = x", "f%d(x) + f%d(x + 1)", 100), GF_LIMIT);
    ck_assert_int_eq(chain("f0(x) = x", "sin(f%d(x))*f%d(x + 1)", 99),
                     GF_LIMIT);
    ck_assert_int_eq(chain("f0(x) = x + 1", "f%d(f%d(x))", 60), GF_LIMIT);
    ck_assert_int_eq(chain("f0(x) = x", "sin(f%d(x)) + cos(f%d(x))", 90),
                     GF_OK);
    ck_assert_int_eq(chain("f0(x) = x", "f%d(1)^f%d(x)", 90), GF_OK);
    ck_assert_int_eq(chain("f0(x) = sin(x)", "f%d'(x)*f%d(x)", 60), GF_LIMIT);
    ck_assert_int_eq(chain("f0(x) = sin(x)", "gauss(f%d, x, 1)", 6), GF_LIMIT);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/scope", test_let_defines_a_function,
                     test_a_variable_hides_a_name, test_a_prime_differentiates,
                     test_a_bad_definition_is_placed, test_names_are_taken_once,
                     test_long_chains_are_refused_or_answered);
}
