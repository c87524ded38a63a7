/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The labels of a basin, once all runs have ended. */
#ifndef GF_ANALYSIS_BASIN_H
#define GF_ANALYSIS_BASIN_H

#include <ganfield/basin.h>

/* While runs go on a cell's label is one of these plus what it is of. */
enum {
    GF_BASIN_CODE_SIZE = 4096,
    GF_BASIN_CODE_END = 5 * GF_BASIN_CODE_SIZE /* by gf_basin_end */
};

static inline size_t gf_basin_code(gf_basin_end end, size_t which)
{
    return (size_t)end * GF_BASIN_CODE_SIZE + which;
}

/* Looks for cycles, where flows are undecided, and puts runs that are near one
   on it.  filled < cells: interrupted. */
gf_status gf_basin_find_cycles(gf_basin *basin, const gf_sweep_options *options,
                               gf_error *error) GF_CHECKED;
/* Makes the labels of the codes, and counts.  GF_LIMIT where there are too
   many. */
gf_status gf_basin_settle(gf_basin *basin, gf_error *error) GF_CHECKED;

#endif
