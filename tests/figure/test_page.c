/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failing_malloc.h"
#include "figure/furniture.h"
#include "harness.h"
#include "sample.h"

#include <math.h>
#include <string.h>

static const char *const caption =
    "Classic GAN, $p_d = 0.2$. Stable focus at $D = 0.5$, $p_g = 0.2$ "
    "($\\lambda = -0.8 \\pm 1.833 i$), the wanted rest point. Every start with "
    "$E < 0.0625$ converges (proved).";

static const gf_typesetter *times(void)
{
    return gf_typesetter_builtin(GF_SERIF);
}

static bool is_inside(gf_box box, const gf_scene *scene)
{
    return box.x0 >= -1e-9 && box.y0 >= -1e-9 &&
           box.x1 <= scene->width + 1e-9 && box.y1 <= scene->height + 1e-9;
}

static gf_box item_box(const gf_item *item, const gf_typesetter *t)
{
    switch (item->kind) {
    case GF_ITEM_LABEL:
        return gf_label_box(&item->as.label, &item->rich, t);
    case GF_ITEM_MARKER:
        return gf_marker_box(&item->as.marker);
    case GF_ITEM_STROKE:
        return gf_box_grow(gf_path_bounds(&item->path),
                           0.5 * item->as.stroke.width);
    default:
        return gf_path_bounds(&item->path);
    }
}

/* All of the furniture lies on the page, and no two labels overlap. */
static void check_scene(const gf_scene *scene, const gf_typesetter *t,
                        const char *what)
{
    for (size_t i = 0; i < scene->items; i++) {
        const gf_item *a = &scene->item[i];
        if (a->kind == GF_ITEM_OPEN || a->kind == GF_ITEM_SHUT ||
            a->kind == GF_ITEM_ARROW)
            continue;
        ck_assert_msg(is_inside(item_box(a, t), scene), "%s: item %zu (%s)",
                      what, i, gf_rich_plain(&a->rich));
        for (size_t k = 0; k < i && a->kind == GF_ITEM_LABEL; k++) {
            const gf_item *b = &scene->item[k];
            if (b->kind == GF_ITEM_LABEL)
                ck_assert_msg(!gf_box_overlap(gf_box_grow(item_box(a, t), -0.1),
                                              item_box(b, t)),
                              "%s: '%s' over '%s'", what,
                              gf_rich_plain(&a->rich), gf_rich_plain(&b->rich));
        }
    }
}

