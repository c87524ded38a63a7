/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/choose.h"

#include "base/nearest.h"
#include "cli/remake.h"

#include <stdlib.h>
#include <string.h>

/* Ways of choosing, of which exactly one is taken. */
static const struct {
    const char *text;
    int option[3]; /* 0: no more */
} ways[] = {
    {"--variant or --field", {GF_OPTION_VARIANT, GF_OPTION_FIELD}},
    {"--f1, --f2 and --f3", {GF_OPTION_F1, GF_OPTION_F2, GF_OPTION_F3}},
    {"--du and --dv", {GF_OPTION_DU, GF_OPTION_DV}},
};

enum { NAMED, POINTWISE, PLANAR, WAY_COUNT };

/* The way taken, or WAY_COUNT after saying why there is none. */
static size_t find_way(const gf_call *call)
{
    const gf_options *options = call->options;
    size_t found = WAY_COUNT;

    for (size_t i = 0; i < WAY_COUNT; i++) {
        size_t given = 0, all = 0;
        for (; all < 3 && ways[i].option[all]; all++)
            given += gf_options_count(options, ways[i].option[all]) > 0;
        if (given == 0)
            continue;
        if (found < WAY_COUNT) {
            gf_complain(call, GF_EXIT_USAGE,
                        "a field is chosen by %s, or by %s, not by both",
                        ways[found].text, ways[i].text);
            return WAY_COUNT;
        }
        if (i != NAMED && given < all) {
            gf_complain(call, GF_EXIT_USAGE, "%s go together", ways[i].text);
            return WAY_COUNT;
        }
        found = i;
    }
    if (found == WAY_COUNT)
        gf_complain(call, GF_EXIT_USAGE,
                    "no field is chosen; choose one by --variant NAME (see "
                    "'ganfield list'), --field FILE, --f1 EXPR --f2 EXPR --f3 "
                    "EXPR, or --du EXPR --dv EXPR");
    return found;
}

/* Options that do not go with the way taken. */
static int check_way(const gf_call *call, size_t way)
{
    const gf_options *options = call->options;
    static const struct {
        int option;
        const char *name;
    } pointwise_only[] = {{GF_OPTION_LINK, "--link"},
                          {GF_OPTION_GAUGE, "--gauge"}};

    if (way != POINTWISE && gf_options_count(options, GF_OPTION_DOMAIN) > 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--domain' goes with --f1, --f2 and --f3 only");
    for (size_t i = 0; i < 2 && way == PLANAR; i++) {
        if (gf_options_count(options, pointwise_only[i].option) > 0)
            return gf_complain(call, GF_EXIT_USAGE,
                               "'%s' does not go with --du and --dv",
                               pointwise_only[i].name);
    }
    return GF_EXIT_ANSWERED;
}

static int complain_variant(const gf_call *call, const char *name)
{
    size_t count = gf_catalog_count();
    const char **names = calloc(count, sizeof *names);
    const char *near = NULL;
    int status = GF_EXIT_USAGE;

    for (size_t i = 0; names && i < count; i++)
        names[i] = gf_catalog_name(i);
    if (names)
        near = gf_nearest_name(name, names, count);
    if (near)
        gf_complain(call, status, "'%s': unknown variant; did you mean '%s'?",
                    name, near);
    else
        gf_complain(call, status,
                    "'%s': unknown variant; 'ganfield list' shows them", name);
    free(names);
    return status;
}

bool gf_is_variant(const char *name)
{
    for (size_t i = 0; i < gf_catalog_count(); i++) {
        if (strcmp(name, gf_catalog_name(i)) == 0)
            return true;
    }
    return false;
}

/* One field more, and what it does. Takes over field; status and error are
 * those of its making. */
static int add(gf_choice *choice, const gf_call *call, gf_field *field,
               gf_status status, gf_error *error)
{
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD),
                                 error);
    choice->field[choice->count] = field;
    gf_classification *c = &choice->classification[choice->count];
    gf_classification_init(c);
    choice->all[choice->count] = c;
    choice->count++;
    if (choice->is_plain)
        return GF_EXIT_ANSWERED;
    status = gf_classify(c, field, NULL, error);
    if (status)
        return gf_complain_error(call, GF_EXIT_FAILED, error);
    return GF_EXIT_ANSWERED;
}

static int allocate(gf_choice *choice, const gf_call *call, size_t most)
{
    choice->field = calloc(most, sizeof *choice->field);
    choice->classification = calloc(most, sizeof *choice->classification);
    choice->all = calloc(most, sizeof *choice->all);
    if (choice->field && choice->classification && choice->all)
        return GF_EXIT_ANSWERED;
    return gf_complain(call, GF_EXIT_FAILED, "out of memory");
}

