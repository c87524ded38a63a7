/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --jacobian and --blocks: the game of a matrix. */
#ifndef GANFIELD_CLI_MATRIX_H
#define GANFIELD_CLI_MATRIX_H

#include "cli/options.h"

#include "base/npy.h"

#include <ganfield/stability.h>

typedef struct gf_given {
    gf_matrix jacobian;
    gf_linear game; /* into it */
} gf_given;

/* Says what is wrong and returns an exit status; *given, zero at first, is to
 * be cleared in either case. */
int gf_given_read(gf_given *given, const gf_call *call);
void gf_given_clear(gf_given *given);

#endif
