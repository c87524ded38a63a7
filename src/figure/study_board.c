/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/study_board.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* As a study counts its rank, and how far below that zeros are drawn. */
static const double nothing = 1e-10, below = 0.25;
/* Of more points the axes of numbers are logarithmic. */
enum { MANY = 64, FUNCTIONS = 4 };

/* Where the numbers of a board are: index, zeros' heights, the other's, signed
 * eigenfunctions, what is left of a target. */
typedef struct layout {
    double *index, *zero, *left, *mode;
} layout;

static bool allocate(layout *at, gf_study_board *b, size_t n)
{
    b->room = calloc((3 + FUNCTIONS) * n, sizeof *b->room);
    at->index = b->room;
    at->zero = at->index + n;
    at->left = at->zero + n;
    at->mode = at->left + n;
    for (size_t i = 0; b->room && i < n; i++)
        at->index[i] = (double)(i + 1);
    return b->room != NULL;
}

static const char *keep_name(gf_study_board *b, const char *text)
{
    char *name = b->name[b->names < GF_STUDY_NAMES - 1 ? b->names++ : b->names];

    snprintf(name, GF_STUDY_NAME, "%s", text);
    return name;
}

/* --- eigenvalues ------------------------------------------------------- */

static gf_mark *add_dots(gf_board_panel *panel, const gf_theme *theme,
                         const double *x, const double *y, size_t count,
                         gf_marker_kind kind)
{
    gf_mark *mark = gf_board_mark(panel, GF_MARK_DOTS, x, y, count);

    mark->marker = gf_theme_marker(theme, kind, (gf_vec2){0, 0});
    mark->marker.halo = 0;
    mark->marker.line = 0.5 * theme->scale;
    mark->marker.radius = 1.5 * theme->scale;
    return mark;
}

static void add_rule(gf_study_board *b, gf_board_panel *panel,
                     const gf_theme *theme, const double *x, size_t series,
                     const char *name)
{
    gf_mark *mark = gf_board_mark(panel, GF_MARK_RULE, x, x, 1);
    char text[GF_STUDY_NAME];

    mark->stroke = gf_theme_series(theme, series);
    mark->stroke.width = 0.8 * theme->scale;
    snprintf(text, sizeof text, "%s $%.3g$", name, *x);
    mark->name = keep_name(b, text);
}

/* Numbers from 1 to n, with room beside them. */
static void set_numbers(gf_board_panel *panel, size_t n)
{
    double last = (double)n;

    panel->log_x = n > MANY;
    if (panel->log_x)
        panel->x = (gf_range){0.8, 1.25 * last, true, true};
    else
        panel->x = (gf_range){1 - 0.04 * last, 1.04 * last, true, true};
}

static void add_other(gf_study_board *b, gf_board_panel *panel,
                      const layout *at, const gf_study_figure *f)
{
    gf_mark *mark = add_dots(panel, f->theme, at->index, f->other->eigenvalue,
                             f->other->rank, GF_MARKER_DIAMOND);
    char text[GF_STUDY_NAME] = "the other kernel";

    mark->marker.colour = f->theme->hue[5];
    if (isfinite(f->study->drift))
        snprintf(text, sizeof text, "the other kernel, drift $%.2g$",
                 f->study->drift);
    mark->name = keep_name(b, text);
}

static void add_zeros(gf_study_board *b, gf_board_panel *panel,
                      const layout *at, const gf_study_figure *f)
{
    const gf_kernel_study *s = f->study;
    size_t zeros = s->count - s->rank;
    char text[GF_STUDY_NAME];

    if (zeros == 0)
        return;
    for (size_t i = 0; i < zeros; i++)
        at->zero[i] = s->eigenvalue[0] * nothing * below;
    gf_mark *mark = add_dots(panel, f->theme, at->index + s->rank, at->zero,
                             zeros, GF_MARKER_RING);
    mark->marker.radius = 1.3 * f->theme->scale;
    mark->marker.colour = f->theme->muted;
    snprintf(text, sizeof text, "%zu zero", zeros);
    mark->name = keep_name(b, text);
}

static void add_values(gf_study_board *b, const layout *at,
                       const gf_study_figure *f)
{
    const gf_kernel_study *s = f->study;
    gf_board_panel *panel = gf_board_add(&b->board, "$k$", "$lambda_k$");

    if (!panel)
        return;
    panel->title = "eigenvalues";
    panel->log_y = true;
    set_numbers(panel, s->count);
    add_rule(b, panel, f->theme, &s->effective_rank, 1, "effective rank");
    add_rule(b, panel, f->theme, &s->participation, 2, "participation");
    if (f->other)
        add_other(b, panel, at, f);
    gf_mark *mark = add_dots(panel, f->theme, at->index, s->eigenvalue, s->rank,
                             GF_MARKER_DOT);
    mark->name = f->other ? "this kernel" : NULL;
    add_zeros(b, panel, at, f);
}

