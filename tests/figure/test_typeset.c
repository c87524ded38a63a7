/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text by the painter module. */
#include "figure/paint.h"
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *program; /* this one */

static void open_painter(gf_painter *painter)
{
    gf_error error;

    gf_error_clear(&error);
    gf_status status = gf_painter_open(painter, GF_PAINT_PNG, GF_SERIF, &error);
    ck_assert_msg(status == GF_OK, "%s", error.message);
}

START_TEST(test_widths_grow_with_the_font)
{
    gf_painter painter;
    gf_rich rich;

    open_painter(&painter);
    gf_rich_init(&rich);
    gf_rich_markup(&rich, "speed of $p_g$");
    double small = gf_rich_measure(&rich, 6, painter.typesetter).width;
    double large = gf_rich_measure(&rich, 18, painter.typesetter).width;
    assert_close(large / small, 3, 1e-3);
    double times =
        gf_rich_measure(&rich, 18, gf_typesetter_builtin(GF_SERIF)).width;
    ck_assert(fabs(large - times) < 0.25 * times);
    gf_rich_clear(&rich);
    gf_painter_close(&painter);
}
END_TEST

START_TEST(test_outlines_are_as_wide_as_the_text)
{
    gf_painter painter;
    gf_rich rich;
    gf_path path;

    open_painter(&painter);
    gf_rich_init(&rich);
    gf_path_init(&path);
    for (int i = 0; i < 400; i++)
        gf_rich_add(&rich, GF_UPRIGHT, "W");
    gf_label label = {.at = {100, 50}, .size = 10, .anchor = 0.5};
    gf_label_outline(&path, &label, &rich, painter.typesetter);
    gf_box box = gf_path_bounds(&path);
    double width = gf_rich_measure(&rich, 10, painter.typesetter).width;
    ck_assert(width > 3000);
    assert_close(box.x1 - box.x0, width, 0.01);
    assert_close(0.5 * (box.x0 + box.x1), 100, 0.01);
    ck_assert(box.y1 < 50.5 && box.y0 > 40);
    gf_path_clear(&path);
    gf_rich_clear(&rich);
    gf_painter_close(&painter);
}
END_TEST

START_TEST(test_hostile_text_is_painted)
{
    static const char *const texts[] = {
        "\xff\xfe\x80 broken \xc3",
        "controls \x01\x02\x1b[31m\n\t\x7f",
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d abc \xe2\x80\xae reversed",
        "\xf0\x9f\x98\x80 \xe4\xb8\xad\xe6\x96\x87 \xd8\xa7\xd9\x84",
        "a\xcc\x80\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86",
        "<&\"'> ]]> -- %s %n",
        "$\\$_^_^{{{$",
    };
    gf_painter painter;
    gf_scene scene;

    open_painter(&painter);
    gf_scene_init(&scene, 300, 200);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        gf_rich rich;
        gf_label label = {.at = {5, 20 + 20 * (double)i}, .size = 9};
        gf_rich_init(&rich);
        gf_rich_markup(&rich, texts[i]);
        gf_scene_label(&scene, &rich, &label);
        gf_rich_clear(&rich);
    }
    FILE *file = fopen("/dev/null", "w");
    ck_assert_int_eq(gf_painter_write(&painter, file, &scene, 72, NULL), GF_OK);
    fclose(file);
    gf_scene_clear(&scene);
    gf_painter_close(&painter);
}
END_TEST

START_TEST(test_no_font_at_all_is_an_error)
{
    char path[] = "/tmp/ganfield-fonts-XXXXXX";
    char command[1000];

    /* Fontconfig reads its settings once, so this is for a process of its
     * own. */
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    FILE *file = fdopen(fd, "w");
    fputs("<?xml version=\"1.0\"?><fontconfig></fontconfig>", file);
    fclose(file);
    snprintf(command, sizeof command, "FONTCONFIG_FILE=%s '%s' fonts", path,
             program);
    FILE *pipe = popen(command, "r");
    char said[600] = "";
    size_t n = fread(said, 1, sizeof said - 1, pipe);
    said[n] = '\0';
    pclose(pipe);
    unlink(path);
    ck_assert_msg(strstr(said, "apt-get install fonts-liberation"), "%s", said);
}
END_TEST

/* What this program does where it is started by the test above. */
static int open_without_fonts(void)
{
    gf_painter painter;
    gf_error error;

    if (!gf_painter_open(&painter, GF_PAINT_PDF, GF_SERIF, &error))
        return 0;
    puts(error.message);
    return 1;
}

int main(int argc, char **argv)
{
    program = argv[0];
    if (argc > 1)
        return open_without_fonts();
    return RUN_TESTS("figure/typeset", test_widths_grow_with_the_font,
                     test_outlines_are_as_wide_as_the_text,
                     test_hostile_text_is_painted,
                     test_no_font_at_all_is_an_error);
}
