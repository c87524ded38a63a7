/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LaTeX of a name: p_g is p with the subscript g, g0 is g with the subscript 0,
   theta the Greek letter, speed upright; what stands behind '#', which tells
   bound variables apart, is left out. */
#ifndef GF_EXPR_LATEX_H
#define GF_EXPR_LATEX_H

#include "base/text.h"

void gf_latex_name(gf_text *out, const char *name);

#endif
