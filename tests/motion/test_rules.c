/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules: one update of each by hand, on the linear game v = J z. */
#include <ganfield/game.h>

#include <math.h>
#include <string.h>

#include "linear.h"

/* --- by hand ----------------------------------------------------------- */

typedef struct pair {
    double x, y;
} pair;

static pair v(pair z)
{
    return (pair){matrix[0][0] * z.x + matrix[0][1] * z.y,
                  matrix[1][0] * z.x + matrix[1][1] * z.y};
}

/* z + f H w */
static pair go(pair z, double f, pair w)
{
    return (pair){z.x + f * H[0] * w.x, z.y + f * H[1] * w.y};
}

static pair back(pair w)
{
    return (pair){matrix[0][0] * w.x + matrix[1][0] * w.y,
                  matrix[0][1] * w.x + matrix[1][1] * w.y};
}

/* x of (1 - H K) x = b for a 2x2 K */
static pair solve(double k00, double k01, double k10, double k11, pair b)
{
    double a = 1 - H[0] * k00, c = -H[0] * k01, d = -H[1] * k10,
           e = 1 - H[1] * k11, det = a * e - c * d;

    return (pair){(e * b.x - c * b.y) / det, (a * b.y - d * b.x) / det};
}

/* One update of a rule, from z and from what it remembers. */
static pair by_sgd(pair z, pair *memory)
{
    (void)memory;
    return go(z, 1, v(z));
}

static pair by_heavy_ball(pair z, pair *m)
{
    pair w = v(z);

    *m = (pair){-0.5 * m->x + w.x, 0.25 * m->y + w.y};
    return go(z, 1, *m);
}

static pair by_nesterov(pair z, pair *m)
{
    pair w = v(go(z, 0.5, *m));

    *m = (pair){0.5 * m->x + w.x, 0.5 * m->y + w.y};
    return go(z, 1, *m);
}

static pair by_extragradient(pair z, pair *memory)
{
    (void)memory;
    return go(z, 1, v(go(z, 1, v(z))));
}

static pair by_past_extragradient(pair z, pair *past)
{
    *past = v(go(z, 1, past->x == 0 ? v(z) : *past));
    return go(z, 1, *past);
}

static pair by_optimistic(pair z, pair *past)
{
    pair w = v(z), last = past->x == 0 ? w : *past;

    *past = w;
    return go(go(z, 2, w), -1, last);
}

static pair by_rk2(pair z, pair *memory)
{
    pair k1 = v(z), k2 = v(go(z, 1, k1));

    (void)memory;
    return go(go(z, 0.5, k1), 0.5, k2);
}

static pair by_rk3(pair z, pair *memory)
{
    pair k1 = v(z), k2 = v(go(z, 0.5, k1)), k3 = v(go(go(z, -1, k1), 2, k2));

    (void)memory;
    return go(go(go(z, 1 / 6., k1), 4 / 6., k2), 1 / 6., k3);
}

static pair by_rk4(pair z, pair *memory)
{
    pair k1 = v(z), k2 = v(go(z, 0.5, k1)), k3 = v(go(z, 0.5, k2)),
         k4 = v(go(z, 1, k3));

    (void)memory;
    z = go(go(z, 1 / 6., k1), 2 / 6., k2);
    return go(go(z, 2 / 6., k3), 1 / 6., k4);
}

static pair by_consensus(pair z, pair *memory)
{
    (void)memory;
    return go(go(z, 1, v(z)), -0.3, back(v(z)));
}

static pair by_sga(pair z, pair *memory)
{
    pair w = v(z);

    (void)memory;
    return go(go(go(z, 1, w), 0.2, v(w)), -0.2, back(w));
}

static pair by_competitive(pair z, pair *memory)
{
    pair w = solve(0, matrix[0][1], matrix[1][0], 0, go((pair){0, 0}, 1, v(z)));

    (void)memory;
    return (pair){z.x + w.x, z.y + w.y};
}

static pair by_implicit(pair z, pair *memory)
{
    (void)memory;
    return solve(matrix[0][0], matrix[0][1], matrix[1][0], matrix[1][1], z);
}

/* k = 2: the memory holds the slow point, and whether it is full. */
static pair by_lookahead(pair z, pair *slow)
{
    pair w = go(z, 1, v(z));

    if (slow->x == 0) {
        *slow = z;
        return w;
    }
    z = *slow;
    *slow = (pair){0, 0};
    return (pair){z.x + 0.25 * (w.x - z.x), z.y + 0.25 * (w.y - z.y)};
}

