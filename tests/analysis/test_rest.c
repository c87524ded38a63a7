/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rest points of pointwise fields: all roots of f3(D) = f3(D0), and what lies
   on them. */
#include <ganfield/classify.h>

#include <math.h>
#include <stdio.h>

#include "harness.h"
#include "specimen.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

typedef struct row {
    const char *f[3], *options;
    gf_verdict complete;
    size_t count;
    double d[6], p_g[6]; /* the wanted one first */
    gf_type type[6];
} row;

static void check(const row *r)
{
    specimen s = specimen_of(r->f[0], r->f[1], r->f[2], r->options);

    ck_assert_msg(s.c.complete == r->complete, "%s: complete %s", r->f[2],
                  gf_verdict_name(s.c.complete));
    ck_assert_msg(s.c.count == r->count, "%s: %zu rest points", r->f[2],
                  s.c.count);
    for (size_t i = 0; i < r->count; i++) {
        const gf_rest_point *p = specimen_point(&s, r->d[i], r->p_g[i]);
        ck_assert_msg(p != NULL, "%s: none at (%g, %g)", r->f[2], r->d[i],
                      r->p_g[i]);
        ck_assert_msg(p->type == r->type[i], "%s at %g: %s", r->f[2], r->d[i],
                      gf_type_name(p->type));
        ck_assert_int_eq(p->wanted, i == 0 ? GF_YES : GF_NO);
        ck_assert_int_eq(p->physical, p->at.y >= 0 ? GF_YES : GF_NO);
        assert_close(p->at.x, r->d[i], TOL2);
        assert_close(p->at.y, r->p_g[i], TOL2);
    }
    specimen_clear(&s);
}

#define FOCUS GF_TYPE_STABLE_FOCUS
#define NODE GF_TYPE_STABLE_NODE
#define SADDLE GF_TYPE_SADDLE
#define CUSP GF_TYPE_DEGENERATE

