/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/geometry_board.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Curves that a panel of loops has at most, over steps and over the radius. */
enum { CURVES = 7, FEW = 4 };
/* A gap below this is rounding. */
static const double LEAST = 1e-13;

void gf_geometry_board_init(gf_geometry_board *b, const gf_size *size,
                            const gf_theme *theme)
{
    *b = (gf_geometry_board){.room = NULL};
    gf_board_init(&b->board, size, theme);
    gf_text_init(&b->description);
    b->board.subject = "dynamics of generative adversarial networks";
}

void gf_geometry_board_clear(gf_geometry_board *b)
{
    free(b->room);
    gf_board_clear(&b->board);
    gf_text_clear(&b->description);
    b->room = NULL;
}

static gf_status finish(gf_geometry_board *b, const char *about,
                        gf_error *error)
{
    b->board.about = about;
    b->board.description = gf_text_string(&b->description);
    if (b->board.failed || b->description.failed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return GF_OK;
}

static void add_curve(gf_board_panel *panel, const double *x, const double *y,
                      size_t count, size_t series, const char *name)
{
    gf_mark *mark = gf_board_mark(panel, GF_MARK_CURVE, x, y, count);

    mark->series = series;
    mark->name = name;
}

/* --- the game --------------------------------------------------------------
 */

static void add_values(gf_geometry_board *b, gf_board_panel *panel,
                       const gf_krylov *k, gf_marker_kind kind, size_t series,
                       const char *name)
{
    const gf_theme *theme = b->board.theme;
    gf_mark *mark = gf_board_mark(panel, GF_MARK_DOTS, k->re, k->im, k->count);

    mark->marker = gf_theme_marker(theme, kind, (gf_vec2){0, 0});
    mark->marker.radius = (kind == GF_MARKER_RING ? 2.6 : 1.6) * theme->scale;
    mark->marker.line = 0.6 * theme->scale;
    mark->marker.halo = 0;
    mark->marker.colour = gf_theme_series(theme, series).colour;
    mark->name = name;
}

/* A window round the eigenvalues, with a margin also where they are in line. */
static void widen(gf_range *r, const double *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        r->lo = fmin(r->lo, at[i]);
        r->hi = fmax(r->hi, at[i]);
    }
}

static gf_range with_margin(gf_range r, double size)
{
    double margin = fmax(0.08 * (r.hi - r.lo), 0.05 * size);

    return (gf_range){r.lo - margin, r.hi + margin, true, true};
}

gf_status gf_geometry_board_game(gf_geometry_board *b,
                                 const gf_geometry_game *g, gf_error *error)
{
    static const double axis[1] = {0};
    gf_board_panel *panel =
        gf_board_add(&b->board, "Re $lambda$", "Im $lambda$");
    gf_range x = {0, 0, true, true}, y = x;
    gf_mark *mark;
    double size;

    if (!panel)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    widen(&x, g->values.re, g->values.count);
    widen(&x, g->large.re, g->large.count);
    widen(&y, g->values.im, g->values.count);
    widen(&y, g->large.im, g->large.count);
    size = fmax(x.hi - x.lo, y.hi - y.lo);
    size = size > 0 ? size : 1;
    panel->x = with_margin(x, size);
    panel->y = with_margin(y, size);
    mark = gf_board_mark(panel, GF_MARK_RULE, axis, axis, 1);
    mark->stroke = gf_theme_contour(b->board.theme);
    if (g->large.count > 0)
        add_values(b, panel, &g->large, GF_MARKER_RING, 1, "the largest");
    add_values(b, panel, &g->values, GF_MARKER_DOT, 0,
               g->large.count > 0 ? "the rightmost" : NULL);
    gf_text_addf(&b->description,
                 "Eigenvalues of the Jacobian of a game of %zu parameters, "
                 "%s; the rightmost is %.4g%+.4gi; |A|/|J| = %.4g.",
                 g->size, g->is_dense ? "all" : "from two ends",
                 g->values.re[0], g->values.im[0], g->rotation);
    return finish(b, "The spectrum of a game", error);
}

/* --- the connection --------------------------------------------------------
 */

static bool has_numbers(const double *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (isfinite(at[i]))
            return true;
    return false;
}

static void add_way(gf_geometry_board *b, const gf_geometry_connection *c,
                    size_t k)
{
    gf_board_panel *panel =
        gf_board_add(&b->board, "$x$", k ? "$A_v$" : "$A_u$");
    size_t n = c->count;

    if (!panel)
        return;
    panel->title = k ? "along $v$" : "along $u$";
    if (has_numbers(c->way[k].nearest, n))
        add_curve(panel, c->x, c->way[k].nearest, n, 2, "nearest");
    if (has_numbers(c->way[k].optimal, n))
        add_curve(panel, c->x, c->way[k].optimal, n, 0, "optimal critic");
    add_curve(panel, c->x, c->way[k].follow, n, 1, "this critic");
}

