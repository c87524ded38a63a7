/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vector functions against MPFR: at most 1 ulp over the whole range, and
   the same bits from every instruction set and width. */
#include "motion/lanes/lanes.h"

#include <math.h>
#include <mpfr.h>
#include <stdio.h>
#include <string.h>

#include "harness.h"

enum { PRECISION = 200, LANES = 64 };

static const gf_lanes *const all_lanes[] = {
#ifdef __x86_64__
    &gf_lanes_v4_16, &gf_lanes_v4_32, &gf_lanes_v4_64,
    &gf_lanes_v3_16, &gf_lanes_v3_32, &gf_lanes_v3_64,
#endif
    &gf_lanes_v2_16, &gf_lanes_v2_32, &gf_lanes_v2_64,
};

enum { SETS = sizeof all_lanes / sizeof *all_lanes };

static bool runs_here(const gf_lanes *lanes)
{
#ifdef __x86_64__
    if (strcmp(lanes->name, "v4") == 0)
        return __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl");
    if (strcmp(lanes->name, "v3") == 0)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return strcmp(lanes->name, "v2") == 0;
}

/* One row of an instruction that makes several. */
#define PART(op, part) (GF_LANE_OPS + 4 * (op) + (part))

/* out = f(a, b) over LANES lanes. */
static void apply(double *out, const gf_lanes *lanes, int op, const double *a,
                  const double *b)
{
    _Alignas(64) double rows[4 * LANES];
    size_t part = op >= GF_LANE_OPS ? (size_t)(op - GF_LANE_OPS) % 4 : 0;

    if (op >= GF_LANE_OPS)
        op = (op - GF_LANE_OPS) / 4;
    for (size_t i = 0; i < LANES; i += lanes->width) {
        gf_lane_code code = {.out = rows, .a = a + i, .b = b + i};
        lanes->kernel[op](&code);
        memcpy(out + i, rows + part * lanes->width, lanes->width * sizeof *out);
    }
}

/* --- what is right ----------------------------------------------------- */

static void right_softplus(mpfr_t y, const mpfr_t x)
{
    mpfr_exp(y, x, MPFR_RNDN);
    mpfr_log1p(y, y, MPFR_RNDN);
    if (mpfr_cmp_ui(x, 1000) > 0)
        mpfr_set(y, x, MPFR_RNDN);
}

static void right_sigmoid(mpfr_t y, const mpfr_t x)
{
    mpfr_neg(y, x, MPFR_RNDN);
    mpfr_exp(y, y, MPFR_RNDN);
    mpfr_add_ui(y, y, 1, MPFR_RNDN);
    mpfr_ui_div(y, 1, y, MPFR_RNDN);
}

/* of -x */
static void right_fall(mpfr_t y, const mpfr_t x)
{
    mpfr_exp(y, x, MPFR_RNDN);
    mpfr_add_ui(y, y, 1, MPFR_RNDN);
    mpfr_ui_div(y, 1, y, MPFR_RNDN);
}

static void right_slope(mpfr_t y, const mpfr_t x)
{
    mpfr_t minus;

    mpfr_init2(minus, PRECISION);
    mpfr_neg(minus, x, MPFR_RNDN);
    right_softplus(y, minus);
    mpfr_clear(minus);
}

#define RIGHT(name)                                                            \
    static void right_##name(mpfr_t y, const mpfr_t x)                         \
    {                                                                          \
        mpfr_##name(y, x, MPFR_RNDN);                                          \
    }

RIGHT(exp)
RIGHT(expm1)
RIGHT(log)
RIGHT(log1p)
RIGHT(tanh)
RIGHT(sin)
RIGHT(cos)

typedef struct function {
    const char *name;
    int op;
    void (*right)(mpfr_t y, const mpfr_t x);
    double lo, hi;  /* a range of interest */
    bool is_signed; /* defined for negative arguments */
} function;

