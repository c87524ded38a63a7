/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/memo.h"

#include "harness.h"

START_TEST(test_what_was_set_is_found)
{
    gf_memo memo;

    gf_memo_init(&memo);
    ck_assert_uint_eq(gf_memo_get(&memo, 1), 0);
    for (gf_expr e = 1; e < 20000; e++)
        if (gf_memo_get(&memo, 64 * e) ||
            !gf_memo_set(&memo, 64 * e, 3 * e + 1))
            ck_abort_msg("%u was there before", e);
    for (gf_expr e = 1; e < 20000; e++)
        if (gf_memo_get(&memo, 64 * e) != 3 * e + 1)
            ck_abort_msg("%u is lost", e);
    ck_assert_uint_eq(gf_memo_get(&memo, 63), 0);
    gf_memo_clear(&memo);
    ck_assert_uint_eq(gf_memo_get(&memo, 64), 0);
    gf_memo_clear(&memo);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/memo", test_what_was_set_is_found);
}
