/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large games by a scan: what the exact treatment says of small ones, and of
   large ones that are many small ones. */
#include "analysis/sampled.h"

#include <math.h>
#include <string.h>

#include "harness.h"

static const double classic[] = {-1.6, -2, 2, 0};
static const double wgan[] = {0, -1, 1, 0};
static const double quadratic[] = {-0.2, 1, -1, 0};

static void assert_same(const gf_steps_list *a, const gf_steps_list *b,
                        const char *rule)
{
    ck_assert_msg(a->count == b->count, "%s: %zu and %zu intervals", rule,
                  a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        double lo = a->interval[i].lo, hi = a->interval[i].hi;
        ck_assert_msg(is_close(b->interval[i].lo, lo, 1e-9 * fmax(lo, 1e-9)) &&
                          (hi == b->interval[i].hi ||
                           is_close(b->interval[i].hi, hi, 1e-9 * hi)),
                      "%s: (%.15g, %.15g) not (%.15g, %.15g)", rule,
                      b->interval[i].lo, b->interval[i].hi, lo, hi);
    }
}

/* Two the exact treatment knows and a scan cannot: lookahead touches the circle
   at single steps, and rk2 in alternating order has an island of width 4 %
   between cusps. */
static bool is_beyond_a_scan(const char *rule, bool is_turned)
{
    return is_turned &&
           (strcmp(rule, "lookahead") == 0 || strcmp(rule, "rk2") == 0);
}

/* All rules in both orders on three games. */
START_TEST(test_scans_are_as_exact)
{
    const double *all[] = {classic, wgan, quadratic};
    size_t compared = 0;

    for (size_t i = 0; i < gf_optimizer_count(); i++)
        for (size_t n = 0; n < 6; n++) {
            const gf_optimizer_rule *rule = gf_optimizer_row(i);
            gf_linear game = {
                .size = 2, .first = 1, .jacobian = all[n / 2], .speed = {1, 1}};
            gf_stability_options how = {
                .order = n % 2 ? GF_ALTERNATING : GF_SIMULTANEOUS, .step = 0.3};
            gf_optimizer optimizer;
            gf_stability_result exact, scan;
            if ((rule->needs & GF_NEEDS_METRIC) ||
                is_beyond_a_scan(rule->name, n % 2))
                continue;
            ck_assert_int_eq(gf_optimizer_parse(&optimizer, rule->name, NULL),
                             GF_OK);
            gf_stability_init(&exact);
            gf_stability_init(&scan);
            ck_assert_int_eq(
                gf_stability_find(&exact, &game, &optimizer, &how, NULL),
                GF_OK);
            ck_assert_int_eq(
                gf_stability_sampled(&scan, &game, &optimizer, &how, NULL),
                GF_OK);
            assert_same(&exact.stable, &scan.stable, rule->name);
            assert_same(&exact.neutral, &scan.neutral, rule->name);
            ck_assert_uint_eq(exact.state, scan.state);
            ck_assert_uint_eq(exact.evaluations, scan.evaluations);
            ck_assert_uint_eq(exact.limit_count, scan.limit_count);
            for (size_t k = 0; k < exact.limit_count; k++)
                ck_assert_int_eq(exact.limit[k].crossing,
                                 scan.limit[k].crossing);
            assert_close(scan.radius, exact.radius, 1e-9 * exact.radius);
            if (isfinite(exact.best_step))
                assert_close(scan.best_radius, exact.best_radius, 1e-6);
            else if (isnan(exact.best_step))
                ck_assert(isnan(scan.best_step));
            else
                ck_assert_double_le(scan.best_radius, exact.best_radius + 0.01);
            compared++;
            gf_stability_clear(&exact);
            gf_stability_clear(&scan);
        }
    ck_assert_uint_gt(compared, 90);
}
END_TEST

enum { MOST_GAMES = 7 };

/* Games side by side, p_d from 0.1 on: the first player's numbers first. */
static void place_games(double *jacobian, size_t games, double limit[1],
                        const gf_optimizer *optimizer,
                        const gf_stability_options *how)
{
    size_t size = 2 * games;

    memset(jacobian, 0, size * size * sizeof *jacobian);
    limit[0] = INFINITY;
    for (size_t i = 0; i < games; i++) {
        double p_d = 0.1 * (double)(i + 1);
        const double own[] = {-8 * p_d, -2, 2, 0};
        gf_linear small = {
            .size = 2, .first = 1, .jacobian = own, .speed = {1, 1}};
        gf_stability_result s;
        for (size_t k = 0; k < 4; k++)
            jacobian[(k / 2 * games + i) * size + k % 2 * games + i] = own[k];
        gf_stability_init(&s);
        ck_assert_int_eq(gf_stability_find(&s, &small, optimizer, how, NULL),
                         GF_OK);
        ck_assert_uint_ge(s.stable.count, 1);
        limit[0] = fmin(limit[0], s.stable.interval[0].hi);
        gf_stability_clear(&s);
    }
}

