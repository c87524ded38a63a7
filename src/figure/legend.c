/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend. */
#include "figure/furniture.h"

#include <math.h>

/* In points before the theme's scale: a sample, from it to its text, from an
 * entry to the next in its line, round a legend inside a frame. */
static const double SAMPLE = 17, TEXT_GAP = 4, ENTRY_GAP = 13, PADDING = 3;

/* How many lines fewer are worth the loss of columns; most tabs in a line. */
enum { SAVED = 2, MOST_TABS = 6 };

/* A head's length. */
static const double HEAD = 5;

/* A marker takes less than a line where nothing stands below it. */
static double sample_width(const gf_page *page, const gf_entry *entry,
                           bool alone)
{
    return alone && entry->sample == GF_SAMPLE_MARKER
               ? 2 * (entry->marker.radius + entry->marker.halo)
               : SAMPLE * page->theme->scale;
}

static double entry_width(const gf_page *page, const gf_entry *entry,
                          bool alone)
{
    return sample_width(page, entry, alone) + TEXT_GAP * page->theme->scale +
           gf_rich_measure(&entry->text, page->small, page->typesetter).width;
}

/* The left ends of so many columns; false where they are too wide. */
static bool set_columns(double left[], const gf_page *page, size_t columns,
                        double width)
{
    double s = page->theme->scale, x = 0;

    for (size_t c = 0; c < columns; c++) {
        double widest = 0;
        for (size_t i = c; i < page->entries; i += columns)
            widest = fmax(widest, entry_width(page, &page->entry[i],
                                              columns == page->entries));
        left[c] = x;
        x += widest + ENTRY_GAP * s;
    }
    return x - ENTRY_GAP * s <= width;
}

/* Entries from tab to tab, a long one over several: how many lines, or 0 where
 * one is wider than a line. */
static size_t set_tabs(double left[], size_t line[], const gf_page *page,
                       size_t tabs, double width)
{
    double gap = ENTRY_GAP * page->theme->scale;
    double tab = (width + gap) / (double)tabs;
    size_t at = 0, lines = 1;

    for (size_t i = 0; i < page->entries; i++) {
        double wide = entry_width(page, &page->entry[i], false) + gap;
        size_t takes = (size_t)ceil(wide / tab - 1e-9);
        if (takes > tabs)
            return 0;
        if (at + takes > tabs) {
            lines++;
            at = 0;
        }
        left[i] = (double)at * tab;
        line[i] = lines - 1;
        at += takes;
    }
    return lines;
}

/* Lets long entries take the room of several, where that saves so many lines
 * that it is worth the loss of columns; how many lines there are then. */
static size_t save_lines(double left[], size_t line[], const gf_page *page,
                         double width, size_t lines)
{
    size_t best = 0, least = lines < SAVED ? 0 : lines - SAVED + 1;

    for (size_t tabs = 2; tabs <= MOST_TABS; tabs++) {
        size_t needs = set_tabs(left, line, page, tabs, width);
        if (needs > 0 && needs < least) {
            least = needs;
            best = tabs;
        }
    }
    return best > 0 ? set_tabs(left, line, page, best, width) : 0;
}

size_t gf_legend_flow(double left[], size_t line[], const gf_page *page,
                      double width)
{
    double column[GF_PAGE_ENTRIES] = {0};
    size_t lines = 1, columns = page->entries;

    /* As few lines as can be, all as long as each other. */
    while (columns > 1 && !set_columns(column, page, columns, width)) {
        lines++;
        columns = (page->entries + lines - 1) / lines;
    }
    if (columns == 1)
        column[0] = 0;
    lines = columns > 0 ? (page->entries + columns - 1) / columns : 0;
    size_t fewer = save_lines(left, line, page, width, lines);
    for (size_t i = 0; i < page->entries && fewer == 0; i++) {
        left[i] = column[i % columns];
        line[i] = i / columns;
    }
    return fewer > 0 ? fewer : lines;
}

gf_vec2 gf_page_legend_size(const gf_page *page)
{
    double width = 0, s = page->theme->scale;

    if (page->entries == 0)
        return (gf_vec2){0, 0};
    for (size_t i = 0; i < page->entries; i++) {
        width = fmax(width, entry_width(page, &page->entry[i], false));
    }
    double pad = page->place == GF_PLACE_INSIDE ? PADDING * s : 0;
    return (gf_vec2){width + 2 * pad,
                     (double)page->entries * GF_LINE * page->small + 2 * pad};
}

