/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where runs begin: --start, --starts, or the field's own starts. */
#ifndef GANFIELD_CLI_STARTS_H
#define GANFIELD_CLI_STARTS_H

#include "cli/options.h"

typedef struct gf_starts {
    gf_vec2 *at;
    size_t count;
} gf_starts;

/* Says what is wrong and returns an exit status; *starts is to be cleared in
 * either case. */
int gf_starts_read(gf_starts *starts, const gf_call *call,
                   const gf_field *field);
void gf_starts_clear(gf_starts *starts);

#endif
