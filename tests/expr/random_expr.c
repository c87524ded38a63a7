/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random_expr.h"

#include "harness.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const char *const random_symbols[RANDOM_SYMBOLS] = {"x", "y", "z"};

/* How tightly what was written binds. */
enum { SUM, PRODUCT, SIGNED, POWER, ATOM };

enum { P = RANDOM_PRECISION };

static void write_any(arb_t value, random_expr *r, uint64_t *state, int depth,
                      int level);

static size_t below(uint64_t *state, size_t n)
{
    return (size_t)(random_bits(state) % n);
}

static void add(random_expr *r, const char *text)
{
    size_t n = strlen(text);

    if (r->length + n + 1 > sizeof r->text)
        n = sizeof r->text - 1 - r->length;
    memcpy(r->text + r->length, text, n);
    r->length += n;
    r->text[r->length] = '\0';
}

/* --- functions by their textbook formulas ------------------------------ */

static void at_sigmoid(arb_t y, const arb_t x, slong p)
{
    arb_neg(y, x);
    arb_exp(y, y, p);
    arb_add_ui(y, y, 1, p);
    arb_inv(y, y, p);
}

static void at_softplus(arb_t y, const arb_t x, slong p)
{
    arb_exp(y, x, p);
    arb_add_ui(y, y, 1, p);
    arb_log(y, y, p);
}

static void at_logit(arb_t y, const arb_t x, slong p)
{
    arb_sub_ui(y, x, 1, p);
    arb_neg(y, y);
    arb_div(y, x, y, p);
    arb_log(y, y, p);
}

static void at_gelu(arb_t y, const arb_t x, slong p)
{
    arb_t half;

    arb_init(half);
    arb_set_d(half, 0.5);
    arb_sqrt(half, half, p);
    arb_mul(y, x, half, p);
    arb_hypgeom_erf(y, y, p);
    arb_add_ui(y, y, 1, p);
    arb_mul(y, y, x, p);
    arb_mul_2exp_si(y, y, -1);
    arb_clear(half);
}

static void at_cbrt(arb_t y, const arb_t x, slong p)
{
    bool negative = arb_is_negative(x);

    arb_set(y, x);
    if (negative)
        arb_neg(y, y);
    arb_root_ui(y, y, 3, p);
    if (negative)
        arb_neg(y, y);
}

static void at_log_base(arb_t y, const arb_t x, ulong base, slong p)
{
    arb_t log_of_base;

    arb_init(log_of_base);
    arb_log_ui(log_of_base, base, p);
    arb_log(y, x, p);
    arb_div(y, y, log_of_base, p);
    arb_clear(log_of_base);
}

static void at_log2(arb_t y, const arb_t x, slong p)
{
    at_log_base(y, x, 2, p);
}

static void at_log10(arb_t y, const arb_t x, slong p)
{
    at_log_base(y, x, 10, p);
}

static void at_abs(arb_t y, const arb_t x, slong p)
{
    (void)p;
    arb_abs(y, x);
}

static void at_sign(arb_t y, const arb_t x, slong p)
{
    (void)p;
    if (arb_is_finite(x))
        arb_sgn(y, x);
    else
        arb_indeterminate(y);
}

static void at_step(arb_t y, const arb_t x, slong p)
{
    at_sign(y, x, p);
    arb_add_ui(y, y, 1, p);
    arb_mul_2exp_si(y, y, -1);
}

static void at_relu(arb_t y, const arb_t x, slong p)
{
    arb_t zero;

    arb_init(zero);
    arb_max(y, x, zero, p);
    arb_clear(zero);
}

