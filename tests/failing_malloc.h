/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Allocations that fail when the test says so. Test programs are linked with
 * -Wl,--wrap for malloc, calloc and realloc, so the code under test knows
 * nothing of it; allocations inside shared libraries are not touched.
 *
 *     for (size_t n = 1; ; n++) {
 *         fail_nth_malloc(n);
 *         gf_status status = gf_x_parse(&x, text, NULL);
 *         if (!malloc_has_failed())
 *             break;
 *         ck_assert_int_eq(status, GF_MEMORY);
 *     }
 *     fail_nth_malloc(0);
 */
#ifndef GANFIELD_TESTS_FAILING_MALLOC_H
#define GANFIELD_TESTS_FAILING_MALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* From now on the n-th allocation, and no other, returns NULL; n = 0 means
 * none. */
void fail_nth_malloc(size_t n);

/* From now on every allocation from the n-th returns NULL; n = 0 means none. */
void fail_every_malloc_from(size_t n);

/* Has an allocation failed since the last of the calls above? */
bool malloc_has_failed(void);

/* Allocations since the last of the calls above. */
size_t malloc_count(void);

#endif
