/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field of a command line, and the same made again with other settings. */
#ifndef GANFIELD_CLI_REMAKE_H
#define GANFIELD_CLI_REMAKE_H

#include "cli/options.h"

/* What the options say of a field's settings, but for those of --set. */
gf_settings gf_settings_of(const gf_options *options);
/* The field that the options choose, the last one if they name several. */
GF_CHECKED gf_status gf_make_field(gf_field **out, const gf_options *options,
                                   const gf_settings *settings,
                                   gf_error *error);
/* A gf_sweep_make; ctx: the gf_call whose options choose one field. */
gf_status gf_remake(gf_field **out, const char *const *set, size_t set_count,
                    const char *speed, const void *ctx, gf_error *error);

#endif
