/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody who mistyped a name probably meant. */
#ifndef GANFIELD_BASE_NEAREST_H
#define GANFIELD_BASE_NEAREST_H

#include <stddef.h>

#include <ganfield/status.h>

/* The fewest insertions, deletions, replacements and swaps of neighbours that
 * turn one string into the other, no part being edited twice (the optimal
 * string alignment distance of [damerau1964]), upper and lower case of ASCII
 * letters being the same; limit + 1 stands for anything above limit, and a
 * string of more than 63 bytes is too far from all. */
size_t gf_nearest_distance(const char *a, const char *b, size_t limit);

/* The first of the count names nearest to name, or NULL where none is near
 * enough: at most max(1, a third of name's length) edits away, and something
 * of it must be left. Allocates nothing; the result is one of names. */
const char *gf_nearest_name(const char *name, const char *const *names,
                            size_t count);

/* GF_NAME: that `name` is an unknown `what`, and the nearest of the names or,
 * where none is near, all of them. */
gf_status gf_nearest_refuse(gf_error *error, const char *what, const char *name,
                            const char *const *names, size_t count);

#endif
