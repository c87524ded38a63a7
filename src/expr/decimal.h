/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rationals as text: as a decimal where that is exact and short, else as a
   fraction; and decimals as rationals. */
#ifndef GF_EXPR_DECIMAL_H
#define GF_EXPR_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

#include <flint/fmpq.h>

#include "base/text.h"

/* Writes q as an exact decimal of at most 17 digits; false (and nothing
   written) if it has none.  out may be NULL to ask only. */
bool gf_decimal_text(gf_text *out, const fmpq_t q);
void gf_fraction_text(gf_text *out, const fmpq_t q);
/* Does a coefficient c look better as a fraction?  x/2, x/3, 3*x/8, but 0.2*x;
   and where there is no short decimal. */
bool gf_is_fraction(const fmpq_t c);
/* The number at the start of text: its length, 0 if none.  *in_range is
   false where a double could not hold its size; an integer written out may
   be larger, as the parts of a fraction are. */
size_t gf_decimal_read(fmpq_t q, const char *text, bool *in_range);
/* The nearest double of q. */
double gf_rational_near(const fmpq_t q);

#endif
