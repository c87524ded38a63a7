/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The characters of a text that is to be drawn. */
#ifndef GANFIELD_FIGURE_CHARACTER_H
#define GANFIELD_FIGURE_CHARACTER_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

/* Reads the character at text, of which length > 0 bytes may be read: its code
 * (U+FFFD for a byte that begins none) and the bytes it takes. */
uint32_t gf_character(size_t *size, const char *text, size_t length);

/* Adds the bytes at text to *out as they may be drawn and stand in XML and
 * PDF: broken UTF-8 becomes U+FFFD, blanks of all kinds a space, and control,
 * formatting, direction, private and unassigned-for-ever characters go. What
 * is longer than most bytes is cut and ends with an ellipsis. */
void gf_sanitise(gf_text *out, const char *text, size_t length, size_t most);

#endif
