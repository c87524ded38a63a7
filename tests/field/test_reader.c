/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bad field files: each has its message, its place and its caret. */
#include <ganfield/field.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "field/build.h"
#include "harness.h"

/* Five lines that are a field; what follows them is at fault. */
#define WGAN "[field]\nf1 = D\nf2 = -D\nf3 = D\ngauge = 0\n"
#define PLANE "[field]\ndu = -v\ndv = u\n"

static const struct bad {
    const char *text;
    gf_status status;
    size_t line, column;
    const char *message;
} bads[] = {
    /* lines */
    {"", GF_SYNTAX, 1, 1, "no functions: a field has f1, f2, f3 or du, dv"},
    {"f1 = D\n", GF_SYNTAX, 1, 1, "a key before the first [SECTION]"},
    {"hello\n", GF_SYNTAX, 1, 1,
     "expected KEY = VALUE, [SECTION] or a comment behind ';'"},
    {"# a comment\n", GF_SYNTAX, 1, 1,
     "a comment begins with ';', not with '#'"},
    {WGAN "  = 3\n", GF_SYNTAX, 6, 3, "the key '' is not a name"},
    {WGAN "f 4 = 3\n", GF_SYNTAX, 6, 1, "the key 'f 4' is not a name"},
    {WGAN "title =\n", GF_SYNTAX, 6, 8, "'title' has no value"},
    {WGAN "title =   ; later\n", GF_SYNTAX, 6, 8, "'title' has no value"},
    {WGAN "title = a\tb\x01\n", GF_SYNTAX, 6, 12,
     "a control character in the text"},
    {WGAN "title = \x1b[31mred\n", GF_SYNTAX, 6, 9,
     "a control character in the text"},
    {WGAN "title = \xc2\x9b", GF_SYNTAX, 6, 9,
     "a control character in the text"},
    {WGAN "title = caf\xe9\n", GF_SYNTAX, 6, 12, "the text is not UTF-8"},
    {WGAN "; \xc0\xaf\n", GF_SYNTAX, 6, 3, "the text is not UTF-8"},
    {"[field]\rf1 = D\n", GF_SYNTAX, 1, 8, "a carriage return inside a line"},
    /* sections */
    {"[field\nf1 = D\n", GF_SYNTAX, 1, 7, "expected ']'"},
    {"[field] f1 = D\n", GF_SYNTAX, 1, 9, "nothing may follow ']'"},
    {"[feild]\n", GF_NAME, 1, 2,
     "unknown section 'feild'; did you mean 'field'?"},
    {"[]\n", GF_NAME, 1, 2, "unknown section ''"},
    {"[zzz]\n", GF_NAME, 1, 2, "unknown section 'zzz'"},
    {WGAN "[domain]\n[field]\n", GF_SYNTAX, 7, 2,
     "duplicate section [field], first in line 1"},
    /* keys */
    {WGAN "tilte = A\n", GF_NAME, 6, 1,
     "unknown key 'tilte' in [field]; did you mean 'title'?"},
    {WGAN "F4 = A\n", GF_NAME, 6, 1,
     "unknown key 'F4' in [field]; did you mean 'f1'?"},
    {WGAN "colour = A\n", GF_NAME, 6, 1, "unknown key 'colour' in [field]"},
    {WGAN "critic = D\n", GF_NAME, 6, 1, "'critic' belongs in [players]"},
    {PLANE "[players]\nrest = (0, 0)\n", GF_NAME, 5, 1,
     "'rest' belongs in [field]"},
    {WGAN "  f2 = D\n", GF_SYNTAX, 6, 3, "duplicate key 'f2', first in line 3"},
    {WGAN "[parameters]\nk = 1\nk = 1\n", GF_SYNTAX, 8, 1,
     "duplicate key 'k', first in line 7"},
    {WGAN "[domain]\nD = (0, 1)\nD = (0, 1)\n", GF_SYNTAX, 8, 1,
     "duplicate key 'D', first in line 7"},
    {WGAN "[portrait]\nD = 0 : 1\nD = 0 : 1\n", GF_SYNTAX, 8, 1,
     "duplicate key 'D'"},
    /* the whole */
    {"\n [field]\nf1 = D\nf3 = D\n", GF_SYNTAX, 2, 2, "'f2' is missing"},
    {"[domain]\n[field]\ndu = u\n", GF_SYNTAX, 2, 1, "'dv' is missing"},
    {"[field]\ntitle = A\n", GF_SYNTAX, 1, 1,
     "no functions: a field has f1, f2, f3 or du, dv"},
    {WGAN " du = D\n", GF_SYNTAX, 6, 2,
     "a field is pointwise (f1, f2, f3) or planar (du, dv), not both"},
    {PLANE "f2 = u\n", GF_SYNTAX, 2, 1,
     "a field is pointwise (f1, f2, f3) or planar (du, dv), not both"},
    {PLANE "gauge = 0\n", GF_SYNTAX, 4, 1,
     "'gauge' is for pointwise fields (f1, f2, f3), and this one is planar"},
    {PLANE "link = u\n", GF_SYNTAX, 4, 1,
     "'link' is for pointwise fields (f1, f2, f3), and this one is planar"},
    {WGAN "rest = (0, 0)\n", GF_SYNTAX, 6, 1,
     "'rest' is for planar fields (du, dv), and this one is pointwise"},
    {WGAN "[axes]\nv = p\n", GF_SYNTAX, 7, 1,
     "'v' is for planar fields (du, dv), and this one is pointwise"},
    /* expressions */
    {"[field]\nf1 = log(D\nf2 = D\nf3 = D\n", GF_SYNTAX, 2, 11, "missing ')'"},
    {"[field]\nf1 = D\nf2 = D\n  f3\t=  2 D ; twice\n", GF_SYNTAX, 4, 11,
     "missing operator: for a product write '*' here"},
    {"[field]\nf1 = D\nf2 = D\nf3 = lgo(D)\n", GF_NAME, 4, 6,
     "unknown name 'lgo'; did you mean 'log'?"},
    {"; \xce\xb1\n[field]\nf1 = D\nf2 = D\nf3 = D + \xce\xb1\n", GF_SYNTAX, 5,
     10, "unexpected character; write operators and names in ASCII"},
    {"[field]\nf1 = D\nf2 = u\nf3 = D\n", GF_NAME, 3, 6, "unknown name 'u'"},
    {"[field]\nf1 = D\nf2 = p_g\nf3 = D\n", GF_NAME, 3, 6,
     "unknown name 'p_g'; did you mean 'p_d'?"},
    {"[field]\nf1 = D\nf2 = D - inf\nf3 = D\n", GF_DOMAIN, 3, 10,
     "'inf' is for the ends of a domain only"},
    {"[field]\nlet f(t) = t*\nf1 = D\nf2 = D\nf3 = D\n", GF_SYNTAX, 2, 14,
     "expected a number, a name or '(' before the end"},
    {"[field]\n let  f t = t\nf1 = D\nf2 = D\nf3 = D\n", GF_SYNTAX, 2, 9,
     "a definition reads NAME(x) = EXPRESSION"},
    {"[field]\nlet log(t) = t\nf1 = D\nf2 = D\nf3 = D\n", GF_NAME, 2, 5,
     "name 'log' is already taken"},
    {"[field]\nlet f(t) = t\nlet f(t) = t\nf1 = D\nf2 = D\nf3 = D\n", GF_NAME,
     3, 5, "name 'f' is already taken"},
    {"[field]\nlet p_g(t) = t\nf1 = D\nf2 = D\nf3 = D\n", GF_NAME, 2, 5,
     "'p_g' is a coordinate and cannot be a function"},
    {"[field]\nlet f(t) = t/inf\nf1 = D\nf2 = D\nf3 = D\n", GF_DOMAIN, 2, 14,
     "'inf' is for the ends of a domain only"},
    {WGAN "[domain]\nlet f(t) = t\n", GF_SYNTAX, 7, 5,
     "a definition belongs in [field]"},
    {WGAN "let = 3\n", GF_NAME, 6, 1, "unknown key 'let' in [field]"},
    /* parameters */
    {WGAN "[parameters]\nD = 1\n", GF_NAME, 7, 1,
     "'D' is a coordinate and cannot be a parameter"},
    {WGAN "[parameters]\nu = 1\n", GF_NAME, 7, 1,
     "'u' is a coordinate and cannot be a parameter"},
    {WGAN "[parameters]\npi = 3\n", GF_NAME, 7, 1,
     "name 'pi' is already taken"},
    {PLANE "[parameters]\nv = 3\n", GF_NAME, 5, 1, "name 'v' is already taken"},
    {WGAN "[parameters]\nk = 1 2\n", GF_SYNTAX, 7, 7,
     "missing operator: for a product write '*' here"},
    {WGAN "[parameters]\nk = p_d\n", GF_NAME, 7, 5, "unknown name 'p_d'"},
    {WGAN "[parameters]\nk = nan\n", GF_NAME, 7, 5,
     "'nan' is no number: it must be a finite one"},
    {WGAN "[parameters]\nk = 1e999\n", GF_SYNTAX, 7, 5,
     "number out of the range of a double"},
    {WGAN "[parameters]\nk = 1/0\n", GF_DOMAIN, 7, 5,
     "this is no finite number"},
    {WGAN "[parameters]\nk = log(-1)\n", GF_DOMAIN, 7, 5,
     "this is no finite number"},
    {WGAN "[parameters]\nk = exp(1000)\n", GF_DOMAIN, 7, 5,
     "this is no finite number"},
    {WGAN "[parameters]\nk = -inf\n", GF_DOMAIN, 7, 6,
     "'inf' is for the ends of a domain only"},
    {WGAN "[parameters]\np_d = -0.1\n", GF_DOMAIN, 7, 7,
     "p_d is a density: it must be > 0, or exactly 0"},
    /* axes and players */
    {PLANE "[axes]\nu = 2x\n", GF_NAME, 5, 5, "'2x' is not a name"},
    {PLANE "[axes]\nu = e\n", GF_NAME, 5, 5, "name 'e' is already taken"},
    {PLANE "[axes]\nu = v\n", GF_NAME, 5, 5, "name 'v' is already taken"},
    {PLANE "[axes]\nu = start\n", GF_NAME, 5, 5,
     "'start' is a key of [portrait] and cannot be an axis"},
    {PLANE "[axes]\nw = x\n", GF_NAME, 5, 1, "unknown key 'w' in [axes]"},
    {PLANE "[players]\ncritic = w\n", GF_NAME, 5, 10,
     "unknown coordinate 'w' in [players]; there are u and v"},
    {PLANE "rest = 0, 0\n", GF_SYNTAX, 4, 8, "expected '('"},
    {PLANE "rest = (0, 0\n", GF_SYNTAX, 4, 13, "expected ')'"},
    {PLANE "rest = (0; 0)\n", GF_SYNTAX, 4, 10, "expected ')'"},
    {PLANE "rest = (0)\n", GF_SYNTAX, 4, 10, "expected ','"},
    {PLANE "rest = (0, 0, 0)\n", GF_SYNTAX, 4, 13, "unexpected ','"},
    {PLANE "rest = (0, 0) x\n", GF_SYNTAX, 4, 15, "nothing may follow ')'"},
    {PLANE "rest = (0, )\n", GF_SYNTAX, 4, 11,
     "expected a number, a name or '(' before the end"},
    {PLANE "rest = (2, 0)\n[domain]\nu = (0, 1)\n", GF_DOMAIN, 4, 8,
     "the rest point is outside of the domain"},
    /* domain */
    {WGAN "[domain]\nE = (0, 1)\n", GF_NAME, 7, 1,
     "unknown coordinate 'E' in [domain]; there are D and p_g"},
    {WGAN "[domain]\nu = (0, 1)\n", GF_NAME, 7, 1,
     "there is no u without a link; the coordinate is D"},
    {WGAN "[domain]\nD = 0, 1\n", GF_SYNTAX, 7, 5, "expected '(' or '['"},
    {WGAN "[domain]\nD = (0, 1\n", GF_SYNTAX, 7, 10, "expected ')' or ']'"},
    {WGAN "[domain]\nD = (0 1)\n", GF_SYNTAX, 7, 9, "expected ','"},
    {WGAN "[domain]\nD = (1, 0)\n", GF_DOMAIN, 7, 5,
     "the lower end is not below the upper"},
    {WGAN "[domain]\nD = [0, 0]\n", GF_DOMAIN, 7, 5,
     "the lower end is not below the upper"},
    {WGAN "[domain]\nD = (0, 1/0)\n", GF_DOMAIN, 7, 9,
     "this is no finite number"},
    {WGAN "[domain]\nD = (inf - inf, 1)\n", GF_DOMAIN, 7, 6,
     "this is no finite number"},
    {WGAN "[domain]\nD = [-inf, 1)\n", GF_SYNTAX, 7, 5,
     "an infinite end is open: write '('"},
    {WGAN "[domain]\nD = [0, inf]\n", GF_SYNTAX, 7, 12,
     "an infinite end is open: write ')'"},
    {WGAN "[domain]\nD = (1, 2)\n", GF_DOMAIN, 5, 9,
     "the gauge is outside of the domain of D"},
    /* portrait */
    {WGAN "[portrait]\nd = 0 : 1\n", GF_NAME, 7, 1,
     "unknown coordinate 'd' in [portrait]; did you mean 'D'?"},
    {WGAN "[portrait]\nD = 0, 1\n", GF_SYNTAX, 7, 9, "expected ':'"},
    {WGAN "[portrait]\nD = 1 : 1\n", GF_DOMAIN, 7, 5,
     "the window's lower end is not below its upper"},
    {WGAN "[portrait]\nD = -1e308 : 1e308\n", GF_DOMAIN, 7, 5,
     "the window is too wide"},
    {WGAN "[portrait]\nD = 0 : 0/0\n", GF_DOMAIN, 7, 9,
     "this is no finite number"},
    {WGAN "[portrait]\nD = 0 : inf\n", GF_DOMAIN, 7, 9,
     "'inf' is for the ends of a domain only"},
    {WGAN "[domain]\nD = (-1, 1)\n[portrait]\nD = 2 : 3\n", GF_DOMAIN, 9, 5,
     "the window is outside of the domain"},
    {WGAN "[domain]\nD = (-1, 1)\n[portrait]\nstart = (1, 0)\n", GF_DOMAIN, 9,
     9, "the start is outside of the domain"},
    {WGAN "[portrait]\nstart = 1\n", GF_SYNTAX, 7, 9, "expected '('"},
    {WGAN "[portrait]\nstart = (1, q)\n", GF_NAME, 7, 13, "unknown name 'q'"},
};

