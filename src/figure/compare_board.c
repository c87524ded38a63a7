/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/compare_board.h"

#include <math.h>
#include <stdio.h>

/* Beyond so many times the gap at the start, and below so small a part of it, a
 * mark stands at the edge. */
static const double farthest = 30, nearest = 1e-4;
/* The part of a row that its seeds take, and of the axis beside the edges. */
static const double filled = 0.64, beside = 0.02;
/* Points: of a row, and of what stands round a panel. */
static const double row_height = 12, panel_height = 44, tallest = 648;

/* How verdicts look, in the order of gf_course_end. */
static const struct {
    gf_marker_kind kind;
    int hue; /* -1: as text */
} looks[] = {
    [GF_COURSE_UNDECIDED] = {GF_MARKER_UNKNOWN, -1},
    [GF_COURSE_CONVERGED] = {GF_MARKER_DISC, 1},
    [GF_COURSE_ORBIT] = {GF_MARKER_BULL, 4},
    [GF_COURSE_STALLED] = {GF_MARKER_SQUARE, 3},
    [GF_COURSE_DIVERGED] = {GF_MARKER_CROSS, 2},
    [GF_COURSE_BLIND] = {GF_MARKER_HALF, -1},
};

/* A panel being made: rows of the comparison from `first` on. */
typedef struct sheet {
    gf_compare_board *b;
    const gf_compare_figure *f;
    gf_board_panel *panel;
    const gf_compared *first;
    const gf_compared_seed *seed;
    size_t rows;
    gf_range window;
} sheet;

static size_t panels_of(const gf_comparison_setup *s)
{
    return (s->variants ? s->variants : 1) * s->data_count;
}

static size_t rows_of(const gf_comparison_setup *s)
{
    size_t rows = 0;

    for (size_t i = 0; i < s->count; i++) {
        gf_norm norm = s->critic[i].norm;
        bool has_mode = norm == GF_NORM_BN_PRE || norm == GF_NORM_BN_POST;
        rows += has_mode && s->bn_count > 0 ? s->bn_count : 1;
    }
    return rows;
}

gf_status gf_compare_board_check(const gf_comparison_setup *s, gf_error *error)
{
    if (panels_of(s) > GF_PAGE_PANELS)
        return gf_error_set(error, GF_ARGUMENT,
                            "%zu panels, one for each variant and data; a "
                            "figure has up to %d",
                            panels_of(s), GF_PAGE_PANELS);
    if (rows_of(s) > GF_COMPARE_ROWS)
        return gf_error_set(error, GF_ARGUMENT,
                            "%zu rows, one for each critic and mode; a figure "
                            "has up to %d",
                            rows_of(s), GF_COMPARE_ROWS);
    return GF_OK;
}

/* --- a panel ----------------------------------------------------------- */

/* One window for all, so that panels can be compared. */
static gf_range window_of(const gf_comparison *all)
{
    gf_range r = {INFINITY, 0, true, true};
    double start = 0;

    for (size_t i = 0; i < all->count; i++)
        start = fmax(start, all->row[i].first_gap);
    for (size_t i = 0; i < all->count * all->seeds; i++) {
        const gf_compared_seed *s = &all->seed[i];
        if (s->end == GF_COURSE_DIVERGED)
            continue;
        r.lo = fmin(r.lo, fmin(s->last_gap, s->least));
        r.hi = fmax(r.hi, fmax(s->last_gap, s->most));
    }
    r.hi = fmin(fmax(r.hi, start), farthest * start);
    r.lo = fmin(fmax(r.lo, nearest * start), 0.5 * start);
    double room = pow(r.hi / r.lo, 2 * beside);
    r.hi *= room;
    r.lo /= room;
    return r;
}

/* A gap's place: at the edge where it is beyond it. */
static double place(const sheet *s, double gap)
{
    double room = pow(s->window.hi / s->window.lo, beside);

    return fmin(fmax(gap, s->window.lo * room), s->window.hi / room);
}

static double height(const sheet *s, size_t row, size_t seed)
{
    double share = ((double)seed + 0.5) / (double)s->f->all->seeds - 0.5;

    return (double)(s->rows - 1 - row) - filled * share;
}

