/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a scene to a file.
 *
 *     gf_painter painter;
 *     status = gf_painter_open(&painter, GF_PAINT_PDF, GF_SERIF, error);
 *     if (status)
 *         return status;
 *     lay_out(&scene, painter.typesetter);
 *     status = gf_painter_write(&painter, file, &scene, 300, error);
 *     gf_painter_close(&painter);
 *
 * SVG with text is written here, without any library; the rest by a module
 * that is loaded when it is asked for (module.h).
 */
#ifndef GANFIELD_FIGURE_PAINT_H
#define GANFIELD_FIGURE_PAINT_H

#include "figure/scene.h"

#include <stdio.h>

typedef enum gf_paint_kind {
    GF_PAINT_SVG,      /* text as text */
    GF_PAINT_OUTLINED, /* SVG with the outlines of its letters */
    GF_PAINT_PNG,
    GF_PAINT_PDF
} gf_paint_kind;

/* The dots per inch of a PNG that nobody asked otherwise for, and the limits
 * of its size. */
#define GF_PAINT_DPI 300.0
enum { GF_PAINT_MOST_PIXELS = 100000000, GF_PAINT_LONGEST = 32767 };

/* Asked from time to time while a picture is painted: is it to stop? */
typedef bool gf_paint_stop(void);

struct gf_module;

typedef struct gf_painter {
    gf_paint_kind kind;
    const gf_typesetter *typesetter; /* what to lay out with */
    const struct gf_module *module;  /* NULL: none is needed */
    void *state;                     /* the module's */
    gf_paint_stop *stop;             /* NULL, unless set after opening */
} gf_painter;

/* The kind that a file's name asks for by its extension (svg, png, pdf; upper
 * case too); GF_ARGUMENT for another. */
GF_CHECKED gf_status gf_paint_kind_of(gf_paint_kind *out, const char *path,
                                      gf_error *error);

/* Opens *painter for a kind of file and a family of fonts, and loads what that
 * needs. GF_READ where the module is missing, broken or of another version, or
 * where the machine has no font at all, with what to install; GF_MEMORY. On
 * failure nothing is open. */
GF_CHECKED gf_status gf_painter_open(gf_painter *painter, gf_paint_kind kind,
                                     const char *family, gf_error *error);

/* Refuses what would be no picture, or one larger than any screen or paper:
 * GF_ARGUMENT, GF_LIMIT. */
GF_CHECKED gf_status gf_paint_check(double width, double height, double dpi,
                                    gf_error *error);

/* Writes the whole file. The scene's family must be the painter's. dpi counts
 * for PNG only. Errors as gf_scene_check, GF_ARGUMENT for a dpi that is not
 * positive, GF_LIMIT for more pixels than the limits above, GF_MEMORY,
 * GF_WRITE, also where it was stopped. Whether all bytes arrived is known only
 * after the file was closed (base/output.h). */
GF_CHECKED gf_status gf_painter_write(const gf_painter *painter, FILE *file,
                                      const gf_scene *scene, double dpi,
                                      gf_error *error);

void gf_painter_close(gf_painter *painter);

#endif
