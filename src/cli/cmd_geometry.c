/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/npy.h"
#include "cli/amount.h"
#include "cli/chart.h"
#include "cli/geometry.h"
#include "cli/picture.h"

#include <stdlib.h>

enum { MOST_PLACES = 1000, MOST_VALUES = 100, MOST_PROBES = 1000000 };

/* clang-format off */
#define VALUE(name, code, help, what) \
    {name, '\0', POPT_ARG_STRING, NULL, code, help, what}

static const struct poptOption hessian_options[] = {
    VALUE("player", GF_OPTION_PLAYER,
          "whose loss by whose parameters: generator (the default) or critic",
          "NAME"),
    VALUE("plane", GF_OPTION_PLANE,
          "two parameters I,J; random; top (eigenvectors, the default); or a "
          "file of two rows", "PLANE"),
    VALUE("reach", GF_OPTION_REACH,
          "how far the plane goes to both sides; one number or two", "R"),
    VALUE("grid", GF_OPTION_GRID,
          "places along each direction; default 25x25", "NxM"),
    VALUE("values", GF_OPTION_VALUES,
          "eigenvalues of a large Hessian from each end; default 3", "N"),
    VALUE("show", GF_OPTION_SHOW,
          "in a figure: loss (the default) or curvature, the larger eigenvalue "
          "on the plane", "NAME"),
    POPT_TABLEEND
};

static const struct poptOption game_options[] = {
    VALUE("plane", GF_OPTION_PLANE,
          "project on a plane of each player: I,J, random or top", "PLANE"),
    {"matrix-free", '\0', POPT_ARG_NONE, NULL, GF_OPTION_MATRIX_FREE,
     "products alone, as beyond 600 parameters", NULL},
    VALUE("values", GF_OPTION_VALUES,
          "of products alone: eigenvalues from each end; default 6", "N"),
    VALUE("probes", GF_OPTION_PROBES,
          "of products alone: random directions for norms; default 200", "N"),
    POPT_TABLEEND
};

const struct poptOption gf_geometry_hessian_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(gf_train_players_table, "Players and data:"),
    GF_INCLUDE(gf_geometry_table, "Where:"),
    GF_INCLUDE(hessian_options, "Plane:"),
    GF_INCLUDE(gf_chart_table, "Figures:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};

const struct poptOption gf_geometry_game_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(gf_train_players_table, "Players and data:"),
    GF_INCLUDE(gf_geometry_table, "Where:"),
    GF_INCLUDE(game_options, "Jacobian:"),
    GF_INCLUDE(gf_chart_table, "Figures:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

/* --- a loss on a plane -----------------------------------------------------
 */

typedef struct hessian_work {
    gf_geometry_place place;
    gf_geometry_slice slice;
    gf_geometry_plane_options options;
    gf_geometry_plane plane;
    bool is_curvature; /* what a figure shows, not the loss */
} hessian_work;

/* "NxM" */
static int read_grid(gf_geometry_plane_options *o, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_GRID);
    char *end = NULL;
    unsigned long first, second = 0;

    if (!text)
        return GF_EXIT_ANSWERED;
    first = strtoul(text, &end, 10);
    if (*end == 'x')
        second = strtoul(end + 1, &end, 10);
    if (*end != '\0' || first < 2 || second < 2 || first > MOST_PLACES ||
        second > MOST_PLACES || text[0] == '-')
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--grid %s': must be NxM, from 2 to %d each", text,
                           MOST_PLACES);
    o->count[0] = first;
    o->count[1] = second;
    return GF_EXIT_ANSWERED;
}

static int read_reach(gf_geometry_plane_options *o, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_REACH);
    double *at = NULL;
    size_t count = 0;
    int exit_status = GF_EXIT_ANSWERED;

    if (text)
        exit_status =
            gf_amount_read_list(&at, &count, call, GF_OPTION_REACH, text);
    for (size_t i = 0; !exit_status && i < count; i++)
        if (count > 2 || !(at[i] > 0 && at[i] < 1e300))
            exit_status =
                gf_complain(call, GF_EXIT_USAGE,
                            "'--reach %s': one or two numbers > 0", text);
    for (size_t i = 0; !exit_status && count > 0 && i < 2; i++)
        o->reach[i] = at[i < count ? i : 0];
    free(at);
    return exit_status;
}

static int read_hessian(hessian_work *w, const gf_call *call)
{
    bool is_critic = false;
    int exit_status = gf_train_read_word(&is_critic, call, GF_OPTION_PLAYER,
                                         "generator", "critic");

    w->slice.player = is_critic ? GF_CRITIC : GF_GENERATOR;
    if (!exit_status)
        exit_status = gf_train_read_word(&w->is_curvature, call, GF_OPTION_SHOW,
                                         "loss", "curvature");
    if (!exit_status)
        exit_status = read_grid(&w->options, call);
    if (!exit_status)
        exit_status = read_reach(&w->options, call);
    if (!exit_status)
        exit_status = gf_amount_read_count(&w->options.values, call,
                                           GF_OPTION_VALUES, MOST_VALUES);
    if (!exit_status)
        exit_status = gf_geometry_open(&w->place, call);
    if (!exit_status)
        exit_status = gf_geometry_read_slice(&w->slice, &w->place, call, "top");
    return exit_status;
}

