/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every report of every variant: it fits, it is complete, memory may run out.
 */
#include <ganfield/report.h>

#include "base/utf8.h"
#include "failing_malloc.h"
#include "harness.h"

#include <stdlib.h>
#include <string.h>

typedef gf_status (*report_fn)(char **out, const gf_classification *const *c,
                               size_t count, const gf_report_options *options,
                               gf_error *error);

static const report_fn reports[] = {gf_report_classify, gf_report_show,
                                    gf_report_list};
static const gf_report_options kinds[] = {
    {.format = GF_FORMAT_TEXT},
    {.format = GF_FORMAT_TEXT, .verbose = true},
    {.format = GF_FORMAT_TEXT, .explain = true},
    {.format = GF_FORMAT_JSON},
    {.format = GF_FORMAT_LATEX},
};

enum {
    REPORT_COUNT = sizeof reports / sizeof *reports,
    KIND_COUNT = sizeof kinds / sizeof *kinds,
    MOST = 100
};

static gf_field *field[MOST];
static gf_classification classification[MOST];
static const gf_classification *all[MOST];

static void classify(size_t i, const char *name)
{
    gf_classification_init(&classification[i]);
    ck_assert_int_eq(gf_field_find(&field[i], name, NULL, NULL), GF_OK);
    ck_assert_int_eq(gf_classify(&classification[i], field[i], NULL, NULL),
                     GF_OK);
    all[i] = &classification[i];
}

static void release(size_t i)
{
    gf_classification_clear(&classification[i]);
    gf_field_free(field[i]);
}

/* Columns of the longest line. */
static size_t widest(const char *text)
{
    size_t most = 0, width = 0;

    for (const char *t = text; *t; t += gf_utf8_step(t, strlen(t))) {
        width = *t == '\n' ? 0 : width + 1;
        most = width > most ? width : most;
    }
    return most;
}

static void check_text(const char *text, const gf_report_options *options)
{
    size_t length = strlen(text);

    ck_assert_uint_gt(length, 0);
    ck_assert_int_eq(text[length - 1], '\n');
    for (size_t i = 0; i < length; i += gf_utf8_step(text + i, length - i))
        ck_assert_uint_gt(gf_utf8_size(text + i, length - i), 0);
    if (options->format == GF_FORMAT_TEXT) {
        ck_assert_msg(widest(text) <= 80, "%.400s", text);
        ck_assert_msg(!strchr(text, '~'), "%.400s", text);
        ck_assert_msg(!strstr(text, " nan"), "%.400s", text);
        ck_assert_msg(!strstr(text, " \n"), "%.400s", text);
    }
}

START_TEST(test_every_variant_reads_well)
{
    for (size_t i = 0; i < gf_catalog_count(); i++) {
        classify(0, gf_catalog_name(i));
        for (size_t k = 0; k < REPORT_COUNT * KIND_COUNT; k++) {
            const gf_report_options *options = &kinds[k % KIND_COUNT];
            report_fn report = reports[k / KIND_COUNT];
            char *text = NULL;
            gf_status status = report(&text, all, 1, options, NULL);
            if (report == gf_report_list && options->format == GF_FORMAT_LATEX)
                ck_assert_int_eq(status, GF_ARGUMENT);
            else
                ck_assert_int_eq(status, GF_OK);
            if (!status)
                check_text(text, options);
            free(text);
        }
        release(0);
    }
}
END_TEST

START_TEST(test_the_whole_catalogue_fits_a_table)
{
    size_t count = gf_catalog_count();
    char *text = NULL;

    ck_assert_uint_le(count, MOST);
    for (size_t i = 0; i < count; i++)
        classify(i, gf_catalog_name(i));
    for (size_t k = 0; k < REPORT_COUNT * KIND_COUNT; k++) {
        const gf_report_options *options = &kinds[k % KIND_COUNT];
        if (reports[k / KIND_COUNT](&text, all, count, options, NULL))
            continue;
        check_text(text, options);
        free(text);
    }
    ck_assert_int_eq(gf_report_classify(&text, all, count, NULL, NULL), GF_OK);
    ck_assert_ptr_null(strstr(text, "…"));
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_nonnull(strstr(text, gf_catalog_name(i)));
        release(i);
    }
    free(text);
}
END_TEST

/* A failed allocation stays with a graph, so it is made anew. */
static void renew(const char *name)
{
    if (gf_graph_check(field[0]->graph, NULL) == GF_OK)
        return;
    release(0);
    classify(0, name);
}

START_TEST(test_running_out_of_memory_is_an_error)
{
    static const char *const names[] = {"lsgan", "classic-logit",
                                        "dirac-wgan-gp"};

    for (size_t v = 0; v < 3; v++) {
        classify(0, names[v]);
        for (size_t k = 0; k < REPORT_COUNT * KIND_COUNT; k++) {
            const gf_report_options *options = &kinds[k % KIND_COUNT];
            for (size_t n = 1;; n++) {
                char *text = NULL;
                gf_error error;
                gf_error_clear(&error);
                fail_nth_malloc(n);
                gf_status status =
                    reports[k / KIND_COUNT](&text, all, 1, options, &error);
                bool has_failed = malloc_has_failed();
                fail_nth_malloc(0);
                free(text);
                if (!has_failed)
                    break;
                ck_assert_msg(status == GF_MEMORY,
                              "%s, report %zu, allocation %zu: %s", names[v], k,
                              n, gf_status_name(status));
                ck_assert_int_eq(error.status, GF_MEMORY);
                renew(names[v]);
            }
        }
        release(0);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("report/report", test_every_variant_reads_well,
                     test_the_whole_catalogue_fits_a_table,
                     test_running_out_of_memory_is_an_error);
}
