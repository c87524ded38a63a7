/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `lyapunov --grid`: finite-time exponents over a window. */
#ifndef GANFIELD_CLI_LYAPUNOV_GRID_H
#define GANFIELD_CLI_LYAPUNOV_GRID_H

#include "cli/options.h"

/* Exponents of a grid of starts, as a table or as a figure; an exit status. */
int gf_lyapunov_grid_answer(const gf_call *call,
                            const gf_lyapunov_options *options);

#endif
