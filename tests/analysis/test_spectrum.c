/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 2x2 spectra: against GSL, and in the cases where doubles would not do. */
#include "analysis/spectrum.h"

#include <gsl/gsl_eigen.h>
#include <math.h>

#include "harness.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* From four texts, exactly. */
static gf_signs make(gf_rest_point *point, gf_graph *graph,
                     const char *const entry[4])
{
    gf_scope scope;
    gf_jacobian j;
    gf_signs signs;

    gf_scope_init(&scope, graph);
    gf_jacobian_init(&j);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(gf_expr_parse(&j.exact[i], &scope, entry[i], NULL),
                         GF_OK);
    gf_jacobian_from_exact(&j, graph);
    signs = gf_spectrum_make(&point->spectrum, &j, graph);
    gf_spectrum_judge(point, &signs);
    gf_jacobian_clear(&j);
    gf_scope_clear(&scope);
    return signs;
}

START_TEST(test_types_by_exact_signs)
{
    static const struct {
        const char *entry[4];
        gf_type type;
        gf_stability stability;
    } rows[] = {
        {{"-1", "2", "-3", "0"},
         GF_TYPE_STABLE_FOCUS,
         GF_STABILITY_ASYMPTOTICALLY_STABLE},
        {{"1", "2", "-3", "0"}, GF_TYPE_UNSTABLE_FOCUS, GF_STABILITY_UNSTABLE},
        {{"-1", "0", "0", "-2"},
         GF_TYPE_STABLE_NODE,
         GF_STABILITY_ASYMPTOTICALLY_STABLE},
        {{"1", "7", "0", "2"}, GF_TYPE_UNSTABLE_NODE, GF_STABILITY_UNSTABLE},
        {{"-2", "-1", "1", "0"},
         GF_TYPE_STABLE_DEGENERATE_NODE,
         GF_STABILITY_ASYMPTOTICALLY_STABLE},
        {{"2", "1", "-1", "0"},
         GF_TYPE_UNSTABLE_DEGENERATE_NODE,
         GF_STABILITY_UNSTABLE},
        {{"-1/3", "0", "0", "-1/3"},
         GF_TYPE_STABLE_STAR,
         GF_STABILITY_ASYMPTOTICALLY_STABLE},
        {{"pi", "0", "0", "pi"}, GF_TYPE_UNSTABLE_STAR, GF_STABILITY_UNSTABLE},
        {{"0", "1", "1", "0"}, GF_TYPE_SADDLE, GF_STABILITY_UNSTABLE},
        {{"0", "1", "-1", "0"}, GF_TYPE_UNDECIDED, GF_STABILITY_UNKNOWN},
        {{"-1", "1", "0", "0"}, GF_TYPE_DEGENERATE, GF_STABILITY_UNKNOWN},
        {{"1", "1", "0", "0"}, GF_TYPE_DEGENERATE, GF_STABILITY_UNSTABLE},
        {{"0", "1", "0", "0"}, GF_TYPE_DEGENERATE, GF_STABILITY_UNKNOWN},
        /* (2 sqrt 2)^2 = 8: on the border, and beside it by 1e-30 */
        {{"-2*sqrt(2)", "-1", "2", "0"},
         GF_TYPE_STABLE_DEGENERATE_NODE,
         GF_STABILITY_ASYMPTOTICALLY_STABLE},
        {{"-2*sqrt(2)", "-1", "2+1e-30", "0"},
         GF_TYPE_STABLE_FOCUS,
         GF_STABILITY_ASYMPTOTICALLY_STABLE},
        {{"-2*sqrt(2)", "-1", "2-1e-30", "0"},
         GF_TYPE_STABLE_NODE,
         GF_STABILITY_ASYMPTOTICALLY_STABLE},
        {{"-1e-30", "-1", "1", "0"},
         GF_TYPE_STABLE_FOCUS,
         GF_STABILITY_ASYMPTOTICALLY_STABLE},
        {{"exp(1) - e", "-1", "1", "0"},
         GF_TYPE_UNDECIDED,
         GF_STABILITY_UNKNOWN},
        /* no number at all */
        {{"1/0", "-1", "1", "0"}, GF_TYPE_UNDECIDED, GF_STABILITY_UNKNOWN},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        gf_graph *graph = gf_graph_new();
        gf_rest_point point;
        make(&point, graph, rows[i].entry);
        ck_assert_msg(point.type == rows[i].type, "row %zu: %s", i,
                      gf_type_name(point.type));
        ck_assert_int_eq(point.stability, rows[i].stability);
        gf_graph_free(graph);
    }
}
END_TEST

