/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tiles.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_THREADS = 256 };

typedef struct crew {
    const gf_tiles *tiles;
    gf_journal journal;    /* open where the tiles have one */
    pthread_mutex_t mutex; /* guards all below */
    size_t next, count;    /* tile, and tiles in all */
    size_t filled;         /* cells */
    bool is_stopped;
    size_t failed; /* the tile that failed, count: none */
    gf_status status;
    gf_error error;
} crew;

size_t gf_tiles_threads(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > MOST_THREADS ? MOST_THREADS : (size_t)n;
}

/* One NaN of all, so that equal results have equal bytes. */
static void make_plain(double *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(value[i]))
            value[i] = NAN;
    }
}

static size_t cells_of(const gf_tiles *t, size_t tile)
{
    size_t left = t->cells - tile * t->tile;

    return left < t->tile ? left : t->tile;
}

static void take_failure(crew *c, size_t tile, gf_status status,
                         const gf_error *error)
{
    if (c->status && c->failed < tile)
        return;
    c->failed = tile;
    c->status = status;
    c->error = *error;
}

/* The mutex is held: notes what became of a tile. */
static void take_result(crew *c, size_t tile, gf_status status, bool is_old,
                        gf_error *error)
{
    const gf_tiles *t = c->tiles;
    const double *data = t->value + tile * t->tile * t->width;

    if (!status && t->journal && !is_old)
        status = gf_journal_keep(&c->journal, tile, data, error);
    if (status) {
        take_failure(c, tile, status, error);
        return;
    }
    c->filled += cells_of(t, tile);
    if (t->progress && !t->progress(c->filled, t->cells, t->progress_ctx))
        c->is_stopped = true;
}

static void work(crew *c)
{
    const gf_tiles *t = c->tiles;
    gf_error error;

    gf_error_clear(&error);
    pthread_mutex_lock(&c->mutex);
    while (c->next < c->count && !c->is_stopped && !c->status) {
        size_t tile = c->next++, count = cells_of(t, tile);
        double *out = t->value + tile * t->tile * t->width;
        gf_status status = GF_OK;
        pthread_mutex_unlock(&c->mutex);
        bool is_old = t->journal && gf_journal_read(&c->journal, tile, out);
        if (!is_old) {
            status = t->compute(out, tile * t->tile, count, t->ctx, &error);
            make_plain(out, count * t->width);
        }
        pthread_mutex_lock(&c->mutex);
        take_result(c, tile, status, is_old, &error);
    }
    pthread_mutex_unlock(&c->mutex);
}

/* A further thread. */
static void *help(void *ctx)
{
    crew *c = ctx;

    work(c);
    if (c->tiles->leave)
        c->tiles->leave();
    return NULL;
}

static void run(crew *c)
{
    const gf_tiles *t = c->tiles;
    size_t threads = t->threads ? t->threads : gf_tiles_threads();
    pthread_t helper[MOST_THREADS];
    size_t helpers = 0;

    if (threads > c->count)
        threads = c->count;
    pthread_mutex_init(&c->mutex, NULL);
    /* where the system gives no thread, the others do its work */
    while (helpers + 1 < threads && helpers < MOST_THREADS &&
           pthread_create(&helper[helpers], NULL, help, c) == 0)
        helpers++;
    work(c);
    for (size_t i = 0; i < helpers; i++)
        pthread_join(helper[i], NULL);
    pthread_mutex_destroy(&c->mutex);
}

gf_status gf_tiles_run(size_t *filled, const gf_tiles *t, gf_error *error)
{
    gf_journal_shape shape = {.identity = t->identity ? t->identity : "",
                              .cells = t->cells,
                              .tile = t->tile,
                              .width = t->width};
    crew c = {.tiles = t, .count = (t->cells + t->tile - 1) / t->tile};
    gf_status status = GF_OK;

    c.failed = c.count;
    c.journal.file = -1;
    *filled = 0;
    if (t->journal)
        status =
            gf_journal_open(&c.journal, t->journal, &shape, t->resume, error);
    if (status)
        return status;
    run(&c);
    gf_journal_close(&c.journal, false);
    *filled = c.filled;
    if (c.status && error)
        *error = c.error;
    return c.status;
}
