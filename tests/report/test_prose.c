/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/prose.h"

#include "harness.h"
#include "report/prose_math.h"

#include <string.h>

static gf_text text;
static gf_graph *graph;
static gf_expr slope;

static void begin(gf_prose *prose, bool is_latex)
{
    gf_scope scope;

    graph = gf_graph_new();
    gf_scope_init(&scope, graph);
    ck_assert_int_eq(
        gf_scope_add(&scope, "D", gf_expr_symbol(graph, "D"), NULL), GF_OK);
    ck_assert_int_eq(gf_expr_parse(&slope, &scope, "1/D", NULL), GF_OK);
    gf_scope_clear(&scope);
    gf_text_init(&text);
    gf_prose_init(prose, &text, graph, is_latex);
}

static void assert_is(gf_prose *prose, const char *want)
{
    gf_prose_clear(prose);
    ck_assert(!text.failed);
    ck_assert_str_eq(gf_text_string(&text), want);
    gf_text_clear(&text);
    gf_graph_free(graph);
}

static void say(gf_prose *prose)
{
    gf_prose_begin(prose, "The rest point");
    gf_prose_add(prose, "{p_g = p_d} is at rest for {%s < D}, where", "0");
    gf_prose_equation(prose, "f1'(D)", NULL, slope);
    gf_prose_equation(prose, "f2'(D)", "-f1'(D0)", GF_EXPR_NONE);
    gf_prose_add(prose, "vanish");
    gf_prose_add(prose, ", say.");
    gf_prose_end(prose);
}

START_TEST(test_one_text_reads_as_text_and_as_latex)
{
    gf_prose prose;

    begin(&prose, false);
    say(&prose);
    assert_is(&prose, "\nThe rest point. p_g = p_d is at rest for 0 < D, "
                      "where\n\n"
                      "    f1'(D) = 1/D\n"
                      "    f2'(D) = -f1'(D0)\n\n"
                      "vanish, say.\n");
    begin(&prose, true);
    say(&prose);
    gf_prose_clear(&prose);
    const char *latex = gf_text_string(&text);
    ck_assert_ptr_nonnull(strstr(latex, "\n\\paragraph{The rest point.}\n"
                                        "$p_g = p_d$ is at rest for $0 < D$, "
                                        "where\n"
                                        "\\begin{align*}\n"
                                        "  f_1'(D) &= "));
    ck_assert_ptr_nonnull(strstr(latex, " \\\\\n"
                                        "  f_2'(D) &= -f_1'(D_0)\n"
                                        "\\end{align*}\n"
                                        "vanish, say.\n"));
    gf_text_clear(&text);
    gf_graph_free(graph);
}
END_TEST

START_TEST(test_matrices_are_aligned)
{
    gf_prose prose;

    begin(&prose, false);
    gf_prose_numbers(&prose, "J", (gf_mat2){-1.6, -2, 2, 0});
    gf_prose_matrix(&prose, "J",
                    (gf_expr[2][2]){{slope, slope}, {slope, slope}});
    assert_is(&prose, "\n    J = [ -1.6   -2 ]\n"
                      "        [ 2      0  ]\n"
                      "    J = [ 1/D   1/D ]\n"
                      "        [ 1/D   1/D ]\n");
    begin(&prose, true);
    gf_prose_begin(&prose, "x");
    gf_prose_numbers(&prose, "J", (gf_mat2){-1.6, -2, 2, 0});
    gf_prose_end(&prose);
    assert_is(&prose, "\n\\paragraph{x.}\n\\begin{align*}\n"
                      "  J &= \\begin{pmatrix} -1.6 & -2 \\\\ 2 & 0 "
                      "\\end{pmatrix}\n\\end{align*}\n");
}
END_TEST

START_TEST(test_mathematics_becomes_latex)
{
    static const char *const cases[][2] = {
        {"f1'' + f2''", "f_1'' + f_2''"},
        {"D0 ≥ 0", "D_0 \\ge  0"},
        {"-0.8 ± 1.83i", "-0.8 \\pm  1.83i"},
        {"dE/dt ≤ 0", "dE/dt \\le  0"},
        {"p_g*", "p_g^*"},
        {"\\theta~=~0", "\\theta = 0"},
        {"W = inf", "W = \\infty "},
        {"\\frac{D0}{f1}", "\\frac{D_0}{f_1}"},
        {"coefficient", "coefficient"},
        {"f12 = AD0", "f12 = AD0"},
        {"link'(u)", "\\mathrm{link}'(u)"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gf_text_init(&text);
        gf_prose_math(&text, cases[i][0], strlen(cases[i][0]));
        ck_assert_str_eq(gf_text_string(&text), cases[i][1]);
        gf_text_clear(&text);
    }
}
END_TEST

START_TEST(test_braces_are_mathematics)
{
    static const char *const cases[][2] = {
        {"at {D0} and {p_g}.", "at $D_0$ and $p_g$."},
        {"{\\frac{a}{b}}", "$\\frac{a}{b}$"},
        {"{open", "$open$"},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gf_text_init(&text);
        gf_prose_words(&text, cases[i][0]);
        ck_assert_str_eq(gf_text_string(&text), cases[i][1]);
        gf_text_clear(&text);
    }
}
END_TEST

START_TEST(test_titles_are_escaped)
{
    gf_text_init(&text);
    gf_prose_escape(&text, "50% & {a_b} #1 $ ~ ^ \\");
    ck_assert_str_eq(gf_text_string(&text),
                     "50\\% \\& \\{a\\_b\\} \\#1 \\$ \\textasciitilde{} "
                     "\\textasciicircum{} \\textbackslash{}");
    gf_text_clear(&text);
}
END_TEST

int main(void)
{
    return RUN_TESTS("report/prose", test_one_text_reads_as_text_and_as_latex,
                     test_matrices_are_aligned, test_mathematics_becomes_latex,
                     test_braces_are_mathematics, test_titles_are_escaped);
}
