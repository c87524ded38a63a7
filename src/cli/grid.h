/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A grid of starts: --grid and --window. */
#ifndef GANFIELD_CLI_GRID_H
#define GANFIELD_CLI_GRID_H

#include "cli/options.h"

/* "NxM", at most so many in all; both say what is wrong and return an exit
 * status. An option that was not given leaves *count as it was. */
int gf_grid_read(size_t count[2], const gf_call *call, double most);
/* "X:X,Y:Y", or the field's own window. */
int gf_grid_window(gf_range window[2], const gf_call *call,
                   const gf_field *field);

#endif
