/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that end in finite time: at the edge of the domain, at infinity. */
#include <math.h>

#include "follow.h"

/* Ledger K16: where the domain ends in finite time, two integrators. */
START_TEST(test_escapes_are_timed)
{
    static const struct row {
        const char *name, *set;
        double x, y, time, p, digits;
    } rows[] = {
        {"classic", "p_d=0.01", 0.25, 0.9, 2.72816, -0.232774073, 1e-5},
        {"nonsaturating", "p_d=0.01", 0.25, 0.9, 1.28876, -0.611072552, 1e-5},
        {"nonsaturating", "p_d=0.05", 0.25, 0.9, 1.65277, -0.237549655, 1e-5},
        {"nonsaturating", NULL, 0.02, 0, 0.83762018, -0.107592526, 1e-8},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = find_field(rows[i].name, rows[i].set);
        gf_flow_options options = {.until = 100}, fine = options;
        fine.rtol = 1e-13;
        fine.atol = 1e-15;
        gf_trajectory run = follow(field, rows[i].x, rows[i].y, &options);
        gf_trajectory finer = follow(field, rows[i].x, rows[i].y, &fine);
        ck_assert_int_eq(run.stop, GF_STOP_LEFT_DOMAIN);
        assert_close(run.stop_time, rows[i].time, rows[i].digits);
        assert_close(run.stop_time, finer.stop_time, 3e-10);
        ck_assert_double_eq(last_row(&run).at.x, 1);
        ck_assert_double_eq(last_row(&run).t, run.stop_time);
        assert_close(last_row(&run).at.y, rows[i].p, 1e-9);
        ck_assert(run.left_physical_at < run.stop_time);
        gf_trajectory_clear(&run);
        gf_trajectory_clear(&finer);
        gf_field_free(field);
    }
}
END_TEST

/* Ledger K16: the p_d below which a start escapes. */
START_TEST(test_the_last_escape_is_bracketed)
{
    static const struct row {
        const char *name, *below, *above;
        double x;
    } rows[] = {
        {"classic", "p_d=0.020553", "p_d=0.020554", 0.25},
        {"classic", "p_d=0.020553", "p_d=0.020554", 0.75},
        {"nonsaturating", "p_d=0.072314", "p_d=0.072315", 0.25},
        {"nonsaturating", "p_d=0.0714449", "p_d=0.071446", 0.75},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *below = find_field(rows[i].name, rows[i].below);
        gf_field *above = find_field(rows[i].name, rows[i].above);
        gf_flow_options options = {.until = 300};
        gf_trajectory out = follow(below, rows[i].x, 0.9, &options);
        gf_trajectory in = follow(above, rows[i].x, 0.9, &options);
        ck_assert_int_eq(out.stop, GF_STOP_LEFT_DOMAIN);
        ck_assert_int_eq(in.stop, GF_STOP_END);
        assert_close(last_row(&in).at.x, 0.5, 1e-4);
        gf_trajectory_clear(&out);
        gf_trajectory_clear(&in);
        gf_field_free(below);
        gf_field_free(above);
    }
}
END_TEST

/* Ledger K16: which of the starts D = 0.01 ... 0.99, p_g = 0 ... 3 by 0.05 come
   to the edge; a sample of them unless there is time. */
START_TEST(test_how_many_starts_escape)
{
    static const struct row {
        const char *name, *set;
        size_t escapes;
    } rows[] = {
        {"classic", "p_d=0.05", 0},
        {"classic", "p_d=0.02", 4940},
        {"classic", "p_d=0.01", 5383},
        {"nonsaturating", "p_d=0.2", 9},
        {"nonsaturating", "p_d=0.1", 69},
        {"nonsaturating", "p_d=0.05", 5221},
        {"nonsaturating", "p_d=0.02", 5585},
        {"nonsaturating", "p_d=0.01", 5661},
    };
    int stride = is_long_run() ? 1 : 33;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = find_field(rows[i].name, rows[i].set);
        size_t escapes = 0, runs = 0;
        for (int n = 0; n < 99 * 61; n += stride, runs++) {
            gf_flow_options options = {
                .until = 300, .every = 300, .rtol = 1e-8, .atol = 1e-10};
            gf_trajectory run =
                follow(field, (n % 99 + 1) / 100.0, n / 99 * 0.05, &options);
            escapes += run.stop == GF_STOP_LEFT_DOMAIN;
            gf_trajectory_clear(&run);
        }
        if (is_long_run())
            ck_assert_msg(escapes == rows[i].escapes, "%s %s: %zu",
                          rows[i].name, rows[i].set, escapes);
        else
            assert_close((double)escapes / (double)runs,
                         (double)rows[i].escapes / (99 * 61), 0.05);
        gf_field_free(field);
    }
}
END_TEST

