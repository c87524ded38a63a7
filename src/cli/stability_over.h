/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stability --over. */
#ifndef GANFIELD_CLI_STABILITY_OVER_H
#define GANFIELD_CLI_STABILITY_OVER_H

#include "cli/options.h"

/* The wanted rest point of a field, or a matrix, over the axes of --over. */
int gf_stability_over_answer(const gf_call *call,
                             const gf_stability_points *points);

#endif
