/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of every portrait of the catalogue. */
#include "figure/portrait.h"

#include <math.h>
#include <string.h>

#include "figure/grid.h"
#include "figure/plate.h"
#include "harness.h"

static const gf_box page = {30, 30, 230, 170};
static const double separation = 6, marker = 3.4;

static unsigned extra_layers;

typedef struct sheet {
    gf_field *field;
    gf_classification c;
    gf_portrait portrait;
} sheet;

static void open_field(sheet *s, const char *name)
{
    gf_error error;

    ck_assert_msg(gf_field_find(&s->field, name, NULL, &error) == GF_OK, "%s",
                  error.message);
    gf_classification_init(&s->c);
    ck_assert_int_eq(gf_classify(&s->c, s->field, NULL, NULL), GF_OK);
}

static void close_field(sheet *s)
{
    gf_classification_clear(&s->c);
    gf_field_free(s->field);
}

static void make(sheet *s, const char *name)
{
    gf_portrait_plan plan;
    gf_error error;

    open_field(s, name);
    plan = (gf_portrait_plan){
        .c = &s->c,
        .window = {s->field->window[0], s->field->window[1]},
        .box = page,
        .layers = gf_features_default() | 1U << GF_FEATURE_ENERGY |
                  1U << GF_FEATURE_REGION | extra_layers,
        .separation = separation,
        .marker = marker,
        .start = s->field->start,
        .start_count = s->field->start_count};
    ck_assert_msg(gf_portrait_make(&s->portrait, &plan, &error) == GF_OK,
                  "%s: %s", name, error.message);
}

static void clear(sheet *s)
{
    gf_portrait_clear(&s->portrait);
    close_field(s);
}

/* --- streamlines ------------------------------------------------------- */

static gf_grid grid_of(const gf_curves *lines)
{
    gf_grid grid;

    gf_grid_init(&grid, page, separation);
    for (size_t i = 0; i < lines->count; i++) {
        double length = 0;
        for (size_t k = 0; k < lines->item[i].count; k++) {
            if (k > 0)
                length +=
                    gf_vec2_far(lines->item[i].at[k], lines->item[i].at[k - 1]);
            gf_grid_add(&grid, lines->item[i].at[k], (uint32_t)i, length);
        }
    }
    return grid;
}

static void add_thick(gf_grid *grid, const gf_curves *curves)
{
    for (size_t i = 0; i < curves->count; i++)
        for (size_t k = 0; k < curves->item[i].count; k++)
            gf_grid_add(grid, curves->item[i].at[k], GF_GRID_NONE, 0);
}

/* Is there a reason for a line to end at p? */
static bool has_reason(const sheet *s, const gf_grid *grid, gf_vec2 p,
                       size_t line, double length)
{
    const gf_portrait *f = &s->portrait;
    double own = 0.35 * separation + 1.5, itself;
    double others =
        gf_grid_crowd(&itself, grid, p, separation, (uint32_t)line, length, 9);
    gf_vec2 v = gf_view_wind(p, &f->view);

    if (gf_box_depth(page, p) < 0.05 || others < separation / 2 + 1 ||
        itself < own)
        return true;
    for (size_t i = 0; i < f->rest_count; i++)
        if (gf_vec2_far(p, f->rest[i]) < marker + 1.6 + 0.8)
            return true;
    if (!gf_vec2_finite(gf_vec2_unit(v)))
        return true;
    /* the edge of the domain, or an edge to which both sides lead */
    for (int i = 0; i < 32; i++) {
        gf_vec2 way = {0.1 * cos(M_PI * i / 16), 0.1 * sin(M_PI * i / 16)};
        gf_vec2 w = gf_view_wind(gf_vec2_sum(p, way), &f->view);
        if (!gf_vec2_finite(w) ||
            gf_vec2_dot(gf_vec2_unit(w), gf_vec2_unit(v)) < 0.9)
            return true;
    }
    return false;
}

static void check_lines(const sheet *s, const char *name)
{
    const gf_curves *lines = &s->portrait.streamlines;
    gf_grid grid = grid_of(lines), all = grid_of(lines);

    for (size_t i = 0; i < s->portrait.trajectory_count; i++)
        add_thick(&all, &s->portrait.trajectory[i].part);
    add_thick(&all, &s->portrait.stable);
    add_thick(&all, &s->portrait.unstable);
    for (size_t i = 0; i < grid.count; i++) {
        const gf_dot *dot = &grid.dot[i];
        double itself;
        ck_assert_msg(gf_grid_crowd(&itself, &all, dot->at, separation,
                                    dot->line, dot->length,
                                    9) >= separation / 2 - 0.01,
                      "%s: line %u is near another", name, dot->line);
        ck_assert(gf_box_depth(page, dot->at) > -1e-9);
    }
    for (size_t i = 0; i < lines->count; i++) {
        const gf_curve *line = &lines->item[i];
        double length = gf_curve_length(line);
        gf_vec2 first = line->at[0], last = line->at[line->count - 1];
        if (line->closed)
            continue;
        ck_assert_msg(has_reason(s, &all, first, i, 0) &&
                          has_reason(s, &all, last, i, length),
                      "%s: line %zu from %g %g to %g %g ends in mid-air", name,
                      i, first.x, first.y, last.x, last.y);
    }
    gf_grid_clear(&grid);
    gf_grid_clear(&all);
}

