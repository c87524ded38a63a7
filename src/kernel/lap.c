/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of two players, with frozen kernels or moving ones. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/course.h"

/* --- moments ----------------------------------------------------------- */

/* |p - p_d|/|p_d| */
static double density_gap(const gf_players *p, const double *density)
{
    double apart = 0, all = 0;

    for (size_t i = 0; i < p->count; i++) {
        double d = density[i] - p->density[i];
        apart += p->weight[i] * d * d;
        all += p->weight[i] * p->density[i] * p->density[i];
    }
    return sqrt(apart / all);
}

/* The standard deviation of the data, in one dimension. */
static double spread_of_data(const gf_players *p)
{
    double mass = 0, mean = 0, square = 0;

    for (size_t i = 0; i < p->count; i++) {
        double m = p->weight[i] * p->density[i];
        mass += m;
        mean += m * p->x[i];
        square += m * p->x[i] * p->x[i];
    }
    mean /= mass;
    return sqrt(fmax(0, square / mass - mean * mean));
}

static double critic_gap(const gf_players *p, const double *d)
{
    double sum = 0, mass = 0, d0 = p->setup.field->equilibrium.d0;

    for (size_t i = 0; i < p->count; i++) {
        double m = p->weight[i] * p->density[i];
        sum += m * (d[i] - d0) * (d[i] - d0);
        mass += m;
    }
    return sqrt(sum / mass);
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

gf_course_row *gf_lap_add(gf_lap *lap, const gf_players *p,
                          const gf_players_view *view, double t)
{
    gf_course_row *row = &lap->row[lap->count];
    double *d = lap->d + lap->count * lap->points;
    double *density = lap->p + lap->count * lap->points;

    *row = (gf_course_row){.t = t,
                           .apart = view->apart,
                           .mass = view->mass,
                           .critic_gain = view->critic_gain,
                           .generator_gain = view->generator_gain,
                           .critic_speed = NAN,
                           .generator_speed = NAN,
                           .distance = NAN,
                           .dual = NAN};
    row->d_gap = critic_gap(p, view->d);
    row->gap = p->particles ? view->apart.w1 / spread_of_data(p)
                            : density_gap(p, view->p);
    if (p->particles) {
        memcpy(density, view->particle, p->particles * sizeof *density);
        qsort(density, p->particles, sizeof *density, by_size);
        memcpy(d, view->d + p->count, p->particles * sizeof *d);
    } else {
        memcpy(d, view->d, p->count * sizeof *d);
        memcpy(density, view->p, p->count * sizeof *density);
    }
    lap->count++;
    return row;
}

static double length(const double *v, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += v[i] * v[i];
    return sqrt(sum);
}

/* --- moving kernels ---------------------------------------------------- */

static void rate(double *v, gf_players *p, const double *z)
{
    const double speed[2] = {gf_players_speed(p, 0), gf_players_speed(p, 1)};

    gf_players_velocity(v, p, z, 0, p->size);
    for (size_t i = 0; i < p->size; i++)
        v[i] *= speed[i >= p->first];
}

/* k holds five vectors: four velocities and a state. */
static void step_rk4(double *z, double *k, gf_players *p, double h)
{
    static const double way[3] = {0.5, 0.5, 1};
    size_t n = p->size;
    double *at = k + 4 * n;

    rate(k, p, z);
    for (size_t stage = 0; stage < 3; stage++) {
        for (size_t i = 0; i < n; i++)
            at[i] = z[i] + h * way[stage] * k[stage * n + i];
        rate(k + (stage + 1) * n, p, at);
    }
    for (size_t i = 0; i < n; i++)
        z[i] += h / 6 * (k[i] + 2 * k[n + i] + 2 * k[2 * n + i] + k[3 * n + i]);
}

static bool is_finite(const double *z, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += 0 * z[i];
    return sum == 0;
}

static void look_moving(gf_lap *lap, gf_players *p, gf_players_view *view,
                        double *velocity, const double *z, double t)
{
    gf_course_row *row;

    gf_players_look(view, p, z);
    row = gf_lap_add(lap, p, view, t);
    gf_players_velocity(velocity, p, z, 0, p->size);
    row->critic_speed = length(velocity, p->first);
    row->generator_speed = length(velocity + p->first, p->size - p->first);
}

gf_status gf_lap_moving(gf_lap *lap, gf_players *p, double *z,
                        const gf_course_options *options, double step,
                        gf_error *error)
{
    size_t rows = options->rows;
    double *k = malloc(5 * p->size * sizeof *k);
    gf_players_view view;
    gf_status status = gf_players_view_init(&view, p, error);

    if (!status && !k)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        look_moving(lap, p, &view, k, z, 0);
    for (size_t i = 1; !status && i <= rows && !lap->is_broken; i++) {
        double span = options->until / (double)rows;
        size_t steps = (size_t)fmax(1, ceil(span / step - 1e-9));
        for (size_t s = 0; s < steps; s++)
            step_rk4(z, k, p, span / (double)steps);
        lap->is_broken = !is_finite(z, p->size);
        if (!lap->is_broken)
            look_moving(lap, p, &view, k, z, span * (double)i);
    }
    gf_players_view_clear(&view);
    free(k);
    return status;
}

/* --- frozen kernels ---------------------------------------------------- */

/* K = pace G G' of n rows. */
static void square(double *k, const double *g, size_t n, size_t columns,
                   double pace)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t l = 0; l < columns; l++)
                sum += g[i * columns + l] * g[j * columns + l];
            k[i * n + j] = k[j * n + i] = pace * sum;
        }
}

