/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stability --over. */
#ifndef GANFIELD_CLI_STABILITY_OVER_H
#define GANFIELD_CLI_STABILITY_OVER_H

#include "cli/options.h"

/* The wanted rest point of a field, or a matrix, over the axes of --over. */
int gf_stability_over_answer(const gf_call *call,
                             const gf_stability_points *points);

/* Draws what was found into the file of -o; *over is changed. */
int gf_chart_stability(const gf_call *call, gf_stability_over *over,
                       const gf_linear *game,
                       const gf_stability_points *points);

#endif
