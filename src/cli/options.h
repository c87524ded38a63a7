/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options: the tables that commands share, and what was given. */
#ifndef GANFIELD_CLI_OPTIONS_H
#define GANFIELD_CLI_OPTIONS_H

#include "cli/cli.h"

/* What poptGetNextOpt returns for each option. */
enum {
    GF_OPTION_JSON = 1,
    GF_OPTION_OUTPUT,
    GF_OPTION_QUIET,
    GF_OPTION_VERBOSE,
    GF_OPTION_SEED,
    GF_OPTION_THREADS,
    GF_OPTION_HELP,
    GF_OPTION_VARIANT,
    GF_OPTION_FIELD,
    GF_OPTION_F1,
    GF_OPTION_F2,
    GF_OPTION_F3,
    GF_OPTION_DU,
    GF_OPTION_DV,
    GF_OPTION_DOMAIN,
    GF_OPTION_SET,
    GF_OPTION_SPEED,
    GF_OPTION_LINK,
    GF_OPTION_GAUGE,
    GF_OPTION_LATEX,
    GF_OPTION_EXPLAIN,
    GF_OPTION_REQUIRE,
    GF_OPTION_SIZE,
    GF_OPTION_THEME,
    GF_OPTION_DPI,
    GF_OPTION_EQUAL,
    GF_OPTION_COLUMNS,
    GF_OPTION_WINDOW,
    GF_OPTION_START,
    GF_OPTION_OUTLINES,
    GF_OPTION_TRANSPARENT,
    GF_OPTION_AXES,
    GF_OPTION_SHOW,
    GF_OPTION_HIDE,
    GF_OPTION_TITLE,
    GF_OPTION_AUTHOR,
    GF_OPTION_DATA,
    GF_OPTION_STARTS,
    GF_OPTION_METHOD,
    GF_OPTION_UNTIL,
    GF_OPTION_RTOL,
    GF_OPTION_ATOL,
    GF_OPTION_STEP,
    GF_OPTION_MAX_STEPS,
    GF_OPTION_OPTIMIZER,
    GF_OPTION_STEPS,
    GF_OPTION_ORDER,
    GF_OPTION_CRITIC_STEPS,
    GF_OPTION_AT,
    GF_OPTION_EVERY,
    GF_OPTION_SECTION,
    GF_OPTION_PROJECT,
    GF_OPTION_STOP_AT_REST,
    GF_OPTION_STOP_AT_WINDOW,
    GF_OPTION_BOX,
    GF_OPTION_NOISE,
    GF_OPTION_ALL,
    GF_OPTION_JACOBIAN,
    GF_OPTION_BLOCKS,
    GF_OPTION_OVER,
    GF_OPTION_QUANTITY,
    GF_OPTION_RESUME,
    GF_OPTION_GRID,
    GF_OPTION_RADIUS,
    GF_OPTION_CLIP,
    GF_OPTION_WHICH,
    GF_OPTION_F,
    GF_OPTION_ALPHA,
    GF_OPTION_KERNEL,
    GF_OPTION_FACT,
    GF_OPTION_FIGURE,
    GF_OPTION_NET,
    GF_OPTION_INIT,
    GF_OPTION_WEIGHTS,
    GF_OPTION_SAVE_WEIGHTS,
    GF_OPTION_POINTS,
    GF_OPTION_FAKES,
    GF_OPTION_BN,
    GF_OPTION_MASKS,
    GF_OPTION_INFINITE,
    GF_OPTION_TARGET,
    GF_OPTION_OTHER,
    GF_OPTION_GENERATOR,
    GF_OPTION_REPRESENTATION,
    GF_OPTION_PARTICLES,
    GF_OPTION_FROZEN,
    GF_OPTION_SEEDS,
    GF_OPTION_SAME_SCALE,
    GF_OPTION_LAW, /* --data of train: a distribution */
    GF_OPTION_CRITIC,
    GF_OPTION_LATENT,
    GF_OPTION_BATCH,
    GF_OPTION_FULL_BATCH,
    GF_OPTION_STUDY,
    GF_OPTION_CRITIC_OPTIMIZER,
    GF_OPTION_GENERATOR_OPTIMIZER,
    GF_OPTION_RUN,
    GF_OPTION_SAMPLES,
    GF_OPTION_GRADIENT,
    GF_OPTION_REDRAW,
    GF_OPTION_STATE,
    GF_OPTION_PLAYER,
    GF_OPTION_PLANE,
    GF_OPTION_REACH,
    GF_OPTION_VALUES,
    GF_OPTION_PROBES,
    GF_OPTION_MATRIX_FREE,
    GF_OPTION_DAMPING,
    GF_OPTION_RADII,
    GF_OPTION_AT_EACH,
    GF_OPTION_PLACES,
    GF_OPTION_ASCENT,
    GF_OPTION_LOOP
};

extern const struct poptOption gf_common_table[];
extern const struct poptOption gf_field_table[];
extern const struct poptOption gf_net_table[];
extern const struct poptOption gf_points_table[];
extern const struct poptOption gf_start_table[];
extern const struct poptOption gf_motion_table[];

/* A row that brings in a table above. */
#define GF_INCLUDE(table, title)                                               \
    {                                                                          \
        NULL, '\0', POPT_ARG_INCLUDE_TABLE, (void *)(table), 0, (title), NULL  \
    }

/* One use of one option. */
typedef struct gf_use {
    int option;
    char *value; /* NULL where it takes none */
} gf_use;

struct gf_options {
    gf_use *use; /* all that was given, in its order */
    size_t count;
    char **argument; /* what is no option */
    size_t argument_count;
};

/* Reads the arguments of a call, argv[0] being its name; says what is wrong and
 * returns the exit status. *options is to be cleared in either case. */
int gf_options_read(gf_options *options, const gf_call *call, int argc,
                    const char **argv);
void gf_options_clear(gf_options *options);

/* How often an option was given. */
size_t gf_options_count(const gf_options *options, int option);
/* Its last value; NULL where it was not given. */
const char *gf_options_value(const gf_options *options, int option);

/* The name of an option in a command's tables, as "until". */
const char *gf_options_name(const gf_call *call, int option);

/* Prints the help of a command; an exit status. */
int gf_options_help(const gf_call *call, const gf_command *command);

#endif
