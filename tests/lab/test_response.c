/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the critic follows the generator: against closed forms. */
#include <ganfield/geometry.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "lab/arena.h"
#include "lab/density.h"

/* --- densities ----------------------------------------------------------- */

static double below(double z)
{
    return erfc(-z / sqrt(2)) / 2;
}

/* P(X <= x) for the piecewise generator with both slopes above 0. */
static double piecewise_below(const double *theta, double x)
{
    double left = fmin(below((x - theta[1]) / theta[0]), 0.5);
    double right = fmax(below((x - theta[3]) / theta[2]), 0.5) - 0.5;

    return left + right;
}

static double normal_below(const double *theta, double x)
{
    return below((x - theta[1]) / theta[0]);
}

/* theta with one number moved. */
static double *moved(double *out, const double *theta, size_t k, double by)
{
    memcpy(out, theta, GF_FIGHTER_NUMBERS_MAX * sizeof *out);
    out[k] += by;
    return out;
}

static void check_density(const char *generator, size_t numbers,
                          double (*f)(const double *theta, double x),
                          const double *at, size_t count)
{
    const double h = 1e-5;
    gf_duel_setup setup = {.latent = GF_LATENT_NORMAL};
    gf_fighter *fighter = &setup.fighter[GF_GENERATOR];
    double theta[GF_FIGHTER_NUMBERS_MAX] = {0}, other[GF_FIGHTER_NUMBERS_MAX];

    ck_assert_int_eq(gf_fighter_read(fighter, GF_GENERATOR, generator, NULL),
                     GF_OK);
    ck_assert(gf_density_is_known(fighter));
    memcpy(theta, fighter->number, numbers * sizeof *theta);
    for (size_t i = 0; i < count; i++) {
        double x = at[i];
        gf_density d, up, down;
        gf_density_at(&d, &setup, theta, x);
        assert_close(d.p, (f(theta, x + h) - f(theta, x - h)) / (2 * h), 1e-8);
        for (size_t k = 0; k < numbers; k++) {
            double change = (f(moved(other, theta, k, h), x) -
                             f(moved(other, theta, k, -h), x)) /
                            (2 * h);
            assert_close(d.otto[k], -change / d.p, 1e-7);
            gf_density_at(&up, &setup, moved(other, theta, k, h), x);
            gf_density_at(&down, &setup, moved(other, theta, k, -h), x);
            assert_close(d.by[k], (up.p - down.p) / (2 * h), 1e-8);
        }
    }
}

/* The folded one has two densities over one another between -0.5 and 1. */
START_TEST(test_densities_and_what_carries_them)
{
    static const double at[] = {-1.3, -0.2, 0.4, 0.9, 1.7};

    check_density("linear(0.7,0.2)", 2, normal_below, at, 5);
    check_density("piecewise(0.5,1,0.8,-0.5)", 4, piecewise_below, at, 5);
}
END_TEST

/* dv_b/da - dv_a/db + v_a dv_b/dx - v_b dv_a/dx of two parameters. */
static double curvature(const gf_duel_setup *setup, const double *theta,
                        double x, size_t a, size_t b)
{
    const double h = 1e-4;
    double other[GF_FIGHTER_NUMBERS_MAX], sum = 0;
    gf_density here, d;

    gf_density_at(&here, setup, theta, x);
    for (int side = -1; side <= 1; side += 2) {
        gf_density_at(&d, setup, moved(other, theta, a, side * h), x);
        sum += side * d.otto[b];
        gf_density_at(&d, setup, moved(other, theta, b, side * h), x);
        sum -= side * d.otto[a];
        gf_density_at(&d, setup, theta, x + side * h);
        sum += side * (here.otto[a] * d.otto[b] - here.otto[b] * d.otto[a]);
    }
    return sum / (2 * h);
}

