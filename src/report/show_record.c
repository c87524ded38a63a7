/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/show.h"

#include "report/formulas.h"
#include "report/record.h"

static void add_derivatives(gf_json *json, const gf_field *field,
                            const gf_formulas *f)
{
    static const char *const first[] = {"f1'", "f2'", "f3'"};
    static const char *const second[] = {"f1''", "f2''", "f3''"};

    gf_json_key(json, "derivatives");
    if (field->kind == GF_PLANAR) {
        gf_json_null(json);
        return;
    }
    gf_json_begin_object(json);
    for (size_t i = 0; i < 3; i++) {
        gf_record_expr(json, first[i], field->graph, f->first[i]);
        gf_record_expr(json, second[i], field->graph, f->second[i]);
    }
    gf_json_end_object(json);
}

static void add_motion(gf_json *json, const gf_field *field,
                       const gf_formulas *f)
{
    gf_json_key(json, "velocity");
    gf_json_begin_object(json);
    for (size_t i = 0; i < 2; i++)
        gf_record_expr(json, field->axis_name[i], field->graph, f->velocity[i]);
    gf_json_end_object(json);
    gf_json_key(json, "jacobian");
    gf_json_begin_array(json);
    for (size_t i = 0; i < 2; i++) {
        gf_json_begin_array(json);
        for (size_t j = 0; j < 2; j++)
            gf_record_item(json, field->graph, f->jacobian[i][j]);
        gf_json_end_array(json);
    }
    gf_json_end_array(json);
}

static void add_energy(gf_json *json, const gf_classification *c,
                       const gf_formulas *f)
{
    gf_json_key(json, "energy");
    if (!c->has_energy) {
        gf_json_null(json);
        return;
    }
    gf_json_begin_object(json);
    gf_record_expr(json, "w", c->field->graph, c->energy.w);
    gf_record_expr(json, "rate", c->field->graph, f->decay);
    gf_json_end_object(json);
}

gf_status gf_show_record(gf_json *json, const gf_classification *c,
                         gf_error *error)
{
    gf_formulas f;

    gf_status status = gf_formulas_find(&f, c->field, error);
    if (status)
        return status;
    gf_json_begin_object(json);
    gf_record_string(json, "schema", "ganfield/show/1");
    gf_record_field(json, c->field);
    add_derivatives(json, c->field, &f);
    add_motion(json, c->field, &f);
    gf_record_d0(json, c->field);
    add_energy(json, c, &f);
    gf_json_end_object(json);
    return GF_OK;
}
