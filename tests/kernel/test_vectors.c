/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loops over rows against plain ones, and every instruction set against the
   best. */
#include "harness.h"

#include "base/normal.h"
#include "kernel/lanes/vectors.h"

#include <math.h>
#include <string.h>

enum { MOST = 150 };

static void draw(double *x, size_t count, uint64_t seed, double size)
{
    for (size_t i = 0; i < count; i++)
        x[i] = random_between(&seed, -size, size);
}

/* --- products ---------------------------------------------------------- */

static const size_t lengths[] = {1, 3, 8, 31, 32, 33, 64, 97};
enum { LENGTHS = sizeof lengths / sizeof *lengths, ROWS = 7, STEP = 101 };

typedef struct fixture {
    double a[ROWS * STEP], b[ROWS * STEP], c[ROWS * STEP], want[ROWS * STEP];
} fixture;

static void set_up(fixture *f)
{
    draw(f->a, ROWS * STEP, 1, 1);
    draw(f->b, ROWS * STEP, 2, 1);
    draw(f->c, ROWS * STEP, 3, 1);
    memcpy(f->want, f->c, sizeof f->c);
}

static void check(const fixture *f, const char *set, size_t n)
{
    for (size_t i = 0; i < ROWS * STEP; i++)
        ck_assert_msg(is_close(f->c[i], f->want[i], TOL2), "%s, n = %zu: %zu",
                      set, n, i);
}

static void check_sums(const gf_vectors *v, size_t n, bool add)
{
    fixture f;

    set_up(&f);
    v->dots(f.c, 2, f.a, STEP, f.b, ROWS, n, add);
    for (size_t i = 0; i < ROWS; i++) {
        double sum = add ? f.want[2 * i] : 0;
        for (size_t k = 0; k < n; k++)
            sum += f.a[i * STEP + k] * f.b[k];
        f.want[2 * i] = sum;
    }
    check(&f, v->name, n);
    set_up(&f);
    v->combine(f.c, f.a, 3, f.b, STEP, ROWS, n, add);
    for (size_t k = 0; k < n; k++) {
        double sum = add ? f.want[k] : 0;
        for (size_t i = 0; i < ROWS; i++)
            sum += f.a[3 * i] * f.b[i * STEP + k];
        f.want[k] = sum;
    }
    check(&f, v->name, n);
}

/* The i-th number of a row that is finished in one of four ways. */
static double finished(const gf_finish *finish, size_t i, size_t k, double x)
{
    x += finish->shift ? finish->shift[k] : 0;
    return finish->times ? x * finish->times[i * finish->times_step + k] : x;
}

static void check_rows(const gf_vectors *v, size_t n, bool add, int kind)
{
    fixture f;
    gf_finish finish = {.times_step = 100};

    set_up(&f);
    finish.shift = kind & 1 ? f.a + 5 : NULL;
    finish.times = kind & 2 ? f.b + 1 : NULL;
    v->outer(f.c, STEP, f.a, 2, f.b, ROWS, n, add, &finish);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t k = 0; k < n; k++) {
            double *want = &f.want[i * STEP + k];
            *want = finished(&finish, i, k,
                             (add ? *want : 0) + f.a[2 * i] * f.b[k]);
        }
    check(&f, v->name, n);
    set_up(&f);
    v->put(f.c, STEP, f.a, 100, ROWS, n, add, &finish);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t k = 0; k < n; k++) {
            double *want = &f.want[i * STEP + k];
            *want =
                finished(&finish, i, k, (add ? *want : 0) + f.a[100 * i + k]);
        }
    check(&f, v->name, n);
}

START_TEST(test_products)
{
    for (size_t s = 0; s < gf_vectors_count(); s++)
        for (size_t i = 0; i < LENGTHS; i++) {
            check_sums(gf_vectors_row(s), lengths[i], false);
            check_sums(gf_vectors_row(s), lengths[i], true);
            for (int kind = 0; kind < 8; kind++)
                check_rows(gf_vectors_row(s), lengths[i], kind & 4, kind);
        }
}
END_TEST

START_TEST(test_rows)
{
    for (size_t s = 0; s < gf_vectors_count(); s++) {
        const gf_vectors *v = gf_vectors_row(s);
        fixture f;
        set_up(&f);
        v->shift(f.c, f.b, 0.5, 5, 33);
        for (size_t i = 0; i < 5 * 33; i++)
            f.want[i] += 0.5 * f.b[i % 33];
        check(&f, v->name, 33);
        v->multiply(f.c, f.c, f.a, 77);
        for (size_t i = 0; i < 77; i++)
            f.want[i] *= f.a[i];
        check(&f, v->name, 77);
    }
}
END_TEST

/* --- random numbers ---------------------------------------------------- */

/* splitmix64 of the harness, and quantiles one by one. */
START_TEST(test_random_numbers)
{
    double u[MOST], x[MOST], tails[4] = {1e-300, 1e-12, 1 - 1e-10, 0.0749};

    for (size_t s = 0; s < gf_vectors_count(); s++) {
        const gf_vectors *v = gf_vectors_row(s);
        uint64_t state = 77;
        v->uniforms(u, MOST, 77);
        for (size_t i = 0; i < MOST; i++) {
            double want = ((double)(random_bits(&state) >> 12) + 0.5) * 0x1p-52;
            ck_assert(u[i] == want);
        }
        memcpy(u, tails, sizeof tails);
        memcpy(x, u, sizeof x);
        v->normals(x, MOST);
        for (size_t i = 0; i < MOST; i++) {
            double want = u[i];
            gf_normal_quantiles(&want, 1);
            assert_close(x[i], want, TOL0);
        }
    }
}
END_TEST

