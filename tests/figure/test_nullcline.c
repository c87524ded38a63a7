/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nullclines, separatrices and levels of the whole catalogue. */
#include "figure/nullcline.h"

#include <math.h>

#include "figure/level.h"
#include "figure/separatrix.h"
#include "harness.h"

typedef struct scene {
    gf_field *field;
    gf_classification c;
    gf_view view;
    gf_curves of[2];
} scene;

static scene open_scene(const char *name)
{
    scene s;
    gf_error error;

    ck_assert_msg(gf_field_find(&s.field, name, NULL, &error) == GF_OK, "%s",
                  error.message);
    gf_classification_init(&s.c);
    ck_assert_int_eq(gf_classify(&s.c, s.field, NULL, NULL), GF_OK);
    s.view = (gf_view){
        s.field, {s.field->window[0], s.field->window[1]}, {30, 10, 300, 210}};
    for (int i = 0; i < 2; i++)
        gf_curves_init(&s.of[i]);
    return s;
}

static void close_scene(scene *s)
{
    for (int i = 0; i < 2; i++)
        gf_curves_clear(&s->of[i]);
    gf_classification_clear(&s->c);
    gf_field_free(s->field);
}

static double to_curves(gf_vec2 p, const gf_curves *curves)
{
    double least = INFINITY;

    for (size_t i = 0; i < curves->count; i++) {
        const gf_curve *curve = &curves->item[i];
        for (size_t k = 1; k < curve->count; k++)
            least =
                fmin(least, gf_segment_far(p, curve->at[k - 1], curve->at[k]));
    }
    return least;
}

START_TEST(test_nullclines_cross_at_every_rest_point)
{
    for (size_t i = 0; i < gf_catalog_count(); i++) {
        scene s = open_scene(gf_catalog_name(i));
        gf_nullclines_find(s.of, &s.view, &s.c);
        for (size_t k = 0; k < s.c.count; k++) {
            gf_vec2 p = gf_view_page(&s.view, s.c.point[k].at);
            if (gf_box_depth(s.view.box, p) < 0.5)
                continue;
            for (int j = 0; j < 2; j++)
                ck_assert_msg(to_curves(p, &s.of[j]) < 0.2,
                              "%s: nullcline %d is %g pt from a rest point",
                              gf_catalog_name(i), j, to_curves(p, &s.of[j]));
        }
        close_scene(&s);
    }
}
END_TEST

/* Is there a change of sign (or a zero) within 0.1 pt of p? */
static bool is_zero_near(const scene *s, int j, gf_vec2 p)
{
    bool positive = false, negative = false;

    for (int ring = 0; ring <= 2; ring++)
        for (int i = 0; i < 16; i++) {
            gf_vec2 way = {cos(M_PI * i / 8), sin(M_PI * i / 8)};
            gf_vec2 v = gf_field_at(
                gf_view_data(&s->view, gf_vec2_along(p, 0.05 * ring, way)),
                s->field);
            double x = j ? v.y : v.x;
            positive = positive || x >= 0;
            negative = negative || x <= 0;
        }
    return positive && negative;
}

START_TEST(test_nullclines_are_exact)
{
    for (size_t i = 0; i < gf_catalog_count(); i++) {
        scene s = open_scene(gf_catalog_name(i));
        gf_nullclines_find(s.of, &s.view, &s.c);
        for (int j = 0; j < 2; j++)
            for (size_t n = 0; n < s.of[j].count; n++)
                for (size_t k = 1; k < s.of[j].item[n].count; k++) {
                    const gf_vec2 *at = s.of[j].item[n].at;
                    gf_vec2 m =
                        gf_vec2_times(0.5, gf_vec2_sum(at[k - 1], at[k]));
                    if (gf_box_depth(s.view.box, m) > 0.5)
                        ck_assert_msg(is_zero_near(&s, j, m),
                                      "%s: nullcline %d at %g %g",
                                      gf_catalog_name(i), j, m.x, m.y);
                }
        close_scene(&s);
    }
}
END_TEST

START_TEST(test_hinge_has_its_jumps)
{
    scene s = open_scene("hinge");
    double least = INFINITY, most = -INFINITY;

    gf_nullclines_find(s.of, &s.view, &s.c);
    for (size_t n = 0; n < s.of[0].count; n++)
        for (size_t k = 0; k < s.of[0].item[n].count; k++) {
            gf_vec2 p = gf_view_data(&s.view, s.of[0].item[n].at[k]);
            least = fmin(least, p.y);
            most = fmax(most, p.y);
        }
    ck_assert_double_lt(fabs(least), 0.01);
    /* D = -1 attracts from both sides wherever p_g > p_d */
    ck_assert_double_lt(fabs(most - s.view.window[1].hi), 0.01);
    close_scene(&s);
}
END_TEST

