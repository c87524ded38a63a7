/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/ticks.h"
#include "harness.h"

#include <math.h>
#include <string.h>

static void find(gf_ticks *ticks, double low, double high, double length,
                 bool upright)
{
    gf_ticks_room room = {length, 7.5, upright,
                          gf_typesetter_builtin(GF_SERIF)};

    ck_assert_int_eq(gf_ticks_find(ticks, low, high, &room, NULL), GF_OK);
}

/* All numbers of an axis, as "0.0 0.5 1.0". */
static void spell(char *out, const gf_ticks *ticks)
{
    out[0] = '\0';
    for (size_t i = 0; i < ticks->count; i++) {
        gf_rich number;
        gf_rich_init(&number);
        gf_ticks_number(&number, ticks, i);
        if (i > 0)
            strcat(out, " ");
        strcat(out, gf_rich_plain(&number));
        gf_rich_clear(&number);
    }
}

START_TEST(test_usual_windows_have_usual_ticks)
{
    static const struct {
        double low, high, length;
        const char *want;
    } rows[] = {
        {0, 1, 340, "0.0 0.2 0.4 0.6 0.8 1.0"},
        {-0.8, 1.2, 250, "−0.8 −0.4 0.0 0.4 0.8 1.2"},
        {-1, 1, 240, "−1.0 −0.5 0.0 0.5 1.0"},
        {0, 1, 65, "0.0 0.5 1.0"},
        {0, 6.28, 200, "0 1 2 3 4 5 6"},
        {0, 100, 200, "0 20 40 60 80 100"},
        {-3e-7, 3e-7, 200, "−3 −2 −1 0 1 2 3"},
        {1e6, 1e6 + 1, 190,
         "1000000.00 1000000.25 1000000.50 1000000.75 1000001.00"},
        {1e6, 1e6 + 1000, 190, "1.0000 1.0002 1.0004 1.0006 1.0008 1.0010"},
        /* multiples of the step, though others would cover more */
        {0.01, 2, 180, "0.4 0.8 1.2 1.6 2.0"},
        {0.01, 0.9, 180, "0.2 0.4 0.6 0.8"},
        {0.1, 4, 180, "1 2 3 4"},
        {-1.6, 1.6, 80, "−1 0 1"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got[200];
        gf_ticks ticks;
        find(&ticks, rows[i].low, rows[i].high, rows[i].length, false);
        spell(got, &ticks);
        ck_assert_msg(strcmp(got, rows[i].want) == 0, "%g to %g: %s, not %s",
                      rows[i].low, rows[i].high, got, rows[i].want);
    }
}
END_TEST

START_TEST(test_any_window_has_good_ticks)
{
    uint64_t state = 1;
    int rounds = is_long_run() ? 200000 : 3000;

    for (int i = 0; i < rounds; i++) {
        double size = pow(10, random_between(&state, -20, 20));
        double middle = random_between(&state, -3, 3) * size;
        double low = middle - size * random_between(&state, 0.01, 2);
        double high = middle + size * random_between(&state, 0.01, 2);
        double length = random_between(&state, 110, 500);
        gf_ticks ticks;
        find(&ticks, low, high, length, i % 2);
        ck_assert_msg(ticks.count >= 3 && ticks.count <= 7,
                      "%.17g to %.17g: %zu ticks", low, high, ticks.count);
        double step = ticks.at[1] - ticks.at[0];
        for (size_t k = 0; k < ticks.count; k++) {
            double slack = 1e-6 * step;
            ck_assert(ticks.at[k] >= low - slack &&
                      ticks.at[k] <= high + slack);
            ck_assert(fabs(remainder(ticks.at[k], step)) < slack);
            if (k > 0)
                ck_assert(fabs(ticks.at[k] - ticks.at[k - 1] - step) < slack);
        }
    }
}
END_TEST

START_TEST(test_numbers_keep_their_distance)
{
    const gf_typesetter *t = gf_typesetter_builtin(GF_SERIF);
    uint64_t state = 2;

    for (int i = 0; i < 500; i++) {
        double low = random_between(&state, -2000, 2000);
        double high = low + random_between(&state, 0.001, 10);
        double length = random_between(&state, 20, 300), before = -INFINITY;
        gf_ticks ticks;
        find(&ticks, low, high, length, false);
        for (size_t k = 0; k < ticks.count; k++) {
            gf_rich number;
            gf_rich_init(&number);
            gf_ticks_number(&number, &ticks, k);
            double width = gf_rich_measure(&number, 7.5, t).width;
            double x = (ticks.at[k] - low) / (high - low) * length;
            gf_rich_clear(&number);
            ck_assert(x - width / 2 > before + 5);
            before = x + width / 2;
        }
    }
}
END_TEST

START_TEST(test_logarithmic_axes_have_powers_of_ten)
{
    static const struct {
        double low, high, length;
        const char *want;
    } rows[] = {
        {0.02, 300, 150, "0.1 1 10 100"},
        {0.15, 22, 150, "0.2 0.5 1 2 5 10 20"},
        {0.15, 22, 40, "1 10"},
        {1e-6, 1e6, 200, "10−6 10−3 100 103 106"},
        {1e-5, 1, 200, "10−5 10−4 10−3 10−2 10−1 100"},
        {3, 4, 200, "3.0 3.2 3.4 3.6 3.8 4.0"},
        {0.25, 0.9, 60, "0.3 0.6 0.9"},
        {2e-5, 2e-4, 200, "2×10−5 5×10−5 10−4 2×10−4"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_ticks_room room = {rows[i].length, 7.5, true,
                              gf_typesetter_builtin(GF_SERIF)};
        char got[200];
        gf_ticks ticks;
        ck_assert_int_eq(
            gf_ticks_find_log(&ticks, rows[i].low, rows[i].high, &room, NULL),
            GF_OK);
        spell(got, &ticks);
        ck_assert_msg(strcmp(got, rows[i].want) == 0, "%g to %g: %s, not %s",
                      rows[i].low, rows[i].high, got, rows[i].want);
        for (size_t k = 0; k < ticks.count; k++)
            ck_assert(ticks.at[k] > log10(rows[i].low) - 1e-6 &&
                      ticks.at[k] < log10(rows[i].high) + 1e-6);
    }
}
END_TEST

START_TEST(test_windows_without_a_length_are_refused)
{
    static const double windows[][2] = {
        {1, 1},          {2, 1},         {NAN, 1},    {0, INFINITY},
        {-1e308, 1e308}, {1, 1 + 1e-15}, {0, 1e-310},
    };
    gf_ticks_room room = {200, 8, false, gf_typesetter_builtin(GF_SERIF)};
    gf_ticks ticks;

    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++)
        ck_assert_int_eq(
            gf_ticks_find(&ticks, windows[i][0], windows[i][1], &room, NULL),
            GF_ARGUMENT);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/ticks", test_usual_windows_have_usual_ticks,
                     test_any_window_has_good_ticks,
                     test_numbers_keep_their_distance,
                     test_logarithmic_axes_have_powers_of_ten,
                     test_windows_without_a_length_are_refused);
}
