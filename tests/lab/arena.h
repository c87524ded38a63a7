/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A duel from texts, for tests. */
#ifndef GF_TESTS_LAB_ARENA_H
#define GF_TESTS_LAB_ARENA_H

#include <ganfield/duel.h>

typedef struct arena {
    gf_field *field;
    gf_distribution *data;
    gf_duel *duel;
    size_t size, first;
    double *z; /* the parameters to begin with */
    gf_duel_batch batch;
} arena;

/* What is not NULL is text; batch numbers, of quantiles where is_full. */
typedef struct arena_plan {
    const char *variant, *link, *data, *generator, *critic;
    size_t batch;
    bool is_full;
} arena_plan;

/* A linear generator against a logistic critic, on 31 points. */
extern const arena_plan arena_lines;

void arena_open(arena *a, const arena_plan *plan);
void arena_close(arena *a);

double arena_sigmoid(double s);

#endif
