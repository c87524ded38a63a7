/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines "let NAME(x) = EXPR", then an expression in x and y.  What is read is
 * printed and read back to the same node, simplified, differentiated, compiled;
 * raw and simplified agree in balls at some points, intervals enclose them, and
 * a block has the bits of its points.
 */
#include "fuzz/fuzz.h"

#include <ganfield/expr.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "expr/node.h"
#include "expr/tape.h"

enum { TEXT_MAX = 3000, SLOTS_MAX = 2000, POINTS = 5, BITS = 100, ROOTS = 3 };

static const double points[POINTS][2] = {
    {0.3, -1.7}, {-0.6, 0.25}, {1.5, 2}, {0, 1}, {-3, -0.5}};

static void demand(bool promise)
{
    if (!promise)
        abort();
}

static void check_error(const gf_error *error, gf_status status, size_t size)
{
    demand(error->status == status && error->message[0]);
    demand(error->column <= size + 1 && error->line <= size + 1);
    demand(error->caret <= strlen(error->text));
}

/* A printed text is read back to the same node, unless a limit is met. */
static void check_text(const gf_scope *scope, gf_expr e)
{
    char *text = gf_expr_text(scope->graph, e);
    gf_expr back;
    gf_error error;

    free(gf_expr_latex(scope->graph, e));
    if (text && strlen(text) <= TEXT_MAX) {
        gf_status status = gf_expr_parse(&back, scope, text, &error);
        demand(status == GF_LIMIT || (status == GF_OK && back == e));
    }
    free(text);
}

/* --- readings of a tape ------------------------------------------------ */

static bool is_outside(const arb_t value, gf_interval box)
{
    bool outside = false;
    arb_t end;

    arb_init(end);
    if (isfinite(box.lo)) {
        arb_set_d(end, box.lo);
        outside = box.lo_open ? arb_le(value, end) : arb_lt(value, end);
    }
    if (isfinite(box.hi) && !outside) {
        arb_set_d(end, box.hi);
        outside = box.hi_open ? arb_ge(value, end) : arb_gt(value, end);
    }
    arb_clear(end);
    return outside || box.lo == INFINITY || box.hi == -INFINITY;
}

/* Balls at a point: raw and simplified overlap, intervals round the point and
   of a wide box contain them. */
static void check_point(const gf_tape *tape, const double *at)
{
    gf_interval work[SLOTS_MAX], wide[ROOTS], narrow[ROOTS];
    const gf_interval plane[2] = {
        {-4, 3, true, false, true},
        {at[1], INFINITY, false, true, true},
    };
    const gf_interval point[2] = {gf_interval_point(at[0]),
                                  gf_interval_point(at[1])};
    arb_struct in[2], out[ROOTS];

    for (int i = 0; i < 2; i++) {
        arb_init(in + i);
        arb_set_d(in + i, at[i]);
    }
    for (int i = 0; i < ROOTS; i++)
        arb_init(out + i);
    gf_tape_interval(wide, tape, plane, work);
    gf_tape_interval(narrow, tape, point, work);
    demand(gf_tape_ball(out, tape, in, BITS) == GF_OK);
    for (int i = 0; i < ROOTS; i++) {
        if (!arb_is_finite(out + i))
            continue;
        demand(!is_outside(out + i, wide[i]));
        demand(!is_outside(out + i, narrow[i]));
    }
    if (arb_is_finite(out) && arb_is_finite(out + 1))
        demand(arb_overlaps(out, out + 1));
    for (int i = 0; i < 2; i++)
        arb_clear(in + i);
    for (int i = 0; i < ROOTS; i++)
        arb_clear(out + i);
}

static void check_block(const gf_tape *tape)
{
    static double work[SLOTS_MAX * POINTS];
    double in[2 * POINTS], out[ROOTS * POINTS], one[ROOTS];

    for (int k = 0; k < POINTS; k++)
        for (int i = 0; i < 2; i++)
            in[i * POINTS + k] = points[k][i];
    gf_tape_block(out, tape, in, POINTS, work);
    for (int k = 0; k < POINTS; k++) {
        gf_tape_at(one, tape, points[k], work);
        for (int i = 0; i < ROOTS; i++)
            demand(memcmp(&one[i], &out[i * POINTS + k], sizeof *one) == 0 ||
                   (isnan(one[i]) && isnan(out[i * POINTS + k])));
    }
}

static void check_readings(const gf_graph *graph, const gf_expr *roots,
                           const gf_expr *inputs)
{
    gf_tape *tape;
    gf_error error;

    demand(gf_tape_new(&tape, graph, roots, ROOTS, inputs, 2, &error) == GF_OK);
    if (gf_tape_slots(tape) <= SLOTS_MAX) {
        check_block(tape);
        for (int k = 0; k < POINTS; k++)
            check_point(tape, points[k]);
    }
    gf_tape_free(tape);
}

/* --- texts ------------------------------------------------------------- */

static void check_expression(const gf_scope *scope, gf_expr e,
                             const gf_expr *inputs)
{
    gf_graph *graph = scope->graph;
    gf_expr roots[ROOTS] = {e, gf_expr_simplify(graph, e)};

    demand((roots[1] == GF_EXPR_NONE) ==
           (gf_graph_check(graph, NULL) != GF_OK));
    check_text(scope, e);
    if (!roots[1])
        return;
    demand(gf_expr_simplify(graph, roots[1]) == roots[1] ||
           gf_graph_check(graph, NULL) != GF_OK);
    check_text(scope, roots[1]);
    roots[2] = gf_expr_derive(graph, e, inputs[0]);
    if (roots[2])
        check_text(scope, roots[2]);
    if (gf_graph_check(graph, NULL) == GF_OK)
        check_readings(graph, roots, inputs);
}

/* Takes the definitions off the front of a text; NULL if one was refused. */
static const char *take_definitions(gf_scope *scope, char *text)
{
    gf_error error;

    while (strncmp(text, "let ", 4) == 0) {
        char *end = strchr(text, '\n');
        gf_status status;
        if (!end)
            return NULL;
        *end = '\0';
        status = gf_scope_let(scope, text + 4, &error);
        if (status) {
            check_error(&error, status, strlen(text));
            return NULL;
        }
        text = end + 1;
    }
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gf_graph *graph;
    gf_scope scope;
    gf_expr inputs[2], e = GF_EXPR_NONE;
    gf_error error;
    const char *text;
    char *copy;

    if (size > TEXT_MAX)
        return 0;
    copy = malloc(size + 1);
    graph = gf_graph_new();
    demand(copy && graph);
    if (size)
        memcpy(copy, data, size);
    copy[size] = '\0';
    gf_scope_init(&scope, graph);
    inputs[0] = gf_expr_symbol(graph, "x");
    inputs[1] = gf_expr_symbol(graph, "y");
    demand(gf_scope_add(&scope, "x", inputs[0], NULL) == GF_OK &&
           gf_scope_add(&scope, "y", inputs[1], NULL) == GF_OK);
    text = take_definitions(&scope, copy);
    if (text) {
        gf_status status = gf_expr_parse(&e, &scope, text, &error);
        demand((status == GF_OK) == (e != GF_EXPR_NONE));
        if (status)
            check_error(&error, status, strlen(text));
        else
            check_expression(&scope, e, inputs);
    }
    gf_scope_clear(&scope);
    gf_graph_free(graph);
    free(copy);
    return 0;
}
