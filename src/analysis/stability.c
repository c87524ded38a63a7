/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that are stable: the line of h cut where multipliers meet the unit
   circle, each piece decided at a point, and the best step among the stable. */
#include <ganfield/stability.h>

#include <math.h>
#include <stdlib.h>

#include "analysis/best_step.h"
#include "analysis/critical.h"
#include "analysis/dense.h"
#include "analysis/limit.h"
#include "analysis/linear.h"
#include "analysis/sampled.h"
#include "analysis/spectral.h"

const char *gf_crossing_name(gf_crossing crossing)
{
    static const char *const name[] = {"none", "fold", "flip", "Neimark-Sacker",
                                       "pole"};

    return (size_t)crossing < sizeof name / sizeof *name ? name[crossing]
                                                         : "unknown";
}

void gf_stability_init(gf_stability_result *s)
{
    *s = (gf_stability_result){.step = NAN,
                               .radius = NAN,
                               .is_stable = GF_UNKNOWN,
                               .best_step = NAN,
                               .best_radius = NAN,
                               .radius_per_step = NAN,
                               .radius_per_evaluation = NAN};
}

void gf_stability_clear(gf_stability_result *s)
{
    free(s->multiplier);
    free(s->stable.interval);
    free(s->neutral.interval);
    free(s->limit);
    gf_stability_init(s);
}

/* --- intervals --------------------------------------------------------- */

/* A piece more at the end of the list; one that goes on is made longer. */
static void append(gf_steps_list *list, gf_steps piece, bool goes_on)
{
    if (goes_on && list->count > 0)
        list->interval[list->count - 1].hi = piece.hi;
    else
        list->interval[list->count++] = piece;
}

/* A step between two cuts; cut[count] is infinity. */
static void between(fmpq_t out, arb_srcptr cut, size_t i, size_t count)
{
    double lo = i > 0 ? arf_get_d(arb_midref(cut + i - 1), ARF_RND_UP) : 0;
    double hi = i < count ? arf_get_d(arb_midref(cut + i), ARF_RND_DOWN) : 0;
    arf_t a, b;

    arf_init(a);
    arf_init(b);
    if (i == count) {
        gf_rational_of(out, lo > 0 ? 2 * lo : 1);
    } else {
        if (i > 0)
            arf_set(a, arb_midref(cut + i - 1));
        arf_add(a, a, arb_midref(cut + i), 128, ARF_RND_NEAR);
        arf_mul_2exp_si(a, a, -1);
        arf_set_round(b, a, hi - lo > 1e-6 * hi ? 30 : 128, ARF_RND_NEAR);
        arf_get_fmpq(out, b);
    }
    arf_clear(a);
    arf_clear(b);
}

static double step_of(arb_srcptr cut, size_t i, size_t count)
{
    return i < count ? arf_get_d(arb_midref(cut + i), ARF_RND_NEAR) : INFINITY;
}

/* What the circle is at the cut before piece i, whose neighbours are alike:
   radius 1 at a point inside would part two stable pieces. */
static bool touches(const gf_multiplier_poly *p, arb_srcptr cut, size_t i)
{
    fmpq_t at;
    gf_multipliers m = {.root = NULL};
    double most = 0;

    fmpq_init(at);
    arf_get_fmpq(at, arb_midref(cut + i - 1));
    gf_multipliers_at(&m, p, at, 64);
    for (slong k = 0; k < m.count; k++)
        most = fmax(most, hypot(arf_get_d(arb_midref(acb_realref(m.root + k)),
                                          ARF_RND_NEAR),
                                arf_get_d(arb_midref(acb_imagref(m.root + k)),
                                          ARF_RND_NEAR)));
    bool is_on = m.lost > 0 || most > 1 - 1e-9;
    gf_multipliers_clear(&m);
    fmpq_clear(at);
    return is_on;
}

