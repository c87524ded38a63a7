/* SPDX-License-Identifier: GPL-3.0-or-later */
/* f1, f2 and f3 of a field and their derivatives, over many outputs of a
   critic at once. */
#ifndef GF_KERNEL_GAINS_H
#define GF_KERNEL_GAINS_H

#include <ganfield/field.h>

enum { GF_GAIN_DATA, GF_GAIN_FAKES, GF_GAIN_GENERATOR, GF_GAINS };
enum { GF_GAIN_ORDERS = 3 };

/* factor sigmoid(turn x), which goes by vectors; turn 0: none such. */
typedef struct gf_gain_form {
    int turn, factor;
} gf_gain_form;

typedef struct gf_gains {
    gf_range domain;
    gf_tape *tape[GF_GAINS][GF_GAIN_ORDERS];
    gf_gain_form form[GF_GAINS][GF_GAIN_ORDERS];
    double *work;
} gf_gains;

/* *gains is to be cleared in either case. GF_DOMAIN for a planar field. */
gf_status gf_gains_init(gf_gains *gains, const gf_field *field,
                        gf_error *error) GF_CHECKED;
void gf_gains_clear(gf_gains *gains);

/* out[i] = factor times the derivative of this order (0: f itself) of f1, f2 or
   f3 at the coordinate x[i]; NaN outside of the domain. */
void gf_gains_at(double *out, const gf_gains *gains, size_t which, size_t order,
                 const double *x, size_t count, double factor);

#endif
