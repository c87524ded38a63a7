/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "field/kink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expr/node.h"
#include "expr/pieces.h"

/* A tape of more slots is not made: it is kept on the stack. */
enum { SLOTS = 4096, LINE_ROOTS = 6, INPUTS = 2 + GF_KINKS_MAX };

/* --- finding ----------------------------------------------------------- */

typedef struct finder {
    struct gf_kinks *kinks;
    bool too_many;
} finder;

static bool is_zero(gf_graph *graph, gf_expr e)
{
    return gf_expr_is_zero(graph, gf_expr_simplify(graph, e)) == GF_YES;
}

/* The side of the line where g = 0, as an expression; new lines are noted. */
static gf_expr side_of(finder *f, gf_graph *graph, gf_expr g, gf_expr plain)
{
    struct gf_kinks *kinks = f->kinks;
    char name[32];

    for (size_t k = 0; k < kinks->count; k++) {
        if (is_zero(graph, gf_expr_difference(graph, g, kinks->at[k])))
            return kinks->side[k];
        if (is_zero(graph, gf_expr_sum(graph, g, kinks->at[k])))
            return gf_expr_difference(graph, gf_expr_rational(graph, 1, 1),
                                      kinks->side[k]);
    }
    if (kinks->count == GF_KINKS_MAX) {
        f->too_many = true;
        return GF_EXPR_NONE;
    }
    /* with a blank, which no other name has */
    snprintf(name, sizeof name, "side %zu", kinks->count + 1);
    kinks->at[kinks->count] = g;
    kinks->plain[kinks->count] = plain;
    kinks->side[kinks->count] = gf_expr_symbol(graph, name);
    return kinks->side[kinks->count++];
}

/* A kinked node as its branch on the lower side, and by the side's symbol what
   the upper one adds. */
static gf_expr unfold(gf_graph *graph, gf_expr e, const void *ctx)
{
    finder *f = (finder *)(uintptr_t)ctx;
    gf_expr arg[2] = {GF_EXPR_NONE, GF_EXPR_NONE}, node, g, side, lower, upper;

    if (f->too_many || !gf_is_kinked(gf_op_of(graph, e)) ||
        !gf_is_symbolic(graph, e))
        return GF_EXPR_NONE;
    size_t count = gf_arg_count(graph, e);
    for (size_t i = 0; i < count; i++)
        arg[i] = gf_rewrite(graph, gf_arg(graph, e, i), unfold, ctx);
    if (graph->failure)
        return GF_EXPR_NONE;
    node = gf_rebuild(graph, gf_op_of(graph, e), arg, count);
    g = gf_expr_simplify(graph, gf_kink_switch(graph, node));
    if (graph->failure || !gf_is_symbolic(graph, g))
        return GF_EXPR_NONE;
    side =
        side_of(f, graph, g, gf_expr_simplify(graph, gf_kink_switch(graph, e)));
    if (side == GF_EXPR_NONE)
        return GF_EXPR_NONE;
    lower = gf_kink_branch(graph, node, -1);
    upper = gf_expr_difference(graph, gf_kink_branch(graph, node, 1), lower);
    return gf_expr_sum(graph, lower, gf_expr_product(graph, side, upper));
}

/* --- names ------------------------------------------------------------- */

/* The c of a line x = c; GF_EXPR_NONE for another line. */
static gf_expr place_on(gf_graph *graph, gf_expr g, gf_expr x, gf_expr y)
{
    gf_expr slope = gf_expr_derive(graph, g, x), zero, at_zero;

    if (graph->failure || gf_is_symbolic(graph, slope) ||
        gf_expr_depends(graph, g, y) || gf_expr_value(graph, slope) == 0)
        return GF_EXPR_NONE;
    zero = gf_expr_rational(graph, 0, 1);
    at_zero = gf_expr_substitute(graph, g, x, zero);
    return gf_expr_simplify(
        graph,
        gf_expr_negative(graph, gf_expr_quotient(graph, at_zero, slope)));
}

static char *text_of(const gf_field *field, gf_expr g)
{
    gf_graph *graph = field->graph;
    gf_expr place = GF_EXPR_NONE;
    const char *left = NULL;
    char *right, *text;

    for (size_t i = 0; i < 2 && !place; i++) {
        place = place_on(graph, g, field->axis[i], field->axis[1 - i]);
        left = field->axis_name[i];
    }
    right = gf_expr_text(graph, place ? place : g);
    if (!right)
        return NULL;
    size_t size = strlen(right) + sizeof field->axis_name[0] + 8;
    text = malloc(size);
    if (text && place)
        snprintf(text, size, "%s = %s", left, right);
    else if (text)
        snprintf(text, size, "%s = 0", right);
    free(right);
    return text;
}

/* --- making ------------------------------------------------------------ */

static gf_status make_tape(gf_tape **out, const gf_field *field,
                           const struct gf_kinks *kinks, const gf_expr *root,
                           size_t count, gf_error *error)
{
    gf_expr input[INPUTS] = {field->axis[0], field->axis[1]};

    for (size_t k = 0; k < kinks->count; k++)
        input[2 + k] = kinks->side[k];
    return gf_tape_new(out, field->graph, root, count, input, 2 + kinks->count,
                       error);
}

