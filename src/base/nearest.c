/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * d(i, j), the distance between the first i bytes of a and the first j of b:
 *
 *     d(i, j) = min(d(i-1, j) + 1, d(i, j-1) + 1, d(i-1, j-1) + [a_i != b_j],
 *                   d(i-2, j-2) + 1 where a_i = b_(j-1) and a_(i-1) = b_j)
 *
 * [damerau1964]; three rows of the table are enough.
 */
#include "base/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 63 };

/* Independent of the locale, unlike tolower. */
static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_same(char a, char b)
{
    return fold(a) == fold(b);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t gf_nearest_distance(const char *a, const char *b, size_t limit)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    size_t m = strnlen(a, LONGEST + 1), n = strnlen(b, LONGEST + 1);

    if (m > LONGEST || n > LONGEST || (m > n ? m - n : n - m) > limit)
        return limit + 1;
    for (size_t j = 0; j <= n; j++)
        last[j] = j;
    for (size_t i = 1; i <= m; i++) {
        now[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t d = last[j - 1] + !is_same(a[i - 1], b[j - 1]);
            d = least(d, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && is_same(a[i - 1], b[j - 2]) &&
                is_same(a[i - 2], b[j - 1]))
                d = least(d, before[j - 2] + 1);
            now[j] = d;
        }
        size_t *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return least(last[n], limit + 1);
}

const char *gf_nearest_name(const char *name, const char *const *names,
                            size_t count)
{
    size_t length = strnlen(name, LONGEST + 1);
    size_t limit = length / 3 > 1 ? length / 3 : 1;
    const char *nearest = NULL;

    for (size_t i = 0; i < count; i++) {
        size_t d = gf_nearest_distance(name, names[i], limit);
        if (d > limit || (d >= length && d >= strlen(names[i])))
            continue;
        if (d == 0)
            return names[i];
        nearest = names[i];
        limit = d - 1;
    }
    return nearest;
}

gf_status gf_nearest_refuse(gf_error *error, const char *what, const char *name,
                            const char *const *names, size_t count)
{
    const char *near = gf_nearest_name(name, names, count);
    char all[320] = "";
    size_t used = 0;

    if (near)
        return gf_error_set(error, GF_NAME,
                            "'%.60s': unknown %s; did you mean '%s'?", name,
                            what, near);
    for (size_t i = 0; i < count && used < sizeof all; i++)
        used +=
            (size_t)snprintf(all + used, sizeof all - used, " %s", names[i]);
    return gf_error_set(error, GF_NAME, "'%.60s': unknown %s; there are%s",
                        name, what, all);
}
