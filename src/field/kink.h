/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines on which a velocity has a kink or a jump (abs, min, max, sign,
 * step), and the smooth velocities on either side of them, which go on beyond
 * the lines as formulas do.
 *
 * Line k is where a function g_k is 0; a side is 1 where g_k > 0 and 0 where
 * g_k < 0.  Where one kink stands in another's argument, g_k depends on the
 * other's side, which comes before it.
 */
#ifndef GF_FIELD_KINK_H
#define GF_FIELD_KINK_H

#include <ganfield/field.h>

enum { GF_KINKS_MAX = 8 };

struct gf_kinks {
    size_t count;
    gf_expr at[GF_KINKS_MAX];    /* g_k */
    gf_expr plain[GF_KINKS_MAX]; /* the same without sides */
    gf_expr side[GF_KINKS_MAX];  /* its symbol */
    char *text[GF_KINKS_MAX];    /* "D = 1" */
    bool is_nested;              /* some g_k depends on another's side */
    /* Inputs: the coordinates, then the sides. */
    gf_tape *velocity; /* the velocity */
    gf_tape *slopes;   /* and its Jacobian by rows */
    gf_tape *lines;    /* of each g_k: value, gradient, xx, xy, yy */
};

/* A function at a point with its first and second derivatives. */
typedef struct gf_slopes {
    double value;
    gf_vec2 gradient;
    double xx, xy, yy;
} gf_slopes;

/* Without parameters: those of a velocity.  NULL in *out where there is none,
   or more of them than GF_KINKS_MAX. */
gf_status gf_kinks_new(struct gf_kinks **out, gf_field *field,
                       const gf_expr velocity[2], gf_error *error) GF_CHECKED;
void gf_kinks_free(struct gf_kinks *kinks);

/* Is the velocity anywhere not smooth?  Also where there are more lines than
   GF_KINKS_MAX. */
bool gf_field_has_kinks(const gf_field *field);

/* The velocity on these sides.  Its Jacobian; and the functions g. */
gf_vec2 gf_kinks_velocity(const struct gf_kinks *kinks, gf_vec2 at,
                          const double *side);
gf_mat2 gf_kinks_jacobian(const struct gf_kinks *kinks, gf_vec2 at,
                          const double *side);
void gf_kinks_lines(gf_slopes *out, const struct gf_kinks *kinks, gf_vec2 at,
                    const double *side);

#endif
