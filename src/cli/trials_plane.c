/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trials in the plane of the pointwise field: at a point x the critic's D(x)
 * and the generator's density p_g(x) go their way over the portrait of the
 * ideal players, whose p_d is the data's density at x.
 */
#include "cli/amount.h"
#include "cli/remake.h"
#include "cli/trials_chart.h"
#include "figure/plate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 6, USUAL = 3 };

/* Of the density of the data: what is shown of the generator's. */
#define HIGHEST 4.0

typedef struct plane {
    const gf_call *call;
    const gf_trials *trials;
    const char *command;
    double x[POINTS];
    size_t count;
    gf_field *field[POINTS];
    gf_classification classification[POINTS];
    char title[POINTS][64];
    gf_vec2 *track[POINTS][GF_PLATE_TRACKS];
    size_t length[POINTS][GF_PLATE_TRACKS];
    size_t tracks;
} plane;

/* --- where ------------------------------------------------------------- */

static int read_points(plane *p)
{
    const char *text = gf_options_value(p->call->options, GF_OPTION_AT);
    const gf_distribution *data = p->trials->plan.trial[0].setup.duel.data;
    gf_census_mode mode[GF_CENSUS_MODES_MAX];
    double *x = NULL;
    size_t count = 0;

    if (!text) {
        if (gf_census_find_modes(mode, &count, data, NULL))
            return gf_complain(p->call, GF_EXIT_FAILED, "out of memory");
        p->count = count < USUAL ? count : USUAL;
        for (size_t i = 0; i < p->count; i++)
            p->x[i] = mode[i].at;
        return p->count > 0
                   ? GF_EXIT_ANSWERED
                   : gf_complain(p->call, GF_EXIT_USAGE,
                                 "the data are points without a density: the "
                                 "plane has no p_d for them");
    }
    int exit_status =
        gf_amount_read_list(&x, &count, p->call, GF_OPTION_AT, text);
    if (!exit_status && (count == 0 || count > POINTS))
        exit_status =
            gf_complain(p->call, GF_EXIT_USAGE,
                        "'--at %s': from 1 to %d points", text, POINTS);
    p->count = exit_status ? 0 : count;
    if (p->count > 0)
        memcpy(p->x, x, count * sizeof *x);
    free(x);
    return exit_status;
}

/* --- the ideal players ------------------------------------------------- */

static gf_status make_field(plane *p, size_t i, gf_error *error)
{
    const gf_distribution *data = p->trials->plan.trial[0].setup.duel.data;
    double density = gf_distribution_density(data, p->x[i]);
    char set[64];
    const char *const sets[] = {set};
    gf_status status;

    if (!(density > 0))
        return gf_error_set(error, GF_ARGUMENT,
                            "the data have no density at x = %g", p->x[i]);
    snprintf(set, sizeof set, "p_d=%.17g", density);
    snprintf(p->title[i], sizeof p->title[i], "$x = %.4g$, $p_d = %.3g$",
             p->x[i], density);
    status = gf_remake(&p->field[i], sets, 1, NULL, p->call, error);
    if (!status)
        status = gf_classify(&p->classification[i], p->field[i], NULL, error);
    return status;
}

/* --- the real ones ----------------------------------------------------- */

