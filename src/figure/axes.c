/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames, ticks, numbers, names and letters. */
#include "figure/furniture.h"

#include <stdio.h>

/* The point of the page at a tick. */
static gf_vec2 tick_point(const gf_frame *frame, double at, gf_side side)
{
    gf_vec2 low = frame->low;

    if (side == GF_SIDE_BELOW)
        return gf_frame_page(frame, (gf_vec2){at, low.y});
    if (side == GF_SIDE_LEFT)
        return gf_frame_page(frame, (gf_vec2){low.x, at});
    return gf_frame_page(frame, (gf_vec2){frame->high.x, at});
}

static void draw_number(gf_scene *scene, const gf_ticks *ticks, size_t i,
                        const gf_label *label)
{
    gf_rich number;

    gf_rich_init(&number);
    gf_ticks_number(&number, ticks, i);
    gf_scene_label(scene, &number, label);
    gf_rich_clear(&number);
}

void gf_axis_numbers(gf_scene *scene, const gf_page *page, const gf_axis *axis,
                     const gf_frame *frame, gf_side side)
{
    double s = page->theme->scale, length = GF_TICK_LENGTH * s;
    double gap = length + GF_NUMBER_GAP * s;
    gf_vec2 way = {side == GF_SIDE_BELOW  ? 0
                   : side == GF_SIDE_LEFT ? -1
                                          : 1,
                   side == GF_SIDE_BELOW ? 1 : 0};
    gf_stroke stroke = gf_theme_tick(page->theme);
    gf_path ticks;

    gf_path_init(&ticks);
    for (size_t i = 0; i < axis->ticks.count; i++) {
        gf_vec2 p = tick_point(frame, axis->ticks.at[i], side);
        gf_path_move(&ticks, p);
        gf_path_line(&ticks,
                     (gf_vec2){p.x + length * way.x, p.y + length * way.y});
    }
    gf_scene_stroke(scene, &ticks, &stroke);
    gf_path_clear(&ticks);
    for (size_t i = 0; axis->labelled && i < axis->ticks.count; i++) {
        gf_vec2 p = tick_point(frame, axis->ticks.at[i], side);
        gf_label label = gf_theme_label(
            page->theme, (gf_vec2){p.x + gap * way.x, p.y + gap * way.y},
            page->small);
        label.anchor = side == GF_SIDE_BELOW ? 0.5 : side == GF_SIDE_LEFT;
        label.level = side == GF_SIDE_BELOW ? GF_LEVEL_TOP : GF_LEVEL_MIDDLE;
        draw_number(scene, &axis->ticks, i, &label);
    }
}

/* Words to the left of the frame, without ticks: between lines of the panel's
 * own. */
static void draw_words(gf_scene *scene, const gf_page *page,
                       const gf_panel *panel)
{
    double s = page->theme->scale;
    gf_rich text;

    for (size_t i = 0; panel->y.labelled && i < panel->y.words; i++) {
        gf_vec2 p = tick_point(&panel->frame, (double)i, GF_SIDE_LEFT);
        gf_label label = gf_theme_label(
            page->theme,
            (gf_vec2){p.x - (GF_TICK_LENGTH + GF_NUMBER_GAP) * s, p.y},
            page->small);
        label.anchor = 1;
        label.level = GF_LEVEL_MIDDLE;
        gf_rich_init(&text);
        gf_rich_add(&text, GF_UPRIGHT, panel->y.word[i]);
        gf_scene_label(scene, &text, &label);
        gf_rich_clear(&text);
    }
}

static void draw_label_below(gf_scene *scene, const gf_page *page,
                             const gf_panel *panel)
{
    const gf_box *box = &panel->frame.box;
    double s = page->theme->scale;
    gf_extent e =
        gf_rich_measure(&panel->x.label, page->large, page->typesetter);
    double base = box->y1 + (GF_TICK_LENGTH + GF_NUMBER_GAP + GF_NAME_GAP) * s +
                  GF_DIGIT * page->small + e.ascent;
    gf_label label = gf_theme_label(
        page->theme, (gf_vec2){0.5 * (box->x0 + box->x1), base}, page->large);

    label.anchor = 0.5;
    gf_scene_label(scene, &panel->x.label, &label);
}

