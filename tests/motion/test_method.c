/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of methods, and that each does what it says. */
#include "motion/method.h"

#include <math.h>
#include <string.h>

#include "follow.h"

START_TEST(test_the_table_is_whole)
{
    ck_assert_uint_eq(gf_flow_method_count(), 10);
    for (size_t i = 0; i < gf_flow_method_count(); i++) {
        const gf_flow_method *row = gf_flow_method_row(i);
        ck_assert_ptr_eq(gf_flow_method_find(row->name), row);
        ck_assert_str_eq(gf_flow_method_type(row)->name, row->name);
        ck_assert(row->title[0] && row->key[0]);
    }
    ck_assert_ptr_null(gf_flow_method_find("euler"));
    ck_assert_ptr_null(gf_flow_method_find(""));
    ck_assert_str_eq(gf_flow_method_default()->name, "rk8pd");
}
END_TEST

/* The error at t = 4 of u' = -u/2 - v, v' = u - v/2 from (1, 0). */
static double error_of(const gf_field *field, const char *method, double step)
{
    gf_flow_options options = {.method = method, .step = step, .until = 4};
    gf_trajectory run = follow(field, 1, 0, &options);
    gf_row last = last_row(&run);

    ck_assert_int_eq(run.stop, GF_STOP_END);
    ck_assert_uint_eq(run.steps, (size_t)round(4 / step));
    gf_trajectory_clear(&run);
    return hypot(last.at.x - exp(-2) * cos(4), last.at.y - exp(-2) * sin(4));
}

START_TEST(test_fixed_steps_have_the_order_of_the_table)
{
    gf_field *field = planar_field("-u/2 - v", "u - v/2");

    for (size_t i = 0; i < gf_flow_method_count(); i++) {
        const gf_flow_method *row = gf_flow_method_row(i);
        double h = row->order > 8 ? 4 : row->order > 5 ? 2 : 0.25;
        if (row->order == 0)
            continue;
        double coarse = error_of(field, row->name, h);
        double fine = error_of(field, row->name, h / 2);
        double order = log2(coarse / fine);
        ck_assert_msg(order > row->order - 0.5 && order < row->order + 2,
                      "%s has order %.2f, not %d", row->name, order,
                      row->order);
    }
    gf_field_free(field);
}
END_TEST

START_TEST(test_all_methods_agree)
{
    gf_field *field = find_field("classic", NULL);

    for (size_t i = 0; i < gf_flow_method_count(); i++) {
        const gf_flow_method *row = gf_flow_method_row(i);
        gf_flow_options options = {.method = row->name, .until = 5};
        gf_trajectory run = follow(field, 0.75, 0.9, &options);
        gf_row last = last_row(&run);
        /* A step's error may grow to that of the run by as much as there are
           steps. */
        double tol = 1e-12 * (double)run.steps + 2e-9;
        ck_assert_str_eq(run.method, row->name);
        assert_close(last.at.x, 0.491038936932180612, tol);
        assert_close(last.at.y, 0.211049440427631797, tol);
        ck_assert_int_eq(run.stop, GF_STOP_END);
        ck_assert_double_eq(run.stop_time, 5);
        ck_assert_uint_eq(run.count, run.steps + 1);
        gf_trajectory_clear(&run);
    }
    gf_field_free(field);
}
END_TEST

START_TEST(test_implicit_methods_do_not_mind_stiffness)
{
    /* Fast eigenvalue about -8000. */
    gf_field *field = find_field("classic", "p_d=1e-4");
    size_t explicit_steps = 0, implicit_steps = 0;
    gf_flow_options exact = {.until = 0.5, .rtol = 1e-12, .atol = 1e-14};
    gf_trajectory want = follow(field, 0.25, 0.9, &exact);

    for (size_t i = 0; i < gf_flow_method_count(); i++) {
        const gf_flow_method *row = gf_flow_method_row(i);
        gf_flow_options options = {
            .method = row->name, .until = 0.5, .rtol = 1e-7, .atol = 1e-9};
        gf_trajectory run = follow(field, 0.25, 0.9, &options);
        assert_close(last_row(&run).at.x, last_row(&want).at.x, 1e-6);
        assert_close(last_row(&run).at.y, last_row(&want).at.y, 1e-6);
        if (strcmp(row->name, "rk8pd") == 0)
            explicit_steps = run.steps;
        if (strcmp(row->name, "bsimp") == 0)
            implicit_steps = run.steps;
        gf_trajectory_clear(&run);
    }
    gf_trajectory_clear(&want);
    ck_assert_uint_lt(5 * implicit_steps, explicit_steps);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("motion/method", test_the_table_is_whole,
                     test_fixed_steps_have_the_order_of_the_table,
                     test_all_methods_agree,
                     test_implicit_methods_do_not_mind_stiffness);
}
