/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trajectories while they grow. */
#ifndef GF_MOTION_TRAJECTORY_H
#define GF_MOTION_TRAJECTORY_H

#include <ganfield/trajectory.h>

/* A run that begins: no rows, nothing counted. Keeps the memory of old rows. */
void gf_trajectory_begin(gf_trajectory *run, gf_vec2 start, const char *method);
/* GF_LIMIT, GF_MEMORY. */
gf_status gf_trajectory_add(gf_trajectory *run, gf_row row,
                            gf_error *error) GF_CHECKED;
gf_status gf_trajectory_turn(gf_trajectory *run, gf_turn turn,
                             gf_error *error) GF_CHECKED;
/* Is that time the last row's? */
bool gf_trajectory_ends_at(const gf_trajectory *run, double t);
/* The start is finite and inside the domain, else GF_DOMAIN with what is
   wrong; with `physical` also inside the physical range. */
gf_status gf_start_check(const gf_field *field, gf_vec2 start, bool physical,
                         gf_error *error) GF_CHECKED;

#endif
