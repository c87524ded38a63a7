/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the painter module, the only code that knows Cairo and Pango. */
#ifndef GANFIELD_MODULE_PAINTER_CAIRO_H
#define GANFIELD_MODULE_PAINTER_CAIRO_H

#include "figure/module.h"

#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdint.h>
#include <zlib.h>

/* What sets text. */
typedef struct gf_pango {
    gf_typesetter typesetter; /* first: the typesetter is also this */
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout;
    PangoFontDescription *font;
    cairo_t *scratch; /* where outlines are taken */
} gf_pango;

GF_CHECKED gf_status gf_pango_open(void **state,
                                   const gf_typesetter **typesetter,
                                   const char *family, gf_error *error);
void gf_pango_close(void *state);

/* Shows a label as text, which stays text in a PDF. */
void gf_pango_show(gf_pango *pango, cairo_t *cr, const gf_label *label,
                   const gf_rich *rich);

/* A scene made ready to be painted in parts: where each item is on the page,
 * and the outlines of labels. */
typedef struct gf_ready {
    gf_box *box;
    gf_path *letters;
    size_t count;
} gf_ready;

GF_CHECKED gf_status gf_ready_init(gf_ready *ready, const gf_pango *pango,
                                   const gf_scene *scene, gf_error *error);
void gf_ready_clear(gf_ready *ready);

/* Paints a scene with a context whose units are points. ready: only what
 * touches a part of the page, labels as outlines; NULL: all of it, labels as
 * text. */
GF_CHECKED gf_status gf_cairo_paint(const gf_painter *painter, cairo_t *cr,
                                    const gf_scene *scene,
                                    const gf_ready *ready, gf_box part,
                                    gf_error *error);

/* What a status of Cairo's means for us. */
GF_CHECKED gf_status gf_cairo_status(cairo_status_t status, gf_error *error);

/* A PNG of 8 bits a channel on its way: rows are given from the top, as many
 * at a time as one likes. */
typedef struct gf_png {
    FILE *file;
    uint32_t width, height;
    bool opaque; /* alpha is not looked at */
    z_stream stream;
    unsigned char *row, *out;
    bool failed; /* out of memory */
} gf_png;

/* Writes what stands before the rows. */
GF_CHECKED gf_status gf_png_start(gf_png *png, FILE *file, uint32_t width,
                                  uint32_t height, bool opaque, double dpi,
                                  const gf_about *about, gf_error *error);

/* Writes rows of native 32 bit ARGB, premultiplied. */
void gf_png_rows(gf_png *png, const unsigned char *data, size_t stride,
                 size_t rows);

/* Writes the end and releases all, also where the figure failed before. */
GF_CHECKED gf_status gf_png_finish(gf_png *png, gf_error *error);

#endif
