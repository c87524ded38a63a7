/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search for the largest level below which something is proved: boxes wait
 * in the order of the lowest level that they reach. The lowest is looked at
 * first; if nothing goes wrong in it, it is gone, else it is divided. So at any
 * time everything below the first of the queue is proved.
 */
#ifndef GF_ANALYSIS_REGION_H
#define GF_ANALYSIS_REGION_H

#include <ganfield/region.h>

#include "analysis/study.h"

typedef struct gf_region_box {
    double key; /* the lowest level that it reaches */
    double lo[2], hi[2];
} gf_region_box;

typedef struct gf_region_queue {
    gf_region_box *box; /* a heap */
    size_t count, capacity;
    gf_error *error;
} gf_region_queue;

gf_status gf_region_push(gf_region_queue *queue, gf_region_box box) GF_CHECKED;
/* The lowest one; false if there is none. */
bool gf_region_pop(gf_region_box *out, gf_region_queue *queue);

/* Lowers what is proved a little: for the roundings of the levels themselves.
 */
double gf_region_level(double level);

gf_status gf_region_distance(gf_form *form, const gf_study *study,
                             const gf_classification *c,
                             size_t most_boxes) GF_CHECKED;
gf_status gf_region_quadratic(gf_form *form, const gf_classification *c,
                              size_t most_boxes, gf_error *error) GF_CHECKED;

#endif
