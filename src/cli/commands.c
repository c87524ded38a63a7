/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands, and how one of them is run. */
#include "cli/options.h"

#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
const struct poptOption gf_plain_table[] = {
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};

static const char *const plain_usage[] = {"[OPTION...]", NULL};
static const char *const recipe_usage[] = {"RECIPE.ini [OPTION...]", NULL};
static const char *const help_usage[] = {"[COMMAND]", NULL};
static const char *const field_usage[] = {
    "(--variant NAME | --field FILE)... [OPTION...]",
    "--f1 EXPR --f2 EXPR --f3 EXPR [OPTION...]",
    "--du EXPR --dv EXPR [OPTION...]",
    NULL
};

static const char *const trajectory_usage[] = {
    "FIELD --until T [--start D,P_G]... [OPTION...]",
    "FIELD --optimizer RULE --step H --steps N [OPTION...]",
    NULL
};

static const char *const basin_usage[] = {
    "FIELD [--grid NxM] [--window X:X,Y:Y] [OPTION...]",
    "FIELD --optimizer RULE --step H [--steps N] [OPTION...]", NULL
};

static const char *const sweep_usage[] = {
    "FIELD --over NAME=FROM:TO:COUNT [--over AXIS] [OPTION...]",
    NULL
};

static const char *const distance_usage[] = {
    "P Q [OPTION...]",
    "--fact NAME [P Q] [OPTION...]",
    NULL
};

static const char *const stability_usage[] = {
    "FIELD... [--optimizer RULE]... [--step H] [OPTION...]",
    "--jacobian FILE.npy [--blocks N,M] [OPTION...]",
    NULL
};

static const char *const gram_usage[] = {
    "--net NET --points POINTS [OPTION...]",
    NULL
};

static const char *const kernel_field_usage[] = {
    "FIELD --net NET [--generator NET] [OPTION...]", NULL
};

static const char *const kernel_compare_usage[] = {
    "FIELD --net NET... --until T [OPTION...]", NULL
};

static const char *const train_usage[] = {
    "FIELD --data DIST [--run RULE@STEP]... [OPTION...]",
    "--study NAME [-o FILE]", NULL
};

static const char *const geometry_usage[] = {
    "FIELD --data DIST [OPTION...]", NULL
};

static const gf_command commands[] = {
    {"list", gf_cmd_list, "Fields",
     "list the catalogue of variants with their verdicts",
     plain_usage, 0, gf_plain_table},
    {"show", gf_cmd_show, "Fields",
     "show a field: functions, derivatives, Jacobian, D0, energy",
     field_usage, 0, gf_show_table},
    {"classify", gf_cmd_classify, "Fields",
     "say what a field does: rest points, conditions, energy, verdict",
     field_usage, 0, gf_classify_table},
    {"trajectory", gf_cmd_trajectory, "Motion",
     "follow a flow or an optimizer from one start or many",
     trajectory_usage, 0, gf_trajectory_table},
    {"stability", gf_cmd_stability, "Motion",
     "find the stable and the best steps of optimizers at rest points",
     stability_usage, 0, gf_stability_table},
    {"lyapunov", gf_cmd_lyapunov, "Motion",
     "exponents, proved regions of attraction, limit cycles",
     field_usage, 0, gf_lyapunov_table},
    {"sweep", gf_cmd_sweep, "Motion",
     "a quantity over one or two axes of parameters, to a file",
     sweep_usage, 0, gf_sweep_table},
    {"basin", gf_cmd_basin, "Motion",
     "where runs from every start of a grid end, and when",
     basin_usage, 0, gf_basin_table},
    {"distance", gf_cmd_distance, "Distributions",
     "divergences and distances between two distributions P and Q",
     distance_usage, 2, gf_distance_table},
    {"kernel gram", gf_cmd_kernel_gram, "Nets",
     "the parametric kernel of a net over points",
     gram_usage, 0, gf_kernel_gram_table},
    {"kernel spectrum", gf_cmd_kernel_spectrum, "Nets",
     "its eigenvalues, ranks, condition, alignments, drift",
     gram_usage, 0, gf_kernel_spectrum_table},
    {"kernel field", gf_cmd_kernel_field, "Nets",
     "what two nets make of the field: modes, a run, a verdict",
     kernel_field_usage, 0, gf_kernel_field_table},
    {"kernel compare", gf_cmd_kernel_compare, "Nets",
     "nets side by side: how often runs converge, circle, fail",
     kernel_compare_usage, 0, gf_kernel_compare_table},
    {"train", gf_cmd_train, "Training",
     "train one-dimensional GANs, optimizers side by side",
     train_usage, 0, gf_train_table},
    {"geometry hessian", gf_cmd_geometry_hessian, "Training",
     "a player's loss and its Hessian on a plane of parameters",
     geometry_usage, 0, gf_geometry_hessian_table},
    {"geometry game", gf_cmd_geometry_game, "Training",
     "the Jacobian of the game: rotation, eigenvalues",
     geometry_usage, 0, gf_geometry_game_table},
    {"geometry connection", gf_cmd_geometry_connection, "Training",
     "how the best critic follows a generator that moves",
     geometry_usage, 0, gf_geometry_connection_table},
    {"geometry hysteresis", gf_cmd_geometry_hysteresis, "Training",
     "what a loop of the generator leaves of the critic",
     geometry_usage, 0, gf_geometry_hysteresis_table},
    {"portrait", gf_cmd_portrait, "Figures",
     "draw a field: streamlines, nullclines, rest points, trajectories",
     field_usage, 0, gf_portrait_table},
    {"render", gf_cmd_render, "Figures",
     "draw a figure that is described in a file",
     recipe_usage, 1, gf_render_table},
    {"help", gf_cmd_help, "Help",
     "show the commands, or the options of one",
     help_usage, 2, gf_plain_table},
    {"version", gf_cmd_version, "Help",
     "show the version; with -v those of the libraries",
     plain_usage, 0, gf_plain_table},
};
/* clang-format on */

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

