/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/verdict.h>

#include "harness.h"

static const gf_verdict all[] = {GF_NO, GF_YES, GF_UNKNOWN};

/* The truth of a verdict read as a set of possible values: bit 0 for false,
 * bit 1 for true. */
static unsigned possible(gf_verdict v)
{
    return v == GF_UNKNOWN ? 3u : v == GF_YES ? 2u : 1u;
}

static gf_verdict verdict_of(unsigned set)
{
    return set == 3u ? GF_UNKNOWN : set == 2u ? GF_YES : GF_NO;
}

START_TEST(test_names)
{
    ck_assert_str_eq(gf_verdict_name(GF_NO), "no");
    ck_assert_str_eq(gf_verdict_name(GF_YES), "yes");
    ck_assert_str_eq(gf_verdict_name(GF_UNKNOWN), "unknown");
}
END_TEST

START_TEST(test_connectives_agree_with_every_possible_truth)
{
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++) {
            unsigned both = 0, either = 0;
            for (unsigned a = 0; a < 2; a++) {
                for (unsigned b = 0; b < 2; b++) {
                    if (!(possible(all[i]) >> a & 1u) ||
                        !(possible(all[j]) >> b & 1u))
                        continue;
                    both |= 1u << (a & b);
                    either |= 1u << (a | b);
                }
            }
            ck_assert_int_eq(gf_verdict_and(all[i], all[j]), verdict_of(both));
            ck_assert_int_eq(gf_verdict_or(all[i], all[j]), verdict_of(either));
        }
    }
}
END_TEST

START_TEST(test_not_is_an_involution_that_keeps_unknown)
{
    ck_assert_int_eq(gf_verdict_not(GF_YES), GF_NO);
    ck_assert_int_eq(gf_verdict_not(GF_NO), GF_YES);
    ck_assert_int_eq(gf_verdict_not(GF_UNKNOWN), GF_UNKNOWN);
}
END_TEST

int main(void)
{
    return RUN_TESTS("base/verdict", test_names,
                     test_connectives_agree_with_every_possible_truth,
                     test_not_is_an_involution_that_keeps_unknown);
}
