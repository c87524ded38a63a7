/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/theme.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* A constant colour; GF_RGB is none for the compiler. */
#define RGB(hex)                                                               \
    {                                                                          \
        (hex) >> 16 & 0xff, (hex) >> 8 & 0xff, (hex)&0xff, 0xff                \
    }

/* On white: black, bluish green, reddish purple, orange and sky blue, the last
 * two darkened until they stand 3:1 against the ground; then what nullclines
 * have otherwise. */
const gf_theme gf_themes[] = {
    {.name = "paper",
     .family = GF_SERIF,
     .ground = RGB(0xffffff),
     .ink = RGB(0x000000),
     .muted = RGB(0x999999),
     .faint = RGB(0xa0a0a0),
     .area = RGB(0xebebeb),
     .null = {RGB(0x0072b2), RGB(0xd55e00)},
     .hue = {RGB(0x000000), RGB(0x009e73), RGB(0xc86fa0), RGB(0xc48700),
             RGB(0x3c98d3), RGB(0x0072b2), RGB(0xd55e00)},
     .ramp = {0, 0.85},
     .scale = 1},
    {.name = "slides",
     .family = GF_SANS,
     .ground = RGB(0xffffff),
     .ink = RGB(0x000000),
     .muted = RGB(0x999999),
     .faint = RGB(0xa0a0a0),
     .area = RGB(0xebebeb),
     .null = {RGB(0x0072b2), RGB(0xd55e00)},
     .hue = {RGB(0x000000), RGB(0x009e73), RGB(0xc86fa0), RGB(0xc48700),
             RGB(0x3c98d3), RGB(0x0072b2), RGB(0xd55e00)},
     .ramp = {0, 0.85},
     .scale = 1.8},
    {.name = "dark",
     .family = GF_SANS,
     .ground = RGB(0x14171c),
     .ink = RGB(0xf2f2f2),
     .muted = RGB(0x7d838c),
     .faint = RGB(0x6b7077),
     .area = RGB(0x23272e),
     .null = {RGB(0x56b4e9), RGB(0xe69f00)},
     .hue = {RGB(0xf2f2f2), RGB(0x2bc79b), RGB(0xe59cc6), RGB(0xf0e442),
             RGB(0x8fa8ff), RGB(0xff8a5c), RGB(0x56b4e9)},
     .ramp = {0.25, 1},
     .scale = 1},
};
const size_t gf_theme_count = sizeof gf_themes / sizeof *gf_themes;

gf_status gf_theme_find(const gf_theme **out, const char *name, gf_error *error)
{
    char names[128] = "";

    for (size_t i = 0; i < gf_theme_count; i++) {
        if (strcmp(gf_themes[i].name, name) == 0) {
            *out = &gf_themes[i];
            return GF_OK;
        }
        strcat(names, i == 0 ? "" : ", ");
        strcat(names, gf_themes[i].name);
    }
    return gf_error_set(error, GF_NAME, "unknown theme '%s': there are %s",
                        name, names);
}

static gf_stroke line(const gf_theme *theme, gf_colour colour, double width)
{
    return (gf_stroke){.colour = colour,
                       .width = width * theme->scale,
                       .cap = GF_CAP_BUTT,
                       .join = GF_JOIN_ROUND};
}

/* The stroke with a pattern of up to four lengths. */
static gf_stroke dashed(gf_stroke stroke, const gf_theme *theme,
                        const double dash[4])
{
    for (int i = 0; i < 4; i++)
        stroke.dash[i] = dash[i] * theme->scale;
    return stroke;
}

gf_stroke gf_theme_frame(const gf_theme *theme)
{
    gf_stroke stroke = line(theme, theme->ink, 0.6);

    stroke.join = GF_JOIN_MITER;
    return stroke;
}

gf_stroke gf_theme_tick(const gf_theme *theme)
{
    return line(theme, theme->ink, 0.5);
}

gf_stroke gf_theme_hairline(const gf_theme *theme)
{
    return line(theme, theme->faint, 0.3);
}

