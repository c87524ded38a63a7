/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/furniture.h"

#include <math.h>
#include <string.h>

gf_vec2 gf_frame_page(const gf_frame *f, gf_vec2 p)
{
    double u = (p.x - f->low.x) / (f->high.x - f->low.x);
    double v = (p.y - f->low.y) / (f->high.y - f->low.y);

    return (gf_vec2){f->box.x0 + u * (f->box.x1 - f->box.x0),
                     f->box.y1 - v * (f->box.y1 - f->box.y0)};
}

gf_vec2 gf_frame_plane(const gf_frame *f, gf_vec2 page)
{
    double u = (page.x - f->box.x0) / (f->box.x1 - f->box.x0);
    double v = (f->box.y1 - page.y) / (f->box.y1 - f->box.y0);

    return (gf_vec2){f->low.x + u * (f->high.x - f->low.x),
                     f->low.y + v * (f->high.y - f->low.y)};
}

gf_vec2 gf_frame_way(const gf_frame *f, gf_vec2 way)
{
    double sx = (f->box.x1 - f->box.x0) / (f->high.x - f->low.x);
    double sy = (f->box.y1 - f->box.y0) / (f->high.y - f->low.y);

    return (gf_vec2){way.x * sx, -way.y * sy};
}

void gf_page_init(gf_page *page, const gf_size *size, const gf_theme *theme,
                  const gf_typesetter *typesetter)
{
    *page = (gf_page){
        .theme = theme,
        .typesetter = typesetter,
        .width = size->width,
        .height = size->height,
        .free_height = size->height <= 0,
        .large = size->large,
        .small = size->small,
    };
    gf_rich_init(&page->scale.name);
    gf_rich_init(&page->title);
    gf_rich_init(&page->note);
    gf_rich_init(&page->stamp);
}

void gf_page_clear(gf_page *page)
{
    for (size_t i = 0; i < page->panels; i++) {
        gf_rich_clear(&page->panel[i].x.name);
        gf_rich_clear(&page->panel[i].x.label);
        gf_rich_clear(&page->panel[i].y.name);
        gf_rich_clear(&page->panel[i].y.label);
        gf_rich_clear(&page->panel[i].title);
        gf_rich_clear(&page->panel[i].caption);
    }
    for (size_t i = 0; i < page->entries; i++)
        gf_rich_clear(&page->entry[i].text);
    gf_rich_clear(&page->scale.name);
    gf_rich_clear(&page->title);
    gf_rich_clear(&page->note);
    gf_rich_clear(&page->stamp);
    gf_caption_clear(page);
    page->panels = page->entries = 0;
}

static bool is_window(double low, double high)
{
    double range = high - low;

    return isfinite(low) && isfinite(high) && isfinite(range) && range > 0 &&
           range >= 1e-10 * fmax(fabs(low), fabs(high)) && range >= 1e-290;
}

gf_status gf_page_add(gf_page *page, gf_vec2 low, gf_vec2 high, gf_error *error)
{
    if (page->panels == GF_PAGE_PANELS)
        return gf_error_set(error, GF_LIMIT, "a figure has at most %d panels",
                            GF_PAGE_PANELS);
    if (!is_window(low.x, high.x) || !is_window(low.y, high.y))
        return gf_error_set(error, GF_ARGUMENT,
                            "a window from %g to %g and from %g to %g has no "
                            "area",
                            low.x, high.x, low.y, high.y);
    gf_panel *panel = &page->panel[page->panels++];
    *panel = (gf_panel){.frame = {.low = low, .high = high}};
    gf_rich_init(&panel->x.name);
    gf_rich_init(&panel->x.label);
    gf_rich_init(&panel->y.name);
    gf_rich_init(&panel->y.label);
    gf_rich_init(&panel->title);
    gf_rich_init(&panel->caption);
    return GF_OK;
}

gf_entry *gf_page_entry(gf_page *page)
{
    if (page->entries == GF_PAGE_ENTRIES)
        return NULL;
    gf_entry *entry = &page->entry[page->entries++];
    *entry = (gf_entry){.sample = GF_SAMPLE_LINE};
    gf_rich_init(&entry->text);
    return entry;
}

void gf_page_start(gf_scene *scene, const gf_page *page)
{
    scene->background = page->theme->ground;
    scene->family = page->theme->family;
}
