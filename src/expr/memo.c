/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/memo.h"

#include <stdlib.h>
#include <string.h>

void gf_memo_init(gf_memo *memo)
{
    memset(memo->inside, 0, GF_MEMO_INSIDE * sizeof *memo->inside);
    memo->key = memo->inside;
    memo->value = memo->inside + GF_MEMO_INSIDE;
    memo->count = 0;
    memo->capacity = GF_MEMO_INSIDE;
}

void gf_memo_clear(gf_memo *memo)
{
    if (memo->key != memo->inside)
        free(memo->key);
    gf_memo_init(memo);
}

/* Where e is, or would be. */
static uint32_t place(const gf_memo *memo, gf_expr e)
{
    uint32_t mask = memo->capacity - 1, i = (e * 0x9E3779B1u) >> 7 & mask;

    while (memo->key[i] && memo->key[i] != e)
        i = (i + 1) & mask;
    return i;
}

uint32_t gf_memo_get(const gf_memo *memo, gf_expr e)
{
    uint32_t i = place(memo, e);

    return memo->key[i] ? memo->value[i] : 0;
}

static bool enlarge(gf_memo *memo)
{
    gf_memo old = *memo;
    uint32_t wanted = old.capacity * 4;
    gf_expr *key = calloc((size_t)wanted * 2, sizeof *key);

    if (!key)
        return false;
    if (old.key == memo->inside) { /* the copy has them too */
        old.key = old.inside;
        old.value = old.inside + GF_MEMO_INSIDE;
    }
    memo->key = key;
    memo->value = key + wanted;
    memo->capacity = wanted;
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.key[i]) {
            uint32_t k = place(memo, old.key[i]);
            memo->key[k] = old.key[i];
            memo->value[k] = old.value[i];
        }
    if (old.key != old.inside)
        free(old.key);
    return true;
}

bool gf_memo_set(gf_memo *memo, gf_expr e, uint32_t value)
{
    uint32_t i;

    if (2 * memo->count >= memo->capacity && !enlarge(memo))
        return false;
    i = place(memo, e);
    memo->key[i] = e;
    memo->value[i] = value;
    memo->count++;
    return true;
}
