/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/tangent.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <string.h>

#include "motion/edge.h"

/* Below this no step is of any use. */
#define SMALLEST_STEP 1e-30
/* As in motion/flow.c: an edge so near in time has been reached; one so near
   where no step is possible; sizes on the way to infinity, and as good as
   there. */
#define EDGE_TIME 1e-11
#define EDGE_TIME_STUCK 1e-6
#define LARGE 1e4
#define LARGEST 1e100

enum { MOST_CHANGES = 16 }; /* of the mode at one time */

/* --- the method -------------------------------------------------------- */

static int derivative(double time, const double y[], double dydt[],
                      void *params)
{
    gf_tangent *t = params;
    gf_vec2 at = {y[0], y[1]};
    gf_mode_view view;

    (void)time;
    t->evaluations++;
    if (!gf_mode_at(&view, t->modes, t->mode, at)) {
        t->is_outside = !gf_range_has(t->bounds.domain[0], at.x) ||
                        !gf_range_has(t->bounds.domain[1], at.y);
        return GSL_EDOM;
    }
    dydt[0] = view.v.x;
    dydt[1] = view.v.y;
    for (size_t i = 2; i < GF_TANGENT_SIZE; i += 2) {
        dydt[i] = view.slope.xx * y[i] + view.slope.xy * y[i + 1];
        dydt[i + 1] = view.slope.yx * y[i] + view.slope.yy * y[i + 1];
    }
    return GSL_SUCCESS;
}

gf_status gf_tangent_init(gf_tangent *t, gf_mode_set *modes,
                          const gf_tangent_options *options, gf_error *error)
{
    *t = (gf_tangent){
        .modes = modes,
        .bounds = *modes->field,
        .most_steps = options->most_steps,
        .system = {derivative, NULL, GF_TANGENT_SIZE, t},
        .step = gsl_odeiv2_step_alloc(gsl_odeiv2_step_rk8pd, GF_TANGENT_SIZE),
        .control = gsl_odeiv2_control_y_new(options->atol, options->rtol),
        .error = error,
    };
    t->bounds.domain[0] = modes->range[0];
    t->bounds.domain[1] = modes->range[1];
    if (t->step && t->control)
        return GF_OK;
    gf_tangent_clear(t);
    return gf_error_set(error, GF_MEMORY, "out of memory");
}

void gf_tangent_clear(gf_tangent *t)
{
    if (t->step)
        gsl_odeiv2_step_free(t->step);
    if (t->control)
        gsl_odeiv2_control_free(t->control);
    t->step = NULL;
    t->control = NULL;
}

bool gf_tangent_try(gf_tangent *t, double y[GF_TANGENT_SIZE],
                    double error[GF_TANGENT_SIZE], double h)
{
    memcpy(y, t->y, sizeof t->y);
    memset(error, 0, sizeof t->y);
    t->is_outside = false;
    if (h <= 0)
        return true;
    if (gsl_odeiv2_step_apply(t->step, t->t, h, y, error, NULL, NULL,
                              &t->system))
        return false;
    for (size_t i = 0; i < GF_TANGENT_SIZE; i++)
        if (!isfinite(y[i]) || !isfinite(error[i]))
            return false;
    return gf_range_has(t->bounds.domain[0], y[0]) &&
           gf_range_has(t->bounds.domain[1], y[1]);
}

/* --- the frame --------------------------------------------------------- */

void gf_tangent_straighten(gf_tangent *t)
{
    double *a = t->y + 2, *b = t->y + 4;
    double length = hypot(a[0], a[1]), height, along;

    a[0] /= length;
    a[1] /= length;
    along = a[0] * b[0] + a[1] * b[1];
    height = a[0] * b[1] - a[1] * b[0];
    t->shear += along / length * exp(t->growth[1] - t->growth[0]);
    t->growth[0] += log(length);
    t->growth[1] += log(fabs(height));
    b[0] = -a[1];
    b[1] = a[0];
}

/* --- beginning --------------------------------------------------------- */

/* A step to begin with: a hundredth of the way, or of the frame's turn. */
static double guess(const gf_tangent *t)
{
    double dydt[GF_TANGENT_SIZE], h = 0.1;
    gf_tangent copy = *t;

    if (derivative(0, t->y, dydt, &copy) != GSL_SUCCESS)
        return 1e-6;
    double speed = hypot(dydt[0], dydt[1]);
    double turn = hypot(hypot(dydt[2], dydt[3]), hypot(dydt[4], dydt[5]));
    if (speed > 0)
        h = fmin(h, 0.01 * fmax(hypot(t->y[0], t->y[1]), 1e-3) / speed);
    if (turn > 0)
        h = fmin(h, 0.01 / turn);
    return h;
}

gf_status gf_tangent_begin(gf_tangent *t, gf_vec2 start, double angle)
{
    double c = cos(angle), s = sin(angle);
    const double y[GF_TANGENT_SIZE] = {start.x, start.y, c, s, -s, c};

    memcpy(t->y, y, sizeof y);
    t->t = 0;
    t->growth[0] = t->growth[1] = t->shear = 0;
    t->slide_time = 0;
    t->steps = t->evaluations = t->changes = t->stuck = 0;
    t->has_section = t->is_cornered = false;
    gf_status status = gf_tangent_enter(t);
    if (status)
        return status;
    gsl_odeiv2_step_reset(t->step);
    t->h = guess(t);
    return GF_OK;
}