static gf_status couple(gf_coupled **out, gf_players *p, const double *z,
                        gf_error *error)
{
    size_t n = p->count, rest = p->size - p->first;
    double *g = malloc((n * p->size + 2 * n * n) * sizeof *g);
    gf_cloud cloud = {n, p->weight, p->density};
    gf_status status;

    *out = NULL;
    if (!g)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    status = gf_players_slopes(g, g + n * p->first, p, z, error);
    if (!status) {
        double *k = g + n * p->size;
        square(k, g, n, p->first, p->setup.pace > 0 ? p->setup.pace : 1);
        square(k + n * n, g + n * p->first, n, rest, 1);
        status =
            gf_coupled_new(out, p->setup.field, &cloud, k, k + n * n, error);
    }
    free(g);
    return status;
}

static gf_status look_frozen(gf_lap *lap, gf_players *p, gf_players_view *view,
                             gf_coupled *c, const gf_coupled_run *run, size_t i,
                             gf_error *error)
{
    const double *state = run->state + i * run->size;
    double *velocity = malloc(run->size * sizeof *velocity), outside;
    gf_course_row *row;
    gf_status status;

    if (!velocity)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_players_look_at(view, p, state, state + p->count);
    row = gf_lap_add(lap, p, view, run->t[i]);
    gf_coupled_velocity(velocity, c, state);
    row->critic_speed = length(velocity, p->count);
    row->generator_speed = length(velocity + p->count, p->count);
    row->dual = gf_coupled_dual(c, state);
    status = gf_coupled_distance(&row->distance, &outside, c, state, error);
    free(velocity);
    return status;
}

gf_status gf_lap_frozen(gf_lap *lap, gf_players *p, const double *z,
                        const gf_course_options *options, double step,
                        gf_error *error)
{
    gf_coupled_options how = {.until = options->until, .step = step};
    gf_coupled *c = NULL;
    gf_coupled_run run;
    gf_players_view view;
    double *start = malloc(2 * p->count * sizeof *start);
    gf_status status = gf_players_view_init(&view, p, error);

    how.every = options->until / (double)options->rows;
    how.most_steps = SIZE_MAX;
    gf_coupled_run_init(&run);
    if (!status && !start)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        status = couple(&c, p, z, error);
    if (!status) {
        gf_players_look(&view, p, z);
        memcpy(start, view.d, p->count * sizeof *start);
        memcpy(start + p->count, view.p, p->count * sizeof *start);
        status = gf_coupled_follow(&run, c, start, &how, error);
    }
    for (size_t i = 0; !status && i < run.count; i++)
        if (lap->count <= options->rows)
            status = look_frozen(lap, p, &view, c, &run, i, error);
    lap->is_broken = !status && run.t[run.count - 1] < options->until;
    gf_coupled_run_clear(&run);
    gf_coupled_free(c);
    gf_players_view_clear(&view);
    free(start);
    return status;
}