/* --- eigenfunctions ---------------------------------------------------- */

/* With the sign that makes the largest number positive. */
static void copy_mode(double *to, const double *from, size_t n)
{
    double most = 0;

    for (size_t i = 0; i < n; i++)
        if (fabs(from[i]) > fabs(most) * (1 + 1e-9))
            most = from[i];
    for (size_t i = 0; i < n; i++)
        to[i] = most < 0 ? -from[i] : from[i];
}

static void add_functions(gf_study_board *b, const layout *at,
                          const gf_study_figure *f)
{
    const gf_kernel_study *s = f->study;
    gf_board_panel *panel =
        gf_board_add(&b->board, f->x ? "$x$" : "point", "$phi_k$");
    size_t n = s->count;

    if (!panel)
        return;
    panel->title = "eigenfunctions";
    for (size_t k = 0; k < FUNCTIONS && k < s->rank; k++) {
        char text[GF_STUDY_NAME];
        copy_mode(at->mode + k * n, s->mode + k * n, n);
        gf_mark *mark = gf_board_mark(
            panel, GF_MARK_CURVE, f->x ? f->x : at->index, at->mode + k * n, n);
        mark->series = k;
        snprintf(text, sizeof text, "$phi_%zu$, $%.3g$ %%", k + 1,
                 100 * s->eigenvalue[k] / s->trace);
        mark->name = keep_name(b, text);
    }
}

/* What of a target the first modes leave. */
static void add_target(gf_study_board *b, const layout *at,
                       const gf_study_figure *f)
{
    const gf_kernel_study *s = f->study;
    gf_board_panel *panel = gf_board_add(&b->board, "modes", "part of $|y|^2$");

    if (!panel)
        return;
    for (size_t r = 0; r < s->rank; r++)
        at->left[r] = fmax(1 - s->retained[r], 1e-16);
    panel->title = "left of the target";
    panel->log_y = true;
    set_numbers(panel, s->count);
    gf_board_mark(panel, GF_MARK_CURVE, at->index, at->left, s->rank)->is_thin =
        true;
    add_dots(panel, f->theme, at->index, at->left, s->rank, GF_MARKER_DOT);
}

/* --- all --------------------------------------------------------------- */

static void describe(gf_study_board *b, const gf_study_figure *f)
{
    const gf_kernel_study *s = f->study;
    gf_text *t = &b->description;

    gf_text_addf(t,
                 "Eigenvalues of the kernel of %s at %zu points, from %.4g "
                 "down: effective rank %.4g, participation %.4g, %zu above "
                 "1e-10 of the largest and %zu zero.",
                 f->net, s->count, s->eigenvalue[0], s->effective_rank,
                 s->participation, s->rank, s->count - s->rank);
    if (f->other && isfinite(s->drift))
        gf_text_addf(t, " Drift from the other kernel %.4g.", s->drift);
    gf_text_addf(t, " Beside them the leading eigenfunctions, which have");
    for (size_t k = 0; k < FUNCTIONS && k < s->rank; k++)
        gf_text_addf(t, "%s %.3g %%", k ? "," : "",
                     100 * s->eigenvalue[k] / s->trace);
    gf_text_add(t, " of the trace.");
    if (s->retained)
        gf_text_add(t, " And what the first modes leave of a target.");
}

gf_status gf_study_board_make(gf_study_board *b, const gf_study_figure *f,
                              gf_error *error)
{
    layout at;

    *b = (gf_study_board){.room = NULL};
    gf_text_init(&b->description);
    if (!(f->study->eigenvalue[0] > 0))
        return gf_error_set(error, GF_ARGUMENT,
                            "the kernel has no positive eigenvalue to draw");
    if (!allocate(&at, b, f->study->count))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_board_init(&b->board, f->size, f->theme);
    b->board.has_keys = true;
    add_values(b, &at, f);
    add_functions(b, &at, f);
    if (f->study->retained)
        add_target(b, &at, f);
    describe(b, f);
    b->board.subject = "dynamics of generative adversarial networks";
    b->board.about = "Spectrum of the kernel of a net";
    b->board.description = gf_text_string(&b->description);
    return b->description.failed
               ? gf_error_set(error, GF_MEMORY, "out of memory")
               : GF_OK;
}

void gf_study_board_clear(gf_study_board *b)
{
    free(b->room);
    gf_board_clear(&b->board);
    gf_text_clear(&b->description);
    *b = (gf_study_board){.room = NULL};
}
