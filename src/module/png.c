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

static bool write_head(FILE *file, const gf_image *image, double dpi,
                       const gf_about *about)
{
    static const unsigned char signature[] = {0x89, 'P',  'N',  'G',
                                              '\r', '\n', 0x1a, '\n'};
    unsigned char head[13] = {0}, density[9];

    put(head, image->width);
    put(head + 4, image->height);
    head[8] = 8;
    head[9] = image->opaque ? 2 : 6;
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

/* One row as bytes R G B (A). */
static void unpack(unsigned char *out, const gf_image *image, uint32_t y)
{
    const unsigned char *row = image->data + y * image->stride;

    for (uint32_t x = 0; x < image->width; x++) {
        uint32_t pixel;
        memcpy(&pixel, row + 4 * (size_t)x, 4);
        uint32_t a = image->opaque ? 255 : pixel >> 24;
        *out++ = divided(pixel >> 16 & 255, a);
        *out++ = divided(pixel >> 8 & 255, a);
        *out++ = divided(pixel & 255, a);
        if (!image->opaque)
            *out++ = (unsigned char)a;
    }
}

/* Compresses what *z was given, and writes what comes out. */
static bool pump(z_stream *z, int flush, unsigned char *out, FILE *file)
{
    int code = Z_OK;

    while (code == Z_OK &&
           (z->avail_in > 0 || flush == Z_FINISH || z->avail_out == 0)) {
        if (z->avail_out == 0) {
            write_chunk(file, "IDAT", out, CHUNK);
            z->next_out = out;
            z->avail_out = CHUNK;
        }
        code = deflate(z, flush);
    }
    return code == Z_OK || code == Z_STREAM_END;
}

static bool compress_rows(z_stream *z, unsigned char *row, unsigned char *out,
                          FILE *file, const gf_image *image)
{
    size_t n = (size_t)image->width * (image->opaque ? 3 : 4);

    z->next_out = out;
    z->avail_out = CHUNK;
    for (uint32_t y = 0; y < image->height; y++) {
        row[0] = 0; /* no filter */
        unpack(row + 1, image, y);
        z->next_in = row;
        z->avail_in = (uInt)(n + 1);
        if (!pump(z, Z_NO_FLUSH, out, file))
            return false;
    }
    if (!pump(z, Z_FINISH, out, file))
        return false;
    write_chunk(file, "IDAT", out, CHUNK - z->avail_out);
    return true;
}

static bool write_rows(FILE *file, const gf_image *image)
{
    size_t n = (size_t)image->width * 4 + 1;
    unsigned char *memory = malloc(n + CHUNK);
    z_stream z = {.next_in = NULL};

    if (!memory || deflateInit(&z, LEVEL) != Z_OK) {
        free(memory);
        return false;
    }
    bool done = compress_rows(&z, memory, memory + n, file, image);
    deflateEnd(&z);
    free(memory);
    return done;
}

gf_status gf_png_write(FILE *file, const gf_image *image, double dpi,
                       const gf_about *about, gf_error *error)
{
    if (!write_head(file, image, dpi, about) || !write_rows(file, image))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    write_chunk(file, "IEND", "", 0);
    if (ferror(file))
        return gf_error_set(error, GF_WRITE, "cannot write the figure");
    return GF_OK;
}
