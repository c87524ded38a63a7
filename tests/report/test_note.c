/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the note says of results that no variant of the catalogue has. */
#include "report/note.h"

#include "harness.h"
#include "report/layout.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static gf_field *field;
static gf_classification c;
static gf_text text;

static void classify(const char *name)
{
    gf_classification_init(&c);
    ck_assert_int_eq(gf_field_find(&field, name, NULL, NULL), GF_OK);
    ck_assert_int_eq(gf_classify(&c, field, NULL, NULL), GF_OK);
    gf_text_init(&text);
}

static void release(void)
{
    gf_text_clear(&text);
    gf_classification_clear(&c);
    gf_field_free(field);
}

static void assert_says(const char *want)
{
    gf_text_cut(&text, 0);
    gf_note_write(&text, &c, false);
    ck_assert_msg(strstr(gf_text_string(&text), want), "'%s' is not in\n%s",
                  want, gf_text_string(&text));
}

START_TEST(test_remarks_say_what_is_known)
{
    classify("lsgan");
    ck_assert_uint_eq(c.count, 2);
    assert_says(" wanted\n");
    assert_says(" spurious, not physical\n");
    c.complete = GF_UNKNOWN;
    assert_says(" wanted; more not excluded\n");
    c.point[1 - c.wanted].physical = GF_YES;
    assert_says(" spurious\n");
    c.count = 1;
    ck_assert_uint_eq(c.wanted, 0);
    assert_says(" wanted; others not excluded\n");
    c.complete = GF_YES;
    assert_says(" wanted, the only one\n");
    c.count = 2;
    release();
}
END_TEST

START_TEST(test_a_missing_point_is_said)
{
    classify("wgan");
    c.count = 0;
    c.wanted = 0;
    c.verdict = GF_OUTCOME_NONE;
    assert_says("  rest point  none where one is wanted\n");
    assert_says("  verdict     none: there is no rest point with p_g = p_d\n");
    c.count = 1;
    release();
    classify("bilinear");
    c.count = 0;
    c.wanted = 0;
    c.verdict = GF_OUTCOME_NONE;
    assert_says("  verdict     none: the point that the field wants is not at "
                "rest\n");
    c.count = 1;
    release();
}
END_TEST

START_TEST(test_a_line_gives_its_direction)
{
    classify("bilinear");
    c.point[0].line = true;
    c.point[0].along = (gf_vec2){0.6, 0.8};
    c.point[0].type = GF_TYPE_LINE;
    c.point[0].evidence = GF_EVIDENCE_NONE;
    assert_says("    the line runs along (0.6, 0.8)\n");
    assert_says(" line of rest points, stable\n");
    release();
}
END_TEST

START_TEST(test_energy_says_how_far_it_reaches)
{
    classify("lsgan");
    c.energy.region_level = INFINITY;
    assert_says("energy      E decreases for 0 < D < 1.5 (proved); every start "
                "there converges\n");
    c.energy.interval = (gf_range){-INFINITY, 2, false, true};
    assert_says("E decreases for D ≤ 2 (proved)");
    c.energy.interval = (gf_range){-1, INFINITY, true, false};
    assert_says("E decreases for D ≥ -1 (proved)");
    c.energy.region = GF_REGION_WHOLE;
    assert_says("every start converges");
    c.energy.region = GF_REGION_NONE;
    c.energy.well = GF_UNKNOWN;
    assert_says("proves no region (well unknown, decay no)");
    c.point[c.wanted].evidence = GF_EVIDENCE_ENERGY;
    assert_says("    proved by the energy\n");
    c.point[c.wanted].stability = GF_STABILITY_UNSTABLE;
    assert_says("E grows round the rest point (proved)");
    c.energy.conserved_nearby = true;
    assert_says("E is constant near the rest point (proved)");
    release();
}
END_TEST

START_TEST(test_distance_and_caution_say_unknown)
{
    classify("classic");
    c.distance.a = GF_UNKNOWN;
    assert_says("distance    F not decided\n");
    c.distance.b = GF_NO;
    assert_says("distance    F may grow\n");
    c.leaves_physical = GF_UNKNOWN;
    assert_says("caution     whether p_g stays ≥ 0 is not decided\n");
    c.leaves_physical = GF_NO;
    gf_text_cut(&text, 0);
    gf_note_write(&text, &c, false);
    ck_assert_ptr_null(strstr(gf_text_string(&text), "caution"));
    release();
}
END_TEST

START_TEST(test_failing_conditions_come_with_advice)
{
    classify("classic");
    c.equilibrium.holds = GF_NO;
    c.equilibrium.value = 0.25;
    assert_says("equilibrium no (0.25)");
    assert_says("check f1, f2 and the\n              gauge\n");
    c.damping.holds = GF_UNKNOWN;
    c.damping.value = NAN;
    assert_says("damping unknown ·");
    assert_says("the sign of f1'' + f2'' at D0 is not decided");
    c.restoring.holds = GF_UNKNOWN;
    assert_says("the sign of f2'(D0) f3'(D0) is not decided");
    release();
}
END_TEST

START_TEST(test_conserved_quadratics_are_written_out)
{
    static const struct {
        double xx, xy, yy, x, y;
        const char *want;
    } cases[] = {
        {1, 0, 1, 0, 0, "x^2 + y^2 is constant"},
        {2, -0.5, 1, 0, 0, "2*x^2 - x*y + y^2 is constant"},
        {-1, 0, 0.25, 0.5, -2, "-(x - 0.5)^2 + 0.25*(y + 2)^2 is constant"},
    };

    classify("bilinear");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        c.quadratic =
            (gf_quadratic){true, cases[i].xx, cases[i].xy, cases[i].yy, true};
        c.point[0].at = (gf_vec2){cases[i].x, cases[i].y};
        assert_says(cases[i].want);
    }
    release();
}
END_TEST

START_TEST(test_many_points_are_counted)
{
    gf_rest_point many[20];
    gf_rest_point *own;

    classify("bilinear");
    own = c.point;
    for (size_t i = 0; i < 20; i++)
        many[i] = own[0];
    c.point = many;
    c.count = 20;
    assert_says("              and 8 more: -v shows them all\n");
    c.point = own;
    c.count = 1;
    release();
}
END_TEST

START_TEST(test_eigenvalues_are_short)
{
    static const struct {
        double re[2], im[2];
        const char *want;
    } cases[] = {
        {{-0.8, -0.8}, {1.8330302779823360, -1.833}, "-0.8~±~1.833030278i"},
        {{0, 0}, {1, -1}, "±i"},
        {{-2, -2}, {0, 0}, "-2~(double)"},
        {{-0.5, -2}, {0, 0}, "-0.5, -2"},
        {{0, 0}, {0, 0}, "0~(double)"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gf_spectrum s = {.re = {cases[i].re[0], cases[i].re[1]},
                         .im = {cases[i].im[0], cases[i].im[1]}};
        gf_text_init(&text);
        gf_note_eigenvalues(&text, &s, GF_LAYOUT_DIGITS);
        ck_assert_str_eq(gf_text_string(&text), cases[i].want);
        gf_text_clear(&text);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("report/note", test_remarks_say_what_is_known,
                     test_a_missing_point_is_said,
                     test_a_line_gives_its_direction,
                     test_energy_says_how_far_it_reaches,
                     test_distance_and_caution_say_unknown,
                     test_failing_conditions_come_with_advice,
                     test_conserved_quadratics_are_written_out,
                     test_many_points_are_counted, test_eigenvalues_are_short);
}
