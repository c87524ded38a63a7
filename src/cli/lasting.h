/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Computations that may last: a progress bar, a signal that stops them, and a
 * journal beside the target from which they go on.
 *
 *     gf_lasting_job job = {.run = run, .chart = chart, .hdf5 = hdf5,
 *                           .report = report, .result = &basin};
 *     exit_status = gf_lasting_answer(call, field, &job, format);
 *
 * or, where an answer goes another way,
 *
 *     gf_lasting lasting;
 *     exit_status = gf_lasting_begin(&lasting, call, field);
 *     ... a computation with gf_lasting_progress, lasting.journal and the like
 *     exit_status = gf_lasting_end(&lasting);
 *     ... write the answer
 *     gf_lasting_clear(&lasting, exit_status == GF_EXIT_ANSWERED);
 */
#ifndef GANFIELD_CLI_LASTING_H
#define GANFIELD_CLI_LASTING_H

#include "cli/options.h"

typedef struct gf_lasting {
    const gf_call *call;
    char *journal;  /* NULL: the answer goes to no regular file */
    char *identity; /* version, command and field, a line each */
    char *command;
    bool resume;
    size_t threads; /* 0: as many as there are processors */
    double started, shown;
    bool has_bar; /* something stands on the terminal */
    size_t done, total;
    const char *unit; /* of both: cells */
} gf_lasting;

/* What there is to do; ctx of all: `result`. */
typedef struct gf_lasting_job {
    void *result;
    const char *unit; /* of what is done, as "cells" */
    bool has_part;    /* what is done when a signal comes is an answer */
    gf_status (*run)(void *result, const gf_sweep_options *options,
                     gf_error *error);
    /* The answer as a figure, as HDF5, as text of a format. */
    int (*chart)(const gf_call *call, const void *result, const char *command);
    gf_status (*hdf5)(FILE *out, const void *result, const char *command,
                      gf_error *error);
    gf_status (*report)(char **out, const void *result,
                        const gf_report_options *options, gf_error *error);
} gf_lasting_job;

extern const struct poptOption gf_lasting_table[];

/* Runs it and writes its answer to where -o says; an exit status. */
int gf_lasting_answer(const gf_call *call, const gf_field *field,
                      const gf_lasting_job *job, gf_format format);

/* --- its parts --------------------------------------------------------- */

/* All say what is wrong and return an exit status. */
int gf_lasting_begin(gf_lasting *lasting, const gf_call *call,
                     const gf_field *field);
/* For the progress of gf_sweep_options and the like; ctx: the gf_lasting. */
bool gf_lasting_progress(size_t done, size_t total, void *ctx);
/* Begins where nothing is kept. A signal that comes before the first progress
 * ends the program. */
void gf_lasting_watch(gf_lasting *lasting, const gf_call *call);
/* Ends the wait for signals: 128 + the number of one that came, after saying
 * where what was done is kept. */
int gf_lasting_end(gf_lasting *lasting);
/* With `is_safe` the journal goes. */
void gf_lasting_clear(gf_lasting *lasting, bool is_safe);

#endif
