/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A density by expression: cut at its kinks and divided until the 21-point
 * Gauss-Kronrod rule agrees on every panel with its halves. An unbounded end is
 * reached by panels that double, up to 2^70 away.
 */
#include "analysis/distribution_strips.h"

#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>

#include "expr/node.h"
#include "expr/pieces.h"

enum { PANELS_MAX = 20000, DEPTH_MAX = 1000, DOUBLINGS = 70 };

#define AGREEMENT 1e-15
/* The part of all mass that may be in the farthest panel. */
#define TAIL_MOST 1e-12
/* What stands for a density, or the mass of a panel, that underflows. */
#define LEAST 4.9406564584124654e-324

/* The density and its logarithm, both without the scale. */
static void evaluate(double y[2], const gf_strips *p, size_t i, double x)
{
    enum { ROOM = 256 };
    double room[ROOM], *work = room;
    size_t slots = gf_tape_slots(p->tape[i]);

    y[0] = y[1] = NAN;
    if (slots > ROOM)
        work = malloc(slots * sizeof *work);
    if (work)
        gf_tape_at(y, p->tape[i], &x, work);
    if (work != room)
        free(work);
}

static double expression_at(const gf_strips *p, size_t i, double x)
{
    double y[2];

    evaluate(y, p, i, x);
    return y[0] * p->scale;
}

typedef struct panel_call {
    const gf_strips *panels;
    size_t i;
    bool moment; /* times x, or x^2 */
    double centre;
} panel_call;

static double panel_value(double x, void *params)
{
    const panel_call *call = params;
    double y = expression_at(call->panels, call->i, x);
    double off = x - call->centre;

    return call->moment ? y * off : y;
}

static double panel_square(double x, void *params)
{
    const panel_call *call = params;
    double off = x - call->centre;

    return expression_at(call->panels, call->i, x) * off * off;
}

static double rule(double (*f)(double x, void *params), panel_call *call,
                   double from, double to)
{
    gsl_function function = {f, call};
    double value, error, size, spread;

    gsl_integration_qk21(&function, from, to, &value, &error, &size, &spread);
    return value;
}

static double expression_inside(const gf_strips *p, size_t i, double from,
                                double to)
{
    panel_call call = {.panels = p, .i = i};

    return rule(panel_value, &call, from, to);
}

/* int (to - x) p(x) dx */
static double expression_lift(const gf_strips *p, size_t i, double from,
                              double to)
{
    panel_call call = {p, i, true, to};

    return -rule(panel_value, &call, from, to);
}

static double expression_log(const gf_part *part, double x)
{
    size_t i = gf_strips_at(part->panels, x);
    double y[2];

    if (i == part->panels->count || part->panels->mass[i] == 0)
        return -INFINITY;
    evaluate(y, part->panels, i, x);
    if (isfinite(y[1]))
        return y[1] + log(part->panels->scale);
    return log(fmax(y[0] * part->panels->scale, LEAST));
}

static double expression_below(const gf_part *part, double x)
{
    return gf_strips_below(part->panels, x, expression_inside);
}

static double expression_above(const gf_part *part, double x)
{
    return gf_strips_above(part->panels, x, expression_inside);
}

static double expression_moment(const gf_strips *p, bool square, double centre)
{
    double sum = 0;

    for (size_t i = 0; i < p->count; i++) {
        panel_call call = {p, i, true, centre};
        if (p->mass[i] > 0)
            sum += rule(square ? panel_square : panel_value, &call, p->edge[i],
                        p->edge[i + 1]);
    }
    return sum;
}

static double expression_mean(const gf_part *part)
{
    return expression_moment(part->panels, false, 0);
}

static double expression_variance(const gf_part *part)
{
    return expression_moment(part->panels, true, expression_mean(part));
}

const gf_family gf_family_expression = {
    .name = "density",
    .log_density = expression_log,
    .below = expression_below,
    .above = expression_above,
    .lift = expression_lift,
    .mean = expression_mean,
    .variance = expression_variance,
};

/* --- making panels ----------------------------------------------------- */

typedef struct maker {
    gf_strips *p;
    gf_tape *tape;       /* of the piece in hand */
    bool is_empty;       /* identically zero */
    double total, rough; /* rough: the least that the total may be */
    gf_error *error;
} maker;

