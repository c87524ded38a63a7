/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue: every file reads, and is what it says. */
#include <ganfield/field.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "field/embedded.h"
#include "field/fields.h"
#include "harness.h"

START_TEST(test_names_are_sorted_and_found)
{
    ck_assert_uint_ge(gf_catalog_count(), 43);
    for (size_t i = 0; i < gf_catalog_count(); i++) {
        const char *name = gf_catalog_name(i);
        if (i > 0)
            ck_assert_int_lt(strcmp(gf_catalog_name(i - 1), name), 0);
        gf_field *field = find_field(name, NULL);
        ck_assert_str_eq(field->name, name);
        ck_assert_str_ne(field->title, "");
        ck_assert_str_ne(field->source, "");
        gf_field_free(field);
    }
}
END_TEST

static void assert_unknown(const char *name, const char *message)
{
    gf_field *field;
    gf_error error;

    ck_assert_int_eq(gf_field_find(&field, name, NULL, &error), GF_NAME);
    ck_assert_ptr_null(field);
    ck_assert_str_eq(error.message, message);
    ck_assert_uint_eq(error.line, 0);
}

START_TEST(test_an_unknown_name_has_a_suggestion)
{
    assert_unknown("clasic", "unknown variant 'clasic'; did you mean "
                             "'classic'?");
    assert_unknown("WGAN", "unknown variant 'WGAN'; did you mean 'wgan'?");
    assert_unknown("", "unknown variant ''");
    assert_unknown("a completely different thing",
                   "unknown variant 'a completely different thing'");
}
END_TEST

/* What the text of a file says about a key, in the order of the file. */
static const char *value_of(char out[static 200], const char *text,
                            const char *key)
{
    size_t length = strlen(key);

    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, length) == 0 &&
            strchr(" =", line[length]) != NULL) {
            const char *value = strchr(line, '=') + 1;
            value += strspn(value, " ");
            size_t size = strcspn(value, ";\n");
            while (size > 0 && value[size - 1] == ' ')
                size--;
            snprintf(out, 200, "%.*s", (int)size, value);
            return out;
        }
    }
    return NULL;
}

START_TEST(test_texts_are_kept_as_written)
{
    static const char *const keys[] = {"f1", "f2",   "f3",   "du",
                                       "dv", "link", "title"};
    char want[200];

    for (size_t i = 0; i < gf_catalog_count(); i++) {
        gf_field *field = find_field(gf_catalog_name(i), NULL);
        const char *got[] = {field->f_text[0],
                             field->f_text[1],
                             field->f_text[2],
                             field->velocity_text[0],
                             field->velocity_text[1],
                             field->link_text,
                             field->title};
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            const char *text = gf_embedded_fields[i].text;
            if (value_of(want, text, keys[k]))
                ck_assert_str_eq(got[k], want);
            else
                ck_assert_ptr_null(got[k]);
        }
        gf_field_free(field);
    }
}
END_TEST

/* A point inside the window and the domain. */
static gf_vec2 random_point(const gf_field *field, uint64_t *state)
{
    gf_vec2 p;

    do {
        p.x = random_between(state, field->window[0].lo, field->window[0].hi);
        p.y = random_between(state, field->window[1].lo, field->window[1].hi);
    } while (!gf_range_has(field->domain[0], p.x) ||
             !gf_range_has(field->domain[1], p.y));
    return p;
}

START_TEST(test_windows_and_starts_are_in_order)
{
    for (size_t i = 0; i < gf_catalog_count(); i++) {
        gf_field *field = find_field(gf_catalog_name(i), NULL);
        ck_assert_uint_ge(field->start_count, 1);
        for (size_t k = 0; k < field->start_count; k++) {
            gf_vec2 v = gf_field_at(field->start[k], field);
            ck_assert_msg(isfinite(v.x) && isfinite(v.y), "%s: start %zu",
                          field->name, k);
        }
        for (size_t k = 0; k < 2; k++)
            ck_assert(field->window[k].lo < field->window[k].hi);
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_the_equilibrium_is_at_rest)
{
    for (size_t i = 0; i < gf_catalog_count(); i++) {
        gf_field *field = find_field(gf_catalog_name(i), NULL);
        if (field->kind == GF_POINTWISE) {
            gf_vec2 rest = {field->equilibrium.d0, 0.2};
            gf_vec2 v = gf_field_at(rest, field);
            assert_close(v.x, 0, TOL1);
            assert_close(v.y, 0, TOL1);
        }
        gf_field_free(field);
    }
}
END_TEST

/* The exact Jacobian against central differences of the velocity; kinked
   fields are left out where a step would cross a kink. */
START_TEST(test_the_jacobian_is_the_derivative)
{
    uint64_t state = 7;

    for (size_t i = 0; i < gf_catalog_count(); i++) {
        gf_field *field = find_field(gf_catalog_name(i), NULL);
        for (int k = 0; k < 20; k++) {
            gf_vec2 p = random_point(field, &state);
            double h = 1e-6;
            gf_mat2 m = gf_field_jacobian(p, field);
            gf_vec2 e = gf_field_at((gf_vec2){p.x + h, p.y}, field);
            gf_vec2 w = gf_field_at((gf_vec2){p.x - h, p.y}, field);
            gf_vec2 n = gf_field_at((gf_vec2){p.x, p.y + h}, field);
            gf_vec2 s = gf_field_at((gf_vec2){p.x, p.y - h}, field);
            double size = 1 + fabs(m.xx) + fabs(m.xy) + fabs(m.yx);
            if (!isfinite(e.x + w.x) || size > 1e3)
                continue;
            assert_close((e.x - w.x) / (2 * h) / size, m.xx / size, TOL4);
            assert_close((e.y - w.y) / (2 * h) / size, m.yx / size, TOL4);
            assert_close((n.x - s.x) / (2 * h) / size, m.xy / size, TOL4);
            assert_close((n.y - s.y) / (2 * h) / size, m.yy / size, TOL4);
        }
        gf_field_free(field);
    }
}
END_TEST

/* A file of a user, with the text of the catalogue, is the same field. */
START_TEST(test_a_users_file_is_the_same_field)
{
    uint64_t state = 11;

    for (size_t i = 0; i < gf_catalog_count(); i++) {
        gf_field *a = find_field(gf_catalog_name(i), NULL), *b;
        ck_assert_int_eq(gf_field_read_text(&b, "mine", "mine.ini",
                                            gf_embedded_fields[i].text, NULL,
                                            NULL),
                         GF_OK);
        for (int k = 0; k < 10; k++) {
            gf_vec2 p = random_point(a, &state);
            gf_vec2 u = gf_field_at(p, a), v = gf_field_at(p, b);
            ck_assert(u.x == v.x && u.y == v.y);
        }
        gf_field_free(a);
        gf_field_free(b);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "field/catalog", test_names_are_sorted_and_found,
        test_an_unknown_name_has_a_suggestion, test_texts_are_kept_as_written,
        test_windows_and_starts_are_in_order, test_the_equilibrium_is_at_rest,
        test_the_jacobian_is_the_derivative,
        test_a_users_file_is_the_same_field);
}
