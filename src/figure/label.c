/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a label's letters lie. */
#include "figure/scene.h"

#include <math.h>

/* The height of a digit and the depth of a descender, as parts of the font
 * size: of Times, and near enough for what stands in for it. */
static const double DIGIT = 0.676, DESCENT = 0.217;

static double rise(const gf_label *label)
{
    switch (label->level) {
    case GF_LEVEL_MIDDLE:
        return -0.5 * DIGIT * label->size;
    case GF_LEVEL_TOP:
        return -DIGIT * label->size;
    case GF_LEVEL_BOTTOM:
        return DESCENT * label->size;
    default:
        return 0;
    }
}

/* A point of the label's own frame (x along the line, y down from its point)
 * on the page. */
static gf_vec2 turned(const gf_label *label, double x, double y)
{
    double angle = label->angle * 0.017453292519943295;
    double c = cos(angle), s = sin(angle);

    /* Quarter turns stay exact. */
    if (fmod(label->angle, 90) == 0) {
        c = round(c);
        s = round(s);
    }
    return (gf_vec2){label->at.x + c * x + s * y, label->at.y - s * x + c * y};
}

gf_vec2 gf_label_baseline(const gf_label *label, double width)
{
    return turned(label, -label->anchor * width, -rise(label));
}

gf_box gf_label_box(const gf_label *label, const gf_rich *rich,
                    const gf_typesetter *typesetter)
{
    gf_extent e = gf_rich_measure(rich, label->size, typesetter);
    double left = -label->anchor * e.width, base = -rise(label);
    gf_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};

    for (int i = 0; i < 4; i++) {
        gf_vec2 p = turned(label, left + (i & 1 ? e.width : 0),
                           base + (i & 2 ? e.descent : -e.ascent));
        box = gf_box_union(box, (gf_box){p.x, p.y, p.x, p.y});
    }
    return box;
}
