/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cycles just beyond a limit: the width that the normal form predicts against
   that of the steps themselves. */
#include <ganfield/stability.h>

#include <math.h>

#include "harness.h"

/* Half the widths of what the steps do after a long while. */
static void measure(double half[2], const gf_field *field, gf_vec2 start,
                    const gf_stability_points *points, double h, size_t steps)
{
    /* lookahead: at the ends of its maps */
    gf_map_options options = {.order = points->options.order,
                              .step = h,
                              .steps = steps,
                              .every = points->point[0].period};
    gf_error error = {.status = GF_OK};
    double lo[2] = {INFINITY, INFINITY}, hi[2] = {-INFINITY, -INFINITY};
    gf_trajectory run;

    gf_trajectory_init(&run);
    ck_assert_int_eq(gf_optimizer_run(&run, field, start, &points->optimizer,
                                      &options, &error),
                     GF_OK);
    for (size_t i = run.count - run.count / 10; i < run.count; i++) {
        const double at[2] = {run.row[i].at.x, run.row[i].at.y};
        for (size_t k = 0; k < 2; k++) {
            lo[k] = fmin(lo[k], at[k]);
            hi[k] = fmax(hi[k], at[k]);
        }
    }
    bool is_whole = run.stop == GF_STOP_END;
    for (size_t k = 0; k < 2; k++)
        half[k] = is_whole ? (hi[k] - lo[k]) / 2 : INFINITY;
    gf_trajectory_clear(&run);
}

START_TEST(test_cycles_are_as_wide_as_predicted)
{
    static const struct row {
        const char *name, *rule;
        gf_order order;
        gf_crossing crossing;
    } rows[] = {
        {"classic", "sgd", GF_SIMULTANEOUS, GF_CROSSING_CIRCLE},
        {"dirac-r1", "sgd", GF_SIMULTANEOUS, GF_CROSSING_CIRCLE},
        {"classic", "extragradient", GF_SIMULTANEOUS, GF_CROSSING_CIRCLE},
        {"classic", "optimistic", GF_SIMULTANEOUS, GF_CROSSING_CIRCLE},
        {"classic", "consensus", GF_SIMULTANEOUS, GF_CROSSING_CIRCLE},
        {"classic", "lookahead", GF_SIMULTANEOUS, GF_CROSSING_CIRCLE},
        {"classic", "sga", GF_ALTERNATING, GF_CROSSING_CIRCLE},
        {"classic", "sga", GF_SIMULTANEOUS, GF_CROSSING_FLIP},
        {"classic", "natural", GF_ALTERNATING, GF_CROSSING_FLIP},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_stability_options options = {.order = rows[i].order};
        gf_error error = {.status = GF_OK};
        gf_stability_points points;
        gf_classification c;
        gf_optimizer optimizer;
        gf_field *field;
        ck_assert_int_eq(gf_field_find(&field, rows[i].name, NULL, &error),
                         GF_OK);
        gf_classification_init(&c);
        gf_stability_points_init(&points);
        ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
        ck_assert_int_eq(gf_optimizer_parse(&optimizer, rows[i].rule, &error),
                         GF_OK);
        ck_assert_int_eq(
            gf_stability_points_find(&points, &c, &optimizer, &options, &error),
            GF_OK);
        gf_limit limit = points.point[c.wanted].limit[0];
        ck_assert_int_eq(limit.crossing, rows[i].crossing);
        ck_assert_double_lt(limit.coefficient, 0);
        double root = sqrt(1e-3 * limit.step), half[2];
        gf_vec2 start = c.point[c.wanted].at;
        start.x += 0.9 * limit.amplitude[0] * root;
        measure(half, field, start, &points, limit.step * 1.001, 40000);
        for (size_t k = 0; k < 2; k++)
            ck_assert_msg(fabs(half[k] / (limit.amplitude[k] * root) - 1) <
                              0.03,
                          "%s on %s: %g, not %g", rows[i].rule, rows[i].name,
                          half[k], limit.amplitude[k] * root);
        gf_stability_points_clear(&points);
        gf_classification_clear(&c);
        gf_field_free(field);
    }
}
END_TEST

