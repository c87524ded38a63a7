/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/play_board.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "figure/portrait_draw.h"

/* Positive numbers that span more than this are shown by their logarithms. */
static const double log_from = 50;
enum { QUANTILES = 9, STRIDE = sizeof(gf_course_row) / sizeof(double) };

/* --- runs in the plane ------------------------------------------------- */

static void add_spot(gf_play_board *b, const gf_play_figure *f, size_t k)
{
    const gf_course *course = &f->play->course;
    const gf_field *field = f->c[k]->field;
    gf_board_panel *panel = gf_board_add(&b->board, b->axis[0], b->axis[1]);
    gf_range window[2];
    size_t i = f->spot[k];

    if (!panel)
        return;
    for (int axis = 0; axis < 2; axis++)
        snprintf(b->axis[axis], sizeof b->axis[axis], "$%s$",
                 field->axis_name[axis]);
    snprintf(b->title[k], sizeof b->title[k], "$x = %.3g$, $p_d = %.3g$",
             f->play->setup.x[i], field->parameter[field->p_d].number);
    panel->title = b->title[k];
    panel->c = f->c[k];
    panel->start = (gf_vec2){course->d[i], course->p[i]};
    gf_play_board_window(window, f, k);
    panel->x = window[0];
    panel->y = window[1];
    gf_mark *mark = gf_board_mark(panel, GF_MARK_RUN, course->d + i,
                                  course->p + i, course->count);
    mark->stride = course->points;
    mark->stroke = gf_theme_orbit(f->theme, 0);
}

/* --- particles --------------------------------------------------------- */

/* Curves of a few quantiles with gaps between them, and the data's at the same
 * shares. */
static void fill_quantiles(double *t, double *x, double *ends, double *level,
                           const gf_play *play)
{
    const gf_course *c = &play->course;
    double m = (double)c->points, last = c->row[c->count - 1].t;

    for (size_t q = 0; q < QUANTILES; q++) {
        size_t k = (size_t)((double)q / (QUANTILES - 1) * (m - 1) + 0.5);
        double share = ((double)k + 0.5) / m;
        for (size_t i = 0; i < c->count; i++) {
            t[i] = c->row[i].t;
            x[i] = c->p[i * c->points + k];
        }
        t[c->count] = x[c->count] = NAN;
        t += c->count + 1;
        x += c->count + 1;
        ends[0] = 0;
        ends[1] = last;
        ends[2] = level[2] = NAN;
        level[0] = level[1] =
            gf_distribution_quantile(play->setup.data, share, 1 - share);
        ends += 3;
        level += 3;
    }
}

static void add_particles(gf_play_board *b, const gf_play_figure *f)
{
    gf_board_panel *panel = gf_board_add(&b->board, "$t$", "$x$");
    size_t count = QUANTILES * (f->play->course.count + 1);
    double *t = b->room, *x = t + count;
    double *ends = x + count, *level = ends + 3 * QUANTILES;
    gf_mark *mark;

    if (!panel)
        return;
    fill_quantiles(t, x, ends, level, f->play);
    panel->title = "quantiles of the particles";
    mark =
        gf_board_mark(panel, GF_MARK_CURVE, ends, level, 3 * (size_t)QUANTILES);
    mark->stroke = gf_theme_series(f->theme, 2);
    mark->stroke.width = 0.8 * f->theme->scale;
    mark->name = "of the data";
    mark = gf_board_mark(panel, GF_MARK_CURVE, t, x, count);
    mark->is_thin = true;
    mark->name = "of the generator";
}

/* --- over time --------------------------------------------------------- */

typedef struct series {
    const double *y; /* of the first row, STRIDE apart */
    const char *name;
} series;

/* Are there finite numbers? range has them all, and what it had before. */
static bool widen(double range[2], const double *y, size_t count)
{
    bool is_there = false;

    for (size_t i = 0; i < count; i++) {
        if (!isfinite(y[i * STRIDE]))
            continue;
        is_there = true;
        range[0] = fmin(range[0], y[i * STRIDE]);
        range[1] = fmax(range[1], y[i * STRIDE]);
    }
    return is_there;
}

