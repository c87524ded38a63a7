/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of a sweep says what a classification of its field says. */
#include <ganfield/lyapunov.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sweeping.h"

/* Every cell of a small sweep against its own classification. */
static void compare(const char *variant, const char *parameter)
{
    char axis[80], set[80], speed[40];
    gf_field *base, *field;
    gf_sweep_plan plan;
    gf_sweep sweep;
    gf_error error;

    snprintf(axis, sizeof axis, "%s=0.125:1.625:7", parameter);
    plan_of(&plan, &base, variant, axis, "speed=log:0.25:4:5");
    add(&plan, "eigenvalue");
    add(&plan, "eigenvalue-fast");
    add(&plan, "type");
    add(&plan, "verdict");
    add(&plan, "margin");
    gf_sweep_init(&sweep);
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    ck_assert_uint_eq(sweep.filled, 35);
    for (size_t n = 0; n < 35; n++) {
        const double *got = &sweep.value[n * plan.quantities];
        const char *const all[] = {set};
        gf_settings settings = {.set = all, .set_count = 1, .speed = speed};
        gf_classification c;
        snprintf(set, sizeof set, "%s=%.17g", parameter,
                 gf_sweep_axis_at(&plan.axis[0], n / 5));
        snprintf(speed, sizeof speed, "%.17g,1",
                 gf_sweep_axis_at(&plan.axis[1], n % 5));
        ck_assert_int_eq(gf_field_find(&field, variant, &settings, &error),
                         GF_OK);
        gf_classification_init(&c);
        ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
        const gf_rest_point *p = &c.point[c.wanted];
        const double *re = p->spectrum.re;
        if (p->smooth) {
            assert_close(got[0], fmax(re[0], re[1]), TOL3);
            assert_close(got[1], p->spectrum.im[0], TOL3);
            assert_close(got[2], fmin(re[0], re[1]), TOL3);
            assert_close(got[5], p->margin, TOL3);
        } else {
            ck_assert(isnan(got[0]) && isnan(got[1]) && isnan(got[2]));
        }
        ck_assert_str_eq(gf_sweep_quantity_word(plan.quantity[3], got[3]),
                         gf_type_name(p->type));
        ck_assert_str_eq(gf_sweep_quantity_word(plan.quantity[4], got[4]),
                         gf_outcome_name(c.verdict));
        gf_classification_clear(&c);
        gf_field_free(field);
    }
    gf_sweep_clear(&sweep);
    gf_field_free(base);
}

START_TEST(test_cells_are_what_classify_says)
{
    static const char *const pointwise[] = {"classic", "classic-logit", "wgan",
                                            "lsgan", "quadratic"};

    for (size_t i = 0; i < sizeof pointwise / sizeof *pointwise; i++)
        compare(pointwise[i], "p_d");
    compare("dirac-r1", "gamma");
}
END_TEST

/* Classic: a degenerate node at p_d* = (2/|tau|) sqrt(kappa) = 1/2, a focus
   below, a node above [docs/theory.md, section 1]. */
START_TEST(test_node_and_focus_part_where_the_theory_says)
{
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    plan_of(&plan, &field, "classic", "p_d=0.25:0.75:101", NULL);
    add(&plan, "type");
    add(&plan, "discriminant");
    gf_sweep_init(&sweep);
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    for (size_t n = 0; n < 101; n++) {
        gf_type want = n < 50    ? GF_TYPE_STABLE_FOCUS
                       : n == 50 ? GF_TYPE_STABLE_DEGENERATE_NODE
                                 : GF_TYPE_STABLE_NODE;
        double p_d = gf_sweep_axis_at(&plan.axis[0], n);
        ck_assert_int_eq((int)sweep.value[2 * n], want);
        assert_close(sweep.value[2 * n + 1], 64 * p_d * p_d - 16, TOL1);
    }
    gf_sweep_clear(&sweep);
    gf_field_free(field);
}
END_TEST

/* sgd on classic, p_d < 1/2: stable for h < 2 p_d [docs/theory.md, section 3];
   just inside and just outside of every limit the radius says so. */
