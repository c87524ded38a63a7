/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Natural gradients: three solvers against each other, against closed forms,
   and what a metric is for: steps that do not depend on the parameters. */
#include "kernel/nets.h"

#include <ganfield/natural.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 23 };

static const char *const lines[] = {
    "2-6-1:relu",
    "2-5-4-1:tanh",
    "2-5-1:gelu,bn-pre",
    "2-5-5-1:swish,ln,residual",
    "2-6-6-1:erf,wn,residual,dropout",
    "2-6-4-1:sigmoid,sn",
    "2-7-7-1:tanh,ntk(2,0.5),residual",
    "2-5-1:leaky-relu(0.1),head=sigmoid",
    "2-1:identity",
};
enum { LINES = sizeof lines / sizeof *lines };

typedef struct fixture {
    gf_net net;
    gf_pass *pass;
    gf_jacobian j;
    double x[2 * ROWS], weight[ROWS];
    size_t count; /* of parameters */
    double *v, *d, *other;
} fixture;

static double *room(size_t count)
{
    double *at = calloc(count, sizeof *at);

    ck_assert_ptr_nonnull(at);
    return at;
}

static void forward(fixture *f)
{
    gf_batch batch = {.x = f->x, .count = ROWS};
    const double *out;

    ck_assert_int_eq(gf_pass_forward(&out, f->pass, &batch, NULL), GF_OK);
    f->j = gf_jacobian_of_pass(f->pass);
}

static void set_up(fixture *f, const char *line, uint64_t seed)
{
    make_net(&f->net, line);
    f->count = f->net.shape.parameters;
    f->v = room(f->count);
    f->d = room(f->count);
    f->other = room(f->count);
    for (size_t i = 0; i < f->count; i++)
        f->v[i] = random_between(&seed, -1, 1);
    for (size_t i = 0; i < 2 * ROWS; i++)
        f->x[i] = random_between(&seed, -2, 2);
    for (size_t i = 0; i < ROWS; i++)
        f->weight[i] = random_between(&seed, 0, 0.3);
    ck_assert_int_eq(gf_pass_new(&f->pass, &f->net, ROWS, NULL), GF_OK);
    forward(f);
}

static void tear_down(fixture *f)
{
    gf_pass_free(f->pass);
    gf_net_clear(&f->net);
    free(f->v);
    free(f->d);
    free(f->other);
}

static gf_natural *make(size_t parameters, size_t rows, const char *text)
{
    gf_natural_options options;
    gf_natural *natural;
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(!gf_natural_parse(&options, text, &error), "%s: %s", text,
                  error.message);
    ck_assert_msg(!gf_natural_new(&natural, parameters, rows, &options, &error),
                  "%s: %s", text, error.message);
    return natural;
}

/* d by the solver of `text`. */
static void solve(double *d, const fixture *f, const char *text,
                  const double *weight)
{
    gf_natural *n = make(f->count, ROWS, text);
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(!gf_natural_solve(d, n, &f->j, weight, f->v, &error),
                  "%s: %s", text, error.message);
    gf_natural_free(n);
}

/* (M + damping 1) d by the definition, from the rows of J. */
static void apply(double *out, const fixture *f, const double *weight,
                  double damping, const double *d)
{
    double *j = room(ROWS * f->count);

    f->j.fill(j, f->j.ctx);
    for (size_t k = 0; k < f->count; k++)
        out[k] = damping * d[k];
    for (size_t i = 0; i < ROWS; i++) {
        double along = 0;
        for (size_t k = 0; k < f->count; k++)
            along += j[i * f->count + k] * d[k];
        for (size_t k = 0; k < f->count; k++)
            out[k] +=
                (weight ? weight[i] : 1.0 / ROWS) * along * j[i * f->count + k];
    }
    free(j);
}

START_TEST(test_the_three_solvers_agree_with_the_definition)
{
    static const char *const solvers[] = {
        "damping=1e-2,solver=cholesky", "damping=1e-2,solver=woodbury",
        "damping=1e-2,solver=cg,tolerance=1e-13", "damping=1e-2"};

    for (size_t i = 0; i < LINES; i++)
        for (size_t k = 0; k < 8; k++) {
            fixture f;
            set_up(&f, lines[i], 100 * i + 1);
            const double *weight = k < 4 ? NULL : f.weight;
            solve(f.d, &f, solvers[k % 4], weight);
            apply(f.other, &f, weight, 1e-2, f.d);
            assert_near(lines[i], solvers[k % 4], f.other, f.v, f.count, 1e-11);
            tear_down(&f);
        }
}
END_TEST