static double side_of_section(const gf_tangent *t, const double *y)
{
    return t->normal.x * (y[0] - t->origin.x) +
           t->normal.y * (y[1] - t->origin.y);
}

void gf_tangent_watch(gf_tangent *t, gf_vec2 origin, gf_vec2 normal)
{
    gf_mode_view view;

    t->has_section = true;
    t->origin = origin;
    t->normal = normal;
    double side = side_of_section(t, t->y);
    if (side == 0 &&
        gf_mode_at(&view, t->modes, t->mode, (gf_vec2){t->y[0], t->y[1]}))
        side = normal.x * view.v.x + normal.y * view.v.y;
    t->section_side = side < 0 ? -1 : 1;
}

/* --- ends -------------------------------------------------------------- */

static gf_node node_of(gf_tangent *t)
{
    gf_node node = {
        .t = t->t, .at = {t->y[0], t->y[1]}, .v = {NAN, NAN}, .a = {NAN, NAN}};
    gf_mode_view view;

    if (!gf_mode_at(&view, t->modes, t->mode, node.at))
        return node;
    node.v = view.v;
    node.a.x = view.slope.xx * view.v.x + view.slope.xy * view.v.y;
    node.a.y = view.slope.yx * view.v.x + view.slope.yy * view.v.y;
    return node;
}

static gf_leg stop(gf_tangent *t, gf_stop why)
{
    t->stop = why;
    return GF_LEG_STOP;
}

static bool is_up(const gf_node *node, gf_end end, double within)
{
    return end.after <= within * fmax(1, node->t);
}

static double size_of(const gf_tangent *t)
{
    return fmax(fabs(t->y[0]), fabs(t->y[1]));
}

/* Whether the trajectory is at the edge of what there is. */
static gf_leg check_ends(gf_tangent *t)
{
    gf_stepper stepper = {.field = &t->bounds, .direction = 1};
    gf_node node = node_of(t);

    if (is_up(&node, gf_edge_of_domain(&stepper, &node), EDGE_TIME))
        return stop(t, GF_STOP_LEFT_DOMAIN);
    if (size_of(t) > LARGEST ||
        (size_of(t) > LARGE &&
         is_up(&node, gf_edge_of_plane(&node), EDGE_TIME)))
        return stop(t, GF_STOP_BLEW_UP);
    return GF_LEG_STEP;
}

/* No step is possible any more: why. */
static gf_leg give_up(gf_tangent *t)
{
    gf_stepper stepper = {.field = &t->bounds, .direction = 1};
    gf_node node = node_of(t);

    if (t->is_outside ||
        is_up(&node, gf_edge_of_domain(&stepper, &node), EDGE_TIME_STUCK))
        return stop(t, GF_STOP_LEFT_DOMAIN);
    if (size_of(t) > LARGE || hypot(node.v.x, node.v.y) > LARGE)
        return stop(t, GF_STOP_BLEW_UP);
    return stop(t, GF_STOP_BUDGET);
}

/* --- steps ------------------------------------------------------------- */

/* Attempts until one is accurate; its size, or 0. */
static double attempt(gf_tangent *t, double y[GF_TANGENT_SIZE], double end)
{
    double room = end - t->t, error[GF_TANGENT_SIZE];

    while (t->steps++ < t->most_steps) {
        double size = t->h < room ? t->h : room, next = size;
        bool is_fine = gf_tangent_try(t, y, error, size);
        if (is_fine &&
            gsl_odeiv2_control_hadjust(t->control, t->step, y, error, y,
                                       &next) != GSL_ODEIV_HADJ_DEC) {
            t->h = size < t->h ? fmax(t->h, next) : next;
            return size;
        }
        t->h = is_fine ? next : size / 2;
        if (t->h < SMALLEST_STEP || t->t + t->h == t->t)
            return 0;
    }
    return 0;
}

/* Goes on to the state y, which is h later. */
static void move(gf_tangent *t, const double y[GF_TANGENT_SIZE], double h,
                 double end)
{
    bool is_last = h >= end - t->t;

    if (t->mode->slide != GF_NO_SURFACE)
        t->slide_time += h;
    memcpy(t->y, y, sizeof t->y);
    t->t = is_last ? end : t->t + h;
    gf_tangent_straighten(t);
}

gf_status gf_tangent_advance(gf_leg *leg, gf_tangent *t, double end)
{
    double y[GF_TANGENT_SIZE], error[GF_TANGENT_SIZE];
    size_t guard = 0;
    double h = attempt(t, y, end);

    *leg = GF_LEG_STEP;
    if (h == 0) {
        *leg = t->steps >= t->most_steps ? stop(t, GF_STOP_BUDGET) : give_up(t);
        return GF_OK;
    }
    double at = gf_tangent_event(&guard, t, y, h);
    if (at < h) {
        (void)gf_tangent_try(t, y, error, at);
        t->stuck = at > 0 ? 0 : t->stuck + 1;
    } else {
        t->stuck = 0;
    }
    move(t, y, at, end);
    if (t->stuck > MOST_CHANGES) {
        *leg = stop(t, GF_STOP_BUDGET);
        return GF_OK;
    }
    if (at < h && guard == GF_SECTION_GUARD) {
        t->section_side = -t->section_side;
        *leg = GF_LEG_SECTION;
        return GF_OK;
    }
    if (at == h) {
        *leg = check_ends(t);
        return GF_OK;
    }
    gf_status status = gf_tangent_change(t, guard);
    if (t->is_cornered)
        *leg = stop(t, GF_STOP_AT_REST);
    return status;
}
