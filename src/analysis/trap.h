/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Regions of attraction of an optimizer's map, proved.
 *
 * s are all numbers of the rule, less those at the rest point; M(s) is the
 * derivative of its map.  With P = root' root, if P - M' P M is positive
 * definite for every M that the derivative may be over a box, then the map
 * contracts |root s| on every ball of it that fits into the box, whatever
 * happens on the way [ortega1970, 12.1].  M over a box comes from the steps
 * themselves, in interval arithmetic: a third machine for the operations of
 * motion/move.h.  Exact steps are meant, without rounding.
 */
#ifndef GF_ANALYSIS_TRAP_H
#define GF_ANALYSIS_TRAP_H

#include <ganfield/targets.h>

#include "expr/interval.h"
#include "expr/tape.h"
#include "motion/turns.h"

enum { GF_TRAP_VECTORS_MAX = 8 };
/* Roots of the tape: v, then from here on J, from here on second ones. */
enum { GF_TRAP_SLOPES = 2, GF_TRAP_SECONDS = 6, GF_TRAP_ROOTS = 12 };

/* A vector of the rule over a box: its values, and its derivatives by s. */
typedef struct gf_trap_vector {
    gf_interval value[2];
    gf_interval slope[2][GF_TRAP_SIZE_MAX];
} gf_trap_vector;

typedef struct gf_trap_machine {
    gf_move move; /* first: a rule is given its address */
    const gf_field *field;
    const gf_optimizer *optimizer;
    gf_turns turns;
    double step[2]; /* of the coordinates */
    bool is_kept;   /* in a box: what would be put into it fails */
    gf_range keep[2];
    gf_tape *tape; /* v, J by rows, second derivatives of each: xx xy yy */
    gf_interval *work;
    gf_trap_vector vector[GF_TRAP_VECTORS_MAX];
    size_t size; /* of s */
    bool failed; /* what the box needs is not there */
} gf_trap_machine;

/* trap_machine.c */
extern const gf_machine gf_trap_operations;

/* --- trap_map.c -------------------------------------------------------- */

/* motion has the step, the order and the box.  False, without an error, where
   nothing can be proved of the rule; to be cleared in either case. */
bool gf_trap_machine_init(gf_trap_machine *machine, const gf_field *field,
                          const gf_ensemble_options *motion);
void gf_trap_machine_clear(gf_trap_machine *machine);
/* M over a box, by rows: z, then what is remembered.  False where the steps
   may leave what is defined. */
bool gf_trap_machine_run(gf_interval *m, gf_trap_machine *machine,
                         const gf_interval *box);

/* --- trap.c ------------------------------------------------------------ */

/* radius: of the multipliers there, below 1.  size 0 where nothing is
   proved. */
void gf_trap_find(gf_trap *trap, const gf_field *field,
                  const gf_rest_point *point, const gf_ensemble_options *motion,
                  double radius);

#endif
