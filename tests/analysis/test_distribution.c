/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include <ganfield/distribution.h>
#include <ganfield/init.h>

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gf_distribution *read_it(const char *text)
{
    gf_distribution *d = NULL;
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(gf_distribution_read(&d, text, &error) == GF_OK, "%s: %s",
                  text, error.message);
    return d;
}

static void assert_refused(const char *text, gf_status status, size_t column,
                           const char *word)
{
    gf_distribution *d = NULL;
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(gf_distribution_read(&d, text, &error) == status,
                  "%s: status %d, %s", text, error.status, error.message);
    ck_assert_ptr_null(d);
    ck_assert_msg(error.column == column, "%s: column %zu, not %zu (%s)", text,
                  error.column, column, error.message);
    ck_assert_msg(strstr(error.message, word), "%s: %s", text, error.message);
}

static const char *const texts[] = {
    "normal(1, 2)",
    "uniform(-1, 3)",
    "laplace(0.5, 2)",
    "logistic(-1, 0.7)",
    "cauchy(0, 1)",
    "exponential(1, 2)",
    "noise(uniform(0, 1), 0.3)",
    "density(2*x, 0, 1)",
    "density(1/2, 0, 1, x/3, 1, 2)",
    "shape(exp(-x^2/2), -inf, inf)",
    "shape(1/sqrt(x), 0, 1)",
    "mixture(0.25*normal(-2, 0.5), 0.75*uniform(0, 3))",
    "mixture(normal(0, 1), point(0.5), point(2))",
};

enum { TEXTS = sizeof texts / sizeof *texts };

/* below and above sum to 1, and the quantile inverts them. */
START_TEST(test_quantiles_invert)
{
    static const double levels[] = {1e-9, 0.01, 0.2, 0.5, 0.77, 0.999};

    for (size_t i = 0; i < TEXTS; i++) {
        gf_distribution *d = read_it(texts[i]);
        for (size_t k = 0; k < 6; k++) {
            double u = levels[k], x = gf_distribution_quantile(d, u, 1 - u);
            double below = gf_distribution_below(d, x);
            assert_close(below + gf_distribution_above(d, x), 1, TOL2);
            if (gf_distribution_atom_mass(d) == 0)
                ck_assert_msg(fabs(below - u) <= 1e-12 * u + 1e-15,
                              "%s: %.17g %.17g", texts[i], below, u);
            else
                ck_assert(below >= u * (1 - 1e-12));
        }
        gf_distribution_free(d);
    }
}
END_TEST

/* The density is the derivative of the distribution function. */
START_TEST(test_density_is_the_slope)
{
    const double h = 1e-5;

    for (size_t i = 0; i < TEXTS; i++) {
        gf_distribution *d = read_it(texts[i]);
        for (double x = -3.13; x < 4; x += 0.37) {
            double slope = (gf_distribution_below(d, x + h) -
                            gf_distribution_below(d, x - h)) /
                           (2 * h);
            double density = gf_distribution_density(d, x);
            ck_assert_msg(fabs(slope - density) < 1e-8, "%s at %g: %.12g %.12g",
                          texts[i], x, slope, density);
            if (density > 0)
                assert_close(exp(gf_distribution_log_density(d, x)), density,
                             TOL2);
        }
        gf_distribution_free(d);
    }
}
END_TEST

/* The ramp's slope is the distribution function, and far to the right it is
   x less the mean. */
START_TEST(test_ramp_is_the_integral)
{
    const double h = 1e-5;

    for (size_t i = 0; i < TEXTS; i++) {
        gf_distribution *d = read_it(texts[i]);
        double mean = gf_distribution_mean(d);
        if (isfinite(mean))
            assert_close(gf_distribution_ramp(d, 1000), 1000 - mean, TOL2);
        else
            ck_assert(isinf(gf_distribution_ramp(d, 0)));
        for (double x = -4.043; x < 5 && isfinite(mean); x += 0.37) {
            double slope = (gf_distribution_ramp(d, x + h) -
                            gf_distribution_ramp(d, x - h)) /
                           (2 * h);
            assert_close(slope, gf_distribution_below(d, x), 1e-8);
        }
        gf_distribution_free(d);
    }
}
END_TEST

