/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include <ganfield/fact.h>
#include <ganfield/init.h>

#include <math.h>
#include <string.h>

static gf_fact find(const char *name)
{
    gf_fact fact;
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(gf_fact_find(&fact, name, NULL, NULL, 1, &error) == GF_OK,
                  "%s: %s", name, error.message);
    return fact;
}

static double cell(const gf_fact *fact, size_t row, const char *column)
{
    for (size_t k = 0; k < fact->columns; k++)
        if (strcmp(fact->column[k], column) == 0)
            return fact->cell[row * fact->columns + k];
    ck_abort_msg("no column %s", column);
}

/* What stands beside a number is what it is. */
START_TEST(test_every_number_agrees_with_its_other)
{
    size_t compared = 0;

    for (size_t i = 0; gf_fact_name(i); i++) {
        gf_fact fact = find(gf_fact_name(i));
        ck_assert_str_eq(fact.name, gf_fact_name(i));
        ck_assert_str_eq(fact.title, gf_fact_title(i));
        ck_assert(fact.rows > 1 && fact.columns > 1);
        for (size_t k = 0; k < fact.notes; k++) {
            const gf_fact_note *note = &fact.note[k];
            if (isnan(note->other) || strcmp(note->against, "at most") == 0)
                continue;
            /* the gradient off by its own vanishing remainder */
            double tol = strcmp(fact.name, "vanishing") == 0 ? 1e-3 : TOL3;
            assert_close(note->value, note->other, tol);
            compared++;
        }
        gf_fact_clear(&fact);
    }
    ck_assert_uint_ge(compared, 10);
}
END_TEST

/* Ledger K57: C(G) = 2 JS - log 4. */
START_TEST(test_k57_value_of_the_optimal_discriminator)
{
    static const char *const pair[][2] = {
        {"normal(0,1)", "normal(0,1)"},
        {"uniform(0,1)", "uniform(0.5,1.5)"},
        {"mixture(point(0), uniform(0,1))", "mixture(point(0), point(1))"}};

    for (size_t i = 0; i < 3; i++) {
        gf_distribution *d[2] = {NULL, NULL};
        gf_fact fact;
        for (int k = 0; k < 2; k++)
            ck_assert_int_eq(gf_distribution_read(&d[k], pair[i][k], NULL),
                             GF_OK);
        ck_assert_int_eq(
            gf_fact_find(&fact, "discriminator", d[0], d[1], 0, NULL), GF_OK);
        assert_close(fact.note[0].value, fact.note[0].other, 1e-13);
        if (i == 0)
            assert_close(fact.note[0].value, -1.386294361119891, 1e-13);
        gf_fact_clear(&fact);
        gf_distribution_free(d[0]);
        gf_distribution_free(d[1]);
    }
}
END_TEST

/* Ledger K59: both sides, and D*(0) at theta = 1. */
START_TEST(test_k59_log_d)
{
    static const double row[][3] = {
        /* theta, both sides, 2 dJS/dtheta */
        {0.5, 0.2647364938851478, 0.2352635061148522},
        {1, 0.6020271328167502, 0.3979728671832498},
        {2, 1.550400490793327, 0.4495995092066728}};
    gf_fact fact = find("log-d");

    for (size_t i = 0; i < 3; i++) {
        size_t at = (size_t)(row[i][0] / 0.125);
        assert_close(cell(&fact, at, "theta"), row[i][0], TOL0);
        assert_close(cell(&fact, at, "E[-grad log D*]"), row[i][1], 1e-13);
        assert_close(cell(&fact, at, "grad(KL - 2 JS)"), row[i][1], TOL3);
        assert_close(cell(&fact, at, "grad 2 JS"), row[i][2], TOL3);
    }
    gf_fact_clear(&fact);
    fact = find("vanishing");
    /* the minimax gradient is that of 2 JS */
    assert_close(cell(&fact, 4, "minimax"), 0.3979728671832498, 1e-13);
    assert_close(cell(&fact, 8, "minimax"), 0.4495995092066728, 1e-13);
    assert_close(cell(&fact, 4, "JS"), 0.1114214821847362, 1e-13);
    for (size_t i = 9; i < fact.rows; i++) {
        ck_assert(cell(&fact, i, "minimax") < cell(&fact, i - 1, "minimax"));
        ck_assert(cell(&fact, i, "non-saturating") >
                  cell(&fact, i - 1, "non-saturating"));
    }
    gf_fact_clear(&fact);
    fact = find("discriminator");
    /* x = 1/2 is in the middle of the table, and D*(x) = sigmoid(1/2 - x) */
    for (size_t i = 0; i < fact.rows; i++)
        assert_close(cell(&fact, i, "D*"),
                     1 / (1 + exp(cell(&fact, i, "x") - 0.5)), 1e-13);
    gf_fact_clear(&fact);
}
END_TEST

