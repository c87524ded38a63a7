/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/terms.h"

#include <stdlib.h>

void gf_terms_init(gf_terms *t)
{
    *t = (gf_terms){NULL, 0, 0};
}

void gf_terms_clear(gf_terms *t)
{
    for (size_t i = 0; i < t->count; i++)
        fmpq_clear(t->item[i].coefficient);
    free(t->item);
    gf_terms_init(t);
}

gf_term *gf_terms_add(gf_terms *t, gf_graph *graph, gf_expr rest,
                      const fmpq_t coefficient)
{
    gf_term *new;

    if (t->count == t->capacity) {
        size_t wanted = t->capacity ? t->capacity * 2 : 8;
        gf_term *moved = realloc(t->item, wanted * sizeof *moved);
        if (!moved) {
            gf_fail(graph, GF_MEMORY);
            return NULL;
        }
        t->item = moved;
        t->capacity = wanted;
    }
    new = &t->item[t->count++];
    new->rest = rest;
    new->whole = GF_EXPR_NONE;
    new->restricted = false;
    fmpq_init(new->coefficient);
    fmpq_set(new->coefficient, coefficient);
    return new;
}

static int by_node(const void *a, const void *b)
{
    gf_expr p = ((const gf_term *)a)->rest, q = ((const gf_term *)b)->rest;

    return (p > q) - (p < q);
}

void gf_terms_merge(gf_terms *t, gf_graph *graph)
{
    size_t kept = 0;

    if (t->count > 1)
        qsort(t->item, t->count, sizeof *t->item, by_node);
    for (size_t i = 0; i < t->count;) {
        gf_term sum = t->item[i++];
        for (; i < t->count && t->item[i].rest == sum.rest; i++) {
            fmpq_add(sum.coefficient, sum.coefficient, t->item[i].coefficient);
            fmpq_clear(t->item[i].coefficient);
            sum.whole = GF_EXPR_NONE;
            sum.restricted = sum.restricted || t->item[i].restricted;
            if (!gf_is_bearable(sum.coefficient)) {
                gf_fail(graph, GF_LIMIT);
                fmpq_zero(sum.coefficient);
            }
        }
        if (fmpq_is_zero(sum.coefficient) && !sum.restricted)
            fmpq_clear(sum.coefficient);
        else
            t->item[kept++] = sum;
    }
    t->count = kept;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* qsort has no context: a plain merge sort. */
void gf_sort(gf_expr *item, size_t count, gf_graph *graph,
             int (*order)(const gf_graph *, gf_expr, gf_expr))
{
    gf_expr inside[16], *spare = inside;

    if (count > sizeof inside / sizeof *inside)
        spare = malloc(count * sizeof *spare);
    if (!spare) {
        gf_fail(graph, GF_MEMORY);
        return;
    }
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t left = 0; left < count; left += 2 * width) {
            size_t middle = least(left + width, count);
            size_t right = least(left + 2 * width, count);
            size_t i = left, k = middle, out = left;
            while (i < middle && k < right)
                spare[out++] =
                    order(graph, item[k], item[i]) < 0 ? item[k++] : item[i++];
            while (i < middle)
                spare[out++] = item[i++];
            while (k < right)
                spare[out++] = item[k++];
        }
        for (size_t i = 0; i < count; i++)
            item[i] = spare[i];
    }
    if (spare != inside)
        free(spare);
}