static const struct {
    const char *name;
    void (*at)(arb_t y, const arb_t x, slong p);
} functions[] = {
    {"log", arb_log},         {"log1p", arb_log1p},       {"log2", at_log2},
    {"log10", at_log10},      {"exp", arb_exp},           {"expm1", arb_expm1},
    {"sqrt", arb_sqrt},       {"cbrt", at_cbrt},          {"abs", at_abs},
    {"sign", at_sign},        {"step", at_step},          {"sin", arb_sin},
    {"cos", arb_cos},         {"tan", arb_tan},           {"asin", arb_asin},
    {"acos", arb_acos},       {"atan", arb_atan},         {"sinh", arb_sinh},
    {"cosh", arb_cosh},       {"tanh", arb_tanh},         {"atanh", arb_atanh},
    {"sigmoid", at_sigmoid},  {"softplus", at_softplus},  {"logit", at_logit},
    {"erf", arb_hypgeom_erf}, {"erfc", arb_hypgeom_erfc}, {"gelu", at_gelu},
    {"relu", at_relu},
};

/* --- texts ------------------------------------------------------------- */

static void write_number(arb_t value, random_expr *r, uint64_t *state)
{
    static const char *const numbers[] = {
        "0",   "1",    "2",     "3",       "10",   "0.5", "0.2",
        ".25", "1e-3", "1.5e2", "0.12345", "1e-9", "7",   "2."};
    const char *text = numbers[below(state, sizeof numbers / sizeof *numbers)];

    add(r, text);
    arb_set_str(value, text, P);
}

static void at_one_minus(arb_t y, const arb_t x, slong p)
{
    arb_sub_ui(y, x, 1, p);
    arb_neg(y, y);
}

static void at_minus_one(arb_t y, const arb_t x, slong p)
{
    arb_sub_ui(y, x, 1, p);
}

static void at_sigmoid_of_negative(arb_t y, const arb_t x, slong p)
{
    arb_t minus_x;

    arb_init(minus_x);
    arb_neg(minus_x, x);
    at_sigmoid(y, minus_x, p);
    arb_clear(minus_x);
}

static void at_inverse_exp(arb_t y, const arb_t x, slong p)
{
    arb_neg(y, x);
    arb_exp(y, y, p);
}

static void at_one_plus_exp(arb_t y, const arb_t x, slong p)
{
    arb_exp(y, x, p);
    arb_add_ui(y, y, 1, p);
}

static void at_root_two(arb_t y, const arb_t x, slong p)
{
    (void)x;
    arb_sqrt_ui(y, 2, p);
}

static void at_root_pi(arb_t y, const arb_t x, slong p)
{
    (void)x;
    arb_const_pi(y, p);
    arb_sqrt(y, y, p);
}

/* What meets its like often enough to be collected. */
static const struct {
    const char *text;
    void (*at)(arb_t y, const arb_t x, slong p);
} familiar[] = {
    {"(1 - x)", at_one_minus},
    {"(x - 1)", at_minus_one},
    {"sigmoid(x)", at_sigmoid},
    {"sigmoid(-x)", at_sigmoid_of_negative},
    {"exp(x)", arb_exp},
    {"exp(-x)", at_inverse_exp},
    {"(1 + exp(x))", at_one_plus_exp},
    {"sqrt(2)", at_root_two},
    {"sqrt(pi)", at_root_pi},
    {"sqrt(x)", arb_sqrt},
    {"log(x)", arb_log},
    {"softplus(x)", at_softplus},
};

static void write_leaf(arb_t value, random_expr *r, uint64_t *state)
{
    size_t which = below(state, 12), i = below(state, RANDOM_SYMBOLS);
    size_t k = below(state, sizeof familiar / sizeof *familiar);
    arb_t x;

    if (which < 3) {
        write_number(value, r, state);
    } else if (which == 3) {
        add(r, "pi");
        arb_const_pi(value, P);
    } else if (which == 4) {
        add(r, "e");
        arb_const_e(value, P);
    } else if (which < 8) {
        add(r, familiar[k].text);
        arb_init(x);
        arb_set_d(x, r->at[0]);
        familiar[k].at(value, x, P);
        arb_clear(x);
    } else {
        add(r, random_symbols[i]);
        arb_set_d(value, r->at[i]);
    }
}

