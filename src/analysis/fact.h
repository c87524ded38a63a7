/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts: what their files share. */
#ifndef GF_ANALYSIS_FACT_H
#define GF_ANALYSIS_FACT_H

#include <ganfield/fact.h>

#include "analysis/divergence.h"

typedef struct gf_fact_call {
    const gf_distribution *p, *q; /* never NULL */
    unsigned long seed;
    gf_error *error;
} gf_fact_call;

/* Gives the table its columns (names up to NULL) and rows, all NaN. */
gf_status gf_fact_table(gf_fact *fact, size_t rows, gf_error *error,
                        const char *const *names) GF_CHECKED;
double *gf_fact_row(gf_fact *fact, size_t row);
void gf_fact_add(gf_fact *fact, const char *label, double value,
                 const char *against, double other);

/* The divergences of two texts, of those that are wanted. */
gf_status gf_fact_distances(gf_divergences *out, const char *p, const char *q,
                            const gf_divergence_kind *kind, size_t count,
                            gf_error *error) GF_CHECKED;

gf_status gf_fact_discriminator(gf_fact *fact,
                                const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_parallel_lines(gf_fact *fact,
                                 const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_vanishing(gf_fact *fact, const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_near_optimal(gf_fact *fact,
                               const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_log_d(gf_fact *fact, const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_noise(gf_fact *fact, const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_saturation(gf_fact *fact,
                             const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_disjoint(gf_fact *fact, const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_metric(gf_fact *fact, const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_response(gf_fact *fact, const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_otto(gf_fact *fact, const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_holonomy(gf_fact *fact, const gf_fact_call *call) GF_CHECKED;
gf_status gf_fact_f_gan(gf_fact *fact, const gf_fact_call *call) GF_CHECKED;

#endif
