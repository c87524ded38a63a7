/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trials: several ways to train one duel, each from several seeds, on all
 * processors; kept in a journal while they run.
 *
 *     gf_trials trials;
 *     gf_trials_init(&trials);
 *     status = gf_trials_run(&trials, &plan, NULL, &error);
 *     gf_training *t = trials.training[run * plan.seeds + i];
 *     gf_trials_clear(&trials);
 */
#ifndef GANFIELD_TRIALS_H
#define GANFIELD_TRIALS_H

#include <ganfield/sweep.h>
#include <ganfield/training.h>

#define GF_TRIALS_RUNS_MAX 64
#define GF_TRIALS_SEEDS_MAX 1000

/* One way to train. */
typedef struct gf_trial {
    const char *label;
    const char *rule[2];     /* of critic and generator, as they were written */
    gf_training_setup setup; /* its duel's seed is set for each */
} gf_trial;

typedef struct gf_trial_plan {
    const gf_trial *trial;
    size_t count, seeds;
    uint64_t seed; /* the first; the others follow it */
    /* The players as they were written: critic, generator. */
    const char *fighter[2];
} gf_trial_plan;

typedef struct gf_trials {
    gf_trial_plan plan;
    gf_training **training; /* count x seeds */
    size_t done;            /* steps made */
    bool is_whole;
} gf_trials;

GF_PUBLIC void gf_trials_init(gf_trials *trials);
GF_PUBLIC void gf_trials_clear(gf_trials *trials);

/* Makes the trainings and lets them go to their ends; what *plan points to must
 * outlive *trials. options: threads, progress (in steps), journal; NULL: none.
 * A run that is stopped by its progress is not whole, and no failure. As
 * gf_training_new, gf_training_go and what the journal says. */
GF_PUBLIC GF_CHECKED gf_status gf_trials_run(gf_trials *trials,
                                             const gf_trial_plan *plan,
                                             const gf_sweep_options *options,
                                             gf_error *error);

#endif
