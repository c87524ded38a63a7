/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene painted by Cairo. */
#include "module/painter_cairo.h"

#include <stdlib.h>

gf_status gf_cairo_status(cairo_status_t status, gf_error *error)
{
    switch (status) {
    case CAIRO_STATUS_SUCCESS:
        return GF_OK;
    case CAIRO_STATUS_NO_MEMORY:
        return gf_error_set(error, GF_MEMORY, "out of memory");
    case CAIRO_STATUS_WRITE_ERROR:
        return gf_error_set(error, GF_WRITE, "cannot write the figure");
    case CAIRO_STATUS_INVALID_SIZE:
        return gf_error_set(error, GF_LIMIT, "the figure is too large");
    default:
        return gf_error_set(error, GF_INTERNAL, "Cairo: %s",
                            cairo_status_to_string(status));
    }
}

static void set_colour(cairo_t *cr, gf_colour c)
{
    cairo_set_source_rgba(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0,
                          c.a / 255.0);
}

static void add_path(cairo_t *cr, const gf_path *path)
{
    const gf_vec2 *p = path->point;

    for (size_t i = 0; i < path->steps; i++) {
        gf_path_step step = (gf_path_step)path->step[i];
        if (step == GF_PATH_MOVE)
            cairo_move_to(cr, p[0].x, p[0].y);
        else if (step == GF_PATH_LINE)
            cairo_line_to(cr, p[0].x, p[0].y);
        else if (step == GF_PATH_CUBIC)
            cairo_curve_to(cr, p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y);
        else
            cairo_close_path(cr);
        p += gf_path_takes(step);
    }
}

static void stroke(cairo_t *cr, const gf_stroke *s, const gf_path *path)
{
    int dashes = 0;

    for (int i = 0; i < GF_DASHES; i++)
        if (s->dash[i] > 0)
            dashes = i + 1;
    cairo_set_dash(cr, s->dash, dashes, 0);
    cairo_set_line_width(cr, s->width);
    cairo_set_line_cap(cr, s->cap == GF_CAP_ROUND ? CAIRO_LINE_CAP_ROUND
                                                  : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cr, s->join == GF_JOIN_ROUND ? CAIRO_LINE_JOIN_ROUND
                                                     : CAIRO_LINE_JOIN_MITER);
    set_colour(cr, s->colour);
    add_path(cr, path);
    cairo_stroke(cr);
}

static bool fill(cairo_t *cr, const gf_fill *f, const gf_path *path)
{
    if (f->hatch == 0) {
        set_colour(cr, f->colour);
        add_path(cr, path);
        cairo_fill(cr);
        return true;
    }
    gf_path lines;
    gf_path_init(&lines);
    gf_hatch(&lines, path, f->hatch);
    gf_stroke s = {.colour = f->colour, .width = f->width};
    stroke(cr, &s, &lines);
    bool done = !lines.failed;
    gf_path_clear(&lines);
    return done;
}

static void mark(cairo_t *cr, const gf_marker *marker)
{
    gf_layer layer[GF_MARKER_LAYERS];
    size_t n = gf_marker_layers(layer, marker);

    for (size_t i = 0; i < n; i++) {
        set_colour(cr, layer[i].colour);
        if (layer[i].radius > 0) {
            cairo_new_sub_path(cr);
            cairo_arc(cr, marker->at.x, marker->at.y, layer[i].radius, 0,
                      6.283185307179586);
            cairo_close_path(cr);
        } else {
            add_path(cr, &layer[i].path);
        }
        cairo_fill(cr);
        gf_path_clear(&layer[i].path);
    }
}

static void head(cairo_t *cr, const gf_arrow *arrow)
{
    gf_path path;

    gf_path_init(&path);
    gf_arrow_path(&path, arrow);
    set_colour(cr, arrow->colour);
    add_path(cr, &path);
    cairo_fill(cr);
    gf_path_clear(&path);
}

/* Letters: the band round them first, then they themselves, as text where
 * there is no outline. */
static bool letter(gf_pango *pango, cairo_t *cr, const gf_item *item,
                   const gf_path *outline)
{
    const gf_label *label = &item->as.label;
    gf_stroke band = {.colour = label->outside, .width = 2 * label->halo};
    gf_path path;

    gf_path_init(&path);
    if (label->halo > 0) {
        if (!outline)
            gf_label_outline(&path, label, &item->rich, &pango->typesetter);
        stroke(cr, &band, outline ? outline : &path);
    }
    set_colour(cr, label->colour);
    if (outline) {
        add_path(cr, outline);
        cairo_fill(cr);
    } else {
        gf_pango_show(pango, cr, label, &item->rich);
    }
    bool done = !path.failed;
    gf_path_clear(&path);
    return done;
}

