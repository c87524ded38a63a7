/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two spectra of many nets, which are one, and what no net can do while its
 * kernel is frozen. */
#include <ganfield/play.h>

#include <stdio.h>
#include <string.h>

#include "kernel/nets.h"

enum { POINTS = 4, SEEDS = 5, ROUNDS = 1000 };

/* A play without a run, on points so far apart that no kernel is all but
 * singular: modes go like the root of its eigenvalues, and so do errors. */
static void play(gf_play *out, const char *variant, const char *critic,
                 const char *generator, gf_representation how)
{
    static gf_distribution *data;
    static const double x[POINTS] = {-2, -0.7, 0.4, 1.9};
    gf_field *field;
    gf_play_setup setup = {.representation = how, .x = x, .count = POINTS};
    gf_error error;

    gf_error_clear(&error);
    ck_assert_int_eq(gf_field_find(&field, variant, NULL, NULL), GF_OK);
    ck_assert_int_eq(gf_distribution_read(&data, "normal(0,0.8)", NULL), GF_OK);
    ck_assert_msg(!gf_net_parse(&setup.critic, critic, &error), "%s: %s",
                  critic, error.message);
    ck_assert_msg(!gf_net_parse(&setup.generator, generator, &error), "%s: %s",
                  generator, error.message);
    setup.field = field;
    setup.data = data;
    gf_play_init(out);
    ck_assert_msg(!gf_play_run(out, &setup, &error), "%s against %s: %s",
                  critic, generator, error.message);
    ck_assert(out->has_modes);
    gf_distribution_free(data);
    gf_field_free(field);
}

/* Nonzero eigenvalues by the parameters and by the points, K from the layers'
 * formula and from gradients: 13 nets, 3 objectives, 5 seeds. */
START_TEST(test_two_spectra_agree)
{
    static const char *const critics[] = {"1-8-1:tanh",
                                          "1-6-6-1:relu",
                                          "1-6-1:leaky-relu(0.2)",
                                          "1-5-5-1:gelu",
                                          "1-8-1:softplus",
                                          "1-8-1:sin",
                                          "1-6-1:erf,wn",
                                          "1-6-1:swish,sn",
                                          "1-6-1:softplus,ln",
                                          "1-6-1:tanh,bn-pre",
                                          "1-6-1:gelu,bn-post",
                                          "1-6-6-1:tanh,residual",
                                          "1-7-1:sigmoid,ntk(1.5,0.2)"};
    static const char *const variants[] = {"classic-logit", "lsgan", "wgan"};
    size_t met = 0;

    for (size_t i = 0; i < sizeof critics / sizeof *critics; i++)
        for (size_t v = 0; v < 3; v++)
            for (int seed = 0; seed < SEEDS; seed++) {
                char critic[80], generator[80];
                gf_play p;
                snprintf(critic, sizeof critic, "%s,seed=%d", critics[i],
                         2 * seed);
                snprintf(generator, sizeof generator, "1-6-1:tanh,%sseed=%d",
                         i % 2 ? "" : "head=softplus,", 2 * seed + 1);
                play(&p, variants[v], critic, generator,
                     i % 2 ? GF_SOFTMAX : GF_DENSITY);
                ck_assert_msg(p.has_parameter_modes && p.mismatch < 1e-10,
                              "%s, %s: %g apart", variants[v], critic,
                              p.mismatch);
                ck_assert_uint_eq(p.modes.unstable, 0);
                ck_assert_uint_gt(p.modes.count, 3);
                met++;
                gf_play_clear(&p);
            }
    ck_assert_uint_eq(met, 195);
}
END_TEST

static size_t pick(uint64_t *seed, size_t count)
{
    size_t i = (size_t)random_between(seed, 0, (double)count);

    return i < count ? i : count - 1;
}

static void random_net(char line[120], uint64_t *seed, const char *const *norm,
                       size_t norms)
{
    static const char *const rules[] = {"he", "lecun", "xavier", "normal:0.5",
                                        "orthogonal"};
    const char *activation =
        gf_activation_row(pick(seed, gf_activation_count()))->name;
    size_t at = 1, layers = 1 + pick(seed, 3);

    strcpy(line, "1");
    for (size_t l = 0; l < layers; l++)
        at += (size_t)sprintf(line + at, "-%zu", 1 + pick(seed, 8));
    sprintf(line + at, "-1:%s%s,init=%s,seed=%zu", activation,
            norm[pick(seed, norms)], rules[pick(seed, 5)], pick(seed, 1000000));
}

/* Re lambda <= 0 for all frozen kernels, for what satisfies section 2b
 * (theory.md; K65). */
START_TEST(test_no_frozen_net_grows)
{
    static const char *const variants[] = {
        "classic-logit", "nonsaturating-logit",
        "lsgan",         "quadratic",
        "wgan",          "kl",
        "pearson",       "hellinger"};
    static const char *const norms[] = {"",    ",ln",     ",wn",
                                        ",sn", ",bn-pre", ",bn-post"};
    uint64_t seed = 65;

    for (size_t i = 0; i < ROUNDS; i++) {
        char critic[120], generator[120];
        gf_play p;
        random_net(critic, &seed, norms, 6);
        random_net(generator, &seed, norms, 1);
        play(&p, variants[i % 8], critic, generator,
             i / 8 % 2 ? GF_SOFTMAX : GF_DENSITY);
        ck_assert_msg(p.modes.unstable == 0, "%s: %s against %s",
                      variants[i % 8], critic, generator);
        ck_assert_uint_eq(p.modes.zero + p.modes.count, 2 * POINTS);
        gf_play_clear(&p);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/spectra", test_two_spectra_agree,
                     test_no_frozen_net_grows);
}
