/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/choose.h"

#include <string.h>

/* clang-format off */
static const struct poptOption own_options[] = {
    {"require", '\0', POPT_ARG_STRING, NULL, GF_OPTION_REQUIRE,
     "exit with 1 unless it holds of every field: stable, center, proved "
     "(a region of attraction), global (all of the domain), complete (all "
     "rest points); repeatable", "WHAT"},
    {"explain", '\0', POPT_ARG_NONE, NULL, GF_OPTION_EXPLAIN,
     "write the derivation, with its theorems", NULL},
    {"latex", '\0', POPT_ARG_NONE, NULL, GF_OPTION_LATEX,
     "write the derivation as LaTeX (needs amsmath)", NULL},
    POPT_TABLEEND
};

const struct poptOption gf_classify_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a field:"),
    GF_INCLUDE(own_options, "What to say:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

static bool is_stable(const gf_classification *c)
{
    return c->verdict == GF_OUTCOME_STABLE;
}

static bool is_center(const gf_classification *c)
{
    return c->verdict == GF_OUTCOME_CENTER;
}

static bool is_proved(const gf_classification *c)
{
    return c->has_energy && c->energy.region != GF_REGION_NONE;
}

static bool is_global(const gf_classification *c)
{
    return c->has_energy && c->energy.region == GF_REGION_WHOLE;
}

static bool is_complete(const gf_classification *c)
{
    return c->complete == GF_YES;
}

static const struct {
    const char *name;
    bool (*holds)(const gf_classification *c);
    const char *if_not;
} requirements[] = {
    {"stable", is_stable, "is not stable"},
    {"center", is_center, "is no center"},
    {"proved", is_proved, "has no proved region of attraction"},
    {"global", is_global, "is not proved to converge from everywhere"},
    {"complete", is_complete, "may have more rest points than those found"},
};

enum { REQUIREMENT_COUNT = sizeof requirements / sizeof *requirements };

static size_t find_requirement(const char *name)
{
    size_t i = 0;

    while (i < REQUIREMENT_COUNT && strcmp(requirements[i].name, name) != 0)
        i++;
    return i;
}

static int check_names(const gf_call *call)
{
    const gf_options *options = call->options;

    for (size_t i = 0; i < options->count; i++) {
        const gf_use *use = &options->use[i];
        if (use->option == GF_OPTION_REQUIRE &&
            find_requirement(use->value) == REQUIREMENT_COUNT)
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--require %s': must be stable, center, "
                               "proved, global or complete",
                               use->value);
    }
    return GF_EXIT_ANSWERED;
}

/* Whether one requirement holds of every field; says of which it does not. */
static int check_one(const gf_call *call, const gf_choice *choice, size_t r)
{
    bool is_quiet = gf_options_count(call->options, GF_OPTION_QUIET) > 0;
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < choice->count; i++) {
        const gf_classification *c = choice->all[i];
        if (requirements[r].holds(c))
            continue;
        exit_status = GF_EXIT_REQUIRED;
        if (!is_quiet)
            gf_complain(call, exit_status, "'%s' %s; its verdict is %s",
                        c->field->name, requirements[r].if_not,
                        gf_outcome_name(c->verdict));
    }
    return exit_status;
}

static int check_required(const gf_call *call, const gf_choice *choice)
{
    const gf_options *options = call->options;
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < options->count; i++) {
        const gf_use *use = &options->use[i];
        if (use->option == GF_OPTION_REQUIRE &&
            check_one(call, choice, find_requirement(use->value)))
            exit_status = GF_EXIT_REQUIRED;
    }
    return exit_status;
}

int gf_cmd_classify(const gf_call *call)
{
    gf_choice choice;

    int exit_status = check_names(call);
    if (exit_status)
        return exit_status;
    exit_status = gf_choose(&choice, call);
    if (!exit_status)
        exit_status = gf_choice_report(&choice, call, gf_report_classify);
    if (!exit_status)
        exit_status = check_required(call, &choice);
    gf_choice_clear(&choice);
    return exit_status;
}
