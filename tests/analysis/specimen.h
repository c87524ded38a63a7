/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A field and its classification in one line of a test's table.
 *
 *     specimen s = specimen_of("log(D)", "log(1 - D)", "-log(1 - D)",
 *                              "domain=(0,1); p_d=0.5");
 *     ck_assert_int_eq(s.c.verdict, GF_OUTCOME_STABLE);
 *     specimen_clear(&s);
 *
 * Options: domain, gauge, link, speed; any other name is a parameter.
 */
#ifndef GANFIELD_TESTS_SPECIMEN_H
#define GANFIELD_TESTS_SPECIMEN_H

#include <ganfield/classify.h>

typedef struct specimen {
    gf_field *field;
    gf_classification c;
} specimen;

/* Each fails the test if the field cannot be read. */
specimen specimen_of(const char *f1, const char *f2, const char *f3,
                     const char *options);
specimen specimen_planar(const char *du, const char *dv);
specimen specimen_find(const char *variant, const char *options);
/* A field file's text. */
specimen specimen_read(const char *text);
void specimen_clear(specimen *s);

/* The field alone, NULL if it is refused; error may be NULL. */
gf_field *specimen_field(const char *const f[3], const char *options,
                         gf_error *error);

/* The rest point at (x, y), to 1e-9; NULL if none is listed. */
const gf_rest_point *specimen_point(const specimen *s, double x, double y);
/* The wanted one; fails the test if there is none. */
const gf_rest_point *specimen_wanted(const specimen *s);

#endif
