/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The methods of GSL behind the table of flow.h. */
#ifndef GF_MOTION_METHOD_H
#define GF_MOTION_METHOD_H

#include <ganfield/flow.h>

#include <gsl/gsl_odeiv2.h>

/* What GSL calls a method of the table. */
const gsl_odeiv2_step_type *gf_flow_method_type(const gf_flow_method *method);
/* The method of the table that is the default. */
const gf_flow_method *gf_flow_method_default(void);

#endif
