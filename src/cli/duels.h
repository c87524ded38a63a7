/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options that choose a duel: field, data, players, batch. */
#ifndef GANFIELD_CLI_DUELS_H
#define GANFIELD_CLI_DUELS_H

#include "cli/choose.h"

#include <ganfield/duel.h>

extern const struct poptOption gf_duel_table[];

typedef struct gf_duel_choice {
    gf_choice choice;
    gf_distribution *data;
    gf_duel_setup setup;
    const char *text[2]; /* of critic and generator */
} gf_duel_choice;

/* The exit status of a failure. */
int gf_duels_exit(gf_status status);

/* Reads all of it, with --seed; says what is wrong and returns an exit status.
 * *out is to be cleared in either case, and to outlive a duel made of its
 * setup. */
int gf_duels_choose(gf_duel_choice *out, const gf_call *call);
void gf_duels_clear(gf_duel_choice *choice);

/* One of some words, by default the first; an exit status. */
int gf_duels_word(size_t *out, const gf_call *call, int option,
                  const char *const *words, size_t count);

#endif
