/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mixture of parts and atoms, and what one asks of it. */
#include "analysis/distribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

gf_distribution *gf_distribution_new(const char *text)
{
    gf_distribution *d = calloc(1, sizeof *d);

    if (!d)
        return NULL;
    d->text = strdup(text);
    if (d->text)
        return d;
    free(d);
    return NULL;
}

void gf_distribution_free(gf_distribution *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->parts; i++)
        gf_strips_free(d->part[i].panels);
    free(d->part);
    free(d->atom);
    free(d->atom_below);
    free(d->atom_ramp);
    free(d->cut);
    free(d->text);
    free(d);
}

const char *gf_distribution_text(const gf_distribution *d)
{
    return d->text;
}

/* --- making ------------------------------------------------------------ */

/* Room for one item more; false without memory. */
static bool grow(void **items, size_t *room, size_t count, size_t size)
{
    size_t wanted = *room ? *room * 2 : 4;
    void *moved;

    if (count < *room)
        return true;
    moved = realloc(*items, wanted * size);
    if (!moved)
        return false;
    *items = moved;
    *room = wanted;
    return true;
}

gf_status gf_distribution_add_part(gf_distribution *d, gf_part part,
                                   gf_error *error)
{
    gf_status status = GF_OK;
    void *items = d->part;

    if (d->parts == GF_DISTRIBUTION_PARTS_MAX)
        status =
            gf_error_set(error, GF_LIMIT, "more than %d parts of a mixture",
                         GF_DISTRIBUTION_PARTS_MAX);
    else if (!grow(&items, &d->part_room, d->parts, sizeof part))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    d->part = items;
    if (status || part.weight == 0) {
        gf_strips_free(part.panels);
        return status;
    }
    d->part[d->parts++] = part;
    return GF_OK;
}

gf_status gf_distribution_add_atom(gf_distribution *d, double at, double mass,
                                   gf_error *error)
{
    void *items = d->atom;

    if (d->atoms == GF_DISTRIBUTION_ATOMS_MAX)
        return gf_error_set(error, GF_LIMIT, "more than %d points",
                            GF_DISTRIBUTION_ATOMS_MAX);
    if (!grow(&items, &d->atom_room, d->atoms, sizeof *d->atom))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    d->atom = items;
    if (mass > 0)
        d->atom[d->atoms++] = (gf_atom){at + 0.0, mass};
    return GF_OK;
}

static int compare_atoms(const void *a, const void *b)
{
    const gf_atom *first = a, *second = b;

    return (first->at > second->at) - (first->at < second->at);
}

gf_status gf_distribution_finish(gf_distribution *d, gf_error *error)
{
    size_t count = 0;

    if (d->atoms > 0)
        qsort(d->atom, d->atoms, sizeof *d->atom, compare_atoms);
    for (size_t i = 0; i < d->atoms; i++) {
        if (count > 0 && d->atom[count - 1].at == d->atom[i].at)
            d->atom[count - 1].mass += d->atom[i].mass;
        else
            d->atom[count++] = d->atom[i];
    }
    d->atoms = count;
    d->atom_below = malloc((count + 1) * sizeof *d->atom_below);
    if (!d->atom_below)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    d->atom_below[0] = 0;
    for (size_t i = 0; i < count; i++)
        d->atom_below[i + 1] = d->atom_below[i] + d->atom[i].mass;
    gf_status status = gf_distribution_lay_ramps(d, error);
    return status ? status : gf_distribution_cut(d, error);
}

/* --- asking ------------------------------------------------------------ */

size_t gf_distribution_atoms(const gf_atom **out, const gf_distribution *d)
{
    *out = d->atom;
    return d->atoms;
}

double gf_distribution_atom_mass(const gf_distribution *d)
{
    return d->atom_below[d->atoms];
}

double gf_distribution_density(const gf_distribution *d, double x)
{
    double sum = 0;

    for (size_t i = 0; i < d->parts; i++)
        sum += d->part[i].weight *
               exp(d->part[i].family->log_density(&d->part[i], x));
    return sum;
}