static void check_heads(const sheet *s)
{
    const gf_portrait *f = &s->portrait;

    for (size_t i = 0; i < f->heads.count; i++) {
        gf_vec2 p = f->heads.item[i].at;
        ck_assert_double_ge(gf_box_depth(page, p), 4);
        for (size_t k = 0; k < f->rest_count; k++)
            ck_assert_double_ge(gf_vec2_far(p, f->rest[k]), 4);
        for (size_t k = 0; k < i; k++)
            ck_assert_double_ge(gf_vec2_far(p, f->heads.item[k].at), 4);
    }
}

static void check_inside(const gf_curves *curves)
{
    for (size_t i = 0; i < curves->count; i++)
        for (size_t k = 0; k < curves->item[i].count; k++)
            ck_assert_double_gt(gf_box_depth(page, curves->item[i].at[k]),
                                -1e-6);
}

START_TEST(test_every_variant_has_a_clean_portrait)
{
    for (size_t i = 0; i < gf_catalog_count(); i++) {
        sheet s;
        make(&s, gf_catalog_name(i));
        ck_assert_uint_ge(s.portrait.streamlines.count, 10);
        check_lines(&s, gf_catalog_name(i));
        check_heads(&s);
        for (int axis = 0; axis < 2; axis++)
            check_inside(&s.portrait.nullcline[axis]);
        check_inside(&s.portrait.energy);
        check_inside(&s.portrait.region);
        check_inside(&s.portrait.stable);
        check_inside(&s.portrait.unstable);
        for (size_t k = 0; k < s.portrait.trajectory_count; k++)
            check_inside(&s.portrait.trajectory[k].part);
        clear(&s);
    }
}
END_TEST

/* lsgan: {F < 8/225}, an ellipse that the window has room for; where E is
   constant there is none. */
START_TEST(test_the_regions_of_forms_are_ellipses)
{
    sheet s;

    extra_layers = 1U << GF_FEATURE_REGION_F | 1U << GF_FEATURE_REGION_V;
    make(&s, "lsgan");
    for (int i = 0; i < 2; i++) {
        ck_assert_uint_ge(s.portrait.form[i].count, 1);
        check_inside(&s.portrait.form[i]);
    }
    ck_assert_uint_ge(s.portrait.form[0].item[0].count, 300);
    for (size_t k = 0; k < s.portrait.form[0].item[0].count; k++) {
        gf_vec2 at =
            gf_view_data(&s.portrait.view, s.portrait.form[0].item[0].at[k]);
        double x = at.x - 0.5, y = at.y - 0.2;
        assert_close((x * x + y * y) / 2, 8.0 / 225, 1e-7);
    }
    clear(&s);
    make(&s, "wgan");
    for (int i = 0; i < 2; i++)
        ck_assert_uint_eq(s.portrait.form[i].count, 0);
    clear(&s);
    extra_layers = 0;
}
END_TEST

/* --- scenes ------------------------------------------------------------ */

static void check_labels(const gf_scene *scene, const char *name)
{
    gf_box box[128];
    size_t count = 0;

    for (size_t i = 0; i < scene->items && count < 128; i++) {
        const gf_item *item = &scene->item[i];
        if (item->kind != GF_ITEM_LABEL)
            continue;
        box[count] = gf_label_box(&item->as.label, &item->rich,
                                  gf_typesetter_builtin(GF_SERIF));
        ck_assert_msg(box[count].x0 > -0.5 && box[count].y0 > -0.5 &&
                          box[count].x1 < scene->width + 0.5 &&
                          box[count].y1 < scene->height + 0.5,
                      "%s: '%s' is off the page", name,
                      gf_rich_plain(&item->rich));
        for (size_t k = 0; k < count; k++)
            ck_assert_msg(!gf_box_overlap(gf_box_grow(box[k], -0.8),
                                          gf_box_grow(box[count], -0.8)),
                          "%s: '%s' lies on another label", name,
                          gf_rich_plain(&item->rich));
        count++;
    }
    ck_assert_uint_ge(count, 8);
}

