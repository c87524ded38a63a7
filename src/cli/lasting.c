/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lasting.h"

#include "base/text.h"
#include "cli/amount.h"
#include "cli/chart.h"
#include "cli/picture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Seconds before the bar appears, and between two drawings of it. */
#define PATIENCE 0.5
#define REFRESH 0.1

enum { BAR = 30, MOST_THREADS = 256 };

/* clang-format off */
const struct poptOption gf_lasting_table[] = {
    {"resume", '\0', POPT_ARG_NONE, NULL, GF_OPTION_RESUME,
     "go on with what an interrupted run of the same command left beside the "
     "file of -o", NULL},
    POPT_TABLEEND
};
/* clang-format on */

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* --- the progress bar -------------------------------------------------- */

static void add_left(gf_text *text, double seconds)
{
    long s = (long)(seconds + 0.5);

    if (s >= 3600)
        gf_text_addf(text, "%ld:%02ld:%02ld left", s / 3600, s / 60 % 60,
                     s % 60);
    else
        gf_text_addf(text, "%ld:%02ld left", s / 60, s % 60);
}

static void draw(gf_lasting *l, double time)
{
    double part = (double)l->done / (double)l->total;
    size_t full = (size_t)(part * BAR);
    gf_text text;

    gf_text_init(&text);
    gf_text_addf(&text, "\r%s %3d %% [", l->call->command->name,
                 (int)(100 * part));
    for (size_t i = 0; i < BAR; i++)
        gf_text_add_char(&text, i < full ? '#' : ' ');
    gf_text_add(&text, "] ");
    if (l->done > 0)
        add_left(&text, (time - l->started) * (1 - part) / part);
    gf_text_add(&text, "\033[K");
    if (!text.failed)
        fputs(text.data, l->call->err);
    fflush(l->call->err);
    gf_text_clear(&text);
    l->has_bar = true;
    l->shown = time;
}

bool gf_lasting_progress(size_t done, size_t total, void *ctx)
{
    gf_lasting *l = ctx;
    double time = now();

    gf_interrupt_hold();
    l->done = done;
    l->total = total;
    if (gf_options_count(l->call->options, GF_OPTION_QUIET) == 0 &&
        time - l->started > PATIENCE && time - l->shown > REFRESH &&
        isatty(fileno(l->call->err)))
        draw(l, time);
    return !gf_interrupt_came();
}

static void wipe(gf_lasting *l)
{
    if (!l->has_bar)
        return;
    fputs("\r\033[K", l->call->err);
    fflush(l->call->err);
    l->has_bar = false;
}

/* --- what it is -------------------------------------------------------- */

static void add_expr(gf_text *text, const char *name, const gf_field *field,
                     gf_expr e)
{
    char *formula = gf_expr_text(field->graph, e);

    gf_text_addf(text, "%s: %s\n", name, formula ? formula : "");
    free(formula);
}

/* A line for all that the result depends on. */
static char *identity_of(const char *command, const gf_field *field)
{
    gf_text text;

    gf_text_init(&text);
    gf_text_addf(&text, "ganfield %s\n%s\nfield %s\n", GF_VERSION, command,
                 field->name);
    for (size_t i = 0; i < 2; i++)
        add_expr(&text, field->axis_name[i], field, field->velocity[i]);
    for (size_t i = 0; i < field->parameter_count; i++)
        gf_text_addf(&text, "%s = %.17g\n", field->parameter[i].name,
                     field->parameter[i].number);
    gf_text_addf(&text, "speeds %.17g, %.17g\n", field->speed[0],
                 field->speed[1]);
    for (size_t i = 0; i < 2; i++)
        gf_text_addf(&text, "%s in %c%.17g, %.17g%c\n", field->axis_name[i],
                     field->domain[i].lo_closed ? '[' : '(',
                     field->domain[i].lo, field->domain[i].hi,
                     field->domain[i].hi_closed ? ']' : ')');
    if (field->kind == GF_POINTWISE)
        gf_text_addf(&text, "D0 = %.17g\n", field->equilibrium.d0);
    for (size_t i = 0; i < 2 && field->has_rest; i++)
        add_expr(&text, "rest", field, field->rest[i]);
    gf_text_addf(&text, "physical range %d: %.17g, %.17g\n",
                 field->has_physical, field->physical.lo, field->physical.hi);
    return gf_text_take(&text);
}

/* The journal of a file that is regular or not there yet. */
static char *journal_of(const char *path)
{
    struct stat status;
    gf_text text;

    if (!path || (stat(path, &status) == 0 && !S_ISREG(status.st_mode)))
        return NULL;
    gf_text_init(&text);
    gf_text_addf(&text, "%s.part", path);
    return gf_text_take(&text);
}

