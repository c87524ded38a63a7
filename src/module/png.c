/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PNG (ISO 15948) of 8 bits a channel, RGB or RGBA, with sRGB, pHYs and texts,
 * which Cairo's own writer leaves out. Rows are stored as they are: pictures of
 * lines on one ground come out a quarter smaller than by differences.
 */
#include "figure/character.h"
#include "module/painter_cairo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { CHUNK = 65536, LEVEL = 4 };

static void put(unsigned char *out, uint32_t n)
{
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(n >> (24 - 8 * i));
}

static void write_chunk(FILE *file, const char *type, const void *data,
                        size_t length)
{
    unsigned char number[4];
    uLong crc = crc32(0, (const Bytef *)type, 4);

    if (length > 0)
        crc = crc32(crc, data, (uInt)length);
    put(number, (uint32_t)length);
    fwrite(number, 1, 4, file);
    fwrite(type, 1, 4, file);
    fwrite(data, 1, length, file);
    put(number, (uint32_t)crc);
    fwrite(number, 1, 4, file);
}

/* A text in Latin-1; false where it does not go into it. */
static bool latin(gf_text *out, const char *utf8)
{
    size_t size, length = strlen(utf8);

    for (size_t i = 0; i < length; i += size) {
        uint32_t code = gf_character(&size, utf8 + i, length - i);
        if (code > 0xff)
            return false;
        gf_text_add_char(out, (char)code);
    }
    return true;
}

/* tEXt where Latin-1 is enough, else iTXt (uncompressed UTF-8). */
static bool write_text(FILE *file, const char *keyword, const char *utf8)
{
    gf_text chunk;
    size_t head = strlen(keyword) + 1;

    if (!utf8)
        return true;
    gf_text_init(&chunk);
    gf_text_add_n(&chunk, keyword, head);
    bool is_latin = latin(&chunk, utf8);
    if (!is_latin) {
        gf_text_cut(&chunk, head);
        gf_text_add_n(&chunk, "\0\0\0\0", 4);
        gf_text_add(&chunk, utf8);
    }
    bool done = !chunk.failed;
    if (done)
        write_chunk(file, is_latin ? "tEXt" : "iTXt", chunk.data, chunk.length);
    gf_text_clear(&chunk);
    return done;
}

static bool write_head(const gf_png *png, double dpi, const gf_about *about)
{
    static const unsigned char signature[] = {0x89, 'P',  'N',  'G',
                                              '\r', '\n', 0x1a, '\n'};
    unsigned char head[13] = {0}, density[9];
    FILE *file = png->file;

    put(head, png->width);
    put(head + 4, png->height);
    head[8] = 8;
    head[9] = png->opaque ? 2 : 6;
    put(density, (uint32_t)lround(dpi / 0.0254));
    put(density + 4, (uint32_t)lround(dpi / 0.0254));
    density[8] = 1; /* pixels per metre */
    fwrite(signature, 1, sizeof signature, file);
    write_chunk(file, "IHDR", head, sizeof head);
    write_chunk(file, "sRGB", "", 1); /* perceptual */
    write_chunk(file, "pHYs", density, sizeof density);
    return write_text(file, "Title", about->title) &&
           write_text(file, "Author", about->author) &&
           write_text(file, "Description", about->description) &&
           write_text(file, "Software", about->version) &&
           write_text(file, "Source", about->command) &&
           write_text(file, "Settings", about->settings) &&
           write_text(file, "Comment", about->keywords);
}

/* A channel as it was before it was multiplied with its alpha. */
static unsigned char divided(uint32_t c, uint32_t a)
{
    if (a == 0 || a == 255)
        return (unsigned char)c;
    c = (c * 255 + a / 2) / a;
    return (unsigned char)(c < 255 ? c : 255);
}

/* One row as bytes R G B (A), after the number of its filter: none. */
static void unpack(gf_png *png, const unsigned char *data)
{
    unsigned char *out = png->row;

    *out++ = 0;
    for (uint32_t x = 0; x < png->width; x++) {
        uint32_t pixel;
        memcpy(&pixel, data + 4 * (size_t)x, 4);
        uint32_t a = png->opaque ? 255 : pixel >> 24;
        *out++ = divided(pixel >> 16 & 255, a);
        *out++ = divided(pixel >> 8 & 255, a);
        *out++ = divided(pixel & 255, a);
        if (!png->opaque)
            *out++ = (unsigned char)a;
    }
}

/* Compresses what the stream was given, and writes what comes out. */
static void pump(gf_png *png, int flush)
{
    z_stream *z = &png->stream;
    int code = Z_OK;

    while (code == Z_OK &&
           (z->avail_in > 0 || flush == Z_FINISH || z->avail_out == 0)) {
        if (z->avail_out == 0) {
            write_chunk(png->file, "IDAT", png->out, CHUNK);
            z->next_out = png->out;
            z->avail_out = CHUNK;
        }
        code = deflate(z, flush);
    }
    png->failed = png->failed || (code != Z_OK && code != Z_STREAM_END);
}

gf_status gf_png_start(gf_png *png, FILE *file, uint32_t width, uint32_t height,
                       bool opaque, double dpi, const gf_about *about,
                       gf_error *error)
{
    size_t row = (size_t)width * 4 + 1;

    *png = (gf_png){
        .file = file, .width = width, .height = height, .opaque = opaque};
    png->row = malloc(row + CHUNK);
    if (!png->row || deflateInit(&png->stream, LEVEL) != Z_OK ||
        !write_head(png, dpi, about)) {
        deflateEnd(&png->stream);
        free(png->row);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    png->out = png->row + row;
    png->stream.next_out = png->out;
    png->stream.avail_out = CHUNK;
    return GF_OK;
}

void gf_png_rows(gf_png *png, const unsigned char *data, size_t stride,
                 size_t rows)
{
    for (size_t y = 0; y < rows && !png->failed; y++) {
        unpack(png, data + y * stride);
        png->stream.next_in = png->row;
        png->stream.avail_in = (uInt)(png->width * (png->opaque ? 3 : 4) + 1);
        pump(png, Z_NO_FLUSH);
    }
}

gf_status gf_png_finish(gf_png *png, gf_error *error)
{
    if (!png->failed)
        pump(png, Z_FINISH);
    deflateEnd(&png->stream);
    if (!png->failed) {
        write_chunk(png->file, "IDAT", png->out, CHUNK - png->stream.avail_out);
        write_chunk(png->file, "IEND", "", 0);
    }
    free(png->row);
    if (png->failed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    if (ferror(png->file))
        return gf_error_set(error, GF_WRITE, "cannot write the figure");
    return GF_OK;
}
