/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include <ganfield/init.h>

#include "base/arb_headers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Enough for a test under valgrind on a busy machine. */
enum { TIMEOUT_SECONDS = 120, LONG_TIMEOUT_SECONDS = 1800 };

bool is_close(double got, double want, double tol)
{
    if (isnan(got) || isnan(want))
        return isnan(got) && isnan(want);
    if (isinf(got) || isinf(want))
        return isinf(got) && isinf(want) && (got > 0) == (want > 0);
    return fabs(got - want) <= tol * fmax(1.0, fabs(want));
}

bool is_long_run(void)
{
    const char *value = getenv("GF_TEST_LONG");

    return value && value[0] != '\0' && value[0] != '0';
}

uint64_t random_bits(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

double random_between(uint64_t *state, double low, double high)
{
    double unit = (double)(random_bits(state) >> 11) * 0x1p-53;

    return low + (high - low) * unit;
}

int run_tests(const char *name, const TTest *const *tests, size_t count)
{
    gf_init();

    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(tcase, tests[i]);
    tcase_set_timeout(tcase,
                      is_long_run() ? LONG_TIMEOUT_SECONDS : TIMEOUT_SECONDS);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int run = srunner_ntests_run(runner);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    flint_cleanup(); /* pooled integers are no leak */

    printf("%d passed, %d failed\n", run - failed, failed);
    if (run <= 0 || (size_t)run != count) {
        fprintf(stderr, "%s: %d of %zu tests ran\n", name, run, count);
        return EXIT_FAILURE;
    }
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
