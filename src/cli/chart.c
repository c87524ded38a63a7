/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/chart.h"

#include "base/number.h"
#include "cli/picture.h"
#include "figure/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define VALUE(name, code, help, what) \
    {name, '\0', POPT_ARG_STRING, NULL, code, help, what}

const struct poptOption gf_chart_table[] = {
    VALUE("size", GF_OPTION_SIZE,
          "a venue (neurips, icml, ieee, slides, ...) or WxH in pt, in, mm or "
          "cm; default icml", "SIZE"),
    VALUE("theme", GF_OPTION_THEME,
          "paper, slides or dark", "NAME"),
    VALUE("dpi", GF_OPTION_DPI,
          "dots per inch of a PNG; default 300", "N"),
    VALUE("title", GF_OPTION_TITLE,
          "a title on the page; $...$ is mathematics", "TEXT"),
    VALUE("author", GF_OPTION_AUTHOR,
          "the author in the file's metadata", "TEXT"),
    POPT_TABLEEND
};
/* clang-format on */

static gf_status read_kind(gf_paint_kind *kind, const gf_call *call)
{
    const char *path = gf_options_value(call->options, GF_OPTION_OUTPUT);

    if (!path || gf_options_count(call->options, GF_OPTION_JSON) > 0)
        return GF_ARGUMENT;
    return gf_paint_kind_of(kind, path, NULL);
}

bool gf_chart_asked(const gf_call *call)
{
    gf_paint_kind kind;

    return read_kind(&kind, call) == GF_OK;
}

static int read_look(gf_plate *plate, double *dpi, const gf_call *call)
{
    const char *dots = gf_options_value(call->options, GF_OPTION_DPI);

    *dpi = GF_PAINT_DPI;
    if (dots && (gf_number_read(dpi, dots) || !(*dpi > 0)))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--dpi %s': must be a number above 0", dots);
    return gf_picture_look(plate, call);
}

int gf_chart_check(const gf_call *call)
{
    gf_plate plate;
    double dpi;

    return gf_chart_asked(call) ? read_look(&plate, &dpi, call)
                                : GF_EXIT_ANSWERED;
}

/* --- files ------------------------------------------------------------- */

typedef struct picture {
    const gf_painter *painter;
    const gf_scene *scene;
    double dpi;
} picture;

static gf_status write_picture(FILE *out, const void *ctx, gf_error *error)
{
    const picture *p = ctx;

    return gf_painter_write(p->painter, out, p->scene, p->dpi, error);
}

static int compose_and_write(const gf_call *call, gf_chart_compose *compose,
                             void *figure, const gf_plate *plate, double dpi)
{
    gf_paint_kind kind = GF_PAINT_SVG;
    gf_painter painter;
    gf_scene scene;
    gf_error error;

    gf_error_clear(&error);
    gf_status status = read_kind(&kind, call);
    if (!status)
        status = gf_painter_open(&painter, kind, plate->theme->family, &error);
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_USAGE),
                                 &error);
    status = compose(&scene, figure, plate, painter.typesetter, &error);
    int exit_status =
        status
            ? gf_complain_error(call, gf_exit_of(status, GF_EXIT_USAGE), &error)
            : gf_answer_stream(call, write_picture,
                               &(picture){&painter, &scene, dpi});
    gf_scene_clear(&scene);
    gf_painter_close(&painter);
    return exit_status;
}

int gf_chart_draw(const gf_call *call, gf_chart_compose *compose, void *figure)
{
    gf_plate plate;
    double dpi;

    int exit_status = read_look(&plate, &dpi, call);
    if (exit_status)
        return exit_status;
    char *command = gf_picture_command(call);
    if (!command)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    plate.command = command;
    exit_status = compose_and_write(call, compose, figure, &plate, dpi);
    free(command);
    return exit_status;
}

