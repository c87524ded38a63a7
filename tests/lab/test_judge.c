/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts of trainings whose ends are known. */
#include <math.h>

#include "gym.h"
#include "harness.h"

typedef struct known {
    gym_plan plan;
    gf_order order;
    double step;
    size_t steps;
    gf_training_verdict verdict;
} known;

/* The full batch of 200 quantiles, so that nothing is left to chance. */
static gf_judgement judge(const known *k)
{
    gym g;
    gf_training *t;
    gf_judgement j;

    gym_open(&g, &k->plan);
    g.setup.order = k->order;
    g.setup.step[0] = g.setup.step[1] = k->step;
    g.setup.steps = k->steps;
    g.setup.every = k->steps / 60;
    g.setup.samples = 500;
    g.setup.duel.batch = 200;
    g.setup.duel.is_full = true;
    t = gym_train(&g);
    gym_go(t, k->steps);
    j = gf_training_judge(t);
    gf_training_free(t);
    gym_close(&g);
    return j;
}

#define TWO "mixture(normal(-2,0.35),normal(2,0.35))"

static const known rows[] = {
    /* the mean is found, and the spread is right from the start */
    {{"nonsaturating", "sigmoid(u)", "normal(1,1)", "linear(1,0.8)",
      "logistic(0,0)", "sgd"},
     GF_ALTERNATING,
     0.1,
     1200,
     GF_TRAINING_CONVERGED},
    /* the spread is wrong, and a linear critic does not see it */
    {{"nonsaturating", "sigmoid(u)", "normal(1,1)", "linear(0.5,0)",
      "logistic(0,0)", "sgd"},
     GF_ALTERNATING,
     0.1,
     2400,
     GF_TRAINING_STALLED},
    /* a centre */
    {{"wgan", NULL, "normal(1,1)", "linear(1,0)", "logistic(0,0)", "sgd"},
     GF_ALTERNATING,
     0.05,
     2400,
     GF_TRAINING_ORBIT},
    /* the same where both step at once */
    {{"wgan", NULL, "normal(1,1)", "linear(1,0)", "logistic(0,0)", "sgd"},
     GF_SIMULTANEOUS,
     0.2,
     2400,
     GF_TRAINING_DIVERGED},
    /* and where it is on its way, a hundred spreads not yet reached */
    {{"wgan", NULL, "normal(1,1)", "linear(1,0)", "logistic(0.5,0)", "sgd"},
     GF_SIMULTANEOUS,
     0.05,
     3000,
     GF_TRAINING_DIVERGED},
    /* outwards, and not far: neither */
    {{"wgan", NULL, "normal(1,1)", "linear(1,0)", "logistic(0,0)", "sgd"},
     GF_SIMULTANEOUS,
     0.05,
     1200,
     GF_TRAINING_UNKNOWN},
    /* far from the data, as wide as they are, and not moving */
    {{"nonsaturating", "sigmoid(u)", "normal(5,1)", "linear(1,0)",
      "logistic(0,0)", "sgd"},
     GF_ALTERNATING,
     1e-9,
     1200,
     GF_TRAINING_STALLED},
    /* one point, and the samples as near to it: that was wanted */
    {{"nonsaturating", "sigmoid(u)", "point(2)", "linear(0.01,2)",
      "logistic(0,0)", "sgd"},
     GF_ALTERNATING,
     0.1,
     1200,
     GF_TRAINING_CONVERGED},
    /* one of two modes, and nothing at the other */
    {{"nonsaturating", "sigmoid(u)", TWO, "linear(0.35,2)", "logistic(0,0)",
      "sgd"},
     GF_ALTERNATING,
     1e-9,
     1200,
     GF_TRAINING_COLLAPSED},
    /* numbers that end */
    {{"lsgan", NULL, "normal(0,1)", "linear(1,1)", "logistic(0,0)", "sgd"},
     GF_SIMULTANEOUS,
     1e3,
     1200,
     GF_TRAINING_DIVERGED},
    /* no spread at all, between two modes */
    {{"nonsaturating", "sigmoid(u)", TWO, "linear(0.1,0.5)", "logistic(0,0)",
      "sgd"},
     GF_ALTERNATING,
     0.1,
     1200,
     GF_TRAINING_COLLAPSED},
};

/* A critic that sees nothing but the mean, and batches of 4: the mean wanders
   with them, and no row knows of the last one. */
START_TEST(test_noise_is_no_orbit)
{
    static const gym_plan noisy = {"nonsaturating", "sigmoid(u)",
                                   "normal(0,1)",   "linear(1,0)",
                                   "logistic(0,0)", "sgd"};
    gf_training *t;
    gf_judgement j;
    gym g;

    gym_open(&g, &noisy);
    g.setup.order = GF_ALTERNATING;
    g.setup.step[0] = g.setup.step[1] = 0.3;
    g.setup.steps = 50000;
    g.setup.every = 500;
    g.setup.samples = 500;
    g.setup.duel.batch = 4;
    t = gym_train(&g);
    gym_go(t, g.setup.steps);
    j = gf_training_judge(t);
    ck_assert_int_eq(j.verdict, GF_TRAINING_UNKNOWN);
    ck_assert(j.is_noisy && j.swing > 0.25 && 3 * j.crossings > j.rows);
    gf_training_free(t);
    gym_close(&g);
}
END_TEST

START_TEST(test_known_ends)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_judgement j = judge(&rows[i]);
        ck_assert_msg(j.verdict == rows[i].verdict,
                      "%zu: %s; w1 %g .. %g, sd %g .. %g, %zu crossings of %g, "
                      "%g, drift %g",
                      i, gf_training_verdict_name(j.verdict), j.w1_least,
                      j.w1_most, j.sd_least, j.sd_most, j.crossings, j.swing,
                      j.swing_growth, j.drift);
    }
}
END_TEST

/* By hand: W1 of N(1, 1/4) from N(1, 1) is E|z|/2 = sqrt(2/pi)/2. */
START_TEST(test_evidence_is_what_was_measured)
{
    static const known stalled = {{"nonsaturating", "sigmoid(u)", "normal(1,1)",
                                   "linear(0.5,1)", "logistic(0,0)", "sgd"},
                                  GF_ALTERNATING,
                                  0.1,
                                  600,
                                  GF_TRAINING_STALLED};
    gf_judgement j = judge(&stalled);

    ck_assert_int_eq(j.verdict, GF_TRAINING_STALLED);
    assert_close(j.scale, 1, TOL1);
    assert_close(j.w1_most, sqrt(2 / acos(-1)) / 2, 5e-3);
    assert_close(j.sd_most, 0.5, 5e-3);
    ck_assert(j.drift < 1e-10 && j.modes_due == 1 && j.rows == 31);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/judge", test_noise_is_no_orbit, test_known_ends,
                     test_evidence_is_what_was_measured);
}
