/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The derivation behind a classification: field, rest point, Jacobian,
 * spectrum, energy, with the theorem that each conclusion rests on.
 */
#ifndef GANFIELD_REPORT_EXPLAIN_H
#define GANFIELD_REPORT_EXPLAIN_H

#include "report/formulas.h"
#include "report/prose.h"

#include <ganfield/classify.h>

enum { GF_EXPLAIN_FACTOR = 40 };

/* A speed as a factor: "0.5 ", and nothing for 1. */
const char *gf_explain_factor(char out[static GF_EXPLAIN_FACTOR],
                              double factor);

/* Is a formula too long to be read? */
bool gf_explain_is_long(const gf_prose *prose, gf_expr e);

/* ... is none of a Jacobian's? */
bool gf_explain_is_readable(const gf_prose *prose, gf_expr jacobian[2][2]);

/* The parts of gf_explain. */
void gf_explain_field(gf_prose *prose, const gf_field *field);
void gf_explain_d0(gf_prose *prose, const gf_field *field,
                   const gf_formulas *formulas);
void gf_explain_point(gf_prose *prose, const gf_classification *c,
                      const gf_formulas *formulas);
void gf_explain_others(gf_prose *prose, const gf_classification *c);
void gf_explain_energy(gf_prose *prose, const gf_classification *c,
                       const gf_formulas *formulas);

/* The whole, at the end of *out. GF_MEMORY, GF_LIMIT. */
GF_CHECKED gf_status gf_explain(gf_text *out, const gf_classification *c,
                                bool is_latex, gf_error *error);

#endif
