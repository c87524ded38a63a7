/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Windows that a spike does not flatten. */
#include <math.h>
#include <stdlib.h>

#include "figure/board.h"

/* The part of the values at either end that may be left out, and how often what
   the others need the whole must be. */
static const double few = 0.04, tall = 6;
/* In heights of what the others need: further out than this is left out; how
   much room there is where something is, and where nothing is. */
static const double far = 1, room = 0.5, margin = 0.04;

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static size_t add_finite(double *out, const double *value, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (isfinite(value[i]))
            out[n++] = value[i];
    return n;
}

/* All values of curves and bands. */
static size_t gather(double *out, const gf_board_panel *panel)
{
    size_t n = 0;

    for (size_t m = 0; m < panel->marks; m++) {
        const gf_mark *mark = &panel->mark[m];
        n += add_finite(out + n, mark->y, mark->count);
        if (mark->kind == GF_MARK_BAND)
            n += add_finite(out + n, mark->to, mark->count);
    }
    return n;
}

gf_status gf_board_trim(bool *is_cut, gf_range *whole, gf_board_panel *panel,
                        gf_error *error)
{
    size_t most = 0, n, left;
    double *value, lo, hi, height;

    *is_cut = false;
    for (size_t m = 0; m < panel->marks; m++)
        most += 2 * panel->mark[m].count;
    value = malloc((most + 1) * sizeof *value);
    if (!value)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    n = gather(value, panel);
    if (n > 0) {
        qsort(value, n, sizeof *value, by_size);
        left = (size_t)(few * (double)n);
        lo = value[left];
        hi = value[n - 1 - left];
        height = hi - lo;
        *whole = (gf_range){.lo = value[0], .hi = value[n - 1]};
        *is_cut = height > 0 && whole->hi - whole->lo > tall * height;
        if (*is_cut) {
            panel->y.lo = lo - whole->lo > far * height
                              ? lo - room * height
                              : whole->lo - margin * height;
            panel->y.hi = whole->hi - hi > far * height
                              ? hi + room * height
                              : whole->hi + margin * height;
        }
    }
    free(value);
    return GF_OK;
}