START_TEST(test_many_small_games_are_a_large_one)
{
    static const char *const rule[] = {"sgd",  "consensus",
                                       "sga",  "competitive",
                                       "adam", "heavy-ball:beta=-0.3"};
    static double jacobian[4 * MOST_GAMES * MOST_GAMES];

    for (size_t i = 0; i < sizeof rule / sizeof *rule; i++)
        for (int order = 0; order < 2; order++) {
            gf_stability_options how = {.order = order ? GF_ALTERNATING
                                                       : GF_SIMULTANEOUS};
            gf_optimizer optimizer;
            gf_stability_result s;
            double limit[1];
            ck_assert_int_eq(gf_optimizer_parse(&optimizer, rule[i], NULL),
                             GF_OK);
            /* so many that the state is too large to be treated exactly */
            size_t games = optimizer.rule->memory > 0 ? 4 : MOST_GAMES;
            gf_linear game = {.size = 2 * games,
                              .first = games,
                              .jacobian = jacobian,
                              .speed = {1, 1}};
            place_games(jacobian, games, limit, &optimizer, &how);
            gf_stability_init(&s);
            ck_assert_int_eq(
                gf_stability_find(&s, &game, &optimizer, &how, NULL), GF_OK);
            ck_assert_uint_ge(s.stable.count, 1);
            ck_assert_double_eq(s.stable.interval[0].lo, 0);
            ck_assert_msg(
                is_close(s.stable.interval[0].hi, limit[0], 1e-9 * limit[0]),
                "%s %d: %.15g not %.15g", rule[i], order,
                s.stable.interval[0].hi, limit[0]);
            ck_assert_int_eq(s.decided, GF_DECIDED_SAMPLED);
            /* the radius alone agrees with it */
            double radius;
            how.step = limit[0];
            ck_assert_int_eq(
                gf_stability_radius(&radius, &game, &optimizer, &how, NULL),
                GF_OK);
            assert_close(radius, 1, 1e-9);
            gf_stability_clear(&s);
        }
}
END_TEST

/* A small damping, whose stable steps are far below those of the field: a scan
   that begins too high would see none. */
START_TEST(test_small_dampings_are_seen)
{
    static const double j[] = {-1e-4, -2, 2, 0};
    gf_linear game = {.size = 2, .first = 1, .jacobian = j, .speed = {1, 1}};
    gf_stability_options how = {.order = GF_SIMULTANEOUS};
    gf_optimizer optimizer;
    gf_stability_result s;

    ck_assert_int_eq(gf_optimizer_parse(&optimizer, "sgd", NULL), GF_OK);
    gf_stability_init(&s);
    ck_assert_int_eq(gf_stability_sampled(&s, &game, &optimizer, &how, NULL),
                     GF_OK);
    ck_assert_uint_eq(s.stable.count, 1);
    /* 2 s/(s^2 + w^2) = 1e-4/4, known by half of the digits */
    assert_close(s.stable.interval[0].hi, 2.5e-5, 1e-6 * 2.5e-5);
    gf_stability_clear(&s);
}
END_TEST

START_TEST(test_what_is_too_large_is_told)
{
    enum { MANY = GF_STABILITY_SAMPLED_MAX + 2 };
    static double j[MANY * MANY];
    gf_linear game = {
        .size = MANY, .first = MANY / 2, .jacobian = j, .speed = {1, 1}};
    gf_stability_options how = {.order = GF_ALTERNATING};
    gf_optimizer optimizer;
    gf_stability_result s;
    gf_error error;

    ck_assert_int_eq(gf_optimizer_parse(&optimizer, "sgd", NULL), GF_OK);
    gf_stability_init(&s);
    ck_assert_int_eq(gf_stability_find(&s, &game, &optimizer, &how, &error),
                     GF_LIMIT);
    ck_assert_ptr_nonnull(strstr(error.message, "at most 400"));
    gf_stability_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/sampled", test_scans_are_as_exact,
                     test_many_small_games_are_a_large_one,
                     test_small_dampings_are_seen,
                     test_what_is_too_large_is_told);
}
