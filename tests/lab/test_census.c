/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failing_malloc.h"
#include "harness.h"

#include <ganfield/census.h>
#include <ganfield/divergence.h>
#include <ganfield/init.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODES "mixture(0.5*normal(-2,0.35), 0.5*normal(2,0.35))"

static gf_distribution *read_it(const char *text)
{
    gf_distribution *d = NULL;
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(gf_distribution_read(&d, text, &error) == GF_OK, "%s: %s",
                  text, error.message);
    return d;
}

static gf_tally take(const gf_distribution *d, const double *y, size_t n)
{
    gf_census *census = NULL;
    gf_tally tally;

    ck_assert_int_eq(gf_census_new(&census, d, n, NULL), GF_OK);
    gf_census_take(&tally, census, y);
    gf_census_free(census);
    return tally;
}

static double distance(const gf_distribution *p, const gf_distribution *q,
                       gf_divergence_kind kind)
{
    gf_divergence_options options;
    gf_divergences all;

    gf_divergence_defaults(&options);
    memset(options.which, 0, sizeof options.which);
    options.which[kind] = true;
    ck_assert_int_eq(gf_divergences_find(&all, p, q, &options, NULL), GF_OK);
    return all.item[kind].value;
}

static const char *const texts[] = {
    "normal(1, 2)",
    "uniform(-1, 3)",
    "laplace(0.5, 2)",
    "logistic(-1, 0.7)",
    "exponential(1, 2)",
    "noise(uniform(0, 1), 0.3)",
    "density(2*x, 0, 1)",
    "density(1/2, 0, 1, x/3, 1, 2)",
    "shape(exp(-x^2/2), -inf, inf)",
    "mixture(0.25*normal(-2, 0.5), 0.75*uniform(0, 3))",
    "mixture(normal(0, 1), point(0.5), point(2))",
    "mixture(point(0), point(1), point(1), point(4))",
    MODES,
};

enum { TEXTS = sizeof texts / sizeof *texts };

/* --- W1 ---------------------------------------------------------------- */

/* sum_i int |Q(u) - y_i| du over ((i - 1)/n, i/n), by the primitive
   m u - s phi(Q) of a normal quantile: independent of ramps. */
static double by_quantiles(const double *sorted, size_t n, double m, double s)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        double u[3] = {(double)i / (double)n, 0, (double)(i + 1) / (double)n};
        double part[3];
        u[1] = gsl_cdf_ugaussian_P((sorted[i] - m) / s);
        u[1] = fmin(fmax(u[1], u[0]), u[2]);
        for (int k = 0; k < 3; k++)
            part[k] =
                (m - sorted[i]) * u[k] -
                (u[k] > 0 && u[k] < 1
                     ? s * gsl_ran_ugaussian_pdf(gsl_cdf_ugaussian_Pinv(u[k]))
                     : 0);
        sum += fabs(part[1] - part[0]) + fabs(part[2] - part[1]);
    }
    return sum;
}

START_TEST(test_w1_of_normal_samples_is_that_of_quantiles)
{
    enum { MOST = 10000 };
    static double y[MOST];
    gf_distribution *d = read_it("normal(8, 1.25)");
    const size_t sizes[] = {1, 2, 7, 256, MOST};
    uint64_t seed = 3;

    for (size_t k = 0; k < 5; k++) {
        size_t n = sizes[k];
        for (size_t i = 0; i < n; i++)
            y[i] = 7.8 + 1.4 * gsl_cdf_ugaussian_Pinv(
                                   random_between(&seed, 1e-9, 1 - 1e-9));
        double got = take(d, y, n).w1;
        gsl_sort(y, 1, n);
        assert_close(got, by_quantiles(y, n, 8, 1.25), TOL3);
    }
    gf_distribution_free(d);
}
END_TEST

/* Of samples from a file, by quadrature. */
START_TEST(test_w1_is_that_of_distance)
{
    enum { N = 37 };
    char path[64], text[96];
    double y[N];
    uint64_t seed = 11;

    snprintf(path, sizeof path, "/tmp/ganfield-census-%ld", (long)getpid());
    snprintf(text, sizeof text, "samples(%s)", path);
    for (size_t i = 0; i < TEXTS; i++) {
        gf_distribution *d = read_it(texts[i]), *e;
        FILE *file = fopen(path, "w");
        for (size_t k = 0; k < N; k++) {
            y[k] = random_between(&seed, -3, 4);
            fprintf(file, "%.17g\n", y[k]);
        }
        fclose(file);
        e = read_it(text);
        assert_close(take(d, y, N).w1, distance(d, e, GF_DIVERGENCE_W1), TOL3);
        gf_distribution_free(d);
        gf_distribution_free(e);
    }
    unlink(path);
}
END_TEST

/* --- what generators can do at best ------------------------------------ */

