/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/theme.h"
#include "harness.h"

#include <math.h>
#include <string.h>

/* Relative luminance and contrast as the accessibility guidelines define
 * them. */
static double luminance(gf_colour c)
{
    double part[] = {c.r / 255.0, c.g / 255.0, c.b / 255.0};

    for (int i = 0; i < 3; i++)
        part[i] = part[i] <= 0.03928 ? part[i] / 12.92
                                     : pow((part[i] + 0.055) / 1.055, 2.4);
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
}

static double contrast(gf_colour a, gf_colour b)
{
    double p = luminance(a), q = luminance(b);

    return (fmax(p, q) + 0.05) / (fmin(p, q) + 0.05);
}

START_TEST(test_lines_and_text_stand_out)
{
    for (size_t i = 0; i < gf_theme_count; i++) {
        const gf_theme *t = &gf_themes[i];
        ck_assert(contrast(t->ink, t->ground) > 7);
        ck_assert(contrast(t->muted, t->ground) > 2.5);
        for (int k = 0; k < GF_THEME_HUES; k++)
            ck_assert_msg(contrast(t->hue[k], t->ground) >= 3, "%s %d: %g",
                          t->name, k, contrast(t->hue[k], t->ground));
        for (int k = 0; k < 2; k++)
            ck_assert(contrast(t->null[k], t->ground) >= 3);
        for (double s = 0; s <= 1; s += 0.01)
            ck_assert(contrast(gf_theme_ramp(t, s), t->ground) > 1.5);
    }
}
END_TEST

START_TEST(test_nothing_is_thinner_than_print_holds)
{
    for (size_t i = 0; i < gf_theme_count; i++) {
        const gf_theme *t = &gf_themes[i];
        gf_stroke all[] = {
            gf_theme_frame(t),         gf_theme_tick(t),
            gf_theme_hairline(t),      gf_theme_stream(t),
            gf_theme_null(t, 0),       gf_theme_null(t, 1),
            gf_theme_orbit(t, 0),      gf_theme_series(t, 3),
            gf_theme_steps(t, 0),      gf_theme_separatrix(t, true),
            gf_theme_separatrix(t, 0), gf_theme_contour(t),
        };
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            ck_assert(all[k].width >= 0.25);
        ck_assert(gf_theme_hatch(t).width >= 0.25);
    }
}
END_TEST

START_TEST(test_what_is_told_apart_has_its_own_dashes)
{
    const gf_theme *t = &gf_themes[0];

    for (size_t i = 0; i < GF_THEME_HUES; i++) {
        for (size_t k = i + 1; k < GF_THEME_HUES; k++) {
            gf_stroke a = gf_theme_series(t, i), b = gf_theme_series(t, k);
            ck_assert(memcmp(a.dash, b.dash, sizeof a.dash) != 0);
        }
    }
    gf_stroke a = gf_theme_null(t, 0), b = gf_theme_null(t, 1);
    ck_assert(memcmp(a.dash, b.dash, sizeof a.dash) != 0);
    a = gf_theme_separatrix(t, true);
    b = gf_theme_separatrix(t, false);
    ck_assert(memcmp(a.dash, b.dash, sizeof a.dash) != 0);
}
END_TEST

START_TEST(test_ramp_brightens_evenly)
{
    double before = -1;

    for (int i = 0; i <= 50; i++) {
        double now = luminance(gf_theme_ramp(&gf_themes[0], i / 50.0));
        ck_assert(now > before);
        before = now;
    }
    gf_colour low = gf_theme_ramp(&gf_themes[0], NAN);
    gf_colour high = gf_theme_ramp(&gf_themes[0], INFINITY);
    ck_assert_uint_eq(low.b, gf_theme_ramp(&gf_themes[0], 0).b);
    ck_assert_uint_eq(high.b, gf_theme_ramp(&gf_themes[0], 1).b);
}
END_TEST

START_TEST(test_themes_are_found_by_name)
{
    const gf_theme *theme;
    gf_error error;

    ck_assert_int_eq(gf_theme_find(&theme, "dark", &error), GF_OK);
    ck_assert_str_eq(theme->name, "dark");
    ck_assert_int_eq(gf_theme_find(&theme, "light", &error), GF_NAME);
    ck_assert_str_eq(error.message, "unknown theme 'light': there are paper, "
                                    "slides, dark");
}
END_TEST

START_TEST(test_sizes_are_read)
{
    static const struct {
        const char *text;
        double width, height;
    } rows[] = {
        {"neurips", 397, 0},
        {"slides", 720, 405},
        {"400x300", 400, 300},
        {"3.25inx2.5in", 234, 180},
        {"85x60mm", 240.94, 170.08},
        {"8.5cm\xc3\x97"
         "60mm",
         240.94, 170.08},
        {"4x3in", 288, 216},
        {"200ptx3in", 200, 216},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_size size;
        ck_assert_msg(gf_size_read(&size, rows[i].text, NULL) == GF_OK, "%s",
                      rows[i].text);
        assert_close(size.width, rows[i].width, 1e-4);
        assert_close(size.height, rows[i].height, 1e-4);
        ck_assert(size.small >= 6 && size.large >= size.small);
    }
    for (size_t i = 0; i < gf_size_count; i++) {
        const gf_theme *theme;
        ck_assert(gf_sizes[i].small >= 6 && gf_sizes[i].width >= 200);
        ck_assert_int_eq(gf_theme_find(&theme, gf_sizes[i].theme, NULL), GF_OK);
    }
}
END_TEST

START_TEST(test_bad_sizes_are_refused)
{
    static const struct {
        const char *text;
        gf_status want;
    } rows[] = {
        {"", GF_NAME},          {"poster", GF_NAME},
        {"400", GF_NAME},       {"400x", GF_NAME},
        {"x300", GF_NAME},      {"400x300px", GF_NAME},
        {"400x300x2", GF_NAME}, {"-4x3in", GF_NAME},
        {"0x0", GF_ARGUMENT},   {"1e6x1e6", GF_ARGUMENT},
        {"1x1", GF_ARGUMENT},   {"1e999x300", GF_ARGUMENT},
        {"nanx1", GF_NAME},     {"400 x 300", GF_NAME},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_size size;
        gf_error error;
        ck_assert_msg(gf_size_read(&size, rows[i].text, &error) == rows[i].want,
                      "%s", rows[i].text);
        ck_assert(error.message[0] != '\0');
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/theme", test_lines_and_text_stand_out,
                     test_nothing_is_thinner_than_print_holds,
                     test_what_is_told_apart_has_its_own_dashes,
                     test_ramp_brightens_evenly, test_themes_are_found_by_name,
                     test_sizes_are_read, test_bad_sizes_are_refused);
}