/* v in the range of J', where Woodbury's bracket is a small difference. */
START_TEST(test_small_damping_does_not_cancel)
{
    fixture f;
    set_up(&f, "2-40-1:tanh", 3);
    f.j.transposed(f.v, f.weight, f.j.ctx);
    solve(f.d, &f, "damping=1e-7,solver=cholesky", NULL);
    solve(f.other, &f, "damping=1e-7,solver=woodbury", NULL);
    assert_near("2-40-1:tanh", "woodbury", f.other, f.d, f.count, 1e-7);
    tear_down(&f);
}
END_TEST

/* --- closed forms ------------------------------------------------------ */

/* a z + b has M = [[mean z^2, mean z], [mean z, 1]]. */
START_TEST(test_a_linear_generator_in_closed_form)
{
    static const char *const texts[] = {
        "damping=0", "damping=0.25,solver=woodbury", "damping=0.25,solver=cg",
        "damping=0.25,solver=cholesky"};
    double z[ROWS], v[2] = {0.3, -1.1}, d[2], square = 0, mean = 0;
    uint64_t seed = 8;
    gf_net net;
    gf_pass *pass;
    const double *out;

    make_net(&net, "1-1:identity");
    for (size_t i = 0; i < ROWS; i++) {
        z[i] = random_between(&seed, -1, 3);
        square += z[i] * z[i] / ROWS;
        mean += z[i] / ROWS;
    }
    ck_assert_int_eq(gf_pass_new(&pass, &net, ROWS, NULL), GF_OK);
    gf_batch batch = {.x = z, .count = ROWS};
    ck_assert_int_eq(gf_pass_forward(&out, pass, &batch, NULL), GF_OK);
    gf_jacobian j = gf_jacobian_of_pass(pass);
    for (size_t i = 0; i < 4; i++) {
        double damping = i ? 0.25 : 0;
        double a = square + damping, c = 1 + damping, det = a * c - mean * mean;
        gf_natural *n = make(2, ROWS, texts[i]);
        ck_assert_int_eq(gf_natural_solve(d, n, &j, NULL, v, NULL), GF_OK);
        assert_close(d[0], (c * v[0] - mean * v[1]) / det, 1e-12);
        assert_close(d[1], (a * v[1] - mean * v[0]) / det, 1e-12);
        gf_natural_free(n);
    }
    gf_pass_free(pass);
    gf_net_clear(&net);
}
END_TEST

/* --- other parameters -------------------------------------------------- */

/* Rows x columns of any J. */
typedef struct dense {
    size_t rows, columns;
    const double *at;
} dense;

static void fill_dense(double *j, void *ctx)
{
    const dense *d = ctx;

    memcpy(j, d->at, d->rows * d->columns * sizeof *j);
}

/* With theta = B psi, J becomes J B and v B'v; without damping J d, what the
   step does to the outputs, must stay. */
START_TEST(test_steps_of_outputs_do_not_depend_on_the_parameters)
{
    enum { P = 6 };
    double j[ROWS * P], jb[ROWS * P], b[P * P], v[P], vb[P], d[P], db[P];
    dense one = {ROWS, P, j}, two = {ROWS, P, jb};
    gf_jacobian first = {
        .rows = ROWS, .columns = P, .fill = fill_dense, .ctx = &one};
    gf_jacobian second = first;
    uint64_t seed = 77;

    second.ctx = &two;
    for (size_t i = 0; i < ROWS * P; i++)
        j[i] = random_between(&seed, -1, 1);
    for (size_t i = 0; i < P * P; i++)
        b[i] = random_between(&seed, -1, 1) + (i % (P + 1) == 0 ? 2 : 0);
    for (size_t i = 0; i < P; i++)
        v[i] = random_between(&seed, -1, 1);
    for (size_t k = 0; k < P; k++) {
        vb[k] = 0;
        for (size_t l = 0; l < P; l++)
            vb[k] += b[l * P + k] * v[l];
        for (size_t i = 0; i < ROWS; i++) {
            jb[i * P + k] = 0;
            for (size_t l = 0; l < P; l++)
                jb[i * P + k] += j[i * P + l] * b[l * P + k];
        }
    }
    for (int solver = 0; solver < 2; solver++) {
        gf_natural *n = make(P, ROWS,
                             solver ? "damping=0,solver=cg,tolerance=1e-15"
                                    : "damping=0,solver=cholesky");
        ck_assert_int_eq(gf_natural_solve(d, n, &first, NULL, v, NULL), GF_OK);
        ck_assert_int_eq(gf_natural_solve(db, n, &second, NULL, vb, NULL),
                         GF_OK);
        for (size_t i = 0; i < ROWS; i++) {
            double step = 0, other = 0;
            for (size_t k = 0; k < P; k++) {
                step += j[i * P + k] * d[k];
                other += jb[i * P + k] * db[k];
            }
            assert_close(step, other, 1e-11);
        }
        gf_natural_free(n);
    }
}
END_TEST

