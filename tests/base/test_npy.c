/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include "base/npy.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/ganfield-npy-XXXXXX";

static void put(const char *data, size_t size)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(test_what_is_written_is_read)
{
    const double x[6] = {1, -2.5, 1e-300, 0.1, 7, 8};
    gf_matrix m;
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    gf_npy_write(file, x, 2, 3);
    ck_assert_int_eq(ftell(file), 128 + (long)sizeof x);
    fclose(file);
    ck_assert_int_eq(gf_matrix_read(&m, path, NULL), GF_OK);
    ck_assert_uint_eq(m.rows, 2);
    ck_assert_uint_eq(m.columns, 3);
    ck_assert_mem_eq(m.at, x, sizeof x);
    free(m.at);
    file = fopen(path, "wb");
    gf_npy_write_vector(file, x, 6);
    fclose(file);
    ck_assert_int_eq(gf_matrix_read(&m, path, NULL), GF_OK);
    ck_assert_uint_eq(m.rows, 6);
    ck_assert_uint_eq(m.columns, 1);
    free(m.at);
}
END_TEST

/* As numpy 1.24 writes numpy.asfortranarray([[1, 2], [3, 4]], 'f4'), with a
   shorter head. */
START_TEST(test_columns_of_floats_are_read)
{
    static const char head[] = "\x93NUMPY\x01\x00\x46\x00"
                               "{'descr': '<f4', 'fortran_order': True, "
                               "'shape': (2, 2), }";
    char data[80 + 16] = {0};
    const float x[4] = {1, 3, 2, 4};
    gf_matrix m;

    memset(data, ' ', 80);
    memcpy(data, head, sizeof head - 1);
    memcpy(data + 80, x, sizeof x);
    put(data, sizeof data);
    ck_assert_int_eq(gf_matrix_read(&m, path, NULL), GF_OK);
    for (size_t i = 0; i < 4; i++)
        ck_assert_double_eq(m.at[i], (double)i + 1);
    free(m.at);
    put(data, sizeof data - 1);
    ck_assert_int_eq(gf_matrix_read(&m, path, NULL), GF_SYNTAX);
    put(data, 40);
    ck_assert_int_eq(gf_matrix_read(&m, path, NULL), GF_SYNTAX);
}
END_TEST

START_TEST(test_text_is_read)
{
    static const char text[] = "x, y\n# nothing\n1, 2\n 3\t-4e0 # more\n\n5;6";
    gf_matrix m;

    put(text, sizeof text - 1);
    ck_assert_int_eq(gf_matrix_read(&m, path, NULL), GF_OK);
    ck_assert_uint_eq(m.rows, 3);
    ck_assert_uint_eq(m.columns, 2);
    ck_assert_double_eq(m.at[3], -4);
    ck_assert_double_eq(m.at[5], 6);
    free(m.at);
}
END_TEST

START_TEST(test_bad_files_are_refused_at_their_place)
{
    static const struct {
        const char *text;
        gf_status status;
        size_t line, column;
    } bad[] = {
        {"", GF_SYNTAX, 0, 0},
        {"x\ny\n", GF_SYNTAX, 0, 0},
        {"1 2\n3\n", GF_SYNTAX, 2, 1},
        {"1 2\n3 x\n", GF_SYNTAX, 2, 3},
        {"1 2\n3 4x\n", GF_SYNTAX, 2, 3},
        {"1\ninf\n", GF_ARGUMENT, 2, 1},
        {"1\nnan\n", GF_ARGUMENT, 2, 1},
        {"1e999\n", GF_ARGUMENT, 1, 1},
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        gf_matrix m;
        gf_error error;
        gf_error_clear(&error);
        put(bad[i].text, strlen(bad[i].text));
        ck_assert_msg(gf_matrix_read(&m, path, &error) == bad[i].status,
                      "'%s': %d, %s", bad[i].text, error.status, error.message);
        ck_assert_uint_eq(error.line, bad[i].line);
        ck_assert_uint_eq(error.column, bad[i].column);
        ck_assert_ptr_null(m.at);
    }
    gf_matrix m;
    ck_assert_int_eq(gf_matrix_read(&m, "/nowhere/at.all", NULL), GF_READ);
}
END_TEST

int main(void)
{
    int file = mkstemp(path);

    close(file);
    int status = RUN_TESTS("base/npy", test_what_is_written_is_read,
                           test_columns_of_floats_are_read, test_text_is_read,
                           test_bad_files_are_refused_at_their_place);
    remove(path);
    return status;
}
