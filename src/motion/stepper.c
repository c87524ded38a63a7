/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop of GSL's evolve object is written out here, for three things that it
 * does not do: to stop after a number of attempts, to say why the last attempt
 * failed, and to leave time and state alone when it gives up.
 */
#include "motion/stepper.h"

#include <gsl/gsl_errno.h>
#include <math.h>

#include "motion/method.h"

/* Below this no step is of any use; near t = 0 rounding gives no bound. */
#define SMALLEST_STEP 1e-30
#define GRAZE_MOST 1e-9

/* --- what GSL calls ---------------------------------------------------- */

static int complain(gf_stepper *s, gf_vec2 at)
{
    const gf_range *domain = s->field->domain;
    bool is_inside =
        gf_range_has(domain[0], at.x) && gf_range_has(domain[1], at.y);

    s->trouble = is_inside ? GF_TROUBLE_INFINITE : GF_TROUBLE_OUTSIDE;
    return GSL_EDOM;
}

static int velocity(double t, const double y[], double dydt[], void *params)
{
    gf_stepper *s = params;
    gf_vec2 at = {y[0], y[1]};

    (void)t;
    s->evaluations++;
    gf_vec2 v = gf_side_velocity(&s->on, at);
    if (!isfinite(v.x) || !isfinite(v.y))
        return complain(s, at);
    dydt[0] = v.x;
    dydt[1] = v.y;
    return GSL_SUCCESS;
}

static int jacobian(double t, const double y[], double *dfdy, double dfdt[],
                    void *params)
{
    gf_stepper *s = params;
    gf_vec2 at = {y[0], y[1]};
    gf_mat2 m = gf_side_jacobian(&s->on, at);

    (void)t;
    dfdt[0] = dfdt[1] = 0;
    dfdy[0] = m.xx;
    dfdy[1] = m.xy;
    dfdy[2] = m.yx;
    dfdy[3] = m.yy;
    for (size_t i = 0; i < 4; i++)
        if (!isfinite(dfdy[i]))
            return complain(s, at);
    return GSL_SUCCESS;
}

/* --- making ------------------------------------------------------------ */

/* A multistep method must not be asked for other steps in between. */
static const gf_flow_method *beside(const gf_flow_method *method)
{
    return method->order > 0 ? method : gf_flow_method_default();
}

