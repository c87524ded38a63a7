/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Domains, the physical range, gauge, rest, speed. */
#include <math.h>

#include "field/build.h"

static const gf_range whole_line = {-INFINITY, INFINITY, false, false};

bool gf_range_has(gf_range range, double x)
{
    return (x > range.lo || (x == range.lo && range.lo_closed)) &&
           (x < range.hi || (x == range.hi && range.hi_closed));
}

/* Where the range behind a key of [domain] goes; NULL if nowhere. */
static gf_range *target(gf_builder *b, gf_passage key)
{
    gf_field *field = b->field;
    size_t axis = gf_axis_find(field, key);

    if (field->kind == GF_PLANAR)
        return axis < 2 ? &field->domain[axis] : NULL;
    if (gf_passage_is(key, "D"))
        return &field->d_domain;
    if (gf_passage_is(key, "p_g"))
        return &field->physical;
    if (gf_passage_is(key, "u") && b->draft->file_link.origin)
        return &field->domain[0];
    return NULL;
}

static gf_status unknown(const gf_builder *b, gf_passage key)
{
    if (b->field->kind == GF_POINTWISE && gf_passage_is(key, "u"))
        return gf_passage_fail(b->error, GF_NAME, key, 0,
                               "there is no u without a link; the coordinate "
                               "is D");
    return gf_axis_unknown(b, key, "domain");
}

static gf_status read_domain(gf_builder *b)
{
    const gf_entries *domain = &b->draft->domain;

    for (size_t i = 0; i < domain->count; i++) {
        gf_range *out = target(b, domain->item[i].key);
        if (!out)
            return unknown(b, domain->item[i].key);
        gf_status status = gf_build_range(out, b, domain->item[i].value);
        if (status)
            return status;
    }
    return GF_OK;
}

gf_status gf_build_ranges(gf_builder *b)
{
    gf_field *field = b->field;
    const gf_draft *draft = b->draft;
    gf_status status;

    field->domain[0] = field->domain[1] = field->d_domain = whole_line;
    field->physical = (gf_range){0, INFINITY, true, false};
    status = read_domain(b);
    if (!status && draft->d_range.origin)
        status = gf_build_range(&field->d_domain, b, draft->d_range);
    if (status || field->kind == GF_PLANAR)
        return status;
    field->has_physical =
        isfinite(field->physical.lo) || isfinite(field->physical.hi);
    if (!draft->link.origin)
        field->domain[0] = field->d_domain;
    else if (draft->link.origin != draft->file_link.origin)
        field->domain[0] = whole_line; /* the file's is of its own link */
    return GF_OK;
}

/* --- numbers ----------------------------------------------------------- */

static gf_status read_speed(gf_builder *b)
{
    gf_field *field = b->field;
    gf_passage p = b->draft->speed;
    gf_status status;

    for (size_t i = 0; i < 2; i++) {
        field->speed[i] = 1;
        field->speed_exact[i] = gf_expr_rational(field->graph, 1, 1);
    }
    if (!p.origin)
        return GF_OK;
    status =
        gf_build_two(field->speed_exact, field->speed, b, p, ',', GF_PLAIN);
    if (!status && !(field->speed[0] > 0 && field->speed[1] > 0))
        return gf_passage_fail(b->error, GF_DOMAIN, p, 0,
                               "both speeds must be > 0");
    return status;
}

static gf_status read_gauge(gf_builder *b)
{
    gf_field *field = b->field;
    gf_passage p = b->draft->gauge;
    double number;
    gf_status status;

    if (!p.origin)
        return GF_OK;
    status =
        gf_build_constant(&field->gauge, &number, b, p, GF_WITH_PARAMETERS);
    if (status)
        return status;
    field->has_gauge = true;
    if (!gf_range_has(field->d_domain, number))
        return gf_passage_fail(b->error, GF_DOMAIN, p, 0,
                               "the gauge is outside of the domain of D");
    return GF_OK;
}

static gf_status read_rest(gf_builder *b)
{
    gf_field *field = b->field;
    gf_passage p = b->draft->rest;
    double number[2];
    gf_status status;

    if (!p.origin)
        return GF_OK;
    status = gf_build_pair(field->rest, number, b, p);
    if (status)
        return status;
    field->has_rest = true;
    if (!gf_range_has(field->domain[0], number[0]) ||
        !gf_range_has(field->domain[1], number[1]))
        return gf_passage_fail(b->error, GF_DOMAIN, p, 0,
                               "the rest point is outside of the domain");
    return GF_OK;
}

gf_status gf_build_points(gf_builder *b)
{
    gf_status status = read_speed(b);

    if (!status)
        status = read_gauge(b);
    return status ? status : read_rest(b);
}
