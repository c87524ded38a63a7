/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the critic follows: its connection, and what loops leave of it. */
#include "cli/amount.h"
#include "cli/chart.h"
#include "cli/geometry.h"
#include "cli/lasting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PLACES = 100000, MOST_STEPS = 10000000, USUAL_POINTS = 201 };

/* clang-format off */
#define VALUE(name, code, help, what) \
    {name, '\0', POPT_ARG_STRING, NULL, code, help, what}

static const struct poptOption way_options[] = {
    VALUE("plane", GF_OPTION_PLANE,
          "two parameters I,J (default 0,1); random; top (eigenvectors); or a "
          "file of two rows", "PLANE"),
    VALUE("damping", GF_OPTION_DAMPING,
          "the critic's gain is less by RHO |phi|^2/2; default 0", "RHO"),
    POPT_TABLEEND
};

static const struct poptOption connection_options[] = {
    VALUE("points", GF_OPTION_POINTS,
          "where to look; default 201 over data and fakes", "grid:LO:HI:N"),
    POPT_TABLEEND
};

static const struct poptOption loop_options[] = {
    VALUE("radii", GF_OPTION_RADII,
          "of loops; default 0.05,0.1,0.2,0.4", "R,R,..."),
    VALUE("at-each", GF_OPTION_AT_EACH,
          "steps of the critic at each place, in one loop after another; best: "
          "until its gradient vanishes; default 1,2,5,10,20,50,100,best",
          "K,K,..."),
    VALUE("places", GF_OPTION_PLACES,
          "of a loop; default 64", "N"),
    VALUE("ascent", GF_OPTION_ASCENT,
          "size of these steps, along the gradient; default: one over the "
          "largest curvature", "H"),
    VALUE("loop", GF_OPTION_LOOP,
          "round (the default), or line: out along the first direction and "
          "back", "SHAPE"),
    POPT_TABLEEND
};

const struct poptOption gf_geometry_connection_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(gf_train_players_table, "Players and data:"),
    GF_INCLUDE(gf_geometry_table, "Where:"),
    GF_INCLUDE(way_options, "Directions:"),
    GF_INCLUDE(connection_options, "Points:"),
    GF_INCLUDE(gf_chart_table, "Figures:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};

const struct poptOption gf_geometry_hysteresis_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(gf_train_players_table, "Players and data:"),
    GF_INCLUDE(gf_geometry_table, "Where:"),
    GF_INCLUDE(way_options, "Directions:"),
    GF_INCLUDE(loop_options, "Loops:"),
    GF_INCLUDE(gf_chart_table, "Figures:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

/* --- what both read --------------------------------------------------------
 */

/* The duel, the generator's plane and the damping. */
static int open_way(gf_geometry_place *place, gf_geometry_slice *slice,
                    double *damping, const gf_call *call)
{
    int exit_status = gf_amount_read(damping, call, GF_OPTION_DAMPING);

    if (!exit_status && !(*damping >= 0 && *damping < INFINITY))
        exit_status = gf_complain(
            call, GF_EXIT_USAGE, "'--damping %s': must be a number >= 0",
            gf_options_value(call->options, GF_OPTION_DAMPING));
    if (!exit_status)
        exit_status = gf_geometry_open(place, call);
    slice->player = GF_GENERATOR;
    slice->parameter[1] = 1;
    if (!exit_status)
        exit_status = gf_geometry_read_slice(slice, place, call, "0,1");
    return exit_status;
}

/* --- the connection --------------------------------------------------------
 */

typedef struct connection_work {
    gf_geometry_place place;
    gf_geometry_slice slice;
    gf_geometry_connection_options options;
    gf_geometry_connection connection;
    gf_points points;
} connection_work;

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* From the least to the largest of data and fakes, without a fiftieth on each
 * side of both. */
static int choose_points(connection_work *w, const gf_call *call)
{
    const gf_distribution *data = w->place.setup.data;
    gf_duel_batch batch = gf_duel_dealt(w->place.duel);
    double low = gf_distribution_quantile(data, 0.02, 0.98);
    double high = gf_distribution_quantile(data, 0.98, 0.02);
    double *fake = malloc(batch.count * sizeof *fake);

    w->points.count = USUAL_POINTS;
    w->points.x = calloc(USUAL_POINTS, sizeof *w->points.x);
    if (!fake || !w->points.x) {
        free(fake);
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    }
    gf_duel_generate(fake, w->place.duel, w->place.z, batch.latent,
                     batch.count);
    qsort(fake, batch.count, sizeof *fake, compare);
    low = fmin(low, fake[batch.count / 50]);
    high = fmax(high, fake[batch.count - 1 - batch.count / 50]);
    free(fake);
    for (size_t i = 0; i < USUAL_POINTS; i++)
        w->points.x[i] =
            low + (high - low) * (double)i / (double)(USUAL_POINTS - 1);
    return GF_EXIT_ANSWERED;
}

static int read_points(connection_work *w, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_POINTS);
    gf_error error;

    if (!text)
        return choose_points(w, call);
    gf_error_clear(&error);
    if (gf_points_read(&w->points, text, 1, &error))
        return gf_geometry_complain(call, &error);
    for (size_t i = 1; i < w->points.count; i++)
        if (!(w->points.x[i] > w->points.x[i - 1]))
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--points %s': must ascend", text);
    return GF_EXIT_ANSWERED;
}

static int answer_connection(connection_work *w, const gf_call *call,
                             const gf_report_options *how)
{
    gf_duel_report report = gf_geometry_report(&w->place);
    char *answer = NULL;
    gf_error error;
    gf_status status;

    gf_error_clear(&error);
    w->options.x = w->points.x;
    w->options.count = w->points.count;
    status =
        gf_geometry_connection_find(&w->connection, w->place.duel, w->place.z,
                                    &w->slice, &w->options, &error);
    if (!status && gf_chart_asked(call))
        return gf_geometry_draw_connection(call, &w->connection);
    if (!status)
        status =
            gf_report_connection(&answer, &report, &w->connection, how, &error);
    return gf_geometry_finish(call, status, answer, &error);
}

int gf_cmd_geometry_connection(const gf_call *call)
{
    connection_work w = {.options = {.damping = 0}};
    gf_report_options how = {.format = GF_FORMAT_TEXT};
    int exit_status = gf_geometry_format(&how.format, call);

    gf_geometry_connection_init(&w.connection);
    if (!exit_status)
        exit_status = open_way(&w.place, &w.slice, &w.options.damping, call);
    if (!exit_status)
        exit_status = read_points(&w, call);
    if (!exit_status)
        exit_status = answer_connection(&w, call, &how);
    gf_geometry_connection_clear(&w.connection);
    free(w.points.x);
    gf_geometry_close(&w.place);
    return exit_status;
}

/* --- hysteresis -------------------------------------------------------------
 */

typedef struct loop_work {
    gf_geometry_place place;
    gf_geometry_slice slice;
    gf_geometry_loop_options options;
    gf_geometry_loop loop;
    double *radius;
    size_t *steps;
} loop_work;

static int read_radii(loop_work *w, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_RADII);
    int exit_status =
        gf_amount_read_list(&w->radius, &w->options.radii, call,
                            GF_OPTION_RADII, text ? text : "0.05,0.1,0.2,0.4");

    for (size_t i = 0; !exit_status && i < w->options.radii; i++)
        if (!(w->radius[i] > 0 && w->radius[i] < INFINITY))
            exit_status = gf_complain(
                call, GF_EXIT_USAGE, "'--radii %s': must be numbers > 0", text);
    w->options.radius = w->radius;
    return exit_status;
}

