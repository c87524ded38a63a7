/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of trials on the command line. */
#ifndef GANFIELD_CLI_TRIALS_CHART_H
#define GANFIELD_CLI_TRIALS_CHART_H

#include "cli/chart.h"
#include "figure/trials.h"

/* --figure and where the plane is looked at. */
extern const struct poptOption gf_trials_chart_table[];

/* Which figure -o asks for; says what is wrong, before anything is computed; an
 * exit status. *pictures is how many states trainings must keep for it, 0
 * without a figure. */
int gf_trials_chart_check(gf_trials_view *view, size_t *pictures,
                          const gf_call *call);
/* Draws it and writes the file; an exit status. */
int gf_trials_chart(const gf_call *call, const gf_trials *trials,
                    const char *command);

/* --- trials_plane.c ---------------------------------------------------- */

int gf_trials_plane(const gf_call *call, const gf_trials *trials,
                    const char *command);

#endif
