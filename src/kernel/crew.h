/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that share out numbered pieces of work. */
#ifndef GANFIELD_KERNEL_CREW_H
#define GANFIELD_KERNEL_CREW_H

#include <stddef.h>

/* Does piece i; `worker` is below the number of threads. */
typedef void (*gf_crew_fn)(size_t i, size_t worker, void *ctx);

/* So many threads as asked for, or one for each processor for 0; at least one
 * and at most GF_CREW_MAX. */
enum { GF_CREW_MAX = 256 };
size_t gf_crew_size(size_t asked);

/* Runs pieces 0 .. count - 1, each once, in order of the taking; returns when
 * all are done. Where no more threads can be had, fewer do it. */
void gf_crew_run(gf_crew_fn fn, size_t count, size_t threads, void *ctx);

#endif
