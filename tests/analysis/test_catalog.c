/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole catalogue against numbers of an independent program
   (tests/reference/catalog.py), and named facts of the theory. */
#include <ganfield/classify.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness.h"

typedef struct set_row {
    const char *name, *parameter;
    double value, x, y, trace, determinant;
    double re0, im0, re1, im1;
    const char *type;
} set_row;

typedef struct spurious_row {
    const char *name;
    double x, y, trace, determinant;
    double re0, im0, re1, im1;
    const char *type, *stability;
} spurious_row;

typedef struct row {
    const char *name;
    double x, y, trace, determinant;
    double re0, im0, re1, im1;
    const char *type, *verdict, *region;
    double level;
    const char *well, *decay, *integral, *a, *b;
    double lo, hi, l1;
} row;

static const row rows[] = {
#include "reference/catalog.inc"
};
static const set_row settings_rows[] = {
#include "reference/catalog_settings.inc"
};
static const spurious_row spurious_rows[] = {
#include "reference/catalog_spurious.inc"
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void classify(gf_classification *c, gf_field **field, const char *name,
                     const gf_settings *settings)
{
    gf_error error = {.status = GF_OK};

    gf_classification_init(c);
    ck_assert_msg(gf_field_find(field, name, settings, &error) == GF_OK,
                  "%s: %s", name, error.message);
    ck_assert_msg(gf_classify(c, *field, NULL, &error) == GF_OK, "%s: %s", name,
                  error.message);
}

static void let_go(gf_classification *c, gf_field *field)
{
    gf_classification_clear(c);
    gf_field_free(field);
}

static bool is_pair(const gf_spectrum *s, double re0, double im0, double re1,
                    double im1)
{
    bool straight =
        is_close(s->re[0], re0, TOL2) && is_close(s->im[0], im0, TOL2) &&
        is_close(s->re[1], re1, TOL2) && is_close(s->im[1], im1, TOL2);
    bool crossed =
        is_close(s->re[1], re0, TOL2) && is_close(s->im[1], im0, TOL2) &&
        is_close(s->re[0], re1, TOL2) && is_close(s->im[0], im1, TOL2);

    return straight || crossed;
}

static void check_energy(const gf_classification *c, const row *r)
{
    const gf_energy *e = &c->energy;

    ck_assert_str_eq(gf_region_name(e->region), r->region);
    if (e->region == GF_REGION_LEVEL)
        assert_close(e->region_level, r->level, TOL3);
    ck_assert_str_eq(gf_verdict_name(e->well), r->well);
    ck_assert_str_eq(gf_verdict_name(e->decay), r->decay);
    ck_assert_str_eq(gf_verdict_name(e->first_integral), r->integral);
    ck_assert_str_eq(gf_verdict_name(c->distance.a), r->a);
    ck_assert_str_eq(gf_verdict_name(c->distance.b), r->b);
    /* the interval ends at a kink, where E has one too: hinge at D = 1 */
    assert_close(e->interval.lo, r->lo, TOL2);
    assert_close(e->interval.hi, strcmp(r->name, "hinge") == 0 ? 1 : r->hi,
                 TOL2);
}

START_TEST(test_catalogue_agrees_with_the_reference)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        const row *r = &rows[i];
        gf_classification c;
        gf_field *field;
        const gf_rest_point *p;
        classify(&c, &field, r->name, NULL);
        ck_assert_msg(c.wanted < c.count, "%s", r->name);
        p = &c.point[c.wanted];
        assert_close(p->at.x, r->x, TOL2);
        assert_close(p->at.y, r->y, TOL2);
        ck_assert_msg(strcmp(gf_type_name(p->type), r->type) == 0, "%s: %s",
                      r->name, gf_type_name(p->type));
        ck_assert_msg(strcmp(gf_outcome_name(c.verdict), r->verdict) == 0,
                      "%s: %s", r->name, gf_outcome_name(c.verdict));
        if (p->smooth) {
            assert_close(p->spectrum.trace, r->trace, TOL2);
            assert_close(p->spectrum.determinant, r->determinant, TOL2);
            ck_assert_msg(is_pair(&p->spectrum, r->re0, r->im0, r->re1, r->im1),
                          "%s", r->name);
        }
        if (c.has_energy)
            check_energy(&c, r);
        if (!isnan(r->l1) && r->l1 != 0)
            assert_close(p->lyapunov, r->l1, TOL2);
        let_go(&c, field);
    }
}
END_TEST

