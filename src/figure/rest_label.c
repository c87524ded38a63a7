/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of rest points: coordinates and eigenvalues, where there is room. */
#include <math.h>

#include "figure/tag.h"

enum { DIGITS = 3, MOST = 12 };

static const double thick = 6, thin = 0.25, stepped = 1.5, solid = 200,
                    hatched = 0.1;         /* weights of ink */
static const double pulls[] = {3, 1, 0.3}; /* towards the point */
static const double edge = 3;              /* pt */
static const double farthest = 72; /* pt: of a label's middle from its point */

static void add_eigenvalues(gf_rich *text, const gf_spectrum *s)
{
    bool same = s->re[0] == s->re[1] && s->im[0] == 0;

    gf_rich_math(text, "\\lambda = ");
    if (s->im[0] != 0) {
        if (fabs(s->re[0]) > 1e-12 * fabs(s->im[0]))
            gf_rich_number(text, s->re[0], DIGITS);
        gf_rich_math(text, fabs(s->re[0]) > 1e-12 * fabs(s->im[0]) ? " \\pm "
                                                                   : "\\pm");
        if (fabs(fabs(s->im[0]) - 1) > 5e-4)
            gf_rich_number(text, fabs(s->im[0]), DIGITS);
        gf_rich_add(text, GF_ITALIC, "i");
        return;
    }
    gf_rich_number(text, s->re[0], DIGITS);
    if (same)
        return;
    gf_rich_add(text, GF_UPRIGHT, ", ");
    gf_rich_number(text, s->re[1], DIGITS);
}

/* A zero that came out of arithmetic. */
static double rounded(double x, double size)
{
    return fabs(x) < 1e-12 * size ? 0 : x;
}

static void write_label(gf_tag *l, const gf_portrait *p, size_t i)
{
    const gf_rest_point *point = &p->c->point[p->rest_index[i]];
    const gf_range *w = p->view.window;

    gf_rich_add(&l->line[0], GF_UPRIGHT, "(");
    gf_rich_number(&l->line[0], rounded(point->at.x, w[0].hi - w[0].lo),
                   DIGITS);
    gf_rich_add(&l->line[0], GF_UPRIGHT, ", ");
    gf_rich_number(&l->line[0], rounded(point->at.y, w[1].hi - w[1].lo),
                   DIGITS);
    gf_rich_add(&l->line[0], GF_UPRIGHT, ")");
    l->lines = 1;
    if (point->smooth) {
        add_eigenvalues(&l->line[1], &point->spectrum);
        l->lines = 2;
    }
}

/* --- room -------------------------------------------------------------- */

static void add_curve(gf_ink *ink, const gf_curve *curve, double weight)
{
    gf_path path;

    gf_path_init(&path);
    gf_path_polyline(&path, curve->at, curve->count);
    gf_ink_path(ink, &path, weight);
    gf_path_clear(&path);
}

static void add_ink(gf_ink *ink, const gf_curves *curves, double weight)
{
    for (size_t i = 0; i < curves->count; i++)
        add_curve(ink, &curves->item[i], weight);
}

static gf_box round_point(gf_vec2 p, double by)
{
    return (gf_box){p.x - by, p.y - by, p.x + by, p.y + by};
}

void gf_portrait_spill(gf_ink *ink, const gf_portrait *p, double marker,
                       const gf_tags *tags)
{
    for (int i = 0; i < 2; i++)
        add_ink(ink, &p->nullcline[i], thick);
    add_ink(ink, &p->stable, thick);
    add_ink(ink, &p->unstable, thick);
    add_ink(ink, &p->region, thick);
    add_ink(ink, &p->streamlines, thin);
    for (size_t i = 0; i < p->trajectory_count; i++) {
        const gf_portrait_run *run = &p->trajectory[i];
        add_ink(ink, &run->part, thick);
        gf_ink_box(ink, round_point(run->start, 2), solid);
        for (size_t k = 0; k < run->heads.count; k++)
            gf_ink_box(ink, round_point(run->heads.item[k].at, 4), thick);
        for (size_t m = 0; m < p->map_count; m++)
            add_curve(ink, &run->steps[m].curve, stepped);
    }
    for (size_t i = 0; i < p->rest_count; i++)
        gf_ink_box(ink, round_point(p->rest[i], marker + 1.5), solid);
    for (size_t i = 0; i < tags->count; i++)
        gf_ink_box(ink, tags->item[i].box, solid);
    gf_ink_box(ink, p->unphysical, hatched);
    gf_ink_sum(ink);
}

bool gf_tags_free(const gf_tags *tags, const gf_portrait *p, double marker,
                  gf_box box)
{
    for (size_t k = 0; k < p->rest_count; k++)
        if (gf_box_overlap(box, round_point(p->rest[k], marker)))
            return false;
    return !gf_tags_touch(tags, box);
}

/* A long leader across other curves says less than no label. */
static bool is_near(const gf_tag *tag)
{
    gf_vec2 middle = {(tag->box.x0 + tag->box.x1) / 2,
                      (tag->box.y0 + tag->box.y1) / 2};

    return gf_vec2_far(middle, tag->of) < farthest;
}

/* Where a label goes; false if it would cover a marker or another label. */
static gf_status find_room(bool *found, gf_tag *tag, const gf_portrait *p,
                           double marker, const gf_tags *tags, gf_error *error)
{
    gf_ink ink;
    gf_vec2 at;
    gf_status status =
        gf_ink_init(&ink, gf_box_grow(p->view.box, -edge), error);

    if (status)
        return status;
    gf_portrait_spill(&ink, p, marker, tags);
    for (size_t k = 0; k < sizeof pulls / sizeof pulls[0] && !*found; k++) {
        if (gf_ink_room(&at, &ink, tag->size, tag->of, pulls[k]) == INFINITY)
            break;
        tag->box = (gf_box){at.x, at.y, at.x + tag->size.x, at.y + tag->size.y};
        /* a label that hides more than it tells is left out */
        *found = is_near(tag) &&
                 gf_ink_in(&ink, tag->box) < 0.5 * thick * tag->size.x &&
                 gf_tags_free(tags, p, marker, tag->box);
    }
    gf_ink_clear(&ink);
    return GF_OK;
}

static gf_status place(gf_tags *tags, const gf_portrait *p, size_t i,
                       double marker, double size,
                       const gf_typesetter *typesetter, gf_error *error)
{
    gf_tag *tag = &tags->item[tags->count];
    bool found = false;
    gf_status status;

    *tag = (gf_tag){.leads = true, .of = p->rest[i]};
    write_label(tag, p, i);
    gf_tag_measure(tag, size, typesetter);
    status = find_room(&found, tag, p, marker, tags, error);
    if (status == GF_OK && found)
        tags->count++;
    else
        gf_tag_clear(tag);
    return status;
}

gf_status gf_tags_place(gf_tags *tags, const gf_portrait *p,
                        const gf_theme *theme, double size,
                        const gf_typesetter *typesetter, gf_error *error)
{
    double marker = 3.4 * theme->scale;
    gf_status status = GF_OK;

    tags->count = 0;
    if (!gf_portrait_has(p, GF_FEATURE_LABELS))
        return GF_OK;
    /* of many points none is told apart by its label */
    for (size_t i = 0;
         status == GF_OK && p->rest_count <= MOST && i < p->rest_count; i++)
        status = place(tags, p, i, marker, size, typesetter, error);
    if (status == GF_OK)
        status = gf_tags_levels(tags, p, theme, size, typesetter, error);
    return status;
}
