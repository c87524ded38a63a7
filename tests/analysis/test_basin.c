/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every start of a grid gets its label, whoever computes it. */
#include <ganfield/basin.h>

#include <math.h>
#include <string.h>

#include "harness.h"

typedef struct scene {
    gf_field *field;
    gf_classification c;
    gf_basin_plan plan;
    gf_basin basin;
    gf_error error;
} scene;

static void set_up(scene *s, const char *variant, size_t side)
{
    gf_settings settings = {.set_count = 0};

    ck_assert_int_eq(gf_field_find(&s->field, variant, &settings, &s->error),
                     GF_OK);
    gf_classification_init(&s->c);
    ck_assert_int_eq(gf_classify(&s->c, s->field, NULL, &s->error), GF_OK);
    s->plan =
        (gf_basin_plan){.c = &s->c,
                        .window = {{0, 1, true, true}, {0, 1, true, true}},
                        .count = {side, side}};
    gf_basin_init(&s->basin);
}

static void tear_down(scene *s)
{
    gf_basin_clear(&s->basin);
    gf_classification_clear(&s->c);
    gf_field_free(s->field);
}

/* Classic, p_d = 0.2: every start of the unit square converges, and so does one
   twentieth through p_g < 0 (50190 of a million; here 40 x 40). */
START_TEST(test_classic_converges_from_the_unit_square)
{
    char name[40];
    scene s;

    set_up(&s, "classic", 40);
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error), GF_OK);
    ck_assert_uint_eq(s.basin.filled, 1600);
    ck_assert_uint_eq(s.basin.label[0].total, 1600);
    ck_assert_uint_ge(s.basin.label[0].crossed, 70);
    ck_assert_uint_le(s.basin.label[0].crossed, 90);
    ck_assert_str_eq(gf_basin_label_name(name, &s.basin, 0), "rest point 1");
    gf_vec2 last = gf_basin_start(&s.plan, 1599);
    assert_close(last.x, 0.9875, TOL0);
    assert_close(gf_basin_start(&s.plan, 1560).y, 0.0125, TOL0);
    tear_down(&s);
}
END_TEST

/* A centre attracts nothing, and nothing else does. */
START_TEST(test_a_centre_leaves_all_undecided)
{
    scene s;

    set_up(&s, "wgan", 5);
    s.plan.motion.until = 5;
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error), GF_OK);
    ck_assert_uint_eq(s.basin.targets.count, 0);
    ck_assert_uint_eq(s.basin.label[s.basin.labels - 1].total, 25);
    tear_down(&s);
}
END_TEST

/* Least squares: below the saddle's branches p_g runs away; which starts do is
   the same for the mirror of the count of threads. */
START_TEST(test_threads_change_no_byte)
{
    static double first[40 * 40 * GF_BASIN_WIDTH];
    scene s;

    set_up(&s, "lsgan", 40);
    s.plan.window[0] = (gf_range){-0.2, 1.6, true, true};
    for (size_t threads = 1; threads <= 7; threads += threads == 1 ? 1 : 5) {
        gf_sweep_options options = {.threads = threads};
        ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, &options, &s.error),
                         GF_OK);
        if (threads == 1)
            memcpy(first, s.basin.value, sizeof first);
        else
            ck_assert_mem_eq(first, s.basin.value, sizeof first);
    }
    tear_down(&s);
}
END_TEST

/* docs/theory.md, section 2g: one cycle, which attracts all but the origin;
   from starts off it, none is there yet after a time of 1. */
START_TEST(test_runs_end_on_a_cycle)
{
    char name[40];
    scene s;

    set_up(&s, "dirac-wgan-gp", 8);
    s.plan.motion.until = 100;
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error), GF_OK);
    ck_assert_uint_eq(s.basin.cycles, 1);
    ck_assert_uint_eq(s.basin.label[s.basin.targets.count].total, 64);
    ck_assert_str_eq(gf_basin_label_name(name, &s.basin, s.basin.targets.count),
                     "limit cycle 1");
    s.plan.motion.until = 1;
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error), GF_OK);
    ck_assert_uint_eq(s.basin.label[s.basin.labels - 1].total, 64);
    tear_down(&s);
}
END_TEST

static void by_steps(scene *s, gf_optimizer *optimizer, const char *rule,
                     double step, size_t steps)
{
    ck_assert_int_eq(gf_optimizer_parse(optimizer, rule, &s->error), GF_OK);
    s->plan.motion = (gf_ensemble_options){
        .optimizer = optimizer, .step = step, .steps = steps};
}

/* Each start against the optimizer's own run: what is said to be at rest is
   there in the end, and what has left the domain left it then. */
