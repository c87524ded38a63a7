/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stability of all rest points of a field, or of one matrix. */
#include <ganfield/stability.h>

#include <math.h>
#include <stdlib.h>

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
    }
    return status;
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
