/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/modes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "expr/pieces.h"

/* --- surfaces ---------------------------------------------------------- */

/* Is k on the list, up to its sign?  count if not. */
static size_t find_surface(const gf_mode_set *m, gf_expr k)
{
    gf_graph *graph = m->field->graph;
    gf_expr negative = gf_expr_simplify(graph, gf_expr_negative(graph, k));
    size_t i = 0;

    while (i < m->count && m->surface[i].k != k && m->surface[i].k != negative)
        i++;
    return i;
}

static gf_status add_surface(gf_mode_set *m, gf_expr k, bool is_wall,
                             gf_error *error)
{
    if (!is_wall && find_surface(m, k) < m->count)
        return GF_OK;
    if (m->count == GF_SURFACES_MAX)
        return gf_error_set(error, GF_LIMIT, "the field has more than %d kinks",
                            GF_SURFACES_MAX);
    m->surface[m->count++] = (gf_surface){k, is_wall};
    return GF_OK;
}

static bool moves(const gf_mode_set *m, gf_expr e)
{
    const gf_field *field = m->field;

    return gf_expr_depends(field->graph, e, field->axis[0]) ||
           gf_expr_depends(field->graph, e, field->axis[1]);
}

static gf_expr switch_of(const gf_mode_set *m, gf_expr node)
{
    gf_graph *graph = m->field->graph;

    return gf_expr_simplify(graph, gf_kink_switch(graph, node));
}

static gf_status find_kinks(gf_mode_set *m, gf_error *error)
{
    gf_graph *graph = m->field->graph;
    gf_expr last =
        m->velocity[0] > m->velocity[1] ? m->velocity[0] : m->velocity[1];
    gf_status status = GF_OK;

    for (gf_expr node = 1; node <= last && !status; node++) {
        if (!gf_is_kinked(gf_op_of(graph, node)) || !moves(m, node) ||
            !(gf_expr_depends(graph, m->velocity[0], node) ||
              gf_expr_depends(graph, m->velocity[1], node)))
            continue;
        gf_expr k = switch_of(m, node);
        if (gf_expr_has_op(graph, k, gf_is_kinked))
            return gf_error_set(error, GF_LIMIT,
                                "one kink of the field lies inside another");
        status = add_surface(m, k, false, error);
    }
    return status;
}

/* The coordinate stays on one side of a bound. */
static gf_status add_wall(gf_mode_set *m, size_t axis, double bound, int side,
                          gf_error *error)
{
    const gf_field *field = m->field;
    gf_graph *graph = field->graph;
    gf_expr at = gf_expr_number(graph, bound), k;

    k = side > 0 ? gf_expr_difference(graph, field->axis[axis], at)
                 : gf_expr_difference(graph, at, field->axis[axis]);
    if (side > 0)
        m->range[axis].lo = -INFINITY;
    else
        m->range[axis].hi = INFINITY;
    return add_surface(m, gf_expr_simplify(graph, k), true, error);
}

static gf_status add_walls(gf_mode_set *m, const gf_walls *walls,
                           gf_error *error)
{
    const gf_field *field = m->field;
    size_t critic = field->kind == GF_POINTWISE ? 0 : field->critic;
    gf_status status = GF_OK;

    if (walls->clip > 0) {
        status = add_wall(m, critic, -walls->clip, 1, error);
        if (!status)
            status = add_wall(m, critic, walls->clip, -1, error);
    }
    if (walls->project && !field->has_physical)
        return gf_error_set(error, GF_ARGUMENT,
                            "the field has no physical range to keep");
    if (walls->project && isfinite(field->physical.lo) && !status)
        status = add_wall(m, 1, field->physical.lo, 1, error);
    if (walls->project && isfinite(field->physical.hi) && !status)
        status = add_wall(m, 1, field->physical.hi, -1, error);
    return status;
}

