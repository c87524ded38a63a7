/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results as text for people, as JSON for programs, as LaTeX for papers.
 *
 *     char *text;
 *     const gf_classification *all[] = {&c};
 *     status = gf_report_classify(&text, all, 1, NULL, &error);
 *     fputs(text, stdout);
 *     free(text);
 *
 * Nothing is computed here that a result does not hold, but for derivatives of
 * the field's own formulas. Text fits 80 columns and is UTF-8; numbers have up
 * to ten digits in text and read back to the same double in JSON, whose keys
 * are those of man/ganfield.1. Every report ends with a newline.
 */
#ifndef GANFIELD_REPORT_H
#define GANFIELD_REPORT_H

#include <stdio.h>

#include <ganfield/basin.h>
#include <ganfield/classify.h>
#include <ganfield/comparison.h>
#include <ganfield/cycle.h>
#include <ganfield/divergence.h>
#include <ganfield/fact.h>
#include <ganfield/flow.h>
#include <ganfield/geometry.h>
#include <ganfield/kernel.h>
#include <ganfield/lyapunov.h>
#include <ganfield/optimizer.h>
#include <ganfield/region.h>
#include <ganfield/stability.h>
#include <ganfield/sweep.h>
#include <ganfield/trials.h>

typedef enum gf_format {
    GF_FORMAT_TEXT,
    GF_FORMAT_JSON,
    GF_FORMAT_LATEX,
    GF_FORMAT_CSV
} gf_format;

typedef struct gf_report_options {
    gf_format format;
    bool explain; /* classify: the derivation instead of the note */
    bool verbose; /* text: how each answer was decided, and error bars */
} gf_report_options;

/* Each writes its report of count > 0 classifications to *out, which the
 * caller frees; options may be NULL. GF_MEMORY, GF_LIMIT; GF_ARGUMENT for a
 * format that the report does not have (LaTeX of the list, CSV). One field is a
 * JSON object, several and the list are an array. */

/* What the fields do; several as a table, unless explain or verbose ask for
 * each in full. LaTeX: the derivation. */
GF_PUBLIC GF_CHECKED gf_status
gf_report_classify(char **out, const gf_classification *const *c, size_t count,
                   const gf_report_options *options, gf_error *error);

/* The fields themselves: functions, derivatives, velocity, Jacobian, D0,
 * energy. */
GF_PUBLIC GF_CHECKED gf_status gf_report_show(char **out,
                                              const gf_classification *const *c,
                                              size_t count,
                                              const gf_report_options *options,
                                              gf_error *error);

/* A catalogue: names, titles and verdicts. */
GF_PUBLIC GF_CHECKED gf_status gf_report_list(char **out,
                                              const gf_classification *const *c,
                                              size_t count,
                                              const gf_report_options *options,
                                              gf_error *error);

/* Runs over one field: those of a flow, or of an optimizer. */
typedef struct gf_runs {
    const gf_field *field;
    const gf_trajectory *run;
    size_t count;
    const gf_flow_options *flow; /* NULL: of an optimizer */
    const gf_optimizer *optimizer;
    const gf_map_options *map;
} gf_runs;

/* All rows of all runs as CSV (the columns run, t, the coordinates, with a link
 * also D, with a section also crossing) or JSON; as text how each run ended.
 * GF_ARGUMENT for LaTeX. */
GF_PUBLIC GF_CHECKED gf_status gf_report_runs(char **out, const gf_runs *runs,
                                              const gf_report_options *options,
                                              gf_error *error);

/* How many starts of a grid end where, as text or JSON (`verbose`: with all
 * cells); all cells as CSV. GF_ARGUMENT for LaTeX. */
GF_PUBLIC GF_CHECKED gf_status gf_report_basin(char **out,
                                               const gf_basin *basin,
                                               const gf_report_options *options,
                                               gf_error *error);

/* All cells as an HDF5 file that says what it holds: the axes as dimension
 * scales, a dataset for each column, words as an enumeration, and as attributes
 * schema, version, command (as given here), field (JSON), status, cells,
 * filled. Equal results have equal bytes. GF_READ where HDF5 is not installed,
 * GF_WRITE, GF_MEMORY, GF_INTERNAL. */
GF_PUBLIC GF_CHECKED gf_status gf_report_basin_hdf5(FILE *out,
                                                    const gf_basin *basin,
                                                    const char *command,
                                                    gf_error *error);
GF_PUBLIC GF_CHECKED gf_status gf_report_sweep_hdf5(FILE *out,
                                                    const gf_sweep *sweep,
                                                    const char *command,
                                                    gf_error *error);

/* All cells of a sweep as CSV (a column for each axis and each quantity, one
 * row a cell, the last axis the fastest) or JSON; as text the totals.
 * GF_ARGUMENT for LaTeX. */
GF_PUBLIC GF_CHECKED gf_status gf_report_sweep(char **out,
                                               const gf_sweep *sweep,
                                               const gf_report_options *options,
                                               gf_error *error);
/* What becomes of neighbours in a field, from some starts. */
typedef struct gf_behaviour {
    const gf_classification *c;
    const gf_exponents *run;
    size_t count;
    const gf_lyapunov_options *flow; /* NULL: of an optimizer */
    const gf_optimizer *optimizer;
    const gf_map_options *map;
    const gf_regions *regions; /* NULL: not asked for */
    const gf_cycles *cycles;   /* NULL: not asked for */
} gf_behaviour;

/* Text or JSON of count > 0 fields; one is a JSON object, several an array.
 * GF_ARGUMENT for LaTeX and CSV. */
GF_PUBLIC GF_CHECKED gf_status
gf_report_lyapunov(char **out, const gf_behaviour *all, size_t count,
                   const gf_report_options *options, gf_error *error);