START_TEST(test_moments_are_those_of_textbooks)
{
    static const struct {
        const char *text;
        double mean, variance;
    } row[] = {
        {"normal(1, 2)", 1, 4},
        {"uniform(-1, 3)", 1, 16.0 / 12},
        {"laplace(0.5, 2)", 0.5, 8},
        {"logistic(-1, 1)", -1, 3.289868133696453},
        {"exponential(1, 2)", 3, 4},
        {"point(3)", 3, 0},
        {"noise(uniform(0, 1), 0.5)", 0.5, 1.0 / 12 + 0.25},
        {"density(2*x, 0, 1)", 2.0 / 3, 1.0 / 18},
        {"shape(exp(-x), 0, inf)", 1, 1},
        {"shape(1/sqrt(x), 0, 1)", 1.0 / 3, 4.0 / 45},
        {"mixture(0.5*normal(-2,0.35), 0.5*normal(2,0.35))", 0, 4.1225},
        {"mixture(point(0), point(1), point(1))", 2.0 / 3, 2.0 / 9},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_distribution *d = read_it(row[i].text);
        ck_assert_str_eq(gf_distribution_text(d), row[i].text);
        assert_close(gf_distribution_mean(d), row[i].mean, 1e-13);
        assert_close(gf_distribution_variance(d), row[i].variance, 1e-13);
        gf_distribution_free(d);
    }
}
END_TEST

/* A tail is precise where the density underflows. */
START_TEST(test_tails_keep_their_digits)
{
    gf_distribution *d = read_it("normal(0, 1)");
    gf_distribution *e = read_it("shape(exp(-x^2/2), -inf, inf)");

    /* erfc(10/sqrt 2)/2, by 40 digits */
    assert_close(gf_distribution_above(d, 10) / 7.619853024160526e-24, 1, TOL2);
    /* panels are precise as parts of the whole */
    assert_close(gf_distribution_above(e, 10) / 7.619853024160526e-24, 1, 1e-8);
    assert_close(gf_distribution_log_density(d, 100), -5000.918938533205, TOL1);
    assert_close(gf_distribution_log_density(e, 100), -5000.918938533205, TOL1);
    gf_distribution_free(d);
    gf_distribution_free(e);
}
END_TEST

START_TEST(test_a_bad_text_is_refused_with_its_place)
{
    assert_refused("", GF_SYNTAX, 1, "expected a distribution");
    assert_refused("gauss(0,1)", GF_NAME, 1, "did you mean 'normal'");
    assert_refused("norml(0,1)", GF_NAME, 1, "did you mean 'normal'");
    assert_refused("normal(0)", GF_SYNTAX, 9, "standard deviation");
    assert_refused("normal(0,-1)", GF_ARGUMENT, 10, "must be > 0");
    assert_refused("normal(0,1", GF_SYNTAX, 11, "missing ')'");
    assert_refused("normal(0,1) x", GF_SYNTAX, 13, "unexpected text");
    assert_refused("normal(0, y)", GF_NAME, 11, "y");
    assert_refused("uniform(2, 1)", GF_ARGUMENT, 12, "above");
    assert_refused("mixture(0.5*normal(0,1), 0.4*point(1))", GF_ARGUMENT, 9,
                   "0.9");
    assert_refused("mixture(0.5*normal(0,1), point(1))", GF_SYNTAX, 9,
                   "all items");
    assert_refused("mixture(-1*normal(0,1), 2*point(1))", GF_ARGUMENT, 9,
                   ">= 0");
    assert_refused("density(x, 0, 1)", GF_ARGUMENT, 9, "integrates to 0.5");
    assert_refused("density(x, -1, 1)", GF_ARGUMENT, 9, "negative");
    assert_refused("shape(1/x, 0, 1)", GF_ARGUMENT, 7, "too fast");
    assert_refused("shape(exp(y), 0, 1)", GF_NAME, 11, "y");
    assert_refused("noise(cauchy(0,1), 1)", GF_ARGUMENT, 7, "cauchy");
    assert_refused("samples:/no/such/file", GF_READ, 0, "No such file");
}
END_TEST

/* Writes a file and returns the text of a distribution that reads it. */
static const char *file_text(char out[96], const char *form, const char *data)
{
    static char path[64];
    FILE *file;

    snprintf(path, sizeof path, "/tmp/ganfield-test-%ld", (long)getpid());
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(data, file);
    fclose(file);
    snprintf(out, 96, "%s%s%s", form, path, strchr(form, '(') ? ")" : "");
    return path;
}

