/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a trajectory meets the surfaces of its field, and how it goes on there
 * [filippov1988, sec. 4]: across, or along.
 *
 * A guard is a function of the state that is positive (times its sign) while
 * the mode holds. It is looked at after every step, and where it may have been
 * negative in between; the time of the change is found by repeating the step
 * with other sizes, so that the state there is as exact as any.
 */
#include <math.h>
#include <string.h>

#include "analysis/tangent.h"

enum { BISECTIONS = 200, PROBES = 40 };

/* --- guards ------------------------------------------------------------ */

/* The surface of a guard, or GF_NO_SURFACE for those of sliding. */
static int surface_of(const gf_tangent *t, size_t guard)
{
    const gf_switched_mode *mode = t->mode;
    int surface = (int)guard;

    if (mode->slide != GF_NO_SURFACE && surface >= mode->slide)
        surface++;
    return surface < (int)t->modes->count ? surface : GF_NO_SURFACE;
}

/* The sign that the guard keeps while the mode holds. */
static int kept_sign(const gf_tangent *t, size_t guard)
{
    const gf_switched_mode *mode = t->mode;
    int surface = surface_of(t, guard);

    if (guard == GF_SECTION_GUARD)
        return t->section_side;
    if (surface != GF_NO_SURFACE)
        return mode->sign[surface];
    if (t->modes->surface[mode->slide].is_wall)
        return -1;
    return guard + 2 == mode->guards ? -1 : 1; /* a+, then a- */
}

/* The guard, times its sign, at a state, and how fast it grows. */
static double margin(double *rate, gf_tangent *t, const double *y, size_t guard)
{
    gf_mode_view view;
    gf_guard g;
    int sign = kept_sign(t, guard);

    *rate = 0;
    if (!gf_mode_at(&view, t->modes, t->mode, (gf_vec2){y[0], y[1]}))
        return 0;
    if (guard == GF_SECTION_GUARD)
        g = (gf_guard){t->normal.x * (y[0] - t->origin.x) +
                           t->normal.y * (y[1] - t->origin.y),
                       t->normal};
    else
        g = view.guard[guard];
    *rate = sign * (g.gradient.x * view.v.x + g.gradient.y * view.v.y);
    return sign * g.value;
}

static double margin_after(double *rate, gf_tangent *t, size_t guard, double h)
{
    double y[GF_TANGENT_SIZE], error[GF_TANGENT_SIZE];

    *rate = 0;
    if (!gf_tangent_try(t, y, error, h))
        return -1;
    return margin(rate, t, y, guard);
}

/* --- times ------------------------------------------------------------- */

/* Between lo, where the margin is > 0, and hi, where it is < 0. */
static double find_root(gf_tangent *t, size_t guard, double lo, double hi)
{
    double rate, f_lo = margin_after(&rate, t, guard, lo);
    double f_hi = margin_after(&rate, t, guard, hi);

    for (int i = 0; i < BISECTIONS && hi - lo > 1e-15 * fmax(hi, t->t); i++) {
        double x = lo + (hi - lo) * f_lo / (f_lo - f_hi);
        if (i % 3 == 2 || !(x > lo && x < hi))
            x = lo + (hi - lo) / 2;
        if (!(x > lo && x < hi))
            break;
        double f = margin_after(&rate, t, guard, x);
        if (f > 0) {
            lo = x;
            f_lo = f;
        } else {
            hi = x;
            f_hi = f;
        }
        if (f == 0)
            break;
    }
    return hi;
}

/* The time in (0, h) at which the margin is least; it falls at 0 and grows at
   h. */
static double find_least(gf_tangent *t, size_t guard, double h)
{
    double lo = 0, hi = h, rate;

    for (int i = 0; i < PROBES; i++) {
        double x = lo + (hi - lo) / 2;
        if (margin_after(&rate, t, guard, x) < 0)
            return x;
        if (rate < 0)
            lo = x;
        else
            hi = x;
    }
    return hi;
}