gf_stroke gf_theme_stream(const gf_theme *theme)
{
    gf_stroke stroke = line(theme, theme->muted, 0.45);

    stroke.cap = GF_CAP_ROUND;
    return stroke;
}

gf_stroke gf_theme_null(const gf_theme *theme, int axis)
{
    static const double dash[2][4] = {{4, 2, 0, 0}, {1, 1.8, 0, 0}};

    return dashed(line(theme, theme->null[axis], 0.9), theme, dash[axis]);
}

gf_stroke gf_theme_orbit(const gf_theme *theme, size_t i)
{
    gf_stroke stroke = line(theme, theme->hue[i % GF_THEME_HUES], 1.1);

    stroke.cap = GF_CAP_ROUND;
    return stroke;
}

gf_stroke gf_theme_series(const gf_theme *theme, size_t i)
{
    static const double dash[][4] = {
        {0, 0, 0, 0},         {5, 1.6, 0, 0}, {2, 1.4, 0, 0}, {6, 1.4, 1, 1.4},
        {3.4, 1.4, 3.4, 1.4}, {1, 1.2, 0, 0}, {8, 2, 2, 2},
    };

    return dashed(line(theme, theme->hue[i % GF_THEME_HUES], 1.1), theme,
                  dash[i % (sizeof dash / sizeof *dash)]);
}

gf_stroke gf_theme_steps(const gf_theme *theme, size_t i)
{
    return line(theme, theme->hue[i % GF_THEME_HUES], 0.35);
}

gf_stroke gf_theme_separatrix(const gf_theme *theme, bool stable)
{
    static const double dash[4] = {5, 2.2, 0, 0};
    gf_stroke stroke = line(theme, theme->ink, 1.3);

    return stable ? stroke : dashed(stroke, theme, dash);
}

gf_stroke gf_theme_contour(const gf_theme *theme)
{
    return line(theme, theme->faint, 0.4);
}

gf_fill gf_theme_hatch(const gf_theme *theme)
{
    return (gf_fill){theme->faint, 4 * theme->scale, 0.3 * theme->scale};
}

gf_marker gf_theme_marker(const gf_theme *theme, gf_marker_kind kind,
                          gf_vec2 at)
{
    bool dot = kind == GF_MARKER_DOT, step = kind == GF_MARKER_STEP;
    double s = theme->scale;

    return (gf_marker){
        .at = at,
        .kind = kind,
        .radius = s * (dot    ? 1.5
                       : step ? 0.9
                              : 2.6),
        .line = s * (step ? 0.35 : 0.7),
        .colour = theme->ink,
        .inside = theme->ground,
        .halo = step ? 0 : s * (dot ? 0.4 : 0.8),
        .outside = theme->ground,
    };
}

gf_label gf_theme_label(const gf_theme *theme, gf_vec2 at, double size)
{
    return (gf_label){
        .at = at, .size = size, .colour = theme->ink, .outside = theme->ground};
}

static unsigned char channel(double c)
{
    return (unsigned char)lround(fmin(fmax(c, 0), 255));
}

/* A polynomial close to cividis. */
static gf_colour cividis(double t)
{
    double r = -4.54 -
               t * (35.34 -
                    t * (2381.73 - t * (6402.7 - t * (7024.72 - t * 2710.57))));
    double g =
        32.49 +
        t * (170.73 + t * (52.82 - t * (131.46 - t * (176.58 - t * 67.37))));
    double b = 81.24 +
               t * (442.36 - t * (2482.43 -
                                  t * (6167.24 - t * (6614.94 - t * 2475.67))));

    return (gf_colour){channel(r), channel(g), channel(b), 255};
}

gf_colour gf_theme_ramp(const gf_theme *theme, double t)
{
    double part = t > 0 ? fmin(t, 1) : 0;

    return cividis(theme->ramp[0] + part * (theme->ramp[1] - theme->ramp[0]));
}
