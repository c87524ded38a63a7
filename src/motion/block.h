/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two blocks of starts that advance together, the second half an evaluation of
 * the field behind the first: so the divisions of the one overlap with the
 * logarithms of the other. What a block computes does not depend on that.
 */
#ifndef GF_MOTION_BLOCK_H
#define GF_MOTION_BLOCK_H

#include "motion/plan.h"

enum { GF_BLOCKS = 2 };

/* The fused instruction of each stage. */
typedef struct gf_stages {
    gf_lane_op op[4];
    size_t count;
    bool is_whole; /* evaluates the field itself */
} gf_stages;

typedef struct gf_blocks {
    size_t width;
    double *state[GF_BLOCKS]; /* GF_ROWS rows of `width` */
    double *saved[GF_BLOCKS]; /* a copy of it */

    double *memory; /* what holds the arrays */
    gf_lane_code *code[GF_BLOCKS], *merged;
    size_t count; /* instructions of a step */
    size_t lag;
} gf_blocks;

/* The plan must outlive the blocks. GF_MEMORY; to be cleared in either case. */
gf_status gf_blocks_init(gf_blocks *blocks, const gf_plan *plan,
                         const gf_lanes *lanes, const gf_stages *stages,
                         gf_error *error) GF_CHECKED;
void gf_blocks_clear(gf_blocks *blocks);
/* steps >= 1 */
void gf_blocks_advance(const gf_blocks *blocks, size_t steps);

#endif
