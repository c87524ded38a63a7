/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/tag.h"

#include <math.h>

static const double padding = 1.5, leader_least = 5; /* pt */
static const double halo = 0.9; /* pt: of letters that lie on a line */

void gf_tag_clear(gf_tag *tag)
{
    for (int k = 0; k < GF_TAG_LINES; k++)
        gf_rich_clear(&tag->line[k]);
    tag->lines = 0;
}

void gf_tags_clear(gf_tags *tags)
{
    while (tags->count > 0)
        gf_tag_clear(&tags->item[--tags->count]);
}

void gf_tag_measure(gf_tag *tag, double size, const gf_typesetter *typesetter)
{
    tag->size = (gf_vec2){0, 0};
    tag->leading = 1.15 * size;
    for (size_t k = 0; k < tag->lines; k++) {
        tag->extent[k] = gf_rich_measure(&tag->line[k], size, typesetter);
        tag->size.x = fmax(tag->size.x, tag->extent[k].width);
    }
    tag->size.x += 2 * padding;
    tag->size.y = tag->leading * (double)(tag->lines - 1) +
                  tag->extent[0].ascent + tag->extent[tag->lines - 1].descent +
                  2 * padding;
}

bool gf_tags_touch(const gf_tags *tags, gf_box box)
{
    for (size_t i = 0; i < tags->count; i++)
        if (gf_box_overlap(box, tags->item[i].box))
            return true;
    return false;
}

/* --- drawing ----------------------------------------------------------- */

static void draw_leader(gf_scene *scene, const gf_theme *theme,
                        const gf_tag *tag)
{
    double marker = 3.4 * theme->scale;
    gf_vec2 p = tag->of, to = {fmin(fmax(p.x, tag->box.x0), tag->box.x1),
                               fmin(fmax(p.y, tag->box.y0), tag->box.y1)};
    double far = gf_vec2_far(p, to);
    gf_stroke stroke = gf_theme_hairline(theme);
    gf_path path;

    if (!tag->leads || far < marker + leader_least)
        return;
    stroke.colour = theme->ink;
    stroke.width = 0.4 * theme->scale;
    gf_path_init(&path);
    gf_path_move(&path,
                 gf_vec2_along(p, (marker + 0.6) / far, gf_vec2_less(to, p)));
    gf_path_line(&path, to);
    gf_scene_stroke(scene, &path, &stroke);
    gf_path_clear(&path);
}

void gf_tags_draw_ground(gf_scene *scene, const gf_tags *tags,
                         const gf_theme *theme)
{
    gf_fill ground = {.colour = theme->ground};
    gf_path path;

    gf_path_init(&path);
    for (size_t i = 0; i < tags->count; i++)
        gf_path_box(&path, gf_box_grow(tags->item[i].box, -padding / 3));
    gf_scene_fill(scene, &path, &ground);
    scene->failed = scene->failed || path.failed;
    gf_path_clear(&path);
}

void gf_tags_draw(gf_scene *scene, const gf_tags *tags, const gf_theme *theme,
                  double size)
{
    for (size_t i = 0; i < tags->count; i++) {
        const gf_tag *tag = &tags->item[i];
        double baseline = tag->box.y0 + padding + tag->extent[0].ascent;
        draw_leader(scene, theme, tag);
        for (size_t k = 0; k < tag->lines; k++) {
            gf_vec2 at = {tag->box.x0 + padding,
                          baseline + tag->leading * (double)k};
            gf_label text = gf_theme_label(theme, at, size);
            text.halo = halo;
            gf_scene_label(scene, &tag->line[k], &text);
        }
    }
}
