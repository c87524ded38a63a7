/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/region.h"

#include <math.h>
#include <stdlib.h>

#include "expr/node.h"

enum { BOXES = 20000 };

/* --- the queue --------------------------------------------------------- */

gf_status gf_region_push(gf_region_queue *q, gf_region_box box)
{
    if (q->count == q->capacity) {
        size_t wanted = q->capacity ? 2 * q->capacity : 64;
        gf_region_box *moved = realloc(q->box, wanted * sizeof *moved);
        if (!moved)
            return gf_error_set(q->error, GF_MEMORY, "out of memory");
        q->box = moved;
        q->capacity = wanted;
    }
    size_t i = q->count++;
    for (; i > 0 && q->box[(i - 1) / 2].key > box.key; i = (i - 1) / 2)
        q->box[i] = q->box[(i - 1) / 2];
    q->box[i] = box;
    return GF_OK;
}

bool gf_region_pop(gf_region_box *out, gf_region_queue *q)
{
    size_t i = 0;

    if (q->count == 0)
        return false;
    *out = q->box[0];
    gf_region_box last = q->box[--q->count];
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= q->count)
            break;
        if (child + 1 < q->count && q->box[child + 1].key < q->box[child].key)
            child++;
        if (!(q->box[child].key < last.key))
            break;
        q->box[i] = q->box[child];
        i = child;
    }
    if (q->count > 0)
        q->box[i] = last;
    return true;
}

double gf_region_level(double level)
{
    return level * (1 - 1e-12);
}

/* --- both forms -------------------------------------------------------- */

static gf_status find_distance(gf_form *form, const gf_classification *c,
                               size_t boxes, gf_error *error)
{
    gf_budget budget = gf_budget_make(0);
    gf_study study;
    gf_status status = gf_study_init(&study, c->field, &budget, error);

    if (!status)
        status = gf_region_distance(form, &study, c, boxes);
    gf_study_clear(&study);
    return status;
}

static gf_form nothing(void)
{
    return (gf_form){.proved = GF_UNKNOWN,
                     .centre = {NAN, NAN},
                     .xx = NAN,
                     .xy = NAN,
                     .yy = NAN,
                     .level = NAN,
                     .most = NAN};
}

/* A proof that has grown too large proves nothing. */
static gf_status soften(gf_form *form, gf_status status, gf_graph *graph)
{
    if (status != GF_LIMIT)
        return status;
    if (graph->failure == GF_LIMIT)
        graph->failure = GF_OK;
    form->proved = GF_UNKNOWN;
    form->level = NAN;
    return GF_OK;
}

gf_status gf_regions_find(gf_regions *out, const gf_classification *c,
                          const gf_region_options *options, gf_error *error)
{
    size_t boxes = options && options->boxes > 0 ? options->boxes : BOXES;
    gf_graph *graph = c->field->graph;
    gf_status status = GF_OK;

    out->distance = out->quadratic = nothing();
    if (c->wanted >= c->count || graph->approximate)
        return GF_OK;
    if (c->field->kind == GF_POINTWISE)
        status = soften(&out->distance,
                        find_distance(&out->distance, c, boxes, error), graph);
    if (!status)
        status = soften(&out->quadratic,
                        gf_region_quadratic(&out->quadratic, c, boxes, error),
                        graph);
    return status ? status : gf_graph_check(graph, error);
}

/* V = r^2 at centre + r (cos/l11 - l21 sin/(l11 l22), sin/l22), the form being
   L L^T: with (l11 x + l21 y)^2 + (l22 y)^2. */
gf_vec2 gf_form_point(const gf_form *form, double angle)
{
    double l11 = sqrt(form->xx), l21 = form->xy / l11;
    double l22 = sqrt(form->yy - l21 * l21);
    double r = isfinite(form->level) ? sqrt(form->level) : NAN;
    double y = r * sin(angle) / l22;

    return (gf_vec2){form->centre.x + (r * cos(angle) - l21 * y) / l11,
                     form->centre.y + y};
}
