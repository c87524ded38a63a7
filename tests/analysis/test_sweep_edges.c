/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boundaries that sweeps over one axis find. */
#include <math.h>

#include "sweeping.h"

/* Edges of other rules than sgd: where stability says that steps end, on the
   axis of steps and on any other. */
START_TEST(test_edges_of_all_rules_are_exact)
{
    static const char *const rule[] = {
        "sgd",        "heavy-ball:beta=-0.5",    "extragradient",      "adam",
        "optimistic", "lookahead:k=3,alpha=0.5", "consensus:gamma=0.5"};
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    gf_sweep_init(&sweep);
    for (size_t i = 0; i < 2 * sizeof rule / sizeof *rule; i++) {
        plan_of(&plan, &field, "classic", "h=log:1e-10:3:12", NULL);
        add(&plan, "spectral-radius");
        add(&plan, "stable-step");
        ck_assert_int_eq(
            gf_optimizer_parse(&plan.optimizer, rule[i / 2], &error), GF_OK);
        plan.order = i % 2 ? GF_ALTERNATING : GF_SIMULTANEOUS;
        ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
        ck_assert_uint_ge(sweep.edges, 1);
        double limit = sweep.value[1];
        assert_close(sweep.edge[0].at, limit, 1e-12 * limit);
        /* the same boundary crossed along p_d, at the step of its p_d = 0.2 */
        gf_field_free(field);
        plan_of(&plan, &field, "classic", "p_d=0.11:0.31:5", NULL);
        add(&plan, "spectral-radius");
        ck_assert_int_eq(
            gf_optimizer_parse(&plan.optimizer, rule[i / 2], &error), GF_OK);
        plan.order = i % 2 ? GF_ALTERNATING : GF_SIMULTANEOUS;
        plan.step = limit;
        ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
        double nearest = INFINITY;
        for (size_t k = 0; k < sweep.edges; k++)
            nearest = fmin(nearest, fabs(sweep.edge[k].at - 0.2));
        ck_assert_double_le(nearest, 1e-12);
        gf_field_free(field);
    }
    gf_sweep_clear(&sweep);
}
END_TEST

/* Zeros in a row are one edge, where they end. */
START_TEST(test_neutral_steps_have_one_edge)
{
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    gf_sweep_init(&sweep);
    plan_of(&plan, &field, "wgan", "h=0.1:3:30", NULL);
    add(&plan, "spectral-radius");
    plan.order = GF_ALTERNATING;
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    ck_assert_uint_eq(sweep.edges, 1);
    ck_assert_double_eq(sweep.edge[0].at, 2);
    gf_sweep_clear(&sweep);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/sweep_edges", test_edges_of_all_rules_are_exact,
                     test_neutral_steps_have_one_edge);
}
