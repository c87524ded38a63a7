/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/board.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure/board_draw.h"

/* The part of a frame that is left free above and below. */
#define MARGIN 0.04
/* Of logarithmic axes: what is smaller by this factor than the largest is not
 * looked at for the window. */
#define DEEPEST 1e-12

void gf_board_init(gf_board *board, const gf_size *size, const gf_theme *theme)
{
    memset(board, 0, sizeof *board);
    board->size = *size;
    board->theme = theme;
}

void gf_board_clear(gf_board *board)
{
    for (size_t i = 0; i < board->panels; i++)
        free(board->panel[i].mark);
    for (size_t i = 0; i < board->owned_count; i++)
        free(board->owned[i]);
    free(board->owned);
    memset(board, 0, sizeof *board);
}

/* Takes over what was allocated; NULL without memory. */
static void *own(gf_board *board, void *made)
{
    size_t count = board->owned_count + 1;
    void **moved = realloc(board->owned, count * sizeof *moved);

    if (moved)
        board->owned = moved;
    if (!made || !moved) {
        free(made);
        board->failed = true;
        return NULL;
    }
    board->owned[board->owned_count++] = made;
    return made;
}

double *gf_board_numbers(gf_board *board, size_t count)
{
    return own(board, calloc(count + 1, sizeof(double)));
}

const char *gf_board_text(gf_board *board, const char *text)
{
    return own(board, strdup(text));
}

gf_board_panel *gf_board_add(gf_board *board, const char *x_name,
                             const char *y_name)
{
    gf_board_panel *panel;

    if (board->panels == GF_PAGE_PANELS)
        return NULL;
    panel = &board->panel[board->panels];
    *panel = (gf_board_panel){.x_name = x_name, .y_name = y_name};
    /* the last one takes what is too many */
    panel->mark = calloc(GF_BOARD_MARKS + 1, sizeof *panel->mark);
    if (!panel->mark) {
        board->failed = true;
        return NULL;
    }
    board->panels++;
    return panel;
}

gf_mark *gf_board_mark(gf_board_panel *panel, gf_mark_kind kind,
                       const double *x, const double *y, size_t count)
{
    gf_mark *mark = &panel->mark[panel->marks];

    *mark = (gf_mark){.kind = kind, .x = x, .y = y, .count = count};
    panel->marks += panel->marks < GF_BOARD_MARKS;
    return mark;
}

/* --- windows ----------------------------------------------------------- */

double gf_board_shown(double value, bool is_log)
{
    if (!is_log)
        return value;
    return value > 0 ? log10(value) : NAN;
}

gf_vec2 gf_board_point(const gf_board_panel *panel, const gf_mark *mark,
                       size_t i)
{
    size_t at = i * (mark->stride ? mark->stride : 1);
    double y = mark->kind == GF_MARK_RULE ? NAN : mark->y[at];

    return (gf_vec2){gf_board_shown(mark->x[at], panel->log_x),
                     gf_board_shown(y, panel->log_y)};
}

static void widen(double window[2], double x)
{
    if (isfinite(x)) {
        window[0] = fmin(window[0], x);
        window[1] = fmax(window[1], x);
    }
}

static void see(double x[2], double y[2], const gf_board_panel *panel)
{
    x[0] = y[0] = INFINITY;
    x[1] = y[1] = -INFINITY;
    for (size_t m = 0; m < panel->marks; m++) {
        const gf_mark *mark = &panel->mark[m];
        for (size_t i = 0; i < mark->count; i++) {
            gf_vec2 p = gf_board_point(panel, mark, i);
            widen(x, p.x);
            widen(y, p.y);
            if (mark->kind == GF_MARK_BAND)
                widen(y, gf_board_shown(mark->to[i], panel->log_y));
        }
        if (mark->kind == GF_MARK_BARS)
            widen(x, gf_board_shown(mark->x[mark->count], panel->log_x));
    }
    if (panel->log_y)
        y[0] = fmax(y[0], y[1] + log10(DEEPEST));
}

void gf_board_scale(gf_board_panel *panel)
{
    double x[2], y[2];

    panel->log_y = true;
    see(x, y, panel);
    panel->log_y = y[1] - y[0] >= 1;
}

static gf_status frame_of(gf_vec2 *low, gf_vec2 *high,
                          const gf_board_panel *panel, gf_error *error)
{
    double x[2], y[2], room;

    see(x, y, panel);
    bool is_x_given = panel->x.lo < panel->x.hi;
    bool is_y_given = panel->y.lo < panel->y.hi;
    if (!(x[0] < x[1] || is_x_given) || !(y[0] <= y[1] || is_y_given))
        return gf_error_set(error, GF_ARGUMENT,
                            "there is nothing finite to draw over '%s'",
                            panel->x_name);
    if (panel->from_zero)
        y[0] = 0;
    room = y[1] - y[0];
    if (!(room > 1e-9 * (fabs(y[0]) + fabs(y[1]))))
        room = fmax(fabs(y[0]), 1);
    if (!panel->from_zero)
        y[0] -= MARGIN * room;
    y[1] += MARGIN * room;
    if (is_x_given) {
        x[0] = gf_board_shown(panel->x.lo, panel->log_x);
        x[1] = gf_board_shown(panel->x.hi, panel->log_x);
    }
    if (is_y_given) {
        y[0] = gf_board_shown(panel->y.lo, panel->log_y);
        y[1] = gf_board_shown(panel->y.hi, panel->log_y);
    }
    *low = (gf_vec2){x[0], y[0]};
    *high = (gf_vec2){x[1], y[1]};
    return GF_OK;
}

