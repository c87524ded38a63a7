/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/smooth.h"

#include <math.h>
#include <stdlib.h>

#include "expr/dominance.h"
#include "expr/ops.h"
#include "expr/rational.h"
#include "expr/tape.h"
#include "expr/trial.h"

/* The forms; those from TAIL on are for unbounded stretches. */
enum { PLAIN, FACTORED, TAIL, TAIL_FACTORED, TAIL_EXPANDED };

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
        for (int k = 0; k < GF_SMOOTH_FORMS; k++)
            gf_tape_free(f->form[m][k]);
        gf_dominance_free(f->far[m], f->far_count[m]);
    }
    free(f->work);
    *f = (gf_smooth){.graph = NULL};
}

/* Of what takes more operations than these no further derivative is made, and
   no other form looked for; and steps of one such attempt. */
enum { DERIVE_MAX = 1500, REFORM_MAX = 300, STEPS = 40000 };

/* Symbolic work counts as work, too. */
static bool end_trial(gf_smooth *f, gf_trial *trial)
{
    bool done = gf_trial_end(trial);

    f->spent += 15.0 * trial->spent;
    return done;
}

static bool is_small(gf_smooth *f, int m, size_t most)
{
    const gf_tape *tape = gf_smooth_tape(f, m);

    return tape && tape->count <= most;
}

/* GF_EXPR_NONE, without a failure, where it would be too large. */
static gf_expr derivative_of(gf_smooth *f, int m)
{
    gf_trial trial;

    for (int k = 1; k <= m; k++) {
        if (f->derivative[k])
            continue;
        if (f->given_up[k] || !f->derivative[k - 1] ||
            !is_small(f, k - 1, DERIVE_MAX))
            return GF_EXPR_NONE;
        trial = gf_trial_begin(f->graph, STEPS);
        f->derivative[k] =
            gf_expr_derive(f->graph, f->derivative[k - 1], f->symbol);
        f->given_up[k] = !end_trial(f, &trial);
    }
    return f->derivative[m];
}

gf_tape *gf_smooth_compile(gf_smooth *f, gf_expr e)
{
    gf_tape *tape = NULL;
    size_t slots;
    gf_status status = gf_tape_new(&tape, f->graph, &e, 1, &f->symbol, 1, NULL);

    if (status) {
        if (status != GF_LIMIT) /* a trial that is given up */
            f->status = status;
        return NULL;
    }
    slots = gf_tape_slots(tape);
    if (slots > f->work_size) {
        gf_interval *moved = realloc(f->work, slots * sizeof *moved);
        if (!moved) {
            f->status = GF_MEMORY;
            gf_tape_free(tape);
            return NULL;
        }
        f->work = moved;
        f->work_size = slots;
    }
    return tape;
}

/* --- the highest power in front ---------------------------------------- */

/* The power of the symbol in a term, 0 if none or no integer. */
static long power_in(const gf_graph *graph, gf_expr term, gf_expr symbol)
{
    bool product = gf_op_of(graph, term) == GF_OP_MUL;
    long power;

    for (size_t i = 0; i < (product ? gf_arg_count(graph, term) : 1); i++) {
        gf_expr e = product ? gf_arg(graph, term, i) : term;
        if (e == symbol)
            return 1;
        if (gf_op_of(graph, e) == GF_OP_POW && gf_arg(graph, e, 0) == symbol &&
            gf_small_integer(graph, gf_arg(graph, e, 1), 64, &power))
            return power;
    }
    return 0;
}

static gf_expr tail_leaf(gf_graph *graph, gf_expr e, const void *ctx);

