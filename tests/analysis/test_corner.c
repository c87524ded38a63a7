/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinks and closed ends of the domain. */
#include "analysis/corner.h"

#include <math.h>

#include "harness.h"
#include "specimen.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* f1 = -D^2/2 + D, f2 = -D: D0 = 0, pi = p_d (1 - D). */
static specimen with_f3(const char *f3, const char *options)
{
    return specimen_of("-D^2/2 + D", "-D", f3, options);
}

START_TEST(test_a_root_in_a_kink_is_a_rest_point)
{
    static const struct {
        const char *f3;
        double d;
    } rows[] = {{"D*abs(D-1)", 1},
                {"D*abs(D-1/3)", 1.0 / 3},
                {"D*max(D-2,0) + D*min(D-2,0)*2", 2},
                {"D*(abs(D^2-2)+1)*(D-sqrt(2))", 1.4142135623730951}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = with_f3(rows[i].f3, "");
        double d = rows[i].d;
        const gf_rest_point *p = specimen_point(&s, d, 0.2 * (1 - d));
        ck_assert_msg(p != NULL, "%s", rows[i].f3);
        ck_assert_int_eq(p->type, GF_TYPE_NON_SMOOTH);
        ck_assert(!p->smooth);
        ck_assert_int_eq(s.c.complete, GF_YES);
        ck_assert_int_eq(s.c.energy.well, GF_NO);
        specimen_clear(&s);
    }
}
END_TEST

/* One-sided Jacobians: those of either neighbour. */
START_TEST(test_one_sided_jacobians)
{
    specimen s = with_f3("D*abs(D-1)", "");
    const gf_rest_point *p = specimen_point(&s, 1, 0);

    ck_assert_ptr_nonnull(p);
    for (int i = 0; i < 2; i++) {
        assert_close(p->one_sided[i].xx, -0.2, TOL1);
        assert_close(p->one_sided[i].xy, -1, TOL1);
        assert_close(p->one_sided[i].yx, i ? 1 : -1, TOL1);
        assert_close(p->one_sided[i].yy, 0, TOL0);
    }
    specimen_clear(&s);
}
END_TEST

/* The enclosure of a kink that is no double leaves a gap of its width: a root
   in there is not overlooked. */
START_TEST(test_a_root_beside_a_kink_is_not_lost)
{
    static const char *const f3[] = {
        "D*abs(D-1/3)*(D-1/3-1e-18)",
        "D*(abs(D-1/3)+D-1/3-1e-18)",
        "D*(abs(D-1/3)+1)*(D-1/3+1e-18)",
        "D*abs(D^3-D-7)",
    };

    for (size_t i = 0; i < COUNT(f3); i++) {
        specimen s = with_f3(f3[i], "");
        ck_assert_msg(s.c.complete == GF_UNKNOWN, "%s", f3[i]);
        ck_assert_int_ne(s.c.energy.well, GF_YES);
        specimen_clear(&s);
    }
}
END_TEST

START_TEST(test_kinks_elsewhere_change_nothing)
{
    static const char *const f3[] = {"D*(2+abs(D-1/3))", "D + abs(D)/2",
                                     "D*(1+step(D-1/7))", "max(D, D^3)"};
    static const size_t count[] = {1, 1, 1, 1};

    for (size_t i = 0; i < COUNT(f3); i++) {
        specimen s = with_f3(f3[i], "");
        ck_assert_msg(s.c.complete == GF_YES, "%s", f3[i]);
        ck_assert_msg(s.c.count == count[i], "%s: %zu", f3[i], s.c.count);
        specimen_clear(&s);
    }
}
END_TEST

/* A closed end belongs to the domain, an open one does not. */
START_TEST(test_closed_ends_may_be_at_rest)
{
    static const struct {
        const char *f3, *domain;
        size_t count;
        gf_verdict well;
    } rows[] = {{"D*(D-3)", "domain=(-1,3)", 1, GF_NO},
                {"D*(D-3)", "domain=(-1,3]", 2, GF_NO},
                {"D*(3-D)", "domain=(-1,3)", 1, GF_YES},
                {"D*(3-D)", "domain=(-1,3]", 2, GF_NO},
                {"D*(3-D)*(D+1)", "domain=[-1,3]", 3, GF_NO},
                {"D", "domain=[-1,3]", 1, GF_YES}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = with_f3(rows[i].f3, rows[i].domain);
        ck_assert_msg(s.c.count == rows[i].count, "%s on %s: %zu", rows[i].f3,
                      rows[i].domain, s.c.count);
        ck_assert_int_eq(s.c.complete, GF_YES);
        ck_assert_int_eq(s.c.energy.well, rows[i].well);
        specimen_clear(&s);
    }
}
END_TEST

/* hinge with D0 on its kink; D0 where only f3 has a kink. */
START_TEST(test_d0_on_a_kink_has_no_jacobian)
{
    specimen s = specimen_find("hinge", "gauge=1");
    const gf_rest_point *p = specimen_wanted(&s);

    ck_assert_int_eq(p->type, GF_TYPE_NON_SMOOTH);
    ck_assert_int_eq(s.c.verdict, GF_OUTCOME_UNKNOWN);
    ck_assert_int_eq(s.c.damping.holds, GF_UNKNOWN);
    ck_assert_int_eq(s.c.energy.region, GF_REGION_NONE);
    specimen_clear(&s);

    s = with_f3("D*abs(D)", "");
    p = specimen_wanted(&s);
    ck_assert_int_eq(p->type, GF_TYPE_NON_SMOOTH);
    assert_close(p->at.y, 0.2, TOL0);
    specimen_clear(&s);
}
END_TEST

/* What the corners of a study are. */
START_TEST(test_corners_are_counted)
{
    specimen s = with_f3("abs(D-1) + abs(D+2) + D", "domain=[-5, inf)");
    gf_budget budget = gf_budget_make(0);
    gf_corner corner;
    gf_study study;

    ck_assert_int_eq(gf_study_init(&study, s.field, &budget, NULL), GF_OK);
    ck_assert_uint_eq(study.count, 3);
    ck_assert_uint_eq(gf_corner_count(&study), 4);
    ck_assert(gf_corner_at(&corner, &study, 0));
    assert_close(corner.lo, -5, TOL0);
    ck_assert_ptr_null(corner.side[0]);
    ck_assert(gf_corner_at(&corner, &study, 1));
    assert_close(corner.lo, -2, TOL0);
    ck_assert(corner.lo == corner.hi && !corner.has_d0);
    ck_assert_int_eq(gf_corner_value(&study, &corner, study.x),
                     GF_SIGN_NEGATIVE);
    ck_assert(!gf_corner_at(&corner, &study, 3));
    gf_study_clear(&study);
    specimen_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "analysis/corner", test_a_root_in_a_kink_is_a_rest_point,
        test_one_sided_jacobians, test_a_root_beside_a_kink_is_not_lost,
        test_kinks_elsewhere_change_nothing, test_closed_ends_may_be_at_rest,
        test_d0_on_a_kink_has_no_jacobian, test_corners_are_counted);
}
