/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The region that a target carries is the one that the energy proves. */
#include <ganfield/targets.h>

#include <math.h>

#include "harness.h"

START_TEST(test_the_table_bounds_the_energy_from_above)
{
    gf_error error = {.status = GF_OK};
    gf_field *field;
    gf_classification c;
    gf_targets targets;

    ck_assert_int_eq(gf_field_find(&field, "classic", NULL, &error), GF_OK);
    gf_classification_init(&c);
    gf_targets_init(&targets);
    ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
    ck_assert_int_eq(gf_targets_find(&targets, &c, 1e-3, &error), GF_OK);
    ck_assert_uint_eq(targets.count, 1);
    const gf_target *t = &targets.item[0];
    assert_close(t->level, 0.0625, TOL3);
    assert_close(t->hi, 1, TOL4);
    ck_assert_ptr_nonnull(t->well);
    for (size_t i = 0; i < 1000; i++) {
        double x = t->lo + (t->hi - t->lo) * ((double)i + 0.5) / 1000;
        size_t cell =
            (size_t)((x - t->lo) / (t->hi - t->lo) * (double)t->cells);
        double w = gf_energy_at(&c, (gf_vec2){x, 0.2});
        ck_assert_double_ge(t->well[cell], w);
        ck_assert_double_le(t->well[cell], w + 0.01);
    }
    gf_targets_clear(&targets);
    gf_classification_clear(&c);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/targets",
                     test_the_table_bounds_the_energy_from_above);
}
