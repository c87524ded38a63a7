/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The levels of the energy as numbers on their curves, where there is room. */
#include <math.h>

#include "figure/tag.h"

enum { DIGITS = 3 };

static const double edge = 3, every = 3; /* pt: from the frame; of tries */

/* The box of a tag whose middle is on a curve. */
static gf_box box_at(const gf_tag *tag, gf_vec2 p)
{
    return (gf_box){p.x - tag->size.x / 2, p.y - tag->size.y / 2,
                    p.x + tag->size.x / 2, p.y + tag->size.y / 2};
}

static bool is_inside(gf_box inner, gf_box outer)
{
    return inner.x0 >= outer.x0 && inner.y0 >= outer.y0 &&
           inner.x1 <= outer.x1 && inner.y1 <= outer.y1;
}

/* The place on the curve with the least ink under the number. */
static bool find_place(gf_tag *tag, const gf_curve *curve, const gf_ink *ink,
                       const gf_tags *tags, const gf_portrait *p, double marker)
{
    gf_box room = gf_box_grow(p->view.box, -edge);
    double best = INFINITY, length = every;

    for (size_t i = 0; i < curve->count; i++) {
        gf_box box = box_at(tag, curve->at[i]);
        double cost;
        length += i ? gf_vec2_far(curve->at[i], curve->at[i - 1]) : 0;
        if (length < every)
            continue;
        length = 0;
        if (!is_inside(box, room) || !gf_tags_free(tags, p, marker, box))
            continue;
        cost = gf_ink_in(ink, box);
        if (cost < best) {
            best = cost;
            tag->box = box;
        }
    }
    return best < 3 * tag->size.x;
}

/* One number for each level, on its longest part. */
static void place(gf_tags *tags, const gf_portrait *p, size_t level,
                  const gf_ink *ink, double marker, double size,
                  const gf_typesetter *typesetter)
{
    gf_tag *tag = &tags->item[tags->count];
    const gf_curve *longest = NULL;
    double most = 0;

    for (size_t i = p->level_first[level]; i < p->level_first[level + 1]; i++) {
        double length = gf_curve_length(&p->energy.item[i]);
        if (length > most) {
            most = length;
            longest = &p->energy.item[i];
        }
    }
    if (!longest || tags->count == GF_TAGS_MOST)
        return;
    *tag = (gf_tag){.lines = 1};
    gf_rich_number(&tag->line[0], p->level[level], DIGITS);
    gf_tag_measure(tag, size, typesetter);
    if (most > 4 * tag->size.x &&
        find_place(tag, longest, ink, tags, p, marker))
        tags->count++;
    else
        gf_tag_clear(tag);
}

gf_status gf_tags_levels(gf_tags *tags, const gf_portrait *p,
                         const gf_theme *theme, double size,
                         const gf_typesetter *typesetter, gf_error *error)
{
    double marker = 3.4 * theme->scale;
    gf_ink ink;
    gf_status status;

    if (p->levels == 0)
        return GF_OK;
    status = gf_ink_init(&ink, p->view.box, error);
    if (status)
        return status;
    gf_portrait_spill(&ink, p, marker, tags);
    for (size_t i = 0; i < p->levels; i++)
        place(tags, p, i, &ink, marker, size, typesetter);
    gf_ink_clear(&ink);
    return GF_OK;
}