START_TEST(test_steps_of_sgd_are_stable_up_to_their_limit)
{
    gf_sweep_plan plan, near;
    gf_field *field;
    gf_sweep sweep, other;
    gf_error error;

    plan_of(&plan, &field, "classic", "p_d=0.05:1.95:20", "speed=0.5:2:4");
    add(&plan, "stable-step");
    add(&plan, "best-step");
    add(&plan, "best-radius");
    gf_sweep_init(&sweep);
    gf_sweep_init(&other);
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    for (size_t n = 0; n < sweep.cells; n++) {
        double p_d = gf_sweep_axis_at(&plan.axis[0], n / 4);
        double speed = gf_sweep_axis_at(&plan.axis[1], n % 4);
        const double *limit = &sweep.value[3 * n];
        if (speed == 1 && p_d < 0.5)
            assert_close(limit[0], 2 * p_d, TOL1);
        for (int side = -2; side <= 2; side++) {
            double h = side == -2 || side == 2 ? limit[0] * (1 + 5e-7 * side)
                                               : limit[1] * (1 + 1e-3 * side);
            near = plan;
            near.quantities = 0;
            add(&near, "spectral-radius");
            near.step = h;
            near.axis[0] = (gf_sweep_axis){"p_d", p_d, p_d, 1, false};
            near.axis[1] = (gf_sweep_axis){"speed", speed, speed, 1, false};
            ck_assert_int_eq(gf_sweep_run(&other, &near, NULL, &error), GF_OK);
            if (side == -2)
                ck_assert_double_lt(other.value[0], 1);
            else if (side == 2)
                ck_assert_double_gt(other.value[0], 1);
            else if (side == 0)
                assert_close(other.value[0], limit[2], TOL3);
            else
                ck_assert_double_gt(other.value[0], limit[2]);
        }
    }
    gf_sweep_clear(&other);
    gf_sweep_clear(&sweep);
    gf_field_free(field);
}
END_TEST

/* Alternating sgd on WGAN is neutral for h < 2, extragradient stable for h < 1
   with the least radius sqrt(3)/2 at 1/sqrt(2) [docs/theory.md, section 3]. */
START_TEST(test_other_rules_have_their_steps)
{
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    gf_sweep_init(&sweep);
    plan_of(&plan, &field, "wgan", "h=0.5:1.25:4", NULL);
    add(&plan, "spectral-radius");
    add(&plan, "stable-step");
    add(&plan, "best-step");
    add(&plan, "best-radius");
    ck_assert_int_eq(
        gf_optimizer_parse(&plan.optimizer, "extragradient", &error), GF_OK);
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    for (size_t n = 0; n < 4; n++) {
        double h = gf_sweep_axis_at(&plan.axis[0], n);
        const double *v = &sweep.value[4 * n];
        assert_close(v[0], sqrt(1 - h * h + h * h * h * h), TOL3);
        assert_close(v[1], 1, TOL3);
        assert_close(v[2], sqrt(0.5), TOL4);
        assert_close(v[3], sqrt(0.75), TOL3);
    }
    plan.optimizer.rule = NULL;
    plan.order = GF_ALTERNATING;
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    for (size_t n = 0; n < 4; n++) {
        assert_close(sweep.value[4 * n], 1, TOL3);
        ck_assert(isnan(sweep.value[4 * n + 1]));
    }
    gf_sweep_clear(&sweep);
    gf_field_free(field);
}
END_TEST

/* At a focus the largest exponent is the real part of the eigenvalues; a run
   that comes to the rest point has a time, and one that runs away has none. */