gf_status gf_mode_set_init(gf_mode_set *m, const gf_field *field,
                           const gf_walls *walls, gf_error *error)
{
    gf_status status;

    *m = (gf_mode_set){.field = field,
                       .range = {field->domain[0], field->domain[1]}};
    m->mode = calloc(GF_MODES_MAX, sizeof *m->mode);
    if (!m->mode)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < 2; i++)
        m->velocity[i] = gf_field_bind(field, field->velocity[i]);
    status = find_kinks(m, error);
    if (!status && walls)
        status = add_walls(m, walls, error);
    return status ? status : gf_graph_check(field->graph, error);
}

void gf_mode_set_clear(gf_mode_set *m)
{
    for (size_t i = 0; i < m->mode_count; i++)
        gf_tape_free(m->mode[i].own);
    free(m->mode);
    free(m->work);
    *m = (gf_mode_set){.field = m->field};
}

/* --- modes ------------------------------------------------------------- */

typedef struct side {
    const gf_mode_set *modes;
    const int *sign;
} side;

/* The branch that holds at this side of the node's kink. */
static gf_expr branch(gf_graph *graph, gf_expr node, const void *ctx)
{
    const side *s = ctx;

    if (!gf_is_kinked(gf_op_of(graph, node)) || !moves(s->modes, node))
        return GF_EXPR_NONE;
    gf_expr k = switch_of(s->modes, node);
    size_t i = find_surface(s->modes, k);
    if (i == s->modes->count)
        return GF_EXPR_NONE;
    int sign = s->modes->surface[i].k == k ? s->sign[i] : -s->sign[i];
    return gf_expr_simplify(graph, gf_kink_branch(graph, node, sign));
}

/* The velocity at a side of every surface. */
static void smooth_velocity(gf_expr v[2], const gf_mode_set *m, const int *sign)
{
    gf_graph *graph = m->field->graph;
    side s = {m, sign};

    for (size_t i = 0; i < 2; i++)
        v[i] = gf_expr_simplify(graph,
                                gf_rewrite(graph, m->velocity[i], branch, &s));
}

/* grad k . v */
static gf_expr rate(const gf_mode_set *m, gf_expr k, const gf_expr v[2])
{
    gf_graph *graph = m->field->graph;
    gf_expr e = gf_expr_rational(graph, 0, 1);

    for (size_t i = 0; i < 2; i++)
        e = gf_expr_sum(
            graph, e,
            gf_expr_product(graph, gf_expr_derive(graph, k, m->field->axis[i]),
                            v[i]));
    return gf_expr_simplify(graph, e);
}

/* Sliding on a kink; gives a+ and a- too. */
static void slide_kink(gf_expr v[2], gf_expr guard[2], const gf_mode_set *m,
                       const int *sign, size_t surface)
{
    gf_graph *graph = m->field->graph;
    int at[GF_SURFACES_MAX];
    gf_expr above[2], below[2], share;

    memcpy(at, sign, sizeof at);
    at[surface] = 1;
    smooth_velocity(above, m, at);
    at[surface] = -1;
    smooth_velocity(below, m, at);
    guard[0] = rate(m, m->surface[surface].k, above);
    guard[1] = rate(m, m->surface[surface].k, below);
    share = gf_expr_quotient(graph, guard[1],
                             gf_expr_difference(graph, guard[1], guard[0]));
    for (size_t i = 0; i < 2; i++)
        v[i] = gf_expr_simplify(
            graph,
            gf_expr_sum(graph, below[i],
                        gf_expr_product(
                            graph, share,
                            gf_expr_difference(graph, above[i], below[i]))));
}

/* Sliding on a wall: across a coordinate axis, so one velocity is 0. */
static void slide_wall(gf_expr v[2], gf_expr *guard, const gf_mode_set *m,
                       const int *sign, size_t surface)
{
    gf_graph *graph = m->field->graph;
    gf_expr k = m->surface[surface].k;

    smooth_velocity(v, m, sign);
    *guard = rate(m, k, v);
    for (size_t i = 0; i < 2; i++)
        if (gf_expr_depends(graph, k, m->field->axis[i]))
            v[i] = gf_expr_rational(graph, 0, 1);
}

