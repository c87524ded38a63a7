/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course being run. */
#ifndef GF_KERNEL_COURSE_H
#define GF_KERNEL_COURSE_H

#include <ganfield/course.h>

#include "kernel/players.h"

/* Two laps are three parts of work: the second has steps of half the size. */
enum { GF_LAP_PARTS = 3 };

/* One run, with one step size. */
typedef struct gf_lap {
    gf_course_row *row;
    double *d, *p; /* room for all rows */
    size_t count, points;
    size_t finer;          /* rows are each so many moments apart */
    size_t before, weight; /* of progress: before it, for each row */
    bool is_broken;        /* ended before its time */
    bool is_stopped;       /* as progress said */
} gf_lap;

/* A lap's rows are moments that are `finer` apart; what it was broken on the
 * way to is none. */
static inline size_t gf_lap_rows(const gf_lap *lap)
{
    return (lap->count - 1) / lap->finer + 1;
}
static inline const gf_course_row *gf_lap_row(const gf_lap *lap, size_t i)
{
    return &lap->row[i * lap->finer];
}

/* Both fill a lap whose store is there. */
gf_status gf_lap_moving(gf_lap *lap, gf_players *p, double *z,
                        const gf_course_options *options, double step,
                        gf_error *error) GF_CHECKED;
gf_status gf_lap_frozen(gf_lap *lap, gf_players *p, const double *z,
                        const gf_course_options *options, double step,
                        gf_error *error) GF_CHECKED;
/* Adds a moment from a view; speeds and energies are the caller's. */
gf_course_row *gf_lap_add(gf_lap *lap, const gf_players *p,
                          const gf_players_view *view, double t);

typedef struct gf_ring {
    size_t maxima;
    double decrement, period;
} gf_ring;

/* The end of one lap, by its rows, in the words of course.h. */
gf_course_end gf_lap_judge(gf_ring *ring, const gf_lap *lap, double enough);

#endif
