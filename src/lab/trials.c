/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trials: in laps of some seconds, after each of which all that there is goes
   to the journal, a tile for each training. */
#include <ganfield/trials.h>

#include "base/journal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LAP_SECONDS = 5 };

void gf_trials_init(gf_trials *s)
{
    *s = (gf_trials){.training = NULL};
}

void gf_trials_clear(gf_trials *s)
{
    for (size_t i = 0; s->training && i < s->plan.count * s->plan.seeds; i++)
        gf_training_free(s->training[i]);
    free(s->training);
    gf_trials_init(s);
}

static gf_status make(gf_trials *s, gf_error *error)
{
    size_t seeds = s->plan.seeds;

    s->training = calloc(s->plan.count * seeds, sizeof(gf_training *));
    if (!s->training)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < s->plan.count * seeds; i++) {
        gf_training_setup setup = s->plan.trial[i / seeds].setup;
        setup.duel.seed = s->plan.seed + i % seeds;
        gf_status status = gf_training_new(&s->training[i], &setup, error);
        if (status)
            return status;
    }
    return GF_OK;
}

/* --- the journal ------------------------------------------------------- */

/* What is kept, as long as the longest training needs. */
typedef struct keeping {
    gf_journal journal;
    double *room;
    size_t width;
    bool is_open;
} keeping;

static gf_status open_journal(keeping *k, const gf_trials *s,
                              const gf_sweep_options *o, gf_error *error)
{
    gf_journal_shape shape = {.identity = o->identity ? o->identity : "",
                              .cells = s->plan.count * s->plan.seeds,
                              .tile = 1};
    gf_status status;

    for (size_t i = 0; i < shape.cells; i++) {
        size_t numbers = gf_training_numbers(s->training[i]);
        k->width = numbers > k->width ? numbers : k->width;
    }
    shape.width = k->width;
    k->room = calloc(k->width, sizeof *k->room);
    if (!k->room)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    status = gf_journal_open(&k->journal, o->journal, &shape, o->resume, error);
    k->is_open = status == GF_OK;
    for (size_t i = 0; i < shape.cells && !status && o->resume; i++)
        if (gf_journal_read(&k->journal, i, k->room))
            status = gf_training_restore(s->training[i], k->room, error);
    return status;
}

static gf_status keep(keeping *k, const gf_trials *s, gf_error *error)
{
    gf_status status = GF_OK;

    for (size_t i = 0;
         k->is_open && !status && i < s->plan.count * s->plan.seeds; i++) {
        memset(k->room, 0, k->width * sizeof *k->room);
        gf_training_save(k->room, s->training[i]);
        status = gf_journal_keep(&k->journal, i, k->room, error);
    }
    return status;
}

/* --- laps -------------------------------------------------------------- */

static void count(gf_trials *s)
{
    s->done = 0;
    s->is_whole = true;
    for (size_t i = 0; i < s->plan.count * s->plan.seeds; i++) {
        s->done += gf_training_step(s->training[i]);
        s->is_whole = s->is_whole && gf_training_is_over(s->training[i]);
    }
}

/* Hears whether somebody said stop, or the lap has lasted. */
typedef struct ear {
    const gf_sweep_options *options;
    time_t since;
    bool has_journal, is_stopped;
} ear;

static bool hear(size_t done, size_t total, void *ctx)
{
    ear *e = ctx;

    if (e->options->progress &&
        !e->options->progress(done, total, e->options->progress_ctx))
        e->is_stopped = true;
    return !e->is_stopped &&
           !(e->has_journal && time(NULL) - e->since >= LAP_SECONDS);
}

static size_t longest(const gf_trials *s)
{
    size_t most = 0;

    for (size_t i = 0; i < s->plan.count; i++)
        if (s->plan.trial[i].setup.steps > most)
            most = s->plan.trial[i].setup.steps;
    return most;
}

static gf_status go(gf_trials *s, keeping *k, const gf_sweep_options *o,
                    gf_error *error)
{
    ear e = {.options = o, .has_journal = k->is_open};
    gf_status status = GF_OK;

    while (!s->is_whole && !status && !e.is_stopped) {
        e.since = time(NULL);
        status = gf_training_go_all(s->training, s->plan.count * s->plan.seeds,
                                    longest(s), o->threads, hear, &e, error);
        if (!status)
            status = keep(k, s, error);
        count(s);
    }
    return status;
}

gf_status gf_trials_run(gf_trials *s, const gf_trial_plan *plan,
                        const gf_sweep_options *options, gf_error *error)
{
    static const gf_sweep_options none = {.threads = 0};
    const gf_sweep_options *o = options ? options : &none;
    keeping k = {.room = NULL};
    gf_status status;

    gf_trials_clear(s);
    s->plan = *plan;
    status = make(s, error);
    if (!status && o->journal)
        status = open_journal(&k, s, o, error);
    if (!status)
        status = go(s, &k, o, error);
    if (k.is_open)
        gf_journal_close(&k.journal, false);
    free(k.room);
    return status;
}