/* Appends the panel from the last edge to `to`. */
static gf_status add_panel(maker *m, double to, double mass)
{
    gf_strips *p = m->p;

    if (p->count == PANELS_MAX)
        return gf_error_set(m->error, GF_LIMIT,
                            "the density is too rough to be integrated");
    if (!isfinite(mass))
        return gf_error_set(m->error, GF_ARGUMENT,
                            "the density is undefined or infinite between "
                            "%.6g and %.6g",
                            p->edge[p->count], to);
    p->mass[p->count] = m->is_empty ? 0 : fmax(mass, 1e-300);
    p->edge[++p->count] = to;
    m->total += mass;
    return GF_OK;
}

/* Is the density somewhere negative, at one of some points? */
static gf_status check_sign(const maker *m, double from, double to)
{
    enum { POINTS = 9 };

    for (int i = 0; i < POINTS; i++) {
        double x = from + (to - from) * (i + 0.5) / POINTS;
        double y = expression_at(m->p, m->p->count, x);
        if (y < 0)
            return gf_error_set(m->error, GF_ARGUMENT,
                                "the density is negative at x = %.6g", x);
    }
    return GF_OK;
}

static gf_status divide(maker *m, double to, double mass, int depth)
{
    double from = m->p->edge[m->p->count], middle = from + (to - from) / 2;
    panel_call call = {.panels = m->p, .i = m->p->count};
    gf_status status;
    double left, right;

    m->p->tape[m->p->count] = m->tape;
    if (!(middle > from && middle < to))
        return add_panel(m, to, mass);
    if (depth == DEPTH_MAX)
        return gf_error_set(m->error, GF_ARGUMENT,
                            "the density grows too fast to be integrated near "
                            "x = %.6g",
                            from);
    left = rule(panel_value, &call, from, middle);
    right = rule(panel_value, &call, middle, to);
    if (fabs(left + right - mass) <=
        AGREEMENT * fmax(fmax(m->total, m->rough), fabs(left) + fabs(right))) {
        status = check_sign(m, from, to);
        return status ? status : add_panel(m, to, left + right);
    }
    status = divide(m, middle, left, depth + 1);
    return status ? status : divide(m, to, right, depth + 1);
}

static gf_status divide_to(maker *m, double to)
{
    panel_call call = {.panels = m->p, .i = m->p->count};

    m->p->tape[m->p->count] = m->tape;
    return divide(m, to, rule(panel_value, &call, m->p->edge[m->p->count], to),
                  0);
}

/* The ends of a piece and, where it is unbounded, of panels that double, from
   the left; returns how many. */
static size_t lay_edges(double edge[2 * DOUBLINGS + 3], double lo, double hi)
{
    double start = isfinite(lo) ? lo : isfinite(hi) ? hi : 0;
    size_t count = 0;

    for (int k = DOUBLINGS; !isfinite(lo) && k >= 0; k--)
        edge[count++] = start - ldexp(1, k);
    if (isfinite(lo) || !isfinite(hi))
        edge[count++] = start;
    for (int k = 0; k <= DOUBLINGS && !isfinite(hi); k++)
        edge[count++] = start + ldexp(1, k);
    if (isfinite(hi))
        edge[count++] = hi;
    return count;
}

/* Panels over a piece that goes on from the last edge. A first look gives the
   size below which nothing counts. */
static gf_status divide_piece(maker *m, double lo, double hi)
{
    double edge[2 * DOUBLINGS + 3], least = 0;
    size_t count = lay_edges(edge, lo, hi);
    panel_call call = {.panels = m->p, .i = m->p->count};
    gf_status status = GF_OK;

    m->p->tape[m->p->count] = m->tape;
    if (!isfinite(lo))
        m->p->edge[m->p->count] = edge[0];
    for (size_t i = 0; i + 1 < count; i++) {
        double mass = rule(panel_value, &call, edge[i], edge[i + 1]);
        least = fmax(least, mass < INFINITY ? mass / 10 : 0);
    }
    m->rough = fmax(m->rough, least);
    for (size_t i = 1; i < count && !status; i++)
        status = divide_to(m, edge[i]);
    return status;
}

/* log|e|, with the logarithms of its factors apart, so that it does not
   underflow where e does. */
