/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fates of starts whose steps have noise, a schedule or a box. */
#include "many.h"

/* Noise, schedules and boxes are those of single runs too. */
START_TEST(test_changed_steps_are_those_of_single_runs)
{
    static const gf_range box[2] = {{0.2, 0.7, true, true},
                                    {-INFINITY, 0.6, true, true}};
    gf_schedule *schedule;
    gf_error error;
    scene s;

    ck_assert_int_eq(gf_schedule_new(&schedule, "0.1/(1+t)+n/10000", &error),
                     GF_OK);
    for (size_t k = 0; k < gf_optimizer_count(); k++) {
        const gf_optimizer_rule *rule = gf_optimizer_row(k);
        for (size_t v = k % 2; v < 8; v += 2) {
            set_up(&s, "classic", rule->name, 0.05,
                   rule->through_eps ? 10 : 25);
            bool is_turned = (v / 2 + k) % 2;
            s.options.order = is_turned ? GF_ALTERNATING : GF_SIMULTANEOUS;
            s.options.critic_steps = is_turned ? 2 : 1;
            s.options.noise = v / 2 == 0 || v / 2 == 3 ? 0.3 : 0;
            s.options.seed = 7;
            s.options.schedule = v / 2 == 1 || v / 2 == 3 ? schedule : NULL;
            s.options.project = v / 2 >= 2;
            s.options.box = v / 2 >= 2 ? box : NULL;
            run(&s);
            compare(&s);
            tear_down(&s);
        }
    }
    gf_schedule_free(schedule);
}
END_TEST

/* Noise goes with a start's number, however starts are grouped. */
START_TEST(test_parts_are_the_whole)
{
    gf_ensemble *ensemble;
    gf_fate part[STARTS];
    gf_error error;
    scene s;

    set_up(&s, "classic", "heavy-ball", 0.05, 100);
    s.options.noise = 0.1;
    run(&s);
    ck_assert_int_eq(gf_ensemble_new(&ensemble, s.field, &s.options, &error),
                     GF_OK);
    for (size_t i = 0; i < STARTS; i += 80)
        ck_assert_int_eq(gf_ensemble_run_part(part + i, ensemble, s.start + i,
                                              i, 80, &error),
                         GF_OK);
    for (size_t i = 0; i < STARTS; i++)
        ck_assert_mem_eq(&part[i].at, &s.fate[i].at, sizeof part[i].at);
    /* another number, another noise */
    ck_assert_int_eq(
        gf_ensemble_run_part(part, ensemble, s.start, 1, 1, &error), GF_OK);
    ck_assert_mem_ne(&part[0].at, &s.fate[0].at, sizeof part[0].at);
    gf_ensemble_free(ensemble);
    tear_down(&s);
}
END_TEST

/* Noise n of deviation 1 in each velocity of z' = -z: steps z+ = (1 - h) z + h
   n have the variance h/(2 - h) in the end. */
START_TEST(test_noise_has_its_size)
{
    const char *const velocity[2] = {"-u", "-v"};
    double h = 0.1, sum = 0, square = 0;
    scene s;

    set_up(&s, "classic", "sgd", h, 400);
    gf_field_free(s.field);
    ck_assert_int_eq(gf_field_planar(&s.field, velocity, NULL, NULL), GF_OK);
    s.options.noise = 1;
    run(&s);
    for (size_t i = 0; i < STARTS; i++) {
        sum += s.fate[i].at.x + s.fate[i].at.y;
        square +=
            s.fate[i].at.x * s.fate[i].at.x + s.fate[i].at.y * s.fate[i].at.y;
    }
    sum /= 2 * STARTS;
    square /= 2 * STARTS;
    /* five standard errors of 800 deviates */
    ck_assert_msg(fabs(sum) < 5 * sqrt(h / (2 - h) / (2 * STARTS)), "%g", sum);
    ck_assert_msg(fabs(square / (h / (2 - h)) - 1) < 5 * sqrt(2.0 / 800), "%g",
                  square);
    tear_down(&s);
}
END_TEST

/* sgd on wgan, D clipped to positive numbers: p_g grows, to the end of its
   range. */
START_TEST(test_boxes_hold)
{
    static const gf_range box[2] = {{0.01, 0.02, true, true},
                                    {0, 1, true, true}};
    scene s;

    set_up(&s, "wgan", "sgd", 0.1, 2000);
    s.options.box = box;
    run(&s);
    for (size_t i = 0; i < STARTS; i++) {
        ck_assert_int_eq(s.fate[i].label, GF_FATE_HELD);
        assert_close(s.fate[i].at.x, 0.01, TOL0);
        assert_close(s.fate[i].at.y, 1, TOL0);
        ck_assert(isnan(s.fate[i].left_physical_at));
        ck_assert_uint_eq(s.fate[i].steps, 2000);
    }
    tear_down(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "motion/ensemble_changed", test_changed_steps_are_those_of_single_runs,
        test_parts_are_the_whole, test_noise_has_its_size, test_boxes_hold);
}
