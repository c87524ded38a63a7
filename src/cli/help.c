/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The help of one command: usage lines from its row, options by popt. */
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What popt prints, without its first line, which says less than ours. */
static char *popt_help(const gf_command *command)
{
    const char *argv[] = {command->name, NULL};
    char *text = NULL;
    size_t size = 0;

    poptContext context = poptGetContext(NULL, 1, argv, command->options, 0);
    FILE *stream = open_memstream(&text, &size);
    if (context && stream)
        poptPrintHelp(context, stream, 0);
    poptFreeContext(context);
    if (stream && fclose(stream) != 0) {
        free(text);
        text = NULL;
    }
    char *end = text ? strchr(text, '\n') : NULL;
    if (end)
        memmove(text, end + 1, strlen(end));
    return text;
}

int gf_options_help(const gf_call *call, const gf_command *command)
{
    char *options = popt_help(command);

    if (!options)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; command->usage[i]; i++)
        fprintf(call->out, "%s ganfield %s %s\n",
                i == 0 ? "usage:" : "   or:", command->name, command->usage[i]);
    fprintf(call->out, "\n%s\n%s", command->summary, options);
    free(options);
    return gf_answer_check(call);
}
