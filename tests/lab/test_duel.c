/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duels against differences of their gains, in every combination of generator,
   critic, objective and link. */
#include <ganfield/duel.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"

enum { BATCH = 7, MOST = 60 };

static const char *const generators[] = {"linear(0.7,0.2)",
                                         "piecewise(0.5,-1,0.8,1.1)",
                                         "1-4-1:tanh", "3-3-1:gelu,ln"};
static const char *const critics[] = {"logistic(0.6,-0.1)", "1-4-1:tanh",
                                      "1-3-3-1:softplus,residual"};

/* Objectives; the first two with D from a link. */
static const struct {
    const char *variant, *link;
} objectives[] = {
    {"classic", "sigmoid(u)"}, {"nonsaturating", "sigmoid(u)"},
    {"lsgan", NULL},           {"wgan", NULL},
    {"lsgan", "sigmoid(u)"},   {"exponential", NULL},
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

typedef struct fixture {
    gf_field *field;
    gf_distribution *data;
    gf_duel *duel;
    size_t size, first;
    double z[MOST];
} fixture;

static void set_up(fixture *f, const char *generator, const char *critic,
                   const char *variant, const char *link)
{
    gf_settings settings = {.link = link};
    gf_duel_setup setup = {.batch = BATCH, .seed = 5};
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(gf_field_find(&f->field, variant, &settings, &error) == GF_OK,
                  "%s: %s", variant, error.message);
    ck_assert_int_eq(gf_distribution_read(&f->data, "normal(0.5,1.2)", NULL),
                     GF_OK);
    setup.field = f->field;
    setup.data = f->data;
    ck_assert_int_eq(
        gf_fighter_read(&setup.fighter[GF_CRITIC], GF_CRITIC, critic, NULL),
        GF_OK);
    ck_assert_int_eq(gf_fighter_read(&setup.fighter[GF_GENERATOR], GF_GENERATOR,
                                     generator, NULL),
                     GF_OK);
    ck_assert_int_eq(gf_duel_new(&f->duel, &setup, NULL), GF_OK);
    f->size = gf_duel_size(f->duel);
    f->first = gf_duel_first(f->duel);
    ck_assert_uint_le(f->size, MOST);
    gf_duel_start(f->z, f->duel);
    gf_duel_deal(f->duel, 3);
}

static void tear_down(fixture *f)
{
    gf_duel_free(f->duel);
    gf_distribution_free(f->data);
    gf_field_free(f->field);
}

static void each(void (*check)(fixture *f))
{
    for (size_t g = 0; g < COUNT(generators); g++)
        for (size_t c = 0; c < COUNT(critics); c++)
            for (size_t o = 0; o < COUNT(objectives); o++) {
                fixture f;
                set_up(&f, generators[g], critics[c], objectives[o].variant,
                       objectives[o].link);
                check(&f);
                tear_down(&f);
            }
}

/* --- gradients --------------------------------------------------------- */

static void check_gradients(fixture *f)
{
    const double h = 1e-6;
    double velocity[MOST], full[2][MOST];

    gf_duel_velocity(velocity, f->duel, f->z, 0, f->size);
    for (size_t player = 0; player < 2; player++)
        gf_duel_gradient(full[player], f->duel, player, f->z);
    for (size_t i = 0; i < f->size; i++) {
        double at[MOST], gain[2][2];
        size_t own = i < f->first ? GF_CRITIC : GF_GENERATOR;
        memcpy(at, f->z, sizeof at);
        for (int side = 0; side < 2; side++) {
            at[i] = f->z[i] + (side ? -h : h);
            gf_duel_gains(gain[side], f->duel, at);
        }
        for (size_t player = 0; player < 2; player++) {
            double want = (gain[0][player] - gain[1][player]) / (2 * h);
            assert_close(full[player][i], want, 1e-8);
        }
        assert_close(velocity[i], full[own][i], TOL2);
    }
}

START_TEST(test_gradients_are_differences_of_gains)
{
    each(check_gradients);
}
END_TEST

/* --- products ---------------------------------------------------------- */

static double wave(size_t i)
{
    return sin(1.3 * (double)i + 0.4);
}

static void check_products(fixture *f)
{
    const double h = 1e-5;
    double d[MOST], e[MOST], at[MOST], v[2][MOST], product[MOST];
    double transposed[MOST], forth = 0, back = 0;

    for (size_t i = 0; i < f->size; i++) {
        d[i] = wave(i);
        e[i] = wave(3 * i + 1);
    }
    ck_assert_int_eq(gf_duel_product(product, f->duel, f->z, d, NULL), GF_OK);
    ck_assert_int_eq(gf_duel_transposed(transposed, f->duel, f->z, e, NULL),
                     GF_OK);
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < f->size; i++)
            at[i] = f->z[i] + (side ? -h : h) * d[i];
        gf_duel_velocity(v[side], f->duel, at, 0, f->size);
    }
    for (size_t i = 0; i < f->size; i++) {
        assert_close(product[i], (v[0][i] - v[1][i]) / (2 * h), 1e-7);
        forth += e[i] * product[i];
        back += transposed[i] * d[i];
    }
    assert_close(forth, back, 1e-11);
}

