/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that are kept in the physical range slide along its end. */
#include <math.h>

#include "follow.h"

/* Ledger K17: orbits are cut at p_g = 0 and end on the circle of radius p_d. */
START_TEST(test_wgan_ends_on_the_circle_that_touches)
{
    static const double start[][2] = {{0, 0.9}, {0, 0.3},     {0.7, 0.2},
                                      {0, 0.4}, {-0.1, 0.25}, {2, 3}};
    gf_field *field = find_field("wgan", NULL);

    for (size_t i = 0; i < sizeof start / sizeof *start; i++) {
        gf_flow_options options = {.until = 100, .project = true};
        double x = start[i][0], y = start[i][1];
        double want = fmin(hypot(x, y - 0.2), 0.2);
        gf_trajectory run = follow(field, x, y, &options);
        gf_row last = last_row(&run);
        ck_assert_int_eq(run.stop, GF_STOP_END);
        ck_assert(isnan(run.left_physical_at));
        assert_close(hypot(last.at.x, last.at.y - 0.2), want, 1e-8);
        for (size_t k = 0; k < run.count; k++)
            ck_assert_double_ge(run.row[k].at.y, 0);
        gf_trajectory_clear(&run);
    }
    gf_field_free(field);
}
END_TEST

/* From (0, 0.9): lands when 0.2 + 0.7 cos t = 0, slides with dD/dt = p_d, and
   leaves at D = 0. */
