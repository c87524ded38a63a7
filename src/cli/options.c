/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include "base/nearest.h"
#include "cli/choose.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OPTIONS = 64 };

/* The long names of a table and of those it brings in. */
static size_t collect(const char **names, size_t count,
                      const struct poptOption *table)
{
    for (; table->longName || table->shortName || table->arg; table++) {
        if ((table->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE)
            count = collect(names, count, table->arg);
        else if (table->longName && count < MOST_OPTIONS)
            names[count++] = table->longName;
    }
    return count;
}

/* The row of an option, NULL where there is none. */
static const struct poptOption *find(const struct poptOption *table, int option)
{
    for (; table->longName || table->shortName || table->arg; table++) {
        if ((table->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE) {
            const struct poptOption *found = find(table->arg, option);
            if (found)
                return found;
        } else if (table->val == option) {
            return table;
        }
    }
    return NULL;
}

const char *gf_options_name(const gf_call *call, int option)
{
    const struct poptOption *row = find(call->command->options, option);

    return row && row->longName ? row->longName : "";
}

static int complain_unknown(const gf_call *call, const char *bad)
{
    const char *names[MOST_OPTIONS];
    char name[64];
    size_t length = strcspn(bad, "="), dashes = strspn(bad, "-");

    if (length >= sizeof name || length <= dashes)
        return gf_complain(call, GF_EXIT_USAGE, "'%s': unknown option", bad);
    memcpy(name, bad, length);
    name[length] = '\0';
    size_t count = collect(names, 0, call->command->options);
    const char *near = gf_nearest_name(name + dashes, names, count);
    if (near)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'%s': unknown option; did you mean '--%s'?", name,
                           near);
    return gf_complain(call, GF_EXIT_USAGE,
                       "'%s': unknown option; '%s -h' lists the options", name,
                       call->name);
}

static int complain_popt(const gf_call *call, poptContext context, int code)
{
    const char *bad = poptBadOption(context, POPT_BADOPTION_NOALIAS);

    bad = bad ? bad : "";
    switch (code) {
    case POPT_ERROR_BADOPT:
        return complain_unknown(call, bad);
    case POPT_ERROR_NOARG:
        return gf_complain(call, GF_EXIT_USAGE, "'%s': needs a value", bad);
    case POPT_ERROR_UNWANTEDARG:
        return gf_complain(call, GF_EXIT_USAGE, "'%s': takes no value", bad);
    case POPT_ERROR_MALLOC:
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    default:
        return gf_complain(call, GF_EXIT_USAGE, "'%s': %s", bad,
                           poptStrerror(code));
    }
}

static bool is_repeatable(const gf_call *call, int option)
{
    return option == GF_OPTION_VARIANT || option == GF_OPTION_FIELD ||
           option == GF_OPTION_SET || option == GF_OPTION_REQUIRE ||
           option == GF_OPTION_START || option == GF_OPTION_SHOW ||
           option == GF_OPTION_HIDE || option == GF_OPTION_OVER ||
           option == GF_OPTION_QUANTITY || option == GF_OPTION_WHICH ||
           (option == GF_OPTION_OPTIMIZER &&
            (call->command->run == gf_cmd_stability ||
             call->command->run == gf_cmd_portrait)) ||
           option == GF_OPTION_RUN ||
           ((option == GF_OPTION_NET || option == GF_OPTION_BN ||
             option == GF_OPTION_DATA) &&
            call->command->run == gf_cmd_kernel_compare);
}

static bool is_whole_number(const char *text)
{
    enum { MOST_DIGITS = 9 };
    size_t length = strspn(text, "0123456789");

    return length > 0 && length <= MOST_DIGITS && text[length] == '\0';
}

/* What is wrong with one use beyond what popt sees. */
static int check_use(const gf_options *options, const gf_call *call, size_t i)
{
    const gf_use *use = &options->use[i];
    const char *name = gf_options_name(call, use->option);

    if (!use->value)
        return GF_EXIT_ANSWERED;
    if (!is_repeatable(call, use->option) &&
        gf_options_count(options, use->option) > 1)
        return gf_complain(call, GF_EXIT_USAGE, "'--%s': given twice", name);
    if ((use->option == GF_OPTION_SEED || use->option == GF_OPTION_THREADS) &&
        !is_whole_number(use->value))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--%s %s': must be a whole number", name,
                           use->value);
    return GF_EXIT_ANSWERED;
}

