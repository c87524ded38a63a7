/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classifications of the catalogue and of random fields against brute force. */
#include <ganfield/field.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "brute.h"
#include "harness.h"
#include "specimen.h"

enum { TEXT = 200, SAMPLES = 20 };

#define PICK(list) list[random_bits(&seed) % (sizeof(list) / sizeof *(list))]

static const char *const anywhere[] = {
    "D",         "D^2",       "D^3",         "exp(D)",      "exp(-D)",
    "tanh(D)",   "atan(D)",   "softplus(D)", "sqrt(1+D^2)", "sin(D)",
    "exp(-D^2)", "1/(1+D^2)", "sigmoid(D)",  "erf(D)",      "log(1+D^2)"};
static const char *const unit[] = {"log(D)",  "log(1-D)",  "1/D",
                                   "1/(1-D)", "D*log(D)",  "D^1.5",
                                   "sqrt(D)", "(1-D)^0.5", "logit(D)"};
static const char *const half_line[] = {"log(D)",   "1/D",      "sqrt(D)",
                                        "D*log(D)", "D^(-0.5)", "log(1+D)"};
static const char *const kinks[] = {"abs(D-1/2)", "max(0,D-1/3)", "D*abs(D)",
                                    "min(D,1/2)", "relu(D)^2",    "abs(D)^3"};
static const char *const numbers[] = {"1",   "2",  "1/2",  "3",    "1/3", "0.1",
                                      "0.7", "-1", "-1/2", "-0.3", "5"};
static const char *const places[] = {"0",   "1", "-1",   "1/2", "-1/2",
                                     "0.3", "2", "-0.7", "1/3"};
static const char *const more[] = {"", "; p_d=1", "; p_d=0.01", "; p_d=0",
                                   "; speed=3,1"};

static uint64_t seed;

static const char *term(const char *domain)
{
    uint64_t kind = random_bits(&seed) % 10;

    if (kind == 0)
        return PICK(kinks);
    if (kind < 6 && strcmp(domain, "(0,1)") == 0)
        return PICK(unit);
    if (kind < 6 && strcmp(domain, "(0,inf)") == 0)
        return PICK(half_line);
    return PICK(anywhere);
}

static void sum(char *text, const char *domain)
{
    const char *a = PICK(numbers), *s = term(domain), *b = PICK(numbers);

    if (random_bits(&seed) % 2)
        snprintf(text, TEXT, "(%s)*%s + (%s)*%s", a, s, b, term(domain));
    else
        snprintf(text, TEXT, "(%s)*%s", a, s);
}

/* f1' + f2' = -2 c (D - r) in most of them, so that there is a D0. */
static void random_field(char f[3][3 * TEXT], char *options)
{
    static const char *const domains[] = {"(-inf,inf)", "(0,1)", "(0,inf)",
                                          "[0,1]"};
    const char *domain = PICK(domains);
    char text[TEXT];

    sum(text, domain);
    snprintf(f[1], 3 * TEXT, "%s", text);
    snprintf(f[0], 3 * TEXT, "-(%s) - %s*(D - (%s))^2", f[1], "1/2",
             PICK(places));
    if (random_bits(&seed) % 4 == 0) {
        sum(text, domain);
        snprintf(f[0], 3 * TEXT, "%s", text);
    }
    sum(text, domain);
    snprintf(f[2], 3 * TEXT, "%s", text);
    if (random_bits(&seed) % 3 == 0)
        snprintf(f[2], 3 * TEXT, "(%s)*(D - (%s))*(D - (%s))^2", PICK(numbers),
                 PICK(places), PICK(places));
    snprintf(options, TEXT, "domain=%s%s", domain, PICK(more));
}

START_TEST(test_random_fields)
{
    int rounds = is_long_run() ? 3000 : 25, classified = 0;

    for (int i = 0; i < rounds; i++) {
        char f[3][3 * TEXT], options[TEXT];
        const char *text[3] = {f[0], f[1], f[2]};
        brute b = {.generic = false};
        gf_classification c;
        gf_field *field;

        seed = (uint64_t)i;
        random_field(f, options);
        field = specimen_field(text, options, NULL);
        if (!field)
            continue; /* no D0, or no value in the domain */
        gf_classification_init(&c);
        ck_assert_int_eq(gf_classify(&c, field, NULL, NULL), GF_OK);
        ck_assert_msg(brute_agrees(&b, &c, (uint64_t)i, SAMPLES),
                      "%d: %s | %s | %s | %s: %s", i, f[0], f[1], f[2], options,
                      b.text);
        classified++;
        gf_classification_clear(&c);
        gf_field_free(field);
    }
    ck_assert_int_gt(classified, rounds / 4);
}
END_TEST

START_TEST(test_the_catalogue)
{
    for (size_t i = 0; i < gf_catalog_count(); i += is_long_run() ? 1 : 6) {
        brute b = {.generic = false};
        specimen s = specimen_find(gf_catalog_name(i), "");
        ck_assert_msg(brute_agrees(&b, &s.c, i, is_long_run() ? 3000 : SAMPLES),
                      "%s: %s", gf_catalog_name(i), b.text);
        specimen_clear(&s);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/brute", test_random_fields, test_the_catalogue);
}
