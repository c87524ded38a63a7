/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The smallest adversarial training there is: data with two modes, +-2 with
 * spread 0.35; a generator that is linear, a z + b, or linear on each side of
 * 0; a critic sigmoid(c x + d); gradients by central differences, plain ascent.
 *
 * gf_notebook_write tells such a run as a notebook in Python did, from the same
 * random numbers, so that every line can be compared.
 */
#ifndef GF_LAB_NOTEBOOK_H
#define GF_LAB_NOTEBOOK_H

#include "base/text.h"

#include <ganfield/status.h>

/* Adds the whole text. GF_MEMORY. */
gf_status gf_notebook_write(gf_text *out, gf_error *error) GF_CHECKED;

#endif
