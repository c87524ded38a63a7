/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The marks of a board. Chains of points are thinned out before they are drawn,
 * no point further than THIN from the line that stays [douglas1973].
 */
#include "figure/board_draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "figure/curve.h"

static const double thin = 0.08; /* points */
enum { BAND_OPACITY = 56, BARS_OPACITY = 70, DEPTH = 64 };

/* --- how they look ----------------------------------------------------- */

gf_stroke gf_board_stroke(const gf_board *board, const gf_mark *mark)
{
    gf_stroke stroke = gf_theme_series(board->theme, mark->series);

    if (mark->stroke.width > 0)
        return mark->stroke;
    if (mark->by_number) {
        double part = (mark->number - board->low) / (board->high - board->low);
        stroke = gf_theme_series(board->theme, 0);
        stroke.colour = gf_theme_ramp(board->theme, fmin(fmax(part, 0), 1));
    }
    if (mark->kind == GF_MARK_BARS || mark->is_thin)
        stroke.width *= 0.5;
    if (mark->kind == GF_MARK_BARS)
        stroke.dash[0] = stroke.dash[1] = 0;
    return stroke;
}

gf_fill gf_board_fill(const gf_board *board, const gf_mark *mark)
{
    gf_fill fill = {.colour = gf_board_stroke(board, mark).colour};

    fill.colour.a = mark->kind == GF_MARK_BAND ? BAND_OPACITY : BARS_OPACITY;
    return fill;
}

gf_marker gf_board_marker(const gf_board *board, const gf_mark *mark,
                          gf_vec2 at)
{
    gf_marker marker = gf_theme_marker(board->theme, GF_MARKER_DOT, at);

    if (mark->marker.radius > 0) {
        marker = mark->marker;
        marker.at = at;
        return marker;
    }
    marker.colour = gf_board_stroke(board, mark).colour;
    return marker;
}

/* --- chains ------------------------------------------------------------ */

typedef struct painter {
    gf_scene *scene;
    const gf_board *board;
    const gf_board_panel *panel;
    const gf_frame *frame;
    gf_curve chain;
    bool *kept;
} painter;

static gf_vec2 hold(const painter *p, gf_vec2 at)
{
    /* what is far outside has its place there, without huge numbers */
    if (isfinite(at.y)) {
        double room = p->frame->high.y - p->frame->low.y;
        at.y = fmin(fmax(at.y, p->frame->low.y - 10 * room),
                    p->frame->high.y + 10 * room);
    }
    return gf_frame_page(p->frame, at);
}

static gf_vec2 place(const painter *p, double x, double y)
{
    return hold(p, (gf_vec2){gf_board_shown(x, p->panel->log_x),
                             gf_board_shown(y, p->panel->log_y)});
}

/* The i-th point of a mark on the page. */
static gf_vec2 place_point(const painter *p, const gf_mark *mark, size_t i)
{
    return hold(p, gf_board_point(p->panel, mark, i));
}

/* Marks what must stay of the chain between two kept points. */
static void keep_far(painter *p, size_t from, size_t to, int depth)
{
    double most = thin;
    size_t far = from;

    for (size_t i = from + 1; i < to; i++) {
        double d =
            gf_segment_far(p->chain.at[i], p->chain.at[from], p->chain.at[to]);
        if (d > most) {
            most = d;
            far = i;
        }
    }
    if (far == from)
        return;
    p->kept[far] = true;
    if (depth == DEPTH) {
        for (size_t i = from; i < to; i++)
            p->kept[i] = true;
        return;
    }
    keep_far(p, from, far, depth + 1);
    keep_far(p, far, to, depth + 1);
}

/* Adds the chain to a path and empties it. */
static void end_chain(painter *p, gf_path *path, bool goes_on)
{
    gf_curve *chain = &p->chain;
    bool is_begun = goes_on;

    p->kept = calloc(chain->count + 1, sizeof *p->kept);
    if (!p->kept || chain->failed)
        p->scene->failed = true;
    else if (chain->count > 0) {
        p->kept[0] = p->kept[chain->count - 1] = true;
        keep_far(p, 0, chain->count - 1, 0);
        for (size_t i = 0; i < chain->count; i++) {
            if (!p->kept[i])
                continue;
            if (is_begun)
                gf_path_line(path, chain->at[i]);
            else
                gf_path_move(path, chain->at[i]);
            is_begun = true;
        }
    }
    free(p->kept);
    chain->count = 0;
}

/* --- marks ------------------------------------------------------------- */

static void draw_curve(painter *p, const gf_mark *mark)
{
    gf_stroke stroke = gf_board_stroke(p->board, mark);
    gf_path path;

    gf_path_init(&path);
    for (size_t i = 0; i < mark->count; i++) {
        gf_vec2 at = place_point(p, mark, i);
        if (gf_vec2_finite(at))
            gf_curve_add(&p->chain, at);
        else
            end_chain(p, &path, false);
    }
    end_chain(p, &path, false);
    gf_scene_stroke(p->scene, &path, &stroke);
    gf_path_clear(&path);
}

