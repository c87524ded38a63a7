/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points and matrices of the plane, passed by value.
 *
 * The first axis is the critic's unless a field says otherwise. A matrix names
 * its entries by row and column: the product of m and p is
 * (m.xx p.x + m.xy p.y, m.yx p.x + m.yy p.y).
 */
#ifndef GANFIELD_PLANE_H
#define GANFIELD_PLANE_H

typedef struct gf_vec2 {
    double x, y;
} gf_vec2;

typedef struct gf_mat2 {
    double xx, xy;
    double yx, yy;
} gf_mat2;

#endif
