/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_MOTION_FLOW_OPTIONS_H
#define GF_MOTION_FLOW_OPTIONS_H

#include <ganfield/flow.h>

/* The options with their defaults filled in.  GF_ARGUMENT, GF_NAME. */
gf_status gf_flow_options_settle(gf_flow_options *out, const gf_field *field,
                                 const gf_flow_options *options,
                                 gf_error *error) GF_CHECKED;

#endif
