/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Window and starts of a portrait.  Where an option gives a link to a field
 * that is written in D, they are taken from D to u.
 */
#include <float.h>
#include <math.h>

#include "field/build.h"

/* In which words a file's portrait is. */
typedef enum language {
    OWN,    /* the coordinates of the field */
    D_TO_U, /* D, and the coordinate is u */
    LOST    /* the u of a link that was replaced */
} language;

typedef struct portrait {
    gf_builder *b;
    language language;
    const char *name[2]; /* of the coordinates in the file */
    bool is_settled;     /* no setting moves the domain: all must be in it */
    bool is_as_written;  /* nor the rest point */
    bool has_window[2];
} portrait;

/* --- from D to u ------------------------------------------------------- */

/* The u with link(u) = d, the link being monotone; NaN where there is none. */
static double coordinate_of(const gf_field *field, double d)
{
    double lo = -1, hi = 1, m;
    bool above;

    while ((gf_field_d(field, lo) > d) == (gf_field_d(field, hi) > d)) {
        lo *= 2;
        hi *= 2;
        if (isinf(hi))
            return NAN;
    }
    above = gf_field_d(field, hi) > d;
    for (m = lo / 2 + hi / 2; m > lo && m < hi; m = lo / 2 + hi / 2) {
        if ((gf_field_d(field, m) > d) == above)
            hi = m;
        else
            lo = m;
    }
    return m;
}

static double translate(const portrait *p, size_t axis, double x)
{
    if (axis == 1 || p->language == OWN)
        return x;
    return p->language == LOST ? NAN : coordinate_of(p->b->field, x);
}

/* --- entries ----------------------------------------------------------- */

static gf_status read_window(portrait *p, size_t axis, const gf_entry *entry)
{
    gf_builder *b = p->b;
    gf_field *field = b->field;
    gf_range domain = field->domain[axis], *window = &field->window[axis];
    double end[2];
    gf_status status;

    if (p->has_window[axis])
        return gf_passage_fail(b->error, GF_SYNTAX, entry->key, 0,
                               "duplicate key '%s'", p->name[axis]);
    status = gf_build_two(NULL, end, b, entry->value, ':', GF_WITH_PARAMETERS);
    if (status)
        return status;
    if (!(end[0] < end[1]))
        return gf_passage_fail(b->error, GF_DOMAIN, entry->value, 0,
                               "the window's lower end is not below its "
                               "upper");
    if (isinf(end[1] - end[0]))
        return gf_passage_fail(b->error, GF_DOMAIN, entry->value, 0,
                               "the window is too wide");
    window->lo = translate(p, axis, end[0]);
    window->hi = translate(p, axis, end[1]);
    if (window->lo > window->hi)
        *window = (gf_range){window->hi, window->lo, true, true};
    window->lo_closed = window->hi_closed = true;
    p->has_window[axis] = window->lo < domain.hi && window->hi > domain.lo &&
                          window->lo < window->hi;
    if (!p->has_window[axis] && p->is_settled)
        return gf_passage_fail(b->error, GF_DOMAIN, entry->value, 0,
                               "the window is outside of the domain");
    return GF_OK;
}

static gf_status read_start(portrait *p, const gf_entry *entry)
{
    gf_builder *b = p->b;
    gf_field *field = b->field;
    double number[2];
    gf_status status = gf_build_pair(NULL, number, b, entry->value);

    if (status)
        return status;
    gf_vec2 start = {translate(p, 0, number[0]), number[1]};
    if (gf_range_has(field->domain[0], start.x) &&
        gf_range_has(field->domain[1], start.y)) {
        if (field->start_count == GF_FIELD_STARTS_MAX)
            return gf_passage_fail(b->error, GF_LIMIT, entry->key, 0,
                                   "more than %d starts", GF_FIELD_STARTS_MAX);
        field->start[field->start_count++] = start;
    } else if (p->is_settled) {
        return gf_passage_fail(b->error, GF_DOMAIN, entry->value, 0,
                               "the start is outside of the domain");
    }
    return GF_OK;
}