START_TEST(test_landing_and_leaving_are_timed)
{
    gf_field *field = find_field("wgan", NULL);
    gf_flow_options options = {.until = 8, .project = true};
    gf_trajectory run = follow(field, 0, 0.9, &options);
    double landing = acos(-0.2 / 0.7), at = -sqrt(0.49 - 0.04);
    double leaving = landing - at / 0.2;
    size_t i = 0;

    while (run.row[i].at.y > 0)
        i++;
    assert_close(run.row[i].t, landing, TOL3);
    assert_close(run.row[i].at.x, at, TOL3);
    while (run.row[i + 1].at.y == 0) {
        i++;
        assert_close(run.row[i].at.x, at + 0.2 * (run.row[i].t - landing),
                     TOL3);
    }
    assert_close(run.row[i].t, leaving, TOL3);
    assert_close(run.row[i].at.x, 0, TOL3);
    /* Then a quarter of the circle of radius 0.2 takes a quarter turn. */
    gf_row last = last_row(&run);
    assert_close(last.at.x, 0.2 * sin(8 - leaving), TOL3);
    assert_close(last.at.y, 0.2 - 0.2 * cos(8 - leaving), TOL3);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

static double distance(gf_row row, double d0, double p_d)
{
    return hypot(row.at.x - d0, row.at.y - p_d);
}

/* Ledger K15: the rate of r^2/2 at two points. */
START_TEST(test_the_rate_of_the_distance)
{
    static const struct row {
        const char *name;
        double x, rate;
    } rows[] = {
        {"classic", 0.25, -0.1838255756757151},
        {"nonsaturating", 0.25, -0.3852030263919617},
        {"classic", 0.75, -0.3481303069413716},
        {"nonsaturating", 0.75, -0.5495077576576183},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = find_field(rows[i].name, NULL);
        gf_vec2 v = gf_field_at((gf_vec2){rows[i].x, 0.9}, field);
        assert_close((rows[i].x - 0.5) * v.x + 0.7 * v.y, rows[i].rate, 1e-14);
        /* and along the run: (r^2/2)' by differences */
        double h = 1e-4, at[] = {h};
        gf_flow_options on = {.until = h, .at = at, .at_count = 1};
        gf_flow_options back = {.until = -h};
        gf_trajectory there = follow(field, rows[i].x, 0.9, &on);
        gf_trajectory here = follow(field, rows[i].x, 0.9, &back);
        double b = distance(last_row(&there), 0.5, 0.2);
        double a = distance(last_row(&here), 0.5, 0.2);
        assert_close((b * b - a * a) / (4 * h), rows[i].rate, 1e-5);
        gf_trajectory_clear(&there);
        gf_trajectory_clear(&here);
        gf_field_free(field);
    }
}
END_TEST

/* Ledger K15: with projection the distance to the rest point never grows. */
START_TEST(test_distance_never_grows)
{
    static const struct row {
        const char *name, *set;
        double p_d, d0;
    } rows[] = {
        {"classic", "p_d=0.05", 0.05, 0.5},
        {"classic", "p_d=0.01", 0.01, 0.5},
        {"nonsaturating", NULL, 0.2, 0.5},
        {"quadratic", NULL, 0.2, 1},
        {"lsgan", "p_d=0.3", 0.3, 0.5},
        {"kl", NULL, 0.2, 1},
        {"nonsaturating", "p_d=0.01", 0.01, 0.5},
    };
    uint64_t seed = 5;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = find_field(rows[i].name, rows[i].set);
        for (int k = 0; k < (is_long_run() ? 200 : 6); k++) {
            gf_flow_options options = {.until = 60, .project = true};
            gf_trajectory run = follow(field, random_between(&seed, 0.02, 0.98),
                                       random_between(&seed, 0, 2), &options);
            ck_assert_int_eq(run.stop, GF_STOP_END);
            for (size_t n = 1; n < run.count; n++)
                ck_assert_double_le(
                    distance(run.row[n], rows[i].d0, rows[i].p_d),
                    distance(run.row[n - 1], rows[i].d0, rows[i].p_d) + 1e-9);
            gf_trajectory_clear(&run);
        }
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_all_methods_slide_alike)
{
    gf_field *field = find_field("classic", "p_d=0.05");
    gf_flow_options reference = {
        .until = 6, .project = true, .rtol = 1e-13, .atol = 1e-15};
    gf_trajectory want = follow(field, 0.25, 0.9, &reference);

    for (size_t i = 0; i < gf_flow_method_count(); i++) {
        gf_flow_options options = {
            .method = gf_flow_method_row(i)->name, .until = 6, .project = true};
        gf_trajectory run = follow(field, 0.25, 0.9, &options);
        assert_close(last_row(&run).at.x, last_row(&want).at.x, 1e-8);
        assert_close(last_row(&run).at.y, last_row(&want).at.y, 1e-8);
        gf_trajectory_clear(&run);
        if (gf_flow_method_row(i)->order == 0)
            continue;
        options.step = 1e-3;
        run = follow(field, 0.25, 0.9, &options);
        assert_close(last_row(&run).at.x, last_row(&want).at.x, 1e-4);
        assert_close(last_row(&run).at.y, last_row(&want).at.y, 1e-4);
        gf_trajectory_clear(&run);
    }
    gf_trajectory_clear(&want);
    gf_field_free(field);
}
END_TEST

START_TEST(test_a_start_on_the_end_of_the_range_may_slide)
{
    gf_field *field = find_field("wgan", NULL);
    gf_flow_options options = {.until = 1, .project = true};
    gf_trajectory run = follow(field, -0.5, 0, &options);

    assert_close(last_row(&run).at.x, -0.3, TOL3);
    ck_assert_double_eq(last_row(&run).at.y, 0);
    gf_trajectory_clear(&run);
    run = follow(field, 0.5, 0, &options);
    ck_assert_double_gt(last_row(&run).at.y, 0);
    gf_trajectory_clear(&run);

    gf_error error;
    gf_trajectory_init(&run);
    ck_assert_int_eq(
        gf_flow_run(&run, field, (gf_vec2){0, -0.1}, &options, &error),
        GF_DOMAIN);
    gf_field_free(field);
    field = planar_field("-v", "u");
    ck_assert_int_eq(
        gf_flow_run(&run, field, (gf_vec2){0, 1}, &options, &error),
        GF_ARGUMENT);
    gf_field_free(field);
}
END_TEST

/* Without data p_g = 0 is a line of rest points of the sliding motion. */
START_TEST(test_sliding_may_stand_still)
{
    gf_field *field = find_field("classic", "p_d=0");
    gf_flow_options options = {.until = 50, .project = true};
    gf_trajectory run = follow(field, 0.5, 0.3, &options);

    ck_assert_int_eq(run.stop, GF_STOP_END);
    assert_close(last_row(&run).at.x, 0.2219494326750215, 1e-10);
    ck_assert_double_eq(last_row(&run).at.y, 0);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "motion/project", test_wgan_ends_on_the_circle_that_touches,
        test_landing_and_leaving_are_timed, test_the_rate_of_the_distance,
        test_distance_never_grows, test_all_methods_slide_alike,
        test_a_start_on_the_end_of_the_range_may_slide,
        test_sliding_may_stand_still);
}
