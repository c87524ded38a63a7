/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/nearest.h"

#include "harness.h"

#include <string.h>

static const char *const names[] = {
    "log", "log1p", "exp", "expm1", "sqrt", "tanh", "sigmoid", "softplus", "pi",
};
enum { NAMES = sizeof names / sizeof *names };

START_TEST(test_a_slip_finds_its_name)
{
    static const struct {
        const char *typed, *meant;
    } rows[] = {
        {"tnh", "tanh"},          {"sigmiod", "sigmoid"},
        {"softplsu", "softplus"}, {"sofplu", "softplus"},
        {"LOG", "log"},           {"p", "pi"},
        {"lgo", "log"},           {"expm", "exp"},
        {"log1p", "log1p"},       {"sqr", "sqrt"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_str_eq(gf_nearest_name(rows[i].typed, names, NAMES),
                         rows[i].meant);
}
END_TEST

START_TEST(test_what_is_far_from_all_finds_nothing)
{
    char long_name[200];

    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    ck_assert_ptr_null(gf_nearest_name("banana", names, NAMES));
    ck_assert_ptr_null(gf_nearest_name("", names, NAMES));
    ck_assert_ptr_null(gf_nearest_name(long_name, names, NAMES));
    ck_assert_ptr_null(gf_nearest_name("q", (const char *[]){"x"}, 1));
    ck_assert_ptr_null(gf_nearest_name("log", names, 0));
}
END_TEST

/* The same distance by its recursive definition. */
static size_t by_definition(const char *a, size_t m, const char *b, size_t n)
{
    if (m == 0 || n == 0)
        return m + n;
    size_t best = by_definition(a, m - 1, b, n - 1) + (a[m - 1] != b[n - 1]);
    size_t d = by_definition(a, m - 1, b, n) + 1;
    best = d < best ? d : best;
    d = by_definition(a, m, b, n - 1) + 1;
    best = d < best ? d : best;
    if (m > 1 && n > 1 && a[m - 1] == b[n - 2] && a[m - 2] == b[n - 1]) {
        d = by_definition(a, m - 2, b, n - 2) + 1;
        best = d < best ? d : best;
    }
    return best;
}

START_TEST(test_distance_agrees_with_its_definition)
{
    uint64_t state = 7;

    for (int round = 0; round < 2000; round++) {
        char a[6] = "", b[6] = "";
        size_t m = random_bits(&state) % 6, n = random_bits(&state) % 6;
        for (size_t i = 0; i < m; i++)
            a[i] = (char)('a' + random_bits(&state) % 3);
        for (size_t i = 0; i < n; i++)
            b[i] = (char)('a' + random_bits(&state) % 3);
        size_t d = by_definition(a, m, b, n);
        ck_assert_uint_eq(gf_nearest_distance(a, b, 10), d);
        ck_assert_uint_eq(gf_nearest_distance(b, a, 10), d);
        ck_assert_uint_eq(gf_nearest_distance(a, b, 2), d > 2 ? 3 : d);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("base/nearest", test_a_slip_finds_its_name,
                     test_what_is_far_from_all_finds_nothing,
                     test_distance_agrees_with_its_definition);
}
