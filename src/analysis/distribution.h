/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a distribution is made of. */
#ifndef GF_ANALYSIS_DISTRIBUTION_H
#define GF_ANALYSIS_DISTRIBUTION_H

#include <ganfield/distribution.h>

#include "expr/scope.h"

enum { GF_PART_NUMBERS = 3 };

typedef struct gf_part gf_part;
typedef struct gf_strips gf_strips;

/* A family of densities: one row of the table in distribution_family.c. */
typedef struct gf_family {
    const char *name;
    const char *number[GF_PART_NUMBERS]; /* what they are called */
    size_t numbers;
    double (*log_density)(const gf_part *part, double x);
    double (*below)(const gf_part *part, double x);
    double (*above)(const gf_part *part, double x);
    /* E max(x - X, 0); of panels that part of it which the mass of one gives
     * between two of its points, at the second */
    double (*ramp)(const gf_part *part, double x);
    double (*lift)(const gf_strips *p, size_t i, double from, double to);
    /* mean and variance; infinite or NaN where there is none */
    double (*mean)(const gf_part *part);
    double (*variance)(const gf_part *part);
    bool left_bounded, right_bounded; /* mass between the first two numbers,
                                         or right of the first */
    /* of the part with numbers 0 and 1; NULL: in no closed form */
    double (*quantile)(double u);
    bool is_normal;
} gf_family;

/* Steps of constant density, or panels of an expression with their masses. */
struct gf_strips {
    double *edge;  /* count + 1 */
    double *mass;  /* count; 0: no mass there */
    double *below; /* count + 1: masses to the left of an edge */
    double *above; /* the same to the right */
    double *ramp;  /* count + 1: E max(edge - X, 0) */
    size_t count;
    /* of an expression only */
    gf_graph *graph;
    gf_tape **tape; /* of the piece that a panel belongs to */
    gf_tape **owned;
    size_t owned_count;
    double scale; /* multiplies the expression */
    bool left_open, right_open;
};

struct gf_part {
    const gf_family *family;
    double weight;
    double number[GF_PART_NUMBERS];
    gf_strips *panels; /* NULL but for steps and expressions */
};

struct gf_distribution {
    char *text;
    gf_part *part;
    size_t parts, part_room;
    gf_atom *atom;
    double *atom_below; /* atoms + 1: mass of those to the left */
    double *atom_ramp;  /* atoms: E max(at - X, 0) of atoms alone */
    size_t atoms, atom_room;
    double *cut; /* where to divide integrals: ends, edges, scales */
    size_t cuts;
    bool left_open, right_open; /* goes on beyond the outermost cuts */
};

extern const gf_family gf_families[];
extern const size_t gf_family_count;
/* Those that no text names. */
extern const gf_family gf_family_smooth_uniform; /* a, b, s */
extern const gf_family gf_family_steps;
extern const gf_family gf_family_expression;

/* --- distribution.c ---------------------------------------------------- */

/* An empty one; NULL without memory. */
gf_distribution *gf_distribution_new(const char *text);
/* Takes over the part's panels, also on failure. */
gf_status gf_distribution_add_part(gf_distribution *d, gf_part part,
                                   gf_error *error) GF_CHECKED;
gf_status gf_distribution_add_atom(gf_distribution *d, double at, double mass,
                                   gf_error *error) GF_CHECKED;
/* Sorts and joins atoms, makes the cuts; to be called once, at the end. */
gf_status gf_distribution_finish(gf_distribution *d,
                                 gf_error *error) GF_CHECKED;
/* Has the part without atoms mass on the stretch between two neighbouring cuts
 * that has x inside? */
bool gf_distribution_covers(const gf_distribution *d, double x);
bool gf_part_covers(const gf_part *part, double x);

/* How many atoms are at most x. */
size_t gf_atoms_up_to(const gf_distribution *d, double x);

/* --- distribution_cut.c ------------------------------------------------ */

/* Where to divide integrals. */
gf_status gf_distribution_cut(gf_distribution *d, gf_error *error) GF_CHECKED;
/* Sorts and drops what stands twice; returns how many are left. */
size_t gf_cuts_tidy(double *cut, size_t count);

/* --- distribution_strips.c --------------------------------------------- */

void gf_strips_free(gf_strips *panels);
/* Steps: bins from left to right with their masses, which need not touch. */
gf_status gf_strips_steps(gf_strips **out, const double *low,
                          const double *high, const double *mass, size_t count,
                          gf_error *error) GF_CHECKED;
/* Panels of e, a function of x, on (lo, hi) (unbounded ends are allowed).
 * *total is its integral. */
gf_status gf_strips_expression(gf_strips **out, double *total, gf_graph *graph,
                               gf_expr e, gf_expr x, double lo, double hi,
                               gf_error *error) GF_CHECKED;

/* --- distribution_ramp.c ----------------------------------------------- */

/* Lays the ramps of atoms and panels at their places; called by finish. */
gf_status gf_distribution_lay_ramps(gf_distribution *d,
                                    gf_error *error) GF_CHECKED;

/* --- distribution_file.c ----------------------------------------------- */

gf_status gf_distribution_add_samples(gf_distribution *d, const char *path,
                                      double weight,
                                      gf_error *error) GF_CHECKED;
gf_status gf_distribution_add_histogram(gf_distribution *d, const char *path,
                                        double weight,
                                        gf_error *error) GF_CHECKED;

/* --- distribution_noise.c ---------------------------------------------- */

/* Adds weight times the distribution of d plus noise to *out. GF_ARGUMENT for
 * a part whose sum with noise has no closed form. */
gf_status gf_distribution_add_noise(gf_distribution *out,
                                    const gf_distribution *d, double spread,
                                    double weight, gf_error *error) GF_CHECKED;

#endif