START_TEST(test_the_otto_connection_of_the_line_is_flat)
{
    gf_duel_setup setup = {.latent = GF_LATENT_NORMAL};
    gf_fighter *fighter = &setup.fighter[GF_GENERATOR];

    ck_assert_int_eq(gf_fighter_read(fighter, GF_GENERATOR,
                                     "piecewise(0.5,1,0.8,-0.5)", NULL),
                     GF_OK);
    for (size_t a = 0; a < 4; a++)
        for (size_t b = 0; b < a; b++)
            for (double x = -0.4; x < 1; x += 0.3)
                assert_close(curvature(&setup, fighter->number, x, a, b), 0,
                             1e-5);
}
END_TEST

/* --- how critics follow ----------------------------------------------------
 */

enum { PLACES = 81 };

static void connect(gf_geometry_connection *c, arena *a, double low,
                    double high, double damping)
{
    double x[PLACES];
    gf_geometry_slice slice = {.player = GF_GENERATOR, .parameter = {0, 1}};
    gf_geometry_connection_options options = {damping, x, PLACES};
    gf_error error;

    for (int i = 0; i < PLACES; i++)
        x[i] = low + (high - low) * i / (PLACES - 1);
    gf_error_clear(&error);
    gf_geometry_connection_init(c);
    ck_assert_msg(gf_geometry_connection_find(c, a->duel, a->z, &slice,
                                              &options, &error) == GF_OK,
                  "%s", error.message);
}

/* N(1, 1.25^2) against N(0.2, 0.7^2). */
START_TEST(test_the_optimal_critic_follows_by_the_score)
{
    gf_geometry_connection c;
    arena a;

    arena_open(&a, &arena_lines);
    connect(&c, &a, -2, 4, 0);
    for (size_t i = 0; i < PLACES; i++) {
        double x = c.x[i], z = (x - 0.2) / 0.7, y = (x - 1) / 1.25;
        assert_close(c.optimal[i], log(0.7 / 1.25) + z * z / 2 - y * y / 2,
                     1e-12);
        assert_close(c.way[0].optimal[i], -(z * z - 1) / 0.7, 1e-10);
        assert_close(c.way[1].optimal[i], -z / 0.7, 1e-10);
        assert_close(c.way[0].otto[i], z, TOL2);
        assert_close(c.way[1].otto[i], 1, TOL2);
        assert_close(c.critic[i], a.z[0] * x + a.z[1], TOL2);
    }
    gf_geometry_connection_clear(&c);
    arena_close(&a);
}
END_TEST

/* D* = p_d/(p_d + p) moves by -p_d dp/(p_d + p)^2. */
START_TEST(test_the_optimal_critic_of_least_squares)
{
    arena_plan plan = arena_lines;
    gf_geometry_connection c;
    arena a;

    plan.variant = "lsgan";
    plan.link = NULL;
    arena_open(&a, &plan);
    connect(&c, &a, -2, 4, 0);
    for (size_t i = 0; i < PLACES; i++) {
        double z = (c.x[i] - 0.2) / 0.7, p = c.density[i], d = c.data[i];
        assert_close(c.optimal[i], d / (d + p), 1e-12);
        assert_close(c.way[1].optimal[i],
                     -d * p * z / 0.7 / ((d + p) * (d + p)), 1e-10);
    }
    gf_geometry_connection_clear(&c);
    arena_close(&a);
}
END_TEST

