/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a painter module offers: a shared object, opened with dlopen, whose
 * symbol gf_painter_module is one of these.
 */
#ifndef GANFIELD_FIGURE_MODULE_H
#define GANFIELD_FIGURE_MODULE_H

#include "figure/paint.h"

#include <ganfield/export.h>

typedef struct gf_module {
    /* Of the program that the module was built with, and the size of what it
     * is given: another is not called. */
    const char *version;
    size_t scene_size, item_size;

    /* Gives the module's state for a family of fonts, and what measures. */
    gf_status (*open)(void **state, const gf_typesetter **typesetter,
                      const char *family, gf_error *error);
    void (*close)(void *state);

    /* With the painter's state, until it asks to stop. */
    gf_status (*write_png)(const gf_painter *painter, FILE *file,
                           const gf_scene *scene, double dpi, gf_error *error);
    gf_status (*write_pdf)(const gf_painter *painter, FILE *file,
                           const gf_scene *scene, gf_error *error);
} gf_module;

/* Finds, loads and checks the module: GF_READ says what is missing and how to
 * come by it. A module once loaded stays loaded. */
GF_CHECKED gf_status gf_module_load(const gf_module **out, gf_error *error);

#endif
