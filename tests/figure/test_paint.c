/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of figures, as other programs see them. Programs that are not there
 * are not asked. */
#include "base/output.h"
#include "figure/module.h"
#include "harness.h"
#include "sample.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const gf_paint_kind kinds[] = {GF_PAINT_SVG, GF_PAINT_OUTLINED,
                                      GF_PAINT_PNG, GF_PAINT_PDF};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Writes the sample; the status is that of the writing. */
static gf_status write_sample(FILE *file, gf_paint_kind kind, double dpi,
                              gf_error *error)
{
    gf_painter painter;
    gf_page page;
    gf_scene scene;
    gf_error opening;
    gf_size size;

    ck_assert_int_eq(gf_size_read(&size, "240x180", NULL), GF_OK);
    gf_error_clear(&opening);
    gf_status status = gf_painter_open(&painter, kind, GF_SERIF, &opening);
    ck_assert_msg(status == GF_OK, "%s", opening.message);
    sample_page(&page, &size, &gf_themes[0], painter.typesetter, 1);
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    sample_scene(&scene, &page);
    status = gf_painter_write(&painter, file, &scene, dpi, error);
    gf_scene_clear(&scene);
    gf_page_clear(&page);
    gf_painter_close(&painter);
    return status;
}

struct bytes {
    char *data;
    size_t size;
};

static struct bytes sample_bytes(gf_paint_kind kind)
{
    struct bytes b = {NULL, 0};
    FILE *file = open_memstream(&b.data, &b.size);
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(write_sample(file, kind, 144, &error) == GF_OK, "%s",
                  error.message);
    fclose(file);
    return b;
}

/* A file with the sample; the caller unlinks it. */
static void sample_file(char path[static 40], gf_paint_kind kind)
{
    struct bytes b = sample_bytes(kind);

    strcpy(path, "/tmp/ganfield-paint-XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    FILE *file = fdopen(fd, "w");
    ck_assert_uint_eq(fwrite(b.data, 1, b.size, file), b.size);
    fclose(file);
    free(b.data);
}

/* What a program says about a file; NULL where there is no such program. The
 * caller frees it. */
static char *ask(const char *program, const char *before, const char *path,
                 const char *after)
{
    char command[300];
    struct bytes b = {NULL, 0};

    snprintf(command, sizeof command, "command -v %s >/dev/null", program);
    if (system(command) != 0)
        return NULL;
    snprintf(command, sizeof command, "%s %s %s %s 2>&1", program, before, path,
             after);
    FILE *pipe = popen(command, "r");
    FILE *out = open_memstream(&b.data, &b.size);
    for (int c = getc(pipe); c != EOF; c = getc(pipe))
        putc(c, out);
    fclose(out);
    pclose(pipe);
    return b.data;
}

START_TEST(test_bytes_repeat)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct bytes before = sample_bytes(kinds[i]);
        setenv("TZ", "Asia/Kathmandu", 1);
        setlocale(LC_ALL, "de_DE.UTF-8");
        struct bytes after = sample_bytes(kinds[i]);
        setlocale(LC_ALL, "C");
        unsetenv("TZ");
        ck_assert_uint_eq(before.size, after.size);
        ck_assert(memcmp(before.data, after.data, before.size) == 0);
        free(before.data);
        free(after.data);
    }
}
END_TEST

START_TEST(test_both_svg_are_xml)
{
    for (int i = 0; i < 2; i++) {
        char path[40];
        sample_file(path, kinds[i]);
        char *said = ask("xmllint", "--noout", path, "");
        if (said)
            ck_assert_str_eq(said, "");
        free(said);
        said = ask("rsvg-convert", "--format=eps", path, "| cat");
        if (said)
            ck_assert_msg(strncmp(said, "%!PS", 4) == 0, "%s", said);
        free(said);
        unlink(path);
    }
    struct bytes b = sample_bytes(GF_PAINT_OUTLINED);
    ck_assert_ptr_null(strstr(b.data, "<text"));
    ck_assert_ptr_nonnull(strstr(b.data, "aria-label=\"density pg\""));
    free(b.data);
}
END_TEST