START_TEST(test_runs_are_labelled)
{
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    gf_sweep_init(&sweep);
    plan_of(&plan, &field, "lsgan", "p_d=0.1:1:4", NULL);
    add(&plan, "label");
    add(&plan, "time");
    add(&plan, "exponent");
    add(&plan, "eigenvalue-re");
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_ARGUMENT);
    plan.has_start = true;
    plan.start = (gf_vec2){1.5, -0.1};
    plan.until = 1000;
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    ck_assert_str_eq(gf_sweep_quantity_word(plan.quantity[0], sweep.value[0]),
                     "blew up");
    ck_assert(isnan(sweep.value[1]));
    for (size_t n = 1; n < 4; n++) {
        const double *v = &sweep.value[4 * n];
        ck_assert_str_eq(gf_sweep_quantity_word(plan.quantity[0], v[0]),
                         "converged");
        ck_assert_double_gt(v[1], 0);
        assert_close(v[2], v[3], TOL4);
    }
    gf_sweep_clear(&sweep);
    gf_field_free(field);
}
END_TEST

/* Of steps that come to the rest point the exponent is the logarithm of the
   spectral radius there; on the circle beyond the limit it is 0; elsewhere it
   is what gf_lyapunov_map says. */
START_TEST(test_optimizers_have_exponents)
{
    static const char *const rule[] = {"sgd", "heavy-ball:beta=-0.3",
                                       "extragradient"};
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    gf_sweep_init(&sweep);
    for (size_t i = 0; i < 3; i++) {
        plan_of(&plan, &field, "classic", "h=0.05:0.45:9", NULL);
        add(&plan, "map-exponent");
        add(&plan, "spectral-radius");
        ck_assert_int_eq(gf_optimizer_parse(&plan.optimizer, rule[i], &error),
                         GF_OK);
        ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error),
                         GF_ARGUMENT); /* no start */
        plan.has_start = true;
        plan.start = (gf_vec2){0.45, 0.25};
        ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
        for (size_t n = 0; n < 9; n++) {
            const double *v = &sweep.value[2 * n];
            if (v[1] < 0.999)
                assert_close(v[0], log(v[1]), 1e-6);
        }
        if (i == 0) /* h = 0.45 > 0.4 */
            assert_close(sweep.value[16], 0, 1e-6);
        gf_field_free(field);
    }
    plan_of(&plan, &field, "classic", "p_d=0.2:0.4:2", "h=0.1:0.5:2");
    add(&plan, "map-exponent");
    plan.has_start = true;
    plan.start = (gf_vec2){0.45, 0.25};
    plan.steps = 300;
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    gf_map_options how = {.step = 0.5, .steps = 300};
    gf_optimizer sgd;
    gf_exponents e;
    ck_assert_int_eq(gf_optimizer_parse(&sgd, "sgd", &error), GF_OK);
    ck_assert_int_eq(gf_lyapunov_map(&e, field, plan.start, &sgd, &how, &error),
                     GF_OK);
    ck_assert_double_eq(sweep.value[1], e.value[0]);
    gf_sweep_clear(&sweep);
    gf_field_free(field);
}
END_TEST

START_TEST(test_threads_change_no_byte)
{
    double first[7 * 6 * 3];
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    plan_of(&plan, &field, "hinge", "p_d=log:0.01:3:7", "speed=0.5:1:6");
    add(&plan, "eigenvalue");
    add(&plan, "type");
    for (size_t threads = 1; threads <= 7; threads += threads == 1 ? 1 : 5) {
        gf_sweep_options options = {.threads = threads};
        gf_sweep_init(&sweep);
        ck_assert_int_eq(gf_sweep_run(&sweep, &plan, &options, &error), GF_OK);
        if (threads == 1)
            memcpy(first, sweep.value, sizeof first);
        else
            ck_assert_mem_eq(first, sweep.value, sizeof first);
        gf_sweep_clear(&sweep);
    }
    gf_field_free(field);
}
END_TEST

