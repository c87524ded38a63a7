/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A classification as a colleague would note it down: the parts, in the order
 * in which they stand. Each adds whole lines; failures show in the text's
 * `failed`.
 */
#ifndef GANFIELD_REPORT_NOTE_H
#define GANFIELD_REPORT_NOTE_H

#include "base/text.h"

#include <ganfield/classify.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    GF_NOTE_INDENT = 2,
    GF_NOTE_VALUE = 14, /* the column where the value of a label begins */
    GF_NOTE_DETAIL = 4, /* lines about one rest point */
    GF_NOTE_DETAIL_VALUE = 17
};

/* A label and its sentence, in the columns above. */
void gf_note_row(gf_text *out, const char *label, const char *words);

/* Name, title and source. */
void gf_note_head(gf_text *out, const gf_field *field);

/* Both velocities, the link, the parameters and the speeds. Formulas too long
 * to read are given as the user wrote them. */
void gf_note_dynamics(gf_text *out, const gf_field *field);

/* "p_d = 0.2, a = 0", and the speeds where they are not 1 : 1. */
void gf_note_parameters(gf_text *out, const gf_field *field);

/* D0 where it is a choice; the rest points, the wanted one first. */
void gf_note_points(gf_text *out, const gf_classification *c, bool verbose);

/* "D = 0.5, p_g = 0.2". */
void gf_note_place(gf_text *out, const gf_field *field,
                   const gf_rest_point *point, int digits);

/* "-0.8 ± 1.833i", "-0.5, -2", "-2 (double)". */
void gf_note_eigenvalues(gf_text *out, const gf_spectrum *spectrum, int digits);

/* "0 < D < 1.5", "D > -2", "every D". */
void gf_note_range(gf_text *out, const char *name, gf_range range);

/* The three conditions, and what would repair those that do not hold. */
void gf_note_conditions(gf_text *out, const gf_classification *c, bool verbose);

/* Energy, distance, conserved quadratic and cautions. */
void gf_note_energy(gf_text *out, const gf_classification *c, bool verbose);

/* "by algebra", "by interval arithmetic", ... */
const char *gf_note_decided(gf_decided decided);

/* The verdict, and why where it is none. */
const char *gf_note_verdict(const gf_classification *c);

/* The whole note. */
void gf_note_write(gf_text *out, const gf_classification *c, bool verbose);

/* Several classifications, a line each. */
void gf_note_table(gf_text *out, const gf_classification *const *c,
                   size_t count);

#endif