static int add_named(gf_choice *choice, const gf_call *call, const gf_use *use,
                     const gf_settings *settings)
{
    gf_field *field = NULL;
    gf_status status;
    gf_error error;

    gf_error_clear(&error);
    if (use->option == GF_OPTION_FIELD)
        status = gf_field_read(&field, use->value, settings, &error);
    else if (gf_is_variant(use->value))
        status = gf_field_find(&field, use->value, settings, &error);
    else
        return complain_variant(call, use->value);
    return add(choice, call, field, status, &error);
}

static int add_all(gf_choice *choice, const gf_call *call, size_t way,
                   const gf_settings *settings)
{
    const gf_options *options = call->options;
    int exit_status = GF_EXIT_ANSWERED;
    gf_field *field = NULL;
    gf_error error;

    gf_error_clear(&error);
    if (way == NAMED) {
        for (size_t i = 0; i < options->count && !exit_status; i++) {
            int option = options->use[i].option;
            if (option == GF_OPTION_VARIANT || option == GF_OPTION_FIELD)
                exit_status =
                    add_named(choice, call, &options->use[i], settings);
        }
        return exit_status;
    }
    gf_status status = gf_make_field(&field, options, settings, &error);
    return add(choice, call, field, status, &error);
}

static int choose(gf_choice *choice, const gf_call *call)
{
    const gf_options *options = call->options;

    size_t way = find_way(call);
    if (way == WAY_COUNT)
        return GF_EXIT_USAGE;
    int exit_status = check_way(call, way);
    if (!exit_status)
        exit_status = allocate(choice, call, options->count);
    if (exit_status)
        return exit_status;
    const char **set = calloc(options->count, sizeof *set);
    if (!set)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    gf_settings settings = gf_settings_of(options);
    settings.set = set;
    for (size_t i = 0; i < options->count; i++) {
        if (options->use[i].option == GF_OPTION_SET)
            set[settings.set_count++] = options->use[i].value;
    }
    if (!settings.link)
        settings.link = choice->link;
    exit_status = add_all(choice, call, way, &settings);
    free(set);
    return exit_status;
}

int gf_choose(gf_choice *choice, const gf_call *call)
{
    *choice = (gf_choice){.count = 0};
    return choose(choice, call);
}

int gf_choose_plain(gf_choice *choice, const gf_call *call)
{
    *choice = (gf_choice){.is_plain = true};
    return choose(choice, call);
}

int gf_choose_linked(gf_choice *choice, const gf_call *call, const char *link)
{
    const gf_options *options = call->options;

    *choice = (gf_choice){.is_plain = true, .link = link};
    if (gf_options_count(options, GF_OPTION_VARIANT) +
            gf_options_count(options, GF_OPTION_FIELD) >
        1)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'%s' is about one field at a time",
                           call->command->name);
    return choose(choice, call);
}

int gf_choose_field(gf_choice *choice, const gf_call *call)
{
    return gf_choose_linked(choice, call, NULL);
}

int gf_choose_catalog(gf_choice *choice, const gf_call *call)
{
    *choice = (gf_choice){.count = 0};
    int exit_status = allocate(choice, call, gf_catalog_count());

    for (size_t i = 0; i < gf_catalog_count() && !exit_status; i++) {
        gf_use use = {.option = GF_OPTION_VARIANT,
                      .value = (char *)gf_catalog_name(i)};
        exit_status = add_named(choice, call, &use, NULL);
    }
    return exit_status;
}

int gf_choice_report(const gf_choice *choice, const gf_call *call,
                     gf_report_fn report)
{
    gf_report_options how = {
        .explain = gf_options_count(call->options, GF_OPTION_EXPLAIN) > 0,
        .verbose = gf_options_count(call->options, GF_OPTION_VERBOSE) > 0,
    };
    char *answer = NULL;
    gf_error error;

    int exit_status = gf_answer_format(&how.format, call);
    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_status status =
        report(&answer, choice->all, choice->count, &how, &error);
    if (status)
        return gf_complain_error(
            call, status == GF_ARGUMENT ? GF_EXIT_USAGE : GF_EXIT_FAILED,
            &error);
    exit_status = gf_answer_write(call, answer);
    free(answer);
    return exit_status;
}

void gf_choice_clear(gf_choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        gf_classification_clear(&choice->classification[i]);
        gf_field_free(choice->field[i]);
    }
    free(choice->all);
    free(choice->classification);
    free(choice->field);
    *choice = (gf_choice){.count = 0};
}