static bool is_as_promised(const struct bad *bad)
{
    gf_field *field = NULL;
    gf_error error = {.status = GF_OK};
    gf_status status =
        gf_field_read_text(&field, "bad", "bad.ini", bad->text, NULL, &error);
    gf_status silent =
        gf_field_read_text(&field, "bad", "bad.ini", bad->text, NULL, NULL);

    if (status == bad->status && silent == status && !field &&
        strcmp(error.message, bad->message) == 0 && error.line == bad->line &&
        error.column == bad->column && strcmp(error.file, "bad.ini") == 0)
        return true;
    printf("%s\nis %s at %zu:%zu: %s\n", bad->text, gf_status_name(status),
           error.line, error.column, error.message);
    gf_field_free(field);
    return false;
}

START_TEST(test_a_bad_file_has_its_message_and_its_place)
{
    size_t count = sizeof bads / sizeof *bads, promised = 0;

    for (size_t i = 0; i < count; i++)
        promised += is_as_promised(&bads[i]);
    ck_assert_uint_eq(promised, count);
    ck_assert_uint_ge(count, 60);
}
END_TEST

START_TEST(test_the_caret_stands_under_the_fault)
{
    gf_field *field;
    gf_error error;
    gf_status status = gf_field_read_text(
        &field, "x", "x.ini",
        "[field]\n\ttitle = \xce\xb1\nf1 = \tD + ** 2 ; \xce\xb1\xce\xb2\n"
        "f2 = D\nf3 = D",
        NULL, &error);

    ck_assert_int_eq(status, GF_SYNTAX);
    ck_assert_str_eq(error.text, "f1 =  D + ** 2 ; \xce\xb1\xce\xb2");
    ck_assert_uint_eq(error.caret, 10);
    ck_assert_uint_eq(error.column, 11);
    ck_assert_uint_eq(error.line, 3);
}
END_TEST

