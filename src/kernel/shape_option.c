/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of a net's line. */
#include "kernel/shape.h"

#include <string.h>

#include "base/nearest.h"

#define DROPOUT_SHARE 0.25
#define NTK_WEIGHT_VARIANCE 2
#define NTK_BIAS_VARIANCE 1

static const char *const norm_names[] = {"none", "bn-pre", "bn-post",
                                         "ln",   "wn",     "sn"};
static const char *const head_names[] = {"identity", "sigmoid", "softplus",
                                         "softmax"};
static const char *const init_names[] = {"he",     "lecun",      "xavier",
                                         "normal", "orthogonal", "reference"};
#define COUNT(names) (sizeof(names) / sizeof *(names))

const char *gf_norm_name(gf_norm norm)
{
    return norm_names[norm];
}

const char *gf_head_name(gf_net_head head)
{
    return head_names[head];
}

const char *gf_init_rule_name(gf_init_rule rule)
{
    return init_names[rule];
}

/* The place of a word in a list of names; the count where it is none. */
static size_t find(const char *word, const char *const *names, size_t count)
{
    size_t i = 0;

    while (i < count && strcmp(word, names[i]) != 0)
        i++;
    return i;
}

static gf_status read_init(gf_shape_reader *r, gf_net_shape *out)
{
    char word[GF_WORD_SIZE];
    size_t start = r->position;

    gf_shape_word(r, word);
    size_t i = find(word, init_names, COUNT(init_names));
    if (i == COUNT(init_names))
        return gf_shape_fail_name(
            r, start, "initialisation", word,
            gf_nearest_name(word, init_names, i),
            "he, lecun, xavier, normal:SIGMA, orthogonal and "
            "reference");
    out->init = (gf_init_rule)i;
    if (out->init != GF_INIT_NORMAL)
        return GF_OK;
    if (!gf_shape_take(r, ':'))
        return gf_shape_fail(r, GF_SYNTAX, r->position,
                             "a ':' with a standard deviation belongs here");
    start = r->position;
    gf_status status = gf_shape_number(r, &out->sigma);
    if (!status && !(out->sigma > 0))
        status = gf_shape_fail(r, GF_ARGUMENT, start,
                               "the standard deviation must be > 0");
    return status;
}

static gf_status read_head(gf_shape_reader *r, gf_net_shape *out)
{
    char word[GF_WORD_SIZE];
    size_t start = r->position;

    gf_shape_word(r, word);
    size_t i = find(word, head_names, COUNT(head_names));
    if (i == COUNT(head_names))
        return gf_shape_fail_name(r, start, "head", word,
                                  gf_nearest_name(word, head_names, i),
                                  "identity, sigmoid, softplus and softmax");
    out->head = (gf_net_head)i;
    return GF_OK;
}

static gf_status read_seed(gf_shape_reader *r, gf_net_shape *out)
{
    size_t start = r->position;
    size_t digits = strspn(r->text + start, "0123456789");

    if (digits == 0 || digits > 9)
        return gf_shape_fail(r, GF_SYNTAX, start,
                             "a seed is a whole number of at most nine digits");
    out->seed = 0;
    for (; digits > 0; digits--)
        out->seed = 10 * out->seed + (uint64_t)(r->text[r->position++] - '0');
    return GF_OK;
}

static gf_status read_dropout(gf_shape_reader *r, gf_net_shape *out)
{
    size_t start = r->position;

    out->dropout = DROPOUT_SHARE;
    gf_status status = gf_shape_numbers(r, &out->dropout, 1);
    if (!status && !(out->dropout > 0 && out->dropout < 1))
        status =
            gf_shape_fail(r, GF_ARGUMENT, start, "a share is between 0 and 1");
    return status;
}

static gf_status read_ntk(gf_shape_reader *r, gf_net_shape *out)
{
    double variance[2] = {NTK_WEIGHT_VARIANCE, NTK_BIAS_VARIANCE};
    size_t start = r->position;

    out->is_ntk = true;
    gf_status status = gf_shape_numbers(r, variance, 2);
    out->weight_variance = variance[0];
    out->bias_variance = variance[1];
    if (!status && !(variance[0] > 0 && variance[1] >= 0))
        status =
            gf_shape_fail(r, GF_ARGUMENT, start,
                          "the variance of weights must be > 0, that of biases "
                          ">= 0");
    return status;
}

static gf_status read_residual(gf_shape_reader *r, gf_net_shape *out)
{
    (void)r;
    out->is_residual = true;
    return GF_OK;
}

static const struct {
    const char *name;
    bool has_value; /* "=VALUE" */
    gf_status (*read)(gf_shape_reader *r, gf_net_shape *out);
} options[] = {
    {"residual", false, read_residual}, {"dropout", false, read_dropout},
    {"ntk", false, read_ntk},           {"head", true, read_head},
    {"init", true, read_init},          {"seed", true, read_seed},
};

static gf_status take_norm(gf_shape_reader *r, gf_net_shape *out, size_t norm,
                           size_t start)
{
    if (out->norm != GF_NORM_NONE)
        return gf_shape_fail(r, GF_ARGUMENT, start,
                             "a net has one norm at most");
    out->norm = (gf_norm)norm;
    return GF_OK;
}

/* What begins like the word, as dropout for drop, or else the nearest; NULL
 * where several begin so, as for bn. */
static const char *nearest_option(const char *word, const char *const *names,
                                  size_t count)
{
    size_t length = strlen(word), found = 0;
    const char *alike = NULL;

    for (size_t i = 0; i < count && length > 1; i++)
        if (strncmp(word, names[i], length) == 0) {
            alike = names[i];
            found++;
        }
    if (found > 0)
        return found == 1 ? alike : NULL;
    return gf_nearest_name(word, names, count);
}

gf_status gf_shape_option(gf_shape_reader *r, gf_net_shape *out)
{
    const char *names[COUNT(options) + COUNT(norm_names)];
    char word[GF_WORD_SIZE];
    size_t start = r->position, count = 0;

    gf_shape_word(r, word);
    for (size_t i = 1; i < COUNT(norm_names); i++)
        if (strcmp(word, norm_names[i]) == 0)
            return take_norm(r, out, i, start);
    for (size_t i = 0; i < COUNT(options); i++) {
        if (strcmp(word, options[i].name) != 0)
            continue;
        if (options[i].has_value && !gf_shape_take(r, '='))
            return gf_shape_fail(r, GF_SYNTAX, r->position,
                                 "a '=' belongs here");
        return options[i].read(r, out);
    }
    for (size_t i = 0; i < COUNT(options); i++)
        names[count++] = options[i].name;
    for (size_t i = 1; i < COUNT(norm_names); i++)
        names[count++] = norm_names[i];
    return gf_shape_fail_name(r, start, "option", word,
                              nearest_option(word, names, count),
                              "bn-pre, bn-post, ln, wn, sn, residual, dropout, "
                              "head=, ntk, init= and seed=");
}

gf_status gf_net_parse_init(gf_net_shape *shape, const char *text,
                            gf_error *error)
{
    gf_shape_reader r = {.text = text, .error = error};

    gf_status status = read_init(&r, shape);
    if (!status && gf_shape_look(&r) != '\0')
        status =
            gf_shape_fail(&r, GF_SYNTAX, r.position, "the end belongs here");
    return status;
}
