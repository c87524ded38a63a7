/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields that a command line names, and what they do. */
#ifndef GANFIELD_CLI_CHOOSE_H
#define GANFIELD_CLI_CHOOSE_H

#include "cli/options.h"

#include <ganfield/classify.h>

typedef struct gf_choice {
    gf_field **field;
    gf_classification *classification;
    const gf_classification **all; /* pointers to them, for the reports */
    size_t count;
    bool is_plain;    /* nobody asked what they do */
    const char *link; /* of fields without --link; NULL: none */
} gf_choice;

/* Makes the fields and classifies them; says what is wrong and returns its
 * exit status. *choice is to be cleared in either case. */
int gf_choose(gf_choice *choice, const gf_call *call);
/* The same for one field alone, unclassified. */
int gf_choose_field(gf_choice *choice, const gf_call *call);
/* The same for several, unclassified. */
int gf_choose_plain(gf_choice *choice, const gf_call *call);
/* The same with a link, as of --link, where none is given. */
int gf_choose_linked(gf_choice *choice, const gf_call *call, const char *link);
/* The same for the whole catalogue. */
int gf_choose_catalog(gf_choice *choice, const gf_call *call);
/* Writes what a report says of them, as --json, -o, -v and the like ask; an
 * exit status. */
typedef gf_status (*gf_report_fn)(char **out, const gf_classification *const *c,
                                  size_t count,
                                  const gf_report_options *options,
                                  gf_error *error);
int gf_choice_report(const gf_choice *choice, const gf_call *call,
                     gf_report_fn report);
/* Is that the name of a variant of the catalogue? */
bool gf_is_variant(const char *name);
void gf_choice_clear(gf_choice *choice);

#endif
