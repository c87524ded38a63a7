/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small figure that has everything a figure can have. */
#ifndef GANFIELD_TESTS_FIGURE_SAMPLE_H
#define GANFIELD_TESTS_FIGURE_SAMPLE_H

#include "figure/page.h"
#include "figure/paint.h"

#include <check.h>
#include <stdio.h>

static inline void sample_entry(gf_page *page, gf_sample sample,
                                const char *markup)
{
    gf_entry *entry = gf_page_entry(page);

    ck_assert_ptr_nonnull(entry);
    entry->sample = sample;
    entry->stroke = gf_theme_orbit(page->theme, page->entries);
    entry->marker =
        gf_theme_marker(page->theme, GF_MARKER_DISC, (gf_vec2){0, 0});
    entry->fill = gf_theme_hatch(page->theme);
    gf_rich_markup(&entry->text, markup);
}

/* A page of so many panels with names, a legend of every kind, a stamp. */
static inline void sample_page(gf_page *page, const gf_size *size,
                               const gf_theme *theme,
                               const gf_typesetter *typesetter, size_t panels)
{
    gf_page_init(page, size, theme, typesetter);
    for (size_t i = 0; i < panels; i++) {
        ck_assert_int_eq(
            gf_page_add(page, (gf_vec2){0, -0.1}, (gf_vec2){1, 1}, NULL),
            GF_OK);
        gf_rich_markup(&page->panel[i].x.name, "$D$");
        gf_rich_markup(&page->panel[i].y.name, "density $p_g$");
    }
    sample_entry(page, GF_SAMPLE_LINE, "$dD/dt = 0$");
    sample_entry(page, GF_SAMPLE_ARROW, "flow");
    sample_entry(page, GF_SAMPLE_START, "run");
    sample_entry(page, GF_SAMPLE_STEPS, "Euler");
    sample_entry(page, GF_SAMPLE_MARKER, "focus");
    sample_entry(page, GF_SAMPLE_AREA, "$p_g < 0$");
    gf_rich_markup(&page->stamp, "$p_d = 0.2$");
}

static inline void sample_label(gf_scene *scene, const gf_theme *theme,
                                gf_vec2 at, double angle, const char *markup)
{
    gf_label label = gf_theme_label(theme, at, 8);
    gf_rich text;

    label.angle = angle;
    label.halo = angle == 0 ? 1 : 0;
    gf_rich_init(&text);
    gf_rich_markup(&text, markup);
    gf_scene_label(scene, &text, &label);
    gf_rich_clear(&text);
}

/* Lines, areas, markers, heads and labels in a panel's frame. */
static inline void sample_panel(gf_scene *scene, const gf_theme *theme,
                                const gf_panel *panel, size_t number)
{
    const gf_box *box = &panel->frame.box;
    gf_stroke line = gf_theme_null(theme, 0);
    gf_fill hatch = gf_theme_hatch(theme);
    gf_path path;
    char id[32];

    snprintf(id, sizeof id, "null-D-%zu", number);
    gf_scene_open(scene, id, "null-D", "where D rests <&>");
    gf_scene_clip(scene, *box);
    gf_path_init(&path);
    gf_path_move(&path, (gf_vec2){box->x0, box->y0});
    gf_path_cubic(&path, (gf_vec2){box->x1, box->y0},
                  (gf_vec2){box->x0, box->y1}, (gf_vec2){box->x1, box->y1});
    gf_scene_stroke(scene, &path, &line);
    gf_path_reset(&path);
    gf_path_box(&path, (gf_box){box->x0, box->y1 - 20, box->x1, box->y1});
    gf_scene_fill(scene, &path, &hatch);
    gf_path_clear(&path);
    for (int kind = GF_MARKER_DISC; kind <= GF_MARKER_STEP; kind++) {
        gf_marker marker =
            gf_theme_marker(theme, (gf_marker_kind)kind,
                            (gf_vec2){box->x0 + 8 + 7 * kind, box->y0 + 12});
        gf_scene_marker(scene, &marker);
    }
    gf_arrow arrow = {{box->x0 + 30, box->y0 + 30}, {1, 2}, 4, theme->muted};
    gf_scene_arrow(scene, &arrow);
    gf_vec2 at = {box->x0 + 20, box->y1 - 30};
    sample_label(scene, theme, at, 0, "$\\lambda = -0.8$ & more");
    sample_label(scene, theme, at, 30, "$\\theta^2$");
    gf_scene_shut(scene);
}

static inline void sample_scene(gf_scene *scene, const gf_page *page)
{
    gf_scene_init(scene, page->width, page->height);
    gf_page_start(scene, page);
    gf_scene_say(scene, &scene->about.title, "A sample <of> all & more");
    gf_scene_say(scene, &scene->about.description, "Alt text: λ, é");
    gf_scene_say(scene, &scene->about.author, "N. N.");
    gf_scene_say(scene, &scene->about.command, "ganfield portrait");
    gf_scene_say(scene, &scene->about.version, "ganfield 0");
    for (size_t i = 0; i < page->panels; i++)
        sample_panel(scene, page->theme, &page->panel[i], i + 1);
    gf_page_finish(scene, page);
}

#endif
