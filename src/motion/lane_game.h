/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The game of a planar field played from many starts side by side: the first
 * coordinates of all of them, then the second.  What rules do number by number
 * they so do to all; velocities come from the lane instructions.  A rule that
 * solves equations mixes numbers and so goes with one start only.
 */
#ifndef GF_MOTION_LANE_GAME_H
#define GF_MOTION_LANE_GAME_H

#include <ganfield/game.h>

#include "motion/block.h"

typedef struct gf_lane_game {
    const gf_field *field;
    size_t count; /* starts, a multiple of gf_lane_game_step */
    bool is_wide; /* else one start, by the field's own tapes */
    bool has_domain;
    gf_lane_box domain;
    const gf_lane_watch *watch;
    gf_blocks blocks;
} gf_lane_game;

/* Does a rule do with each number what it does with it alone? */
bool gf_lane_game_fits(const gf_optimizer_rule *rule);
/* The plan (with tangents where the rule needs products; NULL: one start by the
   field's own tapes) must outlive the game.  GF_MEMORY; to be cleared in either
   case. */
gf_status gf_lane_game_init(gf_lane_game *game, const gf_field *field,
                            const gf_plan *plan, const gf_lanes *lanes,
                            gf_error *error) GF_CHECKED;
void gf_lane_game_clear(gf_lane_game *game);
/* The closed interval of the doubles in a range, of coordinate i. */
void gf_lane_box_set(gf_lane_box *box, size_t i, gf_range range);
/* Starts are added and taken away by so many. */
size_t gf_lane_game_step(const gf_lane_game *game);
/* The game of `count` starts; *game must stay where it is. */
gf_game gf_lane_game_of(gf_lane_game *game, size_t count);

#endif