const gf_command *gf_command_row(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* Where the summaries of a group begin. */
static int column_of(const char *group)
{
    size_t column = 12;

    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        size_t end = strlen(commands[i].name) + 2;
        if (strcmp(commands[i].group, group) == 0 && end > column)
            column = end;
    }
    return (int)column;
}

void gf_command_summary(FILE *file)
{
    const char *group = "";

    fputs("usage: ganfield COMMAND [OPTION...]\n", file);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(group, commands[i].group) != 0)
            fprintf(file, "\n%s:\n", commands[i].group);
        group = commands[i].group;
        fprintf(file, "  %-*s%s\n", column_of(group), commands[i].name,
                commands[i].summary);
    }
    fputs("\n'ganfield help COMMAND' shows the options of a command.\n", file);
}

/* Is this the first word of a command's name of two words? */
static bool is_family(const char *command, const char *word)
{
    size_t length = strlen(word);

    return length > 0 && strncmp(command, word, length) == 0 &&
           command[length] == ' ';
}

bool gf_command_family(FILE *file, const char *name)
{
    bool has_any = false;

    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!is_family(commands[i].name, name))
            continue;
        if (!has_any)
            fprintf(file, "usage: ganfield %s COMMAND [OPTION...]\n\n", name);
        has_any = true;
        fprintf(file, "  %-*s%s\n", column_of(commands[i].group),
                commands[i].name, commands[i].summary);
    }
    if (has_any)
        fprintf(file,
                "\n'ganfield help %s COMMAND' shows the options of a "
                "command.\n",
                name);
    return has_any;
}

/* Says which second words there are, or the one that was meant. */
static const gf_command *complain_family(const gf_call *call, const char *name,
                                         const char *second)
{
    const char *names[COMMAND_COUNT];
    char all[128] = "";
    size_t count = 0;

    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!is_family(commands[i].name, name))
            continue;
        names[count] = commands[i].name + strlen(name) + 1;
        size_t length = strlen(all);
        snprintf(all + length, sizeof all - length, "%s%s", count ? ", " : "",
                 names[count]);
        count++;
    }
    const char *near = second ? gf_nearest_name(second, names, count) : NULL;
    if (near)
        gf_complain(call, GF_EXIT_USAGE, "'%s %s': did you mean '%s %s'?", name,
                    second, name, near);
    else
        gf_complain(call, GF_EXIT_USAGE, "'%s' needs a second word: %s", name,
                    all);
    return NULL;
}

const gf_command *gf_command_find(const gf_call *call, const char *name,
                                  const char *second)
{
    const char *names[COMMAND_COUNT];
    bool has_family = false;

    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        bool is_of = is_family(commands[i].name, name);
        has_family = has_family || is_of;
        if (is_of && second &&
            strcmp(commands[i].name + strlen(name) + 1, second) == 0)
            return &commands[i];
    }
    if (has_family)
        return complain_family(call, name, second);

    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
        names[i] = commands[i].name;
    }
    const char *near = gf_nearest_name(name, names, COMMAND_COUNT);
    if (near)
        gf_complain(call, GF_EXIT_USAGE,
                    "'%s': unknown command; did you mean '%s'?", name, near);
    else
        gf_complain(call, GF_EXIT_USAGE,
                    "'%s': unknown command; 'ganfield help' lists them", name);
    return NULL;
}

/* Runs a command with the arguments after its name. */
static int run(gf_call *call, int argc, const char *const *arguments)
{
    char name[64];
    gf_options options;

    snprintf(name, sizeof name, "ganfield %s", call->command->name);
    call->name = name;
    const char **argv = calloc((size_t)argc + 2, sizeof *argv);
    if (!argv)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    argv[0] = name;
    for (int i = 0; i < argc; i++)
        argv[i + 1] = arguments[i];
    int exit_status = gf_options_read(&options, call, argc + 1, argv);
    free(argv);
    call->options = &options;
    if (!exit_status)
        exit_status = gf_options_count(&options, GF_OPTION_HELP) > 0
                          ? gf_options_help(call, call->command)
                          : call->command->run(call);
    gf_options_clear(&options);
    return exit_status;
}

int gf_cli_run(int argc, const char *const *argv, FILE *out, FILE *err)
{
    gf_call call = {.name = "ganfield", .out = out, .err = err};

    if (argc < 2) {
        gf_command_summary(err);
        return GF_EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "-h") == 0 || strcmp(name, "--help") == 0)
        name = "help";
    else if (strcmp(name, "--version") == 0)
        name = "version";
    else if (name[0] == '-')
        return gf_complain(&call, GF_EXIT_USAGE,
                           "'%s': a command comes first; 'ganfield help' "
                           "lists them",
                           name);
    if (argc == 3 &&
        (strcmp(argv[2], "-h") == 0 || strcmp(argv[2], "--help") == 0) &&
        gf_command_family(out, name))
        return gf_answer_check(&call);
    call.command = gf_command_find(&call, name, argc > 2 ? argv[2] : NULL);
    if (!call.command)
        return GF_EXIT_USAGE;
    int words = strchr(call.command->name, ' ') ? 3 : 2;
    return run(&call, argc - words, argv + words);
}
