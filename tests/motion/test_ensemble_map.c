/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fates of starts that optimizers move, against single runs. */
#include <float.h>

#include "many.h"
#include "motion/flush.h"

START_TEST(test_every_rule_moves_many_as_it_moves_one)
{
    static const char *const variants[] = {"classic", "wgan", "lsgan"};
    scene s;

    for (size_t k = 0; k < gf_optimizer_count(); k++) {
        const gf_optimizer_rule *rule = gf_optimizer_row(k);
        for (size_t v = 0; v < 6; v++) {
            if (v % 3 > 0 && (rule->needs & GF_NEEDS_METRIC))
                continue;
            set_up(&s, variants[v % 3], rule->name, 0.05,
                   rule->through_eps ? 10 : 70);
            s.options.order = v < 3 ? GF_SIMULTANEOUS : GF_ALTERNATING;
            s.options.critic_steps = v < 3 ? 1 : 2;
            run(&s);
            compare(&s);
            tear_down(&s);
        }
    }
}
END_TEST

/* All that steps may be changed by, or nothing. */
static void change(gf_ensemble_options *options, const gf_schedule *schedule,
                   size_t k)
{
    static const gf_range box[2] = {{0.1, 0.9, true, true},
                                    {0, 0.8, true, true}};

    if (k % 2 == 0)
        return;
    options->schedule = schedule;
    options->noise = 0.2;
    options->seed = 5;
    options->project = true;
    options->box = box;
}

START_TEST(test_machines_change_no_bit)
{
    static const char *const rules[] = {"sgd", "adam", "consensus", "lookahead",
                                        "implicit"};
    static const size_t widths[] = {16, 32, 64}, threads[] = {1, 2, 7};
    static const gf_isa isas[] = {GF_ISA_V2, GF_ISA_V3, GF_ISA_V4};
    gf_fate first[STARTS];
    gf_schedule *schedule;
    gf_error error;
    scene s;

    ck_assert_int_eq(gf_schedule_new(&schedule, "0.2/(1+t/10)", &error), GF_OK);
    for (size_t k = 0; k < 2 * (sizeof rules / sizeof *rules); k++) {
        for (size_t i = 0; i < 9; i += 1 + k % 2) {
            set_up(&s, "classic", rules[k / 2], 0.1, k % 2 ? 100 : 300);
            change(&s.options, schedule, k);
            s.target = (gf_target){.at = {0.5, 0.2}, .radius = 1e-3};
            s.options.target_count = 1;
            s.options.width = widths[i % 3];
            s.options.isa = isas[i / 3];
            s.options.threads = threads[(i + i / 3) % 3];
            run(&s);
            if (i == 0)
                memcpy(first, s.fate, sizeof first);
            for (size_t n = 0; n < STARTS; n++) {
                const gf_fate *a = &first[n], *b = &s.fate[n];
                ck_assert_int_eq(a->label, b->label);
                ck_assert_mem_eq(&a->at, &b->at, sizeof a->at);
                ck_assert(a->time <= b->time && a->time >= b->time);
                ck_assert(isnan(a->left_physical_at) ==
                          isnan(b->left_physical_at));
            }
            tear_down(&s);
        }
    }
    gf_schedule_free(schedule);
}
END_TEST

/* K26: on the bilinear game alternating steps of 1 turn by 60 degrees. K21:
   those of 0.3 come to rest on the classic field, and stay. */
START_TEST(test_labels_say_what_the_steps_do)
{
    scene s;

    set_up(&s, "wgan", "sgd", 1, 100);
    s.options.order = GF_ALTERNATING;
    s.target = (gf_target){.at = {0, 0.2}, .radius = 1e-3, .passive = true};
    s.options.target_count = 1;
    s.start[0] = (gf_vec2){0, 0.2};
    run(&s);
    ck_assert_int_eq(s.fate[0].label, GF_FATE_NEAR);
    ck_assert_uint_eq(s.fate[0].target, 0);
    for (size_t i = 1; i < STARTS; i++) {
        ck_assert_int_eq(s.fate[i].label, GF_FATE_PERIODIC);
        ck_assert_uint_eq(s.fate[i].period, 6);
        assert_close(s.fate[i].time, 100, TOL0);
    }
    tear_down(&s);
    set_up(&s, "classic", "sgd", 0.3, 1000);
    s.target = (gf_target){.at = {0.5, 0.2}, .radius = 1e-3};
    s.options.target_count = 1;
    s.start[0] = (gf_vec2){0.5, 0.2};
    s.start[1] = (gf_vec2){1, 0.2};
    run(&s);
    ck_assert_int_eq(s.fate[0].label, GF_FATE_CONVERGED);
    assert_close(s.fate[0].time, 0.3 * GF_ENSEMBLE_STAY, 1e-12);
    ck_assert(!s.fate[0].proved);
    ck_assert_int_eq(s.fate[1].label, GF_FATE_LEFT_DOMAIN);
    ck_assert_double_eq(s.fate[1].time, 0);
    for (size_t i = 2; i < STARTS; i++)
        ck_assert(s.fate[i].label == GF_FATE_CONVERGED ||
                  s.fate[i].label == GF_FATE_LEFT_DOMAIN);
    tear_down(&s);
}
END_TEST

