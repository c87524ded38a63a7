/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Best steps, neutral ones, and the Dirac-GANs of the ledger. */
#include "ask.h"

#include <math.h>
#include <stdio.h>

/* K21: on a focus h* = t/(2ab), rho* = sqrt(1 - t^2/(4ab)). */
START_TEST(test_best_gradient_steps)
{
    gf_stability_result s = ask((question){.j = gan, .rule = "sgd"});

    assert_close(s.best_step, .2, TOL2);
    assert_close(s.best_radius, 0.916515138991168001, TOL1);
    gf_stability_clear(&s);
    s = ask((question){.j = quadratic, .rule = "sgd"});
    assert_close(s.best_step, .1, TOL2);
    assert_close(s.best_radius, 0.994987437106619955, TOL1);
    gf_stability_clear(&s);
    s = ask((question){.j = wgan, .rule = "sgd"});
    ck_assert(isnan(s.best_step) && isnan(s.best_radius));
    ck_assert_uint_eq(s.stable.count + s.neutral.count, 0);
    gf_stability_clear(&s);
}
END_TEST

/* What is best, and where. */
START_TEST(test_best_steps_on_wgan)
{
    static const struct row {
        int k; /* of the ledger */
        const char *rule;
        bool turned;
        double h, radius;
    } rows[] = {
        {27, "rk4", false, 2.449489742783178, 0.5},
        {28, "extragradient", false, 0.7071067811865475, 0.8660254037844386},
        {29, "optimistic", false, .5, 0.7071067811865475},
        {31, "consensus:gamma=0.1", false, 0.1 / 1.01, 0.9950371902099891},
        {31, "consensus:gamma=1", false, 0.5, 0.7071067811865475},
        {31, "consensus:gamma=10", false, 10. / 101, 0.09950371902099891},
        {31, "sga:lambda=1", false, 0.5, 0.7071067811865475},
        {30, "implicit", false, INFINITY, 0},
        {30, "competitive", false, INFINITY, 0},
        {33, "heavy-ball:beta=-0.125,beta_g=0", true, 1.837117307087384, 0.5},
        {33, "heavy-ball:beta=-0.5,beta_g=0", true, 1.224744871391589,
         0.7937005259840998},
        {33, "heavy-ball:beta=-0.5", true, 0.87123806281702, 0.88464617711932},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_stability_result s = ask((question){
            .j = wgan, .rule = rows[i].rule, .turned = rows[i].turned});
        /* at a triple root the radius moves as a cube root does */
        double tol = i == 9 ? 1e-5 : 1e-13;
        ck_assert_msg(is_close(s.best_radius, rows[i].radius, tol) &&
                          is_close(s.best_step, rows[i].h, 10 * tol),
                      "K%d, %s: %.17g at %.17g", rows[i].k, rows[i].rule,
                      s.best_radius, s.best_step);
        gf_stability_clear(&s);
    }
    /* K33, b1 = b2 = 4 sqrt(3) - 7: a multiple root, which a decimal of 16
       digits misses by about a fourth root of them */
    gf_stability_result s =
        ask((question){.j = wgan,
                       .rule = "heavy-ball:beta=-0.07179676972449083",
                       .turned = true});
    assert_close(s.best_radius, 0.4641016151377546, 1e-5);
    gf_stability_clear(&s);
}
END_TEST

/* K33: h^2 < 4 (1 + b1)(1 + b2). */
START_TEST(test_alternating_heavy_ball)
{
    static const double beta[][2] = {
        {-0.5, -0.5}, {-0.5, 0}, {-0.1, -0.1}, {-0.125, -0.25}};

    for (size_t i = 0; i < sizeof beta / sizeof *beta; i++) {
        char rule[64];
        snprintf(rule, sizeof rule, "heavy-ball:beta=%g,beta_g=%g", beta[i][0],
                 beta[i][1]);
        gf_stability_result s =
            ask((question){.j = wgan, .rule = rule, .turned = true});
        ck_assert_uint_eq(s.stable.count, 1);
        assert_close(first_limit(&s.stable),
                     2 * sqrt((1 + beta[i][0]) * (1 + beta[i][1])), TOL1);
        gf_stability_clear(&s);
    }
}
END_TEST

/* --- what is not stable, but neutral ----------------------------------- */

START_TEST(test_a_centre_is_never_called_stable)
{
    gf_stability_result s =
        ask((question){.j = wgan, .rule = "sgd", .turned = true, .step = 0.5});

    ck_assert_uint_eq(s.stable.count, 0);
    ck_assert_uint_eq(s.neutral.count, 1);
    ck_assert_double_eq(s.neutral.interval[0].lo, 0);
    ck_assert_double_eq(s.neutral.interval[0].hi, 2);
    ck_assert_int_eq(s.is_stable, GF_NO);
    ck_assert_double_eq(s.radius, 1);
    gf_stability_clear(&s);
    /* a line of rest points: a multiplier 1 for ever */
    const double line[4] = {-1, 0, 0, 0};
    s = ask((question){.j = line, .rule = "sgd"});
    ck_assert_uint_eq(s.stable.count, 0);
    ck_assert_uint_eq(s.neutral.count, 1);
    ck_assert_double_eq(s.neutral.interval[0].hi, 2);
    gf_stability_clear(&s);
}
END_TEST

