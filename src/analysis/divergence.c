/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which divergences there are, closed forms, and those that follow from
   others. */
#include "analysis/divergence.h"

#include <math.h>
#include <string.h>

#include "base/nearest.h"

#define SQRT_2 1.41421356237309504880
#define SQRT_2_OVER_PI 0.79788456080286535588

typedef struct row {
    const char *key, *title;
} row;

#define ROW(name, key, title) {key, title},
static const row rows[] = {GF_DIVERGENCE_LIST(ROW)};
#undef ROW

const char *gf_divergence_key(gf_divergence_kind kind)
{
    return (unsigned)kind < GF_DIVERGENCE_COUNT ? rows[kind].key : "unknown";
}

const char *gf_divergence_title(gf_divergence_kind kind)
{
    return (unsigned)kind < GF_DIVERGENCE_COUNT ? rows[kind].title : "unknown";
}

gf_status gf_divergence_find(gf_divergence_kind *out, const char *key,
                             gf_error *error)
{
    const char *keys[GF_DIVERGENCE_COUNT], *near;

    for (int i = 0; i < GF_DIVERGENCE_COUNT; i++) {
        keys[i] = rows[i].key;
        if (strcmp(rows[i].key, key) == 0) {
            *out = (gf_divergence_kind)i;
            return GF_OK;
        }
    }
    near = gf_nearest_name(key, keys, GF_DIVERGENCE_COUNT);
    if (near)
        return gf_error_set(error, GF_NAME,
                            "unknown distance '%.40s'; did you mean '%s'?", key,
                            near);
    return gf_error_set(error, GF_NAME,
                        "unknown distance '%.40s'; man ganfield lists them",
                        key);
}

const char *gf_divergence_how_name(gf_divergence_how how)
{
    static const char *const names[] = {"not found", "closed form",
                                        "quadrature", "sum", "support"};

    return (unsigned)how < sizeof names / sizeof *names ? names[how]
                                                        : "unknown";
}

void gf_divergence_defaults(gf_divergence_options *options)
{
    *options = (gf_divergence_options){.alpha = 0.5, .bandwidth = 1};
    for (int i = 0; i < GF_DIVERGENCE_COUNT; i++)
        options->which[i] = i != GF_DIVERGENCE_F;
}

/* --- closed forms ------------------------------------------------------ */

/* The part of a distribution that is one family of place and scale. */
static const gf_part *only_part(const gf_distribution *d)
{
    bool is_plain = d->parts == 1 && d->atoms == 0 && !d->part[0].panels &&
                    d->part[0].family->numbers == 2;

    return is_plain ? &d->part[0] : NULL;
}

/* E|m + s Z|, Z standard normal. */
static double folded(double m, double s)
{
    if (s == 0)
        return fabs(m);
    return s * SQRT_2_OVER_PI * exp(-m * m / (2 * s * s)) +
           m * erf(m / (s * SQRT_2));
}

static void set_closed(gf_divergence *out, double value)
{
    out->value = value;
    out->error = 4e-16 * value;
    out->how = GF_HOW_CLOSED_FORM;
}

/* Both are m + s Z with one Z: the optimal map is (m1 - m2) + (s1 - s2) Z. */
static bool closed_w(gf_divergence *out, const gf_pair *pair, int order)
{
    const gf_part *p = only_part(pair->p), *q = only_part(pair->q);
    gf_part unit;
    double m, s, mean, variance;

    if (!p || !q || p->family != q->family)
        return false;
    m = p->number[0] - q->number[0];
    s = p->number[1] - q->number[1];
    if (p->family->right_bounded) /* the second number is the other end */
        s -= m;
    if (s == 0) {
        set_closed(out, fabs(m));
        return true;
    }
    if (order == 1) {
        if (strcmp(p->family->name, "normal") != 0)
            return false;
        set_closed(out, folded(m, fabs(s)));
        return true;
    }
    unit = *p;
    unit.number[0] = 0;
    unit.number[1] = 1;
    mean = unit.family->mean(&unit);
    variance = unit.family->variance(&unit);
    if (!isfinite(mean) || !isfinite(variance))
        return false;
    set_closed(out, hypot(m + s * mean, s * sqrt(variance)));
    return true;
}

/* --- all --------------------------------------------------------------- */

