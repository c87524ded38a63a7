/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/crew.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

typedef struct crew {
    gf_crew_fn fn;
    void *ctx;
    size_t count;
    atomic_size_t next, workers;
} crew;

static void *work(void *argument)
{
    crew *c = argument;
    size_t worker = atomic_fetch_add(&c->workers, 1);

    for (;;) {
        size_t i = atomic_fetch_add(&c->next, 1);
        if (i >= c->count)
            return NULL;
        c->fn(i, worker, c->ctx);
    }
}

size_t gf_crew_size(size_t asked)
{
    if (asked == 0) {
        long online = sysconf(_SC_NPROCESSORS_ONLN);
        asked = online > 0 ? (size_t)online : 1;
    }
    return asked < GF_CREW_MAX ? asked : GF_CREW_MAX;
}

void gf_crew_run(gf_crew_fn fn, size_t count, size_t threads, void *ctx)
{
    crew c = {.fn = fn, .ctx = ctx, .count = count};
    pthread_t helper[GF_CREW_MAX];
    size_t helpers = 0, wanted = gf_crew_size(threads);

    wanted = wanted < count ? wanted : count;
    while (helpers + 1 < wanted &&
           pthread_create(&helper[helpers], NULL, work, &c) == 0)
        helpers++;
    work(&c);
    for (size_t i = 0; i < helpers; i++)
        pthread_join(helper[i], NULL);
}