START_TEST(test_products_are_differences_of_velocities)
{
    each(check_products);
}
END_TEST

static void check_hessians(fixture *f)
{
    const double h = 1e-5;
    double d[MOST], at[MOST], g[2][MOST], product[MOST];

    for (size_t i = 0; i < f->size; i++)
        d[i] = wave(i);
    for (size_t player = 0; player < 2; player++) {
        ck_assert_int_eq(
            gf_duel_hessian(product, f->duel, player, f->z, d, NULL), GF_OK);
        for (int side = 0; side < 2; side++) {
            for (size_t i = 0; i < f->size; i++)
                at[i] = f->z[i] + (side ? -h : h) * d[i];
            gf_duel_gradient(g[side], f->duel, player, at);
        }
        for (size_t i = 0; i < f->size; i++)
            assert_close(product[i], (g[0][i] - g[1][i]) / (2 * h), 1e-7);
    }
}

/* Along one player alone. */
static void check_own_hessians(fixture *f)
{
    for (size_t player = 0; player < 2; player++) {
        size_t begin = player == GF_CRITIC ? 0 : f->first;
        size_t end = player == GF_CRITIC ? f->first : f->size;
        double d[MOST] = {0}, own[MOST], all[MOST];
        for (size_t i = begin; i < end; i++)
            d[i] = wave(i);
        ck_assert_int_eq(gf_duel_hessian(all, f->duel, player, f->z, d, NULL),
                         GF_OK);
        ck_assert_int_eq(
            gf_duel_own_hessian(own, f->duel, player, f->z, d + begin, NULL),
            GF_OK);
        for (size_t i = begin; i < end; i++)
            assert_close(own[i - begin], all[i], 1e-14);
    }
}

START_TEST(test_own_hessians_are_blocks)
{
    each(check_own_hessians);
}
END_TEST

START_TEST(test_hessians_are_differences_of_gradients)
{
    each(check_hessians);
}
END_TEST

/* --- logits ------------------------------------------------------------ */

START_TEST(test_sure_critics_have_finite_gains_and_slopes)
{
    fixture f;
    double gain[2], v[MOST];

    /* u is about 400 at the data and at the fakes */
    set_up(&f, "linear(0.1,40)", "logistic(10,0)", "classic", "sigmoid(u)");
    f.z[0] = 10;
    gf_duel_gains(gain, f.duel, f.z);
    gf_duel_velocity(v, f.duel, f.z, 0, f.size);
    ck_assert(gain[GF_CRITIC] < -390 && gain[GF_CRITIC] > -420);
    ck_assert(gain[GF_GENERATOR] > 390 && gain[GF_GENERATOR] < 420);
    /* -log(1 - sigmoid(u)) has slope 1 there: dI/db = c */
    assert_close(v[f.first + 1], 10, 1e-14);
    tear_down(&f);
}
END_TEST

/* --- batches ----------------------------------------------------------- */

START_TEST(test_batches_depend_on_their_number_alone)
{
    fixture f;
    double data[BATCH], latent[BATCH];

    set_up(&f, "linear", "logistic", "wgan", NULL);
    memcpy(data, gf_duel_dealt(f.duel).data, sizeof data);
    memcpy(latent, gf_duel_dealt(f.duel).latent, sizeof latent);
    gf_duel_deal(f.duel, 4);
    ck_assert(memcmp(data, gf_duel_dealt(f.duel).data, sizeof data) != 0);
    gf_duel_deal(f.duel, 3);
    ck_assert(memcmp(data, gf_duel_dealt(f.duel).data, sizeof data) == 0);
    ck_assert(memcmp(latent, gf_duel_dealt(f.duel).latent, sizeof latent) == 0);
    tear_down(&f);
}
END_TEST

/* --- texts ------------------------------------------------------------- */

START_TEST(test_bad_players_are_told)
{
    static const struct {
        size_t player;
        const char *text;
        gf_status status;
    } rows[] = {
        {GF_GENERATOR, "linear(1)", GF_SYNTAX},
        {GF_GENERATOR, "linear(1", GF_SYNTAX},
        {GF_GENERATOR, "linear(", GF_SYNTAX},
        {GF_GENERATOR, "linear(1,2,3)", GF_SYNTAX},
        {GF_GENERATOR, "linear(1,2", GF_SYNTAX},
        {GF_GENERATOR, "linear(1,x)", GF_SYNTAX},
        {GF_GENERATOR, "linear(1,inf)", GF_SYNTAX},
        {GF_GENERATOR, "piecewise(1,2)", GF_SYNTAX},
        {GF_CRITIC, "2-4-1:tanh", GF_ARGUMENT},
        {GF_CRITIC, "1-99999-99999-1:tanh", GF_LIMIT},
    };
    gf_fighter fighter;

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(gf_fighter_read(&fighter, rows[i].player, rows[i].text,
                                      NULL) == rows[i].status,
                      "%s", rows[i].text);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/duel", test_gradients_are_differences_of_gains,
                     test_products_are_differences_of_velocities,
                     test_hessians_are_differences_of_gradients,
                     test_own_hessians_are_blocks,
                     test_sure_critics_have_finite_gains_and_slopes,
                     test_batches_depend_on_their_number_alone,
                     test_bad_players_are_told);
}
