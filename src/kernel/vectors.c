/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which loops this processor runs best. */
#include "kernel/lanes/vectors.h"

static const gf_vectors *const rows[] = {
#ifdef __x86_64__
    &gf_vectors_v4,
    &gf_vectors_v3,
#endif
    &gf_vectors_v2,
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

/* The first row that can run. */
static size_t first(void)
{
#ifdef __x86_64__
    bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
              __builtin_cpu_supports("bmi2");
    bool v4 = v3 && __builtin_cpu_supports("avx512f") &&
              __builtin_cpu_supports("avx512bw") &&
              __builtin_cpu_supports("avx512cd") &&
              __builtin_cpu_supports("avx512dq") &&
              __builtin_cpu_supports("avx512vl");

    return v4 ? 0 : v3 ? 1 : 2;
#else
    return 0;
#endif
}

size_t gf_vectors_count(void)
{
    return ROW_COUNT - first();
}

const gf_vectors *gf_vectors_row(size_t i)
{
    return rows[first() + i];
}

const gf_vectors *gf_vectors_best(void)
{
    return rows[first()];
}
