/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streamlines of winds whose curves are known: what a picture promises. */
#include "figure/streamline.h"

#include <math.h>

#include "harness.h"

static const gf_box page = {20, 10, 200, 140};
static const gf_vec2 middle = {110, 75};

static gf_vec2 uniform(gf_vec2 p, const void *ctx)
{
    (void)p;
    (void)ctx;
    return (gf_vec2){1e-200, 3e-201};
}

static gf_vec2 center(gf_vec2 p, const void *ctx)
{
    (void)ctx;
    return (gf_vec2){middle.y - p.y, 2 * (p.x - middle.x)};
}

static gf_vec2 focus(gf_vec2 p, const void *ctx)
{
    gf_vec2 r = gf_vec2_less(p, middle);

    (void)ctx;
    return (gf_vec2){-0.2 * r.x - r.y, r.x - 0.2 * r.y};
}

static gf_vec2 saddle(gf_vec2 p, const void *ctx)
{
    (void)ctx;
    return (gf_vec2){p.x - middle.x, 3 * (middle.y - p.y)};
}

/* Both sides lead to the line x = 110; right of 170 there is nothing. */
static gf_vec2 edge(gf_vec2 p, const void *ctx)
{
    (void)ctx;
    if (p.x > 170)
        return (gf_vec2){NAN, NAN};
    return (gf_vec2){p.x < middle.x ? 2 : -1, 1};
}

static const struct wind_row {
    gf_vec2 (*at)(gf_vec2 p, const void *ctx);
    size_t rest_count;
} winds[] = {{uniform, 0}, {center, 1}, {focus, 1}, {saddle, 1}, {edge, 0}};

enum { WINDS = sizeof winds / sizeof winds[0] };

static gf_stream_plan plan_of(size_t i)
{
    return (gf_stream_plan){.wind = {winds[i].at, NULL},
                            .box = page,
                            .separation = 7,
                            .rest = &middle,
                            .rest_count = winds[i].rest_count,
                            .clear = 5};
}

static gf_curves place(const gf_stream_plan *plan)
{
    gf_curves lines;

    gf_curves_init(&lines);
    ck_assert_int_eq(gf_streamlines_place(&lines, plan, NULL), GF_OK);
    ck_assert_uint_gt(lines.count, 10);
    return lines;
}

static double to_curve(gf_vec2 p, const gf_curve *curve)
{
    double least = INFINITY;

    for (size_t i = 1; i < curve->count; i++)
        least = fmin(least, gf_segment_far(p, curve->at[i - 1], curve->at[i]));
    return least;
}

START_TEST(test_no_two_lines_are_closer_than_the_test_distance)
{
    for (size_t w = 0; w < WINDS; w++) {
        gf_stream_plan plan = plan_of(w);
        gf_curves lines = place(&plan);
        for (size_t i = 0; i < lines.count; i++)
            for (size_t j = 0; j < lines.count; j++)
                for (size_t k = 0; i != j && k < lines.item[i].count; k += 3)
                    ck_assert_double_ge(
                        to_curve(lines.item[i].at[k], &lines.item[j]),
                        gf_stream_test(&plan) - 0.01);
        gf_curves_clear(&lines);
    }
}
END_TEST

/* To another line, or to a part of its own that is some way along. */
static double to_lines(gf_vec2 p, const gf_curves *lines, size_t own,
                       size_t index)
{
    double least = INFINITY;

    for (size_t i = 0; i < lines->count; i++)
        for (size_t k = 0; k < lines->item[i].count; k++)
            if (i != own || fabs((double)k - (double)index) > 10)
                least = fmin(least, gf_vec2_far(p, lines->item[i].at[k]));
    return least;
}

static void assert_end(const gf_stream_plan *plan, const gf_curves *lines,
                       size_t line, size_t index)
{
    gf_vec2 p = lines->item[line].at[index];
    bool at_frame = gf_box_depth(page, p) < 0.01;
    bool at_rest = plan->rest_count && gf_vec2_far(p, middle) < plan->clear + 1;
    bool at_edge =
        plan->wind.at == edge && fmin(170 - p.x, fabs(p.x - 110)) < 0.05;

    if (!at_frame && !at_rest && !at_edge)
        ck_assert_double_lt(to_lines(p, lines, line, index),
                            gf_stream_test(plan) + 0.9);
}

START_TEST(test_no_line_ends_in_mid_air)
{
    for (size_t w = 0; w < WINDS; w++) {
        gf_stream_plan plan = plan_of(w);
        gf_curves lines = place(&plan);
        for (size_t i = 0; i < lines.count; i++) {
            const gf_curve *line = &lines.item[i];
            if (line->closed)
                continue;
            ck_assert_double_ge(gf_curve_length(line), gf_stream_least(&plan));
            assert_end(&plan, &lines, i, 0);
            assert_end(&plan, &lines, i, line->count - 1);
        }
        gf_curves_clear(&lines);
    }
}
END_TEST