/* Lines between rows, and where all began. */
static void add_ground(sheet *s)
{
    size_t lines = s->rows - 1;
    double *x = gf_board_numbers(&s->b->board, 6 * lines), *y = x + 3 * lines;

    for (size_t i = 0; x && i < lines; i++) {
        x[3 * i] = s->window.lo;
        x[3 * i + 1] = s->window.hi;
        y[3 * i] = y[3 * i + 1] = (double)i + 0.5;
        x[3 * i + 2] = y[3 * i + 2] = NAN;
    }
    if (x && lines > 0)
        gf_board_mark(s->panel, GF_MARK_CURVE, x, y, 3 * lines)->stroke =
            gf_theme_hairline(s->f->theme);
    gf_mark *rule = gf_board_mark(s->panel, GF_MARK_RULE, &s->first->first_gap,
                                  &s->first->first_gap, 1);
    rule->stroke = gf_theme_null(s->f->theme, 1);
    rule->stroke.colour = s->f->theme->muted;
    rule->name = "at the start";
}

static void add_ranges(sheet *s)
{
    size_t seeds = s->f->all->seeds, count = s->rows * seeds;
    double *x = gf_board_numbers(&s->b->board, 6 * count), *y = x + 3 * count;

    if (!x)
        return;
    for (size_t i = 0; i < count; i++) {
        bool is_there = s->seed[i].least <= s->seed[i].most;
        x[3 * i] = is_there ? place(s, s->seed[i].least) : NAN;
        x[3 * i + 1] = is_there ? place(s, s->seed[i].most) : NAN;
        y[3 * i] = y[3 * i + 1] = height(s, i / seeds, i % seeds);
        x[3 * i + 2] = y[3 * i + 2] = NAN;
    }
    gf_mark *mark = gf_board_mark(s->panel, GF_MARK_CURVE, x, y, 3 * count);
    mark->stroke = gf_theme_frame(s->f->theme);
    mark->stroke.width = 0.8 * s->f->theme->scale;
    mark->stroke.colour = s->f->theme->muted;
    mark->name = "range, last two fifths";
}

static void add_seeds(sheet *s, gf_course_end end)
{
    size_t seeds = s->f->all->seeds, count = s->rows * seeds, n = 0;
    double *x = gf_board_numbers(&s->b->board, 2 * count), *y = x + count;
    const gf_theme *theme = s->f->theme;

    for (size_t i = 0; x && i < count; i++) {
        if (s->seed[i].end != end)
            continue;
        bool is_far =
            end == GF_COURSE_DIVERGED || !isfinite(s->seed[i].last_gap);
        x[n] = place(s, is_far ? INFINITY : s->seed[i].last_gap);
        y[n++] = height(s, i / seeds, i % seeds);
    }
    if (n == 0)
        return;
    gf_mark *mark = gf_board_mark(s->panel, GF_MARK_DOTS, x, y, n);
    mark->marker = gf_theme_marker(theme, looks[end].kind, (gf_vec2){0, 0});
    mark->marker.radius = 2.3 * theme->scale;
    mark->marker.line = 0.7 * theme->scale;
    mark->marker.halo = 0.4 * theme->scale;
    if (looks[end].hue >= 0)
        mark->marker.colour = theme->hue[looks[end].hue];
    mark->name = gf_course_end_name(end);
}

static void add_title(sheet *s)
{
    const gf_comparison_setup *setup = s->f->setup;
    const char *field = setup->field[s->first->variant]->name;
    const char *data = gf_play_data_name(setup->data[s->first->data]);
    char text[200];

    snprintf(text, sizeof text, "%s%s%s", field,
             setup->data_count > 1 ? ", " : "",
             setup->data_count > 1 ? data : "");
    s->panel->title = gf_board_text(&s->b->board, text);
}

