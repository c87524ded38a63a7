/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text by Pango, in the same shapes on every machine that has the fonts:
 * unhinted, unrounded, whatever the locale. */
#include "module/painter_cairo.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangofc-fontmap.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Families that match Times and Helvetica, the best first, and what stands for
 * any other. */
static const char *const serif[] = {
    "Liberation Serif", "Times New Roman", "STIX Two Text", "TeX Gyre Termes",
    "Nimbus Roman",     "FreeSerif",       "Tinos",         "DejaVu Serif",
};
static const char *const sans[] = {
    "Liberation Sans", "Arial",    "Helvetica",   "TeX Gyre Heros",
    "Nimbus Sans",     "FreeSans", "DejaVu Sans",
};

/* All text is set in one size, and scaled: nothing is hinted or rounded, and
 * for each size of a font Fontconfig would look through all fonts again. A
 * large one, since Cairo keeps paths in 1/256 of its units. */
static const double SET_SIZE = 512;

/* The rank of a font among the families wanted; count for another one, and
 * SIZE_MAX for one that cannot be drawn at any size. */
static size_t rank_of(FcPattern *font, const char *const *family, size_t count)
{
    FcBool scalable = FcFalse;
    FcChar8 *name;
    size_t best = count;

    FcPatternGetBool(font, FC_SCALABLE, 0, &scalable);
    if (!scalable)
        return SIZE_MAX;
    for (int n = 0;
         FcPatternGetString(font, FC_FAMILY, n, &name) == FcResultMatch; n++)
        for (size_t k = 0; k < best; k++)
            if (strcmp((const char *)name, family[k]) == 0)
                best = k;
    return best;
}

/* The best family that is there, or what Fontconfig takes for it; NULL where
 * there is no font at all. A list of all of them would be sorted through by
 * Fontconfig for each style, which takes longer than to draw the figure. */
static const char *best_family(const char *const *family, size_t count,
                               const char *other)
{
    FcConfig *config = FcConfigGetCurrent(); /* Pango's too; not ours to free */
    size_t best = SIZE_MAX;

    for (int set = 0; config && set < 2; set++) {
        FcFontSet *fonts =
            FcConfigGetFonts(config, set == 0 ? FcSetSystem : FcSetApplication);
        for (int i = 0; fonts && i < fonts->nfont && best > 0; i++) {
            size_t rank = rank_of(fonts->fonts[i], family, count);
            best = rank < best ? rank : best;
        }
    }
    if (best == SIZE_MAX)
        return NULL;
    return best < count ? family[best] : other;
}

static const char *family_of(const char *family)
{
    if (strcmp(family, GF_SANS) == 0)
        return best_family(sans, sizeof sans / sizeof *sans, "sans-serif");
    return best_family(serif, sizeof serif / sizeof *serif, "serif");
}

