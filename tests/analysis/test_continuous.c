/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inertia, speeds, what Euler follows (K34, K37, K39), and large games. */
#include "ask.h"

#include <math.h>

static gf_continuous look(const double *j, double a, double h)
{
    gf_linear game = {.size = 2, .first = 1, .jacobian = j, .speed = {a, 1}};
    gf_continuous c;

    gf_continuous_find(&c, &game, h);
    return c;
}

/* K34: critic's speed tau. */
START_TEST(test_two_time_scales)
{
    static const struct row {
        double tau, re[2], im;
    } rows[] = {
        {.25, {-0.2, -0.2}, 0.979795897113271239},
        {1, {-0.8, -0.8}, 1.833030277982336},
        {4, {-3.2, -3.2}, 2.4},
        {6.25, {-5, -5}, 0},
        {10, {-12.8989794855663562, -3.1010205144336438}, 0},
        {25, {-37.3205080756887729, -2.67949192431122706}, 0},
        {100, {-157.459666924148338, -2.5403330758516623}, 0},
    };
    const double fiez[4] = {-1, 2, -2, 1}; /* y' = tau (y - 2 x), swapped */

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_continuous c = look(gan, rows[i].tau, 0);
        for (size_t k = 0; k < 2; k++) {
            assert_close(c.re[k], rows[i].re[k], TOL1);
            assert_close(fabs(c.im[k]), rows[i].im, TOL1);
        }
        assert_close(c.best.ratio, 6.25, TOL1);
        assert_close(c.best.decay, -5, TOL1);
    }
    /* f = -x^2/2 + 2xy - y^2/2, x' = -f_x = x - 2y, y' = tau (2x - y): the
       player of y, who is damped, must be faster than 1 */
    const double game[4] = {-1, 2, -2, 1};
    gf_continuous c = look(game, 1, 0);
    assert_close(c.stable_ratios.lo, 1, TOL0);
    ck_assert(isinf(c.stable_ratios.hi));
    c = look(fiez, 0.5, 0);
    assert_close(c.re[0], 0.25, TOL1);
    assert_close(fabs(c.im[0]), 1.19895788082818, 1e-14);
    c = look(fiez, 2, 0);
    assert_close(c.re[0], -0.5, TOL1);
    assert_close(fabs(c.im[0]), 2.39791576165636, 1e-14);
}
END_TEST

/* K37: the mass above which a heavy ball in continuous time turns away. */
START_TEST(test_critical_mass)
{
    static const struct row {
        double j[4], mass;
    } rows[] = {
        {{-.8, -2, 2, 0}, 0.1041666666666667},
        {{-1.6, -2, 2, 0}, 0.2380952380952381},
        {{-3.2, -2, 2, 0}, 1.111111111111111},
        {{-.2, 1, -1, 0}, 0.101010101010101},
        {{-1, 1, -1, 0}, 0.6666666666666667},
        {{-.1, -.25, 1, 0}, 0.202020202020202},
    };
    const double node[4] = {-8, -2, 2, 0};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_close(look(rows[i].j, 1, 0).mass, rows[i].mass, 1e-14);
    ck_assert_double_eq(look(node, 1, 0).friction, 0);
    ck_assert(isinf(look(wgan, 1, 0).friction));
    ck_assert_double_eq(look(wgan, 1, 0).mass, 0);
}
END_TEST

/* K39: log(1 + h lambda)/h, which is lambda - h lambda^2/2 to first order; and
   the multipliers of a spiral. */
START_TEST(test_what_euler_follows)
{
    gf_continuous c = look(wgan, 1, 0.01);
    static const double eps[] = {.09, .2};
    static const double both[] = {1.00215967, .98061205}, turns[] = {.982, .96};

    assert_close(c.euler_re[0], 0.005, 1e-6);
    assert_close(exp(0.01 * c.euler_re[0]), hypot(1, 0.01), TOL1);
    for (size_t i = 0; i < 2; i++) {
        const double j[4] = {-eps[i], 1, -1, -eps[i]};
        for (int k = 0; k < 2; k++) {
            gf_stability_result s = ask((question){.j = j,
                                                   .rule = "sgd",
                                                   .turned = k == 1,
                                                   .step = .2,
                                                   .limits_only = true});
            assert_close(s.radius, k == 0 ? both[i] : turns[i], 1e-8);
            gf_stability_clear(&s);
        }
    }
}
END_TEST

