/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stable steps: the ledger's rows K21 to K33, and closed forms. */
#include "ask.h"

#include <math.h>
#include <stdio.h>

/* K23: limits at p_d = 0.2, to the digits given. */
START_TEST(test_limits_are_those_of_the_table)
{
    static const struct row {
        const char *rule;
        bool turned;
        double gan, wgan, quadratic;
    } rows[] = {
        {"sgd", false, .4, 0, .2},
        {"sgd", true, 0.6770329614269, 0, 1.8099751242242},
        {"rk2", false, 0.92289471751773, 0, 1.0497545964286},
        {"rk3", false, 1.2681349689446, 1.7320508075689, 2.1540485399653},
        {"rk4", false, 1.3502335280136, 2.8284271247462, 2.9508529575261},
        {"extragradient", false, 0.71877345261889, 1, 1.1682667193417},
        {"optimistic", false, 0.31981063539999, 0.57735026918963,
         0.60292293111436},
        {"past-extragradient", false, 0.31981063539999, 0.57735026918963,
         0.60292293111436},
        {"heavy-ball:beta=-0.5", false, 0.78947368421053, 0, 0.83333333333333},
        {"heavy-ball:beta=0.5", false, 0.077720207253886, 0, 0.033632286995516},
        {"heavy-ball:beta=0.9", false, 0.0025049439683586, 0,
         0.0010632344711807},
        {"nesterov:beta=0.5", false, 0.12938218159091, 0, 0.050759454584883},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double *j[3] = {gan, wgan, quadratic};
        const double want[3] = {rows[i].gan, rows[i].wgan, rows[i].quadratic};
        for (size_t k = 0; k < 3; k++) {
            gf_stability_result s = ask((question){.j = j[k],
                                                   .rule = rows[i].rule,
                                                   .turned = rows[i].turned,
                                                   .limits_only = true});
            ck_assert_msg(is_close(first_limit(&s.stable), want[k], 1e-13),
                          "%s %zu: %.15g not %.15g", rows[i].rule, k,
                          first_limit(&s.stable), want[k]);
            ck_assert_int_eq(s.decided, GF_DECIDED_INTERVAL);
            gf_stability_clear(&s);
        }
    }
}
END_TEST

/* --- closed forms ------------------------------------------------------ */

/* Classic and quadratic at other p_d. */
static void set_classic(double j[4], double d)
{
    j[0] = -8 * d, j[1] = -2, j[2] = 2, j[3] = 0;
}

static void set_quadratic(double j[4], double d)
{
    j[0] = -d, j[1] = 1, j[2] = -1, j[3] = 0;
}

/* K21 and K22. */
START_TEST(test_limits_of_gradient_steps)
{
    static const struct row {
        void (*set)(double j[4], double d);
        double d, both, turns; /* NaN: not in the ledger */
    } rows[] = {
        {set_classic, .1, .2, 0.819803902718556966},
        {set_classic, .2, .4, 0.677032961426900806},
        {set_classic, .5, 1, 0.414213562373095049},
        {set_classic, 1, 0.267949192431122706, 0.236067977499789696},
        {set_classic, 2, 0.127016653792583115, 0.12310562561766055},
        {set_quadratic, .2, .2, 1.80997512422417805},
        {set_quadratic, 1, 1, 1.2360679774997897},
        {set_quadratic, 2, 2 * (1 - 0x1p-53), 0.828427124746190098},
        {set_quadratic, 4, 0.535898384862245413, 0.472135954999579393},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double j[4];
        rows[i].set(j, rows[i].d);
        gf_stability_result s =
            ask((question){.j = j, .rule = "sgd", .limits_only = true});
        if (rows[i].d != 2 || rows[i].set != set_quadratic)
            assert_close(first_limit(&s.stable), rows[i].both, TOL0);
        else /* a double eigenvalue -1: h < 2 */
            assert_close(first_limit(&s.stable), 2, TOL0);
        gf_stability_clear(&s);
        s = ask((question){
            .j = j, .rule = "sgd", .turned = true, .limits_only = true});
        assert_close(first_limit(&s.stable), rows[i].turns, TOL0);
        gf_stability_clear(&s);
    }
}
END_TEST

/* K22: alternation is worse from p_d = 1/sqrt(12), 2/sqrt(3) on. */
START_TEST(test_alternation_is_not_always_better)
{
    const double at[2] = {0.2886751345948129, 1.154700538379252};

    for (size_t i = 0; i < 2; i++) {
        for (int side = -1; side <= 1; side += 2) {
            double j[4], limit[2], d = at[i] * (1 + side * 1e-9);
            (i == 0 ? set_classic : set_quadratic)(j, d);
            for (size_t k = 0; k < 2; k++) {
                gf_stability_result s = ask((question){.j = j,
                                                       .rule = "sgd",
                                                       .turned = k == 1,
                                                       .limits_only = true});
                limit[k] = first_limit(&s.stable);
                gf_stability_clear(&s);
            }
            ck_assert((limit[1] > limit[0]) == (side < 0));
        }
    }
}
END_TEST