static gf_field *read_good(const char *text)
{
    gf_field *field;
    gf_error error = {.status = GF_OK};

    gf_status status =
        gf_field_read_text(&field, "good", "good.ini", text, NULL, &error);
    ck_assert_msg(status == GF_OK, "%s\n%zu:%zu: %s", text, error.line,
                  error.column, error.message);
    return field;
}

START_TEST(test_layout_does_not_matter)
{
    static const char *const texts[] = {
        "[field]\nf1=2*D\nf2=-D\nf3=D-q\ngauge=0\ntitle=A b\n"
        "[parameters]\nq=1/3\n[domain]\nD=[-1,1]\n",
        "\xef\xbb\xbf; \xce\xb1\r\n[parameters]\r\n  q = 1/3 ; third\r\n\r\n"
        "[domain]\r\nD\t=\t[ -1 , 1 ]\r\n[ field ]\r\ntitle = A b \t; c\r\n"
        "f3 = D - q\r\nf2 = -D\r\nf1 = 2*D\r\n gauge = 0",
    };

    for (size_t i = 0; i < 2; i++) {
        gf_error error;
        gf_field *field;
        gf_status status =
            gf_field_read_text(&field, "a", "a.ini", texts[i], NULL, &error);
        /* read to the end: what fails is that there is no D0 */
        ck_assert_int_eq(status, GF_DOMAIN);
        ck_assert_uint_eq(error.line, 0);
        ck_assert_str_eq(error.file, "a.ini");
    }
    gf_field *field = read_good(WGAN "title = A b \t; c\r\nsource = k2020 ;x\n"
                                     "[domain]\nD = [ -1, 1 ]");
    ck_assert_str_eq(field->title, "A b");
    ck_assert_str_eq(field->source, "k2020");
    ck_assert_str_eq(field->name, "good");
    ck_assert(field->domain[0].lo_closed && field->domain[0].hi_closed);
    gf_field_free(field);
}
END_TEST

