/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers behind a picture, for whoever draws it anew. */
#include "base/number.h"
#include "figure/portrait.h"

typedef struct table {
    const gf_portrait *p;
    const char *name;
    FILE *file;
} table;

static void write_point(const table *t, const char *layer, size_t curve,
                        size_t point, gf_vec2 page)
{
    gf_vec2 p = gf_view_data(&t->p->view, page);
    char x[GF_NUMBER_SIZE], y[GF_NUMBER_SIZE];

    gf_number_write(x, p.x);
    gf_number_write(y, p.y);
    fprintf(t->file, "%s,%s,%zu,%zu,%s,%s\n", t->name, layer, curve + 1,
            point + 1, x, y);
}

static void write_curves(const table *t, const char *layer, size_t first,
                         const gf_curves *curves)
{
    for (size_t i = 0; i < curves->count; i++) {
        const gf_curve *c = &curves->item[i];
        for (size_t k = 0; k < c->count; k++)
            write_point(t, layer, first + i, k, c->at[k]);
        if (c->closed)
            write_point(t, layer, first + i, c->count, c->at[0]);
    }
}

/* The layer's name is the rule's. */
static void write_steps(const table *t, size_t index,
                        const gf_portrait_map *map, const gf_curve *curve)
{
    for (size_t k = 0; k < curve->count; k++)
        write_point(t, map->optimizer.rule->name, index, k, curve->at[k]);
}

void gf_portrait_write_csv(const gf_portrait *p, const char *name, FILE *file)
{
    table t = {p, name, file};
    size_t first = 0;

    write_curves(&t, "streamline", 0, &p->streamlines);
    write_curves(&t, "nullcline-1", 0, &p->nullcline[0]);
    write_curves(&t, "nullcline-2", 0, &p->nullcline[1]);
    write_curves(&t, "energy", 0, &p->energy);
    write_curves(&t, "region", 0, &p->region);
    write_curves(&t, "region-f", 0, &p->form[0]);
    write_curves(&t, "region-v", 0, &p->form[1]);
    write_curves(&t, "separatrix-stable", 0, &p->stable);
    write_curves(&t, "separatrix-unstable", 0, &p->unstable);
    for (size_t i = 0; i < p->trajectory_count; i++) {
        write_curves(&t, "trajectory", first, &p->trajectory[i].part);
        for (size_t m = 0; m < p->map_count; m++)
            write_steps(&t, i * p->map_count + m, &p->map[m],
                        &p->trajectory[i].steps[m].curve);
        first += p->trajectory[i].part.count;
    }
    for (size_t i = 0; i < p->rest_count; i++)
        write_point(&t, "rest", i, 0, p->rest[i]);
}
