/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is measured beside the engine: see yardstick.c and compiled.c. */
#ifndef GF_BENCH_YARDSTICK_H
#define GF_BENCH_YARDSTICK_H

#include <stddef.h>

/* Starts in flight: counts are multiples of it. */
size_t yardstick_lanes(void);
/* `steps` steps of size h of the classic field, in place. */
void yardstick_classic(double *d, double *p, size_t count, size_t steps,
                       double h);

/* Fields written out in C and compiled as vector code. */
typedef struct compiled {
    const char *name;
    const char *f[3]; /* the same for the engine */
    const char *domain;
    double lo, hi; /* of the coordinate of the starts */
    void (*run)(double *x, double *y, size_t count, size_t steps, double h);
} compiled;

extern const compiled compiled_own[], compiled_library[];
enum { COMPILED = 5 };

#endif
