/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of `distance --fact`: as text, as data, or drawn. */
#include "base/output.h"
#include "cli/distance.h"
#include "cli/picture.h"
#include "figure/diagram.h"
#include "figure/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <ganfield/fact.h>

/* --- the figure -------------------------------------------------------- */

/* So few points are seen one by one. */
enum { FEW = 12 };

static int read_look(gf_diagram *diagram, const gf_call *call)
{
    const char *size = gf_options_value(call->options, GF_OPTION_SIZE);
    const char *theme = gf_options_value(call->options, GF_OPTION_THEME);
    gf_error error;

    gf_error_clear(&error);
    if (gf_size_read(&diagram->size, size ? size : "icml", &error) ||
        gf_theme_find(&diagram->theme, theme ? theme : diagram->size.theme,
                      &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    diagram->title = gf_options_value(call->options, GF_OPTION_TITLE);
    return GF_EXIT_ANSWERED;
}

/* What a table calls by letters, and a figure by symbols. */
static const char *symbol(const char *name)
{
    static const char *const words[][2] = {
        {"x", "$x$"},
        {"t", "$t$"},
        {"c", "$c$"},
        {"p", "$p$"},
        {"q", "$q$"},
        {"D", "$D$"},
        {"D*", "$D^*$"},
        {"D, by itself", "$D$, by itself"},
        {"u, in logits", "$u$, in logits"},
        {"sigmoid(u)", "$sigmoid(u)$"},
        {"theta", "$theta$"},
        {"sigma", "$sigma$"},
        {"epsilon", "$epsilon$"},
        {"wasserstein", "Wasserstein"},
        {"W1", "$W_1$"},
        {"MMD^2", "MMD$^2$"},
        {"E[-grad log D*]", "E[$-\\partial_theta log D^*$]"},
        {"grad(KL - 2 JS)", "$\\partial_theta$(KL $-$ 2 JS)"},
        {"grad KL", "$\\partial_theta$ KL"},
        {"grad 2 JS", "$\\partial_theta$ 2 JS"},
        {"|d log(1-D)/ds|", "|d$ log(1 - D)$/d$s$|"},
        {"|d log D/ds|", "|d$ log D$/d$s$|"},
        {"v of m", "$v_m$"},
        {"v of s", "$v_s$"},
        {"v of w", "$v_w$"},
        {"A of m", "$A_m$"},
        {"A of s", "$A_s$"},
        {"critic, m", "critic, $m$"},
        {"critic, s", "critic, $s$"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], name) == 0)
            return words[i][1];
    return name;
}

/* What all columns of a fact's figure are. */
static const char *quantity(const char *fact)
{
    static const char *const names[][2] = {
        {"parallel-lines", "distance"},
        {"vanishing", "gradient, JS"},
        {"near-optimal", "gradient"},
        {"log-d", "derivative"},
        {"noise", "distance"},
        {"saturation", "slope"},
        {"metric", "longest side / way round"},
        {"f-gan", "bound / divergence"},
        {"response", "d$u^*$/d$m$, d$u^*$/d$s$"},
        {"otto", "velocity"},
        {"holonomy", "angle / area"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i][0], fact) == 0)
            return names[i][1];
    return "value";
}

static bool is_drawable(const gf_fact *fact, size_t column)
{
    size_t finite = 0;

    for (size_t i = 0; i < fact->rows; i++)
        finite += isfinite(fact->cell[i * fact->columns + column]) ? 1 : 0;
    return finite > 1;
}

