/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failing_malloc.h"
#include "figure/character.h"
#include "figure/furniture.h"
#include "figure/rich.h"
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The runs of a text as "i:D|us:g", one letter for each flag. */
static void spell(char *out, const gf_rich *rich)
{
    out[0] = '\0';
    for (size_t i = 0; i < rich->runs; i++) {
        const gf_run *run = &rich->run[i];
        static const char letters[] = "ib_^";
        if (i > 0)
            strcat(out, "|");
        for (int k = 0; k < 4; k++)
            if (run->style & 1u << k)
                strncat(out, &letters[k], 1);
        strcat(out, ":");
        strncat(out, rich->text.data + run->start, run->length);
    }
}

static const struct {
    const char *markup, *want;
} markups[] = {
    {"", ""},
    {"plain", ":plain"},
    {"$D$", "i:D"},
    {"$p_g$", "i:p|i_:g"},
    {"$p_data$", "i:p|_:data"},
    {"$p_{g,1}$", "i:p|i_:g|_:,1"},
    {"output $D$ of", ":output |i:D|: of"},
    {"$theta$", "i:θ"},
    {"$\\lambda = -0.8 \\pm 2i$", "i:λ|: = −0.8 ± 2|i:i"},
    {"$\\Gamma$", ":Γ"},
    {"$10^{-5}$", ":10|^:−5"},
    {"$x^2_1$", "i:x|^:2|_:1"},
    {"$log(1 - D)$", ":log(1 − |i:D|:)"},
    {"$f'$", "i:f|:′"},
    {"$ unclosed", ":$ unclosed"},
    {"$$", ""},
    {"$_$", ""},
    {"$a_{b$", "i:a|i_:b"},
    {"$\\$", ":\\"},
    {"$\\unknown$", "i:unknown"},
    {"a-b", ":a-b"},
    {"$p_d = 9.25e-08$", "i:p|i_:d|: = 9.25 × 10|^:−8"},
    {"$2e+100$ -5e-3", ":2 × 10|^:100|: -5e-3"},
    {"$2e - 3$", ":2|i:e|: − 3"},
    {"$1e-$", ":1|i:e|:−"},
};

START_TEST(test_markup_sets_mathematics)
{
    for (size_t i = 0; i < sizeof markups / sizeof *markups; i++) {
        char got[200];
        gf_rich rich;
        gf_rich_init(&rich);
        gf_rich_markup(&rich, markups[i].markup);
        spell(got, &rich);
        ck_assert_msg(strcmp(got, markups[i].want) == 0, "%s: %s, not %s",
                      markups[i].markup, got, markups[i].want);
        gf_rich_clear(&rich);
    }
}
END_TEST

static const struct {
    const char *text, *want;
} hostile[] = {
    {"\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd"},
    {"a\xc3", "a\xef\xbf\xbd"},
    {"a\tb\r\nc", "a b  c"},
    {"a\x01\x1b\x7f\xc2\x85z", "a z"},
    {"\xe2\x80\xae reversed \xe2\x80\x8f", " reversed "},
    {"\xef\xbb\xbf"
     "bom\xef\xbf\xbf\xf4\x8f\xbf\xbf",
     "bom"},
    {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"soft\xc2\xadhyphen", "softhyphen"},
    {"\xd7\xa9\xd7\x9c", "\xd7\xa9\xd7\x9c"},
};

START_TEST(test_hostile_text_is_made_harmless)
{
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        gf_rich rich;
        gf_rich_init(&rich);
        gf_rich_add(&rich, GF_UPRIGHT, hostile[i].text);
        ck_assert_str_eq(gf_rich_plain(&rich), hostile[i].want);
        gf_rich_clear(&rich);
    }
}
END_TEST

START_TEST(test_a_megabyte_is_cut)
{
    size_t n = 1 << 20;
    char *text = malloc(n + 1);
    gf_rich rich;

    memset(text, 'M', n);
    text[n] = '\0';
    gf_rich_init(&rich);
    gf_rich_markup(&rich, text);
    gf_rich_markup(&rich, text);
    ck_assert_uint_le(rich.text.length, GF_RICH_MOST + 8);
    ck_assert_ptr_nonnull(strstr(gf_rich_plain(&rich), "\xe2\x80\xa6"));
    gf_rich_clear(&rich);
    free(text);
}
END_TEST

START_TEST(test_numbers_are_typeset)
{
    static const struct {
        double x;
        int digits;
        const char *want;
    } rows[] = {
        {0, 3, ":0"},          {-0.8, 3, ":−0.8"},
        {1.83303, 3, ":1.83"}, {1e-10, 3, ":1 × 10|^:−10"},
        {INFINITY, 3, ":∞"},   {-2.5e30, 3, ":−2.5 × 10|^:30"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got[100];
        gf_rich rich;
        gf_rich_init(&rich);
        gf_rich_number(&rich, rows[i].x, rows[i].digits);
        spell(got, &rich);
        ck_assert_str_eq(got, rows[i].want);
        gf_rich_clear(&rich);
    }
}
END_TEST

START_TEST(test_times_has_the_widths_of_times)
{
    const gf_typesetter *t = gf_typesetter_builtin(GF_SERIF);
    const gf_typesetter *sans = gf_typesetter_builtin(GF_SANS);
    gf_rich rich;

    gf_rich_init(&rich);
    gf_rich_markup(&rich, "0.25");
    assert_close(gf_rich_measure(&rich, 10, t).width, 17.5, TOL1);
    assert_close(gf_rich_measure(&rich, 10, sans).width, 19.46, TOL1);
    gf_rich_clear(&rich);
    gf_rich_markup(&rich, "$p_g$");
    gf_extent e = gf_rich_measure(&rich, 10, t);
    assert_close(e.width, 5 + 0.7 * 5, TOL1);
    ck_assert(e.descent > 2.17 && e.ascent < 7);
    gf_rich_clear(&rich);
}
END_TEST

START_TEST(test_text_is_cut_to_fit)
{
    const gf_typesetter *t = gf_typesetter_builtin(GF_SERIF);

    for (double width = 0; width < 60; width += 0.7) {
        gf_rich rich;
        gf_rich_init(&rich);
        gf_rich_markup(&rich, "λμ and $p_data$, $\\theta^2$");
        double before = gf_rich_measure(&rich, 9, t).width;
        gf_rich_fit(&rich, 9, width, t);
        double after = gf_rich_measure(&rich, 9, t).width;
        ck_assert(before <= width ? after == before
                                  : after <= fmax(width, 9.01));
        for (size_t i = 0, size; i < rich.text.length; i += size)
            ck_assert_uint_ne(
                gf_character(&size, rich.text.data + i, rich.text.length - i),
                0xfffd);
        gf_rich_clear(&rich);
    }
}
END_TEST

START_TEST(test_rich_remembers_that_memory_failed)
{
    for (size_t n = 1;; n++) {
        gf_rich rich;
        gf_rich_init(&rich);
        fail_nth_malloc(n);
        gf_rich_markup(&rich, "a $p_g^2 = \\lambda_{a,b} - 1$ and so on");
        gf_rich_number(&rich, -1e-20, 3);
        bool failed = malloc_has_failed();
        fail_nth_malloc(0);
        ck_assert_int_eq(rich.failed || rich.text.failed, failed);
        gf_rich_clear(&rich);
        if (!failed)
            break;
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "figure/rich", test_markup_sets_mathematics,
        test_hostile_text_is_made_harmless, test_a_megabyte_is_cut,
        test_numbers_are_typeset, test_times_has_the_widths_of_times,
        test_text_is_cut_to_fit, test_rich_remembers_that_memory_failed);
}