/* f1 = -D^2/2 + D, f2 = -D: D0 = 0, pi = p_d (1 - D). */
START_TEST(test_all_roots_of_f3_are_rest_points)
{
    static const row rows[] = {
        {{"-D^2/2 + D", "-D", "D*(D-1)*(D-3)"},
         "",
         GF_YES,
         3,
         {0, 1, 3},
         {0.2, 0, -0.4},
         {FOCUS, SADDLE, FOCUS}},
        /* double and triple roots */
        {{"-D^2/2 + D", "-D", "D*(D-1)^2*(D+2)^3"},
         "",
         GF_YES,
         3,
         {0, 1, -2},
         {0.2, 0, 0.6},
         {FOCUS, CUSP, CUSP}},
        /* roots near each other, and two that are not quite roots */
        {{"-D^2/2 + D", "-D", "D*(D-1)*(D-1-1e-9)*((D-2)^2+1e-20)"},
         "",
         GF_YES,
         3,
         {0, 1, 1 + 1e-9},
         {0.2, 0, -2e-10},
         {FOCUS, SADDLE, NODE}},
        /* at the chart's own first division */
        {{"-D^2/2 + D", "-D", "D*(D-0.0173)"},
         "",
         GF_YES,
         2,
         {0, 0.0173},
         {0.2, 0.19654},
         {SADDLE, FOCUS}},
        /* irrational, and on an unbounded stretch */
        {{"-D^2/2 + D", "-D", "D*(D^2-2)*(D-1000000)"},
         "",
         GF_YES,
         4,
         {0, 1.4142135623730951, -1.4142135623730951, 1e6},
         {0.2, -0.08284271247461902, 0.48284271247461902, -199999.8},
         {FOCUS, SADDLE, SADDLE, FOCUS}},
        {{"-D^2/2 + D", "-D", "exp(D) - 1"},
         "",
         GF_YES,
         1,
         {0},
         {0.2},
         {FOCUS}},
        {{"-D^2/2 + D", "-D", "D + D^2*exp(-D^2)"},
         "",
         GF_YES,
         1,
         {0},
         {0.2},
         {FOCUS}},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check(&rows[i]);
}
END_TEST

/* "complete: yes" is a proof: none where it cannot be one. */
START_TEST(test_complete_is_not_claimed_lightly)
{
    static const struct {
        const char *f3;
        gf_verdict complete;
    } rows[] = {
        {"D*((D-1)^2 + 1e-30)", GF_YES},
        {"D*((D-1)^2 - 1e-30)", GF_UNKNOWN},
        {"D + D^2*sin(1/D)", GF_UNKNOWN},
        {"sin(D)", GF_UNKNOWN},
        {"D*(D^3-D-7)^2", GF_UNKNOWN},
        {"D*((D^3-D-7)^2+1e-20)", GF_YES},
        {"exp(-1/D^2)", GF_UNKNOWN},
        {"D + 1/(D-1)", GF_UNKNOWN}, /* a pole in the domain */
        {"D*(D-1)/(D-1)", GF_YES},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = specimen_of("-D^2/2 + D", "-D", rows[i].f3, "");
        ck_assert_msg(s.c.complete == rows[i].complete, "%s: %s", rows[i].f3,
                      gf_verdict_name(s.c.complete));
        specimen_clear(&s);
    }
}
END_TEST

/* f2' = f1' = 0 where f3 = f3(D0): a vertical line; f3 constant: a curve. */
START_TEST(test_lines_of_rest_points)
{
    specimen s =
        specimen_of("-(D-1)^2*(D+1)", "-(D-1)^2/2", "(D-1)*(D-2)", "gauge=1");
    const gf_rest_point *p = specimen_point(&s, 1, 0.2);

    ck_assert_ptr_nonnull(p);
    ck_assert(p->line);
    assert_close(p->along.x, 0, TOL0);
    assert_close(p->along.y, 1, TOL0);
    ck_assert_int_eq(s.c.verdict, GF_OUTCOME_NONE);
    specimen_clear(&s);

    s = specimen_of("-D^2/2 + D", "-D", "(D-1)*(D+1) - D^2 + 1", "");
    ck_assert_uint_eq(s.c.count, 1);
    ck_assert(s.c.point[0].line);
    ck_assert_int_eq(s.c.point[0].wanted, GF_YES);
    /* the curve p_g = p_d (1 - D) falls to the right */
    ck_assert_double_lt(s.c.point[0].along.x * s.c.point[0].along.y, 0);
    ck_assert_int_eq(s.c.complete, GF_YES);
    specimen_clear(&s);
}
END_TEST

/* p_g* beyond all doubles, or f1' undefined: nothing to list, nothing
   claimed. */
START_TEST(test_points_without_a_height)
{
    specimen s = specimen_of("0.3*exp(D) - (D-1)^2", "-0.3*exp(D)",
                             "exp(D) - D/1000", "");

    for (size_t i = 0; i < s.c.count; i++)
        ck_assert(isfinite(s.c.point[i].at.y));
    ck_assert_int_eq(s.c.complete, GF_UNKNOWN);
    specimen_clear(&s);
}
END_TEST

START_TEST(test_wanted_point_comes_first)
{
    specimen s = specimen_of("-D^2/2 + D", "-D", "D*(D+1)*(D+2)*(D+3)", "");

    ck_assert_uint_eq(s.c.count, 4);
    ck_assert_int_eq(s.c.point[0].wanted, GF_YES);
    for (size_t i = 2; i < s.c.count; i++)
        ck_assert_double_lt(s.c.point[i - 1].at.x, s.c.point[i].at.x);
    specimen_clear(&s);
}
END_TEST

/* A link moves every rest point with it, and no type. */
START_TEST(test_a_link_keeps_rest_points)
{
    static const char *const links[] = {"2*u + 1", "sinh(u)", "u + u^3"};
    specimen s = specimen_of("-D^2/2 + D", "-D", "D*(D-1)*(D-3)", ""), t;

    for (size_t i = 0; i < COUNT(links); i++) {
        char options[40] = "link=";
        snprintf(options + 5, sizeof options - 5, "%s", links[i]);
        t = specimen_of("-D^2/2 + D", "-D", "D*(D-1)*(D-3)", options);
        ck_assert_uint_eq(t.c.count, s.c.count);
        ck_assert_int_eq(t.c.complete, GF_YES);
        for (size_t k = 0; k < s.c.count; k++) {
            const gf_rest_point *p = &s.c.point[k], *q = &t.c.point[k];
            assert_close(q->d, p->at.x, 1e-12);
            assert_close(q->at.y, p->at.y, 1e-12);
            ck_assert_int_eq(q->type == SADDLE, p->type == SADDLE);
            ck_assert_int_eq(q->stability, p->stability);
        }
        specimen_clear(&t);
    }
    specimen_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/rest", test_all_roots_of_f3_are_rest_points,
                     test_complete_is_not_claimed_lightly,
                     test_lines_of_rest_points, test_points_without_a_height,
                     test_wanted_point_comes_first,
                     test_a_link_keeps_rest_points);
}