static gf_status compose_map(gf_scene *scene, void *figure,
                             const gf_plate *plate,
                             const gf_typesetter *typesetter, gf_error *error)
{
    gf_map *map = figure;

    map->size = plate->size;
    map->theme = plate->theme;
    map->title = plate->title;
    map->author = plate->author;
    if (!map->command)
        map->command = plate->command;
    return gf_map_compose(scene, map, typesetter, error);
}

int gf_chart_write(const gf_call *call, gf_map *map)
{
    return gf_chart_draw(call, compose_map, map);
}

static gf_status compose_profile(gf_scene *scene, void *figure,
                                 const gf_plate *plate,
                                 const gf_typesetter *typesetter,
                                 gf_error *error)
{
    gf_profile *profile = figure;

    profile->size = plate->size;
    profile->theme = plate->theme;
    profile->title = plate->title;
    profile->author = plate->author;
    return gf_profile_compose(scene, profile, typesetter, error);
}

int gf_chart_write_profile(const gf_call *call, gf_profile *profile)
{
    return gf_chart_draw(call, compose_profile, profile);
}

/* --- sweeps ------------------------------------------------------------ */

typedef struct chart {
    double *at[2], *value;
    gf_sweep_probe *probe;
    struct {
        const gf_sweep_probe *probe;
        const gf_sweep_edge *row;
    } edge[GF_MAP_EDGES];
    char word[2 * GF_BASIN_LABELS_MAX][80];
    const char *words[2 * GF_BASIN_LABELS_MAX];
} chart;

static void clear(chart *c)
{
    free(c->at[0]);
    free(c->at[1]);
    free(c->value);
    gf_sweep_probe_free(c->probe);
    free(c);
}

static chart *allocate(size_t first, size_t second)
{
    chart *c = calloc(1, sizeof *c);

    if (!c)
        return NULL;
    c->at[0] = calloc(first, sizeof *c->at[0]);
    c->at[1] = calloc(second, sizeof *c->at[1]);
    c->value = calloc(first * second, sizeof *c->value);
    if (c->at[0] && c->at[1] && c->value)
        return c;
    clear(c);
    return NULL;
}

static double edge_height(gf_vec2 p, const void *ctx)
{
    const struct {
        const gf_sweep_probe *probe;
        const gf_sweep_edge *row;
    } *edge = ctx;
    double x[2] = {p.x, p.y};

    return gf_sweep_edge_at(edge->probe, edge->row, x);
}

static void add_edges(gf_map *map, chart *c, const gf_sweep_plan *plan)
{
    if (gf_sweep_probe_new(&c->probe, plan, NULL) || !c->probe)
        return;
    for (size_t i = 0; i < gf_sweep_edge_count(); i++) {
        const gf_sweep_edge *row = gf_sweep_edge_row(i);
        if (map->edges == GF_MAP_EDGES || !gf_sweep_edge_fits(row, plan))
            continue;
        c->edge[map->edges].probe = c->probe;
        c->edge[map->edges].row = row;
        map->edge[map->edges] = (gf_map_edge){
            .name = row->name,
            .height = edge_height,
            .ctx = &c->edge[map->edges],
            .has_level = strcmp(row->quantity, plan->quantity[0]->name) == 0,
            .level = row->level};
        map->edges++;
    }
}

static int draw_sweep(const gf_call *call, const gf_sweep *sweep, chart *c,
                      const char *command)
{
    const gf_sweep_plan *plan = &sweep->plan;
    const gf_sweep_quantity *quantity = plan->quantity[0];
    gf_map map = {.value = c->value,
                  .word = quantity->word,
                  .words = quantity->words,
                  .name = quantity->label,
                  .plain = quantity->name,
                  .about = plan->field->name,
                  .command = command};

    for (size_t i = 0; i < 2; i++) {
        const gf_sweep_axis *axis = &plan->axis[i];
        for (size_t k = 0; k < axis->count; k++)
            c->at[i][k] = gf_sweep_axis_at(axis, k);
        map.axis[i] = (gf_map_axis){.name = axis->name,
                                    .low = fmin(axis->from, axis->to),
                                    .high = fmax(axis->from, axis->to),
                                    .log = axis->log,
                                    .at = c->at[i],
                                    .count = axis->count};
    }
    for (size_t n = 0; n < sweep->cells; n++)
        c->value[n] = sweep->value[n * plan->quantities];
    add_edges(&map, c, plan);
    return gf_chart_write(call, &map);
}

