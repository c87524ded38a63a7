/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Velocities: as a person would write them, and at points. */
#include <ganfield/field.h>

#include <math.h>
#include <stdlib.h>

#include "field/fields.h"
#include "harness.h"

START_TEST(test_velocities_read_like_theory)
{
    static const struct row {
        const char *name, *velocity[2];
    } rows[] = {
        {"classic", {"p_d/D - p_g/(1 - D)", "-log(1 - D) - log(2)"}},
        {"nonsaturating", {"p_d/D - p_g/(1 - D)", "log(D) + log(2)"}},
        {"wgan", {"p_d - p_g", "D"}},
        {"quadratic", {"p_g - p_d*D", "1 - D"}},
        {"kl", {"p_d - p_g*exp(D - 1)", "exp(D - 1) - 1"}},
        {"classic-logit",
         {"p_d*sigmoid(-u) - p_g*sigmoid(u)", "softplus(u) - log(2)"}},
        {"bilinear", {"-y", "x"}},
        {"dirac-gan",
         {"-psi*sigmoid(-theta*psi)", "theta*sigmoid(-theta*psi)"}},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = find_field(rows[i].name, NULL);
        for (size_t k = 0; k < 2; k++) {
            char *text = gf_expr_text(field->graph, field->velocity[k]);
            ck_assert_str_eq(text, rows[i].velocity[k]);
            free(text);
        }
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_values_are_those_of_the_formula)
{
    gf_field *field = find_field("classic", NULL);

    for (double d = 0.01; d < 1; d += 0.01) {
        for (double p = -1; p < 2; p += 0.25) {
            gf_vec2 v = gf_field_at((gf_vec2){d, p}, field);
            gf_mat2 m = gf_field_jacobian((gf_vec2){d, p}, field);
            assert_close(v.x, 0.2 / d - p / (1 - d), TOL1);
            assert_close(v.y, -log1p(-d) - log(2), TOL1);
            assert_close(m.xx, -0.2 / (d * d) - p / ((1 - d) * (1 - d)), TOL1);
            assert_close(m.xy, -1 / (1 - d), TOL1);
            assert_close(m.yx, 1 / (1 - d), TOL1);
            assert_close(m.yy, 0, 0);
        }
    }
    gf_field_free(field);
}
END_TEST

START_TEST(test_outside_of_the_domain_there_is_nothing)
{
    static const double outside[] = {-1, 0, 1, 2, INFINITY, -INFINITY, NAN};
    gf_field *field = find_field("classic", NULL);

    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        gf_vec2 p = {outside[i], 0.5}, v = gf_field_at(p, field);
        gf_mat2 m = gf_field_jacobian(p, field);
        ck_assert(isnan(v.x) && isnan(v.y));
        ck_assert(isnan(m.xx) && isnan(m.xy) && isnan(m.yx) && isnan(m.yy));
    }
    ck_assert(isnan(gf_field_at((gf_vec2){0.5, NAN}, field).x));
    gf_field_free(field);

    field = find_field("total-variation", NULL); /* its ends belong to it */
    ck_assert(isfinite(gf_field_at((gf_vec2){0.5, 0.5}, field).x));
    ck_assert(isnan(gf_field_at((gf_vec2){0.5000001, 0.5}, field).x));
    gf_field_free(field);
}
END_TEST

START_TEST(test_a_range_knows_its_ends)
{
    gf_range open = {0, 1, false, false}, closed = {0, 1, true, true};
    gf_range line = {-INFINITY, INFINITY, false, false};

    ck_assert(!gf_range_has(open, 0) && !gf_range_has(open, 1));
    ck_assert(gf_range_has(closed, 0) && gf_range_has(closed, 1));
    ck_assert(gf_range_has(open, 0.5) && !gf_range_has(closed, 1.5));
    ck_assert(gf_range_has(line, 0) && !gf_range_has(line, INFINITY));
    ck_assert(!gf_range_has(line, NAN) && !gf_range_has(closed, NAN));
}
END_TEST

/* E f'(m + s xi) with f' = sigmoid(-x), by a plain sum over a fine grid. */
static double mean_slope(double m, double s)
{
    double sum = 0, h = 1e-3;

    for (int i = -12000; i <= 12000; i++) {
        double x = i * h;
        sum += exp(-x * x / 2) / (1 + exp(m + s * x)) * h;
    }
    return sum / sqrt(2 * M_PI);
}

START_TEST(test_a_field_with_thousands_of_slots_is_evaluated)
{
    gf_field *field = find_field("dirac-instance-noise", NULL);
    gf_vec2 p = {0.5, 1.5}, v = gf_field_at(p, field);

    ck_assert_uint_gt(gf_tape_slots(field->velocity_tape), 256);
    assert_close(v.x, -p.y * mean_slope(p.x * p.y, 0.7 * p.y), TOL3);
    gf_field_free(field);
}
END_TEST

START_TEST(test_a_field_too_large_for_its_tapes_is_refused)
{
    static const char text[] =
        "[field]\nlet f(t) = sin(t)\nlet g(t) = gauss(f, t, 1 + t^2)\n"
        "let h(t) = gauss(g, t*u, v)\ndu = h(u) + h(v)\ndv = h(u*v)\n";
    gf_field *field;
    gf_error error;

    ck_assert_int_eq(
        gf_field_read_text(&field, "a", "a.ini", text, NULL, &error), GF_LIMIT);
    ck_assert_str_eq(error.file, "a.ini");
}
END_TEST

START_TEST(test_binding_leaves_no_parameter)
{
    gf_field *field = find_field("lsgan", NULL);
    gf_expr bound = gf_field_bind(field, field->velocity[0]);

    for (size_t i = 0; i < field->parameter_count; i++)
        ck_assert(
            !gf_expr_depends(field->graph, bound, field->parameter[i].symbol));
    ck_assert(gf_expr_depends(field->graph, bound, field->axis[0]));
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("field/velocity", test_velocities_read_like_theory,
                     test_values_are_those_of_the_formula,
                     test_outside_of_the_domain_there_is_nothing,
                     test_a_range_knows_its_ends,
                     test_a_field_with_thousands_of_slots_is_evaluated,
                     test_a_field_too_large_for_its_tapes_is_refused,
                     test_binding_leaves_no_parameter);
}
