/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/expr.h>

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <stdlib.h>
#include <string.h>

START_TEST(test_what_a_paper_would_print)
{
    static const struct {
        const char *text, *latex;
    } rows[] = {
        {"log(1 - x)", "\\log\\left(1 - x\\right)"},
        {"p_d/x - p_g/(1 - x)", "\\frac{p_{d}}{x} - \\frac{p_{g}}{1 - x}"},
        {"-(x - y)^2/2", "-\\frac{\\left(x - y\\right)^{2}}{2}"},
        {"2*sqrt(1 - x) - 2", "2 \\sqrt{1 - x} - 2"},
        {"-(x + 1)", "-\\left(x + 1\\right)"},
        {"x - (y - 1)", "x - \\left(y - 1\\right)"},
        {"x*(y + 1)/(2*z)", "\\frac{x \\left(y + 1\\right)}{2 z}"},
        {"(x + y)/(x - y)", "\\frac{x + y}{x - y}"},
        {"0.2*x*y", "0.2 x \\, y"},
        {"3*x^2/8", "\\frac{3 x^{2}}{8}"},
        {"1e-9*x", "10^{-9} x"},
        {"2.5e-9*x", "2.5 \\cdot 10^{-9} x"},
        {"3*2^x", "3 \\cdot 2^{x}"},
        {"x - 1/3", "x - \\frac{1}{3}"},
        {"x^1.5", "x^{3/2}"},
        {"x^0.2", "x^{0.2}"},
        {"1/x^1.5", "\\frac{1}{x^{3/2}}"},
        {"1/sqrt(x)", "\\frac{1}{\\sqrt{x}}"},
        {"sqrt(x)^2", "\\left(\\sqrt{x}\\right)^{2}"},
        {"(-2)^x", "\\left(-2\\right)^{x}"},
        {"(x^y)^z", "\\left(x^{y}\\right)^{z}"},
        {"x^y^z", "x^{y^{z}}"},
        {"x^(y/(y - 1))", "x^{\\frac{y}{y - 1}}"},
        {"tanh(x)^2", "\\tanh^{2}\\left(x\\right)"},
        {"cbrt(x)", "\\sqrt[3]{x}"},
        {"abs(x - 1)", "\\left|x - 1\\right|"},
        {"abs(x)^3", "\\left|x\\right|^{3}"},
        {"min(0, x - 1)", "\\min\\left\\{0, x - 1\\right\\}"},
        {"sigmoid(-x)", "\\sigma\\left(-x\\right)"},
        {"softplus(x)", "\\operatorname{softplus}\\left(x\\right)"},
        {"exp(-x)", "e^{-x}"},
        {"exp(-x)^2", "\\left(e^{-x}\\right)^{2}"},
        {"exp(-x^2/2)", "\\exp\\left(-\\frac{x^{2}}{2}\\right)"},
        {"exp(1)", "e"},
        {"1/sqrt(2*pi)", "\\frac{1}{\\sqrt{2 \\pi}}"},
        {"inf", "\\infty"},
    };
    sheet s;

    sheet_init(&s);
    ck_assert_int_eq(
        gf_scope_add(&s.scope, "p_d", gf_expr_symbol(s.graph, "p_d"), NULL),
        GF_OK);
    ck_assert_int_eq(
        gf_scope_add(&s.scope, "p_g", gf_expr_symbol(s.graph, "p_g"), NULL),
        GF_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_str_eq(sheet_latex(&s, sheet_read(&s, rows[i].text)),
                         rows[i].latex);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_names_have_true_subscripts)
{
    static const struct {
        const char *name, *latex;
    } rows[] = {
        {"D", "D"},
        {"p_g", "p_{g}"},
        {"g0", "g_{0}"},
        {"theta", "\\theta"},
        {"theta_1", "\\theta_{1}"},
        {"sigma_noise", "\\sigma_{\\mathrm{noise}}"},
        {"speed", "\\mathrm{speed}"},
        {"a_b_c", "a_{b,c}"},
        {"x12_y", "{x_{12}}_{y}"},
        {"_q", "\\mathrm{\\_}q"},
        {"t#3", "t"},
        {"Omega", "\\Omega"},
    };
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_str_eq(sheet_latex(&s, gf_expr_symbol(s.graph, rows[i].name)),
                         rows[i].latex);
    sheet_clear(&s);
}
END_TEST

/* Every brace and every \left is closed, and no sign follows a sign. */
static void check_balance(const char *latex)
{
    int braces = 0, open = 0;

    for (const char *l = latex; *l; l++) {
        bool escaped = l > latex && l[-1] == '\\';
        braces += *l == '{' && !escaped;
        braces -= *l == '}' && !escaped;
        open += strncmp(l, "\\left", 5) == 0;
        open -= strncmp(l, "\\right", 6) == 0;
        if (braces < 0 || open < 0)
            ck_abort_msg("unbalanced: %s", latex);
    }
    if (braces || open || strstr(latex, "+ -") || strstr(latex, "- -") ||
        strstr(latex, "--") || strstr(latex, "{}"))
        ck_abort_msg("badly written: %s", latex);
}

START_TEST(test_random_expressions_are_balanced)
{
    uint64_t state = 20240301;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < (is_long_run() ? 20000 : 200); round++) {
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 4);
        check_balance(sheet_latex(&s, sheet_read(&s, r.text)));
        check_balance(sheet_latex(&s, sheet_simple(&s, r.text)));
        sheet_clear(&s);
    }
    random_expr_clear(&r);
}
END_TEST

START_TEST(test_nothing_has_no_latex)
{
    sheet s;

    sheet_init(&s);
    ck_assert_ptr_null(gf_expr_latex(s.graph, GF_EXPR_NONE));
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/latex", test_what_a_paper_would_print,
                     test_names_have_true_subscripts,
                     test_random_expressions_are_balanced,
                     test_nothing_has_no_latex);
}