static const struct {
    const char *rule;
    pair (*update)(pair z, pair *memory);
} by_hand[] = {
    {"sgd", by_sgd},
    {"heavy-ball:beta=-0.5,beta_g=0.25", by_heavy_ball},
    {"nesterov:beta=0.5", by_nesterov},
    {"extragradient", by_extragradient},
    {"past-extragradient", by_past_extragradient},
    {"optimistic", by_optimistic},
    {"rk2", by_rk2},
    {"rk3", by_rk3},
    {"rk4", by_rk4},
    {"consensus:gamma=0.3", by_consensus},
    {"sga:lambda=0.4", by_sga},
    {"competitive", by_competitive},
    {"implicit", by_implicit},
    {"lookahead:k=2,alpha=0.25", by_lookahead},
};

START_TEST(test_updates_are_those_of_the_theory)
{
    for (size_t i = 0; i < sizeof by_hand / sizeof *by_hand; i++) {
        gf_mover *m = mover(&plain, by_hand[i].rule, GF_SIMULTANEOUS);
        pair z = {0.8, -1.1}, memory = {0, 0};
        gf_mover_state(m)[0] = z.x;
        gf_mover_state(m)[1] = z.y;
        for (size_t n = 0; n < 6; n++) {
            z = by_hand[i].update(z, &memory);
            ck_assert(gf_mover_step(m, H));
            assert_close(gf_mover_reported(m)[0], z.x, TOL1);
            assert_close(gf_mover_reported(m)[1], z.y, TOL1);
        }
        gf_mover_free(m);
    }
}
END_TEST

START_TEST(test_averaging_reports_the_mean)
{
    gf_mover *m = mover(&plain, "averaging", GF_SIMULTANEOUS);
    pair z = {0.8, -1.1}, sum = z;

    gf_mover_state(m)[0] = z.x;
    gf_mover_state(m)[1] = z.y;
    for (int n = 1; n < 30; n++) {
        z = go(z, 1, v(z));
        sum = (pair){sum.x + z.x, sum.y + z.y};
        ck_assert(gf_mover_step(m, H));
        assert_close(gf_mover_reported(m)[0], sum.x / (n + 1), TOL1);
        assert_close(gf_mover_reported(m)[1], sum.y / (n + 1), TOL1);
    }
    gf_mover_free(m);
}
END_TEST

/* --- normalized steps -------------------------------------------------- */

/* Ledger K38: the first steps are lr sign(g), and lr sign(g)/sqrt(1 - rho);
   then the recursion, written out. */
START_TEST(test_normalized_steps)
{
    const double h[2] = {0.01, 0.03};
    double z[2] = {0.8, -1.1}, mean[2] = {0, 0}, square[2] = {0, 0},
           top[2] = {0, 0}, g[2];
    gf_mover *adam =
        mover(&plain, "amsgrad:beta1=0.8,beta2=0.9,eps=1e-9", GF_SIMULTANEOUS);
    gf_mover *rms = mover(&plain, "rmsprop:rho=0.99", GF_SIMULTANEOUS);

    memcpy(gf_mover_state(adam), z, sizeof z);
    memcpy(gf_mover_state(rms), z, sizeof z);
    velocity(g, z, 0, 2, NULL);
    ck_assert(gf_mover_step(rms, h));
    for (size_t i = 0; i < 2; i++)
        assert_close(gf_mover_state(rms)[i] - z[i], copysign(10 * h[i], g[i]),
                     1e-7);
    for (int n = 1; n <= 30; n++) {
        velocity(g, z, 0, 2, NULL);
        for (size_t i = 0; i < 2; i++) {
            mean[i] = 0.8 * mean[i] + 0.2 * g[i];
            square[i] = 0.9 * square[i] + 0.1 * g[i] * g[i];
            top[i] = fmax(top[i], square[i]);
            z[i] += h[i] * (mean[i] / (1 - pow(0.8, n))) /
                    (sqrt(top[i] / (1 - pow(0.9, n))) + 1e-9);
        }
        ck_assert(gf_mover_step(adam, h));
        assert_close(gf_mover_state(adam)[0], z[0], TOL2);
        assert_close(gf_mover_state(adam)[1], z[1], TOL2);
    }
    gf_mover_free(adam);
    gf_mover_free(rms);
}
END_TEST

START_TEST(test_optimistic_adam_takes_twice_less_the_last)
{
    const double h[2] = {0.01, 0.01};
    const char *text = "optimistic-adam:beta1=0,beta2=0,eps=1e-300";
    gf_mover *m = mover(&plain, text, GF_SIMULTANEOUS);
    double *z = gf_mover_state(m);

    z[0] = 0.8, z[1] = -1.1; /* v = (0.87, 0.5): signs (1, 1) */
    ck_assert(gf_mover_step(m, h));
    assert_close(z[0], 0.82, TOL1);
    ck_assert(gf_mover_step(m, h));
    assert_close(z[0], 0.83, TOL1);
    assert_close(z[1], -1.07, TOL1);
    gf_mover_free(m);
}
END_TEST

int main(void)
{
    return RUN_TESTS("motion/rules", test_updates_are_those_of_the_theory,
                     test_averaging_reports_the_mean, test_normalized_steps,
                     test_optimistic_adam_takes_twice_less_the_last);
}