/* v - (h/2) J v at a point, by the field's own Jacobian. */
START_TEST(test_eulers_field)
{
    gf_error error = {.status = GF_OK};
    const double h = 0.125, at[2] = {0.3, 0.7};
    gf_field *field;
    gf_tape *tape;
    gf_expr e[2];
    double out[2], work[256];

    ck_assert_int_eq(gf_field_find(&field, "classic", NULL, &error), GF_OK);
    ck_assert_int_eq(gf_euler_field(e, field, h, &error), GF_OK);
    ck_assert_int_eq(
        gf_tape_new(&tape, field->graph, e, 2, field->axis, 2, &error), GF_OK);
    ck_assert_uint_le(gf_tape_slots(tape), 256);
    gf_tape_at(out, tape, at, work);
    gf_vec2 v = gf_field_at((gf_vec2){at[0], at[1]}, field);
    gf_mat2 j = gf_field_jacobian((gf_vec2){at[0], at[1]}, field);
    assert_close(out[0], v.x - h / 2 * (j.xx * v.x + j.xy * v.y), TOL1);
    assert_close(out[1], v.y - h / 2 * (j.yx * v.x + j.yy * v.y), TOL1);
    gf_tape_free(tape);
    gf_field_free(field);
}
END_TEST

/* Seven games of two numbers side by side: the stable steps are those of all,
   the best step is as good as the worst allows. */
START_TEST(test_large_games_are_cut_into_small_ones)
{
    enum { PAIRS = 7, N = 2 * PAIRS };
    static const char *const rules[] = {"sgd", "optimistic", "rk4",
                                        "heavy-ball:beta=-0.25"};
    double j[N * N] = {0};

    for (size_t i = 0; i < PAIRS; i++) {
        double omega = 0.5 + 0.25 * (double)i;
        j[i * N + i] = -0.5;
        j[i * N + PAIRS + i] = -omega;
        j[(PAIRS + i) * N + i] = omega;
    }
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        gf_error error = {.status = GF_OK};
        gf_linear game = {
            .size = N, .first = PAIRS, .jacobian = j, .speed = {1, 1}};
        double least = INFINITY, radius = 0;
        gf_optimizer optimizer;
        gf_stability_result s;
        gf_stability_init(&s);
        ck_assert_int_eq(gf_optimizer_parse(&optimizer, rules[r], &error),
                         GF_OK);
        gf_stability_options options = {.step = 0.1};
        ck_assert_int_eq(
            gf_stability_find(&s, &game, &optimizer, &options, &error), GF_OK);
        for (size_t i = 0; i < PAIRS; i++) {
            double omega = 0.5 + 0.25 * (double)i;
            const double small[4] = {-0.5, -omega, omega, 0};
            gf_stability_result one = ask((question){.j = small,
                                                     .rule = rules[r],
                                                     .step = s.best_step,
                                                     .limits_only = true});
            least = fmin(least, first_limit(&one.stable));
            radius = fmax(radius, one.radius);
            gf_stability_clear(&one);
        }
        assert_close(first_limit(&s.stable), least, 1e-13);
        assert_close(s.best_radius, radius, 1e-12);
        ck_assert_uint_eq(s.count, s.state);
        ck_assert_int_eq(s.is_stable, GF_YES);
        ck_assert_int_eq(s.decided, GF_DECIDED_SAMPLED);
        gf_stability_clear(&s);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/continuous", test_two_time_scales,
                     test_critical_mass, test_what_euler_follows,
                     test_eulers_field,
                     test_large_games_are_cut_into_small_ones);
}