/* Sizes whose squares no double holds. */
START_TEST(test_sizes_beyond_squares)
{
    static const struct {
        const char *entry[4];
        double re, im;
    } rows[] = {{{"1e-200", "-1e-200", "1e-200", "1e-200"}, 1e-200, 1e-200},
                {{"1e200", "-1e200", "1e200", "1e200"}, 1e200, 1e200},
                {{"-2e-300", "0", "0", "-1e-300"}, -1e-300, 0},
                {{"-1e-300", "-1e-300", "1e-300", "0"},
                 -5e-301,
                 8.660254037844386e-301}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        gf_graph *graph = gf_graph_new();
        gf_rest_point point;
        make(&point, graph, rows[i].entry);
        assert_close(point.spectrum.re[0] / rows[i].re, 1, TOL1);
        if (rows[i].im > 0)
            assert_close(point.spectrum.im[0] / rows[i].im, 1, TOL1);
        else
            assert_close(point.spectrum.im[0], 0, TOL0);
        gf_graph_free(graph);
    }
}
END_TEST

/* Does GSL have this eigenvalue? */
static bool has(gsl_vector_complex *all, double re, double im, double tol)
{
    for (size_t i = 0; i < 2; i++) {
        gsl_complex z = gsl_vector_complex_get(all, i);
        if (hypot(GSL_REAL(z) - re, GSL_IMAG(z) - im) <= tol)
            return true;
    }
    return false;
}

START_TEST(test_random_matrices_against_gsl)
{
    uint64_t seed = 2026;
    size_t runs = is_long_run() ? 20000 : 400;
    gsl_eigen_nonsymm_workspace *w = gsl_eigen_nonsymm_alloc(2);
    gsl_vector_complex *all = gsl_vector_complex_alloc(2);
    gsl_matrix *m = gsl_matrix_alloc(2, 2);

    for (size_t n = 0; n < runs; n++) {
        double scale = pow(10, random_between(&seed, -8, 8)), size = 0;
        gf_jacobian j;
        gf_spectrum s;
        gf_graph *graph = gf_graph_new();
        gf_jacobian_init(&j);
        for (size_t i = 0; i < 4; i++) {
            double x = scale * random_between(&seed, -1, 1);
            arb_set_d(&j.ball[i], x);
            gsl_matrix_set(m, i / 2, i % 2, x);
            size = fmax(size, fabs(x));
        }
        gf_spectrum_make(&s, &j, graph);
        ck_assert_int_eq(gsl_eigen_nonsymm(m, all, w), 0);
        for (int i = 0; i < 2; i++)
            ck_assert(has(all, s.re[i], s.im[i], 1e-7 * size));
        /* two ways: trace and determinant */
        assert_close((s.re[0] + s.re[1]) / size, s.trace / size, TOL1);
        assert_close((s.re[0] * s.re[1] - s.im[0] * s.im[1]) / size / size,
                     s.determinant / size / size, TOL1);
        for (int i = 0; i < 2 && s.im[0] == 0; i++) {
            gf_vec2 e = s.eigenvector[i];
            double x = s.jacobian.xx * e.x + s.jacobian.xy * e.y;
            double y = s.jacobian.yx * e.x + s.jacobian.yy * e.y;
            ck_assert(hypot(x - s.re[i] * e.x, y - s.re[i] * e.y) <=
                      1e-7 * size);
            assert_close(hypot(e.x, e.y), 1, TOL1);
        }
        ck_assert_double_le(s.error, 1e-14 * size);
        gf_jacobian_clear(&j);
        gf_graph_free(graph);
    }
    gsl_eigen_nonsymm_free(w);
    gsl_vector_complex_free(all);
    gsl_matrix_free(m);
}
END_TEST

/* A wide ball claims nothing that one of its points would deny. */
START_TEST(test_wide_balls_claim_nothing)
{
    gf_graph *graph = gf_graph_new();
    gf_jacobian j;
    gf_rest_point point;
    gf_signs signs;

    gf_jacobian_init(&j);
    arb_set_d(&j.ball[0], -1e-9);
    arb_set_d(&j.ball[1], -1);
    arb_set_d(&j.ball[2], 1);
    mag_set_d(arb_radref(&j.ball[0]), 1e-8);
    signs = gf_spectrum_make(&point.spectrum, &j, graph);
    gf_spectrum_judge(&point, &signs);
    ck_assert_int_eq(signs.trace, GF_SIGN_UNKNOWN);
    ck_assert_int_eq(point.type, GF_TYPE_UNDECIDED);
    ck_assert_int_eq(point.stability, GF_STABILITY_UNKNOWN);
    ck_assert_double_ge(point.spectrum.error, 4e-9);
    gf_jacobian_clear(&j);
    gf_graph_free(graph);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/spectrum", test_types_by_exact_signs,
                     test_sizes_beyond_squares,
                     test_random_matrices_against_gsl,
                     test_wide_balls_claim_nothing);
}
