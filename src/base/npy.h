/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrices as files: NPY (numpy's format 1.0 to 3.0, NEP 1) and text. */
#ifndef GANFIELD_BASE_NPY_H
#define GANFIELD_BASE_NPY_H

#include <ganfield/status.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct gf_matrix {
    double *at; /* by rows; to be freed */
    size_t rows, columns;
} gf_matrix;

/* Reads the file at path into *out: NPY of one or two dimensions (doubles or
 * floats; of one: a column), or text with a row on each line, numbers apart by
 * commas or blanks, and lines of words at the top or comments (#) left out.
 * GF_READ, GF_SYNTAX with file and place, GF_ARGUMENT for a number that is not
 * finite, GF_LIMIT, GF_MEMORY. */
GF_CHECKED gf_status gf_matrix_read(gf_matrix *out, const char *path,
                                    gf_error *error);

/* Writes a matrix as NPY; whoever closes the file sees what went wrong. */
void gf_npy_write(FILE *file, const double *at, size_t rows, size_t columns);

/* The same for one dimension. */
void gf_npy_write_vector(FILE *file, const double *at, size_t count);

/* Does a file's name end in .npy? */
bool gf_npy_is_name(const char *path);

#endif
