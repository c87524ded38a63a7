/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs against known solutions, their rows, and what is refused. */
#include <math.h>
#include <string.h>

#include "failing_malloc.h"
#include "follow.h"

/* Ledger K5: the field is affine, z(t) = z* + expm(J t) (z0 - z*). */
START_TEST(test_the_quadratic_field_is_solved)
{
    static const struct row {
        double x, y, x10, y10, lowest, when;
    } rows[] = {
        {0.25, 0.9, 1.095094909505895, -0.1748054566517438, -0.5264058839474772,
         3.927776050690268},
        {0.75, 0.9, 0.9452036399091489, -0.08213260315944083,
         -0.340695313043207, 3.489598344627511},
    };
    gf_field *field = find_field("quadratic", NULL);

    for (size_t i = 0; i < 2; i++) {
        double at[] = {rows[i].when, 10};
        gf_flow_options options = {.until = 10, .at = at, .at_count = 2};
        gf_trajectory run = follow(field, rows[i].x, rows[i].y, &options);
        ck_assert_uint_eq(run.count, 3);
        ck_assert_double_eq(run.row[1].t, rows[i].when);
        assert_close(run.row[1].at.y, rows[i].lowest, TOL3);
        assert_close(run.row[1].at.x, 1, TOL3); /* where dp_g/dt = 0 */
        assert_close(run.row[2].at.x, rows[i].x10, 1e-10);
        assert_close(run.row[2].at.y, rows[i].y10, 1e-10);
        ck_assert(run.left_physical_at > 2 && run.left_physical_at < 3);
        gf_trajectory_clear(&run);
    }
    gf_field_free(field);
}
END_TEST

static double energy(gf_row row)
{
    double x = row.at.x, y = row.at.y - 0.2;

    return (x * x + y * y) / 2;
}

static double worst_energy(const gf_field *field, double rtol, double atol)
{
    gf_flow_options options = {
        .until = 2000 * M_PI, .rtol = rtol, .atol = atol};
    gf_trajectory run = follow(field, 0.25, 0.9, &options);
    double worst = 0;

    for (size_t i = 0; i < run.count; i++)
        worst = fmax(worst, fabs(energy(run.row[i]) - energy(run.row[0])));
    assert_close(last_row(&run).at.x, 0.25, 100 * rtol);
    gf_trajectory_clear(&run);
    return worst;
}

START_TEST(test_energy_is_kept_over_a_thousand_turns)
{
    gf_field *field = find_field("wgan", NULL);

    ck_assert_double_lt(worst_energy(field, 1e-10, 1e-12), 1e-8);
    ck_assert_double_lt(worst_energy(field, 1e-12, 1e-14), 1e-9);
    gf_field_free(field);
}
END_TEST

START_TEST(test_backward_is_the_way_back)
{
    gf_field *field = find_field("classic", NULL);
    gf_flow_options forward = {.until = 3}, back = {.until = -3};
    gf_trajectory there = follow(field, 0.75, 0.9, &forward);
    gf_row last = last_row(&there);
    gf_trajectory here = follow(field, last.at.x, last.at.y, &back);

    ck_assert_double_eq(here.stop_time, -3);
    ck_assert_double_eq(last_row(&here).t, -3);
    ck_assert(here.row[1].t < 0);
    assert_close(last_row(&here).at.x, 0.75, 1e-8);
    assert_close(last_row(&here).at.y, 0.9, 1e-8);
    gf_trajectory_clear(&there);
    gf_trajectory_clear(&here);
    gf_field_free(field);
}
END_TEST

