/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_ANALYSIS_CYCLE_H
#define GF_ANALYSIS_CYCLE_H

#include <ganfield/cycle.h>

/* Why there is no limit cycle. GF_MEMORY, GF_LIMIT. */
gf_status gf_cycle_exclude(gf_cycles *out, const gf_classification *c,
                           gf_error *error) GF_CHECKED;

#endif
