/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of a panel: inside of its frame, where it covers nothing. */
#include <math.h>
#include <stdio.h>

#include "figure/board_draw.h"
#include "figure/curve.h"
#include "figure/furniture.h"

/* In points before the theme's scale: a sample of a line and of a marker, from
 * it to its text, from the frame, round the key. */
static const double of_line = 14, of_marker = 6, gap = 3.5, inset = 3, air = 2;
/* Between columns, and from which parts of a frame on there are two. */
static const double between = 8, tallest = 0.45, widest = 0.9;
/* Lines of a key in sizes of its type; curves are looked at so often. */
static const double leading = 1.25, dense = 1.5;

enum { PLACES = 9 };

/* --- its size ---------------------------------------------------------- */

static double sample_width(const gf_board *board, size_t i)
{
    const gf_board_panel *panel = &board->panel[i];
    double width = of_marker;

    for (size_t m = 0; m < panel->marks; m++)
        if (panel->mark[m].name && panel->mark[m].kind != GF_MARK_DOTS)
            width = of_line;
    return width * board->theme->scale;
}

/* The size of a name with its sample, the widest of all, and how many there
 * are. */
static gf_vec2 cell_size(size_t *count, const gf_page *page,
                         const gf_board *board, size_t i)
{
    const gf_board_panel *panel = &board->panel[i];
    double width = 0;

    *count = 0;
    for (size_t m = 0; m < panel->marks; m++) {
        gf_rich name;
        if (!panel->mark[m].name)
            continue;
        gf_rich_init(&name);
        gf_rich_markup(&name, panel->mark[m].name);
        width = fmax(
            width, gf_rich_measure(&name, page->small, page->typesetter).width);
        gf_rich_clear(&name);
        ++*count;
    }
    return (gf_vec2){width + sample_width(board, i) + gap * board->theme->scale,
                     leading * page->small};
}

/* Names stand in two columns where one would be too tall. */
static gf_vec2 key_size(size_t *columns, const gf_page *page,
                        const gf_board *board, size_t i)
{
    gf_box frame = page->panel[i].frame.box;
    double apart = between * board->theme->scale;
    size_t count;
    gf_vec2 cell = cell_size(&count, page, board, i);

    *columns = (double)count * cell.y > tallest * (frame.y1 - frame.y0) &&
                       2 * cell.x + apart < widest * (frame.x1 - frame.x0)
                   ? 2
                   : 1;
    if (count == 0)
        return (gf_vec2){0, 0};
    return (gf_vec2){(double)*columns * (cell.x + apart) - apart,
                     (double)((count + *columns - 1) / *columns) * cell.y};
}

/* --- its place --------------------------------------------------------- */

static size_t count_segment(gf_box box, gf_vec2 p, gf_vec2 q)
{
    size_t parts = (size_t)fmin(gf_vec2_far(p, q) / dense, 1e4) + 1, count = 0;

    for (size_t i = 0; i <= parts; i++)
        count += gf_box_has(box, gf_vec2_along(p, (double)i / (double)parts,
                                               gf_vec2_less(q, p)));
    return count;
}

/* How much of a mark a box would cover. */
static size_t cover(const gf_board *board, const gf_board_panel *panel,
                    const gf_mark *mark, const gf_frame *frame, gf_box box)
{
    double radius = gf_board_marker(board, mark, (gf_vec2){0, 0}).radius;
    gf_box grown = gf_box_grow(box, radius);
    gf_vec2 last = {NAN, NAN};
    size_t count = 0;

    for (size_t i = 0; i < mark->count; i++) {
        gf_vec2 p = gf_frame_page(frame, gf_board_point(panel, mark, i));
        if (mark->kind == GF_MARK_RULE) {
            count += p.x >= box.x0 && p.x <= box.x1;
        } else if (!gf_vec2_finite(p)) {
            last.x = NAN;
        } else if (mark->kind == GF_MARK_DOTS) {
            count += gf_box_has(grown, p);
        } else {
            count += gf_vec2_finite(last) ? count_segment(box, last, p)
                                          : gf_box_has(box, p);
            last = p;
        }
    }
    return count;
}

/* Corners first, then between them. */
static gf_box place(const gf_frame *frame, double scale, gf_vec2 size, int k)
{
    static const double at[PLACES][2] = {{1, 0},   {0, 0},   {1, 1},
                                         {0, 1},   {0.5, 0}, {1, 0.5},
                                         {0, 0.5}, {0.5, 1}, {0.5, 0.5}};
    gf_box box = gf_box_grow(frame->box, -inset * scale);
    double x = box.x0 + at[k][0] * (box.x1 - box.x0 - size.x);
    double y = box.y0 + at[k][1] * (box.y1 - box.y0 - size.y);

    return (gf_box){x, y, x + size.x, y + size.y};
}