/* Closes the band from first up to end. */
static void end_band(painter *p, gf_path *path, const gf_mark *mark,
                     size_t first, size_t end)
{
    if (end < first + 2)
        return;
    for (size_t i = first; i < end; i++)
        gf_curve_add(&p->chain, place(p, mark->x[i], mark->y[i]));
    end_chain(p, path, false);
    for (size_t i = end; i-- > first;)
        gf_curve_add(&p->chain, place(p, mark->x[i], mark->to[i]));
    end_chain(p, path, true);
    gf_path_close(path);
}

static void draw_band(painter *p, const gf_mark *mark)
{
    gf_fill fill = gf_board_fill(p->board, mark);
    size_t first = 0;
    gf_path path;

    gf_path_init(&path);
    for (size_t i = 0; i < mark->count; i++)
        if (!gf_vec2_finite(place(p, mark->x[i], mark->y[i])) ||
            !gf_vec2_finite(place(p, mark->x[i], mark->to[i]))) {
            end_band(p, &path, mark, first, i);
            first = i + 1;
        }
    end_band(p, &path, mark, first, mark->count);
    gf_scene_fill(p->scene, &path, &fill);
    gf_path_clear(&path);
}

/* The outline of a histogram, down to zero at both ends. */
static void draw_bars(painter *p, const gf_mark *mark)
{
    gf_stroke stroke = gf_board_stroke(p->board, mark);
    gf_fill fill = gf_board_fill(p->board, mark);
    gf_path path;

    gf_path_init(&path);
    gf_path_move(&path, place(p, mark->x[0], 0));
    for (size_t i = 0; i < mark->count; i++) {
        bool is_new = i == 0 || mark->y[i] != mark->y[i - 1];
        if (is_new)
            gf_path_line(&path, place(p, mark->x[i], mark->y[i]));
        if (i + 1 == mark->count || mark->y[i] != mark->y[i + 1])
            gf_path_line(&path, place(p, mark->x[i + 1], mark->y[i]));
    }
    gf_path_line(&path, place(p, mark->x[mark->count], 0));
    gf_path_close(&path);
    if (gf_path_is_finite(&path)) {
        gf_scene_fill(p->scene, &path, &fill);
        gf_scene_stroke(p->scene, &path, &stroke);
    }
    gf_path_clear(&path);
}

static void draw_dots(painter *p, const gf_mark *mark)
{
    for (size_t i = 0; i < mark->count; i++) {
        gf_vec2 at = place_point(p, mark, i);
        gf_marker marker = gf_board_marker(p->board, mark, at);
        if (gf_vec2_finite(at))
            gf_scene_marker(p->scene, &marker);
    }
}

static void draw_rule(painter *p, const gf_mark *mark)
{
    gf_stroke stroke = gf_board_stroke(p->board, mark);
    double x = gf_frame_page(p->frame, gf_board_point(p->panel, mark, 0)).x;
    gf_path path;

    gf_path_init(&path);
    if (isfinite(x)) {
        gf_path_move(&path, (gf_vec2){x, p->frame->box.y1});
        gf_path_line(&path, (gf_vec2){x, p->frame->box.y0});
    }
    gf_scene_stroke(p->scene, &path, &stroke);
    gf_path_clear(&path);
}

static void draw_run(painter *p, const gf_mark *mark)
{
    gf_board_draw_run(p->scene, p->frame, p->board, p->panel, mark);
}

static void draw_mark(painter *p, const gf_mark *mark)
{
    static void (*const draw[])(painter *, const gf_mark *) = {
        [GF_MARK_CURVE] = draw_curve, [GF_MARK_BAND] = draw_band,
        [GF_MARK_BARS] = draw_bars,   [GF_MARK_DOTS] = draw_dots,
        [GF_MARK_RULE] = draw_rule,   [GF_MARK_RUN] = draw_run,
    };

    if (mark->count > 0)
        draw[mark->kind](p, mark);
}

/* Named without its markup. */
static void open_group(gf_scene *scene, const char *id, const char *class,
                       const gf_mark *mark)
{
    gf_rich name;

    gf_rich_init(&name);
    gf_rich_markup(&name, mark->name ? mark->name : "");
    gf_scene_open(scene, id, class, mark->name ? gf_rich_plain(&name) : NULL);
    gf_rich_clear(&name);
}

void gf_board_draw(gf_scene *scene, const gf_page *page, const gf_board *board,
                   size_t panel)
{
    static const char *const class[] = {"curve", "band", "bars",
                                        "dots",  "rule", "run"};
    painter p = {.scene = scene,
                 .board = board,
                 .panel = &board->panel[panel],
                 .frame = &page->panel[panel].frame};

    gf_curve_init(&p.chain);
    for (size_t m = 0; m < p.panel->marks; m++) {
        const gf_mark *mark = &p.panel->mark[m];
        char id[48];
        snprintf(id, sizeof id, "panel-%zu-mark-%zu", panel + 1, m + 1);
        open_group(scene, id, class[mark->kind], mark);
        gf_scene_clip(scene, p.frame->box);
        draw_mark(&p, mark);
        gf_scene_shut(scene);
    }
    gf_curve_clear(&p.chain);
}
