/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponents of flows against eigenvalues, closed forms and published numbers;
   what jumps, walls and early ends do to them. */
#include <ganfield/flow.h>
#include <ganfield/lyapunov.h>

#include <math.h>
#include <stdio.h>

#include "failing_malloc.h"
#include "field/fields.h"
#include "harness.h"

static gf_exponents exponents(gf_field *field, double x, double y,
                              const gf_lyapunov_options *options)
{
    gf_error error = {.status = GF_OK};
    gf_exponents e;

    gf_status status =
        gf_lyapunov_flow(&e, field, (gf_vec2){x, y}, options, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", field->name, error.message);
    return e;
}

/* Both exponents are within their bars of what they should be, and the bars
   are of use. */
static void assert_exponents(const gf_exponents *e, double first, double second,
                             double widest)
{
    const double want[2] = {first, second};

    ck_assert_int_eq(e->stop, GF_STOP_END);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_msg(fabs(e->value[i] - want[i]) <= e->bar[i] + 1e-14,
                      "%.17g is not within %g of %.17g", e->value[i], e->bar[i],
                      want[i]);
        ck_assert_msg(e->bar[i] <= widest, "bar %g > %g", e->bar[i], widest);
    }
}

/* Of z' = J z the exponents are the real parts of the eigenvalues. */
START_TEST(test_linear_fields_have_the_real_parts)
{
    static const struct {
        const char *du, *dv;
        double first, second, widest;
    } row[] = {
        {"-2*u", "-v", -1, -2, 1e-11},
        {"-u", "-2*v", -1, -2, 1e-11},
        {"-u/10 + v", "-u - v/10", -0.1, -0.1, 1e-11},
        {"-u/10 + 9*v", "-u - v/10", -0.1, -0.1, 1e-6},
        {"u/8 + v", "v/100", 0.125, 0.01, 1e-6},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_field *field = planar_field(row[i].du, row[i].dv);
        gf_lyapunov_options options = {.until = 400};
        gf_exponents e = exponents(field, 1, 1, &options);
        assert_exponents(&e, row[i].first, row[i].second, row[i].widest);
        gf_field_free(field);
    }
}
END_TEST

/* Random stable ones, most of them far from normal. */
START_TEST(test_random_linear_fields)
{
    uint64_t state = 4;

    for (int i = 0; i < 20; i++) {
        char du[96], dv[96];
        double m[4];
        for (size_t k = 0; k < 4; k++)
            m[k] = round(1000 * random_between(&state, -1, 1)) / 1000;
        snprintf(du, sizeof du, "%.3f*u + %.3f*v", m[0], m[1]);
        snprintf(dv, sizeof dv, "%.3f*u + %.3f*v", m[2], m[3]);
        double half = (m[0] + m[3]) / 2;
        double square = half * half - m[0] * m[3] + m[1] * m[2];
        double root = square > 0 ? sqrt(square) : 0;
        if (fabs(square) < 1e-3 || half + root > 0.2)
            continue;
        gf_field *field = planar_field(du, dv);
        gf_lyapunov_options options = {.until = 300};
        gf_exponents e = exponents(field, 1, 0.5, &options);
        assert_exponents(&e, half + root, half - root, 1e-3);
        gf_field_free(field);
    }
}
END_TEST

/* Ledger K2, K5, K7, K14: where all starts converge to a hyperbolic rest point
   the exponents are the real parts there. */
