/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two distributions on the command line. */
#ifndef GANFIELD_CLI_DISTANCE_H
#define GANFIELD_CLI_DISTANCE_H

#include "base/number.h"
#include "cli/options.h"

#include <ganfield/divergence.h>

/* Answers for --fact; both distributions may be NULL. */
int gf_distance_fact(const gf_call *call, const char *name,
                     gf_distribution *const d[2]);

#endif
