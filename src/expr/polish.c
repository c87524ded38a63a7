/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bisection in doubles guesses the root, two proved signs enclose it, interval
 * Newton in balls, N(X) = m - f(m)/f'(X), doubles its digits. [moore2009, ch. 8]
 */
#include "expr/polish.h"

#include <math.h>
#include <stdlib.h>

#include "expr/ops.h"
#include "expr/tape.h"

gf_status gf_smooth_init(gf_smooth *f, gf_graph *graph, gf_expr h, gf_expr x,
                         gf_error *error)
{
    *f = (gf_smooth){.graph = graph, .symbol = x};
    f->derivative[0] = gf_expr_simplify(graph, h);
    return gf_graph_check(graph, error);
}

void gf_smooth_clear(gf_smooth *f)
{
    for (int m = 0; m < GF_SMOOTH_MAX; m++) {
        gf_tape_free(f->tape[m]);
        gf_tape_free(f->tail[m]);
    }
    free(f->work);
    *f = (gf_smooth){.graph = NULL};
}

static gf_expr derivative_of(gf_smooth *f, int m)
{
    for (int k = 1; k <= m; k++)
        if (!f->derivative[k])
            f->derivative[k] = gf_expr_derive(
                f->graph, f->derivative[k - 1], f->symbol);
    return f->derivative[m];
}

/* Compiles e into *tape unless that is done, with room to evaluate it. */
static const gf_tape *ready(gf_smooth *f, gf_tape **tape, gf_expr e)
{
    gf_status status;
    size_t slots;

    if (*tape)
        return *tape;
    status = gf_tape_new(tape, f->graph, &e, 1, &f->symbol, 1, NULL);
    if (status) {
        f->status = status;
        return NULL;
    }
    slots = gf_tape_slots(*tape);
    if (slots > f->work_size) {
        gf_interval *moved = realloc(f->work, slots * sizeof *moved);
        if (!moved) {
            f->status = GF_MEMORY;
            return NULL;
        }
        f->work = moved;
        f->work_size = slots;
    }
    return *tape;
}

static const gf_tape *tape_of(gf_smooth *f, int m)
{
    return f->tape[m] ? f->tape[m]
                      : ready(f, &f->tape[m], derivative_of(f, m));
}

/* The power of the symbol in a term, 0 if none or no integer. */
static long power_in(const gf_graph *graph, gf_expr term, gf_expr symbol)
{
    bool product = gf_op_of(graph, term) == GF_OP_MUL;
    long power;

    for (size_t i = 0; i < (product ? gf_arg_count(graph, term) : 1); i++) {
        gf_expr e = product ? gf_arg(graph, term, i) : term;
        if (e == symbol)
            return 1;
        if (gf_op_of(graph, e) == GF_OP_POW &&
            gf_arg(graph, e, 0) == symbol &&
            gf_small_integer(graph, gf_arg(graph, e, 1), 64, &power))
            return power;
    }
    return 0;
}

static gf_expr tail_leaf(gf_graph *graph, gf_expr e, const void *ctx);

/* e with the highest power of the symbol taken out of every sum. */
static gf_expr tail_form(gf_graph *graph, gf_expr e, gf_expr symbol)
{
    return gf_expr_simplify(
        graph, gf_rewrite(graph, e, tail_leaf, &symbol));
}

static gf_expr tail_leaf(gf_graph *graph, gf_expr e, const void *ctx)
{
    gf_expr symbol = *(const gf_expr *)ctx, factor, result;
    long most = 0;
    gf_list terms;

    if (gf_op_of(graph, e) != GF_OP_ADD)
        return GF_EXPR_NONE;
    gf_list_init(&terms);
    for (size_t i = 0; i < gf_arg_count(graph, e); i++) {
        gf_expr term = tail_form(graph, gf_arg(graph, e, i), symbol);
        long power = term ? power_in(graph, term, symbol) : 0;
        most = power > most ? power : most;
        gf_list_add(&terms, graph, term);
    }
    factor = gf_pow(graph, symbol, gf_expr_rational(graph, -most, 1));
    for (size_t i = 0; most > 0 && i < terms.count; i++)
        terms.item[i] = gf_expr_product(graph, factor, terms.item[i]);
    result = gf_add(graph, terms.item, terms.count);
    gf_list_clear(&terms);
    if (most == 0)
        return result;
    factor = gf_pow(graph, symbol, gf_expr_rational(graph, most, 1));
    return gf_expr_product(graph, factor, gf_expr_simplify(graph, result));
}

gf_interval gf_smooth_at(gf_smooth *f, gf_interval x, int m)
{
    bool far = (isinf(x.hi) && x.lo > 0) || (isinf(x.lo) && x.hi < 0);
    gf_interval y = gf_interval_whole(false);
    const gf_tape *tape = NULL;

    if (!far)
        tape = tape_of(f, m);
    else
        tape = f->tail[m] ? f->tail[m]
                          : ready(f, &f->tail[m],
                                  tail_form(f->graph, derivative_of(f, m),
                                            f->symbol));
    if (tape)
        gf_tape_interval(&y, tape, &x, f->work);
    return y;
}

gf_verdict gf_smooth_is_zero(gf_smooth *f, int m, gf_expr exact)
{
    if (!tape_of(f, m))
        return GF_UNKNOWN;
    return gf_expr_is_zero(f->graph,
                           gf_expr_substitute(f->graph, f->derivative[m],
                                              f->symbol, exact));
}

static int point_sign(gf_smooth *f, double x)
{
    gf_interval y = gf_smooth_at(f, gf_interval_point(x), 0);

    return gf_interval_positive(y) ? 1 : gf_interval_negative(y) ? -1 : 0;
}

