/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers too small to be normal, taken as 0: what decays for long would else
 * make every operation on it ten times and more as long.  It is a state of the
 * thread, which is put back.
 */
#ifndef GF_MOTION_FLUSH_H
#define GF_MOTION_FLUSH_H

#ifdef __SSE2__
#include <xmmintrin.h>

/* Results (bit 15) and operands (bit 6) of the control register. */
#define GF_FLUSH_BITS 0x8040u

static inline unsigned gf_flush_begin(void)
{
    unsigned old = _mm_getcsr();

    _mm_setcsr(old | GF_FLUSH_BITS);
    return old;
}

/* For a while not. */
static inline unsigned gf_flush_pause(void)
{
    unsigned old = _mm_getcsr();

    _mm_setcsr(old & ~GF_FLUSH_BITS);
    return old;
}

static inline void gf_flush_end(unsigned old)
{
    _mm_setcsr(old);
}
#else
static inline unsigned gf_flush_pause(void)
{
    return 0;
}

static inline unsigned gf_flush_begin(void)
{
    return 0;
}

static inline void gf_flush_end(unsigned old)
{
    (void)old;
}
#endif

#endif
