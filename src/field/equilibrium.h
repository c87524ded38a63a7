/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_FIELD_EQUILIBRIUM_H
#define GF_FIELD_EQUILIBRIUM_H

#include <ganfield/field.h>

/* Fills field->equilibrium from f[], link, gauge, domain and parameters.
   GF_DOMAIN with a message that lists what there is and the --gauge to write
   where D0 is not given by the functions alone. */
GF_CHECKED gf_status gf_equilibrium_find(gf_field *field, gf_error *error);

/* GF_DOMAIN: there is no D0, or there are several; lists them and proposes a
   gauge.  complete: no other root is possible; missed: one that the link does
   not reach, or NaN. */
GF_CHECKED gf_status gf_equilibrium_ask(const gf_field *field, bool complete,
                                        double missed, gf_error *error);
/* GF_DOMAIN: the gauge is no root; value: f1' + f2' there, or NaN. */
GF_CHECKED gf_status gf_equilibrium_refuse(const gf_field *field, double gauge,
                                           double value, gf_error *error);

#endif
