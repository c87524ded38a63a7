/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random expressions, written as text and at the same time computed in ball
 * arithmetic by the textbook formula of each function: a second opinion on
 * parser and tapes that shares no code with them.
 *
 *     uint64_t state = 1;
 *     random_expr r;
 *     random_expr_init(&r);
 *     random_expr_write(&r, &state, 4);
 *     ... r.text at x = r.at[0], y = r.at[1], z = r.at[2] is within r.value
 *     random_expr_clear(&r);
 */
#ifndef GANFIELD_TESTS_RANDOM_EXPR_H
#define GANFIELD_TESTS_RANDOM_EXPR_H

#include "base/arb_headers.h"

#include <stddef.h>
#include <stdint.h>

enum { RANDOM_SYMBOLS = 3, RANDOM_PRECISION = 200 };

/* "x", "y", "z" */
extern const char *const random_symbols[RANDOM_SYMBOLS];

typedef struct random_expr {
    char text[4000];
    size_t length;
    double at[RANDOM_SYMBOLS];
    arb_t value;
} random_expr;

void random_expr_init(random_expr *r);
void random_expr_clear(random_expr *r);

/* A new text of at most so many nested operations, at a new point. */
void random_expr_write(random_expr *r, uint64_t *state, int depth);

#endif
