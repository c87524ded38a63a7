/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_ANALYSIS_LIMIT_H
#define GF_ANALYSIS_LIMIT_H

#include <ganfield/stability.h>

/* The end of a stable interval at this step, by the multiplier that is nearest
   to the circle: its angle in [0, pi], and how far off it is (infinite where
   one goes to infinity). */
gf_limit gf_limit_at(double step, double angle, double off);

#endif
