/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the painter module, the only code that knows Cairo and Pango. */
#ifndef GANFIELD_MODULE_PAINTER_CAIRO_H
#define GANFIELD_MODULE_PAINTER_CAIRO_H

#include "figure/module.h"

#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdint.h>

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

/* Paints all of a scene with a context whose units are points; as_text: labels
 * are shown as text, else as outlines. */
GF_CHECKED gf_status gf_cairo_paint(gf_pango *pango, cairo_t *cr,
                                    const gf_scene *scene, bool as_text,
                                    gf_error *error);
void gf_cairo_path(cairo_t *cr, const gf_path *path);
void gf_cairo_colour(cairo_t *cr, gf_colour colour);

/* What a status of Cairo's means for us. */
GF_CHECKED gf_status gf_cairo_status(cairo_status_t status, gf_error *error);

/* Rows of a picture. */
typedef struct gf_image {
    uint32_t width, height;
    const unsigned char *data; /* native 32 bit ARGB, premultiplied */
    size_t stride;
    bool opaque; /* alpha is not looked at */
} gf_image;

/* Writes a PNG of 8 bits a channel with its resolution and what it says about
 * itself. */
GF_CHECKED gf_status gf_png_write(FILE *file, const gf_image *image, double dpi,
                                  const gf_about *about, gf_error *error);

#endif
