/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of sweeps and basins on the command line. */
#ifndef GANFIELD_CLI_CHART_H
#define GANFIELD_CLI_CHART_H

#include "cli/options.h"
#include "figure/map.h"
#include "figure/profile.h"

extern const struct poptOption gf_chart_table[];

/* Does -o ask for a figure? */
bool gf_chart_asked(const gf_call *call);
/* Says what is wrong with how it is to look, before anything is computed; an
 * exit status. */
int gf_chart_check(const gf_call *call);
struct gf_plate;

/* Makes the scene of a figure that is to look like the plate. */
typedef gf_status gf_chart_compose(gf_scene *scene, void *figure,
                                   const struct gf_plate *plate,
                                   const gf_typesetter *typesetter,
                                   gf_error *error);
/* Reads how a figure is to look, composes it and writes the file; an exit
 * status. */
int gf_chart_draw(const gf_call *call, gf_chart_compose *compose, void *figure);
/* Gives a map its size, theme, title and author, draws it and writes the file;
 * an exit status. */
int gf_chart_write(const gf_call *call, gf_map *map);
int gf_chart_write_profile(const gf_call *call, gf_profile *profile);
/* Draws them and writes the file; an exit status. */
int gf_chart_sweep(const gf_call *call, const gf_sweep *sweep,
                   const char *command);
/* ... of a sweep over one axis. */
int gf_chart_line(const gf_call *call, const gf_sweep *sweep,
                  const char *command);
int gf_chart_basin(const gf_call *call, const gf_basin *basin,
                   const char *command);

#endif
