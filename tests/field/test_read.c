/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as they come, and memory as it runs out. */
#include <ganfield/field.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failing_malloc.h"
#include "harness.h"

#define WGAN "[field]\nf1 = D\nf2 = -D\nf3 = D\ngauge = 0\n"
#define PLANE "[field]\ndu = -v\ndv = u\n"

static char folder[] = "/tmp/ganfield-field-XXXXXX";

static void make_folder(void)
{
    memset(strrchr(folder, '-') + 1, 'X', 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static char *path_of(char out[static 100], const char *name)
{
    snprintf(out, 100, "%s/%s", folder, name);
    return out;
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(test_a_file_gives_its_field)
{
    static const char *const names[][2] = {
        {"mine.ini", "mine"},         {"plain", "plain"},
        {"a.b.ini", "a.b"},           {".hidden", ".hidden"},
        {"\xce\xb1.ini", "\xce\xb1"}, {"\xff.ini", "?"}};
    char path[100];

    make_folder();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        gf_field *field;
        gf_error error = {.status = GF_OK};
        write_file(path_of(path, names[i][0]), WGAN, strlen(WGAN));
        ck_assert_msg(gf_field_read(&field, path, NULL, &error) == GF_OK, "%s",
                      error.message);
        ck_assert_str_eq(field->name, names[i][1]);
        ck_assert_str_eq(field->f_text[1], "-D");
        gf_field_free(field);
        unlink(path);
    }
    rmdir(folder);
}
END_TEST

static void assert_unreadable(const char *path, gf_status want,
                              const char *part)
{
    gf_field *field;
    gf_error error;
    gf_status status = gf_field_read(&field, path, NULL, &error);

    ck_assert_msg(status == want, "%s: %s", path, error.message);
    ck_assert_ptr_null(field);
    ck_assert_ptr_nonnull(strstr(error.message, part));
}

START_TEST(test_what_is_no_field_file_is_told)
{
    char path[100];

    make_folder();
    assert_unreadable(folder, GF_READ, "Is a directory");
    assert_unreadable(path_of(path, "absent.ini"), GF_READ,
                      "No such file or directory");
    assert_unreadable(path, GF_READ, path);
    assert_unreadable("", GF_READ, "No such file or directory");
    assert_unreadable("/dev/null", GF_SYNTAX, "no functions");
    assert_unreadable("/dev/zero", GF_LIMIT, "at most 1048576 bytes");
    write_file(path_of(path, "nul.ini"), "[field]\0", 8);
    assert_unreadable(path, GF_SYNTAX, "a NUL byte in the text");
    unlink(path);
    write_file(path_of(path, "locked.ini"), WGAN, strlen(WGAN));
    chmod(path, 0);
    if (access(path, R_OK) != 0)
        assert_unreadable(path, GF_READ, "Permission denied");
    unlink(path);
    rmdir(folder);
}
END_TEST

START_TEST(test_the_size_limit_is_exact)
{
    enum { MOST = 1 << 20 };
    char *bytes = malloc(MOST + 1), path[100];
    gf_field *field;

    make_folder();
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, '\n', MOST + 1);
    memcpy(bytes, WGAN, strlen(WGAN));
    write_file(path_of(path, "big.ini"), bytes, MOST);
    ck_assert_int_eq(gf_field_read(&field, path, NULL, NULL), GF_OK);
    gf_field_free(field);
    write_file(path, bytes, MOST + 1);
    assert_unreadable(path, GF_LIMIT, "at most 1048576 bytes");
    unlink(path);
    rmdir(folder);
    free(bytes);
}
END_TEST

/* --- memory ------------------------------------------------------------ */

static const char *const set[] = {"k=2"};
static const gf_settings settings = {
    .set = set, .set_count = 1, .speed = "1,2"};

static gf_status make_text(gf_field **out, gf_error *error)
{
    return gf_field_read_text(
        out, "a", "a.ini",
        "[field]\ntitle = A\nlet f(t) = k*t\ndu = -f(y)\ndv = f(x)/3\n"
        "[axes]\nu = x\nv = y\n[parameters]\nk = log(3)\n[domain]\n"
        "x = (-3, log(9))\n[portrait]\nx = -1 : 1\nstart = (0.5, 0.5)\n",
        &settings, error);
}

static gf_status make_variant(gf_field **out, gf_error *error)
{
    return gf_field_find(out, "dirac-wgan", NULL, error);
}

static gf_status make_custom(gf_field **out, gf_error *error)
{
    static const char *const velocity[2] = {"-v*k", "u*k"};

    return gf_field_planar(out, velocity, &settings, error);
}

static gf_status make_bad(gf_field **out, gf_error *error)
{
    return gf_field_read_text(out, "a", "a.ini",
                              "[field]\ntitle = A\ndu = -v\ndv = q\n", NULL,
                              error);
}

static gf_status make_file(gf_field **out, gf_error *error)
{
    return gf_field_read(out, folder, NULL, error);
}

static void assert_clean(gf_status (*make)(gf_field **, gf_error *),
                         gf_status want)
{
    size_t n = 1;

    for (bool failed = true; failed; n++) {
        gf_field *field = NULL;
        gf_error error = {.status = GF_OK};
        fail_nth_malloc(n);
        gf_status status = make(&field, &error);
        failed = malloc_has_failed();
        fail_nth_malloc(0);
        ck_assert_msg(
            failed ? status == GF_MEMORY || status == want : status == want,
            "allocation %zu: %s: %s", n, gf_status_name(status), error.message);
        ck_assert((status == GF_OK) == (field != NULL));
        gf_field_free(field);
    }
    ck_assert_uint_gt(n, 10);
}

START_TEST(test_a_failing_allocation_leaves_a_clean_error)
{
    assert_clean(make_text, GF_OK);
    assert_clean(make_variant, GF_OK);
    assert_clean(make_custom, GF_OK);
    assert_clean(make_bad, GF_NAME);
}
END_TEST

START_TEST(test_a_failing_allocation_while_a_file_is_read)
{
    char *file = folder;
    size_t n = 1;

    make_folder();
    rmdir(file);
    write_file(file, PLANE, strlen(PLANE));
    for (bool failed = true; failed; n++) {
        gf_field *field;
        fail_every_malloc_from(n);
        gf_status status = make_file(&field, NULL);
        failed = malloc_has_failed();
        fail_nth_malloc(0);
        ck_assert(status == GF_OK ? field != NULL : field == NULL);
        ck_assert(status == GF_OK || status == GF_MEMORY);
        ck_assert(failed || status == GF_OK);
        gf_field_free(field);
    }
    unlink(file);
}
END_TEST

int main(void)
{
    return RUN_TESTS("field/read", test_a_file_gives_its_field,
                     test_what_is_no_field_file_is_told,
                     test_the_size_limit_is_exact,
                     test_a_failing_allocation_leaves_a_clean_error,
                     test_a_failing_allocation_while_a_file_is_read);
}
