/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/npy.h"
#include "base/output.h"
#include "cli/amount.h"
#include "cli/board.h"
#include "cli/chart.h"
#include "cli/nets.h"
#include "cli/target.h"
#include "kernel/tile.h"

#include <stdlib.h>
#include <string.h>

/* A document holds a matrix of at most so many points; NPY any. */
enum { MOST_MASKS = 1000000, MOST_SHOWN = 128 };

/* clang-format off */
static const struct poptOption kernel_options[] = {
    {"infinite", '\0', POPT_ARG_NONE, NULL, GF_OPTION_INFINITE,
     "the limit of wide nets, for the ntk parametrisation", NULL},
    {"masks", '\0', POPT_ARG_STRING, NULL, GF_OPTION_MASKS,
     "dropout: the mean over so many masks, not one of them", "N"},
    POPT_TABLEEND
};

static const struct poptOption study_options[] = {
    {"target", '\0', POPT_ARG_STRING, NULL, GF_OPTION_TARGET,
     "a velocity or density to align with: an expression in x (x1, x2, ... of "
     "more inputs), or a file", "EXPR"},
    {"other", '\0', POPT_ARG_STRING, NULL, GF_OPTION_OTHER,
     "another kernel of the same points (NPY or text), as that before "
     "training", "FILE"},
    POPT_TABLEEND
};

