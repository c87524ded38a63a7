/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Instructions that run over the lanes of a block: `width` starts side by side.
 *
 * Every operand is an array of `width` doubles on a 64-byte boundary, `out`
 * being none of the inputs. The kernels are compiled once for each instruction
 * set and width, with the same arithmetic: products are added with one
 * rounding exactly where the source says fma, so all give the same bits.
 */
#ifndef GF_MOTION_LANES_H
#define GF_MOTION_LANES_H

#include <stdbool.h>
#include <stddef.h>

enum { GF_LANES_MAX = 64, GF_LANES_ALIGN = 64, GF_LANE_DEGREE = 6 };

typedef enum gf_lane_op {
    GF_LANE_ADD,
    GF_LANE_SUB,
    GF_LANE_MUL,
    GF_LANE_DIV,
    GF_LANE_NEG,
    GF_LANE_RECIPROCAL,
    GF_LANE_SQUARE,
    GF_LANE_CUBE,
    GF_LANE_ADD_NUMBER, /* a + number[0] */
    GF_LANE_NUMBER_SUB, /* number[0] - a */
    GF_LANE_SCALE,      /* number[0] a */
    GF_LANE_AFFINE,     /* number[1] a + number[0] */
    GF_LANE_HORNER2,    /* the polynomial in a with the coefficients number */
    GF_LANE_HORNER3,
    GF_LANE_HORNER4,
    GF_LANE_HORNER5,
    GF_LANE_HORNER6,
    GF_LANE_SQRT,
    GF_LANE_ABS,
    GF_LANE_SIGN,
    GF_LANE_STEP,
    GF_LANE_MIN,
    GF_LANE_MAX,
    GF_LANE_EXP,
    GF_LANE_EXPM1,
    GF_LANE_LOG,
    GF_LANE_LOG1P,
    GF_LANE_SOFTPLUS,
    GF_LANE_SIGMOID,
    GF_LANE_TANH,
    GF_LANE_SIN,
    GF_LANE_COS,
    GF_LANE_POW,
    GF_LANE_LOGISTIC2, /* in rows of out: sigmoid(a), sigmoid(-a) */
    GF_LANE_LOGISTIC4, /* ... softplus(a), softplus(-a) */
    GF_LANE_WAVES,     /* sin(a), cos(a) */
    GF_LANE_PART,      /* one of those rows; no instruction */
    GF_LANE_CALL1,     /* a function of the C library, lane by lane */
    GF_LANE_CALL2,
    /* The fused ones: the velocity from its parts, and a stage of a rule. */
    GF_LANE_POINT_RK1, /* the stages of Runge-Kutta: of a pointwise field */
    GF_LANE_POINT_RK2,
    GF_LANE_POINT_RK3,
    GF_LANE_POINT_RK4,
    GF_LANE_POINT_RK4_BOUNDED,
    GF_LANE_POINT_RK4_WATCHED,
    GF_LANE_POINT_EULER_WATCHED,
    GF_LANE_PLANE_RK1, /* and of any planar one */
    GF_LANE_PLANE_RK2,
    GF_LANE_PLANE_RK3,
    GF_LANE_PLANE_RK4,
    GF_LANE_PLANE_RK4_BOUNDED,
    GF_LANE_PLANE_RK4_WATCHED,
    GF_LANE_PLANE_EULER_WATCHED,
    /* The velocity alone, and with the Jacobian. */
    GF_LANE_POINT_VELOCITY,
    GF_LANE_POINT_SLOPE,
    GF_LANE_PLANE_VELOCITY,
    GF_LANE_PLANE_SLOPE,
    /* Whole steps of Runge-Kutta where all parts are polynomials. */
    GF_LANE_POLY2,
    GF_LANE_POLY2_BOUNDED,
    GF_LANE_POLY2_WATCHED,
    GF_LANE_POLY4,
    GF_LANE_POLY4_BOUNDED,
    GF_LANE_POLY4_WATCHED,
    GF_LANE_POLY6,
    GF_LANE_POLY6_BOUNDED,
    GF_LANE_POLY6_WATCHED,
    /* Stages of Runge-Kutta that carry two tangent vectors along. */
    GF_LANE_POINT_TANGENT1,
    GF_LANE_POINT_TANGENT2,
    GF_LANE_POINT_TANGENT3,
    GF_LANE_POINT_TANGENT4,
    GF_LANE_PLANE_TANGENT1,
    GF_LANE_PLANE_TANGENT2,
    GF_LANE_PLANE_TANGENT3,
    GF_LANE_PLANE_TANGENT4,
    GF_LANE_OPS
} gf_lane_op;

