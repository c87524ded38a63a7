/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that grows.
 *
 *     gf_text t;
 *     gf_text_init(&t);
 *     gf_text_addf(&t, "%s = ", name);
 *     gf_text_add(&t, value);
 *     if (t.failed)
 *         status = gf_error_set(error, GF_MEMORY, "out of memory");
 *     ...
 *     gf_text_clear(&t);
 *
 * Writers do not check each step: after an allocation has failed, failed stays
 * set and additions do nothing, so one look at the end is enough.
 */
#ifndef GANFIELD_BASE_TEXT_H
#define GANFIELD_BASE_TEXT_H

#include <ganfield/export.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct gf_text {
    char *data; /* NULL or terminated by a NUL that length does not count */
    size_t length, capacity;
    bool failed;
} gf_text;

/* Makes *text empty; allocates nothing. */
void gf_text_init(gf_text *text);

/* Releases what *text holds and leaves it empty and valid. */
void gf_text_clear(gf_text *text);

/* Adds a string; the n bytes at bytes; one byte. The source must not lie in
 * *text. */
void gf_text_add(gf_text *text, const char *string);
void gf_text_add_n(gf_text *text, const char *bytes, size_t n);
void gf_text_add_char(gf_text *text, char c);

/* Adds what printf would write. */
void gf_text_addf(gf_text *text, const char *format, ...) GF_PRINTF(2, 3);

/* Adds a number in the shortest form that reads back (base/number.h). */
void gf_text_add_number(gf_text *text, double x);

/* Cuts to the first length bytes; a length not below the present one changes
 * nothing. */
void gf_text_cut(gf_text *text, size_t length);

/* The text as a string, never NULL; *text owns it, and the next addition may
 * move it. */
const char *gf_text_string(const gf_text *text);

/* Hands the string over to the caller, who frees it, and leaves *text empty.
 * NULL if an allocation had failed. */
char *gf_text_take(gf_text *text);

#endif