/* --- words and refusals ------------------------------------------------ */

START_TEST(test_words)
{
    static const struct {
        const char *text;
        gf_status status;
    } bad[] = {{"damping", GF_SYNTAX},
               {"damping=x", GF_SYNTAX},
               {"damping=-1", GF_ARGUMENT},
               {"damping=inf", GF_ARGUMENT},
               {"damping=nan", GF_SYNTAX},
               {"momentum=1", GF_ARGUMENT},
               {"momentum=-0.1", GF_ARGUMENT},
               {"solver=lu", GF_NAME},
               {"daming=1", GF_NAME},
               {"samples=1.5", GF_ARGUMENT},
               {"iterations=-1", GF_ARGUMENT},
               {"tolerance=0", GF_ARGUMENT},
               {"damping=0,solver=woodbury", GF_ARGUMENT}};
    gf_natural_options o;

    ck_assert_int_eq(gf_natural_parse(&o, "", NULL), GF_OK);
    ck_assert(o.damping == 1e-3 && o.momentum == 0);
    ck_assert_int_eq(o.solver, GF_NATURAL_AUTO);
    ck_assert_int_eq(gf_natural_parse(&o,
                                      "momentum=0.85,damping=2,solver=cg,"
                                      "samples=128,iterations=7,tolerance=0.5",
                                      NULL),
                     GF_OK);
    ck_assert(o.damping == 2 && o.momentum == 0.85 && o.tolerance == 0.5);
    ck_assert(o.samples == 128 && o.iterations == 7);
    ck_assert_str_eq(gf_natural_solver_name(o.solver), "cg");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(gf_natural_parse(&o, bad[i].text, NULL) == bad[i].status,
                      "%s", bad[i].text);
    ck_assert(o.damping == 2); /* as it was */
}
END_TEST

START_TEST(test_refusals)
{
    fixture f;
    set_up(&f, "2-6-1:relu", 6);
    gf_natural *n = make(f.count, ROWS, "damping=0");
    /* 25 numbers, 23 rows */
    ck_assert_int_eq(gf_natural_solve(f.d, n, &f.j, NULL, f.v, NULL),
                     GF_DOMAIN);
    gf_natural_free(n);
    n = make(f.count, ROWS - 1, "");
    ck_assert_int_eq(gf_natural_solve(f.d, n, &f.j, NULL, f.v, NULL), GF_LIMIT);
    gf_natural_free(n);
    tear_down(&f);
}
END_TEST

/* A training that blows up is told by its numbers and no failure. */
START_TEST(test_infinite_numbers_pass_through)
{
    static const char *const solvers[] = {"solver=cholesky", "solver=woodbury",
                                          "solver=cg"};

    for (size_t i = 0; i < 6; i++) {
        fixture f;
        set_up(&f, "2-6-1:relu", 9);
        if (i < 3)
            f.net.theta[f.count - 2] = HUGE_VAL;
        else
            f.v[1] = HUGE_VAL;
        forward(&f);
        solve(f.d, &f, solvers[i % 3], NULL);
        double sum = 0;
        for (size_t k = 0; k < f.count; k++)
            sum += f.d[k];
        ck_assert(!isfinite(sum));
        tear_down(&f);
    }
}
END_TEST

START_TEST(test_the_solver_is_chosen_by_size)
{
    static const struct {
        size_t parameters, rows;
        const char *text;
        gf_natural_solver want;
    } rows[] = {
        {2, 100, "", GF_NATURAL_CHOLESKY},
        {1153, 256, "", GF_NATURAL_WOODBURY},
        {300, 256, "damping=0", GF_NATURAL_CHOLESKY},
        {100000, 5000, "", GF_NATURAL_CG},
        {100000, 50, "damping=0", GF_NATURAL_CG},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_natural *n = make(rows[i].parameters, rows[i].rows, rows[i].text);
        ck_assert_int_eq(gf_natural_last(n).solver, rows[i].want);
        gf_natural_free(n);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "lab/natural", test_the_three_solvers_agree_with_the_definition,
        test_small_damping_does_not_cancel,
        test_a_linear_generator_in_closed_form,
        test_steps_of_outputs_do_not_depend_on_the_parameters, test_words,
        test_refusals, test_infinite_numbers_pass_through,
        test_the_solver_is_chosen_by_size);
}
