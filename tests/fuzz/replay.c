/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target on every file of a folder. */
#include "fuzz/fuzz.h"

#include <ganfield/init.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arb_headers.h"

enum { MOST_BYTES = 4 << 20 };

static int replay(const char *folder, const char *name)
{
    char path[1000];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(MOST_BYTES);
    if (!file || !data)
        abort();
    size_t size = fread(data, 1, MOST_BYTES, file);
    fclose(file);
    /* An exact block, so that a read past the end is seen. */
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (!exact)
        abort();
    for (size_t i = 0; i < size; i++)
        exact[i] = data[i];
    free(data);
    int result = LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return result;
}

int main(int argc, char **argv)
{
    int passed = 0;
    DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;

    gf_init();
    if (!dir) {
        fprintf(stderr, "usage: replay FOLDER\n");
        return EXIT_FAILURE;
    }
    for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        if (e->d_name[0] != '.' && replay(argv[1], e->d_name) == 0)
            passed++;
    }
    closedir(dir);
    flint_cleanup(); /* pooled integers are no leak */
    printf("%d passed, 0 failed\n", passed);
    return passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
