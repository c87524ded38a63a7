/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any text after its first letter is a player (c a critic, g a generator) or a
 * rule of one (r), as --critic, --generator and --run have them, or an error
 * with a message. What is said to be good can be used.
 */
#include "fuzz/fuzz.h"

#include <ganfield/training.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void demand(bool promise)
{
    if (!promise)
        abort();
}

static void try_fighter(size_t player, const char *text)
{
    gf_fighter fighter;
    gf_error error;

    gf_error_clear(&error);
    if (gf_fighter_read(&fighter, player, text, &error)) {
        demand(error.message[0] != '\0');
        return;
    }
    demand(fighter.parameters > 0);
    demand(player == GF_GENERATOR || fighter.net.size[0] == 1);
    for (size_t i = 0; fighter.has_numbers && i < fighter.parameters; i++)
        demand(isfinite(fighter.number[i]));
}

static void try_rule(const char *text)
{
    gf_training_rule rule;
    gf_error error;

    gf_error_clear(&error);
    if (gf_training_rule_read(&rule, text, &error)) {
        demand(error.message[0] != '\0');
        return;
    }
    demand(rule.optimizer.rule != NULL);
    for (size_t i = 0; i < gf_optimizer_numbers(rule.optimizer.rule); i++)
        demand(!isinf(rule.optimizer.number[i])); /* NaN: as the other */
    if (rule.is_natural) {
        const gf_natural_options *o = &rule.natural;
        demand(o->damping >= 0 && isfinite(o->damping));
        demand(o->momentum >= 0 && o->momentum < 1);
        demand(o->tolerance > 0 && o->tolerance < 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* an exact block, so that a read past the end is seen */
    char *text = size > 0 ? malloc(size) : NULL;

    if (!text)
        return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    if (data[0] == 'r')
        try_rule(text);
    else
        try_fighter(data[0] == 'c' ? GF_CRITIC : GF_GENERATOR, text);
    free(text);
    return 0;
}
