/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/pieces.h"

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <stdio.h>

static void cut(gf_pieces *pieces, sheet *s, gf_expr e, double lo, double hi)
{
    const gf_expr all[GF_PIECE_EXPRS] = {e, e, e};
    gf_budget budget = gf_budget_make(0);

    gf_pieces_init(pieces);
    ck_assert_int_eq(
        gf_pieces_make(pieces, s->graph, all, s->x, lo, hi, &budget, NULL),
        GF_OK);
}

START_TEST(test_pieces_of_known_functions)
{
    static const struct {
        const char *text;
        size_t count;
        const char *piece[4];
        const char *kink[3];
    } rows[] = {
        {"x^2", 1, {"x^2"}, {NULL}},
        {"abs(x)", 2, {"-x", "x"}, {"0"}},
        {"max(x, 1)", 2, {"1", "x"}, {"1"}},
        {"min(0, x - 1)", 2, {"x - 1", "0"}, {"1"}},
        {"step(x - 0.5)*x", 2, {"0", "x"}, {"0.5"}},
        {"sign(x)", 2, {"-1", "1"}, {"0"}},
        {"abs(x^2 - 2)",
         3,
         {"x^2 - 2", "2 - x^2", "x^2 - 2"},
         {"-sqrt(2)", "sqrt(2)"}},
        {"abs(abs(x) - 1)",
         4,
         {"-x - 1", "x + 1", "1 - x", "x - 1"},
         {"-1", "0", "1"}},
        {"max(x, x)", 1, {"x"}, {NULL}},
        {"abs(x^2)*x", 1, {"x^3"}, {NULL}},
        {"sign(x^2)", 2, {"1", "1"}, {"0"}},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_pieces pieces;
        sheet s;
        sheet_init(&s);
        cut(&pieces, &s, sheet_simple(&s, rows[i].text), -5, 5);
        ck_assert_msg(pieces.complete && pieces.count == rows[i].count,
                      "%s has %zu pieces", rows[i].text, pieces.count);
        for (size_t k = 0; k < pieces.count; k++) {
            const gf_piece *piece = &pieces.item[k];
            ck_assert_str_eq(sheet_text(&s, piece->e[0]), rows[i].piece[k]);
            if (k + 1 < pieces.count)
                ck_assert_str_eq(sheet_text(&s, piece->hi_exact),
                                 rows[i].kink[k]);
        }
        gf_pieces_clear(&pieces);
        sheet_clear(&s);
    }
}
END_TEST

/* Neighbours of an undecided stretch are two pieces, also where they are the
   same function. */
START_TEST(test_pieces_do_not_span_what_is_undecided)
{
    gf_pieces pieces;
    arb_t whole, part;
    sheet s;

    sheet_init(&s);
    arb_init(whole);
    arb_init(part);
    gf_expr e = sheet_simple(&s, "abs(cos(1/x^2))");
    cut(&pieces, &s, e, -2, 3);
    ck_assert(!pieces.complete);
    for (size_t k = 0; k < pieces.count; k++)
        for (int i = 1; i < 100; i++) {
            const gf_piece *p = &pieces.item[k];
            double at[3] = {p->lo + (p->hi - p->lo) * i / 100, 0, 0};
            sheet_ball(whole, &s, e, at);
            sheet_ball(part, &s, p->e[0], at);
            ck_assert_msg(arb_overlaps(whole, part), "at %g", at[0]);
        }
    gf_pieces_clear(&pieces);
    arb_clear(whole);
    arb_clear(part);
    sheet_clear(&s);
}
END_TEST

/* A piece has the values of the whole, and no kink. */
START_TEST(test_random_pieces_are_smooth_and_equal)
{
    uint64_t state = 25;
    int cuts = 0;
    random_expr r;
    arb_t whole, part;

    random_expr_init(&r);
    arb_init(whole);
    arb_init(part);
    for (int round = 0; round < (is_long_run() ? 3000 : 30); round++) {
        static const char *const kinks[] = {"abs", "relu", "step", "sign"};
        char text[4100];
        gf_pieces pieces;
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 2);
        snprintf(text, sizeof text, "x*%s(%s)", kinks[round % 4], r.text);
        gf_expr e = sheet_simple(&s, text);
        e = gf_expr_substitute(s.graph, e, s.y,
                               gf_expr_rational(s.graph, 2, 7));
        e = gf_expr_substitute(s.graph, e, s.z,
                               gf_expr_rational(s.graph, -13, 10));
        cut(&pieces, &s, e, -2, 3);
        cuts += pieces.count > 1;
        for (size_t k = 0; k < pieces.count; k++) {
            const gf_piece *p = &pieces.item[k];
            ck_assert(!gf_expr_has_kinks(s.graph, p->e[0], s.x));
            for (int i = 0; i < 5; i++) {
                double at[3] = {random_between(&state, p->lo, p->hi), 0, 0};
                sheet_ball(whole, &s, e, at);
                sheet_ball(part, &s, p->e[0], at);
                if (arb_is_finite(whole) && arb_is_finite(part))
                    ck_assert_msg(arb_overlaps(whole, part),
                                  "%s at %a is not its piece", r.text, at[0]);
            }
        }
        gf_pieces_clear(&pieces);
        sheet_clear(&s);
    }
    ck_assert_int_gt(cuts, 3);
    arb_clear(whole);
    arb_clear(part);
    random_expr_clear(&r);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/pieces", test_pieces_of_known_functions,
                     test_pieces_do_not_span_what_is_undecided,
                     test_random_pieces_are_smooth_and_equal);
}
