/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command line, an argument per line, is answered or refused with a message;
 * what is refused leaves nothing on stdout. */
#include "fuzz/fuzz.h"

#include "cli/cli.h"

#include <ganfield/init.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ARGUMENTS = 40 };

static void demand(bool promise)
{
    if (!promise)
        abort();
}

/* Would this write a file, or read one that never ends? An option of one
 * letter counts behind others: -qo. */
static bool is_forbidden(const char *argument)
{
    if (strstr(argument, "/dev") || strstr(argument, "/proc") ||
        strncmp(argument, "--output", strlen("--output")) == 0)
        return true;
    return argument[0] == '-' &&
           argument[1 + strspn(argument + 1, "qvh")] == 'o';
}

/* The arguments of a text, whose lines become strings. */
static int split(const char **argv, char *text, size_t size)
{
    int argc = 0;

    argv[argc++] = "ganfield";
    for (size_t i = 0; i < size && argc < MOST_ARGUMENTS;
         i += strlen(text + i) + 1) {
        text[i + strcspn(text + i, "\n")] = '\0';
        argv[argc++] = is_forbidden(text + i) ? "-q" : text + i;
    }
    return argc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *argv[MOST_ARGUMENTS];
    char *text = malloc(size + 1), *out_text = NULL, *err_text = NULL;
    size_t out_size = 0, err_size = 0;

    gf_init();
    if (!text)
        abort();
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    int argc = split(argv, text, size);
    FILE *out = open_memstream(&out_text, &out_size);
    FILE *err = open_memstream(&err_text, &err_size);
    if (!out || !err)
        abort();
    int status = gf_cli_run(argc, argv, out, err);
    fclose(out);
    fclose(err);
    demand(status >= GF_EXIT_ANSWERED && status <= GF_EXIT_FAILED);
    demand(status != GF_EXIT_ANSWERED || err_size == 0);
    demand(status <= GF_EXIT_REQUIRED || (out_size == 0 && err_size > 0));
    free(out_text);
    free(err_text);
    free(text);
    return 0;
}
