/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E = (p_g - p_d)^2/(2b) + W(D): its values, its interval, its region. */
#include <ganfield/classify.h>

#include <math.h>
#include <stdio.h>

#include "harness.h"
#include "specimen.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* W in closed form, NaN where none is known. */
static double formula(const specimen *s, double x)
{
    gf_expr w = s->c.energy.w;

    return w ? gf_expr_value(
                   s->field->graph,
                   gf_expr_substitute(s->field->graph, w, s->field->axis[0],
                                      gf_expr_number(s->field->graph, x)))
             : NAN;
}

/* Ledger K14: the coordinate is u in the logit variants. */
START_TEST(test_known_energies)
{
    static const struct {
        const char *variant;
        bool elementary;
        double at[4], w[4];
    } rows[] = {
        {"classic",
         true,
         {0.1, 0.25, 0.75, 0.9},
         {0.0980535992853581983, 0.0359120616554212324, 0.0252141506075017091,
          0.0519528104378294981}},
        {"nonsaturating",
         true,
         {0.1, 0.25, 0.75, 0.9},
         {0.187103398318760464, 0.0514990542525119636, 0.0181867694257020541,
          0.0309543991265489091}},
        {"classic-logit",
         false,
         {-2, -1, 1, 2},
         {3.44488418977801, 0.621849469211526, 0.4424299712203226,
          1.677338222314125}},
        {"nonsaturating-logit",
         false,
         {-2, -1, 1, 2},
         {6.944171909152641, 0.878150530788474, 0.3218111464367928,
          0.9166559279760365}},
        {"kl",
         true,
         {0, 0.5, 2, 3},
         {0.7182818284590452, 0.1487212707001281, 0.3678794411714423,
          1.1353352832366127}},
        {"quadratic", true, {-3, 0, 0.25, 5}, {8, 0.5, 0.28125, 8}},
        {"wgan", true, {-3, -1, 0.5, 4}, {4.5, 0.5, 0.125, 8}},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = specimen_find(rows[i].variant, "");
        ck_assert_msg((s.c.energy.w != GF_EXPR_NONE) == rows[i].elementary,
                      "%s", rows[i].variant);
        for (int k = 0; k < 4; k++) {
            double x = rows[i].at[k], w = rows[i].w[k];
            assert_close(gf_energy_at(&s.c, (gf_vec2){x, 0.2}), w, TOL3);
            assert_close(gf_energy_at(&s.c, (gf_vec2){x, 1.2}), w + 0.5, TOL3);
            if (rows[i].elementary)
                assert_close(formula(&s, x), w, TOL1);
        }
        specimen_clear(&s);
    }
}
END_TEST

/* The speeds: E = (p_g - p_d)^2/(2b) + W/a. */
START_TEST(test_speeds_scale_the_energy)
{
    specimen s = specimen_find("classic", "speed=4,0.5");

    assert_close(gf_energy_at(&s.c, (gf_vec2){0.25, 0.7}),
                 0.25 + 0.0359120616554212324 / 4, TOL3);
    assert_close(s.c.energy.region_level, 0.0625 / 4, TOL1);
    specimen_clear(&s);
}
END_TEST

/* Verdicts on well, decay and first integral, region and interval. */
typedef struct region_row {
    const char *f[3], *options, *verdicts;
    gf_region region;
    double lo, hi, level;
} region_row;

/* clang-format off */
static const region_row region_rows[] = {
    {{"-D^2/2 + D", "-D", "D*(1+D^2)"}, "", "yes yes no",
     GF_REGION_WHOLE, -INFINITY, INFINITY, INFINITY},
    /* a double root of g stops the walk, and spoils the well */
    {{"-D^2/2 + D", "-D", "D*(D-1)^2"}, "", "no yes no",
     GF_REGION_LEVEL, -INFINITY, 1, 1.0 / 12},
    /* so does one in a kink */
    {{"-D^2/2 + D", "-D", "D*abs(D-1)"}, "", "no yes no",
     GF_REGION_LEVEL, -INFINITY, 1, 1.0 / 6},
    /* a double root of S only slows the decay, a simple one ends it */
    {{"-D^4/4 + 2*D^3/3 - D^2/2 + D", "-D", "D"}, "gauge=0", "yes yes no",
     GF_REGION_WHOLE, -INFINITY, INFINITY, INFINITY},
    {{"-D^2*(D-1)^2 + D", "-D", "D"}, "gauge=0", "yes no no",
     GF_REGION_LEVEL, -INFINITY, 0.5, 0.125},
    /* no decay on one side */
    {{"D^3/3 + D", "-D", "D"}, "", "yes no no",
     GF_REGION_NONE, -INFINITY, 0, NAN},
    {{"2*D", "-2*D", "D"}, "gauge=0", "yes yes yes",
     GF_REGION_NONE, -INFINITY, INFINITY, NAN},
    {{"-D^2/2 + D", "-D", "D"}, "p_d=0", "yes yes yes",
     GF_REGION_NONE, -INFINITY, INFINITY, NAN},
    /* f2' = 0 at 0: W has no bound there, a strip */
    {{"-D^2/2 + D/10", "-D^2/4", "D - 1/15"}, "", "no no no",
     GF_REGION_LEVEL, 0, INFINITY, INFINITY},
};
/* clang-format on */