static void compare_with_runs(const scene *s)
{
    const gf_ensemble_options *motion = &s->plan.motion;
    gf_map_options how = {.order = motion->order,
                          .critic_steps = motion->critic_steps,
                          .step = motion->step,
                          .steps = 2000,
                          .every = 2000};
    gf_trajectory run;
    gf_error error;

    gf_trajectory_init(&run);
    for (size_t n = 0; n < s->basin.cells; n++) {
        const double *cell = s->basin.value + n * GF_BASIN_WIDTH;
        const gf_basin_label *label =
            &s->basin.label[(size_t)cell[GF_BASIN_LABEL]];
        ck_assert_int_eq(gf_optimizer_run(&run, s->field,
                                          gf_basin_start(&s->plan, n),
                                          motion->optimizer, &how, &error),
                         GF_OK);
        gf_vec2 at = run.row[run.count - 1].at;
        if (label->end == GF_BASIN_AT_POINT) {
            ck_assert_int_eq(run.stop, GF_STOP_END);
            ck_assert_double_lt(hypot(at.x - 0.5, at.y - 0.2), 1e-9);
            ck_assert(isnan(cell[GF_BASIN_LEFT]) ==
                      isnan(run.left_physical_at));
        } else {
            ck_assert_uint_eq(label->which, (size_t)GF_FATE_LEFT_DOMAIN);
            ck_assert_int_eq(run.stop, GF_STOP_LEFT_DOMAIN);
            assert_close(run.stop_time, cell[GF_BASIN_TIME], 1e-12);
        }
    }
    gf_trajectory_clear(&run);
}

/* K21, K22: steps of 0.3 are inside both limits at p_d = 0.2. */
START_TEST(test_steps_end_where_runs_do)
{
    static const char *const rules[] = {"sgd", "heavy-ball:beta=-0.3",
                                        "extragradient", "lookahead:k=3"};
    gf_optimizer optimizer;
    scene s;

    for (size_t i = 0; i < 8; i++) {
        set_up(&s, "classic", 25);
        by_steps(&s, &optimizer, rules[i % 4], 0.2, 2000);
        s.plan.motion.order = i < 4 ? GF_SIMULTANEOUS : GF_ALTERNATING;
        ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error),
                         GF_OK);
        ck_assert_uint_gt(s.basin.label[0].total, 300);
        ck_assert_uint_eq(s.basin.label[0].proved, s.basin.label[0].total);
        compare_with_runs(&s);
        tear_down(&s);
    }
}
END_TEST

/* Beyond the flip at h = 2 of u+ = u - h tanh u, whose |multiplier| is h - 1,
   steps of 3 go to and fro between +-u with 2 u = 3 tanh u. */
START_TEST(test_a_flip_has_a_period)
{
    const char *const velocity[2] = {"-tanh(u)", "-0.1*v"};
    gf_optimizer optimizer;
    char name[40];
    scene s;

    ck_assert_int_eq(gf_field_planar(&s.field, velocity, NULL, &s.error),
                     GF_OK);
    gf_classification_init(&s.c);
    ck_assert_int_eq(gf_classify(&s.c, s.field, NULL, &s.error), GF_OK);
    s.plan =
        (gf_basin_plan){.c = &s.c,
                        .window = {{-2, 2, true, true}, {-1, 1, true, true}},
                        .count = {6, 4}};
    by_steps(&s, &optimizer, "sgd", 3, 300);
    gf_basin_init(&s.basin);
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error), GF_OK);
    ck_assert_int_eq(s.basin.label[0].end, GF_BASIN_ON_PERIOD);
    ck_assert_uint_eq(s.basin.label[0].which, 2);
    ck_assert_uint_eq(s.basin.label[0].total, 24);
    ck_assert_str_eq(gf_basin_label_name(name, &s.basin, 0), "period 2");
    for (size_t n = 0; n < 24; n++) {
        double u = s.basin.value[n * GF_BASIN_WIDTH + GF_BASIN_X];
        assert_close(2 * u, 3 * tanh(u), 1e-8);
    }
    by_steps(&s, &optimizer, "sgd", 1.9, 300);
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error), GF_OK);
    ck_assert_int_eq(s.basin.label[0].end, GF_BASIN_AT_POINT);
    ck_assert_uint_eq(s.basin.label[0].total, 24);
    tear_down(&s);
}
END_TEST

/* K38: to adam's steps no rest point is stable, but runs come near. */
START_TEST(test_adam_is_near_only)
{
    gf_optimizer optimizer;
    scene s;

    set_up(&s, "classic", 10);
    by_steps(&s, &optimizer, "adam", 1e-3, 20000);
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error), GF_OK);
    ck_assert_uint_eq(s.basin.targets.count, 1);
    ck_assert(s.basin.targets.item[0].passive);
    for (size_t i = 0; i < s.basin.labels; i++)
        ck_assert_int_ne(s.basin.label[i].end, GF_BASIN_AT_POINT);
    ck_assert_int_eq(s.basin.label[0].end, GF_BASIN_NEAR);
    ck_assert_uint_gt(s.basin.label[0].total, 0);
    ck_assert_uint_eq(s.basin.label[0].proved, 0);
    tear_down(&s);
}
END_TEST

START_TEST(test_what_is_no_grid_is_refused)
{
    scene s;

    set_up(&s, "classic", 0);
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error),
                     GF_ARGUMENT);
    s.plan.count[0] = s.plan.count[1] = 1000000;
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error), GF_LIMIT);
    s.plan.count[0] = s.plan.count[1] = 2;
    s.plan.window[1].hi = INFINITY;
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error),
                     GF_ARGUMENT);
    s.plan.window[1].hi = NAN;
    ck_assert_int_eq(gf_basin_run(&s.basin, &s.plan, NULL, &s.error),
                     GF_ARGUMENT);
    tear_down(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/basin",
                     test_classic_converges_from_the_unit_square,
                     test_a_centre_leaves_all_undecided,
                     test_threads_change_no_byte, test_runs_end_on_a_cycle,
                     test_steps_end_where_runs_do, test_a_flip_has_a_period,
                     test_adam_is_near_only, test_what_is_no_grid_is_refused);
}
