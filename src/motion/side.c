/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/side.h"

#include <math.h>

/* What counts as zero: of a line's function, to its terms; of a rate, to the
   velocities. */
static const double line_noise = 1e-13, rate_noise = 1e-12;

enum { MOST_LINES = 4, PROJECTIONS = 3 }; /* through one point */

/* --- one smooth piece -------------------------------------------------- */

static bool is_inside(const gf_field *field, gf_vec2 at)
{
    return gf_range_has(field->domain[0], at.x) &&
           gf_range_has(field->domain[1], at.y);
}

/* Where the formula of a side has no value beyond its line, the field's own
   value must do. */
static gf_vec2 piece(const gf_side *s, gf_vec2 at, const double *of)
{
    gf_vec2 v = {NAN, NAN};

    if (s->field->kinks && is_inside(s->field, at))
        v = gf_kinks_velocity(s->field->kinks, at, of);
    if (!isfinite(v.x) || !isfinite(v.y))
        v = gf_field_at(at, s->field);
    return (gf_vec2){s->direction * v.x, s->is_held ? 0 : s->direction * v.y};
}

static gf_mat2 piece_slope(const gf_side *s, gf_vec2 at, const double *of)
{
    gf_mat2 m = {NAN, NAN, NAN, NAN};
    double d = s->direction, e = s->is_held ? 0 : d;

    if (s->field->kinks && is_inside(s->field, at))
        m = gf_kinks_jacobian(s->field->kinks, at, of);
    if (!isfinite(m.xx) || !isfinite(m.xy) || !isfinite(m.yx) ||
        !isfinite(m.yy))
        m = gf_field_jacobian(at, s->field);
    return (gf_mat2){d * m.xx, d * m.xy, e * m.yx, e * m.yy};
}

static void lines_at(gf_slopes *out, const gf_side *s, gf_vec2 at)
{
    gf_kinks_lines(out, s->field->kinks, at, s->of);
}

static double noise_of(const gf_slopes *g, gf_vec2 at)
{
    return line_noise *
           (fabs(g->gradient.x * at.x) + fabs(g->gradient.y * at.y) +
            1e-3 * hypot(g->gradient.x, g->gradient.y));
}

gf_slopes gf_side_line(const gf_side *s, size_t k, gf_vec2 at, double *noise)
{
    gf_slopes g[GF_KINKS_MAX];

    lines_at(g, s, at);
    *noise = noise_of(&g[k], at);
    return g[k];
}

/* The sides as they are, but for line k's and those that depend on it. */
static void copy_sides(double *of, const gf_side *s, size_t k, int on,
                       gf_vec2 at)
{
    const struct gf_kinks *kinks = s->field->kinks;
    gf_slopes g[GF_KINKS_MAX];

    for (size_t i = 0; i < kinks->count; i++)
        of[i] = s->of[i];
    of[k] = on;
    for (size_t i = k + 1; kinks->is_nested && i < kinks->count; i++) {
        gf_kinks_lines(g, kinks, at, of);
        if (!(fabs(g[i].value) <= noise_of(&g[i], at)))
            of[i] = g[i].value > 0 ? 1 : 0;
    }
}

gf_slopes gf_side_push(const gf_side *s, size_t k, int on, gf_vec2 at)
{
    double of[GF_KINKS_MAX], unused;
    gf_slopes g = gf_side_line(s, k, at, &unused);

    copy_sides(of, s, k, on, at);
    gf_vec2 v = piece(s, at, of);
    gf_mat2 m = piece_slope(s, at, of);
    return (gf_slopes){
        .value = g.gradient.x * v.x + g.gradient.y * v.y,
        .gradient = {g.xx * v.x + g.xy * v.y + g.gradient.x * m.xx +
                         g.gradient.y * m.yx,
                     g.xy * v.x + g.yy * v.y + g.gradient.x * m.xy +
                         g.gradient.y * m.yy}};
}

gf_vec2 gf_side_onto(const gf_side *s, size_t k, gf_vec2 at)
{
    for (int i = 0; i < PROJECTIONS; i++) {
        double noise;
        gf_slopes g = gf_side_line(s, k, at, &noise);
        double square =
            g.gradient.x * g.gradient.x + g.gradient.y * g.gradient.y;
        if (g.value == 0 || !(square > 0) || !isfinite(g.value))
            break;
        at.x -= g.value * g.gradient.x / square;
        at.y -= g.value * g.gradient.y / square;
    }
    return at;
}

/* --- sliding ----------------------------------------------------------- */

/* v = v0 + w (v1 - v0) with grad g . v = 0 */
static gf_vec2 slide(const gf_side *s, gf_vec2 at)
{
    size_t k = s->slides_on;
    double of[GF_KINKS_MAX];
    gf_slopes low = gf_side_push(s, k, 0, at), high = gf_side_push(s, k, 1, at);

    copy_sides(of, s, k, 0, at);
    gf_vec2 v0 = piece(s, at, of);
    copy_sides(of, s, k, 1, at);
    gf_vec2 v1 = piece(s, at, of);
    double w = low.value / (low.value - high.value);
    return (gf_vec2){v0.x + w * (v1.x - v0.x), v0.y + w * (v1.y - v0.y)};
}

