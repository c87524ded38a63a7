/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Well, decay and first integral on the whole domain. */
#include <stdlib.h>

#include "analysis/corner.h"
#include "analysis/energy.h"
#include "analysis/stretch.h"

typedef struct tally {
    bool well_fails, well_open, decay_fails, decay_open, moves;
} tally;

/* A zero of g away from D0, or of f2' anywhere, spoils the well. */
static void tally_roots(tally *t, const gf_study *s, const gf_study_piece *p)
{
    for (size_t i = 0; i < p->chart_g.count; i++) {
        const gf_cell *cell = &p->chart_g.cell[i];
        if (cell->is_root &&
            (cell->root.hi < s->d0.lo || cell->root.lo > s->d0.hi))
            t->well_fails = true;
    }
    for (size_t i = 0; i < p->chart_d2.count; i++)
        t->well_fails = t->well_fails || p->chart_d2.cell[i].is_root;
    t->well_fails = t->well_fails || p->chart_g.zero || p->chart_d2.zero;
}

static void tally_stretch(tally *t, const gf_study *s, const gf_study_piece *p,
                          const gf_stretch *part)
{
    int well = gf_well_sign(s, part), decay = gf_decay_sign(s, p, part);
    bool flat = gf_is_conserved(s, p) || p->chart_g.zero || p->chart_d2.zero;

    t->well_fails = t->well_fails || well < 0;
    t->well_open = t->well_open || well == 0;
    t->decay_fails = t->decay_fails || decay < 0 || p->chart_d2.zero;
    t->decay_open = t->decay_open || (decay == 0 && !flat);
    t->moves = t->moves || decay != 0;
}

static gf_status tally_piece(tally *t, const gf_study *s,
                             const gf_study_piece *p)
{
    size_t count;
    double *x = gf_stretch_breaks(p, &count);

    if (!x)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    tally_roots(t, s, p);
    for (size_t i = 0; i + 1 < count; i++) {
        gf_stretch part = gf_stretch_of(p, x[i], x[i + 1]);
        if (x[i] < x[i + 1] && !gf_stretch_is_hair(p, &part))
            tally_stretch(t, s, p, &part);
    }
    free(x);
    return GF_OK;
}

/* One side of a corner: its functions where the chart does not reach. */
static gf_status tally_side(tally *t, const gf_study *s, const gf_corner *c,
                            const gf_study_piece *p)
{
    bool flat = gf_is_conserved(s, p) || p->chart_g.zero || p->chart_d2.zero;
    gf_stretch part = {.lo = c->lo, .hi = c->hi};
    gf_status status = gf_corner_sign(&part.g, s, c, p->g);

    if (status == GF_OK)
        status = gf_corner_sign(&part.s, s, c, p->balance);
    if (status == GF_OK)
        status = gf_corner_sign(&part.d2, s, c, p->d2);
    if (status)
        return status;
    if (gf_corner_value(s, c, p->g) == GF_SIGN_ZERO ||
        gf_corner_value(s, c, p->d2) == GF_SIGN_ZERO)
        t->well_fails = true;
    if (gf_well_sign(s, &part) == 0)
        t->well_open = true;
    /* in the corner itself decay follows from its neighbours */
    if (c->lo < c->hi && !flat && gf_decay_sign(s, p, &part) <= 0)
        t->decay_open = true;
    return GF_OK;
}

static gf_status tally_corner(tally *t, const gf_study *s, const gf_corner *c)
{
    gf_status status = GF_OK;

    for (int i = 0; i < 2 && status == GF_OK; i++)
        if (c->side[i] && !c->has_d0)
            status = tally_side(t, s, c, c->side[i]);
    if (c->has_d0 && c->lo < c->hi)
        t->well_open = t->decay_open = true;
    return status;
}

static gf_verdict verdict(bool fails, bool open)
{
    return fails ? GF_NO : open ? GF_UNKNOWN : GF_YES;
}

gf_status gf_energy_whole(gf_energy *e, const gf_study *s)
{
    tally t = {.well_open = !s->complete, .decay_open = !s->complete};
    bool conserved = s->count > 0;
    gf_corner corner;
    gf_status status = GF_OK;

    for (size_t i = 0; i < s->count && status == GF_OK; i++) {
        status = tally_piece(&t, s, &s->piece[i]);
        conserved = conserved && gf_is_conserved(s, &s->piece[i]);
    }
    for (size_t i = 0; i < gf_corner_count(s) && status == GF_OK; i++)
        if (gf_corner_at(&corner, s, i))
            status = tally_corner(&t, s, &corner);
    e->well = verdict(t.well_fails, t.well_open);
    e->decay = verdict(t.decay_fails, t.decay_open && !conserved);
    e->first_integral = conserved && s->complete ? GF_YES
                        : t.moves                ? GF_NO
                                                 : GF_UNKNOWN;
    e->decided = conserved && e->well != GF_UNKNOWN ? GF_DECIDED_SYMBOLIC
                 : e->well != GF_UNKNOWN || e->decay != GF_UNKNOWN
                     ? GF_DECIDED_INTERVAL
                     : GF_DECIDED_NONE;
    return status;
}
