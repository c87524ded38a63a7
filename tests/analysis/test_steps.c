/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stable steps against what steps do: runs just inside and outside of every
   limit, and random matrices against a scan. */
#include "ask.h"

#include <ganfield/game.h>
#include <math.h>
#include <stdio.h>

/* --- runs -------------------------------------------------------------- */

/* How far from its rest point a field's rule is after n steps from 1e-4 beside
   it; infinite where it left. */
static double distance_after(const gf_field *field, gf_vec2 rest,
                             const gf_optimizer *optimizer, gf_order order,
                             double h, size_t steps)
{
    gf_map_options options = {
        .order = order, .step = h, .steps = steps, .every = steps};
    gf_error error = {.status = GF_OK};
    gf_trajectory run;

    gf_trajectory_init(&run);
    gf_status status =
        gf_optimizer_run(&run, field, (gf_vec2){rest.x + 1e-4, rest.y - 1e-4},
                         optimizer, &options, &error);
    ck_assert_msg(status == GF_OK, "%s", error.message);
    gf_row last = run.row[run.count - 1];
    double d = run.stop == GF_STOP_END
                   ? hypot(last.at.x - rest.x, last.at.y - rest.y)
                   : INFINITY;
    gf_trajectory_clear(&run);
    return d;
}

static double radius_at(const gf_linear *game, const gf_optimizer *optimizer,
                        gf_stability_options options, double h)
{
    gf_error error = {.status = GF_OK};
    gf_stability_result s;

    gf_stability_init(&s);
    options.step = h;
    ck_assert_int_eq(gf_stability_find(&s, game, optimizer, &options, &error),
                     GF_OK);
    double radius = pow(s.radius, 1 / (double)s.period);
    gf_stability_clear(&s);
    return radius;
}

static void hold(const gf_field *field, const gf_classification *c,
                 const gf_optimizer *optimizer, gf_order order)
{
    gf_stability_options options = {.order = order, .intervals_only = true};
    const gf_rest_point *p = &c->point[c->wanted];
    gf_error error = {.status = GF_OK};
    double j[4], metric[2];
    gf_stability_result s;
    gf_linear game;

    gf_linear_of_point(&game, j, metric, field, p);
    gf_stability_init(&s);
    ck_assert_int_eq(gf_stability_find(&s, &game, optimizer, &options, &error),
                     GF_OK);
    for (size_t i = 0; i < s.limit_count && i < 1; i++) {
        for (int side = -1; side <= 1; side += 2) {
            double h = s.limit[i].step * (1 + 0.02 * side);
            double radius = radius_at(&game, optimizer, options, h);
            ck_assert((radius < 1) == (side < 0));
            /* e^7 nearer; or e^5 further, which is not far from linear */
            double wait = (side < 0 ? 7 : 5) / fabs(log(radius));
            size_t steps = (size_t)fmin(wait, 2e6) + 20;
            double d = distance_after(field, p->at, optimizer, order, h, steps);
            ck_assert_msg(side < 0 ? d < 1e-5 : d > 1e-3,
                          "%s, %s on %s, h = %g: %g", optimizer->rule->name,
                          gf_order_name(order), field->name, h, d);
        }
    }
    gf_stability_clear(&s);
}

START_TEST(test_runs_do_what_the_limits_say)
{
    static const char *const names[] = {"classic", "quadratic", "dirac-r1"};
    gf_error error = {.status = GF_OK};

    for (size_t f = 0; f < 3; f++) {
        gf_classification c;
        gf_field *field;
        ck_assert_int_eq(gf_field_find(&field, names[f], NULL, &error), GF_OK);
        gf_classification_init(&c);
        ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
        for (size_t i = 0; i < gf_optimizer_count(); i++) {
            const gf_optimizer_rule *rule = gf_optimizer_row(i);
            gf_optimizer optimizer;
            bool is_domain = f > 0 && (rule->needs & GF_NEEDS_METRIC);
            /* the mean goes in as 1/n, and eps is another story */
            if (rule->through_eps || is_domain || rule->reported)
                continue;
            ck_assert_int_eq(gf_optimizer_parse(&optimizer, rule->name, &error),
                             GF_OK);
            hold(field, &c, &optimizer, GF_SIMULTANEOUS);
            hold(field, &c, &optimizer, GF_ALTERNATING);
        }
        gf_classification_clear(&c);
        gf_field_free(field);
    }
}
END_TEST

