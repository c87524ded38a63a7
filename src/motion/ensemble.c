/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/ensemble.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "field/kink.h"
#include "motion/box.h"
#include "motion/flush.h"
#include "motion/noise.h"

/* --- words ------------------------------------------------------------- */

#define FATE_TEXT(name, text) text,
static const char *const fates[] = {GF_FATE_LIST(FATE_TEXT)};

const char *gf_fate_name(gf_fate_label label)
{
    if ((size_t)label < sizeof fates / sizeof *fates)
        return fates[label];
    return "unknown";
}

/* --- options ----------------------------------------------------------- */

static gf_status check_rule(const gf_ensemble_options *options, gf_error *error)
{
    const char *names[16];
    size_t count = gf_ensemble_rule_count();

    if (gf_ensemble_rule_find(options->rule))
        return GF_OK;
    for (size_t i = 0; i < count; i++)
        names[i] = gf_ensemble_rule_row(i)->name;
    const char *near = gf_nearest_name(options->rule, names, count);
    return gf_error_set(error, GF_NAME, "'%s': unknown rule%s%s%s",
                        options->rule, near ? "; did you mean '" : "",
                        near ? near : "", near ? "'?" : "");
}

static gf_status check_numbers(const gf_ensemble_options *options,
                               gf_error *error)
{
    const char *trouble = NULL;
    size_t width = options->width;

    if (!(options->step > 0) || !isfinite(options->step))
        trouble = "the step must be > 0";
    else if (!(options->until > 0) || !isfinite(options->until))
        trouble = "the longest time must be > 0 and finite";
    else if (options->until / options->step > 1e9)
        trouble = "too many steps: at most a thousand million";
    else if (!(options->tolerance > 0) || !(options->tolerance < 1))
        trouble = "the tolerance must be > 0 and below 1";
    else if (options->tangents &&
             (!options->plain || strcmp(options->rule, "rk4") != 0))
        trouble = "tangents go with plain steps of rk4";
    else if (options->threads > GF_ENSEMBLE_THREADS_MAX)
        trouble = "too many threads: at most 1024";
    else if (width != 0 && width != 16 && width != 32 && width != 64)
        trouble = "the width must be 16, 32 or 64";
    return trouble ? gf_error_set(error, GF_ARGUMENT, "%s", trouble) : GF_OK;
}

static gf_status check_map(const gf_ensemble_options *options, gf_error *error)
{
    const char *trouble = NULL;

    if (options->steps == 0 || options->steps > GF_MAP_STEPS_MAX)
        trouble = "an optimizer makes 1 to a thousand million steps";
    else if (options->order == GF_SIMULTANEOUS && options->critic_steps > 1)
        trouble = "more steps of the critic need the alternating order";
    else if (options->tangents)
        trouble = "tangents go with plain steps of rk4";
    else if (!(options->noise >= 0) || !isfinite(options->noise))
        trouble = "the noise must be >= 0";
    return trouble ? gf_error_set(error, GF_ARGUMENT, "%s", trouble) : GF_OK;
}

static gf_status settle(gf_ensemble_options *options, gf_error *error)
{
    gf_status status = options->optimizer ? check_map(options, error) : GF_OK;

    if (!status && options->optimizer && options->schedule)
        status = gf_schedule_last(&options->step, options->schedule,
                                  options->steps, error);
    if (status)
        return status;
    if (!options->rule)
        options->rule = gf_ensemble_rule_row(0)->name;
    if (options->step == 0)
        options->step = GF_ENSEMBLE_STEP;
    if (options->optimizer)
        options->until = options->step; /* the steps are counted */
    else if (options->until == 0)
        options->until = GF_ENSEMBLE_UNTIL;
    if (options->tolerance == 0)
        options->tolerance = GF_ENSEMBLE_TOLERANCE;
    status = check_rule(options, error);
    return status ? status : check_numbers(options, error);
}

/* --- ensembles --------------------------------------------------------- */

/* The Jacobian beside the velocity. */
static bool needs_slopes(const gf_ensemble *e)
{
    const gf_optimizer *optimizer = e->options.optimizer;

    return optimizer && (optimizer->rule->needs & GF_NEEDS_TRANSPOSED);
}

