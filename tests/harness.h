/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every test program shares.
 *
 *     START_TEST(test_sum_is_exact)
 *     {
 *         assert_close(gf_sum(x, n), 1.5, TOL1);
 *     }
 *     END_TEST
 *
 *     int main(void)
 *     {
 *         return RUN_TESTS("base/sum", test_sum_is_exact);
 *     }
 */
#ifndef GANFIELD_TESTS_HARNESS_H
#define GANFIELD_TESTS_HARNESS_H

#include <check.h>
#include <float.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The ladder of tolerances, relative and absolute at once: a loose test shows
 * by its rung. */
#define TOL0 (2 * DBL_EPSILON)
#define TOL1 (16 * DBL_EPSILON)
#define TOL2 (256 * DBL_EPSILON)
#define TOL3 1e-10
#define TOL4 1e-6
#define TOL5 1e-3

/* Is |got - want| <= tol max(1, |want|)? A NaN is near NaN only, an infinity
 * near itself only. */
bool is_close(double got, double want, double tol);

#define assert_close(got, want, tol)                                           \
    do {                                                                       \
        double got_ = (got), want_ = (want), tol_ = (tol);                     \
        ck_assert_msg(is_close(got_, want_, tol_),                             \
                      "%s is %.17g, not %.17g (off by %.3g, allowed %.3g)",    \
                      #got, got_, want_, got_ - want_, tol_);                  \
    } while (0)

/* Does the environment ask for the long run (tools/test --long)? */
bool is_long_run(void);

/* The next number of a small generator (splitmix64), uniform over 64 bits; the
 * state is the caller's, and its first value is the seed. */
uint64_t random_bits(uint64_t *state);

/* Uniform in [low, high). */
double random_between(uint64_t *state, double low, double high);

/* Runs the tests, prints "N passed, M failed" as the last line, and returns
 * the exit status. Tests that did not all run are a failure. */
int run_tests(const char *name, const TTest *const *tests, size_t count);

#define RUN_TESTS(name, ...)                                                   \
    run_tests(name, (const TTest *const[]){__VA_ARGS__},                       \
              sizeof((const TTest *const[]){__VA_ARGS__}) /                    \
                  sizeof(const TTest *))

#endif