gf_status gf_geometry_board_connection(gf_geometry_board *b,
                                       const gf_geometry_connection *c,
                                       gf_error *error)
{
    size_t n = c->count;
    gf_board_panel *panel = gf_board_add(&b->board, "$x$", "output");

    if (!panel)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    panel->title = "critic";
    if (has_numbers(c->optimal, n))
        add_curve(panel, c->x, c->optimal, n, 0, "optimal critic");
    add_curve(panel, c->x, c->critic, n, 1, "this critic");
    add_way(b, c, 0);
    add_way(b, c, 1);
    if (has_numbers(c->way[0].otto, n)) {
        panel = gf_board_add(&b->board, "$x$", "velocity");
        if (!panel)
            return gf_error_set(error, GF_MEMORY, "out of memory");
        panel->title = "what carries $p$";
        add_curve(panel, c->x, c->way[0].otto, n, 3, "velocity along $u$");
        add_curve(panel, c->x, c->way[1].otto, n, 4, "velocity along $v$");
    }
    gf_text_add(&b->description,
                "A critic at its best, how it moves as the generator moves "
                "along u and v, and the velocities that carry the generator's "
                "density.");
    for (size_t k = 0; k < 2 && isfinite(c->way[k].off); k++)
        gf_text_addf(&b->description,
                     " Along %s it is off from the optimal critic's motion by "
                     "%.3g of it; %.3g are unavoidable.",
                     k ? "v" : "u", c->way[k].off, c->way[k].least_off);
    return finish(b, "How the best critic follows a generator", error);
}

/* --- loops -----------------------------------------------------------------
 */

static double above_rounding(double gap)
{
    return gap > LEAST ? gap : NAN;
}

/* Gaps over the steps at a place, a curve for each radius. */
static void add_over_steps(gf_geometry_board *b, const gf_geometry_loop *l,
                           const double *steps, size_t count)
{
    gf_board_panel *panel =
        gf_board_add(&b->board, "steps at each place", "gap of $D$");

    if (!panel)
        return;
    panel->title = "over the steps";
    panel->log_x = true;
    for (size_t i = 0; i < l->radii && i < CURVES; i++) {
        double *gap = b->room + (1 + i) * l->counts;
        for (size_t k = 0; k < count; k++)
            gap[k] = above_rounding(l->gap[i * l->counts + k]);
        snprintf(b->name[i], GF_GEOMETRY_NAME, "radius $%.4g$", l->radius[i]);
        add_curve(panel, steps, gap, count, i, b->name[i]);
    }
    gf_board_scale(panel);
}

/* Gaps over the radius, a curve for each number of steps. */
static void add_over_radius(gf_geometry_board *b, const gf_geometry_loop *l,
                            double *room, size_t count)
{
    gf_board_panel *panel = gf_board_add(&b->board, "radius", "gap of $D$");

    if (!panel)
        return;
    panel->title = "over the radius";
    panel->log_x = true;
    for (size_t k = 0; k < count && k < FEW; k++) {
        char *name = b->name[CURVES + k];
        double *gap = room + k * l->radii;
        for (size_t i = 0; i < l->radii; i++)
            gap[i] = above_rounding(l->gap[i * l->counts + k]);
        snprintf(name, GF_GEOMETRY_NAME, "%zu step%s", l->steps[k],
                 l->steps[k] == 1 ? "" : "s");
        add_curve(panel, l->radius, gap, l->radii, k, name);
    }
    gf_board_scale(panel);
}

/* The numbers of steps that are numbers, which come first; a gap that is 0 has
 * no logarithm. */
static size_t take_steps(double *out, const gf_geometry_loop *l)
{
    size_t count = 0;

    while (count < l->counts && l->steps[count] != GF_GEOMETRY_TO_THE_BEST) {
        out[count] = (double)l->steps[count];
        count++;
    }
    return count;
}

/* Where the best critic is next to flat, a step of one over its curvature is
 * huge, and what is left says nothing of a loop. */
static void warn(gf_geometry_board *b, const gf_geometry_loop *l)
{
    int power = (int)floor(log10(l->step));
    char text[240], step[40];

    if (!l->best.is_flat)
        return;
    if (power > 3)
        snprintf(step, sizeof step, "$%.1f \\cdot 10^{%d}$",
                 l->step / pow(10, power), power);
    else
        snprintf(step, sizeof step, "$%.3g$", l->step);
    snprintf(text, sizeof text,
             "The critic's gain is almost flat at its best, as where data and "
             "fakes lie apart, and its steps are %s times the gradient. "
             "Damping makes it a strict maximum.",
             step);
    b->board.note = gf_board_text(&b->board, text);
}

gf_status gf_geometry_board_loop(gf_geometry_board *b,
                                 const gf_geometry_loop *l, gf_error *error)
{
    size_t count;

    b->room = calloc(l->counts * (1 + 2 * l->radii), sizeof *b->room);
    if (!b->room)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    count = take_steps(b->room, l);
    if (count == 0 || (count < 2 && l->radii < 2))
        return gf_error_set(error, GF_ARGUMENT,
                            "a figure needs two numbers of steps, or two "
                            "radii");
    if (count > 1)
        add_over_steps(b, l, b->room, count);
    if (l->radii > 1)
        add_over_radius(b, l, b->room + l->counts * (1 + l->radii), count);
    b->board.has_keys = true;
    warn(b, l);
    gf_text_addf(&b->description,
                 "What is left of a critic's way when the generator has gone "
                 "%s through %zu places: from %.3g (%zu steps a place, radius "
                 "%.3g) to %.3g (%zu, radius %.3g).",
                 l->is_line ? "out and back" : "round a loop", l->places,
                 l->gap[0], l->steps[0], l->radius[0],
                 l->gap[(l->radii - 1) * l->counts + count - 1],
                 l->steps[count - 1], l->radius[l->radii - 1]);
    return finish(b, "Hysteresis of a critic", error);
}
