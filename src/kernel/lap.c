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

/* --- a lap ------------------------------------------------------------- */

/* What moves: states of so many numbers. */
typedef struct motion {
    size_t size;
    void (*rate)(double *v, void *ctx, const double *z);
    /* Adds a moment. */
    gf_status (*look)(gf_lap *lap, void *ctx, const double *z, double t,
                      gf_error *error);
    void *ctx;
} motion;

/* k holds five vectors: four velocities and a state. */
static void step_rk4(double *z, double *k, const motion *m, double h)
{
    static const double way[3] = {0.5, 0.5, 1};
    size_t n = m->size;
    double *at = k + 4 * n;

    m->rate(k, m->ctx, z);
    for (size_t stage = 0; stage < 3; stage++) {
        for (size_t i = 0; i < n; i++)
            at[i] = z[i] + h * way[stage] * k[stage * n + i];
        m->rate(k + (stage + 1) * n, m->ctx, at);
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

/* After so many rows; false: stop. */
static bool tell(gf_lap *lap, const gf_course_options *o, size_t rows)
{
    lap->is_stopped =
        o->progress && !o->progress(lap->before + lap->weight * rows,
                                    GF_LAP_PARTS * o->rows, o->progress_ctx);
    return !lap->is_stopped;
}

/* From one row to the next: the same steps, however many moments are kept on
 * the way. */
static gf_status go_on(gf_lap *lap, double *z, double *k, const motion *m,
                       double begin, double span, size_t steps, gf_error *error)
{
    gf_status status = GF_OK;

    for (size_t s = 1; s <= steps && !status && !lap->is_broken; s++) {
        step_rk4(z, k, m, span / (double)steps);
        if (s * lap->finer / steps == (s - 1) * lap->finer / steps)
            continue;
        lap->is_broken = !is_finite(z, m->size);
        if (!lap->is_broken)
            status = m->look(lap, m->ctx, z,
                             begin + span * (double)s / (double)steps, error);
    }
    return status;
}

static gf_status run(gf_lap *lap, double *z, const motion *m,
                     const gf_course_options *options, double step,
                     gf_error *error)
{
    double span = options->until / (double)options->rows;
    size_t steps = (size_t)fmax(1, ceil(span / step - 1e-9));
    double *k = malloc(5 * m->size * sizeof *k);
    gf_status status;

    if (!k)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    lap->finer = options->finer < steps ? options->finer : steps;
    status = m->look(lap, m->ctx, z, 0, error);
    for (size_t i = 0; !status && i < options->rows && !lap->is_broken; i++) {
        status = go_on(lap, z, k, m, span * (double)i, span, steps, error);
        if (!tell(lap, options, i + 1))
            break;
    }
    free(k);
    return status;
}

/* --- moving kernels ---------------------------------------------------- */

typedef struct moving {
    gf_players *p;
    gf_players_view view;
    double *velocity;
} moving;

static void rate_moving(double *v, void *ctx, const double *z)
{
    gf_players *p = ((moving *)ctx)->p;
    const double speed[2] = {gf_players_speed(p, 0), gf_players_speed(p, 1)};

    gf_players_velocity(v, p, z, 0, p->size);
    for (size_t i = 0; i < p->size; i++)
        v[i] *= speed[i >= p->first];
}

static gf_status look_moving(gf_lap *lap, void *ctx, const double *z, double t,
                             gf_error *error)
{
    moving *m = ctx;
    gf_players *p = m->p;
    gf_course_row *row;

    (void)error;
    gf_players_look(&m->view, p, z);
    row = gf_lap_add(lap, p, &m->view, t);
    gf_players_velocity(m->velocity, p, z, 0, p->size);
    row->critic_speed = length(m->velocity, p->first);
    row->generator_speed = length(m->velocity + p->first, p->size - p->first);
    return GF_OK;
}

gf_status gf_lap_moving(gf_lap *lap, gf_players *p, double *z,
                        const gf_course_options *options, double step,
                        gf_error *error)
{
    moving m = {.p = p, .velocity = malloc(p->size * sizeof(double))};
    motion how = {p->size, rate_moving, look_moving, &m};
    gf_status status = gf_players_view_init(&m.view, p, error);

    if (!status && !m.velocity)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        status = run(lap, z, &how, options, step, error);
    gf_players_view_clear(&m.view);
    free(m.velocity);
    return status;
}

/* --- frozen kernels ---------------------------------------------------- */

/* States are D, then p_g, at the points. */
typedef struct frozen {
    gf_players *p;
    gf_players_view view;
    gf_coupled *c;
    double *velocity;
} frozen;

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

static void rate_frozen(double *v, void *ctx, const double *z)
{
    gf_coupled_velocity(v, ((frozen *)ctx)->c, z);
}

static gf_status look_frozen(gf_lap *lap, void *ctx, const double *z, double t,
                             gf_error *error)
{
    frozen *f = ctx;
    size_t n = f->p->count;
    gf_course_row *row;
    double outside;

    gf_players_look_at(&f->view, f->p, z, z + n);
    row = gf_lap_add(lap, f->p, &f->view, t);
    gf_coupled_velocity(f->velocity, f->c, z);
    row->critic_speed = length(f->velocity, n);
    row->generator_speed = length(f->velocity + n, n);
    row->dual = gf_coupled_dual(f->c, z);
    return gf_coupled_distance(&row->distance, &outside, f->c, z, error);
}

gf_status gf_lap_frozen(gf_lap *lap, gf_players *p, const double *z,
                        const gf_course_options *options, double step,
                        gf_error *error)
{
    size_t n = p->count;
    double *state = malloc(4 * n * sizeof *state);
    frozen f = {.p = p, .velocity = state ? state + 2 * n : NULL};
    motion how = {2 * n, rate_frozen, look_frozen, &f};
    gf_status status = gf_players_view_init(&f.view, p, error);

    if (!status && !state)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        status = couple(&f.c, p, z, error);
    if (!status) {
        gf_players_look(&f.view, p, z);
        memcpy(state, f.view.d, n * sizeof *state);
        memcpy(state + n, f.view.p, n * sizeof *state);
        status = run(lap, state, &how, options, step, error);
    }
    gf_coupled_free(f.c);
    gf_players_view_clear(&f.view);
    free(state);
    return status;
}
