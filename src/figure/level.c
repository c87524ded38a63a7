/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/level.h"

#include <math.h>
#include <stdlib.h>

#include "figure/contour.h"

enum { NODES = GF_LEVEL_NODES };

static const double side = 1.6; /* pt: of the squares */

/* int_a^b of the slope by Gauss and Legendre's five points. */
static double quadrature(const gf_tape *tape, double *work, double a, double b)
{
    static const double x[] = {0, 0.5384693101056831, 0.9061798459386640};
    static const double w[] = {0.5688888888888889, 0.4786286704993665,
                               0.2369268850561891};
    double m = (a + b) / 2, h = (b - a) / 2, sum = 0;

    for (int i = 0; i < 3; i++)
        for (int sign = -1; sign <= (i ? 1 : -1); sign += 2) {
            double at = m + sign * h * x[i], y;
            gf_tape_at(&y, tape, &at, work);
            sum += w[i] * y;
        }
    return h * sum;
}

static double node(const gf_levels *l, int i)
{
    double t = (double)i / (NODES - 1);

    return (1 - t) * l->lo + t * l->hi;
}

static void tabulate(gf_levels *l, const gf_tape *tape, double *work)
{
    int home = (int)((l->d0 - l->lo) / (l->hi - l->lo) * (NODES - 1));

    for (int i = 0; i < NODES; i++) {
        double x = node(l, i);
        gf_tape_at(&l->slope[i], tape, &x, work);
    }
    if (home < 0 || home > NODES - 2) { /* the rest point is out of sight */
        int edge = home < 0 ? 0 : NODES - 1;
        double at = l->d0, to = node(l, edge), sum = 0;
        for (int i = 0; i < 256; i++)
            sum += quadrature(tape, work, at + (to - at) * i / 256,
                              at + (to - at) * (i + 1) / 256);
        home = edge;
        l->w[edge] = sum;
    } else {
        l->w[home] = quadrature(tape, work, l->d0, node(l, home));
    }
    for (int i = home + 1; i < NODES; i++)
        l->w[i] =
            l->w[i - 1] + quadrature(tape, work, node(l, i - 1), node(l, i));
    for (int i = home - 1; i >= 0; i--)
        l->w[i] =
            l->w[i + 1] - quadrature(tape, work, node(l, i), node(l, i + 1));
}

gf_status gf_levels_init(gf_levels *l, const gf_view *view,
                         const gf_classification *c, gf_error *error)
{
    const gf_field *field = view->field;
    gf_tape *tape = NULL;
    double *work = NULL;
    gf_status status;

    *l = (gf_levels){.view = view};
    if (!c->has_energy || !c->energy.slope)
        return GF_OK;
    l->d0 = field->equilibrium.d0;
    l->p_d = field->parameter[field->p_d].number;
    l->b = field->speed[1];
    l->lo = fmax(view->window[0].lo, c->energy.interval.lo);
    l->hi = fmin(view->window[0].hi, c->energy.interval.hi);
    if (!(l->lo < l->hi))
        return GF_OK;
    status = gf_tape_new(&tape, field->graph, &c->energy.slope, 1,
                         &field->axis[0], 1, error);
    if (status)
        return status;
    l->w = malloc(NODES * sizeof *l->w);
    l->slope = malloc(NODES * sizeof *l->slope);
    work = malloc((gf_tape_slots(tape) + 1) * sizeof *work);
    if (l->w && l->slope && work)
        tabulate(l, tape, work);
    else
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    free(work);
    gf_tape_free(tape);
    if (status)
        gf_levels_clear(l);
    return status;
}

void gf_levels_clear(gf_levels *l)
{
    free(l->w);
    free(l->slope);
    l->w = l->slope = NULL;
}

bool gf_levels_there(const gf_levels *l)
{
    return l->w != NULL;
}

/* W between nodes: Hermite's cubic, or the chord beside a pole. */
static double well_at(const gf_levels *l, double x)
{
    double width = (l->hi - l->lo) / (NODES - 1), t = (x - l->lo) / width, u;
    int i = t > 0 ? (int)fmin(t, NODES - 2) : 0;

    t -= i;
    u = 1 - t;
    if (!isfinite(l->slope[i]) || !isfinite(l->slope[i + 1]))
        return u * l->w[i] + t * l->w[i + 1];
    return u * u * (1 + 2 * t) * l->w[i] + t * t * (3 - 2 * t) * l->w[i + 1] +
           width * t * u * (u * l->slope[i] - t * l->slope[i + 1]);
}

double gf_levels_at(const gf_levels *l, gf_vec2 p)
{
    double height = p.y - l->p_d;

    if (!l->w || !(p.x >= l->lo && p.x <= l->hi))
        return NAN;
    return height * height / (2 * l->b) + well_at(l, p.x);
}

typedef struct surface {
    const gf_levels *levels;
    double level;
} surface;

/* Beyond the ends E goes on rising, so that a level that touches an end is
   drawn up to it. */
static double height_over(gf_vec2 page, const void *ctx)
{
    const surface *s = ctx;
    const gf_levels *l = s->levels;
    gf_vec2 p = gf_view_data(l->view, page);
    double x = fmin(l->hi, fmax(l->lo, p.x));
    double beyond = fabs(p.x - x) / (l->hi - l->lo);

    p.x = x;
    return gf_levels_at(l, p) - s->level + beyond * (1 + fabs(s->level));
}

void gf_levels_draw(gf_curves *out, const gf_levels *l, double level)
{
    surface s = {l, level};
    gf_box box = l->view->box;

    if (!l->w || !(level > 0) || !isfinite(level))
        return;
    /* a level above those of the ends goes up to where E has a meaning */
    if (level > 1.0001 * fmax(l->w[0], 0))
        box.x0 = fmax(box.x0, gf_view_page(l->view, (gf_vec2){l->lo, 0}).x);
    if (level > 1.0001 * fmax(l->w[NODES - 1], 0))
        box.x1 = fmin(box.x1, gf_view_page(l->view, (gf_vec2){l->hi, 0}).x);
    gf_contour(out, box, side, height_over, &s);
}
