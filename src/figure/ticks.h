/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where an axis has its numbers: the search of Talbot, Lin and Hanrahan over
 * steps of 1, 5, 2, 2.5, 4 and 3 times a power of ten, weighing how simple,
 * covering, dense and legible they are [talbot2010].
 */
#ifndef GANFIELD_FIGURE_TICKS_H
#define GANFIELD_FIGURE_TICKS_H

#include "figure/rich.h"

#include <ganfield/status.h>

enum { GF_TICKS_MOST = 8 };

typedef struct gf_ticks {
    size_t count;
    double at[GF_TICKS_MOST]; /* ascending, inside the window */
    int decimals;             /* of all numbers alike */
    int power; /* the numbers are at / 10^power: 0 unless very large or small */
    bool log;  /* at are decimal logarithms of the numbers ... */
    bool even; /* ... which are multiples of a step */
} gf_ticks;

/* How much room there is. */
typedef struct gf_ticks_room {
    double length; /* of the axis, points */
    double size;   /* of the numbers */
    bool upright;  /* the axis is vertical: numbers stack, not line up */
    const gf_typesetter *typesetter;
} gf_ticks_room;

/* Finds the ticks of the window low < high: all multiples of a step in it, 4 to
 * 6 on an axis of 110 points or more (3 and 7 where that is simpler), fewer on
 * a shorter one, none that overlap; at worst none. GF_ARGUMENT for a window
 * that is empty, not finite, or thinner than doubles can divide. */
GF_CHECKED gf_status gf_ticks_find(gf_ticks *out, double low, double high,
                                   const gf_ticks_room *room, gf_error *error);

/* The same for a logarithmic axis, 0 < low < high: whole powers of ten, and
 * twos and fives of them where there are few; in a window without two of these
 * multiples of a step. */
GF_CHECKED gf_status gf_ticks_find_log(gf_ticks *out, double low, double high,
                                       const gf_ticks_room *room,
                                       gf_error *error);

/* Writes the number of a tick, in UTF-8, and its extent; adds it to a text. */
enum { GF_TICKS_NUMBER = 48 };
void gf_ticks_spell(char out[static GF_TICKS_NUMBER], const gf_ticks *ticks,
                    size_t i);
double gf_ticks_width(const gf_ticks *ticks, size_t i, double size,
                      const gf_typesetter *typesetter);
void gf_ticks_number(gf_rich *rich, const gf_ticks *ticks, size_t i);

#endif