/* The rows of a block's state; the program reads its inputs in the first two.
 */
enum {
    GF_ROW_XS, /* where the field is evaluated */
    GF_ROW_YS,
    GF_ROW_X,
    GF_ROW_Y,
    GF_ROW_AX, /* sums of slopes */
    GF_ROW_AY,
    GF_ROW_H,
    GF_ROW_HALF,
    GF_ROW_SIXTH,
    GF_ROW_LOX, /* the least and greatest coordinates so far */
    GF_ROW_HIX,
    GF_ROW_LOY,
    GF_ROW_HIY,
    GF_ROW_ROUGH, /* the greatest estimate of an error */
    GF_ROW_TIME,
    GF_ROW_KEPT, /* the time before p_g left its range */
    GF_ROWS,
    /* Only with tangents: how the state changes with that of the start, as a
       matrix by columns; where it is in a stage; sums of slopes. */
    GF_ROW_TANGENT = GF_ROWS,
    GF_ROW_STAGE = GF_ROW_TANGENT + 4,
    GF_ROW_SUM = GF_ROW_STAGE + 4,
    GF_ROWS_ALL = GF_ROW_SUM + 4
};

/* dx/dt = p g1 + (q y) g2, dy/dt = r g3 - s, with g1, g2, g3 in a, b, c. Of a
   planar field a and b are the velocity. */
typedef struct gf_lane_field {
    double p, q, r, s;
    /* The Jacobian's rows: p1 f1'' + q1 y f2'', q g2; r1 f3', 0. */
    double p1, q1, r1;
    double physical_lo, physical_hi;
} gf_lane_field;

typedef struct gf_lane_code {
    void (*run)(const struct gf_lane_code *code);
    double *out; /* of a fused instruction: the rows of the state */
    const double *a, *b, *c;
    const double *more[4]; /* f1'', f2'', f3'; of a planar field its Jacobian
                              by rows */
    const double *number;
    const gf_lane_field *field;
    double (*call1)(double);
    double (*call2)(double, double);
} gf_lane_code;

typedef void (*gf_lane_kernel)(const gf_lane_code *code);

/* A closed box; what is not finite is outside of it. */
typedef struct gf_lane_box {
    double lo[2], hi[2];
} gf_lane_box;

/* Loops over any number of states, x and y. */
typedef struct gf_lane_watch {
    size_t (*count_outside)(const double *x, const double *y, size_t n,
                            const gf_lane_box *box);
    /* first = min(first, time) where it is outside */
    void (*note_outside)(double *first, const double *x, const double *y,
                         size_t n, const gf_lane_box *box, double time);
    /* stay + 1 where it is inside, else 0 */
    void (*count_inside)(double *stay, const double *x, const double *y,
                         size_t n, const gf_lane_box *box);
    /* the nearest points of the box; what is not finite stays as it is */
    void (*put_inside)(double *x, double *y, size_t n, const gf_lane_box *box);
} gf_lane_watch;

/* All kernels of one instruction set and width. */
typedef struct gf_lanes {
    const char *name; /* "v3" */
    size_t width;
    const gf_lane_kernel *kernel; /* by gf_lane_op */
    gf_lane_watch watch;
} gf_lanes;

extern const gf_lanes gf_lanes_v2_16, gf_lanes_v2_32, gf_lanes_v2_64;
extern const gf_lanes gf_lanes_v3_16, gf_lanes_v3_32, gf_lanes_v3_64;
extern const gf_lanes gf_lanes_v4_16, gf_lanes_v4_32, gf_lanes_v4_64;

#endif
