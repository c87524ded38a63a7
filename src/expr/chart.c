/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/chart.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "expr/interval.h"
#include "expr/polish.h"

enum {
    ORDER_MAX = 6,
    TRIES_MAX = 8,
    KNOWN_MAX = 64,
    ROOTS_MAX = 256,
    STACK_MAX = 4096
};

typedef struct box {
    double lo, hi;
} box;

typedef struct charting {
    gf_chart *chart;
    gf_smooth f; /* h and its derivatives, compiled */
    gf_root known[KNOWN_MAX];
    size_t known_count;
    box *stack; /* of STACK_MAX, the leftmost on top */
    size_t depth, budget, roots, tries;
    gf_status status;
} charting;

void gf_chart_init(gf_chart *chart)
{
    *chart = (gf_chart){.complete = true};
}

void gf_chart_clear(gf_chart *chart)
{
    free(chart->cell);
    gf_chart_init(chart);
}

/* --- cells ------------------------------------------------------------- */

static void add_cell(charting *c, gf_cell cell)
{
    gf_chart *chart = c->chart;
    gf_cell *last = chart->count ? &chart->cell[chart->count - 1] : NULL;

    if (last && !last->is_root && !cell.is_root && last->sign == cell.sign) {
        last->hi = cell.hi;
        return;
    }
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

static void add_sign(charting *c, double lo, double hi, int sign)
{
    if (lo < hi)
        add_cell(c, (gf_cell){.lo = lo, .hi = hi, .sign = sign});
    if (sign == 0)
        c->chart->complete = false;
}

static void add_root(charting *c, box b, gf_root root, int left, int right)
{
    c->roots++;
    add_sign(c, b.lo, root.lo, left);
    add_cell(
        c,
        (gf_cell){.lo = root.lo, .hi = root.hi, .is_root = true, .root = root});
    add_sign(c, root.hi, b.hi, right);
}

/* --- one box ----------------------------------------------------------- */

static gf_interval over(const charting *c, box b)
{
    gf_interval x = gf_interval_make(b.lo, b.hi, false);

    /* the ends of the whole interval are not part of it */
    x.lo_open = x.lo_open || b.lo == c->chart->lo;
    x.hi_open = x.hi_open || b.hi == c->chart->hi;
    return x;
}

static int sign_of(gf_interval y)
{
    return gf_interval_positive(y) ? 1 : gf_interval_negative(y) ? -1 : 0;
}

/* Sign at an inner end; 0 at an end of the whole interval. */
static int sign_at(charting *c, double x)
{
    if (x <= c->chart->lo || x >= c->chart->hi)
        return 0;
    return sign_of(gf_smooth_at(&c->f, gf_interval_point(x), 0));
}

static const gf_root *known_in(const charting *c, box b, size_t *count)
{
    const gf_root *found = NULL;

    *count = 0;
    for (size_t i = 0; i < c->known_count; i++)
        if (c->known[i].lo <= b.hi && c->known[i].hi >= b.lo) {
            found = found ? found : &c->known[i];
            (*count)++;
        }
    return found;
}

/* h has one sign of its m-th derivative on the box and an m-fold root in it. */
static bool settle_known(charting *c, box b, const gf_root *root)
{
    for (int m = root->order; m <= ORDER_MAX; m++) {
        int sign;
        gf_root named = *root;
        if (m > root->order && !root->exact)
            return false;
        if (m > root->order &&
            gf_smooth_is_zero(&c->f, m - 1, root->exact) != GF_YES)
            return false;
        sign = sign_of(gf_smooth_at(&c->f, over(c, b), m));
        if (sign == 0)
            continue;
        named.order = m;
        add_root(c, b, named, m % 2 ? -sign : sign, sign);
        return true;
    }
    return false;
}

/* A box on which h is monotone (slope: its weak direction). */
static bool settle_monotone(charting *c, box b, int slope, bool strict)
{
    int left = slope * sign_at(c, b.lo), right = slope * sign_at(c, b.hi);
    gf_root root;

    if (left > 0) {
        add_sign(c, b.lo, b.hi, slope);
        return true;
    }
    if (right < 0) {
        add_sign(c, b.lo, b.hi, -slope);
        return true;
    }
    if (left < 0 && right > 0 && strict &&
        gf_polish(&root, &c->f, b.lo, b.hi)) {
        add_root(c, b, root, -slope, slope);
        return true;
    }
    return false;
}

static bool settle(charting *c, box b)
{
    size_t count;
    const gf_root *root = known_in(c, b, &count);
    gf_interval y;

    if (count > 1)
        return false;
    if (root) {
        if (root->lo < b.lo || root->hi > b.hi)
            return false;
        return settle_known(c, b, root);
    }
    y = gf_smooth_at(&c->f, over(c, b), 0);
    if (sign_of(y)) {
        add_sign(c, b.lo, b.hi, sign_of(y));
        return true;
    }
    if (!y.defined)
        return false;
    y = gf_smooth_at(&c->f, over(c, b), 1);
    if (gf_interval_nonnegative(y))
        return settle_monotone(c, b, 1, gf_interval_positive(y));
    if (gf_interval_nonpositive(y))
        return settle_monotone(c, b, -1, gf_interval_negative(y));
    return false;
}

/* --- dividing ---------------------------------------------------------- */

/* Where to divide; not at round numbers, where roots like to be. */
static double split_point(const charting *c, box b)
{
    double at, size;

    if (isinf(b.lo) && isinf(b.hi))
        return 0.0173;
    if (isinf(b.hi))
        return b.lo < 1 ? fmax(b.lo + 1.137, 1.37)
                        : 1.731 * b.lo * sqrt(fabs(b.lo));
    if (isinf(b.lo))
        return b.hi > -1 ? fmin(b.hi - 1.137, -1.37)
                         : -1.731 * fabs(b.hi) * sqrt(fabs(b.hi));
    size = b.hi - b.lo;
    if (b.lo == c->chart->lo && b.hi != c->chart->hi)
        at = b.lo + (size > 1e-3 ? size / 8 : size * size);
    else if (b.hi == c->chart->hi && b.lo != c->chart->lo)
        at = b.hi - (size > 1e-3 ? size / 8 : size * size);
    else
        at = b.lo + 0.4871327 * size;
    return at;
}

/* Moves a division out of the enclosures of known roots; NaN if it cannot. */
static double avoid_known(const charting *c, box b, double at)
{
    for (size_t i = 0; i < c->known_count; i++) {
        const gf_root *r = &c->known[i];
        double margin =
            4 * (nextafter(fabs(r->value), INFINITY) - fabs(r->value)) + 1e-300;
        if (at < r->lo - margin || at > r->hi + margin)
            continue;
        if (r->hi + margin < b.hi && isfinite(b.hi))
            at = r->hi + fmax(margin, 0.37 * (b.hi - r->hi));
        else if (isinf(b.hi))
            at = r->hi + 0.73;
        else if (r->lo - margin > b.lo && isfinite(b.lo))
            at = r->lo - fmax(margin, 0.37 * (r->lo - b.lo));
        else if (isinf(b.lo))
            at = r->lo - 0.73;
        else
            return NAN;
    }
    return at;
}

static bool narrow(box b)
{
    double size = fmax(fabs(b.lo), fabs(b.hi));

    if (isinf(b.lo) && isinf(b.hi))
        return false;
    if (isinf(size))
        return fmin(fabs(b.lo), fabs(b.hi)) > 1e150;
    return b.hi - b.lo <= 1e-12 * fmax(size, 1e-12);
}

/* A stretch that resists: an exact multiple root in it becomes known. */
static bool find_multiple(charting *c, box b)
{
    gf_root root;
    size_t count;

    known_in(c, b, &count);
    if (count || c->known_count == KNOWN_MAX || isinf(b.lo) || isinf(b.hi) ||
        c->tries++ >= TRIES_MAX ||
        !gf_polish_multiple(&root, &c->f, b.lo, b.hi))
        return false;
    if (root.lo <= c->chart->lo || root.hi >= c->chart->hi)
        return false;
    c->known[c->known_count++] = root;
    return true;
}

static void divide(charting *c, box b)
{
    double at = avoid_known(c, b, split_point(c, b));

    if (!(at > b.lo && at < b.hi) || c->depth + 2 > STACK_MAX || narrow(b)) {
        add_sign(c, b.lo, b.hi, 0);
        return;
    }
    c->stack[c->depth++] = (box){at, b.hi};
    c->stack[c->depth++] = (box){b.lo, at};
}

static void run(charting *c)
{
    c->stack[c->depth++] = (box){c->chart->lo, c->chart->hi};
    while (c->depth && c->status == GF_OK) {
        box b = c->stack[--c->depth];
        double size = fmax(fabs(b.lo), fabs(b.hi));
        if (c->budget == 0 || c->roots > ROOTS_MAX) {
            add_sign(c, b.lo, b.hi, 0);
            continue;
        }
        c->budget--;
        if (settle(c, b))
            continue;
        if (b.hi - b.lo <= 1e-3 * fmax(size, 1e-3) && find_multiple(c, b) &&
            settle(c, b))
            continue;
        divide(c, b);
    }
}

gf_status gf_chart_make(gf_chart *chart, gf_graph *graph, gf_expr h, gf_expr x,
                        double lo, double hi, const gf_root *known,
                        size_t known_count, size_t boxes, gf_error *error)
{
    charting *c = calloc(1, sizeof *c);
    gf_status status;

    gf_chart_clear(chart);
    if (!c)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    c->stack = malloc(STACK_MAX * sizeof *c->stack);
    if (!c->stack) {
        free(c);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    chart->lo = lo;
    chart->hi = hi;
    c->chart = chart;
    c->budget = boxes;
    for (size_t i = 0; i < known_count && i < KNOWN_MAX; i++)
        if (known[i].lo > lo && known[i].hi < hi)
            c->known[c->known_count++] = known[i];
    status = gf_smooth_init(&c->f, graph, h, x, error);
    if (status == GF_OK && gf_expr_has_kinks(graph, h, x)) {
        add_sign(c, lo, hi, 0); /* not smooth: nothing is claimed */
    } else if (status == GF_OK && gf_expr_is_zero(graph, h) == GF_YES) {
        chart->zero = true;
    } else if (status == GF_OK) {
        run(c);
        status = c->status ? c->status : c->f.status;
        if (status)
            gf_error_set(error, status, "%s", gf_status_text(status));
    }
    gf_smooth_clear(&c->f);
    free(c->stack);
    free(c);
    if (status == GF_OK)
        status = gf_graph_check(graph, error);
    return status;
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
