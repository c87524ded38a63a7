/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grids of finite-time exponents: together as alone, and the same bytes for
   every number of threads. */
#include <ganfield/lyapunov.h>

#include <math.h>
#include <string.h>

#include "field/fields.h"
#include "harness.h"

enum { SIDE = 24 };

/* Over the field's own window. */
static void fill(gf_lyapunov_grid *grid, const gf_field *field, double until,
                 bool alone, size_t threads)
{
    gf_lyapunov_options options = {.until = until, .alone = alone};
    gf_sweep_options how = {.threads = threads};

    *grid = (gf_lyapunov_grid){.window = {field->window[0], field->window[1]},
                               .count = {SIDE, SIDE}};
    ck_assert_int_eq(gf_lyapunov_grid_run(grid, field, &options, &how, NULL),
                     GF_OK);
    ck_assert_uint_eq(grid->filled, SIDE * SIDE);
}

/* The tolerance is 1e-8 a step of either; the windows reach beyond domains, to
   walls where the field is infinite and to runs that blow up. */
START_TEST(test_together_is_as_alone)
{
    static const char *const name[] = {
        "classic",  "lsgan",     "wgan",          "quadratic", "kl",
        "dirac-r1", "dirac-gan", "classic-logit", "hinge",     "dirac-nsgan"};

    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        gf_field *field = find_field(name[i], NULL);
        gf_lyapunov_grid alone, together;
        fill(&alone, field, 5, true, 1);
        fill(&together, field, 5, false, 1);
        for (size_t n = 0; n < SIDE * SIDE; n++) {
            const double *a = alone.value + 3 * n, *b = together.value + 3 * n;
            ck_assert_double_eq(a[GF_LYAPUNOV_STOP], b[GF_LYAPUNOV_STOP]);
            assert_close(a[GF_LYAPUNOV_TIME], b[GF_LYAPUNOV_TIME], 1e-12);
            ck_assert_int_eq(isnan(a[0]) != 0, isnan(b[0]) != 0);
            ck_assert_msg(isnan(a[0]) || is_close(a[0], b[0], 1e-6),
                          "%s %zu: %.12g alone, %.12g together", name[i], n,
                          a[0], b[0]);
        }
        gf_lyapunov_grid_clear(&alone);
        gf_lyapunov_grid_clear(&together);
        gf_field_free(field);
    }
}
END_TEST

/* WGAN turns and stretches nothing: 0 everywhere.  Quadratic is linear: the
   exponent of exp(J t) everywhere. */
START_TEST(test_linear_fields_have_one_exponent)
{
    gf_field *field = find_field("wgan", NULL);
    gf_lyapunov_grid grid;

    fill(&grid, field, 7, false, 0);
    for (size_t n = 0; n < SIDE * SIDE; n++)
        assert_close(grid.value[3 * n], 0, 1e-8);
    gf_lyapunov_grid_clear(&grid);
    gf_field_free(field);
    field = find_field("quadratic", NULL);
    fill(&grid, field, 7, false, 0);
    for (size_t n = 1; n < SIDE * SIDE; n++)
        assert_close(grid.value[3 * n], grid.value[0], 1e-8);
    gf_lyapunov_grid_clear(&grid);
    gf_field_free(field);
}
END_TEST

START_TEST(test_threads_change_no_byte)
{
    static const char *const name[] = {"classic", "hinge"};

    for (size_t i = 0; i < 2; i++) {
        gf_field *field = find_field(name[i], NULL);
        gf_lyapunov_grid one, many;
        fill(&one, field, 5, false, 1);
        for (size_t threads = 2; threads <= 7; threads += 5) {
            fill(&many, field, 5, false, threads);
            ck_assert_mem_eq(one.value, many.value,
                             one.cells * GF_LYAPUNOV_WIDTH * sizeof(double));
            gf_lyapunov_grid_clear(&many);
        }
        gf_lyapunov_grid_clear(&one);
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_threads_change_no_byte_of_maps)
{
    gf_field *field = find_field("classic", NULL);
    gf_map_options options = {.step = 0.45, .steps = 60};
    gf_lyapunov_grid grid[3];
    gf_optimizer rule;

    ck_assert_int_eq(gf_optimizer_parse(&rule, "adam", NULL), GF_OK);
    for (size_t i = 0; i < 3; i++) {
        gf_sweep_options how = {.threads = 1 + 3 * i};
        grid[i] =
            (gf_lyapunov_grid){.window = {field->window[0], field->window[1]},
                               .count = {SIDE, SIDE}};
        ck_assert_int_eq(
            gf_lyapunov_grid_map(&grid[i], field, &rule, &options, &how, NULL),
            GF_OK);
        ck_assert_mem_eq(grid[0].value, grid[i].value,
                         grid[0].cells * GF_LYAPUNOV_WIDTH * sizeof(double));
    }
    for (size_t i = 0; i < 3; i++)
        gf_lyapunov_grid_clear(&grid[i]);
    gf_field_free(field);
}
END_TEST

static bool stop(size_t done, size_t total, void *ctx)
{
    (void)done, (void)total, (void)ctx;
    return false;
}

START_TEST(test_progress_may_stop_it)
{
    gf_field *field = find_field("wgan", NULL);
    gf_lyapunov_options options = {.until = 1};
    gf_sweep_options how = {.threads = 1, .progress = stop};
    gf_lyapunov_grid grid = {.window = {field->window[0], field->window[1]},
                             .count = {SIDE, SIDE}};

    ck_assert_int_eq(gf_lyapunov_grid_run(&grid, field, &options, &how, NULL),
                     GF_OK);
    ck_assert_uint_gt(grid.filled, 0);
    ck_assert_uint_lt(grid.filled, grid.cells);
    gf_lyapunov_grid_clear(&grid);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "analysis/lyapunov_grid", test_together_is_as_alone,
        test_linear_fields_have_one_exponent, test_threads_change_no_byte,
        test_threads_change_no_byte_of_maps, test_progress_may_stop_it);
}
