/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponents of optimizers: against closed forms, the ledger's limits, finite
   differences, and a map that is chaotic. */
#include <ganfield/lyapunov.h>

#include <math.h>
#include <string.h>

#include "analysis/dual.h"
#include "field/fields.h"
#include "harness.h"

static gf_optimizer rule(const char *text)
{
    gf_error error = {.status = GF_OK};
    gf_optimizer out;

    gf_status status = gf_optimizer_parse(&out, text, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", text, error.message);
    return out;
}

static gf_exponents exponents(const gf_field *field, double x, double y,
                              const char *text, const gf_map_options *options)
{
    gf_error error = {.status = GF_OK};
    gf_optimizer optimizer = rule(text);
    gf_exponents e;

    gf_status status = gf_lyapunov_map(&e, field, (gf_vec2){x, y}, &optimizer,
                                       options, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", text, error.message);
    return e;
}

/* Ledger K23 and K24: at these steps the spectral radius is 1, so at the rest
   point the largest exponent is 0; below it is negative, above positive. */
START_TEST(test_the_limits_of_the_ledger)
{
    static const struct {
        const char *rule;
        bool alternates;
        double classic, wgan, quadratic; /* 0: none */
    } row[] = {
        {"sgd", false, 0.4, 0, 0.2},
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
    static const char *const name[] = {"classic", "wgan", "quadratic"};

    for (size_t f = 0; f < 3; f++) {
        gf_field *field = find_field(name[f], NULL);
        double d0 = field->equilibrium.d0;
        for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
            double limit = f == 0   ? row[i].classic
                           : f == 1 ? row[i].wgan
                                    : row[i].quadratic;
            if (limit == 0)
                continue;
            for (int side = -1; side <= 1; side++) {
                gf_map_options options = {.step = limit * (1 + 1e-3 * side),
                                          .steps = 4000,
                                          .order = row[i].alternates
                                                       ? GF_ALTERNATING
                                                       : GF_SIMULTANEOUS};
                gf_exponents e =
                    exponents(field, d0, 0.2, row[i].rule, &options);
                double top = e.value[0];
                ck_assert_msg(side == 0  ? fabs(top) < 1e-9 + e.bar[0]
                              : side < 0 ? top < 0
                                         : top > 0,
                              "%s on %s: %g at %d", row[i].rule, name[f], top,
                              side);
            }
        }
        gf_field_free(field);
    }
}
END_TEST

/* |1 + h lambda| for the focus -0.8 +- 1.8330i; heavy ball: the determinant of
   its map is beta^2 in the plane. */
START_TEST(test_closed_forms)
{
    gf_field *field = find_field("classic", NULL);
    gf_map_options options = {.step = 0.05, .steps = 20000};
    gf_exponents e = exponents(field, 0.4, 0.3, "sgd", &options);
    double want = log(hypot(1 - 0.05 * 0.8, 0.05 * 1.833030277982336));

    ck_assert_uint_eq(e.count, 2);
    assert_close(e.value[0], want, 1e-12);
    assert_close(e.value[1], want, 1e-12);
    e = exponents(field, 0.4, 0.3, "heavy-ball:beta=0.5", &options);
    ck_assert_uint_eq(e.count, 4);
    assert_close(e.value[0] + e.value[1] + e.value[2] + e.value[3],
                 2 * log(0.5), 1e-12);
    gf_field_free(field);
}
END_TEST

/* Ledger K25: sgd on WGAN grows by sqrt(1 + h^2) a step, from any start. */
START_TEST(test_sgd_on_wgan_expands)
{
    gf_field *field = find_field("wgan", NULL);
    gf_map_options options = {.step = 0.1, .steps = 1000};
    gf_exponents e = exponents(field, 0.3, 0.4, "sgd", &options);

    assert_close(e.value[0], log(1.004987562112089), 1e-13);
    assert_close(e.value[1], log(1.004987562112089), 1e-13);
    gf_field_free(field);
}
END_TEST

/* Ledger K45: the Dirac-GAN has f'(0) = 1/2, so sgd of step 0.2 grows by
   |1 + 0.1 i| a step; in alternating order its multipliers are on the unit
   circle up to h = 4, with five steps of the critic up to 4/sqrt(5). */
START_TEST(test_steps_of_the_dirac_gan)
{
    static const struct {
        double step;
        size_t critic_steps;
        double size; /* of the largest multiplier */
    } row[] = {{3.9, 1, 1}, {4.1, 1, 1.5625}, {1.78, 5, 1}};
    gf_field *field = find_field("dirac-gan", NULL);
    gf_map_options options = {.step = 0.2, .steps = 1000};
    gf_exponents e = exponents(field, 0, 0, "sgd", &options);

    assert_close(e.value[0], log(1.004987562112089), 1e-13);
    for (size_t i = 0; i < 3; i++) {
        options = (gf_map_options){.step = row[i].step,
                                   .steps = 4000,
                                   .order = GF_ALTERNATING,
                                   .critic_steps = row[i].critic_steps};
        e = exponents(field, 0, 0, "sgd", &options);
        ck_assert_double_lt(fabs(e.value[0] - log(row[i].size)),
                            1e-9 + e.bar[0]);
        ck_assert_double_lt(e.bar[0], 1e-3);
    }
    options.step = 1.80;
    e = exponents(field, 0, 0, "sgd", &options);
    ck_assert_double_gt(e.value[0], 0.01);
    gf_field_free(field);
}
END_TEST

/* Ledger K12: on the slow nullcline D = p_d/(p_d + p_g) the fast eigenvalue is
   -(p_d + p_g)^3/(p_d p_g); a step of 1e-3 is too long for the first. */
START_TEST(test_stiffness_on_the_slow_nullcline)
{
    static const struct {
        const char *set;
        double p_d, rate;
        bool grows;
    } row[] = {{"p_d=1e-4", 1e-4, -8102.700300011111, true},
               {"p_d=0.2", 0.2, -7.39444444444444, false}};

    for (size_t i = 0; i < 2; i++) {
        gf_field *field = find_field("classic", row[i].set);
        gf_optimizer sgd = rule("sgd");
        gf_error error = {.status = GF_OK};
        double d = row[i].p_d / (row[i].p_d + 0.9);
        gf_mat2 j = gf_field_jacobian((gf_vec2){d, 0.9}, field);
        assert_close(j.xx, row[i].rate, 1e-11);
        gf_lyapunov_grid grid = {.window = {{d * 0.999, d * 1.001, true, true},
                                            {0.89, 0.91, true, true}},
                                 .count = {1, 1}};
        gf_map_options options = {.step = 1e-3, .steps = 1};
        ck_assert_int_eq(
            gf_lyapunov_grid_map(&grid, field, &sgd, &options, NULL, &error),
            GF_OK);
        ck_assert((grid.value[0] > 0.1) == row[i].grows);
        if (row[i].grows) /* |1 + h rate| but for the other coordinate */
            assert_close(grid.value[0], log(7.1027), 1e-2);
        gf_lyapunov_grid_clear(&grid);
        gf_field_free(field);
    }
}
END_TEST

/* u+ = 4 u (1 - u) has the exponent log 2 [C], v+ = v/2 has -log 2. */
START_TEST(test_chaos)
{
    static const char *const velocity[2] = {"4*u*(1 - u) - u", "-v/2"};
    gf_error error = {.status = GF_OK};
    gf_field *field;
    gf_map_options options = {.step = 1, .steps = 200000};

    ck_assert_int_eq(gf_field_planar(&field, velocity, NULL, &error), GF_OK);
    gf_exponents e = exponents(field, 0.3141, 0.1, "sgd", &options);
    ck_assert_double_lt(fabs(e.value[0] - log(2)), e.bar[0]);
    ck_assert_double_lt(e.bar[0], 0.05);
    ck_assert_double_gt(e.bar[0], 1e-6);
    assert_close(e.value[1], -log(2), 1e-10);
    gf_field_free(field);
}
END_TEST

/* All that moves the state moves it to where gf_optimizer_run says. */
START_TEST(test_every_rule_goes_where_it_should)
{
    gf_field *field = find_field("classic", NULL);

    for (size_t i = 0; i < gf_optimizer_count(); i++)
        for (int order = 0; order < 2; order++) {
            gf_optimizer o = rule(gf_optimizer_row(i)->name);
            gf_map_options options = {.step = 0.01,
                                      .steps = 50,
                                      .order = (gf_order)order,
                                      .critic_steps = order ? 2 : 1};
            gf_error error = {.status = GF_OK};
            gf_trajectory run;
            gf_trajectory_init(&run);
            if (o.rule->reported > 0) /* the mean, which is no z */
                continue;
            ck_assert_int_eq(gf_optimizer_run(&run, field, (gf_vec2){0.4, 0.3},
                                              &o, &options, &error),
                             GF_OK);
            gf_exponents e = exponents(field, 0.4, 0.3, o.rule->name, &options);
            gf_vec2 end = run.row[run.count - 1].at;
            ck_assert_msg(is_close(e.end.x, end.x, 1e-12) &&
                              is_close(e.end.y, end.y, 1e-12),
                          "%s", o.rule->name);
            ck_assert_uint_eq(e.count, 2 * (1 + o.rule->memory));
            gf_trajectory_clear(&run);
        }
    gf_field_free(field);
}
END_TEST

enum { STEPS = 3 };

static void advance(gf_dual *s, const double *offset)
{
    gf_dual_begin(s, (gf_vec2){0.4, 0.3});
    /* so that every number matters, and squares are positive */
    for (size_t r = 0; r < s->size; r++)
        s->vector[r / 2].x[r % 2] +=
            (r >= 2 ? 0.3 + 0.05 * (double)r : 0) + (offset ? offset[r] : 0);
    s->made[0] = s->made[1] = 7;
    s->move.round = 7;
    for (int i = 0; i < STEPS; i++)
        ck_assert(gf_dual_step(s, 0.05));
}

/* The derivative of three steps of each rule by every number of its state. */
START_TEST(test_derivatives_against_differences)
{
    static const char *const name[] = {"classic", "nonsaturating", "dirac-r1"};
    const double h = 1e-5;

    for (size_t f = 0; f < 3; f++)
        for (size_t i = 0; i < gf_optimizer_count(); i++)
            for (int order = 0; order < 2; order++) {
                gf_field *field = find_field(name[f], NULL);
                gf_optimizer o = rule(gf_optimizer_row(i)->name);
                gf_map_options options = {.step = 0.05,
                                          .order = (gf_order)order};
                gf_error error = {.status = GF_OK};
                gf_dual s, up;
                if ((o.rule->needs & GF_NEEDS_METRIC) && f == 2) {
                    gf_field_free(field);
                    continue;
                }
                ck_assert_int_eq(gf_dual_init(&s, field, &o, &options, &error),
                                 GF_OK);
                advance(&s, NULL);
                up = s;
                for (size_t k = 0; k < s.size; k++) {
                    double offset[GF_DUAL_SIZE] = {0}, high[GF_DUAL_SIZE];
                    offset[k] = h;
                    advance(&up, offset);
                    for (size_t r = 0; r < s.size; r++)
                        high[r] = up.vector[r / 2].x[r % 2];
                    offset[k] = -h;
                    advance(&up, offset);
                    for (size_t r = 0; r < s.size; r++) {
                        double slope =
                            (high[r] - up.vector[r / 2].x[r % 2]) / (2 * h);
                        double got = s.vector[r / 2].d[r % 2][k];
                        ck_assert_msg(is_close(got, slope, 3e-7),
                                      "%s, %s, d%zu/d%zu: %.12g, not %.12g",
                                      name[f], o.rule->name, r, k, got, slope);
                    }
                }
                gf_dual_clear(&s);
                gf_field_free(field);
            }
}
END_TEST

START_TEST(test_boxes_and_ends)
{
    gf_field *field = find_field("wgan", NULL);
    gf_range box[2] = {{-0.5, 0.5, true, true}, {-1, 1, true, true}};
    gf_map_options options = {.step = 0.5, .steps = 1000, .box = box};
    gf_exponents e = exponents(field, 0.3, 0.9, "sgd", &options);

    /* clipped steps forget: the map has no inverse */
    ck_assert(isinf(e.value[1]));
    gf_field_free(field);
    field = find_field("classic", NULL);
    options = (gf_map_options){.step = 1.5, .steps = 1000};
    e = exponents(field, 0.3, 0.9, "sgd", &options);
    ck_assert_int_ne(e.stop, GF_STOP_END);
    ck_assert(isnan(e.bar[0]));
    gf_field_free(field);
}
END_TEST

START_TEST(test_bad_options_are_told)
{
    gf_field *field = find_field("wgan", NULL);
    gf_optimizer sgd = rule("sgd"), natural = rule("natural");
    gf_error error = {.status = GF_OK};
    gf_exponents e;
    const gf_map_options bad[] = {{.step = 0, .steps = 100},
                                  {.step = 0.1, .steps = 3},
                                  {.step = 0.1, .steps = 100, .noise = 1}};

    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(
            gf_lyapunov_map(&e, field, (gf_vec2){0, 1}, &sgd, &bad[i], &error),
            GF_ARGUMENT);
    gf_map_options good = {.step = 0.1, .steps = 100};
    ck_assert_int_eq(
        gf_lyapunov_map(&e, field, (gf_vec2){0, 1}, &natural, &good, &error),
        GF_ARGUMENT);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/lyapunov_map", test_the_limits_of_the_ledger,
                     test_closed_forms, test_sgd_on_wgan_expands,
                     test_steps_of_the_dirac_gan,
                     test_stiffness_on_the_slow_nullcline, test_chaos,
                     test_every_rule_goes_where_it_should,
                     test_derivatives_against_differences, test_boxes_and_ends,
                     test_bad_options_are_told);
}
