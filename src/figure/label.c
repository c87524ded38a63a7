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

gf_vec2 gf_label_point(const gf_label *label, double width, double x, double y)
{
    return turned(label, x - label->anchor * width, y - rise(label));
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

void gf_label_outline(gf_path *path, const gf_label *label, const gf_rich *rich,
                      const gf_typesetter *typesetter)
{
    double width = gf_rich_measure(rich, label->size, typesetter).width;
    double x = 0;
    gf_path run;

    gf_path_init(&run);
    for (size_t i = 0; i < rich->runs; i++) {
        const gf_run *r = &rich->run[i];
        const char *text = rich->text.data + r->start;
        double size = gf_run_size(r, label->size);
        double drop = gf_run_drop(r, label->size);

        gf_path_reset(&run);
        typesetter->outline(&run, typesetter, text, r->length, r->style, size);
        for (size_t k = 0; k < run.points; k++)
            run.point[k] = gf_label_point(label, width, x + run.point[k].x,
                                          drop + run.point[k].y);
        gf_path_append(path, &run);
        x += typesetter->measure(typesetter, text, r->length, r->style, size)
                 .width;
    }
    gf_path_clear(&run);
}
