/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/smooth.h"

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <math.h>

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

static void check_box(gf_smooth *f, const sheet *s, int m, gf_interval x,
                      uint64_t *state)
{
    gf_interval got = gf_smooth_at(f, x, m);
    double lo = isinf(x.lo) ? fmin(x.hi, 0) - 25 : x.lo;
    double hi = isinf(x.hi) ? fmax(x.lo, 0) + 25 : x.hi;
    arb_t value;

    arb_init(value);
    for (int k = 0; k < 6; k++) {
        double at[3] = {random_between(state, lo, hi), 0, 0};
        if (f->status || !f->derivative[m])
            break;
        sheet_ball(value, s, f->derivative[m], at);
        if (arb_is_finite(value) && is_outside(value, got))
            ck_abort_msg("derivative %d at %a is %.17g, not in %c%g, %g%c", m,
                         at[0], arf_get_d(arb_midref(value), ARF_RND_NEAR),
                         "[("[got.lo_open], got.lo, got.hi, "])"[got.hi_open]);
    }
    arb_clear(value);
}

START_TEST(test_random_functions_are_enclosed_in_every_form)
{
    static const gf_interval boxes[] = {
        {0, 1, true, true, true},         {-1.5, 2, false, false, true},
        {1, INFINITY, false, true, true}, {-INFINITY, -0.5, true, false, true},
        {3, INFINITY, true, true, true},  {0.25, 0.2500001, false, false, true},
    };
    uint64_t state = 24;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < (is_long_run() ? 5000 : 40); round++) {
        gf_smooth f;
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 3);
        gf_expr e = sheet_simple(&s, r.text);
        e = gf_expr_substitute(s.graph, e, s.y,
                               gf_expr_rational(s.graph, 2, 7));
        e = gf_expr_substitute(s.graph, e, s.z,
                               gf_expr_rational(s.graph, -13, 10));
        if (e && !gf_expr_has_kinks(s.graph, e, s.x)) {
            ck_assert_int_eq(gf_smooth_init(&f, s.graph, e, s.x, NULL), GF_OK);
            for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
                for (int m = 0; m < 3; m++)
                    check_box(&f, &s, m, boxes[i], &state);
            gf_smooth_clear(&f);
        }
        sheet_clear(&s);
    }
    random_expr_clear(&r);
}
END_TEST

/* What one form alone loses to cancellation. */
START_TEST(test_far_out_the_dominant_term_decides)
{
    static const struct {
        const char *text;
        double from;
        bool positive;
    } rows[] = {
        {"exp(x) - x^2", 2, true},
        {"1/x - exp(-x)", 1, true},
        {"x*exp(-x) - 1", 1, false},
        {"x^2 - 100*x", 101, true},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_interval x = {rows[i].from, INFINITY, false, true, true}, got;
        gf_smooth f;
        sheet s;
        sheet_init(&s);
        ck_assert_int_eq(gf_smooth_init(&f, s.graph,
                                        sheet_simple(&s, rows[i].text), s.x,
                                        NULL),
                         GF_OK);
        got = gf_smooth_at(&f, x, 0);
        ck_assert_msg(rows[i].positive ? gf_interval_positive(got)
                                       : gf_interval_negative(got),
                      "%s from %g is in %c%g, %g%c", rows[i].text, rows[i].from,
                      "[("[got.lo_open], got.lo, got.hi, "])"[got.hi_open]);
        gf_smooth_clear(&f);
        sheet_clear(&s);
    }
}
END_TEST

START_TEST(test_zeros_at_exact_points)
{
    gf_smooth f;
    sheet s;

    sheet_init(&s);
    ck_assert_int_eq(gf_smooth_init(&f, s.graph,
                                    sheet_simple(&s, "(exp(x) - 2)^2"), s.x,
                                    NULL),
                     GF_OK);
    gf_expr log2 = sheet_simple(&s, "log(2)");
    ck_assert_int_eq(gf_smooth_is_zero(&f, 0, log2), GF_YES);
    ck_assert_int_eq(gf_smooth_is_zero(&f, 1, log2), GF_YES);
    ck_assert_int_eq(gf_smooth_is_zero(&f, 2, log2), GF_NO);
    ck_assert_int_eq(gf_smooth_is_zero(&f, 0, sheet_simple(&s, "0.7")), GF_NO);
    gf_smooth_clear(&f);
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "expr/smooth", test_random_functions_are_enclosed_in_every_form,
        test_far_out_the_dominant_term_decides, test_zeros_at_exact_points);
}
