/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of a coupled field, by GSL's steppers behind a guard of the domain. */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/coupled.h"

#define RTOL 1e-10
#define ATOL 1e-12
enum { MOST_STEPS = 1000000 };

typedef struct follower {
    gf_coupled *c;
    gf_coupled_run *run;
    const gf_coupled_options *options;
    gsl_odeiv2_system system;
    gsl_odeiv2_evolve *evolve;
    gsl_odeiv2_step *step;
    gsl_odeiv2_control *control;
    double *state;
    gf_error *error;
} follower;

static int velocity(double t, const double y[], double dydt[], void *params)
{
    follower *f = params;
    size_t size = 2 * f->c->count;

    (void)t;
    gf_coupled_velocity(dydt, f->c, y);
    for (size_t i = 0; i < size; i++)
        if (!isfinite(dydt[i]))
            return GSL_EDOM;
    return GSL_SUCCESS;
}

/* --- rows -------------------------------------------------------------- */

static gf_status add_row(follower *f, double t)
{
    gf_coupled_run *run = f->run;

    if (run->count == run->capacity) {
        size_t capacity = run->capacity ? 2 * run->capacity : 64;
        double *times = realloc(run->t, capacity * sizeof *times), *states;
        if (times)
            run->t = times;
        states =
            times ? realloc(run->state, capacity * run->size * sizeof *states)
                  : NULL;
        if (!states)
            return gf_error_set(f->error, GF_MEMORY, "no memory for %zu states",
                                capacity);
        run->state = states;
        run->capacity = capacity;
    }
    run->t[run->count] = t;
    memcpy(run->state + run->count * run->size, f->state,
           run->size * sizeof(double));
    run->count++;
    return GF_OK;
}

static void watch(follower *f, double t)
{
    for (size_t i = f->run->size / 2; i < f->run->size; i++)
        if (f->state[i] < f->run->least_p) {
            f->run->least_p = f->state[i];
            f->run->least_p_at = t;
        }
}

/* --- the loop ---------------------------------------------------------- */

static size_t budget(const gf_coupled_options *options)
{
    return options->most_steps ? options->most_steps : MOST_STEPS;
}

/* The next point of the grid of fixed steps, or the end where that is as
   near. */
static double grid_time(double h, double t, double end)
{
    double next = h * (floor(t / h + 1e-9) + 1);

    return next > end - 1e-9 * h ? end : next;
}

/* To a time; false where the run can go no further. */
static bool advance(follower *f, double *t, double *h, double end)
{
    while (*t < end && f->run->steps < budget(f->options)) {
        int status;
        f->run->steps++;
        if (f->options->step > 0) {
            double to = grid_time(f->options->step, *t, end);
            status = gsl_odeiv2_evolve_apply_fixed_step(
                f->evolve, NULL, f->step, &f->system, t, to - *t, f->state);
            *t = to;
        } else {
            status = gsl_odeiv2_evolve_apply(f->evolve, f->control, f->step,
                                             &f->system, t, end, h, f->state);
        }
        if (status != GSL_SUCCESS) {
            f->run->stop = "left the domain";
            return false;
        }
        watch(f, *t);
        if (f->options->every == 0)
            return true;
    }
    if (*t < end)
        f->run->stop = "budget";
    return *t >= end;
}

static gf_status loop(follower *f)
{
    const gf_coupled_options *o = f->options;
    double t = 0, h = fmin(1e-3, o->until), last = -1;
    size_t rows = 0;
    gf_status status;

    watch(f, 0);
    status = add_row(f, 0);
    while (!status && t < o->until) {
        double end =
            o->every > 0 ? fmin(o->until, o->every * (double)++rows) : o->until;
        last = t;
        if (!advance(f, &t, &h, end))
            break;
        status = add_row(f, t);
    }
    if (!status && t > last && f->run->t[f->run->count - 1] != t)
        status = add_row(f, t);
    return status;
}

static gf_status make(follower *f)
{
    const gf_coupled_options *o = f->options;
    size_t size = f->run->size;

    f->step = gsl_odeiv2_step_alloc(
        o->step > 0 ? gsl_odeiv2_step_rk4 : gsl_odeiv2_step_rk8pd, size);
    f->evolve = gsl_odeiv2_evolve_alloc(size);
    f->control = gsl_odeiv2_control_y_new(o->atol > 0 ? o->atol : ATOL,
                                          o->rtol > 0 ? o->rtol : RTOL);
    f->state = malloc(size * sizeof *f->state);
    return f->step && f->evolve && f->control && f->state
               ? GF_OK
               : gf_error_set(f->error, GF_MEMORY,
                              "no memory for a run of %zu numbers", size);
}

static void dismiss(follower *f)
{
    if (f->step)
        gsl_odeiv2_step_free(f->step);
    if (f->evolve)
        gsl_odeiv2_evolve_free(f->evolve);
    if (f->control)
        gsl_odeiv2_control_free(f->control);
    free(f->state);
}

static gf_status check(gf_coupled *c, const double *start,
                       const gf_coupled_options *o, gf_error *error)
{
    if (!(o->until > 0 && isfinite(o->until)))
        return gf_error_set(error, GF_ARGUMENT,
                            "the end of a run is %g; give it a positive time",
                            o->until);
    if (!(o->step >= 0 && o->every >= 0 && o->rtol >= 0 && o->atol >= 0))
        return gf_error_set(error, GF_ARGUMENT,
                            "a step or tolerance of a run is negative");
    for (size_t i = 0; i < 2 * c->count; i++)
        if (!isfinite(start[i]) ||
            (i < c->count && !gf_range_has(c->field->domain[0], start[i])))
            return gf_error_set(error, GF_DOMAIN,
                                "the start is not inside the domain: %s is %g "
                                "at point %zu",
                                c->field->axis_name[i >= c->count], start[i],
                                i % c->count + 1);
    return GF_OK;
}

void gf_coupled_run_init(gf_coupled_run *run)
{
    *run = (gf_coupled_run){.least_p = INFINITY};
}

void gf_coupled_run_clear(gf_coupled_run *run)
{
    free(run->t);
    free(run->state);
    gf_coupled_run_init(run);
}

gf_status gf_coupled_follow(gf_coupled_run *run, gf_coupled *c,
                            const double *start,
                            const gf_coupled_options *options, gf_error *error)
{
    follower f = {.c = c, .run = run, .options = options, .error = error};
    gf_status status = check(c, start, options, error);

    gf_coupled_run_clear(run);
    run->size = 2 * c->count;
    run->stop = "reached the end";
    f.system = (gsl_odeiv2_system){velocity, NULL, run->size, &f};
    if (!status)
        status = make(&f);
    if (!status) {
        memcpy(f.state, start, run->size * sizeof *f.state);
        status = loop(&f);
    }
    dismiss(&f);
    return status;
}
