/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arena of hash-consed nodes and the constructors in normal form. */
#include "expr/node.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static bool grow(void **data, uint32_t *capacity, uint32_t needed, size_t size)
{
    uint32_t wanted = *capacity ? *capacity : 64;
    void *moved;

    if (needed <= *capacity)
        return true;
    while (wanted < needed)
        wanted *= 2;
    moved = realloc(*data, (size_t)wanted * size);
    if (!moved)
        return false;
    *data = moved;
    *capacity = wanted;
    return true;
}

gf_expr gf_fail(gf_graph *graph, gf_status status)
{
    if (graph->failure == GF_OK)
        graph->failure = status;
    return GF_EXPR_NONE;
}

void gf_enter(gf_graph *graph)
{
    if (graph->calls++ == 0)
        graph->steps = 0;
}

void gf_leave(gf_graph *graph)
{
    graph->calls--;
}

bool gf_spend(gf_graph *graph, size_t steps)
{
    if (steps > GF_STEPS_MAX - graph->steps) {
        gf_fail(graph, GF_LIMIT);
        return false;
    }
    graph->steps += (uint32_t)steps;
    return graph->failure == GF_OK;
}

gf_graph *gf_graph_new(void)
{
    gf_graph *graph = calloc(1, sizeof *graph);

    if (!graph)
        return NULL;
    graph->bucket_count = 256;
    graph->bucket = calloc(graph->bucket_count, sizeof *graph->bucket);
    if (!graph->bucket || !grow((void **)&graph->node, &graph->node_capacity,
                                256, sizeof *graph->node)) {
        gf_graph_free(graph);
        return NULL;
    }
    memset(&graph->node[0], 0, sizeof graph->node[0]);
    graph->node_count = 1;
    return graph;
}

void gf_graph_free(gf_graph *graph)
{
    if (!graph)
        return;
    for (uint32_t i = 0; i < graph->number_count; i++)
        fmpq_clear(&graph->number[i]);
    for (uint32_t i = 0; i < graph->name_count; i++)
        free(graph->name[i]);
    free(graph->number);
    free(graph->name);
    free(graph->arg);
    free(graph->node);
    free(graph->bucket);
    free(graph->slope);
    free(graph->rule);
    free(graph);
}

gf_status gf_graph_check(const gf_graph *graph, gf_error *error)
{
    if (graph->failure == GF_LIMIT)
        return gf_error_set(error, GF_LIMIT,
                            "expression too large: more than %d nodes, "
                            "%d nested operations or %d digits",
                            GF_EXPR_NODES_MAX, GF_EXPR_DEPTH_MAX,
                            GF_NUMBER_DIGITS_MAX);
    if (graph->failure != GF_OK)
        return gf_error_set(error, graph->failure, "%s",
                            gf_status_text(graph->failure));
    return GF_OK;
}

static uint32_t hash_words(uint32_t hash, const uint32_t *word, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        hash ^= word[i];
        hash *= 0x9E3779B1u;
        hash ^= hash >> 15;
    }
    return hash;
}

static bool rehash(gf_graph *graph)
{
    uint32_t wanted = graph->bucket_count * 4;
    gf_expr *bucket = calloc(wanted, sizeof *bucket);

    if (!bucket)
        return false;
    for (uint32_t i = 1; i < graph->node_count; i++) {
        uint32_t slot = graph->node[i].hash & (wanted - 1);
        graph->node[i].next = bucket[slot];
        bucket[slot] = i;
    }
    free(graph->bucket);
    graph->bucket = bucket;
    graph->bucket_count = wanted;
    return true;
}

/* Adds a node whose payload starts at `first`. */
static gf_expr append(gf_graph *graph, gf_node node)
{
    uint32_t slot;

    if (graph->node_count >= GF_EXPR_NODES_MAX ||
        node.depth > GF_EXPR_DEPTH_MAX)
        return gf_fail(graph, GF_LIMIT);
    if (graph->node_count >= graph->bucket_count && !rehash(graph))
        return gf_fail(graph, GF_MEMORY);
    if (!grow((void **)&graph->node, &graph->node_capacity,
              graph->node_count + 1, sizeof *graph->node))
        return gf_fail(graph, GF_MEMORY);
    slot = node.hash & (graph->bucket_count - 1);
    node.next = graph->bucket[slot];
    graph->bucket[slot] = graph->node_count;
    graph->node[graph->node_count] = node;
    return graph->node_count++;
}