START_TEST(test_the_gradient_keeps_its_bound)
{
    gf_fact fact = find("near-optimal");

    for (size_t i = 0; i < fact.rows; i++)
        ck_assert(cell(&fact, i, "gradient") < cell(&fact, i, "bound"));
    gf_fact_clear(&fact);
}
END_TEST

/* Ledger K60: JS (the sum) of two points and their middle; its root. */
START_TEST(test_k60_js_is_no_metric_but_its_root)
{
    gf_fact fact = find("metric");

    ck_assert(fact.note[0].value > 1.5);
    ck_assert(fact.note[1].value <= 1 && fact.note[1].value > 0.95);
    assert_close(fact.note[2].value, 1.386294361119891 / 0.8630462173553428,
                 1e-13);
    assert_close(fact.note[3].value, 1.177410022515475 / 1.313808370619812,
                 1e-13);
    gf_fact_clear(&fact);
}
END_TEST

/* Ledger K61. */
START_TEST(test_k61_saturation)
{
    gf_fact fact = find("saturation");

    assert_close(cell(&fact, 0, "|d log(1-D)/ds|"), 0.001, TOL0);
    assert_close(cell(&fact, 0, "|d log D/ds|"), 0.999, TOL0);
    ck_assert(fact.note[0].value < 1e-8);
    gf_fact_clear(&fact);
}
END_TEST

/* Ledger K62, and the two equations integrated in small steps. */
START_TEST(test_k62_disjoint_support)
{
    gf_fact fact = find("disjoint");
    const double step = 1e-3, p_d = 0.2;
    double u = 0, d = 0.5;

    /* p_d t = 1 */
    assert_close(cell(&fact, 20, "u, in logits"), 0.4428544010023886, 1e-14);
    assert_close(fact.note[0].value, 1.875, TOL0);
    for (size_t i = 1; i <= 7; i++) {
        for (int k = 0; k < 250; k++) {
            double v = u + step / 2 * p_d / (1 + exp(u));
            double e = d + step / 2 * p_d / d;
            u += step * p_d / (1 + exp(v));
            d += step * p_d / e;
        }
        assert_close(cell(&fact, i, "u, in logits"), u, 1e-7);
        assert_close(cell(&fact, i, "D, by itself"), d, 1e-6);
    }
    ck_assert(isnan(cell(&fact, 8, "D, by itself")));
    gf_fact_clear(&fact);
}
END_TEST

/* No critic says more than the divergence; the optimal one says it. */
START_TEST(test_variational_bounds_are_bounds)
{
    gf_fact fact = find("f-gan");

    for (size_t i = 0; i < fact.rows; i++)
        for (size_t k = 1; k < fact.columns; k++) {
            double share = fact.cell[i * fact.columns + k];
            ck_assert(isnan(share) || share <= 1 + 1e-12);
            if (cell(&fact, i, "c") == 1)
                assert_close(share, 1, 1e-12);
        }
    gf_fact_clear(&fact);
}
END_TEST