int gf_chart_sweep(const gf_call *call, const gf_sweep *sweep,
                   const char *command)
{
    const gf_sweep_plan *plan = &sweep->plan;

    for (size_t i = 0; i < plan->axes; i++)
        if (plan->axis[i].count < 2)
            return gf_complain(call, GF_EXIT_USAGE,
                               "a figure needs two values or more of '%s'",
                               plan->axis[i].name);
    if (plan->axes == 1)
        return gf_chart_line(call, sweep, command);
    chart *c = allocate(plan->axis[0].count, plan->axis[1].count);
    if (!c)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    int exit_status = draw_sweep(call, sweep, c, command);
    clear(c);
    return exit_status;
}

/* --- basins ------------------------------------------------------------ */

/* Each label twice: of those that stay in the physical range, and of those
 * that leave it on their way. */
static void name_words(chart *c, const gf_basin *basin)
{
    const gf_field *field = basin->plan.c->field;
    char name[40];

    for (size_t i = 0; i < basin->labels; i++) {
        gf_basin_label_name(name, basin, i);
        snprintf(c->word[2 * i], sizeof c->word[0], "%s", name);
        snprintf(c->word[2 * i + 1], sizeof c->word[0],
                 field->physical.lo == 0 ? "%.20s, through $%.30s < 0$"
                                         : "%.20s, $%.30s$ out of range",
                 name, field->axis_name[1]);
    }
    for (size_t i = 0; i < 2 * basin->labels; i++)
        c->words[i] = c->word[i];
}

static int draw_basin(const gf_call *call, const gf_basin *basin, chart *c,
                      const char *command)
{
    const gf_basin_plan *plan = &basin->plan;
    const gf_field *field = plan->c->field;
    gf_map map = {.value = c->value,
                  .word = c->words,
                  .words = 2 * basin->labels,
                  .paired = true,
                  .rest = plan->c,
                  .name = "basin",
                  .plain = "basin",
                  .about = field->name,
                  .command = command};

    if (map.words > GF_MAP_WORDS)
        map.words = GF_MAP_WORDS;
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < plan->count[i]; k++) {
            gf_vec2 at = gf_basin_start(plan, i == 0 ? k * plan->count[1] : k);
            c->at[i][k] = i == 0 ? at.x : at.y;
        }
        map.axis[i] = (gf_map_axis){.name = field->axis_name[i],
                                    .low = plan->window[i].lo,
                                    .high = plan->window[i].hi,
                                    .at = c->at[i],
                                    .count = plan->count[i]};
    }
    name_words(c, basin);
    for (size_t n = 0; n < basin->cells; n++) {
        const double *cell = basin->value + n * GF_BASIN_WIDTH;
        c->value[n] = 2 * cell[GF_BASIN_LABEL] + !isnan(cell[GF_BASIN_LEFT]);
    }
    return gf_chart_write(call, &map);
}

int gf_chart_basin(const gf_call *call, const gf_basin *basin,
                   const char *command)
{
    const gf_basin_plan *plan = &basin->plan;

    if (plan->count[0] < 2 || plan->count[1] < 2)
        return gf_complain(call, GF_EXIT_USAGE,
                           "a figure needs a grid of 2x2 or more");
    chart *c = allocate(plan->count[0], plan->count[1]);
    if (!c)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    int exit_status = draw_basin(call, basin, c, command);
    clear(c);
    return exit_status;
}
