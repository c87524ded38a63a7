/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A grid of results as one file that says what it holds: axes, columns of
 * numbers or words over them, and where it all comes from.  What a module
 * writes as HDF5.
 */
#ifndef GF_REPORT_GRID_H
#define GF_REPORT_GRID_H

#include <stdint.h>
#include <stdio.h>

#include <ganfield/report.h>

enum {
    GF_GRID_AXES = 3,
    GF_GRID_COLUMNS = GF_SWEEP_QUANTITIES_MAX,
    GF_GRID_NAME = 64
};

typedef struct gf_grid_axis {
    const char *name, *spacing;
    double *value; /* owned by the grid */
    size_t count;
    const char *const *label; /* what the values stand for; NULL: themselves */
} gf_grid_axis;

typedef struct gf_grid_column {
    const char *name, *title;
    double *value;           /* cells, the last axis the fastest; owned */
    const char *const *word; /* NULL: numbers; else value is an index or NaN */
    size_t words;
} gf_grid_column;

typedef struct gf_report_grid {
    const char *schema, *version, *command;
    char *field;          /* its JSON; owned */
    const char *settings; /* JSON of what else there is to say; NULL: none */
    gf_grid_axis axis[GF_GRID_AXES];
    size_t axes;
    gf_grid_column column[GF_GRID_COLUMNS];
    size_t columns;
    size_t cells, filled;
    bool is_sparse; /* complete, although not all cells are filled */
    char words[GF_BASIN_LABELS_MAX][GF_GRID_NAME];
    const char *labels[GF_BASIN_LABELS_MAX]; /* of a basin: into words */
} gf_report_grid;

/* Table of the module: the bytes of a file, which the caller frees. */
typedef struct gf_hdf5_module {
    const char *version;
    gf_status (*write)(void **bytes, size_t *count, const gf_report_grid *grid,
                       gf_error *error);
} gf_hdf5_module;

/* --- grid.c ------------------------------------------------------------ */

/* An empty grid, to be cleared in either case; GF_MEMORY. */
gf_status gf_report_grid_begin(gf_report_grid *grid, const char *schema,
                               const gf_field *field, const char *command,
                               gf_error *error) GF_CHECKED;
void gf_report_grid_clear(gf_report_grid *grid);
/* One more axis, all 0, or column, of every width-th of the values from `from`
 * on (NULL: NaN); its values, NULL without memory. */
double *gf_report_grid_add_axis(gf_report_grid *grid, const char *name,
                                const char *spacing, size_t count);
gf_grid_column *gf_report_grid_add_column(gf_report_grid *grid,
                                          const char *name, const char *title,
                                          const double *from, size_t width);
/* Writes it as HDF5: GF_READ where there is none, GF_WRITE, GF_MEMORY. */
gf_status gf_report_grid_write(FILE *out, const gf_report_grid *grid,
                               gf_error *error) GF_CHECKED;

#endif
