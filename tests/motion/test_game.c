/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Games and movers: sizes, players, boxes, noise, schedules. */
#include <ganfield/game.h>

#include <math.h>
#include <string.h>

#include "follow.h"
#include "linear.h"

/* --- players ----------------------------------------------------------- */

/* A game of 3 + 2 numbers, nonlinear: each rule in alternating order must
   leave the other block alone while one moves, and with one number repeated it
   must do what it does on two. */
static void repeat(double *out, const double *z, size_t begin, size_t end,
                   const void *ctx)
{
    (void)ctx;
    for (size_t i = begin; i < end; i++)
        out[i] = i < 3 ? matrix[0][0] * z[i] +
                             matrix[0][1] * (z[3] + z[4]) / 2 - z[i] * z[i]
                       : matrix[1][0] * (z[0] + z[1] + z[2]) / 3 +
                             matrix[1][1] * z[i];
}

static void repeat_product(double *out, const double *z, const double *d,
                           const void *ctx)
{
    repeat(out, d, 0, 5, ctx);
    for (size_t i = 0; i < 3; i++)
        out[i] += d[i] * d[i] - 2 * z[i] * d[i];
}

/* So that the transpose of the small game is that of the large one on repeated
   numbers, in the mean metric. */
static void repeat_transposed(double *out, const double *z, const double *d,
                              const void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < 5; i++)
        out[i] = i < 3 ? (matrix[0][0] - 2 * z[i]) * d[i] +
                             matrix[1][0] * (d[3] + d[4]) / 2
                       : matrix[0][1] * (d[0] + d[1] + d[2]) / 3 +
                             matrix[1][1] * d[i];
}

static void bent(double *out, const double *z, size_t begin, size_t end,
                 const void *ctx)
{
    double both[2];

    velocity(both, z, 0, 2, ctx);
    both[0] -= z[0] * z[0];
    for (size_t i = begin; i < end; i++)
        out[i] = both[i];
}

static void bent_product(double *out, const double *z, const double *d,
                         const void *ctx)
{
    velocity(out, d, 0, 2, ctx);
    out[0] -= 2 * z[0] * d[0];
}

static void bent_transposed(double *out, const double *z, const double *d,
                            const void *ctx)
{
    transposed(out, z, d, ctx);
    out[0] -= 2 * z[0] * d[0];
}

START_TEST(test_rules_move_games_of_any_size)
{
    gf_game small = {.size = 2,
                     .first = 1,
                     .velocity = bent,
                     .product = bent_product,
                     .transposed = bent_transposed};
    gf_game large = {.size = 5,
                     .first = 3,
                     .velocity = repeat,
                     .product = repeat_product,
                     .transposed = repeat_transposed};

    for (size_t i = 0; i < gf_optimizer_count(); i++) {
        const gf_optimizer_rule *rule = gf_optimizer_row(i);
        if (rule->needs & GF_NEEDS_METRIC)
            continue;
        for (gf_order order = GF_SIMULTANEOUS; order <= GF_ALTERNATING;
             order++) {
            gf_mover *a = mover(&small, rule->name, order);
            gf_mover *b = mover(&large, rule->name, order);
            for (size_t k = 0; k < 5; k++)
                gf_mover_state(b)[k] = k < 3 ? 0.4 : -0.3;
            gf_mover_state(a)[0] = 0.4;
            gf_mover_state(a)[1] = -0.3;
            for (int n = 0; n < 12; n++) {
                ck_assert(gf_mover_step(a, H));
                ck_assert(gf_mover_step(b, H));
                for (size_t k = 0; k < 5; k++)
                    ck_assert_msg(is_close(gf_mover_reported(b)[k],
                                           gf_mover_reported(a)[k < 3 ? 0 : 1],
                                           TOL3),
                                  "%s, %s: %g %g", rule->name,
                                  gf_order_name(order), gf_mover_reported(b)[k],
                                  gf_mover_reported(a)[k < 3 ? 0 : 1]);
            }
            gf_mover_free(a);
            gf_mover_free(b);
        }
    }
}
END_TEST

