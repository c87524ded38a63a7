/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where everything on a page stands. The frames get what the text round them
 * leaves; the text depends on the ticks and these on the frames, so it is done
 * in rounds.
 */
#include "figure/furniture.h"

#include <math.h>

#include "figure/curve.h"

enum { ROUNDS = 6 };

/* The tallest page (a figure of IEEE: 9 in), the least frame, and how tall
 * pages and frames are for their width where nobody says. */
static const double TALLEST = 648, LEAST = 18, PAGE_ASPECT = 0.75,
                    LEAST_ASPECT = 0.6, FRAME_ASPECT = 0.9;

/* The space round the frames of one page, in points. */
struct plan {
    size_t columns, rows;
    double scale;                                       /* the theme's */
    double left[GF_PAGE_PANELS], right[GF_PAGE_PANELS]; /* of columns */
    double top[GF_PAGE_PANELS], bottom[GF_PAGE_PANELS]; /* of rows */
    double head, foot, side; /* above, below and right of all */
    double room;             /* for the lines of a legend above, ... */
    size_t lines;            /* ... and how many there are */

    /* Of the cells of frames. The share of a column is how much of the plane
     * it shows where all have one scale, and else the same for all. */
    double width[GF_PAGE_PANELS], height[GF_PAGE_PANELS];
    double across[GF_PAGE_PANELS], down[GF_PAGE_PANELS];
    double all_across, all_down;
};

static void set_columns(struct plan *plan, const gf_page *page)
{
    size_t n = page->panels;
    bool wide = page->width >= 300;

    plan->columns = page->columns;
    if (plan->columns == 0 && !wide)
        plan->columns = n < 2 ? n : 2;
    else if (plan->columns == 0)
        plan->columns = n <= 4 ? n : n % 3 == 0 && n % 4 != 0 ? 3 : 4;
    if (plan->columns > n)
        plan->columns = n;
    plan->rows = (n + plan->columns - 1) / plan->columns;
}

static void set_shares(struct plan *plan, const gf_page *page)
{
    for (size_t i = 0; i < page->panels; i++) {
        const gf_frame *f = &page->panel[i].frame;
        double *across = &plan->across[i % plan->columns];
        double *down = &plan->down[i / plan->columns];
        *across = fmax(*across, page->equal ? f->high.x - f->low.x : 1);
        *down = fmax(*down, page->equal ? f->high.y - f->low.y : 1);
    }
    for (size_t c = 0; c < plan->columns; c++)
        plan->all_across += plan->across[c];
    for (size_t r = 0; r < plan->rows; r++)
        plan->all_down += plan->down[r];
    for (size_t c = 0; c < plan->columns; c++)
        plan->width[c] = page->width * plan->across[c] / plan->all_across;
}

/* What the axes of panel i need round its frame. */
static void widen(struct plan *plan, const gf_page *page, size_t i)
{
    const gf_panel *panel = &page->panel[i];
    size_t c = i % plan->columns, r = i / plan->columns;
    double s = plan->scale, tick = GF_TICK_LENGTH * s;
    double left = tick, bottom = tick, over[2];

    if (panel->y.labelled)
        left += GF_NUMBER_GAP * s + gf_axis_room(page, &panel->y) +
                gf_axis_label_room(page, &panel->y, true);
    if (panel->x.labelled)
        bottom += GF_NUMBER_GAP * s + GF_DIGIT * page->small +
                  gf_axis_label_room(page, &panel->x, false);
    gf_axis_overhang(over, page, panel, plan->width[c]);
    double top = gf_panel_is_titled(page, panel)
                     ? GF_TITLE_GAP * s + 0.75 * page->large
                     : 0.5 * GF_DIGIT * page->small;
    plan->left[c] = fmax(plan->left[c], fmax(left, over[0]));
    plan->right[c] = fmax(plan->right[c], over[1]);
    plan->bottom[r] = fmax(plan->bottom[r], bottom);
    plan->top[r] = fmax(plan->top[r], top);
}

/* The bar and a legend beside the panels. */
static double side_of(const gf_page *page, double scale)
{
    double side = 0;

    if (page->scale.shown)
        side +=
            (GF_BAR_GAP + GF_BAR_WIDTH + GF_TICK_LENGTH + GF_NUMBER_GAP) *
                scale +
            gf_axis_widest(page, &page->bar_ticks) +
            (page->scale.name.runs > 0 ? GF_NAME_GAP * scale + page->large : 0);
    if (page->place == GF_PLACE_RIGHT && page->entries > 0)
        side += GF_BAR_GAP * scale + gf_page_legend_size(page).x;
    return side;
}

