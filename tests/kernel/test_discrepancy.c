/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a generator is from the data, against the divergences of the
 * analysis layer: of the same atoms, and of the densities behind a fine grid.
 */
#include "kernel/players.h"

#include <ganfield/divergence.h>
#include <math.h>

#include "kernel/nets.h"

enum { FEW = 5, FINE = 961, PARTICLES = 4 };

typedef struct stage {
    gf_field *field;
    gf_net critic, generator;
    double weight[FINE], p_d[FINE], p_g[FINE], x[FINE], z[PARTICLES];
    size_t count;
    gf_players *p;
} stage;

static void open_stage(stage *s, gf_representation representation)
{
    gf_players_setup setup = {.critic = &s->critic,
                              .generator = &s->generator,
                              .representation = representation,
                              .cloud = {s->count, s->weight, s->p_d},
                              .x = s->x,
                              .z = s->z};

    if (representation == GF_PUSHFORWARD)
        setup.particles = PARTICLES;
    ck_assert_int_eq(gf_field_find(&s->field, "wgan", NULL, NULL), GF_OK);
    setup.field = s->field;
    make_net(&s->critic, "1-2-1:tanh");
    make_net(&s->generator, "1-2-1:tanh");
    ck_assert_int_eq(gf_players_new(&s->p, &setup, NULL), GF_OK);
}

static void close_stage(stage *s)
{
    gf_players_free(s->p);
    gf_net_clear(&s->critic);
    gf_net_clear(&s->generator);
    gf_field_free(s->field);
}

static gf_discrepancy compare(const stage *s)
{
    gf_discrepancy d;
    double mass = 0;

    for (size_t i = 0; i < s->count; i++)
        mass += s->weight[i] * s->p_g[i];
    gf_players_compare(&d, s->p, s->p_g, mass);
    return d;
}

static gf_divergences divergences(const char *p, const char *q)
{
    gf_distribution *d[2];
    gf_divergences all;

    ck_assert_int_eq(gf_distribution_read(&d[0], p, NULL), GF_OK);
    ck_assert_int_eq(gf_distribution_read(&d[1], q, NULL), GF_OK);
    ck_assert_int_eq(gf_divergences_find(&all, d[0], d[1], NULL, NULL), GF_OK);
    gf_distribution_free(d[0]);
    gf_distribution_free(d[1]);
    return all;
}

/* The smooth ones to one tolerance, those with kinks to another. */
static void assert_alike(const gf_discrepancy *got, const gf_divergences *want,
                         double smooth, double kinked)
{
    const gf_divergence *d = want->item;

    assert_close(got->kl, d[GF_DIVERGENCE_KL].value, smooth);
    assert_close(got->kl_reverse, d[GF_DIVERGENCE_KL_REVERSE].value, smooth);
    assert_close(got->js, d[GF_DIVERGENCE_JS].value, smooth);
    assert_close(got->hellinger, d[GF_DIVERGENCE_HELLINGER].value, smooth);
    assert_close(got->pearson, d[GF_DIVERGENCE_PEARSON].value, smooth);
    assert_close(got->neyman, d[GF_DIVERGENCE_NEYMAN].value, smooth);
    assert_close(got->tv, d[GF_DIVERGENCE_TV].value, kinked);
    assert_close(got->w1, d[GF_DIVERGENCE_W1].value, kinked);
    assert_close(got->energy, d[GF_DIVERGENCE_ENERGY].value, kinked);
    ck_assert(isnan(got->js_histogram) && isnan(got->tv_histogram));
}

static void set_few(stage *s)
{
    static const double p_d[FEW] = {0.1, 0.2, 0.4, 0.2, 0.1};
    static const double p_g[FEW] = {0.6, 0.2, 0.6, 0.2, 0.4}; /* mass 2 */
    static const double x[FEW] = {-2, -1, 0.5, 1, 3};

    s->count = FEW;
    for (size_t i = 0; i < FEW; i++) {
        s->weight[i] = 1;
        s->p_d[i] = p_d[i];
        s->p_g[i] = p_g[i];
        s->x[i] = x[i];
    }
}

