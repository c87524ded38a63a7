/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A field between its kinks and jumps, and on them.
 *
 * The surfaces of a field are where something inside an abs, min, max, sign or
 * step is zero; to these a run may add walls, which nothing crosses. A mode is
 * a side of every surface (the field is smooth there), or one surface to slide
 * on with a side of every other. On {k = 0}, with f+ and f- the fields at
 * either side, a+ = grad k . f+ and a- = grad k . f-, sliding is
 * [filippov1988, sec. 4]
 *
 *     f = (a- f+ - a+ f-)/(a- - a+)        where a- > 0 > a+
 *
 * and on a wall, whose inside is k > 0, the tangential part of f, while the
 * field presses outwards [nagurney1996]. All derivatives are exact.
 */
#ifndef GF_ANALYSIS_MODES_H
#define GF_ANALYSIS_MODES_H

#include <ganfield/field.h>

enum {
    GF_SURFACES_MAX = 10, /* kinks and walls */
    GF_GUARDS_MAX = GF_SURFACES_MAX + 1,
    GF_MODES_MAX = 96,
    GF_NO_SURFACE = -1
};

/* A number that depends on the state, with its gradient. */
typedef struct gf_guard {
    double value;
    gf_vec2 gradient;
} gf_guard;

typedef struct gf_switched_mode {
    int sign[GF_SURFACES_MAX]; /* the side of each surface */
    int slide;                 /* the one it slides on, or GF_NO_SURFACE */
    const gf_tape *tape;       /* velocity and Jacobian, guards and gradients */
    gf_tape *own;              /* the same if it is the mode's */
    size_t guards;             /* on the tape: see gf_mode_at */
} gf_switched_mode;

typedef struct gf_surface {
    gf_expr k;
    bool is_wall;
} gf_surface;

typedef struct gf_mode_set {
    const gf_field *field;
    gf_expr velocity[2]; /* parameters bound, walls left out */
    gf_surface surface[GF_SURFACES_MAX];
    size_t count;
    gf_range range[2]; /* where the velocity may be asked for */
    gf_switched_mode *mode;
    size_t mode_count;
    double *work;
    size_t work_size;
} gf_mode_set;

/* What a run adds to a field. */
typedef struct gf_walls {
    double clip;  /* > 0: the critic's coordinate stays within -clip, clip */
    bool project; /* p_g stays in its physical range */
} gf_walls;

/* walls may be NULL. GF_LIMIT for more kinks than there is room for, or one
   inside another; GF_MEMORY. The field must outlive *modes, which is to be
   cleared in either case. */
gf_status gf_mode_set_init(gf_mode_set *modes, const gf_field *field,
                           const gf_walls *walls, gf_error *error) GF_CHECKED;
void gf_mode_set_clear(gf_mode_set *modes);
/* The mode of these sides, made when it is first asked for; it stays where it
   is. */
gf_status gf_mode_set_get(const gf_switched_mode **out, gf_mode_set *modes,
                          const int *sign, int slide,
                          gf_error *error) GF_CHECKED;

/* What there is at a state. Guards are the surfaces that the mode does not
   slide on, in their order; a mode that slides on a kink has then a+ and a-,
   one that slides on a wall grad k . f. */
typedef struct gf_mode_view {
    gf_vec2 v;
    gf_mat2 slope;
    gf_guard guard[GF_GUARDS_MAX];
} gf_mode_view;

/* False where the velocity, its slope or a guard is no number. */
bool gf_mode_at(gf_mode_view *out, const gf_mode_set *modes,
                const gf_switched_mode *mode, gf_vec2 at);

#endif
