/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies whose settings are fixed, so that their numbers can be compared. */
#include "cli/train.h"

#include "lab/notebook.h"

#include <string.h>

/* clang-format off */
const struct poptOption gf_train_study_table[] = {
    {"study", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STUDY,
     "notebook: the founding notebook of pure Python, number for number", "NAME"},
    POPT_TABLEEND
};
/* clang-format on */

/* A study says itself what it trains: only -o, -q and -v go with it. */
static int refuse_others(const gf_call *call)
{
    static const int fitting[] = {GF_OPTION_STUDY, GF_OPTION_OUTPUT,
                                  GF_OPTION_QUIET, GF_OPTION_VERBOSE};
    enum { COUNT = sizeof fitting / sizeof *fitting };

    for (size_t i = 0; i < call->options->count; i++) {
        int k = 0, option = call->options->use[i].option;
        while (k < COUNT && fitting[k] != option)
            k++;
        if (k == COUNT)
            return gf_complain(call, GF_EXIT_USAGE,
                               "--study has settings of its own; leave out "
                               "--%s",
                               gf_options_name(call, option));
    }
    return GF_EXIT_ANSWERED;
}

int gf_train_study(const gf_call *call)
{
    const char *name = gf_options_value(call->options, GF_OPTION_STUDY);
    gf_format format = GF_FORMAT_TEXT;
    gf_text text;
    gf_error error;
    int exit_status;

    if (strcmp(name, "notebook") != 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--study %s': must be notebook", name);
    exit_status = refuse_others(call);
    if (!exit_status)
        exit_status = gf_answer_format(&format, call);
    if (!exit_status && format != GF_FORMAT_TEXT)
        exit_status =
            gf_complain(call, GF_EXIT_USAGE, "a study is text: give -o a .txt");
    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_text_init(&text);
    if (gf_notebook_write(&text, &error))
        exit_status = gf_complain_error(call, GF_EXIT_FAILED, &error);
    else
        exit_status = gf_answer_write(call, gf_text_string(&text));
    gf_text_clear(&text);
    return exit_status;
}
