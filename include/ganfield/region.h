/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Proved regions of attraction, {V < level}, of two quadratic forms
 *
 *     V = xx x^2 + 2 xy x y + yy y^2       x, y: from the rest point one wants
 *
 * The distance F = x^2/(2a) + y^2/(2b) of a pointwise field, x = D - D0 (in the
 * coordinate) and y = p_g - p_d, has dF/dt = p_d x S + y B with S = f1' + f2'
 * and B = x f2' + g. So it falls at x as long as F is below
 *
 *     h(x) = x^2/(2a) + (p_d x S/B)^2/(2b)          where x S < 0
 *
 * and the level is the least value of h, or F's at the nearer end of the
 * domain. No p_g >= 0 is asked for.
 *
 * The quadratic energy of any field with a rest point that attracts by its
 * linearisation: P = (xx, xy; xy, yy) solves J^T P + P J = -1, J the Jacobian
 * there (theory: docs/theory.md, section 2g).
 *
 * A level is proved by interval arithmetic: no box that reaches below it is
 * left in which V could grow. `most` is a level at which V does grow at some
 * point, or where the domain ends; it is not proved, and says how near to the
 * largest one `level` is.
 */
#ifndef GANFIELD_REGION_H
#define GANFIELD_REGION_H

#include <ganfield/classify.h>

typedef struct gf_form {
    gf_verdict proved; /* is there a level?  GF_UNKNOWN: none was proved */
    gf_vec2 centre;
    double xx, xy, yy;
    double level;   /* every start below it converges; infinite: every start */
    double most;    /* no level above it holds */
    bool is_domain; /* and what ends there is the domain */
    size_t boxes;   /* that the proof took */
} gf_form;

typedef struct gf_regions {
    gf_form distance, quadratic;
} gf_regions;

typedef struct gf_region_options {
    size_t boxes; /* most of them per proof; 0: 20000 */
} gf_region_options;

/* options may be NULL.  What cannot be proved is an unknown, not an error.
   GF_MEMORY, GF_LIMIT. */
GF_PUBLIC GF_CHECKED gf_status gf_regions_find(gf_regions *out,
                                               const gf_classification *c,
                                               const gf_region_options *options,
                                               gf_error *error);
/* The boundary {V = level} at an angle of the form's own; NaN without a finite
   level. */
GF_PUBLIC gf_vec2 gf_form_point(const gf_form *form, double angle);

#endif