static const function functions[] = {
    {"exp", GF_LANE_EXP, right_exp, -746, 710, true},
    {"expm1", GF_LANE_EXPM1, right_expm1, -40, 710, true},
    {"log", GF_LANE_LOG, right_log, 0, 4, false},
    {"log1p", GF_LANE_LOG1P, right_log1p, -1, 4, true},
    {"softplus", GF_LANE_SOFTPLUS, right_softplus, -746, 50, true},
    {"sigmoid", GF_LANE_SIGMOID, right_sigmoid, -746, 50, true},
    {"tanh", GF_LANE_TANH, right_tanh, -22, 22, true},
    {"sin", GF_LANE_SIN, right_sin, -100, 100, true},
    {"cos", GF_LANE_COS, right_cos, -100, 100, true},
    {"sigmoid 2", PART(GF_LANE_LOGISTIC2, 0), right_sigmoid, -746, 50, true},
    {"sigmoid 4", PART(GF_LANE_LOGISTIC4, 0), right_sigmoid, -746, 50, true},
    {"of -x 2", PART(GF_LANE_LOGISTIC2, 1), right_fall, -50, 746, true},
    {"of -x 4", PART(GF_LANE_LOGISTIC4, 1), right_fall, -50, 746, true},
    {"softplus 4", PART(GF_LANE_LOGISTIC4, 2), right_softplus, -746, 50, true},
    {"... of -x", PART(GF_LANE_LOGISTIC4, 3), right_slope, -50, 746, true},
    {"sin, both", PART(GF_LANE_WAVES, 0), right_sin, -100, 100, true},
    {"cos, both", PART(GF_LANE_WAVES, 1), right_cos, -100, 100, true},
};

enum { FUNCTIONS = sizeof functions / sizeof *functions };

/* The distance of got from the exact value in ulps of it. */
static double ulps(double got, const mpfr_t exact)
{
    double near = mpfr_get_d(exact, MPFR_RNDN);
    mpfr_t off;

    if (isnan(near) || isinf(near) || isnan(got))
        return isnan(near) == isnan(got) && (isnan(near) || near == got)
                   ? 0
                   : INFINITY;
    mpfr_init2(off, PRECISION);
    mpfr_sub_d(off, exact, got, MPFR_RNDN);
    double size = fmax(fabs(near), DBL_MIN);
    int exponent;
    frexp(size, &exponent);
    double result = fabs(ldexp(mpfr_get_d(off, MPFR_RNDN), 53 - exponent));
    mpfr_clear(off);
    return result;
}

/* --- samples ----------------------------------------------------------- */

static const double specials[] = {
    0.0,
    -0.0,
    1.0,
    -1.0,
    INFINITY,
    -INFINITY,
    NAN,
    DBL_MIN,
    -DBL_MIN,
    DBL_MAX,
    -DBL_MAX,
    5e-324,
    -5e-324,
    1e-310,
    0.5,
    2.0,
    1e-17,
    -1e-17,
    709.78271,
    -745.13,
    -708.4,
    710,
    -746,
    1e6,
    -1e6,
    1e22,
    3e5,
    -0.999999,
    0.6931,
    -0.6931,
    1.57079632679489661,
    3.14159265358979312,
    355,
    0.70710678118654757,
    0.70710678118654746,
    1.4142135623730951,
};

enum { SPECIALS = sizeof specials / sizeof *specials };

/* Any double, or one of the range, or one near 1, -1 or 0. */
static double sample(uint64_t *state, const function *f)
{
    uint64_t kind = random_bits(state) % 8;
    uint64_t bits = random_bits(state);
    double x;

    if (kind == 0) {
        memcpy(&x, &bits, sizeof x);
        return x;
    }
    if (kind == 1)
        return ldexp(random_between(state, -1, 1), -(int)(bits % 60));
    if (kind == 2)
        return (bits & 1 && f->is_signed ? -1 : 1) +
               ldexp(random_between(state, -1, 1), -(int)(bits % 50));
    if (kind == 3)
        return random_between(state, -1, 1) * 2e5;
    if (kind == 4)
        return random_between(state, -2, 2);
    return random_between(state, f->lo, f->hi);
}

/* --- tests ------------------------------------------------------------- */

static void same_bits(const double *a, const double *b, const char *name,
                      const gf_lanes *lanes, const double *x)
{
    for (size_t i = 0; i < LANES; i++)
        ck_assert_msg(memcmp(&a[i], &b[i], sizeof *a) == 0 ||
                          (isnan(a[i]) && isnan(b[i])),
                      "%s(%a) is %a, but %a on %s, %zu lanes", name, x[i], a[i],
                      b[i], lanes->name, lanes->width);
}

static double worst_of(const function *f, const double *x, const double *y)
{
    double worst = 0;
    mpfr_t at, exact;

    mpfr_inits2(PRECISION, at, exact, (mpfr_ptr)0);
    for (size_t i = 0; i < LANES; i++) {
        mpfr_set_d(at, x[i], MPFR_RNDN);
        f->right(exact, at);
        double off = ulps(y[i], exact);
        ck_assert_msg(off <= 1, "%s(%a) is %a, off by %g ulp", f->name, x[i],
                      y[i], off);
        if (fabs(y[i]) > 2 * DBL_MIN)
            worst = fmax(worst, off);
    }
    mpfr_clears(at, exact, (mpfr_ptr)0);
    return worst;
}