START_TEST(test_settings_move_the_spectrum)
{
    for (size_t i = 0; i < COUNT(settings_rows); i++) {
        const set_row *r = &settings_rows[i];
        char text[80];
        const char *set[1] = {text};
        gf_settings settings = {.set = set, .set_count = 1};
        gf_classification c;
        gf_field *field;
        const gf_rest_point *p;
        snprintf(text, sizeof text, "%s=%.17g", r->parameter, r->value);
        classify(&c, &field, r->name, &settings);
        p = &c.point[c.wanted];
        assert_close(p->at.x, r->x, TOL2);
        ck_assert_msg(fabs(p->spectrum.trace - r->trace) <=
                          1e-12 * fmax(1, fabs(r->trace)),
                      "%s %s", r->name, text);
        /* a double stands for sqrt(2), say: near a border no type is due */
        ck_assert_msg(strcmp(gf_type_name(p->type), r->type) == 0 ||
                          strstr(r->name, "noise"),
                      "%s %s: %s", r->name, text, gf_type_name(p->type));
        let_go(&c, field);
    }
}
END_TEST

START_TEST(test_spurious_points_are_found)
{
    for (size_t i = 0; i < COUNT(spurious_rows); i++) {
        const spurious_row *r = &spurious_rows[i];
        gf_classification c;
        gf_field *field;
        bool found = false;
        classify(&c, &field, r->name, NULL);
        for (size_t k = 0; k < c.count; k++) {
            const gf_rest_point *p = &c.point[k];
            if (hypot(p->at.x - r->x, p->at.y - r->y) > 1e-9)
                continue;
            found = p->wanted == GF_NO;
            ck_assert_str_eq(gf_type_name(p->type), r->type);
            ck_assert_str_eq(gf_stability_name(p->stability), r->stability);
            ck_assert(is_pair(&p->spectrum, r->re0, r->im0, r->re1, r->im1));
        }
        ck_assert_msg(found, "%s at %g", r->name, r->x);
        let_go(&c, field);
    }
}
END_TEST

/* Off the data every objective with a restoring force circles. */
START_TEST(test_without_data_there_are_centers)
{
    static const char *const names[] = {
        "classic", "nonsaturating", "quadratic",    "lsgan",
        "kl",      "hellinger",     "classic-logit"};
    const char *set[1] = {"p_d=0"};
    gf_settings settings = {.set = set, .set_count = 1};

    for (size_t i = 0; i < COUNT(names); i++) {
        gf_classification c;
        gf_field *field;
        classify(&c, &field, names[i], &settings);
        ck_assert_msg(c.verdict == GF_OUTCOME_CENTER, "%s", names[i]);
        let_go(&c, field);
    }
}
END_TEST

/* W of the classic GAN (ledger K14), by quadrature and in closed form. */
START_TEST(test_energy_of_the_classic_gan)
{
    static const double known[][2] = {{0.1, 0.0980535992853581983},
                                      {0.25, 0.0359120616554212324},
                                      {0.75, 0.0252141506075017091},
                                      {0.9, 0.0519528104378294981}};
    gf_classification c;
    gf_field *field;

    classify(&c, &field, "classic", NULL);
    for (size_t i = 0; i < COUNT(known); i++) {
        double d = known[i][0];
        gf_expr w = gf_expr_substitute(field->graph, c.energy.w, field->axis[0],
                                       gf_expr_number(field->graph, d));
        assert_close(gf_energy_at(&c, (gf_vec2){d, 0.2}), known[i][1], TOL3);
        assert_close(gf_expr_value(field->graph, w), known[i][1], TOL1);
    }
    assert_close(c.energy.level_lo, log(2) / 2 - 3.0 / 16, TOL1);
    let_go(&c, field);
}
END_TEST