/* A window so much higher that the key is above all. */
static void raise_window(gf_frame *frame, double room)
{
    double height = frame->box.y1 - frame->box.y0;

    if (room < 0.6 * height)
        frame->high.y +=
            (frame->high.y - frame->low.y) * room / (height - room);
}

static bool place_key(gf_board_keys *keys, gf_page *page, const gf_board *board,
                      size_t i)
{
    const gf_board_panel *panel = &board->panel[i];
    gf_frame *frame = &page->panel[i].frame;
    gf_vec2 size = key_size(&keys->columns[i], page, board, i);
    double s = board->theme->scale;
    size_t least = 0;

    keys->box[i] = (gf_box){1, 1, 0, 0};
    if (size.x == 0)
        return true;
    for (int k = 0; k < PLACES; k++) {
        gf_box box = place(frame, s, size, k);
        gf_box near = gf_box_grow(box, air * s);
        size_t count = 0;
        for (size_t m = 0; m < panel->marks; m++)
            count += cover(board, panel, &panel->mark[m], frame, near);
        if (k == 0 || count < least) {
            least = count;
            keys->box[i] = box;
        }
    }
    if (least == 0 || keys->is_raised[i] || panel->c)
        return true;
    keys->is_raised[i] = true;
    raise_window(frame, size.y + (inset + air) * s);
    return false;
}

bool gf_board_place_keys(gf_board_keys *keys, gf_page *page,
                         const gf_board *board)
{
    bool is_done = true;

    for (size_t i = 0; i < board->panels; i++)
        is_done = place_key(keys, page, board, i) && is_done;
    return is_done;
}

/* --- drawing ----------------------------------------------------------- */

static void draw_sample(gf_scene *scene, const gf_board *board,
                        const gf_mark *mark, gf_vec2 at, double width)
{
    gf_vec2 middle = {at.x + 0.5 * width, at.y};
    gf_stroke stroke = gf_board_stroke(board, mark);
    gf_marker marker = gf_board_marker(board, mark, middle);
    gf_path path;

    if (mark->kind == GF_MARK_DOTS) {
        gf_scene_marker(scene, &marker);
        return;
    }
    gf_path_init(&path);
    gf_path_move(&path, at);
    gf_path_line(&path, (gf_vec2){at.x + width, at.y});
    gf_scene_stroke(scene, &path, &stroke);
    gf_path_clear(&path);
}

static void draw_line(gf_scene *scene, const gf_page *page,
                      const gf_board *board, const gf_mark *mark, gf_vec2 at,
                      double width)
{
    double s = board->theme->scale;
    gf_label label = gf_theme_label(
        board->theme, (gf_vec2){at.x + width + gap * s, at.y}, page->small);
    gf_rich name;

    label.level = GF_LEVEL_MIDDLE;
    draw_sample(scene, board, mark, at, width);
    gf_rich_init(&name);
    gf_rich_markup(&name, mark->name);
    gf_scene_label(scene, &name, &label);
    gf_rich_clear(&name);
}

void gf_board_draw_key(gf_scene *scene, const gf_board_keys *keys,
                       const gf_page *page, const gf_board *board, size_t i)
{
    const gf_board_panel *panel = &board->panel[i];
    gf_fill ground = {.colour = board->theme->ground};
    double height = leading * page->small, width = sample_width(board, i);
    gf_box box = keys->box[i];
    double apart = between * board->theme->scale;
    double across = (box.x1 - box.x0 + apart) / (double)keys->columns[i];
    size_t count = 0;
    char id[32];
    gf_path path;

    if (!(box.x0 < box.x1))
        return;
    snprintf(id, sizeof id, "panel-%zu-key", i + 1);
    gf_scene_open(scene, id, "key", NULL);
    gf_path_init(&path);
    gf_path_box(&path, gf_box_grow(box, 0.5 * air * board->theme->scale));
    gf_scene_fill(scene, &path, &ground);
    gf_path_clear(&path);
    for (size_t m = 0; m < panel->marks; m++) {
        if (!panel->mark[m].name)
            continue;
        gf_vec2 at = {box.x0 + across * (double)(count % keys->columns[i]),
                      box.y0 +
                          height * ((double)(count / keys->columns[i]) + 0.5)};
        draw_line(scene, page, board, &panel->mark[m], at, width);
        count++;
    }
    gf_scene_shut(scene);
}