static double w1_of_text(const char *text)
{
    gf_distribution *p = read_it(MODES), *q = read_it(text);
    double w1 = distance(p, q, GF_DIVERGENCE_W1);

    gf_distribution_free(p);
    gf_distribution_free(q);
    return w1;
}

enum { QUANTILES = 4000 };

/* Of the generator's samples at latent quantiles. */
static double w1_of_quantiles(const double left[2], const double right[2])
{
    static double y[QUANTILES];
    gf_distribution *p = read_it(MODES);
    double w1;

    for (size_t i = 0; i < QUANTILES; i++) {
        double z = gsl_cdf_ugaussian_Pinv(((double)i + 0.5) / QUANTILES);
        const double *branch = z < 0 ? left : right;
        y[i] = branch[0] * z + branch[1];
    }
    w1 = take(p, y, QUANTILES).w1;
    gf_distribution_free(p);
    return w1;
}

static double linear_w1(double a, void *ctx)
{
    char text[96];

    (void)ctx;
    snprintf(text, sizeof text, "normal(0, %.17g)", a);
    return w1_of_text(text);
}

/* The best N(0, a^2) for two modes (issue: 0.8267 at 1.9095). */
START_TEST(test_best_linear_generator)
{
    gsl_min_fminimizer *m = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    gsl_function f = {linear_w1, NULL};
    double a, line[2];

    ck_assert_int_eq(gsl_min_fminimizer_set(m, &f, 1.9, 1, 3), GSL_SUCCESS);
    for (int i = 0; i < 60; i++)
        gsl_min_fminimizer_iterate(m);
    a = gsl_min_fminimizer_x_minimum(m);
    assert_close(a, 1.9095, 1e-4);
    assert_close(gsl_min_fminimizer_f_minimum(m), 0.8267, 1e-4);
    line[0] = a;
    line[1] = 0;
    assert_close(w1_of_quantiles(line, line), gsl_min_fminimizer_f_minimum(m),
                 1e-3);
    gsl_min_fminimizer_free(m);
}
END_TEST

/* By symmetry the left branch is the right one with the other sign of b. */
static double piecewise_w1(const gsl_vector *v, void *ctx)
{
    double a = fabs(gsl_vector_get(v, 0)), b = gsl_vector_get(v, 1);
    char text[256];

    (void)ctx;
    snprintf(text, sizeof text,
             "mixture(0.5*shape(exp(-((x-%.17g)/%.17g)^2/2), %.17g, inf), "
             "0.5*shape(exp(-((x+%.17g)/%.17g)^2/2), -inf, -%.17g))",
             b, a, b, b, a, b);
    return w1_of_text(text);
}

START_TEST(test_best_piecewise_generator)
{
    gsl_multimin_function f = {piecewise_w1, 2, NULL};
    gsl_multimin_fminimizer *m =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
    gsl_vector *start = gsl_vector_alloc(2), *step = gsl_vector_alloc(2);
    double right[2], left[2], least;

    gsl_vector_set(start, 0, 0.5);
    gsl_vector_set(start, 1, 1.6);
    gsl_vector_set_all(step, 0.05);
    gsl_multimin_fminimizer_set(m, &f, start, step);
    for (int i = 0; i < 80; i++)
        gsl_multimin_fminimizer_iterate(m);
    least = gsl_multimin_fminimizer_minimum(m);
    assert_close(least, 0.0571, 1e-4);
    right[0] = left[0] = gsl_vector_get(gsl_multimin_fminimizer_x(m), 0);
    right[1] = gsl_vector_get(gsl_multimin_fminimizer_x(m), 1);
    left[1] = -right[1];
    assert_close(w1_of_quantiles(left, right), least, 1e-3);
    gsl_multimin_fminimizer_free(m);
    gsl_vector_free(start);
    gsl_vector_free(step);
}
END_TEST

/* --- modes, bins ------------------------------------------------------- */

START_TEST(test_modes_are_found)
{
    static const struct {
        const char *text;
        size_t count;
        double at[3];
    } row[] = {
        {"normal(8, 1.25)", 1, {8}},
        {MODES, 2, {-2, 2}},
        {"mixture(0.5*normal(-0.5,1), 0.5*normal(0.5,1))", 1, {0}},
        {"uniform(0, 2)", 1, {1}},
        {"mixture(uniform(0, 1), uniform(3, 4))", 2, {0.5, 3.5}},
        {"exponential(1, 2)", 1, {1}},
        {"density(2*x, 0, 1)", 1, {1}},
        {"mixture(0.2*laplace(-3,0.1), 0.5*normal(0,0.3), 0.3*normal(9,2))",
         3,
         {-3, 0, 9}},
        {"cauchy(3, 0.01)", 1, {3}},
        {"point(1)", 0, {0}},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_distribution *d = read_it(row[i].text);
        gf_census_mode mode[GF_CENSUS_MODES_MAX];
        size_t count;
        ck_assert_int_eq(gf_census_find_modes(mode, &count, d, NULL), GF_OK);
        ck_assert_msg(count == row[i].count, "%s: %zu", row[i].text, count);
        for (size_t k = 0; k < count; k++) {
            assert_close(mode[k].at, row[i].at[k], 1e-3);
            ck_assert(mode[k].from <= mode[k].at && mode[k].at <= mode[k].to);
        }
        gf_distribution_free(d);
    }
}
END_TEST

