/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A computation cut into tiles, done by several threads, each tile by itself,
 * so that the result does not depend on who did what when; with a journal that
 * keeps them, from which a killed one goes on.
 */
#ifndef GANFIELD_BASE_TILES_H
#define GANFIELD_BASE_TILES_H

#include "base/journal.h"

/* Computes cells first ... first + count - 1 into out; called by any number of
   threads. */
typedef gf_status gf_tile_fn(double *out, size_t first, size_t count,
                             const void *ctx, gf_error *error);

typedef struct gf_tiles {
    size_t cells, tile, width; /* as in a journal's shape */
    double *value;             /* cells x width, the caller's */
    gf_tile_fn *compute;
    const void *ctx;
    size_t threads;      /* 0: one for each processor */
    void (*leave)(void); /* called at the end of each further thread; or NULL */
    /* The journal's file, which stays; NULL: none. */
    const char *journal;
    const char *identity; /* what it must be of; NULL: anything */
    bool resume;          /* go on with what it holds */
    /* Called after each tile, by one thread at a time; false: stop. */
    bool (*progress)(size_t done, size_t total, void *ctx);
    void *progress_ctx;
} gf_tiles;

/* Does what the journal does not hold yet, and counts the cells that are done:
   all, unless progress said stop.  The first failure of a tile (of those that
   failed the one with the least number) ends it; else what gf_journal_open may
   say. */
GF_CHECKED gf_status gf_tiles_run(size_t *filled, const gf_tiles *tiles,
                                  gf_error *error);

/* The threads that 0 stands for. */
size_t gf_tiles_threads(void);

#endif
