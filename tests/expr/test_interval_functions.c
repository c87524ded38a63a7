/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions and whole expressions over intervals enclose their values. */
#include "expr/ops.h"

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <math.h>
#include <stdlib.h>

static const double ends[] = {0,    1, -1,    0.5,     2,     -2,
                              1e-9, 3, -1e-9, 3.14159, -0.25, 1e-300};

static gf_interval random_box(uint64_t *state)
{
    for (;;) {
        double a = random_bits(state) % 2 ? ends[random_bits(state) % 12]
                                          : random_between(state, -3, 3);
        double b = random_bits(state) % 2 ? ends[random_bits(state) % 12]
                                          : random_between(state, -3, 3);
        gf_interval box = {fmin(a, b), fmax(a, b), random_bits(state) % 2,
                           random_bits(state) % 2, true};
        uint64_t unbounded = random_bits(state) % 10;
        if (unbounded == 0)
            box.lo = -INFINITY;
        if (unbounded == 1)
            box.hi = INFINITY;
        if (nextafter(box.lo, INFINITY) >= box.hi)
            continue;
        box.lo_open = box.lo_open || isinf(box.lo);
        box.hi_open = box.hi_open || isinf(box.hi);
        return box;
    }
}

/* A point of the box: at its ends, very small, or anywhere. */
static double random_point(uint64_t *state, gf_interval box)
{
    double lo = isinf(box.lo) ? fmin(box.hi, 0) - 30 : box.lo;
    double hi = isinf(box.hi) ? fmax(box.lo, 0) + 30 : box.hi;
    double x = random_between(state, lo, hi);

    switch (random_bits(state) % 6) {
    case 0:
        x = box.lo_open ? nextafter(lo, INFINITY) : lo;
        break;
    case 1:
        x = box.hi_open ? nextafter(hi, -INFINITY) : hi;
        break;
    case 2:
        x *= pow(2, -random_between(state, 0, 40));
        break;
    default:
        break;
    }
    return x > lo && x < hi ? x : lo + (hi - lo) / 2;
}

/* Is the value certainly not in the interval? */
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

static void check_box(const sheet *s, gf_expr e, const char *text,
                      uint64_t *state, int *finite)
{
    gf_interval in[3] = {random_box(state), random_box(state),
                         random_box(state)};
    gf_interval out = sheet_interval(s, e, in);
    arb_t value;

    arb_init(value);
    for (int k = 0; k < 4; k++) {
        double at[3];
        for (int i = 0; i < 3; i++)
            at[i] = random_point(state, in[i]);
        sheet_ball(value, s, e, at);
        if (!arb_is_finite(value))
            continue;
        ++*finite;
        if (is_outside(value, out))
            ck_abort_msg("%s at %a, %a, %a is %.17g, outside of %c%.17g, "
                         "%.17g%c",
                         text, at[0], at[1], at[2],
                         arf_get_d(arb_midref(value), ARF_RND_NEAR),
                         "[("[out.lo_open], out.lo, out.hi, "])"[out.hi_open]);
    }
    arb_clear(value);
}

START_TEST(test_random_expressions_are_enclosed)
{
    uint64_t state = 10;
    int rounds = is_long_run() ? 100000 : 400, finite = 0;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < rounds; round++) {
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 1 + round % 4);
        gf_expr e = sheet_read(&s, r.text);
        check_box(&s, e, r.text, &state, &finite);
        e = gf_expr_simplify(s.graph, e);
        check_box(&s, e, r.text, &state, &finite);
        sheet_clear(&s);
    }
    ck_assert_int_gt(finite, rounds);
    random_expr_clear(&r);
}
END_TEST

typedef struct fact {
    const char *text;
    gf_interval x, value;
} fact;

#define INF (double)INFINITY
#define BOX(left, lo, hi, right)                                               \
    {                                                                          \
        lo, hi, (left) == '(', (right) == ')', true                            \
    }
#define UNDEFINED(left, lo, hi, right)                                         \
    {                                                                          \
        lo, hi, (left) == '(', (right) == ')', false                           \
    }

