/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failing_malloc.h"
#include "harness.h"
#include "sample.h"

#include <math.h>
#include <string.h>

static void add_line(gf_scene *scene, double to, double width)
{
    gf_stroke stroke = {.colour = GF_RGB(0), .width = width};
    gf_path path;

    gf_path_init(&path);
    gf_path_move(&path, (gf_vec2){0, 0});
    gf_path_line(&path, (gf_vec2){to, 1});
    gf_scene_stroke(scene, &path, &stroke);
    gf_path_clear(&path);
}

START_TEST(test_scene_copies_what_it_is_given)
{
    char id[] = "traj-1", title[] = "a run";
    gf_scene scene;

    gf_scene_init(&scene, 100, 50);
    gf_scene_open(&scene, id, "traj", title);
    gf_scene_clip(&scene, (gf_box){0, 0, 10, 10});
    id[0] = title[0] = 'X';
    add_line(&scene, 5, 1);
    gf_scene_shut(&scene);
    ck_assert_int_eq(gf_scene_check(&scene, NULL), GF_OK);
    const gf_group *group = gf_scene_group(&scene, "traj-1");
    ck_assert_ptr_nonnull(group);
    ck_assert_str_eq(group->title, "a run");
    ck_assert(group->clipped && group->clip.x1 == 10);
    ck_assert_ptr_null(gf_scene_group(&scene, "traj-2"));
    ck_assert_uint_eq(scene.items, 3);
    ck_assert(scene.item[1].path.point[1].x == 5);
    gf_scene_clear(&scene);
}
END_TEST

/* Mistakes, each of which makes a scene that is not painted. */
static void mistake(gf_scene *scene, int i)
{
    gf_marker marker = {.at = {0, NAN}, .radius = 1};
    gf_arrow arrow = {{0, 0}, {0, 0}, 4, GF_RGB(0)};
    gf_label label = {.size = 8, .anchor = 0.3};
    gf_rich text;

    gf_rich_init(&text);
    gf_rich_add(&text, GF_UPRIGHT, "x");
    if (i == 0)
        add_line(scene, INFINITY, 1);
    else if (i == 1)
        add_line(scene, 1, 0);
    else if (i == 2)
        gf_scene_marker(scene, &marker);
    else if (i == 3)
        gf_scene_arrow(scene, &arrow);
    else if (i == 4)
        gf_scene_label(scene, &text, &label);
    else if (i == 5)
        gf_scene_open(scene, "1x", "a", NULL);
    else if (i == 6)
        gf_scene_open(scene, "x", "a\"b", NULL);
    else if (i == 7)
        gf_scene_shut(scene);
    else if (i == 8)
        gf_scene_open(scene, "open", "a", NULL);
    else
        gf_scene_clip(scene, (gf_box){0, 0, 1, 1});
    gf_rich_clear(&text);
}

START_TEST(test_mistakes_are_noticed)
{
    for (int i = 0; i < 10; i++) {
        gf_scene scene;
        gf_scene_init(&scene, 100, 50);
        mistake(&scene, i);
        ck_assert_msg(gf_scene_check(&scene, NULL) == GF_INTERNAL, "%d", i);
        gf_scene_clear(&scene);
    }
}
END_TEST

START_TEST(test_ids_are_unique)
{
    gf_scene scene;

    gf_scene_init(&scene, 100, 50);
    for (int i = 0; i < 2; i++) {
        gf_scene_open(&scene, "stream", "stream", NULL);
        gf_scene_shut(&scene);
    }
    ck_assert_int_eq(gf_scene_check(&scene, NULL), GF_INTERNAL);
    gf_scene_clear(&scene);
}
END_TEST

START_TEST(test_pages_without_a_size_are_refused)
{
    static const double sizes[][2] = {{0, 10},   {10, -1},  {NAN, 10},
                                      {1e6, 10}, {10, 1e6}, {INFINITY, 1}};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        gf_scene scene;
        gf_scene_init(&scene, sizes[i][0], sizes[i][1]);
        ck_assert_int_eq(gf_scene_check(&scene, NULL), GF_ARGUMENT);
        gf_scene_clear(&scene);
    }
}
END_TEST

START_TEST(test_label_box_turns_with_its_label)
{
    const gf_typesetter *t = gf_typesetter_builtin(GF_SERIF);
    gf_label label = {.at = {100, 100}, .size = 10};
    gf_rich text;

    gf_rich_init(&text);
    gf_rich_add(&text, GF_UPRIGHT, "0000");
    gf_box flat = gf_label_box(&label, &text, t);
    assert_close(flat.x0, 100, TOL1);
    assert_close(flat.x1, 120, TOL1);
    ck_assert(flat.y0 < 94 && flat.y1 > 101);
    label.anchor = 1;
    assert_close(gf_label_box(&label, &text, t).x1, 100, TOL1);
    label.anchor = 0;
    label.angle = 90;
    gf_box up = gf_label_box(&label, &text, t);
    assert_close(up.y1, 100, TOL1);
    assert_close(up.y0, 80, TOL1);
    assert_close(up.x0, 100 + (flat.y0 - 100), TOL1);
    label.angle = 0;
    label.level = GF_LEVEL_MIDDLE;
    gf_vec2 base = gf_label_point(&label, 20, 0, 0);
    assert_close(base.y, 100 + 5 * 0.676, TOL1);
    gf_rich_clear(&text);
}
END_TEST

START_TEST(test_memory_that_fails_is_no_figure)
{
    for (size_t n = 1;; n++) {
        gf_page page;
        gf_scene scene;
        sample_page(&page, &gf_sizes[0], &gf_themes[0],
                    gf_typesetter_builtin(GF_SERIF), 1);
        gf_status status = gf_page_lay(&page, NULL);
        ck_assert_int_eq(status, GF_OK);
        fail_nth_malloc(n);
        sample_scene(&scene, &page);
        bool failed = malloc_has_failed();
        fail_nth_malloc(0);
        ck_assert_int_eq(gf_scene_check(&scene, NULL),
                         failed ? GF_MEMORY : GF_OK);
        gf_scene_clear(&scene);
        gf_page_clear(&page);
        if (!failed)
            break;
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/scene", test_scene_copies_what_it_is_given,
                     test_mistakes_are_noticed, test_ids_are_unique,
                     test_pages_without_a_size_are_refused,
                     test_label_box_turns_with_its_label,
                     test_memory_that_fails_is_no_figure);
}
