/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discrete steps: the rules, the orders, and how runs of them end. */
#include <ganfield/optimizer.h>

#include <math.h>
#include <string.h>

#include "failing_malloc.h"
#include "follow.h"

static gf_trajectory iterate(const gf_field *field, double x, double y,
                             const gf_map_options *options)
{
    gf_error error = {.status = GF_OK};
    gf_optimizer sgd;
    gf_trajectory run;

    gf_trajectory_init(&run);
    ck_assert_int_eq(gf_optimizer_parse(&sgd, "sgd", &error), GF_OK);
    gf_status status =
        gf_optimizer_run(&run, field, (gf_vec2){x, y}, &sgd, options, &error);
    ck_assert_msg(status == GF_OK, "%s", error.message);
    return run;
}

/* Ledger K18: the script of an article, Euler's method with lr = 1e-3. */
START_TEST(test_the_script_is_repeated_to_the_bit)
{
    static const struct row {
        const char *name;
        double start, d1, p1, d1000, p1000, lowest;
    } rows[] = {
        {"classic", 0.25, 0.2496, 0.8995945348918919, 0.2654179861786485,
         0.4636642814587059, 0.14115720318131},
        {"classic", 0.75, 0.7466666666666667, 0.9006931471805599,
         0.23082920159456807, 0.5987018493703989, 0.14120434538834},
        {"nonsaturating", 0.25, 0.2496, 0.8993068528194401, 0.34524395065118385,
         0.2278419133117231, 0.11098348155206},
        {"nonsaturating", 0.75, 0.7466666666666667, 0.9004054651081081,
         0.27440832999836273, 0.3973006045642439, 0.11255261991096},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = find_field(rows[i].name, NULL);
        gf_map_options options = {.step = 1e-3, .steps = 100000};
        gf_trajectory run = iterate(field, rows[i].start, 0.9, &options);
        double lowest = 1;
        ck_assert_uint_eq(run.count, 100001);
        ck_assert_uint_eq(run.evaluations, 100000);
        for (size_t k = 0; k < run.count; k++)
            lowest = fmin(lowest, run.row[k].at.y);
        assert_close(run.row[1].at.x, rows[i].d1, 1e-14);
        assert_close(run.row[1].at.y, rows[i].p1, 1e-14);
        assert_close(run.row[1000].at.x, rows[i].d1000, 1e-14);
        assert_close(run.row[1000].at.y, rows[i].p1000, 1e-14);
        assert_close(lowest, rows[i].lowest, 1e-13);
        ck_assert_double_eq(last_row(&run).at.x, 0.5000000000000069);
        ck_assert_double_eq(last_row(&run).at.y, 0.2000000000000222);
        ck_assert_double_eq(last_row(&run).t, 100);
        gf_trajectory_clear(&run);
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_more_rows_of_the_script)
{
    gf_field *field = find_field("classic", NULL);
    gf_map_options options = {.step = 1e-3, .steps = 10000};
    gf_trajectory run = iterate(field, 0.25, 0.9, &options);

    ck_assert_double_eq(run.row[2].at.x, 0.24920246204209776);
    ck_assert_double_eq(run.row[2].at.y, 0.8991885365926221);
    assert_close(run.row[10000].at.x, 0.5001581490801259, 1e-14);
    assert_close(run.row[10000].at.y, 0.19987657118922095, 1e-14);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* Ledger K38: without a mean of gradients adam's steps turn inwards on WGAN,
   from a radius of .583 to .0896 in 1e5 of them; the last digits are the
   start's. */
START_TEST(test_adam_without_a_mean_shrinks_circles)
{
    static const double start[] = {0.7, -0.3};
    gf_field *field = find_field("wgan", NULL);
    gf_map_options options = {.step = 1e-3, .steps = 100000, .every = 100000};
    gf_trajectory run;
    gf_optimizer adam;
    gf_error error;

    ck_assert_int_eq(gf_optimizer_parse(&adam, "adam:beta1=0", &error), GF_OK);
    gf_trajectory_init(&run);
    for (size_t i = 0; i < 2; i++) {
        gf_vec2 at = {0.3, start[i]};
        ck_assert_int_eq(
            gf_optimizer_run(&run, field, at, &adam, &options, &error), GF_OK);
        gf_row last = last_row(&run);
        assert_close(hypot(at.x, at.y - 0.2), 0.583, 1e-3);
        assert_close(hypot(last.at.x, last.at.y - 0.2), 0.0896, 1e-3);
    }
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* Ledger K25 and K26: on WGAN simultaneous steps spiral out by sqrt(1 + h^2)
   each, alternating ones keep D^2 + q^2 -+ h D q. */
START_TEST(test_the_orders_are_those_of_the_theory)
{
    gf_field *field = find_field("wgan", NULL);
    gf_map_options both = {.step = 0.1, .steps = 1000}, turns = both;
    gf_trajectory run = iterate(field, 0, 1.2, &both);
    gf_row last = last_row(&run);

    assert_close(hypot(last.at.x, last.at.y - 0.2), 144.7727724325733, 1e-12);
    gf_trajectory_clear(&run);

    turns.order = GF_ALTERNATING;
    turns.step = 1; /* angle pi/3: period 6 */
    run = iterate(field, 0.3, 0.9, &turns);
    ck_assert_uint_eq(run.evaluations, 2000);
    for (size_t i = 6; i < run.count; i++) {
        assert_close(run.row[i].at.x, run.row[i - 6].at.x, 1e-12);
        assert_close(run.row[i].at.y, run.row[i - 6].at.y, 1e-12);
    }
    gf_trajectory_clear(&run);

    turns.step = 0.2;
    run = iterate(field, 0.3, 0.9, &turns);
    for (size_t i = 0; i < run.count; i++) {
        double x = run.row[i].at.x, q = run.row[i].at.y - 0.2;
        assert_close(x * x + q * q - 0.2 * x * q, 0.09 + 0.49 - 0.042, 1e-12);
    }
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* One step by hand: speeds, and the critic's extra steps. */
START_TEST(test_players_have_their_steps)
{
    gf_settings settings = {.speed = "3,0.5"};
    gf_map_options options = {
        .step = 0.1, .steps = 1, .order = GF_ALTERNATING, .critic_steps = 2};
    gf_field *field;
    gf_error error;

    ck_assert_int_eq(gf_field_find(&field, "wgan", &settings, &error), GF_OK);
    gf_trajectory run = iterate(field, 1, 0.7, &options);
    double x = 1 + 2 * (0.1 * 3) * (0.2 - 0.7);
    assert_close(last_row(&run).at.x, x, TOL0);
    assert_close(last_row(&run).at.y, 0.7 + 0.1 * 0.5 * x, TOL0);
    ck_assert_uint_eq(run.evaluations, 3);
    ck_assert_uint_eq(run.steps, 1);
    gf_trajectory_clear(&run);
    gf_field_free(field);

    /* psi is the critic of the Dirac-GAN, and the second axis. */
    field = find_field("dirac-wgan", NULL);
    ck_assert_uint_eq(field->critic, 1);
    run = iterate(field, 1, 1, &options);
    gf_vec2 v = gf_field_at((gf_vec2){1, 1}, field);
    double psi = 1 + 0.1 * v.y;
    psi += 0.1 * gf_field_at((gf_vec2){1, psi}, field).y;
    assert_close(last_row(&run).at.y, psi, TOL0);
    assert_close(last_row(&run).at.x,
                 1 + 0.1 * gf_field_at((gf_vec2){1, psi}, field).x, TOL0);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_runs_end_for_a_reason)
{
    static const gf_range window[2] = {{-2, 2, true, true},
                                       {-2, 2, true, true}};
    gf_vec2 rest = {0.5, 0.2};
    gf_map_options out = {.step = 0.5, .steps = 100},
                   near = {.step = 0.1,
                           .steps = 1000,
                           .rest = &rest,
                           .rest_count = 1,
                           .rest_radius = 1e-6},
                   wide = {.step = 1, .steps = 1000000},
                   leave = {.step = 1, .steps = 1000000, .window = window};
    gf_field *field = find_field("classic", NULL);

    gf_trajectory run = iterate(field, 0.25, 0.9, &out);
    ck_assert_int_eq(run.stop, GF_STOP_LEFT_DOMAIN);
    ck_assert(!gf_range_has(field->domain[0], last_row(&run).at.x));
    ck_assert(isfinite(last_row(&run).at.y));
    gf_trajectory_clear(&run);
    run = iterate(field, 0.5, 0.3, &near);
    ck_assert_int_eq(run.stop, GF_STOP_AT_REST);
    ck_assert_uint_lt(run.steps, 1000);
    gf_trajectory_clear(&run);
    gf_field_free(field);

    field = find_field("wgan", NULL);
    run = iterate(field, 1, 1, &wide);
    ck_assert_int_eq(run.stop, GF_STOP_BLEW_UP);
    ck_assert_double_lt(last_row(&run).at.x, 1e101);
    ck_assert_double_eq(run.left_physical_at, 4);
    gf_trajectory_clear(&run);
    run = iterate(field, 1, 1, &leave);
    ck_assert_int_eq(run.stop, GF_STOP_LEFT_WINDOW);
    gf_trajectory_clear(&run);

    gf_map_options kept = {.step = 0.1, .steps = 1000, .project = true};
    run = iterate(field, 1, 1, &kept);
    ck_assert_int_eq(run.stop, GF_STOP_END);
    for (size_t i = 0; i < run.count; i++)
        ck_assert_double_ge(run.row[i].at.y, 0);
    ck_assert(isnan(run.left_physical_at));
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_rows_of_a_map)
{
    static const double at[] = {0, 0.3, 0.7};
    gf_field *field = find_field("classic", NULL);
    gf_map_options every = {.step = 0.1, .steps = 10, .every = 4},
                   some = {.step = 0.1, .steps = 10, .at = at, .at_count = 3},
                   none = {.step = 0.1};
    static const double want_every[] = {0, 0.4, 0.8, 1};
    static const double want_some[] = {0, 0.3, 0.7, 1};

    gf_trajectory run = iterate(field, 0.5, 0.3, &every);
    ck_assert_uint_eq(run.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_close(run.row[i].t, want_every[i], TOL0);
    gf_trajectory_clear(&run);
    run = iterate(field, 0.5, 0.3, &some);
    ck_assert_uint_eq(run.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_close(run.row[i].t, want_some[i], TOL0);
    gf_trajectory_clear(&run);
    run = iterate(field, 0.5, 0.3, &none);
    ck_assert_uint_eq(run.count, 1);
    ck_assert_int_eq(run.stop, GF_STOP_END);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_rules_are_read)
{
    static const struct row {
        const char *text;
        gf_status status;
    } rows[] = {{"sgd", GF_OK},          {"sdg", GF_NAME},
                {"", GF_NAME},           {"sgd:", GF_SYNTAX},
                {"sgd:beta=1", GF_NAME}, {"sgd:beta", GF_SYNTAX},
                {"sgd,beta=1", GF_NAME}};
    gf_optimizer optimizer;
    gf_error error;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_int_eq(gf_optimizer_parse(&optimizer, rows[i].text, &error),
                         rows[i].status);
    for (size_t i = 0; i < gf_optimizer_count(); i++) {
        const gf_optimizer_rule *rule = gf_optimizer_row(i);
        ck_assert_int_eq(gf_optimizer_parse(&optimizer, rule->name, &error),
                         GF_OK);
        ck_assert_ptr_eq(optimizer.rule, rule);
        ck_assert(rule->title[0] && rule->key[0] && rule->step);
    }
}
END_TEST

START_TEST(test_what_makes_no_sense_is_refused)
{
    static const double odd[] = {0.15}, falling[] = {0.2, 0.1};
    static const struct row {
        gf_status status;
        double x;
        gf_map_options options;
    } rows[] = {
        {GF_ARGUMENT, 0.5, {.steps = 1}},
        {GF_ARGUMENT, 0.5, {.step = NAN, .steps = 1}},
        {GF_ARGUMENT, 0.5, {.step = 0.1, .steps = (size_t)-1}},
        {GF_ARGUMENT, 0.5, {.step = 0.1, .steps = 1, .critic_steps = 2}},
        {GF_ARGUMENT, 0.5, {.step = 0.1, .steps = 9, .at = odd, .at_count = 1}},
        {GF_ARGUMENT,
         0.5,
         {.step = 0.1, .steps = 9, .at = falling, .at_count = 2}},
        {GF_ARGUMENT,
         0.5,
         {.step = 0.1, .steps = 1, .at = falling, .at_count = 1}},
        {GF_DOMAIN, 1.5, {.step = 0.1, .steps = 1}},
        {GF_DOMAIN, NAN, {.step = 0.1, .steps = 1}},
    };
    gf_field *field = find_field("classic", NULL);
    gf_optimizer sgd;
    gf_trajectory run;
    gf_error error;

    gf_trajectory_init(&run);
    ck_assert_int_eq(gf_optimizer_parse(&sgd, "sgd", &error), GF_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_int_eq(gf_optimizer_run(&run, field,
                                          (gf_vec2){rows[i].x, 0.5}, &sgd,
                                          &rows[i].options, &error),
                         rows[i].status);
    gf_map_options options = {.step = 0.01, .steps = 1000};
    fail_nth_malloc(3);
    ck_assert_int_eq(gf_optimizer_run(&run, field, (gf_vec2){0.5, 0.5}, &sgd,
                                      &options, &error),
                     GF_MEMORY);
    fail_nth_malloc(0);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "motion/optimizer", test_the_script_is_repeated_to_the_bit,
        test_adam_without_a_mean_shrinks_circles, test_more_rows_of_the_script,
        test_the_orders_are_those_of_the_theory, test_players_have_their_steps,
        test_runs_end_for_a_reason, test_rows_of_a_map, test_rules_are_read,
        test_what_makes_no_sense_is_refused);
}
