/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user changes about a field. */
#include <ganfield/field.h>

#include <stdio.h>
#include <string.h>

#include "harness.h"

/* A field of the catalogue, or f1, f2, f3, or du, dv. */
static const struct bad {
    const char *name, *f[3];
    gf_settings settings;
    const char *set[3];
    gf_status status;
    size_t column;
    const char *message;
} bads[] = {
    {.name = "lsgan",
     .set = {"bb=2"},
     .status = GF_NAME,
     .column = 1,
     .message = "--set: unknown parameter 'bb'; did you mean 'b'?"},
    {.name = "dirac-r1",
     .set = {" gama = 2"},
     .status = GF_NAME,
     .column = 2,
     .message = "--set: unknown parameter 'gama'; did you mean 'gamma'?"},
    {.name = "lsgan",
     .set = {"width=2"},
     .status = GF_NAME,
     .column = 1,
     .message = "--set: unknown parameter 'width'; the field has p_d, a, b, c"},
    {.name = "bilinear",
     .set = {"p_d=2"},
     .status = GF_NAME,
     .column = 1,
     .message = "--set: unknown parameter 'p_d'; the field has none"},
    {.name = "classic",
     .set = {"p_d"},
     .status = GF_ARGUMENT,
     .column = 1,
     .message = "--set: expected NAME=VALUE"},
    {.name = "classic",
     .set = {"=2"},
     .status = GF_ARGUMENT,
     .column = 1,
     .message = "--set: '' is not a name"},
    {.name = "classic",
     .set = {"2p=2"},
     .status = GF_ARGUMENT,
     .column = 1,
     .message = "--set: '2p' is not a name"},
    {.name = "classic",
     .set = {"p_d=0.3", "p_d=0.3"},
     .status = GF_ARGUMENT,
     .column = 1,
     .message = "--set: 'p_d' is set twice"},
    {.name = "classic",
     .set = {"p_d="},
     .status = GF_SYNTAX,
     .column = 5,
     .message = "--set: expected a number, a name or '(' before the end"},
    {.name = "classic",
     .set = {"p_d=0.2.3"},
     .status = GF_SYNTAX,
     .column = 8,
     .message = "--set: a number has one point"},
    {.name = "classic",
     .set = {"p_d=2*q"},
     .status = GF_NAME,
     .column = 7,
     .message = "--set: unknown name 'q'"},
    {.name = "classic",
     .set = {"p_d=-1e-9"},
     .status = GF_DOMAIN,
     .column = 5,
     .message = "--set: p_d is a density: it must be > 0, or exactly 0"},
    {.name = "classic",
     .set = {"p_d=exp(-10000)"},
     .status = GF_DOMAIN,
     .column = 5,
     .message = "--set: p_d is a density: it must be > 0, or exactly 0"},
    {.name = "classic",
     .set = {"p_d=nan"},
     .status = GF_NAME,
     .column = 5,
     .message = "--set: 'nan' is no number: it must be a finite one"},
    {.name = "classic",
     .set = {"p_d=inf"},
     .status = GF_DOMAIN,
     .column = 5,
     .message = "--set: 'inf' is for the ends of a domain only"},
    {.name = "classic",
     .set = {"p_d=sqrt(-1)"},
     .status = GF_DOMAIN,
     .column = 5,
     .message = "--set: this is no finite number"},
    {.name = "classic",
     .settings.speed = "2",
     .status = GF_SYNTAX,
     .column = 2,
     .message = "--speed: expected ','"},
    {.name = "classic",
     .settings.speed = "1,2,3",
     .status = GF_SYNTAX,
     .column = 4,
     .message = "--speed: unexpected ','"},
    {.name = "classic",
     .settings.speed = "1,0",
     .status = GF_DOMAIN,
     .column = 1,
     .message = "--speed: both speeds must be > 0"},
    {.name = "classic",
     .settings.speed = "1,-p_d",
     .status = GF_NAME,
     .column = 4,
     .message = "--speed: unknown name 'p_d'"},
    {.name = "wgan",
     .settings.gauge = "1/0",
     .status = GF_DOMAIN,
     .column = 1,
     .message = "--gauge: this is no finite number"},
    {.name = "total-variation",
     .settings.gauge = "0.6",
     .status = GF_DOMAIN,
     .column = 1,
     .message = "--gauge: the gauge is outside of the domain of D"},
    {.name = "bilinear",
     .settings.gauge = "0",
     .status = GF_ARGUMENT,
     .message = "--gauge is for pointwise fields, and this one is planar"},
    {.name = "bilinear",
     .settings.link = "u",
     .status = GF_ARGUMENT,
     .message = "--link is for pointwise fields, and this one is planar"},
    {.name = "classic",
     .settings.domain = "(0, 1)",
     .status = GF_ARGUMENT,
     .message = "--domain is for a field given by --f1, --f2, --f3; this one "
                "has its own"},
    {.f = {"-v", "u"},
     .settings.domain = "(0, 1)",
     .status = GF_ARGUMENT,
     .message = "--domain is for a field given by --f1, --f2, --f3; this one "
                "has its own"},
    {.f = {"D", "-D", "D"},
     .settings.domain = "(0, 0)",
     .status = GF_DOMAIN,
     .column = 1,
     .message = "--domain: the lower end is not below the upper"},
    {.f = {"D", "-D", "D"},
     .settings.domain = "0, 1",
     .status = GF_SYNTAX,
     .column = 1,
     .message = "--domain: expected '(' or '['"},
    {.f = {"D", "-D", ""}, .status = GF_ARGUMENT, .message = "--f3 is missing"},
    {.f = {"D", "-(D", "D"},
     .status = GF_SYNTAX,
     .column = 4,
     .message = "--f2: missing ')'"},
    {.f = {"D", "-D", "k*D"},
     .status = GF_NAME,
     .column = 1,
     .message = "--f3: unknown name 'k'"},
    {.f = {"D\n+\n  q", "-D", "D"},
     .status = GF_NAME,
     .column = 3,
     .message = "--f1: unknown name 'q'"},
    {.f = {"D", "-D", "D"},
     .set = {"D=3"},
     .status = GF_NAME,
     .column = 1,
     .message = "--set: 'D' is a coordinate and cannot be a parameter"},
    {.f = {"D", "-D", "D"},
     .set = {"x=3"},
     .status = GF_NAME,
     .column = 1,
     .message = "--set: 'x' is a coordinate and cannot be a parameter"},
    {.f = {"D", "-D", "D"},
     .set = {"exp=3"},
     .status = GF_NAME,
     .column = 1,
     .message = "--set: name 'exp' is already taken"},
    {.f = {"-v", "u"},
     .set = {"v=3"},
     .status = GF_NAME,
     .column = 1,
     .message = "--set: name 'v' is already taken"},
    {.f = {"-v", "u*inf"},
     .status = GF_DOMAIN,
     .column = 3,
     .message = "--dv: 'inf' is for the ends of a domain only"},
};

