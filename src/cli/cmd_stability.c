/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/chart.h"
#include "cli/choose.h"
#include "cli/matrix.h"
#include "cli/motion.h"
#include "cli/stability_over.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct poptOption own_options[] = {
    {"optimizer", '\0', POPT_ARG_STRING, NULL, GF_OPTION_OPTIMIZER,
     "the rule, as sgd (the default) or heavy-ball:beta=0.5; repeatable",
     "RULE"},
    {"all", '\0', POPT_ARG_NONE, NULL, GF_OPTION_ALL,
     "all rules, in both orders", NULL},
    {"order", '\0', POPT_ARG_STRING, NULL, GF_OPTION_ORDER,
     "simultaneous (the default) or alternating", "ORDER"},
    {"critic-steps", '\0', POPT_ARG_STRING, NULL, GF_OPTION_CRITIC_STEPS,
     "alternating: steps of the critic for one of the generator; default 1",
     "K"},
    {"step", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEP,
     "also the multipliers at this step", "H"},
    {"over", '\0', POPT_ARG_STRING, NULL, GF_OPTION_OVER,
     "a row for each value, one axis or two: NAME=FROM:TO:COUNT; NAME is h, "
     "speed or a number of the optimizer", "AXIS"},
    {"jacobian", '\0', POPT_ARG_STRING, NULL, GF_OPTION_JACOBIAN,
     "instead of a field: the Jacobian of any game of two players, n x n",
     "FILE.npy"},
    {"blocks", '\0', POPT_ARG_STRING, NULL, GF_OPTION_BLOCKS,
     "how many of its numbers are the critic's, which come first, and how many "
     "the generator's; default halves", "N,M"},
    {"require", '\0', POPT_ARG_STRING, NULL, GF_OPTION_REQUIRE,
     "exit with 1 unless it is stable, at the step or at some", "stable"},
    {"latex", '\0', POPT_ARG_NONE, NULL, GF_OPTION_LATEX,
     "write a LaTeX table of the largest stable steps", NULL},
    POPT_TABLEEND
};

