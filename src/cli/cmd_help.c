/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

int gf_cmd_help(const gf_call *call)
{
    const gf_options *options = call->options;

    if (options->argument_count == 0) {
        gf_command_summary(call->out);
        return gf_answer_check(call);
    }
    const gf_command *command = gf_command_find(call, options->argument[0]);
    return command ? gf_options_help(call, command) : GF_EXIT_USAGE;
}
