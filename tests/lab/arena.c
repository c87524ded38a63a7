/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/arena.h"

#include <math.h>
#include <stdlib.h>

#include "harness.h"

const arena_plan arena_lines = {.variant = "nonsaturating",
                                .link = "sigmoid(u)",
                                .data = "normal(1,1.25)",
                                .generator = "linear(0.7,0.2)",
                                .critic = "logistic(0.6,-0.1)",
                                .batch = 31};

static void must(gf_status status, const char *text, const gf_error *error)
{
    ck_assert_msg(status == GF_OK, "%s: %s", text, error->message);
}

void arena_open(arena *a, const arena_plan *plan)
{
    gf_settings settings = {.link = plan->link};
    gf_duel_setup setup = {
        .batch = plan->batch, .is_full = plan->is_full, .seed = 5};
    gf_error error;

    gf_error_clear(&error);
    must(gf_field_find(&a->field, plan->variant, &settings, &error),
         plan->variant, &error);
    must(gf_distribution_read(&a->data, plan->data, &error), plan->data,
         &error);
    setup.field = a->field;
    setup.data = a->data;
    must(gf_fighter_read(&setup.fighter[GF_CRITIC], GF_CRITIC, plan->critic,
                         &error),
         plan->critic, &error);
    must(gf_fighter_read(&setup.fighter[GF_GENERATOR], GF_GENERATOR,
                         plan->generator, &error),
         plan->generator, &error);
    must(gf_duel_new(&a->duel, &setup, &error), "duel", &error);
    a->size = gf_duel_size(a->duel);
    a->first = gf_duel_first(a->duel);
    a->z = malloc(a->size * sizeof *a->z);
    ck_assert_ptr_nonnull(a->z);
    gf_duel_start(a->z, a->duel);
    gf_duel_deal(a->duel, 3);
    a->batch = gf_duel_dealt(a->duel);
}

void arena_close(arena *a)
{
    gf_duel_free(a->duel);
    gf_distribution_free(a->data);
    gf_field_free(a->field);
    free(a->z);
}

double arena_sigmoid(double s)
{
    return 1 / (1 + exp(-s));
}
