/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The density of a generator, and how far it is from the data's. */
#include <ganfield/census.h>
#include <ganfield/divergence.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "lab/arena.h"

static const arena_plan plain = {.variant = "nonsaturating",
                                 .link = "sigmoid(u)",
                                 .data = "normal(0,1)",
                                 .critic = "logistic(0,0)",
                                 .batch = 8};

static void enter(arena *a, const char *data, const char *generator)
{
    arena_plan plan = plain;

    plan.data = data;
    plan.generator = generator;
    arena_open(a, &plan);
}

/* --- densities --------------------------------------------------------- */

static double normal(double x, double m, double s)
{
    double z = (x - m) / s;

    return exp(-z * z / 2) / (s * sqrt(2 * acos(-1)));
}

START_TEST(test_density_of_lines_is_exact)
{
    const double x[5] = {-2.5, -1.2, 0.1, 1.7, 2.3};
    double density[5];
    arena a;

    enter(&a, "normal(0,1)", "piecewise(0.5,-1,0.8,1.1)");
    ck_assert_int_eq(gf_duel_density(density, a.duel, a.z, x, 5, NULL), GF_OK);
    for (size_t i = 0; i < 5; i++) {
        double left = x[i] < -1 ? normal(x[i], -1, 0.5) : 0;
        double right = x[i] > 1.1 ? normal(x[i], 1.1, 0.8) : 0;
        assert_close(density[i], left + right, 1e-14);
    }
    arena_close(&a);
}
END_TEST

/* A net of one input: samples at quantiles, tanh(z) by dF/dx in closed form. */
START_TEST(test_density_of_one_input_is_that_of_stretches)
{
    const double x[4] = {-0.7, -0.1, 0.3, 0.8};
    double density[4];
    arena a;

    enter(&a, "normal(0,1)", "1-1-1:tanh");
    for (size_t i = a.first; i < a.size; i++)
        a.z[i] = (i - a.first) % 2 == 0; /* weights 1, biases 0 */
    ck_assert_int_eq(gf_duel_density(density, a.duel, a.z, x, 4, NULL), GF_OK);
    for (size_t i = 0; i < 4; i++)
        assert_close(density[i], normal(atanh(x[i]), 0, 1) / (1 - x[i] * x[i]),
                     1e-3);
    arena_close(&a);
}
END_TEST

/* A kernel estimate of three normal numbers' sum, and its integral. */
START_TEST(test_density_of_many_inputs_is_an_estimate)
{
    enum { N = 121 };
    double x[N], density[N], sum = 0;
    arena a;

    enter(&a, "normal(0,1)", "3-1:identity");
    for (size_t i = 0; i < 4; i++)
        a.z[a.first + i] = i < 3; /* weights; then the bias */
    for (size_t i = 0; i < N; i++)
        x[i] = -9 + 18.0 * (double)i / (N - 1);
    ck_assert_int_eq(gf_duel_density(density, a.duel, a.z, x, N, NULL), GF_OK);
    for (size_t i = 0; i < N; i++) {
        sum += density[i] * 18.0 / (N - 1);
        ck_assert_msg(fabs(density[i] - normal(x[i], 0, sqrt(3))) < 0.02,
                      "%g at %g", density[i], x[i]);
    }
    assert_close(sum, 1, 1e-3);
    arena_close(&a);
}
END_TEST

/* --- Jensen-Shannon ---------------------------------------------------- */

static double js_of(const gf_duel *duel, const double *z)
{
    double js = -1;

    ck_assert_int_eq(gf_duel_js(&js, duel, z, NULL), GF_OK);
    return js;
}

/* That of `distance`, which knows nothing of generators. */
static double between(const gf_distribution *data, const char *text)
{
    gf_divergence_options options;
    gf_divergences all;
    gf_distribution *other;

    gf_divergence_defaults(&options);
    memset(options.which, 0, sizeof options.which);
    options.which[GF_DIVERGENCE_JS] = true;
    ck_assert_int_eq(gf_distribution_read(&other, text, NULL), GF_OK);
    ck_assert_int_eq(gf_divergences_find(&all, data, other, &options, NULL),
                     GF_OK);
    gf_distribution_free(other);
    return all.item[GF_DIVERGENCE_JS].value;
}

#define HALF(m, s, from, to)                                                   \
    "density(exp(-((x-" m ")/" s ")^2/2)*2/" s "/sqrt(2*pi)," from "," to ")"
#define PEAK "normal(30,1e-4)"

