/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random numbers by their place: the i-th of a batch follows from the seed,
 * what it is for, the number of the batch and i, so that a run that is resumed
 * needs to know no more than how far it was.
 */
#ifndef GF_LAB_DRAW_H
#define GF_LAB_DRAW_H

#include <stddef.h>
#include <stdint.h>

/* What numbers are for. */
typedef enum gf_draw_for {
    GF_DRAW_DATA = 1,
    GF_DRAW_LATENT,
    GF_DRAW_LOOK
} gf_draw_for;

/* Uniform numbers between 0 and 1, both excluded. */
void gf_draw(double *out, size_t count, uint64_t seed, gf_draw_for what,
             uint64_t number);

#endif