static void fill_diagram(gf_diagram *diagram, const gf_fact *fact)
{
    diagram->about = fact->title;
    diagram->x_name = symbol(fact->column[0]);
    diagram->y_name = quantity(fact->name);
    diagram->x = fact->cell;
    diagram->count = fact->rows;
    diagram->stride = fact->columns;
    diagram->log_x = fact->log_x;
    diagram->log_y = fact->log_y;
    diagram->dots = fact->rows <= FEW;
    diagram->jump = fact->jump_row;
    diagram->jump_series = fact->jump_columns >> fact->drawn;
    for (size_t k = fact->drawn; k < fact->columns; k++) {
        if (!is_drawable(fact, k)) /* as KL, infinite but at 0 */
            continue;
        diagram->series[diagram->series_count].name = symbol(fact->column[k]);
        diagram->series[diagram->series_count++].y = fact->cell + k;
    }
}

static int write_file(const gf_scene *scene, const gf_painter *painter,
                      const char *path, const gf_call *call)
{
    gf_output output;
    gf_error error;
    int number;

    gf_error_clear(&error);
    gf_interrupt_hold();
    gf_status status = gf_output_open(&output, path, &error);
    if (!status) {
        status =
            gf_painter_write(painter, output.file, scene, GF_PAINT_DPI, &error);
        if (status || gf_interrupt_came())
            gf_output_abandon(&output);
        else
            status = gf_output_close(&output, &error);
    }
    number = gf_interrupt_release();
    if (number)
        return number;
    return status ? gf_complain_error(call, GF_EXIT_FILE, &error)
                  : GF_EXIT_ANSWERED;
}

static int draw(const gf_fact *fact, gf_paint_kind kind, const char *path,
                const gf_call *call)
{
    gf_diagram diagram = {.count = 0};
    gf_painter painter;
    gf_scene scene;
    gf_error error;
    char *command;
    int exit_status = read_look(&diagram, call);

    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_status status =
        gf_painter_open(&painter, kind, diagram.theme->family, &error);
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD),
                                 &error);
    command = gf_picture_command(call);
    diagram.command = command;
    fill_diagram(&diagram, fact);
    status = gf_diagram_compose(&scene, &diagram, painter.typesetter, &error);
    exit_status =
        status
            ? gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD), &error)
            : write_file(&scene, &painter, path, call);
    gf_scene_clear(&scene);
    gf_painter_close(&painter);
    free(command);
    return exit_status;
}

/* --- the answer -------------------------------------------------------- */

static int tell(const gf_fact *fact, const gf_report_options *how,
                const gf_call *call)
{
    gf_error error;
    char *text = NULL;
    int exit_status;

    gf_error_clear(&error);
    gf_status status = gf_report_fact(&text, fact, how, &error);
    if (status)
        return gf_complain_error(call, GF_EXIT_FAILED, &error);
    exit_status = gf_answer_write(call, text);
    free(text);
    return exit_status;
}

int gf_distance_fact(const gf_call *call, const char *name,
                     gf_distribution *const d[2])
{
    const char *path = gf_options_value(call->options, GF_OPTION_OUTPUT);
    const char *seed = gf_options_value(call->options, GF_OPTION_SEED);
    gf_report_options how = {.format = GF_FORMAT_TEXT};
    gf_paint_kind kind = GF_PAINT_SVG;
    int exit_status = GF_EXIT_ANSWERED;
    gf_fact fact;
    gf_error error;
    bool is_drawn;

    gf_error_clear(&error);
    is_drawn = path && gf_options_count(call->options, GF_OPTION_JSON) == 0 &&
               gf_paint_kind_of(&kind, path, &error) == GF_OK;
    if (!is_drawn)
        exit_status = gf_answer_list_format(&how.format, call);
    if (exit_status)
        return exit_status;
    gf_status status = gf_fact_find(&fact, name, d[0], d[1],
                                    seed ? strtoul(seed, NULL, 10) : 0, &error);
    if (status)
        return gf_complain_error(
            call, status == GF_NAME ? GF_EXIT_USAGE : GF_EXIT_FAILED, &error);
    exit_status =
        is_drawn ? draw(&fact, kind, path, call) : tell(&fact, &how, call);
    gf_fact_clear(&fact);
    return exit_status;
}
