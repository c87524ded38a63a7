/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stable steps of large games by a scan of the spectral radius. */
#ifndef GF_ANALYSIS_SAMPLED_H
#define GF_ANALYSIS_SAMPLED_H

#include <ganfield/stability.h>

/* As gf_stability_find, for any rule in any order; what gf_dense_init and
   gf_dense_radius may say. */
gf_status gf_stability_sampled(gf_stability_result *s, const gf_linear *game,
                               const gf_optimizer *optimizer,
                               const gf_stability_options *options,
                               gf_error *error) GF_CHECKED;

#endif