/* The widths of all columns: what the text leaves, by their shares. */
static void set_widths(struct plan *plan, const gf_page *page)
{
    double around = 2 * GF_PAD + side_of(page, plan->scale) +
                    (double)(plan->columns - 1) * GF_PANEL_GAP * plan->scale;

    plan->side = side_of(page, plan->scale);
    for (size_t c = 0; c < plan->columns; c++)
        around += plan->left[c] + plan->right[c];
    for (size_t c = 0; c < plan->columns; c++)
        plan->width[c] =
            (page->width - around) * plan->across[c] / plan->all_across;
}

static size_t legend_lines(const gf_page *page, double width)
{
    double left[GF_PAGE_ENTRIES];
    size_t line[GF_PAGE_ENTRIES];

    return gf_legend_flow(left, line, page, width);
}

/* Over the frames, or, where these are narrower than was planned for, from the
 * left end of their cells on. */
static void set_legend_above(const struct plan *plan, gf_page *page,
                             gf_box frames)
{
    page->legend.x0 = frames.x0;
    page->legend.x1 = frames.x1;
    if (page->entries == 0 ||
        legend_lines(page, frames.x1 - frames.x0) <= plan->lines)
        return;
    page->legend.x0 = GF_PAD + plan->left[0];
    page->legend.x1 = page->legend.x0 + plan->room;
}

/* The heights above and below the panels; the legend's lines are as long as
 * the panels and a bar beside them are wide. */
static double set_ends(struct plan *plan, const gf_page *page)
{
    double s = plan->scale, sum = 2 * GF_PAD;
    double line = GF_LINE * page->small;

    plan->head = page->title.runs > 0 ? GF_LINE * page->large + 2 * s : 0;
    if (page->place == GF_PLACE_ABOVE && page->entries > 0) {
        plan->room = page->width - 2 * GF_PAD - plan->left[0] -
                     (plan->side > 0 ? 0 : plan->right[plan->columns - 1]);
        plan->lines = legend_lines(page, plan->room);
        plan->head += (double)plan->lines * line + 4 * s;
    }
    plan->foot =
        (page->stamp.runs > 0 ? line + 1.5 * s : 0) + gf_caption_room(page);
    for (size_t r = 0; r < plan->rows; r++)
        sum += plan->top[r] + plan->bottom[r];
    return sum + plan->head + plan->foot +
           (double)(plan->rows - 1) * GF_PANEL_GAP * s;
}

/* The heights of all rows. */
static void set_heights(struct plan *plan, gf_page *page)
{
    double around = set_ends(plan, page), rows = (double)plan->rows;
    double width = plan->width[0];

    if (page->free_height) {
        double height = rows * FRAME_ASPECT * width;
        if (page->equal)
            height = plan->all_down * width / plan->across[0];
        else if (page->panels == 1)
            height =
                fmax(PAGE_ASPECT * page->width - around, LEAST_ASPECT * width);
        page->height = fmin(around + fmax(height, rows * LEAST), TALLEST);
    }
    for (size_t r = 0; r < plan->rows; r++)
        plan->height[r] =
            (page->height - around) * plan->down[r] / plan->all_down;
}

/* The size of panel i's frame in its cell. */
static gf_vec2 frame_size(const struct plan *plan, const gf_page *page,
                          size_t i)
{
    size_t c = i % plan->columns, r = i / plan->columns;
    const gf_frame *f = &page->panel[i].frame;

    if (!page->equal && !page->panel[i].equal)
        return (gf_vec2){plan->width[c], plan->height[r]};
    gf_vec2 size = gf_vec2_less(f->high, f->low);
    double across = page->equal ? plan->across[c] : size.x;
    double down = page->equal ? plan->down[r] : size.y;
    double scale = fmin(plan->width[c] / across, plan->height[r] / down);
    return (gf_vec2){scale * size.x, scale * size.y};
}

/* The frames of a row stand on one line, and they all in the middle of their
 * cells. */
static void set_row(const struct plan *plan, gf_page *page, size_t r, double y)
{
    double x = GF_PAD, tallest = 0;
    size_t first = r * plan->columns;

    for (size_t c = 0; c < plan->columns && first + c < page->panels; c++)
        tallest = fmax(tallest, frame_size(plan, page, first + c).y);
    double base = y + 0.5 * (plan->height[r] + tallest);
    for (size_t c = 0; c < plan->columns && first + c < page->panels; c++) {
        gf_vec2 size = frame_size(plan, page, first + c);
        x += plan->left[c];
        double x0 = x + 0.5 * (plan->width[c] - size.x);
        page->panel[first + c].frame.box =
            (gf_box){x0, base - size.y, x0 + size.x, base};
        x += plan->width[c] + plan->right[c] + GF_PANEL_GAP * plan->scale;
    }
}

static void set_boxes(const struct plan *plan, gf_page *page)
{
    double y = GF_PAD + plan->head;

    for (size_t r = 0; r < plan->rows; r++) {
        y += plan->top[r];
        set_row(plan, page, r, y);
        y += plan->height[r] + plan->bottom[r] + GF_PANEL_GAP * plan->scale;
    }
}

