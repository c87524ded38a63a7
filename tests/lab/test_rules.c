/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trainings by every rule, by differences, and by two ways to write a game. */
#include <math.h>
#include <string.h>

#include "gym.h"
#include "harness.h"

/* Every rule of the table, and natural gradients, on nets in either order. */
START_TEST(test_all_rules_train)
{
    for (size_t i = 0; i <= gf_optimizer_count(); i++)
        for (int order = 0; order < 2; order++) {
            const char *name = i < gf_optimizer_count()
                                   ? gf_optimizer_row(i)->name
                                   : "natural-gradient:damping=0.1";
            gym f;
            gf_training *t;
            if (strcmp(name, "natural") == 0)
                continue;
            gym_open(&f, &(gym_plan){"lsgan", NULL, "normal(0.5,1)",
                                     "1-4-1:tanh", "1-4-1:softplus", name});
            f.setup.order = (gf_order)order;
            t = gym_train(&f);
            gym_go(t, f.setup.steps);
            ck_assert_msg(gf_training_step(t) == f.setup.steps, "%s", name);
            for (size_t k = 0; k < gf_duel_size(gf_training_duel(t)); k++)
                ck_assert_msg(isfinite(gf_training_state(t)[k]), "%s", name);
            gf_training_free(t);
            gym_close(&f);
        }
}
END_TEST

/* Central differences give the same course, to their error. */
START_TEST(test_differences_train_alike)
{
    gym f;
    gf_training *exact, *rough;

    gym_open(&f, &(gym_plan){"nonsaturating", "sigmoid(u)", "normal(1,1)",
                             "piecewise(0.5,-1,0.5,1)", "1-3-1:tanh", "sgd"});
    exact = gym_train(&f);
    f.setup.duel.difference = 1e-4;
    rough = gym_train(&f);
    gym_go(exact, f.setup.steps);
    gym_go(rough, f.setup.steps);
    for (size_t k = 0; k < gf_duel_size(gf_training_duel(exact)); k++) {
        ck_assert(gf_training_state(exact)[k] != gf_training_state(rough)[k]);
        assert_close(gf_training_state(rough)[k], gf_training_state(exact)[k],
                     1e-8);
    }
    gf_training_free(exact);
    gf_training_free(rough);
    gym_close(&f);
}
END_TEST

/* f-GAN's T = log sigmoid(u) is the logit of the classic game. */
START_TEST(test_two_ways_to_write_a_game_train_alike)
{
    gym f[2];
    gf_training *t[2];

    gym_open(&f[0], &(gym_plan){"gan", "-softplus(-u)", "normal(1,1)",
                                "1-4-1:tanh", "1-4-1:relu", "adam"});
    gym_open(&f[1], &(gym_plan){"classic", "sigmoid(u)", "normal(1,1)",
                                "1-4-1:tanh", "1-4-1:relu", "adam"});
    for (int i = 0; i < 2; i++) {
        t[i] = gym_train(&f[i]);
        gym_go(t[i], f[i].setup.steps);
    }
    for (size_t k = 0; k < gf_duel_size(gf_training_duel(t[0])); k++)
        assert_close(gf_training_state(t[0])[k], gf_training_state(t[1])[k],
                     1e-9);
    for (int i = 0; i < 2; i++) {
        gf_training_free(t[i]);
        gym_close(&f[i]);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/rules", test_all_rules_train,
                     test_differences_train_alike,
                     test_two_ways_to_write_a_game_train_alike);
}