/* The times asked for do not disturb the run. */
START_TEST(test_rows_come_at_the_times_asked_for)
{
    gf_field *field = find_field("classic", NULL);
    gf_flow_options plain = {.until = 3}, every = {.until = 3, .every = 0.25};
    gf_trajectory all = follow(field, 0.25, 0.9, &plain);
    gf_trajectory some = follow(field, 0.25, 0.9, &every);

    ck_assert_uint_eq(some.count, 13);
    ck_assert_uint_eq(some.steps, all.steps);
    for (size_t i = 0; i < some.count; i++)
        ck_assert_double_eq(some.row[i].t, 0.25 * (double)i);
    ck_assert_double_eq(last_row(&some).at.x, last_row(&all).at.x);
    ck_assert_double_eq(last_row(&some).at.y, last_row(&all).at.y);
    gf_trajectory_trim(&some);
    ck_assert_uint_eq(some.capacity, 13);
    for (size_t i = 1; i < 12; i++) {
        gf_flow_options until = {.until = 0.25 * (double)i};
        gf_trajectory to = follow(field, 0.25, 0.9, &until);
        assert_close(some.row[i].at.x, last_row(&to).at.x, 2e-10);
        assert_close(some.row[i].at.y, last_row(&to).at.y, 2e-10);
        gf_trajectory_clear(&to);
    }
    gf_trajectory_clear(&all);
    gf_trajectory_clear(&some);
    gf_field_free(field);
}
END_TEST

START_TEST(test_the_start_and_the_stop_are_rows_once)
{
    gf_field *field = find_field("classic", NULL);
    double at[] = {0, 1, 2};
    gf_flow_options options[] = {
        {.until = 2, .at = at, .at_count = 3},
        {.until = 2, .every = 1},
        {.until = 2.5, .every = 1},
        {.until = 0.3, .every = 0.1},
        {.until = 0.3, .every = 0.1, .step = 0.1, .method = "rk4"},
        {.until = 0},
    };
    size_t want[] = {3, 3, 4, 4, 4, 1};

    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        gf_trajectory run = follow(field, 0.25, 0.9, &options[i]);
        ck_assert_uint_eq(run.count, want[i]);
        ck_assert_double_eq(run.row[0].t, 0);
        ck_assert_double_eq(last_row(&run).t, options[i].until);
        ck_assert_double_eq(run.stop_time, options[i].until);
        gf_trajectory_clear(&run);
    }
    gf_field_free(field);
}
END_TEST

/* Every method reaches times inside of its steps. */
START_TEST(test_rows_inside_steps_are_as_good_as_at_their_ends)
{
    gf_field *field = find_field("wgan", NULL);

    for (size_t i = 0; i < gf_flow_method_count(); i++) {
        gf_flow_options options = {
            .method = gf_flow_method_row(i)->name, .until = 2, .every = 0.1};
        gf_trajectory run = follow(field, 1, 0.2, &options);
        ck_assert_uint_eq(run.count, 21);
        for (size_t k = 0; k < run.count; k++) {
            assert_close(run.row[k].at.x, cos(run.row[k].t), 2e-8);
            assert_close(run.row[k].at.y, 0.2 + sin(run.row[k].t), 2e-8);
        }
        gf_trajectory_clear(&run);
    }
    gf_field_free(field);
}
END_TEST