void gf_lasting_watch(gf_lasting *l, const gf_call *call)
{
    *l = (gf_lasting){.call = call, .started = now()};
}

int gf_lasting_begin(gf_lasting *l, const gf_call *call, const gf_field *field)
{
    const gf_options *options = call->options;
    const char *path = gf_options_value(options, GF_OPTION_OUTPUT);

    *l = (gf_lasting){.call = call,
                      .resume = gf_options_count(options, GF_OPTION_RESUME) > 0,
                      .started = now(),
                      .unit = "cells"};
    if (l->resume && !path)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--resume needs the -o FILE of the run that was "
                           "interrupted");
    int exit_status = gf_amount_read_count(&l->threads, call, GF_OPTION_THREADS,
                                           MOST_THREADS);
    if (exit_status)
        return exit_status;
    l->journal = journal_of(path);
    l->command = gf_picture_command(call);
    if (l->command)
        l->identity = identity_of(l->command, field);
    if (!l->identity)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    gf_interrupt_hold();
    return GF_EXIT_ANSWERED;
}

int gf_lasting_end(gf_lasting *l)
{
    int number = gf_interrupt_release();

    wipe(l);
    if (!number)
        return GF_EXIT_ANSWERED;
    if (!l->unit)
        gf_complain(l->call, number, "interrupted; nothing is kept");
    else if (l->journal && l->total > 0)
        gf_complain(l->call, number,
                    "interrupted: %zu of %zu %s are kept in '%s'; the same "
                    "command with --resume goes on",
                    l->done, l->total, l->unit, l->journal);
    else if (l->total > 0)
        gf_complain(l->call, number,
                    "interrupted after %zu of %zu %s; nothing is kept without "
                    "-o FILE, beside which a run leaves what --resume goes on "
                    "from",
                    l->done, l->total, l->unit);
    return number;
}

void gf_lasting_clear(gf_lasting *l, bool is_safe)
{
    if (l->journal && is_safe)
        unlink(l->journal);
    free(l->journal);
    free(l->identity);
    free(l->command);
    *l = (gf_lasting){.call = NULL};
}

/* --- answers ----------------------------------------------------------- */

static int exit_of(gf_status status)
{
    return gf_exit_of(status,
                      status == GF_DOMAIN ? GF_EXIT_FIELD : GF_EXIT_USAGE);
}

typedef struct file {
    const gf_lasting_job *job;
    const char *command;
} file;

static gf_status write_hdf5(FILE *out, const void *ctx, gf_error *error)
{
    const file *f = ctx;

    return f->job->hdf5(out, f->job->result, f->command, error);
}

static int write_answer(const gf_lasting *l, const gf_lasting_job *job,
                        gf_format format)
{
    const gf_call *call = l->call;
    gf_report_options how = {
        .format = format,
        .verbose = gf_options_count(call->options, GF_OPTION_VERBOSE) > 0};
    char *answer = NULL;
    gf_error error;

    if (gf_answer_is_hdf5(call))
        return gf_answer_stream(call, write_hdf5, &(file){job, l->command});
    if (gf_chart_asked(call))
        return job->chart(call, job->result, l->command);
    gf_error_clear(&error);
    gf_status status = job->report(&answer, job->result, &how, &error);
    if (status)
        return gf_complain_error(call, exit_of(status), &error);
    int exit_status = gf_answer_write(call, answer);
    free(answer);
    return exit_status;
}

static int run(gf_lasting *l, const gf_lasting_job *job)
{
    gf_sweep_options options = {.threads = l->threads,
                                .progress = gf_lasting_progress,
                                .progress_ctx = l,
                                .journal = l->journal,
                                .identity = l->identity,
                                .resume = l->resume};
    gf_error error;

    gf_error_clear(&error);
    gf_status status = job->run(job->result, &options, &error);
    int exit_status = gf_lasting_end(l);
    if (exit_status)
        return exit_status;
    if (status)
        return gf_complain_error(l->call, exit_of(status), &error);
    return GF_EXIT_ANSWERED;
}

int gf_lasting_answer(const gf_call *call, const gf_field *field,
                      const gf_lasting_job *job, gf_format format)
{
    gf_lasting lasting;

    int exit_status = gf_lasting_begin(&lasting, call, field);
    lasting.unit = job->unit;
    if (!exit_status)
        exit_status = run(&lasting, job);
    if (!exit_status)
        exit_status = write_answer(&lasting, job, format);
    else if (exit_status > GF_EXIT_SIGNAL && job->has_part)
        (void)write_answer(&lasting, job, format); /* as far as that goes */
    gf_lasting_clear(&lasting, exit_status == GF_EXIT_ANSWERED);
    return exit_status;
}