/* Three standard deviations, and erf(3/sqrt 2) of the mass. */
START_TEST(test_near_a_normal_mode_is_three_deviations)
{
    gf_distribution *d = read_it("normal(8, 1.25)");
    gf_census_mode mode[GF_CENSUS_MODES_MAX];
    size_t count;

    ck_assert_int_eq(gf_census_find_modes(mode, &count, d, NULL), GF_OK);
    ck_assert_uint_eq(count, 1);
    assert_close(mode[0].from, 8 - 3 * 1.25, 1e-9);
    assert_close(mode[0].to, 8 + 3 * 1.25, 1e-9);
    assert_close(mode[0].mass, 0.99730020393673981, 1e-9);
    gf_distribution_free(d);
}
END_TEST

/* Samples with i of 1000 at -2 and the rest at 2, or elsewhere. */
START_TEST(test_counts_of_what_is_lost)
{
    enum { N = 1000 };
    static double y[N];
    gf_distribution *d = read_it(MODES);
    gf_tally tally;

    for (size_t i = 0; i < N; i++) {
        double u = ((double)i + 0.5) / N;
        y[i] = gf_distribution_quantile(d, u, 1 - u);
    }
    tally = take(d, y, N);
    ck_assert_uint_eq(tally.modes, 2);
    assert_close(tally.uncovered, 0, TOL0);
    assert_close(tally.js, 0, 1e-4);
    assert_close(tally.share[0], 0.4985, 1e-3);
    assert_close(tally.mean, 0, TOL2);
    assert_close(tally.sd, sqrt(4.1225), 1e-3);
    /* one mode only: half of all bins, JS of (1/2, 1/2) and (0, 1) */
    for (size_t i = 0; i < N; i++)
        y[i] = fabs(y[i]);
    tally = take(d, y, N);
    ck_assert_uint_eq(tally.modes, 1);
    assert_close(tally.uncovered, 0.5, 1e-9);
    assert_close(tally.js, 0.75 * log(4.0 / 3), 1e-4);
    assert_close(tally.w1, 2, 1e-3);
    /* all at one place between: near no mode, in one bin */
    for (size_t i = 0; i < N; i++)
        y[i] = 0;
    tally = take(d, y, N);
    ck_assert_uint_eq(tally.modes, 0);
    assert_close(tally.near, 0, TOL0);
    ck_assert(tally.uncovered > 0.95);
    ck_assert(tally.js > 0.6 && tally.js < log(2));
    /* not a number */
    y[3] = INFINITY;
    tally = take(d, y, N);
    ck_assert_uint_eq(tally.lost, 1);
    ck_assert(isnan(tally.w1) && isnan(tally.mean) && isnan(tally.share[1]));
    gf_distribution_free(d);
}
END_TEST

START_TEST(test_what_is_refused)
{
    gf_distribution *d = read_it("cauchy(0, 1)");
    double y[1] = {2};
    gf_census *census;

    ck_assert_int_eq(gf_census_new(&census, d, 0, NULL), GF_ARGUMENT);
    ck_assert_ptr_null(census);
    ck_assert_int_eq(gf_census_new(&census, d, GF_CENSUS_SAMPLES_MAX + 1, NULL),
                     GF_LIMIT);
    ck_assert(isinf(take(d, y, 1).w1));
    gf_distribution_free(d);
}
END_TEST

START_TEST(test_memory_may_be_short)
{
    gf_distribution *d = read_it(MODES);

    for (size_t n = 1;; n++) {
        gf_census *census;
        fail_nth_malloc(n);
        gf_status status = gf_census_new(&census, d, 100, NULL);
        bool has_failed = malloc_has_failed();
        fail_nth_malloc(0);
        gf_census_free(census);
        if (!has_failed)
            break;
        ck_assert_int_eq(status, GF_MEMORY);
        ck_assert_ptr_null(census);
    }
    gf_distribution_free(d);
}
END_TEST

int main(void)
{
    gf_init();
    return RUN_TESTS("lab/census",
                     test_w1_of_normal_samples_is_that_of_quantiles,
                     test_w1_is_that_of_distance, test_best_linear_generator,
                     test_best_piecewise_generator, test_modes_are_found,
                     test_near_a_normal_mode_is_three_deviations,
                     test_counts_of_what_is_lost, test_what_is_refused,
                     test_memory_may_be_short);
}
