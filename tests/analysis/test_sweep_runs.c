/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels and times of an optimizer's runs, against single runs. */
#include <ganfield/ensemble.h>

#include <math.h>

#include "sweeping.h"

/* As near counts as there. */
#define RADIUS 1e-3

static const gf_vec2 start = {0.3, 0.3};

static void plan_runs(gf_sweep_plan *plan, gf_field **field,
                      const char *variant, const char *rule, const char *axis)
{
    gf_error error;

    plan_of(plan, field, variant, axis, NULL);
    if (rule)
        ck_assert_int_eq(gf_optimizer_parse(&plan->optimizer, rule, &error),
                         GF_OK);
    add(plan, "label");
    add(plan, "time");
    add(plan, "steps");
    plan->has_start = true;
    plan->start = start;
}

static const char *label_of(const gf_sweep *sweep, size_t n)
{
    return gf_sweep_quantity_word(sweep->plan.quantity[0], sweep->value[3 * n]);
}

/* The step after which a single run stays as near to (0.5, 0.2), and when. */
static size_t first_near(double *time, const gf_sweep_plan *plan, double step)
{
    gf_map_options how = {.order = plan->order,
                          .critic_steps = plan->critic_steps,
                          .step = step,
                          .schedule = plan->schedule,
                          .steps = 2000,
                          .noise = plan->noise,
                          .seed = gf_ensemble_seed(plan->seed, 0),
                          .project = plan->project,
                          .box = plan->box};
    gf_trajectory one;
    gf_error error;

    gf_trajectory_init(&one);
    gf_status status = gf_optimizer_run(&one, plan->field, start,
                                        &plan->optimizer, &how, &error);
    ck_assert_msg(status == GF_OK, "%s", error.message);
    size_t n = 0, stay = 0;
    for (; n < one.count && stay < GF_ENSEMBLE_STAY; n++) {
        gf_vec2 at = one.row[n].at;
        bool is_near = fabs(at.x - 0.5) <= RADIUS && fabs(at.y - 0.2) <= RADIUS;
        stay = is_near ? stay + 1 : 0;
    }
    ck_assert_uint_eq(stay, GF_ENSEMBLE_STAY);
    *time = one.row[n - stay].t;
    gf_trajectory_clear(&one);
    return n - stay;
}

static void compare(const gf_sweep *sweep)
{
    for (size_t n = 0; n < sweep->cells; n++) {
        double h = gf_sweep_axis_at(&sweep->plan.axis[0], n), time;
        size_t steps = first_near(&time, &sweep->plan, h);
        ck_assert_str_eq(label_of(sweep, n), "converged");
        assert_close(sweep->value[3 * n + 1], time, 1e-12);
        assert_close(sweep->value[3 * n + 2], (double)steps, TOL0);
    }
}

START_TEST(test_times_are_those_of_single_runs)
{
    static const char *const rules[] = {
        "sgd", "heavy-ball:beta=-0.4", "extragradient", "lookahead:k=3", "rk2"};
    static const gf_range box[2] = {{0.25, 0.6, true, true},
                                    {0, 0.35, true, true}};
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    gf_sweep_init(&sweep);
    for (size_t k = 0; k < 10; k++) {
        plan_runs(&plan, &field, "classic", rules[k / 2], "h=0.05:0.2:7");
        plan.order = k % 4 < 2 ? GF_SIMULTANEOUS : GF_ALTERNATING;
        plan.box = k % 2 ? box : NULL;
        plan.project = k % 2;
        plan.noise = k % 2 ? 1e-4 : 0;
        ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
        compare(&sweep);
        gf_field_free(field);
    }
    gf_sweep_clear(&sweep);
}
END_TEST

/* K21: sgd on the classic field comes to rest for h < 2 p_d; a field that
   changes is judged anew. */
START_TEST(test_labels_turn_at_the_limit)
{
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    gf_sweep_init(&sweep);
    plan_runs(&plan, &field, "classic", "sgd", "p_d=0.11:0.19:9");
    plan.step = 0.3;
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    for (size_t n = 0; n < 9; n++) {
        bool comes = 2 * gf_sweep_axis_at(&plan.axis[0], n) > 0.3 + 1e-9;
        ck_assert_msg((sweep.value[3 * n] == GF_FATE_CONVERGED) == comes,
                      "%zu: %s", n, label_of(&sweep, n));
        ck_assert(isnan(sweep.value[3 * n + 1]) == !comes);
        ck_assert(isnan(sweep.value[3 * n + 2]) == !comes);
    }
    gf_sweep_clear(&sweep);
    gf_field_free(field);
}
END_TEST

/* Under a schedule the times are its sums. */
START_TEST(test_schedules_have_times)
{
    gf_schedule *schedule;
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;
    double time;

    gf_sweep_init(&sweep);
    ck_assert_int_eq(gf_schedule_new(&schedule, "0.2/(1 + t/9)", &error),
                     GF_OK);
    plan_runs(&plan, &field, "classic", "sgd", "p_d=0.2:0.2:1");
    plan.schedule = schedule;
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_OK);
    size_t steps = first_near(&time, &plan, 0);
    ck_assert_str_eq(label_of(&sweep, 0), "converged");
    assert_close(sweep.value[1], time, 1e-12);
    assert_close(sweep.value[2], (double)steps, TOL0);
    gf_sweep_clear(&sweep);
    gf_field_free(field);
    gf_schedule_free(schedule);
}
END_TEST

START_TEST(test_plans_that_lack_something_are_refused)
{
    gf_schedule *schedule;
    gf_sweep_plan plan;
    gf_field *field;
    gf_sweep sweep;
    gf_error error;

    gf_sweep_init(&sweep);
    ck_assert_int_eq(gf_schedule_new(&schedule, "1/t", &error), GF_OK);
    plan_runs(&plan, &field, "classic", NULL, "p_d=0.2:0.3:2");
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_ARGUMENT);
    gf_field_free(field);
    plan_runs(&plan, &field, "classic", "sgd", "p_d=0.2:0.3:2");
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_ARGUMENT);
    plan.schedule = schedule; /* infinite at 0 */
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_ARGUMENT);
    plan.schedule = NULL;
    plan.step = 0.1;
    plan.has_start = false;
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_ARGUMENT);
    gf_field_free(field);
    plan_runs(&plan, &field, "classic", "sgd", "h=0.2:0.3:2");
    plan.schedule = schedule;
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_ARGUMENT);
    gf_field_free(field);
    plan_of(&plan, &field, "classic", "h=0.2:0.3:2", NULL);
    add(&plan, "spectral-radius");
    plan.noise = 1;
    ck_assert_int_eq(gf_sweep_run(&sweep, &plan, NULL, &error), GF_ARGUMENT);
    gf_field_free(field);
    gf_schedule_free(schedule);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/sweep_runs", test_times_are_those_of_single_runs,
                     test_labels_turn_at_the_limit, test_schedules_have_times,
                     test_plans_that_lack_something_are_refused);
}
