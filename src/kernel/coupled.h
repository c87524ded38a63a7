/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside a coupled field. */
#ifndef GF_KERNEL_COUPLED_H
#define GF_KERNEL_COUPLED_H

#include <ganfield/coupled.h>

/* What the tape of one point gives. */
enum {
    GF_POINT_V,  /* a (p_d f1' + p f2') */
    GF_POINT_U,  /* b (f3 - f3(D0)) */
    GF_POINT_VX, /* dV/dD */
    GF_POINT_VP, /* dV/dp */
    GF_POINT_UX, /* dU/dD */
    GF_POINT_COUNT
};

/* K = root root^T on its range: root is n x rank by rows, its columns
 * orthogonal with squared lengths `value`. */
typedef struct gf_kernel_root {
    double *root, *value;
    size_t rank;
    bool is_ready;
} gf_kernel_root;

struct gf_coupled {
    const gf_field *field;
    gf_tape *tape;
    double *work; /* of the tape */
    size_t count;
    double *weight, *density;
    double *kernel[2];      /* K_D, K_G; NULL: diag(1/w) */
    double *drive[2];       /* w times the pointwise velocities */
    gf_kernel_root root[2]; /* made on demand */
};

/* The tape at point i. */
void gf_coupled_point(double out[GF_POINT_COUNT], gf_coupled *c, size_t i,
                      double x, double p);
/* The root of one of the kernels. GF_MEMORY, GF_INTERNAL. */
gf_status gf_coupled_root(const gf_kernel_root **out, gf_coupled *c, int player,
                          gf_error *error) GF_CHECKED;

#endif
