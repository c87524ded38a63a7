/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A journal gives back what it was given, and nothing else. */
#include "base/journal.h"

#include "harness.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const gf_journal_shape shape = {"one\ntwo\n", 10, 4, 2};

/* A new folder's file; the caller removes both. */
static void make_path(char folder[static 64], char path[static 80])
{
    strcpy(folder, "/tmp/ganfield-journal-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, 80, "%s/a.part", folder);
}

static void fill(double *data, size_t tile)
{
    for (size_t i = 0; i < 8; i++)
        data[i] = (double)(tile * 100 + i);
}

START_TEST(test_a_tile_comes_back)
{
    char folder[64], path[80];
    double data[8], back[8];
    gf_journal j;
    gf_error error;

    make_path(folder, path);
    ck_assert_int_eq(gf_journal_open(&j, path, &shape, false, &error), GF_OK);
    ck_assert_uint_eq(gf_journal_count(&j, 1), 4);
    ck_assert_uint_eq(gf_journal_count(&j, 2), 2);
    for (size_t tile = 0; tile < 3; tile++)
        ck_assert(!gf_journal_read(&j, tile, back));
    for (size_t tile = 0; tile < 3; tile += 2) {
        fill(data, tile);
        ck_assert_int_eq(gf_journal_keep(&j, tile, data, &error), GF_OK);
    }
    gf_journal_close(&j, false);

    ck_assert_int_eq(gf_journal_open(&j, path, &shape, true, &error), GF_OK);
    ck_assert(gf_journal_read(&j, 0, back));
    fill(data, 0);
    ck_assert_mem_eq(data, back, sizeof data);
    ck_assert(!gf_journal_read(&j, 1, back));
    ck_assert(gf_journal_read(&j, 2, back));
    gf_journal_close(&j, true);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

/* Any byte of a tile, of its mark or of the head. */
START_TEST(test_a_changed_byte_is_noticed)
{
    char folder[64], path[80], byte;
    double data[8], back[8];
    gf_journal j;
    gf_error error;

    make_path(folder, path);
    ck_assert_int_eq(gf_journal_open(&j, path, &shape, false, &error), GF_OK);
    fill(data, 0);
    ck_assert_int_eq(gf_journal_keep(&j, 0, data, &error), GF_OK);
    off_t tile = (off_t)j.data_at, mark = (off_t)j.marks_at;
    gf_journal_close(&j, false);
    int file = open(path, O_RDWR);
    for (off_t at = 0; at < tile + 64; at++) {
        if (at >= mark + 8 && at < tile)
            continue; /* marks of other tiles */
        bool is_pad = at >= (off_t)(64 + strlen(shape.identity)) && at < mark;
        ck_assert_int_eq(pread(file, &byte, 1, at), 1);
        byte = (char)(byte ^ 0x10);
        ck_assert_int_eq(pwrite(file, &byte, 1, at), 1);
        gf_status status = gf_journal_open(&j, path, &shape, true, &error);
        if (!is_pad)
            ck_assert(status != GF_OK || !gf_journal_read(&j, 0, back));
        gf_journal_close(&j, false);
        byte = (char)(byte ^ 0x10);
        ck_assert_int_eq(pwrite(file, &byte, 1, at), 1);
    }
    close(file);
    ck_assert_int_eq(gf_journal_open(&j, path, &shape, true, &error), GF_OK);
    ck_assert(gf_journal_read(&j, 0, back));
    gf_journal_close(&j, true);
    rmdir(folder);
}
END_TEST

START_TEST(test_another_computation_is_refused)
{
    char folder[64], path[80];
    gf_journal j;
    gf_error error;

    make_path(folder, path);
    ck_assert_int_eq(gf_journal_open(&j, path, &shape, true, &error), GF_OK);
    gf_journal_close(&j, false);
    ck_assert_int_eq(gf_journal_open(&j, path, &shape, false, &error),
                     GF_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(error.message, "--resume"));
    gf_journal_shape other = shape;
    other.identity = "one\nthree\n";
    ck_assert_int_eq(gf_journal_open(&j, path, &other, true, &error),
                     GF_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(error.message, "has 'two'"));
    ck_assert_ptr_nonnull(strstr(error.message, "has 'three'"));
    other = shape;
    other.tile = 5;
    ck_assert_int_eq(gf_journal_open(&j, path, &other, true, &error),
                     GF_ARGUMENT);
    unlink(path);
    rmdir(folder);
}
END_TEST

/* Locks are of processes. */
START_TEST(test_a_second_process_is_refused)
{
    char folder[64], path[80];
    gf_journal j, other;
    gf_error error;
    int status;

    make_path(folder, path);
    ck_assert_int_eq(gf_journal_open(&j, path, &shape, false, &error), GF_OK);
    pid_t child = fork();
    if (child == 0)
        _exit(gf_journal_open(&other, path, &shape, true, &error) == GF_ARGUMENT
                  ? 7
                  : 8);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    gf_journal_close(&j, true);
    rmdir(folder);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "base/journal", test_a_tile_comes_back, test_a_changed_byte_is_noticed,
        test_another_computation_is_refused, test_a_second_process_is_refused);
}