gf_status gf_stepper_init(gf_stepper *s, const gf_field *field,
                          const gf_flow_options *options, gf_error *error)
{
    const gf_flow_method *method = options->method
                                       ? gf_flow_method_find(options->method)
                                       : gf_flow_method_default();

    *s = (gf_stepper){
        .field = field,
        .method = method,
        .direction = options->until < 0 ? -1 : 1,
        .on = {field, options->until < 0 ? -1 : 1, .slides_on = GF_NO_LINE},
        .graze = fmin(10 * options->rtol, GRAZE_MOST),
        .is_adaptive = !(options->step > 0),
        .system = {velocity, jacobian, 2, s},
        .step = gsl_odeiv2_step_alloc(gf_flow_method_type(method), 2),
        .side = gsl_odeiv2_step_alloc(gf_flow_method_type(beside(method)), 2),
        .control = gsl_odeiv2_control_y_new(options->atol, options->rtol),
    };
    if (!s->step || !s->side || !s->control) {
        gf_stepper_clear(s);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    s->driver.sys = &s->system;
    s->driver.s = s->step;
    s->driver.c = s->control;
    gsl_odeiv2_step_set_driver(s->step, &s->driver);
    gsl_odeiv2_step_set_driver(s->side, &s->driver);
    return GF_OK;
}

void gf_stepper_clear(gf_stepper *s)
{
    if (s->control)
        gsl_odeiv2_control_free(s->control);
    if (s->side)
        gsl_odeiv2_step_free(s->side);
    if (s->step)
        gsl_odeiv2_step_free(s->step);
    s->control = NULL;
    s->side = s->step = NULL;
}

void gf_stepper_restart(gf_stepper *s)
{
    gsl_odeiv2_step_reset(s->step);
}

/* --- nodes ------------------------------------------------------------- */

bool gf_stepper_node(gf_stepper *s, gf_node *out, double t, gf_vec2 at)
{
    double y[2] = {at.x, at.y}, v[2] = {NAN, NAN};
    int status = velocity(t, y, v, s);

    *out = (gf_node){.t = t, .at = at, .v = {v[0], v[1]}, .a = {NAN, NAN}};
    return status == GSL_SUCCESS;
}

void gf_stepper_complete(const gf_stepper *s, gf_node *node)
{
    gf_mat2 m = gf_side_jacobian(&s->on, node->at);

    node->a.x = m.xx * node->v.x + m.xy * node->v.y;
    node->a.y = m.yx * node->v.x + m.yy * node->v.y;
}

/* The step for which an explicit Euler step moves by a hundredth of the state,
   no more than its second derivative allows [hairer1993, II.4]. */
double gf_stepper_guess(const gf_node *node)
{
    double size = hypot(node->at.x, node->at.y);
    double speed = hypot(node->v.x, node->v.y);
    double bend = hypot(node->a.x, node->a.y);
    double h = 1e-3;

    if (speed > 0)
        h = 0.01 * fmax(size, 1e-3) / speed;
    if (isfinite(bend) && bend > 0)
        h = fmin(h, 0.1 * sqrt(fmax(size, 1e-3) / bend));
    return fmin(h, 0.1);
}

/* --- steps ------------------------------------------------------------- */

/* One attempt of size h with GSL's step object; error: of the state. */
static bool attempt(gf_stepper *s, gsl_odeiv2_step *step, gf_node *to,
                    const gf_node *from, double h, double error[2])
{
    double y[2] = {from->at.x, from->at.y};
    double before[2] = {from->v.x, from->v.y}, after[2];

    s->attempts += step == s->step;
    s->trouble = GF_TROUBLE_NONE;
    error[0] = error[1] = 0;
    int status = gsl_odeiv2_step_apply(step, from->t, h, y, error, before,
                                       after, &s->system);
    /* A failure inside bsimp shows in the error alone. */
    if (status || !isfinite(error[0]) || !isfinite(error[1])) {
        if (s->trouble == GF_TROUBLE_NONE)
            s->trouble = GF_TROUBLE_OTHER;
        return false;
    }
    *to = (gf_node){.t = from->t + h,
                    .at = {y[0], y[1]},
                    .v = {after[0], after[1]},
                    .a = {NAN, NAN}};
    return true;
}

/* Whether the error allows the step; *h becomes the size to go on with. */
static bool is_accurate(gf_stepper *s, gsl_odeiv2_step *step, const gf_node *to,
                        const double error[2], double *h)
{
    double y[2] = {to->at.x, to->at.y}, v[2] = {to->v.x, to->v.y};

    if (gsl_odeiv2_control_hadjust(s->control, step, y, error, v, h) !=
        GSL_ODEIV_HADJ_DEC)
        return true;
    s->trouble = GF_TROUBLE_OTHER;
    return false;
}

static bool is_too_small(double t, double h)
{
    return h < SMALLEST_STEP || t + h == t;
}

static bool advance(gf_stepper *s, gsl_odeiv2_step *step, gf_node *to,
                    const gf_node *from, double *h, double end)
{
    double room = end - from->t, error[2];

    for (;;) {
        double size = *h;
        bool is_last = size >= room;
        if (is_last)
            size = room;
        else if (2 * size > room) /* leave no sliver */
            size = room / 2;
        double next = size;
        if (attempt(s, step, to, from, size, error)) {
            if (is_accurate(s, step, to, error, &next)) {
                if (is_last)
                    to->t = end;
                *h = is_last ? fmax(*h, next) : next;
                return true;
            }
        } else {
            next = size / 2;
        }
        s->rejected += step == s->step;
        *h = next;
        if (is_too_small(from->t, next))
            return false;
    }
}

bool gf_stepper_advance(gf_stepper *s, gf_node *to, const gf_node *from,
                        double *h, double end)
{
    return advance(s, s->step, to, from, h, end);
}

bool gf_stepper_leap(gf_stepper *s, gf_node *to, const gf_node *from,
                     double end)
{
    double error[2];

    if (!attempt(s, s->step, to, from, end - from->t, error))
        return false;
    to->t = end;
    return true;
}

bool gf_stepper_reach(gf_stepper *s, gf_node *to, const gf_node *from, double t)
{
    gf_node node = *from;
    double h = t - from->t, error[2];

    if (t <= from->t) {
        *to = *from;
        return true;
    }
    if (!s->is_adaptive) {
        bool is_fine = attempt(s, s->side, to, from, h, error);
        to->t = t;
        return is_fine;
    }
    while (node.t < t) {
        if (!advance(s, s->side, to, &node, &h, t))
            return false;
        node = *to;
    }
    return true;
}
