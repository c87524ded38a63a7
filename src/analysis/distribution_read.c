/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distributions as text, by recursive descent over
 *
 *     text  = samples:FILE | histogram:FILE | dist
 *     dist  = NAME ( argument { , argument } )
 *     item  = [ weight * ] dist                      (of a mixture)
 *
 * Numbers, weights and densities are expressions (expr.h).
 */
#include "analysis/distribution_read.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"

enum { TEXT_MAX = 100000, NAME_MAX_ = 40, PATH_MAX_ = 4096, NAMES_MAX = 32 };

/* How far a sum of weights may be from 1. */
#define WEIGHTS_TOLERANCE 1e-9

static gf_status read_dist(gf_reader *r, double weight);

/* --- families ---------------------------------------------------------- */

static gf_status check_numbers(gf_reader *r, const gf_part *part,
                               const char *where)
{
    const gf_family *f = part->family;
    const double *n = part->number;

    if (f->left_bounded && f->right_bounded) {
        if (!(n[0] < n[1]) || !isfinite(n[1] - n[0]))
            return gf_reader_fail(r, GF_ARGUMENT, where,
                                  "the %s must be above the %s, which is %.6g",
                                  f->number[1], f->number[0], n[0]);
    } else if (!(n[1] >= 1e-50 && n[1] <= 1e50)) {
        return gf_reader_fail(r, GF_ARGUMENT, where,
                              "the %s must be > 0 (from 1e-50 to 1e50)",
                              f->number[1]);
    }
    if (fabs(n[0]) > 1e50)
        return gf_reader_fail(r, GF_ARGUMENT, where,
                              "the %s must be within 1e50", f->number[0]);
    return GF_OK;
}

static gf_status read_family(gf_reader *r, const gf_family *family,
                             double weight)
{
    gf_part part = {.family = family, .weight = weight};
    const char *last = r->at;
    gf_status status = GF_OK;

    for (size_t i = 0; i < family->numbers && !status; i++) {
        if (i > 0 && (gf_reader_skip(r), *r->at != ','))
            return gf_reader_fail(r, GF_SYNTAX, r->at,
                                  "expected ',' and the %s", family->number[i]);
        r->at += i > 0;
        gf_reader_skip(r);
        last = r->at;
        status = gf_reader_finite(&part.number[i], r);
    }
    if (!status)
        status = check_numbers(r, &part, last);
    if (!status)
        status = gf_distribution_add_part(r->out, part, r->error);
    return status;
}

static gf_status read_point(gf_reader *r, const char *name, double weight)
{
    double at;
    gf_status status = gf_reader_finite(&at, r);

    (void)name;
    return status ? status
                  : gf_distribution_add_atom(r->out, at, weight, r->error);
}

/* --- files ------------------------------------------------------------- */

static gf_status add_file(gf_reader *r, const char *name, const char *path,
                          double weight)
{
    if (strcmp(name, "samples") == 0)
        return gf_distribution_add_samples(r->out, path, weight, r->error);
    return gf_distribution_add_histogram(r->out, path, weight, r->error);
}

static gf_status read_file(gf_reader *r, const char *name, double weight)
{
    char path[PATH_MAX_];
    const char *begin, *end;
    size_t length;

    gf_reader_skip(r);
    begin = r->at;
    if (*begin == '"') {
        begin++;
        end = strchr(begin, '"');
        if (!end)
            return gf_reader_fail(r, GF_SYNTAX, r->at, "'\"' without its end");
        r->at = end + 1;
    } else {
        end = begin + gf_argument_length(begin);
        r->at = end;
        while (end > begin && isspace((unsigned char)end[-1]))
            end--;
    }
    length = (size_t)(end - begin);
    if (length == 0)
        return gf_reader_fail(r, GF_SYNTAX, begin,
                              "expected the name of a file");
    if (length >= sizeof path)
        return gf_reader_fail(r, GF_LIMIT, begin,
                              "the file's name is too long");
    memcpy(path, begin, length);
    path[length] = '\0';
    return add_file(r, name, path, weight);
}

/* --- mixtures and noise ------------------------------------------------ */