/* Bisection by the signs of doubles: a guess of the root. */
static double bisect(gf_smooth *f, double lo, double hi, int left)
{
    double y, mid = lo / 2 + hi / 2;

    for (int i = 0; i < 200 && mid > lo && mid < hi; i++) {
        gf_tape_at(&y, f->tape[0], &mid, (double *)f->work);
        if (y == 0 || isnan(y))
            return mid;
        if ((y > 0) == (left > 0))
            lo = mid;
        else
            hi = mid;
        if (hi - lo > 2 && lo > 0 && hi > 8 * lo)
            mid = sqrt(lo) * sqrt(hi);
        else
            mid = lo / 2 + hi / 2;
    }
    return mid;
}

/* Narrows a proved bracket round the guess, by proved signs again. */
static void bracket(gf_smooth *f, double *lo, double *hi, int left,
                    double guess)
{
    double step = fmax(fabs(guess) * 0x1p-50, 0x1p-1000);
    bool below = false, above = false;

    for (int k = 0; k < 60 && !(below && above); k++, step *= 8) {
        double a = guess - step, b = guess + step;
        if (!below && (a <= *lo || point_sign(f, a) == left)) {
            *lo = fmax(a, *lo);
            below = true;
        }
        if (!above && (b >= *hi || point_sign(f, b) == -left)) {
            *hi = fmin(b, *hi);
            above = true;
        }
    }
}

/* One step of interval Newton; false when it cannot contract. */
static bool newton(arb_t x, gf_smooth *f)
{
    arb_t middle, value, slope, next;
    bool better = false;

    arb_init(middle);
    arb_init(value);
    arb_init(slope);
    arb_init(next);
    arb_get_mid_arb(middle, x);
    if (gf_tape_ball(value, f->tape[0], middle, GF_TAPE_PRECISION) ==
            GF_OK &&
        gf_tape_ball(slope, f->tape[1], x, GF_TAPE_PRECISION) == GF_OK &&
        arb_is_finite(slope) && !arb_contains_zero(slope)) {
        arb_div(next, value, slope, GF_TAPE_PRECISION);
        arb_sub(next, middle, next, GF_TAPE_PRECISION);
        /* the root lies in both */
        if (arb_intersection(next, next, x, GF_TAPE_PRECISION) &&
            mag_cmp(arb_radref(next), arb_radref(x)) < 0) {
            arb_swap(x, next);
            better = true;
        }
    }
    arb_clear(middle);
    arb_clear(value);
    arb_clear(slope);
    arb_clear(next);
    return better;
}

static void enclose(arb_t x, double lo, double hi)
{
    arf_t a, b;

    arf_init(a);
    arf_init(b);
    arf_set_d(a, lo);
    arf_set_d(b, hi);
    arb_set_interval_arf(x, a, b, GF_TAPE_PRECISION);
    arf_clear(a);
    arf_clear(b);
}

bool gf_polish(gf_root *root, gf_smooth *f, double lo, double hi)
{
    int left = point_sign(f, lo);
    gf_interval range;
    arb_t x;

    if (!tape_of(f, 0) || !tape_of(f, 1) || left == 0)
        return false;
    bracket(f, &lo, &hi, left, bisect(f, lo, hi, left));
    arb_init(x);
    enclose(x, lo, hi);
    for (int i = 0; i < 8 && newton(x, f); i++)
        if (arb_rel_accuracy_bits(x) > GF_TAPE_PRECISION - 20)
            break;
    range = gf_interval_of_ball(x);
    *root = (gf_root){.value = arf_get_d(arb_midref(x), ARF_RND_NEAR),
                      .lo = fmax(lo, range.lo),
                      .hi = fmin(hi, range.hi),
                      .order = 1};
    root->exact = gf_recognise(f->graph, f->derivative[0], f->symbol, x);
    arb_clear(x);
    if (root->exact)
        *root = gf_root_of_exact(f->graph, root->exact, 1);
    return f->status == GF_OK;
}

/* A multiple root is a root of a derivative too: Newton on f^(k) in doubles,
   from the middle, then the name, then the proof. */
static bool multiple_at(gf_root *root, gf_smooth *f, double lo, double hi,
                        int k)
{
    double x = lo / 2 + hi / 2;
    gf_expr exact;
    arb_t ball;
    int order = 1;

    for (int i = 0; i < 40; i++) {
        gf_interval y = gf_smooth_at(f, gf_interval_point(x), k);
        gf_interval slope = gf_smooth_at(f, gf_interval_point(x), k + 1);
        double step = (y.lo / 2 + y.hi / 2) / (slope.lo / 2 + slope.hi / 2);
        if (!isfinite(step) || step == 0)
            break;
        x -= step;
    }
    if (!isfinite(x) || x < lo || x > hi)
        return false;
    /* a guess only: any radius serves to find its name */
    arb_init(ball);
    arb_set_d(ball, x);
    mag_set_d(arb_radref(ball), fmax(fabs(x), 1) * 1e-15);
    exact = gf_recognise_guess(f->graph, f->derivative[0], f->symbol, ball);
    arb_clear(ball);
    if (!exact)
        return false;
    while (order < GF_SMOOTH_MAX - 2 &&
           gf_smooth_is_zero(f, order, exact) == GF_YES)
        order++;
    *root = gf_root_of_exact(f->graph, exact, order);
    return root->lo >= lo && root->hi <= hi;
}

bool gf_polish_multiple(gf_root *root, gf_smooth *f, double lo, double hi)
{
    for (int k = 1; k <= 3; k++)
        if (multiple_at(root, f, lo, hi, k))
            return true;
    return false;
}
