/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs as CSV, JSON and text. */
#include <ganfield/report.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "failing_malloc.h"
#include "field/fields.h"
#include "harness.h"

static gf_trajectory follow(const gf_field *field, gf_vec2 start,
                            const gf_flow_options *options)
{
    gf_trajectory run;

    gf_trajectory_init(&run);
    ck_assert_int_eq(gf_flow_run(&run, field, start, options, NULL), GF_OK);
    return run;
}

static char *write(const gf_runs *runs, gf_format format)
{
    gf_report_options options = {.format = format};
    char *text = NULL;

    ck_assert_int_eq(gf_report_runs(&text, runs, &options, NULL), GF_OK);
    return text;
}

START_TEST(test_csv_reads_back_to_the_bit)
{
    gf_field *field = find_field("classic", NULL);
    gf_flow_options options = {.until = 7};
    gf_trajectory run[2] = {follow(field, (gf_vec2){0.25, 0.9}, &options),
                            follow(field, (gf_vec2){0.75, 1e-300}, &options)};
    gf_runs runs = {.field = field, .run = run, .count = 2, .flow = &options};
    char *text = write(&runs, GF_FORMAT_CSV), *at = text;

    ck_assert(strncmp(at, "run,t,D,p_g\n", 12) == 0);
    at = strchr(at, '\n') + 1;
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < run[i].count; k++) {
            ck_assert_uint_eq(strtoul(at, &at, 10), i + 1);
            ck_assert_double_eq(strtod(at + 1, &at), run[i].row[k].t);
            ck_assert_double_eq(strtod(at + 1, &at), run[i].row[k].at.x);
            ck_assert_double_eq(strtod(at + 1, &at), run[i].row[k].at.y);
            ck_assert_int_eq(*at++, '\n');
        }
        gf_trajectory_clear(&run[i]);
    }
    ck_assert_int_eq(*at, '\0');
    free(text);
    gf_field_free(field);
}
END_TEST

START_TEST(test_a_link_and_a_section_have_their_columns)
{
    gf_field *field = find_field("classic-logit", NULL);
    gf_section *section = NULL;
    ck_assert_int_eq(gf_section_new(&section, field, "D = 1/2", NULL), GF_OK);
    ck_assert_str_eq(gf_section_text(section), "D = 1/2");
    gf_flow_options options = {.until = 10, .section = section};
    gf_trajectory run = follow(field, (gf_vec2){1, 0.9}, &options);
    gf_runs runs = {.field = field, .run = &run, .count = 1, .flow = &options};
    char *csv = write(&runs, GF_FORMAT_CSV);
    char *json = write(&runs, GF_FORMAT_JSON);

    ck_assert_ptr_nonnull(
        strstr(csv, "run,t,u,p_g,D,crossing\n1,0,1,0.9,0.73"));
    ck_assert_ptr_nonnull(strstr(csv, ",-1\n"));
    ck_assert_ptr_nonnull(strstr(json, "\"section\": \"D = 1/2\""));
    ck_assert_ptr_nonnull(strstr(json, "\"D\": [\n"));
    ck_assert_ptr_nonnull(strstr(json, "\"crossing\": [0, -1"));
    free(csv);
    free(json);
    gf_trajectory_clear(&run);
    gf_section_free(section);
    gf_field_free(field);
}
END_TEST

START_TEST(test_formats_that_are_not_there_are_refused)
{
    gf_field *field = find_field("wgan", NULL);
    gf_flow_options options = {.until = 1};
    gf_trajectory run = follow(field, (gf_vec2){1, 1}, &options);
    gf_runs runs = {.field = field, .run = &run, .count = 1, .flow = &options};
    gf_report_options latex = {.format = GF_FORMAT_LATEX};
    gf_report_options csv = {.format = GF_FORMAT_CSV};
    char *text = NULL;

    ck_assert_int_eq(gf_report_runs(&text, &runs, &latex, NULL), GF_ARGUMENT);
    gf_classification c;
    const gf_classification *all[] = {&c};
    gf_classification_init(&c);
    ck_assert_int_eq(gf_classify(&c, field, NULL, NULL), GF_OK);
    ck_assert_int_eq(gf_report_classify(&text, all, 1, &csv, NULL),
                     GF_ARGUMENT);
    ck_assert_int_eq(gf_report_show(&text, all, 1, &csv, NULL), GF_ARGUMENT);
    ck_assert_int_eq(gf_report_list(&text, all, 1, &csv, NULL), GF_ARGUMENT);
    ck_assert_ptr_null(text);
    gf_classification_clear(&c);
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

START_TEST(test_memory_may_run_out_while_writing)
{
    static const gf_format formats[] = {GF_FORMAT_CSV, GF_FORMAT_JSON,
                                        GF_FORMAT_TEXT};
    gf_field *field = find_field("classic", NULL);
    gf_flow_options options = {.until = 30};
    gf_trajectory run = follow(field, (gf_vec2){0.25, 0.9}, &options);
    gf_runs runs = {.field = field, .run = &run, .count = 1, .flow = &options};

    for (size_t i = 0; i < 3; i++) {
        bool has_failed = true;
        for (size_t n = 1; has_failed; n++) {
            gf_report_options how = {.format = formats[i]};
            char *text = NULL;
            fail_nth_malloc(n);
            gf_status status = gf_report_runs(&text, &runs, &how, NULL);
            has_failed = malloc_has_failed();
            fail_nth_malloc(0);
            ck_assert_int_eq(status, has_failed ? GF_MEMORY : GF_OK);
            free(text);
        }
    }
    gf_trajectory_clear(&run);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("report/trajectory", test_csv_reads_back_to_the_bit,
                     test_a_link_and_a_section_have_their_columns,
                     test_formats_that_are_not_there_are_refused,
                     test_memory_may_run_out_while_writing);
}
