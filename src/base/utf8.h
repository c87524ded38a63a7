/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters in UTF-8 text [rfc3629]. */
#ifndef GANFIELD_BASE_UTF8_H
#define GANFIELD_BASE_UTF8_H

#include <stddef.h>

/* The number of bytes, 1 to 4, of the character at text, of which length bytes
 * may be read; 0 where no valid character stands there (an overlong form, a
 * surrogate, a value past U+10FFFF, a cut sequence, no byte at all). */
size_t gf_utf8_size(const char *text, size_t length);

/* The same for a text that may be broken: a byte that begins no valid
 * character counts as one of its own, so this is at least 1. length > 0. */
size_t gf_utf8_step(const char *text, size_t length);

#endif
