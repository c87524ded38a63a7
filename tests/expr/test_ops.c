/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of operators as data. */
#include "expr/ops.h"

#include "expr/sheet.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

START_TEST(test_every_name_is_found_once)
{
    for (int i = 1; i < GF_OP_COUNT; i++) {
        const gf_op_row *row = gf_op_row_of((gf_op)i);
        if (row->name)
            ck_assert_int_eq(gf_op_find(row->name), i);
    }
    ck_assert_int_eq(gf_op_find("tnh"), GF_OP_NONE);
    ck_assert_int_eq(gf_op_find(""), GF_OP_NONE);
    for (size_t i = 0; i < gf_function_name_count; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(gf_function_names[i], gf_function_names[k]);
}
END_TEST

/* What the language calls a function can be read, and the other way round. */
START_TEST(test_names_and_rows_agree)
{
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < gf_function_name_count; i++) {
        const char *name = gf_function_names[i];
        char text[80];
        bool two = strcmp(name, "min") == 0 || strcmp(name, "max") == 0 ||
                   strcmp(name, "pow") == 0;
        bool constant = strcmp(name, "pi") == 0 || strcmp(name, "e") == 0 ||
                        strcmp(name, "inf") == 0;
        snprintf(text, sizeof text, constant ? "%s" : "%s(%s)", name,
                 two ? "x, y" : "x");
        if (strcmp(name, "gauss") == 0)
            snprintf(text, sizeof text, "gauss(sin, x, y)");
        ck_assert_uint_ne(sheet_read(&s, text), GF_EXPR_NONE);
    }
    for (int i = GF_OP_PI; i < GF_OP_SUB; i++) {
        const char *name = gf_op_row_of((gf_op)i)->name;
        size_t found = 0;
        for (size_t k = 0; name && k < gf_function_name_count; k++)
            found += strcmp(gf_function_names[k], name) == 0;
        ck_assert_uint_eq(found, name ? 1 : 0);
    }
    sheet_clear(&s);
}
END_TEST

START_TEST(test_rows_are_complete)
{
    for (int i = GF_OP_EXP; i < GF_OP_COUNT; i++) {
        const gf_op_row *row = gf_op_row_of((gf_op)i);
        if (row->arity == 0)
            continue; /* the tape's own arithmetic */
        ck_assert_int_eq(row->value != NULL, row->arity == 1);
        ck_assert_int_eq(row->value2 != NULL, row->arity == 2);
        if (row->arity == 1) {
            ck_assert(row->ball != NULL);
            ck_assert((row->direction != 0) != (row->interval != NULL));
        }
        if (!row->name)
            continue;
        ck_assert_ptr_nonnull(row->slope);
        ck_assert_int_eq(row->slope_y != NULL, row->arity == 2);
        ck_assert_msg(row->latex || i == GF_OP_ABS, "%s", row->name);
        if (row->direction != 0)
            ck_assert(row->domain_lo < row->domain_hi &&
                      row->range_lo < row->range_hi);
    }
}
END_TEST

/* f(0), parity, inverse and direction say of the values what is true. */
START_TEST(test_rows_tell_the_truth)
{
    for (int i = GF_OP_EXP; i < GF_OP_SUB; i++) {
        const gf_op_row *row = gf_op_row_of((gf_op)i);
        sheet s;
        if (row->arity != 1)
            continue;
        sheet_init(&s);
        if (row->at_zero)
            assert_close(gf_expr_value(s.graph, sheet_read(&s, row->at_zero)),
                         row->value(0), TOL0);
        for (double x = 0.1; x < 1; x += 0.1) {
            if (row->parity)
                assert_close(row->value(-x), row->parity * row->value(x), TOL0);
            if (row->inverse)
                assert_close(row->value(gf_op_row_of(row->inverse)->value(x)),
                             x, TOL1);
            if (row->direction)
                ck_assert(row->direction *
                              (row->value(x) - row->value(x - 0.05)) >
                          0);
        }
        sheet_clear(&s);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/ops", test_every_name_is_found_once,
                     test_names_and_rows_agree, test_rows_are_complete,
                     test_rows_tell_the_truth);
}
