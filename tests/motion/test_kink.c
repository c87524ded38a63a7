/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows on the lines where their fields jump: crossing, sliding, sticking. */
#include <math.h>
#include <string.h>

#include "failing_malloc.h"
#include "follow.h"

static double radius(gf_vec2 at, double x, double y)
{
    return hypot(at.x - x, at.y - y);
}

static void assert_turn(const gf_trajectory *run, size_t i, gf_turn_kind kind,
                        double t, double x, double y)
{
    ck_assert_uint_gt(run->turn_count, i);
    ck_assert_str_eq(gf_turn_name(run->turn[i].kind), gf_turn_name(kind));
    assert_close(run->turn[i].t, t, 1e-10);
    assert_close(run->turn[i].at.x, x, 1e-10);
    assert_close(run->turn[i].at.y, y, 1e-10);
}

/* Ledger K10: on D = 1 while 0 < p < d, on D = -1 while p > d, p' = D. */
START_TEST(test_the_hinge_slides_on_its_kinks)
{
    gf_field *field = find_field("hinge", "p_d=1");
    gf_flow_options options = {.until = 0.5};
    gf_trajectory run = follow(field, 1, 0.1, &options);

    ck_assert_uint_eq(gf_field_line_count(field), 2);
    ck_assert_double_eq(last_row(&run).at.x, 1);
    assert_close(last_row(&run).at.y, 0.6, 1e-12);
    assert_turn(&run, 0, GF_TURN_SLIDES, 0, 1, 0.1);
    gf_trajectory_clear(&run);

    options.until = 0.9 + M_PI_2;
    run = follow(field, 1, 0.1, &options);
    assert_turn(&run, 1, GF_TURN_LEAVES, 0.9, 1, 1);
    ck_assert_str_eq(gf_field_line(field, run.turn[1].line), "D = 1");
    assert_close(last_row(&run).at.x, 0, TOL3);
    assert_close(last_row(&run).at.y, 2, TOL3);
    gf_trajectory_clear(&run);

    /* on the circle of radius 2 until D = -1 */
    options.until = 3;
    run = follow(field, 0, 3, &options);
    assert_turn(&run, 0, GF_TURN_SLIDES, M_PI / 6, -1, 1 + sqrt(3));
    assert_turn(&run, 1, GF_TURN_LEAVES, M_PI / 6 + sqrt(3), -1, 1);
    ck_assert_str_eq(gf_field_line(field, run.turn[0].line), "D = -1");
    ck_assert_uint_eq(run.turn_count, 2);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* Ledger K10: from outside it lands on the circle of radius 1 about (0, d);
   inside it stays on its own. */
START_TEST(test_the_hinge_lands_on_its_circle)
{
    static const char *const settings[] = {"p_d=1", "p_d=1.5", "p_d=3"};

    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        gf_field *field = find_field("hinge", settings[i]);
        double d = field->parameter[field->p_d].number;
        for (int k = 0; k < 64; k++) {
            gf_vec2 start = {-3 + 6 * (k % 8 + 0.5) / 8,
                             d - 3 + 6 * (k / 8 + 0.5) / 8};
            gf_flow_options options = {.until = 40};
            gf_trajectory run = follow(field, start.x, start.y, &options);
            double before = radius(start, 0, d);
            ck_assert_int_eq(run.stop, GF_STOP_END);
            assert_close(radius(last_row(&run).at, 0, d), fmin(before, 1),
                         2e-9);
            ck_assert_uint_lt(run.steps + run.rejected, 1000);
            gf_trajectory_clear(&run);
        }
        gf_field_free(field);
    }
}
END_TEST

/* Beyond D = 1 it goes round (0, 0): D' = -p, p' = D. */
START_TEST(test_every_method_crosses_alike)
{
    gf_field *field = find_field("hinge", "p_d=1");
    double arrival = acos(1 / 1.5) - atan2(0.9, 1.2);

    for (size_t i = 0; i < gf_flow_method_count(); i++) {
        const gf_flow_method *row = gf_flow_method_row(i);
        gf_flow_options options = {.method = row->name, .until = 12};
        gf_trajectory run = follow(field, 1.2, 0.9, &options);
        ck_assert_uint_ge(run.turn_count, 3);
        ck_assert_int_eq(run.turn[0].kind, GF_TURN_CROSSES);
        assert_close(run.turn[0].t, arrival, 1e-8);
        assert_close(run.turn[0].at.y, sqrt(1.5 * 1.5 - 1), 1e-8);
        assert_close(radius(last_row(&run).at, 0, 1), 1, 1e-7);
        gf_trajectory_clear(&run);
        if (row->order == 0)
            continue;
        options.step = 1e-2;
        run = follow(field, 1.2, 0.9, &options);
        assert_close(run.turn[0].t, arrival, 2e-5);
        assert_close(radius(last_row(&run).at, 0, 1), 1, 1e-4);
        gf_trajectory_clear(&run);
    }
    gf_field_free(field);
}
END_TEST

