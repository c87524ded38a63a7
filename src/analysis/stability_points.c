/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stability of all rest points of a field, or of one matrix. */
#include <ganfield/stability.h>

#include <math.h>
#include <stdlib.h>

#include "analysis/best_step.h"
#include "analysis/bifurcation.h"
#include "analysis/linear.h"

void gf_stability_points_init(gf_stability_points *out)
{
    *out = (gf_stability_points){.count = 0};
}

void gf_stability_points_clear(gf_stability_points *out)
{
    for (size_t i = 0; i < out->count; i++)
        gf_stability_clear(&out->point[i]);
    free(out->point);
    free(out->continuous);
    gf_stability_points_init(out);
}

static gf_status begin(gf_stability_points *out, size_t count,
                       const gf_optimizer *optimizer,
                       const gf_stability_options *options, gf_error *error)
{
    gf_stability_points_clear(out);
    out->optimizer = *optimizer;
    out->options = options ? *options : (gf_stability_options){.step = 0};
    out->point = calloc(count + 1, sizeof *out->point);
    out->continuous = calloc(count + 1, sizeof *out->continuous);
    if (!out->point || !out->continuous)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (; out->count < count; out->count++)
        gf_stability_init(&out->point[out->count]);
    return GF_OK;
}

static gf_status find(gf_stability_points *out, size_t i, const gf_linear *game,
                      gf_error *error)
{
    gf_continuous_find(&out->continuous[i], game, out->options.step);
    return gf_stability_find(&out->point[i], game, &out->optimizer,
                             &out->options, error);
}

/* What is beyond the limits of a point. */
static gf_status look_beyond(gf_stability_points *out, size_t i,
                             const gf_linear *game, gf_error *error)
{
    const gf_classification *c = out->classification;
    const gf_stability_options *options = &out->options;
    gf_stability_result *s = &out->point[i];
    gf_multiplier_poly p;
    gf_jet_game jets;

    if (s->limit_count == 0 || options->intervals_only)
        return GF_OK;
    gf_multiplier_poly_init(&p);
    gf_status status = gf_jet_game_make(&jets, c->field, c->point[i].at, error);
    if (!status)
        status = gf_linear_poly(&p, game, &out->optimizer, options->order,
                                options->critic_steps, error);
    for (size_t k = 0; k < s->limit_count && !status; k++)
        gf_bifurcation_find(&s->limit[k], &jets, game, &out->optimizer, options,
                            gf_radius_slope(&p, s->limit[k].step));
    gf_multiplier_poly_clear(&p);
    return status;
}

/* Follows the steps themselves. */
static gf_status watch_burst(gf_stability_points *out, gf_error *error)
{
    const gf_classification *c = out->classification;
    gf_map_options options = {.order = out->options.order,
                              .critic_steps = out->options.critic_steps,
                              .step = out->options.step,
                              .steps = GF_BURST_STEPS};
    gf_burst *burst = &out->burst;
    gf_trajectory run;

    if (!(options.step > 0) || !out->optimizer.rule->through_eps ||
        c->wanted >= c->count || c->field->start_count == 0)
        return GF_OK;
    gf_trajectory_init(&run);
    *burst = (gf_burst){.start = c->field->start[0], .nearest = INFINITY};
    gf_status status = gf_optimizer_run(&run, c->field, burst->start,
                                        &out->optimizer, &options, error);
    for (size_t i = 0; i < run.count && !status; i++) {
        double d = hypot(run.row[i].at.x - c->point[c->wanted].at.x,
                         run.row[i].at.y - c->point[c->wanted].at.y);
        if (d < burst->nearest) {
            burst->nearest = d;
            burst->nearest_at = i;
            burst->furthest = 0;
        }
        if (d >= burst->furthest) {
            burst->furthest = d;
            burst->furthest_at = i;
        }
    }
    burst->is_there = !status;
    gf_trajectory_clear(&run);
    return status;
}

gf_status gf_stability_points_find(gf_stability_points *out,
                                   const gf_classification *c,
                                   const gf_optimizer *optimizer,
                                   const gf_stability_options *options,
                                   gf_error *error)
{
    gf_status status = begin(out, c->count, optimizer, options, error);

    out->classification = c;
    for (size_t i = 0; i < c->count && !status; i++) {
        double jacobian[4], metric[2];
        gf_linear game;
        if (!c->point[i].smooth)
            continue;
        gf_linear_of_point(&game, jacobian, metric, c->field, &c->point[i]);
        status = find(out, i, &game, error);
        if (!status)
            status = look_beyond(out, i, &game, error);
    }
    return status ? status : watch_burst(out, error);
}

gf_status gf_stability_matrix_find(gf_stability_points *out,
                                   const gf_linear *game,
                                   const gf_optimizer *optimizer,
                                   const gf_stability_options *options,
                                   gf_error *error)
{
    gf_status status = begin(out, 1, optimizer, options, error);

    out->game = *game;
    return status ? status : find(out, 0, game, error);
}

static gf_verdict verdict_of(const gf_stability_points *points, size_t i)
{
    const gf_stability_result *s = &points->point[i];

    if (s->state == 0)
        return GF_UNKNOWN;
    if (points->options.step > 0)
        return s->is_stable;
    if (s->stable.count > 0)
        return GF_YES;
    return s->decided == GF_DECIDED_INTERVAL ? GF_NO : GF_UNKNOWN;
}

gf_verdict gf_stability_points_verdict(const gf_stability_points *points)
{
    const gf_classification *c = points->classification;
    gf_verdict all = points->count > 0 ? GF_YES : GF_UNKNOWN;

    if (c && c->wanted < c->count)
        return verdict_of(points, c->wanted);
    for (size_t i = 0; i < points->count; i++) {
        gf_verdict one = verdict_of(points, i);
        if (one == GF_NO)
            return GF_NO;
        if (one == GF_UNKNOWN)
            all = GF_UNKNOWN;
    }
    return all;
}