static gf_status cut_line(gf_stability_result *s, const gf_multiplier_poly *p,
                          gf_error *error)
{
    fmpz_poly_t poly;
    arb_ptr cut;
    slong size;
    fmpq_t at;

    fmpz_poly_init(poly);
    fmpq_init(at);
    gf_critical_poly(poly, p);
    size_t count = gf_critical_steps(&cut, &size, poly);
    s->stable.interval = calloc(count + 1, sizeof *s->stable.interval);
    s->neutral.interval = calloc(count + 1, sizeof *s->neutral.interval);
    bool is_good = s->stable.interval && s->neutral.interval;
    gf_sign last = GF_SIGN_UNKNOWN;
    for (size_t i = 0; i <= count && is_good; i++) {
        gf_steps piece = {i > 0 ? step_of(cut, i - 1, count) : 0,
                          step_of(cut, i, count)};
        between(at, cut, i, count);
        gf_sign sign = gf_multipliers_circle(p, at);
        bool goes_on = sign == last && !touches(p, cut, i);
        if (sign == GF_SIGN_NEGATIVE)
            append(&s->stable, piece, goes_on);
        else if (sign == GF_SIGN_ZERO)
            append(&s->neutral, piece, sign == last);
        last = sign;
    }
    _arb_vec_clear(cut, size);
    fmpz_poly_clear(poly);
    fmpq_clear(at);
    return is_good ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}

/* --- ends -------------------------------------------------------------- */

/* Which multiplier is on the circle at the end of a stable interval. */
static gf_limit limit_at(const gf_multiplier_poly *p, double h)
{
    gf_multipliers m = {.root = NULL};
    double nearest = INFINITY, angle = NAN;
    fmpq_t at;

    fmpq_init(at);
    gf_rational_of(at, h);
    gf_multipliers_at(&m, p, at, 64);
    for (slong i = 0; i < m.count; i++) {
        double x = arf_get_d(arb_midref(acb_realref(m.root + i)), ARF_RND_NEAR);
        double y = arf_get_d(arb_midref(acb_imagref(m.root + i)), ARF_RND_NEAR);
        double off = fabs(hypot(x, y) - 1);
        if (off < nearest) {
            nearest = off;
            angle = fabs(atan2(y, x));
        }
    }
    bool is_lost = m.lost > 0;
    gf_multipliers_clear(&m);
    fmpq_clear(at);
    return gf_limit_at(h, angle, is_lost ? INFINITY : nearest);
}

static gf_status find_limits(gf_stability_result *s,
                             const gf_multiplier_poly *p, gf_error *error)
{
    s->limit = calloc(2 * s->stable.count + 1, sizeof *s->limit);
    if (!s->limit)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < s->stable.count; i++) {
        const double end[2] = {s->stable.interval[i].lo,
                               s->stable.interval[i].hi};
        for (size_t k = 0; k < 2; k++)
            if (end[k] > 0 && isfinite(end[k]))
                s->limit[s->limit_count++] = limit_at(p, end[k]);
    }
    return GF_OK;
}

/* --- a step ------------------------------------------------------------ */

static gf_status look_at(gf_stability_result *s, const gf_multiplier_poly *p,
                         double step, gf_error *error)
{
    gf_multipliers m = {.root = NULL};
    fmpq_t h;

    fmpq_init(h);
    gf_rational_of(h, step);
    gf_multipliers_at(&m, p, h, 64);
    s->step = step;
    s->multiplier = calloc((size_t)m.count + 1, sizeof *s->multiplier);
    for (slong i = 0; i < m.count && s->multiplier; i++)
        s->multiplier[s->count++] = (gf_multiplier){
            arf_get_d(arb_midref(acb_realref(m.root + i)), ARF_RND_NEAR) + 0.0,
            arf_get_d(arb_midref(acb_imagref(m.root + i)), ARF_RND_NEAR) + 0.0};
    s->radius = m.lost > 0     ? INFINITY
                : s->count > 0 ? hypot(s->multiplier[0].re, s->multiplier[0].im)
                               : 0;
    gf_sign sign = gf_multipliers_circle(p, h);
    if (sign == GF_SIGN_ZERO)
        s->radius = 1;
    s->is_stable = sign == GF_SIGN_NEGATIVE  ? GF_YES
                   : sign == GF_SIGN_UNKNOWN ? GF_UNKNOWN
                                             : GF_NO;
    gf_multipliers_clear(&m);
    fmpq_clear(h);
    return s->multiplier ? GF_OK
                         : gf_error_set(error, GF_MEMORY, "out of memory");
}