static void add_panel(gf_compare_board *b, const gf_compare_figure *f, size_t k,
                      gf_range window)
{
    size_t rows = f->all->count / panels_of(f->setup);
    sheet s = {.b = b,
               .f = f,
               .panel = gf_board_add(&b->board, "gap at the end", ""),
               .first = &f->all->row[k * rows],
               .seed = f->all->seed + k * rows * f->all->seeds,
               .rows = rows,
               .window = window};

    if (!s.panel)
        return;
    add_title(&s);
    s.panel->log_x = true;
    s.panel->x = window;
    s.panel->y = (gf_range){-0.5, (double)rows - 0.5, true, true};
    s.panel->row = b->row;
    s.panel->rows = rows;
    add_ground(&s);
    add_ranges(&s);
    for (int end = GF_COURSE_BLIND; end >= 0; end--)
        add_seeds(&s, (gf_course_end)end);
}

/* --- all --------------------------------------------------------------- */

static void name_rows(gf_compare_board *b, const gf_compare_figure *f)
{
    size_t rows = f->all->count / panels_of(f->setup);

    for (size_t i = 0; i < rows; i++) {
        const gf_compared *row = &f->all->row[i];
        bool has_mode = row->has_mode && f->setup->bn_count > 1;
        char text[200];
        snprintf(text, sizeof text, "%s%s%s", f->name[row->critic],
                 has_mode ? ", " : "",
                 has_mode ? gf_bn_mode_name(f->setup->bn[row->mode]) : "");
        b->row[rows - 1 - i] = gf_board_text(&b->board, text);
    }
}

static void describe(gf_compare_board *b, const gf_compare_figure *f)
{
    const gf_comparison *all = f->all;
    gf_text *t = &b->description;

    gf_text_addf(t,
                 "Where the gap between generator and data ended at t = %.6g, "
                 "from %zu seeds each, a row for each critic.",
                 f->setup->play->course.until, all->seeds);
    for (size_t i = 0; i < all->count; i++) {
        const gf_compared *row = &all->row[i];
        gf_text_addf(t, " %s, %s, %s%s%s:", f->setup->field[row->variant]->name,
                     gf_play_data_name(f->setup->data[row->data]),
                     f->name[row->critic], row->has_mode ? ", " : "",
                     row->has_mode ? gf_bn_mode_name(f->setup->bn[row->mode])
                                   : "");
        for (int end = 0; end <= GF_COURSE_BLIND; end++)
            if (row->ends[end] > 0)
                gf_text_addf(t, " %zu %s,", row->ends[end],
                             gf_course_end_name((gf_course_end)end));
        gf_text_addf(t, " median gap %.3g.", row->last_gap);
    }
}

/* As high as the rows need, where nobody says. */
static void set_size(gf_board *board, const gf_compare_figure *f)
{
    size_t n = panels_of(f->setup);
    bool is_wide = board->size.width >= 300;

    board->abreast = f->setup->data_count > 1 ? f->setup->data_count
                     : n <= 3                 ? n
                                              : 2 + (n != 4);
    if (board->size.height > 0)
        return;
    size_t across = is_wide ? board->abreast : n > 3 ? 2 : 1;
    double down = (double)((n + across - 1) / across);
    board->size.height =
        fmin(tallest,
             panel_height + down * (panel_height +
                                    row_height * (double)rows_of(f->setup)));
}

gf_status gf_compare_board_make(gf_compare_board *b, const gf_compare_figure *f,
                                gf_error *error)
{
    gf_status status = gf_compare_board_check(f->setup, error);

    gf_board_init(&b->board, f->size, f->theme);
    gf_text_init(&b->description);
    if (status)
        return status;
    gf_range window = window_of(f->all);
    if (!(window.lo > 0 && window.lo < window.hi && isfinite(window.hi)))
        return gf_error_set(error, GF_ARGUMENT, "no gap is there to draw");
    name_rows(b, f);
    for (size_t k = 0; k < panels_of(f->setup); k++)
        add_panel(b, f, k, window);
    set_size(&b->board, f);
    describe(b, f);
    b->board.subject = "dynamics of generative adversarial networks";
    b->board.about = "Nets side by side";
    b->board.description = gf_text_string(&b->description);
    return b->description.failed || b->board.failed
               ? gf_error_set(error, GF_MEMORY, "out of memory")
               : GF_OK;
}

void gf_compare_board_clear(gf_compare_board *b)
{
    gf_board_clear(&b->board);
    gf_text_clear(&b->description);
}
