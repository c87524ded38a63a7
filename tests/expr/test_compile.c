/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which instructions an expression becomes. */
#include "expr/tape.h"

#include "expr/sheet.h"
#include "harness.h"

#include <string.h>

static const char *name_of(gf_op op)
{
    static const struct {
        gf_op op;
        const char *name;
    } names[] = {
        {GF_OP_ADD, "+"},       {GF_OP_SUB, "-"},
        {GF_OP_MUL, "*"},       {GF_OP_DIV, "/"},
        {GF_OP_NEG, "neg"},     {GF_OP_SQUARE, "sqr"},
        {GF_OP_POWI, "powi"},   {GF_OP_SQRT, "sqrt"},
        {GF_OP_POW, "pow"},     {GF_OP_LOG, "log"},
        {GF_OP_LOG1P, "log1p"}, {GF_OP_EXP, "exp"},
        {GF_OP_EXPM1, "expm1"}, {GF_OP_LOG1MEXP, "log1mexp"},
        {GF_OP_SIN, "sin"},     {GF_OP_MAX, "max"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].op == op)
            return names[i].name;
    return "?";
}

START_TEST(test_what_texts_become)
{
    static const char *const rows[][2] = {
        {"x + y", " +"},
        {"x - y", " -"},
        {"-x + y", " -"},
        {"-x - y", " + neg"},
        {"-x*y", " * neg"},
        {"x - 2*y", " * -"},
        {"x/y", " /"},
        {"x/3", " /"},
        {"2*x/3", " *"},
        {"1/x", " /"},
        {"x/(y*z)", " * /"},
        {"x^2", " sqr"},
        {"x^3", " powi"},
        {"x^-2", " sqr /"},
        {"sqrt(x)", " sqrt"},
        {"1/sqrt(x)", " sqrt /"},
        {"x^1.5", " pow"},
        {"x^65", " pow"},
        {"x^y", " pow"},
        {"log(x)", " log"},
        {"log(1 + x)", " log1p"},
        {"log(1 - x)", " neg log1p"},
        {"log(x*y + 1 - z)", " * - log1p"},
        {"log(x + y)", " + log"},
        {"log(1 - exp(x))", " log1mexp"},
        {"log(2 - exp(x))", " expm1 neg log1p"},
        {"exp(x) - 1", " expm1"},
        {"1 - exp(x)", " expm1 neg"},
        {"1 + exp(x)", " exp +"},
        {"1 - 2*exp(x)", " exp * -"},
        {"x*(exp(y) - 1)", " expm1 *"},
        {"max(x, sin(y))", " sin max"},
        {"sin(2)*x", " *"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got[200] = "";
        gf_tape *tape = NULL;
        sheet s;
        sheet_init(&s);
        gf_expr e = sheet_read(&s, rows[i][0]);
        ck_assert_int_eq(gf_tape_new(&tape, s.graph, &e, 1, s.symbol, 3, NULL),
                         GF_OK);
        for (size_t k = 0; k < tape->count && strlen(got) < 150; k++) {
            strcat(got, " ");
            strcat(got, name_of(tape->code[k].op));
        }
        ck_assert_msg(strcmp(got, rows[i][1]) == 0, "%s becomes%s, not%s",
                      rows[i][0], got, rows[i][1]);
        gf_tape_free(tape);
        sheet_clear(&s);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/compile", test_what_texts_become);
}
