/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"

#include "harness.h"

#include <stdlib.h>

void sheet_init(sheet *s)
{
    static const char *const names[] = {"x", "y", "z"};

    s->graph = gf_graph_new();
    ck_assert_ptr_nonnull(s->graph);
    gf_scope_init(&s->scope, s->graph);
    for (size_t i = 0; i < SHEET_SYMBOLS; i++) {
        s->symbol[i] = gf_expr_symbol(s->graph, names[i]);
        ck_assert_int_eq(gf_scope_add(&s->scope, names[i], s->symbol[i], NULL),
                         GF_OK);
    }
    s->x = s->symbol[0];
    s->y = s->symbol[1];
    s->z = s->symbol[2];
    s->text = NULL;
}

void sheet_clear(sheet *s)
{
    free(s->text);
    gf_scope_clear(&s->scope);
    gf_graph_free(s->graph);
}

gf_expr sheet_read(sheet *s, const char *text)
{
    gf_expr e = GF_EXPR_NONE;
    gf_error error;

    if (gf_expr_parse(&e, &s->scope, text, &error))
        ck_abort_msg("'%s': %s", text, error.message);
    return e;
}

gf_expr sheet_simple(sheet *s, const char *text)
{
    gf_expr e = gf_expr_simplify(s->graph, sheet_read(s, text));

    if (!e)
        ck_abort_msg("'%s' is not simplified", text);
    return e;
}

void sheet_let(sheet *s, const char *text)
{
    gf_error error;

    if (gf_scope_let(&s->scope, text, &error))
        ck_abort_msg("let %s: %s", text, error.message);
}

const char *sheet_text(sheet *s, gf_expr e)
{
    free(s->text);
    s->text = gf_expr_text(s->graph, e);
    return s->text ? s->text : "(no text)";
}

const char *sheet_latex(sheet *s, gf_expr e)
{
    free(s->text);
    s->text = gf_expr_latex(s->graph, e);
    return s->text ? s->text : "(no text)";
}

static gf_tape *tape_of(const sheet *s, gf_expr e)
{
    gf_tape *tape = NULL;
    gf_error error;

    if (gf_tape_new(&tape, s->graph, &e, 1, s->symbol, SHEET_SYMBOLS, &error))
        ck_abort_msg("%s", error.message);
    return tape;
}

double sheet_at(const sheet *s, gf_expr e, const double at[SHEET_SYMBOLS])
{
    gf_tape *tape = tape_of(s, e);
    double out, *work = calloc(gf_tape_slots(tape), sizeof *work);

    ck_assert_ptr_nonnull(work);
    gf_tape_at(&out, tape, at, work);
    free(work);
    gf_tape_free(tape);
    return out;
}

void sheet_ball(arb_t out, const sheet *s, gf_expr e,
                const double at[SHEET_SYMBOLS])
{
    gf_tape *tape = tape_of(s, e);
    arb_struct in[SHEET_SYMBOLS];

    for (size_t i = 0; i < SHEET_SYMBOLS; i++) {
        arb_init(in + i);
        arb_set_d(in + i, at[i]);
    }
    ck_assert_int_eq(gf_tape_ball(out, tape, in, SHEET_PRECISION), GF_OK);
    for (size_t i = 0; i < SHEET_SYMBOLS; i++)
        arb_clear(in + i);
    gf_tape_free(tape);
}

gf_interval sheet_interval(const sheet *s, gf_expr e,
                           const gf_interval in[SHEET_SYMBOLS])
{
    gf_tape *tape = tape_of(s, e);
    gf_interval out, *work = calloc(gf_tape_slots(tape), sizeof *work);

    ck_assert_ptr_nonnull(work);
    gf_tape_interval(&out, tape, in, work);
    free(work);
    gf_tape_free(tape);
    return out;
}
