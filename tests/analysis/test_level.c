/* SPDX-License-Identifier: GPL-3.0-or-later */
/* W at the ends of its interval: a limit, a bound below it, or infinity. */
#include <ganfield/classify.h>

#include <math.h>

#include "brute.h"
#include "harness.h"
#include "specimen.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

typedef struct row {
    const char *f[3], *options;
    double lo, hi; /* W there */
} row;

/* f1 = -D^2/2 + D and f2 = -D give W' = g. */
START_TEST(test_limits_are_found)
{
    static const row rows[] = {
        {{"-D^2/2 + D", "-D", "D"}, "", INFINITY, INFINITY},
        {{"-D^2/2 + D", "-D", "D*exp(-D^2)"}, "", 0.5, 0.5},
        {{"-D^2/2 + D", "-D", "D/(1+D^2)"}, "", INFINITY, INFINITY},
        {{"-D^2/2 + D", "-D", "D/(1+D^2)^2"}, "", 0.5, 0.5},
        {{"-D^2/2 + D", "-D", "1 - exp(-D)"}, "", INFINITY, INFINITY},
        {{"-D^2/2 + D", "-D", "tanh(D)"}, "", INFINITY, INFINITY},
        /* W = D^2/2 against a pole, an integrable one, a root */
        {{"-D^2/2 + D", "-D", "1/(1-D)"},
         "domain=(-3,1)",
         1.613705638880109,
         INFINITY},
        {{"-D^2/2 + D", "-D", "1/sqrt(1-D)"}, "domain=(-3,1)", 1, 1},
        {{"-D^2/2 + D", "-D", "D"}, "domain=(-2,1)", 2, 0.5},
        /* ends that are no doubles: a root of g, a root of f2' */
        {{"-D^2/2 + D", "-D", "D*(2-D^2)"}, "", 1, 1},
        {{"-D^2/2 + D", "-D", "D*(1/3-D)"}, "", INFINITY, 1.0 / 162},
        {{"-D^2/2 + D/3", "D^2/2 - D/3", "0"}, "gauge=0", NAN, NAN},
        /* slow logarithms, fast exponentials, both over each other */
        {{"-D^2/2 + D", "-D", "log(1+D)"}, "domain=(-1,inf)", 1, INFINITY},
        {{"-D^2/2 + D", "-D", "D*exp(D)"}, "", 1, INFINITY},
        {{"-2*exp(D/2)+D", "D", "exp(D) - 1"}, "gauge=2*log(2)", NAN, NAN},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = specimen_of(rows[i].f[0], rows[i].f[1], rows[i].f[2],
                                 rows[i].options);
        const gf_energy *e = &s.c.energy;
        ck_assert_msg(is_close(e->level_lo, rows[i].lo, TOL3), "%s: lo %.17g",
                      rows[i].f[2], e->level_lo);
        ck_assert_msg(is_close(e->level_hi, rows[i].hi, TOL3), "%s: hi %.17g",
                      rows[i].f[2], e->level_hi);
        specimen_clear(&s);
    }
}
END_TEST

/* What is no limit is a bound below it. */
START_TEST(test_levels_are_never_above_the_limit)
{
    static const row rows[] = {
        {{"-D^2/2 + D", "-D", "D/(1+abs(D))"}, "", 0, 0},
        {{"-D^2/2 + D", "-D", "D*erfc(D)"}, "", 0, 0},
        {{"-D^2/2 + D", "-D", "D/(1+D^2)^0.9"}, "", 0, 0},
        {{"-D^2/2 + D", "-D", "atan(D)/(1+D^2)"}, "", 0, 0},
        {{"-D^2/2 + D", "-D", "gelu(D)"}, "", 0, 0},
        {{"-D^2/2 + D", "-D - D^3/3", "D*(2+sin(D))"}, "", 0, 0},
        {{"-D^2/2 + D", "-D - exp(D)", "D"}, "gauge=-0.5671432904097838", 0, 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *const f[3] = {rows[i].f[0], rows[i].f[1], rows[i].f[2]};
        gf_error error;
        gf_field *field = specimen_field(f, rows[i].options, &error);
        gf_classification c;
        brute b = {.generic = false};
        if (!field)
            continue; /* the gauge is no root to the last bit */
        gf_classification_init(&c);
        ck_assert_int_eq(gf_classify(&c, field, NULL, NULL), GF_OK);
        ck_assert_msg(brute_agrees(&b, &c, 7, 100), "%s: %s", f[2], b.text);
        gf_classification_clear(&c);
        gf_field_free(field);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/level", test_limits_are_found,
                     test_levels_are_never_above_the_limit);
}