static const struct {
    const char *generator, *normal, *uniform;
} laws[] = {
    {"linear(2,1)", "normal(1,2)", "uniform(-1,3)"},
    {"linear(-0.5,3)", "normal(3,0.5)", "uniform(2.5,3.5)"},
    {"1-1:identity", "normal(0,1)", "uniform(-1,1)"}, /* set to 1, 0 */
    {"linear(0.001,-2)", "normal(-2,0.001)", "uniform(-2.001,-1.999)"},
    {"linear(0,0.3)", "point(0.3)", "point(0.3)"},
    {"piecewise(0.5,-1,0.8,1)",
     "mixture(" HALF("(-1)", "0.5", "-inf", "-1") "," HALF("1", "0.8", "1",
                                                           "inf") ")",
     "mixture(uniform(-1.5,-1),uniform(1,1.8))"},
    {"piecewise(-0.5,-1,1,-1)",
     "mixture(" HALF("(-1)", "0.5", "-1", "inf") "," HALF("(-1)", "1", "-1",
                                                          "inf") ")",
     "mixture(uniform(-1,-0.5),uniform(-1,0))"},
    {"piecewise(0,0.5,0.8,1)",
     "mixture(point(0.5)," HALF("1", "0.8", "1", "inf") ")",
     "mixture(point(0.5),uniform(1,1.8))"},
};

static const char *const datas[] = {
    "normal(0,1)",
    "uniform(-1,2)",
    "mixture(normal(-2,0.35),normal(2,0.35))",
    "exponential(0,2)",
    "cauchy(0,1)",
    "density(x/2,0,2)",
    "mixture(normal(0,1)," PEAK ")",
};

START_TEST(test_js_of_lines_is_that_of_distance)
{
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++)
        for (size_t k = 0; k < sizeof datas / sizeof *datas; k++) {
            gf_duel *flat;
            gf_duel_setup setup;
            arena a;
            enter(&a, datas[k], laws[i].generator);
            if (laws[i].generator[0] == '1') {
                a.z[a.first] = 1;
                a.z[a.first + 1] = 0;
            }
            assert_close(js_of(a.duel, a.z), between(a.data, laws[i].normal),
                         1e-11);
            setup = *gf_duel_setup_of(a.duel);
            ck_assert(gf_duel_has_densities(&setup));
            setup.latent = GF_LATENT_UNIFORM;
            ck_assert_int_eq(gf_duel_new(&flat, &setup, NULL), GF_OK);
            assert_close(js_of(flat, a.z), between(a.data, laws[i].uniform),
                         1e-11);
            gf_duel_free(flat);
            arena_close(&a);
        }
}
END_TEST

START_TEST(test_js_is_not_known_without_densities)
{
    static const char *const pairs[][2] = {
        {"normal(0,1)", "1-1-1:tanh"},
        {"normal(0,1)", "2-1:identity"},
        {"mixture(point(0),normal(0,1))", "linear(1,0)"},
    };
    arena a;

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        enter(&a, pairs[i][0], pairs[i][1]);
        ck_assert(!gf_duel_has_densities(gf_duel_setup_of(a.duel)));
        ck_assert(isnan(js_of(a.duel, a.z)));
        arena_close(&a);
    }
    enter(&a, "normal(0,1)", "linear(1,0)");
    a.z[a.first + 1] = NAN;
    ck_assert(isnan(js_of(a.duel, a.z)));
    a.z[a.first + 1] = 1e300; /* nowhere near */
    assert_close(js_of(a.duel, a.z), log(2), 1e-12);
    arena_close(&a);
}
END_TEST

/* Bins: samples beside an atom are not at it, and JS is log 2; of half at it
   that of (1/2, 1/2) from (1, 0). */
START_TEST(test_beside_an_atom_is_not_at_it)
{
    enum { N = 200 };
    gf_distribution *d = NULL;
    gf_census *census = NULL;
    double y[N];
    gf_tally tally;

    ck_assert_int_eq(gf_distribution_read(&d, "point(3)", NULL), GF_OK);
    ck_assert_int_eq(gf_census_new(&census, d, N, NULL), GF_OK);
    for (size_t i = 0; i < N; i++)
        y[i] = -1.5 + 0.01 * (double)i;
    gf_census_take(&tally, census, y);
    assert_close(tally.js, log(2), TOL1);
    assert_close(tally.uncovered, 1, TOL1);
    for (size_t i = 0; i < N / 2; i++)
        y[i] = 3;
    gf_census_take(&tally, census, y);
    assert_close(tally.js, 0.75 * log(4.0 / 3), TOL1);
    assert_close(tally.uncovered, 0, TOL1);
    gf_census_free(census);
    gf_distribution_free(d);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/density", test_beside_an_atom_is_not_at_it,
                     test_density_of_lines_is_exact,
                     test_density_of_one_input_is_that_of_stretches,
                     test_density_of_many_inputs_is_an_estimate,
                     test_js_of_lines_is_that_of_distance,
                     test_js_is_not_known_without_densities);
}
