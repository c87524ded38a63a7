/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in ascending order. */
#ifndef GANFIELD_BASE_SORT_H
#define GANFIELD_BASE_SORT_H

#include <stddef.h>

/* Sorts count numbers; work has room for as many. -0 comes before 0, and what
 * is no number at an end. Takes as long for any order: digit by digit of their
 * bits, from the lowest on [knuth1998, sec. 5.2.5]. */
void gf_sort_numbers(double *x, double *work, size_t count);

#endif