gf_expr gf_tail_form(gf_graph *graph, gf_expr e, gf_expr symbol)
{
    return gf_expr_simplify(graph, gf_rewrite(graph, e, tail_leaf, &symbol));
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
        gf_expr term = gf_tail_form(graph, gf_arg(graph, e, i), symbol);
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

/* --- evaluation -------------------------------------------------------- */

static gf_expr form_of(gf_smooth *f, int m, int form)
{
    gf_graph *graph = f->graph;
    gf_expr e = derivative_of(f, m);

    if (form == PLAIN || !e)
        return e;
    if (!is_small(f, m, REFORM_MAX))
        return GF_EXPR_NONE;
    if (form == FACTORED || form == TAIL_FACTORED)
        e = gf_factored(graph, e);
    if (form == TAIL_EXPANDED)
        e = gf_expand(graph, e);
    return e && form >= TAIL ? gf_tail_form(graph, e, f->symbol) : e;
}

static const gf_tape *tape_of(gf_smooth *f, int m, int form)
{
    gf_trial trial;
    gf_expr e;

    if (!f->tried[m][form]) {
        f->tried[m][form] = true;
        trial = gf_trial_begin(f->graph, STEPS);
        e = form_of(f, m, form);
        if (end_trial(f, &trial) && e)
            f->form[m][form] = gf_smooth_compile(f, e);
    }
    return f->form[m][form];
}

const gf_tape *gf_smooth_tape(gf_smooth *f, int m)
{
    return tape_of(f, m, PLAIN);
}

static bool signed_interval(gf_interval y)
{
    return y.defined && !gf_interval_has_zero(y);
}

/* Both enclose the same values. */
static gf_interval intersect(gf_interval a, gf_interval b)
{
    if (!b.defined)
        return a;
    if (!a.defined)
        return b;
    if (b.lo > a.lo || (b.lo == a.lo && b.lo_open)) {
        a.lo = b.lo;
        a.lo_open = b.lo_open;
    }
    if (b.hi < a.hi || (b.hi == a.hi && b.hi_open)) {
        a.hi = b.hi;
        a.hi_open = b.hi_open;
    }
    return a;
}

/* A function costs so many times as much as an arithmetic operation. */
enum { FUNCTION = 30 };

void gf_smooth_read(gf_interval *out, gf_smooth *f, const gf_tape *tape,
                    gf_interval x)
{
    for (size_t i = 0; i < tape->count; i++)
        f->spent += gf_op_row_of(tape->code[i].op)->ball ? FUNCTION : 1;
    gf_tape_interval(out, tape, &x, f->work);
}

static void make_far(gf_smooth *f, int m)
{
    gf_expr e = derivative_of(f, m);
    gf_trial trial;

    if (!e || !is_small(f, m, REFORM_MAX))
        return;
    trial = gf_trial_begin(f->graph, STEPS);
    gf_dominance_make(f, m, e);
    if (!end_trial(f, &trial)) {
        gf_dominance_free(f->far[m], f->far_count[m]);
        f->far[m] = NULL;
        f->far_count[m] = 0;
    }
}

gf_interval gf_smooth_at(gf_smooth *f, gf_interval x, int m)
{
    bool far = (isinf(x.hi) && x.lo > 0) || (isinf(x.lo) && x.hi < 0);
    int first = far ? TAIL : PLAIN, last = far ? TAIL_EXPANDED : FACTORED;
    gf_interval y = gf_interval_whole(false), z;

    for (int k = first; k <= last && !signed_interval(y); k++) {
        const gf_tape *tape = tape_of(f, m, k);
        if (!tape)
            continue;
        gf_smooth_read(&z, f, tape, x);
        y = intersect(y, z);
        if (x.lo == x.hi && y.defined)
            break; /* a point gains nothing */
    }
    if (far && !signed_interval(y) && m <= 1) {
        if (!f->far_tried[m]) {
            f->far_tried[m] = true;
            make_far(f, m);
        }
        y = intersect(y, gf_dominance_at(f, m, x));
    }
    return y;
}

gf_verdict gf_smooth_is_zero(gf_smooth *f, int m, gf_expr exact)
{
    gf_expr e = derivative_of(f, m);
    gf_verdict zero = GF_UNKNOWN;
    gf_trial trial;

    if (!e)
        return GF_UNKNOWN;
    trial = gf_trial_begin(f->graph, STEPS);
    if (exact)
        e = gf_expr_substitute(f->graph, e, f->symbol, exact);
    zero = gf_expr_is_zero(f->graph, e);
    return end_trial(f, &trial) ? zero : GF_UNKNOWN;
}
