/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout.h"

#include "failing_malloc.h"
#include "harness.h"

#include <math.h>
#include <string.h>

static gf_text text;

static void begin(void)
{
    gf_text_init(&text);
}

static void assert_is(const char *want)
{
    ck_assert(!text.failed);
    ck_assert_str_eq(gf_text_string(&text), want);
    gf_text_clear(&text);
}

START_TEST(test_words_are_wrapped_at_eighty_characters)
{
    begin();
    gf_layout_to(&text, 2, "label");
    gf_layout_to(&text, 14, "");
    for (int i = 0; i < 8; i++)
        gf_layout_words(&text, 14, " ±234567890");
    gf_layout_end(&text);
    assert_is("  label       ±234567890±234567890±234567890±234567890"
              "±234567890±234567890\n"
              "              ±234567890±234567890\n");
    begin();
    gf_layout_words(&text, 4,
                    "0123456789 0123456789 0123456789 0123456789 0123456789 "
                    "0123456789 0123456789 E~<~1 F");
    gf_layout_end(&text);
    assert_is("0123456789 0123456789 0123456789 0123456789 0123456789 "
              "0123456789 0123456789\n"
              "    E < 1 F\n");
}
END_TEST

START_TEST(test_a_word_longer_than_a_line_stands_alone)
{
    char word[101];

    memset(word, 'x', 100);
    word[100] = '\0';
    begin();
    gf_layout_words(&text, 2, "a few ");
    gf_layout_words(&text, 2, word);
    gf_layout_end(&text);
    ck_assert_uint_eq(text.length, strlen("a few\n  ") + 100 + 1);
    gf_text_clear(&text);
}
END_TEST

START_TEST(test_formulas_break_at_outer_signs)
{
    begin();
    gf_layout_to(&text, 2, "f = ");
    gf_layout_formula(&text, 6,
                      "alpha*(beta - gamma) + delta*(epsilon - zeta) - "
                      "eta*(theta + iota)*(kappa - lambda)");
    assert_is("  f = alpha*(beta - gamma) + delta*(epsilon - zeta)\n"
              "      - eta*(theta + iota)*(kappa - lambda)");
    begin();
    gf_layout_to(&text, 60, "f = ");
    gf_layout_formula(&text, 4, "sigmoid(theta*psi)*sigmoid(-theta*psi) - 1");
    assert_is("                                                            f "
              "=\n    sigmoid(theta*psi)*sigmoid(-theta*psi) - 1");
}
END_TEST

START_TEST(test_formulas_without_signs_break_at_products)
{
    char formula[200] = "";

    for (int i = 0; i < 12; i++)
        strcat(formula, i == 0 ? "sin(x1 + y)" : "*sin(x1 + y)");
    begin();
    gf_layout_formula(&text, 4, formula);
    assert_is("sin(x1 + y)*sin(x1 + y)*sin(x1 + y)*sin(x1 + y)*sin(x1 + y)"
              "*sin(x1 + y)\n"
              "    *sin(x1 + y)*sin(x1 + y)*sin(x1 + y)*sin(x1 + y)"
              "*sin(x1 + y)*sin(x1 + y)");
}
END_TEST

START_TEST(test_nothing_of_a_formula_is_lost)
{
    uint64_t seed = 1;
    static const char *const piece[] = {
        "a", " + ", " - ", "*", "(", ")", "sigmoid(theta)", ", ", "/", "0.125"};

    for (int i = 0; i < 500; i++) {
        char formula[4000] = "";
        begin();
        for (int k = 0; k < 150; k++)
            strcat(formula, piece[random_bits(&seed) % 10]);
        gf_layout_to(&text, random_bits(&seed) % 60, "");
        gf_layout_formula(&text, random_bits(&seed) % 30, formula);
        const char *got = gf_text_string(&text), *want = formula;
        while (*want) {
            got += strspn(got, " \n");
            want += strspn(want, " ");
            ck_assert_int_eq(*got, *want);
            got += *got != '\0';
            want += *want != '\0';
        }
        gf_text_clear(&text);
    }
}
END_TEST

START_TEST(test_notes_stand_at_the_right)
{
    static const struct {
        size_t column;
        const char *want;
    } cases[] = {
        {0, "                                                  p_d~= 0.2"},
        {48, "                                                  p_d~= 0.2"},
        {49,
         "                                                 x                  "
         "   p_d~= 0.2"},
        {75,
         "                                                                   "
         "        x\n"
         "                                                  p_d~= 0.2"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        if (cases[i].column > 48)
            gf_layout_to(&text, cases[i].column, "x");
        gf_layout_right(&text, "p_d~= 0.2");
        char want[200];
        strcpy(want, cases[i].want);
        *strchr(want, '~') = ' ';
        assert_is(want);
    }
    begin();
    gf_layout_right(&text, "");
    assert_is("");
}
END_TEST

START_TEST(test_numbers_are_short)
{
    static const struct {
        double x;
        int digits;
        const char *want;
    } cases[] = {
        {1.8330302779823360026, 10, "1.833030278"},
        {-0.0, 10, "0"},
        {1e-5, 10, "0.00001"},
        {0.1 + 0.2, 10, "0.3"},
        {3.42777, 4, "3.428"},
        {INFINITY, 4, "inf"},
        {NAN, 4, "nan"},
        {123456789012.0, 10, "123456789000"},
        {5e-324, 10, "5e-324"},
        {1.7976931348623157e308, 3, "1.7976931348623157e308"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        gf_layout_number(&text, cases[i].x, cases[i].digits);
        assert_is(cases[i].want);
    }
}
END_TEST

START_TEST(test_lines_end_without_blanks)
{
    begin();
    gf_layout_to(&text, 10, "x   ");
    gf_layout_end(&text);
    gf_layout_to(&text, 10, "");
    gf_layout_end(&text);
    assert_is("          x\n\n");
    begin();
    gf_layout_end(&text);
    assert_is("\n");
}
END_TEST

START_TEST(test_a_failed_allocation_is_seen_at_the_end)
{
    begin();
    fail_every_malloc_from(1);
    gf_layout_to(&text, 2, "a");
    gf_layout_words(&text, 2, "b c");
    gf_layout_formula(&text, 2, "d + e");
    gf_layout_right(&text, "f");
    gf_layout_end(&text);
    fail_every_malloc_from(0);
    ck_assert(text.failed);
    gf_text_clear(&text);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "report/layout", test_words_are_wrapped_at_eighty_characters,
        test_a_word_longer_than_a_line_stands_alone,
        test_formulas_break_at_outer_signs,
        test_formulas_without_signs_break_at_products,
        test_nothing_of_a_formula_is_lost, test_notes_stand_at_the_right,
        test_numbers_are_short, test_lines_end_without_blanks,
        test_a_failed_allocation_is_seen_at_the_end);
}