START_TEST(test_exponents_of_what_converges)
{
    static const struct {
        const char *name, *set;
        double x, y, first, second;
    } row[] = {
        {"classic", NULL, 0.25, 0.9, -0.8, -0.8},
        {"classic", "p_d=1", 0.25, 0.9, -0.535898384862245413,
         -7.46410161513775459},
        {"nonsaturating", NULL, 0.75, 0.9, -0.8, -0.8},
        {"quadratic", NULL, 0.25, 0.9, -0.1, -0.1},
        {"quadratic", "p_d=2.5", 0.25, 0.9, -0.5, -2},
        {"kl", NULL, 0.3, 0.9, -0.1, -0.1},
        {"classic-logit", NULL, 0, 0.9, -0.05, -0.05},
        {"dirac-r1", NULL, 1, 1, -0.15, -0.15},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_field *field = find_field(row[i].name, row[i].set);
        gf_lyapunov_options options = {.until = 600};
        gf_exponents e = exponents(field, row[i].x, row[i].y, &options);
        assert_exponents(&e, row[i].first, row[i].second, 1e-6);
        gf_field_free(field);
    }
}
END_TEST

/* Ledger K4, K43, K44: centers, and a weak focus, whose decay like 1/sqrt(t) is
   slower than any exponential. */
START_TEST(test_circles_have_exponents_zero)
{
    static const struct {
        const char *name;
        double x, y, widest;
    } row[] = {
        {"wgan", 0.25, 0.9, 1e-11},  {"hinge", 0.5, 0.3, 1e-11},
        {"dirac-wgan", 1, 1, 1e-11}, {"dirac-hinge", 1, 0, 1e-11},
        {"dirac-gan", 1, 1, 1e-2},   {"dirac-nsgan", 1, 1, 1e-2},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_field *field = find_field(row[i].name, NULL);
        gf_exponents e = exponents(field, row[i].x, row[i].y, NULL);
        assert_exponents(&e, 0, 0, row[i].widest);
        gf_field_free(field);
    }
}
END_TEST

