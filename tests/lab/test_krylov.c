/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Against matrices whose eigenvalues are chosen, and dense solutions. */
#include "harness.h"

#include <ganfield/krylov.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct dense {
    size_t n;
    double *at; /* by rows */
} dense;

static void times(double *out, const double *d, const void *ctx)
{
    const dense *m = ctx;

    for (size_t i = 0; i < m->n; i++) {
        out[i] = 0;
        for (size_t k = 0; k < m->n; k++)
            out[i] += m->at[i * m->n + k] * d[k];
    }
}

static gf_operator operator_of(const dense *m)
{
    return (gf_operator){.size = m->n, .product = times, .ctx = m};
}

/* m = R m R, R the reflection along a random direction. */
static void reflect(dense *m, uint64_t *state)
{
    size_t n = m->n;
    double *u = malloc(n * sizeof *u), square = 0;

    for (size_t i = 0; i < n; i++) {
        u[i] = random_between(state, -1, 1);
        square += u[i] * u[i];
    }
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < n; i++) {
            double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += u[k] * m->at[side ? i * n + k : k * n + i];
            for (size_t k = 0; k < n; k++)
                m->at[side ? i * n + k : k * n + i] -= 2 * u[k] * sum / square;
        }
    free(u);
}

/* Symmetric with eigenvalues that a function of their number gives. */
static dense symmetric_with(size_t n, double (*value)(size_t i), uint64_t seed)
{
    dense m = {n, calloc(n * n, sizeof *m.at)};

    for (size_t i = 0; i < n; i++)
        m.at[i * n + i] = value(i);
    for (int turn = 0; turn < 3; turn++)
        reflect(&m, &seed);
    return m;
}

static double mixed(size_t i)
{
    return i % 2 ? -(double)i : 0.5 * (double)i;
}

static double fast(size_t i)
{
    return exp(-0.3 * (double)i) * (i == 3 ? -1 : 1);
}

static double repeated(size_t i)
{
    return i < 3 ? 7 : 1 / (double)(i + 1);
}

static double singular(size_t i)
{
    return i < 5 ? 0 : 1 + (double)i;
}

static double off_from_eigen(const dense *m, const gf_krylov *k, size_t i)
{
    const double *v = k->vector + i * m->n;
    double *out = malloc(m->n * sizeof *out), sum = 0, length = 0;

    times(out, v, m);
    for (size_t j = 0; j < m->n; j++) {
        sum += (out[j] - k->re[i] * v[j]) * (out[j] - k->re[i] * v[j]);
        length += v[j] * v[j];
    }
    assert_close(length, 1, TOL3);
    free(out);
    return sqrt(sum);
}

START_TEST(test_lanczos_finds_both_ends_and_their_vectors)
{
    static const struct {
        gf_krylov_end end;
        double value[3];
    } rows[] = {{GF_KRYLOV_LARGEST, {-499, -497, -495}},
                {GF_KRYLOV_RIGHT, {249, 248, 247}},
                {GF_KRYLOV_LEFT, {-499, -497, -495}}};
    dense m = symmetric_with(500, mixed, 5);
    gf_operator a = operator_of(&m);

    for (size_t r = 0; r < 3; r++) {
        gf_krylov_options options = {
            .is_symmetric = true, .end = rows[r].end, .count = 3};
        gf_krylov k;
        gf_krylov_init(&k);
        ck_assert_int_eq(gf_krylov_find(&k, &a, &options, NULL), GF_OK);
        ck_assert(k.is_converged);
        ck_assert_uint_eq(k.count, 3);
        ck_assert_uint_lt(k.products, 300);
        for (size_t i = 0; i < 3; i++) {
            assert_close(k.re[i], rows[r].value[i], TOL3);
            ck_assert(k.im[i] == 0);
            assert_close(off_from_eigen(&m, &k, i), 0, 1e-7);
            assert_close(k.residual[i], off_from_eigen(&m, &k, i), 1e-9);
        }
        gf_krylov_clear(&k);
    }
    free(m.at);
}
END_TEST

/* Its basis closes on itself long before all are found. */
START_TEST(test_repeated_eigenvalues_are_all_found)
{
    dense m = symmetric_with(40, repeated, 6);
    gf_operator a = operator_of(&m);
    gf_krylov_options options = {.is_symmetric = true};
    double trace = 0, sum = 0;
    gf_krylov k;

    gf_krylov_init(&k);
    ck_assert_int_eq(gf_krylov_find(&k, &a, &options, NULL), GF_OK);
    ck_assert_uint_eq(k.count, 40);
    for (size_t i = 0; i < 40; i++) {
        assert_close(k.re[i], repeated(i), TOL3);
        trace += m.at[i * 41];
        sum += k.re[i];
    }
    assert_close(sum, trace, TOL3);
    gf_krylov_clear(&k);
    free(m.at);
}
END_TEST

