/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The region that a target carries is the one that the energy proves. */
#include <ganfield/targets.h>

#include <math.h>
#include <stdlib.h>

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

/* The starts at the cell centres of the unit square of the classic field, p_d =
   0.2: how many pass through p_g < 0 on their way (with DOP853 of SciPy, events
   at D = 1/2, rtol 1e-10: DIPS_100 of 100 x 100). */
START_TEST(test_every_start_of_the_classic_basin_converges)
{
    size_t n = is_long_run() ? 1000 : 100, dips = 0, want = 50190, off = 5;
    gf_vec2 *start = calloc(n * n, sizeof *start);
    gf_fate *fate = calloc(n * n, sizeof *fate);
    gf_error error = {.status = GF_OK};
    gf_field *field;
    gf_classification c;
    gf_targets targets;
    gf_ensemble *ensemble;

    if (n == 100) {
        want = 502;
        off = 0;
    }
    ck_assert_int_eq(gf_field_find(&field, "classic", NULL, &error), GF_OK);
    gf_classification_init(&c);
    gf_targets_init(&targets);
    ck_assert_int_eq(gf_classify(&c, field, NULL, &error), GF_OK);
    ck_assert_int_eq(gf_targets_find(&targets, &c, 1e-3, &error), GF_OK);
    gf_ensemble_options options = {.target = targets.item,
                                   .target_count = targets.count};
    ck_assert_int_eq(gf_ensemble_new(&ensemble, field, &options, &error),
                     GF_OK);
    for (size_t i = 0; i < n * n; i++)
        start[i] = (gf_vec2){((double)(i % n) + 0.5) / (double)n,
                             ((double)(i / n) + 0.5) / (double)n};
    ck_assert_int_eq(gf_ensemble_run(fate, ensemble, start, n * n, &error),
                     GF_OK);
    for (size_t i = 0; i < n * n; i++) {
        ck_assert_int_eq(fate[i].label, GF_FATE_CONVERGED);
        ck_assert(fate[i].proved);
        dips += isnan(fate[i].left_physical_at) ? 0 : 1;
    }
    ck_assert_uint_ge(dips, want - off);
    ck_assert_uint_le(dips, want + off);
    gf_ensemble_free(ensemble);
    gf_targets_clear(&targets);
    gf_classification_clear(&c);
    gf_field_free(field);
    free(start);
    free(fate);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/targets",
                     test_the_table_bounds_the_energy_from_above,
                     test_every_start_of_the_classic_basin_converges);
}
