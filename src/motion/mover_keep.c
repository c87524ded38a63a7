/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mover has to remember, as numbers. */
#include "motion/mover.h"

#include <string.h>

enum { COUNTERS = 6 };

static size_t tables(const gf_mover *m)
{
    return m->is_mixed ? 2 : 1;
}

size_t gf_mover_numbers(const gf_mover *m)
{
    size_t vectors = 1;

    for (size_t p = 0; p < tables(m); p++)
        vectors += m->rule[p].rule->memory;
    return COUNTERS + vectors * m->game.size;
}

void gf_mover_save(double *out, const gf_mover *m)
{
    size_t n = m->game.size;
    const double counters[COUNTERS] = {
        (double)m->made[0],     (double)m->made[1], (double)m->move.round,
        (double)m->evaluations, (double)m->turns,   m->row.spare};

    memcpy(out, counters, sizeof counters);
    out += COUNTERS;
    memcpy(out, m->block, n * sizeof *out);
    for (size_t p = 0; p < tables(m); p++)
        for (size_t i = 1; i <= m->rule[p].rule->memory; i++)
            memcpy(out += n, m->table[p][i], n * sizeof *out);
}

void gf_mover_restore(gf_mover *m, const double *in)
{
    size_t n = m->game.size;

    m->made[0] = (size_t)in[0];
    m->made[1] = (size_t)in[1];
    m->move.round = (size_t)in[2];
    m->evaluations = (size_t)in[3];
    m->turns = (size_t)in[4];
    m->row.spare = in[5];
    m->size[0] = m->size[1] = 0; /* to be set again */
    in += COUNTERS;
    memcpy(m->block, in, n * sizeof *in);
    for (size_t p = 0; p < tables(m); p++)
        for (size_t i = 1; i <= m->rule[p].rule->memory; i++)
            memcpy(m->table[p][i], in += n, n * sizeof *in);
}
