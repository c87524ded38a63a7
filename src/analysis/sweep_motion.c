/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run of the flow from one start does in a cell: where it ends and when
   (by an ensemble of one, so no failure of numerics judges it), and how fast
   neighbours part. */
#include <ganfield/lyapunov.h>
#include <ganfield/targets.h>

#include <math.h>

#include "analysis/sweep_cell.h"

/* As near to a rest point counts as there. */
static const double radius = 1e-3;

static gf_status find_fate(gf_sweep_cell *cell, const gf_classification *c,
                           gf_error *error)
{
    const gf_sweep_plan *plan = cell->work->plan;
    gf_ensemble *ensemble;
    gf_targets targets;
    gf_fate fate = {.label = GF_FATE_UNDECIDED};

    gf_targets_init(&targets);
    gf_status status = gf_targets_find(&targets, c, radius, error);
    gf_ensemble_options options = {.until = plan->until,
                                   .target = targets.item,
                                   .target_count = targets.count,
                                   .threads = 1};
    if (!status)
        status = gf_ensemble_new(&ensemble, c->field, &options, error);
    if (!status) {
        status = gf_ensemble_run(&fate, ensemble, &plan->start, 1, error);
        gf_ensemble_free(ensemble);
    }
    gf_targets_clear(&targets);
    cell->fate = (double)fate.label;
    cell->time = fate.label == GF_FATE_CONVERGED ? fate.time : NAN;
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
    /* a start outside, or too many kinks: there is none in this cell */
    cell->exponent = status ? NAN : e.value[0];
    return status == GF_MEMORY ? status : GF_OK;
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