START_TEST(test_separatrices_belong_to_saddles)
{
    scene s = open_scene("lsgan"), other = open_scene("classic");
    gf_separatrices_find(&s.of[0], &s.of[1], &s.view, &s.c);
    gf_separatrices_find(&other.of[0], &other.of[1], &other.view, &other.c);

    ck_assert_uint_eq(other.of[0].count + other.of[1].count, 0);
    ck_assert_uint_ge(s.of[0].count, 2);
    ck_assert_uint_ge(s.of[1].count, 2);
    for (size_t i = 0; i < s.c.count; i++) {
        gf_vec2 p = gf_view_page(&s.view, s.c.point[i].at);
        if (s.c.point[i].type == GF_TYPE_SADDLE) {
            ck_assert_double_lt(to_curves(p, &s.of[0]), 0.01);
            ck_assert_double_lt(to_curves(p, &s.of[1]), 0.01);
        } else {
            /* one unstable branch leads to the rest point that one wants */
            ck_assert_double_lt(to_curves(p, &s.of[1]), 0.1);
        }
    }
    close_scene(&s);
    close_scene(&other);
}
END_TEST

START_TEST(test_levels_are_levels)
{
    static const char *const names[] = {"classic", "nonsaturating",
                                        "wgan",    "quadratic",
                                        "lsgan",   "classic-logit"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        scene s = open_scene(names[i]);
        gf_levels levels;
        ck_assert_int_eq(gf_levels_init(&levels, &s.view, &s.c, NULL), GF_OK);
        ck_assert(gf_levels_there(&levels));
        gf_levels_draw(&s.of[0], &levels, 0.02);
        ck_assert_uint_eq(s.of[0].count, 1);
        ck_assert(s.of[0].item[0].closed);
        for (size_t k = 0; k < s.of[0].item[0].count; k += 9) {
            gf_vec2 p = gf_view_data(&s.view, s.of[0].item[0].at[k]);
            assert_close(gf_energy_at(&s.c, p), 0.02, TOL4);
        }
        gf_levels_clear(&levels);
        close_scene(&s);
    }
}
END_TEST

START_TEST(test_a_run_ends_for_a_reason)
{
    scene s = open_scene("classic");
    gf_vec2 rest = gf_view_page(&s.view, s.c.point[0].at);
    gf_run_end end =
        gf_view_follow(&s.of[0], &s.view, (gf_vec2){0.75, 0.9}, 1, &rest, 1);

    ck_assert_int_eq(end.halt, GF_HALT_REST);
    ck_assert_double_lt(gf_vec2_far(end.at, rest), 0.1);
    ck_assert_uint_eq(s.of[0].count, 1);
    /* where the flow is at t = 5 */
    ck_assert_double_lt(
        to_curves(gf_view_page(&s.view, (gf_vec2){0.491038936932180612,
                                                  0.211049440427631797}),
                  &s.of[0]),
        0.01);
    close_scene(&s);
    s = open_scene("wgan");
    gf_view_follow(&s.of[0], &s.view, (gf_vec2){0.75, 0.2}, 1, NULL, 0);
    ck_assert_uint_eq(s.of[0].count, 1);
    ck_assert(s.of[0].item[0].closed);
    close_scene(&s);
}
END_TEST

START_TEST(test_a_run_slides_where_both_sides_lead_to_an_edge)
{
    scene s = open_scene("hinge");
    gf_run_end end =
        gf_view_follow(&s.of[0], &s.view, (gf_vec2){0.75, 0.9}, 1, NULL, 0);
    gf_vec2 leaves = gf_view_page(&s.view, (gf_vec2){-1, 0.2});
    gf_vec2 round = gf_view_page(&s.view, (gf_vec2){0, -0.8});
    gf_vec2 outer = gf_view_page(
        &s.view, (gf_vec2){0, 0.2 - sqrt(0.75 * 0.75 + 0.7 * 0.7)});

    ck_assert(end.cycles);
    ck_assert_double_lt(to_curves(leaves, &s.of[0]), 0.1);
    ck_assert_double_lt(to_curves(round, &s.of[0]), 0.1);
    ck_assert_double_gt(to_curves(outer, &s.of[0]), 0.5);
    close_scene(&s);
}
END_TEST

