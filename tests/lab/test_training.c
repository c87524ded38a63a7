/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trainings: predicted rates, order of turns, clipping, keeping, threads. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gym.h"
#include "harness.h"

/* --- keeping ----------------------------------------------------------- */

/* All bytes that a training would be kept as. */
static double *bytes_of(const gf_training *t)
{
    double *kept = calloc(gf_training_numbers(t), sizeof *kept);

    ck_assert_ptr_nonnull(kept);
    gf_training_save(kept, t);
    return kept;
}

static void check_resumed(const gym *f)
{
    gf_training *whole = gym_train(f), *first = gym_train(f),
                *second = gym_train(f);
    double *kept, *want, *got;

    gym_go(whole, f->setup.steps);
    gym_go(first, 17);
    kept = bytes_of(first);
    gf_training_free(first);
    ck_assert_int_eq(gf_training_restore(second, kept, NULL), GF_OK);
    gym_go(second, f->setup.steps);
    want = bytes_of(whole);
    got = bytes_of(second);
    ck_assert(memcmp(want, got, gf_training_numbers(whole) * sizeof *got) == 0);
    free(kept);
    free(want);
    free(got);
    gf_training_free(whole);
    gf_training_free(second);
}

START_TEST(test_a_resumed_training_has_the_same_bytes)
{
    static const char *const rules[] = {
        "sgd",       "adam:beta1=0.5", "extragradient",
        "averaging", "consensus",      "natural-gradient:momentum=0.8",
        "lookahead", "optimistic-adam"};

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        for (int variety = 0; variety < 4; variety++) {
            gym f;
            gym_open(&f, &(gym_plan){"nonsaturating", "sigmoid(u)",
                                     "mixture(normal(-2,0.35),normal(2,0.35))",
                                     "2-4-1:relu", "1-4-1:tanh", rules[i]});
            f.setup.is_joint = variety & 1;
            f.setup.redraw = variety & 2;
            f.setup.critic_steps = 2;
            f.setup.pictures = 5;
            if (variety & 1)
                f.setup.order = GF_SIMULTANEOUS;
            check_resumed(&f);
            gym_close(&f);
        }
}
END_TEST

START_TEST(test_numbers_do_not_depend_on_threads)
{
    enum { COUNT = 5 };
    double *want[COUNT];

    for (size_t threads = 1; threads <= 3; threads++) {
        gf_training *t[COUNT];
        gym f;
        gym_open(&f, &(gym_plan){"wgan", NULL, "uniform(-1,1)", "linear",
                                 "1-5-1:tanh", "adam"});
        for (size_t i = 0; i < COUNT; i++) {
            f.setup.duel.seed = i;
            t[i] = gym_train(&f);
        }
        ck_assert_int_eq(gf_training_go_all(t, COUNT, f.setup.steps, threads,
                                            NULL, NULL, NULL),
                         GF_OK);
        for (size_t i = 0; i < COUNT; i++) {
            double *got = bytes_of(t[i]);
            ck_assert_uint_eq(gf_training_step(t[i]), f.setup.steps);
            if (threads == 1) {
                want[i] = got;
            } else {
                ck_assert(memcmp(got, want[i],
                                 gf_training_numbers(t[i]) * sizeof *got) == 0);
                free(got);
            }
            gf_training_free(t[i]);
        }
        gym_close(&f);
    }
    for (size_t i = 0; i < COUNT; i++)
        free(want[i]);
}
END_TEST

/* --- turns ------------------------------------------------------------- */

/* By hand: two critic steps, each clipped before the next and before the
   generator sees it. */
START_TEST(test_the_critic_is_clipped_after_each_of_its_moves)
{
    gym f;
    gf_training *t;
    gf_duel *duel;
    double z[4], v[4];

    gym_open(&f, &(gym_plan){"wgan", NULL, "normal(1,2)", "linear(0.5,0.1)",
                             "logistic(0.2,0.05)", "sgd"});
    f.setup.clip = 0.25;
    f.setup.critic_steps = 2;
    f.setup.step[0] = 0.3;
    t = gym_train(&f);
    ck_assert_int_eq(gf_duel_new(&duel, &f.setup.duel, NULL), GF_OK);
    gf_duel_start(z, duel);
    for (size_t turn = 0; turn < 9; turn++) {
        size_t from = turn % 3 == 2 ? 2 : 0;
        gf_duel_deal(duel, turn);
        gf_duel_velocity(v, duel, z, from, from + 2);
        for (size_t i = from; i < from + 2; i++) {
            z[i] += f.setup.step[from / 2] * v[i];
            if (from == 0)
                z[i] = fmin(fmax(z[i], -0.25), 0.25);
        }
    }
    gym_go(t, 3);
    for (size_t i = 0; i < 4; i++)
        ck_assert(gf_training_state(t)[i] == z[i]);
    ck_assert(z[0] == 0.25); /* it was needed */
    gf_duel_free(duel);
    gf_training_free(t);
    gym_close(&f);
}
END_TEST

/* --- pictures and drift ------------------------------------------------ */

