/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plans: a field as a list of lane instructions, the shortest that is found.
 *
 * A pointwise field is three functions of the coordinate alone, with outer
 * constants in a gf_lane_field; of a planar one the two velocities.
 */
#ifndef GF_MOTION_PLAN_H
#define GF_MOTION_PLAN_H

#include <stdint.h>

#include <ganfield/field.h>

#include "motion/lanes/lanes.h"

enum { GF_PLAN_DEGREE = 6, GF_PLAN_ROOTS = 7 };

/* Values 0 and 1 are the coordinates, 2 is one; instruction i makes 3 + i. */
enum { GF_PLAN_X, GF_PLAN_Y, GF_PLAN_ONE, GF_PLAN_FIRST };

typedef struct gf_plan_op {
    gf_lane_op op;
    uint32_t a, b; /* values */
    uint32_t slot; /* where the result is, of those that are counted below */
    double number[GF_PLAN_DEGREE + 1];
    double (*call1)(double);
    double (*call2)(double, double);
} gf_plan_op;

typedef struct gf_plan {
    gf_plan_op *op;
    size_t count, capacity;
    size_t slots;
    uint32_t root[GF_PLAN_ROOTS]; /* three parts, and with tangents the four of
                                     gf_lane_code's `more` */
    bool has_tangents;
    bool is_plane;
    bool failed; /* memory ran out */
    gf_lane_field field;
    bool is_polynomial; /* with an even degree and the numbers of a whole step,
                           see lanes/polynomial.h */
    int degree;
    double number[3 * GF_PLAN_DEGREE + 1];
} gf_plan;

/* GF_LIMIT, GF_MEMORY; to be cleared in either case. */
gf_status gf_plan_init(gf_plan *plan, const gf_field *field, bool has_tangents,
                       gf_error *error) GF_CHECKED;
void gf_plan_clear(gf_plan *plan);
/* Instructions of one evaluation. */
size_t gf_plan_length(const gf_plan *plan);

/* --- plan_value.c: how a plan grows ------------------------------------ */

/* A polynomial in one value; a constant has degree 0. */
typedef struct gf_poly {
    uint32_t base;
    int degree;
    double c[GF_PLAN_DEGREE + 1];
} gf_poly;

gf_poly gf_poly_constant(double c);
gf_poly gf_poly_value(uint32_t value);
/* The value of a polynomial; equal instructions are made once. 0 and
   plan->op NULL when memory runs out. */
uint32_t gf_plan_emit(gf_plan *plan, const gf_poly *p);
gf_poly gf_plan_unary(gf_plan *plan, gf_lane_op op, const gf_poly *p);
gf_poly gf_plan_binary(gf_plan *plan, gf_lane_op op, const gf_poly *p,
                       const gf_poly *q);
gf_poly gf_plan_call(gf_plan *plan, double (*call1)(double),
                     double (*call2)(double, double), const gf_poly *p,
                     const gf_poly *q);
/* One row of an instruction that makes several. */
gf_poly gf_plan_part(gf_plan *plan, gf_lane_op op, const gf_poly *p, int part);
gf_poly gf_plan_add(gf_plan *plan, const gf_poly *p, const gf_poly *q);
gf_poly gf_plan_scale(const gf_poly *p, double by);
gf_poly gf_plan_mul(gf_plan *plan, const gf_poly *p, const gf_poly *q);
gf_poly gf_plan_power(gf_plan *plan, const gf_poly *p, uint32_t n);
/* is_shared: what stands below the bar does so elsewhere too. */
gf_poly gf_plan_div(gf_plan *plan, const gf_poly *p, const gf_poly *q,
                    bool is_shared);

/* --- plan_slots.c ------------------------------------------------------ */

/* GF_MEMORY. */
gf_status gf_plan_place(gf_plan *plan, gf_error *error) GF_CHECKED;

/* --- plan_polynomial.c ------------------------------------------------- */

/* Sees whether the roots of a pointwise field, before its constants are moved
   to plan->field, are short polynomials. */
void gf_plan_find_polynomials(gf_plan *plan, const gf_poly *const root[3]);
/* Multiplied out, where both are polynomials in the first coordinate and the
   product is not too long; false where not. */
bool gf_plan_expand(gf_poly *out, const gf_poly *p, const gf_poly *q);

#endif
