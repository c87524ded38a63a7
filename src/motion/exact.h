/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine of derivatives from the inside (derivative.h). */
#ifndef GF_MOTION_EXACT_H
#define GF_MOTION_EXACT_H

#include "motion/derivative.h"
#include "motion/turns.h"

#include <flint/fmpq_poly.h>

/* A vector of the rule: its derivative, entry/den. */
typedef struct gf_exact_vector {
    fmpq_poly_struct *entry; /* n x columns, by rows */
    fmpq_poly_t den;
} gf_exact_vector;

typedef struct gf_exact {
    gf_move move; /* first: a rule is given its address */
    const gf_linear_game *game;
    gf_exact_vector *vector;
    size_t count, n, columns;
    gf_turns turns;
    size_t evaluations;
    fmpq_poly_t work;
} gf_exact;

extern const gf_machine gf_exact_machine;

static inline fmpq_poly_struct *gf_exact_at(const gf_exact *e, size_t v,
                                            size_t i, size_t j)
{
    return &e->vector[v].entry[i * e->columns + j];
}

/* Gives both the same denominator. */
void gf_exact_match(gf_exact *e, size_t a, size_t b);

#endif
