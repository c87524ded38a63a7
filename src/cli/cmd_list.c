/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/choose.h"

int gf_cmd_list(const gf_call *call)
{
    gf_choice choice;

    int exit_status = gf_choose_catalog(&choice, call);
    if (!exit_status)
        exit_status = gf_choice_report(&choice, call, gf_report_list);
    gf_choice_clear(&choice);
    return exit_status;
}