static void write_call(arb_t value, random_expr *r, uint64_t *state, int depth)
{
    size_t n = sizeof functions / sizeof *functions, i = below(state, n + 3);
    arb_t a;

    arb_init(a);
    add(r, i < n        ? functions[i].name
           : i == n     ? "min"
           : i == n + 1 ? "max"
                        : "pow");
    add(r, "(");
    write_any(a, r, state, depth - 1, SUM);
    if (i < n) {
        functions[i].at(value, a, P);
    } else {
        add(r, ", ");
        write_any(value, r, state, depth - 1, SUM);
        if (i == n + 2)
            arb_pow(value, a, value, P);
        else if (i == n)
            arb_min(value, a, value, P);
        else
            arb_max(value, a, value, P);
    }
    add(r, ")");
    arb_clear(a);
}

static void write_power(arb_t value, random_expr *r, uint64_t *state, int depth)
{
    static const char *const powers[] = {"2",  "3",  "-1",  "0",    "-2",
                                         ".5", "-3", "1.5", "-0.5", "4"};
    const char *power = powers[below(state, 10)];
    arb_t exponent;

    arb_init(exponent);
    write_any(value, r, state, depth - 1, ATOM);
    add(r, "^");
    if (below(state, 4)) {
        add(r, power);
        arb_set_str(exponent, power, P);
    } else {
        write_any(exponent, r, state, depth - 1, SIGNED);
    }
    arb_pow(value, value, exponent, P);
    arb_clear(exponent);
}

static void write_binary(arb_t value, random_expr *r, uint64_t *state,
                         int depth, char op)
{
    bool sum = op == '+' || op == '-';
    char text[4] = {' ', op, ' ', '\0'};
    arb_t b;

    arb_init(b);
    write_any(value, r, state, depth - 1, sum ? SUM : PRODUCT);
    add(r, below(state, 2) ? text : (char[]){op, '\0'});
    write_any(b, r, state, depth - 1, sum ? PRODUCT : SIGNED);
    if (op == '+')
        arb_add(value, value, b, P);
    else if (op == '-')
        arb_sub(value, value, b, P);
    else if (op == '*')
        arb_mul(value, value, b, P);
    else
        arb_div(value, value, b, P);
    arb_clear(b);
}

/* Something that binds at least as tightly as `level`. */
static void write_any(arb_t value, random_expr *r, uint64_t *state, int depth,
                      int level)
{
    static const char binary[] = "+-*/";
    size_t kind = below(state, 10);
    int own = kind < 4    ? (kind < 2 ? SUM : PRODUCT)
              : kind == 4 ? SIGNED
              : kind == 5 ? POWER
                          : ATOM;
    bool wrap;

    if (depth <= 0 || kind == 9 || r->length > sizeof r->text / 2) {
        write_leaf(value, r, state);
        return;
    }
    wrap = own < level || below(state, 16) == 0;
    add(r, wrap ? "(" : "");
    if (kind < 4) {
        write_binary(value, r, state, depth, binary[kind]);
    } else if (kind == 4) {
        add(r, "-");
        write_any(value, r, state, depth - 1, POWER);
        arb_neg(value, value);
    } else if (kind == 5) {
        write_power(value, r, state, depth);
    } else {
        write_call(value, r, state, depth);
    }
    add(r, wrap ? ")" : "");
}

void random_expr_init(random_expr *r)
{
    r->length = 0;
    r->text[0] = '\0';
    arb_init(r->value);
}

void random_expr_clear(random_expr *r)
{
    arb_clear(r->value);
}

void random_expr_write(random_expr *r, uint64_t *state, int depth)
{
    r->length = 0;
    for (size_t i = 0; i < RANDOM_SYMBOLS; i++) {
        r->at[i] = random_between(state, -2, 2);
        if (below(state, 3) == 0)
            r->at[i] = random_between(state, 0, 1);
    }
    write_any(r->value, r, state, depth, SUM);
}
