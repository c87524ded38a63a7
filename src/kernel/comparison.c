/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/comparison.h>

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/crew.h"

/* What one play tells. */
enum {
    SCALE,
    ZERO,
    DAMPING,
    FIRST,
    LAST,
    SWING,
    LASTING,
    PERIOD,
    DRIFT,
    STEP,
    KINDS
};

typedef struct found {
    double number[KINDS];
    gf_compared_seed seed;
    bool is_split, is_stiff, is_unstable, is_undamped;
    gf_status status;
    gf_error error;
} found;

typedef struct work {
    const gf_comparison_setup *setup;
    const gf_comparison *all;
    found *found;         /* rows x seeds */
    atomic_size_t failed; /* the first play that failed */
    atomic_size_t done;
    atomic_bool is_stopped;
    atomic_flag is_told;
} work;

/* One play's part in it, which is PARTS. */
typedef struct part {
    work *work;
    size_t before;
} part;

enum { PARTS = 1000 };

static size_t variants_of(const gf_comparison_setup *setup)
{
    return setup->variants ? setup->variants : 1;
}

void gf_comparison_init(gf_comparison *all)
{
    *all = (gf_comparison){0};
}

void gf_comparison_clear(gf_comparison *all)
{
    free(all->row);
    free(all->seed);
    gf_comparison_init(all);
}

/* --- one play ---------------------------------------------------------- */

static double least_damping(const gf_play *play)
{
    double least = NAN;

    for (size_t i = 0; play->has_modes && i < play->modes.count; i++)
        least = fmin(least, play->modes.mode[i].damping);
    return least;
}

/* The range of the gap from one fifth of the rows to another. */
static double range_of(double *least, double *most, const gf_course *c,
                       size_t from, size_t to)
{
    *least = INFINITY;
    *most = -INFINITY;
    for (size_t i = c->count * from / 5; i < c->count * to / 5; i++) {
        *least = fmin(*least, c->row[i].gap);
        *most = fmax(*most, c->row[i].gap);
    }
    return *most - *least;
}

static void note(found *f, const gf_play *play)
{
    const gf_course *c = &play->course;
    double least, most, before = range_of(&least, &most, c, 1, 3);

    f->number[SCALE] = play->scale;
    f->number[ZERO] = play->has_modes ? (double)play->modes.zero : NAN;
    f->number[DAMPING] = least_damping(play);
    f->number[FIRST] = c->row[0].gap;
    f->number[LAST] = c->row[c->count - 1].gap;
    f->number[SWING] = range_of(&f->seed.least, &f->seed.most, c, 3, 5);
    f->number[LASTING] = f->number[SWING] / before;
    f->number[PERIOD] = c->period;
    f->number[DRIFT] = c->drift[0];
    f->number[STEP] = c->step;
    f->seed.last_gap = f->number[LAST];
    f->seed.end = c->end;
    f->is_stiff = c->is_stiff;
    f->is_split = c->alone[0] != c->alone[1];
    f->is_unstable = play->modes.unstable > 0;
    f->is_undamped = play->modes.undamped > 0;
}

/* Whoever finds nobody else at it tells how far all are. */
static bool report(size_t done, size_t total, void *ctx)
{
    part *p = ctx;
    work *w = p->work;
    const gf_comparison_setup *s = w->setup;
    size_t parts = done * PARTS / total, more = parts - p->before;
    size_t all = atomic_fetch_add(&w->done, more) + more;

    p->before = parts;
    if (!atomic_flag_test_and_set(&w->is_told)) {
        if (!s->progress(all, w->all->count * s->seeds * PARTS,
                         s->progress_ctx))
            atomic_store(&w->is_stopped, true);
        atomic_flag_clear(&w->is_told);
    }
    return !atomic_load(&w->is_stopped);
}

/* Later plays are not worth the while: which one fails first does not depend on
 * the threads. */
static void fail(work *w, size_t i)
{
    size_t first = atomic_load(&w->failed);

    while (i < first && !atomic_compare_exchange_weak(&w->failed, &first, i))
        ;
}

static void play_one(size_t i, size_t worker, void *ctx)
{
    work *w = ctx;
    const gf_comparison_setup *setup = w->setup;
    const gf_compared *row = &w->all->row[i / setup->seeds];
    size_t seed = i % setup->seeds;
    found *f = &w->found[i];
    gf_play_setup one = *setup->play;
    part p = {.work = w};
    gf_play play;

    if (i > atomic_load(&w->failed) || atomic_load(&w->is_stopped))
        return;
    if (setup->progress) {
        one.course.progress = report;
        one.course.progress_ctx = &p;
    }
    one.field = setup->field[worker * variants_of(setup) + row->variant];
    one.critic = setup->critic[row->critic];
    one.critic.seed = 2 * seed;
    one.generator.seed = 2 * seed + 1;
    one.bn = setup->bn_count > 0 ? setup->bn[row->mode] : GF_BN_SEPARATE;
    one.data = setup->data[row->data];
    gf_error_clear(&f->error);
    gf_play_init(&play);
    f->status = gf_play_run(&play, &one, &f->error);
    if (f->status)
        fail(w, i);
    else if (play.course.count > 0)
        note(f, &play);
    if (setup->progress)
        report(1, 1, &p);
    gf_play_clear(&play);
}