/* K24: the ellipse, at random. */
START_TEST(test_heavy_ball_is_an_ellipse)
{
    uint64_t seed = 24;

    for (int n = 0; n < 60; n++) {
        double alpha = -random_between(&seed, 0.01, 2);
        double omega = random_between(&seed, 0.1, 3);
        double beta = floor(random_between(&seed, -95, 95)) / 100;
        double j[4] = {alpha, -omega, omega, alpha};
        char rule[64];
        snprintf(rule, sizeof rule, "heavy-ball:beta=%.2f", beta);
        double p = alpha / (1 + beta), q = omega / (1 - beta);
        gf_stability_result s =
            ask((question){.j = j, .rule = rule, .limits_only = true});
        assert_close(first_limit(&s.stable), -2 * p / (p * p + q * q), 1e-13);
        ck_assert_uint_eq(s.stable.count, 1);
        gf_stability_clear(&s);
    }
}
END_TEST

/* Spectral radii at a step on WGAN; consensus ends at h = 2 gamma/(1 +
 * gamma^2). */
static const struct row {
    int k; /* of the ledger */
    const char *rule;
    bool turned;
    double h, radius;
} radii[] = {
    {25, "sgd", false, .1, 1.004987562112089},
    {25, "sgd", false, 1, 1.414213562373095},
    {25, "sgd", false, .2, 1.019803902718557},
    {25, "sgd", false, .5, 1.118033988749895},
    {26, "sgd", true, .5, 1},
    {26, "sgd", true, 2, 1},
    {26, "sgd", true, 2.1, 1.877328044930449},
    {27, "rk2", false, .1, 1.000012499921876},
    {27, "rk4", false, .1, 0.9999999930642361},
    {27, "rk4", false, .5, 0.9998948783722911},
    {27, "rk4", false, 1, 0.9939050368230469},
    {27, "rk4", false, 2, 0.7453559924999299},
    {27, "implicit", false, .1, 0.9950371902099891},
    {28, "extragradient", false, .1, 0.9950376877284599},
    {28, "extragradient", false, .5, 0.9013878188659973},
    {28, "extragradient", false, .9, 0.9198369420718},
    {28, "extragradient", false, 1, 1},
    {29, "optimistic", false, .1, 0.9949361530051241},
    {29, "optimistic", false, .25, 0.9659258262890683},
    {29, "optimistic", false, .3, 0.9486832980505138},
    {29, "optimistic", false, .5, 0.7071067811865475},
    {29, "optimistic", false, .55, 0.9257654471963032},
    {29, "past-extragradient", false, .6, 1.057352814741914},
    {30, "competitive", false, 3, 0.31622776601683794},
    {30, "competitive", false, .1, 0.9950371902099891},
    {30, "implicit", false, 3, 0.31622776601683794},
    {31, "consensus:gamma=10", false, 10. / 101, 0.09950371902099891},
    {31, "consensus:gamma=1", false, .5, 0.7071067811865475},
    {31, "sga:lambda=0.1", false, .1 / 1.01, 0.9950371902099891},
    {31, "consensus:gamma=0.5", false, .8, 1},
    {32, "heavy-ball:beta=-0.9", false, .1, 1.000073050686441},
    {32, "heavy-ball:beta=-0.5", false, .1, 1.000743033427239},
    {32, "heavy-ball:beta=-0.1", false, .1, 1.00338417062592},
    {32, "heavy-ball:beta=0", false, .1, 1.004987562112089},
    {32, "heavy-ball:beta=0.5", false, .1, 1.045687392153479},
    {32, "heavy-ball:beta=0.9", false, .1, 1.198286232230875},
    {32, "heavy-ball:beta=-0.5", false, .01, 1.000007407636038},
    {32, "heavy-ball:beta=0.9", false, .01, 1.030486232000196},
    {33, "heavy-ball:beta=-0.5", true, .1, 0.9985177891006018},
    {33, "heavy-ball:beta=-0.5,beta_g=0", true, .1, 0.9988874463475086},
    {33, "heavy-ball:beta=0,beta_g=-0.5", true, .1, 0.9988874463475086},
    {33, "heavy-ball:beta=-0.5", true, .5, 0.9625437031966943},
    {33, "heavy-ball:beta=-0.5,beta_g=0", true, 1, 0.8721753570253426},
    {33, "heavy-ball:beta=-0.5", true, 1, 1},
    {33, "heavy-ball:beta=0.5", true, 1, 1.522339130833156},
    {33, "heavy-ball:beta=0.1", true, .1, 1.001366963173468},
    {33, "heavy-ball:beta=-0.1", true, .1, 0.9992478111369964},
};

START_TEST(test_radii_at_a_step)
{
    for (size_t i = 0; i < sizeof radii / sizeof *radii; i++) {
        gf_stability_result s = ask((question){.j = wgan,
                                               .rule = radii[i].rule,
                                               .turned = radii[i].turned,
                                               .step = radii[i].h,
                                               .limits_only = true});
        ck_assert_msg(is_close(s.radius, radii[i].radius, TOL1),
                      "K%d, %s at %g: %.17g not %.17g", radii[i].k,
                      radii[i].rule, radii[i].h, s.radius, radii[i].radius);
        ck_assert_int_eq(s.is_stable, radii[i].radius < 1 ? GF_YES : GF_NO);
        gf_stability_clear(&s);
    }
}
END_TEST

