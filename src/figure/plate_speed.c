/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speeds the colours of a plate stand for: those of all panels that show
 * them, but for the few slowest (beside rest points) and fastest (beside poles
 * of the field). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure/plate.h"

enum { SIDE = 48 };

static const double tail = 0.02;        /* of the speeds, at either end */
static const double log_from = 8;       /* high / low */
static const double widest_range = 1e6; /* that a bar shows */

static bool shows(const gf_plate_panel *panel)
{
    return panel->layers >> GF_FEATURE_SPEED & 1 &&
           panel->layers >> GF_FEATURE_STREAMLINES & 1;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static size_t sample(double *speed, const gf_plate_panel *panel)
{
    const gf_range *w = panel->window;
    size_t count = 0;

    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            gf_vec2 p = {w[0].lo + (w[0].hi - w[0].lo) * (x + 0.5) / SIDE,
                         w[1].lo + (w[1].hi - w[1].lo) * (y + 0.5) / SIDE};
            double fast = gf_vec2_size(gf_field_at(p, panel->c->field));
            if (isfinite(fast) && fast > 0)
                speed[count++] = fast;
        }
    return count;
}

/* |d(D, p_g)/dt|, or |dz/dt| where panels have names of their own. */
static void add_name(gf_rich *name, const gf_plate *plate)
{
    const gf_field *first = plate->panel[0].c->field;
    bool same = true;

    for (size_t i = 1; i < plate->count; i++)
        for (int k = 0; k < 2; k++)
            same = same && strcmp(plate->panel[i].c->field->axis_name[k],
                                  first->axis_name[k]) == 0;
    gf_rich_add(name, GF_UPRIGHT, "|d");
    if (same) {
        gf_rich_add(name, GF_UPRIGHT, "(");
        gf_rich_math(name, first->axis_name[0]);
        gf_rich_add(name, GF_UPRIGHT, ", ");
        gf_rich_math(name, first->axis_name[1]);
        gf_rich_add(name, GF_UPRIGHT, ")");
    } else {
        gf_rich_math(name, "z");
    }
    gf_rich_add(name, GF_UPRIGHT, "/d");
    gf_rich_math(name, "t");
    gf_rich_add(name, GF_UPRIGHT, "|");
}

gf_status gf_plate_speed(gf_page *page, const gf_plate *plate, gf_error *error)
{
    gf_scale *scale = &page->scale;
    double *speed;
    size_t count = 0;

    speed = malloc(plate->count * SIDE * SIDE * sizeof *speed);
    if (!speed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < plate->count; i++)
        if (shows(&plate->panel[i]))
            count += sample(speed + count, &plate->panel[i]);
    if (count > 0) {
        size_t skip = (size_t)(tail * (double)count);
        qsort(speed, count, sizeof *speed, compare);
        scale->shown = true;
        scale->high = speed[count - 1 - skip];
        scale->low = fmax(speed[skip], scale->high / widest_range);
        if (!(scale->high > scale->low * 1.01)) { /* all alike */
            scale->low /= 2;
            scale->high *= 2;
        }
        scale->log = scale->high > log_from * scale->low;
        scale->cut = skip > 0;
        add_name(&scale->name, plate);
    }
    free(speed);
    return GF_OK;
}