/* --- scans ------------------------------------------------------------- */

static void velocity(double *v, const double *z, size_t begin, size_t end,
                     const void *ctx)
{
    const double *j = ctx;

    for (size_t i = begin; i < end; i++)
        v[i] = j[2 * i] * z[0] + j[2 * i + 1] * z[1];
}

static void product(double *out, const double *z, const double *d,
                    const void *ctx)
{
    (void)z;
    velocity(out, d, 0, 2, ctx);
}

static void transposed(double *out, const double *z, const double *d,
                       const void *ctx)
{
    const double *j = ctx;

    (void)z;
    out[0] = j[0] * d[0] + j[2] * d[1];
    out[1] = j[1] * d[0] + j[3] * d[1];
}

/* The growth of a linear run, in e-folds a step, measured over its second
   half. */
static double growth(const double *j, const gf_optimizer *optimizer,
                     gf_order order, double h)
{
    enum { HALF = 800 };
    gf_game game = {.size = 2,
                    .first = 1,
                    .velocity = velocity,
                    .product = product,
                    .transposed = transposed,
                    .ctx = j};
    gf_error error = {.status = GF_OK};
    double start = 0, end = 0;
    gf_mover *m;

    ck_assert_int_eq(gf_mover_new(&m, &game, optimizer, order, 1, &error),
                     GF_OK);
    double *z = gf_mover_state(m);
    z[0] = 0.6, z[1] = -0.8;
    for (int n = 0; n < 2 * HALF; n++) {
        double size = hypot(z[0], z[1]);
        if (!(size < 1e100) || size < 1e-100) {
            gf_mover_free(m);
            return size < 1 ? -1 : 1;
        }
        if (n == HALF)
            start = log(size);
        if (!gf_mover_step(m, (double[2]){h, h})) {
            gf_mover_free(m);
            return 1;
        }
        end = log(hypot(z[0], z[1]));
    }
    gf_mover_free(m);
    return (end - start) / HALF;
}

static bool is_within(const gf_steps_list *list, double h)
{
    for (size_t i = 0; i < list->count; i++)
        if (h > list->interval[i].lo && h < list->interval[i].hi)
            return true;
    return false;
}

START_TEST(test_random_matrices_against_a_scan)
{
    enum { MATRICES = 8, SCAN = 20 };
    gf_error error = {.status = GF_OK};
    uint64_t seed = 2026;
    size_t decided = 0;

    for (int n = 0; n < MATRICES; n++) {
        double j[4];
        for (size_t i = 0; i < 4; i++)
            j[i] = floor(random_between(&seed, -2000, 2000)) / 1000;
        for (size_t i = 0; i < gf_optimizer_count(); i++) {
            gf_order order = random_bits(&seed) % 2;
            const gf_optimizer_rule *rule = gf_optimizer_row(i);
            gf_optimizer optimizer;
            if (rule->through_eps || (rule->needs & GF_NEEDS_METRIC))
                continue;
            ck_assert_int_eq(gf_optimizer_parse(&optimizer, rule->name, &error),
                             GF_OK);
            gf_stability_result s = ask((question){.j = j,
                                                   .rule = rule->name,
                                                   .turned = order,
                                                   .limits_only = true});
            for (int k = 0; k < SCAN; k++) {
                double h = exp(random_between(&seed, -4, 2));
                double g = growth(j, &optimizer, order, h);
                if (fabs(g) < 0.02) /* too near to the circle to be measured */
                    continue;
                decided++;
                ck_assert_msg(is_within(&s.stable, h) == (g < 0),
                              "%s, %s, [[%g, %g], [%g, %g]], h = %g: %g",
                              rule->name, gf_order_name(order), j[0], j[1],
                              j[2], j[3], h, g);
            }
            gf_stability_clear(&s);
        }
    }
    ck_assert_uint_gt(decided, 800);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/steps", test_runs_do_what_the_limits_say,
                     test_random_matrices_against_a_scan);
}
