/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Speeds, gauge and domains. */
#include <ganfield/field.h>

#include <math.h>
#include <stdlib.h>

#include "harness.h"

static gf_field *find(const char *name, const gf_settings *settings)
{
    gf_field *field;
    gf_error error = {.status = GF_OK};

    gf_status status = gf_field_find(&field, name, settings, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", name, error.message);
    return field;
}

static void assert_text(const gf_field *field, gf_expr e, const char *want)
{
    char *text = gf_expr_text(field->graph, e);

    ck_assert_str_eq(text, want);
    free(text);
}

START_TEST(test_speeds_go_to_their_players)
{
    gf_settings settings = {.speed = "2, 1/3"};
    gf_field *field = find("classic", &settings);
    gf_vec2 p = {0.25, 0.5}, v = gf_field_at(p, field);

    assert_close(v.x, 2 * (0.2 / 0.25 - 0.5 / 0.75), TOL1);
    assert_close(v.y, (-log(0.75) - log(2)) / 3, TOL1);
    assert_text(field, field->velocity[0], "2*p_d/D - 2*p_g/(1 - D)");
    assert_text(field, field->speed_exact[1], "1/3");
    gf_field_free(field);

    /* critic = y */
    field = find("bilinear", &settings);
    ck_assert_uint_eq(field->critic, 1);
    v = gf_field_at(p, field);
    assert_close(v.x, -0.5 / 3, TOL1);
    assert_close(v.y, 2 * 0.25, TOL1);
    gf_field_free(field);
}
END_TEST

START_TEST(test_a_gauge_replaces_the_files)
{
    gf_settings settings = {.gauge = "1/3"};
    gf_field *field = find("wgan", &settings);

    ck_assert(field->has_gauge);
    assert_text(field, field->gauge, "1/3");
    assert_close(field->equilibrium.d0, 1.0 / 3, TOL0);
    assert_text(field, field->velocity[1], "D - 1/3");
    gf_field_free(field);
}
END_TEST

START_TEST(test_the_domain_may_depend_on_parameters)
{
    static const struct row {
        const char *set;
        double lo, hi;
    } rows[] = {
        {"alpha=0.5", -INFINITY, 2},
        {"alpha=-1", -INFINITY, 0.5},
        {"alpha=2", -1, INFINITY},
        {"alpha=0.3", -INFINITY, 1 / 0.7},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_settings settings = {.set = &rows[i].set, .set_count = 1};
        gf_field *field = find("alpha", &settings);
        assert_close(field->domain[0].lo, rows[i].lo, TOL0);
        assert_close(field->domain[0].hi, rows[i].hi, TOL0);
        for (size_t k = 0; k < field->start_count; k++)
            ck_assert(gf_range_has(field->domain[0], field->start[k].x));
        gf_field_free(field);
    }
    const char *set[] = {"alpha=1"};
    gf_settings settings = {.set = set, .set_count = 1};
    gf_field *field;
    gf_error error;
    ck_assert_int_eq(gf_field_find(&field, "alpha", &settings, &error),
                     GF_DOMAIN);
    ck_assert_str_eq(error.message, "this is no finite number");
    ck_assert_str_eq(error.file, "alpha.ini");
}
END_TEST

int main(void)
{
    return RUN_TESTS("field/range", test_speeds_go_to_their_players,
                     test_a_gauge_replaces_the_files,
                     test_the_domain_may_depend_on_parameters);
}
