/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every cell is computed once, whoever does it. */
#include "base/tiles.h"

#include "harness.h"

#include <math.h>
#include <string.h>

enum { CELLS = 1003, WIDTH = 3 };

static gf_status compute(double *out, size_t first, size_t count,
                         const void *ctx, gf_error *error)
{
    const size_t *bad = ctx;

    for (size_t i = 0; i < count; i++) {
        size_t n = first + i;
        if (bad && n >= *bad)
            return gf_error_set(error, GF_LIMIT, "cell %zu", n);
        out[i * WIDTH] += (double)n + 1;
        out[i * WIDTH + 1] = sqrt((double)n);
        out[i * WIDTH + 2] = n % 2 ? NAN : -NAN;
    }
    return GF_OK;
}

static bool stop_late(size_t done, size_t total, void *ctx)
{
    size_t *calls = ctx;

    ck_assert_uint_eq(total, CELLS);
    (*calls)++;
    return done < 500;
}

START_TEST(test_threads_change_no_byte)
{
    static const size_t threads[] = {1, 2, 7}, tile[] = {1, 16, 5000};
    static double one[CELLS * WIDTH], many[CELLS * WIDTH];
    gf_error error;
    size_t filled;

    for (size_t i = 0; i < 9; i++) {
        double *value = i ? many : one;
        gf_tiles tiles = {.cells = CELLS,
                          .tile = tile[i / 3],
                          .width = WIDTH,
                          .value = value,
                          .compute = compute,
                          .threads = threads[i % 3]};
        memset(value, 0, sizeof many);
        ck_assert_int_eq(gf_tiles_run(&filled, &tiles, &error), GF_OK);
        ck_assert_uint_eq(filled, CELLS);
        for (size_t n = 0; n < CELLS; n++)
            ck_assert_double_eq(value[n * WIDTH], (double)n + 1);
        if (i)
            ck_assert_mem_eq(one, many, sizeof many);
    }
}
END_TEST

START_TEST(test_progress_stops)
{
    static double value[CELLS * WIDTH];
    size_t calls = 0, filled;
    gf_error error;
    gf_tiles tiles = {.cells = CELLS,
                      .tile = 10,
                      .width = WIDTH,
                      .value = value,
                      .compute = compute,
                      .threads = 1,
                      .progress = stop_late,
                      .progress_ctx = &calls};

    ck_assert_int_eq(gf_tiles_run(&filled, &tiles, &error), GF_OK);
    ck_assert_uint_eq(filled, 500);
    ck_assert_uint_eq(calls, 50);
}
END_TEST

START_TEST(test_the_first_failure_is_told)
{
    static double value[CELLS * WIDTH];
    size_t bad = 250, filled;
    gf_error error;

    for (size_t threads = 1; threads < 8; threads += 3) {
        gf_tiles tiles = {.cells = CELLS,
                          .tile = 10,
                          .width = WIDTH,
                          .value = value,
                          .compute = compute,
                          .ctx = &bad,
                          .threads = threads};
        ck_assert_int_eq(gf_tiles_run(&filled, &tiles, &error), GF_LIMIT);
        ck_assert_str_eq(error.message, "cell 250");
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("base/tiles", test_threads_change_no_byte,
                     test_progress_stops, test_the_first_failure_is_told);
}
