/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/stretch.h"

#include <stdlib.h>

bool gf_is_conserved(const gf_study *s, const gf_study_piece *p)
{
    return p->chart_s.zero || s->p_d_number == 0;
}

int gf_well_sign(const gf_study *s, const gf_stretch *t)
{
    int side = t->lo >= s->d0.value ? 1 : -1;

    return -side * t->g * t->d2;
}

int gf_decay_sign(const gf_study *s, const gf_study_piece *p,
                  const gf_stretch *t)
{
    return gf_is_conserved(s, p) ? 0 : t->g * t->s * t->d2;
}

static bool is_in_root(const gf_chart *chart, const gf_stretch *t)
{
    for (size_t i = 0; i < chart->count; i++)
        if (chart->cell[i].is_root && chart->cell[i].lo <= t->lo &&
            t->hi <= chart->cell[i].hi)
            return true;
    return false;
}

bool gf_stretch_is_hair(const gf_study_piece *p, const gf_stretch *t)
{
    return is_in_root(&p->chart_g, t) || is_in_root(&p->chart_s, t) ||
           is_in_root(&p->chart_d2, t);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double *gf_stretch_breaks(const gf_study_piece *p, size_t *count)
{
    const gf_chart *chart[3] = {&p->chart_g, &p->chart_s, &p->chart_d2};
    size_t most = 2;
    double *x;

    for (int i = 0; i < 3; i++)
        most += 2 * chart[i]->count;
    x = malloc(most * sizeof *x);
    if (!x)
        return NULL;
    x[0] = p->lo;
    x[1] = p->hi;
    *count = 2;
    for (int i = 0; i < 3; i++)
        for (size_t k = 0; k < chart[i]->count; k++) {
            x[(*count)++] = chart[i]->cell[k].lo;
            x[(*count)++] = chart[i]->cell[k].hi;
        }
    qsort(x, *count, sizeof *x, by_value);
    return x;
}

static int sign_between(const gf_chart *chart, double lo, double hi)
{
    return chart->zero ? 0 : gf_chart_sign(chart, lo, hi);
}

gf_stretch gf_stretch_of(const gf_study_piece *p, double lo, double hi)
{
    return (gf_stretch){lo, hi, sign_between(&p->chart_g, lo, hi),
                        sign_between(&p->chart_s, lo, hi),
                        sign_between(&p->chart_d2, lo, hi)};
}