START_TEST(test_what_is_not_given_has_its_default)
{
    gf_field *field = read_good(WGAN);

    ck_assert_str_eq(field->title, "");
    ck_assert_str_eq(field->source, "");
    ck_assert_uint_eq(field->parameter_count, 1);
    ck_assert_str_eq(field->parameter[field->p_d].name, "p_d");
    ck_assert(field->parameter[0].number == 0.2);
    ck_assert_ptr_null(field->link_text);
    ck_assert(field->link == GF_EXPR_NONE);
    ck_assert(gf_range_has(field->domain[0], -1e300));
    ck_assert(field->has_physical && field->physical.lo == 0 &&
              field->physical.lo_closed);
    ck_assert(field->speed[0] == 1 && field->speed[1] == 1);
    gf_field_free(field);

    field = read_good(PLANE);
    ck_assert_str_eq(field->axis_name[0], "u");
    ck_assert_str_eq(field->axis_name[1], "v");
    ck_assert_uint_eq(field->critic, 0);
    ck_assert(!field->has_rest && !field->has_physical);
    ck_assert_uint_eq(field->p_d, field->parameter_count);
    gf_field_free(field);

    field = read_good(WGAN "[domain]\np_g = (-inf, inf)\n");
    ck_assert(!field->has_physical);
    gf_field_free(field);
}
END_TEST