static int read_counts(loop_work *w, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_AT_EACH);
    const char *rest = text ? text : "1,2,5,10,20,50,100,best";
    size_t most = 1;

    for (const char *c = rest; *c; c++)
        most += *c == ',';
    w->steps = calloc(most, sizeof *w->steps);
    if (!w->steps)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    w->options.steps = w->steps;
    for (; w->options.counts < most; rest += *rest == ',') {
        size_t length = strcspn(rest, ",");
        char *end = NULL;
        bool is_best = length == 4 && strncmp(rest, "best", 4) == 0;
        unsigned long n = is_best ? 0 : strtoul(rest, &end, 10);
        if (!is_best && (end != rest + length || n < 1 || n > MOST_STEPS ||
                         rest[0] < '0' || rest[0] > '9'))
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--at-each %s': must be whole numbers from 1 "
                               "to %d, or best",
                               text, MOST_STEPS);
        w->steps[w->options.counts++] = is_best ? GF_GEOMETRY_TO_THE_BEST : n;
        rest += length;
    }
    return GF_EXIT_ANSWERED;
}

static int read_loop(loop_work *w, const gf_call *call)
{
    gf_geometry_loop_options *o = &w->options;
    int exit_status = read_radii(w, call);

    if (!exit_status)
        exit_status = read_counts(w, call);
    if (!exit_status)
        exit_status = gf_amount_read_count(&o->places, call, GF_OPTION_PLACES,
                                           MOST_PLACES);
    if (!exit_status)
        exit_status = gf_amount_read_positive(&o->step, call, GF_OPTION_ASCENT);
    if (!exit_status)
        exit_status = gf_train_read_word(&o->is_line, call, GF_OPTION_LOOP,
                                         "round", "line");
    if (!exit_status)
        exit_status = open_way(&w->place, &w->slice, &o->damping, call);
    return exit_status;
}

static int answer_loop(loop_work *w, const gf_call *call,
                       const gf_report_options *how)
{
    gf_duel_report report = gf_geometry_report(&w->place);
    char *answer = NULL;
    gf_lasting lasting;
    gf_error error;
    gf_status status;
    int exit_status;

    gf_error_clear(&error);
    gf_lasting_watch(&lasting, call);
    w->options.progress = gf_lasting_progress;
    w->options.progress_ctx = &lasting;
    status = gf_geometry_loop_find(&w->loop, w->place.duel, w->place.z,
                                   &w->slice, &w->options, &error);
    exit_status = gf_lasting_end(&lasting);
    if (exit_status)
        return exit_status;
    if (!status && gf_chart_asked(call))
        return gf_geometry_draw_loop(call, &w->loop);
    if (!status)
        status = gf_report_loop(&answer, &report, &w->loop, how, &error);
    return gf_geometry_finish(call, status, answer, &error);
}

int gf_cmd_geometry_hysteresis(const gf_call *call)
{
    loop_work w = {.options = {.damping = 0}};
    gf_report_options how = {.format = GF_FORMAT_TEXT};
    int exit_status = gf_geometry_format(&how.format, call);

    gf_geometry_loop_init(&w.loop);
    if (!exit_status)
        exit_status = read_loop(&w, call);
    if (!exit_status)
        exit_status = answer_loop(&w, call, &how);
    gf_geometry_loop_clear(&w.loop);
    free(w.radius);
    free(w.steps);
    gf_geometry_close(&w.place);
    return exit_status;
}
