/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Did a call work, and if not, why.
 *
 * A function that can fail returns a gf_status; GF_OK is zero, so the caller's
 * two lines are
 *
 *     gf_status status = gf_x_read(&x, text, error);
 *     if (status)
 *         return status;
 *
 * The detail goes into a gf_error that the caller owns and passes last; NULL
 * where nobody wants it. There is no global last error.
 */
#ifndef GANFIELD_STATUS_H
#define GANFIELD_STATUS_H

#include <ganfield/export.h>
#include <stddef.h>

/* Every status with the text that stands for it where there is no detail. */
#define GF_STATUS_LIST(X)                                                      \
    X(OK, "no error")                                                          \
    X(SYNTAX, "the text cannot be parsed")                                     \
    X(NAME, "unknown name")                                                    \
    X(ARGUMENT, "bad argument")                                                \
    X(DOMAIN, "outside the domain")                                            \
    X(MEMORY, "out of memory")                                                 \
    X(READ, "cannot read")                                                     \
    X(WRITE, "cannot write")                                                   \
    X(LIMIT, "a limit is exceeded")                                            \
    X(INTERNAL, "internal error")

#define GF_STATUS_ENUM(name, text) GF_##name,
typedef enum gf_status { GF_STATUS_LIST(GF_STATUS_ENUM) } gf_status;
#undef GF_STATUS_ENUM

/* What went wrong and where. The strings are always terminated and valid
 * UTF-8; the message is lower case without a full stop. */
typedef struct gf_error {
    gf_status status;
    size_t line, column; /* in characters, from 1; 0 where there is no place */
    size_t caret;        /* characters of text before the place */
    char message[512];
    char text[200]; /* the line at fault, or a window of it round the place */
    char file[200]; /* the file at fault, "" where there is none */
} gf_error;

/* The name of a status in the code, as "GF_SYNTAX"; "unknown status" for a
 * value that is none. */
GF_PUBLIC const char *gf_status_name(gf_status status);

/* A short text for a status, as "the text cannot be parsed"; "unknown status"
 * for a value that is none. */
GF_PUBLIC const char *gf_status_text(gf_status status);

/* Makes *error the empty one: GF_OK, no place, no strings. */
GF_PUBLIC void gf_error_clear(gf_error *error);

/* Fills *error with the status and the message and without a place or a file,
 * and returns the status, so that a function can end with
 * `return gf_error_set(error, GF_NAME, "unknown name '%s'", name)`. A message
 * too long is cut after a whole character, and what is not UTF-8 in it is
 * replaced by '?'. NULL for error is fine. */
GF_PUBLIC gf_status gf_error_set(gf_error *error, gf_status status,
                                 const char *format, ...) GF_PRINTF(3, 4);

/* Gives *error its place: the byte at offset of a text of length bytes, which
 * need not be terminated. Computes line and column and copies the line at
 * fault, or a window of it with "..." for what is left out, together with the
 * caret's column inside it. Tabs become spaces; other control characters and
 * what is not UTF-8 become '?'. An offset past the end means the end. NULL for
 * error is fine. */
GF_PUBLIC void gf_error_place(gf_error *error, const char *text, size_t length,
                              size_t offset);

#endif