START_TEST(test_axes_are_read_and_refused)
{
    static const struct {
        const char *text;
        gf_status status;
    } bad[] = {
        {"", GF_SYNTAX},
        {"p_d", GF_SYNTAX},
        {"p_d=", GF_SYNTAX},
        {"=0:1:2", GF_SYNTAX},
        {"p_d=0:1", GF_SYNTAX},
        {"p_d=0:1:2:3", GF_SYNTAX},
        {"p_d=0:1:0", GF_ARGUMENT},
        {"p_d=0:1:-3", GF_ARGUMENT},
        {"p_d=0:1:2.5", GF_ARGUMENT},
        {"p_d=0:1:nan", GF_ARGUMENT},
        {"p_d=0:inf:3", GF_ARGUMENT},
        {"p_d=0/0:1:3", GF_ARGUMENT},
        {"p_d=log:0:1:3", GF_ARGUMENT},
        {"p_d=log:-1:1:3", GF_ARGUMENT},
        {"p_d=1:1:3", GF_ARGUMENT},
        {"p_d=0:1:1e300", GF_LIMIT},
        {"p_d=0:x:3", GF_NAME},
        {"p_d=0:1+:3", GF_SYNTAX},
    };
    gf_sweep_axis axis;
    gf_error error;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(gf_sweep_axis_parse(&axis, bad[i].text, &error) ==
                          bad[i].status,
                      "'%s': %s", bad[i].text, error.message);
    ck_assert_int_eq(gf_sweep_axis_parse(&axis, "h=log:1e-3:10:5", &error),
                     GF_OK);
    ck_assert_double_eq(gf_sweep_axis_at(&axis, 0), 1e-3);
    assert_close(gf_sweep_axis_at(&axis, 1), 1e-2, TOL1);
    ck_assert_double_eq(gf_sweep_axis_at(&axis, 4), 10);
    ck_assert_int_eq(gf_sweep_axis_parse(&axis, "w=0.1:1:10", &error), GF_OK);
    for (int i = 0; i < 10; i++)
        ck_assert_double_eq(gf_sweep_axis_at(&axis, (size_t)i), (i + 1) / 10.0);
    ck_assert_int_eq(gf_sweep_axis_parse(&axis, "w=0.1:0.9:5", &error), GF_OK);
    ck_assert_double_eq(gf_sweep_axis_at(&axis, 3), 0.7);
    ck_assert_int_eq(gf_sweep_axis_parse(&axis, "w=-pi:pi:11", &error), GF_OK);
    for (size_t i = 0; i < 11; i++)
        ck_assert_double_eq(gf_sweep_axis_at(&axis, i),
                            -gf_sweep_axis_at(&axis, 10 - i));
    ck_assert_int_eq(gf_sweep_axis_parse(&axis, "w=3:4:1", &error), GF_OK);
    ck_assert_double_eq(gf_sweep_axis_at(&axis, 0), 3);
}
END_TEST

START_TEST(test_what_cannot_be_swept_is_told)
{
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;
    size_t cells;

    gf_sweep_init(&sweep);
    plan_of(&plan, &field, "classic", "pd=0.1:1:3", NULL);
    ck_assert_int_eq(gf_sweep_plan_add(&plan, "eigenvalues", &error), GF_NAME);
    ck_assert_ptr_nonnull(strstr(error.message, "'eigenvalue'"));
    add(&plan, "type");
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_NAME);
    ck_assert_ptr_nonnull(strstr(error.message, "'p_d'"));
    ck_assert_int_eq(gf_sweep_axis_parse(&plan.axis[0], "p_d=-1:1:3", &error),
                     GF_OK);
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_DOMAIN);
    ck_assert_int_eq(gf_sweep_axis_parse(&plan.axis[0], "speed=0:1:3", &error),
                     GF_OK);
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_ARGUMENT);
    gf_sweep_clear(&sweep);
    gf_field_free(field);

    plan_of(&plan, &field, "classic", "p_d=1:2:1e6", "speed=1:2:1e6");
    ck_assert_int_eq(gf_sweep_plan_cells(&cells, &plan, &error), GF_LIMIT);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "analysis/sweep", test_cells_are_what_classify_says,
        test_node_and_focus_part_where_the_theory_says,
        test_steps_of_sgd_are_stable_up_to_their_limit,
        test_other_rules_have_their_steps, test_runs_are_labelled,
        test_optimizers_have_exponents, test_threads_change_no_byte,
        test_axes_are_read_and_refused, test_what_cannot_be_swept_is_told);
}
