/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What docs/studies.md says of trainings, on small ones. */
#include <ganfield/training.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"

typedef struct fixture {
    gf_field *field;
    gf_distribution *data;
    gf_training_setup setup;
} fixture;

static void set_up(fixture *f, const char *data, const char *generator,
                   const char *critic)
{
    gf_settings settings = {.link = "sigmoid(u)"};
    gf_duel_setup *duel = &f->setup.duel;

    *f = (fixture){.setup = {.is_joint = true, .samples = 100, .every = 1}};
    ck_assert_int_eq(gf_field_find(&f->field, "nonsaturating", &settings, NULL),
                     GF_OK);
    ck_assert_int_eq(gf_distribution_read(&f->data, data, NULL), GF_OK);
    *duel = (gf_duel_setup){
        .field = f->field, .data = f->data, .batch = 200, .is_full = true};
    ck_assert_int_eq(
        gf_fighter_read(&duel->fighter[GF_CRITIC], GF_CRITIC, critic, NULL),
        GF_OK);
    ck_assert_int_eq(gf_fighter_read(&duel->fighter[GF_GENERATOR], GF_GENERATOR,
                                     generator, NULL),
                     GF_OK);
}

static void tear_down(fixture *f)
{
    gf_distribution_free(f->data);
    gf_field_free(f->field);
}

/* --- inertia ----------------------------------------------------------- */

enum { STEPS = 3000 };
static const double dt = 0.05;

/* How fast the swings of the generator's mean grow with friction c: a line
   through the logarithms of the first and the last of them. *square: of the
   batch, E x^2. */
static double growth(double c, double *square)
{
    fixture f;
    gf_training *t;
    char rule[64];
    double last[2] = {0, 0}, first_at = 0, first = 0, end_at = 0, end = 0;

    set_up(&f, "normal(0,1)", "linear(1,0.001)", "logistic(0,0)");
    snprintf(rule, sizeof rule, "heavy-ball:beta=%.17g", 1 - c * dt);
    ck_assert_int_eq(gf_training_rule_read(&f.setup.rule[0], rule, NULL),
                     GF_OK);
    f.setup.order = GF_SIMULTANEOUS;
    f.setup.step[0] = f.setup.step[1] = dt * dt;
    f.setup.steps = STEPS;
    f.setup.every = STEPS;
    ck_assert_int_eq(gf_training_new(&t, &f.setup, NULL), GF_OK);
    size_t at = gf_duel_size(gf_training_duel(t)) - 1; /* b of a z + b */
    for (size_t i = 1; i <= STEPS; i++) {
        ck_assert_int_eq(gf_training_go(t, i, NULL, NULL, NULL), GF_OK);
        double b = fabs(gf_training_state(t)[at]);
        if (last[1] > b && last[1] >= last[0] && i > 400) {
            if (first_at == 0) {
                first_at = (double)i * dt;
                first = last[1];
            }
            end_at = (double)i * dt;
            end = last[1];
        }
        last[0] = last[1];
        last[1] = b;
    }
    gf_duel_deal(gf_training_duel(t), 0);
    gf_duel_batch batch = gf_duel_dealt(gf_training_duel(t));
    *square = 0;
    for (size_t i = 0; i < batch.count; i++)
        *square += batch.data[i] * batch.data[i] / (double)batch.count;
    gf_training_free(t);
    tear_down(&f);
    return log(end / first) / (end_at - first_at);
}

/* Near D = 1/2 the mean of the generator and the slope of the critic move by
   l^2 + s^2 l/2 + 1/4 = 0, so that c = |Im l|/sqrt(-Re l) is sqrt(1/s^2 -
   s^2/4) (theory.md, section 3). The steps are 1 % away from the limit of
   small ones. */
START_TEST(test_friction_is_critical_where_the_spectrum_says)
{
    double s2, low = growth(0.8, &s2), high = growth(0.9, &s2);
    double found = 0.8 + 0.1 * low / (low - high);

    ck_assert(low > 0 && high < 0);
    ck_assert_msg(fabs(found / sqrt(1 / s2 - s2 / 4) - 1) < 0.02, "%g for %g",
                  found, sqrt(1 / s2 - s2 / 4));
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/studies",
                     test_friction_is_critical_where_the_spectrum_says);
}