/* One trial at all points, picture by picture. */
static gf_status follow(plane *p, size_t trial, gf_error *error)
{
    gf_training *t = p->trials->training[trial * p->trials->plan.seeds];
    const gf_field *own = gf_training_setup_of(t)->duel.field;
    gf_duel *duel = gf_training_duel(t);
    size_t most = gf_training_setup_of(t)->pictures, step;
    const double *z;

    for (size_t i = 0; i < p->count; i++) {
        p->track[i][trial] = calloc(most + 1, sizeof(gf_vec2));
        if (!p->track[i][trial])
            return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    for (size_t k = 0; (z = gf_training_picture(&step, t, k)) != NULL; k++) {
        double d[POINTS], density[POINTS];
        gf_status status =
            gf_duel_density(density, duel, z, p->x, p->count, error);
        if (status)
            return status;
        gf_duel_criticise(d, duel, z, p->x, p->count);
        for (size_t i = 0; i < p->count; i++) {
            /* the ideal players may be shown in D where these have a logit */
            bool is_linked = own->link_text && !p->field[i]->link_text;
            p->track[i][trial][k] =
                (gf_vec2){is_linked ? gf_field_d(own, d[i]) : d[i], density[i]};
            p->length[i][trial] = k + 1;
        }
    }
    return GF_OK;
}

/* What holds the tracks, the rest point and p_g = 0. */
static void set_window(gf_plate_panel *panel, const plane *p, size_t i)
{
    const gf_field *field = p->field[i];
    double p_d = field->parameter[field->p_d].number;
    gf_range d = {.lo = field->equilibrium.d0, .hi = field->equilibrium.d0};
    double high = 1.5 * p_d, room;

    for (size_t k = 0; k < p->tracks; k++)
        for (size_t n = 0; n < p->length[i][k]; n++) {
            gf_vec2 at = p->track[i][k][n];
            if (!isfinite(at.x))
                continue;
            d.lo = fmin(d.lo, at.x);
            d.hi = fmax(d.hi, at.x);
            high = fmax(high, fmin(at.y, HIGHEST * p_d));
        }
    room = d.hi - d.lo > 0 ? 0.12 * (d.hi - d.lo) : 0.5;
    panel->window[0].lo = fmax(d.lo - room, field->domain[0].lo);
    panel->window[0].hi = fmin(d.hi + room, field->domain[0].hi);
    panel->window[1].lo = 0;
    panel->window[1].hi = 1.06 * high;
}

/* --- the figure -------------------------------------------------------- */

static gf_status compose(gf_scene *scene, void *figure, const gf_plate *look,
                         const gf_typesetter *typesetter, gf_error *error)
{
    const plane *p = figure;
    gf_plate *plate = malloc(sizeof *plate);
    gf_status status;

    gf_scene_init(scene, 1, 1);
    if (!plate)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    *plate = *look;
    plate->command = p->command;
    for (size_t i = 0; i < p->count; i++) {
        gf_plate_panel *panel = gf_plate_add(plate, &p->classification[i]);
        panel->title = p->title[i];
        panel->start_count = 0;
        /* tracks would hide them */
        panel->layers &= ~(1U << GF_FEATURE_LABELS);
        set_window(panel, p, i);
        for (size_t k = 0; k < p->tracks; k++)
            panel->track[panel->tracks++] = (gf_plate_track){
                .at = p->track[i][k],
                .count = p->length[i][k],
                .name =
                    p->tracks > 1 ? p->trials->plan.trial[k].label : "training",
                .series = k};
    }
    status = gf_plate_compose(scene, plate, typesetter, NULL, error);
    free(plate);
    return status;
}

static int draw(plane *p)
{
    gf_status status = GF_OK;
    gf_error error;
    int exit_status = read_points(p);

    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    for (size_t i = 0; i < p->count && !status; i++)
        status = make_field(p, i, &error);
    for (size_t k = 0; k < p->tracks && !status; k++)
        status = follow(p, k, &error);
    if (status)
        return gf_complain_error(p->call, gf_exit_of(status, GF_EXIT_FIELD),
                                 &error);
    return gf_chart_draw(p->call, compose, p);
}

int gf_trials_plane(const gf_call *call, const gf_trials *trials,
                    const char *command)
{
    plane *p = calloc(1, sizeof *p);
    int exit_status;

    if (!p)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    *p = (plane){.call = call, .trials = trials, .command = command};
    p->tracks = trials->plan.count < GF_PLATE_TRACKS ? trials->plan.count
                                                     : GF_PLATE_TRACKS;
    for (size_t i = 0; i < POINTS; i++)
        gf_classification_init(&p->classification[i]);
    exit_status = draw(p);
    for (size_t i = 0; i < POINTS; i++) {
        gf_classification_clear(&p->classification[i]);
        gf_field_free(p->field[i]);
        for (size_t k = 0; k < GF_PLATE_TRACKS; k++)
            free(p->track[i][k]);
    }
    free(p);
    return exit_status;
}
