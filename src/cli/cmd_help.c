/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <string.h>

int gf_cmd_help(const gf_call *call)
{
    const gf_options *options = call->options;

    if (options->argument_count == 0) {
        gf_command_summary(call->out);
        return gf_answer_check(call);
    }
    if (options->argument_count == 1 &&
        gf_command_family(call->out, options->argument[0]))
        return gf_answer_check(call);
    const gf_command *command = gf_command_find(
        call, options->argument[0],
        options->argument_count > 1 ? options->argument[1] : NULL);
    if (!command)
        return GF_EXIT_USAGE;
    if (options->argument_count > 1 && !strchr(command->name, ' '))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'%s': unexpected argument; '%s -h' lists the "
                           "options",
                           options->argument[1], call->name);
    return gf_options_help(call, command);
}
