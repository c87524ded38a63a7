/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failing_malloc.h"
#include "figure/svg.h"
#include "harness.h"
#include "sample.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The sample as SVG; the caller frees it. */
static char *sample_svg(size_t panels)
{
    gf_page page;
    gf_scene scene;
    char *text = NULL;
    size_t size = 0;

    sample_page(&page, &gf_sizes[0], &gf_themes[0],
                gf_typesetter_builtin(GF_SERIF), panels);
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    sample_scene(&scene, &page);
    FILE *file = open_memstream(&text, &size);
    ck_assert_int_eq(gf_svg_write(file, &scene, NULL, NULL), GF_OK);
    fclose(file);
    gf_scene_clear(&scene);
    gf_page_clear(&page);
    return text;
}

START_TEST(test_svg_has_what_readers_need)
{
    static const char *const wanted[] = {
        "width=\"397pt\"",
        "viewBox=\"0 0 397 ",
        "role=\"img\"",
        "aria-labelledby=\"title desc\"",
        "<title id=\"title\">A sample &lt;of&gt; all &amp; more</title>",
        "<desc id=\"desc\">Alt text: λ, é</desc>",
        "<dc:source>ganfield portrait</dc:source>",
        "<dc:publisher>ganfield 0</dc:publisher>",
        "<g id=\"axes\" class=\"axes\">",
        "<g id=\"null-D-1\" class=\"null-D\" "
        "clip-path=\"url(#clip-null-D-1)\">",
        "<title>where D rests &lt;&amp;&gt;</title>",
        ">density <tspan class=\"it\">p</tspan>"
        "<tspan class=\"it sub\" dy=\"1.8\">g</tspan></text>",
        "−0.8",
        " more",
    };
    char *svg = sample_svg(1);

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(strstr(svg, wanted[i]) != NULL, "no %s", wanted[i]);
    ck_assert_ptr_null(strstr(svg, "& "));
    ck_assert_ptr_null(strstr(svg, "nan"));
    ck_assert_ptr_null(strstr(svg, "inf"));
    free(svg);
}
END_TEST

START_TEST(test_numbers_have_two_decimals_at_most)
{
    char *svg = sample_svg(3);

    for (const char *dot = strchr(strstr(svg, "</style>"), '.'); dot;
         dot = strchr(dot + 1, '.'))
        ck_assert_uint_le(strspn(dot + 1, "0123456789"), 2);
    free(svg);
}
END_TEST

START_TEST(test_locale_and_zone_do_not_matter)
{
    char *before = sample_svg(2);

    setlocale(LC_ALL, "de_DE.UTF-8");
    setenv("TZ", "Asia/Kathmandu", 1);
    char *after = sample_svg(2);
    setlocale(LC_ALL, "C");
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
}
END_TEST

START_TEST(test_elements_nest_and_ids_are_unique)
{
    char *svg = sample_svg(4);
    int depth = 0;

    for (const char *at = svg; *at; at++) {
        if (strncmp(at, "<g ", 3) == 0)
            depth++;
        if (strncmp(at, "</g>", 4) == 0)
            ck_assert_int_ge(--depth, 0);
        if (strncmp(at, " id=\"", 5) == 0) {
            char id[80];
            size_t n = strcspn(at + 5, "\"") + 6;
            ck_assert_uint_lt(n, sizeof id);
            memcpy(id, at, n);
            id[n] = '\0';
            ck_assert_msg(!strstr(at + 1, id), "twice:%s", id);
        }
    }
    ck_assert_int_eq(depth, 0);
    free(svg);
}
END_TEST

START_TEST(test_paths_do_not_drift)
{
    gf_path path;
    gf_text text;

    gf_path_init(&path);
    gf_text_init(&text);
    gf_path_move(&path, (gf_vec2){0, 0});
    for (int i = 1; i <= 1000; i++)
        gf_path_line(&path, (gf_vec2){i / 3.0, i / 7.0});
    gf_svg_path(&text, &path);
    /* The sum of the rounded steps is the rounded end. */
    double x = 0, y = 0;
    char *at = strchr(text.data, 'l') + 1;
    while (*at) {
        x += strtod(at, &at);
        y += strtod(at, &at);
    }
    assert_close(x, 333.33, TOL3);
    assert_close(y, 142.86, TOL3);
    gf_path_clear(&path);
    gf_text_clear(&text);
}
END_TEST

START_TEST(test_paths_are_spelled)
{
    gf_path path;
    gf_text text;

    gf_path_init(&path);
    gf_text_init(&text);
    gf_path_box(&path, (gf_box){1, 2, 3.5, 4.25});
    gf_path_move(&path, (gf_vec2){-1, 0.004});
    gf_path_line(&path, (gf_vec2){-0.5, -0.5});
    gf_path_line(&path, (gf_vec2){-0.5, -0.5});
    gf_path_cubic(&path, (gf_vec2){0, 0}, (gf_vec2){1, 1}, (gf_vec2){2, 1e99});
    gf_svg_path(&text, &path);
    ck_assert_str_eq(text.data, "M1 2h2.5v2.25h-2.5zM-1 0l0.5-0.5"
                                "c0.5 0.5 1.5 1.5 2.5 10000000.5");
    gf_path_clear(&path);
    gf_text_clear(&text);
}
END_TEST

START_TEST(test_svg_without_memory_says_so)
{
    gf_page page;
    gf_scene scene;

    sample_page(&page, &gf_sizes[0], &gf_themes[0],
                gf_typesetter_builtin(GF_SERIF), 1);
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    sample_scene(&scene, &page);
    FILE *file = fopen("/dev/null", "w");
    for (size_t n = 1;; n++) {
        fail_nth_malloc(n);
        gf_status status = gf_svg_write(file, &scene, NULL, NULL);
        bool failed = malloc_has_failed();
        fail_nth_malloc(0);
        ck_assert_int_eq(status, failed ? GF_MEMORY : GF_OK);
        if (!failed)
            break;
    }
    fclose(file);
    gf_scene_clear(&scene);
    gf_page_clear(&page);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/svg", test_svg_has_what_readers_need,
                     test_numbers_have_two_decimals_at_most,
                     test_locale_and_zone_do_not_matter,
                     test_elements_nest_and_ids_are_unique,
                     test_paths_do_not_drift, test_paths_are_spelled,
                     test_svg_without_memory_says_so);
}