START_TEST(test_pdf_has_its_fonts_and_its_text)
{
    char path[40];

    sample_file(path, GF_PAINT_PDF);
    char *said = ask("pdffonts", "", path, "");
    if (said) {
        ck_assert_ptr_null(strstr(said, "Type 3"));
        ck_assert_ptr_null(strstr(said, " no "));
        ck_assert_ptr_nonnull(strstr(said, "yes yes yes"));
    }
    free(said);
    said = ask("pdftotext", "-layout", path, "-");
    if (said) {
        ck_assert_ptr_nonnull(strstr(said, "density pg"));
        ck_assert_ptr_nonnull(strstr(said, "Euler"));
        ck_assert_ptr_nonnull(strstr(said, "0.2"));
    }
    free(said);
    said = ask("pdfinfo", "", path, "");
    if (said) {
        ck_assert_ptr_nonnull(strstr(said, "A sample <of> all & more"));
        ck_assert_ptr_nonnull(strstr(said, "Alt text: λ, é"));
        ck_assert_ptr_nonnull(strstr(said, "N. N."));
        ck_assert_ptr_nonnull(strstr(said, "ganfield 0: ganfield portrait"));
        ck_assert_ptr_nonnull(strstr(said, "240 x 180 pts"));
        ck_assert_ptr_nonnull(strstr(said, "1980"));
    }
    free(said);
    unlink(path);
}
END_TEST

START_TEST(test_pdf_has_the_date_that_is_asked_for)
{
    struct bytes plain = sample_bytes(GF_PAINT_PDF);
    static const struct {
        const char *said, *want;
    } rows[] = {{"1700000000", "(20231114221320Z)"},
                {"", "(19800101000000Z)"},
                {"soon", "(19800101000000Z)"},
                {"99999999999999999999", "(19800101000000Z)"}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[40];
        setenv("SOURCE_DATE_EPOCH", rows[i].said, 1);
        sample_file(path, GF_PAINT_PDF);
        char *said = ask("pdfinfo", "-rawdates", path, "");
        if (said && i == 0)
            ck_assert_msg(strstr(said, "20231114221320"), "%s", said);
        if (said && i > 0)
            ck_assert_msg(strstr(said, "19800101000000"), "%s", said);
        free(said);
        unlink(path);
    }
    unsetenv("SOURCE_DATE_EPOCH");
    free(plain.data);
}
END_TEST

static unsigned number_at(const char *at)
{
    unsigned n = 0;

    for (int i = 0; i < 4; i++)
        n = n << 8 | (unsigned char)at[i];
    return n;
}

/* The data of the first chunk of a type whose data begin so; NULL without. */
static const char *chunk(const struct bytes *png, const char *type,
                         const char *start)
{
    for (size_t at = 8; at + 12 <= png->size;
         at += 12 + number_at(png->data + at)) {
        const char *data = png->data + at + 8;
        if (memcmp(png->data + at + 4, type, 4) == 0 &&
            memcmp(data, start, strlen(start)) == 0)
            return data;
    }
    return NULL;
}

START_TEST(test_png_has_its_size_and_its_chunks)
{
    struct bytes png = sample_bytes(GF_PAINT_PNG);
    const char *head = chunk(&png, "IHDR", "");

    ck_assert(memcmp(png.data, "\x89PNG\r\n\x1a\n", 8) == 0);
    ck_assert_uint_eq(number_at(head), 480);
    ck_assert_uint_eq(number_at(head + 4), 360);
    ck_assert_int_eq(head[8], 8);
    const char *density = chunk(&png, "pHYs", "");
    ck_assert_uint_eq(number_at(density), 5669);
    ck_assert_int_eq(density[8], 1);
    ck_assert_ptr_nonnull(chunk(&png, "sRGB", ""));
    static const char title[] = "A sample <of> all & more";
    ck_assert(
        memcmp(chunk(&png, "tEXt", "Title") + 6, title, sizeof title - 1) == 0);
    ck_assert_ptr_nonnull(chunk(&png, "tEXt", "Software"));
    ck_assert_ptr_nonnull(chunk(&png, "tEXt", "Source"));
    ck_assert_ptr_nonnull(chunk(&png, "tEXt", "Author"));
    const char *text = chunk(&png, "iTXt", "Description");
    ck_assert(memcmp(text + 12, "\0\0\0\0Alt text: λ", 4 + 12) == 0);
    ck_assert_ptr_nonnull(chunk(&png, "IEND", ""));
    free(png.data);
}
END_TEST