/* --- the page ---------------------------------------------------------- */

static bool is_named(const gf_board *board, size_t panel, size_t mark)
{
    const char *name = board->panel[panel].mark[mark].name;

    for (size_t p = 0; p <= panel; p++) {
        size_t end = p < panel ? board->panel[p].marks : mark;
        for (size_t m = 0; m < end; m++) {
            const char *other = board->panel[p].mark[m].name;
            if (other && strcmp(other, name) == 0)
                return true;
        }
    }
    return false;
}

static void add_entry(gf_page *page, const gf_board *board, const gf_mark *mark)
{
    static const gf_sample samples[] = {
        [GF_MARK_CURVE] = GF_SAMPLE_LINE, [GF_MARK_BAND] = GF_SAMPLE_AREA,
        [GF_MARK_BARS] = GF_SAMPLE_AREA,  [GF_MARK_DOTS] = GF_SAMPLE_MARKER,
        [GF_MARK_RULE] = GF_SAMPLE_LINE,  [GF_MARK_RUN] = GF_SAMPLE_START,
    };
    gf_entry *entry = gf_page_entry(page);

    if (!entry)
        return;
    entry->sample = samples[mark->kind];
    entry->stroke = gf_board_stroke(board, mark);
    entry->fill = gf_board_fill(board, mark);
    entry->marker = gf_board_marker(board, mark, (gf_vec2){0, 0});
    gf_rich_markup(&entry->text, mark->name);
}

static void add_legend(gf_page *page, const gf_board *board)
{
    for (size_t p = 0; p < board->panels; p++)
        for (size_t m = 0; m < board->panel[p].marks; m++) {
            const gf_mark *mark = &board->panel[p].mark[m];
            if (mark->name && !is_named(board, p, m))
                add_entry(page, board, mark);
        }
}

static gf_status lay(gf_page *page, const gf_board *board, gf_error *error)
{
    gf_status status = GF_OK;

    page->columns = board->columns;
    for (size_t p = 0; p < board->panels && !status; p++) {
        const gf_board_panel *panel = &board->panel[p];
        gf_panel *made = &page->panel[p];
        gf_vec2 low, high;
        status = frame_of(&low, &high, panel, error);
        if (!status)
            status = gf_page_add(page, low, high, error);
        if (status)
            return status;
        made->x.log = panel->log_x;
        made->y.log = panel->log_y;
        made->y.word = panel->row;
        made->y.words = panel->rows;
        gf_rich_markup(&made->x.name, panel->x_name);
        gf_rich_markup(&made->y.name, panel->y_name);
        if (panel->title)
            gf_rich_markup(&made->title, panel->title);
    }
    status = gf_board_add_legend(page, board, error);
    if (status)
        return status;
    if (!board->has_keys)
        add_legend(page, board);
    if (board->scale_name && board->low < board->high) {
        page->scale.shown = true;
        page->scale.low = board->low;
        page->scale.high = board->high;
        gf_rich_markup(&page->scale.name, board->scale_name);
    }
    if (board->title)
        gf_rich_markup(&page->title, board->title);
    if (board->note)
        gf_rich_markup(&page->note, board->note);
    return gf_page_lay(page, error);
}

static void say_about(gf_scene *scene, const gf_board *board)
{
    gf_scene_say(scene, &scene->about.title, board->about);
    gf_scene_say(scene, &scene->about.description,
                 board->description ? board->description : board->about);
    gf_scene_say(scene, &scene->about.subject, board->subject);
    gf_scene_say(scene, &scene->about.command, board->command);
    gf_scene_say(scene, &scene->about.settings, board->settings);
    gf_scene_say(scene, &scene->about.author, board->author);
    gf_scene_say(scene, &scene->about.version, "ganfield " GF_VERSION);
}

/* Keys may need room at the top of their panels. */
static gf_status lay_with_keys(gf_board_keys *keys, gf_page *page,
                               const gf_board *board, gf_error *error)
{
    gf_status status = lay(page, board, error);

    if (!status && board->has_keys && !gf_board_place_keys(keys, page, board)) {
        status = gf_page_lay(page, error);
        if (!status)
            gf_board_place_keys(keys, page, board);
    }
    return status;
}

static gf_status draw(gf_scene *scene, const gf_page *page,
                      const gf_board_keys *keys, const gf_board *board,
                      gf_error *error)
{
    gf_scene_init(scene, page->width, page->height);
    gf_page_start(scene, page);
    if (board->transparent)
        scene->background.a = 0;
    say_about(scene, board);
    for (size_t p = 0; p < board->panels; p++) {
        gf_status status = gf_board_draw_portrait(scene, page, board, p, error);
        if (status)
            return status;
        gf_board_draw(scene, page, board, p);
        if (board->has_keys)
            gf_board_draw_key(scene, keys, page, board, p);
    }
    gf_page_finish(scene, page);
    return gf_scene_check(scene, error);
}

gf_status gf_board_compose(gf_scene *scene, const gf_board *board,
                           const gf_typesetter *typesetter, gf_error *error)
{
    gf_page *page = malloc(sizeof *page);
    gf_board_keys keys = {.is_raised = {false}};
    gf_status status;

    gf_scene_init(scene, 1, 1);
    if (!page || board->failed) {
        free(page);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    gf_page_init(page, &board->size, board->theme, typesetter);
    status = lay_with_keys(&keys, page, board, error);
    if (!status)
        status = draw(scene, page, &keys, board, error);
    gf_page_clear(page);
    free(page);
    return status;
}
