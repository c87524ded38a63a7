/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trials: stopped at any moment and resumed, they have the same bytes. */
#include <ganfield/trials.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"

enum { RUNS = 2, SEEDS = 2 };

typedef struct fixture {
    gf_field *field;
    gf_distribution *data;
    gf_trial trial[RUNS];
    gf_trial_plan plan;
} fixture;

static void set_up(fixture *f)
{
    static const char *const rule[RUNS] = {"adam", "natural-gradient"};

    *f = (fixture){.plan = {.count = RUNS, .seeds = SEEDS, .seed = 4}};
    ck_assert_int_eq(gf_field_find(&f->field, "wgan", NULL, NULL), GF_OK);
    ck_assert_int_eq(gf_distribution_read(&f->data, "laplace(1,2)", NULL),
                     GF_OK);
    for (size_t i = 0; i < RUNS; i++) {
        gf_training_setup *s = &f->trial[i].setup;
        f->trial[i].label = rule[i];
        s->step[0] = s->step[1] = 0.01;
        s->steps = 60 + 30 * i;
        s->samples = 50;
        s->duel =
            (gf_duel_setup){.field = f->field, .data = f->data, .batch = 8};
        ck_assert_int_eq(gf_fighter_read(&s->duel.fighter[GF_CRITIC], GF_CRITIC,
                                         "1-3-1:tanh", NULL),
                         GF_OK);
        ck_assert_int_eq(gf_fighter_read(&s->duel.fighter[GF_GENERATOR],
                                         GF_GENERATOR, "2-3-1:relu", NULL),
                         GF_OK);
        for (size_t k = 0; k < 2; k++)
            ck_assert_int_eq(gf_training_rule_read(&s->rule[k], rule[i], NULL),
                             GF_OK);
    }
    f->plan.trial = f->trial;
}

static void tear_down(fixture *f)
{
    gf_distribution_free(f->data);
    gf_field_free(f->field);
}

static bool stop_at(size_t done, size_t total, void *ctx)
{
    const size_t *at = ctx;

    ck_assert_uint_le(done, total);
    return done < *at;
}

static void compare(const gf_trials *a, const gf_trials *b)
{
    for (size_t i = 0; i < RUNS * SEEDS; i++) {
        size_t n = gf_training_numbers(a->training[i]);
        double *x = calloc(n, sizeof *x), *y = calloc(n, sizeof *y);
        ck_assert(x && y);
        gf_training_save(x, a->training[i]);
        gf_training_save(y, b->training[i]);
        ck_assert(memcmp(x, y, n * sizeof *x) == 0);
        free(x);
        free(y);
    }
}

START_TEST(test_stopped_trials_go_on_with_the_same_bytes)
{
    char path[] = "trials.part.XXXXXX";
    int file = mkstemp(path);
    fixture f;
    gf_trials whole, part;

    ck_assert_int_ge(file, 0);
    close(file);
    set_up(&f);
    gf_trials_init(&whole);
    gf_trials_init(&part);
    ck_assert_int_eq(gf_trials_run(&whole, &f.plan, NULL, NULL), GF_OK);
    ck_assert(whole.is_whole);
    for (size_t stop = 1; stop < 300; stop += 61) {
        size_t never = 1000, at = stop;
        gf_sweep_options o = {.threads = 1 + stop % 3,
                              .progress = stop_at,
                              .progress_ctx = &at,
                              .journal = path,
                              .identity = "trials"};
        unlink(path);
        ck_assert_int_eq(gf_trials_run(&part, &f.plan, &o, NULL), GF_OK);
        ck_assert(!part.is_whole && part.done >= stop);
        o.resume = true;
        o.progress_ctx = &never;
        ck_assert_int_eq(gf_trials_run(&part, &f.plan, &o, NULL), GF_OK);
        ck_assert(part.is_whole);
        ck_assert_uint_eq(part.done, SEEDS * (60 + 90));
        compare(&whole, &part);
    }
    unlink(path);
    gf_trials_clear(&whole);
    gf_trials_clear(&part);
    tear_down(&f);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/trials",
                     test_stopped_trials_go_on_with_the_same_bytes);
}
