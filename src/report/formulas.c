/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/formulas.h"

static gf_expr simple(gf_graph *graph, gf_expr e)
{
    return gf_expr_simplify(graph, e);
}

static void find_pointwise(gf_formulas *f, const gf_field *field)
{
    gf_graph *graph = field->graph;
    gf_expr p_d = field->parameter[field->p_d].symbol;
    gf_expr slope[2];

    for (size_t i = 0; i < 3; i++) {
        f->first[i] = gf_expr_derive(graph, field->f_of_d[i], field->d_symbol);
        f->second[i] = gf_expr_derive(graph, f->first[i], field->d_symbol);
    }
    f->slope = simple(graph, gf_expr_sum(graph, f->first[0], f->first[1]));
    f->generator = simple(
        graph, gf_expr_quotient(graph, f->velocity[1], field->speed_exact[1]));
    for (size_t i = 0; i < 2; i++)
        slope[i] = gf_expr_derive(graph, field->f[i], field->axis[0]);
    gf_expr ratio = gf_expr_quotient(graph, slope[0], slope[1]);
    f->nullcline = simple(
        graph, gf_expr_negative(graph, gf_expr_product(graph, p_d, ratio)));
    f->decay = simple(
        graph, gf_expr_product(graph, f->generator,
                               gf_expr_difference(graph, f->nullcline, p_d)));
}

gf_status gf_formulas_find(gf_formulas *formulas, const gf_field *field,
                           gf_error *error)
{
    *formulas = (gf_formulas){.slope = GF_EXPR_NONE};
    for (size_t i = 0; i < 2; i++) {
        formulas->velocity[i] = field->velocity[i];
        for (size_t j = 0; j < 2; j++)
            formulas->jacobian[i][j] = gf_expr_derive(
                field->graph, field->velocity[i], field->axis[j]);
    }
    if (field->kind == GF_POINTWISE)
        find_pointwise(formulas, field);
    return gf_graph_check(field->graph, error);
}