static gf_status make_velocity(struct gf_kinks *kinks, const gf_field *field,
                               const gf_expr velocity[2], gf_error *error)
{
    gf_expr root[6];
    gf_status status;

    for (size_t i = 0; i < 2; i++) {
        root[i] = gf_expr_simplify(field->graph, velocity[i]);
        for (size_t j = 0; j < 2; j++)
            root[2 + 2 * i + j] =
                gf_expr_derive(field->graph, root[i], field->axis[j]);
    }
    status = make_tape(&kinks->velocity, field, kinks, root, 2, error);
    if (!status)
        status = make_tape(&kinks->slopes, field, kinks, root, 6, error);
    return status;
}

static gf_status make_lines(struct gf_kinks *kinks, const gf_field *field,
                            gf_error *error)
{
    gf_graph *graph = field->graph;
    gf_expr root[LINE_ROOTS * GF_KINKS_MAX];

    for (size_t k = 0; k < kinks->count; k++) {
        gf_expr *r = &root[LINE_ROOTS * k];
        r[0] = kinks->at[k];
        for (size_t i = 0; i < 2; i++)
            r[1 + i] = gf_expr_derive(graph, r[0], field->axis[i]);
        r[3] = gf_expr_derive(graph, r[1], field->axis[0]);
        r[4] = gf_expr_derive(graph, r[1], field->axis[1]);
        r[5] = gf_expr_derive(graph, r[2], field->axis[1]);
        for (size_t i = 0; i < k; i++)
            kinks->is_nested = kinks->is_nested ||
                               gf_expr_depends(graph, r[0], kinks->side[i]);
        kinks->text[k] = text_of(field, kinks->plain[k]);
        if (!kinks->text[k])
            return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    return make_tape(&kinks->lines, field, kinks, root,
                     LINE_ROOTS * kinks->count, error);
}

static bool is_small(const struct gf_kinks *kinks)
{
    return gf_tape_slots(kinks->velocity) <= SLOTS &&
           gf_tape_slots(kinks->slopes) <= SLOTS &&
           gf_tape_slots(kinks->lines) <= SLOTS;
}

gf_status gf_kinks_new(struct gf_kinks **out, gf_field *field,
                       const gf_expr velocity[2], gf_error *error)
{
    gf_graph *graph = field->graph;
    gf_expr piece[2] = {GF_EXPR_NONE, GF_EXPR_NONE};
    struct gf_kinks *kinks;

    *out = NULL;
    if (!gf_expr_has_op(graph, velocity[0], gf_is_kinked) &&
        !gf_expr_has_op(graph, velocity[1], gf_is_kinked))
        return GF_OK;
    kinks = calloc(1, sizeof *kinks);
    if (!kinks)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    finder f = {.kinks = kinks};
    for (size_t i = 0; i < 2; i++)
        piece[i] = gf_rewrite(graph, velocity[i], unfold, &f);
    gf_status status = gf_graph_check(graph, error);
    if (status || f.too_many || kinks->count == 0) {
        gf_kinks_free(kinks);
        return status;
    }
    status = make_velocity(kinks, field, piece, error);
    if (!status)
        status = make_lines(kinks, field, error);
    if (status || !is_small(kinks)) {
        gf_kinks_free(kinks);
        return status;
    }
    *out = kinks;
    return GF_OK;
}

void gf_kinks_free(struct gf_kinks *kinks)
{
    if (!kinks)
        return;
    for (size_t k = 0; k < kinks->count; k++)
        free(kinks->text[k]);
    gf_tape_free(kinks->velocity);
    gf_tape_free(kinks->slopes);
    gf_tape_free(kinks->lines);
    free(kinks);
}

/* --- reading ----------------------------------------------------------- */

static void run(double *out, const gf_tape *tape, const struct gf_kinks *kinks,
                gf_vec2 at, const double *side)
{
    double in[INPUTS] = {at.x, at.y}, work[SLOTS];

    for (size_t k = 0; k < kinks->count; k++)
        in[2 + k] = side[k];
    gf_tape_at(out, tape, in, work);
}

gf_vec2 gf_kinks_velocity(const struct gf_kinks *kinks, gf_vec2 at,
                          const double *side)
{
    double out[2];

    run(out, kinks->velocity, kinks, at, side);
    return (gf_vec2){out[0], out[1]};
}

gf_mat2 gf_kinks_jacobian(const struct gf_kinks *kinks, gf_vec2 at,
                          const double *side)
{
    double out[6];

    run(out, kinks->slopes, kinks, at, side);
    return (gf_mat2){out[2], out[3], out[4], out[5]};
}

void gf_kinks_lines(gf_slopes *out, const struct gf_kinks *kinks, gf_vec2 at,
                    const double *side)
{
    double r[LINE_ROOTS * GF_KINKS_MAX];

    run(r, kinks->lines, kinks, at, side);
    for (size_t k = 0; k < kinks->count; k++) {
        const double *g = &r[LINE_ROOTS * k];
        out[k] = (gf_slopes){g[0], {g[1], g[2]}, g[3], g[4], g[5]};
    }
}

bool gf_field_has_kinks(const gf_field *field)
{
    bool any = false;

    for (size_t i = 0; i < 4; i++)
        any = any || gf_expr_has_kinks(field->graph, field->velocity[i / 2],
                                       field->axis[i % 2]);
    return any;
}

size_t gf_field_line_count(const gf_field *field)
{
    return field->kinks ? field->kinks->count : 0;
}

const char *gf_field_line(const gf_field *field, size_t k)
{
    return field->kinks->text[k];
}