/* TTUR (ledger K34): the critic a times faster. */
START_TEST(test_speeds_move_the_eigenvalues)
{
    static const double known[][3] = {{0.25, -0.2, 0.979795897113271239},
                                      {4, -3.2, 2.4},
                                      {10, -3.1010205144336438, 0}};

    for (size_t i = 0; i < COUNT(known); i++) {
        char text[40];
        gf_settings settings = {.speed = text};
        gf_classification c;
        gf_field *field;
        snprintf(text, sizeof text, "%.17g,1", known[i][0]);
        classify(&c, &field, "classic", &settings);
        assert_close(c.point[0].spectrum.re[0], known[i][1], TOL2);
        assert_close(c.point[0].spectrum.im[0], known[i][2], TOL2);
        let_go(&c, field);
    }
}
END_TEST

static void classify_functions(gf_classification *c, gf_field **field,
                               const char *f1, const char *f2, const char *f3)
{
    const char *f[3] = {f1, f2, f3};
    gf_settings settings = {.gauge = NULL};
    gf_error error = {.status = GF_OK};

    gf_classification_init(c);
    ck_assert_msg(gf_field_pointwise(field, f, &settings, &error) == GF_OK,
                  "%s", error.message);
    ck_assert_int_eq(gf_classify(c, *field, NULL, &error), GF_OK);
}

/* A region is claimed only round a stable rest point. */
START_TEST(test_no_region_without_a_stable_point)
{
    static const char *const f[][3] = {
        {"-D^2", "-D^2", "D^2"}, {"-D^4", "-D^4", "D^4"},
        {"-D^2", "-D^4", "D^2"}, {"-cosh(D)", "-cosh(D)", "cosh(D)"},
        {"D^2", "-D", "D"},      {"-D^2/2", "D", "D"}};

    for (size_t i = 0; i < COUNT(f); i++) {
        gf_classification c;
        gf_field *field;
        classify_functions(&c, &field, f[i][0], f[i][1], f[i][2]);
        ck_assert_msg(c.energy.region == GF_REGION_NONE, "%s", f[i][0]);
        ck_assert_msg(c.verdict != GF_OUTCOME_STABLE, "%s", f[i][0]);
        let_go(&c, field);
    }
}
END_TEST

/* f3 of third order at D0: the centre manifold decides. */
START_TEST(test_centre_manifold_decides_odd_orders)
{
    static const struct {
        const char *f3;
        gf_outcome verdict;
    } known[] = {{"D^3", GF_OUTCOME_STABLE},
                 {"-D^3", GF_OUTCOME_UNSTABLE},
                 {"D^2", GF_OUTCOME_UNSTABLE},
                 {"D", GF_OUTCOME_STABLE}};

    for (size_t i = 0; i < COUNT(known); i++) {
        gf_classification c;
        gf_field *field;
        classify_functions(&c, &field, "-(D-1)^2", "-(D+1)^2", known[i].f3);
        ck_assert_msg(c.verdict == known[i].verdict, "%s: %s", known[i].f3,
                      gf_outcome_name(c.verdict));
        let_go(&c, field);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "analysis/catalog", test_catalogue_agrees_with_the_reference,
        test_settings_move_the_spectrum, test_spurious_points_are_found,
        test_without_data_there_are_centers, test_energy_of_the_classic_gan,
        test_speeds_move_the_eigenvalues, test_no_region_without_a_stable_point,
        test_centre_manifold_decides_odd_orders);
}