static gf_status make(gf_field **out, const struct bad *bad, gf_error *error)
{
    gf_settings settings = bad->settings;

    settings.set = bad->set;
    while (settings.set_count < 3 && bad->set[settings.set_count])
        settings.set_count++;
    if (bad->name)
        return gf_field_find(out, bad->name, &settings, error);
    if (bad->f[2])
        return gf_field_pointwise(out, bad->f, &settings, error);
    return gf_field_planar(out, bad->f, &settings, error);
}

START_TEST(test_a_bad_setting_has_its_message_and_its_place)
{
    size_t count = sizeof bads / sizeof *bads, promised = 0;

    for (size_t i = 0; i < count; i++) {
        const struct bad *bad = &bads[i];
        gf_field *field = NULL;
        gf_error error = {.status = GF_OK};
        gf_status status = make(&field, bad, &error);
        if (status == bad->status && error.column == bad->column && !field &&
            strcmp(error.message, bad->message) == 0)
            promised++;
        else
            printf("%s\nis %s at %zu:%zu: %s\n", bad->message,
                   gf_status_name(status), error.line, error.column,
                   error.message);
        gf_field_free(field);
    }
    ck_assert_uint_eq(promised, count);
}
END_TEST

int main(void)
{
    return RUN_TESTS("field/settings",
                     test_a_bad_setting_has_its_message_and_its_place);
}