START_TEST(test_a_full_disk_is_noticed)
{
    for (size_t i = 0; i < KINDS; i++) {
        gf_output output;
        ck_assert_int_eq(gf_output_open(&output, "/dev/full", NULL), GF_OK);
        gf_status status = write_sample(output.file, kinds[i], 72, NULL);
        if (status) {
            ck_assert_int_eq(status, GF_WRITE);
            gf_output_abandon(&output);
        } else {
            ck_assert_int_eq(gf_output_close(&output, NULL), GF_WRITE);
        }
    }
}
END_TEST

START_TEST(test_senseless_resolutions_are_refused)
{
    static const struct {
        double dpi;
        gf_status want;
    } rows[] = {{0, GF_ARGUMENT},         {-1, GF_ARGUMENT},
                {0.0 / 0.0, GF_ARGUMENT}, {1e-9, GF_ARGUMENT},
                {300000, GF_LIMIT},       {4800, GF_LIMIT},
                {1e300, GF_LIMIT}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *data = NULL;
        size_t size = 0;
        gf_error error;
        FILE *file = open_memstream(&data, &size);
        ck_assert_int_eq(write_sample(file, GF_PAINT_PNG, rows[i].dpi, &error),
                         rows[i].want);
        fclose(file);
        ck_assert_uint_eq(size, 0);
        free(data);
    }
}
END_TEST

START_TEST(test_a_missing_module_says_what_to_do)
{
    char *said = getenv("GANFIELD_MODULE_DIR");
    char folder[500];
    gf_painter painter;
    gf_error error;

    snprintf(folder, sizeof folder, "%s", said ? said : "");
    setenv("GANFIELD_MODULE_DIR", "/nowhere", 1);
    ck_assert_int_eq(gf_painter_open(&painter, GF_PAINT_PDF, GF_SERIF, &error),
                     GF_READ);
    ck_assert_ptr_nonnull(strstr(error.message, "/nowhere"));
    ck_assert_ptr_nonnull(strstr(error.message, "libpangocairo"));
    ck_assert_int_eq(gf_painter_open(&painter, GF_PAINT_SVG, GF_SERIF, NULL),
                     GF_OK);
    gf_painter_close(&painter);
    if (said)
        setenv("GANFIELD_MODULE_DIR", folder, 1);
    else
        unsetenv("GANFIELD_MODULE_DIR");
}
END_TEST

START_TEST(test_names_tell_their_format)
{
    gf_paint_kind kind;

    ck_assert_int_eq(gf_paint_kind_of(&kind, "a/b.c/d.PDF", NULL), GF_OK);
    ck_assert_int_eq(kind, GF_PAINT_PDF);
    ck_assert_int_eq(gf_paint_kind_of(&kind, "x.png", NULL), GF_OK);
    ck_assert_int_eq(kind, GF_PAINT_PNG);
    ck_assert_int_eq(gf_paint_kind_of(&kind, ".svg", NULL), GF_OK);
    ck_assert_int_eq(gf_paint_kind_of(&kind, "svg", NULL), GF_ARGUMENT);
    ck_assert_int_eq(gf_paint_kind_of(&kind, "a.svg/b", NULL), GF_ARGUMENT);
    ck_assert_int_eq(gf_paint_kind_of(&kind, "a.jpeg", NULL), GF_ARGUMENT);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "figure/paint", test_bytes_repeat, test_both_svg_are_xml,
        test_pdf_has_its_fonts_and_its_text,
        test_pdf_has_the_date_that_is_asked_for,
        test_png_has_its_size_and_its_chunks, test_a_full_disk_is_noticed,
        test_senseless_resolutions_are_refused,
        test_a_missing_module_says_what_to_do, test_names_tell_their_format);
}
