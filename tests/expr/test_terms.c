/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/terms.h"

#include "expr/sheet.h"
#include "harness.h"

START_TEST(test_like_terms_are_added_up)
{
    sheet s;
    gf_terms t;
    fmpq_t c;

    sheet_init(&s);
    fmpq_init(c);
    gf_terms_init(&t);
    for (int i = 0; i < 30; i++) {
        fmpq_set_si(c, i, 2);
        gf_terms_add(&t, s.graph, s.symbol[i % 3], c);
        fmpq_set_si(c, i % 2 ? -1 : 1, 7);
        gf_terms_add(&t, s.graph, sheet_read(&s, "x*y"), c);
    }
    gf_terms_merge(&t, s.graph);
    ck_assert_uint_eq(t.count, 3); /* x*y has cancelled */
    for (size_t i = 0; i < t.count; i++)
        for (int k = 0; k < 3; k++)
            if (t.item[i].rest == s.symbol[k])
                ck_assert_int_eq(fmpq_cmp_si(t.item[i].coefficient, 0), 1);
    fmpq_add(c, t.item[0].coefficient, t.item[1].coefficient);
    fmpq_add(c, c, t.item[2].coefficient);
    ck_assert(fmpz_equal_si(fmpq_numref(c), 435) &&
              fmpz_equal_si(fmpq_denref(c), 2));
    gf_terms_clear(&t);
    fmpq_clear(c);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_sorting_keeps_equals_in_order)
{
    uint64_t state = 17;
    sheet s;

    sheet_init(&s);
    for (size_t count = 0; count < 40; count++) {
        gf_expr item[40];
        for (size_t i = 0; i < count; i++)
            item[i] =
                gf_expr_rational(s.graph, (long)(random_bits(&state) % 10), 1);
        gf_sort(item, count, s.graph, gf_compare);
        for (size_t i = 1; i < count; i++)
            ck_assert_int_le(gf_compare(s.graph, item[i - 1], item[i]), 0);
    }
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/terms", test_like_terms_are_added_up,
                     test_sorting_keeps_equals_in_order);
}