const struct poptOption gf_kernel_gram_table[] = {
    GF_INCLUDE(gf_net_table, "Choosing a net:"),
    GF_INCLUDE(gf_points_table, "Where:"),
    GF_INCLUDE(kernel_options, "Which kernel:"),
    GF_INCLUDE(gf_chart_table, "Figures:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};

const struct poptOption gf_kernel_spectrum_table[] = {
    GF_INCLUDE(gf_net_table, "Choosing a net:"),
    GF_INCLUDE(gf_points_table, "Where:"),
    GF_INCLUDE(kernel_options, "Which kernel:"),
    GF_INCLUDE(study_options, "What to compare with:"),
    GF_INCLUDE(gf_chart_table, "Figures:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

/* What both commands work on. */
typedef struct kernel_work {
    const char *line;
    gf_net_shape shape;
    gf_net net;
    gf_nets_points points;
    double *k, *output, *nngp;
    size_t threads;
    gf_kernel_study study;
    gf_kernel_report report;
} kernel_work;

static bool has(const gf_call *call, int option)
{
    return gf_options_count(call->options, option) > 0;
}

static int complain(const gf_call *call, gf_status status,
                    const gf_error *error)
{
    return status ? gf_complain_error(call, gf_exit_of(status, GF_EXIT_USAGE),
                                      error)
                  : GF_EXIT_ANSWERED;
}

/* The net and the points; nothing large is allocated before all is read. */
static int read_work(kernel_work *work, const gf_call *call)
{
    const char *threads = gf_options_value(call->options, GF_OPTION_THREADS);

    *work =
        (kernel_work){.line = gf_options_value(call->options, GF_OPTION_NET)};
    if (!work->line)
        return gf_complain(call, GF_EXIT_USAGE,
                           "needs --net, as --net 1-64-64-1:tanh");
    work->threads = threads ? strtoull(threads, NULL, 10) : 0;
    int exit_status = gf_nets_read_shape(&work->shape, call, work->line);
    if (!exit_status)
        exit_status =
            gf_nets_points_read(&work->points, call, work->shape.size[0]);
    return exit_status;
}

static int allocate(kernel_work *work, const gf_call *call)
{
    size_t n = work->points.all.count;

    work->k = gf_panels_new(n * n);
    if (has(call, GF_OPTION_INFINITE))
        work->nngp = malloc(n * n * sizeof *work->nngp);
    else
        work->output = malloc(n * sizeof *work->output);
    if (work->k && (work->output || work->nngp))
        return GF_EXIT_ANSWERED;
    return gf_complain(call, GF_EXIT_FAILED, "out of memory");
}

static int compute_finite(kernel_work *work, const gf_call *call)
{
    gf_kernel_options options = {.threads = work->threads};
    gf_error error;

    gf_error_clear(&error);
    int exit_status =
        gf_amount_read_count(&options.masks, call, GF_OPTION_MASKS, MOST_MASKS);
    if (!exit_status)
        exit_status = gf_nets_make(&work->net, call, &work->shape);
    if (exit_status)
        return exit_status;
    gf_status status = gf_kernel_gram(work->k, work->output, &work->net,
                                      &work->points.batch, &options, &error);
    if (status)
        return complain(call, status, &error);
    return gf_nets_save(call, &work->net);
}

static int compute(kernel_work *work, const gf_call *call)
{
    gf_error error;

    gf_error_clear(&error);
    if (!has(call, GF_OPTION_INFINITE))
        return compute_finite(work, call);
    if (has(call, GF_OPTION_MASKS) || has(call, GF_OPTION_WEIGHTS) ||
        has(call, GF_OPTION_SAVE_WEIGHTS))
        return gf_complain(call, GF_EXIT_USAGE,
                           "--infinite has no weights and no masks");
    return complain(call,
                    gf_kernel_infinite(
                        work->k, work->nngp, &work->shape, work->points.all.x,
                        work->points.all.count, work->threads, &error),
                    &error);
}

static void set_report(kernel_work *work, const gf_call *call)
{
    gf_norm norm = work->shape.norm;
    bool has_bn = norm == GF_NORM_BN_PRE || norm == GF_NORM_BN_POST;

    work->report =
        (gf_kernel_report){.net = work->line,
                           .shape = &work->shape,
                           .x = work->points.all.x,
                           .count = work->points.all.count,
                           .bn = has_bn ? work->points.bn : NULL,
                           .is_infinite = has(call, GF_OPTION_INFINITE),
                           .output = work->output,
                           .k = work->k,
                           .nngp = work->nngp};
}

/* The eigenvalues of K itself. */
static int study_gram(kernel_work *work, const gf_call *call)
{
    size_t n = work->points.all.count;
    gf_kernel_study_options options = {.threads = work->threads};
    double *one = malloc(n * sizeof *one);
    gf_error error;

    if (!one)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < n; i++)
        one[i] = 1;
    options.weight = one;
    gf_error_clear(&error);
    gf_status status =
        gf_kernel_study_run(&work->study, work->k, n, &options, &error);
    free(one);
    work->report.study = &work->study;
    return complain(call, status, &error);
}

static void clear(kernel_work *work)
{
    gf_net_clear(&work->net);
    gf_nets_points_clear(&work->points);
    gf_kernel_study_clear(&work->study);
    free(work->k);
    free(work->output);
    free(work->nngp);
}

/* --- answers ---------------------------------------------------------------
 */

static int write_npy(const gf_call *call, const char *path, const double *k,
                     size_t n)
{
    gf_output output;
    gf_error error;

    gf_error_clear(&error);
    gf_interrupt_hold();
    gf_status status = gf_output_open(&output, path, &error);
    if (!status) {
        gf_npy_write(output.file, k, n, n);
        if (gf_interrupt_came())
            gf_output_abandon(&output);
        else
            status = gf_output_close(&output, &error);
    }
    int number = gf_interrupt_release();
    return number ? number : complain(call, status, &error);
}

typedef gf_status report_fn(char **out, const gf_kernel_report *report,
                            const gf_report_options *options, gf_error *error);

static int write_answer(const gf_call *call, const kernel_work *work,
                        report_fn *report, gf_format format)
{
    gf_report_options how = {.format = format};
    gf_error error;
    char *answer = NULL;

    gf_error_clear(&error);
    gf_status status = report(&answer, &work->report, &how, &error);
    if (status)
        return complain(call, status, &error);
    int exit_status = gf_answer_write(call, answer);
    free(answer);
    return exit_status;
}

/* The file of -o where it is NPY. */
static const char *npy_path(const gf_call *call)
{
    const char *path = gf_options_value(call->options, GF_OPTION_OUTPUT);

    return path && gf_npy_is_name(path) ? path : NULL;
}

int gf_cmd_kernel_gram(const gf_call *call)
{
    kernel_work work = {.line = NULL};
    gf_format format = GF_FORMAT_TEXT;
    const char *npy = npy_path(call);
    bool is_figure = gf_chart_asked(call);

    int exit_status = npy         ? GF_EXIT_ANSWERED
                      : is_figure ? gf_chart_check(call)
                                  : gf_answer_drawn_format(&format, call, true);
    if (!exit_status)
        exit_status = read_work(&work, call);
    if (!exit_status)
        exit_status = allocate(&work, call);
    if (!exit_status)
        exit_status = compute(&work, call);
    set_report(&work, call);
    bool is_small = work.report.count <= MOST_SHOWN;
    if (!exit_status && !npy && !is_figure &&
        (is_small || format == GF_FORMAT_JSON))
        exit_status = study_gram(&work, call);
    if (!exit_status && is_figure)
        exit_status =
            gf_gram_picture(call, &work.points.all, work.k, work.line);
    else if (!exit_status)
        exit_status = npy ? write_npy(call, npy, work.k, work.report.count)
                          : write_answer(call, &work, gf_report_gram, format);
    clear(&work);
    return exit_status;
}

/* Of K, and for a figure of the other kernel too. */
static int study_spectrum(kernel_work *work, const gf_call *call,
                          gf_kernel_study *before)
{
    gf_kernel_study_options options = {.threads = work->threads};
    size_t n = work->points.all.count;
    bool is_figure = gf_chart_asked(call);
    double *target = NULL, *other = NULL;
    gf_error error;
    gf_status status = GF_OK;

    gf_error_clear(&error);
    int exit_status = gf_target_read(&target, call, &work->points.all);
    if (!exit_status)
        exit_status = gf_other_read(&other, call, n);
    if (!exit_status && other && is_figure)
        status = gf_kernel_study_run(before, other, n, &options, &error);
    options.target = target;
    options.other = other;
    options.has_modes = target || is_figure || has(call, GF_OPTION_VERBOSE);
    if (!exit_status && !status)
        status =
            gf_kernel_study_run(&work->study, work->k, n, &options, &error);
    if (!exit_status)
        exit_status = complain(call, status, &error);
    free(target);
    free(other);
    work->report.study = &work->study;
    return exit_status;
}

int gf_cmd_kernel_spectrum(const gf_call *call)
{
    kernel_work work = {.line = NULL};
    gf_format format = GF_FORMAT_TEXT;
    bool is_figure = gf_chart_asked(call);
    gf_kernel_study before;

    gf_kernel_study_init(&before);
    int exit_status = is_figure ? gf_chart_check(call)
                                : gf_answer_drawn_format(&format, call, true);
    if (!exit_status)
        exit_status = read_work(&work, call);
    if (!exit_status)
        exit_status = allocate(&work, call);
    if (!exit_status)
        exit_status = compute(&work, call);
    set_report(&work, call);
    if (!exit_status)
        exit_status = study_spectrum(&work, call, &before);
    if (!exit_status && is_figure)
        exit_status =
            gf_spectrum_picture(call, &work.points.all, &work.study,
                                before.count ? &before : NULL, work.line);
    else if (!exit_status)
        exit_status = write_answer(call, &work, gf_report_kernel, format);
    gf_kernel_study_clear(&before);
    clear(&work);
    return exit_status;
}