/* Blocks [[s, w], [-w, s]] have s +- i w. */
START_TEST(test_arnoldi_finds_pairs_whole)
{
    enum { N = 200 };
    dense m = {N, calloc(N * N, sizeof *m.at)};
    gf_operator a = operator_of(&m);
    gf_krylov_options options = {.end = GF_KRYLOV_RIGHT, .count = 3};
    uint64_t seed = 7;
    gf_krylov k;

    for (size_t i = 0; i < N; i += 2) {
        double s = -0.05 * (double)i, w = 1 + 0.1 * (double)i;
        m.at[i * N + i] = m.at[(i + 1) * N + i + 1] = s;
        m.at[i * N + i + 1] = w;
        m.at[(i + 1) * N + i] = -w;
        if (i + 2 < N) /* not normal */
            m.at[i * N + i + 2] = 0.1;
    }
    for (int turn = 0; turn < 3; turn++)
        reflect(&m, &seed);
    gf_krylov_init(&k);
    ck_assert_int_eq(gf_krylov_find(&k, &a, &options, NULL), GF_OK);
    ck_assert(k.is_converged);
    ck_assert_uint_eq(k.count, 4);
    for (size_t i = 0; i < 4; i++) {
        double at = (double)(i / 2) * 2;
        assert_close(k.re[i], -0.05 * at, 1e-8);
        assert_close(k.im[i], (i % 2 ? -1 : 1) * (1 + 0.1 * at), 1e-8);
    }
    gf_krylov_clear(&k);

    options = (gf_krylov_options){.count = 0};
    gf_krylov_init(&k);
    ck_assert_int_eq(gf_krylov_dense(&k, m.at, N, false, NULL), GF_OK);
    ck_assert_uint_eq(k.count, N);
    for (size_t i = 0; i < 4; i++) {
        double at = (double)(i / 2) * 2;
        assert_close(k.re[i], -0.05 * at, 1e-8);
        assert_close(fabs(k.im[i]), 1 + 0.1 * at, 1e-8);
    }
    gf_krylov_clear(&k);
    free(m.at);
}
END_TEST

START_TEST(test_solutions_of_indefinite_and_singular_systems)
{
    static double (*const kinds[])(size_t) = {mixed, fast, singular};
    enum { N = 60 };

    for (size_t kind = 0; kind < 3; kind++) {
        dense m = symmetric_with(N, kinds[kind], 8);
        gf_operator a = operator_of(&m);
        double want[N], b[N], x[N], shift = kind == 0 ? 0.25 : 0;
        uint64_t state = 9;
        gf_krylov_solution s;
        for (size_t i = 0; i < N; i++)
            want[i] = random_between(&state, -1, 1);
        if (kind == 2) { /* the shortest solution lies in the range */
            times(x, want, &m);
            memcpy(want, x, sizeof want);
        }
        times(b, want, &m);
        for (size_t i = 0; i < N; i++)
            b[i] += shift * want[i];
        ck_assert_int_eq(gf_krylov_solve(&s, x, &a, shift, b, NULL, NULL),
                         GF_OK);
        ck_assert(s.is_converged);
        for (size_t i = 0; kind != 1 && i < N; i++)
            assert_close(x[i], want[i], 1e-8);
        times(want, x, &m);
        for (size_t i = 0; i < N; i++)
            assert_close(want[i] + shift * x[i], b[i], 1e-10);
        free(m.at);
    }
}
END_TEST

static void times_nan(double *out, const double *d, const void *ctx)
{
    (void)d;
    (void)ctx;
    out[0] = out[1] = NAN;
}

START_TEST(test_what_is_not_finite_is_told)
{
    gf_operator bad = {.size = 2, .product = times_nan}, none = {.size = 0};
    double b[] = {1, 0}, x[2];
    gf_krylov_solution s;
    gf_krylov k;
    gf_error error;

    gf_krylov_init(&k);
    ck_assert_int_eq(gf_krylov_find(&k, &bad, NULL, &error), GF_ARGUMENT);
    ck_assert_int_eq(gf_krylov_find(&k, &none, NULL, &error), GF_ARGUMENT);
    ck_assert_int_eq(gf_krylov_dense(&k, x, 0, true, &error), GF_ARGUMENT);
    ck_assert_int_eq(gf_krylov_solve(&s, x, &bad, 0, b, NULL, &error),
                     GF_ARGUMENT);
    b[0] = 0;
    bad.size = 1;
    bad.product = times;
    dense one = {1, (double[]){3}};
    bad.ctx = &one;
    ck_assert_int_eq(gf_krylov_solve(&s, x, &bad, 0, b, NULL, &error), GF_OK);
    ck_assert(x[0] == 0 && s.is_converged && s.products == 0);
    gf_krylov_clear(&k);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "lab/krylov", test_lanczos_finds_both_ends_and_their_vectors,
        test_repeated_eigenvalues_are_all_found, test_arnoldi_finds_pairs_whole,
        test_solutions_of_indefinite_and_singular_systems,
        test_what_is_not_finite_is_told);
}