static void check_block(const function *f, const double *x, double *worst)
{
    _Alignas(64) double first[LANES], other[LANES];
    const gf_lanes *reference = NULL;

    for (size_t s = 0; s < SETS; s++) {
        if (!runs_here(all_lanes[s]))
            continue;
        apply(reference ? other : first, all_lanes[s], f->op, x, x);
        if (reference)
            same_bits(first, other, f->name, all_lanes[s], x);
        reference = all_lanes[s];
    }
    *worst = fmax(*worst, worst_of(f, x, first));
}

static void check_function(const function *f, uint64_t seed)
{
    size_t blocks = is_long_run() ? 50000 : 100;
    _Alignas(64) double x[LANES];
    uint64_t state = seed;
    double worst = 0;

    for (size_t i = 0; i < LANES; i++)
        x[i] = specials[i % SPECIALS];
    check_block(f, x, &worst);
    for (size_t n = 0; n < blocks; n++) {
        for (size_t i = 0; i < LANES; i++)
            x[i] = sample(&state, f);
        check_block(f, x, &worst);
    }
    if (is_long_run())
        printf("%s: %.3f ulp\n", f->name, worst);
}

START_TEST(test_functions_are_right_to_an_ulp)
{
    for (size_t i = 0; i < FUNCTIONS; i++)
        check_function(&functions[i], 7 + i);
}
END_TEST

/* A base and an exponent: anything, or such that the power is no extreme. */
static void sample_power(double *a, double *b, uint64_t *state)
{
    uint64_t kind = random_bits(state) % 6;
    function any = {.lo = 0, .hi = 4};

    *a = kind == 0 ? sample(state, &any)
                   : exp(random_between(state, -1, 1) * (kind == 1 ? 300 : 2));
    if (kind == 2)
        *a = 1 + ldexp(random_between(state, -1, 1),
                       -(int)(random_bits(state) % 50));
    *b = kind < 2    ? sample(state, &any)
         : kind == 3 ? round(random_between(state, -20, 20))
                     : random_between(state, -1, 1) *
                           (kind == 4 ? 3 : 745 / fabs(log(*a)));
}

static double worst_power(const double *a, const double *b, const double *y)
{
    double worst = 0;
    mpfr_t base, exponent, exact;

    mpfr_inits2(PRECISION, base, exponent, exact, (mpfr_ptr)0);
    for (size_t i = 0; i < LANES; i++) {
        mpfr_set_d(base, a[i], MPFR_RNDN);
        mpfr_set_d(exponent, b[i], MPFR_RNDN);
        mpfr_pow(exact, base, exponent, MPFR_RNDN);
        double off = ulps(y[i], exact);
        ck_assert_msg(off <= 1, "%a^%a is %a, off by %g ulp", a[i], b[i], y[i],
                      off);
        if (fabs(y[i]) > 2 * DBL_MIN)
            worst = fmax(worst, off);
    }
    mpfr_clears(base, exponent, exact, (mpfr_ptr)0);
    return worst;
}

START_TEST(test_powers_are_right_to_an_ulp)
{
    size_t blocks = is_long_run() ? 50000 : 100;
    _Alignas(64) double a[LANES], b[LANES], first[LANES], other[LANES];
    uint64_t state = 3;
    double worst = 0;

    for (size_t n = 0; n < blocks; n++) {
        const gf_lanes *reference = NULL;
        for (size_t i = 0; i < LANES; i++)
            sample_power(&a[i], &b[i], &state);
        for (size_t s = 0; s < SETS; s++) {
            if (!runs_here(all_lanes[s]))
                continue;
            apply(reference ? other : first, all_lanes[s], GF_LANE_POW, a, b);
            if (reference)
                same_bits(first, other, "pow", all_lanes[s], a);
            reference = all_lanes[s];
        }
        worst = fmax(worst, worst_power(a, b, first));
    }
    if (is_long_run())
        printf("pow: %.3f ulp\n", worst);
}
END_TEST

int main(void)
{
    return RUN_TESTS("motion/lanes", test_functions_are_right_to_an_ulp,
                     test_powers_are_right_to_an_ulp);
}
