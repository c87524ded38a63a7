/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One natural step of each player on a full batch, by hand: the metrics of
   lines and of a logistic critic are small sums. */
#include "harness.h"

#include <ganfield/training.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { BATCH = 40, MOST = 6 };
#define DAMPING 0.01
#define STEP 0.5

typedef struct fixture {
    gf_field *field;
    gf_distribution *data;
    gf_training_setup setup;
    gf_training *t;
    double start[MOST], v[MOST], end[MOST];
    gf_duel_batch batch;
} fixture;

static void ask(gf_status status, const gf_error *error)
{
    ck_assert_msg(!status, "%s", error->message);
}

static void set_up(fixture *f, const char *generator, const char *rule,
                   double difference)
{
    gf_settings settings = {.link = "sigmoid(u)"};
    gf_error error;

    memset(f, 0, sizeof *f);
    gf_error_clear(&error);
    ask(gf_field_find(&f->field, "nonsaturating", &settings, &error), &error);
    ask(gf_distribution_read(&f->data, "normal(1,2)", &error), &error);
    f->setup = (gf_training_setup){.duel = {.field = f->field,
                                            .data = f->data,
                                            .batch = BATCH,
                                            .is_full = true,
                                            .difference = difference},
                                   .order = GF_SIMULTANEOUS,
                                   .step = {STEP, STEP},
                                   .steps = 2,
                                   .samples = 20};
    ask(gf_fighter_read(&f->setup.duel.fighter[GF_CRITIC], GF_CRITIC,
                        "logistic(0.4,-0.3)", &error),
        &error);
    ask(gf_fighter_read(&f->setup.duel.fighter[GF_GENERATOR], GF_GENERATOR,
                        generator, &error),
        &error);
    for (size_t i = 0; i < 2; i++)
        ask(gf_training_rule_read(&f->setup.rule[i], rule, &error), &error);
    ask(gf_training_new(&f->t, &f->setup, &error), &error);
    gf_duel *duel = gf_training_duel(f->t);
    gf_duel_start(f->start, duel);
    gf_duel_deal(duel, 0);
    f->batch = gf_duel_dealt(duel);
    gf_duel_velocity(f->v, duel, f->start, 0, gf_duel_size(duel));
    ask(gf_training_go(f->t, 1, NULL, NULL, &error), &error);
    memcpy(f->end, gf_training_state(f->t),
           gf_duel_size(duel) * sizeof *f->end);
}

/* The second step, without the part of the first that momentum carries on. */
static void go_on(fixture *f, double momentum)
{
    size_t size = gf_duel_size(gf_training_duel(f->t));
    double before[MOST];

    memcpy(before, f->start, sizeof before);
    memcpy(f->start, f->end, sizeof before);
    gf_duel_velocity(f->v, gf_training_duel(f->t), f->start, 0, size);
    ck_assert_int_eq(gf_training_go(f->t, 2, NULL, NULL, NULL), GF_OK);
    for (size_t i = 0; i < size; i++)
        f->end[i] =
            gf_training_state(f->t)[i] - momentum * (f->start[i] - before[i]);
}

static void tear_down(fixture *f)
{
    gf_training_free(f->t);
    gf_distribution_free(f->data);
    gf_field_free(f->field);
}

/* The metric of lines through (z, 1), summed with weights. */
typedef struct metric {
    double zz, z, one;
} metric;

static void add(metric *m, double weight, double z)
{
    m->zz += weight * z * z;
    m->z += weight * z;
    m->one += weight;
}

/* Two numbers moved by STEP (M + DAMPING)^-1 v. */
static void check(const fixture *f, size_t at, const metric *m, double tol)
{
    double a = m->zz + DAMPING, c = m->one + DAMPING, b = m->z;
    double det = a * c - b * b, v = f->v[at], w = f->v[at + 1];

    assert_close(f->end[at], f->start[at] + STEP * (c * v - b * w) / det, tol);
    assert_close(f->end[at + 1],
                 f->start[at + 1] + STEP * (a * w - b * v) / det, tol);
}

static void check_generator(const fixture *f, size_t rows, double tol)
{
    bool is_piecewise = f->setup.duel.fighter[GF_GENERATOR].is_piecewise;
    metric side[2] = {{0, 0, 0}, {0, 0, 0}};

    for (size_t i = 0; i < rows; i++) {
        double z = f->batch.latent[i];
        add(&side[is_piecewise && z >= 0], 1 / (double)rows, z);
    }
    check(f, 2, &side[0], tol);
    if (is_piecewise)
        check(f, 4, &side[1], tol);
}

static double fake(const fixture *f, double z)
{
    bool is_right = f->setup.duel.fighter[GF_GENERATOR].is_piecewise && z >= 0;
    const double *line = f->start + (is_right ? 4 : 2);

    return line[0] * z + line[1];
}

static void check_critic(const fixture *f, size_t rows, double tol)
{
    metric m = {0, 0, 0};

    for (size_t i = 0; i < 2 * rows; i++) {
        double x =
            i < rows ? f->batch.data[i] : fake(f, f->batch.latent[i - rows]);
        double d = 1 / (1 + exp(-f->start[0] * x - f->start[1]));
        add(&m, d * (1 - d) / (double)(2 * rows), x);
    }
    check(f, 0, &m, tol);
}

START_TEST(test_steps_are_those_of_the_metrics)
{
    static const char *const generators[] = {"linear(0.5,0.2)",
                                             "piecewise(0.5,-1,0.3,1.5)"};
    static const char *const solvers[] = {"auto", "cholesky", "woodbury", "cg"};

    for (int g = 0; g < 2; g++)
        for (int s = 0; s < 4; s++)
            for (size_t samples = 0; samples < BATCH; samples += 13) {
                char rule[80];
                fixture f;
                snprintf(rule, sizeof rule,
                         "natural-gradient:damping=0.01,solver=%s,samples=%zu,"
                         "momentum=0.5",
                         solvers[s], samples);
                set_up(&f, generators[g], rule, 0);
                check_generator(&f, samples ? samples : BATCH, 1e-9);
                check_critic(&f, samples ? samples : BATCH, 1e-9);
                go_on(&f, 0.5);
                check_generator(&f, samples ? samples : BATCH, 1e-9);
                check_critic(&f, samples ? samples : BATCH, 1e-9);
                tear_down(&f);
            }
}
END_TEST

/* The metric is that of where the players are and not of where a difference
   looked last. */
START_TEST(test_differences_leave_the_metric_alone)
{
    fixture f;

    set_up(&f, "piecewise(0.5,-1,0.3,1.5)", "natural-gradient:damping=0.01",
           1e-2);
    check_generator(&f, BATCH, 1e-9);
    check_critic(&f, BATCH, 1e-9);
    tear_down(&f);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/training_natural",
                     test_steps_are_those_of_the_metrics,
                     test_differences_leave_the_metric_alone);
}
