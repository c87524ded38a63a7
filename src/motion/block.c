/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/block.h"

#include <stdlib.h>
#include <string.h>

/* Where the values of one block are. */
typedef struct places {
    double *state, *ones, *slots;
    size_t width;
} places;

static const double *place_of(const gf_plan *plan, const places *p,
                              uint32_t value)
{
    if (value == GF_PLAN_X)
        return p->state + GF_ROW_XS * p->width;
    if (value == GF_PLAN_Y)
        return p->state + GF_ROW_YS * p->width;
    if (value == GF_PLAN_ONE)
        return p->ones;
    return p->slots + plan->op[value - GF_PLAN_FIRST].slot * p->width;
}

/* One evaluation of the field, without its fused end. */
static gf_lane_code *add_evaluation(gf_lane_code *code, const gf_plan *plan,
                                    const gf_lanes *lanes, const places *p)
{
    for (size_t i = 0; i < plan->count; i++) {
        const gf_plan_op *op = &plan->op[i];
        if (op->op == GF_LANE_PART)
            continue;
        *code++ = (gf_lane_code){
            .run = lanes->kernel[op->op],
            .out = p->slots + op->slot * p->width,
            .a = place_of(plan, p, op->a),
            .b = place_of(plan, p, op->b),
            .number = op->number,
            .call1 = op->call1,
            .call2 = op->call2,
        };
    }
    return code;
}

static void write_code(gf_lane_code *code, const gf_plan *plan,
                       const gf_lanes *lanes, const gf_stages *stages,
                       const places *p)
{
    for (size_t i = 0; i < stages->count; i++) {
        if (!stages->is_whole)
            code = add_evaluation(code, plan, lanes, p);
        *code++ = (gf_lane_code){
            .run = lanes->kernel[stages->op[i]],
            .out = p->state,
            .a = place_of(plan, p, plan->root[0]),
            .b = place_of(plan, p, plan->root[1]),
            .c = place_of(plan, p, plan->root[2]),
            .more = {place_of(plan, p, plan->root[3]),
                     place_of(plan, p, plan->root[4]),
                     place_of(plan, p, plan->root[5]),
                     place_of(plan, p, plan->root[6])},
            .number = plan->number,
            .field = &plan->field,
        };
    }
}

static void merge(gf_blocks *b)
{
    for (size_t i = 0; i < b->count; i++) {
        b->merged[2 * i] = b->code[0][(i + b->lag) % b->count];
        b->merged[2 * i + 1] = b->code[1][i];
    }
}

gf_status gf_blocks_init(gf_blocks *blocks, const gf_plan *plan,
                         const gf_lanes *lanes, const gf_stages *stages,
                         gf_error *error)
{
    size_t width = lanes->width, rows = GF_ROWS_ALL + GF_ROWS + plan->slots;
    size_t doubles = (GF_BLOCKS * rows + 1) * width;
    size_t evaluation = stages->is_whole ? 1 : gf_plan_length(plan) + 1,
           count = stages->count * evaluation;

    *blocks = (gf_blocks){.width = width, .count = count};
    blocks->lag = evaluation / 2 > 0 ? evaluation / 2 : 1;
    blocks->memory = aligned_alloc(GF_LANES_ALIGN, doubles * sizeof(double));
    blocks->code[0] = calloc(4 * count, sizeof(gf_lane_code));
    if (!blocks->memory || !blocks->code[0]) {
        gf_blocks_clear(blocks);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    memset(blocks->memory, 0, doubles * sizeof(double));
    blocks->code[1] = blocks->code[0] + count;
    blocks->merged = blocks->code[1] + count;
    for (size_t i = 0; i < width; i++)
        blocks->memory[i] = 1;
    for (size_t k = 0; k < GF_BLOCKS; k++) {
        double *base = blocks->memory + (1 + k * rows) * width;
        places p = {base, blocks->memory,
                    base + (GF_ROWS_ALL + GF_ROWS) * width, width};
        blocks->state[k] = base;
        blocks->saved[k] = base + GF_ROWS_ALL * width;
        write_code(blocks->code[k], plan, lanes, stages, &p);
    }
    merge(blocks);
    return GF_OK;
}

void gf_blocks_clear(gf_blocks *blocks)
{
    free(blocks->memory);
    free(blocks->code[0]);
    *blocks = (gf_blocks){.memory = NULL};
}

static inline void run(const gf_lane_code *code, size_t count)
{
    for (const gf_lane_code *end = code + count; code < end; code++)
        code->run(code);
}

void gf_blocks_advance(const gf_blocks *blocks, size_t steps)
{
    size_t count = blocks->count, lag = blocks->lag;

    run(blocks->code[0], lag);
    for (size_t i = 1; i < steps; i++)
        run(blocks->merged, 2 * count);
    run(blocks->merged, 2 * (count - lag));
    run(blocks->code[1] + count - lag, lag);
}
