/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fates of ensembles against single flows, and what is refused. */
#include <ganfield/ensemble.h>

#include <math.h>
#include <string.h>

#include "failing_malloc.h"
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

/* Cell centres of the unit square. */
static void fill_grid(gf_vec2 *start, size_t n)
{
    for (size_t i = 0; i < n * n; i++)
        start[i] = (gf_vec2){((double)(i % n) + 0.5) / (double)n,
                             ((double)(i / n) + 0.5) / (double)n};
}

static bool is_same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static void assert_same(const gf_fate *a, const gf_fate *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(a[i].label, b[i].label);
        ck_assert_uint_eq(a[i].target, b[i].target);
        ck_assert(a[i].proved == b[i].proved && a[i].by_flow == b[i].by_flow);
        ck_assert(is_same(a[i].time, b[i].time));
        ck_assert(is_same(a[i].left_physical_at, b[i].left_physical_at));
        ck_assert(is_same(a[i].at.x, b[i].at.x));
        ck_assert(is_same(a[i].at.y, b[i].at.y));
    }
}

START_TEST(test_no_bit_depends_on_how_it_is_computed)
{
    enum { N = 23, COUNT = N * N };
    static const gf_isa isas[] = {GF_ISA_V4, GF_ISA_V3, GF_ISA_BEST};
    static const size_t widths[] = {16, 32, 64}, threads[] = {1, 2, 7};
    const gf_target target = {.at = {0.5, 0.2}, .radius = 1e-2};
    gf_field *field = find_field("classic", NULL);
    gf_vec2 start[COUNT];
    gf_fate first[COUNT], fate[COUNT];

    fill_grid(start, N);
    for (size_t plain = 0; plain < 2; plain++) {
        for (size_t i = 0; i < 27; i++) {
            gf_ensemble_options options = {.target = &target,
                                           .target_count = 1,
                                           .until = 20,
                                           .plain = plain,
                                           .isa = isas[i / 9],
                                           .width = widths[i / 3 % 3],
                                           .threads = threads[i % 3]};
            gf_ensemble *ensemble = make(field, &options);
            run(i ? fate : first, ensemble, start, COUNT);
            if (i)
                assert_same(fate, first, COUNT);
            for (size_t k = 0; k < COUNT && i == 1; k++) {
                run(fate, ensemble, &start[k], 1); /* each alone */
                assert_same(fate, &first[k], 1);
            }
            gf_ensemble_free(ensemble);
        }
    }
    gf_field_free(field);
}
END_TEST

/* When the single flow leaves the physical range; NaN: never. */
static double flow_leaves(const gf_field *field, gf_vec2 start)
{
    gf_flow_options options = {.until = 20, .every = 20};
    gf_trajectory run_ = follow(field, start.x, start.y, &options);
    double when = run_.left_physical_at;

    gf_trajectory_clear(&run_);
    return when;
}

START_TEST(test_dips_are_those_of_the_single_flow)
{
    enum { N = 30, COUNT = N * N };
    const gf_target target = {.at = {0.5, 0.2}, .radius = 1e-3};
    gf_ensemble_options options = {.target = &target, .target_count = 1};
    gf_field *field = find_field("classic", NULL);
    gf_ensemble *ensemble = make(field, &options);
    gf_vec2 start[COUNT];
    gf_fate fate[COUNT];

    fill_grid(start, N);
    run(fate, ensemble, start, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        double when = flow_leaves(field, start[i]);
        ck_assert_int_eq(fate[i].label, GF_FATE_CONVERGED);
        ck_assert_int_eq(isnan(fate[i].left_physical_at), isnan(when));
        if (!isnan(when))
            ck_assert_double_le(fabs(fate[i].left_physical_at - when), 0.01);
    }
    gf_ensemble_free(ensemble);
    gf_field_free(field);
}
END_TEST

