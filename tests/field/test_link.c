/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links: which are good, and what a good one does to a field. */
#include <ganfield/field.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"

#define NOT_MONOTONE "it is not monotone"
#define OUTSIDE "its values leave the domain of D"
#define NO_VALUE "it has no value"
#define UNPROVED_VALUES "its values are not proved to be in the domain of D"
#define UNPROVED_SIGN "its derivative is not proved to keep one sign"

/* The domain of D is (0, 1) for classic, the line for wgan. */
static const struct row {
    const char *name, *link;
    const char *trouble; /* NULL: the link is good */
} rows[] = {
    {"classic", "sigmoid(u)", NULL},
    {"classic", "sigmoid(-2*u + 1)", NULL},
    {"classic", "1 - sigmoid(u)", NULL},
    {"classic", "(1 + tanh(u))/2", NULL},
    {"classic", "1/(1 + exp(-u))", NULL},
    {"classic", "erfc(u)/2", NULL},
    {"wgan", "u", NULL},
    {"wgan", "2*u - 7", NULL},
    {"wgan", "exp(u)", NULL},
    {"wgan", "0.3*tanh(u) - 0.1", NULL},
    {"wgan", "u + sin(u)/2", NULL},
    {"wgan", "u^3 + u", NULL},
    {"wgan", "-softplus(u)", NULL},
    {"wgan", "p_d*u", NULL},
    {"wgan", "max(u, 2*u)", NULL},
    {"total-variation", "tanh(u)/2", NULL},
    {"total-variation", "0.5000000001*tanh(u)", OUTSIDE},
    {"classic", "atan(u)/pi + 1/2", UNPROVED_VALUES},
    {"classic", "u", OUTSIDE},
    {"classic", "exp(u)", OUTSIDE},
    {"classic", "1.0001*sigmoid(u)", OUTSIDE},
    {"classic", "u^2/(1 + u^2)", NOT_MONOTONE},
    {"wgan", "u^2", NOT_MONOTONE},
    {"wgan", "sin(u)", NOT_MONOTONE},
    {"wgan", "u + 2*sin(u)", NOT_MONOTONE},
    {"wgan", "u + sin(u)", UNPROVED_SIGN},
    {"wgan", "abs(u)", NOT_MONOTONE},
    {"wgan", "u^3", UNPROVED_SIGN},
    {"wgan", "1", UNPROVED_SIGN},
    {"wgan", "relu(u)", UNPROVED_SIGN},
    {"wgan", "log(u)", NO_VALUE},
    {"wgan", "1/u", NULL /* below */},
};

static gf_status find_linked(gf_field **out, const char *name, const char *link,
                             gf_error *error)
{
    gf_settings settings = {.link = link};

    return gf_field_find(out, name, &settings, error);
}

/* Whether the link is accepted or refused as the row says; that there may be
   no proved D0 in the new coordinate is another matter. */
static bool is_as_promised(const struct row *row)
{
    gf_field *field = NULL;
    gf_error error = {.status = GF_OK};
    gf_status status = find_linked(&field, row->name, row->link, &error);
    bool refused = status && strstr(error.message, "no link") != NULL;
    bool good = row->trouble ? status == GF_DOMAIN && error.column == 1 &&
                                   strstr(error.message, row->trouble) != NULL
                             : !refused;

    if (!good)
        printf("%s, %s: %s %s\n", row->name, row->link, gf_status_name(status),
               error.message);
    gf_field_free(field);
    return good;
}

START_TEST(test_a_link_is_monotone_and_stays_in_the_domain)
{
    size_t count = sizeof rows / sizeof *rows - 1, promised = 0;

    for (size_t i = 0; i < count; i++)
        promised += is_as_promised(&rows[i]);
    ck_assert_uint_eq(promised, count);
    gf_field *field;
    gf_error error;
    ck_assert_int_eq(find_linked(&field, "wgan", "1/u", &error), GF_DOMAIN);
    ck_assert_ptr_nonnull(strstr(error.message, "this is no link"));
}
END_TEST

START_TEST(test_a_link_is_a_function_of_u)
{
    gf_field *field;
    gf_error error;

    ck_assert_int_eq(find_linked(&field, "classic", "sigmoid(D)", &error),
                     GF_NAME);
    ck_assert_str_eq(error.message, "--link: unknown name 'D'");
    ck_assert_uint_eq(error.column, 9);
    ck_assert_int_eq(find_linked(&field, "classic", "sigmoid(x)", &error),
                     GF_NAME);
    ck_assert_int_eq(find_linked(&field, "classic", "sigmoid(u", &error),
                     GF_SYNTAX);
    ck_assert_int_eq(find_linked(&field, "wgan", "u/inf", &error), GF_DOMAIN);
    ck_assert_int_eq(
        gf_field_read_text(&field, "a", "a.ini",
                           "[field]\nlet g(t) = t*D\nf1 = log(D)\n"
                           "f2 = log(1 - D)\nf3 = log(D)\nlink = g(u)\n",
                           NULL, &error),
        GF_NAME);
    ck_assert_str_eq(error.message, "a link is a function of u alone, and a "
                                    "definition in it uses D");
    ck_assert_uint_eq(error.line, 6);
    ck_assert_uint_eq(error.column, 8);
    ck_assert_int_eq(
        gf_field_read_text(&field, "a", "a.ini",
                           "[field]\nlet u(t) = t\nf1 = D\nf2 = -D\nf3 = D\n",
                           NULL, &error),
        GF_NAME);
    ck_assert_str_eq(error.message,
                     "'u' is a coordinate and cannot be a function");
}
END_TEST