static gf_status read_entry(portrait *p, const gf_entry *entry)
{
    if (gf_passage_is(entry->key, "start"))
        return read_start(p, entry);
    for (size_t axis = 0; axis < 2; axis++)
        if (gf_passage_is(entry->key, p->name[axis]))
            return read_window(p, axis, entry);
    return gf_axis_unknown(p->b, entry->key, "portrait");
}

/* --- defaults ---------------------------------------------------------- */

/* A window of this half width round a middle, inside the domain. */
static gf_range window_round(gf_range domain, double middle, double half)
{
    gf_range window = {middle - half, middle + half, true, true};

    if (isfinite(domain.lo) && isfinite(domain.hi))
        return (gf_range){domain.lo, domain.hi, true, true};
    window.lo = fmax(fmax(window.lo, domain.lo), -DBL_MAX);
    window.hi = fmin(fmin(window.hi, domain.hi), DBL_MAX);
    return window;
}

static void choose_window(gf_field *field, size_t axis)
{
    gf_range domain = field->domain[axis];
    double middle = 0, density;

    if (field->kind == GF_POINTWISE && axis == 1) {
        density = 2 * field->parameter[field->p_d].number;
        density = fmin(fmax(1, density), 1e300);
        field->window[1] =
            (gf_range){-0.4 * density, 1.2 * density, true, true};
        return;
    }
    if (field->kind == GF_POINTWISE)
        middle = field->equilibrium.d0;
    else if (field->has_rest)
        middle = gf_expr_value(field->graph, field->rest[axis]);
    if (!gf_range_has(domain, middle))
        middle = isfinite(domain.lo) ? domain.lo + 1 : domain.hi - 1;
    field->window[axis] =
        window_round(domain, middle, fmax(2, fabs(middle) / 2));
}

/* Makes room for a point that a setting has moved out of a window. */
static void stretch(gf_range *window, gf_range domain, double x)
{
    double margin = (window->hi - window->lo) / 8;

    if (x < window->lo)
        window->lo = fmax(x - margin, domain.lo);
    if (x > window->hi)
        window->hi = fmin(x + margin, domain.hi);
}

static void choose_starts(gf_field *field)
{
    gf_range x = field->window[0], y = field->window[1];

    for (int i = 1; i < 4; i += 2) {
        gf_vec2 start = {x.lo + (x.hi - x.lo) * i / 4,
                         y.lo + (y.hi - y.lo) * 3 / 4};
        if (gf_range_has(field->domain[0], start.x) &&
            gf_range_has(field->domain[1], start.y))
            field->start[field->start_count++] = start;
    }
}

static void complete(const portrait *p)
{
    gf_field *field = p->b->field;

    for (size_t axis = 0; axis < 2; axis++)
        if (!p->has_window[axis])
            choose_window(field, axis);
    if (field->kind == GF_POINTWISE && !p->is_as_written) {
        stretch(&field->window[0], field->domain[0], field->equilibrium.d0);
        stretch(&field->window[1], field->domain[1],
                field->parameter[field->p_d].number);
    }
    for (size_t i = 0; i < field->start_count && p->language == D_TO_U; i++)
        stretch(&field->window[0], field->domain[0], field->start[i].x);
    if (field->start_count == 0)
        choose_starts(field);
}

gf_status gf_build_portrait(gf_builder *b)
{
    gf_field *field = b->field;
    const gf_draft *draft = b->draft;
    bool replaced = draft->link.origin != draft->file_link.origin;
    portrait p = {.b = b,
                  .name = {field->axis_name[0], field->axis_name[1]},
                  .is_settled = draft->set.count == 0 && !replaced};
    gf_status status = GF_OK;

    p.is_as_written =
        p.is_settled && !(draft->gauge.origin && draft->gauge.origin->option);
    if (replaced) {
        p.language = draft->file_link.origin ? LOST : D_TO_U;
        p.name[0] = draft->file_link.origin ? "u" : "D";
    }
    for (size_t i = 0; i < draft->portrait.count && !status; i++)
        status = read_entry(&p, &draft->portrait.item[i]);
    if (!status)
        complete(&p);
    return status;
}
