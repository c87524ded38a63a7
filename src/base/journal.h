/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a long computation has done so far, kept in a file beside its target:
 * tiles of doubles, each in its own range of bytes, each with a mark that is a
 * hash of what it should hold.  A process may be killed at any moment: a tile
 * whose bytes and mark do not agree counts as not done.
 *
 *     gf_journal journal;
 *     status = gf_journal_open(&journal, path, &shape, resume, error);
 *     for each tile i: if (!gf_journal_read(&journal, i, room)) compute it;
 *         status = gf_journal_keep(&journal, i, data, error);
 *     status = gf_journal_close(&journal, forget, error);
 *
 * The file: a line of magic, three whole numbers of 8 bytes, a hash of all that
 * and the identity, the identity, the marks, the tiles; in the machine's byte
 * order.  It is created under another name and renamed, so it is never seen
 * without its head, and it is locked while it is open.
 */
#ifndef GANFIELD_BASE_JOURNAL_H
#define GANFIELD_BASE_JOURNAL_H

#include <ganfield/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gf_journal_shape {
    const char *identity; /* of the computation: a text of lines */
    size_t cells, tile; /* cells in all and in one tile, the last is shorter */
    size_t width;       /* doubles of a cell */
} gf_journal_shape;

typedef struct gf_journal {
    int file; /* -1: not open */
    char *path;
    size_t cells, tile, width, tiles;
    uint64_t marks_at, data_at; /* bytes from the start */
} gf_journal;

/* Opens the journal at path.  Without `resume` it must not be there; with it,
   it may be, and must be of the same identity and shape.  GF_WRITE, GF_READ,
   GF_MEMORY; GF_ARGUMENT where there is one already, where it is another
   computation's (says which line differs), or where another process has it. */
GF_CHECKED gf_status gf_journal_open(gf_journal *journal, const char *path,
                                     const gf_journal_shape *shape, bool resume,
                                     gf_error *error);

/* Cells of a tile. */
size_t gf_journal_count(const gf_journal *journal, size_t tile);

/* Whether a tile is done; then its doubles are in out. */
bool gf_journal_read(const gf_journal *journal, size_t tile, double *out);

/* Keeps a tile; GF_WRITE. */
GF_CHECKED gf_status gf_journal_keep(const gf_journal *journal, size_t tile,
                                     const double *data, gf_error *error);

/* Closes it; with `forget` the file goes.  Does nothing where it is not open.
 */
void gf_journal_close(gf_journal *journal, bool forget);

#endif
