/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict, the conditions, and the words for them. */
#include <ganfield/classify.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness.h"
#include "specimen.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

START_TEST(test_names_are_the_words_of_the_contract)
{
    ck_assert_str_eq(gf_type_name(GF_TYPE_LINE), "line of rest points");
    ck_assert_str_eq(gf_type_name(GF_TYPE_UNDECIDED), "unknown");
    ck_assert_str_eq(gf_type_name((gf_type)1000), "unknown");
    ck_assert_str_eq(gf_stability_name(GF_STABILITY_UNSTABLE), "unstable");
    ck_assert_str_eq(gf_evidence_name(GF_EVIDENCE_LYAPUNOV_COEFFICIENT),
                     "lyapunov coefficient");
    ck_assert_str_eq(gf_decided_name(GF_DECIDED_SYMBOLIC), "symbolic");
    ck_assert_str_eq(gf_outcome_name(GF_OUTCOME_NONE), "none");
    ck_assert_str_eq(gf_region_name(GF_REGION_WHOLE), "whole domain");
    ck_assert_str_eq(gf_region_name((gf_region)-1), "unknown");
}
END_TEST

/* tau and kappa as in docs/theory.md, section 1. */
START_TEST(test_conditions_have_value_and_verdict)
{
    static const struct {
        const char *f[3], *options;
        double damping, restoring;
        gf_verdict damped, restored;
        gf_decided how;
    } rows[] = {
        {{"log(D)", "log(1-D)", "-log(1-D)"},
         "domain=(0,1)",
         -8,
         4,
         GF_YES,
         GF_YES,
         GF_DECIDED_INTERVAL},
        {{"D", "-D", "D"}, "gauge=0", 0, 1, GF_NO, GF_YES, GF_DECIDED_SYMBOLIC},
        {{"-D^2/2 + D", "-D", "-D"},
         "",
         -1,
         -1,
         GF_YES,
         GF_NO,
         GF_DECIDED_INTERVAL},
        {{"D^2/2 + D", "-D", "D"},
         "",
         1,
         1,
         GF_NO,
         GF_YES,
         GF_DECIDED_INTERVAL},
        /* cos(D) = D has no name */
        {{"sin(D) - D^2/2 + D", "-D", "D"},
         "",
         -1.6736120291832148,
         1,
         GF_YES,
         GF_YES,
         GF_DECIDED_INTERVAL},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = specimen_of(rows[i].f[0], rows[i].f[1], rows[i].f[2],
                                 rows[i].options);
        assert_close(s.c.equilibrium.value, 0, TOL0);
        ck_assert_int_eq(s.c.equilibrium.holds, GF_YES);
        assert_close(s.c.damping.value, rows[i].damping, TOL1);
        ck_assert_int_eq(s.c.damping.holds, rows[i].damped);
        ck_assert_int_eq(s.c.damping.decided, rows[i].how);
        assert_close(s.c.restoring.value, rows[i].restoring, TOL1);
        ck_assert_int_eq(s.c.restoring.holds, rows[i].restored);
        specimen_clear(&s);
    }
}
END_TEST

/* A D0 without a name where f2' f3' is 0 exactly: no sign may be read from a
   number beside it. */
START_TEST(test_zero_at_a_nameless_d0_is_not_claimed)
{
    specimen s =
        specimen_of("-(D^6/6 - D^2/2 - D) + D", "-D", "(D^5 - D - 1)^2", "");

    ck_assert_int_eq(s.c.restoring.holds, GF_UNKNOWN);
    ck_assert_int_eq(s.c.damping.holds, GF_YES);
    ck_assert_int_ne(s.c.verdict, GF_OUTCOME_STABLE);
    specimen_clear(&s);
}
END_TEST