static void draw_line(gf_scene *scene, const gf_entry *entry, gf_vec2 from,
                      gf_vec2 to)
{
    gf_path path;

    gf_path_init(&path);
    gf_path_move(&path, from);
    gf_path_line(&path, to);
    gf_scene_stroke(scene, &path, &entry->stroke);
    gf_path_clear(&path);
}

static void draw_marker(gf_scene *scene, const gf_entry *entry, gf_vec2 at)
{
    gf_marker marker = entry->marker;

    marker.at = at;
    gf_scene_marker(scene, &marker);
}

static void draw_area(gf_scene *scene, const gf_page *page,
                      const gf_entry *entry, gf_box box)
{
    gf_stroke edge = gf_theme_hairline(page->theme);
    gf_path path;

    gf_path_init(&path);
    gf_path_box(&path, box);
    gf_scene_fill(scene, &path, &entry->fill);
    gf_scene_stroke(scene, &path, &edge);
    gf_path_clear(&path);
}

/* A sample of so much width whose left end is at a point, at half the height
 * of a digit. */
static void draw_sample(gf_scene *scene, const gf_page *page,
                        const gf_entry *entry, gf_vec2 at, double width)
{
    double s = page->theme->scale, middle = at.x + 0.5 * width;
    double half = 0.5 * GF_DIGIT * page->small;
    gf_vec2 end = {at.x + width, at.y};
    gf_arrow head = {{middle + 0.5 * HEAD * s, at.y},
                     {1, 0},
                     HEAD * s,
                     entry->stroke.colour};

    switch (entry->sample) {
    case GF_SAMPLE_AREA:
        draw_area(scene, page, entry,
                  (gf_box){at.x, at.y - half, end.x, at.y + half});
        return;
    case GF_SAMPLE_MARKER:
        draw_marker(scene, entry, (gf_vec2){middle, at.y});
        return;
    case GF_SAMPLE_STEPS:
        draw_line(scene, entry, at, end);
        for (int i = 0; i < 4; i++)
            draw_marker(scene, entry,
                        (gf_vec2){at.x + width * (i + 0.5) / 4, at.y});
        return;
    case GF_SAMPLE_START:
    case GF_SAMPLE_ARROW:
        draw_line(scene, entry, at, end);
        gf_scene_arrow(scene, &head);
        if (entry->sample == GF_SAMPLE_START)
            draw_marker(scene, entry, at);
        return;
    default:
        draw_line(scene, entry, at, end);
    }
}

/* An entry whose line has its top at a point. */
static void draw_entry(gf_scene *scene, const gf_page *page,
                       const gf_entry *entry, gf_vec2 at, double width)
{
    double middle = at.y + 0.5 * GF_LINE * page->small;
    gf_label label = gf_theme_label(
        page->theme,
        (gf_vec2){at.x + width + TEXT_GAP * page->theme->scale, middle},
        page->small);

    label.level = GF_LEVEL_MIDDLE;
    draw_sample(scene, page, entry, (gf_vec2){at.x, middle}, width);
    gf_scene_label(scene, &entry->text, &label);
}

static void draw_ground(gf_scene *scene, const gf_page *page)
{
    gf_fill ground = {.colour = page->theme->ground};
    gf_path path;

    gf_path_init(&path);
    gf_path_box(&path, page->legend);
    gf_scene_fill(scene, &path, &ground);
    gf_path_clear(&path);
}

void gf_legend_draw(gf_scene *scene, const gf_page *page)
{
    double left[GF_PAGE_ENTRIES], s = page->theme->scale;
    size_t line[GF_PAGE_ENTRIES];
    const gf_box *box = &page->legend;

    if (page->entries == 0)
        return;
    gf_scene_open(scene, "legend", "legend", "Legend");
    size_t lines = gf_legend_flow(left, line, page, box->x1 - box->x0);
    double pad = 0;
    if (page->place == GF_PLACE_INSIDE) {
        draw_ground(scene, page);
        pad = PADDING * s;
    }
    for (size_t i = 0; i < page->entries; i++) {
        const gf_entry *entry = &page->entry[i];
        bool above = page->place == GF_PLACE_ABOVE;
        double x = box->x0 + pad + (above ? left[i] : 0);
        double y = box->y0 + pad +
                   (double)(above ? line[i] : i) * GF_LINE * page->small;
        draw_entry(scene, page, entry, (gf_vec2){x, y},
                   sample_width(page, entry, above && lines == 1));
    }
    gf_scene_shut(scene);
}
