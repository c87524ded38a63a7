/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stability along axes, each line with its exact boundary. */
#include <ganfield/stability.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Most radii of one map. */
enum { CELLS_MAX = 4000000 };

void gf_stability_over_init(gf_stability_over *over)
{
    *over = (gf_stability_over){.axes = 0};
}

void gf_stability_over_clear(gf_stability_over *over)
{
    for (size_t i = 0; i < over->lines; i++)
        gf_stability_clear(&over->line[i]);
    free(over->line);
    free(over->radius);
    gf_stability_over_init(over);
}

static gf_status allocate(gf_stability_over *over, gf_error *error)
{
    size_t lines = 1, cells = 1;

    over->along = over->axes;
    for (size_t i = 0; i < over->axes; i++) {
        size_t count = over->axis[i].count;
        if (count > CELLS_MAX || cells > CELLS_MAX / count)
            return gf_error_set(error, GF_LIMIT, "at most %d values",
                                CELLS_MAX);
        cells *= count;
        if (strcmp(over->axis[i].name, "h") == 0)
            over->along = i;
        else
            lines *= count;
    }
    over->line = calloc(lines, sizeof *over->line);
    if (over->along < over->axes)
        over->radius = calloc(cells, sizeof *over->radius);
    if (!over->line || (over->along < over->axes && !over->radius))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (; over->lines < lines; over->lines++)
        gf_stability_init(&over->line[over->lines]);
    return GF_OK;
}

double gf_stability_over_value(const gf_stability_over *over, size_t i,
                               size_t line)
{
    for (size_t k = over->axes; k-- > 0;) {
        size_t count = over->axis[k].count;
        if (k == over->along)
            continue;
        if (k == i)
            return gf_sweep_axis_at(&over->axis[i], line % count);
        line /= count;
    }
    return NAN;
}

/* The game and the optimizer at values of the axes. */
static gf_status set(gf_linear *game, gf_optimizer *optimizer,
                     const gf_stability_over *over, const double *x,
                     gf_error *error)
{
    gf_status status = GF_OK;

    for (size_t i = over->axes; i-- > 0 && !status;) {
        const char *name = over->axis[i].name;
        if (i == over->along)
            continue;
        if (strcmp(name, "speed") == 0)
            game->speed[0] = x[i] * game->speed[1];
        else
            status = gf_optimizer_set(optimizer, name, x[i], error);
    }
    return status;
}

static gf_status set_line(gf_linear *game, gf_optimizer *optimizer,
                          const gf_stability_over *over, size_t line,
                          gf_error *error)
{
    double x[GF_SWEEP_AXES_MAX];

    for (size_t i = 0; i < over->axes; i++)
        x[i] = gf_stability_over_value(over, i, line);
    return set(game, optimizer, over, x, error);
}

gf_status gf_stability_over_radius(double *out, const gf_stability_over *over,
                                   const double *x, const gf_linear *game,
                                   const gf_optimizer *optimizer,
                                   const gf_stability_options *options,
                                   gf_error *error)
{
    gf_linear own = *game;
    gf_optimizer rule = *optimizer;
    gf_stability_options how = *options;

    *out = NAN;
    if (over->along < over->axes)
        how.step = x[over->along];
    gf_status status = set(&own, &rule, over, x, error);
    return status ? status : gf_stability_radius(out, &own, &rule, &how, error);
}

static gf_status find_radii(double *radius, const gf_sweep_axis *axis,
                            const gf_linear *game,
                            const gf_optimizer *optimizer,
                            const gf_stability_options *options,
                            gf_error *error)
{
    gf_stability_options how = *options;
    gf_status status = GF_OK;

    for (size_t k = 0; k < axis->count && !status; k++) {
        how.step = gf_sweep_axis_at(axis, k);
        status = gf_stability_radius(&radius[k], game, optimizer, &how, error);
    }
    return status;
}

gf_status gf_stability_over_find(gf_stability_over *over, const gf_linear *game,
                                 const gf_optimizer *optimizer,
                                 const gf_stability_options *options,
                                 gf_error *error)
{
    gf_status status = allocate(over, error);

    for (size_t i = 0; i < over->lines && !status; i++) {
        gf_linear own = *game;
        gf_optimizer rule = *optimizer;
        gf_stability_options how = *options;
        how.intervals_only = over->along < over->axes;
        status = set_line(&own, &rule, over, i, error);
        if (!status)
            status =
                gf_stability_find(&over->line[i], &own, &rule, &how, error);
        if (!status && over->radius) {
            const gf_sweep_axis *axis = &over->axis[over->along];
            status = find_radii(over->radius + i * axis->count, axis, &own,
                                &rule, options, error);
        }
    }
    return status;
}