static void draw_label_left(gf_scene *scene, const gf_page *page,
                            const gf_panel *panel)
{
    const gf_box *box = &panel->frame.box;
    double s = page->theme->scale;
    double right = box->x0 -
                   (GF_TICK_LENGTH + GF_NUMBER_GAP + GF_NAME_GAP) * s -
                   gf_axis_room(page, &panel->y);
    gf_extent e =
        gf_rich_measure(&panel->y.label, page->large, page->typesetter);
    gf_label label = gf_theme_label(
        page->theme, (gf_vec2){right, 0.5 * (box->y0 + box->y1)}, page->large);

    if (gf_axis_is_short(page, &panel->y)) {
        label.anchor = 1;
        label.level = GF_LEVEL_MIDDLE;
    } else {
        label.at.x -= e.descent;
        label.anchor = 0.5;
        label.angle = 90;
    }
    gf_scene_label(scene, &panel->y.label, &label);
}

static void draw_letter(gf_scene *scene, const gf_page *page, size_t i)
{
    const gf_panel *panel = &page->panel[i];
    const gf_box *box = &panel->frame.box;
    gf_label label = gf_theme_label(
        page->theme,
        (gf_vec2){box->x0, box->y0 - GF_TITLE_GAP * page->theme->scale},
        page->large);
    gf_rich text;

    if (!gf_panel_is_titled(page, panel))
        return;
    gf_rich_init(&text);
    if (page->panels > 1) {
        char letter[] = {'(', (char)('a' + i), ')', '\0'};
        gf_rich_add(&text, GF_BOLD, letter);
        if (panel->title.runs > 0)
            gf_rich_add(&text, GF_UPRIGHT, " ");
    }
    gf_rich_append(&text, &panel->title);
    gf_scene_label(scene, &text, &label);
    gf_rich_clear(&text);
}

static void draw_panel(gf_scene *scene, const gf_page *page, size_t i)
{
    const gf_panel *panel = &page->panel[i];
    gf_stroke frame = gf_theme_frame(page->theme);
    char id[32] = "axes";
    gf_path path;

    if (page->panels > 1)
        snprintf(id, sizeof id, "axes-%zu", i + 1);
    gf_scene_open(scene, id, "axes", NULL);
    gf_axis_numbers(scene, page, &panel->x, &panel->frame, GF_SIDE_BELOW);
    gf_axis_numbers(scene, page, &panel->y, &panel->frame, GF_SIDE_LEFT);
    draw_words(scene, page, panel);
    if (panel->x.labelled)
        draw_label_below(scene, page, panel);
    if (panel->y.labelled)
        draw_label_left(scene, page, panel);
    draw_letter(scene, page, i);
    gf_path_init(&path);
    gf_path_box(&path, panel->frame.box);
    gf_scene_stroke(scene, &path, &frame);
    gf_path_clear(&path);
    gf_scene_shut(scene);
}

static void draw_stamp(gf_scene *scene, const gf_page *page)
{
    gf_label label = gf_theme_label(page->theme, page->stamp_at, page->small);

    if (page->stamp.runs == 0)
        return;
    gf_scene_open(scene, "stamp", "stamp", NULL);
    gf_scene_label(scene, &page->stamp, &label);
    gf_scene_shut(scene);
}

static void draw_title(gf_scene *scene, const gf_page *page)
{
    gf_label label = gf_theme_label(
        page->theme, (gf_vec2){page->panel[0].frame.box.x0, page->title_line},
        page->large);

    if (page->title.runs == 0)
        return;
    gf_scene_open(scene, "title-line", "title", NULL);
    gf_scene_label(scene, &page->title, &label);
    gf_scene_shut(scene);
}

void gf_page_finish(gf_scene *scene, const gf_page *page)
{
    for (size_t i = 0; i < page->panels; i++)
        draw_panel(scene, page, i);
    gf_bar_draw(scene, page);
    gf_legend_draw(scene, page);
    draw_title(scene, page);
    gf_caption_draw(scene, page);
    draw_stamp(scene, page);
}