static void find_best(gf_stability_result *s, const gf_multiplier_poly *p)
{
    for (size_t i = 0; i < s->stable.count; i++) {
        double radius,
            step = gf_best_step(&radius, p, 1, s->stable.interval[i]);
        if (!(radius >= s->best_radius)) {
            s->best_step = step;
            s->best_radius = radius;
        }
    }
    s->radius_per_step = pow(s->best_radius, 1 / (double)s->period);
    s->radius_per_evaluation = pow(s->best_radius, 1 / (double)s->evaluations);
}

/* --- all --------------------------------------------------------------- */

gf_status gf_stability_of_poly(gf_stability_result *s,
                               const gf_multiplier_poly *p,
                               const gf_stability_options *options,
                               gf_error *error)
{
    s->state = p->degree;
    s->period = p->period;
    s->evaluations = p->evaluations;
    s->decided = GF_DECIDED_INTERVAL;
    gf_status status = cut_line(s, p, error);
    if (!status)
        status = find_limits(s, p, error);
    if (!status && options->step > 0)
        status = look_at(s, p, options->step, error);
    if (!status && !options->intervals_only)
        find_best(s, p);
    return status;
}

static bool is_large(const gf_linear *game, const gf_optimizer *optimizer)
{
    return gf_linear_state(optimizer->rule, game->size) > GF_LINEAR_SIZE_MAX;
}

gf_status gf_stability_find(gf_stability_result *s, const gf_linear *game,
                            const gf_optimizer *optimizer,
                            const gf_stability_options *options,
                            gf_error *error)
{
    static const gf_stability_options defaults = {.step = 0};
    gf_multiplier_poly p;

    options = options ? options : &defaults;
    gf_stability_clear(s);
    if (is_large(game, optimizer)) {
        bool is_cut =
            optimizer->rule->spectral && options->order == GF_SIMULTANEOUS;
        gf_status checked = gf_linear_check(game, error);
        return checked ? checked
               : is_cut
                   ? gf_stability_spectral(s, game, optimizer, options, error)
                   : gf_stability_sampled(s, game, optimizer, options, error);
    }
    gf_multiplier_poly_init(&p);
    gf_status status = gf_linear_poly(&p, game, optimizer, options->order,
                                      options->critic_steps, error);
    if (!status)
        status = gf_stability_of_poly(s, &p, options, error);
    gf_multiplier_poly_clear(&p);
    return status;
}

/* Near 1 the radius is asked whether it is 1. */
static double settled(const gf_multiplier_poly *p, double step)
{
    static const double near = 1e-12;
    double radius = gf_multipliers_radius(p, step);
    fmpq_t h;

    if (!(fabs(radius - 1) < near))
        return radius;
    fmpq_init(h);
    gf_rational_of(h, step);
    if (gf_multipliers_circle(p, h) == GF_SIGN_ZERO)
        radius = 1;
    fmpq_clear(h);
    return radius;
}

static gf_status radius_of_large(double *out, const gf_linear *game,
                                 const gf_optimizer *optimizer,
                                 const gf_stability_options *options,
                                 gf_error *error)
{
    gf_dense dense;

    gf_status status = gf_dense_init(&dense, game, optimizer, options, error);
    if (!status)
        status = gf_dense_radius(out, &dense, options->step, error);
    gf_dense_clear(&dense);
    return status;
}

gf_status gf_stability_radius(double *out, const gf_linear *game,
                              const gf_optimizer *optimizer,
                              const gf_stability_options *options,
                              gf_error *error)
{
    gf_multiplier_poly p;

    *out = NAN;
    if (!(options->step > 0))
        return gf_error_set(error, GF_ARGUMENT, "the step must be > 0");
    gf_status status = gf_linear_check(game, error);
    if (!status && is_large(game, optimizer))
        return radius_of_large(out, game, optimizer, options, error);
    if (status)
        return status;
    gf_multiplier_poly_init(&p);
    status = gf_linear_poly(&p, game, optimizer, options->order,
                            options->critic_steps, error);
    if (!status)
        *out = settled(&p, options->step);
    gf_multiplier_poly_clear(&p);
    return status;
}