START_TEST(test_bytes_that_no_text_has_are_refused)
{
    static const char text[] = "[field]\nf1 = D\0\nf2 = D\nf3 = D\n";
    gf_field *field;
    gf_error error;

    ck_assert_int_eq(gf_field_read_bytes(&field, "a", "a.ini", text,
                                         sizeof text - 1, NULL, &error),
                     GF_SYNTAX);
    ck_assert_str_eq(error.message, "a NUL byte in the text");
    ck_assert_uint_eq(error.line, 2);
    ck_assert_uint_eq(error.column, 7);
}
END_TEST

/* `count` lines, made by a format with one number in it. */
static char *repeat(const char *head, const char *format, size_t count,
                    const char *tail)
{
    size_t size = strlen(head) + strlen(tail) + count * 48 + 1, used;
    char *text = malloc(size);

    ck_assert_ptr_nonnull(text);
    used = (size_t)snprintf(text, size, "%s", head);
    for (size_t i = 0; i < count; i++) {
        char line[48];
        int n = snprintf(line, sizeof line, "%s%zu", format, i);
        memcpy(text + used, line, (size_t)n);
        used += (size_t)n;
        memcpy(text + used, tail, strlen(tail) + 1);
        used += strlen(tail);
    }
    return text;
}

START_TEST(test_too_much_is_refused)
{
    static const struct row {
        const char *head, *format, *tail, *message;
        size_t count;
    } rows[] = {
        {WGAN "[parameters]\n", "k", " = 1\n", "more than 64 parameters", 65},
        {WGAN "[domain]\n", "k", " = (0, 1)\n",
         "more than 64 lines in [domain]", 65},
        {WGAN "[portrait]\n", "start = (0, ", ")\n", "more than 256 starts",
         257},
        {WGAN "[portrait]\n", "k", " = 0 : 1\n",
         "more than 259 lines in [portrait]", 300},
        {"[field]\n", "let f", "(t) = t\n", "more than 128 definitions", 129},
        {"", "; ", "\n", "a field file has at most 1048576 bytes", 200000},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        char *text = repeat(row->head, row->format, row->count, row->tail);
        gf_field *field;
        gf_error error;
        ck_assert_int_eq(
            gf_field_read_text(&field, "a", "a.ini", text, NULL, &error),
            GF_LIMIT);
        ck_assert_str_eq(error.message, row->message);
        free(text);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "field/reader", test_a_bad_file_has_its_message_and_its_place,
        test_the_caret_stands_under_the_fault, test_layout_does_not_matter,
        test_what_is_not_given_has_its_default,
        test_bytes_that_no_text_has_are_refused, test_too_much_is_refused);
}