/* K26: alternating sgd turns by 2 asin(h/2) a step, by 60 degrees at h = 1, and
   at h = 2 both multipliers are -1. */
START_TEST(test_angles_of_alternating_steps)
{
    static const double rows[][2] = {{.1, 0.10004171361154},
                                     {.2, 0.2003348423231196},
                                     {.5, 0.5053605102841573},
                                     {1, 1.047197551196598}};
    gf_stability_result s;

    for (size_t i = 0; i < 4; i++) {
        s = ask((question){
            .j = wgan, .rule = "sgd", .turned = true, .step = rows[i][0]});
        double angle = atan2(s.multiplier[0].im, s.multiplier[0].re);
        assert_close(fabs(angle), rows[i][1], 1e-13);
        gf_stability_clear(&s);
    }
    s = ask((question){.j = wgan, .rule = "sgd", .turned = true, .step = 2});
    assert_close(s.multiplier[0].re + s.multiplier[1].re, -2, 1e-13);
    assert_close(s.multiplier[0].re * s.multiplier[1].re, 1, 1e-13);
    gf_stability_clear(&s);
}
END_TEST

/* The radius alone is 1 at every end of a stable interval, and on both sides of
   it on both sides of 1, for every rule in both orders. */
START_TEST(test_radius_at_the_ends)
{
    const double *all[] = {gan, wgan, quadratic};
    size_t ends = 0;

    for (size_t i = 0; i < gf_optimizer_count(); i++)
        for (size_t n = 0; n < 6; n++) {
            const gf_optimizer_rule *rule = gf_optimizer_row(i);
            gf_linear game = {
                .size = 2, .first = 1, .jacobian = all[n / 2], .speed = {1, 1}};
            gf_stability_options how = {.order = n % 2 ? GF_ALTERNATING
                                                       : GF_SIMULTANEOUS};
            gf_optimizer optimizer;
            gf_stability_result s;
            if (rule->needs & GF_NEEDS_METRIC)
                continue;
            ck_assert_int_eq(gf_optimizer_parse(&optimizer, rule->name, NULL),
                             GF_OK);
            gf_stability_init(&s);
            ck_assert_int_eq(
                gf_stability_find(&s, &game, &optimizer, &how, NULL), GF_OK);
            for (size_t k = 0; k < s.stable.count; k++) {
                double hi = s.stable.interval[k].hi, radius[3];
                for (int side = -1; side <= 1 && isfinite(hi); side++) {
                    how.step = hi * (1 + 1e-6 * side);
                    ck_assert_int_eq(gf_stability_radius(&radius[side + 1],
                                                         &game, &optimizer,
                                                         &how, NULL),
                                     GF_OK);
                }
                bool touches =
                    k + 1 < s.stable.count && s.stable.interval[k + 1].lo == hi;
                if (!isfinite(hi) || touches)
                    continue;
                ends++;
                ck_assert_double_lt(radius[0], 1);
                assert_close(radius[1], 1, 1e-10);
                ck_assert_msg(radius[2] > 1, "%s: %.17g", rule->name,
                              radius[2]);
            }
            gf_stability_clear(&s);
        }
    ck_assert_uint_gt(ends, 60);
}
END_TEST

/* Alternating sgd on WGAN: exactly 1 up to h = 2, and (h^2 - 2 + h sqrt(h^2 -
   4))/2 beyond. */
START_TEST(test_radius_of_neutral_steps_is_one)
{
    gf_linear game = {.size = 2, .first = 1, .jacobian = wgan, .speed = {1, 1}};
    gf_stability_options how = {.order = GF_ALTERNATING};
    gf_optimizer sgd;
    double radius;

    ck_assert_int_eq(gf_optimizer_parse(&sgd, "sgd", NULL), GF_OK);
    for (int i = 1; i < 40; i++) {
        double h = 0.1 * i;
        how.step = h;
        ck_assert_int_eq(gf_stability_radius(&radius, &game, &sgd, &how, NULL),
                         GF_OK);
        if (i <= 20)
            ck_assert_double_eq(radius, 1);
        else
            assert_close(radius, (h * h - 2 + h * sqrt(h * h - 4)) / 2, 1e-13);
    }
    how.step = 0;
    ck_assert_int_eq(gf_stability_radius(&radius, &game, &sgd, &how, NULL),
                     GF_ARGUMENT);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/stability", test_limits_are_those_of_the_table,
                     test_limits_of_gradient_steps,
                     test_alternation_is_not_always_better,
                     test_heavy_ball_is_an_ellipse, test_radii_at_a_step,
                     test_angles_of_alternating_steps, test_radius_at_the_ends,
                     test_radius_of_neutral_steps_is_one);
}
