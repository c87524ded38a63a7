/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net's line, read into its shape. */
#include "kernel/shape.h"

#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"

gf_status gf_shape_fail(const gf_shape_reader *r, gf_status status, size_t at,
                        const char *message)
{
    gf_error_set(r->error, status, "%s", message);
    gf_error_place(r->error, r->text, strlen(r->text), at);
    return status;
}

gf_status gf_shape_fail_name(const gf_shape_reader *r, size_t at,
                             const char *what, const char *word,
                             const char *near, const char *known)
{
    if (near)
        gf_error_set(r->error, GF_NAME, "unknown %s '%s'; did you mean '%s'?",
                     what, word, near);
    else
        gf_error_set(r->error, GF_NAME, "unknown %s '%s'; there are %s", what,
                     word, known);
    gf_error_place(r->error, r->text, strlen(r->text), at);
    return GF_NAME;
}

char gf_shape_look(const gf_shape_reader *r)
{
    return r->text[r->position];
}

bool gf_shape_take(gf_shape_reader *r, char c)
{
    if (gf_shape_look(r) != c)
        return false;
    r->position++;
    return true;
}

void gf_shape_word(gf_shape_reader *r, char out[static GF_WORD_SIZE])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
    size_t length = strspn(r->text + r->position, letters);
    size_t kept = length < GF_WORD_SIZE ? length : GF_WORD_SIZE - 1;

    memcpy(out, r->text + r->position, kept);
    out[kept] = '\0';
    r->position += length;
}

gf_status gf_shape_number(gf_shape_reader *r, double *out)
{
    bool is_negative = gf_shape_take(r, '-');
    const char *from = r->text + r->position;
    size_t length = gf_number_scan(out, from, strlen(from));

    if (length == 0 || !isfinite(*out))
        return gf_shape_fail(r, GF_SYNTAX, r->position,
                             "a finite number belongs here");
    r->position += length;
    *out = is_negative ? -*out : *out;
    return GF_OK;
}

gf_status gf_shape_numbers(gf_shape_reader *r, double *out, size_t count)
{
    if (!gf_shape_take(r, '('))
        return GF_OK;
    for (size_t i = 0; i < count; i++) {
        gf_status status = gf_shape_number(r, &out[i]);
        if (status)
            return status;
        if (i + 1 < count && !gf_shape_take(r, ','))
            return gf_shape_fail(r, GF_SYNTAX, r->position,
                                 "a comma and another number belong here");
    }
    if (!gf_shape_take(r, ')'))
        return gf_shape_fail(r, GF_SYNTAX, r->position, "a ')' belongs here");
    return GF_OK;
}

static gf_status take_size(gf_shape_reader *r, size_t *out)
{
    size_t start = r->position, n = 0;
    size_t digits = strspn(r->text + start, "0123456789");

    if (digits == 0)
        return gf_shape_fail(
            r, GF_SYNTAX, start,
            "a size belongs here: a net is SIZES:ACTIVATION, as "
            "1-64-64-1:tanh");
    for (size_t i = 0; i < digits; i++) {
        n = 10 * n + (size_t)(r->text[start + i] - '0');
        if (n > GF_NET_WIDTH_MAX)
            return gf_shape_fail(r, GF_LIMIT, start,
                                 "a width is at most 1000000");
    }
    if (n == 0)
        return gf_shape_fail(r, GF_ARGUMENT, start,
                             "a width must be at least 1");
    r->position += digits;
    *out = n;
    return GF_OK;
}

static gf_status take_sizes(gf_shape_reader *r, gf_net_shape *out)
{
    size_t start = 0;

    for (out->layers = 0;; out->layers++) {
        start = r->position;
        if (out->layers > GF_NET_LAYERS_MAX)
            return gf_shape_fail(r, GF_LIMIT, start,
                                 "a net has at most 33 sizes");
        gf_status status = take_size(r, &out->size[out->layers]);
        if (status)
            return status;
        if (!gf_shape_take(r, '-'))
            break;
    }
    if (out->layers == 0)
        return gf_shape_fail(r, GF_SYNTAX, r->position,
                             "a net has two sizes at least, as 1-64-1");
    if (out->size[out->layers] != 1)
        return gf_shape_fail(r, GF_ARGUMENT, start,
                             "the last size must be 1: a net has one output");
    if (!gf_shape_take(r, ':'))
        return gf_shape_fail(
            r, GF_SYNTAX, r->position,
            "a '-' with a size or a ':' with an activation belongs "
            "here");
    return GF_OK;
}

