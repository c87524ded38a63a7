/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters keep their values. */
#include <ganfield/field.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "harness.h"

static gf_field *find(const char *name, const gf_settings *settings)
{
    gf_field *field;
    gf_error error = {.status = GF_OK};

    gf_status status = gf_field_find(&field, name, settings, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", name, error.message);
    return field;
}

static gf_field *ad_hoc(const char *const f[3], const gf_settings *settings)
{
    gf_field *field;
    gf_error error = {.status = GF_OK};

    gf_status status = gf_field_pointwise(&field, f, settings, &error);
    ck_assert_msg(status == GF_OK, "%s", error.message);
    return field;
}

static void assert_text(const gf_field *field, gf_expr e, const char *want)
{
    char *text = gf_expr_text(field->graph, e);

    ck_assert_str_eq(text, want);
    free(text);
}

START_TEST(test_a_value_is_kept_exactly)
{
    static const struct row {
        const char *set, *text;
        double number;
    } rows[] = {
        {"p_d=1/3", "1/3", 1.0 / 3},
        {"p_d = 0.1", "0.1", 0.1},
        {"p_d=sqrt(2)", "sqrt(2)", M_SQRT2},
        {"p_d=pi/2", "pi/2", M_PI_2},
        {"p_d=1e-300", "1e-300", 1e-300},
        {"p_d=0", "0", 0},
        {"p_d=1 - 1", "0", 0},
        {"p_d=sqrt(2)^2 - 2", "0", 0},
        {"p_d=2^-2", "0.25", 0.25},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_settings settings = {.set = &rows[i].set, .set_count = 1};
        gf_field *field = find("classic", &settings);
        const gf_parameter *p_d = &field->parameter[field->p_d];
        ck_assert_str_eq(p_d->name, "p_d");
        assert_text(field, p_d->value, rows[i].text);
        ck_assert_msg(p_d->number == rows[i].number, "%s is %.17g", rows[i].set,
                      p_d->number);
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_numbers_survive_a_round_trip)
{
    uint64_t state = 20240607;
    char set[64] = "p_d=", text[GF_NUMBER_SIZE];

    for (int i = 0; i < 300; i++) {
        double x = ldexp(random_between(&state, 1, 2),
                         (int)random_between(&state, -1000, 1000));
        const char *sets[] = {set};
        gf_settings settings = {.set = sets, .set_count = 1};
        gf_number_write(text, x);
        snprintf(set, sizeof set, "p_d=%s", text);
        gf_field *field = find("classic", &settings);
        ck_assert_msg(field->parameter[0].number == x, "%s", set);
        gf_field_free(field);
        snprintf(set, sizeof set, "p_d=%.16e", x);
        field = find("classic", &settings);
        ck_assert_msg(field->parameter[0].number == x, "%s", set);
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_ad_hoc_fields_get_their_parameters_from_set)
{
    static const char *const f[3] = {"k*log(x)", "log(1 - D)*k", "s*log(D)"};
    static const char *const set[] = {"s=2", "k = 3", "p_d=0.5"};
    gf_settings settings = {.set = set, .set_count = 3, .domain = "(0,1)"};
    gf_field *field = ad_hoc(f, &settings);

    ck_assert_uint_eq(field->parameter_count, 3);
    ck_assert_str_eq(field->parameter[0].name, "p_d");
    ck_assert_str_eq(field->parameter[1].name, "s");
    ck_assert_str_eq(field->parameter[2].name, "k");
    ck_assert(field->parameter[0].number == 0.5);
    ck_assert(field->parameter[2].number == 3);
    ck_assert_str_eq(field->name, "custom");
    ck_assert_str_eq(field->f_text[0], "k*log(x)");
    assert_text(field, field->f[0], "k*log(D)");
    gf_vec2 v = gf_field_at((gf_vec2){0.5, 0.25}, field);
    assert_close(v.x, 3 * 0.5 / 0.5 - 3 * 0.25 / 0.5, TOL1);
    assert_close(v.y, 0, TOL1);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("field/parameters", test_a_value_is_kept_exactly,
                     test_numbers_survive_a_round_trip,
                     test_ad_hoc_fields_get_their_parameters_from_set);
}