/* Lays a run out in SET_SIZE; the layout is the one of *pango. */
static PangoLayoutLine *set(const gf_pango *pango, const char *utf8,
                            size_t length, unsigned style)
{
    PangoFontDescription *font = pango->font;

    pango_font_description_set_absolute_size(font, SET_SIZE * PANGO_SCALE);
    pango_font_description_set_style(
        font, style & GF_ITALIC ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_font_description_set_weight(
        font, style & GF_BOLD ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(pango->layout, font);
    pango_layout_set_text(pango->layout, utf8, (int)length);
    return pango_layout_get_line_readonly(pango->layout, 0);
}

static double width_of(PangoLayoutLine *line)
{
    PangoRectangle logical;

    pango_layout_line_get_extents(line, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

static gf_extent measure(const gf_typesetter *self, const char *utf8,
                         size_t length, unsigned style, double size)
{
    const gf_pango *pango = (const gf_pango *)self;
    PangoRectangle logical;

    PangoLayoutLine *line = set(pango, utf8, length, style);
    pango_layout_line_get_extents(line, NULL, &logical);
    /* The line's own height has room for accents that nobody uses here. */
    return (gf_extent){logical.width / PANGO_SCALE * (size / SET_SIZE),
                       0.683 * size, 0.217 * size};
}

static void outline(gf_path *path, const gf_typesetter *self, const char *utf8,
                    size_t length, unsigned style, double size)
{
    const gf_pango *pango = (const gf_pango *)self;
    double scale = size / SET_SIZE;
    cairo_t *cr = pango->scratch;

    cairo_new_path(cr);
    cairo_move_to(cr, 0, 0);
    pango_cairo_layout_line_path(cr, set(pango, utf8, length, style));
    cairo_path_t *copy = cairo_copy_path(cr);
    for (int i = 0; i < copy->num_data; i += copy->data[i].header.length) {
        const cairo_path_data_t *data = &copy->data[i];
        gf_vec2 p[3];
        for (int k = 0; k < data->header.length - 1; k++)
            p[k] = (gf_vec2){data[k + 1].point.x * scale,
                             data[k + 1].point.y * scale};
        if (data->header.type == CAIRO_PATH_MOVE_TO)
            gf_path_move(path, p[0]);
        else if (data->header.type == CAIRO_PATH_LINE_TO)
            gf_path_line(path, p[0]);
        else if (data->header.type == CAIRO_PATH_CURVE_TO)
            gf_path_cubic(path, p[0], p[1], p[2]);
        else
            gf_path_close(path);
    }
    if (copy->status)
        path->failed = true;
    cairo_path_destroy(copy);
}

void gf_pango_show(gf_pango *pango, cairo_t *cr, const gf_label *label,
                   const gf_rich *rich)
{
    double width = gf_rich_measure(rich, label->size, &pango->typesetter).width;
    double x = 0;

    for (size_t i = 0; i < rich->runs; i++) {
        const gf_run *run = &rich->run[i];
        double scale = gf_run_size(run, label->size) / SET_SIZE;
        gf_vec2 at =
            gf_label_point(label, width, x, gf_run_drop(run, label->size));
        PangoLayoutLine *line =
            set(pango, rich->text.data + run->start, run->length, run->style);
        cairo_save(cr);
        cairo_translate(cr, at.x, at.y);
        cairo_rotate(cr, -label->angle * 0.017453292519943295);
        cairo_scale(cr, scale, scale);
        cairo_move_to(cr, 0, 0);
        pango_cairo_show_layout_line(cr, line);
        cairo_restore(cr);
        x += scale * width_of(line);
    }
}

/* No bitmaps and no coloured pictures: they have no outlines, and in a PDF
 * they are fonts of Type 3. */
static void prefer_outlines(FcPattern *pattern, gpointer data)
{
    (void)data;
    FcPatternDel(pattern, FC_COLOR);
    FcPatternAddBool(pattern, FC_COLOR, FcFalse);
    FcPatternDel(pattern, FC_OUTLINE);
    FcPatternAddBool(pattern, FC_OUTLINE, FcTrue);
}

static void set_up(gf_pango *pango, const char *family)
{
    pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(pango->map),
                                             prefer_outlines, NULL, NULL);

    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pango->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(pango->context, FALSE);
    pango_context_set_language(pango->context,
                               pango_language_from_string("en"));
    pango_context_set_base_dir(pango->context, PANGO_DIRECTION_LTR);
    pango_layout_set_auto_dir(pango->layout, FALSE);
    pango_layout_set_single_paragraph_mode(pango->layout, TRUE);
    pango_font_description_set_family_static(pango->font, family);
}

gf_status gf_pango_open(void **state, const gf_typesetter **typesetter,
                        const char *family, gf_error *error)
{
    const char *found = family_of(family);
    if (!found)
        return gf_error_set(error, GF_READ,
                            "there is no font on this machine: install one "
                            "(on Debian: apt-get install fonts-liberation), "
                            "or write SVG with text");

    gf_pango *pango = malloc(sizeof *pango);
    if (!pango)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    pango->typesetter = (gf_typesetter){measure, outline};
    pango->map = pango_cairo_font_map_new();
    pango->context = pango_font_map_create_context(pango->map);
    pango->layout = pango_layout_new(pango->context);
    pango->font = pango_font_description_new();
    /* Unbounded: letters outside a surface would be left out. */
    cairo_surface_t *surface =
        cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
    pango->scratch = cairo_create(surface);
    cairo_surface_destroy(surface);
    set_up(pango, found);
    *state = pango;
    *typesetter = &pango->typesetter;
    return GF_OK;
}

void gf_pango_close(void *state)
{
    gf_pango *pango = state;

    cairo_destroy(pango->scratch);
    pango_font_description_free(pango->font);
    g_object_unref(pango->layout);
    g_object_unref(pango->context);
    g_object_unref(pango->map);
    free(pango);
}
