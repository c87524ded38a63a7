/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a matrix to its modes. */
#ifndef GF_KERNEL_MODES_H
#define GF_KERNEL_MODES_H

#include <ganfield/coupled.h>

#include <gsl/gsl_matrix.h>

/* Fills *modes with the eigenvalues of j, which it overwrites; `all` counts the
 * directions, those that j leaves out included, and what is below `noise` is
 * zero too. GF_MEMORY, GF_INTERNAL. */
gf_status gf_modes_solve(gf_modes *modes, gsl_matrix *j, size_t all,
                         double noise, gf_error *error) GF_CHECKED;

#endif
