/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much room the text of axes takes, and which axes have text. */
#include "figure/furniture.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POWER_OF_TEN                                                           \
    " (\xc3\x97"                                                               \
    "10"
#define MINUS "\xe2\x88\x92"
#define ELLIPSIS "\xe2\x80\xa6"

/* A name this narrow (in font sizes) is not turned. */
static const double SHORT = 1.6;

/* What "(a) " takes, and " (x10^-20)", in font sizes. */
static const double LETTER = 1.9, POWER = 3.5;

bool gf_axis_set_label(gf_axis *axis)
{
    char digits[16];
    int power = axis->ticks.power;

    gf_rich_clear(&axis->label);
    gf_rich_append(&axis->label, &axis->name);
    if (power != 0) {
        snprintf(digits, sizeof digits, "%s%d", power < 0 ? MINUS : "",
                 abs(power));
        gf_rich_add(&axis->label, GF_UPRIGHT, POWER_OF_TEN);
        gf_rich_add(&axis->label, GF_SUPERSCRIPT, digits);
        gf_rich_add(&axis->label, GF_UPRIGHT, ")");
    }
    return !axis->label.failed && !axis->label.text.failed;
}

bool gf_axis_is_short(const gf_page *page, const gf_axis *axis)
{
    return gf_rich_measure(&axis->label, page->large, page->typesetter).width <=
           SHORT * page->large;
}

double gf_axis_label_room(const gf_page *page, const gf_axis *axis,
                          bool vertical)
{
    if (axis->label.runs == 0)
        return 0;
    gf_extent e = gf_rich_measure(&axis->label, page->large, page->typesetter);
    bool beside = vertical && gf_axis_is_short(page, axis);
    return GF_NAME_GAP * page->theme->scale +
           (beside ? e.width : e.ascent + e.descent);
}

double gf_axis_widest(const gf_page *page, const gf_ticks *ticks)
{
    double widest = 0;

    for (size_t i = 0; i < ticks->count; i++)
        widest = fmax(widest,
                      gf_ticks_width(ticks, i, page->small, page->typesetter));
    return widest;
}

double gf_axis_room(const gf_page *page, const gf_axis *axis)
{
    double widest = gf_axis_widest(page, &axis->ticks);

    for (size_t i = 0; i < axis->words; i++)
        widest = fmax(widest, page->typesetter
                                  ->measure(page->typesetter, axis->word[i],
                                            strlen(axis->word[i]), GF_UPRIGHT,
                                            page->small)
                                  .width);
    return widest;
}

void gf_axis_overhang(double over[2], const gf_page *page,
                      const gf_panel *panel, double width)
{
    const gf_ticks *ticks = &panel->x.ticks;
    const gf_frame *f = &panel->frame;
    double unit = width / (f->high.x - f->low.x);

    over[0] = over[1] = 0;
    if (!panel->x.labelled || ticks->count == 0)
        return;
    size_t last = ticks->count - 1;
    over[0] = 0.5 * gf_ticks_width(ticks, 0, page->small, page->typesetter) -
              unit * (ticks->at[0] - f->low.x);
    over[1] = 0.5 * gf_ticks_width(ticks, last, page->small, page->typesetter) -
              unit * (f->high.x - ticks->at[last]);
}

bool gf_panel_is_titled(const gf_page *page, const gf_panel *panel)
{
    return page->panels > 1 || panel->title.runs > 0;
}

static bool is_alike(const gf_panel *a, const gf_panel *b, bool vertical)
{
    const gf_axis *p = vertical ? &a->y : &a->x, *q = vertical ? &b->y : &b->x;
    const gf_frame *f = &a->frame, *g = &b->frame;

    if (strcmp(gf_rich_plain(&p->name), gf_rich_plain(&q->name)) != 0 ||
        p->word != q->word)
        return false;
    return vertical ? f->low.y == g->low.y && f->high.y == g->high.y
                    : f->low.x == g->low.x && f->high.x == g->high.x;
}

void gf_axis_share(gf_page *page, size_t columns)
{
    size_t n = page->panels;

    for (size_t i = 0; i < n; i++) {
        bool row_alike = true, column_alike = true;
        for (size_t k = 0; k < n; k++) {
            const gf_panel *a = &page->panel[i], *b = &page->panel[k];
            if (k / columns == i / columns)
                row_alike = row_alike && is_alike(a, b, true);
            if (k % columns == i % columns)
                column_alike = column_alike && is_alike(a, b, false);
        }
        page->panel[i].y.labelled = !row_alike || i % columns == 0;
        page->panel[i].x.labelled = !column_alike || i + columns >= n;
    }
}

/* Drops the last character. */
static void shorten(gf_rich *rich)
{
    gf_run *run = &rich->run[rich->runs - 1];
    size_t size = 1;

    while (size < 4 && size < run->length &&
           gf_utf8_size(rich->text.data + run->start + run->length - size,
                        size) == 0)
        size++;
    run->length -= size;
    gf_text_cut(&rich->text, run->start + run->length);
    if (run->length == 0)
        rich->runs--;
}

void gf_rich_fit(gf_rich *rich, double size, double width,
                 const gf_typesetter *typesetter)
{
    double most =
        width -
        typesetter->measure(typesetter, ELLIPSIS, strlen(ELLIPSIS), 0, size)
            .width;

    if (rich->runs == 0 ||
        gf_rich_measure(rich, size, typesetter).width <= width)
        return;
    /* What surely does not fit goes in one piece: letters of a fifth of an em
     * are the narrowest. */
    while (rich->runs > 0 && (double)rich->text.length > 8 + 20 * width / size)
        shorten(rich);
    while (rich->runs > 0 &&
           gf_rich_measure(rich, size, typesetter).width > most)
        shorten(rich);
    gf_rich_add(rich, GF_UPRIGHT, ELLIPSIS);
}

void gf_page_fit(gf_page *page)
{
    const gf_typesetter *t = page->typesetter;
    double width = page->width - 2 * GF_PAD;

    for (size_t i = 0; i < page->entries; i++)
        gf_rich_fit(&page->entry[i].text, page->small, 0.7 * width, t);
    gf_rich_fit(&page->scale.name, page->large, 0.3 * width, t);
    gf_rich_fit(&page->title, page->large, 0.8 * width, t);
    gf_rich_fit(&page->stamp, page->small, 0.8 * width, t);
}

void gf_panel_fit(gf_page *page, gf_panel *panel)
{
    const gf_typesetter *t = page->typesetter;
    const gf_box *box = &panel->frame.box;
    double width = box->x1 - box->x0, height = box->y1 - box->y0;
    double letter = page->panels > 1 ? LETTER * page->large : 0;
    double power[2] = {panel->x.ticks.power ? POWER * page->large : 0,
                       panel->y.ticks.power ? POWER * page->large : 0};

    gf_rich_fit(&panel->x.name, page->large, fmax(width - power[0], 0), t);
    gf_rich_fit(&panel->y.name, page->large, fmax(height - power[1], 0), t);
    gf_rich_fit(&panel->title, page->large,
                fmax(width + GF_PANEL_GAP * page->theme->scale - letter, 0), t);
}
