/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The painter module: PNG and PDF by Cairo, text by Pango. */
#include "module/painter_cairo.h"

#include <cairo-pdf.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

static cairo_status_t write_bytes(void *file, const unsigned char *data,
                                  unsigned length)
{
    return fwrite(data, 1, length, file) == length ? CAIRO_STATUS_SUCCESS
                                                   : CAIRO_STATUS_WRITE_ERROR;
}

/* When the file says it was made: what SOURCE_DATE_EPOCH says, else always the
 * same, so that the same figure is the same file. */
static void date(char out[static 32])
{
    const char *said = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    long long seconds = said ? strtoll(said, &end, 10) : 0;
    time_t t = (time_t)seconds;
    struct tm utc;

    if (!said || end == said || *end != '\0' || !gmtime_r(&t, &utc) ||
        utc.tm_year < 0 || utc.tm_year > 8099)
        snprintf(out, 32, "1980-01-01T00:00:00Z");
    else
        snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", utc.tm_year + 1900,
                 utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min,
                 utc.tm_sec);
}

static void say(cairo_surface_t *pdf, cairo_pdf_metadata_t what,
                const char *text)
{
    if (text)
        cairo_pdf_surface_set_metadata(pdf, what, text);
}

/* Title, author and so on; the creator is the program with its command line,
 * for which PDF has no place of its own. */
static bool describe(cairo_surface_t *pdf, const gf_about *about)
{
    gf_text creator;
    char made[32];

    gf_text_init(&creator);
    gf_text_add(&creator, about->version ? about->version : "ganfield");
    if (about->command)
        gf_text_addf(&creator, ": %s", about->command);
    date(made);
    say(pdf, CAIRO_PDF_METADATA_TITLE, about->title);
    say(pdf, CAIRO_PDF_METADATA_AUTHOR, about->author);
    say(pdf, CAIRO_PDF_METADATA_SUBJECT,
        about->description ? about->description : about->subject);
    say(pdf, CAIRO_PDF_METADATA_KEYWORDS, about->keywords);
    say(pdf, CAIRO_PDF_METADATA_CREATOR, creator.data);
    say(pdf, CAIRO_PDF_METADATA_CREATE_DATE, made);
    say(pdf, CAIRO_PDF_METADATA_MOD_DATE, made);
    bool done = !creator.failed;
    gf_text_clear(&creator);
    return done;
}

static gf_status write_pdf(void *state, FILE *file, const gf_scene *scene,
                           gf_error *error)
{
    cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(
        write_bytes, file, scene->width, scene->height);
    cairo_t *cr = cairo_create(pdf);
    gf_status status;

    if (!describe(pdf, &scene->about))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    else
        status = gf_cairo_paint(state, cr, scene, true, error);
    cairo_destroy(cr);
    cairo_surface_finish(pdf);
    if (!status)
        status = gf_cairo_status(cairo_surface_status(pdf), error);
    if (!status && ferror(file))
        status = gf_error_set(error, GF_WRITE, "cannot write the figure");
    cairo_surface_destroy(pdf);
    return status;
}

static gf_status write_png(void *state, FILE *file, const gf_scene *scene,
                           double dpi, gf_error *error)
{
    int width = (int)round(scene->width * dpi / 72);
    int height = (int)round(scene->height * dpi / 72);
    bool opaque = scene->background.a == 255;
    cairo_surface_t *surface = cairo_image_surface_create(
        opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *cr = cairo_create(surface);

    cairo_scale(cr, width / scene->width, height / scene->height);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_BEST);
    gf_status status = gf_cairo_paint(state, cr, scene, false, error);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    if (!status) {
        gf_image image = {(uint32_t)width, (uint32_t)height,
                          cairo_image_surface_get_data(surface),
                          (size_t)cairo_image_surface_get_stride(surface),
                          opaque};
        status = gf_png_write(file, &image, dpi, &scene->about, error);
    }
    cairo_surface_destroy(surface);
    return status;
}

extern const gf_module gf_painter_module;

GF_PUBLIC const gf_module gf_painter_module = {
    .version = GF_VERSION,
    .scene_size = sizeof(gf_scene),
    .item_size = sizeof(gf_item),
    .open = gf_pango_open,
    .close = gf_pango_close,
    .write_png = write_png,
    .write_pdf = write_pdf,
};
