/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a sign chart: made in any order, then put in theirs. */
#include <stdlib.h>

#include "expr/charting.h"

void gf_chart_init(gf_chart *chart)
{
    *chart = (gf_chart){.complete = true};
}

void gf_chart_clear(gf_chart *chart)
{
    free(chart->cell);
    gf_chart_init(chart);
}

static void add_cell(gf_charting *c, gf_cell cell)
{
    gf_chart *chart = c->chart;

    if (chart->count == chart->capacity) {
        size_t wanted = chart->capacity ? chart->capacity * 2 : 8;
        gf_cell *moved = realloc(chart->cell, wanted * sizeof *moved);
        if (!moved) {
            c->status = GF_MEMORY;
            return;
        }
        chart->cell = moved;
        chart->capacity = wanted;
    }
    chart->cell[chart->count++] = cell;
}

static int by_place(const void *a, const void *b)
{
    const gf_cell *p = a, *q = b;

    if (p->lo != q->lo)
        return p->lo < q->lo ? -1 : 1;
    return (p->hi > q->hi) - (p->hi < q->hi);
}

/* From left to right, neighbours of one sign joined; a root at the end of two
   boxes is one. */
void gf_cells_assemble(gf_chart *chart)
{
    size_t kept = 0;

    if (chart->count)
        qsort(chart->cell, chart->count, sizeof *chart->cell, by_place);
    for (size_t i = 0; i < chart->count; i++) {
        gf_cell *last = kept ? &chart->cell[kept - 1] : NULL;
        const gf_cell *cell = &chart->cell[i];
        if (last && !last->is_root && !cell->is_root &&
            last->sign == cell->sign)
            last->hi = cell->hi;
        else if (!(last && last->is_root && cell->is_root &&
                   last->lo == cell->lo && last->hi == cell->hi))
            chart->cell[kept++] = *cell;
    }
    chart->count = kept;
}

void gf_cells_add_sign(gf_charting *c, double lo, double hi, int sign)
{
    if (lo < hi)
        add_cell(c, (gf_cell){.lo = lo, .hi = hi, .sign = sign});
    if (sign == 0)
        c->chart->complete = false;
}

void gf_cells_add_root(gf_charting *c, gf_box b, gf_root root, int left,
                       int right)
{
    c->roots++;
    gf_cells_add_sign(c, b.lo, root.lo, left);
    add_cell(
        c,
        (gf_cell){.lo = root.lo, .hi = root.hi, .is_root = true, .root = root});
    gf_cells_add_sign(c, root.hi, b.hi, right);
}

/* --- reading ----------------------------------------------------------- */

size_t gf_chart_root_count(const gf_chart *chart)
{
    size_t count = 0;

    for (size_t i = 0; i < chart->count; i++)
        count += chart->cell[i].is_root;
    return count;
}

int gf_chart_sign(const gf_chart *chart, double lo, double hi)
{
    int sign = 0;

    for (size_t i = 0; i < chart->count; i++) {
        const gf_cell *cell = &chart->cell[i];
        if (cell->hi <= lo || cell->lo >= hi || cell->is_root)
            continue;
        if (cell->sign == 0 || (sign && cell->sign != sign))
            return 0;
        sign = cell->sign;
    }
    return sign;
}
