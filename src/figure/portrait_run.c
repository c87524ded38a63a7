/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs from the starts: of the flow, and of optimizers. */
#include "figure/portrait.h"

#include <math.h>
#include <stdlib.h>

/* A line through iterates has no more points than that. */
enum { LINE_MOST = 2000 };

size_t gf_portrait_every(const gf_portrait_map *map)
{
    return (map->options.steps + GF_PORTRAIT_RINGS - 1) / GF_PORTRAIT_RINGS;
}

/* Copies the rows as far as they are not far out of the window. */
static void draw_rows(gf_portrait_steps *steps, const gf_trajectory *run,
                      const gf_view *view, size_t every)
{
    double width = view->box.x1 - view->box.x0;
    gf_box far = gf_box_grow(view->box, width);
    size_t thin = 1; /* a part of `every`, so that all markers are on it */

    while (run->count / thin > LINE_MOST && thin < every)
        thin++;
    while (every % thin)
        thin++;
    steps->every = every / thin;
    for (size_t i = 0; i < run->count; i += thin) {
        gf_vec2 page = gf_view_page(view, run->row[i].at);
        if (!gf_vec2_finite(page) || !gf_box_has(far, page))
            return;
        gf_curve_add(&steps->curve, page);
    }
}

static gf_status iterate(gf_portrait_steps *steps, const gf_view *view,
                         gf_vec2 start, const gf_portrait_map *map,
                         gf_error *error)
{
    gf_trajectory run;
    gf_status status;

    gf_trajectory_init(&run);
    status = gf_optimizer_run(&run, view->field, start, &map->optimizer,
                              &map->options, error);
    if (status == GF_OK)
        draw_rows(steps, &run, view, gf_portrait_every(map));
    steps->stop = run.stop;
    gf_trajectory_clear(&run);
    if (steps->curve.failed)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    return status;
}

static gf_status run_from(gf_portrait *p, gf_portrait_run *run, gf_vec2 start,
                          gf_error *error)
{
    const gf_field *field = p->view.field;
    gf_status status = GF_OK;

    run->from = start;
    run->start = gf_view_page(&p->view, start);
    if (!gf_vec2_finite(gf_field_at(start, field)))
        return gf_error_set(error, GF_ARGUMENT,
                            "the start %s = %g, %s = %g is outside of the "
                            "field's domain",
                            field->axis_name[0], start.x, field->axis_name[1],
                            start.y);
    if (gf_portrait_has(p, GF_FEATURE_TRAJECTORIES))
        run->end = gf_view_follow(&run->part, &p->view, start, 1, p->rest,
                                  p->rest_count);
    for (size_t i = 0; i < p->map_count && status == GF_OK; i++)
        status = iterate(&run->steps[i], &p->view, start, &p->map[i], error);
    return status;
}

gf_status gf_portrait_run_all(gf_portrait *p, const gf_portrait_plan *plan,
                              gf_error *error)
{
    gf_status status = GF_OK;

    if (gf_portrait_has(p, GF_FEATURE_ITERATIONS)) {
        p->map = plan->map;
        p->map_count = plan->map_count;
    }
    if (!gf_portrait_has(p, GF_FEATURE_TRAJECTORIES) && p->map_count == 0)
        return GF_OK;
    p->trajectory = calloc(plan->start_count + 1, sizeof *p->trajectory);
    if (!p->trajectory)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < plan->start_count && status == GF_OK; i++)
        status = run_from(p, &p->trajectory[p->trajectory_count++],
                          plan->start[i], error);
    return status;
}

void gf_portrait_run_clear(gf_portrait_run *run)
{
    gf_curves_clear(&run->part);
    gf_heads_clear(&run->heads);
    for (size_t i = 0; i < GF_PORTRAIT_MAPS; i++)
        gf_curve_clear(&run->steps[i].curve);
}
