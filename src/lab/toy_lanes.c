/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which loops this processor runs best: those of the kernel's set. */
#include "kernel/lanes/vectors.h"
#include "lab/lanes/toys.h"

const gf_toy_lanes *gf_toy_lanes_best(void)
{
#ifdef __x86_64__
    if (gf_vectors_best() == &gf_vectors_v4)
        return &gf_toy_lanes_v4;
    if (gf_vectors_best() == &gf_vectors_v3)
        return &gf_toy_lanes_v3;
#endif
    return &gf_toy_lanes_v2;
}