/* Every variant's plan against its tapes, through both integrators. */
static void check_variant(const char *name)
{
    enum { COUNT = 40 };
    gf_ensemble_options options = {.until = 1};
    gf_field *field = find_field(name, NULL);
    gf_ensemble *ensemble = make(field, &options);
    uint64_t state = 5;
    gf_vec2 start[COUNT];
    gf_fate fate[COUNT];

    for (size_t i = 0; i < COUNT; i++) {
        const gf_range *w = field->window;
        start[i].x = random_between(&state, w[0].lo, w[0].hi);
        start[i].y = random_between(&state, w[1].lo, w[1].hi);
    }
    run(fate, ensemble, start, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        if (fate[i].label != GF_FATE_UNDECIDED)
            continue;
        ck_assert_double_eq(fate[i].time, options.until);
        gf_flow_options flow = {.until = fate[i].time,
                                .every = fate[i].time,
                                .most_attempts = 5000};
        gf_trajectory alone = follow(field, start[i].x, start[i].y, &flow);
        gf_row last = last_row(&alone);
        bool is_close_by = is_close(fate[i].at.x, last.at.x, 1e-5) &&
                           is_close(fate[i].at.y, last.at.y, 1e-5);
        /* the flow gives up where it would have to slide along a jump */
        ck_assert_msg(is_close_by || alone.stop != GF_STOP_END,
                      "%s from (%g, %g): (%.12g, %.12g), not (%.12g, %.12g)",
                      name, start[i].x, start[i].y, fate[i].at.x, fate[i].at.y,
                      last.at.x, last.at.y);
        gf_trajectory_clear(&alone);
    }
    gf_ensemble_free(ensemble);
    gf_field_free(field);
}

START_TEST(test_every_variant_moves_as_its_flow)
{
    for (size_t i = 0; i < gf_catalog_count(); i++)
        check_variant(gf_catalog_name(i));
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

/* The tangent map against central differences of the same steps. */
static void check_tangents(const gf_field *field, gf_vec2 at)
{
    const double e = 1e-6;
    const gf_vec2 start[5] = {at,
                              {at.x + e, at.y},
                              {at.x - e, at.y},
                              {at.x, at.y + e},
                              {at.x, at.y - e}};
    gf_ensemble_options options = {
        .plain = true, .tangents = true, .until = 1.5, .threads = 1};
    gf_ensemble *ensemble = make(field, &options);
    gf_error error = {.status = GF_OK};
    gf_fate f[5];
    gf_mat2 m[5];

    ck_assert_int_eq(gf_ensemble_run_tangents(f, m, ensemble, start, 5, &error),
                     GF_OK);
    assert_close(m[0].xx, (f[1].at.x - f[2].at.x) / (2 * e), TOL4);
    assert_close(m[0].yx, (f[1].at.y - f[2].at.y) / (2 * e), TOL4);
    assert_close(m[0].xy, (f[3].at.x - f[4].at.x) / (2 * e), TOL4);
    assert_close(m[0].yy, (f[3].at.y - f[4].at.y) / (2 * e), TOL4);
    gf_ensemble_free(ensemble);
}

START_TEST(test_tangents_are_the_derivative_of_the_steps)
{
    static const char *const names[] = {"classic", "lsgan", "classic-logit",
                                        "dirac-gan", "quadratic"};
    gf_field *plane = planar_field("v - u*v^2", "sin(u) - 0.3*v");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        gf_field *field = find_field(names[i], NULL);
        check_tangents(field, (gf_vec2){0.4, 0.35});
        gf_field_free(field);
    }
    check_tangents(plane, (gf_vec2){0.4, 0.35});
    gf_field_free(plane);
}
END_TEST

static gf_status try_all(const gf_field *field)
{
    const gf_vec2 start[] = {{0.02, 0.001}, {0.5, 0.25}, {0.3, 1e-6}};
    const gf_target target = {.at = {0.5, 0.2}, .radius = 1e-2};
    gf_ensemble_options options = {
        .target = &target, .target_count = 1, .until = 20, .threads = 1};
    gf_ensemble *ensemble;
    gf_error error;
    gf_fate fate[3];
    gf_status status = gf_ensemble_new(&ensemble, field, &options, &error);

    if (!status)
        status = gf_ensemble_run(fate, ensemble, start, 3, &error);
    gf_ensemble_free(ensemble);
    return status;
}

START_TEST(test_memory_may_run_out_at_any_time)
{
    for (size_t n = 1;; n++) {
        /* a graph that ran out of memory does not recover */
        gf_field *field = find_field("classic-logit", NULL);
        fail_nth_malloc(n);
        gf_status status = try_all(field);
        bool has_failed = malloc_has_failed();
        fail_nth_malloc(0);
        gf_field_free(field);
        if (!has_failed)
            break;
        ck_assert_int_eq(status, GF_MEMORY);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("motion/ensemble", test_a_dip_is_seen_on_the_way_to_rest,
                     test_no_bit_depends_on_how_it_is_computed,
                     test_dips_are_those_of_the_single_flow,
                     test_every_variant_moves_as_its_flow,
                     test_tangents_are_the_derivative_of_the_steps,
                     test_memory_may_run_out_at_any_time,

                     test_bad_options_are_refused);
}