/* --- activations ------------------------------------------------------- */

typedef void (*activation)(double *value, double *slope, const double *y,
                           size_t n, double number);

static activation choose(const gf_vectors *v, int i)
{
    const activation all[] = {v->leaky,    v->tanh,  v->sigmoid,
                              v->softplus, v->swish, v->sine};
    return all[i];
}

/* Value and slope by the C library, in long double. */
static void exact(long double out[2], int i, double number, double at)
{
    long double y = at, s = 1 / (1 + expl(-y));

    switch (i) {
    case 0:
        out[1] = y > 0 ? 1 : number;
        out[0] = out[1] * y;
        break;
    case 1:
        out[0] = tanhl(y);
        out[1] = 1 / (coshl(y) * coshl(y));
        break;
    case 2:
        out[0] = s;
        out[1] = s / (1 + expl(y));
        break;
    case 3:
        out[0] = (y > 0 ? y : 0) + log1pl(expl(-fabsl(y)));
        out[1] = s;
        break;
    case 4:
        out[0] = y * s;
        out[1] = s + y * s / (1 + expl(y));
        break;
    default:
        out[0] = sinl(y);
        out[1] = cosl(y);
    }
}

START_TEST(test_activations_and_slopes)
{
    static const double sizes[] = {1e-3, 1, 20, 400};
    double y[MOST], value[MOST], slope[MOST];

    for (size_t s = 0; s < gf_vectors_count(); s++)
        for (int i = 0; i < 6; i++)
            for (size_t k = 0; k < 4; k++) {
                draw(y, MOST, k, sizes[k]);
                choose(gf_vectors_row(s), i)(value, slope, y, MOST, 0.2);
                for (size_t j = 0; j < MOST; j++) {
                    long double want[2];
                    exact(want, i, 0.2, y[j]);
                    assert_close(value[j], (double)want[0], TOL1);
                    assert_close(slope[j], (double)want[1], TOL1);
                    /* sigmoid and softplus stay right far out */
                    if (i == 2 || i == 3) {
                        assert_close(value[j] / (double)want[0], 1, TOL1);
                        assert_close(slope[j] / (double)want[1], 1, TOL1);
                    }
                }
            }
}
END_TEST

static bool same_bits(const double *a, const double *b, size_t count)
{
    return memcmp(a, b, count * sizeof *a) == 0;
}

START_TEST(test_all_sets_give_the_same_bits)
{
    double y[MOST], value[2][MOST], slope[2][MOST], sum[2];

    draw(y, MOST, 9, 30);
    for (size_t s = 1; s < gf_vectors_count(); s++)
        for (int i = 0; i < 6; i++) {
            for (size_t k = 0; k < 2; k++) {
                const gf_vectors *v = gf_vectors_row(k ? s : 0);
                choose(v, i)(value[k], slope[k], y, MOST, 0.1);
                v->dots(&sum[k], 1, y, 0, value[k], 1, MOST, false);
            }
            ck_assert(same_bits(value[0], value[1], MOST));
            ck_assert(same_bits(slope[0], slope[1], MOST));
            ck_assert(same_bits(&sum[0], &sum[1], 1));
        }
}
END_TEST

/* What a number gives does not depend on its place. */
START_TEST(test_places_do_not_matter)
{
    double y[MOST], value[2][MOST], slope[2][MOST];

    draw(y, MOST, 10, 30);
    y[40] = 1e4;
    for (int i = 0; i < 6; i++) {
        activation at = choose(gf_vectors_best(), i);
        at(value[0], slope[0], y, MOST, 0.1);
        for (size_t k = 0; k < MOST; k++)
            at(&value[1][k], &slope[1][k], &y[k], 1, 0.1);
        ck_assert(same_bits(value[0], value[1], MOST));
        ck_assert(same_bits(slope[0], slope[1], MOST));
    }
}
END_TEST

START_TEST(test_far_away)
{
    const double y[] = {1e3, -1e3, 1e300, -1e300, HUGE_VAL, -HUGE_VAL, NAN};
    enum { COUNT = sizeof y / sizeof *y };
    static const double sigmoid[] = {1, 0, 1, 0, 1, 0};
    double value[COUNT], slope[COUNT];

    for (size_t s = 0; s < gf_vectors_count(); s++)
        for (int i = 1; i < 5; i++) {
            choose(gf_vectors_row(s), i)(value, slope, y, COUNT, 0);
            for (size_t k = 0; k < 6; k++) {
                double want = i == 1           ? 2 * sigmoid[k] - 1
                              : i == 2         ? sigmoid[k]
                              : sigmoid[k] > 0 ? y[k]
                                               : 0;
                if (i == 4 && k == 5) /* -inf times 0 */
                    continue;
                assert_close(value[k], want, 0);
                assert_close(slope[k], i < 3 ? 0 : sigmoid[k], 0);
            }
            ck_assert(isnan(value[6]) && isnan(slope[6]));
        }
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/vectors", test_products, test_rows,
                     test_random_numbers, test_activations_and_slopes,
                     test_all_sets_give_the_same_bits,
                     test_places_do_not_matter, test_far_away);
}
