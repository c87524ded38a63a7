/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of rules, and a rule from its text. */
#include <ganfield/optimizer.h>

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "motion/rules.h"

/* --- the table --------------------------------------------------------- */

#define FINITE                                                                 \
    {                                                                          \
        -INFINITY, INFINITY, false, false                                      \
    }
#define POSITIVE                                                               \
    {                                                                          \
        0, INFINITY, false, false                                              \
    }
#define FRACTION                                                               \
    {                                                                          \
        0, 1, true, false                                                      \
    }
#define COUNT                                                                  \
    {                                                                          \
        1, 1e6, true, true                                                     \
    }

/* clang-format off */
#define MOMENTA {{"beta", 0.9, FINITE, false}, \
                 {"beta_g", NAN, FINITE, false}} /* of the generator */
#define ADAM {{"beta1", 0.9, FRACTION, false}, \
              {"beta2", 0.999, FRACTION, false}, \
              {"eps", 1e-8, POSITIVE, false}}

static const gf_optimizer_rule rules[] = {
    {.name = "sgd", .title = "gradient steps; Euler's method",
     .key = "mescheder2017", .scratch = 1, .spectral = true,
     .step = gf_rule_sgd},
    {.name = "heavy-ball", .title = "momentum, which may be negative",
     .key = "polyak1964", .memory = 1, .scratch = 1, .spectral = true,
     .number = MOMENTA, .step = gf_rule_heavy_ball},
    {.name = "nesterov", .title = "momentum, gradients where it leads",
     .key = "nesterov1983", .memory = 1, .scratch = 2, .spectral = true,
     .number = MOMENTA, .step = gf_rule_nesterov},
    {.name = "rmsprop", .title = "gradients over their root mean square",
     .key = "tieleman2012", .squares = 1u << 1, .memory = 1, .scratch = 2, .spectral = true,
     .through_eps = true,
     .number = {{"rho", 0.9, FRACTION, false}, {"eps", 1e-8, POSITIVE, false}},
     .step = gf_rule_rmsprop},
    {.name = "adam", .title = "mean gradients over their root mean square",
     .key = "kingma2015", .squares = 1u << 2, .memory = 2, .scratch = 1, .spectral = true,
     .through_eps = true, .number = ADAM, .step = gf_rule_adam},
    {.name = "amsgrad", .title = "adam with steps that never grow back",
     .key = "reddi2018", .squares = 3u << 2, .memory = 3, .scratch = 1, .spectral = true,
     .through_eps = true, .number = ADAM, .step = gf_rule_amsgrad},
    {.name = "optimistic-adam", .title = "twice adam's step less the last one",
     .key = "daskalakis2018", .squares = 1u << 2, .memory = 3, .scratch = 1, .spectral = true,
     .through_eps = true, .number = ADAM, .step = gf_rule_optimistic_adam},
    {.name = "extragradient", .title = "the gradient one step ahead",
     .key = "korpelevich1976", .scratch = 2, .spectral = true,
     .step = gf_rule_extragradient},
    {.name = "past-extragradient",
     .title = "the same, ahead by the gradient before",
     .key = "popov1980", .memory = 1, .scratch = 1, .spectral = true,
     .step = gf_rule_past_extragradient},
    {.name = "optimistic", .title = "twice the gradient less the last one",
     .key = "daskalakis2018", .memory = 1, .scratch = 1, .spectral = true,
     .step = gf_rule_optimistic},
    {.name = "consensus", .title = "less gamma J'v: towards small gradients",
     .key = "mescheder2017", .scratch = 2, .needs = GF_NEEDS_TRANSPOSED,
     .number = {{"gamma", 0.1, FINITE, false}}, .step = gf_rule_consensus},
    {.name = "sga", .title = "more lambda A v, A what turns in J",
     .key = "balduzzi2018", .scratch = 3,
     .needs = GF_NEEDS_PRODUCT | GF_NEEDS_TRANSPOSED,
     .number = {{"lambda", 1, FINITE, false}}, .step = gf_rule_sga},
    {.name = "competitive", .title = "the equilibrium of the local game",
     .key = "schafer2019", .scratch = 2, .needs = GF_NEEDS_PRODUCT,
     .step = gf_rule_competitive},
    {.name = "lookahead", .title = "k gradient steps, then back a part",
     .key = "chavdarova2021", .memory = 1, .scratch = 1, .copies = 1u << 1,
     .spectral = true, .period = 1,
     .number = {{"k", 5, COUNT, true}, {"alpha", 0.5, FINITE, false}},
     .step = gf_rule_slow, .settle = gf_settle_lookahead},
    {.name = "averaging", .title = "gradient steps, the mean of all states",
     .key = "polyak1992", .memory = 1, .scratch = 1, .copies = 1u << 1,
     .spectral = true, .reported = 1, .step = gf_rule_slow,
     .settle = gf_settle_averaging},
    {.name = "implicit", .title = "the gradient where the step ends",
     .key = "rockafellar1976", .scratch = 0, .needs = GF_NEEDS_PRODUCT,
     .spectral = true, .step = gf_rule_implicit},
    {.name = "rk2", .title = "Heun's method", .key = "qin2020", .scratch = 3,
     .spectral = true, .step = gf_rule_rk2},
    {.name = "rk3", .title = "Kutta's method of third order",
     .key = "hairer1993", .scratch = 3, .spectral = true, .step = gf_rule_rk3},
    {.name = "rk4", .title = "the classical method of Runge and Kutta",
     .key = "qin2020", .scratch = 3, .spectral = true, .step = gf_rule_rk4},
    {.name = "natural", .title = "gradients in the Fisher metric",
     .key = "amari1998", .scratch = 1, .needs = GF_NEEDS_METRIC,
     .step = gf_rule_natural},
};
/* clang-format on */