static gf_expr log_of(gf_graph *graph, gf_expr e)
{
    gf_expr sum, last;

    switch (gf_op_of(graph, e)) {
    case GF_OP_EXP:
        return gf_arg(graph, e, 0);
    case GF_OP_MUL:
        sum = log_of(graph, gf_arg(graph, e, 0));
        for (size_t i = 1; i < gf_arg_count(graph, e); i++)
            sum = gf_expr_sum(graph, sum, log_of(graph, gf_arg(graph, e, i)));
        return sum;
    case GF_OP_POW:
        last = gf_arg(graph, e, 1);
        if (gf_is_number(graph, last))
            return gf_expr_product(graph, last,
                                   log_of(graph, gf_arg(graph, e, 0)));
        break;
    case GF_OP_SIGMOID:
        e = gf_expr_call(graph, "softplus",
                         gf_expr_negative(graph, gf_arg(graph, e, 0)));
        return gf_expr_negative(graph, e);
    default:
        break;
    }
    return gf_expr_call(graph, "log", gf_expr_call(graph, "abs", e));
}

static gf_status add_piece(maker *m, gf_graph *graph, gf_expr e, gf_expr x,
                           double lo, double hi)
{
    gf_strips *p = m->p;
    const gf_expr root[2] = {e, log_of(graph, e)};
    gf_status status = gf_graph_check(graph, m->error);

    if (!status)
        status = gf_tape_new(&m->tape, graph, root, 2, &x, 1, m->error);
    if (status)
        return status;
    p->owned[p->owned_count++] = m->tape;
    m->is_empty = gf_expr_is_zero(graph, e) == GF_YES;
    if (m->is_empty && isfinite(lo) && isfinite(hi)) {
        p->tape[p->count] = m->tape;
        return add_panel(m, hi, 0);
    }
    return divide_piece(m, lo, hi);
}

static gf_status add_pieces(maker *m, gf_graph *graph, const gf_pieces *pieces,
                            gf_expr x, double lo, double hi)
{
    gf_strips *p = m->p;
    gf_status status = GF_OK;

    p->owned = calloc(pieces->count, sizeof *p->owned);
    if (!p->owned)
        return gf_error_set(m->error, GF_MEMORY, "out of memory");
    p->edge[0] = lo;
    for (size_t i = 0; i < pieces->count && !status; i++) {
        const gf_piece *piece = &pieces->item[i];
        double to = i + 1 < pieces->count ? pieces->item[i + 1].lo : hi;
        status = add_piece(m, graph, piece->e[0], x,
                           i == 0 ? lo : p->edge[p->count], to);
    }
    gf_strips_add_up(p);
    return status;
}

/* Where the kinks are not all known. */
static gf_status divide_whole(maker *m, gf_graph *graph, gf_expr e, gf_expr x,
                              double lo, double hi)
{
    gf_status status;

    m->p->owned = calloc(1, sizeof *m->p->owned);
    if (!m->p->owned)
        return gf_error_set(m->error, GF_MEMORY, "out of memory");
    m->p->edge[0] = lo;
    status = add_piece(m, graph, e, x, lo, hi);
    gf_strips_add_up(m->p);
    return status;
}

/* Has the last panel of an unbounded end next to no mass? */
static gf_status check_tails(const maker *m)
{
    const gf_strips *p = m->p;
    bool is_bad =
        (p->left_open && p->mass[0] > TAIL_MOST * m->total) ||
        (p->right_open && p->mass[p->count - 1] > TAIL_MOST * m->total);

    if (!is_bad)
        return GF_OK;
    return gf_error_set(m->error, GF_ARGUMENT,
                        "the density falls too slowly in a tail to be "
                        "integrated");
}

gf_status gf_strips_expression(gf_strips **out, double *total, gf_graph *graph,
                               gf_expr e, gf_expr x, double lo, double hi,
                               gf_error *error)
{
    maker m = {.p = gf_strips_new(PANELS_MAX), .error = error};
    gf_budget budget = gf_budget_make(0);
    const gf_expr all[GF_PIECE_EXPRS] = {e, e, e};
    gf_pieces pieces;
    gf_status status;

    *out = m.p;
    if (!m.p)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    m.p->left_open = !isfinite(lo);
    m.p->right_open = !isfinite(hi);
    gf_pieces_init(&pieces);
    status = gf_pieces_make(&pieces, graph, all, x, lo, hi, &budget, error);
    if (!status && (pieces.count == 0 || !pieces.complete))
        status = divide_whole(&m, graph, e, x, lo, hi);
    else if (!status)
        status = add_pieces(&m, graph, &pieces, x, lo, hi);
    if (!status)
        status = check_tails(&m);
    gf_pieces_clear(&pieces);
    *total = m.total;
    return status;
}
