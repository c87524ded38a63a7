/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trainings against theory: near a rest point by the spectrum of the game, and
   the game of nets against that of the kernel layer. */
#include <ganfield/players.h>

#include <math.h>
#include <string.h>

#include "gym.h"
#include "harness.h"

enum { BATCH = 64 };

/* Simultaneous steps of 0.05 on one batch of quantiles. */
static void set_up(gym *g, const char *variant, const char *link,
                   const char *generator, const char *critic)
{
    gym_open(g, &(gym_plan){variant, link, "normal(0.5,1.1)", generator, critic,
                            "sgd"});
    g->setup.order = GF_SIMULTANEOUS;
    g->setup.step[0] = g->setup.step[1] = 0.05;
    g->setup.steps = g->setup.every = 100000;
    g->setup.duel.batch = BATCH;
    g->setup.duel.is_full = true;
    g->setup.duel.seed = 0;
}

/* --- linear against logistic ------------------------------------------- */

/* The rest point c = d = 0, b = the mean of the data, any a; and the Jacobian
   there in (c, d, a, b), by hand, from the moments of the batch:

       classic, nonsaturating    -(Ex^2 + Ey^2)/4  -Ex/2  0  -1/2
                                 -Ex/2             -1/2   0   0
                                  0                 0     0   0
                                  1/2               0     0   0

   wgan: dc/dt = Ex - Ey, db/dt = c. */
typedef struct linear {
    double mean, z[4], matrix[4][4];
} linear;

static void set_linear(linear *l, gf_duel *duel, bool is_wgan, double a)
{
    gf_duel_batch batch = gf_duel_dealt(duel);
    double square = 0, half = is_wgan ? 1 : 0.5;

    memset(l, 0, sizeof *l);
    for (size_t i = 0; i < batch.count; i++)
        l->mean += batch.data[i] / (double)batch.count;
    for (size_t i = 0; i < batch.count; i++) {
        double y = a * batch.latent[i] + l->mean;
        square += (batch.data[i] * batch.data[i] + y * y) / (double)batch.count;
    }
    l->z[2] = a;
    l->z[3] = l->mean;
    l->matrix[0][3] = -half;
    l->matrix[3][0] = half;
    if (is_wgan)
        return;
    l->matrix[0][0] = -square / 4;
    l->matrix[0][1] = l->matrix[1][0] = -l->mean / 2;
    l->matrix[1][1] = -0.5;
}

/* log |x_n|/n of x_{n+1} = (1 + h M) x_n. */
static double predicted(const linear *l, double h, size_t from, size_t steps)
{
    double x[4] = {0.6, -0.3, 0, 0.5}, size = 0;

    for (size_t n = 0; n < from + steps; n++) {
        double next[4], norm = 0;
        for (int i = 0; i < 4; i++) {
            next[i] = x[i];
            for (int k = 0; k < 4; k++)
                next[i] += h * l->matrix[i][k] * x[k];
            norm += next[i] * next[i];
        }
        norm = sqrt(norm);
        size += n >= from ? log(norm) : 0;
        for (int i = 0; i < 4; i++)
            x[i] = next[i] / norm;
    }
    return size / (double)steps;
}

static double off(const gf_training *t, const linear *l)
{
    const double *z = gf_training_state(t);

    return sqrt(z[0] * z[0] + z[1] * z[1] +
                (z[3] - l->mean) * (z[3] - l->mean));
}

static void check_rates(const char *variant, const char *link)
{
    enum { FROM = 400, STEPS = 1200 };
    bool is_wgan = strcmp(variant, "wgan") == 0;
    gym f;
    linear l;
    gf_training *t;
    double d[4], column[4], before, rate, want;

    set_up(&f, variant, link, "linear", "logistic");
    f.setup.duel.fighter[0].has_numbers = true;
    f.setup.duel.fighter[1].has_numbers = true;
    f.setup.duel.fighter[0].number[0] = 6e-4;
    f.setup.duel.fighter[0].number[1] = -3e-4;
    f.setup.duel.fighter[1].number[0] = 0.9;
    f.setup.duel.fighter[1].number[1] = 0.5;
    t = gym_train(&f);
    set_linear(&l, gf_training_duel(t), is_wgan, 0.9);
    for (size_t k = 0; k < 4; k++) {
        memset(d, 0, sizeof d);
        d[k] = 1;
        ck_assert_int_eq(
            gf_duel_product(column, gf_training_duel(t), l.z, d, NULL), GF_OK);
        for (size_t i = 0; i < 4; i++)
            assert_close(column[i], l.matrix[i][k], 1e-13);
    }
    gym_go(t, FROM);
    before = off(t, &l);
    gym_go(t, FROM + STEPS);
    rate = log(off(t, &l) / before) / STEPS;
    want = predicted(&l, f.setup.step[0], FROM, STEPS);
    ck_assert_msg(fabs(rate / want - 1) < 0.05, "%s: rate %g, predicted %g",
                  variant, rate, want);
    gf_training_free(t);
    gym_close(&f);
}

