/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of numbers in a file: samples, and the bins of a histogram. */
#include "analysis/distribution.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"

enum { COLUMNS = 3 };

typedef struct rows {
    double *cell; /* COLUMNS of each row */
    size_t count, room;
    size_t columns; /* of all rows */
} rows;

static gf_status fail_file(gf_error *error, const char *path, size_t line,
                           const char *message)
{
    gf_error_set(error, GF_READ, "%s", message);
    if (error) {
        snprintf(error->file, sizeof error->file, "%s", path);
        error->line = line;
        error->column = line > 0;
    }
    return GF_READ;
}

/* One number, with a sign, ended by a separator; the bytes it takes, or 0. */
static size_t scan(double *out, const char *text)
{
    size_t sign = text[0] == '-' || text[0] == '+';
    size_t length = gf_number_scan(out, text + sign, strlen(text + sign));

    if (length == 0 || !isfinite(*out) ||
        !strchr(" \t\r\n,;", text[sign + length]))
        return 0;
    if (text[0] == '-')
        *out = -*out;
    return sign + length;
}

/* The numbers of a line; too many, or none where there is something else. */
static size_t split(double cell[COLUMNS], const char *line, bool *is_empty)
{
    size_t count = 0;

    *is_empty = false;
    line += strspn(line, " \t\r\n");
    if (*line == '\0' || *line == '#') {
        *is_empty = true;
        return 0;
    }
    while (*line && *line != '#') {
        double x;
        size_t length = scan(&x, line);
        if (length == 0)
            return 0;
        if (count < COLUMNS)
            cell[count] = x;
        count++;
        line += length;
        line += strspn(line, " \t\r\n");
        if (*line == ',' || *line == ';')
            line++;
        line += strspn(line, " \t\r\n");
    }
    return count;
}

/* A number, finite or not, or what was meant as one. */
static bool is_like_number(const char *word, size_t length)
{
    if (length > 0 && (*word == '-' || *word == '+'))
        word++, length--;
    return length > 0 && (isdigit((unsigned char)*word) || *word == '.' ||
                          (length == 3 && (strncasecmp(word, "nan", 3) == 0 ||
                                           strncasecmp(word, "inf", 3) == 0)));
}

/* Whether none of a line's words is a number. */
static bool is_heading(const char *line)
{
    static const char separators[] = " \t\r\n,;";

    while (*line) {
        size_t length;
        line += strspn(line, separators);
        length = strcspn(line, separators);
        if (is_like_number(line, length))
            return false;
        line += length;
    }
    return true;
}

static gf_status add_row(rows *r, const double cell[COLUMNS], gf_error *error)
{
    if (r->count >= GF_DISTRIBUTION_ATOMS_MAX)
        return gf_error_set(error, GF_LIMIT, "more than %d rows",
                            GF_DISTRIBUTION_ATOMS_MAX);
    if (r->count == r->room) {
        size_t wanted = r->room ? 2 * r->room : 256;
        double *moved = realloc(r->cell, wanted * COLUMNS * sizeof *moved);
        if (!moved)
            return gf_error_set(error, GF_MEMORY, "out of memory");
        r->cell = moved;
        r->room = wanted;
    }
    memcpy(r->cell + r->count++ * COLUMNS, cell, COLUMNS * sizeof *cell);
    return GF_OK;
}

static gf_status read_lines(rows *r, FILE *file, const char *path, size_t least,
                            size_t most, gf_error *error)
{
    char *line = NULL;
    size_t room = 0, number = 0;
    gf_status status = GF_OK;

    while (!status && getline(&line, &room, file) >= 0) {
        double cell[COLUMNS] = {0};
        bool is_empty;
        size_t columns = split(cell, line, &is_empty);
        number++;
        if (is_empty || (columns == 0 && number == 1 && is_heading(line)))
            continue;
        if (columns < least || columns > most)
            status = fail_file(error, path, number,
                               least == 1 ? "expected a number, or a number "
                                            "and its weight"
                                          : "expected three numbers: low, "
                                            "high, weight");
        else if (r->count > 0 && columns != r->columns)
            status = fail_file(error, path, number,
                               "another number of columns than above");
        else if (columns == most && cell[most - 1] < 0)
            status = fail_file(error, path, number, "a weight is negative");
        r->columns = columns;
        if (!status)
            status = add_row(r, cell, error);
    }
    free(line);
    if (!status && ferror(file))
        status = fail_file(error, path, 0, "cannot read");
    return status;
}

static gf_status read_rows(rows *r, const char *path, size_t least, size_t most,
                           gf_error *error)
{
    FILE *file = fopen(path, "r");
    gf_status status;

    if (!file)
        return fail_file(error, path, 0, strerror(errno));
    status = read_lines(r, file, path, least, most, error);
    fclose(file);
    if (!status && r->count == 0)
        status = fail_file(error, path, 0, "there are no numbers in it");
    return status;
}

/* The sum of the last column; not > 0: an error. */
static gf_status sum_weights(double *sum, const rows *r, size_t column,
                             const char *path, gf_error *error)
{
    *sum = 0;
    for (size_t i = 0; i < r->count; i++)
        *sum += r->cell[i * COLUMNS + column];
    if (!(*sum > 0) || !isfinite(*sum))
        return fail_file(error, path, 0, "the weights sum to 0 or overflow");
    return GF_OK;
}

gf_status gf_distribution_add_samples(gf_distribution *d, const char *path,
                                      double weight, gf_error *error)
{
    rows r = {.count = 0};
    double sum = 0;
    gf_status status = read_rows(&r, path, 1, 2, error);

    if (!status && r.columns == 2)
        status = sum_weights(&sum, &r, 1, path, error);
    for (size_t i = 0; i < r.count && !status; i++) {
        const double *cell = r.cell + i * COLUMNS;
        double share = r.columns == 2 ? cell[1] / sum : 1 / (double)r.count;
        status = gf_distribution_add_atom(d, cell[0], weight * share, error);
    }
    free(r.cell);
    return status;
}

static int compare_rows(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Bins in order, one column after the other. */
static gf_status check_bins(double *column, const rows *r, double sum,
                            const char *path, gf_error *error)
{
    size_t n = r->count;

    qsort(r->cell, n, COLUMNS * sizeof *r->cell, compare_rows);
    for (size_t i = 0; i < n; i++) {
        const double *cell = r->cell + i * COLUMNS;
        if (!(cell[0] < cell[1]))
            return fail_file(error, path, 0, "a bin ends before it begins");
        if (i > 0 && cell[0] < column[n + i - 1])
            return fail_file(error, path, 0, "two bins overlap");
        column[i] = cell[0];
        column[n + i] = cell[1];
        column[2 * n + i] = cell[2] / sum;
    }
    return GF_OK;
}

gf_status gf_distribution_add_histogram(gf_distribution *d, const char *path,
                                        double weight, gf_error *error)
{
    gf_part part = {.family = &gf_family_steps, .weight = weight};
    rows r = {.count = 0};
    double sum = 0, *column = NULL;
    gf_status status = read_rows(&r, path, 3, 3, error);

    if (!status)
        status = sum_weights(&sum, &r, 2, path, error);
    if (!status) {
        column = malloc(3 * r.count * sizeof *column);
        status = column ? check_bins(column, &r, sum, path, error)
                        : gf_error_set(error, GF_MEMORY, "out of memory");
    }
    if (!status)
        status = gf_strips_steps(&part.panels, column, column + r.count,
                                 column + 2 * r.count, r.count, error);
    if (!status)
        status = gf_distribution_add_part(d, part, error);
    free(column);
    free(r.cell);
    return status;
}
