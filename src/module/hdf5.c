/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A grid as an HDF5 file: axes as dimension scales, numbers as doubles, words
 * as an enumeration, and what they mean as attributes.  No times are kept, so
 * equal grids have equal bytes.  The file is made in memory: where it goes, and
 * whether the disk is full, is the caller's affair.
 */
#include "report/grid.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = 255 };

/* The first failure stays; ids below 0 are failures of HDF5. */
typedef struct writer {
    hid_t file;
    hid_t plain; /* creation of a dataset, without times */
    bool failed;
} writer;

static bool is_good(writer *w, hid_t id)
{
    w->failed = w->failed || id < 0;
    return id >= 0;
}

/* --- attributes -------------------------------------------------------- */

static void put_string(writer *w, hid_t object, const char *name,
                       const char *text)
{
    size_t size = strlen(text);
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);

    /* an attribute cannot be empty */
    if (H5Tset_size(type, size ? size : 1) < 0 ||
        H5Tset_cset(type, H5T_CSET_UTF8) < 0)
        w->failed = true;
    hid_t attribute =
        H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (is_good(w, attribute)) {
        if (H5Awrite(attribute, type, text) < 0)
            w->failed = true;
        H5Aclose(attribute);
    }
    H5Sclose(space);
    H5Tclose(type);
}

static void put_count(writer *w, hid_t object, const char *name, size_t count)
{
    uint64_t value = count;
    hid_t space = H5Screate(H5S_SCALAR);
    hid_t attribute = H5Acreate2(object, name, H5T_STD_U64LE, space,
                                 H5P_DEFAULT, H5P_DEFAULT);

    if (is_good(w, attribute)) {
        if (H5Awrite(attribute, H5T_NATIVE_UINT64, &value) < 0)
            w->failed = true;
        H5Aclose(attribute);
    }
    H5Sclose(space);
}

/* --- datasets ---------------------------------------------------------- */