START_TEST(test_whole_domain_and_interval)
{
    for (size_t i = 0; i < COUNT(region_rows); i++) {
        const region_row *r = &region_rows[i];
        specimen s = specimen_of(r->f[0], r->f[1], r->f[2], r->options);
        const gf_energy *e = &s.c.energy;
        char verdicts[40];
        snprintf(verdicts, sizeof verdicts, "%s %s %s",
                 gf_verdict_name(e->well), gf_verdict_name(e->decay),
                 gf_verdict_name(e->first_integral));
        ck_assert_str_eq(verdicts, r->verdicts);
        ck_assert_int_eq(e->region, r->region);
        assert_close(e->interval.lo, r->lo, TOL1);
        assert_close(e->interval.hi, r->hi, TOL1);
        if (e->region == GF_REGION_LEVEL)
            assert_close(e->region_level, r->level, TOL3);
        specimen_clear(&s);
    }
}
END_TEST

/* Where an end is a kink that is no double, W is finite there: no strip. */
START_TEST(test_an_end_beside_a_double_is_no_pole)
{
    specimen s = specimen_of("-0.01*max(0,D-0.3) - 3*(D-1)^2",
                             "0.01*max(0,D-0.3)", "-D", "domain=(0,inf)");

    ck_assert_int_eq(s.c.energy.region, GF_REGION_LEVEL);
    assert_close(s.c.energy.interval.lo, 0.3, TOL0);
    assert_close(s.c.energy.level_lo, 24.5, TOL3);
    assert_close(s.c.energy.region_level, 24.5, TOL3);
    specimen_clear(&s);
}
END_TEST

/* E is told only where the integral reaches: not across a kink or a pole. */
START_TEST(test_energy_reaches_to_the_next_kink_or_pole)
{
    specimen s = specimen_find("hinge", "");

    assert_close(gf_energy_at(&s.c, (gf_vec2){0.9, 0.2}), 0.405, TOL3);
    assert_close(gf_energy_at(&s.c, (gf_vec2){1.1, 0.2}), NAN, TOL3);
    assert_close(gf_energy_at(&s.c, (gf_vec2){-1.1, 0.2}), NAN, TOL3);
    specimen_clear(&s);

    s = specimen_find("lsgan", "");
    assert_close(gf_energy_at(&s.c, (gf_vec2){1.5, 0.2}), 0.5 - 0.375 * log(3),
                 TOL3);
    ck_assert(isfinite(gf_energy_at(&s.c, (gf_vec2){2, 0.2})));
    assert_close(gf_energy_at(&s.c, (gf_vec2){-0.1, 0.2}), NAN, TOL3);
    specimen_clear(&s);

    s = specimen_find("classic", "");
    assert_close(gf_energy_at(&s.c, (gf_vec2){1.5, 0.2}), NAN, TOL3);
    specimen_clear(&s);
}
END_TEST

/* Small and large domains: the level scales with the square. */
START_TEST(test_levels_scale)
{
    static const struct {
        const char *f[3], *options;
        double level;
    } rows[] = {
        {{"log(D)", "log(1e-100-D)", "-log(1e-100-D)"},
         "domain=(0,1e-100)",
         6.25e-202},
        {{"log(D)", "log(1e-9-D)", "-log(1e-9-D)"},
         "domain=(0,1e-9)",
         6.25e-20},
        {{"log(D)", "log(1e9-D)", "-log(1e9-D)"}, "domain=(0,1e9)", 6.25e16},
        {{"log(D)", "log(1e150-D)", "-log(1e150-D)"},
         "domain=(0,1e150)",
         6.25e298},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = specimen_of(rows[i].f[0], rows[i].f[1], rows[i].f[2],
                                 rows[i].options);
        ck_assert_int_eq(s.c.energy.region, GF_REGION_LEVEL);
        assert_close(s.c.energy.region_level / rows[i].level, 1, TOL3);
        ck_assert_int_eq(s.c.verdict, GF_OUTCOME_STABLE);
        specimen_clear(&s);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "analysis/energy", test_known_energies, test_speeds_scale_the_energy,
        test_whole_domain_and_interval, test_an_end_beside_a_double_is_no_pole,
        test_energy_reaches_to_the_next_kink_or_pole, test_levels_scale);
}
