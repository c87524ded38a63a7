/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/output.h"

#include "failing_malloc.h"
#include "harness.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test, removed at its end. */
static char folder[] = "/tmp/ganfield-test-XXXXXX";
static char path[64], other[64];

static void enter(void)
{
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/result.csv", folder);
    snprintf(other, sizeof other, "%s/other", folder);
}

/* Removes the folder and says how many files were in it. */
static int leave(void)
{
    DIR *dir = opendir(folder);
    int count = 0;

    ck_assert_ptr_nonnull(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        char name[400];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        count++;
        snprintf(name, sizeof name, "%s/%s", folder, e->d_name);
        ck_assert_int_eq(unlink(name), 0);
    }
    closedir(dir);
    ck_assert_int_eq(rmdir(folder), 0);
    return count;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static void assert_holds(const char *name, const char *text)
{
    char buffer[100] = "";
    FILE *file = fopen(name, "r");

    ck_assert_ptr_nonnull(file);
    size_t n = fread(buffer, 1, sizeof buffer - 1, file);
    buffer[n] = '\0';
    fclose(file);
    ck_assert_str_eq(buffer, text);
}

static gf_status write_new(const char *name, gf_error *error)
{
    gf_output output;
    gf_status status = gf_output_open(&output, name, error);

    if (status)
        return status;
    fputs("new", output.file);
    return gf_output_close(&output, error);
}

START_TEST(test_an_absent_file_is_made)
{
    enter();
    ck_assert_int_eq(write_new(path, NULL), GF_OK);
    assert_holds(path, "new");
    ck_assert_int_eq(leave(), 1);
}
END_TEST

START_TEST(test_the_old_file_stands_until_the_close)
{
    gf_output output;

    enter();
    put(path, "old");
    ck_assert_int_eq(gf_output_open(&output, path, NULL), GF_OK);
    fputs("new", output.file);
    fflush(output.file);
    assert_holds(path, "old");
    ck_assert_int_eq(gf_output_close(&output, NULL), GF_OK);
    assert_holds(path, "new");
    ck_assert_int_eq(leave(), 1);
}
END_TEST

START_TEST(test_abandon_leaves_the_old_file_and_nothing_else)
{
    gf_output output;

    enter();
    put(path, "old");
    ck_assert_int_eq(gf_output_open(&output, path, NULL), GF_OK);
    fputs("new", output.file);
    gf_output_abandon(&output);
    gf_output_abandon(&output);
    assert_holds(path, "old");
    ck_assert_int_eq(leave(), 1);
}
END_TEST

START_TEST(test_the_mode_of_an_existing_file_is_kept)
{
    struct stat now;

    enter();
    put(path, "old");
    ck_assert_int_eq(chmod(path, 0640), 0);
    ck_assert_int_eq(write_new(path, NULL), GF_OK);
    ck_assert_int_eq(stat(path, &now), 0);
    ck_assert_int_eq(now.st_mode & 07777, 0640);
    ck_assert_int_eq(leave(), 1);
}
END_TEST

START_TEST(test_symbolic_links_are_followed_also_into_the_void)
{
    struct stat now;

    enter();
    put(path, "old");
    ck_assert_int_eq(symlink("result.csv", other), 0);
    ck_assert_int_eq(write_new(other, NULL), GF_OK);
    assert_holds(path, "new");
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(write_new(other, NULL), GF_OK);
    assert_holds(path, "new");
    ck_assert_int_eq(lstat(other, &now), 0);
    ck_assert(S_ISLNK(now.st_mode));
    ck_assert_int_eq(leave(), 2);
}
END_TEST

START_TEST(test_a_circle_of_links_is_an_error)
{
    gf_error error;

    enter();
    ck_assert_int_eq(symlink("result.csv", other), 0);
    ck_assert_int_eq(symlink("other", path), 0);
    ck_assert_int_eq(write_new(path, &error), GF_WRITE);
    ck_assert_ptr_nonnull(strstr(error.message, "cannot write"));
    ck_assert_int_eq(leave(), 2);
}
END_TEST

START_TEST(test_a_pipe_is_written_directly)
{
    struct stat now;

    enter();
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    /* Opened for both ends, so that neither open waits. */
    FILE *reader = fopen(path, "r+");
    ck_assert_ptr_nonnull(reader);
    ck_assert_int_eq(write_new(path, NULL), GF_OK);
    char got[4] = "";
    ck_assert_uint_eq(fread(got, 1, 3, reader), 3);
    ck_assert_str_eq(got, "new");
    fclose(reader);
    ck_assert_int_eq(stat(path, &now), 0);
    ck_assert(S_ISFIFO(now.st_mode));
    ck_assert_int_eq(leave(), 1);
}
END_TEST

START_TEST(test_a_full_disk_is_noticed)
{
    gf_error error;

    if (access("/dev/full", W_OK))
        return;
    ck_assert_int_eq(write_new("/dev/full", &error), GF_WRITE);
    ck_assert_str_eq(error.message,
                     "cannot write '/dev/full': No space left on device");
}
END_TEST

START_TEST(test_what_cannot_be_opened_says_why)
{
    static const struct {
        const char *path, *reason;
    } rows[] = {
        {"/no/such/folder/x", "No such file or directory"},
        {"/dev/null/x", "Not a directory"},
        {"/tmp", "Is a directory"},
        {"/tmp/", "Is a directory"},
        {"", "No such file or directory"},
    };
    gf_error error;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_int_eq(write_new(rows[i].path, &error), GF_WRITE);
        ck_assert_msg(strstr(error.message, rows[i].reason) != NULL, "%s",
                      error.message);
    }
}
END_TEST

START_TEST(test_a_failed_allocation_leaves_nothing_behind)
{
    gf_error error;
    size_t n = 0;

    enter();
    put(path, "old");
    do {
        fail_nth_malloc(++n);
        gf_status status = write_new(path, &error);
        bool failed = malloc_has_failed();
        fail_nth_malloc(0);
        ck_assert_int_eq(status, failed ? GF_MEMORY : GF_OK);
        assert_holds(path, failed ? "old" : "new");
        if (!failed)
            break;
    } while (n < 100);
    ck_assert_uint_gt(n, 3);
    ck_assert_int_eq(leave(), 1);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "base/output", test_an_absent_file_is_made,
        test_the_old_file_stands_until_the_close,
        test_abandon_leaves_the_old_file_and_nothing_else,
        test_the_mode_of_an_existing_file_is_kept,
        test_symbolic_links_are_followed_also_into_the_void,
        test_a_circle_of_links_is_an_error, test_a_pipe_is_written_directly,
        test_a_full_disk_is_noticed, test_what_cannot_be_opened_says_why,
        test_a_failed_allocation_leaves_nothing_behind);
}