/* Ledger K44: r' = -r^3/16 + ..., so 1/r^2 grows like t/8. */
START_TEST(test_the_weak_focus_decays_like_a_root)
{
    gf_field *field = find_field("dirac-nsgan", NULL);
    const double at[] = {2000, 4000};
    gf_flow_options options = {.until = 4000, .at = at, .at_count = 2};
    gf_error error = {.status = GF_OK};
    gf_trajectory run;

    gf_trajectory_init(&run);
    ck_assert_int_eq(
        gf_flow_run(&run, field, (gf_vec2){1, 1}, &options, &error), GF_OK);
    double first = hypot(run.row[1].at.x, run.row[1].at.y);
    double second = hypot(run.row[2].at.x, run.row[2].at.y);
    assert_close((1 / (second * second) - 1 / (first * first)) / 2000, 0.125,
                 1e-4);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

/* Ledger K51: with a = 0 the linear part of the Dirac-LSGAN is nilpotent: at
   the rest point differences grow like t, which is no exponential. */
START_TEST(test_a_nilpotent_linear_part)
{
    gf_field *field = find_field("dirac-lsgan", "a=0");
    gf_lyapunov_options options = {.until = 3};
    gf_exponents e = exponents(field, 0, 0, &options);

    assert_close(e.finite, log((3 + sqrt(13)) / 2) / 3, 1e-12);
    e = exponents(field, 0, 0, NULL);
    assert_exponents(&e, 0, 0, 1e-2);
    gf_field_free(field);
}
END_TEST

/* r' = r (1 - r^2) with angle' = 1: on the cycle 0 and -2, exactly. And van der
   Pol's cycle for mu = 1: period 6.66328686 and multiplier 8.59695e-4, so
   -1.0593770 (tests/reference/cycles.py). */
START_TEST(test_limit_cycles)
{
    gf_field *field =
        planar_field("u*(1 - u^2 - v^2) - v", "v*(1 - u^2 - v^2) + u");
    gf_exponents e = exponents(field, 0.3, 0.1, NULL);

    assert_exponents(&e, 0, -2, 1e-10);
    gf_field_free(field);
    field = planar_field("v", "(1 - u^2)*v - u");
    e = exponents(field, 1, 1, NULL);
    assert_exponents(&e, 0, -1.05937699484185489, 1e-6);
    gf_field_free(field);
}
END_TEST

/* The sum of the exponents is the mean divergence: for a field of constant
   divergence, that. Here the jumps on psi = 0 count, which the divergence of
   the smooth parts, -0.3, does not know: see the closed form in test_cycle. */
START_TEST(test_jumps_move_neighbours_too)
{
    gf_field *field = find_field("dirac-wgan-gp", NULL);
    gf_exponents e = exponents(field, 1, 1, NULL);

    assert_exponents(&e, 0, -0.15, 1e-2);
    ck_assert_double_lt(e.bar[1], 1e-9);
    gf_field_free(field);
}
END_TEST

/* Ledger K10, K52: from outside the circle the trajectories slide onto it in
   finite time. Ledger K50 and K17: so they do along a clip, and along p_g = 0.
 */
START_TEST(test_sliding_merges)
{
    static const struct {
        const char *name, *set;
        double x, y, clip, radius, centre;
        bool project;
    } row[] = {
        {"dirac-hinge", NULL, 2, 2, 0, M_SQRT2, 0, false},
        {"hinge", "p_d=1.5", 1, 2.9, 0, 1, 1.5, false},
        {"hinge", "p_d=1.5", 2, 2, 0, 1, 1.5, false},
        {"dirac-wgan", NULL, 2, 0.5, 1, 1, 0, false},
        {"total-variation", NULL, 0.25, 0.9, 0.5, 0.5, 0.2, false},
        {"wgan", NULL, 0, 0.9, 0, 0.2, 0.2, true},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_field *field = find_field(row[i].name, row[i].set);
        gf_lyapunov_options options = {
            .until = 100, .clip = row[i].clip, .project = row[i].project};
        gf_exponents e = exponents(field, row[i].x, row[i].y, &options);
        ck_assert_msg(isinf(e.value[1]) && e.value[1] < 0, "%s: %g",
                      row[i].name, e.value[1]);
        ck_assert_double_lt(fabs(e.value[0]), 1e-11);
        ck_assert_double_gt(e.slide_time, 0);
        assert_close(hypot(e.end.x, e.end.y - row[i].centre), row[i].radius,
                     1e-10);
        gf_field_free(field);
    }
}
END_TEST

/* Ledger K16: the flow reaches D = 1; what is known holds up to there. */
START_TEST(test_a_run_that_ends_has_no_limit)
{
    gf_field *field = find_field("nonsaturating", NULL);
    gf_exponents e = exponents(field, 0.02, 0, NULL);

    ck_assert_int_eq(e.stop, GF_STOP_LEFT_DOMAIN);
    assert_close(e.time, 0.83762018, 1e-8);
    assert_close(e.end.y, -0.107592526, 1e-8);
    ck_assert(isnan(e.bar[0]) && isnan(e.bar[1]));
    ck_assert(isfinite(e.finite));
    gf_field_free(field);
}
END_TEST

/* The finite-time exponent is the largest singular value's: of the shear
   u' = v it is log((t + sqrt(t^2 + 4))/2)/t. */
START_TEST(test_finite_time_exponent)
{
    gf_field *field = planar_field("v", "0*u");
    gf_lyapunov_options options = {.until = 3};
    gf_exponents e = exponents(field, 1, 1, &options);

    assert_close(e.finite, log((3 + sqrt(13)) / 2) / 3, 1e-12);
    gf_field_free(field);
}
END_TEST

/* Over a window: of the shear above all cells have one exponent; of the classic
   field each is the one of its start alone; what is outside of the domain has
   none. */
START_TEST(test_grids)
{
    gf_field *field = planar_field("v", "0*u");
    gf_lyapunov_options options = {.until = 3};
    gf_lyapunov_grid grid = {
        .window = {{-1, 1, true, true}, {0, 2, true, true}}, .count = {3, 2}};
    gf_error error = {.status = GF_OK};

    ck_assert_int_eq(gf_lyapunov_grid_run(&grid, field, &options, NULL, &error),
                     GF_OK);
    for (size_t n = 0; n < 6; n++)
        assert_close(grid.value[3 * n], log((3 + sqrt(13)) / 2) / 3, 1e-9);
    assert_close(gf_lyapunov_grid_at(&grid, 3).x, 0, 1e-15);
    assert_close(gf_lyapunov_grid_at(&grid, 3).y, 1.5, 1e-15);
    gf_lyapunov_grid_clear(&grid);
    gf_field_free(field);
    field = find_field("classic", NULL);
    grid.window[0] = (gf_range){0.2, 1.2, true, true};
    grid.count[0] = 5;
    ck_assert_int_eq(gf_lyapunov_grid_run(&grid, field, &options, NULL, &error),
                     GF_OK);
    for (size_t n = 0; n < 10; n++) {
        gf_vec2 at = gf_lyapunov_grid_at(&grid, n);
        if (at.x > 1) {
            ck_assert(isnan(grid.value[3 * n]));
            continue;
        }
        gf_exponents e = exponents(field, at.x, at.y, &options);
        assert_close(grid.value[3 * n], e.finite, 1e-6);
    }
    gf_lyapunov_grid_clear(&grid);
    grid.count[0] = 0;
    ck_assert_int_eq(gf_lyapunov_grid_run(&grid, field, &options, NULL, &error),
                     GF_ARGUMENT);
    gf_field_free(field);
}
END_TEST

START_TEST(test_bad_options_are_told)
{
    gf_field *field = find_field("dirac-wgan", NULL);
    gf_lyapunov_options options = {.until = -1};
    gf_error error = {.status = GF_OK};
    gf_exponents e;

    ck_assert_int_eq(
        gf_lyapunov_flow(&e, field, (gf_vec2){1, 1}, &options, &error),
        GF_ARGUMENT);
    options = (gf_lyapunov_options){.clip = 0.5};
    ck_assert_int_eq(
        gf_lyapunov_flow(&e, field, (gf_vec2){1, 1}, &options, &error),
        GF_DOMAIN);
    options = (gf_lyapunov_options){.project = true};
    ck_assert_int_eq(
        gf_lyapunov_flow(&e, field, (gf_vec2){1, 1}, &options, &error),
        GF_ARGUMENT);
    ck_assert_int_eq(
        gf_lyapunov_flow(&e, field, (gf_vec2){NAN, 1}, NULL, &error),
        GF_DOMAIN);
    gf_field_free(field);
    field = planar_field("abs(abs(u) - 1)", "-v");
    ck_assert_int_eq(gf_lyapunov_flow(&e, field, (gf_vec2){1, 1}, NULL, &error),
                     GF_LIMIT);
    gf_field_free(field);
}
END_TEST

START_TEST(test_memory_may_run_out_at_any_time)
{
    gf_field *field = find_field("dirac-hinge", NULL);
    gf_lyapunov_options options = {.until = 2};
    gf_exponents e;

    for (size_t n = 1;; n++) {
        gf_error error;
        fail_nth_malloc(n);
        gf_status status =
            gf_lyapunov_flow(&e, field, (gf_vec2){2, 2}, &options, &error);
        bool has_failed = malloc_has_failed();
        fail_nth_malloc(0);
        if (!has_failed)
            break;
        ck_assert_int_eq(status, GF_MEMORY);
        gf_field_free(field); /* a graph's failure is sticky */
        field = find_field("dirac-hinge", NULL);
    }
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "analysis/lyapunov", test_linear_fields_have_the_real_parts,
        test_random_linear_fields, test_exponents_of_what_converges,
        test_circles_have_exponents_zero,
        test_the_weak_focus_decays_like_a_root, test_a_nilpotent_linear_part,
        test_limit_cycles, test_jumps_move_neighbours_too, test_sliding_merges,
        test_a_run_that_ends_has_no_limit, test_finite_time_exponent,
        test_grids, test_bad_options_are_told,
        test_memory_may_run_out_at_any_time);
}
