/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results as JSON: the objects that several documents share. The keys are those
 * of man/ganfield.1; a script may rely on them.
 */
#ifndef GANFIELD_REPORT_RECORD_H
#define GANFIELD_REPORT_RECORD_H

#include "report/json.h"

#include <ganfield/classify.h>
#include <ganfield/optimizer.h>

/* A key with its value. */
void gf_record_string(gf_json *json, const char *key, const char *value);
void gf_record_number(gf_json *json, const char *key, double value);
void gf_record_integer(gf_json *json, const char *key, size_t value);
void gf_record_bool(gf_json *json, const char *key, bool value);
void gf_record_pair(gf_json *json, const char *key, double first,
                    double second);
/* Two ranges, as [[lo, hi], [lo, hi]]. */
void gf_record_box(gf_json *json, const char *key, const gf_range box[2]);
void gf_record_verdict(gf_json *json, const char *key, gf_verdict value);
void gf_record_mat2(gf_json *json, const char *key, gf_mat2 m);
/* The text of an expression, null for GF_EXPR_NONE; as a value alone. */
void gf_record_expr(gf_json *json, const char *key, const gf_graph *graph,
                    gf_expr e);
void gf_record_item(gf_json *json, const gf_graph *graph, gf_expr e);

/* "field": {...}; "d0": {...} or null. */
void gf_record_field(gf_json *json, const gf_field *field);
void gf_record_d0(gf_json *json, const gf_field *field);

/* "optimizer", "numbers", "order", "critic_steps". */
void gf_record_optimizer(gf_json *json, const gf_optimizer *optimizer,
                         gf_order order, size_t critic_steps);

/* The document of `classify` for one field. */
void gf_record_classification(gf_json *json, const gf_classification *c);

#endif