static gf_status find_ticks(gf_axis *axis, double low, double high,
                            const gf_ticks_room *room, gf_error *error)
{
    if (axis->words > 0)
        return GF_OK;
    if (axis->log)
        return gf_ticks_find_log(&axis->ticks, pow(10, low), pow(10, high),
                                 room, error);
    return gf_ticks_find(&axis->ticks, low, high, room, error);
}

static gf_status set_ticks(gf_page *page, gf_error *error)
{
    for (size_t i = 0; i < page->panels; i++) {
        gf_panel *panel = &page->panel[i];
        const gf_frame *f = &panel->frame;
        gf_ticks_room across = {f->box.x1 - f->box.x0, page->small, false,
                                page->typesetter};
        gf_ticks_room up = {f->box.y1 - f->box.y0, page->small, true,
                            page->typesetter};
        gf_status status =
            find_ticks(&panel->x, f->low.x, f->high.x, &across, error);
        if (!status)
            status = find_ticks(&panel->y, f->low.y, f->high.y, &up, error);
        if (status)
            return status;
        if (!gf_axis_set_label(&panel->x) || !gf_axis_set_label(&panel->y))
            return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    return GF_OK;
}

/* Where legend, bar, title and stamp stand, once the frames are known. */
static gf_status set_rest(const struct plan *plan, gf_page *page,
                          gf_error *error)
{
    gf_box all = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    double s = plan->scale;

    for (size_t i = 0; i < page->panels; i++)
        all = gf_box_union(all, page->panel[i].frame.box);
    gf_vec2 size = gf_page_legend_size(page);
    double x = all.x1 + plan->right[plan->columns - 1] + GF_BAR_GAP * s;
    double tip = page->scale.cut ? GF_BAR_TIP * s : 0;
    page->bar = (gf_box){x, all.y0 + tip, x + GF_BAR_WIDTH * s, all.y1 - tip};
    page->title_line = GF_PAD + 0.75 * page->large;
    double above =
        GF_PAD + (page->title.runs > 0 ? GF_LINE * page->large + 2 * s : 0);
    gf_vec2 at = {all.x0, above};
    if (page->place == GF_PLACE_RIGHT)
        at = (gf_vec2){page->width - GF_PAD - size.x, all.y0};
    else if (page->place == GF_PLACE_INSIDE)
        at = page->legend_at;
    page->legend = (gf_box){at.x, at.y, at.x + size.x, at.y + size.y};
    if (page->place == GF_PLACE_ABOVE)
        set_legend_above(plan, page, all);
    page->stamp_at =
        (gf_vec2){all.x0, page->height - GF_PAD - 0.25 * page->small};
    if (!page->scale.shown)
        return GF_OK;
    gf_ticks_room up = {page->bar.y1 - page->bar.y0, page->small, true,
                        page->typesetter};
    return page->scale.log
               ? gf_ticks_find_log(&page->bar_ticks, page->scale.low,
                                   page->scale.high, &up, error)
               : gf_ticks_find(&page->bar_ticks, page->scale.low,
                               page->scale.high, &up, error);
}

static bool is_cramped(const gf_page *page)
{
    for (size_t i = 0; i < page->panels; i++) {
        const gf_box *box = &page->panel[i].frame.box;
        if (box->x1 - box->x0 < LEAST || box->y1 - box->y0 < LEAST)
            return true;
    }
    return false;
}

static gf_status lay(struct plan *plan, gf_page *page, gf_error *error)
{
    for (size_t i = 0; i < page->panels; i++)
        widen(plan, page, i);
    set_widths(plan, page);
    set_heights(plan, page);
    set_boxes(plan, page);
    if (is_cramped(page))
        return gf_error_set(error, GF_ARGUMENT,
                            "a page of %g x %g points is too small for what "
                            "stands on it",
                            page->width, page->height);
    for (size_t i = 0; i < page->panels; i++)
        gf_panel_fit(page, &page->panel[i]);
    gf_status status = set_ticks(page, error);
    return status ? status : set_rest(plan, page, error);
}

static void forget_margins(struct plan *plan)
{
    for (size_t i = 0; i < GF_PAGE_PANELS; i++) {
        plan->left[i] = plan->right[i] = 0;
        plan->top[i] = plan->bottom[i] = 0;
    }
}

gf_status gf_page_lay(gf_page *page, gf_error *error)
{
    struct plan plan = {.scale = page->theme->scale};
    gf_status status = GF_OK;

    if (page->panels == 0)
        return gf_error_set(error, GF_ARGUMENT, "a page without a panel");
    gf_page_fit(page);
    if (!gf_caption_break(page))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    set_columns(&plan, page);
    gf_axis_share(page, plan.columns);
    set_shares(&plan, page);
    /* Margins may shrink in the first rounds only, so that the last settle. */
    for (int round = 0; round < ROUNDS && !status; round++) {
        if (round < 3)
            forget_margins(&plan);
        status = lay(&plan, page, error);
    }
    return status;
}
