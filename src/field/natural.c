/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Are f1, f2, f3 defined on the whole domain of D?  A user who leaves out the
 * domain of log(D) would else get answers about numbers that do not exist.
 * A ball without a value at a sample point proves that a function is not; the
 * longest stretch of points with values is what the message proposes.
 */
#include <math.h>
#include <stdio.h>

#include "expr/tape.h"
#include "field/build.h"

enum { SAMPLES = 129, PRECISION = 128, HALVINGS = 60 };

typedef struct probe {
    const gf_field *field;
    gf_tape *tape; /* f1, f2, f3 */
    gf_status status;
} probe;

/* The first of the functions without a value at x; 3 if all have one. */
static int undefined_at(probe *p, double x)
{
    arb_ptr y = _arb_vec_init(3);
    arb_t at;
    int first = 0;

    arb_init(at);
    arb_set_d(at, x);
    p->status = gf_tape_ball(y, p->tape, at, PRECISION);
    while (p->status == GF_OK && first < 3 && arb_is_finite(y + first))
        first++;
    arb_clear(at);
    _arb_vec_clear(y, 3);
    return first;
}

/* Point i of the open domain; an unbounded one is sampled to about 60. */
static double sample(gf_range r, int i)
{
    double t = (i + 0.5173) / SAMPLES;

    if (isinf(r.lo) && isinf(r.hi))
        return (2 * t - 1) / (4 * t * (1 - t));
    if (isinf(r.hi))
        return r.lo + t / (1 - t);
    if (isinf(r.lo))
        return r.hi - (1 - t) / t;
    return r.lo + t * (r.hi - r.lo);
}

/* The border between a point with a value and one without. */
static double border(probe *p, double in, double out)
{
    double whole;

    for (int i = 0; i < HALVINGS; i++) {
        double mid = in / 2 + out / 2;
        if (undefined_at(p, mid) == 3)
            in = mid;
        else
            out = mid;
    }
    whole = round(in * 1000) / 1000;
    return fabs(in - whole) <= 1e-9 ? whole + 0.0 : in;
}

/* The longest stretch of samples with values, as a domain. */
static gf_range longest(probe *p, gf_range r, const int *missing)
{
    gf_range found = r;
    int best = 0, first = 0, run = 0;

    for (int i = 0; i < SAMPLES; i++) {
        run = missing[i] == 3 ? run + 1 : 0;
        if (run > best) {
            best = run;
            first = i - run + 1;
        }
    }
    if (best == 0)
        return (gf_range){NAN, NAN, false, false};
    if (first > 0)
        found.lo = border(p, sample(r, first), sample(r, first - 1));
    if (first + best < SAMPLES)
        found.hi =
            border(p, sample(r, first + best - 1), sample(r, first + best));
    return found;
}

static gf_status complain(const gf_builder *b, int f, double x,
                          gf_range proposed)
{
    gf_passage text = b->draft->f[f];
    char hint[96] = "";

    if (isfinite(proposed.lo) || isfinite(proposed.hi))
        snprintf(hint, sizeof hint,
                 text.origin && text.origin->file
                     ? "; write for instance D = (%.10g, %.10g) in [domain]"
                     : "; add for instance --domain '(%.10g, %.10g)'",
                 proposed.lo, proposed.hi);
    return gf_passage_fail(b->error, GF_DOMAIN, text, 0,
                           "no value at D = %.6g, inside the domain%s", x,
                           hint);
}

gf_status gf_build_natural(gf_builder *b)
{
    gf_field *field = b->field;
    probe p = {.field = field};
    int missing[SAMPLES], worst = -1;
    gf_expr f[3];
    gf_status status;

    if (field->kind == GF_PLANAR)
        return GF_OK;
    for (int i = 0; i < 3; i++)
        f[i] = gf_field_bind(field, field->f_of_d[i]);
    status =
        gf_tape_new(&p.tape, field->graph, f, 3, &field->d_symbol, 1, b->error);
    for (int i = 0; i < SAMPLES && status == GF_OK; i++) {
        missing[i] = undefined_at(&p, sample(field->d_domain, i));
        status = p.status;
        if (missing[i] < 3 && worst < 0)
            worst = i;
    }
    if (status == GF_OK && worst >= 0)
        status = complain(b, missing[worst], sample(field->d_domain, worst),
                          longest(&p, field->d_domain, missing));
    gf_tape_free(p.tape);
    return status;
}
