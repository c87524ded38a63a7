/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections, and when p_g leaves its physical range. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "failing_malloc.h"
#include "follow.h"

static gf_section *section_of(const gf_field *field, const char *text)
{
    gf_error error = {.status = GF_OK};
    gf_section *section = NULL;

    gf_status status = gf_section_new(&section, field, text, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", text, error.message);
    return section;
}

/* Rows of a run that are crossings. */
static size_t crossings(const gf_trajectory *run)
{
    size_t count = 0;

    for (size_t i = 0; i < run->count; i++)
        count += run->row[i].crossing != 0;
    return count;
}

/* WGAN from (r, p_d): D = r cos t, p_g = p_d + r sin t. */
START_TEST(test_returns_are_timed)
{
    gf_field *field = find_field("wgan", NULL);
    gf_section *section = section_of(field, "D = 0.3");

    for (size_t i = 0; i < gf_flow_method_count(); i++) {
        const gf_flow_method *row = gf_flow_method_row(i);
        gf_flow_options options = {
            .method = row->name, .until = 20, .section = section};
        gf_trajectory run = follow(field, 1, 0.2, &options);
        double phase = acos(0.3);
        double tol = strcmp(row->name, "rk8pd") == 0 ? TOL3 : 2e-7;
        ck_assert_uint_eq(run.count, 8);
        ck_assert_uint_eq(crossings(&run), 6);
        for (size_t k = 1; k <= 6; k++) {
            double turn = 2 * M_PI * (double)(k / 2);
            double want = k % 2 ? turn + phase : turn - phase;
            assert_close(run.row[k].t, want, tol);
            assert_close(run.row[k].at.x, 0.3, 1e-13);
            ck_assert_int_eq(run.row[k].crossing, k % 2 ? -1 : 1);
        }
        gf_trajectory_clear(&run);
    }
    gf_section_free(section);
    gf_field_free(field);
}
END_TEST

/* Two crossings within one step, as near to each other as the tolerance lets
   them be told apart. */
START_TEST(test_grazing_is_seen)
{
    gf_field *field = find_field("wgan", NULL);

    for (int k = 1; k < 10; k++) {
        double depth = pow(10, -k), least = 1 - depth;
        char text[64];
        snprintf(text, sizeof text, "D = %.17g", least);
        gf_section *section = section_of(field, text);
        gf_flow_options options = {.until = 6, .section = section};
        gf_trajectory run = follow(field, 0, 1.2, &options);
        double half = acos(least);
        double tol = 1e-11 / half + 1e-10;
        ck_assert_uint_eq(crossings(&run), 2);
        assert_close(run.row[1].t, 1.5 * M_PI - half, tol);
        assert_close(run.row[2].t, 1.5 * M_PI + half, tol);
        gf_trajectory_clear(&run);
        gf_section_free(section);
    }
    gf_section *beyond = section_of(field, "D = 1.00000001");
    gf_flow_options options = {.until = 100, .section = beyond};
    gf_trajectory run = follow(field, 0, 1.2, &options);
    ck_assert_uint_eq(crossings(&run), 0);
    gf_trajectory_clear(&run);
    gf_section_free(beyond);
    gf_field_free(field);
}
END_TEST

START_TEST(test_a_start_on_the_section_is_no_crossing)
{
    gf_field *field = find_field("wgan", NULL);
    gf_section *section = section_of(field, "p_g = p_d");
    gf_flow_options options = {.until = 7, .section = section};
    gf_trajectory run = follow(field, 1, 0.2, &options);

    ck_assert_uint_eq(crossings(&run), 2);
    assert_close(run.row[1].t, M_PI, TOL3);
    assert_close(run.row[2].t, 2 * M_PI, TOL3);
    gf_trajectory_clear(&run);

    options.until = -7; /* directions are those of time */
    run = follow(field, 1, 0.2, &options);
    ck_assert_uint_eq(crossings(&run), 2);
    assert_close(run.row[1].t, -M_PI, TOL3);
    ck_assert_int_eq(run.row[1].crossing, -1);
    gf_trajectory_clear(&run);
    gf_section_free(section);
    gf_field_free(field);
}
END_TEST

/* Ledger K11: the orbit through (1/2, 0.3) without data. */
START_TEST(test_the_orbit_off_the_data_has_its_period_and_range)
{
    gf_field *field = find_field("classic", "p_d=0");
    gf_section *section = section_of(field, "p_g = 0");
    gf_flow_options options = {.until = 20, .section = section};
    gf_trajectory run = follow(field, 0.5, 0.3, &options);

    ck_assert_uint_eq(crossings(&run), 13);
    for (size_t k = 1; k + 2 <= 13; k++) {
        double low = 0.2219494326750215, high = 0.8592993314520553;
        assert_close(run.row[k + 2].t - run.row[k].t, 3.02136102231, TOL3);
        assert_close(run.row[k].at.x, k % 2 ? low : high, 1e-10);
    }
    ck_assert_double_eq(run.left_physical_at, run.row[1].t);
    gf_trajectory_clear(&run);
    gf_section_free(section);
    gf_field_free(field);
}
END_TEST

/* Ledger K11: without data the period of small orbits tends to pi, and V of K14
   is kept: p^2/2 + W(D). */
START_TEST(test_small_orbits_off_the_data)
{
    gf_field *field = find_field("classic", "p_d=0");
    gf_section *section = section_of(field, "p_g = 0");
    gf_flow_options options = {.until = 7, .section = section};

    for (double size = 1e-1; size > 5e-4; size /= 10) {
        gf_trajectory run = follow(field, 0.5, size, &options);
        assert_close(run.row[3].t - run.row[1].t, M_PI, 1.5 * size * size);
        gf_trajectory_clear(&run);
    }
    options.section = NULL;
    gf_trajectory run = follow(field, 0.5, 0.3, &options);
    for (size_t i = 0; i < run.count; i++) {
        double u = 1 - run.row[i].at.x, p = run.row[i].at.y;
        double w = 1. / 16 + u * u / 2 * log(2 * u) - u * u / 4;
        assert_close(p * p / 2 + w, 0.045, 1e-10);
    }
    gf_trajectory_clear(&run);
    gf_section_free(section);
    gf_field_free(field);
}
END_TEST

/* All four sides of a window, both ways in time, and the ball round a point. */
START_TEST(test_windows_and_balls_are_timed)
{
    static const gf_range window[2] = {{-0.5, 0.6, true, true},
                                       {-0.6, 1.0, true, true}};
    static const double way[][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    static const double time[] = {0.6, 0.5, 1.0, 0.6};
    gf_vec2 middle = {0, 0};
    char du[32], dv[32];

    for (int i = 0; i < 4; i++)
        for (int sense = -1; sense <= 1; sense += 2) {
            snprintf(du, sizeof du, "%g", sense * way[i][0]);
            snprintf(dv, sizeof dv, "%g + 0*u", sense * way[i][1]);
            gf_field *field = planar_field(du, dv);
            gf_flow_options options = {.until = 9 * sense, .window = window};
            gf_trajectory run = follow(field, 0, 0, &options);
            ck_assert_int_eq(run.stop, GF_STOP_LEFT_WINDOW);
            assert_close(run.stop_time, sense * time[i], TOL3);
            gf_trajectory_clear(&run);
            gf_field_free(field);
        }
    for (int k = 1; k <= 10; k++) {
        double radius = pow(10, -k);
        gf_field *field = planar_field("-u - 3*v", "3*u - v");
        gf_flow_options options = {.until = 40,
                                   .rest = &middle,
                                   .rest_count = 1,
                                   .rest_radius = radius};
        gf_trajectory run = follow(field, 0.6, -0.8, &options);
        ck_assert_int_eq(run.stop, GF_STOP_AT_REST);
        /* the state has an absolute error of 1e-12 or so */
        assert_close(run.stop_time, k * log(10), 1e-10 + 1e-11 / radius);
        gf_trajectory_clear(&run);
        gf_field_free(field);
    }
}
END_TEST

/* The modified Bessel function I0 by its series. */
static double bessel(double x)
{
    double term = 1, sum = 1;

    for (int k = 1; k < 60; k++) {
        term *= x * x / 4 / ((double)k * k);
        sum += term;
    }
    return sum;
}

/* Ledger K43: the circles of the Dirac-GAN take 2 pi (1 + I0(r^2/2)). */
START_TEST(test_the_circles_of_the_dirac_gan_have_their_periods)
{
    static const double radius[] = {0.1, 1, M_SQRT2, 2};
    gf_field *field = find_field("dirac-gan", NULL);
    gf_section *section = section_of(field, "psi = 0");

    for (size_t i = 0; i < sizeof radius / sizeof *radius; i++) {
        double r = radius[i], period = 2 * M_PI * (1 + bessel(r * r / 2));
        gf_flow_options options = {.until = 2.25 * period, .section = section};
        gf_trajectory run = follow(field, r, 0, &options);
        ck_assert_uint_eq(crossings(&run), 4);
        assert_close(run.row[2].t, period, TOL3);
        assert_close(run.row[4].t - run.row[2].t, period, TOL3);
        assert_close(run.row[4].at.x, r, TOL3);
        gf_trajectory_clear(&run);
    }
    gf_section_free(section);
    gf_field_free(field);
}
END_TEST

/* Ledger K10, inside of its kinks: the hinge GAN is WGAN. */
START_TEST(test_the_hinge_is_wgan_between_its_kinks)
{
    gf_field *field = find_field("hinge", NULL);
    gf_flow_options options = {.until = 2 * M_PI, .every = M_PI / 2};
    gf_trajectory run = follow(field, 0.25, 0.9, &options);

    ck_assert_uint_eq(run.count, 5);
    assert_close(run.row[1].at.x, -0.7, TOL3);
    assert_close(run.row[1].at.y, 0.45, TOL3);
    assert_close(run.row[4].at.x, 0.25, TOL3);
    assert_close(run.row[4].at.y, 0.9, TOL3);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_the_first_exit_is_the_physical_one)
{
    gf_field *field = find_field("wgan", NULL);
    gf_flow_options options = {.until = 20};
    gf_trajectory run = follow(field, 0, 0.9, &options);

    /* p_g = 0.2 + 0.7 cos t */
    assert_close(run.left_physical_at, acos(-0.2 / 0.7), TOL3);
    gf_trajectory_clear(&run);
    run = follow(field, 0, -0.1, &options);
    ck_assert_double_eq(run.left_physical_at, 0);
    gf_trajectory_clear(&run);
    run = follow(field, -0.5, 0, &options);
    ck_assert_double_eq(run.left_physical_at, 0);
    gf_trajectory_clear(&run);
    run = follow(field, 0.5, 0, &options); /* goes in, then out */
    assert_close(run.left_physical_at, M_PI + 2 * atan(0.2 / 0.5), TOL3);
    gf_trajectory_clear(&run);
    run = follow(field, 0, 0.35, &options); /* radius 0.15 */
    ck_assert(isnan(run.left_physical_at));
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_sections_are_expressions)
{
    static const struct row {
        const char *text;
        double x, y;
    } rows[] = {{"D = 0.5", 0.5, 7},
                {"p_g=p_d", 7, 0.2},
                {"D + p_g = 1", 0.25, 0.75},
                {"1 = D^2 + p_g^2", 0.6, 0.8},
                {"p_d*D = p_g/2 ", 1, 0.4}};
    gf_field *field = find_field("wgan", NULL);
    gf_error error;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_section *section = section_of(field, rows[i].text);
        gf_vec2 rest = {rows[i].x, rows[i].y};
        gf_flow_options options = {.until = 1, .section = section};
        gf_trajectory run = follow(field, rest.x, rest.y, &options);
        ck_assert_int_eq(run.row[0].crossing, 0);
        gf_trajectory_clear(&run);
        gf_section_free(section);
    }
    static const char *const bad[] = {"",        "D",       "D =",     "= 1",
                                      "E = 1",   "D == 1",  "D = 1 =", "1 = 2",
                                      "D = 1/0", "log(= 1", "D < 1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        gf_section *section = NULL;
        gf_error_clear(&error);
        gf_status status = gf_section_new(&section, field, bad[i], &error);
        if (status == GF_OK) /* D = 1/0 has no value, and no crossing */
            gf_section_free(section);
        ck_assert_msg(status != GF_OK || strcmp(bad[i], "D = 1/0") == 0,
                      "'%s' is taken", bad[i]);
    }
    gf_field_free(field);
}
END_TEST

START_TEST(test_memory_may_run_out_in_a_section)
{
    gf_field *field = find_field("classic", NULL);

    for (size_t n = 1;; n++) {
        gf_section *section = NULL;
        gf_error error;
        fail_nth_malloc(n);
        gf_status status = gf_section_new(&section, field, "D = 0.5", &error);
        bool has_failed = malloc_has_failed();
        fail_nth_malloc(0);
        if (status == GF_OK)
            gf_section_free(section);
        else
            ck_assert_int_eq(status, GF_MEMORY);
        if (!has_failed)
            break;
        /* A graph that has failed stays so. */
        gf_field_free(field);
        field = find_field("classic", NULL);
    }
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "motion/event", test_returns_are_timed, test_grazing_is_seen,
        test_a_start_on_the_section_is_no_crossing,
        test_the_orbit_off_the_data_has_its_period_and_range,
        test_small_orbits_off_the_data, test_windows_and_balls_are_timed,
        test_the_circles_of_the_dirac_gan_have_their_periods,
        test_the_hinge_is_wgan_between_its_kinks,
        test_the_first_exit_is_the_physical_one, test_sections_are_expressions,
        test_memory_may_run_out_in_a_section);
}
