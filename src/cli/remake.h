/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field of a command line, made again with other settings. */
#ifndef GANFIELD_CLI_REMAKE_H
#define GANFIELD_CLI_REMAKE_H

#include "cli/options.h"

/* A gf_sweep_make; ctx: the gf_call whose options choose one field. */
gf_status gf_remake(gf_field **out, const char *const *set, size_t set_count,
                    const char *speed, const void *ctx, gf_error *error);

#endif