/* When the guard first fails in the step to y; h if it does not. */
static double time_of(gf_tangent *t, size_t guard,
                      const double y[GF_TANGENT_SIZE], double h)
{
    double before, after, rate, lo = 0, hi = h;
    double from = margin(&before, t, t->y, guard);
    double to = margin(&after, t, y, guard);

    if (to >= 0) {
        bool may_dip =
            from > 0 && before < 0 && after > 0 && from < -before * h;
        if (!may_dip)
            return h;
        hi = find_least(t, guard, h);
        if (margin_after(&rate, t, guard, hi) >= 0)
            return h;
    }
    if (from <= 0) { /* just changed: where has it been positive? */
        double x = hi;
        int i = 0;
        for (; i < PROBES; i++) {
            x /= 2;
            if (margin_after(&rate, t, guard, x) > 0)
                break;
        }
        if (i == PROBES)
            return 0;
        lo = x;
    }
    return find_root(t, guard, lo, hi);
}

double gf_tangent_event(size_t *guard, gf_tangent *t,
                        const double y[GF_TANGENT_SIZE], double h)
{
    double first = h;

    for (size_t i = 0; i < t->mode->guards; i++) {
        double at = time_of(t, i, y, h);
        if (at < first) {
            first = at;
            *guard = i;
        }
    }
    if (t->has_section) {
        double at = time_of(t, GF_SECTION_GUARD, y, h);
        if (at < first) {
            first = at;
            *guard = GF_SECTION_GUARD;
        }
    }
    return first;
}

/* --- changes ----------------------------------------------------------- */

static double dot(gf_vec2 a, gf_vec2 b)
{
    return a.x * b.x + a.y * b.y;
}

static gf_vec2 place(const gf_tangent *t)
{
    return (gf_vec2){t->y[0], t->y[1]};
}

/* The velocity of a mode at the present state; NaN where there is none. */
static gf_status velocity_in(gf_vec2 *v, gf_tangent *t, const int *sign,
                             int slide)
{
    const gf_switched_mode *mode;
    gf_mode_view view;
    gf_status status = gf_mode_set_get(&mode, t->modes, sign, slide, t->error);

    *v = (gf_vec2){NAN, NAN};
    if (!status && gf_mode_at(&view, t->modes, mode, place(t)))
        *v = view.v;
    return status;
}

/* W after a surface of normal n, where the velocity changes from a to b. */
static void jump_frame(gf_tangent *t, gf_vec2 n, gf_vec2 a, gf_vec2 b)
{
    double speed = dot(n, a);

    for (size_t i = 2; i < GF_TANGENT_SIZE && speed != 0; i += 2) {
        double share = (n.x * t->y[i] + n.y * t->y[i + 1]) / speed;
        t->y[i] += share * (b.x - a.x);
        t->y[i + 1] += share * (b.y - a.y);
    }
}

/* Goes on in another mode. */
static gf_status go_on(gf_tangent *t, const int *sign, int slide)
{
    t->changes++;
    gsl_odeiv2_step_reset(t->step);
    return gf_mode_set_get(&t->mode, t->modes, sign, slide, t->error);
}

/* All neighbours come onto one curve. */
static void merge_frame(gf_tangent *t, gf_vec2 n, gf_vec2 a, gf_vec2 b)
{
    jump_frame(t, n, a, b);
    gf_tangent_straighten(t);
    t->growth[1] = -INFINITY;
}

