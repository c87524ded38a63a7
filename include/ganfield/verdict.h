/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answer to a mathematical question: yes, no, or unknown.
 *
 * Yes and no are said only when they are proved; a computation that could not
 * decide says unknown, which is an answer and not an error. The connectives
 * are those of Kleene's strong three-valued logic: a result is unknown exactly
 * when the unknown arguments, made certain, could change it.
 *
 *     gf_verdict stable = gf_verdict_and(damping, restoring);
 */
#ifndef GANFIELD_VERDICT_H
#define GANFIELD_VERDICT_H

#include <ganfield/export.h>

typedef enum gf_verdict { GF_NO, GF_YES, GF_UNKNOWN } gf_verdict;

/* The verdict as the program writes it: "no", "yes", "unknown". */
GF_PUBLIC const char *gf_verdict_name(gf_verdict v);

/* Both hold. */
GF_PUBLIC gf_verdict gf_verdict_and(gf_verdict a, gf_verdict b);

/* At least one holds. */
GF_PUBLIC gf_verdict gf_verdict_or(gf_verdict a, gf_verdict b);

/* The contrary holds. */
GF_PUBLIC gf_verdict gf_verdict_not(gf_verdict a);

#endif
