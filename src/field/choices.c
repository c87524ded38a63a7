/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to tell a user whose D0 is not given by f1 and f2 alone. */
#include <math.h>

#include "base/text.h"
#include "field/equilibrium.h"

static void describe_range(gf_text *text, gf_range range)
{
    gf_text_add_char(text, range.lo_closed ? '[' : '(');
    gf_text_add_number(text, range.lo);
    gf_text_add(text, ", ");
    gf_text_add_number(text, range.hi);
    gf_text_add_char(text, range.hi_closed ? ']' : ')');
}

static void describe_choices(gf_text *text, const gf_field *field)
{
    const gf_equilibrium *eq = &field->equilibrium;

    if (eq->arbitrary) {
        gf_text_add(text, "f1' + f2' is zero for every D");
        return;
    }
    gf_text_add(text, "f1' + f2' is zero ");
    for (size_t i = 0; i < eq->count; i++) {
        gf_text_add(text, i == 0 ? "at D = " : ", ");
        gf_text_add_number(text, eq->value[i]);
    }
    if (eq->has_interval) {
        gf_text_add(text, eq->count ? " and on " : "on ");
        describe_range(text, eq->interval);
    }
}

gf_status gf_equilibrium_ask(const gf_field *field, bool complete,
                             double missed, gf_error *error)
{
    const gf_equilibrium *eq = &field->equilibrium;
    gf_text text;
    gf_status status;

    gf_text_init(&text);
    if (!eq->has_interval && eq->count == 0 && !isnan(missed)) {
        gf_text_add(&text, "no D0: f1' + f2' is zero at D = ");
        gf_text_add_number(&text, missed);
        gf_text_add(&text, ", which the link does not reach");
    } else if (!eq->has_interval && eq->count == 0) {
        gf_text_add(&text, complete ? "no D0: f1' + f2' has no root in "
                                    : "no D0 found: f1' + f2' has no root that "
                                      "could be proved in ");
        describe_range(&text, field->d_domain);
        gf_text_add(&text, complete ? "; check the signs of f1 and f2"
                                    : "; give it with --gauge VALUE");
    } else {
        double example = eq->count ? eq->value[0]
                         : isfinite(eq->interval.lo + eq->interval.hi)
                             ? eq->interval.lo / 2 + eq->interval.hi / 2
                             : 0;
        gf_text_add(&text, "D0 is not unique: ");
        describe_choices(&text, field);
        gf_text_add(&text, "; choose one, for instance --gauge ");
        gf_text_add_number(&text, example);
    }
    status = gf_error_set(error, GF_DOMAIN, "%s", gf_text_string(&text));
    gf_text_clear(&text);
    return status;
}

gf_status gf_equilibrium_refuse(const gf_field *field, double gauge,
                                double value, gf_error *error)
{
    gf_text text;
    gf_status status;

    gf_text_init(&text);
    gf_text_add(&text, "gauge D0 = ");
    gf_text_add_number(&text, gauge);
    gf_text_add(&text, " is no root of f1' + f2'");
    if (isfinite(value)) {
        gf_text_add(&text, " (it is ");
        gf_text_add_number(&text, value);
        gf_text_add(&text, " there)");
    }
    if (field->equilibrium.count || field->equilibrium.has_interval) {
        gf_text_add(&text, "; ");
        describe_choices(&text, field);
    }
    status = gf_error_set(error, GF_DOMAIN, "%s", gf_text_string(&text));
    gf_text_clear(&text);
    return status;
}
