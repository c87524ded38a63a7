/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines on which a velocity is not smooth, and its smooth pieces. */
#include "field/kink.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "failing_malloc.h"
#include "field/fields.h"
#include "harness.h"

START_TEST(test_lines_have_names)
{
    static const struct row {
        const char *du, *dv;
        size_t count;
        const char *first, *last;
    } rows[] = {
        {"-v", "u", 0, NULL, NULL},
        {"relu(u)", "v", 1, "u = 0", "u = 0"},
        {"abs(2*u - 1)", "sign(1 - 2*u)", 1, "u = 0.5", "u = 0.5"},
        {"step(u)", "step(v - 3)", 2, "u = 0", "v = 3"},
        {"min(u, v)", "1", 1, "u - v = 0", "u - v = 0"},
        {"sign(u^2 + v^2 - 1)", "1", 1, "u^2 + v^2 - 1 = 0",
         "u^2 + v^2 - 1 = 0"},
        {"min(max(u, -1), 1)", "v", 2, "u = -1", "max(u, -1) - 1 = 0"},
        {"abs(-3)*u", "v*sign(2)", 0, NULL, NULL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_field *field = planar_field(rows[i].du, rows[i].dv);
        size_t count = gf_field_line_count(field);
        ck_assert_uint_eq(count, rows[i].count);
        if (count > 0) {
            ck_assert_str_eq(gf_field_line(field, 0), rows[i].first);
            ck_assert_str_eq(gf_field_line(field, count - 1), rows[i].last);
        }
        gf_field_free(field);
    }
}
END_TEST

/* On the right sides the pieces are the velocity, everywhere. */
START_TEST(test_pieces_make_up_the_velocity)
{
    static const char *const texts[][2] = {
        {"relu(u)*v", "abs(u - v)"},
        {"min(max(u, -1), 1)", "sign(v)*u^2"},
        {"abs(abs(u) - 1)", "step(u)*step(v)"},
        {"max(u, max(v, 0.5))", "min(u*v, 0.25)"},
    };
    uint64_t state = 7;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        gf_field *field = planar_field(texts[i][0], texts[i][1]);
        const struct gf_kinks *kinks = field->kinks;
        ck_assert_ptr_nonnull(kinks);
        for (int n = 0; n < 500; n++) {
            gf_vec2 p = {4 * (double)(random_bits(&state) >> 11) * 0x1p-53 - 2,
                         4 * (double)(random_bits(&state) >> 11) * 0x1p-53 - 2};
            double side[GF_KINKS_MAX] = {0};
            gf_slopes line[GF_KINKS_MAX];
            for (size_t k = 0; k < kinks->count; k++) {
                gf_kinks_lines(line, kinks, p, side);
                side[k] = line[k].value > 0 ? 1 : 0;
            }
            gf_vec2 v = gf_kinks_velocity(kinks, p, side);
            gf_vec2 want = gf_field_at(p, field);
            gf_mat2 m = gf_kinks_jacobian(kinks, p, side);
            gf_mat2 slope = gf_field_jacobian(p, field);
            assert_close(v.x, want.x, 1e-14);
            assert_close(v.y, want.y, 1e-14);
            assert_close(m.xx, slope.xx, 1e-13);
            assert_close(m.yy, slope.yy, 1e-13);
        }
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_too_many_lines_are_none)
{
    char text[400] = "0*u";

    for (int k = 1; k <= GF_KINKS_MAX + 1; k++)
        snprintf(text + strlen(text), sizeof text - strlen(text),
                 " + abs(u - %d)", k);
    gf_field *field = planar_field(text, "1");
    ck_assert_uint_eq(gf_field_line_count(field), 0);
    gf_field_free(field);
}
END_TEST

START_TEST(test_failing_allocations_are_told)
{
    const char *const velocity[2] = {"sign(u - 1)*v", "abs(v)"};

    for (size_t n = 1;; n++) {
        gf_field *field = NULL;
        fail_nth_malloc(n);
        gf_status status = gf_field_planar(&field, velocity, NULL, NULL);
        bool has_failed = malloc_has_failed();
        fail_nth_malloc(0);
        gf_field_free(status ? NULL : field);
        if (!has_failed)
            break;
        ck_assert_int_eq(status, GF_MEMORY);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "field/kink", test_lines_have_names, test_pieces_make_up_the_velocity,
        test_too_many_lines_are_none, test_failing_allocations_are_told);
}
