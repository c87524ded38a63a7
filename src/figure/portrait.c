/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/portrait.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure/nullcline.h"

enum { LEVELS = 7, PROBE = 24, ITERATES = 200 };

static const double head_clear = 4, head_every = 40;    /* pt */
static const double large_clear = 5, large_every = 160; /* pt */
static const double air = 1.6; /* pt: between a marker and a streamline */

/* --- layers ------------------------------------------------------------ */

#define LAYER_ROW(name, text, on, about) {text, on, about},
static const struct layer_row {
    const char *name;
    int on;
    const char *about;
} layer_rows[] = {GF_FEATURE_LIST(LAYER_ROW)};

unsigned gf_features_default(void)
{
    unsigned layers = 0;

    for (int i = 0; i < GF_FEATURE_COUNT; i++)
        if (layer_rows[i].on)
            layers |= 1U << i;
    return layers;
}

const char *gf_feature_name(gf_feature layer)
{
    return layer_rows[layer].name;
}

const char *gf_feature_about(gf_feature layer)
{
    return layer_rows[layer].about;
}

gf_feature gf_feature_find(const char *name)
{
    int i = 0;

    while (i < GF_FEATURE_COUNT && strcmp(layer_rows[i].name, name) != 0)
        i++;
    return (gf_feature)i;
}

static bool has(const gf_portrait *p, gf_feature layer)
{
    return p->layers >> layer & 1;
}

/* --- parts ------------------------------------------------------------- */

static void copy_curves(gf_curves *to, const gf_curves *from)
{
    for (size_t i = 0; i < from->count; i++) {
        gf_curve copy;
        gf_curve_init(&copy);
        for (size_t k = 0; k < from->item[i].count; k++)
            gf_curve_add(&copy, from->item[i].at[k]);
        copy.closed = from->item[i].closed;
        gf_curves_take(to, &copy);
    }
}

/* Everything that is drawn as a thick line along the flow. */
static gf_curves featured(const gf_portrait *p)
{
    gf_curves all;

    gf_curves_init(&all);
    for (size_t i = 0; i < p->trajectory_count; i++)
        copy_curves(&all, &p->trajectory[i].part);
    copy_curves(&all, &p->stable);
    copy_curves(&all, &p->unstable);
    return all;
}

static bool find_rest(gf_portrait *p)
{
    const gf_classification *c = p->c;

    p->rest = malloc((c->count + 1) * sizeof *p->rest);
    p->rest_index = malloc((c->count + 1) * sizeof *p->rest_index);
    if (!p->rest || !p->rest_index)
        return false;
    for (size_t i = 0; i < c->count; i++) {
        gf_vec2 at = gf_view_page(&p->view, c->point[i].at);
        if (!gf_vec2_finite(at) || gf_box_depth(p->view.box, at) < -0.01)
            continue;
        p->rest_index[p->rest_count] = i;
        p->rest[p->rest_count++] = at;
    }
    return true;
}

static void find_unphysical(gf_portrait *p)
{
    const gf_field *field = p->view.field;
    gf_box box = p->view.box;
    double edge;

    p->unphysical = (gf_box){1, 1, 0, 0};
    if (!field->has_physical || !isfinite(field->physical.lo))
        return;
    edge = gf_view_page(&p->view,
                        (gf_vec2){p->view.window[0].lo, field->physical.lo})
               .y;
    if (edge < box.y1)
        p->unphysical = (gf_box){box.x0, fmax(edge, box.y0), box.x1, box.y1};
}

/* z + h v(z) from a start, as far as it is not far out of the window. */
static void iterate(gf_portrait_run *run, const gf_view *view, gf_vec2 z,
                    double h)
{
    gf_box far = gf_box_grow(view->box, view->box.x1 - view->box.x0);
    gf_curve curve;

    gf_curve_init(&curve);
    for (int i = 0; i <= ITERATES; i++) {
        gf_vec2 page = gf_view_page(view, z);
        if (!gf_vec2_finite(page) || !gf_box_has(far, page))
            break;
        gf_curve_add(&curve, page);
        z = gf_vec2_along(z, h, gf_field_at(z, view->field));
    }
    gf_curves_take(&run->steps, &curve);
}

