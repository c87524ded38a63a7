/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/orthogonal.h"

#include <float.h>
#include <math.h>

enum { MOST_ITERATIONS = 20000 };

/* The i-th of the vectors that are made orthonormal starts at i * apart, and
 * its numbers are so many steps apart. */
typedef struct family {
    double *at;
    size_t count, length, apart, step;
} family;

static double dot(const family *f, size_t i, size_t k)
{
    double sum = 0;

    for (size_t j = 0; j < f->length; j++)
        sum += f->at[i * f->apart + j * f->step] *
               f->at[k * f->apart + j * f->step];
    return sum;
}

static void make_unit(const family *f, size_t i)
{
    double length = sqrt(dot(f, i, i));

    for (size_t j = 0; j < f->length; j++)
        f->at[i * f->apart + j * f->step] /= length;
}

void gf_orthogonalise(double *matrix, size_t rows, size_t columns)
{
    family f = {matrix, rows, columns, columns, 1};

    if (rows > columns)
        f = (family){matrix, columns, rows, 1, columns};
    for (size_t i = 0; i < f.count; i++) {
        for (size_t k = 0; k < 2 * i; k++) {
            double share = dot(&f, i, k % i);
            for (size_t j = 0; j < f.length; j++)
                f.at[i * f.apart + j * f.step] -=
                    share * f.at[k % i * f.apart + j * f.step];
        }
        make_unit(&f, i);
    }
}

static double normalise(double *v, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += v[i] * v[i];
    double length = sqrt(sum);
    for (size_t i = 0; i < n && length > 0; i++)
        v[i] /= length;
    return length;
}

/* u = M v, made a unit vector; its length before. */
static double apply(double *u, const double *v, const double *matrix,
                    size_t rows, size_t columns)
{
    for (size_t i = 0; i < rows; i++) {
        u[i] = 0;
        for (size_t j = 0; j < columns; j++)
            u[i] += matrix[i * columns + j] * v[j];
    }
    return normalise(u, rows);
}

/* v = M'u, made a unit vector; returns the most that a number moved. */
static double apply_back(double *v, double *work, const double *u,
                         const double *matrix, size_t rows, size_t columns)
{
    double moved = 0;

    for (size_t j = 0; j < columns; j++)
        work[j] = 0;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            work[j] += matrix[i * columns + j] * u[i];
    if (!(normalise(work, columns) > 0))
        return 0;
    for (size_t j = 0; j < columns; j++) {
        moved = fmax(moved, fabs(work[j] - v[j]));
        v[j] = work[j];
    }
    return moved;
}

double gf_largest_singular(double *u, double *v, double *work,
                           const double *matrix, size_t rows, size_t columns)
{
    double moved = 1;

    if (!(normalise(v, columns) > 0)) {
        for (size_t j = 0; j < columns; j++)
            v[j] = 1 + 0.1 * cos((double)(7 * j));
        normalise(v, columns);
    }
    for (int i = 0; i < MOST_ITERATIONS && moved > DBL_EPSILON; i++) {
        apply(u, v, matrix, rows, columns);
        moved = apply_back(v, work, u, matrix, rows, columns);
    }
    return apply(u, v, matrix, rows, columns);
}