static void scale_from(gf_distribution *d, size_t part, size_t atom, double by)
{
    for (size_t i = part; i < d->parts; i++)
        d->part[i].weight *= by;
    for (size_t i = atom; i < d->atoms; i++)
        d->atom[i].mass *= by;
}

/* Where the distribution of an item begins: at the first name that is followed
   by '(' and names one; NULL if none does. */
static const char *find_dist(const char *text, size_t length);

/* "weight * DIST"; *weight is as it was where there is none. */
static gf_status read_item(gf_reader *r, double *weight, bool *is_weighted)
{
    size_t length, before;
    const char *begin, *dist;
    gf_status status;

    gf_reader_skip(r);
    begin = r->at;
    length = gf_argument_length(begin);
    dist = find_dist(begin, length);
    *is_weighted = dist && dist > begin;
    if (*is_weighted) {
        before = (size_t)(dist - begin);
        while (before > 0 && isspace((unsigned char)begin[before - 1]))
            before--;
        if (before == 0 || begin[before - 1] != '*')
            return gf_reader_fail(r, GF_SYNTAX, begin + before,
                                  "expected '*' after the weight, as in "
                                  "0.5*normal(0,1)");
        status = gf_reader_constant(weight, r, before - 1);
        if (status)
            return status;
        if (!(*weight >= 0) || !isfinite(*weight))
            return gf_reader_fail(r, GF_ARGUMENT, begin,
                                  "a weight must be >= 0");
        r->at = dist;
    }
    return read_dist(r, *weight);
}

static gf_status read_mixture(gf_reader *r, const char *name, double weight)
{
    const char *begin = r->at;
    size_t part = r->out->parts, atom = r->out->atoms, items = 0, weighted = 0;
    double sum = 0;
    gf_status status;

    (void)name;
    for (;;) {
        double w = 1;
        bool is_weighted;
        status = read_item(r, &w, &is_weighted);
        if (status)
            return status;
        items++;
        weighted += is_weighted;
        sum += w;
        if (weighted > 0 && weighted < items)
            return gf_reader_fail(r, GF_SYNTAX, begin,
                                  "give all items of a mixture a weight, or "
                                  "none");
        gf_reader_skip(r);
        if (*r->at != ',')
            break;
        r->at++;
    }
    if (weighted > 0 && fabs(sum - 1) > WEIGHTS_TOLERANCE)
        return gf_reader_fail(r, GF_ARGUMENT, begin,
                              "the weights sum to %.10g, not to 1", sum);
    scale_from(r->out, part, atom, weight / sum);
    return GF_OK;
}

static gf_status read_noise(gf_reader *r, const char *name, double weight)
{
    gf_reader inner = *r;
    const char *begin = r->at;
    double spread = 0;
    gf_status status;

    (void)name;
    inner.out = gf_distribution_new("");
    if (!inner.out)
        return gf_error_set(r->error, GF_MEMORY, "out of memory");
    status = read_dist(&inner, 1);
    r->at = inner.at;
    if (!status)
        status = gf_reader_expect(r, ',');
    if (!status)
        status = gf_reader_finite(&spread, r);
    if (!status && !(spread >= 1e-50 && spread <= 1e50))
        status = gf_reader_fail(r, GF_ARGUMENT, begin,
                                "the standard deviation of noise must be > 0");
    if (!status)
        status = gf_distribution_add_noise(r->out, inner.out, spread, weight,
                                           r->error);
    if (status && r->error && r->error->line == 0)
        gf_reader_fail_inside(r, status, begin);
    gf_distribution_free(inner.out);
    return status;
}

/* --- the whole --------------------------------------------------------- */

typedef struct form {
    const char *name;
    gf_status (*read)(gf_reader *r, const char *name, double weight);
} form;

static const form forms[] = {
    {"density", gf_reader_density}, {"histogram", read_file},
    {"mixture", read_mixture},      {"noise", read_noise},
    {"point", read_point},          {"samples", read_file},
    {"shape", gf_reader_density},
};

enum { FORMS = sizeof forms / sizeof *forms };

static const form *find_form(const char *name, size_t length)
{
    for (size_t i = 0; i < FORMS; i++)
        if (strncmp(forms[i].name, name, length) == 0 &&
            forms[i].name[length] == '\0')
            return &forms[i];
    return NULL;
}

