/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of operators. */
#include "expr/ops.h"

#include <math.h>
#include <string.h>

#include "expr/special.h"

#define PI_HALF_UP 1.5707963267948968
#define GF_INF ((double)INFINITY)

/* A smooth function that grows or falls on an open domain. */
#define MONOTONE(way, lo, hi, from, to)                                      \
    .direction = (way), .domain_lo = (lo), .domain_hi = (hi),                \
    .range_lo = (from), .range_hi = (to)

static const gf_op_row rows[GF_OP_COUNT] = {
    [GF_OP_PI] = {.name = "pi", .latex = "\\pi"},
    [GF_OP_INF] = {.name = "inf", .latex = "\\infty"},
    [GF_OP_ADD] = {.arity = -1},
    [GF_OP_MUL] = {.arity = -1},
    [GF_OP_POW] = {.arity = 2, .value2 = pow},
    [GF_OP_EXP] = {.name = "exp", .arity = 1, .value = exp,
                   .slope = "exp(x)", .at_zero = "1",
                   .inverse = GF_OP_LOG, .ball = arb_exp,
                   MONOTONE(1, -GF_INF, GF_INF, 0, GF_INF),
                   .latex = "\\exp"},
    [GF_OP_LOG] = {.name = "log", .arity = 1, .value = log, .slope = "1/x",
                   .ball = arb_log, MONOTONE(1, 0, GF_INF, -GF_INF, GF_INF),
                   .inverse = GF_OP_EXP, .latex = "\\log"},
    [GF_OP_CBRT] = {.name = "cbrt", .arity = 1, .value = cbrt,
                    .slope = "1/(3*cbrt(x)^2)", .at_zero = "0",
                    .parity = -1, .ball = gf_ball_cbrt,
                    MONOTONE(1, -GF_INF, GF_INF, -GF_INF, GF_INF),
                    .latex = "\\sqrt[3]"},
    [GF_OP_SIN] = {.name = "sin", .arity = 1, .value = sin,
                   .slope = "cos(x)", .at_zero = "0", .parity = -1,
                   .ball = arb_sin, .interval = gf_interval_sin,
                   .latex = "\\sin"},
    [GF_OP_COS] = {.name = "cos", .arity = 1, .value = cos,
                   .slope = "-sin(x)", .at_zero = "1", .parity = 1,
                   .ball = arb_cos, .interval = gf_interval_cos,
                   .latex = "\\cos"},
    [GF_OP_TAN] = {.name = "tan", .arity = 1, .value = tan,
                   .slope = "1 + tan(x)^2", .at_zero = "0", .parity = -1,
                   .ball = arb_tan, .interval = gf_interval_tan,
                   .inverse = GF_OP_ATAN, .latex = "\\tan"},
    [GF_OP_ASIN] = {.name = "asin", .arity = 1, .value = asin,
                    .slope = "1/sqrt(1 - x^2)", .at_zero = "0",
                    .parity = -1, .ball = arb_asin,
                    MONOTONE(1, -1, 1, -PI_HALF_UP, PI_HALF_UP),
                    .domain_closed = true, .latex = "\\arcsin"},
    [GF_OP_ACOS] = {.name = "acos", .arity = 1, .value = acos,
                    .slope = "-1/sqrt(1 - x^2)", .ball = arb_acos,
                    MONOTONE(-1, -1, 1, -1, 2 * PI_HALF_UP),
                    .domain_closed = true, .latex = "\\arccos"},
    [GF_OP_ATAN] = {.name = "atan", .arity = 1, .value = atan,
                    .slope = "1/(1 + x^2)", .at_zero = "0", .parity = -1,
                    .ball = arb_atan,
                    MONOTONE(1, -GF_INF, GF_INF, -PI_HALF_UP, PI_HALF_UP),
                    .latex = "\\arctan"},
    [GF_OP_SINH] = {.name = "sinh", .arity = 1, .value = sinh,
                    .slope = "cosh(x)", .at_zero = "0", .parity = -1,
                    .ball = arb_sinh,
                    MONOTONE(1, -GF_INF, GF_INF, -GF_INF, GF_INF),
                    .latex = "\\sinh"},
    [GF_OP_COSH] = {.name = "cosh", .arity = 1, .value = cosh,
                    .slope = "sinh(x)", .at_zero = "1", .parity = 1,
                    .ball = arb_cosh, .interval = gf_interval_cosh,
                    .latex = "\\cosh"},
    [GF_OP_TANH] = {.name = "tanh", .arity = 1, .value = tanh,
                    .slope = "1 - tanh(x)^2", .at_zero = "0", .parity = -1,
                    .inverse = GF_OP_ATANH, .ball = arb_tanh,
                    MONOTONE(1, -GF_INF, GF_INF, -1, 1),
                    .latex = "\\tanh"},
    [GF_OP_ATANH] = {.name = "atanh", .arity = 1, .value = atanh,
                     .slope = "1/(1 - x^2)", .at_zero = "0", .parity = -1,
                     .inverse = GF_OP_TANH, .ball = arb_atanh,
                     MONOTONE(1, -1, 1, -GF_INF, GF_INF),
                     .latex = "\\operatorname{artanh}"},
    [GF_OP_SIGMOID] = {.name = "sigmoid", .arity = 1,
                       .value = gf_value_sigmoid,
                       .slope = "sigmoid(x)*sigmoid(-x)", .at_zero = "1/2",
                       .inverse = GF_OP_LOGIT, .ball = gf_ball_sigmoid,
                       MONOTONE(1, -GF_INF, GF_INF, 0, 1),
                       .latex = "\\sigma"},
    [GF_OP_SOFTPLUS] = {.name = "softplus", .arity = 1,
                        .value = gf_value_softplus, .slope = "sigmoid(x)",
                        .at_zero = "log(2)", .ball = gf_ball_softplus,
                        MONOTONE(1, -GF_INF, GF_INF, 0, GF_INF),
                        .latex = "\\operatorname{softplus}"},
    [GF_OP_LOGIT] = {.name = "logit", .arity = 1, .value = gf_value_logit,
                     .slope = "1/(x*(1 - x))", .ball = gf_ball_logit,
                     .inverse = GF_OP_SIGMOID,
                     MONOTONE(1, 0, 1, -GF_INF, GF_INF),
                     .latex = "\\operatorname{logit}"},
    [GF_OP_ERF] = {.name = "erf", .arity = 1, .value = erf,
                   .slope = "2*exp(-x^2)/sqrt(pi)", .at_zero = "0",
                   .parity = -1, .ball = arb_hypgeom_erf,
                   MONOTONE(1, -GF_INF, GF_INF, -1, 1),
                   .latex = "\\operatorname{erf}"},
    [GF_OP_ERFC] = {.name = "erfc", .arity = 1, .value = erfc,
                    .slope = "-2*exp(-x^2)/sqrt(pi)", .at_zero = "1",
                    .ball = arb_hypgeom_erfc,
                    MONOTONE(-1, -GF_INF, GF_INF, 0, 2),
                    .latex = "\\operatorname{erfc}"},
    [GF_OP_GELU] = {.name = "gelu", .arity = 1, .value = gf_value_gelu,
                    .slope = "erfc(-x/sqrt(2))/2 + "
                             "x*exp(-x^2/2)/sqrt(2*pi)",
                    .at_zero = "0", .ball = gf_ball_gelu,
                    .interval = gf_interval_gelu,
                    .latex = "\\operatorname{GELU}"},
    [GF_OP_ABS] = {.name = "abs", .arity = 1, .value = fabs,
                   .slope = "sign(x)", .at_zero = "0", .parity = 1,
                   .ball = gf_ball_abs, .interval = gf_interval_abs,
                   .kinked = true},
    [GF_OP_SIGN] = {.name = "sign", .arity = 1, .value = gf_value_sign,
                    .slope = "0", .at_zero = "0", .parity = -1,
                    .ball = gf_ball_sign, .interval = gf_interval_sign,
                    .kinked = true, .latex = "\\operatorname{sign}"},
    [GF_OP_STEP] = {.name = "step", .arity = 1, .value = gf_value_step,
                    .slope = "0", .at_zero = "1/2", .ball = gf_ball_step,
                    .interval = gf_interval_step, .kinked = true,
                    .latex = "\\operatorname{step}"},
    [GF_OP_MIN] = {.name = "min", .arity = 2, .value2 = gf_value_min,
                   .slope = "step(y - x)", .slope_y = "step(x - y)",
                   .kinked = true, .latex = "\\min"},
    [GF_OP_MAX] = {.name = "max", .arity = 2, .value2 = gf_value_max,
                   .slope = "step(x - y)", .slope_y = "step(y - x)",
                   .kinked = true, .latex = "\\max"},
    [GF_OP_SQRT] = {.arity = 1, .value = sqrt, .ball = arb_sqrt,
                    MONOTONE(1, 0, GF_INF, -1, GF_INF),
                    .domain_closed = true},
    [GF_OP_LOG1P] = {.arity = 1, .value = log1p, .ball = arb_log1p,
                     MONOTONE(1, -1, GF_INF, -GF_INF, GF_INF)},
    [GF_OP_EXPM1] = {.arity = 1, .value = expm1, .ball = arb_expm1,
                     MONOTONE(1, -GF_INF, GF_INF, -1, GF_INF)},
};

const char *const gf_function_names[] = {
    "abs",   "acos", "asin", "atan",  "atanh", "cbrt",    "cos",
    "cosh",  "erf",  "erfc", "exp",   "expm1", "gauss",   "gelu",
    "log",   "log10", "log1p", "log2", "logit", "max",    "min",
    "pow",   "relu", "sigmoid", "sign", "sin", "sinh",    "softplus",
    "sqrt",  "step", "tan",  "tanh",  "pi",    "e",       "inf"};
const size_t gf_function_name_count =
    sizeof gf_function_names / sizeof gf_function_names[0];

const gf_op_row *gf_op_row_of(gf_op op)
{
    return &rows[op];
}

gf_op gf_op_find(const char *name)
{
    for (int i = 0; i < GF_OP_COUNT; i++)
        if (rows[i].name && strcmp(rows[i].name, name) == 0)
            return (gf_op)i;
    return GF_OP_NONE;
}

bool gf_is_kinked(gf_op op)
{
    return rows[op].kinked;
}