static gf_status compile(gf_switched_mode *mode, gf_mode_set *m,
                         const gf_expr v[2], const gf_expr *guard,
                         gf_error *error)
{
    const gf_field *field = m->field;
    gf_expr root[6 + 3 * GF_GUARDS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < 2; i++)
        root[count++] = v[i];
    for (size_t i = 0; i < 4; i++)
        root[count++] =
            gf_expr_derive(field->graph, v[i / 2], field->axis[i % 2]);
    for (size_t i = 0; i < mode->guards; i++) {
        root[count++] = guard[i];
        for (size_t k = 0; k < 2; k++)
            root[count++] =
                gf_expr_derive(field->graph, guard[i], field->axis[k]);
    }
    gf_status status = gf_graph_check(field->graph, error);
    if (!status)
        status = gf_tape_new(&mode->own, field->graph, root, count, field->axis,
                             2, error);
    mode->tape = mode->own;
    return status;
}

static gf_status make_room(gf_mode_set *m, const gf_switched_mode *mode,
                           gf_error *error)
{
    size_t slots = gf_tape_slots(mode->tape);

    if (slots <= m->work_size)
        return GF_OK;
    double *work = realloc(m->work, slots * sizeof *work);
    if (!work)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    m->work = work;
    m->work_size = slots;
    return GF_OK;
}

static gf_status make(gf_switched_mode *mode, gf_mode_set *m, gf_error *error)
{
    gf_expr v[2], guard[GF_GUARDS_MAX];
    size_t guards = 0;

    if (m->count == 0) {
        mode->tape = m->field->tape;
        return GF_OK;
    }
    for (size_t i = 0; i < m->count; i++)
        if ((int)i != mode->slide)
            guard[guards++] = m->surface[i].k;
    if (mode->slide == GF_NO_SURFACE) {
        smooth_velocity(v, m, mode->sign);
    } else if (m->surface[mode->slide].is_wall) {
        slide_wall(v, &guard[guards], m, mode->sign, (size_t)mode->slide);
        guards += 1;
    } else {
        slide_kink(v, &guard[guards], m, mode->sign, (size_t)mode->slide);
        guards += 2;
    }
    mode->guards = guards;
    return compile(mode, m, v, guard, error);
}

gf_status gf_mode_set_get(const gf_switched_mode **out, gf_mode_set *m,
                          const int *sign, int slide, gf_error *error)
{
    gf_switched_mode wanted = {.slide = slide};

    for (size_t i = 0; i < m->count; i++)
        wanted.sign[i] = (int)i == slide ? 0 : sign[i];
    for (size_t i = 0; i < m->mode_count; i++)
        if (m->mode[i].slide == slide &&
            memcmp(m->mode[i].sign, wanted.sign, sizeof wanted.sign) == 0) {
            *out = &m->mode[i];
            return GF_OK;
        }
    if (m->mode_count == GF_MODES_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "the run meets too many pieces of the field");
    gf_status status = make(&wanted, m, error);
    if (!status)
        status = make_room(m, &wanted, error);
    if (status) {
        gf_tape_free(wanted.own);
        return status;
    }
    m->mode[m->mode_count] = wanted;
    *out = &m->mode[m->mode_count++];
    return GF_OK;
}

bool gf_mode_at(gf_mode_view *out, const gf_mode_set *m,
                const gf_switched_mode *mode, gf_vec2 at)
{
    double in[2] = {at.x, at.y}, y[6 + 3 * GF_GUARDS_MAX];
    bool is_finite = true;

    if (!gf_range_has(m->range[0], at.x) || !gf_range_has(m->range[1], at.y))
        return false;
    gf_tape_at(y, mode->tape, in, m->work);
    for (size_t i = 0; i < 6 + 3 * mode->guards; i++)
        is_finite = is_finite && isfinite(y[i]);
    out->v = (gf_vec2){y[0], y[1]};
    out->slope = (gf_mat2){y[2], y[3], y[4], y[5]};
    for (size_t i = 0; i < mode->guards; i++) {
        const double *g = y + 6 + 3 * i;
        out->guard[i] = (gf_guard){g[0], {g[1], g[2]}};
    }
    return is_finite;
}
