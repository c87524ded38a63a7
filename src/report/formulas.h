/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formulas that belong to a field, with its parameters as symbols: what
 * `show` lists and `classify --explain` puts together. Formulas: docs/theory.md
 * sections 1 and 2.
 */
#ifndef GANFIELD_REPORT_FORMULAS_H
#define GANFIELD_REPORT_FORMULAS_H

#include <ganfield/field.h>

typedef struct gf_formulas {
    gf_expr velocity[2];
    gf_expr jacobian[2][2];

    /* Of pointwise fields, GF_EXPR_NONE for planar ones. */
    gf_expr first[3], second[3]; /* f1' ... f3'' in D */
    gf_expr slope;               /* f1' + f2' in D */
    gf_expr generator;           /* g = f3 - f3(D0), in the coordinate */
    gf_expr nullcline;           /* pi = -p_d f1'/f2', in the coordinate */
    gf_expr decay;               /* dE/dt = g (pi - p_d) */
} gf_formulas;

/* GF_MEMORY, GF_LIMIT. */
GF_CHECKED gf_status gf_formulas_find(gf_formulas *formulas,
                                      const gf_field *field, gf_error *error);

#endif
