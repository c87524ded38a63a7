/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/paint.h"

#include "figure/module.h"
#include "figure/svg.h"

#include <math.h>
#include <string.h>
#include <strings.h>

gf_status gf_paint_kind_of(gf_paint_kind *out, const char *path,
                           gf_error *error)
{
    static const struct {
        const char *extension;
        gf_paint_kind kind;
    } kinds[] = {
        {"svg", GF_PAINT_SVG}, {"png", GF_PAINT_PNG}, {"pdf", GF_PAINT_PDF}};
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcasecmp(dot + 1, kinds[i].extension) == 0) {
            *out = kinds[i].kind;
            return GF_OK;
        }
    }
    return gf_error_set(error, GF_ARGUMENT,
                        "cannot tell the format of '%s': end it with .svg, "
                        ".pdf or .png",
                        path);
}

gf_status gf_painter_open(gf_painter *painter, gf_paint_kind kind,
                          const char *family, gf_error *error)
{
    *painter =
        (gf_painter){kind, gf_typesetter_builtin(family), NULL, NULL, NULL};
    if (kind == GF_PAINT_SVG)
        return GF_OK;

    const gf_module *module = NULL;
    gf_status status = gf_module_load(&module, error);
    if (status)
        return status;
    status = module->open(&painter->state, &painter->typesetter, family, error);
    if (!status)
        painter->module = module;
    return status;
}

gf_status gf_paint_check(double page_width, double page_height, double dpi,
                         gf_error *error)
{
    if (!isfinite(dpi) || dpi <= 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "%g dots per inch make no picture", dpi);
    double width = round(page_width * dpi / 72);
    double height = round(page_height * dpi / 72);
    if (width < 1 || height < 1)
        return gf_error_set(error, GF_ARGUMENT,
                            "%g x %g points at %g dots per inch have no pixel",
                            page_width, page_height, dpi);
    if (width > GF_PAINT_LONGEST || height > GF_PAINT_LONGEST ||
        width * height > GF_PAINT_MOST_PIXELS)
        return gf_error_set(error, GF_LIMIT,
                            "a picture of %.0f x %.0f pixels is too large: at "
                            "most %d a side and %d in all",
                            width, height, GF_PAINT_LONGEST,
                            GF_PAINT_MOST_PIXELS);
    return GF_OK;
}

gf_status gf_painter_write(const gf_painter *painter, FILE *file,
                           const gf_scene *scene, double dpi, gf_error *error)
{
    gf_status status = gf_scene_check(scene, error);

    if (!status && painter->kind == GF_PAINT_PNG)
        status = gf_paint_check(scene->width, scene->height, dpi, error);
    if (status)
        return status;
    switch (painter->kind) {
    case GF_PAINT_SVG:
        return gf_svg_write(file, scene, NULL, error);
    case GF_PAINT_OUTLINED:
        return gf_svg_write(file, scene, painter->typesetter, error);
    case GF_PAINT_PNG:
        return painter->module->write_png(painter, file, scene, dpi, error);
    default:
        return painter->module->write_pdf(painter, file, scene, error);
    }
}

void gf_painter_close(gf_painter *painter)
{
    if (painter->module)
        painter->module->close(painter->state);
    *painter = (gf_painter){.typesetter = painter->typesetter};
}