START_TEST(test_files_are_read)
{
    char text[96];
    const char *path = file_text(text, "samples:", "# mine\n1\n-2.5\n1\n\n4\n");
    gf_distribution *d = read_it(text);
    const gf_atom *atom;

    ck_assert_uint_eq(gf_distribution_atoms(&atom, d), 3);
    assert_close(atom[1].at, 1, TOL0);
    assert_close(atom[1].mass, 0.5, TOL0);
    gf_distribution_free(d);

    file_text(text, "samples(", "x weight\n1 3\n2 1\n");
    d = read_it(text);
    assert_close(gf_distribution_mean(d), 1.25, TOL0);
    gf_distribution_free(d);

    file_text(text, "histogram(", "0,1,2\n2,4,2\n1,2,0\n");
    d = read_it(text);
    assert_close(gf_distribution_density(d, 0.5), 0.5, TOL0);
    assert_close(gf_distribution_density(d, 1.5), 0, TOL0);
    assert_close(gf_distribution_below(d, 3), 0.75, TOL0);
    assert_close(gf_distribution_mean(d), 1.75, TOL0);
    gf_distribution_free(d);
    unlink(path);
}
END_TEST

START_TEST(test_bad_files_are_refused)
{
    static const struct {
        const char *form, *data, *word;
        size_t line;
    } row[] = {
        {"samples:", "", "no numbers", 0},
        {"samples:", "1\ntwo\n", "expected a number", 2},
        {"samples:", "1 1\n1 -1\n", "negative", 2},
        {"samples:", "nan\n1\n", "expected a number", 1},
        {"samples:", "1 nan\n1 2\n", "expected a number", 1},
        {"samples:", "1\n2 3\n", "another number of columns", 2},
        {"samples:", "1 2 3\n", "expected a number", 1},
        {"histogram:", "0 1\n", "three numbers", 1},
        {"histogram:", "0 1 1\n0.5 2 1\n", "overlap", 0},
        {"histogram:", "1 0 1\n", "before it begins", 0},
        {"histogram:", "0 1 0\n", "sum to 0", 0},
    };
    const char *path = "";

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gf_distribution *d = NULL;
        gf_error error;
        char text[96];
        path = file_text(text, row[i].form, row[i].data);
        gf_error_clear(&error);
        ck_assert_int_eq(gf_distribution_read(&d, text, &error), GF_READ);
        ck_assert_msg(strstr(error.message, row[i].word), "%s", error.message);
        ck_assert_uint_eq(error.line, row[i].line);
        ck_assert_str_eq(error.file, path);
    }
    unlink(path);
}
END_TEST

/* Of evenly spread numbers come samples whose share below x is P(X <= x). */
START_TEST(test_samples_have_the_distribution)
{
    static const char *const laws[] = {
        "normal(8,1.25)",
        "uniform(-1,3)",
        "laplace(1,2)",
        "logistic(-1,0.5)",
        "cauchy(0,1)",
        "exponential(2,0.5)",
        "noise(uniform(0,1),0.1)",
        "mixture(0.3*normal(-2,0.35),0.5*normal(2,0.35),0.2*point(0.5))"};
    enum { COUNT = 4000 };
    static double u[COUNT], x[COUNT];

    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++) {
        gf_distribution *d = read_it(laws[k]);
        for (size_t i = 0; i < COUNT; i++)
            u[i] = ((double)i + 0.5) / COUNT;
        gf_distribution_draw(x, d, u, COUNT);
        for (double at = -4; at < 12; at += 0.37) {
            double below = 0;
            for (size_t i = 0; i < COUNT; i++)
                below += x[i] <= at;
            /* each part's samples are evenly spread in it */
            assert_close(below / COUNT, gf_distribution_below(d, at),
                         2.0 / COUNT);
        }
        gf_distribution_free(d);
    }
}
END_TEST

int main(void)
{
    gf_init();
    return RUN_TESTS(
        "analysis/distribution", test_quantiles_invert,
        test_density_is_the_slope, test_ramp_is_the_integral,
        test_moments_are_those_of_textbooks, test_tails_keep_their_digits,
        test_a_bad_text_is_refused_with_its_place, test_files_are_read,
        test_bad_files_are_refused, test_samples_have_the_distribution);
}