START_TEST(test_linear_gans_follow_the_spectrum)
{
    check_rates("classic", "sigmoid(u)");
    check_rates("nonsaturating", "sigmoid(u)");
    check_rates("wgan", NULL);
}
END_TEST

/* c+ = c + h (m - b), b+ = b + h c+ keeps an ellipse. */
START_TEST(test_alternating_wgan_circles)
{
    gym f;
    linear l;
    gf_training *t;
    double h, least = INFINITY, most = 0;

    set_up(&f, "wgan", NULL, "linear(1,0.7)", "logistic(0,0)");
    f.setup.order = GF_ALTERNATING;
    f.setup.step[0] = f.setup.step[1] = h = 0.2;
    t = gym_train(&f);
    set_linear(&l, gf_training_duel(t), true, 1);
    for (size_t n = 1; n <= 3000; n++) {
        gym_go(t, n);
        double c = gf_training_state(t)[0];
        double b = gf_training_state(t)[3] - l.mean;
        double energy = c * c + b * b - h * c * b;
        least = fmin(least, energy);
        most = fmax(most, energy);
    }
    ck_assert_double_lt(most / least - 1, 1e-10);
    gf_training_free(t);
    gym_close(&f);
}
END_TEST

/* --- nets -------------------------------------------------------------- */

/* A full batch is a cloud of data points and particles of the kernel layer. */
START_TEST(test_players_have_the_same_velocity)
{
    static const char *const variants[] = {"classic", "nonsaturating", "lsgan",
                                           "wgan"};
    enum { MOST = 80 };

    for (size_t k = 0; k < 4; k++) {
        double weight[BATCH], density[BATCH], z[MOST], want[MOST], got[MOST];
        gf_net critic, generator;
        gf_players *players;
        gf_duel *duel;
        gym f;
        set_up(&f, variants[k], k < 2 ? "sigmoid(u)" : NULL, "1-7-1:softplus",
               "1-6-1:tanh");
        ck_assert_int_eq(gf_duel_new(&duel, &f.setup.duel, NULL), GF_OK);
        gf_duel_start(z, duel);
        for (size_t i = 0; i < BATCH; i++) {
            weight[i] = 1.0 / BATCH;
            density[i] = 1;
        }
        gf_net_init(&critic);
        gf_net_init(&generator);
        ck_assert_int_eq(
            gf_net_make(&critic, &f.setup.duel.fighter[0].net, NULL), GF_OK);
        ck_assert_int_eq(
            gf_net_make(&generator, &f.setup.duel.fighter[1].net, NULL), GF_OK);
        gf_players_setup setup = {.field = f.field,
                                  .critic = &critic,
                                  .generator = &generator,
                                  .representation = GF_PUSHFORWARD,
                                  .cloud = {BATCH, weight, density},
                                  .x = gf_duel_dealt(duel).data,
                                  .z = gf_duel_dealt(duel).latent,
                                  .particles = BATCH};
        ck_assert_int_eq(gf_players_new(&players, &setup, NULL), GF_OK);
        ck_assert_uint_eq(gf_players_size(players), gf_duel_size(duel));
        gf_players_velocity(want, players, z, 0, gf_duel_size(duel));
        gf_duel_velocity(got, duel, z, 0, gf_duel_size(duel));
        for (size_t i = 0; i < gf_duel_size(duel); i++)
            assert_close(got[i], want[i], 1e-13);
        gf_players_free(players);
        gf_net_clear(&critic);
        gf_net_clear(&generator);
        gf_duel_free(duel);
        gym_close(&f);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/rates", test_linear_gans_follow_the_spectrum,
                     test_alternating_wgan_circles,
                     test_players_have_the_same_velocity);
}