/* The divergences that were asked for: text, JSON or CSV. GF_ARGUMENT for
 * LaTeX. */
GF_PUBLIC GF_CHECKED gf_status
gf_report_divergences(char **out, const gf_divergences *all,
                      const gf_distribution *p, const gf_distribution *q,
                      const gf_report_options *options, gf_error *error);

/* A fact: text, JSON, or its table as CSV. GF_ARGUMENT for LaTeX. */
GF_PUBLIC GF_CHECKED gf_status gf_report_fact(char **out, const gf_fact *fact,
                                              const gf_report_options *options,
                                              gf_error *error);

/* Optimizers at rest points: rows x columns results, all columns of a row of
 * one optimizer and order, all rows of a column of one field. One row: a note
 * on each; more: a table of the largest stable steps, as LaTeX always. */
GF_PUBLIC GF_CHECKED gf_status gf_report_stability(
    char **out, const gf_stability_points *points, size_t rows, size_t columns,
    const gf_report_options *options, gf_error *error);
/* One optimizer over a number or two: a row for each value, as CSV (text too)
 * or JSON. GF_ARGUMENT for LaTeX. */
GF_PUBLIC GF_CHECKED gf_status
gf_report_stability_over(char **out, const gf_stability_over *over,
                         const gf_report_options *options, gf_error *error);

/* A kernel over points: whose, where, what. */
typedef struct gf_kernel_report {
    const char *net; /* its line */
    const gf_net_shape *shape;
    const double *x; /* count x inputs */
    size_t count;
    const char *bn;       /* mode of its batch norm; NULL: it has none */
    bool is_infinite;     /* the limit of wide nets */
    const double *output; /* NULL: none */
    const double *k;
    const double *nngp;           /* NULL: none */
    const gf_kernel_study *study; /* of the gram: for weights 1; NULL: none */
} gf_kernel_report;

/* The matrix (JSON) or what it is like (text); its spectrum with all numbers of
 * the study. GF_ARGUMENT for LaTeX and CSV. */
GF_PUBLIC GF_CHECKED gf_status gf_report_gram(char **out,
                                              const gf_kernel_report *report,
                                              const gf_report_options *options,
                                              gf_error *error);
GF_PUBLIC GF_CHECKED gf_status
gf_report_kernel(char **out, const gf_kernel_report *report,
                 const gf_report_options *options, gf_error *error);

/* Two nets in a game: a note, JSON with all modes and moments, or the moments
 * of its course as CSV. GF_ARGUMENT for LaTeX, and for CSV without a course. */
GF_PUBLIC GF_CHECKED gf_status gf_report_play(char **out, const gf_play *play,
                                              const gf_report_options *options,
                                              gf_error *error);
/* A grid of finite-time exponents as CSV (both coordinates, exponent, time,
 * stop), JSON or, as text, what range it has. GF_ARGUMENT for LaTeX. */
GF_PUBLIC GF_CHECKED gf_status gf_report_lyapunov_grid(
    char **out, const gf_lyapunov_grid *grid, const gf_field *field,
    const gf_report_options *options, gf_error *error);
/* The same as HDF5, as sweeps and basins are. */
GF_PUBLIC GF_CHECKED gf_status gf_report_lyapunov_grid_hdf5(
    FILE *out, const gf_lyapunov_grid *grid, const gf_field *field,
    const char *command, gf_error *error);

/* Nets side by side, name[i] the text of the i-th critic: a table, JSON or CSV.
 * GF_ARGUMENT for LaTeX. */
GF_PUBLIC GF_CHECKED gf_status
gf_report_comparison(char **out, const gf_comparison_setup *setup,
                     const char *const *name, const gf_comparison *all,
                     const gf_report_options *options, gf_error *error);

/* A duel as it was made; text: of critic and generator. */
typedef struct gf_duel_report {
    const gf_duel *duel;
    const char *text[2];
} gf_duel_report;

/* Its geometry: a note, JSON, or CSV of the plane's places, of the eigenvalues,
 * of the curves, of the gaps. GF_ARGUMENT for LaTeX. */
GF_PUBLIC GF_CHECKED gf_status gf_report_plane(char **out,
                                               const gf_duel_report *duel,
                                               const gf_geometry_plane *plane,
                                               const gf_report_options *options,
                                               gf_error *error);
GF_PUBLIC GF_CHECKED gf_status gf_report_game(char **out,
                                              const gf_duel_report *duel,
                                              const gf_geometry_game *game,
                                              const gf_report_options *options,
                                              gf_error *error);
GF_PUBLIC GF_CHECKED gf_status
gf_report_connection(char **out, const gf_duel_report *duel,
                     const gf_geometry_connection *connection,
                     const gf_report_options *options, gf_error *error);
GF_PUBLIC GF_CHECKED gf_status gf_report_loop(char **out,
                                              const gf_duel_report *duel,
                                              const gf_geometry_loop *loop,
                                              const gf_report_options *options,
                                              gf_error *error);

/* Trials: a table of runs, or the course of a single training; all that was
 * measured as JSON or CSV (the columns run, seed and those of a row).
 * GF_ARGUMENT for LaTeX. */
GF_PUBLIC GF_CHECKED gf_status
gf_report_trials(char **out, const gf_trials *trials,
                 const gf_report_options *options, gf_error *error);
/* Their rows as an HDF5 file: axes run (its labels are an attribute), seed and
 * step, a dataset over them for each other column, NaN where a training has no
 * row; status is "complete" where all trainings are at their ends. As
 * gf_report_sweep_hdf5. */
GF_PUBLIC GF_CHECKED gf_status gf_report_trials_hdf5(FILE *out,
                                                     const gf_trials *trials,
                                                     const char *command,
                                                     gf_error *error);

#endif
