/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a net's line: what its two files share. */
#ifndef GANFIELD_KERNEL_SHAPE_H
#define GANFIELD_KERNEL_SHAPE_H

#include <ganfield/net.h>

enum { GF_WORD_SIZE = 40 };

/* What is being read: position is a byte of text. */
typedef struct gf_shape_reader {
    const char *text;
    size_t position;
    gf_error *error;
} gf_shape_reader;

/* Both fill the error with the place and return the status. */
gf_status gf_shape_fail(const gf_shape_reader *r, gf_status status, size_t at,
                        const char *message);
gf_status gf_shape_fail_name(const gf_shape_reader *r, size_t at,
                             const char *what, const char *word,
                             const char *near, const char *known);

char gf_shape_look(const gf_shape_reader *r);
bool gf_shape_take(gf_shape_reader *r, char c);
/* Letters and hyphens. */
void gf_shape_word(gf_shape_reader *r, char out[static GF_WORD_SIZE]);
gf_status gf_shape_number(gf_shape_reader *r, double *out);
/* "(X)" or "(X,Y)", where there is one: all of `count` numbers. */
gf_status gf_shape_numbers(gf_shape_reader *r, double *out, size_t count);

/* One option, after its comma. */
gf_status gf_shape_option(gf_shape_reader *r, gf_net_shape *out);

#endif
