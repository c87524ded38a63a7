/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure on its way into its file. */
#include "base/number.h"
#include "base/output.h"
#include "base/text.h"
#include "cli/picture.h"
#include "cli/recipe.h"
#include "figure/paint.h"

#include <stdlib.h>
#include <string.h>

/* --- the command line -------------------------------------------------- */

/* As a shell would read it back. */
static void add_quoted(gf_text *text, const char *word)
{
    if (word[0] && !strpbrk(word, " \t\n'\"\\$`*?[]{}()<>|&;#~!^")) {
        gf_text_add(text, word);
        return;
    }
    gf_text_add_char(text, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            gf_text_add(text, "'\\''");
        else
            gf_text_add_char(text, *word);
    }
    gf_text_add_char(text, '\'');
}

char *gf_picture_command(const gf_call *call)
{
    const gf_options *options = call->options;
    gf_text text;

    gf_text_init(&text);
    gf_text_add(&text, call->name);
    for (size_t i = 0; i < options->count; i++) {
        const gf_use *use = &options->use[i];
        const struct poptOption *row =
            gf_option_row(call->command->options, NULL, use->option);
        if (!row || use->option == GF_OPTION_OUTPUT ||
            use->option == GF_OPTION_DATA || use->option == GF_OPTION_QUIET ||
            use->option == GF_OPTION_JSON || use->option == GF_OPTION_THREADS ||
            use->option == GF_OPTION_RESUME)
            continue;
        gf_text_addf(&text, " --%s", row->longName);
        if (use->value) {
            gf_text_add_char(&text, ' ');
            add_quoted(&text, use->value);
        }
    }
    for (size_t i = 0; i < options->argument_count; i++) {
        gf_text_add_char(&text, ' ');
        add_quoted(&text, options->argument[i]);
    }
    return gf_text_take(&text);
}

/* --- files ------------------------------------------------------------- */

typedef struct files {
    gf_output picture, table;
    bool has_picture, has_table;
} files;

static gf_status open_files(files *f, const gf_call *call, gf_error *error)
{
    const char *picture = gf_options_value(call->options, GF_OPTION_OUTPUT);
    const char *table = gf_options_value(call->options, GF_OPTION_DATA);
    gf_status status = GF_OK;

    *f = (files){.has_picture = false};
    if (picture) {
        status = gf_output_open(&f->picture, picture, error);
        f->has_picture = status == GF_OK;
    }
    if (status == GF_OK && table) {
        status = gf_output_open(&f->table, table, error);
        f->has_table = status == GF_OK;
    }
    return status;
}

/* Keeps what was written, or nothing at all. */
static gf_status close_files(files *f, gf_status status, gf_error *error)
{
    if (f->has_table && status == GF_OK && !gf_interrupt_came())
        status = gf_output_close(&f->table, error);
    else if (f->has_table)
        gf_output_abandon(&f->table);
    if (f->has_picture && status == GF_OK && !gf_interrupt_came())
        status = gf_output_close(&f->picture, error);
    else if (f->has_picture)
        gf_output_abandon(&f->picture);
    return status;
}

/* All that is made before anything is written. */
typedef struct made {
    gf_scene scene;
    char *table;  /* of the curves; NULL: not asked for */
    gf_text json; /* empty: not asked for */
} made;

static gf_status compose(made *m, const gf_painter *painter,
                         const gf_plate *plate, const gf_call *call,
                         gf_error *error)
{
    bool has_table = gf_options_count(call->options, GF_OPTION_DATA) > 0;
    bool has_json = gf_options_count(call->options, GF_OPTION_JSON) > 0;
    size_t size;
    FILE *memory = has_table ? open_memstream(&m->table, &size) : NULL;
    gf_plate_also also = {memory, has_json ? &m->json : NULL,
                          gf_options_value(call->options, GF_OPTION_OUTPUT)};
    gf_status status;

    if (has_table && !memory) {
        gf_scene_init(&m->scene, 1, 1);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    status =
        gf_plate_compose(&m->scene, plate, painter->typesetter, &also, error);
    if (memory && fclose(memory) != 0 && status == GF_OK)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    return status;
}

/* Writes what was composed, the document last of all to stdout instead of the
 * figure. A signal leaves the files as they were. */
static int write_files(const made *m, const gf_painter *painter,
                       const gf_call *call, double dpi)
{
    bool is_quiet = gf_options_count(call->options, GF_OPTION_QUIET) > 0;
    bool has_json = gf_options_count(call->options, GF_OPTION_JSON) > 0;
    FILE *out = is_quiet || has_json ? NULL : call->out;
    gf_error error;
    files f;
    int number;
    gf_status status;

    gf_error_clear(&error);
    gf_interrupt_hold();
    status = open_files(&f, call, &error);
    if (f.has_picture)
        out = f.picture.file;
    if (status == GF_OK && f.has_table)
        fputs(m->table, f.table.file);
    if (status == GF_OK && out)
        status = gf_painter_write(painter, out, &m->scene, dpi, &error);
    if (status == GF_WRITE && f.has_picture)
        gf_error_set(&error, GF_WRITE, "cannot write all of '%s'",
                     f.picture.path);
    status = close_files(&f, status, &error);
    number = gf_interrupt_release();
    if (number)
        return number;
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_USAGE),
                                 &error);
    if (has_json && !is_quiet)
        fputs(gf_text_string(&m->json), call->out);
    return gf_answer_check(call);
}

static int write_plate(const gf_plate *plate, const gf_call *call,
                       gf_paint_kind kind, double dpi)
{
    gf_painter painter;
    gf_error error;
    made m = {.table = NULL};
    int exit_status;
    gf_status status;

    gf_error_clear(&error);
    status = gf_painter_open(&painter, kind, plate->theme->family, &error);
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_USAGE),
                                 &error);
    painter.stop = gf_interrupt_came;
    gf_text_init(&m.json);
    status = compose(&m, &painter, plate, call, &error);
    exit_status =
        status
            ? gf_complain_error(call, gf_exit_of(status, GF_EXIT_USAGE), &error)
            : write_files(&m, &painter, call, dpi);
    gf_scene_clear(&m.scene);
    gf_text_clear(&m.json);
    free(m.table);
    gf_painter_close(&painter);
    return exit_status;
}

int gf_picture_write(const gf_plate *plate, const gf_call *call)
{
    const gf_options *options = call->options;
    const char *path = gf_options_value(options, GF_OPTION_OUTPUT);
    const char *dots = gf_options_value(options, GF_OPTION_DPI);
    gf_paint_kind kind = GF_PAINT_SVG;
    double dpi = GF_PAINT_DPI;
    gf_plate with_command = *plate;
    gf_error error;
    char *command;
    int exit_status;

    gf_error_clear(&error);
    if (dots && (gf_number_read(&dpi, dots) || !(dpi > 0)))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--dpi %s': must be a number above 0", dots);
    if (path && gf_paint_kind_of(&kind, path, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    if (kind == GF_PAINT_PNG &&
        gf_paint_check(plate->size.width,
                       plate->size.height > 0 ? plate->size.height : 72, dpi,
                       &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    if (gf_options_count(options, GF_OPTION_OUTLINES) > 0) {
        if (kind != GF_PAINT_SVG)
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--outlines' goes with SVG only");
        kind = GF_PAINT_OUTLINED;
    }
    command = gf_picture_command(call);
    if (!command)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    with_command.command = command;
    exit_status = write_plate(&with_command, call, kind, dpi);
    free(command);
    return exit_status;
}
