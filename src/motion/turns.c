/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/turns.h"

size_t gf_turns_period(const gf_optimizer *optimizer)
{
    size_t at = optimizer->rule->period;

    return at ? (size_t)optimizer->number[at - 1] : 1;
}

gf_turns gf_turns_of(const gf_optimizer *optimizer, gf_order order,
                     size_t critic_steps, size_t first, size_t size,
                     bool critic_second)
{
    return (gf_turns){.rule = optimizer->rule,
                      .order = order,
                      .critic_steps = critic_steps > 0 ? critic_steps : 1,
                      .period = gf_turns_period(optimizer),
                      .first = first,
                      .size = size,
                      .critic_second = critic_second};
}

static void turn(gf_turns *t, gf_move *move, bool critic, bool generator)
{
    bool first = t->critic_second ? generator : critic;
    bool second = t->critic_second ? critic : generator;

    t->begin = first ? 0 : t->first;
    t->end = second ? t->size : t->first;
    t->rule->step(move);
    if (t->after)
        t->after(move);
}

void gf_turns_round(gf_turns *t, gf_move *move)
{
    move->time = GF_LONG_AGO;
    if (t->order == GF_SIMULTANEOUS) {
        turn(t, move, true, true);
    } else {
        for (size_t i = 0; i < t->critic_steps; i++)
            turn(t, move, true, false);
        turn(t, move, false, true);
    }
    t->begin = 0;
    t->end = t->size;
    if (t->rule->settle)
        t->rule->settle(move);
    move->round++;
}
