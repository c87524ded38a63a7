/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a trajectory ends in finite time: at the edge of the domain, or at
   infinity. */
#ifndef GF_MOTION_EDGE_H
#define GF_MOTION_EDGE_H

#include "motion/stepper.h"

typedef struct gf_end {
    double after; /* how long after the node; infinite: it does not get there */
    size_t axis;  /* which coordinate */
    double bound; /* where it is then: an end of the domain, or infinite */
} gf_end;

/* The end that is reached first if the motion at a node goes on as it seems
   to; the node's acceleration is known. */
gf_end gf_edge_of_domain(const gf_stepper *s, const gf_node *node);
gf_end gf_edge_of_plane(const gf_node *node);
/* The node at an end of the domain. */
gf_node gf_edge_node(const gf_node *node, gf_end end);

#endif
