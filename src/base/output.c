/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/output.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_LINKS = 40, MOST_NAMES = 1000 };

static gf_status cannot_write(gf_error *error, const char *path, int code)
{
    char reason[128] = "unknown reason";

    if (code == ENOMEM)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    if (code == 0)
        return gf_error_set(error, GF_WRITE, "cannot write '%s'", path);
    if (strerror_r(code, reason, sizeof reason))
        snprintf(reason, sizeof reason, "error %d", code);
    return gf_error_set(error, GF_WRITE, "cannot write '%s': %s", path, reason);
}

/* The bytes of path up to and with its last slash. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* A path's folder with another name in it; NULL and ENOMEM without memory. */
static char *beside(const char *path, const char *name)
{
    gf_text text;

    gf_text_init(&text);
    if (name[0] != '/')
        gf_text_add_n(&text, path, folder_length(path));
    gf_text_add(&text, name);
    char *joined = gf_text_take(&text);
    if (!joined)
        errno = ENOMEM;
    return joined;
}

/* What path names when its last part is no symbolic link any more; NULL with
 * errno. The file need not exist. */
static char *follow_links(const char *path)
{
    char link[PATH_MAX];
    char *now = beside("", path);

    for (int i = 0; now && i < MOST_LINKS; i++) {
        ssize_t n = readlink(now, link, sizeof link - 1);
        if (n < 0)
            return now;
        link[n] = '\0';
        char *next = beside(now, link);
        free(now);
        now = next;
    }
    if (now) {
        free(now);
        errno = ELOOP;
    }
    return NULL;
}

/* Creates a file of a new name beside the target: its descriptor and name, or
 * -1 with errno. */
static int create_beside(char **name, const char *target)
{
    char base[64];

    for (int i = 0; i < MOST_NAMES; i++) {
        snprintf(base, sizeof base, ".ganfield-%ld-%d", (long)getpid(), i);
        *name = beside(target, base);
        if (!*name)
            return -1;
        int fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0)
            return fd;
        free(*name);
        *name = NULL;
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

/* Opens what is written first, and later renamed; 0 or errno. */
static int open_temporary(gf_output *output, const struct stat *old)
{
    output->target = follow_links(output->path);
    if (!output->target)
        return errno;
    if (old && access(output->target, W_OK))
        return errno;

    int fd = create_beside(&output->temporary, output->target);
    if (fd < 0)
        return errno;
    if (!old || fchmod(fd, old->st_mode & 07777) == 0)
        output->file = fdopen(fd, "w");
    if (!output->file) {
        int code = errno;
        close(fd);
        return code;
    }
    return 0;
}

static int open_path(gf_output *output, const char *path)
{
    struct stat old;
    bool exists = stat(path, &old) == 0;

    output->path = beside("", path);
    if (!output->path)
        return ENOMEM;
    if (path[0] == '\0' || path[strlen(path) - 1] == '/')
        return path[0] == '\0' ? ENOENT : EISDIR;
    if (!exists || S_ISREG(old.st_mode))
        return open_temporary(output, exists ? &old : NULL);
    output->file = fopen(path, "w");
    return output->file ? 0 : errno;
}

gf_status gf_output_open(gf_output *output, const char *path, gf_error *error)
{
    *output = (gf_output){NULL, NULL, NULL, NULL};

    int code = open_path(output, path);
    if (code) {
        gf_output_abandon(output);
        return cannot_write(error, path, code);
    }
    return GF_OK;
}

static void release(gf_output *output)
{
    free(output->path);
    free(output->target);
    free(output->temporary);
    *output = (gf_output){NULL, NULL, NULL, NULL};
}

gf_status gf_output_close(gf_output *output, gf_error *error)
{
    gf_status status = GF_OK;
    int code = 0;

    /* An earlier failure has lost its errno, a flush that fails has not. */
    bool failed = ferror(output->file) != 0;
    if (fflush(output->file) && !failed) {
        failed = true;
        code = errno;
    }
    if (fclose(output->file) && !failed) {
        failed = true;
        code = errno;
    }
    output->file = NULL;
    if (!failed && output->target &&
        rename(output->temporary, output->target)) {
        failed = true;
        code = errno;
    }
    if (failed) {
        status = cannot_write(error, output->path, code);
        if (output->temporary)
            unlink(output->temporary);
    }
    release(output);
    return status;
}

void gf_output_abandon(gf_output *output)
{
    if (output->file)
        fclose(output->file);
    if (output->temporary)
        unlink(output->temporary);
    release(output);
}
