/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line: the only place that knows argv, stdout and exit statuses.
 *
 * A command reads its options, asks the library, and hands its answer over:
 * everything on stdout or in a file at the end, so that a failure leaves
 * nothing half said.
 */
#ifndef GANFIELD_CLI_CLI_H
#define GANFIELD_CLI_CLI_H

#include <ganfield/classify.h>
#include <ganfield/report.h>

#include <popt.h>
#include <stdbool.h>
#include <stdio.h>

/* Exit statuses; man/ganfield.1 says the same. */
enum {
    GF_EXIT_ANSWERED = 0,
    GF_EXIT_REQUIRED = 1, /* answered, but --require does not hold */
    GF_EXIT_USAGE = 2,
    GF_EXIT_FIELD = 3, /* the field's text or settings are bad */
    GF_EXIT_FILE = 4,  /* could not be read or written */
    GF_EXIT_FAILED = 5,
    GF_EXIT_SIGNAL = 128 /* plus its number: 130 interrupted */
};

typedef struct gf_call gf_call;

typedef struct gf_command {
    const char *name;
    int (*run)(const gf_call *call);
    const char *group, *summary;
    const char *const *usage; /* what may follow the name; NULL ends */
    size_t most_arguments;    /* that are no options */
    const struct poptOption *options;
} gf_command;

typedef struct gf_options gf_options;

/* One run of one command. */
struct gf_call {
    const gf_command *command;
    const char *name; /* "ganfield COMMAND", for messages */
    const gf_options *options;
    FILE *out, *err;
};

/* Runs a whole command line and returns its exit status. */
int gf_cli_run(int argc, const char *const *argv, FILE *out, FILE *err);

/* --- commands.c -------------------------------------------------------- */

/* The command of a name, or of two words (second may be NULL, or what follows a
 * name of one); NULL where there is none, after saying so and what may have
 * been meant. */
const gf_command *gf_command_find(const gf_call *call, const char *name,
                                  const char *second);
/* The command of a whole name, as "kernel field"; NULL, without a word, where
 * there is none. */
const gf_command *gf_command_row(const char *name);
/* The commands with their summaries. */
void gf_command_summary(FILE *file);
/* Those of a first word, as "kernel"; false, without a word, if it has none. */
bool gf_command_family(FILE *file, const char *name);

extern const struct poptOption gf_basin_table[];
extern const struct poptOption gf_classify_table[];
extern const struct poptOption gf_distance_table[];
extern const struct poptOption gf_geometry_connection_table[];
extern const struct poptOption gf_geometry_game_table[];
extern const struct poptOption gf_geometry_hessian_table[];
extern const struct poptOption gf_geometry_hysteresis_table[];
extern const struct poptOption gf_kernel_compare_table[];
extern const struct poptOption gf_kernel_field_table[];
extern const struct poptOption gf_kernel_gram_table[];
extern const struct poptOption gf_kernel_spectrum_table[];
extern const struct poptOption gf_lyapunov_table[];
extern const struct poptOption gf_portrait_table[];
extern const struct poptOption gf_render_table[];
extern const struct poptOption gf_show_table[];
extern const struct poptOption gf_plain_table[];
extern const struct poptOption gf_sweep_table[];
extern const struct poptOption gf_stability_table[];
extern const struct poptOption gf_train_table[];
extern const struct poptOption gf_trajectory_table[];

int gf_cmd_basin(const gf_call *call);
int gf_cmd_classify(const gf_call *call);
int gf_cmd_distance(const gf_call *call);
int gf_cmd_geometry_connection(const gf_call *call);
int gf_cmd_geometry_game(const gf_call *call);
int gf_cmd_geometry_hessian(const gf_call *call);
int gf_cmd_geometry_hysteresis(const gf_call *call);
int gf_cmd_help(const gf_call *call);
int gf_cmd_list(const gf_call *call);
int gf_cmd_kernel_compare(const gf_call *call);
int gf_cmd_kernel_field(const gf_call *call);
int gf_cmd_kernel_gram(const gf_call *call);
int gf_cmd_kernel_spectrum(const gf_call *call);
int gf_cmd_lyapunov(const gf_call *call);
int gf_cmd_portrait(const gf_call *call);
int gf_cmd_render(const gf_call *call);
int gf_cmd_show(const gf_call *call);
int gf_cmd_sweep(const gf_call *call);
int gf_cmd_stability(const gf_call *call);
int gf_cmd_train(const gf_call *call);
int gf_cmd_trajectory(const gf_call *call);
int gf_cmd_version(const gf_call *call);

/* --- complain.c -------------------------------------------------------- */

/* Says "ganfield COMMAND: ..." on stderr and returns the exit status. */
int gf_complain(const gf_call *call, int exit_status, const char *format, ...)
    GF_PRINTF(3, 4);
/* The same for a failure of the library, with its place and a caret. */
int gf_complain_error(const gf_call *call, int exit_status,
                      const gf_error *error);

/* The exit status for a failure of the library: its own for what cannot be read
 * or written, for want of memory and for a defect, and `otherwise`, what a bad
 * setting is here, for the rest. */
int gf_exit_of(gf_status status, int otherwise);
/* The same for a run: what it is asked is bad usage, where it begins is a
 * setting of the field, and the rest has failed. */
int gf_exit_of_run(gf_status status);

/* --- answer.c ---------------------------------------------------------- */

/* The format that --json, --latex and the extension of -o ask for; an exit
 * status. */
int gf_answer_format(gf_format *format, const gf_call *call);
/* The same for an answer that is CSV unless something else is asked for. */
int gf_answer_table_format(gf_format *format, const gf_call *call);
/* The same for cells of a grid, totals unless something else is asked for
 * (is_note) or CSV; HDF5 and figures leave *format as it was. */
int gf_answer_grid_format(gf_format *format, const gf_call *call, bool is_note);
/* The same for a list: text, or a table where that is asked for. */
int gf_answer_list_format(gf_format *format, const gf_call *call);
/* The same for an answer that can also be a figure, asked for before: a note or
 * a list. */
int gf_answer_drawn_format(gf_format *format, const gf_call *call,
                           bool is_note);
/* Whether -o's extension is that of an HDF5 file. */
bool gf_answer_is_hdf5(const gf_call *call);
/* Opens -o's file (or takes stdout), calls write and closes it: whole or not
 * at all; an exit status. */
int gf_answer_stream(const gf_call *call,
                     gf_status (*write)(FILE *out, const void *ctx,
                                        gf_error *error),
                     const void *ctx);
/* Writes an answer to stdout or to -o's file; an exit status. */
int gf_answer_write(const gf_call *call, const char *answer);
/* Whether all that was written to stdout arrived; an exit status. */
int gf_answer_check(const gf_call *call);

/* --- interrupt.c ------------------------------------------------------- */

/* From here on SIGINT, SIGTERM and SIGHUP end the process with 128 + their
 * number. For main() only. */
void gf_interrupt_install(void);
/* Between the first and the last they only take note; the last returns 128 +
 * the number of what came, or 0. */
void gf_interrupt_hold(void);
bool gf_interrupt_came(void);
int gf_interrupt_release(void);

#endif
