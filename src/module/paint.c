/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene painted by Cairo. */
#include "module/painter_cairo.h"

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

void gf_cairo_colour(cairo_t *cr, gf_colour c)
{
    cairo_set_source_rgba(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0,
                          c.a / 255.0);
}

void gf_cairo_path(cairo_t *cr, const gf_path *path)
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
    gf_cairo_colour(cr, s->colour);
    gf_cairo_path(cr, path);
    cairo_stroke(cr);
}

static bool fill(cairo_t *cr, const gf_fill *f, const gf_path *path)
{
    if (f->hatch == 0) {
        gf_cairo_colour(cr, f->colour);
        gf_cairo_path(cr, path);
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
        gf_cairo_colour(cr, layer[i].colour);
        if (layer[i].radius > 0) {
            cairo_new_sub_path(cr);
            cairo_arc(cr, marker->at.x, marker->at.y, layer[i].radius, 0,
                      6.283185307179586);
            cairo_close_path(cr);
        } else {
            gf_cairo_path(cr, &layer[i].path);
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
    gf_cairo_colour(cr, arrow->colour);
    gf_cairo_path(cr, &path);
    cairo_fill(cr);
    gf_path_clear(&path);
}

/* Letters: the band round them first, then they themselves, as text or as
 * their outlines. */
static bool letter(gf_pango *pango, cairo_t *cr, const gf_item *item,
                   bool as_text)
{
    const gf_label *label = &item->as.label;
    gf_path path;

    gf_path_init(&path);
    if (!as_text || label->halo > 0)
        gf_label_outline(&path, label, &item->rich, &pango->typesetter);
    if (label->halo > 0) {
        gf_stroke band = {.colour = label->outside, .width = 2 * label->halo};
        stroke(cr, &band, &path);
    }
    gf_cairo_colour(cr, label->colour);
    if (as_text) {
        gf_pango_show(pango, cr, label, &item->rich);
    } else {
        gf_cairo_path(cr, &path);
        cairo_fill(cr);
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
                  bool as_text)
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
        return letter(pango, cr, item, as_text);
    }
    return true;
}

gf_status gf_cairo_paint(gf_pango *pango, cairo_t *cr, const gf_scene *scene,
                         bool as_text, gf_error *error)
{
    bool done = true;

    if (scene->background.a > 0) {
        gf_cairo_colour(cr, scene->background);
        cairo_rectangle(cr, 0, 0, scene->width, scene->height);
        cairo_fill(cr);
    }
    for (size_t i = 0; i < scene->items && done; i++)
        done = paint(pango, cr, &scene->item[i], as_text);
    if (!done)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return gf_cairo_status(cairo_status(cr), error);
}