START_TEST(test_every_variant_has_a_scene)
{
    gf_size size;

    ck_assert_int_eq(gf_size_read(&size, "icml", NULL), GF_OK);
    for (size_t i = 0; i < gf_catalog_count(); i++) {
        sheet s;
        gf_plate plate;
        gf_scene scene;
        gf_error error;
        open_field(&s, gf_catalog_name(i));
        gf_plate_init(&plate, &size, &gf_themes[0]);
        ck_assert_ptr_nonnull(gf_plate_add(&plate, &s.c));
        ck_assert_msg(gf_plate_compose(&scene, &plate,
                                       gf_typesetter_builtin(GF_SERIF), NULL,
                                       &error) == GF_OK,
                      "%s: %s", gf_catalog_name(i), error.message);
        check_labels(&scene, gf_catalog_name(i));
        ck_assert_ptr_nonnull(scene.about.description);
        ck_assert_ptr_nonnull(gf_scene_group(&scene, "stream"));
        gf_scene_clear(&scene);
        close_field(&s);
    }
}
END_TEST

START_TEST(test_panels_stand_side_by_side)
{
    static const char *const names[] = {"classic", "lsgan", "wgan", "hinge"};
    sheet s[4];
    gf_plate plate;
    gf_scene scene;
    gf_size size;

    ck_assert_int_eq(gf_size_read(&size, "neurips", NULL), GF_OK);
    gf_plate_init(&plate, &size, &gf_themes[0]);
    for (size_t i = 0; i < 4; i++) {
        open_field(&s[i], names[i]);
        ck_assert_ptr_nonnull(gf_plate_add(&plate, &s[i].c));
    }
    ck_assert_int_eq(gf_plate_compose(&scene, &plate,
                                      gf_typesetter_builtin(GF_SERIF), NULL,
                                      NULL),
                     GF_OK);
    check_labels(&scene, "four panels");
    ck_assert_ptr_nonnull(gf_scene_group(&scene, "a-stream"));
    ck_assert_ptr_nonnull(gf_scene_group(&scene, "d-null-1"));
    ck_assert_ptr_nonnull(strstr(scene.about.description, "(d) Hinge GAN"));
    gf_scene_clear(&scene);
    for (size_t i = 0; i < 4; i++)
        close_field(&s[i]);
}
END_TEST

START_TEST(test_the_table_has_every_curve)
{
    FILE *file = tmpfile();
    char line[256];
    size_t rows = 0, points;
    sheet s;

    ck_assert_ptr_nonnull(file);
    make(&s, "wgan");
    points = s.portrait.rest_count;
    for (size_t i = 0; i < s.portrait.streamlines.count; i++)
        points += s.portrait.streamlines.item[i].count;
    gf_portrait_write_csv(&s.portrait, "wgan", file);
    rewind(file);
    while (fgets(line, sizeof line, file)) {
        double x, y;
        size_t curve, point;
        char layer[32];
        ck_assert_int_eq(sscanf(line, "wgan,%31[^,],%zu,%zu,%lf,%lf", layer,
                                &curve, &point, &x, &y),
                         5);
        ck_assert_double_le(fabs(x), 1.2 + 1e-9);
        rows++;
    }
    ck_assert_uint_gt(rows, points);
    fclose(file);
    clear(&s);
}
END_TEST

START_TEST(test_windows_without_a_picture_are_refused)
{
    static const gf_range bad[][2] = {{{0.5, 0.5, 0, 0}, {0, 1, 0, 0}},
                                      {{0, 1, 0, 0}, {1, 0, 0, 0}},
                                      {{NAN, 1, 0, 0}, {0, 1, 0, 0}},
                                      {{2, 3, 0, 0}, {0, 1, 0, 0}},
                                      {{-1e308, 1e308, 0, 0}, {0, 1, 0, 0}}};
    sheet s;

    open_field(&s, "classic");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        gf_portrait portrait;
        gf_portrait_plan plan = {.c = &s.c,
                                 .window = {bad[i][0], bad[i][1]},
                                 .box = page,
                                 .layers = gf_features_default(),
                                 .separation = 6,
                                 .marker = 3};
        ck_assert_int_eq(gf_portrait_make(&portrait, &plan, NULL), GF_ARGUMENT);
    }
    close_field(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "figure/portrait", test_every_variant_has_a_clean_portrait,
        test_the_regions_of_forms_are_ellipses, test_every_variant_has_a_scene,
        test_panels_stand_side_by_side, test_the_table_has_every_curve,
        test_windows_without_a_picture_are_refused);
}