static void check_layout(const gf_size *size, const gf_theme *theme,
                         size_t panels, gf_place place, bool equal, bool bar)
{
    gf_page page;
    gf_scene scene;
    char what[100];

    snprintf(what, sizeof what, "%s %s %zu panels place %d equal %d bar %d",
             size->name, theme->name, panels, place, equal, bar);
    sample_page(&page, size, theme, gf_typesetter_builtin(theme->family),
                panels);
    page.place = place;
    page.equal = equal;
    page.scale.shown = bar;
    page.scale.high = 2.5;
    page.scale.cut = bar && equal; /* with points beyond its ends ... */
    page.scale.log = bar && equal; /* ... and powers of ten */
    page.scale.low = page.scale.log ? 1e-3 : 0;
    for (size_t i = 0; i < panels && size->height <= 0; i += 2)
        gf_rich_markup(&page.panel[i].caption, caption);
    gf_rich_add(&page.scale.name, GF_UPRIGHT, "speed");
    gf_rich_add(&page.title, GF_UPRIGHT, "A title");
    gf_error error;
    gf_error_clear(&error);
    gf_status status = gf_page_lay(&page, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", what, error.message);
    gf_scene_init(&scene, page.width, page.height);
    gf_page_start(&scene, &page);
    gf_page_finish(&scene, &page);
    ck_assert_int_eq(gf_scene_check(&scene, NULL), GF_OK);
    check_scene(&scene, page.typesetter, what);
    for (size_t i = 0; i < panels; i++) {
        const gf_frame *f = &page.panel[i].frame;
        double x = (f->box.x1 - f->box.x0) / (f->high.x - f->low.x);
        double y = (f->box.y1 - f->box.y0) / (f->high.y - f->low.y);
        ck_assert(x > 0 && y > 0);
        if (equal)
            assert_close(x / y, 1, TOL3);
        for (size_t k = 0; k < i; k++)
            ck_assert(!gf_box_overlap(f->box, page.panel[k].frame.box));
    }
    gf_scene_clear(&scene);
    gf_page_clear(&page);
}

START_TEST(test_every_layout_fits_its_page)
{
    static const size_t counts[] = {1, 2, 3, 4, 5, 8};

    for (size_t s = 0; s < gf_size_count; s++) {
        const gf_size *size = &gf_sizes[s];
        const gf_theme *theme = NULL;
        gf_status status = gf_theme_find(&theme, size->theme, NULL);
        ck_assert_int_eq(status, GF_OK);
        for (size_t n = 0; n < sizeof counts / sizeof *counts; n++) {
            check_layout(size, theme, counts[n], GF_PLACE_ABOVE, false, false);
            check_layout(size, theme, counts[n], GF_PLACE_ABOVE, true, false);
            if (size->width > 300 && counts[n] < 3) {
                check_layout(size, theme, counts[n], GF_PLACE_RIGHT, false,
                             true);
                check_layout(size, theme, counts[n], GF_PLACE_ABOVE, true,
                             true);
            }
        }
    }
}
END_TEST

START_TEST(test_frames_map_both_ways)
{
    gf_frame frame = {{10, 20, 110, 70}, {-1, 2}, {1, 3}};
    gf_vec2 corner = gf_frame_page(&frame, (gf_vec2){-1, 2});

    ck_assert(corner.x == 10 && corner.y == 70);
    gf_vec2 back =
        gf_frame_plane(&frame, gf_frame_page(&frame, (gf_vec2){0.3, 2.7}));
    assert_close(back.x, 0.3, TOL1);
    assert_close(back.y, 2.7, TOL1);
    gf_vec2 way = gf_frame_way(&frame, (gf_vec2){1, 1});
    assert_close(way.x, 50, TOL1);
    assert_close(way.y, -50, TOL1);
}
END_TEST

START_TEST(test_panels_of_one_scale_fill_the_row)
{
    static const double windows[][4] = {
        {0, -0.2, 1, 1.2}, {-1.2, -1, 1.2, 1.4}, {-0.2, -0.2, 1.6, 1.2}};
    gf_page page;
    double sum = 0;

    gf_page_init(&page, &gf_sizes[0], &gf_themes[0], times());
    page.equal = true;
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(
            gf_page_add(&page, (gf_vec2){windows[i][0], windows[i][1]},
                        (gf_vec2){windows[i][2], windows[i][3]}, NULL),
            GF_OK);
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    const gf_frame *first = &page.panel[0].frame;
    double scale = gf_frame_way(first, (gf_vec2){1, 0}).x;
    for (int i = 0; i < 3; i++) {
        const gf_frame *f = &page.panel[i].frame;
        assert_close(gf_frame_way(f, (gf_vec2){1, 0}).x, scale, TOL3);
        assert_close(gf_frame_way(f, (gf_vec2){0, 1}).y, -scale, TOL3);
        assert_close(f->box.y1, first->box.y1, TOL3);
        sum += f->box.x1 - f->box.x0;
    }
    ck_assert(sum > 0.75 * page.width);
    gf_page_clear(&page);
}
END_TEST

START_TEST(test_one_panel_may_have_one_scale)
{
    gf_page page;

    gf_page_init(&page, &gf_sizes[0], &gf_themes[0], times());
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(
            gf_page_add(&page, (gf_vec2){0, 0}, (gf_vec2){1, 2}, NULL), GF_OK);
    page.panel[1].equal = true;
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    gf_vec2 free = gf_frame_way(&page.panel[0].frame, (gf_vec2){1, 1});
    gf_vec2 same = gf_frame_way(&page.panel[1].frame, (gf_vec2){1, 1});
    ck_assert(free.x > -1.5 * free.y);
    assert_close(same.x, -same.y, TOL3);
    gf_page_clear(&page);
}
END_TEST

/* The lines together are the text, none is wider than the page, and none
   begins or ends at a sign that joins what is beside it. */
START_TEST(test_captions_are_broken_between_words)
{
    gf_page page;
    gf_rich whole;
    char joined[1000] = "";

    gf_page_init(&page, &gf_sizes[2], &gf_themes[0], times());
    ck_assert_int_eq(gf_page_add(&page, (gf_vec2){0, 0}, (gf_vec2){1, 2}, NULL),
                     GF_OK);
    gf_rich_markup(&page.panel[0].caption, caption);
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    ck_assert_uint_ge(page.lines, 2);
    for (size_t i = 0; i < page.lines; i++) {
        const char *line = gf_rich_plain(&page.line[i]);
        ck_assert_double_le(
            gf_rich_measure(&page.line[i], page.small, times()).width,
            page.width);
        ck_assert(!strchr("=<", line[0]) && line[strlen(line) - 1] != '=');
        strcat(strcat(joined, i ? " " : ""), line);
    }
    gf_rich_init(&whole);
    gf_rich_markup(&whole, caption);
    ck_assert_str_eq(joined, gf_rich_plain(&whole));
    gf_rich_clear(&whole);
    gf_page_clear(&page);
}
END_TEST

START_TEST(test_axes_alike_are_labelled_once)
{
    gf_page page;

    sample_page(&page, &gf_sizes[0], &gf_themes[0], times(), 4);
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(page.panel[i].y.labelled, i == 0);
        ck_assert(page.panel[i].x.labelled);
        ck_assert(page.panel[i].frame.box.y0 == page.panel[0].frame.box.y0);
    }
    page.panel[2].frame.high.y = 2;
    page.columns = 2;
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    ck_assert(!page.panel[0].x.labelled && page.panel[2].x.labelled);
    ck_assert(!page.panel[1].y.labelled && page.panel[3].y.labelled);
    gf_page_clear(&page);
}
END_TEST