double gf_distribution_log_density(const gf_distribution *d, double x)
{
    double most = -INFINITY, sum = 0;

    for (size_t i = 0; i < d->parts; i++) {
        const gf_part *part = &d->part[i];
        double size = log(part->weight) + part->family->log_density(part, x);
        if (size > most) {
            sum = sum * exp(most - size) + 1;
            most = size;
        } else if (size > -INFINITY) {
            sum += exp(size - most);
        }
    }
    return most + log(sum > 0 ? sum : 1);
}

size_t gf_atoms_up_to(const gf_distribution *d, double x)
{
    size_t low = 0, high = d->atoms;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->atom[middle].at <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double gf_distribution_below(const gf_distribution *d, double x)
{
    double sum = d->atom_below[gf_atoms_up_to(d, x)];

    for (size_t i = 0; i < d->parts; i++)
        sum += d->part[i].weight * d->part[i].family->below(&d->part[i], x);
    return sum;
}

double gf_distribution_above(const gf_distribution *d, double x)
{
    double sum = d->atom_below[d->atoms] - d->atom_below[gf_atoms_up_to(d, x)];

    for (size_t i = 0; i < d->parts; i++)
        sum += d->part[i].weight * d->part[i].family->above(&d->part[i], x);
    return sum;
}

double gf_distribution_mean(const gf_distribution *d)
{
    double sum = 0;

    for (size_t i = 0; i < d->atoms; i++)
        sum += d->atom[i].mass * d->atom[i].at;
    for (size_t i = 0; i < d->parts; i++)
        sum += d->part[i].weight * d->part[i].family->mean(&d->part[i]);
    return sum;
}

double gf_distribution_variance(const gf_distribution *d)
{
    double mean = gf_distribution_mean(d), sum = 0;

    for (size_t i = 0; i < d->atoms; i++) {
        double off = d->atom[i].at - mean;
        sum += d->atom[i].mass * off * off;
    }
    for (size_t i = 0; i < d->parts; i++) {
        const gf_part *part = &d->part[i];
        double variance = part->family->variance(part);
        double off = part->family->mean(part) - mean;
        if (isinf(variance))
            return INFINITY;
        sum += part->weight * (variance + off * off);
    }
    return sum;
}

bool gf_distribution_covers(const gf_distribution *d, double x)
{
    for (size_t i = 0; i < d->parts; i++)
        if (gf_part_covers(&d->part[i], x))
            return true;
    return false;
}

/* --- quantiles --------------------------------------------------------- */

/* How far P(X <= x) is above u, in the precision of the nearer tail. */
static double excess(const gf_distribution *d, double x, double u, double above)
{
    return u <= above ? gf_distribution_below(d, x) - u
                      : above - gf_distribution_above(d, x);
}

/* Widens [*low, *high] until it has the quantile. */
static void bracket(double *low, double *high, const gf_distribution *d,
                    double u, double above)
{
    double first = d->cut[0], last = d->cut[d->cuts - 1];
    double reach = fmax(last - first, 1);

    *low = first;
    *high = last;
    for (double r = reach; d->left_open && isfinite(r); r *= 2) {
        if (excess(d, *low, u, above) < 0)
            break;
        *low = first - r;
    }
    for (double r = reach; d->right_open && isfinite(r); r *= 2) {
        if (excess(d, *high, u, above) >= 0)
            break;
        *high = last + r;
    }
}

enum { BISECTIONS = 5000 };

/* Newton's step where it halves the bracket at least, else bisection. */
double gf_distribution_quantile(const gf_distribution *d, double u,
                                double above)
{
    double low, high, x;

    if (u <= 0 && d->left_open)
        return -INFINITY;
    if (above <= 0 && d->right_open)
        return INFINITY;
    bracket(&low, &high, d, u, above);
    if (excess(d, low, u, above) >= 0)
        return low;
    x = low + (high - low) / 2;
    for (int i = 0; i < BISECTIONS; i++) {
        double over = excess(d, x, u, above), step, next;
        if (over >= 0)
            high = x;
        else
            low = x;
        step = -over / gf_distribution_density(d, x);
        next = x + step;
        if (fabs(step) <= 4e-16 * fabs(x))
            return x;
        if (!(next > low && next < high) || i % 8 == 7)
            next = low + (high - low) / 2;
        if (next <= low || next >= high)
            break;
        x = next;
    }
    return high;
}