/* dphi of logistic regression on the same batch, by hand. */
START_TEST(test_a_logistic_critic_follows_by_its_two_numbers)
{
    const double damping = 1e-3;
    double h[3] = {damping, 0, damping}, mixed[2][2] = {{0}}, n, det;
    gf_geometry_connection c;
    arena a;

    arena_open(&a, &arena_lines);
    connect(&c, &a, -2, 4, damping);
    n = (double)a.batch.count;
    for (size_t i = 0; i < 2 * a.batch.count; i++) {
        bool is_fake = i >= a.batch.count;
        double z = is_fake ? a.batch.latent[i - a.batch.count] : 0;
        double x = is_fake ? 0.7 * z + 0.2 : a.batch.data[i];
        double p = arena_sigmoid(a.z[0] * x + a.z[1]), w = p * (1 - p) / n;
        h[0] += w * x * x;
        h[1] += w * x;
        h[2] += w;
        for (int u = 0; is_fake && u < 2; u++) {
            double dx = u == 0 ? z : 1;
            mixed[u][0] -= w * a.z[0] * x * dx + p * dx / n;
            mixed[u][1] -= w * a.z[0] * dx;
        }
    }
    det = h[0] * h[2] - h[1] * h[1];
    ck_assert(c.best.is_best);
    for (int u = 0; u < 2; u++) {
        double by_c = (h[2] * mixed[u][0] - h[1] * mixed[u][1]) / det;
        double by_d = (h[0] * mixed[u][1] - h[1] * mixed[u][0]) / det;
        ck_assert(c.way[u].solution.is_converged);
        for (size_t i = 0; i < PLACES; i++)
            assert_close(c.way[u].follow[i], by_c * c.x[i] + by_d, TOL3);
    }
    gf_geometry_connection_clear(&c);
    arena_close(&a);
}
END_TEST

/* Data and fakes of one spread: the logistic critic holds the optimal one, and
   follows exactly a shift, but of a scale only the nearest line. */
START_TEST(test_where_the_finite_critic_falls_short)
{
    arena_plan plan = {.variant = "nonsaturating",
                       .link = "sigmoid(u)",
                       .data = "normal(1,0.7)",
                       .generator = "linear(0.7,0.2)",
                       .critic = "logistic(0,0)",
                       .batch = 20000,
                       .is_full = true};
    double moment[2] = {0, 0};
    gf_geometry_connection c;
    arena a;

    arena_open(&a, &plan);
    connect(&c, &a, -4, 5, 0);
    assert_close(a.z[0], 0.8 / 0.49, 2e-3);
    for (size_t i = 0; i < PLACES; i++) {
        double w = c.data[i] * c.density[i] / (c.data[i] + c.density[i]);
        double off = c.way[0].nearest[i] - c.way[0].optimal[i];
        moment[0] += w * off;
        moment[1] += w * off * c.x[i];
        assert_close(c.way[1].follow[i], c.way[1].optimal[i], 2e-2);
        assert_close(c.way[0].follow[i], c.way[0].nearest[i], 2e-2);
        assert_close(c.way[1].nearest[i], c.way[1].optimal[i], 1e-8);
    }
    assert_close(moment[0], 0, 1e-8);
    assert_close(moment[1], 0, 1e-8);
    ck_assert_double_lt(c.way[1].off, 2e-3);
    ck_assert_double_gt(c.way[0].least_off, 0.5);
    ck_assert_double_ge(c.way[0].off, c.way[0].least_off);
    ck_assert_double_lt(c.way[0].off, c.way[0].least_off + 2e-3);
    gf_geometry_connection_clear(&c);
    arena_close(&a);
}
END_TEST

START_TEST(test_a_critic_with_batch_norm_is_refused)
{
    arena_plan plan = arena_lines;
    gf_geometry_slice slice = {.player = GF_GENERATOR, .parameter = {0, 1}};
    const double x[2] = {0, 1};
    gf_geometry_connection_options options = {1, x, 2};
    gf_geometry_connection c;
    arena a;

    plan.critic = "1-3-1:tanh,bn-pre";
    arena_open(&a, &plan);
    gf_geometry_connection_init(&c);
    ck_assert_int_eq(
        gf_geometry_connection_find(&c, a.duel, a.z, &slice, &options, NULL),
        GF_ARGUMENT);
    arena_close(&a);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/response", test_densities_and_what_carries_them,
                     test_the_otto_connection_of_the_line_is_flat,
                     test_the_optimal_critic_follows_by_the_score,
                     test_the_optimal_critic_of_least_squares,
                     test_a_logistic_critic_follows_by_its_two_numbers,
                     test_where_the_finite_critic_falls_short,
                     test_a_critic_with_batch_norm_is_refused);
}
