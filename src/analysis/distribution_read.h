/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader of distributions: what its files share. */
#ifndef GF_ANALYSIS_DISTRIBUTION_READ_H
#define GF_ANALYSIS_DISTRIBUTION_READ_H

#include "analysis/distribution.h"

typedef struct gf_reader {
    const char *text, *at;
    gf_distribution *out;
    int depth;
    gf_error *error;
} gf_reader;

/* Fills the error with a message and a place, and returns the status. */
gf_status gf_reader_fail(gf_reader *r, gf_status status, const char *where,
                         const char *format, ...) GF_PRINTF(4, 5);
/* Gives a failure inside of an argument its place in the whole text. */
gf_status gf_reader_fail_inside(gf_reader *r, gf_status status,
                                const char *argument);
void gf_reader_skip(gf_reader *r);
gf_status gf_reader_expect(gf_reader *r, char wanted) GF_CHECKED;

/* The bytes up to a ',' or ')' outside of parentheses. */
size_t gf_argument_length(const char *text);
/* The expression in the next bytes of the text. */
gf_status gf_reader_expr(gf_expr *out, gf_reader *r, const gf_scope *scope,
                         size_t length) GF_CHECKED;
/* A constant expression of so many bytes; a whole argument, which may be
   infinite; a finite one. */
gf_status gf_reader_constant(double *out, gf_reader *r,
                             size_t length) GF_CHECKED;
gf_status gf_reader_number(double *out, gf_reader *r) GF_CHECKED;
gf_status gf_reader_finite(double *out, gf_reader *r) GF_CHECKED;

/* distribution_density.c: "EXPR, a, b { , EXPR, a, b }". */
gf_status gf_reader_density(gf_reader *r, const char *name,
                            double weight) GF_CHECKED;

#endif