gf_expr gf_node_make(gf_graph *graph, gf_op op, const gf_expr *arg,
                     size_t count)
{
    gf_node node = {.op = (uint16_t)op, .count = (uint32_t)count};
    uintptr_t offset = (uintptr_t)arg - (uintptr_t)graph->arg;
    bool inside = offset < graph->arg_count * sizeof *arg;

    if (!gf_spend(graph, 2 + count))
        return GF_EXPR_NONE;
    for (size_t i = 0; i < count; i++) {
        if (arg[i] == GF_EXPR_NONE)
            return GF_EXPR_NONE;
        if (graph->node[arg[i]].depth >= node.depth)
            node.depth = (uint8_t)(graph->node[arg[i]].depth + 1);
        node.symbolic = node.symbolic || graph->node[arg[i]].symbolic;
    }
    node.hash = hash_words((uint32_t)op * 0x85EBCA6Bu, arg, count);
    for (gf_expr i = graph->bucket[node.hash & (graph->bucket_count - 1)]; i;
         i = graph->node[i].next) {
        const gf_node *old = &graph->node[i];
        if (old->hash == node.hash && old->op == op && old->count == count &&
            op != GF_OP_NUMBER && op != GF_OP_SYMBOL &&
            (count == 0 ||
             memcmp(graph->arg + old->first, arg, count * sizeof *arg) == 0))
            return i;
    }
    if (count > GF_ARGS_MAX - graph->arg_count)
        return gf_fail(graph, GF_LIMIT);
    if (!grow((void **)&graph->arg, &graph->arg_capacity,
              graph->arg_count + (uint32_t)count, sizeof *graph->arg))
        return gf_fail(graph, GF_MEMORY);
    if (inside) /* it has moved with the others */
        arg = graph->arg + offset / sizeof *arg;
    node.first = graph->arg_count;
    if (count)
        memcpy(graph->arg + node.first, arg, count * sizeof *arg);
    graph->arg_count += (uint32_t)count;
    return append(graph, node);
}

static uint32_t hash_fmpz(uint32_t hash, const fmpz_t z)
{
    ulong low = fmpz_fdiv_ui(z, 4294967291ul);
    uint32_t word[2] = {(uint32_t)low, (uint32_t)(fmpz_sgn(z) + 1)};

    return hash_words(hash, word, 2);
}

bool gf_is_bearable(const fmpq_t value)
{
    return fmpz_bits(fmpq_numref(value)) <= GF_NUMBER_BITS_MAX * 4 &&
           fmpz_bits(fmpq_denref(value)) <= GF_NUMBER_BITS_MAX * 4;
}

gf_expr gf_number_q(gf_graph *graph, const fmpq_t value)
{
    gf_node node = {.op = GF_OP_NUMBER};

    if (!gf_spend(graph, 2))
        return GF_EXPR_NONE;
    node.hash =
        hash_fmpz(hash_fmpz(17, fmpq_numref(value)), fmpq_denref(value));
    for (gf_expr i = graph->bucket[node.hash & (graph->bucket_count - 1)]; i;
         i = graph->node[i].next)
        if (gf_is_number(graph, i) &&
            fmpq_equal(&graph->number[graph->node[i].first], value))
            return i;
    if (!gf_is_bearable(value))
        return gf_fail(graph, GF_LIMIT);
    if (!grow((void **)&graph->number, &graph->number_capacity,
              graph->number_count + 1, sizeof *graph->number))
        return gf_fail(graph, GF_MEMORY);
    node.first = graph->number_count;
    fmpq_init(&graph->number[node.first]);
    fmpq_set(&graph->number[node.first], value);
    graph->number_count++;
    return append(graph, node);
}