START_TEST(test_ends_are_limits)
{
    static const fact rows[] = {
        {"1/x", BOX('(', 0, INF, ')'), BOX('(', 0, INF, ')')},
        {"log(x)", BOX('(', 0, 1, ']'), BOX('(', -INF, 0, ']')},
        {"log(x)", BOX('[', 0, 1, ']'), UNDEFINED('(', -INF, 0, ']')},
        {"log(1 - x)", BOX('(', 0, 1, ')'), BOX('(', -INF, 0, ')')},
        {"log(1 - exp(x))", BOX('(', -INF, 0, ')'), BOX('(', -INF, 0, ')')},
        {"exp(x)", BOX('(', -INF, INF, ')'), BOX('(', 0, INF, ')')},
        {"exp(x)", BOX('[', 0, INF, ')'), BOX('[', 1, INF, ')')},
        {"sigmoid(x)", BOX('(', -INF, INF, ')'), BOX('(', 0, 1, ')')},
        {"softplus(x)", BOX('(', -INF, INF, ')'), BOX('(', 0, INF, ')')},
        {"logit(x)", BOX('(', 0, 1, ')'), BOX('(', -INF, INF, ')')},
        {"tanh(x)", BOX('(', -INF, 0, ']'), BOX('(', -1, 0, ']')},
        {"erfc(x)", BOX('[', 0, INF, ')'), BOX('(', 0, 1, ']')},
        {"sqrt(x)", BOX('[', 0, 4, ')'), BOX('[', 0, 2, ')')},
        {"sqrt(x)", BOX('[', -1, 4, ']'), UNDEFINED('[', 0, 2, ']')},
        {"cbrt(x)", BOX('[', 0, 8, ']'), BOX('[', 0, 2, ']')},
        {"x^2", BOX('(', -3, 2, ']'), BOX('[', 0, 9, ')')},
        {"x^0.5", BOX('(', 0, 1, ']'), BOX('(', 0, 1, ']')},
        {"abs(x)", BOX('(', -3, 2, ']'), BOX('[', 0, 3, ')')},
        {"max(x, 0)", BOX('(', -3, 2, ']'), BOX('[', 0, 2, ']')},
        {"sign(x)", BOX('(', 0, INF, ')'), BOX('[', 1, 1, ']')},
        {"cosh(x)", BOX('(', -INF, 0, ')'), BOX('(', 1, INF, ')')},
        {"cosh(x)", BOX('[', 0, INF, ')'), BOX('[', 1, INF, ')')},
        {"sin(x)", BOX('(', -INF, INF, ')'), BOX('[', -1, 1, ']')},
        {"x/x", BOX('(', 0, 1, ')'), BOX('(', 0, INF, ')')},
    };
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_interval in[3] = {rows[i].x, gf_interval_point(0),
                             gf_interval_point(0)};
        gf_interval want = rows[i].value, got;
        got = sheet_interval(&s, sheet_read(&s, rows[i].text), in);
        bool close = got.lo <= want.lo && got.hi >= want.hi &&
                     (got.lo == want.lo || got.lo >= want.lo - 1e-15) &&
                     (got.hi == want.hi || got.hi <= want.hi + 1e-15) &&
                     got.lo_open == want.lo_open &&
                     got.hi_open == want.hi_open && got.defined == want.defined;
        ck_assert_msg(close, "%s is %c%.17g, %.17g%c%s", rows[i].text,
                      "[("[got.lo_open], got.lo, got.hi, "])"[got.hi_open],
                      got.defined ? "" : " undefined");
    }
    sheet_clear(&s);
}
END_TEST

START_TEST(test_a_tan_across_its_pole_is_undefined)
{
    gf_interval in[3] = {
        {1, 2, false, false, true}, gf_interval_point(0), gf_interval_point(0)};
    sheet s;

    sheet_init(&s);
    gf_expr e = sheet_read(&s, "tan(x)");
    ck_assert(!sheet_interval(&s, e, in).defined);
    in[0].hi = 1.5;
    ck_assert(sheet_interval(&s, e, in).defined);
    in[0].hi = INFINITY;
    ck_assert(!sheet_interval(&s, e, in).defined);
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/interval_functions",
                     test_random_expressions_are_enclosed, test_ends_are_limits,
                     test_a_tan_across_its_pole_is_undefined);
}