/* K45: alternating on Dirac-WGAN (f' = 1/2) with n_d critic steps: circle up to
   alpha = sqrt(n) h/2 = 2.  K46, K48: R1 and consensus. */
START_TEST(test_dirac_gans)
{
    static const struct row {
        double gamma, both, turns;
    } penalty[] = {{.1, .4, NAN},
                   {.3, 1.2, 2.97612260356422},
                   {1, 4, 1.65685424949238},
                   {2, 1.071796769724491, NAN},
                   {10, 0.2005025157352018, 0.199502484483561}};
    static const double consensus[][2] = {
        {.3, 0.5867970660146699}, {1, 1.6}, {10, 0.7692307692307692}};
    /* the critic first: psi' = theta/2 - gamma psi, theta' = -psi/2 */
    double dirac[4] = {0, 0.5, -0.5, 0};

    gf_stability_result s = ask((question){
        .j = dirac, .rule = "sgd", .turned = true, .critic_steps = 5});
    assert_close(first_limit(&s.neutral), 1.788854381999832, TOL0);
    gf_stability_clear(&s);
    s = ask((question){.j = dirac, .rule = "sgd", .turned = true, .step = 4.1});
    assert_close(s.radius, 1.5625, TOL1);
    gf_stability_clear(&s);
    s = ask((question){.j = dirac,
                       .rule = "sgd",
                       .turned = true,
                       .critic_steps = 5,
                       .step = .2});
    double alpha = 0.223606797749979, half = 1 - alpha * alpha / 2;
    assert_close(s.multiplier[0].re, half, TOL1);
    assert_close(s.multiplier[0].im, sqrt(1 - half * half), TOL1);
    gf_stability_clear(&s);
    for (size_t i = 0; i < 5; i++) {
        double j[4] = {-penalty[i].gamma, 0.5, -0.5, 0};
        s = ask((question){.j = j, .rule = "sgd"});
        assert_close(first_limit(&s.stable), penalty[i].both, TOL0);
        gf_stability_clear(&s);
        s = ask((question){.j = j, .rule = "sgd", .turned = true});
        if (!isnan(penalty[i].turns))
            assert_close(first_limit(&s.stable), penalty[i].turns, 1e-14);
        gf_stability_clear(&s);
    }
    for (size_t i = 0; i < 3; i++) {
        char rule[32];
        snprintf(rule, sizeof rule, "consensus:gamma=%g", consensus[i][0]);
        s = ask((question){.j = dirac, .rule = rule});
        assert_close(first_limit(&s.stable), consensus[i][1], TOL0);
        gf_stability_clear(&s);
    }
}
END_TEST

/* K38: at rest adam is a mean with the step lr/eps. */
START_TEST(test_adam_through_eps)
{
    static const struct row {
        const char *rule;
        double limit;
    } rows[] = {{"adam:beta1=0", .4},
                {"adam:beta1=0.5", 0.155440414507772},
                {"adam", 0.02504943968358603},
                {"amsgrad", 0.02504943968358603},
                {"rmsprop", .4}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_stability_result s = ask((question){.j = gan, .rule = rows[i].rule});
        assert_close(first_limit(&s.stable) * 1e8, rows[i].limit, 1e-13);
        gf_stability_clear(&s);
    }
}
END_TEST

/* A map over k steps: (1 - alpha) + alpha (1 + h lambda)^k. */
START_TEST(test_lookahead)
{
    gf_stability_result s = ask(
        (question){.j = wgan, .rule = "lookahead:k=3,alpha=0.25", .step = 0.4});
    /* (1 + 0.4i)^3 = 0.52 + 1.136i */
    ck_assert_uint_eq(s.period, 3);
    ck_assert_uint_eq(s.count, 2);
    assert_close(s.multiplier[0].re, 0.75 + 0.25 * 0.52, TOL1);
    assert_close(s.multiplier[0].im, 0.25 * 1.136, TOL1);
    gf_stability_clear(&s);
}
END_TEST

/* Between two steps of the scan: a least radius at h = 0.773 that the radii
   beside it hide, less than the one at h = 0.818: there two multipliers meet, a
   zero of the discriminant (by Brent from the text of the rule in NumPy). */
START_TEST(test_a_hidden_best_step)
{
    static const double j[4] = {-2.0188342816073335, -0.24482737168821864,
                                0.8587919943195114, -1.768966692098378};
    gf_stability_result s =
        ask((question){.j = j, .rule = "rk3", .turned = true});

    assert_close(s.best_step, 0.7730425510, 1e-9);
    assert_close(s.best_radius, 0.0577999080, 1e-9);
    gf_stability_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/best_step", test_best_gradient_steps,
                     test_best_steps_on_wgan, test_alternating_heavy_ball,
                     test_a_centre_is_never_called_stable, test_dirac_gans,
                     test_adam_through_eps, test_lookahead,
                     test_a_hidden_best_step);
}
