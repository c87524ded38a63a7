/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose turn it is, boxes, and the field with its derivatives. */
#include "analysis/dual.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/dual_machine.h"

#define LARGEST 1e100

/* --- life -------------------------------------------------------------- */

static gf_status check(const gf_field *field, const gf_optimizer_rule *rule,
                       gf_error *error)
{
    bool is_probability = field->kind == GF_POINTWISE && !field->link &&
                          field->domain[0].lo == 0 && field->domain[0].hi == 1;

    if ((rule->needs & GF_NEEDS_METRIC) && !is_probability)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s' needs the Fisher metric, which there is only "
                            "where D is a probability: domain (0, 1), no link",
                            rule->name);
    if (rule->memory > GF_DUAL_MEMORY ||
        1 + rule->memory + rule->scratch > GF_DUAL_VECTORS)
        return gf_error_set(error, GF_LIMIT, "'%s' remembers too much",
                            rule->name);
    return GF_OK;
}

static gf_status compile(gf_dual *s, gf_error *error)
{
    const gf_field *field = s->field;
    gf_expr root[GF_BEND_COUNT];
    size_t count = 6;

    for (size_t i = 0; i < 2; i++) {
        root[i] = gf_field_bind(field, field->velocity[i]);
        for (size_t j = 0; j < 2; j++)
            root[2 + 2 * i + j] =
                gf_expr_derive(field->graph, root[i], field->axis[j]);
    }
    for (size_t k = 2; k < 6; k++)
        for (size_t j = 0; j < 2; j++)
            root[count++] =
                gf_expr_derive(field->graph, root[k], field->axis[j]);
    gf_status status = gf_tape_new(&s->bend, field->graph, root, GF_BEND_COUNT,
                                   field->axis, 2, error);
    if (status)
        return status;
    s->work = malloc(gf_tape_slots(s->bend) * sizeof *s->work);
    return s->work ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}

static void lay_box(gf_dual *s, const gf_map_options *options)
{
    for (size_t i = 0; i < 2; i++) {
        s->box[i] = (gf_range){-INFINITY, INFINITY, false, false};
        if (options->box)
            s->box[i] = options->box[i];
    }
    if (options->project) {
        s->box[1].lo = fmax(s->box[1].lo, s->field->physical.lo);
        s->box[1].hi = fmin(s->box[1].hi, s->field->physical.hi);
    }
}

gf_status gf_dual_init(gf_dual *s, const gf_field *field,
                       const gf_optimizer *optimizer,
                       const gf_map_options *options, gf_error *error)
{
    *s = (gf_dual){
        .field = field,
        .optimizer = *optimizer,
        .order = options->order,
        .critic_steps = options->critic_steps > 0 ? options->critic_steps : 1,
        .size = 2 * (1 + optimizer->rule->memory),
    };
    for (size_t i = 0; i < 2; i++)
        s->unit[i] = field->speed[i == field->critic ? 0 : 1];
    lay_box(s, options);
    gf_status status = check(field, optimizer->rule, error);
    return status ? status : compile(s, error);
}

void gf_dual_clear(gf_dual *s)
{
    gf_tape_free(s->bend);
    free(s->work);
    s->bend = NULL;
    s->work = NULL;
}

/* --- the field --------------------------------------------------------- */

void gf_dual_field(double out[GF_BEND_COUNT], gf_dual *s, const double *z)
{
    const gf_range *domain = s->field->domain;

    s->evaluations++;
    if (gf_range_has(domain[0], z[0]) && gf_range_has(domain[1], z[1]))
        gf_tape_at(out, s->bend, z, s->work);
    else
        for (size_t i = 0; i < GF_BEND_COUNT; i++)
            out[i] = NAN;
    for (size_t i = 0; i < 2; i++)
        out[i] /= s->unit[i];
    for (size_t i = 0; i < 4; i++) {
        out[2 + i] /= s->unit[i / 2];
        for (size_t k = 0; k < 2; k++)
            out[6 + 2 * i + k] /= s->unit[i / 2];
    }
}

/* --- steps ------------------------------------------------------------- */

void gf_dual_begin(gf_dual *s, gf_vec2 start)
{
    const gf_optimizer_rule *rule = s->optimizer.rule;

    memset(s->vector, 0, sizeof s->vector);
    s->move =
        (gf_move){.machine = &gf_dual_machine, .number = s->optimizer.number};
    s->made[0] = s->made[1] = s->evaluations = 0;
    s->vector[0].x[0] = start.x;
    s->vector[0].x[1] = start.y;
    for (size_t i = 0; i <= rule->memory; i++) {
        if (rule->copies & (1u << i))
            memcpy(s->vector[i].x, s->vector[0].x, sizeof s->vector[0].x);
        for (size_t k = 0; k < 2; k++)
            s->vector[i].d[k][2 * i + k] = 1;
    }
}

static bool is_good(const gf_dual *s)
{
    const double *z = s->vector[0].x;

    for (size_t i = 0; i < 2; i++)
        if (!(fabs(z[i]) <= LARGEST) ||
            !gf_range_has(s->field->domain[i], z[i]))
            return false;
    return true;
}

static void put_into_box(gf_dual *s)
{
    gf_dual_vector *z = &s->vector[0];

    for (size_t i = 0; i < 2; i++) {
        if (!s->moves[i] ||
            (z->x[i] >= s->box[i].lo && z->x[i] <= s->box[i].hi))
            continue;
        z->x[i] = z->x[i] < s->box[i].lo ? s->box[i].lo : s->box[i].hi;
        memset(z->d[i], 0, sizeof z->d[i]);
    }
}

/* One player moves: 0 the critic, 1 the generator; 2: both. */
static bool turn(gf_dual *s, size_t player)
{
    for (size_t i = 0; i < 2; i++)
        s->moves[i] = player == 2 || (i == s->field->critic) == (player == 0);
    s->move.time = s->made[player % 2];
    s->optimizer.rule->step(&s->move);
    s->made[player % 2]++;
    put_into_box(s);
    return is_good(s);
}

bool gf_dual_step(gf_dual *s, double h)
{
    size_t turns = s->order == GF_ALTERNATING ? s->critic_steps + 1 : 1;

    for (size_t i = 0; i < 2; i++)
        s->step[i] = h * s->unit[i];
    for (size_t i = 0; i < turns; i++) {
        size_t player = turns == 1 ? 2 : i + 1 < turns ? 0 : 1;
        if (!turn(s, player))
            return false;
    }
    s->moves[0] = s->moves[1] = true;
    if (s->optimizer.rule->settle)
        s->optimizer.rule->settle(&s->move);
    s->move.round++;
    return is_good(s);
}