START_TEST(test_boxes_and_noise)
{
    const gf_range box[2] = {{-0.5, 0.5, true, true}, {-1, 1, true, true}};
    gf_mover *m = mover(&plain, "sgd", GF_ALTERNATING);
    double sum = 0, squares = 0, first;
    enum { N = 20000 };

    gf_mover_box(m, box);
    gf_mover_state(m)[0] = 0.5;
    gf_mover_state(m)[1] = -1;
    for (int n = 0; n < 100; n++) {
        ck_assert(gf_mover_step(m, (double[2]){1, 1}));
        ck_assert(fabs(gf_mover_state(m)[0]) <= 0.5);
        ck_assert(fabs(gf_mover_state(m)[1]) <= 1);
    }
    gf_mover_free(m);
    /* mean 0 and the variance asked for, within five standard errors */
    m = mover(&plain, "sgd", GF_SIMULTANEOUS);
    gf_mover_reset(m, 0.3, 42);
    for (int n = 0; n < N; n++) {
        gf_mover_state(m)[0] = gf_mover_state(m)[1] = 0;
        ck_assert(gf_mover_step(m, (double[2]){1, 1}));
        for (size_t i = 0; i < 2; i++) {
            double x = gf_mover_state(m)[i];
            sum += x;
            squares += x * x;
        }
    }
    ck_assert_double_lt(fabs(sum / (2 * N)), 5 * 0.3 / sqrt(2. * N));
    ck_assert_double_lt(fabs(squares / (2 * N) / 0.09 - 1), 5 / sqrt(1. * N));
    gf_mover_reset(m, 0.3, 7);
    gf_mover_state(m)[0] = gf_mover_state(m)[1] = 0;
    ck_assert(gf_mover_step(m, (double[2]){1, 1}));
    first = gf_mover_state(m)[0];
    gf_mover_reset(m, 0.3, 7);
    gf_mover_state(m)[0] = gf_mover_state(m)[1] = 0;
    ck_assert(gf_mover_step(m, (double[2]){1, 1}));
    ck_assert_double_eq(gf_mover_state(m)[0], first);
    gf_mover_free(m);
}
END_TEST

START_TEST(test_natural_gradients_keep_the_square)
{
    gf_map_options options = {.step = 0.05, .steps = 4000, .every = 100};
    gf_field *field = find_field("classic", NULL);
    gf_field *logit = find_field("classic-logit", NULL);
    gf_error error = {.status = GF_OK};
    gf_optimizer natural;
    gf_trajectory run;

    gf_trajectory_init(&run);
    ck_assert_int_eq(gf_optimizer_parse(&natural, "natural", &error), GF_OK);
    ck_assert_int_eq(gf_optimizer_run(&run, field, (gf_vec2){0.05, 0.01},
                                      &natural, &options, &error),
                     GF_OK);
    ck_assert_int_eq(run.stop, GF_STOP_END);
    ck_assert(isnan(run.left_physical_at));
    assert_close(last_row(&run).at.x, 0.5, 1e-3);
    ck_assert_int_eq(gf_optimizer_run(&run, logit, (gf_vec2){0, 0.3}, &natural,
                                      &options, &error),
                     GF_ARGUMENT);
    gf_trajectory_clear(&run);
    gf_field_free(field);
    gf_field_free(logit);
}
END_TEST