/* Onto a surface, from the side that the mode is on. */
static gf_status meet(gf_tangent *t, size_t guard, int surface)
{
    int sign[GF_SURFACES_MAX];
    bool is_wall = t->modes->surface[surface].is_wall;
    gf_mode_view view;
    gf_vec2 beyond = {0, 0}, along;
    gf_status status;

    memcpy(sign, t->mode->sign, sizeof sign);
    if (!gf_mode_at(&view, t->modes, t->mode, place(t)))
        return GF_OK;
    gf_vec2 n = view.guard[guard].gradient;
    sign[surface] = -sign[surface];
    if (!is_wall) {
        status = velocity_in(&beyond, t, sign, t->mode->slide);
        if (status)
            return status;
        if (!(dot(n, beyond) * sign[surface] < 0)) {
            jump_frame(t, n, view.v, beyond);
            return go_on(t, sign, t->mode->slide);
        }
    }
    if (t->mode->slide != GF_NO_SURFACE) { /* a corner: nowhere to go */
        t->is_cornered = true;
        return GF_OK;
    }
    sign[surface] = -sign[surface];
    status = velocity_in(&along, t, sign, surface);
    if (status)
        return status;
    merge_frame(t, n, view.v, along);
    return go_on(t, sign, surface);
}

/* Off the surface that the mode slides on, to the side that pulls. */
static gf_status leave(gf_tangent *t, size_t guard)
{
    int sign[GF_SURFACES_MAX], slide = t->mode->slide;
    bool is_wall = t->modes->surface[slide].is_wall;

    memcpy(sign, t->mode->sign, sizeof sign);
    sign[slide] = is_wall || guard + 2 == t->mode->guards ? 1 : -1;
    return go_on(t, sign, GF_NO_SURFACE);
}

gf_status gf_tangent_change(gf_tangent *t, size_t guard)
{
    int surface = surface_of(t, guard);

    return surface == GF_NO_SURFACE ? leave(t, guard) : meet(t, guard, surface);
}

/* --- the start --------------------------------------------------------- */

/* A start on a surface: to the side that pulls, or along it. */
static gf_status settle(gf_tangent *t, int *sign, int *slide, int surface,
                        gf_vec2 n)
{
    bool is_wall = t->modes->surface[surface].is_wall;
    double rate[2];

    sign[surface] = 1;
    for (int i = 0; i < 2; i++) {
        gf_vec2 v;
        sign[surface] = is_wall || i == 0 ? 1 : -1;
        gf_status status = velocity_in(&v, t, sign, GF_NO_SURFACE);
        if (status)
            return status;
        rate[i] = dot(n, v);
    }
    sign[surface] = is_wall || rate[0] > 0 || !(rate[1] < 0) ? 1 : -1;
    if (rate[0] < 0 && (is_wall || rate[1] > 0) && *slide == GF_NO_SURFACE)
        *slide = surface;
    else if (!is_wall && rate[0] < 0)
        sign[surface] = -1;
    return GF_OK;
}

gf_status gf_tangent_enter(gf_tangent *t)
{
    gf_mode_set *modes = t->modes;
    int sign[GF_SURFACES_MAX], slide = GF_NO_SURFACE;
    gf_mode_view view;
    gf_status status;

    for (size_t i = 0; i < GF_SURFACES_MAX; i++)
        sign[i] = 1;
    status = gf_mode_set_get(&t->mode, modes, sign, slide, t->error);
    if (status)
        return status;
    memset(&view, 0, sizeof view);
    (void)gf_mode_at(&view, modes, t->mode, place(t));
    for (size_t i = 0; i < modes->count; i++) {
        double k = view.guard[i].value;
        if (k < 0 && modes->surface[i].is_wall)
            return gf_error_set(t->error, GF_DOMAIN,
                                "the start is outside of the clipped range");
        sign[i] = k < 0 ? -1 : 1;
    }
    for (size_t i = 0; i < modes->count && !status; i++)
        if (view.guard[i].value == 0)
            status = settle(t, sign, &slide, (int)i, view.guard[i].gradient);
    if (!status)
        status = gf_mode_set_get(&t->mode, modes, sign, slide, t->error);
    if (!status && !gf_mode_at(&view, modes, t->mode, place(t)))
        status = gf_error_set(t->error, GF_DOMAIN,
                              "the field has no velocity at the start");
    return status;
}
