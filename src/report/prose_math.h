/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GANFIELD_REPORT_PROSE_MATH_H
#define GANFIELD_REPORT_PROSE_MATH_H

#include "base/text.h"

#include <stddef.h>

/* Mathematics as it stands in the sources ("f1'(D0) ≥ 0") as LaTeX in math
 * mode. What is LaTeX already stays as it is. */
void gf_prose_math(gf_text *out, const char *text, size_t length);

/* Words with mathematics in braces as LaTeX. */
void gf_prose_words(gf_text *out, const char *words);

/* Any text with the characters escaped that LaTeX would take for its own. */
void gf_prose_escape(gf_text *out, const char *text);

#endif