START_TEST(test_atoms)
{
    gf_divergences want = divergences(
        "mixture(0.1*point(-2), 0.2*point(-1), 0.4*point(0.5), 0.2*point(1), "
        "0.1*point(3))",
        "mixture(0.3*point(-2), 0.1*point(-1), 0.3*point(0.5), 0.1*point(1), "
        "0.2*point(3))");
    gf_discrepancy got;
    stage s;

    set_few(&s);
    open_stage(&s, GF_DENSITY);
    got = compare(&s);
    assert_alike(&got, &want, 1e-14, 1e-14);
    close_stage(&s);
}
END_TEST

/* The trapezoidal rule has all digits where functions are smooth and vanish at
 * the ends. */
START_TEST(test_densities)
{
    gf_divergences want = divergences("normal(0,1)", "normal(0.3,1.1)");
    double root = sqrt(2 * acos(-1));
    gf_discrepancy got;
    stage s;

    s.count = FINE;
    for (size_t i = 0; i < FINE; i++) {
        double x = -12 + 24 * (double)i / (FINE - 1), y = (x - 0.3) / 1.1;
        s.x[i] = x;
        s.weight[i] = 24.0 / (FINE - 1);
        s.p_d[i] = exp(-x * x / 2) / root;
        s.p_g[i] = exp(-y * y / 2) / root / 1.1;
    }
    open_stage(&s, GF_DENSITY);
    got = compare(&s);
    assert_alike(&got, &want, 1e-12, 2e-4);
    close_stage(&s);
}
END_TEST

/* No mass where the data have some: infinite; below 0: none. */
START_TEST(test_zero_and_negative_densities)
{
    gf_discrepancy d;
    stage s;

    set_few(&s);
    open_stage(&s, GF_DENSITY);
    s.p_g[1] = 0;
    d = compare(&s);
    ck_assert(d.kl == INFINITY && d.pearson == INFINITY);
    ck_assert(isfinite(d.kl_reverse) && isfinite(d.neyman) && isfinite(d.js));
    s.p_g[1] = -0.1;
    d = compare(&s);
    ck_assert(isnan(d.kl) && isnan(d.kl_reverse) && isnan(d.js));
    ck_assert(isnan(d.hellinger) && isnan(d.pearson) && isnan(d.neyman));
    ck_assert(isfinite(d.tv) && isfinite(d.w1) && isfinite(d.energy));
    s.p_g[1] = -9;
    d = compare(&s);
    ck_assert(isnan(d.tv) && isnan(d.w1) && isnan(d.energy));
    close_stage(&s);
}
END_TEST

/* Cells end at -1.5, -0.25, 0.75 and 2: the particles have shares 1/2, 0, 1/4,
 * 0 and 1/4. */
START_TEST(test_particles)
{
    static const double at[PARTICLES] = {7, -2.5, 0.6, -1.6};
    gf_divergences cells = divergences(
        "mixture(0.1*point(-2), 0.2*point(-1), 0.4*point(0.5), 0.2*point(1), "
        "0.1*point(3))",
        "mixture(0.5*point(-2), 0.25*point(0.5), 0.25*point(3))");
    gf_divergences exact = divergences(
        "mixture(0.1*point(-2), 0.2*point(-1), 0.4*point(0.5), 0.2*point(1), "
        "0.1*point(3))",
        "mixture(0.25*point(-2.5), 0.25*point(-1.6), 0.25*point(0.6), "
        "0.25*point(7))");
    gf_discrepancy d;
    stage s;

    set_few(&s);
    open_stage(&s, GF_PUSHFORWARD);
    for (size_t k = 0; k < PARTICLES; k++)
        s.p->x[FEW + k] = at[k];
    gf_players_compare(&d, s.p, s.p_g, 1);
    assert_close(d.js_histogram, cells.item[GF_DIVERGENCE_JS].value, 1e-14);
    assert_close(d.tv_histogram, cells.item[GF_DIVERGENCE_TV].value, 1e-14);
    assert_close(d.w1, exact.item[GF_DIVERGENCE_W1].value, 1e-14);
    assert_close(d.energy, exact.item[GF_DIVERGENCE_ENERGY].value, 1e-14);
    ck_assert(isnan(d.kl) && isnan(d.js) && isnan(d.tv));
    close_stage(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/discrepancy", test_atoms, test_densities,
                     test_zero_and_negative_densities, test_particles);
}
