/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trials that a command line describes: ways to train, players, data. */
#ifndef GANFIELD_CLI_TRAIN_H
#define GANFIELD_CLI_TRAIN_H

#include "cli/choose.h"

#include <ganfield/trials.h>

/* Who trains and how. */
extern const struct poptOption gf_train_players_table[];
extern const struct poptOption gf_train_rules_table[];

/* What a plan is made of, on the heap. */
typedef struct gf_train_material {
    gf_choice choice;
    gf_distribution *data;
    char *link; /* that the field was given; NULL: none */
    gf_trial trial[GF_TRIALS_RUNS_MAX];
    char *text[GF_TRIALS_RUNS_MAX]; /* that the trials' words stand in */
} gf_train_material;

/* Says what is wrong and returns an exit status; *material, all zeros at first,
 * is to be cleared in either case. */
int gf_train_read(gf_trial_plan *plan, gf_train_material *material,
                  const gf_call *call);
void gf_train_clear(gf_train_material *material);

/* One of two words, by default the first; an exit status. */
int gf_train_read_word(bool *is_second, const gf_call *call, int option,
                       const char *first, const char *second);
/* train_rules.c: the trials and their number, for a setup that has all else. */
int gf_train_read_rules(gf_trial_plan *plan, gf_train_material *material,
                        const gf_call *call, const gf_training_setup *setup);

/* train_study.c: the study of --study. */
extern const struct poptOption gf_train_study_table[];
int gf_train_study(const gf_call *call);

#endif