enum { RULE_COUNT = sizeof rules / sizeof *rules };

size_t gf_optimizer_count(void)
{
    return RULE_COUNT;
}

const gf_optimizer_rule *gf_optimizer_row(size_t i)
{
    assert(i < RULE_COUNT);
    return &rules[i];
}

const char *gf_order_name(gf_order order)
{
    return order == GF_ALTERNATING ? "alternating" : "simultaneous";
}

size_t gf_optimizer_numbers(const gf_optimizer_rule *rule)
{
    size_t count = 0;

    while (count < GF_OPTIMIZER_NUMBERS_MAX && rule->number[count].name)
        count++;
    return count;
}

/* --- text -------------------------------------------------------------- */

/* The first `length` bytes of a text, cut to fit. */
static void copy(char *out, size_t size, const char *text, size_t length)
{
    length = length < size ? length : size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

static gf_status find_rule(gf_optimizer *out, const char *name, gf_error *error)
{
    const char *names[RULE_COUNT];

    for (size_t i = 0; i < RULE_COUNT; i++) {
        names[i] = rules[i].name;
        if (strcmp(rules[i].name, name) == 0) {
            out->rule = &rules[i];
            return GF_OK;
        }
    }
    return gf_nearest_refuse(error, "optimizer", name, names, RULE_COUNT);
}

/* Says which numbers a rule has. */
static gf_status refuse_number(const gf_optimizer_rule *rule, const char *name,
                               gf_error *error)
{
    size_t count = gf_optimizer_numbers(rule);
    char all[160] = "none";

    for (size_t i = 0, length = 0; i < count && length < sizeof all; i++)
        length += (size_t)snprintf(all + length, sizeof all - length, "%s%s",
                                   i > 0 ? ", " : "", rule->number[i].name);
    return gf_error_set(error, GF_NAME,
                        "'%s': '%s' has no such number (it has %s)", name,
                        rule->name, all);
}

gf_status gf_optimizer_set(gf_optimizer *optimizer, const char *name,
                           double value, gf_error *error)
{
    const gf_optimizer_rule *rule = optimizer->rule;
    size_t i = 0, count = gf_optimizer_numbers(rule);

    while (i < count && strcmp(rule->number[i].name, name) != 0)
        i++;
    if (i == count)
        return refuse_number(rule, name, error);
    const gf_optimizer_number *number = &rule->number[i];
    if (!isfinite(value) || !gf_range_has(number->range, value))
        return gf_error_set(error, GF_ARGUMENT, "'%s=%g' is out of range", name,
                            value);
    if (number->is_whole && value != floor(value))
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s=%g': must be a whole number", name, value);
    optimizer->number[i] = value;
    return GF_OK;
}

/* One "k=v". */
static gf_status read_number(gf_optimizer *out, const char *text,
                             gf_error *error)
{
    const char *mark = strchr(text, '=');
    char name[32];
    double value;

    if (!mark)
        return gf_error_set(error, GF_SYNTAX,
                            "'%s': a rule's numbers are written name=value",
                            text);
    copy(name, sizeof name, text, (size_t)(mark - text));
    if (gf_number_read(&value, mark + 1))
        return gf_error_set(error, GF_SYNTAX, "'%s' is no number", mark + 1);
    return gf_optimizer_set(out, name, value, error);
}

gf_status gf_optimizer_parse(gf_optimizer *out, const char *text,
                             gf_error *error)
{
    size_t length = strcspn(text, ":");
    char part[64];

    copy(part, sizeof part, text, length);
    gf_status status = find_rule(out, part, error);
    if (status)
        return status;
    for (size_t i = 0; i < GF_OPTIMIZER_NUMBERS_MAX; i++)
        out->number[i] = out->rule->number[i].value;
    for (text += length; *text && !status; text += length) {
        text++;
        length = strcspn(text, ",");
        copy(part, sizeof part, text, length);
        status = read_number(out, part, error);
    }
    return status;
}