START_TEST(test_verdict_of_the_wanted_point)
{
    static const struct {
        const char *f[3], *options;
        gf_outcome verdict;
    } rows[] = {
        {{"-D^2/2 + D", "-D", "D"}, "", GF_OUTCOME_STABLE},
        {{"-D^2/2 + D", "-D", "-D"}, "", GF_OUTCOME_UNSTABLE},
        {{"-D^2/2 + D", "-D", "D"}, "p_d=0", GF_OUTCOME_CENTER},
        {{"D", "-D", "D"}, "gauge=1/3", GF_OUTCOME_CENTER},
        /* weak foci, by energy and by nothing at all */
        {{"-D^4/4 + D", "-D", "D"}, "", GF_OUTCOME_STABLE},
        {{"D^4/4 + D", "-D", "D"}, "", GF_OUTCOME_UNSTABLE},
        {{"D^3/3 + D", "-D", "D"}, "", GF_OUTCOME_UNKNOWN},
        /* f2'(D0) = 0: every p_g is at rest, none is the one */
        {{"-D^2", "-D^2", "D"}, "", GF_OUTCOME_NONE},
        /* f3 constant: a line */
        {{"-D^2/2 + D", "-D", "1"}, "", GF_OUTCOME_UNKNOWN},
        /* infinitely many rest points hide neither D0 nor its type */
        {{"-D^2/2 + D", "-D", "sin(D)"}, "", GF_OUTCOME_STABLE},
        {{"-D^2/2 + D", "-D", "tan(D)"}, "", GF_OUTCOME_STABLE},
        /* cbrt has no slope at 0 */
        {{"-D^2/2 + D", "-D", "cbrt(D)"}, "", GF_OUTCOME_UNKNOWN},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = specimen_of(rows[i].f[0], rows[i].f[1], rows[i].f[2],
                                 rows[i].options);
        ck_assert_msg(s.c.verdict == rows[i].verdict, "%s | %s: %s",
                      rows[i].f[0], rows[i].f[2], gf_outcome_name(s.c.verdict));
        specimen_clear(&s);
    }
}
END_TEST

/* p_d* = (2/|tau|) sqrt(b kappa/a), exactly and on both sides (K2, K5, K7). */
START_TEST(test_node_and_focus_meet_at_the_border)
{
    static const struct {
        const char *variant;
        int a, b;
        double border;
    } rows[] = {{"classic", 1, 1, 0.5},      {"nonsaturating", 1, 1, 0.5},
                {"quadratic", 1, 1, 2},      {"lsgan", 1, 1, 0.5},
                {"classic-logit", 1, 1, 2},  {"kl", 1, 1, 2},
                {"reverse-kl", 1, 1, 2},     {"pearson", 1, 1, 4},
                {"neyman", 1, 1, 4},         {"hellinger", 1, 1, 1},
                {"jensen-shannon", 1, 1, 1}, {"gan", 1, 1, 1},
                {"exponential", 1, 1, 1},    {"classic", 4, 1, 0.25},
                {"quadratic", 1, 9, 6},      {"kl", 16, 4, 1}};
    static const struct {
        double factor;
        gf_type type;
    } sides[] = {{1 - 1e-12, GF_TYPE_STABLE_FOCUS},
                 {1, GF_TYPE_STABLE_DEGENERATE_NODE},
                 {1 + 1e-12, GF_TYPE_STABLE_NODE}};

    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < COUNT(sides); k++) {
            char options[80];
            specimen s;
            snprintf(options, sizeof options, "p_d=%.17g;speed=%d,%d",
                     rows[i].border * sides[k].factor, rows[i].a, rows[i].b);
            s = specimen_find(rows[i].variant, options);
            ck_assert_msg(specimen_wanted(&s)->type == sides[k].type,
                          "%s %s: %s", rows[i].variant, options,
                          gf_type_name(specimen_wanted(&s)->type));
            ck_assert_int_eq(s.c.verdict, GF_OUTCOME_STABLE);
            specimen_clear(&s);
        }
}
END_TEST

/* p_g = 0 is crossed where f3 < f3(D0), and nowhere else. */
START_TEST(test_leaving_the_physical_range)
{
    static const struct {
        const char *f3, *options;
        gf_verdict leaves;
    } rows[] = {{"D", "", GF_YES},
                {"D^2", "", GF_NO},
                {"-D^2", "", GF_YES},
                {"D", "domain=[0,2)", GF_NO},
                {"D", "domain=(-1e-9,2)", GF_YES},
                {"D^2*(D-3)^2", "", GF_NO},
                {"D*sin(1/(D-9))", "", GF_YES},
                {"3", "", GF_NO}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s =
            specimen_of("-D^2/2 + D", "-D", rows[i].f3, rows[i].options);
        ck_assert_msg(s.c.leaves_physical == rows[i].leaves, "%s %s",
                      rows[i].f3, rows[i].options);
        specimen_clear(&s);
    }
}
END_TEST

