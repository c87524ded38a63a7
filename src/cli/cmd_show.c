/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/choose.h"

/* clang-format off */
static const struct poptOption own_options[] = {
    {"latex", '\0', POPT_ARG_NONE, NULL, GF_OPTION_LATEX,
     "write LaTeX (needs amsmath)", NULL},
    POPT_TABLEEND
};

const struct poptOption gf_show_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a field:"),
    GF_INCLUDE(own_options, "What to say:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

int gf_cmd_show(const gf_call *call)
{
    gf_choice choice;

    int exit_status = gf_choose(&choice, call);
    if (!exit_status)
        exit_status = gf_choice_report(&choice, call, gf_report_show);
    gf_choice_clear(&choice);
    return exit_status;
}
