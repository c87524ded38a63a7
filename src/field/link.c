/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a link D = link(u) must be: strictly monotone with link' != 0 (a zero
 * of link' would be a rest point of the critic's axis only), and with values
 * in the domain of D.  Proved on intervals, which are halved (unbounded ones
 * on a growing scale) until each is decided.  [tucker2011]
 */
#include <math.h>
#include <stdlib.h>

#include "expr/tape.h"
#include "field/build.h"

enum { DEPTH = 60, BOXES = 4000, SAMPLES = 25 };

typedef struct proof {
    const gf_tape *tape; /* link, a multiple of link' */
    gf_interval *work;
    gf_range range; /* of D */
    int way;        /* 1 if the link grows, -1 if it falls, 0: not known yet */
    size_t boxes;
    const char *open;    /* what the last interval left undecided */
    const char *trouble; /* why it fails, */
    double at;           /* and where */
} proof;

static bool is_inside(gf_interval value, gf_range range)
{
    bool lo = value.lo > range.lo ||
              (value.lo == range.lo && (range.lo_closed || value.lo_open));
    bool hi = value.hi < range.hi ||
              (value.hi == range.hi && (range.hi_closed || value.hi_open));

    return value.defined && (lo || isinf(range.lo)) && (hi || isinf(range.hi));
}

static bool is_outside(gf_interval value, gf_range range)
{
    return value.defined && (value.lo > range.hi || value.hi < range.lo);
}

static bool fail(proof *p, const char *trouble, double at)
{
    p->trouble = trouble;
    p->at = at;
    return false;
}

/* Is the link as it must be on u?  False with a trouble where it is not, and
   without one where this u does not tell; then `open` says what is left. */
static bool is_good(proof *p, gf_interval u)
{
    gf_interval out[2];
    int way;

    gf_tape_interval(out, p->tape, &u, p->work);
    way = gf_interval_positive(out[1])   ? 1
          : gf_interval_negative(out[1]) ? -1
                                         : 0;
    if (is_outside(out[0], p->range))
        return fail(p, "its values leave the domain of D", u.lo);
    if (way * p->way < 0)
        return fail(p, "it is not monotone", u.lo);
    if (way && !p->way)
        p->way = way;
    p->open = way ? "its values are not proved to be in the domain of D"
                  : "its derivative is not proved to keep one sign";
    return way && is_inside(out[0], p->range);
}

static double middle(double lo, double hi)
{
    if (isinf(lo) && isinf(hi))
        return 0;
    if (isinf(hi))
        return lo < 0 ? 0 : 2 * lo + 1;
    if (isinf(lo))
        return hi > 0 ? 0 : 2 * hi - 1;
    return lo / 2 + hi / 2;
}

static bool prove(proof *p, gf_interval u, int depth)
{
    double m = middle(u.lo, u.hi);
    gf_interval left = u, right = u;

    if (is_good(p, u))
        return true;
    if (p->trouble)
        return false;
    if (depth == DEPTH || p->boxes == 0 || !(m > u.lo && m < u.hi))
        return fail(p, p->open, isfinite(u.lo) ? u.lo : u.hi);
    p->boxes--;
    left.hi = right.lo = m;
    left.hi_open = right.lo_open = false;
    return prove(p, left, depth + 1) && prove(p, right, depth + 1);
}

/* The i-th of some points from end to end. */
static double sample(gf_range domain, int i)
{
    double t = 2.0 * i / SAMPLES - 1;

    if (isfinite(domain.lo) && isfinite(domain.hi))
        return domain.lo + (domain.hi - domain.lo) * (t + 1) / 2;
    if (isfinite(domain.lo))
        return domain.lo + (1 + t) / (1 - t);
    if (isfinite(domain.hi))
        return domain.hi - (1 - t) / (1 + t);
    return 4 * t / (1 - t * t);
}

/* A plain refutation is found before any proof is tried. */
static bool survives_samples(proof *p, const gf_field *field)
{
    for (int i = 1; i < SAMPLES; i++) {
        double u = sample(field->domain[0], i);
        if (!gf_range_has(field->domain[0], u))
            continue;
        if (isnan(gf_field_d(field, u)))
            return fail(p, "it has no value", u);
        if (!is_good(p, gf_interval_point(u)) && p->trouble)
            return false;
    }
    return true;
}

/* A multiple of e whose first term has the coefficient 1, so that 0.3 - 0.3
   tanh(u)^2 loses the number that no double is. */
static gf_expr normalised(gf_graph *graph, gf_expr e)
{
    gf_expr scaled = e;
    fmpq_t coefficient;

    if (!e || gf_op_of(graph, e) != GF_OP_ADD)
        return e;
    fmpq_init(coefficient);
    gf_split_coefficient(graph, coefficient, gf_arg(graph, e, 0));
    if (!fmpq_is_zero(coefficient)) {
        fmpq_inv(coefficient, coefficient);
        scaled = gf_expr_simplify(graph, gf_scale(graph, e, coefficient));
    }
    fmpq_clear(coefficient);
    return scaled;
}

static gf_status compile(gf_tape **proved, gf_builder *b)
{
    gf_field *field = b->field;
    gf_graph *graph = field->graph;
    gf_expr root[2];
    gf_status status;

    root[0] = gf_field_bind(field, field->link);
    root[1] = gf_expr_derive(graph, root[0], field->axis[0]);
    status = gf_tape_new(&field->link_tape, graph, root, 2, field->axis, 1,
                         b->error);
    if (status == GF_NAME)
        return gf_passage_fail(b->error, GF_NAME, b->draft->link, 0,
                               "a link is a function of u alone, and a "
                               "definition in it uses D");
    if (!status && gf_tape_slots(field->link_tape) > GF_FIELD_SLOTS_MAX)
        return gf_passage_fail(b->error, GF_LIMIT, b->draft->link, 0,
                               "the link is too large");
    root[1] = normalised(graph, root[1]);
    return status
               ? status
               : gf_tape_new(proved, graph, root, 2, field->axis, 1, b->error);
}

static gf_status check(gf_builder *b, const gf_tape *tape)
{
    gf_field *field = b->field;
    gf_range u = field->domain[0];
    gf_interval start = {u.lo, u.hi, !u.lo_closed, !u.hi_closed, true};
    proof p = {.tape = tape, .range = field->d_domain, .boxes = BOXES};
    gf_status status = GF_OK;

    p.work = malloc(gf_tape_slots(tape) * sizeof *p.work);
    if (!p.work)
        return gf_error_set(b->error, GF_MEMORY, "out of memory");
    if (!survives_samples(&p, field) || !prove(&p, start, 0))
        status = gf_passage_fail(b->error, GF_DOMAIN, b->draft->link, 0,
                                 "this is no link: %s (near u = %.6g)",
                                 p.trouble, p.at);
    free(p.work);
    return status;
}

gf_status gf_build_link(gf_builder *b)
{
    gf_tape *tape = NULL;
    gf_status status;

    if (!b->field->link)
        return GF_OK;
    status = compile(&tape, b);
    if (!status)
        status = check(b, tape);
    gf_tape_free(tape);
    return status;
}
