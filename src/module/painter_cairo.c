/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The painter module: PNG and PDF by Cairo, text by Pango. */
#include "module/painter_cairo.h"

#include <cairo-pdf.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

/* Pixels of a band. */
enum { BAND = 1 << 18 };

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

/* Title, author and so on; the creator is the program with its command line
 * and settings, for which PDF has no place of their own. */
static bool describe(cairo_surface_t *pdf, const gf_about *about)
{
    gf_text creator;
    char made[32];

    gf_text_init(&creator);
    gf_text_add(&creator, about->version ? about->version : "ganfield");
    if (about->command)
        gf_text_addf(&creator, ": %s", about->command);
    if (about->settings)
        gf_text_addf(&creator, " (%s)", about->settings);
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

static gf_status write_pdf(const gf_painter *painter, FILE *file,
                           const gf_scene *scene, gf_error *error)
{
    cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(
        write_bytes, file, scene->width, scene->height);
    cairo_t *cr = cairo_create(pdf);
    gf_status status;

    if (!describe(pdf, &scene->about))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    else
        status = gf_cairo_paint(painter, cr, scene, NULL, (gf_box){0, 0, 0, 0},
                                error);
    cairo_destroy(cr);
    cairo_surface_finish(pdf);
    if (!status)
        status = gf_cairo_status(cairo_surface_status(pdf), error);
    if (!status && ferror(file))
        status = gf_error_set(error, GF_WRITE, "cannot write the figure");
    cairo_surface_destroy(pdf);
    return status;
}

/* A picture is painted in bands, so that a large one takes no more memory than
 * a small one. */
struct picture {
    const gf_painter *painter;
    const gf_scene *scene;
    gf_ready ready;
    gf_png png;
    cairo_surface_t *band;
    int width, height, rows; /* rows of a band */
};

/* Paints the band whose first row is y, and hands its rows on. */
static gf_status paint_band(struct picture *p, int y, gf_error *error)
{
    int rows = p->height - y < p->rows ? p->height - y : p->rows;
    double across = p->width / p->scene->width;
    double down = p->height / p->scene->height;
    gf_box part = {0, (y - 1) / down, p->scene->width, (y + rows + 1) / down};
    cairo_t *cr = cairo_create(p->band);

    cairo_set_operator(cr, CAIRO_OPERATOR_CLEAR);
    cairo_paint(cr);
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
    cairo_translate(cr, 0, -y);
    cairo_scale(cr, across, down);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_BEST);
    gf_status status =
        gf_cairo_paint(p->painter, cr, p->scene, &p->ready, part, error);
    cairo_destroy(cr);
    cairo_surface_flush(p->band);
    if (!status)
        gf_png_rows(&p->png, cairo_image_surface_get_data(p->band),
                    (size_t)cairo_image_surface_get_stride(p->band),
                    (size_t)rows);
    return status;
}

static gf_status paint_bands(struct picture *p, gf_error *error)
{
    bool opaque = p->scene->background.a == 255;
    gf_status status = GF_OK;

    p->rows = BAND / p->width < 1 ? 1 : BAND / p->width;
    if (p->rows > p->height)
        p->rows = p->height;
    p->band = cairo_image_surface_create(
        opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, p->width, p->rows);
    for (int y = 0; y < p->height && !status; y += p->rows)
        status = paint_band(p, y, error);
    cairo_surface_destroy(p->band);
    return status;
}

static gf_status write_png(const gf_painter *painter, FILE *file,
                           const gf_scene *scene, double dpi, gf_error *error)
{
    struct picture p = {
        .painter = painter,
        .scene = scene,
        .width = (int)round(scene->width * dpi / 72),
        .height = (int)round(scene->height * dpi / 72),
    };

    gf_status status = gf_ready_init(&p.ready, painter->state, scene, error);
    if (status)
        return status;
    status =
        gf_png_start(&p.png, file, (uint32_t)p.width, (uint32_t)p.height,
                     scene->background.a == 255, dpi, &scene->about, error);
    if (!status) {
        status = paint_bands(&p, error);
        gf_status end = gf_png_finish(&p.png, status ? NULL : error);
        status = status ? status : end;
    }
    gf_ready_clear(&p.ready);
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