static gf_limit first_limit_of(const char *name, const char *rule,
                               const gf_settings *settings)
{
    gf_stability_options options = {.order = GF_SIMULTANEOUS};
    gf_error error = {.status = GF_OK};
    gf_stability_points points;
    gf_classification c;
    gf_optimizer optimizer;
    gf_field *field;

    ck_assert_int_eq(gf_field_find(&field, name, settings, &error), GF_OK);
    gf_classification_init(&c);
    gf_stability_points_init(&points);
    ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
    ck_assert_int_eq(gf_optimizer_parse(&optimizer, rule, &error), GF_OK);
    ck_assert_int_eq(
        gf_stability_points_find(&points, &c, &optimizer, &options, &error),
        GF_OK);
    gf_limit limit = points.point[c.wanted].limit[0];
    gf_stability_points_clear(&points);
    gf_classification_clear(&c);
    gf_field_free(field);
    return limit;
}

/* Of linear maps the coefficient is 0, and of the Dirac-GAN under consensus by
   symmetry (theta and psi change places), where rounding alone is left: no
   cycle is foretold, neither a coming nor a repelling one. */
START_TEST(test_no_cycle_where_nothing_bends)
{
    static const char *const rows[][2] = {{"quadratic", "sgd"},
                                          {"quadratic", "rk4"},
                                          {"wgan", "extragradient"},
                                          {"wgan", "optimistic"},
                                          {"dirac-gan", "consensus:gamma=10"},
                                          {"dirac-gan", "consensus:gamma=0.3"}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_limit limit = first_limit_of(rows[i][0], rows[i][1], NULL);
        ck_assert_int_eq(limit.crossing, GF_CROSSING_CIRCLE);
        ck_assert_msg(limit.coefficient == 0, "%s on %s: %g", rows[i][1],
                      rows[i][0], limit.coefficient);
        ck_assert(isnan(limit.amplitude[0]) && isnan(limit.amplitude[1]));
    }
}
END_TEST

/* Classic has the eigenvalues -4 a d +- 2 i sqrt(a - 4 a^2 d^2) for the speed
   a: sgd crosses at h = 2 d at 90 degrees where 8 a d^2 = 1, at 120 where 16 a
   d^2 = 3.  There the third order has one more term. */
START_TEST(test_strong_resonances)
{
    static const char *const set[] = {"p_d=0.25"}, *const speed[] = {
                                                       "1,1", "2,1", "3,1"};
    static const size_t expected[] = {0, 4, 3};

    for (size_t i = 0; i < 3; i++) {
        gf_settings settings = {.set = set, .set_count = 1, .speed = speed[i]};
        gf_limit limit = first_limit_of("classic", "sgd", &settings);
        ck_assert_int_eq(limit.crossing, GF_CROSSING_CIRCLE);
        ck_assert_uint_eq(limit.resonance, expected[i]);
        ck_assert_int_eq(isnan(limit.coefficient), expected[i] > 0);
    }
}
END_TEST

/* K38: adam comes to 1e-7 and is thrown back to 1e-2, when exactly is up to
   rounding. */
START_TEST(test_adam_bursts)
{
    gf_stability_options options = {.step = 1e-3, .intervals_only = true};
    gf_error error = {.status = GF_OK};
    gf_stability_points points;
    gf_classification c;
    gf_optimizer adam;
    gf_field *field;

    ck_assert_int_eq(gf_field_find(&field, "classic", NULL, &error), GF_OK);
    gf_classification_init(&c);
    gf_stability_points_init(&points);
    ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
    ck_assert_int_eq(gf_optimizer_parse(&adam, "adam", &error), GF_OK);
    ck_assert_int_eq(
        gf_stability_points_find(&points, &c, &adam, &options, &error), GF_OK);
    ck_assert(points.burst.is_there);
    ck_assert_double_lt(points.burst.nearest, 1e-6);
    ck_assert_double_gt(points.burst.furthest, 1e-3);
    ck_assert_uint_gt(points.burst.furthest_at, points.burst.nearest_at);
    ck_assert_int_eq(points.point[c.wanted].is_stable, GF_NO);
    gf_stability_points_clear(&points);
    gf_classification_clear(&c);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/bifurcation",
                     test_cycles_are_as_wide_as_predicted,
                     test_no_cycle_where_nothing_bends, test_strong_resonances,
                     test_adam_bursts);
}
