/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two laps, and what they agree on. */
#include "kernel/course.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 400, ROWS_MAX = 100000 };
static const double ENOUGH = 0.02, STEPS_MAX = 1e7, STEPS_USUAL = 2e4;
/* rk4 damps what is damped up to this rate times step. */
static const double STABLE = 2.7;
/* Of the places where velocities are compared for the fastest rate. */
static const double WAY = 1e-5;

void gf_course_init(gf_course *course)
{
    *course = (gf_course){.decrement = NAN, .period = NAN};
}

void gf_course_clear(gf_course *course)
{
    free(course->row);
    free(course->d);
    free(course->p);
    gf_course_init(course);
}

/* --- options ----------------------------------------------------------- */

/* The rate of one direction and, in its place, what the velocity's change
 * along it makes of it. Between two places near z, neither of them z: nets
 * often begin at a kink, as relu with a batch norm does in every unit at the
 * middle of its points, and a jump there over a small way is no rate. */
static double rate_along(double *direction, double *room, gf_players *p,
                         const double *z)
{
    size_t n = p->size;
    double *at = room, *v = room + n, moved = 0, size = 0;

    for (size_t i = 0; i < n; i++)
        moved += direction[i] * direction[i];
    double h = WAY / sqrt(moved);
    for (size_t i = 0; i < n; i++)
        at[i] = z[i] + h * direction[i];
    gf_players_velocity(v, p, at, 0, n);
    for (size_t i = 0; i < n; i++)
        at[i] = z[i] + 2 * h * direction[i];
    gf_players_velocity(direction, p, at, 0, n);
    for (size_t i = 0; i < n; i++) {
        direction[i] =
            (direction[i] - v[i]) * gf_players_speed(p, i >= p->first);
        size += direction[i] * direction[i];
    }
    return sqrt(size) / WAY;
}

/* The length of a velocity's change over that of the step that makes it, a
 * few times over: the fastest rate, roughly. */
static gf_status fastest(double *rate, gf_players *p, const double *z,
                         gf_error *error)
{
    enum { TURNS = 20 };
    size_t n = p->size;
    double *direction = malloc(3 * n * sizeof *direction), size = 1;

    *rate = 0;
    if (!direction)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < n; i++)
        direction[i] = i % 2 ? 1 : -1;
    for (int turn = 0; turn < TURNS && size > 0 && isfinite(size); turn++) {
        size = rate_along(direction, direction + n, p, z);
        if (isfinite(size))
            *rate = fmax(*rate, size);
    }
    free(direction);
    return GF_OK;
}

static gf_status settle(gf_course_options *o, double *rate, gf_players *p,
                        const double *z, gf_error *error)
{
    gf_status status;

    if (!(o->until > 0 && isfinite(o->until)))
        return gf_error_set(error, GF_ARGUMENT,
                            "the end of the run is %g; give it a positive time",
                            o->until);
    if (!(o->step >= 0 && isfinite(o->step)) || !(o->enough >= 0))
        return gf_error_set(error, GF_ARGUMENT,
                            "the step is %g; give it a positive number",
                            o->step);
    if (o->frozen && p->particles)
        return gf_error_set(error, GF_DOMAIN,
                            "kernels are frozen on points, and particles move; "
                            "give the generator a density");
    status = fastest(rate, p, z, error);
    if (o->step == 0)
        o->step = fmax(*rate > 1 ? 0.1 / *rate : 0.1, o->until / STEPS_USUAL);
    o->rows = o->rows ? o->rows : ROWS;
    o->finer = o->finer ? o->finer : 1;
    o->enough = o->enough > 0 ? o->enough : ENOUGH;
    if (!status && (o->until / o->step > STEPS_MAX || o->rows > ROWS_MAX ||
                    o->finer > ROWS_MAX / o->rows))
        return gf_error_set(error, GF_LIMIT,
                            "steps of %g to t = %g are more than 10 million; "
                            "give a larger --step or a smaller --until",
                            o->step, o->until);
    return status;
}

static gf_status check_start(gf_players *p, const double *z, gf_error *error)
{
    gf_players_view view;
    gf_status status = gf_players_view_init(&view, p, error);

    if (!status)
        gf_players_look(&view, p, z);
    for (size_t i = 0; !status && i < p->batch; i++)
        if (!gf_range_has(p->setup.field->domain[0], view.d[i]))
            status = gf_error_set(
                error, GF_DOMAIN,
                "the critic's %s is %.4g at a point, outside of the domain; "
                "give its net a head, as head=sigmoid, or the field a link",
                p->setup.field->axis_name[0], view.d[i]);
    gf_players_view_clear(&view);
    return status;
}

/* --- drift ------------------------------------------------------------- */

/* The kernels of the two nets at the points (particles: at the latent ones). */
static gf_status kernels(double *k[2], gf_players *p, const double *z,
                         gf_error *error)
{
    gf_kernel_options options = {.weight = p->weight};
    const double *x[2] = {p->x, p->particles ? p->z : p->x};
    size_t n[2] = {p->count, p->particles ? p->particles : p->count};
    const gf_net *net[2] = {p->setup.critic, p->setup.generator};
    gf_status status = GF_OK;

    gf_players_set(p, z);
    for (int i = 0; i < 2 && !status; i++) {
        gf_batch batch = {.x = x[i], .count = n[i]};
        k[i] = malloc(n[i] * n[i] * sizeof *k[i]);
        status =
            k[i] ? gf_kernel_gram(k[i], NULL, net[i], &batch, &options, error)
                 : gf_error_set(error, GF_MEMORY, "out of memory");
    }
    return status;
}