/* Takes over value. */
static bool add_use(gf_options *options, int option, char *value)
{
    size_t size = (options->count + 1) * sizeof *options->use;
    gf_use *use = realloc(options->use, size);

    if (!use) {
        free(value);
        return false;
    }
    options->use = use;
    use[options->count++] = (gf_use){.option = option, .value = value};
    return true;
}

static bool add_argument(gf_options *options, const char *argument)
{
    size_t size = (options->argument_count + 1) * sizeof *options->argument;
    char **all = realloc(options->argument, size);

    if (!all)
        return false;
    options->argument = all;
    all[options->argument_count] = strdup(argument);
    return all[options->argument_count] && ++options->argument_count;
}

/* Takes everything out of a context. */
static int take_all(gf_options *options, const gf_call *call,
                    poptContext context)
{
    bool is_fine = true;
    const char *argument = NULL;
    int code = 0;

    while (is_fine && (code = poptGetNextOpt(context)) > 0)
        is_fine = add_use(options, code, poptGetOptArg(context));
    if (is_fine && code < -1)
        return complain_popt(call, context, code);
    while (is_fine && (argument = poptGetArg(context)) != NULL)
        is_fine = add_argument(options, argument);
    if (!is_fine)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    return GF_EXIT_ANSWERED;
}

static int check_arguments(const gf_options *options, const gf_call *call)
{
    if (options->argument_count <= call->command->most_arguments)
        return GF_EXIT_ANSWERED;
    const char *extra = options->argument[call->command->most_arguments];
    if (find(call->command->options, GF_OPTION_VARIANT) && gf_is_variant(extra))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'%s': unexpected argument; did you mean "
                           "'--variant %s'?",
                           extra, extra);
    return gf_complain(call, GF_EXIT_USAGE,
                       "'%s': unexpected argument; '%s -h' lists the options",
                       extra, call->name);
}

/* popt replaces this mark of its aliases by the next argument, again and again,
 * in whatever it reads. */
static int check_marks(const gf_call *call, int argc, const char **argv)
{
    static const char mark[] = "!#:+";

    for (int i = 1; i < argc; i++) {
        if (strstr(argv[i], mark))
            return gf_complain(call, GF_EXIT_USAGE,
                               "'%s': an argument cannot contain '%s'", argv[i],
                               mark);
    }
    return GF_EXIT_ANSWERED;
}

int gf_options_read(gf_options *options, const gf_call *call, int argc,
                    const char **argv)
{
    *options = (gf_options){.use = NULL};
    int status = check_marks(call, argc, argv);
    if (status)
        return status;
    poptContext context =
        poptGetContext(NULL, argc, argv, call->command->options, 0);
    if (!context)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    status = take_all(options, call, context);
    poptFreeContext(context);
    if (status || gf_options_count(options, GF_OPTION_HELP) > 0)
        return status;
    for (size_t i = 0; i < options->count && !status; i++)
        status = check_use(options, call, i);
    return status ? status : check_arguments(options, call);
}

void gf_options_clear(gf_options *options)
{
    for (size_t i = 0; i < options->count; i++)
        free(options->use[i].value);
    for (size_t i = 0; i < options->argument_count; i++)
        free(options->argument[i]);
    free(options->use);
    free(options->argument);
    *options = (gf_options){.use = NULL};
}

size_t gf_options_count(const gf_options *options, int option)
{
    size_t count = 0;

    for (size_t i = 0; i < options->count; i++)
        count += options->use[i].option == option;
    return count;
}

const char *gf_options_value(const gf_options *options, int option)
{
    const char *value = NULL;

    for (size_t i = 0; i < options->count; i++) {
        if (options->use[i].option == option)
            value = options->use[i].value;
    }
    return value;
}