START_TEST(test_schedules)
{
    gf_map_options options = {.steps = 3};
    gf_field *field = find_field("quadratic", NULL);
    gf_error error = {.status = GF_OK};
    gf_schedule *schedule;
    gf_optimizer sgd;
    gf_trajectory run;

    gf_trajectory_init(&run);
    ck_assert_int_eq(gf_optimizer_parse(&sgd, "sgd", &error), GF_OK);
    ck_assert_int_eq(gf_schedule_new(&schedule, "0.1/(1 + t) + n", &error),
                     GF_OK);
    options.schedule = schedule;
    ck_assert_int_eq(gf_optimizer_run(&run, field, (gf_vec2){1, 0.3}, &sgd,
                                      &options, &error),
                     GF_OK);
    assert_close(run.row[1].t, 0.1, TOL0);
    assert_close(run.row[2].t, 0.1 + 0.1 / 1.1 + 1, TOL0);
    gf_schedule_free(schedule);
    ck_assert_int_eq(gf_schedule_new(&schedule, "0.1 - n", &error), GF_OK);
    options.schedule = schedule;
    ck_assert_int_eq(gf_optimizer_run(&run, field, (gf_vec2){1, 0.3}, &sgd,
                                      &options, &error),
                     GF_ARGUMENT);
    gf_schedule_free(schedule);
    ck_assert_int_eq(gf_schedule_new(&schedule, "0.1*x", &error), GF_NAME);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* --- pairs --------------------------------------------------------------- */

static gf_mover *pair(const char *critic, const char *generator, gf_order order)
{
    gf_optimizer rules[2];
    gf_mover *m;

    ck_assert_int_eq(gf_optimizer_parse(&rules[0], critic, NULL), GF_OK);
    ck_assert_int_eq(gf_optimizer_parse(&rules[1], generator, NULL), GF_OK);
    ck_assert_int_eq(gf_mover_new_pair(&m, &plain, rules, order, 2, NULL),
                     GF_OK);
    gf_mover_state(m)[0] = 0.4;
    gf_mover_state(m)[1] = -0.3;
    return m;
}

/* Does it look where both players go at once, or solve for both? */
static bool is_joint(const char *name)
{
    static const char *const names[] = {
        "nesterov", "extragradient", "past-extragradient", "rk2",
        "rk3",      "rk4",           "competitive",        "implicit"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

START_TEST(test_two_equal_rules_are_one)
{
    for (size_t i = 0; i < gf_optimizer_count(); i++) {
        const gf_optimizer_rule *rule = gf_optimizer_row(i);
        if (rule->needs & GF_NEEDS_METRIC)
            continue;
        for (int order = is_joint(rule->name); order < 2; order++) {
            gf_mover *two = pair(rule->name, rule->name, (gf_order)order);
            gf_mover *one = mover(&plain, rule->name, (gf_order)order);
            if (order) { /* of two critic steps */
                gf_optimizer o;
                gf_mover_free(one);
                ck_assert_int_eq(gf_optimizer_parse(&o, rule->name, NULL),
                                 GF_OK);
                ck_assert_int_eq(
                    gf_mover_new(&one, &plain, &o, GF_ALTERNATING, 2, NULL),
                    GF_OK);
            }
            gf_mover_state(one)[0] = 0.4;
            gf_mover_state(one)[1] = -0.3;
            for (int n = 0; n < 12; n++) {
                ck_assert(gf_mover_step(two, H) && gf_mover_step(one, H));
                for (int k = 0; k < 2; k++)
                    ck_assert_msg(gf_mover_reported(two)[k] ==
                                      gf_mover_reported(one)[k],
                                  "%s", rule->name);
            }
            gf_mover_free(two);
            gf_mover_free(one);
        }
    }
}
END_TEST

START_TEST(test_each_player_follows_its_rule)
{
    gf_mover *m = pair("sgd", "heavy-ball:beta=0.5", GF_SIMULTANEOUS);
    double z[2] = {0.4, -0.3}, momentum = 0, v[2];

    for (int n = 0; n < 9; n++) {
        velocity(v, z, 0, 2, NULL);
        momentum = 0.5 * momentum + v[1];
        z[0] += H[0] * v[0];
        z[1] += H[1] * momentum;
        ck_assert(gf_mover_step(m, H));
        assert_close(gf_mover_state(m)[0], z[0], TOL1);
        assert_close(gf_mover_state(m)[1], z[1], TOL1);
    }
    gf_mover_free(m);
}
END_TEST

static void count_turns(size_t turns, void *ctx)
{
    size_t *next = ctx;

    ck_assert_uint_eq(turns, (*next)++);
}

START_TEST(test_a_mover_goes_on_from_what_it_kept)
{
    static const char *const other[] = {"adam", "lookahead:k=3", "optimistic",
                                        "averaging", "sgd"};
    double kept[64];

    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        for (int order = 0; order < 2; order++) {
            gf_mover *m = pair("adam", other[i], (gf_order)order);
            gf_mover *again = pair("adam", other[i], (gf_order)order);
            size_t turns = 0;
            gf_mover_deals(m, count_turns, &turns);
            for (int n = 0; n < 7; n++)
                ck_assert(gf_mover_step(m, H));
            ck_assert_uint_eq(turns, order ? 21 : 7);
            ck_assert_uint_le(gf_mover_numbers(m), 64);
            gf_mover_save(kept, m);
            gf_mover_restore(again, kept);
            gf_mover_deals(again, count_turns, &turns);
            gf_mover_deals(m, NULL, NULL);
            for (int n = 0; n < 5; n++)
                ck_assert(gf_mover_step(m, H) && gf_mover_step(again, H));
            for (int k = 0; k < 2; k++)
                ck_assert(gf_mover_reported(m)[k] ==
                          gf_mover_reported(again)[k]);
            ck_assert_uint_eq(gf_mover_evaluations(m),
                              gf_mover_evaluations(again));
            gf_mover_free(m);
            gf_mover_free(again);
        }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "motion/game", test_rules_move_games_of_any_size, test_boxes_and_noise,
        test_natural_gradients_keep_the_square, test_schedules,
        test_two_equal_rules_are_one, test_each_player_follows_its_rule,
        test_a_mover_goes_on_from_what_it_kept);
}