static double apart(const double *a, const double *b, size_t n)
{
    double off = 0, all = 0;

    for (size_t i = 0; i < n * n; i++) {
        off += (a[i] - b[i]) * (a[i] - b[i]);
        all += b[i] * b[i];
    }
    return sqrt(off / all);
}

static gf_status measure_drift(gf_course *course, gf_players *p,
                               const double *before, const double *after,
                               gf_error *error)
{
    double *k[4] = {0};
    gf_status status = kernels(k, p, before, error);

    if (!status)
        status = kernels(k + 2, p, after, error);
    if (!status) {
        course->drift[0] = apart(k[2], k[0], p->count);
        course->drift[1] =
            apart(k[3], k[1], p->particles ? p->particles : p->count);
    }
    for (int i = 0; i < 4; i++)
        free(k[i]);
    return status;
}

/* --- laps -------------------------------------------------------------- */

static gf_status lap_init(gf_lap *lap, const gf_players *p, size_t rows,
                          gf_error *error)
{
    *lap = (gf_lap){.points = p->particles ? p->particles : p->count};
    lap->row = calloc(rows + 1, sizeof *lap->row);
    lap->d = calloc((rows + 1) * lap->points, sizeof *lap->d);
    lap->p = calloc((rows + 1) * lap->points, sizeof *lap->p);
    return lap->row && lap->d && lap->p
               ? GF_OK
               : gf_error_set(error, GF_MEMORY,
                              "no memory for %zu moments of %zu points", rows,
                              lap->points);
}

static void lap_clear(gf_lap *lap)
{
    free(lap->row);
    free(lap->d);
    free(lap->p);
    *lap = (gf_lap){0};
}

/* What the laps agree on; takes the second one's store. */
static void conclude(gf_course *course, gf_lap lap[2],
                     const gf_course_options *o)
{
    gf_ring ring;
    double last[2];

    for (int i = 0; i < 2; i++) {
        course->alone[i] = gf_lap_judge(&ring, &lap[i], o->enough);
        last[i] = gf_lap_row(&lap[i], gf_lap_rows(&lap[i]) - 1)->gap;
    }
    course->maxima = ring.maxima;
    course->decrement = ring.decrement;
    course->period = ring.period;
    course->gap_apart = fabs(last[0] - last[1]);
    course->end = course->alone[1];
    course->is_stiff = course->rate * o->step / 2 > STABLE;
    if (course->alone[0] != course->alone[1] ||
        (course->end == GF_COURSE_DIVERGED && course->is_stiff) ||
        (course->end != GF_COURSE_DIVERGED &&
         !(course->gap_apart <= 0.01 + 0.1 * fabs(last[1]))))
        course->end = GF_COURSE_UNDECIDED;
    course->count = lap[1].count;
    course->points = lap[1].points;
    course->row = lap[1].row;
    course->d = lap[1].d;
    course->p = lap[1].p;
    lap[1] = (gf_lap){0};
}

static gf_status run_laps(gf_course *course, gf_players *p, double *start,
                          double *z, const gf_course_options *o,
                          gf_error *error)
{
    gf_lap lap[2] = {{0}, {0}};
    gf_status status = GF_OK;

    for (int i = 0; i < 2 && !status && !lap[0].is_stopped; i++) {
        double step = i ? o->step / 2 : o->step;
        memcpy(z, start, p->size * sizeof *z);
        status = lap_init(&lap[i], p, o->rows * o->finer, error);
        lap[i].before = i ? o->rows : 0;
        lap[i].weight = i ? 2 : 1;
        if (!status)
            status = o->frozen
                         ? gf_lap_frozen(&lap[i], p, start, o, step, error)
                         : gf_lap_moving(&lap[i], p, z, o, step, error);
    }
    bool is_whole = !lap[0].is_stopped && !lap[1].is_stopped;
    if (!status && is_whole && !o->frozen && !lap[1].is_broken)
        status = measure_drift(course, p, start, z, error);
    if (!status && is_whole)
        conclude(course, lap, o);
    lap_clear(&lap[0]);
    lap_clear(&lap[1]);
    return status;
}

gf_status gf_course_run(gf_course *course, gf_players *p,
                        const gf_course_options *options, gf_error *error)
{
    gf_course_options o = *options;
    double *start = malloc(2 * p->size * sizeof *start);
    gf_status status =
        start ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");

    gf_course_clear(course);
    if (!status) {
        gf_players_state(start, p);
        status = check_start(p, start, error);
    }
    if (!status)
        status = settle(&o, &course->rate, p, start, error);
    course->step = o.step;
    course->is_frozen = o.frozen;
    if (!status)
        status = run_laps(course, p, start, start + p->size, &o, error);
    free(start);
    return status;
}