static hid_t put_data(writer *w, const char *name, hid_t kept, hid_t given,
                      const hsize_t *size, int rank, const void *data)
{
    hid_t space = H5Screate_simple(rank, size, NULL);
    hid_t set = H5Dcreate2(w->file, name, kept, space, H5P_DEFAULT, w->plain,
                           H5P_DEFAULT);

    if (is_good(w, set) &&
        H5Dwrite(set, given, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
        w->failed = true;
    H5Sclose(space);
    return set;
}

/* A text for each value. */
static void put_labels(writer *w, hid_t object, const gf_grid_axis *axis)
{
    hsize_t size = axis->count;
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate_simple(1, &size, NULL);

    if (H5Tset_size(type, H5T_VARIABLE) < 0 ||
        H5Tset_cset(type, H5T_CSET_UTF8) < 0)
        w->failed = true;
    hid_t attribute =
        H5Acreate2(object, "labels", type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (is_good(w, attribute)) {
        if (H5Awrite(attribute, type, (const void *)axis->label) < 0)
            w->failed = true;
        H5Aclose(attribute);
    }
    H5Sclose(space);
    H5Tclose(type);
}

static void put_axis(writer *w, hid_t *set, const gf_grid_axis *axis)
{
    hsize_t size = axis->count;

    *set = put_data(w, axis->name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &size, 1,
                    axis->value);
    if (*set < 0)
        return;
    if (H5DSset_scale(*set, axis->name) < 0)
        w->failed = true;
    put_string(w, *set, "spacing", axis->spacing);
    if (axis->label)
        put_labels(w, *set, axis);
}

/* The words as an enumeration of bytes; where there is none, `none`. */
static hid_t word_type(writer *w, const gf_grid_column *column)
{
    hid_t type = H5Tenum_create(H5T_STD_U8LE);
    unsigned char value;

    for (size_t i = 0; i < column->words; i++) {
        value = (unsigned char)i;
        if (H5Tenum_insert(type, column->word[i], &value) < 0)
            w->failed = true;
    }
    value = NONE;
    /* "none" may be one of the words */
    if (H5Tenum_insert(type, "none", &value) < 0 &&
        H5Tenum_insert(type, "(none)", &value) < 0)
        w->failed = true;
    return type;
}

static hid_t put_words(writer *w, const char *name,
                       const gf_grid_column *column, const hsize_t *size,
                       int rank, size_t cells)
{
    unsigned char *byte = malloc(cells);
    hid_t type = word_type(w, column), set = -1;

    for (size_t i = 0; byte && i < cells; i++)
        byte[i] =
            isnan(column->value[i]) ? NONE : (unsigned char)column->value[i];
    if (byte)
        set = put_data(w, name, type, type, size, rank, byte);
    w->failed = w->failed || !byte;
    H5Tclose(type);
    free(byte);
    return set;
}

static void put_column(writer *w, const gf_report_grid *grid,
                       const gf_grid_column *column, const hid_t *axis)
{
    hsize_t size[GF_GRID_AXES];
    char name[GF_GRID_NAME];
    hid_t set;

    snprintf(name, sizeof name, "%s", column->name);
    for (char *c = name; *c; c++)
        *c = (char)(*c == '-' ? '_' : *c);
    for (size_t i = 0; i < grid->axes; i++) {
        size[i] = grid->axis[i].count;
        /* a parameter may have a quantity's name */
        if (strcmp(name, grid->axis[i].name) == 0)
            snprintf(name, sizeof name, "%s_value", column->name);
    }
    if (column->word)
        set = put_words(w, name, column, size, (int)grid->axes, grid->cells);
    else
        set = put_data(w, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, size,
                       (int)grid->axes, column->value);
    if (set < 0)
        return;
    put_string(w, set, "title", column->title);
    for (unsigned i = 0; i < grid->axes; i++) {
        if (axis[i] >= 0 && H5DSattach_scale(set, axis[i], i) < 0)
            w->failed = true;
    }
    H5Dclose(set);
}

static void put_all(writer *w, const gf_report_grid *grid)
{
    hid_t axis[GF_GRID_AXES];

    put_string(w, w->file, "schema", grid->schema);
    put_string(w, w->file, "version", grid->version);
    put_string(w, w->file, "command", grid->command);
    put_string(w, w->file, "field", grid->field);
    put_string(w, w->file, "status",
               grid->filled == grid->cells || grid->is_sparse ? "complete"
                                                              : "partial");
    if (grid->settings)
        put_string(w, w->file, "settings", grid->settings);
    put_count(w, w->file, "cells", grid->cells);
    put_count(w, w->file, "filled", grid->filled);
    for (size_t i = 0; i < grid->axes; i++)
        put_axis(w, &axis[i], &grid->axis[i]);
    for (size_t i = 0; i < grid->columns; i++)
        put_column(w, grid, &grid->column[i], axis);
    for (size_t i = 0; i < grid->axes; i++) {
        if (axis[i] >= 0)
            H5Dclose(axis[i]);
    }
}

/* --- the file ---------------------------------------------------------- */

static bool take_image(void **bytes, size_t *count, hid_t file)
{
    H5Fflush(file, H5F_SCOPE_GLOBAL);
    ssize_t size = H5Fget_file_image(file, NULL, 0);
    if (size <= 0)
        return false;
    *bytes = malloc((size_t)size);
    *count = (size_t)size;
    return *bytes && H5Fget_file_image(file, *bytes, (size_t)size) == size;
}

static gf_status write_grid(void **bytes, size_t *count,
                            const gf_report_grid *grid, gf_error *error)
{
    enum { STEP = 1 << 20 };
    writer w = {.file = -1};

    *bytes = NULL;
    /* its reports on stderr are not ours */
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    w.plain = H5Pcreate(H5P_DATASET_CREATE);
    if (access >= 0 && w.plain >= 0 &&
        H5Pset_fapl_core(access, STEP, false) >= 0 &&
        H5Pset_obj_track_times(w.plain, false) >= 0)
        w.file = H5Fcreate("ganfield", H5F_ACC_TRUNC, H5P_DEFAULT, access);
    if (is_good(&w, w.file)) {
        put_all(&w, grid);
        w.failed = w.failed || !take_image(bytes, count, w.file);
        H5Fclose(w.file);
    }
    H5Pclose(w.plain);
    H5Pclose(access);
    if (!w.failed)
        return GF_OK;
    free(*bytes);
    *bytes = NULL;
    return gf_error_set(error, GF_INTERNAL, "HDF5 could not make the file");
}

extern const gf_hdf5_module gf_hdf5_module_table;

GF_PUBLIC const gf_hdf5_module gf_hdf5_module_table = {
    .version = GF_VERSION,
    .write = write_grid,
};