/* --- over the seeds ---------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Of the finite ones; NaN if there is none. */
static double median(const found *f, size_t seeds, int kind, double *room)
{
    size_t n = 0;

    for (size_t i = 0; i < seeds; i++)
        if (isfinite(f[i].number[kind]))
            room[n++] = f[i].number[kind];
    if (n == 0)
        return NAN;
    qsort(room, n, sizeof *room, by_size);
    return (room[(n - 1) / 2] + room[n / 2]) / 2;
}

static void conclude(gf_compared *row, const found *f, size_t seeds,
                     double *room)
{
    row->step = INFINITY;
    for (size_t i = 0; i < seeds; i++) {
        row->ends[f[i].seed.end]++;
        row->split += f[i].is_split;
        row->stiff += f[i].is_stiff;
        row->step = fmin(row->step, f[i].number[STEP]);
        row->unstable += f[i].is_unstable;
        row->undamped += f[i].is_undamped;
    }
    row->scale = median(f, seeds, SCALE, room);
    row->zero = median(f, seeds, ZERO, room);
    row->damping = median(f, seeds, DAMPING, room);
    row->first_gap = median(f, seeds, FIRST, room);
    row->last_gap = median(f, seeds, LAST, room);
    row->swing = median(f, seeds, SWING, room);
    row->lasting = median(f, seeds, LASTING, room);
    row->period = median(f, seeds, PERIOD, room);
    row->drift = median(f, seeds, DRIFT, room);
}

/* --- all --------------------------------------------------------------- */

static gf_status check(const gf_comparison_setup *s, gf_error *error)
{
    if (s->count == 0 || s->count > GF_COMPARISON_NETS_MAX)
        return gf_error_set(error, GF_ARGUMENT,
                            "%zu nets to compare; give 1 to %d", s->count,
                            GF_COMPARISON_NETS_MAX);
    if (s->seeds == 0 || s->seeds > GF_COMPARISON_SEEDS_MAX)
        return gf_error_set(error, GF_ARGUMENT, "%zu seeds; give 1 to %d",
                            s->seeds, GF_COMPARISON_SEEDS_MAX);
    if (s->variants > GF_COMPARISON_VARIANTS_MAX)
        return gf_error_set(error, GF_ARGUMENT, "%zu variants; give 1 to %d",
                            s->variants, GF_COMPARISON_VARIANTS_MAX);
    if (s->data_count == 0 || s->data_count > GF_COMPARISON_DATA_MAX ||
        s->bn_count > GF_COMPARISON_MODES_MAX || s->threads == 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "%zu data, %zu modes of batch norm and %zu fields; "
                            "give 1 to %d, at most %d and at least 1",
                            s->data_count, s->bn_count, s->threads,
                            GF_COMPARISON_DATA_MAX, GF_COMPARISON_MODES_MAX);
    if (!(s->play->course.until > 0))
        return gf_error_set(error, GF_ARGUMENT,
                            "nets are compared by what becomes of a run; give "
                            "it an end");
    return GF_OK;
}

static bool has_batch_norm(const gf_net_shape *shape)
{
    return shape->norm == GF_NORM_BN_PRE || shape->norm == GF_NORM_BN_POST;
}

static void lay_out(gf_comparison *all, const gf_comparison_setup *s)
{
    for (size_t block = 0; block < variants_of(s) * s->data_count; block++)
        for (size_t i = 0; i < s->count; i++) {
            bool has_mode = has_batch_norm(&s->critic[i]) && s->bn_count > 0;
            for (size_t k = 0; k < (has_mode ? s->bn_count : 1); k++)
                all->row[all->count++] =
                    (gf_compared){.variant = block / s->data_count,
                                  .data = block % s->data_count,
                                  .critic = i,
                                  .mode = k,
                                  .has_mode = has_mode};
        }
}

gf_status gf_comparison_run(gf_comparison *all,
                            const gf_comparison_setup *setup, gf_error *error)
{
    work w = {.setup = setup,
              .all = all,
              .failed = SIZE_MAX,
              .is_told = ATOMIC_FLAG_INIT};
    size_t most;
    double *room;
    gf_status status = check(setup, error);

    gf_comparison_clear(all);
    if (status)
        return status;
    most = variants_of(setup) * setup->data_count * setup->count *
           (setup->bn_count > 0 ? setup->bn_count : 1);
    all->seeds = setup->seeds;
    all->row = calloc(most, sizeof *all->row);
    all->seed = calloc(most * setup->seeds, sizeof *all->seed);
    w.found = calloc(most * setup->seeds, sizeof *w.found);
    room = malloc(setup->seeds * sizeof *room);
    if (!all->row || !all->seed || !w.found || !room) {
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    } else {
        lay_out(all, setup);
        gf_crew_run(play_one, all->count * setup->seeds, setup->threads, &w);
        if (w.failed != SIZE_MAX) {
            status = w.found[w.failed].status;
            if (error)
                *error = w.found[w.failed].error;
        }
    }
    all->is_whole = !status && !atomic_load(&w.is_stopped);
    for (size_t i = 0; all->is_whole && i < all->count * setup->seeds; i++)
        all->seed[i] = w.found[i].seed;
    for (size_t i = 0; all->is_whole && i < all->count; i++)
        conclude(&all->row[i], w.found + i * setup->seeds, setup->seeds, room);
    free(w.found);
    free(room);
    return status;
}
