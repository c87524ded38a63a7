/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the report on exponents, regions and cycles. */
#ifndef GANFIELD_REPORT_LYAPUNOV_H
#define GANFIELD_REPORT_LYAPUNOV_H

#include "report/json.h"

#include <ganfield/report.h>

/* What the forms prove, and what is known of limit cycles. */
void gf_lyapunov_proofs(gf_text *out, const gf_behaviour *b, bool verbose);

/* The JSON object of one field. */
void gf_lyapunov_record(gf_json *json, const gf_behaviour *b);

#endif
