/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the values of a plan are: a slot is used again as soon as its value is
   dead, so that few of them stay near the processor. */
#include <stdlib.h>

#include "motion/plan.h"

/* The last instruction that reads each value, or count for a root. */
static void find_ends(uint32_t *end, const gf_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        end[GF_PLAN_FIRST + i] = (uint32_t)i;
        end[plan->op[i].a] = end[plan->op[i].b] = (uint32_t)i;
    }
    for (size_t i = 0; i < GF_PLAN_ROOTS; i++)
        end[plan->root[i]] = (uint32_t)plan->count;
}

/* Does its instruction make several rows, or is it one of them?  Such slots
   are not used again. */
static bool is_lasting(const gf_plan_op *op)
{
    return op->op == GF_LANE_LOGISTIC2 || op->op == GF_LANE_LOGISTIC4 ||
           op->op == GF_LANE_WAVES || op->op == GF_LANE_PART;
}

/* A slot that is free, which a new one may have to be. */
static uint32_t take_slot(uint32_t *free_slot, size_t *free_count,
                          gf_plan *plan, const gf_plan_op *op)
{
    enum { ROWS_MOST = 4 };
    uint32_t slot = (uint32_t)plan->slots;

    if (op->op == GF_LANE_PART)
        return plan->op[op->a - GF_PLAN_FIRST].slot + (uint32_t)op->number[0];
    if (!is_lasting(op) && *free_count)
        return free_slot[--*free_count];
    plan->slots += is_lasting(op) ? ROWS_MOST : 1;
    return slot;
}

gf_status gf_plan_place(gf_plan *plan, gf_error *error)
{
    size_t values = GF_PLAN_FIRST + plan->count, free_count = 0;
    uint32_t *end = calloc(2 * values, sizeof *end), *free_slot;

    if (!end)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    free_slot = end + values;
    find_ends(end, plan);
    for (size_t i = 0; i < plan->count; i++) {
        gf_plan_op *op = &plan->op[i];
        op->slot = take_slot(free_slot, &free_count, plan, op);
        const uint32_t input[3] = {op->a, op->b, (uint32_t)(GF_PLAN_FIRST + i)};
        for (size_t k = 0; k < 3; k++) {
            bool is_again = k == 1 && op->a == op->b;
            if (input[k] < GF_PLAN_FIRST || end[input[k]] != i || is_again)
                continue;
            const gf_plan_op *made = &plan->op[input[k] - GF_PLAN_FIRST];
            if (!is_lasting(made))
                free_slot[free_count++] = made->slot;
        }
    }
    free(end);
    return GF_OK;
}