static const gf_family *find_family(const char *name, size_t length)
{
    for (size_t i = 0; i < gf_family_count; i++)
        if (strncmp(gf_families[i].name, name, length) == 0 &&
            gf_families[i].name[length] == '\0')
            return &gf_families[i];
    return NULL;
}

static const char *find_dist(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t name = gf_name_length(text + i), after;
        if (name == 0) {
            i++;
            continue;
        }
        after = i + name + strspn(text + i + name, " \t");
        if (text[after] == '(' &&
            (find_form(text + i, name) || find_family(text + i, name)))
            return text + i;
        i += name;
    }
    return NULL;
}

static gf_status refuse_name(gf_reader *r, const char *begin, size_t length)
{
    const char *names[NAMES_MAX], *near;
    char name[NAME_MAX_ + 1];
    size_t count = 0;

    snprintf(name, sizeof name, "%.*s", (int)length, begin);
    for (size_t i = 0; i < FORMS; i++)
        names[count++] = forms[i].name;
    for (size_t i = 0; i < gf_family_count; i++)
        names[count++] = gf_families[i].name;
    if (begin[length] == '.' || begin[length] == '/')
        return gf_reader_fail(r, GF_NAME, begin,
                              "'%s' is no distribution; numbers in a file are "
                              "written samples:FILE or histogram:FILE",
                              name);
    near = strcmp(name, "gauss") == 0 || strcmp(name, "gaussian") == 0
               ? "normal"
           : strcmp(name, "dirac") == 0 || strcmp(name, "delta") == 0
               ? "point"
               : gf_nearest_name(name, names, count);
    if (near)
        return gf_reader_fail(r, GF_NAME, begin,
                              "unknown distribution '%s'; did you mean '%s'?",
                              name, near);
    return gf_reader_fail(r, GF_NAME, begin,
                          "unknown distribution '%s'; there are cauchy, "
                          "density, exponential, histogram, laplace, logistic, "
                          "mixture, noise, normal, point, samples, shape and "
                          "uniform",
                          name);
}

static gf_status read_dist(gf_reader *r, double weight)
{
    const char *begin;
    size_t length;
    const form *known;
    const gf_family *family;
    gf_status status;

    gf_reader_skip(r);
    begin = r->at;
    length = gf_name_length(begin);
    if (length == 0)
        return gf_reader_fail(r, GF_SYNTAX, begin,
                              "expected a distribution, as normal(0,1)");
    if (++r->depth > GF_DISTRIBUTION_DEPTH_MAX)
        return gf_reader_fail(r, GF_LIMIT, begin, "nested too deep");
    known = find_form(begin, length);
    family = find_family(begin, length);
    if (!known && !family)
        return refuse_name(r, begin, length);
    r->at += length;
    status = gf_reader_expect(r, '(');
    if (!status)
        status = family ? read_family(r, family, weight)
                        : known->read(r, known->name, weight);
    r->depth--;
    return status ? status : gf_reader_expect(r, ')');
}

static gf_status read_whole(gf_reader *r)
{
    static const char *const files[] = {"samples", "histogram"};
    gf_status status;

    for (size_t i = 0; i < 2; i++) {
        size_t length = strlen(files[i]);
        if (strncmp(r->at, files[i], length) == 0 && r->at[length] == ':')
            return add_file(r, files[i], r->at + length + 1, 1);
    }
    status = read_dist(r, 1);
    gf_reader_skip(r);
    if (!status && *r->at)
        status = gf_reader_fail(r, GF_SYNTAX, r->at,
                                "unexpected text after the distribution");
    return status;
}

gf_status gf_distribution_read(gf_distribution **out, const char *text,
                               gf_error *error)
{
    gf_reader r = {.text = text, .at = text, .error = error};
    gf_status status;

    *out = NULL;
    if (strlen(text) > TEXT_MAX)
        return gf_error_set(error, GF_LIMIT, "the text is longer than %d bytes",
                            TEXT_MAX);
    r.out = gf_distribution_new(text);
    if (!r.out)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    status = read_whole(&r);
    if (!status)
        status = gf_distribution_finish(r.out, error);
    if (status)
        gf_distribution_free(r.out);
    else
        *out = r.out;
    return status;
}