gf_expr gf_expr_symbol(gf_graph *graph, const char *name)
{
    gf_node node = {.op = GF_OP_SYMBOL, .symbolic = true};
    char *copy;

    if (graph->failure != GF_OK)
        return GF_EXPR_NONE;
    for (const char *c = name; *c; c++) {
        uint32_t word = (unsigned char)*c;
        node.hash = hash_words(node.hash + 7, &word, 1);
    }
    for (gf_expr i = graph->bucket[node.hash & (graph->bucket_count - 1)]; i;
         i = graph->node[i].next)
        if (gf_op_of(graph, i) == GF_OP_SYMBOL &&
            strcmp(gf_name_of(graph, i), name) == 0)
            return i;
    copy = strdup(name);
    if (!copy || !grow((void **)&graph->name, &graph->name_capacity,
                       graph->name_count + 1, sizeof *graph->name)) {
        free(copy);
        return gf_fail(graph, GF_MEMORY);
    }
    node.first = graph->name_count;
    graph->name[graph->name_count++] = copy;
    return append(graph, node);
}

/* --- numbers ----------------------------------------------------------- */

const fmpq *gf_number_of(const gf_graph *graph, gf_expr e)
{
    assert(gf_is_number(graph, e));
    return &graph->number[graph->node[e].first];
}

const char *gf_name_of(const gf_graph *graph, gf_expr e)
{
    assert(gf_op_of(graph, e) == GF_OP_SYMBOL);
    return graph->name[graph->node[e].first];
}

bool gf_is_rational(const gf_graph *graph, gf_expr e, long num, long den)
{
    return gf_is_number(graph, e) &&
           fmpz_equal_si(fmpq_numref(gf_number_of(graph, e)), num) &&
           fmpz_equal_si(fmpq_denref(gf_number_of(graph, e)), den);
}

bool gf_is_integer(const gf_graph *graph, gf_expr e)
{
    return gf_is_number(graph, e) &&
           fmpz_is_one(fmpq_denref(gf_number_of(graph, e)));
}

bool gf_small_integer(const gf_graph *graph, gf_expr e, long most, long *out)
{
    const fmpz *z;

    *out = 0;
    if (!gf_is_integer(graph, e))
        return false;
    z = fmpq_numref(gf_number_of(graph, e));
    if (fmpz_cmpabs(z, (fmpz[]){most}) > 0)
        return false;
    *out = fmpz_get_si(z);
    return true;
}

int gf_number_sign(const gf_graph *graph, gf_expr e)
{
    return fmpq_sgn(gf_number_of(graph, e));
}

gf_expr gf_expr_rational(gf_graph *graph, long numerator, long denominator)
{
    fmpq_t q;
    gf_expr e;

    assert(denominator != 0);
    fmpq_init(q);
    fmpz_set_si(fmpq_numref(q), numerator);
    fmpz_set_si(fmpq_denref(q), denominator);
    fmpq_canonicalise(q);
    e = gf_number_q(graph, q);
    fmpq_clear(q);
    return e;
}

/* --- lists ------------------------------------------------------------- */

void gf_list_init(gf_list *list)
{
    list->item = list->inside;
    list->count = 0;
    list->capacity = sizeof list->inside / sizeof list->inside[0];
}

void gf_list_clear(gf_list *list)
{
    if (list->item != list->inside)
        free(list->item);
    gf_list_init(list);
}

void gf_list_add(gf_list *list, gf_graph *graph, gf_expr e)
{
    if (list->count >= GF_EXPR_NODES_MAX) {
        gf_fail(graph, GF_LIMIT);
        return;
    }
    if (list->count == list->capacity) {
        size_t wanted = list->capacity * 2;
        gf_expr *item = malloc(wanted * sizeof *item);
        if (!item) {
            gf_fail(graph, GF_MEMORY);
            return;
        }
        memcpy(item, list->item, list->count * sizeof *item);
        if (list->item != list->inside)
            free(list->item);
        list->item = item;
        list->capacity = wanted;
    }
    list->item[list->count++] = e;
}
