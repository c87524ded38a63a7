/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Windows and starts, given and not. */
#include <ganfield/field.h>

#include <math.h>

#include "harness.h"

#define WGAN "[field]\nf1 = D\nf2 = -D\nf3 = D\ngauge = 0\n"

static gf_field *read(const char *text, const gf_settings *settings)
{
    gf_field *field;
    gf_error error = {.status = GF_OK};

    gf_status status =
        gf_field_read_text(&field, "a", "a.ini", text, settings, &error);
    ck_assert_msg(status == GF_OK, "%zu:%zu: %s", error.line, error.column,
                  error.message);
    return field;
}

static void assert_window(const gf_field *field, size_t axis, double lo,
                          double hi)
{
    assert_close(field->window[axis].lo, lo, TOL0);
    assert_close(field->window[axis].hi, hi, TOL0);
}

START_TEST(test_what_is_given_is_kept)
{
    gf_field *field = read(WGAN "[portrait]\np_g = -1/2 : 2*k\nD = -pi : pi\n"
                                "start = (0, k)\nstart = (max(0, 1), -k)\n"
                                "[parameters]\nk = 0.75\n",
                           NULL);

    assert_window(field, 0, -M_PI, M_PI);
    assert_window(field, 1, -0.5, 1.5);
    ck_assert_uint_eq(field->start_count, 2);
    ck_assert(field->start[0].x == 0 && field->start[0].y == 0.75);
    ck_assert(field->start[1].x == 1 && field->start[1].y == -0.75);
    gf_field_free(field);
}
END_TEST

START_TEST(test_a_default_window_holds_the_rest_point_in_the_domain)
{
    static const struct row {
        const char *text;
        double lo[2], hi[2];
    } rows[] = {
        {WGAN, {-2, -0.4}, {2, 1.2}},
        {WGAN "[domain]\nD = (-1, 1)\n", {-1, -0.4}, {1, 1.2}},
        {WGAN "[domain]\nD = (-1, inf)\n", {-1, -0.4}, {2, 1.2}},
        {WGAN "[parameters]\np_d = 5\n", {-2, -4}, {2, 12}},
        {"[field]\ndu = -v\ndv = u - 3\nrest = (3, 0)\n", {1, -2}, {5, 2}},
        {"[field]\ndu = -v\ndv = u\nrest = (1e20, 0)\n",
         {0.5e20, -2},
         {1.5e20, 2}},
        {"[field]\ndu = -v\ndv = u\n[domain]\nu = (3, inf)\n", {3, -2}, {6, 2}},
        {"[field]\ndu = -v\ndv = u\n[domain]\nv = (-inf, -5]\n",
         {-2, -9},
         {2, -5}},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = read(rows[i].text, NULL);
        for (size_t k = 0; k < 2; k++)
            assert_window(field, k, rows[i].lo[k], rows[i].hi[k]);
        ck_assert_uint_ge(field->start_count, 1);
        for (size_t k = 0; k < field->start_count; k++)
            ck_assert(isfinite(gf_field_at(field->start[k], field).x));
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_a_window_follows_what_a_setting_moves)
{
    static const char text[] =
        WGAN "[portrait]\nD = -1 : 1\np_g = 0 : 1\nstart = (0.5, 0.5)\n";
    static const char *const set[] = {"p_d = 3"};
    gf_settings gauge = {.gauge = "-2"}, density = {.set = set, .set_count = 1};
    gf_field *field = read(text, &gauge);

    assert_window(field, 0, -2.25, 1);
    assert_window(field, 1, 0, 1);
    ck_assert_uint_eq(field->start_count, 1);
    gf_field_free(field);

    field = read(text, &density);
    assert_window(field, 0, -1, 1);
    assert_window(field, 1, 0, 3.125);
    gf_field_free(field);
}
END_TEST

START_TEST(test_starts_that_a_setting_puts_outside_are_left_out)
{
    static const char text[] =
        WGAN "[parameters]\nk = 2\n[domain]\nD = (-k, k)\n"
             "[portrait]\nD = 1 : 2\nstart = (0.5, 0)\nstart = (1.5, 0)\n";
    static const char *const set[] = {"k = 1"};
    gf_settings settings = {.set = set, .set_count = 1};
    gf_field *field = read(text, NULL);

    ck_assert_uint_eq(field->start_count, 2);
    assert_window(field, 0, 1, 2); /* the rest point need not be in it */
    gf_field_free(field);

    field = read(text, &settings);
    ck_assert_uint_eq(field->start_count, 1);
    ck_assert(field->start[0].x == 0.5);
    assert_window(field, 0, -1, 1); /* the file's is outside of the domain */
    gf_field_free(field);
}
END_TEST

START_TEST(test_a_link_takes_the_portrait_along)
{
    static const char text[] = WGAN "[domain]\nD = (-3, 3)\n[portrait]\n"
                                    "D = -1.5 : 3\nstart = (1.5, 0.5)\n"
                                    "start = (0, 0)\nstart = (-1, 0)\n";
    gf_settings settings = {.link = "3*tanh(u)"};
    gf_settings falling = {.link = "-3*tanh(u)"};
    gf_field *field = read(text, &settings);

    ck_assert_uint_eq(field->start_count, 3);
    assert_close(field->start[0].x, atanh(0.5), TOL1);
    assert_close(field->start[1].x, 0, TOL0);
    assert_close(field->start[2].x, -atanh(1.0 / 3), TOL1);
    ck_assert(field->start[0].y == 0.5);
    /* D = 3 is at no u */
    assert_window(field, 0, -2, 2);
    gf_field_free(field);

    field = read(text, &falling);
    assert_close(field->start[0].x, -atanh(0.5), TOL1);
    gf_field_free(field);

    settings.link = "3*tanh(u)/1.0000001";
    static const char inner[] =
        WGAN "[domain]\nD = (-3, 3)\n[portrait]\nD = -1.5 : 0.75\n";
    field = read(inner, &settings);
    assert_close(field->window[0].lo, -atanh(0.5), 1e-6);
    assert_close(field->window[0].hi, atanh(0.25), 1e-6);
    gf_field_free(field);

    field = read(inner, &falling);
    assert_close(field->window[0].lo, -atanh(0.25), TOL1);
    assert_close(field->window[0].hi, atanh(0.5), TOL1);
    gf_field_free(field);

    /* a start far out is in the window all the same */
    static const char far[] = WGAN "[domain]\nD = (-3, 3)\n[portrait]\n"
                                   "start = (2.9999, 0)\n";
    field = read(far, &falling);
    ck_assert(field->start[0].x < -4);
    ck_assert(field->window[0].lo < field->start[0].x);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("field/portrait", test_what_is_given_is_kept,
                     test_a_default_window_holds_the_rest_point_in_the_domain,
                     test_a_window_follows_what_a_setting_moves,
                     test_starts_that_a_setting_puts_outside_are_left_out,
                     test_a_link_takes_the_portrait_along);
}