START_TEST(test_huge_and_tiny_windows_name_their_power)
{
    gf_page page;

    gf_page_init(&page, &gf_sizes[0], &gf_themes[0], times());
    ck_assert_int_eq(
        gf_page_add(&page, (gf_vec2){0, -2e-9}, (gf_vec2){5e8, 3e-9}, NULL),
        GF_OK);
    gf_rich_math(&page.panel[0].x.name, "D");
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    ck_assert_str_eq(gf_rich_plain(&page.panel[0].x.label), "D (×108)");
    ck_assert_str_eq(gf_rich_plain(&page.panel[0].y.label), " (×10−9)");
    gf_page_clear(&page);
}
END_TEST

START_TEST(test_windows_without_an_area_are_refused)
{
    static const double bad[][4] = {
        {0, 0, 0, 1},   {0, 0, 1, 0},        {1, 0, 0, 1},
        {0, 0, NAN, 1}, {0, 0, INFINITY, 1}, {1, 0, 1 + 1e-15, 1},
    };
    gf_page page;

    gf_page_init(&page, &gf_sizes[0], &gf_themes[0], times());
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(gf_page_add(&page, (gf_vec2){bad[i][0], bad[i][1]},
                                     (gf_vec2){bad[i][2], bad[i][3]}, NULL),
                         GF_ARGUMENT);
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_ARGUMENT);
    gf_page_clear(&page);
}
END_TEST

START_TEST(test_pages_too_small_are_refused)
{
    gf_size size;
    gf_page page;

    ck_assert_int_eq(gf_size_read(&size, "60x50", NULL), GF_OK);
    sample_page(&page, &size, &gf_themes[0], times(), 1);
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_ARGUMENT);
    gf_page_clear(&page);
}
END_TEST

