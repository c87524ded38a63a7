/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kernel is compared with: --target and --other. */
#ifndef GANFIELD_CLI_TARGET_H
#define GANFIELD_CLI_TARGET_H

#include "cli/options.h"

#include <ganfield/kernel.h>

/* Both leave *out NULL where the option was not given, say what is wrong and
 * return an exit status; free *out. */

/* A number for each point. */
int gf_target_read(double **out, const gf_call *call, const gf_points *points);
/* A kernel of so many points. */
int gf_other_read(double **out, const gf_call *call, size_t count);

#endif