/* Along theta psi = 1 to (-1, -1), then on the circle of radius sqrt(2). */
START_TEST(test_a_run_slides_along_a_curve)
{
    static const gf_vec2 through[] = {
        {0.5, 2},      {-2, -0.5},   {-1.5, -1 / 1.5}, {-1.2, -1 / 1.2},
        {0, -M_SQRT2}, {M_SQRT2, 0}, {0, M_SQRT2},     {-M_SQRT2, 0}};
    scene s = open_scene("dirac-hinge");
    gf_run_end end =
        gf_view_follow(&s.of[0], &s.view, (gf_vec2){2, 2}, 1, NULL, 0);

    ck_assert(end.cycles);
    for (size_t i = 0; i < sizeof through / sizeof *through; i++)
        ck_assert_double_lt(
            to_curves(gf_view_page(&s.view, through[i]), &s.of[0]), 0.1);
    close_scene(&s);
}
END_TEST

START_TEST(test_a_run_ends_on_a_limit_cycle)
{
    scene s = open_scene("dirac-wgan-gp");
    gf_run_end end =
        gf_view_follow(&s.of[0], &s.view, (gf_vec2){0.1, 0.1}, 1, NULL, 0);

    ck_assert(end.cycles);
    ck_assert_uint_eq(s.of[0].count, 1);
    ck_assert_double_lt(gf_curve_length(&s.of[0].item[0]), 6000);
    close_scene(&s);
}
END_TEST

/* dpsi/dt = 0 where theta psi > 1: up to the hyperbola, and no curve there. */
START_TEST(test_what_is_flat_is_an_area)
{
    scene s = open_scene("dirac-hinge");
    gf_path area[2];
    gf_box all;
    double least = INFINITY;

    gf_path_init(&area[0]);
    gf_path_init(&area[1]);
    gf_nullclines_find(s.of, &s.view, &s.c);
    gf_flat_find(area, &s.view);
    ck_assert_uint_eq(area[0].steps, 0);
    for (size_t i = 0; i < area[1].points; i++) {
        gf_vec2 p = gf_view_data(&s.view, area[1].point[i]);
        ck_assert_double_gt(p.x * p.y, 0.99);
        least = fmin(least, p.x * p.y);
    }
    ck_assert_double_lt(least, 1.01);
    all = gf_path_bounds(&area[1]);
    ck_assert(all.x0 < 31 && all.x1 > 299 && all.y0 < 12 && all.y1 > 208);
    ck_assert_uint_eq(s.of[1].count, 1);
    for (size_t k = 0; k < s.of[1].item[0].count; k++)
        ck_assert_double_lt(fabs(s.of[1].item[0].at[k].x - 165), 0.2);
    gf_path_clear(&area[0]);
    gf_path_clear(&area[1]);
    close_scene(&s);
}
END_TEST

/* f1' = f2' = 0 for D > 1, f3 = 0 for D < 0, with a D0 between. */
START_TEST(test_what_is_flat_of_a_pointwise_field_is_a_strip)
{
    static const char *const f[] = {"min(D, 1)", "-min(D, 1)", "relu(D)"};
    gf_settings settings = {.gauge = "-0.5"};
    gf_field *field;
    gf_path area[2];

    ck_assert_int_eq(gf_field_pointwise(&field, f, &settings, NULL), GF_OK);
    gf_view view = {field, {{-1, 2, 1, 1}, {-1, 1, 1, 1}}, {0, 0, 300, 100}};
    gf_path_init(&area[0]);
    gf_path_init(&area[1]);
    gf_flat_find(area, &view);
    for (int i = 0; i < 2; i++) {
        gf_box box = gf_path_bounds(&area[i]);
        ck_assert_uint_eq(area[i].steps, 5);
        ck_assert_double_lt(fabs(box.x0 - (i ? 0 : 200)), 1e-6);
        ck_assert_double_lt(fabs(box.x1 - (i ? 100 : 300)), 1e-6);
        ck_assert(box.y0 == 0 && box.y1 == 100);
        gf_path_clear(&area[i]);
    }
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "figure/nullcline", test_nullclines_cross_at_every_rest_point,
        test_nullclines_are_exact, test_hinge_has_its_jumps,
        test_separatrices_belong_to_saddles, test_levels_are_levels,
        test_a_run_ends_for_a_reason,
        test_a_run_slides_where_both_sides_lead_to_an_edge,
        test_a_run_slides_along_a_curve, test_a_run_ends_on_a_limit_cycle,
        test_what_is_flat_is_an_area,
        test_what_is_flat_of_a_pointwise_field_is_a_strip);
}
