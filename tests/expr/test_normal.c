/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser's normal form: what is folded and what is left alone. */
#include "expr/node.h"

#include "expr/sheet.h"
#include "harness.h"

static void check_op(sheet *s, const char *text, gf_op op, size_t count)
{
    gf_expr e = sheet_read(s, text);

    if (gf_op_of(s->graph, e) != op || gf_arg_count(s->graph, e) != count)
        ck_abort_msg("%s is operator %d of %zu", text,
                     (int)gf_op_of(s->graph, e), gf_arg_count(s->graph, e));
}

START_TEST(test_sums_and_products_are_flat)
{
    sheet s;

    sheet_init(&s);
    check_op(&s, "x + (y + (z + x))", GF_OP_ADD, 4);
    check_op(&s, "x*(y*(z*x))", GF_OP_MUL, 4);
    check_op(&s, "x - (y - z)", GF_OP_ADD, 2);
    check_op(&s, "2*x*3*y", GF_OP_MUL, 3);
    check_op(&s, "x/y", GF_OP_MUL, 2);
    check_op(&s, "1/x", GF_OP_POW, 2);
    check_op(&s, "x + 0", GF_OP_ADD, 2);
    check_op(&s, "x + x", GF_OP_ADD, 2);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_numbers_are_folded_in_products_only)
{
    sheet s;

    sheet_init(&s);
    ck_assert_uint_eq(sheet_read(&s, "2*3"), sheet_read(&s, "6"));
    ck_assert_uint_eq(sheet_read(&s, "x*2/4"), sheet_read(&s, "x/2"));
    ck_assert_uint_eq(sheet_read(&s, "1*x"), s.x);
    ck_assert_uint_ne(sheet_read(&s, "2 + 3"), sheet_read(&s, "5"));
    check_op(&s, "0*x", GF_OP_MUL, 2);
    ck_assert_uint_eq(sheet_read(&s, "2^10"), sheet_read(&s, "1024"));
    ck_assert_uint_eq(sheet_read(&s, "2^-2"), sheet_read(&s, "0.25"));
    check_op(&s, "2^0.5", GF_OP_POW, 2);
    check_op(&s, "9^9^9", GF_OP_POW, 2);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_powers_are_merged_where_nothing_is_lost)
{
    sheet s;

    sheet_init(&s);
    ck_assert_uint_eq(sheet_read(&s, "(x^2)^3"), sheet_read(&s, "x^6"));
    ck_assert_uint_eq(sheet_read(&s, "1/x^2"), sheet_read(&s, "x^-2"));
    ck_assert_uint_eq(sheet_read(&s, "1/sqrt(x)"), sheet_read(&s, "x^-0.5"));
    ck_assert_uint_eq(sheet_read(&s, "(x*y)^2"), sheet_read(&s, "x^2*y^2"));
    ck_assert_uint_eq(sheet_read(&s, "(-x)^2"), sheet_read(&s, "x^2"));
    ck_assert_uint_eq(sheet_read(&s, "x^1"), s.x);
    check_op(&s, "x^0", GF_OP_POW, 2);
    ck_assert_uint_ne(sheet_read(&s, "sqrt(x)^2"), s.x);
    ck_assert_uint_ne(sheet_read(&s, "sqrt(x^2)"), s.x);
    ck_assert_uint_ne(sheet_read(&s, "(x*y)^0.5"),
                      sheet_read(&s, "sqrt(x)*sqrt(y)"));
    sheet_clear(&s);
}
END_TEST

START_TEST(test_division_by_zero_takes_in_its_product)
{
    gf_expr undefined;
    sheet s;

    sheet_init(&s);
    undefined = sheet_read(&s, "1/0");
    ck_assert_uint_eq(sheet_read(&s, "x/0"), undefined);
    ck_assert_uint_eq(sheet_read(&s, "0/0"), undefined);
    ck_assert_uint_eq(sheet_read(&s, "x/(4*0)"), undefined);
    ck_assert_uint_eq(sheet_read(&s, "0^-0.5"), undefined);
    ck_assert_uint_eq(sheet_read(&s, "0^3"), sheet_read(&s, "0"));
    ck_assert_double_nan(gf_expr_value(s.graph, undefined));
    ck_assert_double_eq(gf_expr_value(s.graph, sheet_read(&s, "0^0")), 1);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_a_coefficient_splits_off)
{
    fmpq_t c;
    sheet s;

    sheet_init(&s);
    fmpq_init(c);
    ck_assert_uint_eq(
        gf_split_coefficient(s.graph, c, sheet_read(&s, "-3*x*y/4")),
        sheet_read(&s, "x*y"));
    ck_assert_int_eq(fmpq_cmp_si(c, 0), -1);
    ck_assert_uint_eq(gf_scale(s.graph, sheet_read(&s, "x*y"), c),
                      sheet_read(&s, "-0.75*x*y"));
    ck_assert_uint_eq(gf_split_coefficient(s.graph, c, s.x), s.x);
    ck_assert(fmpq_is_one(c));
    ck_assert_uint_eq(gf_split_coefficient(s.graph, c, sheet_read(&s, "7")),
                      sheet_read(&s, "1"));
    ck_assert_int_eq(fmpq_cmp_si(c, 7), 0);
    fmpq_clear(c);
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/normal", test_sums_and_products_are_flat,
                     test_numbers_are_folded_in_products_only,
                     test_powers_are_merged_where_nothing_is_lost,
                     test_division_by_zero_takes_in_its_product,
                     test_a_coefficient_splits_off);
}