START_TEST(test_endless_texts_are_cut_to_the_page)
{
    char text[5000];
    gf_page page;
    gf_scene scene;

    memset(text, 'W', sizeof text);
    text[sizeof text - 1] = '\0';
    gf_page_init(&page, &gf_sizes[2], &gf_themes[0], times());
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(
            gf_page_add(&page, (gf_vec2){0, 0}, (gf_vec2){1, 1}, NULL), GF_OK);
        gf_rich_add(&page.panel[i].x.name, GF_ITALIC, text);
        gf_rich_add(&page.panel[i].y.name, GF_ITALIC, text);
        gf_rich_add(&page.panel[i].title, GF_UPRIGHT, text);
    }
    gf_rich_add(&page.title, GF_UPRIGHT, text);
    gf_rich_add(&page.stamp, GF_UPRIGHT, text);
    sample_entry(&page, GF_SAMPLE_LINE, text);
    ck_assert_int_eq(gf_page_lay(&page, NULL), GF_OK);
    gf_scene_init(&scene, page.width, page.height);
    gf_page_finish(&scene, &page);
    check_scene(&scene, times(), "endless");
    gf_scene_clear(&scene);
    gf_page_clear(&page);
}
END_TEST

/* One long entry does not make a line of each short one; an even legend keeps
   its columns; no entry reaches into the next. */
START_TEST(test_a_long_entry_takes_the_room_of_several)
{
    static const char *const last[] = {"a line that is long for a column of "
                                       "text",
                                       "seven"};

    for (int k = 0; k < 2; k++) {
        double left[GF_PAGE_ENTRIES];
        size_t line[GF_PAGE_ENTRIES];
        gf_page page;
        gf_page_init(&page, &gf_sizes[2], &gf_themes[0], times());
        for (int i = 0; i < 7; i++)
            sample_entry(&page, GF_SAMPLE_LINE, i == 3 ? last[k] : "short");
        size_t lines = gf_legend_flow(left, line, &page, 200);
        ck_assert_uint_le(lines, 4);
        ck_assert_uint_eq(line[6] + 1, lines);
        for (size_t i = 0; i < page.entries; i++) {
            double width =
                gf_rich_measure(&page.entry[i].text, page.small, times()).width;
            double end = i + 1 < page.entries && line[i + 1] == line[i]
                             ? left[i + 1]
                             : 200;
            ck_assert_double_lt(left[i] + 21 + width, end + 1e-9);
            if (k == 1 && line[i] > 0) /* columns */
                ck_assert(left[i] == left[i % (7 / lines + 1)]);
        }
        gf_page_clear(&page);
    }
}
END_TEST

START_TEST(test_layout_without_memory_says_so)
{
    for (size_t n = 1;; n++) {
        gf_page page;
        sample_page(&page, &gf_sizes[0], &gf_themes[0], times(), 2);
        fail_nth_malloc(n);
        gf_status status = gf_page_lay(&page, NULL);
        bool failed = malloc_has_failed();
        fail_nth_malloc(0);
        ck_assert_int_eq(status, failed ? GF_MEMORY : GF_OK);
        gf_page_clear(&page);
        if (!failed)
            break;
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/page", test_every_layout_fits_its_page,
                     test_frames_map_both_ways,
                     test_panels_of_one_scale_fill_the_row,
                     test_one_panel_may_have_one_scale,
                     test_captions_are_broken_between_words,
                     test_axes_alike_are_labelled_once,
                     test_huge_and_tiny_windows_name_their_power,
                     test_windows_without_an_area_are_refused,
                     test_pages_too_small_are_refused,
                     test_endless_texts_are_cut_to_the_page,
                     test_a_long_entry_takes_the_room_of_several,
                     test_layout_without_memory_says_so);
}