/* The bilinear game by too long steps grows as K25 says: beyond 1e100 it has
   blown up. */
START_TEST(test_growth_is_told)
{
    scene s;

    set_up(&s, "wgan", "sgd", 1, 2000);
    run(&s);
    for (size_t i = 0; i < STARTS; i++) {
        double r = hypot(s.start[i].x, s.start[i].y - 0.2);
        double steps = log(1e100 / r) / log(sqrt(2));
        ck_assert_int_eq(s.fate[i].label, GF_FATE_BLEW_UP);
        ck_assert_msg(fabs(s.fate[i].time - steps) < 2, "%g, not %g",
                      s.fate[i].time, steps);
    }
    tear_down(&s);
}
END_TEST

/* Whether this machine takes what is too small for 0 when told to: emulators
   of one, as valgrind's, read the control register and keep all the same. */
static bool machine_flushes(void)
{
    volatile double least = DBL_MIN, half;
    unsigned old = gf_flush_begin();

    half = least / 2;
    gf_flush_end(old);
    return half == 0;
}

/* What decays by 0.9 a step is below all normal numbers after 6720 steps at
   most, and would stay at the least double for ever; here steps become 0
   first. */
START_TEST(test_what_is_too_small_is_nothing)
{
    const char *const velocity[2] = {"-tanh(u)", "-v/10"};
    static const gf_isa isas[] = {GF_ISA_V2, GF_ISA_V3, GF_ISA_V4};
    scene s;

    for (size_t i = 0; i < 3; i++) {
        set_up(&s, "classic", "sgd", 1, 8000);
        gf_field_free(s.field);
        ck_assert_int_eq(gf_field_planar(&s.field, velocity, NULL, NULL),
                         GF_OK);
        s.options.isa = isas[i];
        run(&s);
        for (size_t n = 0; n < STARTS; n++)
            ck_assert(fabs(s.fate[n].at.y) < 1e-306 &&
                      (fpclassify(s.fate[n].at.y) != FP_SUBNORMAL ||
                       !machine_flushes()));
        tear_down(&s);
    }
}
END_TEST

START_TEST(test_bad_options_are_refused)
{
    static const gf_range box[2] = {{0, 1, true, true}, {-2, -1, true, true}};
    gf_ensemble *ensemble;
    gf_schedule *schedule;
    gf_error error;
    scene s;

    ck_assert_int_eq(gf_schedule_new(&schedule, "0.5 - n/10", &error), GF_OK);

    set_up(&s, "classic", "sgd", 0.1, 0);
    ck_assert_int_eq(gf_ensemble_new(&ensemble, s.field, &s.options, &error),
                     GF_ARGUMENT);
    s.options.steps = 10;
    s.options.critic_steps = 2;
    ck_assert_int_eq(gf_ensemble_new(&ensemble, s.field, &s.options, &error),
                     GF_ARGUMENT);
    s.options.order = GF_ALTERNATING;
    s.options.step = NAN;
    ck_assert_int_eq(gf_ensemble_new(&ensemble, s.field, &s.options, &error),
                     GF_ARGUMENT);
    s.options.step = 0.1;
    s.options.noise = -1;
    ck_assert_int_eq(gf_ensemble_new(&ensemble, s.field, &s.options, &error),
                     GF_ARGUMENT);
    s.options.noise = 0;
    s.options.project = true;
    s.options.box = box;
    ck_assert_int_eq(gf_ensemble_new(&ensemble, s.field, &s.options, &error),
                     GF_ARGUMENT);
    s.options.project = false;
    s.options.schedule = schedule;
    ck_assert_int_eq(gf_ensemble_new(&ensemble, s.field, &s.options, &error),
                     GF_ARGUMENT);
    ck_assert_ptr_null(ensemble);
    gf_schedule_free(schedule);
    tear_down(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "motion/ensemble_map", test_every_rule_moves_many_as_it_moves_one,
        test_machines_change_no_bit, test_labels_say_what_the_steps_do,
        test_growth_is_told, test_what_is_too_small_is_nothing,
        test_bad_options_are_refused);
}