/* A panel of those that are finite somewhere, if there are some; on a
 * logarithmic axis where all numbers are positive and span much. */
static void add_series(gf_play_board *b, const gf_play_figure *f,
                       const char *title, const char *y_name, const series *all,
                       size_t count)
{
    const gf_course *c = &f->play->course;
    gf_board_panel *panel = NULL;
    double range[2] = {INFINITY, -INFINITY};

    for (size_t k = 0; k < count; k++) {
        if (!widen(range, all[k].y, c->count))
            continue;
        if (!panel)
            panel = gf_board_add(&b->board, "$t$", y_name);
        if (!panel)
            return;
        gf_mark *mark = gf_board_mark(panel, GF_MARK_CURVE, &c->row[0].t,
                                      all[k].y, c->count);
        mark->stride = STRIDE;
        mark->series = k;
        mark->name = all[k].name;
    }
    if (!panel)
        return;
    panel->title = title;
    panel->log_y = range[0] > 0 && range[1] > log_from * range[0];
    panel->from_zero = !panel->log_y && range[0] >= 0;
}

static void add_distances(gf_play_board *b, const gf_play_figure *f)
{
    const gf_discrepancy *d = &f->play->course.row[0].apart;
    const series densities[] = {
        {&d->w1, "$W_1$"}, {&d->tv, "TV"}, {&d->kl, "KL"}, {&d->js, "JS"}};
    const series particles[] = {{&d->w1, "$W_1$"},
                                {&d->tv_histogram, "TV of a histogram"},
                                {&d->energy, "energy distance"},
                                {&d->js_histogram, "JS of a histogram"}};

    add_series(b, f, "data to generator", "distance",
               f->play->setup.particles ? particles : densities, 4);
}

/* Of frozen kernels the energies over their starts; of moving ones how far from
 * the equilibrium the two players are. */
static void add_energies(gf_play_board *b, const gf_play_figure *f)
{
    const gf_course *c = &f->play->course;
    const gf_course_row *first = &c->row[0];
    const char *name = f->play->setup.field->axis_name[0];
    const series gaps[] = {{&first->gap, "$|p_g - p_d|/|p_d|$"},
                           {&first->d_gap, b->gap}};
    const series energies[] = {{b->room, "distance $F$"},
                               {b->room + 1, "dual energy"}};

    snprintf(b->gap, sizeof b->gap, "$|%s - %s_0|$", name, name);
    for (size_t i = 0; c->is_frozen && i < c->count; i++) {
        b->room[i * STRIDE] = c->row[i].distance / first->distance;
        b->room[i * STRIDE + 1] = c->row[i].dual / first->dual;
    }
    if (c->is_frozen)
        add_series(b, f, "energies, start = 1", "energy", energies, 2);
    else
        add_series(b, f, "to the equilibrium", "distance", gaps, 2);
}

/* --- modes ------------------------------------------------------------- */

/* One of each pair. */
static gf_mark *add_modes(gf_board_panel *panel, const gf_theme *theme,
                          const gf_modes *modes, double *room,
                          gf_marker_kind kind)
{
    gf_mark *mark = gf_board_mark(panel, GF_MARK_DOTS, room,
                                  room + modes->count, modes->count);

    mark->marker = gf_theme_marker(theme, kind, (gf_vec2){0, 0});
    mark->marker.radius = 1.5 * theme->scale;
    mark->marker.line = 0.5 * theme->scale;
    mark->marker.halo = 0;
    for (size_t i = 0; i < modes->count; i++) {
        const gf_mode *m = &modes->mode[i];
        double size = hypot(m->re, m->im);
        bool is_twin = m->im < 0;
        room[i] = is_twin ? NAN : size;
        room[modes->count + i] = is_twin ? NAN : m->damping;
        panel->x.lo = fmin(panel->x.lo, size / 2);
        panel->x.hi = fmax(panel->x.hi, size * 2);
        panel->y.lo = fmin(panel->y.lo, m->damping - 0.05);
    }
    return mark;
}

