/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limit cycles against closed forms and other programs' numbers, and proofs
   that there is none. */
#include <ganfield/cycle.h>

#include <math.h>

#include "failing_malloc.h"
#include "field/fields.h"
#include "harness.h"

static gf_cycles cycles(const gf_field *field,
                        const gf_lyapunov_options *options)
{
    gf_error error = {.status = GF_OK};
    gf_classification c;
    gf_cycles out;

    gf_classification_init(&c);
    gf_status status = gf_classify(&c, field, NULL, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", field->name, error.message);
    status = gf_cycles_find(&out, &c, options, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", field->name, error.message);
    gf_classification_clear(&c);
    return out;
}

/* Numbers of tests/reference/cycles.py: Taylor series in 40 digits. */
START_TEST(test_van_der_pol)
{
    static const struct {
        const char *dv;
        double u, period, multiplier;
    } row[] = {
        {"(1 - u^2)*v - u", 2.00861986087484314, 6.66328685932313019,
         0.000859695063603805186},
        {"(1 - u^2)*v/2 - u", 2.00248793044710845, 6.38067580177358628,
         0.0391769202592732937},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_field *field = planar_field("v", row[i].dv);
        gf_cycles found = cycles(field, NULL);
        ck_assert_int_eq(found.absence, GF_ABSENCE_NONE);
        ck_assert_uint_eq(found.count, 1);
        const gf_cycle *c = &found.cycle[0];
        assert_close(c->at.x, row[i].u, 1e-9);
        assert_close(c->at.y, 0, 1e-15);
        assert_close(c->period, row[i].period, 1e-9);
        assert_close(c->multiplier, row[i].multiplier, 1e-9);
        ck_assert(!c->fills);
        gf_field_free(field);
    }
}
END_TEST

/* r' = r (1 - r^2)(4 - r^2): cycles at 1 and 2, with multipliers
   exp(2 pi d r'/dr), d r'/dr being -6 and 24; the inner one attracts. */
START_TEST(test_two_cycles_one_of_which_repels)
{
    gf_field *field = planar_field("u*(1 - u^2 - v^2)*(4 - u^2 - v^2)/20 - v",
                                   "v*(1 - u^2 - v^2)*(4 - u^2 - v^2)/20 + u");
    gf_cycles found = cycles(field, NULL);

    ck_assert_uint_eq(found.count, 2);
    for (size_t i = 0; i < 2; i++) {
        const gf_cycle *c = &found.cycle[i];
        double slope = i == 0 ? -6.0 : 24.0;
        assert_close(c->at.x, (double)(i + 1), 1e-10);
        assert_close(c->period, 2 * M_PI, 1e-9);
        assert_close(c->multiplier, exp(2 * M_PI * slope / 20), 1e-7);
    }
    gf_field_free(field);
}
END_TEST

/* docs/theory.md, section 2g: with rho = exp(-gamma pi/(2 omega)) and omega^2 =
   1 - gamma^2/4 the cycle passes theta = gamma g0 (1 + rho)/(1 - rho), its
   period is 2 pi/omega and its multiplier rho^2. */
START_TEST(test_gradient_penalty_in_closed_form)
{
    static const double gamma[] = {0.3, 0.1, 1};
    static const char *const set[] = {"gamma=0.3", "gamma=0.1", "gamma=1"};

    for (size_t i = 0; i < 3; i++) {
        gf_field *field = find_field("dirac-wgan-gp", set[i]);
        gf_cycles found = cycles(field, NULL);
        double omega = sqrt(1 - gamma[i] * gamma[i] / 4);
        double rho = exp(-gamma[i] * M_PI / (2 * omega));
        ck_assert_uint_eq(found.count, 1);
        const gf_cycle *c = &found.cycle[0];
        assert_close(c->at.x, gamma[i] * (1 + rho) / (1 - rho), 1e-9);
        assert_close(c->period, 2 * M_PI / omega, 1e-9);
        assert_close(c->multiplier, rho * rho, 1e-8);
        ck_assert_double_eq(c->slide_time, 0);
        gf_field_free(field);
    }
}
END_TEST

/* Ledger K10, K17, K50, K52: a disk of closed trajectories, onto whose brim
   everything outside slides in finite time. */
START_TEST(test_brims_are_reached_in_finite_time)
{
    static const struct {
        const char *name, *set;
        double clip, radius;
        bool project;
    } row[] = {
        {"hinge", "p_d=1.5", 0, 1, false},
        {"dirac-hinge", NULL, 0, M_SQRT2, false},
        {"dirac-wgan", NULL, 1, 1, false},
        {"dirac-wgan", NULL, 0.3, 0.3, false},
        {"total-variation", "p_d=0.7", 0.5, 0.5, false},
        {"wgan", NULL, 0, 0.2, true},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_field *field = find_field(row[i].name, row[i].set);
        gf_lyapunov_options options = {.clip = row[i].clip,
                                       .project = row[i].project};
        gf_cycles found = cycles(field, &options);
        ck_assert_msg(found.count == 1, "%s: %zu cycles", row[i].name,
                      found.count);
        const gf_cycle *c = &found.cycle[0];
        assert_close(hypot(c->at.x - c->round.x, c->at.y - c->round.y),
                     row[i].radius, 1e-9);
        assert_close(c->period, 2 * M_PI, 1e-7);
        ck_assert_double_eq(c->multiplier, 0);
        ck_assert(c->fills);
        assert_close(found.closed, row[i].radius, 1e-7);
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_absence_is_proved)
{
    static const struct {
        const char *name;
        gf_absence absence;
        bool while_physical;
    } row[] = {
        {"classic", GF_ABSENCE_ENERGY, false},
        {"nonsaturating", GF_ABSENCE_ENERGY, false},
        {"quadratic", GF_ABSENCE_ENERGY, false},
        {"kl", GF_ABSENCE_ENERGY, false},
        {"lsgan", GF_ABSENCE_DISTANCE, true},
        {"lsgan-pearson", GF_ABSENCE_BENDIXSON, true},
        {"wgan", GF_ABSENCE_FIRST_INTEGRAL, false},
        {"dirac-gan", GF_ABSENCE_FIRST_INTEGRAL, false},
        {"bilinear", GF_ABSENCE_FIRST_INTEGRAL, false},
        {"dirac-nsgan", GF_ABSENCE_BENDIXSON, false},
        {"dirac-lsgan", GF_ABSENCE_BENDIXSON, false},
        {"dirac-r1", GF_ABSENCE_DISTANCE, false},
        {"dirac-r1r2", GF_ABSENCE_DISTANCE, false},
        {"hinge", GF_ABSENCE_NONE, false},
        {"dirac-wgan-gp", GF_ABSENCE_NONE, false},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_field *field = find_field(row[i].name, NULL);
        gf_cycles found = cycles(field, NULL);
        ck_assert_msg(found.absence == row[i].absence, "%s: %s", row[i].name,
                      gf_absence_name(found.absence));
        ck_assert(found.while_physical == row[i].while_physical);
        ck_assert(found.searched ==
                  (row[i].absence == GF_ABSENCE_NONE || row[i].while_physical));
        gf_field_free(field);
    }
}
END_TEST

/* No proof of absence where there is a cycle: these have one and a divergence,
   or a distance, that tempts. */
START_TEST(test_no_cycle_is_proved_away)
{
    static const char *const velocity[][2] = {
        {"v", "(1 - u^2)*v - u"},
        {"u*(1 - u^2 - v^2) - v", "v*(1 - u^2 - v^2) + u"},
        {"-v - u*(1 - u^2 - v^2)^2*(4 - u^2 - v^2)/99",
         "u - v*(1 - u^2 - v^2)^2*(4 - u^2 - v^2)/99"},
    };

    for (size_t i = 0; i < 3; i++) {
        gf_field *field = planar_field(velocity[i][0], velocity[i][1]);
        gf_cycles found = cycles(field, NULL);
        ck_assert_int_eq(found.absence, GF_ABSENCE_NONE);
        ck_assert(found.searched);
        ck_assert_uint_ge(found.count, 1);
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_memory_may_run_out_at_any_time)
{
    gf_error error = {.status = GF_OK};

    for (size_t n = 1;; n++) {
        gf_field *field = find_field("dirac-wgan-gp", NULL);
        gf_classification c;
        gf_cycles out;
        gf_classification_init(&c);
        ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
        fail_nth_malloc(n);
        gf_lyapunov_options options = {.until = 10, .rtol = 1e-6};
        gf_status status = gf_cycles_find(&out, &c, &options, &error);
        bool has_failed = malloc_has_failed();
        fail_nth_malloc(0);
        gf_classification_clear(&c);
        gf_field_free(field);
        if (!has_failed)
            break;
        ck_assert_int_eq(status, GF_MEMORY);
        if (n > 40)
            n += 37;
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "analysis/cycle", test_van_der_pol, test_two_cycles_one_of_which_repels,
        test_gradient_penalty_in_closed_form,
        test_brims_are_reached_in_finite_time, test_absence_is_proved,
        test_no_cycle_is_proved_away, test_memory_may_run_out_at_any_time);
}