/* Ledger K11: off the data's support D = 0 is met at full speed. */
START_TEST(test_an_edge_without_a_pole_is_timed_too)
{
    gf_field *field = find_field("classic", "p_d=0");

    for (size_t i = 0; i < gf_flow_method_count(); i++) {
        gf_flow_options options = {.method = gf_flow_method_row(i)->name,
                                   .until = 9};
        gf_trajectory run = follow(field, 0.25, 0.9, &options);
        ck_assert_int_eq(run.stop, GF_STOP_LEFT_DOMAIN);
        assert_close(run.stop_time, 0.26304492827, 2e-9);
        ck_assert_double_eq(last_row(&run).at.x, 0);
        assert_close(last_row(&run).at.y, 0.75078421922, 2e-9);
        ck_assert(isnan(run.left_physical_at));
        gf_trajectory_clear(&run);
    }
    gf_field_free(field);
}
END_TEST

/* Ledger K62 with p_g held at 0: D = sqrt(D0^2 + 2 d t) comes to 1. */
START_TEST(test_the_edge_is_reached_while_sliding)
{
    gf_field *field = planar_field("1/(5*u)", "0*v");
    gf_flow_options options = {.until = 1.875};
    gf_trajectory run = follow(field, 0.5, 0, &options);

    assert_close(last_row(&run).at.x, 1, TOL3);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_blow_ups_are_timed)
{
    static const struct row {
        const char *du;
        double x, time;
    } rows[] = {
        {"u^2", 1, 1},        {"u^2", -1, INFINITY}, {"u^3", 2, 0.125},
        {"-u^2", -0.5, 2},    {"exp(u)", 0, 1},      {"1 + u^2", 0, M_PI_2},
        {"u*log(u)", 2, 1e9}, {"-1/u", 1, 0.5},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = planar_field(rows[i].du, "-v");
        gf_flow_options options = {.until = 5};
        gf_trajectory run = follow(field, rows[i].x, 1, &options);
        if (rows[i].time < 5) {
            ck_assert_int_eq(run.stop, GF_STOP_BLEW_UP);
            assert_close(run.stop_time, rows[i].time, 2e-9);
        } else if (isinf(rows[i].time)) {
            ck_assert_int_eq(run.stop, GF_STOP_END);
        }
        for (size_t k = 0; k < run.count; k++)
            ck_assert(isfinite(run.row[k].at.x) && isfinite(run.row[k].at.y));
        gf_trajectory_clear(&run);
        gf_field_free(field);
    }
}
END_TEST

/* What grows for ever but not in finite time is cut off where squares still
   fit into a double. */
START_TEST(test_what_grows_too_large_has_blown_up)
{
    gf_field *field = planar_field("u", "-v");
    gf_flow_options options = {.until = 1000}, fixed = options;
    gf_trajectory run = follow(field, 1, 1, &options);

    ck_assert_int_eq(run.stop, GF_STOP_BLEW_UP);
    assert_close(run.stop_time, 100 * log(10), 1);
    gf_trajectory_clear(&run);
    fixed.method = "rk4";
    fixed.step = 0.25;
    run = follow(field, 1, 1, &fixed);
    ck_assert_int_eq(run.stop, GF_STOP_BLEW_UP);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_closed_ends_belong_to_the_domain)
{
    gf_field *field = find_field("total-variation", NULL);
    gf_flow_options options = {.until = 5};
    gf_trajectory run = follow(field, 0.5, 0.1, &options); /* runs out */

    ck_assert_int_eq(run.stop, GF_STOP_LEFT_DOMAIN);
    assert_close(run.stop_time, 0, 1e-10);
    gf_trajectory_clear(&run);
    run = follow(field, 0, 0.9, &options); /* radius 0.7 */
    ck_assert_int_eq(run.stop, GF_STOP_LEFT_DOMAIN);
    assert_close(run.stop_time, asin(0.5 / 0.7), TOL3);
    ck_assert_double_eq(last_row(&run).at.x, -0.5);
    assert_close(last_row(&run).at.y, 0.2 + sqrt(0.49 - 0.25), TOL3);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_fixed_steps_stop_at_the_last_state_inside)
{
    gf_field *field = find_field("classic", "p_d=0.01");
    gf_flow_options options = {.method = "rk4", .step = 1e-3, .until = 10};
    gf_trajectory run = follow(field, 0.25, 0.9, &options);

    ck_assert_int_eq(run.stop, GF_STOP_LEFT_DOMAIN);
    assert_close(run.stop_time, 2.728, 2e-3);
    ck_assert(last_row(&run).at.x < 1);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "motion/edge", test_escapes_are_timed,
        test_the_last_escape_is_bracketed, test_how_many_starts_escape,
        test_an_edge_without_a_pole_is_timed_too,
        test_the_edge_is_reached_while_sliding, test_blow_ups_are_timed,
        test_what_grows_too_large_has_blown_up,
        test_closed_ends_belong_to_the_domain,
        test_fixed_steps_stop_at_the_last_state_inside);
}