static bool find_trajectories(gf_portrait *p, const gf_portrait_plan *plan)
{
    p->trajectory = calloc(plan->start_count + 1, sizeof *p->trajectory);
    if (!p->trajectory)
        return false;
    for (size_t i = 0; i < plan->start_count; i++) {
        gf_portrait_run *t = &p->trajectory[p->trajectory_count];
        t->start = gf_view_page(&p->view, plan->start[i]);
        if (!gf_vec2_finite(t->start))
            continue;
        t->end = gf_view_follow(&t->part, &p->view, plan->start[i], 1, p->rest,
                                p->rest_count);
        if (plan->euler > 0)
            iterate(t, &p->view, plan->start[i], plan->euler);
        p->trajectory_count++;
    }
    return true;
}

static gf_status find_levels(gf_portrait *p, gf_error *error)
{
    const gf_classification *c = p->c;
    gf_range height = p->view.window[1];
    gf_levels levels;
    gf_status status;

    if (!has(p, GF_FEATURE_ENERGY) && !has(p, GF_FEATURE_REGION))
        return GF_OK;
    status = gf_levels_init(&levels, &p->view, c, error);
    if (status)
        return status;
    for (int i = 1; has(p, GF_FEATURE_ENERGY) && i <= LEVELS; i++) {
        /* even steps of p_g - p_d */
        double step = (height.hi - height.lo) / (LEVELS + 1) * i;
        gf_levels_draw(&p->energy, &levels, step * step / (2 * levels.b));
    }
    if (has(p, GF_FEATURE_REGION) && c->has_energy &&
        c->energy.region == GF_REGION_LEVEL)
        gf_levels_draw(&p->region, &levels, c->energy.region_level);
    gf_levels_clear(&levels);
    return GF_OK;
}

/* At least one, if need be on a nullcline. */
static void place_run_heads(gf_portrait_run *run, gf_head_plan plan)
{
    gf_heads_place(&run->heads, &run->part, &plan);
    if (run->heads.count > 0)
        return;
    plan.curves = NULL;
    gf_heads_place(&run->heads, &run->part, &plan);
}

/* Arrowheads of trajectories first, then of streamlines, clear of all. */
static void place_heads(gf_portrait *p, const gf_curves *thick)
{
    gf_head_plan plan = {.box = p->view.box,
                         .clear = large_clear,
                         .every = large_every,
                         .points = p->rest,
                         .point_count = p->rest_count};
    gf_curves across;

    gf_curves_init(&across);
    for (int i = 0; i < 2; i++)
        copy_curves(&across, &p->nullcline[i]);
    plan.curves = &across;
    for (size_t i = 0; i < p->trajectory_count; i++)
        place_run_heads(&p->trajectory[i], plan);
    copy_curves(&across, thick);
    copy_curves(&across, &p->region);
    copy_curves(&across, &p->energy);
    plan.clear = head_clear;
    plan.every = head_every;
    gf_heads_place(&p->heads, &p->streamlines, &plan);
    p->streamlines.failed = p->streamlines.failed || across.failed;
    gf_curves_clear(&across);
}

static gf_status place_lines(gf_portrait *p, const gf_portrait_plan *plan,
                             gf_error *error)
{
    gf_curves thick = featured(p);
    gf_stream_plan stream = {.wind = {gf_view_wind, &p->view},
                             .box = p->view.box,
                             .separation = plan->separation,
                             .others = &thick,
                             .rest = p->rest,
                             .rest_count = p->rest_count,
                             .clear = plan->marker + air};
    gf_status status = GF_OK;

    if (has(p, GF_FEATURE_STREAMLINES))
        status = gf_streamlines_place(&p->streamlines, &stream, error);
    if (status == GF_OK)
        place_heads(p, &thick);
    if (status == GF_OK && thick.failed)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    gf_curves_clear(&thick);
    return status;
}

