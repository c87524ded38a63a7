/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run of the flow, or of an optimizer, from one start does in a cell:
   where it ends and when (by an ensemble of one, so no failure of numerics
   judges a flow), and how fast neighbours part. */
#include <ganfield/lyapunov.h>
#include <ganfield/targets.h>

#include <math.h>

#include "analysis/sweep_cell.h"

/* Of an optimizer, where the plan does not say. */
enum { STEPS = 2000, STEPS_TO_CONVERGE = 10000 };

/* As near to a rest point counts as there. */
static const double radius = 1e-3;

/* How the run goes. */
static gf_ensemble_options motion_of(const gf_sweep_cell *cell)
{
    const gf_sweep_plan *plan = cell->work->plan;

    if (!plan->optimizer.rule)
        return (gf_ensemble_options){.until = plan->until, .threads = 1};
    return (gf_ensemble_options){.optimizer = &cell->optimizer,
                                 .order = plan->order,
                                 .critic_steps = plan->critic_steps,
                                 .step = cell->step,
                                 .steps = plan->steps > 0 ? plan->steps
                                                          : STEPS_TO_CONVERGE,
                                 .schedule = plan->schedule,
                                 .noise = plan->noise,
                                 .seed = plan->seed,
                                 .project = plan->project,
                                 .box = plan->box,
                                 .plain = true,
                                 .threads = 1};
}

/* When so many steps have been made. */
static double time_after(const gf_ensemble_options *motion, size_t steps)
{
    double t = 0;

    if (!motion->schedule)
        return (double)steps * motion->step;
    for (size_t n = 0; n < steps; n++)
        t += gf_schedule_at(motion->schedule, t, n);
    return t;
}

static gf_status find_fate(gf_sweep_cell *cell, const gf_classification *c,
                           gf_error *error)
{
    const gf_sweep_plan *plan = cell->work->plan;
    gf_ensemble_options options = motion_of(cell);
    gf_ensemble *ensemble;
    gf_targets targets;
    gf_fate fate = {.label = GF_FATE_UNDECIDED};

    gf_targets_init(&targets);
    gf_status status =
        options.optimizer
            ? gf_targets_find_map(&targets, c, radius, &options, error)
            : gf_targets_find(&targets, c, radius, error);
    options.target = targets.item;
    options.target_count = targets.count;
    if (!status)
        status = gf_ensemble_new(&ensemble, c->field, &options, error);
    if (!status) {
        status = gf_ensemble_run(&fate, ensemble, &plan->start, 1, error);
        gf_ensemble_free(ensemble);
    }
    gf_targets_clear(&targets);
    cell->fate = (double)fate.label;
    bool has_converged = fate.label == GF_FATE_CONVERGED;
    bool is_map = options.optimizer != NULL;
    cell->steps = has_converged && is_map ? (double)fate.since : NAN;
    cell->time = !has_converged ? NAN
                 : is_map       ? time_after(&options, fate.since)
                                : fate.time;
    return status;
}

static gf_status find_exponent(gf_sweep_cell *cell, const gf_field *field,
                               gf_error *error)
{
    const gf_sweep_plan *plan = cell->work->plan;
    gf_lyapunov_options options = {.until = plan->until};
    gf_exponents e = {.value = {NAN, NAN}};
    gf_error own;

    gf_error_clear(&own);
    gf_status status = gf_lyapunov_flow(&e, field, plan->start, &options, &own);
    if (status == GF_MEMORY && error)
        *error = own;
    /* a start outside, a run that ended, too many kinks: there is none */
    cell->exponent = status || e.stop != GF_STOP_END ? NAN : e.value[0];
    return status == GF_MEMORY ? status : GF_OK;
}

gf_status gf_sweep_cell_march(gf_sweep_cell *cell, gf_error *error)
{
    const gf_sweep_plan *plan = cell->work->plan;
    gf_map_options options = {.order = plan->order,
                              .critic_steps = plan->critic_steps,
                              .step = cell->step,
                              .steps = plan->steps > 0 ? plan->steps : STEPS,
                              .schedule = plan->schedule,
                              .noise = plan->noise,
                              .project = plan->project,
                              .box = plan->box};
    gf_exponents e = {.stop = GF_STOP_END};
    gf_field *field = NULL;
    gf_error own;

    gf_error_clear(&own);
    cell->map_exponent = NAN;
    gf_status status = GF_OK;
    if (!cell->optimizer.rule)
        status = gf_optimizer_parse(&cell->optimizer, "sgd", &own);
    if (!status)
        status = gf_sweep_cell_field(&field, cell, &own);
    if (!status)
        status = gf_lyapunov_map(&e, field, plan->start, &cell->optimizer,
                                 &options, &own);
    if (!status && e.stop == GF_STOP_END)
        cell->map_exponent = e.value[0];
    gf_field_free(field);
    /* values that the field cannot have, a start outside: there is none */
    if (status == GF_DOMAIN)
        return GF_OK;
    if (status && error)
        *error = own;
    return status;
}

gf_status gf_sweep_cell_move(gf_sweep_cell *cell, const gf_classification *c,
                             gf_error *error)
{
    unsigned needs = cell->work->needs;
    gf_status status = GF_OK;

    cell->has_run = true;
    if (needs & GF_CELL_FATE)
        status = find_fate(cell, c, error);
    if (!status && (needs & GF_CELL_EXPONENT))
        status = find_exponent(cell, c->field, error);
    return status;
}
