/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gym.h"

#include "harness.h"

void gym_open(gym *g, const gym_plan *plan)
{
    gf_settings settings = {.link = plan->link};
    gf_training_setup *s = &g->setup;
    gf_fighter *fighter = s->duel.fighter;

    *g = (gym){.setup = {.is_joint = true,
                         .order = GF_ALTERNATING,
                         .step = {0.01, 0.01},
                         .steps = 40,
                         .every = 7,
                         .samples = 100,
                         .duel = {.batch = 16, .seed = 3}}};
    ck_assert_int_eq(gf_field_find(&g->field, plan->variant, &settings, NULL),
                     GF_OK);
    ck_assert_int_eq(gf_distribution_read(&g->data, plan->data, NULL), GF_OK);
    s->duel.field = g->field;
    s->duel.data = g->data;
    ck_assert_int_eq(
        gf_fighter_read(&fighter[GF_CRITIC], GF_CRITIC, plan->critic, NULL),
        GF_OK);
    ck_assert_int_eq(gf_fighter_read(&fighter[GF_GENERATOR], GF_GENERATOR,
                                     plan->generator, NULL),
                     GF_OK);
    ck_assert_int_eq(gf_training_rule_read(&s->rule[0], plan->rule, NULL),
                     GF_OK);
    s->rule[1] = s->rule[0];
}

void gym_close(gym *g)
{
    gf_distribution_free(g->data);
    gf_field_free(g->field);
}

gf_training *gym_train(const gym *g)
{
    gf_training *t = NULL;
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(gf_training_new(&t, &g->setup, &error) == GF_OK, "%s",
                  error.message);
    return t;
}

void gym_go(gf_training *t, size_t until)
{
    ck_assert_int_eq(gf_training_go(t, until, NULL, NULL, NULL), GF_OK);
}
