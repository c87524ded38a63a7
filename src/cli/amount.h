/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options whose value is a number or a list of numbers, each of which may be a
   constant expression, as 2*pi. */
#ifndef GANFIELD_CLI_AMOUNT_H
#define GANFIELD_CLI_AMOUNT_H

#include "cli/options.h"

/* All say what is wrong and return an exit status. An option that was not given
 * leaves *out as it was. */
int gf_amount_read(double *out, const gf_call *call, int option);
/* Any text as the value of the option. */
int gf_amount_read_text(double *out, const gf_call *call, int option,
                        const char *text);
/* A finite number > 0. */
int gf_amount_read_positive(double *out, const gf_call *call, int option);
/* A whole number from 1 to most. */
int gf_amount_read_count(size_t *out, const gf_call *call, int option,
                         size_t most);
/* "x,y,..."; the caller frees *out. */
int gf_amount_read_list(double **out, size_t *count, const gf_call *call,
                        int option, const char *text);

#endif