static int draw_plane(const gf_call *call, const hessian_work *w)
{
    const gf_geometry_plane *p = &w->plane;
    size_t cells = p->count[0] * p->count[1];
    double *value = malloc(cells * sizeof *value);
    char *command = gf_picture_command(call);
    gf_map map = {.value = value,
                  .name = w->is_curvature ? "largest curvature" : "loss",
                  .plain = w->is_curvature ? "curvature" : "loss",
                  .about =
                      p->player == GF_CRITIC ? "the critic" : "the generator",
                  .command = command};
    int exit_status = GF_EXIT_FAILED;

    for (size_t i = 0; value && i < cells; i++)
        value[i] = w->is_curvature ? p->curvature[2 * i] : p->loss[i];
    for (size_t i = 0; i < 2; i++)
        map.axis[i] = (gf_map_axis){.name = i ? "b" : "a",
                                    .low = p->at[i][0],
                                    .high = p->at[i][p->count[i] - 1],
                                    .at = p->at[i],
                                    .count = p->count[i]};
    if (value && command)
        exit_status = gf_chart_write(call, &map);
    else
        gf_complain(call, GF_EXIT_FAILED, "out of memory");
    free(value);
    free(command);
    return exit_status;
}

static int answer_hessian(hessian_work *w, const gf_call *call,
                          const gf_report_options *how)
{
    gf_duel_report report = gf_geometry_report(&w->place);
    char *answer = NULL;
    gf_error error;
    gf_status status;

    gf_error_clear(&error);
    status = gf_geometry_plane_find(&w->plane, w->place.duel, w->place.z,
                                    &w->slice, &w->options, &error);
    if (!status && gf_chart_asked(call))
        return draw_plane(call, w);
    if (!status)
        status = gf_report_plane(&answer, &report, &w->plane, how, &error);
    return gf_geometry_finish(call, status, answer, &error);
}

int gf_cmd_geometry_hessian(const gf_call *call)
{
    hessian_work w = {.is_curvature = false};
    gf_report_options how = {.format = GF_FORMAT_TEXT};
    int exit_status = gf_geometry_format(&how.format, call);

    gf_geometry_plane_init(&w.plane);
    if (!exit_status)
        exit_status = read_hessian(&w, call);
    if (!exit_status)
        exit_status = answer_hessian(&w, call, &how);
    gf_geometry_plane_clear(&w.plane);
    gf_geometry_close(&w.place);
    return exit_status;
}

/* --- the game --------------------------------------------------------------
 */

typedef struct game_work {
    gf_geometry_place place;
    gf_geometry_slice slice;
    gf_geometry_game_options options;
    gf_geometry_game game;
} game_work;

static int read_game(game_work *w, const gf_call *call)
{
    gf_geometry_game_options *o = &w->options;
    bool is_free = gf_options_count(call->options, GF_OPTION_MATRIX_FREE) > 0;
    int exit_status =
        gf_amount_read_count(&o->values, call, GF_OPTION_VALUES, MOST_VALUES);

    if (!exit_status)
        exit_status = gf_amount_read_count(&o->probes, call, GF_OPTION_PROBES,
                                           MOST_PROBES);
    if (!exit_status)
        exit_status = gf_geometry_open(&w->place, call);
    if (exit_status)
        return exit_status;
    o->dense_most = is_free ? 1 : 0;
    o->seed = w->place.setup.seed;
    if (gf_options_count(call->options, GF_OPTION_PLANE) > 0) {
        exit_status = gf_geometry_read_slice(&w->slice, &w->place, call, "top");
        o->slice = &w->slice;
    }
    if (!exit_status && w->slice.kind == GF_SLICE_GIVEN)
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "--plane of a game is I,J, random or top");
    return exit_status;
}

static gf_status write_npy(FILE *out, const void *ctx, gf_error *error)
{
    const gf_geometry_game *game = ctx;

    (void)error;
    gf_npy_write(out, game->jacobian, game->size, game->size);
    return GF_OK;
}

static int answer_game(game_work *w, const gf_call *call,
                       const gf_report_options *how, bool is_npy)
{
    gf_duel_report report = gf_geometry_report(&w->place);
    char *answer = NULL;
    gf_error error;
    gf_status status;

    gf_error_clear(&error);
    status = gf_geometry_game_find(&w->game, w->place.duel, w->place.z,
                                   &w->options, &error);
    if (!status && is_npy && !w->game.is_dense)
        return gf_complain(call, GF_EXIT_USAGE,
                           "the Jacobian of %zu parameters is not written "
                           "out: at most 600",
                           w->game.size);
    if (!status && gf_chart_asked(call))
        return gf_geometry_draw_game(call, &w->game);
    if (!status && is_npy)
        return gf_answer_stream(call, write_npy, &w->game);
    if (!status)
        status = gf_report_game(&answer, &report, &w->game, how, &error);
    return gf_geometry_finish(call, status, answer, &error);
}

int gf_cmd_geometry_game(const gf_call *call)
{
    const char *path = gf_options_value(call->options, GF_OPTION_OUTPUT);
    bool is_npy = path && gf_npy_is_name(path);
    game_work w = {.slice = {.player = GF_CRITIC}};
    gf_report_options how = {.format = GF_FORMAT_TEXT};
    int exit_status =
        is_npy ? GF_EXIT_ANSWERED : gf_geometry_format(&how.format, call);

    gf_geometry_game_init(&w.game);
    if (!exit_status)
        exit_status = read_game(&w, call);
    if (!exit_status)
        exit_status = answer_game(&w, call, &how, is_npy);
    gf_geometry_game_clear(&w.game);
    gf_geometry_close(&w.place);
    return exit_status;
}