/* Ledger K52: the Dirac-GAN with hinges, on a line that is no straight one. */
START_TEST(test_the_dirac_hinge_shrinks_to_its_circle)
{
    gf_field *field = find_field("dirac-hinge", NULL);
    gf_flow_options options = {.until = 30};
    gf_trajectory run = follow(field, 2, 2, &options);

    assert_close(radius(last_row(&run).at, 0, 0), M_SQRT2, 1e-8);
    /* theta psi falls from 4 to 1 with psi = 2, theta' = -2 */
    assert_turn(&run, 0, GF_TURN_CROSSES, 0.75, 0.5, 2);
    ck_assert_int_eq(run.turn[1].kind, GF_TURN_SLIDES);
    gf_trajectory_clear(&run);
    run = follow(field, 1, 0.9, &options);
    assert_close(radius(last_row(&run).at, 0, 0), hypot(1, 0.9), 1e-8);
    ck_assert_uint_eq(run.turn_count, 0);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_crossing_is_turned_back_by_time)
{
    gf_field *field = find_field("hinge", "p_d=1");
    gf_flow_options options = {.until = 3}, back = {.until = -3};
    gf_trajectory run = follow(field, -2, 1, &options);
    gf_vec2 there = last_row(&run).at;

    ck_assert_uint_eq(run.turn_count, 2);
    gf_trajectory_clear(&run);
    run = follow(field, there.x, there.y, &back);
    ck_assert_uint_eq(run.turn_count, 2);
    assert_turn(&run, 1, GF_TURN_CROSSES, -2, -1, 1 - 2 + 0.5);
    assert_close(last_row(&run).at.x, -2, 1e-9);
    assert_close(last_row(&run).at.y, 1, 1e-9);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* Each coordinate falls to 0 at speed 1 and stays there. */
START_TEST(test_where_two_lines_meet_it_sticks)
{
    gf_field *field = planar_field("-sign(u)", "-sign(v)");
    gf_flow_options options = {.until = 5};
    gf_trajectory run = follow(field, 1, -2, &options);

    assert_turn(&run, 0, GF_TURN_SLIDES, 1, 0, -1);
    assert_turn(&run, 1, GF_TURN_STICKS, 2, 0, 0);
    ck_assert_uint_eq(run.turn_count, 2);
    ck_assert_double_eq(last_row(&run).at.x, 0);
    ck_assert_double_eq(last_row(&run).at.y, 0);
    ck_assert_double_eq(last_row(&run).t, 5);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* A slide whose end does not come with the line's other side: it goes along
   u = 0 while |v| < 1, and leaves it upwards where -1 + v > 0. */
START_TEST(test_sliding_ends_where_one_side_lets_go)
{
    gf_field *field = planar_field("v - sign(u)", "1");
    gf_flow_options options = {.until = 3};
    gf_trajectory run = follow(field, 0, 0, &options);

    assert_turn(&run, 0, GF_TURN_SLIDES, 0, 0, 0);
    assert_turn(&run, 1, GF_TURN_LEAVES, 1, 0, 1);
    assert_close(last_row(&run).at.x, 2, TOL3); /* (v - 1)^2/2 */
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* u' = |v|, v' = 1: no jump, but a kink; u = 1/2 + (t - 1)^2/2 after it. */
START_TEST(test_kinks_cost_no_accuracy)
{
    static const char *const texts[] = {"abs(v)", "max(v, -v)",
                                        "max(0, v) - min(v, 0)", "v*sign(v)",
                                        "v*(step(v) - step(-v))"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        gf_field *field = planar_field(texts[i], "1");
        gf_flow_options options = {.method = "rk4", .step = 0.3, .until = 3};
        gf_trajectory run = follow(field, 0, -1, &options);
        ck_assert_uint_eq(gf_field_line_count(field), 1);
        ck_assert_str_eq(gf_field_line(field, 0), "v = 0");
        assert_turn(&run, 0, GF_TURN_CROSSES, 1, 0.5, 0);
        assert_close(last_row(&run).at.x, 2.5, 1e-13);
        gf_trajectory_clear(&run);
        gf_field_free(field);
    }
}
END_TEST

/* A clipped velocity: one kink stands in the other's argument. */
START_TEST(test_a_clip_has_two_lines)
{
    gf_field *field = planar_field("0*u", "min(max(-u + 2 - v, -1), 1)");
    gf_flow_options options = {.until = 10};
    gf_trajectory run = follow(field, 0, -1, &options);

    ck_assert_uint_eq(gf_field_line_count(field), 2);
    /* at speed 1 to v = 1, then to 2 like exp(-t) */
    assert_turn(&run, 0, GF_TURN_CROSSES, 2, 0, 1);
    assert_close(last_row(&run).at.y, 2 - exp(-8), 1e-10);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* Points where a line is touched in ways that slope and bend do not tell; a
   kink inside another's argument that is zero on one side; starts there. */
START_TEST(test_odd_starts_do_not_hang)
{
    static const struct row {
        const char *du, *dv;
        double x, y, u, v; /* at t = 1 */
    } rows[] = {
        {"relu(sign(2*u))", "1", 0, 0, 1, 1},
        {"min(min(v, -1), sign(v))", "abs(step(-1) - step(u))", 0.7, 0, -0.3,
         0.7},
        {"relu(v)", "min(max(u, 2*u) + v, step(v - 1))", 0, 1, 1.5, 2},
        {"sign(v)", "0*u", 0.5, 0, 1.5, 0},
        {"1", "min(v^3, abs(v))", 0, 0, 1, 0},
        {"sign(u)", "sign(v)", 0, 0, 1, 1},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = planar_field(rows[i].du, rows[i].dv);
        gf_flow_options options = {.until = 1};
        gf_trajectory run = follow(field, rows[i].x, rows[i].y, &options);
        ck_assert_int_eq(run.stop, GF_STOP_END);
        ck_assert_uint_lt(run.steps, 100);
        assert_close(last_row(&run).at.x, rows[i].u, 1e-9);
        assert_close(last_row(&run).at.y, rows[i].v, 1e-9);
        gf_trajectory_clear(&run);
        gf_field_free(field);
    }
    /* touched to third order */
    gf_field *field = planar_field("min(sin(u) + v, step(v))", "-1");
    gf_flow_options options = {.until = 0.9};
    gf_trajectory run = follow(field, 0, 1, &options);
    ck_assert_int_eq(run.stop, GF_STOP_END);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_sections_on_a_line_are_crossed_once)
{
    gf_field *field = find_field("hinge", "p_d=1");
    gf_error error = {.status = GF_OK};
    gf_section *section = NULL;

    ck_assert_int_eq(gf_section_new(&section, field, "D = 1", &error), GF_OK);
    gf_flow_options options = {.until = 2, .section = section};
    gf_trajectory run = follow(field, 1.2, 0.9, &options);
    ck_assert_uint_eq(run.count, 3);
    ck_assert_int_eq(run.row[1].crossing, -1);
    assert_close(run.row[1].t, run.turn[0].t, 1e-12);
    gf_trajectory_clear(&run);
    gf_section_free(section);
    gf_field_free(field);
}
END_TEST

/* Kept at p_g >= 0 the circle of radius 1 is cut down to that of radius d. */
START_TEST(test_sliding_on_a_kink_and_on_the_range)
{
    gf_field *field = find_field("hinge", NULL);
    gf_flow_options options = {.until = 30, .project = true};
    gf_trajectory run = follow(field, 0, 2, &options);

    ck_assert(isnan(run.left_physical_at));
    assert_close(radius(last_row(&run).at, 0, 0.2), 0.2, 1e-8);
    ck_assert_int_eq(run.turn[0].kind, GF_TURN_SLIDES);
    ck_assert_int_eq(run.turn[1].kind, GF_TURN_LEAVES);
    ck_assert_int_eq(run.turn[2].kind, GF_TURN_SLIDES);
    ck_assert(run.turn[2].line == GF_LINE_PHYSICAL);
    ck_assert_int_eq(run.turn[3].kind, GF_TURN_LEAVES);
    assert_close(run.turn[3].at.x, 0, 1e-10);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_failing_allocations_are_told)
{
    gf_field *field = find_field("hinge", "p_d=1");

    for (size_t n = 1;; n++) {
        gf_flow_options options = {.until = 12};
        gf_error error = {.status = GF_OK};
        gf_trajectory run;
        gf_trajectory_init(&run);
        fail_nth_malloc(n);
        gf_status status =
            gf_flow_run(&run, field, (gf_vec2){1.2, 0.9}, &options, &error);
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
        "motion/kink", test_the_hinge_slides_on_its_kinks,
        test_the_hinge_lands_on_its_circle, test_every_method_crosses_alike,
        test_the_dirac_hinge_shrinks_to_its_circle,
        test_crossing_is_turned_back_by_time,
        test_where_two_lines_meet_it_sticks,
        test_sliding_ends_where_one_side_lets_go, test_kinks_cost_no_accuracy,
        test_a_clip_has_two_lines, test_odd_starts_do_not_hang,
        test_sections_on_a_line_are_crossed_once,
        test_sliding_on_a_kink_and_on_the_range,
        test_failing_allocations_are_told);
}
