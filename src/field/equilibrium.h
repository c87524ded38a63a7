/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_FIELD_EQUILIBRIUM_H
#define GF_FIELD_EQUILIBRIUM_H

#include <ganfield/field.h>

/* Fills field->equilibrium from f[], link, gauge, domain and parameters.
   GF_DOMAIN with a message that lists what there is and the --gauge to write
   where D0 is not given by the functions alone. */
GF_CHECKED gf_status gf_equilibrium_find(gf_field *field, gf_error *error);

#endif
