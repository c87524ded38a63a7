/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/vector.h"

#include <math.h>

double gf_vector_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

double gf_vector_length(const double *a, size_t n)
{
    return sqrt(gf_vector_dot(a, a, n));
}

void gf_vector_add(double *a, double by, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        a[i] += by * b[i];
}

void gf_vector_eigen(double out[2], double a, double b, double c)
{
    double middle = (a + c) / 2, apart = hypot((a - c) / 2, b);

    out[0] = middle + apart;
    out[1] = middle - apart;
}