/* Mescheder's and Nagarajan's spectra on the Dirac-GAN. */
START_TEST(test_dirac_spectra)
{
    static const struct {
        int k; /* of the ledger */
        const char *variant, *options;
        double re, im;
    } rows[] = {
        {43, "dirac-gan", "", 0, 0.5},
        {44, "dirac-nsgan", "", 0, 0.5},
        {45, "dirac-wgan", "", 0, 1},
        {46, "dirac-r1", "gamma=0.1", -0.05, 0.49749371855331},
        {46, "dirac-r1", "gamma=0.3", -0.15, 0.4769696007084728},
        {46, "dirac-r1", "gamma=1", -0.5, 0},
        {46, "dirac-r1", "gamma=2", -0.1339745962155614, 0},
        {46, "dirac-r2", "gamma=10", -0.02506281446690023, 0},
        {46, "dirac-r1r2", "gamma=0.3", -0.3, 0.4},
        {47, "dirac-instance-noise", "sigma=0.5", -0.0625, 0.4960783708246107},
        {47, "dirac-instance-noise", "sigma=0.7", -0.1225, 0.4847615393159816},
        {47, "dirac-instance-noise", "sigma=sqrt(2)", -0.5, 0},
        {47, "dirac-instance-noise", "sigma=1", -0.25, 0.4330127018922193},
        {47, "dirac-instance-noise", "sigma=2", -0.1339745962155614, 0},
        {48, "dirac-consensus", "gamma=0.3", -0.075, 0.5},
        {48, "dirac-consensus", "gamma=10", -2.5, 0.5},
        {52, "dirac-hinge", "", 0, 1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = specimen_find(rows[i].variant, rows[i].options);
        const gf_spectrum *spectrum = &specimen_wanted(&s)->spectrum;
        /* a double eigenvalue is known to half the digits */
        double tol = rows[i].re == -0.5 ? 1e-6 : 1e-12;
        ck_assert_msg(fabs(spectrum->re[0] - rows[i].re) < tol &&
                          fabs(spectrum->im[0] - rows[i].im) < tol,
                      "K%d, %s: %.17g, %.17g", rows[i].k, rows[i].variant,
                      spectrum->re[0], spectrum->im[0]);
        specimen_clear(&s);
    }
}
END_TEST

/* K53: with the real point at 0 and f of the difference of both outputs, critic
   and generator of a relativistic pair move as those of dirac-nsgan. */
START_TEST(test_relativistic_dirac_is_nonsaturating)
{
    specimen own = specimen_planar("-v/(1 + exp(-u*v))", "u/(1 + exp(u*v))");
    specimen nsgan = specimen_find("dirac-nsgan", "");

    for (int i = 0; i < 50; i++) {
        gf_vec2 at = {sin(3. * i) * 2, cos(7. * i) * 2};
        gf_vec2 a = gf_field_at(at, own.field);
        gf_vec2 b = gf_field_at(at, nsgan.field);
        assert_close(a.x, b.x, 1e-14);
        assert_close(a.y, b.y, 1e-14);
    }
    specimen_clear(&own);
    specimen_clear(&nsgan);
}
END_TEST

/* K53: two points, half of the data on each; v is the difference of the outputs
   C there, p the fakes on the first. With s(t) = f'(t) = 1/(1 + e^t), the mean
   field of a relativistic pair leaves C + const alone and moves v and p like
   the logit of the non-saturating GAN at p_d = 1/2 (K6): l^2 + l/4 + 1/4 = 0.
 */
START_TEST(test_relativistic_mean_field)
{
#define S "(1/(1 + exp(u)))"
#define S_BACK "(1/(1 + exp(-u)))"
#define FIRST "((v/2 + (1 - v)*" S ")/2 - v*(1/2 + " S_BACK ")/2)"
#define SECOND "((v*" S_BACK " + (1 - v)/2)/2 - (1 - v)*(" S " + 1/2)/2)"
    specimen pair =
        specimen_planar(FIRST " - " SECOND, "(softplus(u) - softplus(-u))/4");
    const gf_rest_point *rest = specimen_point(&pair, 0, 0.5);
    specimen logit = specimen_find("nonsaturating-logit", "p_d=0.5");
    const gf_spectrum *want = &specimen_wanted(&logit)->spectrum;

    ck_assert_ptr_nonnull(rest);
    assert_close(rest->spectrum.re[0], -0.125, 1e-14);
    assert_close(rest->spectrum.re[0], want->re[0], 1e-14);
    assert_close(fabs(rest->spectrum.im[0]), fabs(want->im[0]), 1e-14);
    specimen_clear(&pair);
    specimen_clear(&logit);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "analysis/classify", test_names_are_the_words_of_the_contract,
        test_conditions_have_value_and_verdict,
        test_zero_at_a_nameless_d0_is_not_claimed,
        test_verdict_of_the_wanted_point,
        test_node_and_focus_meet_at_the_border, test_leaving_the_physical_range,
        test_dirac_spectra, test_relativistic_dirac_is_nonsaturating,
        test_relativistic_mean_field);
}
