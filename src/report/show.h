/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field for people and programs: what it is made of, and the catalogue. */
#ifndef GANFIELD_REPORT_SHOW_H
#define GANFIELD_REPORT_SHOW_H

#include "report/json.h"

#include <ganfield/classify.h>
#include <stdbool.h>

/* GF_MEMORY, GF_LIMIT. */
GF_CHECKED gf_status gf_show_write(gf_text *out, const gf_classification *c,
                                   bool is_latex, gf_error *error);
GF_CHECKED gf_status gf_show_record(gf_json *json, const gf_classification *c,
                                    gf_error *error);

/* The catalogue: a line each; one entry as JSON. */
void gf_list_write(gf_text *out, const gf_classification *const *c,
                   size_t count);
void gf_record_entry(gf_json *json, const gf_classification *c);

#endif