/* --- the whole --------------------------------------------------------- */

static gf_status check_plan(const gf_portrait_plan *plan, const gf_view *view,
                            gf_error *error)
{
    for (int i = 0; i < 2; i++) {
        gf_range w = plan->window[i];
        if (!isfinite(w.lo) || !isfinite(w.hi) || !(w.hi - w.lo > 0) ||
            !isfinite(w.hi - w.lo) ||
            !(w.hi - w.lo > 1e-9 * fmax(fabs(w.lo), fabs(w.hi))))
            return gf_error_set(error, GF_ARGUMENT,
                                "the window of %s, %g to %g, has no width",
                                view->field->axis_name[i], w.lo, w.hi);
    }
    for (int y = 0; y <= PROBE; y++)
        for (int x = 0; x <= PROBE; x++) {
            gf_box b = view->box;
            gf_vec2 p = {b.x0 + (b.x1 - b.x0) * (x + 0.5) / (PROBE + 1),
                         b.y0 + (b.y1 - b.y0) * (y + 0.5) / (PROBE + 1)};
            if (gf_vec2_finite(gf_view_wind(p, view)))
                return GF_OK;
        }
    return gf_error_set(error, GF_ARGUMENT,
                        "the field is defined nowhere in the window");
}

static bool is_short_of_memory(const gf_portrait *p)
{
    bool failed = p->streamlines.failed || p->nullcline[0].failed ||
                  p->nullcline[1].failed || p->stable.failed ||
                  p->unstable.failed || p->energy.failed || p->region.failed ||
                  p->heads.failed;

    for (size_t i = 0; i < p->trajectory_count; i++)
        failed = failed || p->trajectory[i].part.failed ||
                 p->trajectory[i].steps.failed || p->trajectory[i].heads.failed;
    return failed;
}

gf_status gf_portrait_make(gf_portrait *p, const gf_portrait_plan *plan,
                           gf_error *error)
{
    gf_status status;

    *p = (gf_portrait){.c = plan->c, .layers = plan->layers};
    p->view = (gf_view){
        plan->c->field, {plan->window[0], plan->window[1]}, plan->box};
    status = check_plan(plan, &p->view, error);
    if (status)
        return status;
    if (!find_rest(p) ||
        (has(p, GF_FEATURE_TRAJECTORIES) && !find_trajectories(p, plan)))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (has(p, GF_FEATURE_UNPHYSICAL))
        find_unphysical(p);
    else
        p->unphysical = (gf_box){1, 1, 0, 0};
    if (status == GF_OK && has(p, GF_FEATURE_NULLCLINES))
        gf_nullclines_find(p->nullcline, &p->view, plan->c);
    if (status == GF_OK && has(p, GF_FEATURE_SEPARATRICES))
        gf_separatrices_find(&p->stable, &p->unstable, &p->view, plan->c);
    if (status == GF_OK)
        status = find_levels(p, error);
    if (status == GF_OK)
        status = place_lines(p, plan, error);
    if (status == GF_OK && is_short_of_memory(p))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (status)
        gf_portrait_clear(p);
    return status;
}

void gf_portrait_clear(gf_portrait *p)
{
    gf_curves *all[] = {&p->streamlines, &p->nullcline[0], &p->nullcline[1],
                        &p->stable,      &p->unstable,     &p->energy,
                        &p->region};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        gf_curves_clear(all[i]);
    for (size_t i = 0; i < p->trajectory_count; i++) {
        gf_curves_clear(&p->trajectory[i].part);
        gf_curves_clear(&p->trajectory[i].steps);
        gf_heads_clear(&p->trajectory[i].heads);
    }
    gf_heads_clear(&p->heads);
    free(p->trajectory);
    free(p->rest);
    free(p->rest_index);
    *p = (gf_portrait){0};
}