static bool is_plain_f(gf_divergence_kind kind)
{
    return kind == GF_DIVERGENCE_KL || kind == GF_DIVERGENCE_KL_REVERSE ||
           kind == GF_DIVERGENCE_JEFFREYS || kind == GF_DIVERGENCE_JS ||
           kind == GF_DIVERGENCE_TV || kind == GF_DIVERGENCE_HELLINGER ||
           kind == GF_DIVERGENCE_PEARSON || kind == GF_DIVERGENCE_NEYMAN ||
           kind == GF_DIVERGENCE_ALPHA;
}

/* What is a function of another one. */
static const struct {
    gf_divergence_kind kind, of;
    double factor; /* 0: the root */
} derived[] = {
    {GF_DIVERGENCE_JS_SUM, GF_DIVERGENCE_JS, 2},
    {GF_DIVERGENCE_SQRT_JS, GF_DIVERGENCE_JS, 0},
    {GF_DIVERGENCE_TV_L1, GF_DIVERGENCE_TV, 2},
    {GF_DIVERGENCE_HELLINGER_HALF, GF_DIVERGENCE_HELLINGER, 0.5},
    {GF_DIVERGENCE_MMD, GF_DIVERGENCE_MMD2, 0},
};

enum { DERIVED = sizeof derived / sizeof *derived };

static bool is_wanted(const gf_divergence_options *options,
                      gf_divergence_kind kind)
{
    if (options->which[kind])
        return true;
    for (size_t i = 0; i < DERIVED; i++)
        if (derived[i].of == kind && options->which[derived[i].kind])
            return true;
    return false;
}

static gf_status find(gf_divergence *out, gf_divergence_kind kind,
                      const gf_pair *pair, const gf_divergence_options *options,
                      size_t *evaluations, gf_error *error)
{
    if (is_plain_f(kind)) {
        gf_generator g = gf_generator_of(kind, options->alpha);
        return gf_divergence_integrate(out, pair, &g, evaluations, error);
    }
    switch (kind) {
    case GF_DIVERGENCE_F:
        return gf_divergence_by_expression(out, pair, options->f, evaluations,
                                           error);
    case GF_DIVERGENCE_W1:
        return closed_w(out, pair, 1)
                   ? GF_OK
                   : gf_divergence_w1(out, pair, evaluations, error);
    case GF_DIVERGENCE_W2:
        return closed_w(out, pair, 2)
                   ? GF_OK
                   : gf_divergence_w2(out, pair, evaluations, error);
    case GF_DIVERGENCE_MMD2:
        return gf_divergence_mmd2(out, pair, options, evaluations, error);
    case GF_DIVERGENCE_ENERGY:
        return gf_divergence_energy(out, pair, evaluations, error);
    case GF_DIVERGENCE_KS:
        return gf_divergence_ks(out, pair, evaluations, error);
    default:
        return GF_OK; /* derived below */
    }
}

static void derive(gf_divergences *all)
{
    for (size_t i = 0; i < DERIVED; i++) {
        gf_divergence *out = &all->item[derived[i].kind];
        const gf_divergence *of = &all->item[derived[i].of];
        bool asked = out->asked;
        *out = *of;
        out->asked = asked;
        if (derived[i].factor > 0) {
            out->value *= derived[i].factor;
            out->error *= derived[i].factor;
            continue;
        }
        out->value = sqrt(of->value);
        out->error = isfinite(of->value) && of->value > of->error
                         ? of->error / (2 * out->value)
                         : sqrt(of->error);
    }
}

gf_status gf_divergences_find(gf_divergences *out, const gf_distribution *p,
                              const gf_distribution *q,
                              const gf_divergence_options *options,
                              gf_error *error)
{
    gf_divergence_options usual;
    gf_pair pair;
    gf_status status;

    gf_divergence_defaults(&usual);
    *out = (gf_divergences){.options = options ? *options : usual};
    options = &out->options;
    if (options->which[GF_DIVERGENCE_F] && !options->f)
        return gf_error_set(error, GF_ARGUMENT,
                            "an f-divergence needs its f, as 'u*log(u)'");
    if (!(options->bandwidth > 0) || !isfinite(options->alpha))
        return gf_error_set(error, GF_ARGUMENT,
                            "alpha must be finite and the bandwidth > 0");
    status = gf_pair_init(&pair, p, q, error);
    for (int i = 0; i < GF_DIVERGENCE_COUNT && !status; i++) {
        gf_divergence_kind kind = (gf_divergence_kind)i;
        out->item[i].value = NAN;
        out->item[i].asked = options->which[i];
        if (is_wanted(options, kind))
            status = find(&out->item[i], kind, &pair, options,
                          &out->evaluations, error);
    }
    derive(out);
    gf_pair_clear(&pair);
    return status;
}
