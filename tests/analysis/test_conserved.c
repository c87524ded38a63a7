/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where classify proves a first integral, a flow keeps the energy: two layers
   that know nothing of each other. */
#include <ganfield/classify.h>
#include <ganfield/flow.h>

#include <math.h>
#include <stdio.h>

#include "harness.h"

static void assert_keeps_energy(const gf_classification *c, gf_vec2 start,
                                double tol)
{
    gf_flow_options options = {
        .until = 30, .every = 10, .rtol = 1e-12, .atol = 1e-14};
    gf_trajectory run;
    gf_error error = {.status = GF_OK};

    gf_trajectory_init(&run);
    gf_status status = gf_flow_run(&run, c->field, start, &options, &error);
    ck_assert_msg(status == GF_OK, "%s", error.message);
    double first = gf_energy_at(c, start);
    for (size_t i = 1; i < run.count; i++) {
        if (run.stop != GF_STOP_END && i + 1 == run.count)
            break; /* on the edge */
        assert_close(gf_energy_at(c, run.row[i].at), first, tol);
    }
    gf_trajectory_clear(&run);
}

/* f1 = -f2, an odd polynomial or a tanh: every field of the kind is conserved,
   whatever f3. */
static void make_texts(char text[3][200], uint64_t *seed)
{
    double a = random_between(seed, 0.5, 2), b = random_between(seed, 0, 1);
    double c = random_between(seed, 0.5, 2), d = random_between(seed, 0, 1);
    bool is_bounded = random_bits(seed) % 2;

    snprintf(text[0], sizeof text[0],
             is_bounded ? "%.3f*tanh(D) + %.3f*D" : "%.3f*D + %.3f*D^3", a, b);
    snprintf(text[1], sizeof text[1],
             is_bounded ? "-%.3f*tanh(D) - %.3f*D" : "-%.3f*D - %.3f*D^3", a,
             b);
    snprintf(text[2], sizeof text[2], "%.3f*D + %.3f*sinh(D)", c, d);
}

START_TEST(test_random_fields_keep_what_is_proved)
{
    uint64_t seed = 7;
    size_t proved = 0, count = is_long_run() ? 200 : 6;

    for (size_t i = 0; i < count; i++) {
        char text[3][200], p_d[40], speed[40];
        make_texts(text, &seed);
        const char *const f[3] = {text[0], text[1], text[2]};
        snprintf(p_d, sizeof p_d, "p_d=%.3f", random_between(&seed, 0.1, 1));
        snprintf(speed, sizeof speed, "%.3f,1", random_between(&seed, 0.2, 3));
        const char *set[] = {p_d};
        gf_settings settings = {
            .set = set, .set_count = 1, .speed = speed, .gauge = "0"};
        gf_field *field = NULL;
        gf_classification c;
        gf_classification_init(&c);
        ck_assert_int_eq(gf_field_pointwise(&field, f, &settings, NULL), GF_OK);
        ck_assert_int_eq(gf_classify(&c, field, NULL, NULL), GF_OK);
        if (c.has_energy && c.energy.first_integral == GF_YES) {
            proved++;
            for (int k = 0; k < 2; k++)
                assert_keeps_energy(&c,
                                    (gf_vec2){random_between(&seed, -1, 1),
                                              random_between(&seed, 0, 1.5)},
                                    1e-9);
        }
        gf_classification_clear(&c);
        gf_field_free(field);
    }
    ck_assert_uint_gt(2 * proved, count);
}
END_TEST

/* Off the data every variant is conserved. */
START_TEST(test_the_catalogue_is_conserved_without_data)
{
    const char *set[] = {"p_d=0"};
    gf_settings settings = {.set = set, .set_count = 1};
    uint64_t seed = 8;
    size_t proved = 0;

    for (size_t i = 0; i < gf_catalog_count(); i += is_long_run() ? 1 : 4) {
        gf_field *field = NULL;
        gf_classification c;
        if (gf_field_find(&field, gf_catalog_name(i), &settings, NULL))
            continue; /* a planar one without p_d */
        gf_classification_init(&c);
        ck_assert_int_eq(gf_classify(&c, field, NULL, NULL), GF_OK);
        if (c.has_energy && c.energy.first_integral == GF_YES) {
            double d0 = field->equilibrium.d0;
            proved++;
            assert_keeps_energy(
                &c,
                (gf_vec2){d0 + random_between(&seed, -0.02, 0.02),
                          random_between(&seed, -0.02, 0.02)},
                1e-9);
        }
        gf_classification_clear(&c);
        gf_field_free(field);
    }
    ck_assert_uint_gt(proved, is_long_run() ? 15 : 3);
}
END_TEST

/* And where it falls for certain, it falls. */
START_TEST(test_energy_falls_where_it_is_proved_to)
{
    static const char *const names[] = {"classic", "nonsaturating", "quadratic",
                                        "kl", "classic-logit"};
    uint64_t seed = 9;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        gf_field *field = NULL;
        gf_classification c;
        gf_trajectory run;
        gf_flow_options options = {.until = 10};
        gf_classification_init(&c);
        gf_trajectory_init(&run);
        ck_assert_int_eq(gf_field_find(&field, names[i], NULL, NULL), GF_OK);
        ck_assert_int_eq(gf_classify(&c, field, NULL, NULL), GF_OK);
        ck_assert_int_eq(c.energy.decay, GF_YES);
        gf_vec2 start = {field->equilibrium.d0 +
                             random_between(&seed, -0.3, 0.3),
                         random_between(&seed, 0, 1)};
        ck_assert_int_eq(gf_flow_run(&run, field, start, &options, NULL),
                         GF_OK);
        for (size_t k = 1; k < run.count; k++)
            ck_assert_double_le(gf_energy_at(&c, run.row[k].at),
                                gf_energy_at(&c, run.row[k - 1].at) + 1e-10);
        gf_trajectory_clear(&run);
        gf_classification_clear(&c);
        gf_field_free(field);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/conserved",
                     test_random_fields_keep_what_is_proved,
                     test_the_catalogue_is_conserved_without_data,
                     test_energy_falls_where_it_is_proved_to);
}