/* By differences of log densities, and by the critic's own equations. */
START_TEST(test_the_critic_follows_the_generator)
{
    gf_fact fact = find("response");
    gf_distribution *d[4] = {NULL};
    static const char *const text[] = {
        "normal(0.7001,1.3)", "normal(0.6999,1.3)", "normal(0.7,1.3001)",
        "normal(0.7,1.2999)"};

    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(gf_distribution_read(&d[i], text[i], NULL), GF_OK);
    for (size_t i = 0; i < fact.rows; i++) {
        double x = cell(&fact, i, "x"), log_p[4];
        for (int k = 0; k < 4; k++)
            log_p[k] = gf_distribution_log_density(d[k], x);
        assert_close(cell(&fact, i, "A of m"), -(log_p[0] - log_p[1]) / 2e-4,
                     1e-6);
        assert_close(cell(&fact, i, "A of s"), -(log_p[2] - log_p[3]) / 2e-4,
                     1e-6);
        assert_close(cell(&fact, i, "critic, m"), cell(&fact, i, "A of m"),
                     TOL3);
        assert_close(cell(&fact, i, "critic, s"), cell(&fact, i, "A of s"),
                     TOL3);
    }
    for (int i = 0; i < 4; i++)
        gf_distribution_free(d[i]);
    gf_fact_clear(&fact);
}
END_TEST

/* In one dimension: the field moves quantiles, and is flat. */
START_TEST(test_the_connection_of_the_line_is_flat)
{
    gf_fact fact = find("otto");

    ck_assert(fact.note[0].value < 1e-5); /* moved quantiles */
    ck_assert(fact.note[1].value < 1e-6); /* curvature */
    ck_assert(fact.note[2].value < 1e-9); /* a closed loop */
    /* far out each half is a normal alone: its mode moves it by 1 */
    assert_close(cell(&fact, fact.rows - 1, "v of m"), 1, 1e-6);
    assert_close(cell(&fact, fact.rows - 1, "v of s"), (4 - 1.5) / 0.8, 1e-6);
    assert_close(cell(&fact, 0, "v of m"), -1, 1e-6);
    gf_fact_clear(&fact);
}
END_TEST

/* In the plane: -[U,V]/4, and half the area for small loops (issue 6). */
START_TEST(test_plane_normals_are_curved)
{
    static const double row[][2] = {
        {0.2, 0.5051}, {0.1, 0.5013}, {0.05, 0.5003}};
    gf_fact fact = find("holonomy");

    for (size_t i = 0; i < fact.rows; i++) {
        double r = cell(&fact, i, "radius");
        /* in the frame that turns with the loop the field is constant, and
           turns by pi sqrt(1 - r^2) while the frame turns by pi */
        double angle = acos(-1) * (1 - sqrt(1 - r * r));
        assert_close(cell(&fact, i, "angle"), angle, 1e-12);
        for (int k = 0; k < 3; k++)
            if (r == row[k][0])
                ck_assert(fabs(cell(&fact, i, "angle/area") - row[k][1]) <
                          5e-5);
    }
    assert_close(cell(&fact, 0, "angle/area"), 0.5, 1e-4);
    gf_fact_clear(&fact);
}
END_TEST

START_TEST(test_an_unknown_fact_is_refused)
{
    gf_fact fact;
    gf_error error;

    gf_error_clear(&error);
    ck_assert_int_eq(gf_fact_find(&fact, "metrik", NULL, NULL, 0, &error),
                     GF_NAME);
    ck_assert_ptr_nonnull(strstr(error.message, "'metric'"));
}
END_TEST

int main(void)
{
    gf_init();
    return RUN_TESTS(
        "analysis/fact", test_every_number_agrees_with_its_other,
        test_k57_value_of_the_optimal_discriminator, test_k59_log_d,
        test_the_gradient_keeps_its_bound,
        test_k60_js_is_no_metric_but_its_root, test_k61_saturation,
        test_k62_disjoint_support, test_variational_bounds_are_bounds,
        test_the_critic_follows_the_generator,
        test_the_connection_of_the_line_is_flat, test_plane_normals_are_curved,
        test_an_unknown_fact_is_refused);
}
