/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A training from texts, for tests. */
#ifndef GF_TESTS_LAB_GYM_H
#define GF_TESTS_LAB_GYM_H

#include <ganfield/training.h>

typedef struct gym_plan {
    const char *variant, *link, *data, *generator, *critic, *rule;
} gym_plan;

typedef struct gym {
    gf_field *field;
    gf_distribution *data;
    gf_training_setup setup; /* both players by the rule, jointly; batches of
                                16, 40 steps of 0.01 in turns, rows at every
                                7th: to be changed */
} gym;

void gym_open(gym *g, const gym_plan *plan);
void gym_close(gym *g);

/* A training of the setup as it is. */
gf_training *gym_train(const gym *g);
/* Lets it go on. */
void gym_go(gf_training *t, size_t until);

#endif
