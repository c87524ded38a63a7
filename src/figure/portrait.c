/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/portrait.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure/form.h"
#include "figure/nullcline.h"

enum { PROBE = 24 };

static const double head_clear = 4, head_every = 40;    /* pt */
static const double large_clear = 5, large_every = 160; /* pt */
static const double air = 1.6; /* pt: between a marker and a streamline */

/* --- layers ------------------------------------------------------------ */

#define LAYER_ROW(name, text, on, about) {text, on},
static const struct layer_row {
    const char *name;
    int on;
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

gf_feature gf_feature_find(const char *name)
{
    int i = 0;

    while (i < GF_FEATURE_COUNT && strcmp(layer_rows[i].name, name) != 0)
        i++;
    return (gf_feature)i;
}

bool gf_portrait_has(const gf_portrait *p, gf_feature layer)
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

/* What of the window lies beyond one end of the domain. */
static void add_outside(gf_portrait *p, int axis, bool high)
{
    gf_range domain = p->view.field->domain[axis], w = p->view.window[axis];
    double end = high ? domain.hi : domain.lo;
    gf_box box = p->view.box;
    gf_vec2 at = {end, end};

    if (!isfinite(end) || (high ? end >= w.hi : end <= w.lo))
        return;
    at = gf_view_page(&p->view, at);
    if (axis == 0 && high)
        box.x0 = fmax(box.x0, at.x);
    else if (axis == 0)
        box.x1 = fmin(box.x1, at.x);
    else if (high)
        box.y1 = fmin(box.y1, at.y);
    else
        box.y0 = fmax(box.y0, at.y);
    p->outside[p->outside_count++] = box;
}

static void find_unphysical(gf_portrait *p)
{
    const gf_field *field = p->view.field;
    gf_box box = p->view.box;
    double edge;

    p->unphysical = (gf_box){1, 1, 0, 0};
    for (int i = 0; i < GF_PORTRAIT_SIDES; i++)
        add_outside(p, i / 2, i % 2);
    if (!field->has_physical || !isfinite(field->physical.lo))
        return;
    edge = gf_view_page(&p->view,
                        (gf_vec2){p->view.window[0].lo, field->physical.lo})
               .y;
    if (edge < box.y1)
        p->unphysical = (gf_box){box.x0, fmax(edge, box.y0), box.x1, box.y1};
}

static void find_nullclines(gf_portrait *p)
{
    gf_nullclines_find(p->nullcline, &p->view, p->c);
    gf_flat_find(p->flat, &p->view);
    for (int i = 0; i < 2; i++)
        p->nullcline[i].failed = p->nullcline[i].failed || p->flat[i].failed;
}

static double two_digits(double x)
{
    double unit = pow(10, floor(log10(x)) - 1);

    return unit >= 1 ? round(x / unit) * unit
                     : round(x / unit) / round(1 / unit);
}

static gf_status find_levels(gf_portrait *p, gf_error *error)
{
    const gf_classification *c = p->c;
    gf_range height = p->view.window[1];
    gf_levels levels;
    gf_status status;

    if (!gf_portrait_has(p, GF_FEATURE_ENERGY) &&
        !gf_portrait_has(p, GF_FEATURE_REGION))
        return GF_OK;
    status = gf_levels_init(&levels, &p->view, c, error);
    if (status)
        return status;
    for (int i = 1; gf_portrait_has(p, GF_FEATURE_ENERGY) &&
                    gf_levels_there(&levels) && i <= GF_PORTRAIT_LEVELS;
         i++) {
        /* even steps of p_g - p_d, but numbers of two digits */
        double step = (height.hi - height.lo) / (GF_PORTRAIT_LEVELS + 1) * i;
        double level = two_digits(step * step / (2 * levels.b));
        gf_levels_draw(&p->energy, &levels, level);
        p->level[p->levels++] = level;
        p->level_first[p->levels] = p->energy.count;
    }
    if (gf_portrait_has(p, GF_FEATURE_REGION) && c->has_energy &&
        c->energy.region == GF_REGION_LEVEL)
        gf_levels_draw(&p->region, &levels, c->energy.region_level);
    gf_levels_clear(&levels);
    return GF_OK;
}

static gf_status find_forms(gf_portrait *p, gf_error *error)
{
    gf_regions regions;

    if (!gf_portrait_has(p, GF_FEATURE_REGION_F) &&
        !gf_portrait_has(p, GF_FEATURE_REGION_V))
        return GF_OK;
    gf_status status = gf_regions_find(&regions, p->c, NULL, error);
    if (!status && gf_portrait_has(p, GF_FEATURE_REGION_F))
        gf_form_draw(&p->form[0], &p->view, &regions.distance);
    if (!status && gf_portrait_has(p, GF_FEATURE_REGION_V))
        gf_form_draw(&p->form[1], &p->view, &regions.quadratic);
    return status;
}

/* At least one, if need be on another run, or on a nullcline. */
static void place_run_heads(gf_portrait *p, size_t i, gf_head_plan plan)
{
    gf_portrait_run *run = &p->trajectory[i];
    gf_curves across;

    gf_curves_init(&across);
    copy_curves(&across, plan.curves);
    for (size_t k = 0; k < p->trajectory_count; k++)
        if (k != i)
            copy_curves(&across, &p->trajectory[k].part);
    /* nearer to each other, one finds room where others do not; beside
       another run one is enough */
    const struct {
        const gf_curves *curves;
        double every;
        size_t most;
    } tries[] = {{&across, plan.every, SIZE_MAX},
                 {&across, plan.every / 8, 2},
                 {plan.curves, INFINITY, 1},
                 {NULL, INFINITY, 1}};
    for (size_t k = 0; k < 4 && run->heads.count == 0; k++) {
        plan.curves = tries[k].curves;
        plan.every = tries[k].every;
        gf_heads_place(&run->heads, &run->part, &plan);
        if (run->heads.count > tries[k].most)
            run->heads.count = tries[k].most;
    }
    run->part.failed = run->part.failed || across.failed;
    gf_curves_clear(&across);
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
        place_run_heads(p, i, plan);
    copy_curves(&across, thick);
    copy_curves(&across, &p->region);
    copy_curves(&across, &p->form[0]);
    copy_curves(&across, &p->form[1]);
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

    if (gf_portrait_has(p, GF_FEATURE_STREAMLINES))
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
                  p->form[0].failed || p->form[1].failed || p->heads.failed;

    for (size_t i = 0; i < p->trajectory_count; i++)
        failed = failed || p->trajectory[i].part.failed ||
                 p->trajectory[i].heads.failed;
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
    status = find_rest(p) ? gf_portrait_run_all(p, plan, error)
                          : gf_error_set(error, GF_MEMORY, "out of memory");
    if (gf_portrait_has(p, GF_FEATURE_UNPHYSICAL))
        find_unphysical(p);
    else
        p->unphysical = (gf_box){1, 1, 0, 0};
    if (status == GF_OK && gf_portrait_has(p, GF_FEATURE_NULLCLINES))
        find_nullclines(p);
    if (status == GF_OK && gf_portrait_has(p, GF_FEATURE_SEPARATRICES))
        gf_separatrices_find(&p->stable, &p->unstable, &p->view, plan->c);
    if (status == GF_OK)
        status = find_levels(p, error);
    if (status == GF_OK)
        status = find_forms(p, error);
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
                        &p->region,      &p->form[0],      &p->form[1]};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        gf_curves_clear(all[i]);
    for (size_t i = 0; i < p->trajectory_count; i++)
        gf_portrait_run_clear(&p->trajectory[i]);
    gf_heads_clear(&p->heads);
    for (int i = 0; i < 2; i++)
        gf_path_clear(&p->flat[i]);
    free(p->trajectory);
    free(p->rest);
    free(p->rest_index);
    *p = (gf_portrait){0};
}
