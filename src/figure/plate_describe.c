/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alt text: what a person sees, told from the analysis. */
#include <math.h>

#include "figure/plate.h"

static void add_eigenvalues(gf_text *out, const gf_spectrum *s)
{
    if (s->im[0] != 0)
        gf_text_addf(out, ", eigenvalues %.4g \xc2\xb1 %.4g i", s->re[0],
                     fabs(s->im[0]));
    else
        gf_text_addf(out, ", eigenvalues %.4g and %.4g", s->re[0], s->re[1]);
}

static void add_point(gf_text *out, const gf_field *field,
                      const gf_rest_point *point)
{
    gf_text_addf(out, " %s at %s = %.6g, %s = %.6g", gf_type_name(point->type),
                 field->axis_name[0], point->at.x, field->axis_name[1],
                 point->at.y);
    if (point->smooth)
        add_eigenvalues(out, &point->spectrum);
    gf_text_add(out,
                point->wanted == GF_YES ? " (the wanted rest point)." : ".");
}

static void add_runs(gf_text *out, const gf_portrait *p)
{
    size_t rest = 0, closed = 0;

    for (size_t i = 0; i < p->trajectory_count; i++) {
        const gf_portrait_run *run = &p->trajectory[i];
        rest += run->end.halt == GF_HALT_REST;
        closed += run->end.cycles;
    }
    if (p->trajectory_count == 0)
        return;
    gf_text_addf(out, " %zu %s from the marked starts", p->trajectory_count,
                 p->trajectory_count == 1 ? "trajectory" : "trajectories");
    if (rest)
        gf_text_addf(out, ", %zu to a rest point", rest);
    if (closed)
        gf_text_addf(out, ", %zu on closed orbits", closed);
    gf_text_add(out, ".");
}

static void add_panel(gf_text *out, const gf_plate *plate, size_t i,
                      const gf_portrait *p)
{
    const gf_classification *c = plate->panel[i].c;
    const gf_field *field = c->field;
    const gf_range *w = p->view.window;

    if (plate->count > 1)
        gf_text_addf(out, "%s(%c) ", i ? " " : "", (char)('a' + i % 26));
    gf_text_addf(out, "%s, %s from %.6g to %.6g and %s from %.6g to %.6g.",
                 field->title[0] ? field->title : field->name,
                 field->axis_name[0], w[0].lo, w[0].hi, field->axis_name[1],
                 w[1].lo, w[1].hi);
    for (size_t k = 0; k < p->rest_count; k++)
        add_point(out, field, &c->point[p->rest_index[k]]);
    if (p->rest_count == 0)
        gf_text_add(out, " No rest point in the window.");
    if (c->complete != GF_YES)
        gf_text_add(out, " Rest points were found by search; there may be "
                         "others.");
    if (c->has_energy && c->energy.region == GF_REGION_WHOLE)
        gf_text_add(out, " Everything is proved to converge.");
    add_runs(out, p);
}

void gf_plate_describe(gf_text *out, const gf_plate *plate,
                       const gf_portrait *portraits)
{
    for (size_t i = 0; i < plate->count; i++)
        add_panel(out, plate, i, &portraits[i]);
    gf_text_add(out, " Curves by Dormand and Prince's method, error per step "
                     "below 1e-5 pt of the page.");
}
