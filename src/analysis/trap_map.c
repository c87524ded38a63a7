/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map of a rule over a box, with its derivative. */
#include <math.h>
#include <stdlib.h>

#include "analysis/trap.h"
#include "field/kink.h"
#include "motion/box.h"

/* Does s have this vector? */
static bool is_state(const gf_optimizer_rule *rule, size_t v)
{
    return v == 0 || !((rule->copies | rule->squares) & (1u << v));
}

static gf_tape *make_tape(const gf_field *field)
{
    gf_expr root[GF_TRAP_ROOTS];
    gf_tape *tape = NULL;

    for (size_t i = 0; i < 2; i++) {
        double speed = field->speed[i == field->critic ? 0 : 1];
        gf_expr v = gf_expr_quotient(field->graph,
                                     gf_field_bind(field, field->velocity[i]),
                                     gf_expr_number(field->graph, speed));
        gf_expr x = gf_expr_derive(field->graph, v, field->axis[0]);
        gf_expr y = gf_expr_derive(field->graph, v, field->axis[1]);
        root[i] = v;
        root[GF_TRAP_SLOPES + 2 * i] = x;
        root[GF_TRAP_SLOPES + 2 * i + 1] = y;
        root[GF_TRAP_SECONDS + 3 * i] =
            gf_expr_derive(field->graph, x, field->axis[0]);
        root[GF_TRAP_SECONDS + 3 * i + 1] =
            gf_expr_derive(field->graph, x, field->axis[1]);
        root[GF_TRAP_SECONDS + 3 * i + 2] =
            gf_expr_derive(field->graph, y, field->axis[1]);
    }
    if (gf_graph_check(field->graph, NULL) ||
        gf_tape_new(&tape, field->graph, root, GF_TRAP_ROOTS, field->axis, 2,
                    NULL))
        return NULL;
    return tape;
}

/* Nothing is proved of a step that its range holds back. */
static void check_kept(gf_move *move)
{
    gf_trap_machine *m = (gf_trap_machine *)move;

    for (size_t i = m->turns.begin; i < m->turns.end; i++) {
        gf_interval z = m->vector[0].value[i];
        m->failed =
            m->failed ||
            (m->is_kept && !(z.lo >= m->keep[i].lo && z.hi <= m->keep[i].hi));
    }
}

bool gf_trap_machine_init(gf_trap_machine *m, const gf_field *field,
                          const gf_ensemble_options *motion)
{
    const gf_optimizer *optimizer = motion->optimizer;
    const gf_optimizer_rule *rule = optimizer->rule;

    *m = (gf_trap_machine){
        .move = {.machine = &gf_trap_operations, .number = optimizer->number},
        .field = field,
        .optimizer = optimizer,
        .turns = gf_turns_of(optimizer, motion->order, motion->critic_steps, 1,
                             2, field->critic != 0)};
    m->turns.after = check_kept;
    if (gf_box_lay(m->keep, &m->is_kept, field, motion->box, motion->project,
                   NULL))
        return false;
    for (size_t v = 0; v <= rule->memory; v++)
        m->size += is_state(rule, v) ? 2 : 0;
    for (size_t i = 0; i < 2; i++)
        m->step[i] = motion->step * field->speed[i == field->critic ? 0 : 1];
    if (gf_field_has_kinks(field) || m->size > GF_TRAP_SIZE_MAX ||
        1 + rule->memory + rule->scratch > GF_TRAP_VECTORS_MAX)
        return false;
    m->tape = make_tape(field);
    if (m->tape)
        m->work = malloc(gf_tape_slots(m->tape) * sizeof *m->work);
    return m->work != NULL;
}

void gf_trap_machine_clear(gf_trap_machine *m)
{
    gf_tape_free(m->tape);
    free(m->work);
    *m = (gf_trap_machine){.tape = NULL};
}

/* Vectors over the box: what is a copy of z is one when a map begins. */
static void begin(gf_trap_machine *m, const gf_interval *box)
{
    const gf_optimizer_rule *rule = m->optimizer->rule;
    size_t n = 0;

    m->failed = false;
    m->move.round = 0;
    for (size_t v = 0; v < GF_TRAP_VECTORS_MAX; v++) {
        gf_trap_vector *x = &m->vector[v];
        bool is_copy = v <= rule->memory && (rule->copies & (1u << v));
        bool is_own = v <= rule->memory && is_state(rule, v);
        for (size_t i = 0; i < 2; i++) {
            size_t column = is_copy ? i : n;
            x->value[i] =
                is_copy || is_own ? box[column] : gf_interval_point(0);
            for (size_t j = 0; j < m->size; j++)
                x->slope[i][j] = gf_interval_point(
                    (is_copy || is_own) && j == column ? 1 : 0);
            n += is_own;
        }
    }
}

bool gf_trap_machine_run(gf_interval *out, gf_trap_machine *m,
                         const gf_interval *box)
{
    const gf_optimizer_rule *rule = m->optimizer->rule;
    size_t row = 0;

    begin(m, box);
    for (size_t i = 0; i < m->turns.period && !m->failed; i++)
        gf_turns_round(&m->turns, &m->move);
    for (size_t v = 0; v <= rule->memory; v++)
        for (size_t i = 0; i < 2 && is_state(rule, v); i++, row++)
            for (size_t j = 0; j < m->size; j++) {
                gf_interval x = m->vector[v].slope[i][j];
                out[row * m->size + j] = x;
                m->failed = m->failed || !isfinite(x.lo) || !isfinite(x.hi);
            }
    return !m->failed;
}