START_TEST(test_lines_have_the_direction_of_the_wind)
{
    for (size_t w = 0; w < WINDS; w++) {
        gf_stream_plan plan = plan_of(w);
        gf_curves lines = place(&plan);
        for (size_t i = 0; i < lines.count; i++)
            for (size_t k = 1; k < lines.item[i].count; k++) {
                gf_vec2 p = lines.item[i].at[k - 1], q = lines.item[i].at[k];
                gf_vec2 m = gf_vec2_times(0.5, gf_vec2_sum(p, q));
                gf_vec2 v = gf_vec2_unit(winds[w].at(m, NULL));
                ck_assert(gf_box_has(page, p) && gf_box_has(page, q));
                ck_assert_double_le(gf_vec2_far(p, q), 0.71);
                if (gf_vec2_far(p, q) > 0.01)
                    ck_assert_double_gt(
                        gf_vec2_dot(v, gf_vec2_unit(gf_vec2_less(q, p))),
                        cos(M_PI / 180));
            }
        gf_curves_clear(&lines);
    }
}
END_TEST

START_TEST(test_closed_orbits_are_drawn_once_and_closed)
{
    gf_stream_plan plan = plan_of(1);
    gf_curves lines = place(&plan);
    size_t closed = 0;

    for (size_t i = 0; i < lines.count; i++) {
        const gf_curve *line = &lines.item[i];
        double least = INFINITY, most = 0;
        for (size_t k = 0; k < line->count; k++) {
            gf_vec2 r = gf_vec2_less(line->at[k], middle);
            double invariant = sqrt(2 * r.x * r.x + r.y * r.y);
            least = fmin(least, invariant);
            most = fmax(most, invariant);
        }
        ck_assert_double_lt(most - least, 0.02);
        /* every orbit inside the frame is closed */
        ck_assert(line->closed == (most < 65));
        closed += line->closed;
        if (line->closed)
            ck_assert_double_lt(
                gf_vec2_far(line->at[0], line->at[line->count - 1]), 1);
    }
    ck_assert_uint_ge(closed, 5);
    gf_curves_clear(&lines);
}
END_TEST

START_TEST(test_no_gap_is_left)
{
    for (size_t w = 0; w < 4; w++) {
        gf_stream_plan plan = plan_of(w);
        gf_curves lines = place(&plan);
        size_t gaps = 0, all = 0;
        for (double x = page.x0 + 8; x < page.x1 - 8; x += 4)
            for (double y = page.y0 + 8; y < page.y1 - 8; y += 4, all++)
                gaps += to_lines((gf_vec2){x, y}, &lines, lines.count, 0) >
                        1.3 * plan.separation;
        ck_assert_uint_le(gaps, all / 500);
        gf_curves_clear(&lines);
    }
}
END_TEST

START_TEST(test_lines_keep_clear_of_other_curves)
{
    gf_stream_plan plan = plan_of(0);
    gf_curves others, lines;
    gf_curve curve;

    gf_curves_init(&others);
    gf_curve_init(&curve);
    for (double x = 40; x < 180; x += 0.5)
        gf_curve_add(&curve, (gf_vec2){x, 30 + 0.3 * x});
    gf_curves_take(&others, &curve);
    plan.others = &others;
    lines = place(&plan);
    for (size_t i = 0; i < lines.count; i++)
        for (size_t k = 0; k < lines.item[i].count; k++)
            ck_assert_double_ge(to_curve(lines.item[i].at[k], &others.item[0]),
                                gf_stream_test(&plan) - 0.01);
    gf_curves_clear(&lines);
    gf_curves_clear(&others);
}
END_TEST

START_TEST(test_arrowheads_are_clear_of_everything)
{
    for (size_t w = 0; w < WINDS; w++) {
        gf_stream_plan plan = plan_of(w);
        gf_head_plan head_plan = {.box = page,
                                  .clear = 4,
                                  .every = 40,
                                  .points = &middle,
                                  .point_count = 1};
        gf_curves lines = place(&plan);
        gf_heads heads = {0};
        gf_heads_place(&heads, &lines, &head_plan);
        ck_assert_uint_ge(heads.count, lines.count);
        for (size_t i = 0; i < heads.count; i++) {
            gf_head head = heads.item[i];
            gf_vec2 v = gf_vec2_unit(winds[w].at(head.at, NULL));
            ck_assert_double_ge(gf_box_depth(page, head.at), 4);
            ck_assert_double_ge(gf_vec2_far(head.at, middle), 4);
            ck_assert_double_gt(gf_vec2_dot(head.way, v), cos(M_PI / 60));
            for (size_t k = 0; k < i; k++)
                ck_assert_double_ge(gf_vec2_far(head.at, heads.item[k].at), 4);
        }
        gf_heads_clear(&heads);
        gf_curves_clear(&lines);
    }
}
END_TEST

START_TEST(test_a_page_without_size_is_refused)
{
    static const gf_box bad[] = {
        {0, 0, 0, 10}, {0, 0, NAN, 10}, {0, 0, INFINITY, 10}, {0, 0, 1e6, 1e6}};
    gf_curves lines;

    gf_curves_init(&lines);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        gf_stream_plan plan = plan_of(0);
        plan.box = bad[i];
        ck_assert_int_eq(gf_streamlines_place(&lines, &plan, NULL),
                         GF_ARGUMENT);
    }
    ck_assert_uint_eq(lines.count, 0);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/streamline",
                     test_no_two_lines_are_closer_than_the_test_distance,
                     test_no_line_ends_in_mid_air,
                     test_lines_have_the_direction_of_the_wind,
                     test_closed_orbits_are_drawn_once_and_closed,
                     test_no_gap_is_left, test_lines_keep_clear_of_other_curves,
                     test_arrowheads_are_clear_of_everything,
                     test_a_page_without_size_is_refused);
}
