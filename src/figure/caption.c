/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caption below the panels: a paragraph for each, broken into lines. */
#include "figure/furniture.h"

#include <stdlib.h>
#include <string.h>

/* Between the axes and the caption, in points before the theme's scale. */
static const double GAP = 5;

/* Adds bytes from begin up to end of a text, in its styles. */
static void add_part(gf_rich *out, const gf_rich *from, size_t begin,
                     size_t end)
{
    for (size_t i = 0; i < from->runs; i++) {
        const gf_run *run = &from->run[i];
        size_t a = run->start > begin ? run->start : begin;
        size_t b =
            run->start + run->length < end ? run->start + run->length : end;
        if (a < b)
            gf_rich_add_n(out, run->style, from->text.data + a, b - a);
    }
}

/* May a line end at this blank?  Not beside a sign that joins both sides. */
static bool is_break(const char *text, size_t at)
{
    static const char *const joins[] = {"=", "<", "\xc2\xb1", "\xc3\x97"};

    if (text[at] != ' ' || at == 0)
        return false;
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++) {
        size_t n = strlen(joins[i]);
        if (strncmp(text + at + 1, joins[i], n) == 0 ||
            (at >= n && strncmp(text + at - n, joins[i], n) == 0))
            return false;
    }
    return true;
}

static size_t next_break(const gf_rich *text, size_t from)
{
    while (from < text->text.length && !is_break(text->text.data, from))
        from++;
    return from;
}

static bool add_line(gf_page *page, const gf_rich *text, size_t begin,
                     size_t end)
{
    gf_rich *grown =
        realloc(page->line, (page->lines + 1) * sizeof *page->line);

    if (!grown)
        return false;
    page->line = grown;
    gf_rich_init(&page->line[page->lines]);
    add_part(&page->line[page->lines++], text, begin, end);
    return !page->line[page->lines - 1].failed;
}

static double width_of(const gf_page *page, const gf_rich *text, size_t begin,
                       size_t end)
{
    gf_rich part;
    double width;

    gf_rich_init(&part);
    add_part(&part, text, begin, end);
    width = gf_rich_measure(&part, page->small, page->typesetter).width;
    gf_rich_clear(&part);
    return width;
}

/* As much on each line as goes. */
static bool break_lines(gf_page *page, const gf_rich *text, double width)
{
    size_t begin = 0, end = next_break(text, 0), length = text->text.length;
    bool done = !text->failed;

    while (done && begin < length) {
        size_t next = end < length ? next_break(text, end + 1) : length;
        if (end < length && width_of(page, text, begin, next) <= width) {
            end = next;
            continue;
        }
        done = add_line(page, text, begin, end);
        begin = end < length ? end + 1 : length;
        end = begin < length ? next_break(text, begin) : length;
    }
    return done;
}

void gf_caption_clear(gf_page *page)
{
    while (page->lines > 0)
        gf_rich_clear(&page->line[--page->lines]);
    free(page->line);
    page->line = NULL;
}

bool gf_caption_break(gf_page *page)
{
    double width = page->width - 2 * GF_PAD;
    bool done = true;

    gf_caption_clear(page);
    for (size_t i = 0; i < page->panels && done; i++)
        if (page->panel[i].caption.runs > 0)
            done = break_lines(page, &page->panel[i].caption, width);
    return done &&
           (page->note.runs == 0 || break_lines(page, &page->note, width));
}

double gf_caption_room(const gf_page *page)
{
    return page->lines == 0 ? 0
                            : (double)page->lines * GF_LINE * page->small +
                                  GAP * page->theme->scale;
}

void gf_caption_draw(gf_scene *scene, const gf_page *page)
{
    double line = GF_LINE * page->small, y = page->height - GF_PAD;

    if (page->lines == 0)
        return;
    y -= page->stamp.runs > 0 ? line + 1.5 * page->theme->scale : 0;
    y -= line * (double)(page->lines - 1) + 0.3 * page->small;
    gf_scene_open(scene, "caption", "caption", NULL);
    for (size_t i = 0; i < page->lines; i++) {
        gf_label label = gf_theme_label(
            page->theme, (gf_vec2){GF_PAD, y + line * (double)i}, page->small);
        gf_scene_label(scene, &page->line[i], &label);
    }
    gf_scene_shut(scene);
}
