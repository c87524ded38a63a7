/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A result on its way into a file.
 *
 *     gf_output output;
 *     gf_status status = gf_output_open(&output, path, error);
 *     if (status)
 *         return status;
 *     status = write_result(output.file, ...);
 *     if (status)
 *         gf_output_abandon(&output);
 *     else
 *         status = gf_output_close(&output, error);
 *
 * A regular or absent target is written under another name in its folder and
 * renamed at the end, so a reader sees the old file or the whole new one, and
 * a killed run leaves the old. A symbolic link is followed, and the mode of an
 * existing file is kept. A device or a pipe is written directly.
 */
#ifndef GANFIELD_BASE_OUTPUT_H
#define GANFIELD_BASE_OUTPUT_H

#include <ganfield/status.h>
#include <stdio.h>

typedef struct gf_output {
    FILE *file;      /* where to write; NULL when not open */
    char *path;      /* as the caller named it, for messages */
    char *target;    /* what to rename to; NULL where written directly */
    char *temporary; /* what is written */
} gf_output;

/* Opens *output for the file at path. On failure (GF_WRITE with the system's
 * reason, GF_MEMORY) nothing is open, nothing is left behind and *output needs
 * neither of the calls below. */
GF_CHECKED gf_status gf_output_open(gf_output *output, const char *path,
                                    gf_error *error);

/* Flushes, closes and renames, and says GF_WRITE where anything since the
 * opening went wrong; the target is then as it was. *output is closed in
 * either case. */
GF_CHECKED gf_status gf_output_close(gf_output *output, gf_error *error);

/* Closes *output and leaves the target as it was. Does nothing where *output
 * is closed already. */
void gf_output_abandon(gf_output *output);

#endif