static gf_field *linked(const char *name, const char *link)
{
    gf_field *field;
    gf_error error = {.status = GF_OK};

    gf_status status = find_linked(&field, name, link, &error);
    ck_assert_msg(status == GF_OK, "%s, %s: %s", name, link, error.message);
    return field;
}

/* The chain rule: du/dt = link'(u) (dD/dt at D = link(u)), dp_g/dt the same.
   No speed of D occurs, so link' enters once. */
static void assert_chain_rule(const char *name, const char *link, double u,
                              double d, double slope)
{
    gf_field *in_u = linked(name, link), *in_d = linked(name, NULL);
    gf_vec2 a = gf_field_at((gf_vec2){u, 0.7}, in_u);
    gf_vec2 b = gf_field_at((gf_vec2){d, 0.7}, in_d);

    assert_close(gf_field_d(in_u, u), d, TOL1);
    assert_close(gf_field_d(in_d, d), d, 0);
    assert_close(a.x, slope * b.x, TOL2);
    assert_close(a.y, b.y, TOL2);
    ck_assert_str_eq(in_u->axis_name[0], "u");
    ck_assert_str_eq(in_u->link_text, link);
    ck_assert(in_u->d_domain.lo == in_d->domain[0].lo);
    ck_assert(isinf(in_u->domain[0].lo) && isinf(in_u->domain[0].hi));
    gf_field_free(in_u);
    gf_field_free(in_d);
}

START_TEST(test_a_link_obeys_the_chain_rule)
{
    for (double u = -2; u <= 2; u += 0.25) {
        double s = 1 / (1 + exp(-u));
        assert_chain_rule("classic", "sigmoid(u)", u, s, s * (1 - s));
        assert_chain_rule("nonsaturating", "sigmoid(-u)", u, 1 - s,
                          -s * (1 - s));
        assert_chain_rule("wgan", "3*u - 1", u, 3 * u - 1, 3);
        assert_chain_rule("wgan", "u + sin(u)/2", u, u + sin(u) / 2,
                          1 + cos(u) / 2);
    }
}
END_TEST

START_TEST(test_a_link_given_by_option_is_that_of_a_file)
{
    gf_field *a = linked("classic", "sigmoid(u)");
    gf_field *b = linked("classic-logit", NULL);

    for (size_t i = 0; i < 2; i++) {
        char *from = gf_expr_text(a->graph, a->velocity[i]);
        char *want = gf_expr_text(b->graph, b->velocity[i]);
        ck_assert_str_eq(from, want);
        free(from);
        free(want);
    }
    ck_assert_uint_eq(a->start_count, b->start_count);
    for (size_t i = 0; i < a->start_count; i++) {
        assert_close(a->start[i].x, b->start[i].x, TOL1);
        ck_assert(a->start[i].y == b->start[i].y);
    }
    gf_field_free(a);
    gf_field_free(b);
}
END_TEST

START_TEST(test_a_link_replaces_the_files_link_and_domain_of_u)
{
    static const char text[] =
        "[field]\nf1 = log(D)\nf2 = log(1 - D)\nf3 = log(D)\n"
        "link = sigmoid(u)\n[domain]\nD = (0, 1)\nu = (-3, 3)\n"
        "[portrait]\nu = -2 : 2\nstart = (1, 0.5)\n";
    gf_settings settings = {.link = "sigmoid(2*u)"};
    gf_field *field;
    gf_error error = {.status = GF_OK};

    ck_assert_int_eq(
        gf_field_read_text(&field, "a", "a.ini", text, NULL, &error), GF_OK);
    ck_assert(field->domain[0].lo == -3 && field->domain[0].hi == 3);
    ck_assert(isnan(gf_field_at((gf_vec2){3, 0.5}, field).x));
    ck_assert(field->window[0].hi == 2 && field->start_count == 1);
    gf_field_free(field);

    ck_assert_msg(gf_field_read_text(&field, "a", "a.ini", text, &settings,
                                     &error) == GF_OK,
                  "%s", error.message);
    ck_assert(isinf(field->domain[0].lo) && isinf(field->domain[0].hi));
    ck_assert(isfinite(gf_field_at((gf_vec2){3, 0.5}, field).x));
    ck_assert_str_eq(field->link_text, "sigmoid(2*u)");
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "field/link", test_a_link_is_monotone_and_stays_in_the_domain,
        test_a_link_is_a_function_of_u, test_a_link_obeys_the_chain_rule,
        test_a_link_given_by_option_is_that_of_a_file,
        test_a_link_replaces_the_files_link_and_domain_of_u);
}
