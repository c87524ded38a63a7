/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stretches of a text that somebody wrote, and errors placed in them.
 *
 * An origin is a whole text: a field file, or the value of one option.  A
 * passage is a part of it, such as the value behind a key.  What reads a
 * passage sees a string of its own; what it complains about is placed in the
 * whole, with the line and column that an editor shows.
 */
#ifndef GF_FIELD_PASSAGE_H
#define GF_FIELD_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <ganfield/status.h>

typedef struct gf_origin {
    struct gf_origin *next;
    const char *file;   /* its name in errors; NULL for an option */
    const char *option; /* "--link", in front of messages; NULL in a file */
    char *text;         /* a copy of what was given */
    char *cut;          /* another, in which passages are ended by NULs */
    size_t length;
} gf_origin;

typedef struct gf_passage {
    const gf_origin *origin; /* NULL: there is no such passage */
    size_t begin, length;
} gf_passage;

/* Puts a new origin in front of the list, which its owner clears.  file and
   option are not copied.  NULL when memory runs out. */
gf_origin *gf_origin_add(gf_origin **list, const char *file, const char *option,
                         const char *text, size_t length);
void gf_origin_clear(gf_origin **list);

/* The whole of an origin, a part of a passage; without blanks at the ends. */
gf_passage gf_passage_all(const gf_origin *origin);
gf_passage gf_passage_part(gf_passage p, size_t begin, size_t end);
/* Its characters, of which there are p.length; not terminated. */
const char *gf_passage_chars(gf_passage p);
/* The same as a string, until its origin is cleared.  A part of p must not be
   asked for its string before p itself. */
const char *gf_passage_text(gf_passage p);
bool gf_passage_is(gf_passage p, const char *string);
/* From the beginning of its line to its end; the number of the line. */
gf_passage gf_passage_line(gf_passage p);
size_t gf_passage_line_number(gf_passage p);
/* The first `mark` outside of parentheses, or p.length. */
size_t gf_passage_find(gf_passage p, char mark);

/* Fails with a message, placed at character `at` of p.  A passage that is not
   there places nothing. */
gf_status gf_passage_fail(gf_error *error, gf_status status, gf_passage p,
                          size_t at, const char *format, ...) GF_PRINTF(5, 6);
/* The error is placed in gf_passage_text(p), or not at all: places it in the
   whole.  Returns status. */
gf_status gf_passage_move(gf_error *error, gf_status status, gf_passage p);

/* A copy of a string from outside that is valid UTF-8, at most size - 1 bytes
   of it; what is too long loses its beginning. */
void gf_copy_name(char *out, size_t size, const char *name);

#endif
