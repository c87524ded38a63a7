/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proved levels of the distance and of the quadratic energy: closed forms, and
   random points below them, at which both must fall. */
#include <ganfield/region.h>

#include <math.h>
#include <stdio.h>

#include "failing_malloc.h"
#include "field/fields.h"
#include "harness.h"

static gf_regions regions(const gf_field *field)
{
    gf_error error = {.status = GF_OK};
    gf_classification c;
    gf_regions r;

    gf_classification_init(&c);
    gf_status status = gf_classify(&c, field, NULL, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", field->name, error.message);
    status = gf_regions_find(&r, &c, NULL, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", field->name, error.message);
    gf_classification_clear(&c);
    return r;
}

/* dV/dt at a point, a number. */
static double growth(const gf_form *f, const gf_field *field, gf_vec2 at)
{
    double x = at.x - f->centre.x, y = at.y - f->centre.y;
    gf_vec2 v = gf_field_at(at, field);

    return 2 * ((f->xx * x + f->xy * y) * v.x + (f->xy * x + f->yy * y) * v.y);
}

/* Random points below the level, many of them just below. */
static void assert_falls(const gf_form *f, const gf_field *field)
{
    uint64_t state = 7;
    int points = is_long_run() ? 20000 : 1000;

    ck_assert_int_eq(f->proved, GF_YES);
    ck_assert_double_gt(f->level, 0);
    ck_assert_double_le(f->level, f->most);
    for (int i = 0; i < points; i++) {
        gf_vec2 brim = gf_form_point(f, random_between(&state, 0, 2 * M_PI));
        double share = i % 2 ? 1 : random_between(&state, 0.01, 1);
        gf_vec2 at = {f->centre.x + share * (brim.x - f->centre.x),
                      f->centre.y + share * (brim.y - f->centre.y)};
        double rate = growth(f, field, at);
        ck_assert_msg(rate <= 1e-15, "%s: %g at (%.17g, %.17g)", field->name,
                      rate, at.x, at.y);
    }
}

/* What is not proved does fail: some point at or just above `most` grows. */
static void assert_no_larger(const gf_form *f, const gf_field *field)
{
    gf_form above = *f;
    bool grows = false;

    ck_assert_double_gt(above.level, 0.97 * above.most);
    above.level = 1.002 * above.most;
    for (int n = 0; n < 200000 && !grows; n++)
        grows =
            !(growth(&above, field, gf_form_point(&above, n * M_PI / 1e5)) < 0);
    ck_assert_msg(grows || above.is_domain, "%s", field->name);
}

START_TEST(test_both_forms_fall_below_levels_that_are_the_largest)
{
    static const struct {
        const char *name;
        bool is_tight, is_long;
    } row[] = {{"classic", true, false},       {"nonsaturating", true, false},
               {"lsgan", true, false},         {"hellinger", true, false},
               {"kl", false, false},           {"exponential", false, false},
               {"pearson", false, true},       {"lsgan-symmetric", false, true},
               {"classic-logit", false, true}, {"neyman", false, true}};

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (row[i].is_long && !is_long_run())
            continue;
        gf_field *field = find_field(row[i].name, NULL);
        gf_regions r = regions(field);
        const gf_form *form[] = {&r.distance, &r.quadratic};
        for (size_t k = 0; k < 2; k++) {
            assert_falls(form[k], field);
            if (row[i].is_tight)
                assert_no_larger(form[k], field);
        }
        gf_field_free(field);
    }
}
END_TEST

/* Least squares with labels 0 1 1: S = -2 x, B = -3 x^2/2, so the least of h is
   at D0 and (4 p_d/3)^2/2. Pearson's chi^2: S = -x/2, B = -x^2/4 for p_d = 0.2:
   (2 p_d)^2/2. */
START_TEST(test_distance_levels_in_closed_form)
{
    gf_field *field = find_field("lsgan", NULL);
    gf_regions r = regions(field);

    assert_close(r.distance.level, 8.0 / 225, 1e-9);
    gf_field_free(field);
    field = find_field("pearson", NULL);
    r = regions(field);
    assert_close(r.distance.level, 0.08, 1e-8);
    gf_field_free(field);
}
END_TEST

/* Ledger K5: affine, so both fall everywhere. */
START_TEST(test_an_affine_field_converges_from_everywhere)
{
    gf_field *field = find_field("quadratic", NULL);
    gf_regions r = regions(field);

    ck_assert_int_eq(r.distance.proved, GF_YES);
    ck_assert_int_eq(r.quadratic.proved, GF_YES);
    ck_assert(isinf(r.distance.level) && isinf(r.quadratic.level));
    gf_field_free(field);
}
END_TEST

/* P solves J^T P + P J = -1. */
START_TEST(test_the_quadratic_solves_lyapunovs_equation)
{
    uint64_t state = 11;

    for (int i = 0; i < 30; i++) {
        double m[4];
        char du[80], dv[80];
        for (size_t k = 0; k < 4; k++)
            m[k] = round(100 * random_between(&state, -2, 2)) / 100;
        if (!(m[0] + m[3] < -0.1 && m[0] * m[3] - m[1] * m[2] > 0.1))
            continue;
        snprintf(du, sizeof du, "%.2f*u + %.2f*v", m[0], m[1]);
        snprintf(dv, sizeof dv, "%.2f*u + %.2f*v", m[2], m[3]);
        gf_field *field = planar_field(du, dv);
        gf_error error = {.status = GF_OK};
        gf_classification c;
        gf_regions r;
        gf_classification_init(&c);
        ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
        c.wanted = 0; /* the only one */
        ck_assert_uint_eq(c.count, 1);
        ck_assert_int_eq(gf_regions_find(&r, &c, NULL, &error), GF_OK);
        const gf_form *f = &r.quadratic;
        assert_close(2 * (m[0] * f->xx + m[2] * f->xy), -1, TOL2);
        assert_close(2 * (m[1] * f->xy + m[3] * f->yy), -1, TOL2);
        assert_close(f->xx * m[1] + f->xy * m[3] + f->xy * m[0] + f->yy * m[2],
                     0, TOL2);
        ck_assert(isinf(f->level));
        gf_classification_clear(&c);
        gf_field_free(field);
    }
}
END_TEST

/* u' = -u (1 - u^2), v' = -v: P = 1/2, and V grows beyond u = 1, V = 1/2. */
START_TEST(test_a_level_that_ends_at_a_saddle)
{
    gf_field *field = planar_field("-u*(1 - u^2)", "-v");
    gf_error error = {.status = GF_OK};
    gf_classification c;
    gf_regions r;

    gf_classification_init(&c);
    ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
    for (c.wanted = 0; c.point[c.wanted].at.x != 0; c.wanted++)
        ;
    ck_assert_int_eq(gf_regions_find(&r, &c, NULL, &error), GF_OK);
    assert_close(r.quadratic.xx, 0.5, TOL1);
    ck_assert_double_le(r.quadratic.level, 0.5);
    ck_assert_double_gt(r.quadratic.level, 0.497);
    gf_classification_clear(&c);
    gf_field_free(field);
}
END_TEST

/* Centers, jumps, quadratures that stand for integrals: nothing is claimed. */
START_TEST(test_what_cannot_be_proved_is_unknown)
{
    static const char *const name[] = {"wgan", "hinge", "dirac-wgan-gp",
                                       "dirac-instance-noise", "dirac-nsgan"};

    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        gf_field *field = find_field(name[i], NULL);
        gf_regions r = regions(field);
        ck_assert_int_eq(r.distance.proved, GF_UNKNOWN);
        ck_assert_int_eq(r.quadratic.proved, GF_UNKNOWN);
        ck_assert(isnan(r.quadratic.level));
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_memory_may_run_out_at_any_time)
{
    gf_error error = {.status = GF_OK};

    for (size_t n = 1;; n += n < 100 ? 1 : 17) {
        gf_field *field = find_field("lsgan", NULL);
        gf_classification c;
        gf_regions r;
        gf_classification_init(&c);
        ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
        fail_nth_malloc(n);
        gf_region_options options = {.boxes = 50};
        gf_status status = gf_regions_find(&r, &c, &options, &error);
        bool has_failed = malloc_has_failed();
        fail_nth_malloc(0);
        gf_classification_clear(&c);
        gf_field_free(field);
        if (!has_failed)
            break;
        if (status == GF_OK) /* a root less sharp, in a chart */
            ck_assert(r.distance.proved == GF_UNKNOWN ||
                      r.distance.level <= 8.0 / 225);
        else
            ck_assert_int_eq(status, GF_MEMORY);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/region",
                     test_both_forms_fall_below_levels_that_are_the_largest,
                     test_distance_levels_in_closed_form,
                     test_an_affine_field_converges_from_everywhere,
                     test_the_quadratic_solves_lyapunovs_equation,
                     test_a_level_that_ends_at_a_saddle,
                     test_what_cannot_be_proved_is_unknown,
                     test_memory_may_run_out_at_any_time);
}
