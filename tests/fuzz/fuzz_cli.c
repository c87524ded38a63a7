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

/* Would this write a file, read one that never ends, or compute for long? An
 * option of one letter counts behind others: -qo. */
static bool is_forbidden(const char *argument)
{
    static const char *const options[] = {"--output", "--starts", "--steps",
                                          "--every"};

    if (strstr(argument, "/dev") || strstr(argument, "/proc"))
        return true;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strncmp(argument, options[i], strlen(options[i])) == 0)
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
    /* A trajectory takes its time unless it is told not to. */
    if (argc > 1 && strcmp(argv[1], "trajectory") == 0)
        argv[argc++] = "--max-steps=50";
    return argc;
}

/* Was it asked to say more? */
static bool is_verbose(int argc, const char *const *argv)
{
    for (int i = 1; i < argc; i++)
        if (argv[i][0] == '-' && strchr(argv[i], 'v'))
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *argv[MOST_ARGUMENTS + 1];
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
    demand(status != GF_EXIT_ANSWERED || err_size == 0 ||
           is_verbose(argc, argv));
    demand(status <= GF_EXIT_REQUIRED || (out_size == 0 && err_size > 0));
    free(out_text);
    free(err_text);
    free(text);
    return 0;
}