static gf_mat2 slide_slope(const gf_side *s, gf_vec2 at)
{
    size_t k = s->slides_on;
    double of[GF_KINKS_MAX];
    gf_slopes low = gf_side_push(s, k, 0, at), high = gf_side_push(s, k, 1, at);
    double a = low.value, b = high.value, w = a / (a - b);
    double square = (a - b) * (a - b);
    gf_vec2 dw = {(a * high.gradient.x - b * low.gradient.x) / square,
                  (a * high.gradient.y - b * low.gradient.y) / square};

    copy_sides(of, s, k, 0, at);
    gf_vec2 v0 = piece(s, at, of);
    gf_mat2 m0 = piece_slope(s, at, of);
    copy_sides(of, s, k, 1, at);
    gf_vec2 v1 = piece(s, at, of), off = {v1.x - v0.x, v1.y - v0.y};
    gf_mat2 m1 = piece_slope(s, at, of);
    return (gf_mat2){m0.xx + w * (m1.xx - m0.xx) + off.x * dw.x,
                     m0.xy + w * (m1.xy - m0.xy) + off.x * dw.y,
                     m0.yx + w * (m1.yx - m0.yx) + off.y * dw.x,
                     m0.yy + w * (m1.yy - m0.yy) + off.y * dw.y};
}

gf_vec2 gf_side_velocity(const gf_side *s, gf_vec2 at)
{
    if (s->is_stuck)
        return (gf_vec2){0, 0};
    if (s->slides_on != GF_NO_LINE)
        return slide(s, at);
    return piece(s, at, s->of);
}

gf_mat2 gf_side_jacobian(const gf_side *s, gf_vec2 at)
{
    if (s->is_stuck)
        return (gf_mat2){0, 0, 0, 0};
    if (s->slides_on != GF_NO_LINE)
        return slide_slope(s, at);
    return piece_slope(s, at, s->of);
}

gf_side gf_side_free(const gf_side *s)
{
    gf_side out = *s;

    out.is_held = out.is_stuck = false;
    return out;
}

/* --- settling ---------------------------------------------------------- */

/* Where does the motion on some side lead: up from the line, down, or along
   it (0)? */
static int heading(const gf_side *s, size_t k, gf_vec2 at)
{
    double unused;
    gf_slopes g = gf_side_line(s, k, at, &unused);
    gf_vec2 v = gf_side_velocity(s, at);
    double rate = g.gradient.x * v.x + g.gradient.y * v.y;
    double size =
        hypot(g.gradient.x, g.gradient.y) * (hypot(v.x, v.y) + rate_noise);

    if (!(fabs(rate) <= rate_noise * size))
        return rate > 0 ? 1 : -1;
    gf_mat2 m = gf_side_jacobian(s, at);
    gf_vec2 a = {m.xx * v.x + m.xy * v.y, m.yx * v.x + m.yy * v.y};
    double bend = g.gradient.x * a.x + g.gradient.y * a.y + g.xx * v.x * v.x +
                  2 * g.xy * v.x * v.y + g.yy * v.y * v.y;
    return (bend > 0) - (bend < 0);
}

/* The lines through a point, for one choice of sides. */
typedef struct knot {
    size_t line[MOST_LINES], count;
} knot;

/* Chooses the sides of the lines through a point by the bits, and all others by
   where the point is; each may depend on those before. */
static void choose(gf_side *s, knot *on, unsigned sides, gf_vec2 at)
{
    on->count = 0;
    for (size_t k = 0; k < s->field->kinks->count; k++) {
        double noise;
        gf_slopes g = gf_side_line(s, k, at, &noise);
        s->of[k] = g.value > 0 ? 1 : 0;
        if (fabs(g.value) <= noise && on->count < MOST_LINES) {
            s->of[k] = sides >> on->count & 1;
            on->line[on->count++] = k;
        }
    }
}

/* Does the motion go where its sides say, from all these lines but one? */
static bool agrees(const gf_side *s, const knot *on, size_t but, gf_vec2 at)
{
    for (size_t i = 0; i < on->count; i++) {
        size_t k = on->line[i];
        int way = k == but ? 0 : heading(s, k, at);
        if (way != 0 && (way > 0) != (s->of[k] > 0.5))
            return false;
    }
    return true;
}

/* Both sides of line k lead to it. */
static bool is_pressed(const gf_side *s, size_t k, gf_vec2 at)
{
    gf_side low = *s, high = *s;

    copy_sides(low.of, s, k, 0, at);
    copy_sides(high.of, s, k, 1, at);
    return heading(&low, k, at) > 0 && heading(&high, k, at) < 0;
}

/* Does it slide along one of the lines? */
static bool slides(gf_side *s, const knot *on, gf_vec2 at)
{
    for (size_t i = 0; i < on->count; i++) {
        if (!is_pressed(s, on->line[i], at))
            continue;
        s->slides_on = on->line[i];
        if (agrees(s, on, s->slides_on, at))
            return true;
        s->slides_on = GF_NO_LINE;
    }
    return false;
}

void gf_side_settle(gf_side *s, gf_vec2 at)
{
    const unsigned all = (1U << MOST_LINES) - 1;
    knot on;

    s->slides_on = GF_NO_LINE;
    s->is_stuck = false;
    if (!s->field->kinks)
        return;
    for (int round = 0; round < 2; round++)
        for (unsigned sides = all + 1; sides-- > 0;) {
            choose(s, &on, sides, at);
            if (sides >> on.count != all >> on.count)
                continue; /* these bits say nothing: once is enough */
            if (round == 0 ? agrees(s, &on, GF_NO_LINE, at)
                           : slides(s, &on, at))
                return;
        }
    s->is_stuck = true;
}

void gf_side_pass(gf_side *s, size_t k, bool up, gf_vec2 at)
{
    double of[GF_KINKS_MAX];

    if (s->is_stuck || s->slides_on != GF_NO_LINE)
        return;
    copy_sides(of, s, k, up, at);
    for (size_t i = 0; i < s->field->kinks->count; i++)
        s->of[i] = of[i];
}
