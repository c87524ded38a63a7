/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stability of optimizers: the parts of its reports. */
#ifndef GANFIELD_REPORT_STABILITY_H
#define GANFIELD_REPORT_STABILITY_H

#include "report/json.h"

#include <ganfield/stability.h>

/* "heavy-ball:beta=0.5", the numbers that differ from the default, or all. */
void gf_stability_add_rule(gf_text *out, const gf_optimizer *optimizer,
                           bool all);
/* The documents for one field or matrix. */
void gf_stability_note(gf_text *out, const gf_stability_points *points,
                       bool verbose);
gf_status gf_stability_record(gf_json *json, const gf_stability_points *points,
                              gf_error *error) GF_CHECKED;
/* A key with intervals of steps, as pairs. */
void gf_stability_record_steps(gf_json *json, const char *key,
                               const gf_steps_list *list);

#endif
