/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of rules [mescheder2017], and a rule from its text. */
#include <ganfield/optimizer.h>

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "motion/move.h"

gf_vec2 gf_move_velocity(const gf_move *move, gf_vec2 z)
{
    gf_vec2 v = gf_field_at(z, move->field);

    ++*move->evaluations;
    return (gf_vec2){v.x / move->unit[0], v.y / move->unit[1]};
}

/* --- rules ------------------------------------------------------------- */

static void step_sgd(double *state, const gf_move *move)
{
    gf_vec2 v = gf_move_velocity(move, (gf_vec2){state[0], state[1]});

    if (move->moves[0])
        state[0] += move->size[0] * v.x;
    if (move->moves[1])
        state[1] += move->size[1] * v.y;
}

static const gf_optimizer_rule rules[] = {
    {.name = "sgd",
     .title = "gradient steps; Euler's method",
     .key = "mescheder2017",
     .step = step_sgd},
};

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
    const char *near = gf_nearest_name(name, names, RULE_COUNT);
    return gf_error_set(error, GF_NAME, "'%s': unknown optimizer%s%s%s", name,
                        near ? "; did you mean '" : "", near ? near : "",
                        near ? "'?" : "");
}

static size_t count_numbers(const gf_optimizer_rule *rule)
{
    size_t count = 0;

    while (count < GF_OPTIMIZER_NUMBERS_MAX && rule->number[count].name)
        count++;
    return count;
}

/* One "k=v". */
static gf_status read_number(gf_optimizer *out, const char *text,
                             gf_error *error)
{
    const gf_optimizer_rule *rule = out->rule;
    const char *mark = strchr(text, '=');
    char name[32];
    double value;
    size_t i = 0, count = count_numbers(rule);

    if (!mark)
        return gf_error_set(error, GF_SYNTAX,
                            "'%s': a rule's numbers are written name=value",
                            text);
    copy(name, sizeof name, text, (size_t)(mark - text));
    while (i < count && strcmp(rule->number[i].name, name) != 0)
        i++;
    if (i == count)
        return gf_error_set(error, GF_NAME, "'%s': '%s' has no such number",
                            name, rule->name);
    if (gf_number_read(&value, mark + 1))
        return gf_error_set(error, GF_SYNTAX, "'%s' is no number", mark + 1);
    if (!gf_range_has(rule->number[i].range, value))
        return gf_error_set(error, GF_ARGUMENT, "'%s' is out of range", text);
    out->number[i] = value;
    return GF_OK;
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
