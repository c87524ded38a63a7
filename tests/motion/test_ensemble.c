/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fates of ensembles against single flows, and what is refused. */
#include <ganfield/ensemble.h>

#include <math.h>
#include <string.h>

#include "follow.h"

static gf_ensemble *make(const gf_field *field,
                         const gf_ensemble_options *options)
{
    gf_error error = {.status = GF_OK};
    gf_ensemble *ensemble = NULL;

    gf_status status = gf_ensemble_new(&ensemble, field, options, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", field->name, error.message);
    return ensemble;
}

static void run(gf_fate *out, const gf_ensemble *ensemble, const gf_vec2 *start,
                size_t count)
{
    gf_error error = {.status = GF_OK};

    gf_status status = gf_ensemble_run(out, ensemble, start, count, &error);
    ck_assert_msg(status == GF_OK, "%s", error.message);
}

/* K3: theory.md, section 2: from D = 0.02, p_g = 0.001 the classic field dips
   to p_g = -0.144 and converges. */
START_TEST(test_a_dip_is_seen_on_the_way_to_rest)
{
    const gf_vec2 start[] = {{0.02, 0.001}, {0.5, 0.25}, {1.5, 0.2}};
    const gf_target target = {.at = {0.5, 0.2}, .radius = 1e-3};
    gf_ensemble_options options = {
        .target = &target, .target_count = 1, .until = 100};
    gf_field *field = find_field("classic", NULL);
    gf_ensemble *ensemble = make(field, &options);
    gf_fate fate[3];

    run(fate, ensemble, start, 3);
    ck_assert_int_eq(fate[0].label, GF_FATE_CONVERGED);
    ck_assert_uint_eq(fate[0].target, 0);
    ck_assert(fate[0].left_physical_at > 0);
    ck_assert(fate[0].left_physical_at < fate[0].time);
    ck_assert_int_eq(fate[1].label, GF_FATE_CONVERGED);
    ck_assert(isnan(fate[1].left_physical_at));
    ck_assert_int_eq(fate[2].label, GF_FATE_LEFT_DOMAIN);
    ck_assert_double_eq(fate[2].time, 0);
    gf_ensemble_free(ensemble);
    gf_field_free(field);
}
END_TEST

START_TEST(test_bad_options_are_refused)
{
    static const struct row {
        gf_ensemble_options options;
        gf_status status;
    } rows[] = {
        {{.rule = "rk5"}, GF_NAME},
        {{.step = -1}, GF_ARGUMENT},
        {{.step = INFINITY}, GF_ARGUMENT},
        {{.until = NAN}, GF_ARGUMENT},
        {{.step = 1e-9, .until = 10}, GF_ARGUMENT},
        {{.tolerance = 1}, GF_ARGUMENT},
        {{.threads = 5000}, GF_ARGUMENT},
        {{.width = 8}, GF_ARGUMENT},
    };
    gf_field *field = find_field("classic", NULL);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_error error = {.status = GF_OK};
        gf_ensemble *ensemble;
        ck_assert_int_eq(
            gf_ensemble_new(&ensemble, field, &rows[i].options, &error),
            rows[i].status);
        ck_assert_ptr_null(ensemble);
        ck_assert(error.message[0] != '\0');
    }
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("motion/ensemble", test_a_dip_is_seen_on_the_way_to_rest,
                     test_bad_options_are_refused);
}