static gf_status take_activation(gf_shape_reader *r, gf_net_shape *out,
                                 size_t i)
{
    const char *names[32];
    char word[GF_WORD_SIZE];
    size_t start = r->position;

    gf_shape_word(r, word);
    out->activation[i] = gf_activation_find(word);
    if (!out->activation[i]) {
        for (size_t k = 0; k < gf_activation_count(); k++)
            names[k] = gf_activation_row(k)->name;
        return gf_shape_fail_name(
            r, start, "activation", word,
            gf_nearest_name(word, names, gf_activation_count()),
            "erf, gelu, identity, leaky-relu, relu, sigmoid, sin, softplus, "
            "swish and tanh");
    }
    out->number[i] = out->activation[i]->number;
    if (gf_shape_look(r) == '(' && !out->activation[i]->has_number)
        return gf_shape_fail(r, GF_SYNTAX, r->position,
                             "only leaky-relu has a number");
    return gf_shape_numbers(r, &out->number[i], 1);
}

/* One for all hidden layers, or one for each. */
static gf_status take_activations(gf_shape_reader *r, gf_net_shape *out)
{
    size_t hidden = out->layers - 1, count = 0, start = r->position;

    do {
        if (count > 0 && count >= hidden)
            return gf_shape_fail(r, GF_ARGUMENT, r->position,
                                 "more activations than hidden layers");
        gf_status status = take_activation(r, out, count++);
        if (status)
            return status;
    } while (gf_shape_take(r, '/'));
    if (count != 1 && count != hidden)
        return gf_shape_fail(
            r, GF_ARGUMENT, start,
            "one activation for all hidden layers, or one for each");
    for (size_t i = count; i < hidden; i++) {
        out->activation[i] = out->activation[0];
        out->number[i] = out->number[0];
    }
    return GF_OK;
}

/* How many numbers theta has; each size is at most a million, so nothing
 * overflows. */
static gf_status count_parameters(const gf_shape_reader *r, gf_net_shape *out)
{
    bool has_gain = out->norm == GF_NORM_BN_PRE ||
                    out->norm == GF_NORM_BN_POST || out->norm == GF_NORM_LN;

    out->parameters = 0;
    for (size_t l = 0; l < out->layers; l++) {
        size_t n = out->size[l + 1];
        out->parameters += n * out->size[l] + n;
        if (has_gain && l + 1 < out->layers)
            out->parameters += 2 * n;
        if (out->norm == GF_NORM_WN)
            out->parameters += n;
    }
    if (out->parameters <= GF_NET_PARAMETERS_MAX)
        return GF_OK;
    gf_error_set(r->error, GF_LIMIT,
                 "the net has %zu parameters; at most 100000000 are possible",
                 out->parameters);
    gf_error_place(r->error, r->text, strlen(r->text), 0);
    return GF_LIMIT;
}

gf_status gf_net_parse(gf_net_shape *out, const char *text, gf_error *error)
{
    gf_shape_reader r = {.text = text, .error = error};

    *out = (gf_net_shape){.init = GF_INIT_HE, .sigma = 1, .seed = 0};
    gf_status status = take_sizes(&r, out);
    if (!status)
        status = take_activations(&r, out);
    while (!status && gf_shape_take(&r, ','))
        status = gf_shape_option(&r, out);
    if (status)
        return status;
    if (gf_shape_look(&r) != '\0')
        return gf_shape_fail(&r, GF_SYNTAX, r.position,
                             "a ',' with an option or the end belongs here");
    return count_parameters(&r, out);
}