START_TEST(test_pictures_are_states_at_even_steps)
{
    gym f;
    gf_training *t, *other;

    gym_open(&f, &(gym_plan){"wgan", NULL, "normal(1,2)", "linear",
                             "1-3-1:tanh", "adam"});
    f.setup.pictures = 5;
    t = gym_train(&f);
    other = gym_train(&f);
    gym_go(t, f.setup.steps);
    for (size_t k = 0; k < 5; k++) {
        size_t step = 0;
        const double *z = gf_training_picture(&step, t, k);
        ck_assert_uint_eq(step, 10 * k);
        gym_go(other, step);
        ck_assert(memcmp(z, gf_training_state(other),
                         gf_duel_size(gf_training_duel(t)) * sizeof *z) == 0);
    }
    ck_assert_ptr_null(gf_training_picture(&(size_t){0}, t, 5));
    gf_training_free(t);
    gf_training_free(other);
    gym_close(&f);
}
END_TEST

/* Lines have kernels that stay; of a net the mean of K over x and y, from
   differences of f by each parameter, at the 16 quantiles. */
START_TEST(test_drift_is_that_of_the_kernel)
{
    enum { N = 16, MOST = 20 };
    double x[N], k[2][N * N], up[N], down[N], slope[MOST][N], off = 0, size = 0;
    const gf_training_row *row;
    gym f;
    gf_training *t;
    gf_duel *duel;

    gym_open(&f, &(gym_plan){"nonsaturating", "sigmoid(u)", "uniform(-1,3)",
                             "linear", "1-3-1:tanh", "sgd"});
    f.setup.step[0] = 0.5;
    t = gym_train(&f);
    duel = gf_training_duel(t);
    size_t n = gf_duel_first(duel);
    double z[MOST];
    for (size_t i = 0; i < N; i++)
        x[i] = -1 + 4 * ((double)i + 0.5) / N;
    for (int end = 0; end < 2; end++) {
        gym_go(t, end == 0 ? 0 : f.setup.steps);
        memcpy(z, gf_training_state(t), gf_duel_size(duel) * sizeof *z);
        for (size_t p = 0; p < n; p++) {
            double at = z[p];
            z[p] = at + 1e-5;
            gf_duel_criticise(up, duel, z, x, N);
            z[p] = at - 1e-5;
            gf_duel_criticise(down, duel, z, x, N);
            z[p] = at;
            for (size_t i = 0; i < N; i++)
                slope[p][i] = (up[i] - down[i]) / 2e-5;
        }
        for (size_t i = 0; i < N * N; i++) {
            k[end][i] = 0;
            for (size_t p = 0; p < n; p++)
                k[end][i] += slope[p][i / N] * slope[p][i % N];
        }
    }
    for (size_t i = 0; i < N * N; i++) {
        off += (k[1][i] - k[0][i]) * (k[1][i] - k[0][i]);
        size += k[0][i] * k[0][i];
    }
    size_t rows = gf_training_rows(&row, t);
    ck_assert(row[0].value[GF_TRAINING_CRITIC_DRIFT] == 0);
    assert_close(row[rows - 1].value[GF_TRAINING_CRITIC_DRIFT],
                 sqrt(off / size), 1e-8);
    ck_assert(sqrt(off / size) > 0.01);
    ck_assert(row[rows - 1].value[GF_TRAINING_GENERATOR_DRIFT] == 0);
    gf_training_free(t);
    gym_close(&f);
}
END_TEST

/* --- what is refused --------------------------------------------------- */

START_TEST(test_bad_setups_are_told)
{
    gym f;
    gf_training *t;

    gym_open(&f, &(gym_plan){"wgan", NULL, "normal(0,1)", "linear", "logistic",
                             "sgd"});
    for (int i = 0; i < 9; i++) {
        gf_training_setup s = f.setup;
        gf_status want = GF_ARGUMENT;
        if (i == 0)
            s.step[0] = NAN;
        else if (i == 1)
            s.step[1] = 0;
        else if (i == 2)
            s.steps = 0;
        else if (i == 3)
            s.clip = -1;
        else if (i == 4)
            s.duel.batch = 0;
        else if (i == 5)
            s.duel.batch = 2000000, want = GF_LIMIT;
        else if (i == 6)
            s.steps = 2000000, s.every = 1, want = GF_LIMIT;
        else if (i == 8)
            s.pictures = 1;
        else
            s.duel.fighter[0].parameters = 1000000000, want = GF_LIMIT;
        ck_assert_msg(gf_training_new(&t, &s, NULL) == want, "%d", i);
        ck_assert_ptr_null(t);
    }
    gym_close(&f);
}
END_TEST

START_TEST(test_a_training_that_blows_up_is_over)
{
    gym f;
    gf_training *t;

    gym_open(&f, &(gym_plan){"lsgan", NULL, "normal(1,2)", "linear", "logistic",
                             "sgd"});
    f.setup.step[0] = f.setup.step[1] = 1e6;
    f.setup.steps = 100000;
    t = gym_train(&f);
    gym_go(t, f.setup.steps);
    ck_assert(gf_training_is_over(t));
    ck_assert_uint_lt(gf_training_step(t), 1000);
    ck_assert_int_eq(gf_training_judge(t).verdict, GF_TRAINING_DIVERGED);
    gf_training_free(t);
    gym_close(&f);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/training", test_a_resumed_training_has_the_same_bytes,
                     test_numbers_do_not_depend_on_threads,
                     test_the_critic_is_clipped_after_each_of_its_moves,
                     test_pictures_are_states_at_even_steps,
                     test_drift_is_that_of_the_kernel, test_bad_setups_are_told,
                     test_a_training_that_blows_up_is_over);
}
