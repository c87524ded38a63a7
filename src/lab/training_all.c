/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many trainings on many threads, each the work of one. */
#include "kernel/crew.h"
#include "lab/training.h"

#include <stdatomic.h>

typedef struct study {
    gf_training *const *training;
    size_t until, total;
    bool (*progress)(size_t done, size_t total, void *ctx);
    void *ctx;
    gf_error *error;
    atomic_size_t done;
    atomic_bool is_stopped;
    atomic_bool has_failed;
    atomic_flag is_told;
    gf_status status;
} study;

/* One training's part in it. */
typedef struct part {
    study *study;
    size_t before; /* steps that are counted */
} part;

/* Whoever finds nobody else at it tells how far all are. */
static bool report(size_t step, void *ctx)
{
    part *p = ctx;
    study *s = p->study;
    size_t done =
        atomic_fetch_add(&s->done, step - p->before) + step - p->before;

    p->before = step;
    if (s->progress && !atomic_flag_test_and_set(&s->is_told)) {
        if (!s->progress(done, s->total, s->ctx))
            atomic_store(&s->is_stopped, true);
        atomic_flag_clear(&s->is_told);
    }
    return !atomic_load(&s->is_stopped);
}

static void run(size_t i, size_t number, void *ctx)
{
    study *s = ctx;
    part p = {s, gf_training_step(s->training[i])};
    gf_error error;
    gf_status status;

    (void)number;
    if (atomic_load(&s->is_stopped))
        return;
    gf_error_clear(&error);
    status = gf_training_go(s->training[i], s->until, report, &p, &error);
    if (!status)
        return;
    atomic_store(&s->is_stopped, true);
    if (atomic_exchange(&s->has_failed, true))
        return;
    s->status = status;
    if (s->error)
        *s->error = error;
}

gf_status gf_training_go_all(gf_training *const *training, size_t count,
                             size_t until, size_t threads,
                             bool (*progress)(size_t done, size_t total,
                                              void *ctx),
                             void *ctx, gf_error *error)
{
    study s = {.training = training,
               .until = until,
               .progress = progress,
               .ctx = ctx,
               .error = error,
               .is_told = ATOMIC_FLAG_INIT};

    for (size_t i = 0; i < count; i++) {
        s.total += training[i]->setup.steps;
        atomic_fetch_add(&s.done, training[i]->step);
    }
    gf_crew_run(run, count, threads, &s);
    return s.status;
}