static void open_group(cairo_t *cr, const gf_group *group)
{
    const gf_box *c = &group->clip;

    cairo_save(cr);
    if (!group->clipped)
        return;
    cairo_rectangle(cr, c->x0, c->y0, c->x1 - c->x0, c->y1 - c->y0);
    cairo_clip(cr);
}

static bool paint(gf_pango *pango, cairo_t *cr, const gf_item *item,
                  const gf_path *outline)
{
    switch (item->kind) {
    case GF_ITEM_OPEN:
        open_group(cr, &item->as.group);
        return true;
    case GF_ITEM_SHUT:
        cairo_restore(cr);
        return true;
    case GF_ITEM_STROKE:
        stroke(cr, &item->as.stroke, &item->path);
        return true;
    case GF_ITEM_FILL:
        return fill(cr, &item->as.fill, &item->path);
    case GF_ITEM_MARKER:
        mark(cr, &item->as.marker);
        return true;
    case GF_ITEM_ARROW:
        head(cr, &item->as.arrow);
        return true;
    case GF_ITEM_LABEL:
        return letter(pango, cr, item, outline);
    }
    return true;
}

static bool is_group(const gf_item *item)
{
    return item->kind == GF_ITEM_OPEN || item->kind == GF_ITEM_SHUT;
}

gf_status gf_cairo_paint(const gf_painter *painter, cairo_t *cr,
                         const gf_scene *scene, const gf_ready *ready,
                         gf_box part, gf_error *error)
{
    gf_pango *pango = painter->state;
    bool done = true, stops = false;

    if (scene->background.a > 0) {
        set_colour(cr, scene->background);
        cairo_rectangle(cr, 0, 0, scene->width, scene->height);
        cairo_fill(cr);
    }
    for (size_t i = 0; i < scene->items && done && !stops; i++) {
        const gf_item *item = &scene->item[i];
        if (!ready || is_group(item) || gf_box_overlap(ready->box[i], part))
            done = paint(pango, cr, item, ready ? &ready->letters[i] : NULL);
        stops = painter->stop && painter->stop();
    }
    if (stops)
        return gf_error_set(error, GF_WRITE, "stopped");
    if (!done)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return gf_cairo_status(cairo_status(cr), error);
}

/* Where an item's ink may be; a mitre reaches ten half widths out. */
static gf_box box_of(const gf_item *item, const gf_path *letters)
{
    gf_box box;
    gf_path path;

    switch (item->kind) {
    case GF_ITEM_STROKE:
        return gf_box_grow(gf_path_bounds(&item->path),
                           item->as.stroke.width *
                               (item->as.stroke.join == GF_JOIN_MITER ? 5 : 1));
    case GF_ITEM_FILL:
        return gf_box_grow(gf_path_bounds(&item->path), item->as.fill.width);
    case GF_ITEM_MARKER:
        return gf_marker_box(&item->as.marker);
    case GF_ITEM_LABEL:
        return gf_box_grow(gf_path_bounds(letters), 2 * item->as.label.halo);
    case GF_ITEM_ARROW:
        gf_path_init(&path);
        gf_arrow_path(&path, &item->as.arrow);
        box = gf_path_bounds(&path);
        gf_path_clear(&path);
        return box;
    default:
        return (gf_box){0, 0, 0, 0};
    }
}

gf_status gf_ready_init(gf_ready *ready, const gf_pango *pango,
                        const gf_scene *scene, gf_error *error)
{
    bool failed = false;
    size_t n = scene->items;

    *ready = (gf_ready){calloc(n + 1, sizeof *ready->box),
                        calloc(n + 1, sizeof *ready->letters), n};
    failed = !ready->box || !ready->letters;
    for (size_t i = 0; i < n && !failed; i++) {
        const gf_item *item = &scene->item[i];
        gf_path *letters = &ready->letters[i];
        if (item->kind == GF_ITEM_LABEL)
            gf_label_outline(letters, &item->as.label, &item->rich,
                             &pango->typesetter);
        failed = letters->failed;
        ready->box[i] = box_of(item, letters);
    }
    if (!failed)
        return GF_OK;
    gf_ready_clear(ready);
    return gf_error_set(error, GF_MEMORY, "out of memory");
}

void gf_ready_clear(gf_ready *ready)
{
    for (size_t i = 0; ready->letters && i < ready->count; i++)
        gf_path_clear(&ready->letters[i]);
    free(ready->letters);
    free(ready->box);
    *ready = (gf_ready){NULL, NULL, 0};
}
