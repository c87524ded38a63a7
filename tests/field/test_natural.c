/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A domain on which f1, f2 or f3 has no value is refused, with a better one. */
#include <ganfield/field.h>
#include <string.h>

#include "harness.h"

typedef struct row {
    const char *f1, *f2, *f3, *domain, *hint;
} row;

static const row refused[] = {
    {"log(D)", "log(1 - D)", "-log(1 - D)", NULL, "--domain '(0, 1)'"},
    {"log(D)", "-D", "D", NULL, "--domain '(0, inf)'"},
    {"-D", "log(1 - D)", "D", NULL, "--domain '(-inf, 1)'"},
    {"sqrt(D - 0.3)", "-D", "D", NULL, "--domain '(0.3, inf)'"},
    {"-D", "D", "asin(D)", NULL, "--domain '(-1, 1)'"},
    {"log(D)", "-D", "D", "(-1, 2)", "--domain '(0, 2)'"},
    {"D^1.5", "-D", "D", NULL, "--domain '(0, inf)'"},
    {"log(-1 - D^2)", "-D", "D", NULL, "no value at D"},
};

static const row accepted[] = {
    {"log(D)", "log(1 - D)", "-log(1 - D)", "(0, 1)", NULL},
    {"log(D)", "-D", "D", "(0, inf)", NULL},
    /* too large for a double, but defined */
    {"-exp(exp(D))", "exp(1)*D", "D", NULL, NULL},
    {"-D*exp(D)", "D", "D", NULL, NULL},
};

static gf_status make(gf_field **field, const row *r, gf_error *error)
{
    const char *f[3] = {r->f1, r->f2, r->f3};
    gf_settings settings = {.domain = r->domain};

    return gf_field_pointwise(field, f, &settings, error);
}

static void refuse(const row *r)
{
    gf_field *field = NULL;
    gf_error error = {.status = GF_OK};

    ck_assert_int_eq(make(&field, r, &error), GF_DOMAIN);
    ck_assert_ptr_null(field);
    ck_assert_msg(strstr(error.message, r->hint), "%s", error.message);
}

START_TEST(test_domain_without_values_is_refused)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        refuse(&refused[i]);
}
END_TEST

START_TEST(test_domain_with_values_is_accepted)
{
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        gf_field *field = NULL;
        gf_error error = {.status = GF_OK};
        ck_assert_msg(make(&field, &accepted[i], &error) == GF_OK, "%s",
                      error.message);
        gf_field_free(field);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("field/natural", test_domain_without_values_is_refused,
                     test_domain_with_values_is_accepted);
}
