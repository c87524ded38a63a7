/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What steps do at the wanted rest point.  Of sgd in simultaneous order, z+ = z
 * + h J z, the multipliers are 1 + h lambda, so
 *
 *     stable   0 < h < -2 Re lambda / |lambda|^2 for both lambda (Jury's
 *              conditions for a matrix of two rows),
 *     best     h = -Re lambda / |lambda|^2 of a focus, radius |Im| / |lambda|;
 *              h = 2 / (|l1| + |l2|) of a node, radius (l1 - l2) / (l1 + l2).
 *
 * All other rules: stability.h.  [docs/theory.md, section 3]
 */
#include <ganfield/stability.h>

#include <math.h>
#include <string.h>

#include "analysis/sweep_cell.h"

static double square(double x)
{
    return x * x;
}

bool gf_sweep_is_closed(const gf_sweep_plan *plan)
{
    const gf_optimizer_rule *rule = plan->optimizer.rule;

    return (!rule || strcmp(rule->name, "sgd") == 0) &&
           plan->order == GF_SIMULTANEOUS;
}

static void solve_sgd(gf_sweep_cell *c)
{
    double h = c->step, slow = c->re[0], fast = c->re[1], im = c->im;

    c->radius = fmax(hypot(1 + h * slow, h * im), hypot(1 + h * fast, h * im));
    if (!(slow < 0))
        return;
    /* of two real ones the faster bounds the step */
    c->stable_step = -2 * fast / (square(fast) + square(im));
    if (im > 0) {
        c->best_step = -slow / (square(slow) + square(im));
        c->best_radius = im / hypot(slow, im);
    } else {
        c->best_step = -2 / (slow + fast);
        c->best_radius = (slow - fast) / -(slow + fast);
    }
}

static void take_result(gf_sweep_cell *c, const gf_stability_result *s)
{
    c->radius = s->radius;
    c->best_step = s->best_step;
    c->best_radius = s->best_radius;
    if (s->stable.count > 0 && s->stable.interval[0].lo == 0)
        c->stable_step = s->stable.interval[0].hi;
}

gf_status gf_sweep_cell_steps(gf_sweep_cell *c, gf_error *error)
{
    const gf_sweep_plan *plan = c->work->plan;
    double jacobian[4] = {c->unit.xx, c->unit.xy, c->unit.yx, c->unit.yy};
    gf_linear game = {.size = 2,
                      .first = 1,
                      .critic_second = plan->field->critic == 1,
                      .jacobian = jacobian,
                      .speed = {c->speed[0], c->speed[1]}};
    gf_stability_options options = {.order = plan->order,
                                    .critic_steps = plan->critic_steps,
                                    .step = c->step,
                                    .intervals_only =
                                        !(c->work->needs & GF_CELL_BEST)};
    gf_stability_result s;

    c->radius = c->stable_step = c->best_step = c->best_radius = NAN;
    if (gf_sweep_is_closed(plan)) {
        solve_sgd(c);
        return GF_OK;
    }
    gf_status status = GF_OK;
    if (!c->optimizer.rule)
        status = gf_optimizer_parse(&c->optimizer, "sgd", error);
    if (status)
        return status;
    if (!(c->work->needs & (GF_CELL_LIMIT | GF_CELL_BEST)))
        return gf_stability_radius(&c->radius, &game, &c->optimizer, &options,
                                   error);
    gf_stability_init(&s);
    status = gf_stability_find(&s, &game, &c->optimizer, &options, error);
    if (!status)
        take_result(c, &s);
    gf_stability_clear(&s);
    return status;
}
