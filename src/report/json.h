/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A JSON document [rfc8259], written from front to back onto a growing text.
 *
 *     gf_json json;
 *     gf_json_init(&json, &text);
 *     gf_json_begin_object(&json);
 *     gf_json_key(&json, "speed");
 *     gf_json_begin_array(&json);
 *     gf_json_number(&json, 1);
 *     gf_json_number(&json, 1);
 *     gf_json_end_array(&json);
 *     gf_json_end_object(&json);
 *
 * What fits on the rest of its line stays on one line, the outermost object
 * excepted; everything else is indented by two spaces, and numbers of a long
 * array fill their lines. A document that is out of shape (a value without a
 * key, an end without a begin) is a mistake of the program and asserted.
 * Allocation failures show in the text's `failed`.
 */
#ifndef GANFIELD_REPORT_JSON_H
#define GANFIELD_REPORT_JSON_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { GF_JSON_DEPTH = 16 };

typedef struct gf_json {
    gf_text *out;
    size_t line; /* where the present line begins in out */
    size_t depth;
    bool has_key; /* a key waits for its value */
    struct {
        size_t start, line; /* of the container, and of its line */
        bool is_object;
        bool is_empty;
        bool last_is_number;
    } level[GF_JSON_DEPTH];
} gf_json;

/* Begins a document at the end of *out, which must outlive *json; there is
 * nothing to release. */
void gf_json_init(gf_json *json, gf_text *out);

void gf_json_begin_object(gf_json *json);
void gf_json_end_object(gf_json *json);
void gf_json_begin_array(gf_json *json);
void gf_json_end_array(gf_json *json);

/* The key of the next value in an object. */
void gf_json_key(gf_json *json, const char *key);

/* A string; a byte that is not UTF-8 becomes U+FFFD. NULL is written null. */
void gf_json_string(gf_json *json, const char *string);

/* A number in the shortest form that reads back; null where not finite. */
void gf_json_number(gf_json *json, double x);

/* A whole number. */
void gf_json_integer(gf_json *json, long long n);

void gf_json_bool(gf_json *json, bool value);
void gf_json_null(gf_json *json);

#endif