gf_status gf_ensemble_new(gf_ensemble **out, const gf_field *field,
                          const gf_ensemble_options *options, gf_error *error)
{
    gf_ensemble_options settled = *options;
    gf_status status = settle(&settled, error);

    *out = NULL;
    if (status)
        return status;
    gf_ensemble *e = calloc(1, sizeof *e);
    if (!e)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    e->field = field;
    e->rule = gf_ensemble_rule_find(settled.rule);
    e->options = settled;
    if (settled.optimizer)
        status = gf_box_lay(e->box, &e->is_kept, field, settled.box,
                            settled.project, error);
    if (!status)
        status = gf_plan_init(&e->plan, field,
                              settled.tangents || needs_slopes(e), error);
    if (status) {
        gf_ensemble_free(e);
        return status;
    }
    e->lanes = gf_ensemble_lanes(&e->plan, &settled);
    e->stages = gf_ensemble_stages(e);
    e->has_kinks = gf_field_has_kinks(field);
    *out = e;
    return GF_OK;
}

void gf_ensemble_free(gf_ensemble *ensemble)
{
    if (!ensemble)
        return;
    gf_plan_clear(&ensemble->plan);
    free(ensemble);
}

/* --- threads ----------------------------------------------------------- */

typedef struct thread {
    pthread_t id;
    gf_ensemble_job *job;
    gf_status status;
    gf_error error;
} thread;

static gf_status work_on(gf_ensemble_job *job, gf_error *error)
{
    unsigned old = gf_flush_begin();
    gf_status status = job->ensemble->options.optimizer
                           ? gf_ensemble_work_map(job, error)
                           : gf_ensemble_work(job, error);

    gf_flush_end(old);
    return status;
}

static void *work(void *argument)
{
    thread *t = argument;

    t->status = work_on(t->job, &t->error);
    return NULL;
}

static size_t thread_count(const gf_ensemble *e, size_t starts)
{
    enum { STARTS_EACH = 64 };
    long here = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = e->options.threads, most = starts / STARTS_EACH + 1;

    if (wanted == 0)
        wanted = here > 0 ? (size_t)here : 1;
    return wanted < most ? wanted : most;
}

static gf_status run(gf_ensemble_job *job, gf_error *error)
{
    const gf_ensemble *ensemble = job->ensemble;
    size_t count = job->count;
    size_t threads = thread_count(ensemble, count), begun = 1;
    thread *t = calloc(threads, sizeof *t);
    gf_status status;

    if (!t)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    /* what no thread can be had for, the others do */
    for (; begun < threads; begun++) {
        t[begun].job = job;
        if (pthread_create(&t[begun].id, NULL, work, &t[begun]) != 0)
            break;
    }
    status = work_on(job, error);
    for (size_t i = 1; i < begun; i++) {
        pthread_join(t[i].id, NULL);
        if (!status && t[i].status) {
            status = t[i].status;
            if (error)
                *error = t[i].error;
        }
    }
    free(t);
    return status;
}

gf_status gf_ensemble_run(gf_fate *out, const gf_ensemble *ensemble,
                          const gf_vec2 *start, size_t count, gf_error *error)
{
    return gf_ensemble_run_part(out, ensemble, start, 0, count, error);
}

gf_status gf_ensemble_run_part(gf_fate *out, const gf_ensemble *ensemble,
                               const gf_vec2 *start, size_t first, size_t count,
                               gf_error *error)
{
    gf_ensemble_job job = {.ensemble = ensemble,
                           .out = out,
                           .start = start,
                           .first = first,
                           .count = count};

    return run(&job, error);
}

uint64_t gf_ensemble_seed(uint64_t seed, size_t start)
{
    return gf_noise_seed_of(seed, start);
}

gf_status gf_ensemble_run_tangents(gf_fate *out, gf_mat2 *tangent,
                                   const gf_ensemble *ensemble,
                                   const gf_vec2 *start, size_t count,
                                   gf_error *error)
{
    gf_ensemble_job job = {.ensemble = ensemble,
                           .out = out,
                           .tangent = tangent,
                           .start = start,
                           .count = count};

    if (!ensemble->options.tangents)
        return gf_error_set(error, GF_ARGUMENT,
                            "the ensemble was made without tangents");
    return run(&job, error);
}