static void add_spectrum(gf_play_board *b, const gf_play_figure *f,
                         double *room)
{
    const gf_play *play = f->play;
    gf_board_panel *panel = gf_board_add(&b->board, "$|lambda|$", "damping");
    char *title = b->title[GF_PLAY_SPOTS];
    gf_mark *mark;

    if (!panel)
        return;
    snprintf(title, GF_PLAY_NAME, "modes (%zu zero)", play->modes.zero);
    panel->title = title;
    panel->log_x = true;
    panel->x = (gf_range){INFINITY, -INFINITY, true, true};
    panel->y = (gf_range){-0.05, 1.05, true, true};
    if (play->ideal.count > 0) {
        mark = add_modes(panel, f->theme, &play->ideal, room, GF_MARKER_RING);
        mark->marker.colour = gf_run_stroke(f->theme, 0, 0).colour;
        mark->marker.radius = 2.2 * f->theme->scale;
        mark->name = "ideal field";
    }
    mark = add_modes(panel, f->theme, &play->modes,
                     room + 2 * play->ideal.count, GF_MARKER_DOT);
    mark->name = "under the nets";
}

/* --- all --------------------------------------------------------------- */

static void describe(gf_play_board *b, const gf_play_figure *f)
{
    const gf_play *play = f->play;
    const gf_modes *m = &play->modes;
    const gf_course *c = &play->course;
    gf_text *t = &b->description;

    gf_text_addf(t, "%s under the kernels of two nets.",
                 play->setup.field->name);
    if (c->count > 0)
        gf_text_addf(t,
                     " A run with %s kernels from t = 0 to %.6g: %s; W1 to the "
                     "data from %.4g to %.4g.",
                     c->is_frozen ? "frozen" : "moving", c->row[c->count - 1].t,
                     gf_course_end_name(c->end), c->row[0].apart.w1,
                     c->row[c->count - 1].apart.w1);
    for (size_t k = 0; k < f->spots; k++)
        gf_text_addf(t, "%s x = %.4g",
                     k ? "," : " Runs over the ideal portraits at",
                     play->setup.x[f->spot[k]]);
    if (f->spots > 0)
        gf_text_add(t, ", with the ideal runs from the same starts.");
    if (play->has_modes)
        gf_text_addf(t,
                     " Modes by size and damping ratio, 1 no turn at all: %zu "
                     "spiral, %zu node, %zu unstable, %zu zero.",
                     m->spiral, m->node, m->unstable, m->zero);
}

static size_t room_of(const gf_play *play)
{
    size_t rows = play->course.count;

    return 2 * QUANTILES * (rows + 4) + rows * STRIDE +
           2 * (play->modes.count + play->ideal.count) + 1;
}

gf_status gf_play_board_make(gf_play_board *b, const gf_play_figure *f,
                             gf_error *error)
{
    const gf_play *play = f->play;
    bool has_run = play->course.count > 1;

    *b = (gf_play_board){.room = NULL};
    gf_text_init(&b->description);
    if (!has_run && play->modes.count == 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "there is no run and no mode to draw: --until T");
    b->room = calloc(room_of(play), sizeof *b->room);
    if (!b->room)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_board_init(&b->board, f->size, f->theme);
    for (size_t k = 0; k < f->spots && has_run; k++)
        add_spot(b, f, k);
    if (has_run && play->setup.particles)
        add_particles(b, f);
    if (has_run)
        add_distances(b, f);
    if (has_run && !play->setup.particles)
        add_energies(b, f);
    if (play->modes.count > 0)
        add_spectrum(b, f,
                     b->room + room_of(play) -
                         2 * (play->modes.count + play->ideal.count));
    describe(b, f);
    b->board.has_keys = true;
    b->board.subject = "dynamics of generative adversarial networks";
    b->board.run = "under the nets";
    b->board.ideal = "ideal field";
    b->board.about = "Two nets in a game";
    b->board.description = gf_text_string(&b->description);
    return b->description.failed
               ? gf_error_set(error, GF_MEMORY, "out of memory")
               : GF_OK;
}

void gf_play_board_clear(gf_play_board *b)
{
    free(b->room);
    gf_board_clear(&b->board);
    gf_text_clear(&b->description);
    *b = (gf_play_board){.room = NULL};
}
