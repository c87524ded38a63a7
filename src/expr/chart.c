/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/chart.h"

#include <math.h>
#include <stdlib.h>

#include "expr/charting.h"
#include "expr/polish.h"

enum { ORDER_MAX = 6, TRIES_MAX = 8, ROOTS_MAX = 64 };

/* Work: of all proofs, of the largest one, and what every one may do. */
enum { BOXES = 600, ALL = 8000000, LARGE = 1500000, SMALL = 30000 };

gf_budget gf_budget_make(size_t boxes)
{
    return (gf_budget){boxes ? boxes : BOXES, ALL};
}

/* --- one box ----------------------------------------------------------- */

static gf_interval over(const gf_charting *c, gf_box b)
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
static int sign_at(gf_charting *c, double x)
{
    if (x <= c->chart->lo || x >= c->chart->hi)
        return 0;
    return sign_of(gf_smooth_at(&c->f, gf_interval_point(x), 0));
}

static const gf_root *known_in(const gf_charting *c, gf_box b, size_t *count)
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

/* Are h and its derivatives below the m-th defined on the whole box?  Only
   then does the m-th tell how they change: atan(1/x) jumps at 0, where its
   slope -1/(1 + x^2) shows nothing. */
static bool smooth_below(gf_charting *c, gf_box b, int m)
{
    for (int k = 0; k < m; k++)
        if (!gf_smooth_at(&c->f, over(c, b), k).defined)
            return false;
    return true;
}

/* h has one sign of its m-th derivative on the box and an m-fold root in it. */
static bool settle_known(gf_charting *c, gf_box b, const gf_root *root)
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
        if (!smooth_below(c, b, m))
            return false;
        named.order = m;
        gf_cells_add_root(c, b, named, m % 2 ? -sign : sign, sign);
        return true;
    }
    return false;
}

/* A box on which h is monotone (slope: its weak direction). */
static bool settle_monotone(gf_charting *c, gf_box b, int slope, bool strict)
{
    int left = slope * sign_at(c, b.lo), right = slope * sign_at(c, b.hi);
    gf_root root;

    if (left > 0) {
        gf_cells_add_sign(c, b.lo, b.hi, slope);
        return true;
    }
    if (right < 0) {
        gf_cells_add_sign(c, b.lo, b.hi, -slope);
        return true;
    }
    if (left < 0 && right > 0 && strict &&
        gf_polish(&root, &c->f, b.lo, b.hi)) {
        gf_cells_add_root(c, b, root, -slope, slope);
        return true;
    }
    return false;
}

static bool settle(gf_charting *c, gf_box b)
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
        gf_cells_add_sign(c, b.lo, b.hi, sign_of(y));
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

/* --- all boxes --------------------------------------------------------- */

/* A stretch that resists: an exact multiple root in it becomes known. */
static bool find_multiple(gf_charting *c, gf_box b)
{
    gf_root root;
    size_t count;

    known_in(c, b, &count);
    if (count || c->known_count == GF_CHART_KNOWN_MAX || isinf(b.lo) ||
        isinf(b.hi) || c->tries++ >= TRIES_MAX ||
        !gf_polish_multiple(&root, &c->f, b.lo, b.hi))
        return false;
    if (root.lo <= c->chart->lo || root.hi >= c->chart->hi)
        return false;
    c->known[c->known_count++] = root;
    return true;
}

static void run(gf_charting *c)
{
    gf_chart_add_box(c, (gf_box){c->chart->lo, c->chart->hi, 0});
    while (c->count && c->status == GF_OK) {
        gf_box b = gf_chart_next(c);
        double size = fmax(fabs(b.lo), fabs(b.hi));
        if (c->boxes == 0 || c->f.spent > c->work || c->roots > ROOTS_MAX) {
            gf_cells_add_sign(c, b.lo, b.hi, 0);
            continue;
        }
        c->boxes--;
        if (settle(c, b))
            continue;
        if (b.hi - b.lo <= 1e-3 * fmax(size, 1e-3 * c->scale) &&
            find_multiple(c, b) && settle(c, b))
            continue;
        if (!gf_chart_divide(c, b))
            gf_cells_add_sign(c, b.lo, b.hi, 0);
    }
    gf_cells_assemble(c->chart);
}

gf_status gf_chart_make(gf_chart *chart, gf_graph *graph, gf_expr h, gf_expr x,
                        double lo, double hi, const gf_root *known,
                        size_t known_count, gf_budget *budget, gf_error *error)
{
    gf_charting *c = calloc(1, sizeof *c);
    gf_status status;

    gf_chart_clear(chart);
    if (!c)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    chart->lo = lo;
    chart->hi = hi;
    c->chart = chart;
    c->boxes = budget->boxes;
    c->work = fmax(SMALL, fmin(LARGE, budget->work));
    for (size_t i = 0; i < known_count && i < GF_CHART_KNOWN_MAX; i++)
        if (known[i].lo > lo && known[i].hi < hi)
            c->known[c->known_count++] = known[i];
    c->focus = gf_chart_focus(c);
    c->scale = hi - lo < 1 ? hi - lo : 1;
    status = gf_smooth_init(&c->f, graph, h, x, error);
    if (status == GF_OK && gf_expr_has_kinks(graph, h, x)) {
        gf_cells_add_sign(c, lo, hi, 0); /* not smooth: nothing is claimed */
    } else if (status == GF_OK &&
               gf_smooth_is_zero(&c->f, 0, GF_EXPR_NONE) == GF_YES) {
        chart->zero = true;
    } else if (status == GF_OK) {
        run(c);
        status = c->status ? c->status : c->f.status;
        if (status)
            gf_error_set(error, status, "%s", gf_status_text(status));
    }
    budget->work -= c->f.spent;
    gf_smooth_clear(&c->f);
    free(c->pending);
    free(c);
    if (status == GF_OK)
        status = gf_graph_check(graph, error);
    return status;
}