const struct poptOption gf_stability_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(own_options, "What to step with:"),
    GF_INCLUDE(gf_chart_table, "Figures, of --over:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

typedef struct task {
    const gf_call *call;
    gf_choice choice;
    gf_given matrix;
    bool has_matrix;
    gf_optimizer *optimizer;
    size_t count; /* of optimizers */
    gf_stability_options options;
    gf_stability_points *points;
    size_t rows, columns;
} task;

static int add_rule(task *t, const char *text)
{
    gf_error error;

    gf_error_clear(&error);
    gf_status status =
        gf_optimizer_parse(&t->optimizer[t->count], text, &error);
    t->count += !status;
    return status ? gf_complain_error(t->call, GF_EXIT_USAGE, &error)
                  : GF_EXIT_ANSWERED;
}

static int read_rules(task *t)
{
    const gf_options *options = t->call->options;
    bool all = gf_options_count(options, GF_OPTION_ALL) > 0;
    int exit_status = GF_EXIT_ANSWERED;

    t->optimizer =
        calloc(options->count + gf_optimizer_count() + 1, sizeof *t->optimizer);
    if (!t->optimizer)
        return gf_complain(t->call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < options->count && !exit_status; i++)
        if (options->use[i].option == GF_OPTION_OPTIMIZER)
            exit_status = add_rule(t, options->use[i].value);
    for (size_t i = 0; i < gf_optimizer_count() && all && !exit_status; i++)
        exit_status = add_rule(t, gf_optimizer_row(i)->name);
    if (t->count == 0 && !exit_status)
        exit_status = add_rule(t, "sgd");
    return exit_status;
}

static int check_together(const gf_call *call)
{
    const gf_options *options = call->options;
    const char *require = gf_options_value(options, GF_OPTION_REQUIRE);

    if (require && strcmp(require, "stable") != 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--require %s': must be stable", require);
    if (gf_options_count(options, GF_OPTION_ALL) > 0 &&
        gf_options_count(options, GF_OPTION_ORDER) > 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--all is in both orders; leave --order out");
    if (gf_chart_asked(call) && gf_options_count(options, GF_OPTION_OVER) == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "a figure needs --over, as --over h=0.01:2:100");
    if (gf_options_count(options, GF_OPTION_BLOCKS) > 0 &&
        gf_options_count(options, GF_OPTION_JACOBIAN) == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--blocks' goes with --jacobian only");
    return gf_chart_check(call);
}

static int read_task(task *t)
{
    const gf_call *call = t->call;
    int exit_status = check_together(call);

    if (!exit_status)
        exit_status = read_rules(t);
    if (!exit_status)
        exit_status = gf_motion_read_order(&t->options.order,
                                           &t->options.critic_steps, call);
    if (!exit_status)
        exit_status =
            gf_amount_read_positive(&t->options.step, call, GF_OPTION_STEP);
    if (exit_status)
        return exit_status;
    if (t->options.order == GF_SIMULTANEOUS && t->options.critic_steps > 1 &&
        gf_options_count(call->options, GF_OPTION_ALL) == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "more steps of the critic need the alternating "
                           "order");
    t->has_matrix = gf_options_count(call->options, GF_OPTION_JACOBIAN) > 0;
    return t->has_matrix ? gf_given_read(&t->matrix, call)
                         : gf_choose(&t->choice, call);
}

/* One cell: optimizer i / orders, order i % orders, field k. A rule that does
 * not go with the field leaves an empty cell in a table. */
static gf_status find(task *t, size_t i, size_t k, size_t orders,
                      gf_error *error)
{
    gf_stability_points *points = &t->points[i * t->columns + k];
    const gf_optimizer *optimizer = &t->optimizer[i / orders];
    gf_stability_options options = t->options;
    gf_status status;

    if (orders > 1)
        options.order = i % orders ? GF_ALTERNATING : GF_SIMULTANEOUS;
    options.intervals_only =
        orders > 1 && gf_options_count(t->call->options, GF_OPTION_JSON) == 0;
    if (t->has_matrix)
        status = gf_stability_matrix_find(points, &t->matrix.game, optimizer,
                                          &options, error);
    else
        status = gf_stability_points_find(points, t->choice.all[k], optimizer,
                                          &options, error);
    return orders > 1 && (status == GF_ARGUMENT || status == GF_LIMIT) ? GF_OK
                                                                       : status;
}

static int find_all(task *t)
{
    size_t orders = gf_options_count(t->call->options, GF_OPTION_ALL) ? 2 : 1;
    gf_error error;

    gf_error_clear(&error);
    t->rows = t->count * orders;
    t->columns = t->has_matrix ? 1 : t->choice.count;
    t->points = calloc(t->rows * t->columns, sizeof *t->points);
    if (!t->points)
        return gf_complain(t->call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < t->rows; i++) {
        for (size_t k = 0; k < t->columns; k++) {
            gf_status status = find(t, i, k, orders, &error);
            if (status)
                return gf_complain_error(
                    t->call, gf_exit_of(status, GF_EXIT_USAGE), &error);
        }
    }
    return GF_EXIT_ANSWERED;
}

static int write_answer(const task *t)
{
    const gf_call *call = t->call;
    gf_report_options how = {
        .verbose = gf_options_count(call->options, GF_OPTION_VERBOSE) > 0};
    char *answer = NULL;
    gf_error error;

    int exit_status = gf_answer_format(&how.format, call);
    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_status status = gf_report_stability(&answer, t->points, t->rows,
                                           t->columns, &how, &error);
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_USAGE),
                                 &error);
    exit_status = gf_answer_write(call, answer);
    free(answer);
    return exit_status;
}

static int check_required(const task *t)
{
    bool is_quiet = gf_options_count(t->call->options, GF_OPTION_QUIET) > 0;
    int exit_status = GF_EXIT_ANSWERED;

    if (gf_options_count(t->call->options, GF_OPTION_REQUIRE) == 0)
        return exit_status;
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        gf_verdict verdict = gf_stability_points_verdict(&t->points[i]);
        if (verdict == GF_YES)
            continue;
        exit_status = GF_EXIT_REQUIRED;
        if (!is_quiet)
            gf_complain(t->call, exit_status, "'%s' is not stable on '%s'",
                        t->points[i].optimizer.rule->name,
                        t->has_matrix ? "the matrix"
                                      : t->choice.field[i % t->columns]->name);
    }
    return exit_status;
}

int gf_cmd_stability(const gf_call *call)
{
    task t = {.call = call};

    int exit_status = read_task(&t);
    if (!exit_status)
        exit_status = find_all(&t);
    if (!exit_status && gf_options_count(call->options, GF_OPTION_OVER) > 0)
        exit_status = t.rows * t.columns == 1
                          ? gf_stability_over_answer(call, t.points)
                          : gf_complain(call, GF_EXIT_USAGE,
                                        "--over is about one optimizer on one "
                                        "field");
    else if (!exit_status)
        exit_status = write_answer(&t);
    if (!exit_status)
        exit_status = check_required(&t);
    for (size_t i = 0; i < t.rows * t.columns && t.points; i++)
        gf_stability_points_clear(&t.points[i]);
    free(t.points);
    free(t.optimizer);
    gf_given_clear(&t.matrix);
    gf_choice_clear(&t.choice);
    return exit_status;
}
