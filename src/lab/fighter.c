/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Players from their texts. */
#include <ganfield/duel.h>

#include "base/number.h"

#include <math.h>
#include <string.h>

/* A name that stands for a player. */
typedef struct nickname {
    const char *name;
    size_t player, numbers;
    bool is_piecewise;
} nickname;

static const nickname nicknames[] = {
    {"linear", GF_GENERATOR, 2, false},
    {"piecewise", GF_GENERATOR, 4, true},
    {"logistic", GF_CRITIC, 2, false},
};

/* The nickname that the text begins with; NULL: it is a net. */
static const nickname *find(const char *text, size_t player)
{
    size_t length = strcspn(text, "(");

    for (size_t i = 0; i < sizeof nicknames / sizeof *nicknames; i++)
        if (nicknames[i].player == player &&
            strlen(nicknames[i].name) == length &&
            strncmp(nicknames[i].name, text, length) == 0)
            return &nicknames[i];
    return NULL;
}

/* "(1,2)" with so many numbers, or nothing. */
static gf_status read_numbers(gf_fighter *out, const nickname *name,
                              const char *text, gf_error *error)
{
    const char *at = text + strlen(name->name);
    size_t count = 0;

    if (!*at)
        return GF_OK;
    for (char end = *at; end && end != ')' && count < name->numbers; count++) {
        char number[64];
        size_t length = strcspn(++at, ",)");
        if (length >= sizeof number)
            break;
        memcpy(number, at, length);
        number[length] = '\0';
        if (gf_number_read(&out->number[count], number) ||
            !isfinite(out->number[count]))
            return gf_error_set(error, GF_SYNTAX,
                                "'%s': '%s' is no finite number", text, number);
        at += length;
        end = *at;
    }
    if (count != name->numbers || strcmp(at, ")") != 0)
        return gf_error_set(error, GF_SYNTAX,
                            "'%s': %s has %zu parameters, as %s(%s)", text,
                            name->name, name->numbers, name->name,
                            name->numbers == 2 ? "1,0" : "1,-1,1,1");
    out->has_numbers = true;
    return GF_OK;
}

gf_status gf_fighter_read(gf_fighter *out, size_t player, const char *text,
                          gf_error *error)
{
    const nickname *name = find(text, player);
    gf_status status;

    *out = (gf_fighter){.is_piecewise = name && name->is_piecewise};
    status = gf_net_parse(&out->net, name ? "1-1:identity" : text, error);
    if (!status && name)
        status = read_numbers(out, name, text, error);
    if (status)
        return status;
    out->parameters = out->is_piecewise ? name->numbers : out->net.parameters;
    if (player == GF_CRITIC && out->net.size[0] != 1)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s': the critic looks at one number, and this "
                            "net takes %zu",
                            text, out->net.size[0]);
    return GF_OK;
}
