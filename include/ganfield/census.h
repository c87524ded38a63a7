/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A census: what n samples y_1 .. y_n look like beside a distribution on the
 * line with distribution function F and quantiles Q.
 *
 *     gf_census *census;
 *     gf_tally tally;
 *     status = gf_census_new(&census, data, 2048, &error);
 *     gf_census_take(&tally, census, y);
 *     printf("%g\n", tally.w1);
 *     gf_census_free(census);
 *
 *     w1         int |F - F_n| dx, F_n the steps of the samples: exact, as
 *                F crosses i/n at most once between two neighbours, at Q(i/n),
 *                and on either side int F = E max(x - X, 0) is in closed form
 *                [villani2003, thm 2.18]
 *     js         Jensen-Shannon divergence (at most log 2) of the samples'
 *                shares of `bins` bins from those of the data. The bins have
 *                ends at Q(k/bins), or where several of these are at one atom
 *                one just before it; the outer ones go on for ever, and bins is
 *                2 n^(2/5) rounded up [mann1942]. By the data-processing
 *                inequality this is below the divergence of the densities, but
 *                for the noise of the samples, about (bins - 1)/(8 n)
 *     uncovered  the mass of the data in bins that hold less than a tenth of
 *                it among the samples: 0 where all are reached, near 1 where
 *                all samples are at one place
 *     modes      how many of the data's modes hold samples. A mode is a local
 *                maximum of the density, between the minima beside it; near it
 *                is where the density is above exp(-9/2) of the maximum (three
 *                standard deviations for a normal one), as [srivastava2017]
 *                counts them; it counts where a tenth of its due is near
 *
 * Samples that are not finite are counted and make the other numbers NaN.
 */
#ifndef GANFIELD_CENSUS_H
#define GANFIELD_CENSUS_H

#include <ganfield/distribution.h>

#define GF_CENSUS_SAMPLES_MAX 10000000
#define GF_CENSUS_MODES_MAX 64
/* The part of its due that a mode, or a bin, must have. */
#define GF_CENSUS_DUE 0.1

typedef struct gf_census_mode {
    double at;       /* the maximum of the density */
    double from, to; /* where the density is above exp(-9/2) of it */
    double mass;     /* of the data between these two */
} gf_census_mode;

/* The modes of a distribution, from the left; at most GF_CENSUS_MODES_MAX, the
 * rest are left out. None where it has atoms only. GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status
gf_census_find_modes(gf_census_mode mode[GF_CENSUS_MODES_MAX], size_t *count,
                     const gf_distribution *d, gf_error *error);

typedef struct gf_census gf_census;

/* Prepares for n samples; d must outlive *out. GF_ARGUMENT for no samples,
 * GF_LIMIT, GF_MEMORY. One thread at a time may use it. */
GF_PUBLIC GF_CHECKED gf_status gf_census_new(gf_census **out,
                                             const gf_distribution *d, size_t n,
                                             gf_error *error);
GF_PUBLIC void gf_census_free(gf_census *census);

/* The data's modes, which belong to the census, and how many there are. */
GF_PUBLIC size_t gf_census_modes(const gf_census_mode **out,
                                 const gf_census *census);

typedef struct gf_tally {
    size_t lost;     /* samples that are not finite */
    double mean, sd; /* sd with 1/n */
    double w1;       /* infinite where the data have no mean */
    double js, uncovered;
    size_t modes; /* that count */
    double near;  /* share of samples near a mode; NaN without modes */
    double share[GF_CENSUS_MODES_MAX]; /* near each of the census's modes */
} gf_tally;

/* Looks at n samples, in any order; allocates nothing. */
GF_PUBLIC void gf_census_take(gf_tally *out, gf_census *census,
                              const double *y);

#endif