START_TEST(test_rest_window_and_budget_stop)
{
    static const gf_range window[2] = {{0, 1, true, true},
                                       {0.3, 1, true, true}};
    gf_field *field = find_field("classic", NULL);
    gf_vec2 rest = {0.5, 0.2};
    gf_flow_options near = {.until = 1000,
                            .rest = &rest,
                            .rest_count = 1,
                            .rest_radius = 1e-3},
                    leave = {.until = 1000, .window = window},
                    few = {.until = 1000, .most_attempts = 20};

    gf_trajectory run = follow(field, 0.25, 0.9, &near);
    gf_row last = last_row(&run);
    ck_assert_int_eq(run.stop, GF_STOP_AT_REST);
    assert_close(hypot(last.at.x - 0.5, last.at.y - 0.2), 1e-3, 1e-13);
    gf_trajectory_clear(&run);

    run = follow(field, 0.25, 0.9, &leave);
    ck_assert_int_eq(run.stop, GF_STOP_LEFT_WINDOW);
    assert_close(last_row(&run).at.y, 0.3, 1e-13);
    gf_trajectory_clear(&run);

    run = follow(field, 0.25, 0.2, &leave); /* begins outside */
    ck_assert_int_eq(run.stop, GF_STOP_LEFT_WINDOW);
    ck_assert_double_eq(run.stop_time, 0);
    ck_assert_uint_eq(run.count, 1);
    gf_trajectory_clear(&run);

    run = follow(field, 0.25, 0.9, &few);
    ck_assert_int_eq(run.stop, GF_STOP_BUDGET);
    ck_assert_uint_eq(run.steps + run.rejected, 20);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_what_makes_no_sense_is_refused)
{
    static const double falling[] = {2, 1}, late[] = {3}, early[] = {-1};
    static const struct row {
        gf_status status;
        double x;
        gf_flow_options options;
    } rows[] = {
        {GF_NAME, 0.5, {.until = 1, .method = "rk9"}},
        {GF_ARGUMENT, 0.5, {.until = INFINITY}},
        {GF_ARGUMENT, 0.5, {.until = NAN}},
        {GF_ARGUMENT, 0.5, {.until = 1, .rtol = -1}},
        {GF_ARGUMENT, 0.5, {.until = 1, .rtol = 1e-17}},
        {GF_ARGUMENT, 0.5, {.until = 1, .rtol = 1}},
        {GF_ARGUMENT, 0.5, {.until = 1, .atol = NAN}},
        {GF_ARGUMENT, 0.5, {.until = 1, .step = -0.1}},
        {GF_ARGUMENT, 0.5, {.until = 1, .step = 0.1, .method = "msbdf"}},
        {GF_ARGUMENT, 0.5, {.until = 1, .step = 1e-12}},
        {GF_ARGUMENT, 0.5, {.until = 1, .every = 1e-12}},
        {GF_ARGUMENT, 0.5, {.until = 1, .every = NAN}},
        {GF_ARGUMENT, 0.5, {.until = 2, .at = falling, .at_count = 2}},
        {GF_ARGUMENT, 0.5, {.until = 2, .at = late, .at_count = 1}},
        {GF_ARGUMENT, 0.5, {.until = 2, .at = early, .at_count = 1}},
        {GF_ARGUMENT,
         0.5,
         {.until = 2, .at = falling + 1, .at_count = 1, .every = 1}},
        {GF_ARGUMENT, 0.5, {.until = -1, .project = true}},
        {GF_DOMAIN, 0, {.until = 1}},
        {GF_DOMAIN, 1, {.until = 1}},
        {GF_DOMAIN, NAN, {.until = 1}},
    };
    gf_field *field = find_field("classic", NULL);
    gf_trajectory run;
    gf_error error;

    gf_trajectory_init(&run);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_error_clear(&error);
        gf_status status = gf_flow_run(&run, field, (gf_vec2){rows[i].x, 0.5},
                                       &rows[i].options, &error);
        ck_assert_msg(status == rows[i].status, "row %zu: %s", i,
                      gf_status_name(status));
        ck_assert_int_eq(error.status, status);
        ck_assert_str_ne(error.message, "");
    }
    ck_assert_uint_eq(run.count, 0);
    gf_field_free(field);
}
END_TEST

START_TEST(test_memory_may_run_out_at_any_time)
{
    gf_field *field = find_field("classic", NULL);
    gf_flow_options options = {.until = 30};
    gf_trajectory run;

    gf_trajectory_init(&run);
    for (size_t n = 1;; n++) {
        gf_error error;
        fail_nth_malloc(n);
        gf_status status =
            gf_flow_run(&run, field, (gf_vec2){0.25, 0.9}, &options, &error);
        bool has_failed = malloc_has_failed();
        fail_nth_malloc(0);
        gf_trajectory_clear(&run);
        if (!has_failed)
            break;
        ck_assert_int_eq(status, GF_MEMORY);
    }
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "motion/flow", test_the_quadratic_field_is_solved,
        test_energy_is_kept_over_a_thousand_turns,
        test_backward_is_the_way_back, test_rows_come_at_the_times_asked_for,
        test_the_start_and_the_stop_are_rows_once,
        test_rows_inside_steps_are_as_good_as_at_their_ends,
        test_rest_window_and_budget_stop, test_what_makes_no_sense_is_refused,
        test_memory_may_run_out_at_any_time);
}
