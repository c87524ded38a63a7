/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nets side by side: realizable data, paces, and that threads change nothing.
 */
#include <ganfield/comparison.h>

#include <string.h>

#include "kernel/nets.h"

enum { POINTS = 9, NETS = 3, SEEDS = 3, FIELDS = 4 };

static double grid[POINTS];

static gf_field *find(const char *variant)
{
    gf_field *field;

    ck_assert_int_eq(gf_field_find(&field, variant, NULL, NULL), GF_OK);
    return field;
}

static void read_shape(gf_net_shape *shape, const char *text)
{
    ck_assert_int_eq(gf_net_parse(shape, text, NULL), GF_OK);
}

/* All but the data. */
static gf_play_setup play_of(const gf_field *field, gf_representation how)
{
    gf_play_setup play = {.field = field,
                          .representation = how,
                          .x = grid,
                          .count = POINTS,
                          .particles = 7,
                          .course = {.until = 0.2, .step = 0.02, .rows = 10}};

    set_points(grid, 1);
    read_shape(&play.critic, "1-3-1:tanh,seed=4");
    read_shape(&play.generator, "1-4-1:tanh,head=softplus,seed=1");
    return play;
}

/* --- data ------------------------------------------------------------------
 */

/* The data of one play are what the generator of another begins with. */
static void check_teacher(gf_representation how)
{
    gf_field *field = find("wgan");
    gf_play_setup setup = play_of(field, how);
    gf_play pupil, teacher;
    gf_error error;
    double square = 0, size = 0, worst = 0;

    gf_error_clear(&error);
    gf_play_init(&pupil);
    gf_play_init(&teacher);
    ck_assert_int_eq(gf_play_run(&pupil, &setup, &error), GF_OK);
    setup.generator.seed += 1000003;
    ck_assert_int_eq(gf_play_run(&teacher, &setup, &error), GF_OK);
    const double *p = pupil.course.p, *q = teacher.course.p;
    for (size_t i = 0; how == GF_PUSHFORWARD && i < 7; i++)
        worst = fmax(worst, fabs(pupil.x[i] - q[i]));
    for (size_t i = 0; how != GF_PUSHFORWARD && i < POINTS; i++) {
        double w = i == 0 || i == POINTS - 1 ? 0.25 : 0.5;
        square += w * (p[i] - q[i]) * (p[i] - q[i]);
        size += w * q[i] * q[i];
    }
    if (how == GF_PUSHFORWARD)
        ck_assert(worst == 0);
    else
        assert_close(pupil.course.row[0].gap, sqrt(square / size), TOL1);
    ck_assert(pupil.course.row[0].gap > 0.01);
    gf_play_clear(&pupil);
    gf_play_clear(&teacher);
    gf_field_free(field);
}

START_TEST(test_realizable_data_are_another_nets)
{
    check_teacher(GF_DENSITY);
    check_teacher(GF_SOFTMAX);
    check_teacher(GF_PUSHFORWARD);
}
END_TEST

/* --- scales ----------------------------------------------------------------
 */

static double fastest(const gf_play *play)
{
    double most = 0;

    for (size_t i = 0; i < play->modes.count; i++)
        most = fmax(most, fabs(play->modes.mode[i].im));
    return most;
}

/* lambda^2 = -K_D W K_G W for WGAN: a pace divides it by the scale. */
static void check_pace(gf_representation how)
{
    gf_field *field = find("wgan");
    gf_play_setup setup = play_of(field, how);
    gf_play raw, even;
    gf_error error;

    gf_error_clear(&error);
    gf_play_init(&raw);
    gf_play_init(&even);
    ck_assert_int_eq(gf_play_run(&raw, &setup, &error), GF_OK);
    setup.same_scale = true;
    ck_assert_int_eq(gf_play_run(&even, &setup, &error), GF_OK);
    ck_assert_double_eq(raw.scale, even.scale);
    ck_assert(raw.modes.count > 0 && raw.modes.count == even.modes.count);
    assert_close(fastest(&even) * sqrt(even.scale), fastest(&raw), 1e-7);
    assert_close(even.course.row[0].gap, raw.course.row[0].gap, TOL0);
    /* At first D moves by its own velocity over the scale. */
    double moved[2] = {0, 0};
    for (size_t i = 0; i < raw.course.points; i++) {
        size_t late = raw.course.points + i;
        moved[0] += fabs(raw.course.d[late] - raw.course.d[i]);
        moved[1] += fabs(even.course.d[late] - even.course.d[i]);
    }
    assert_close(moved[1] * even.scale / moved[0], 1, 0.2);
    gf_play_clear(&raw);
    gf_play_clear(&even);
    gf_field_free(field);
}

START_TEST(test_paces_divide_by_the_scale)
{
    check_pace(GF_SOFTMAX);
    check_pace(GF_DENSITY);
}
END_TEST

/* --- rows and threads ------------------------------------------------------
 */

static void compare(gf_comparison *all, size_t threads, const char *variant,
                    gf_status want, gf_error *error)
{
    static const char *const nets[NETS] = {"1-3-1:tanh", "1-3-1:relu,bn-pre",
                                           "1-4-1:softplus"};
    static const gf_bn_mode modes[2] = {GF_BN_JOINT, GF_BN_SEPARATE};
    gf_net_shape shape[NETS];
    gf_field *field[FIELDS];
    gf_play_setup play = play_of(NULL, GF_PUSHFORWARD);
    gf_distribution *data[2] = {NULL, NULL};
    gf_comparison_setup setup = {.play = &play,
                                 .critic = shape,
                                 .count = NETS,
                                 .bn = modes,
                                 .bn_count = 2,
                                 .data = (const gf_distribution *const *)data,
                                 .data_count = 2,
                                 .seeds = SEEDS,
                                 .field = (const gf_field *const *)field,
                                 .threads = threads};

    ck_assert_int_eq(gf_distribution_read(&data[0], "normal(0,1)", NULL),
                     GF_OK);
    for (size_t i = 0; i < NETS; i++)
        read_shape(&shape[i], nets[i]);
    for (size_t i = 0; i < threads; i++)
        field[i] = find(variant);
    gf_error_clear(error);
    gf_comparison_init(all);
    ck_assert_int_eq(gf_comparison_run(all, &setup, error), want);
    for (size_t i = 0; i < threads; i++)
        gf_field_free(field[i]);
    gf_distribution_free(data[0]);
}

START_TEST(test_threads_change_nothing)
{
    gf_comparison one, four;
    gf_error error;

    compare(&one, 1, "wgan", GF_OK, &error);
    compare(&four, FIELDS, "wgan", GF_OK, &error);
    ck_assert_uint_eq(one.count, 8);
    ck_assert_uint_eq(four.count, 8);
    ck_assert_int_eq(memcmp(one.row, four.row, one.count * sizeof *one.row), 0);
    for (size_t i = 0; i < 8; i++) {
        const gf_compared *row = &one.row[i];
        size_t sum = 0;
        ck_assert_uint_eq(row->data, i / 4);
        ck_assert_uint_eq(row->critic, (i % 4 + 1) / 2);
        ck_assert(row->has_mode == (row->critic == 1));
        ck_assert_uint_eq(row->mode, i % 4 == 2);
        for (int end = 0; end <= GF_COURSE_BLIND; end++)
            sum += row->ends[end];
        ck_assert_uint_eq(sum, SEEDS);
    }
    gf_comparison_clear(&one);
    gf_comparison_clear(&four);
}
END_TEST

/* classic lives on (0, 1), where no net without a head stays. */
START_TEST(test_first_failure_is_told)
{
    gf_comparison all;
    gf_error one, four;

    compare(&all, 1, "classic", GF_DOMAIN, &one);
    gf_comparison_clear(&all);
    compare(&all, FIELDS, "classic", GF_DOMAIN, &four);
    ck_assert_str_eq(one.message, four.message);
    gf_comparison_clear(&all);
}
END_TEST

/* --- variants --------------------------------------------------------------
 */

static void compare_fields(gf_comparison *all, const gf_field **field,
                           size_t variants, size_t threads)
{
    gf_net_shape shape;
    gf_play_setup play = play_of(NULL, GF_SOFTMAX);
    const gf_distribution *data = NULL;
    gf_comparison_setup setup = {.play = &play,
                                 .critic = &shape,
                                 .count = 1,
                                 .data = &data,
                                 .data_count = 1,
                                 .seeds = SEEDS,
                                 .field = field,
                                 .variants = variants,
                                 .threads = threads};

    read_shape(&shape, "1-3-1:tanh");
    gf_comparison_init(all);
    ck_assert_int_eq(gf_comparison_run(all, &setup, NULL), GF_OK);
    ck_assert(all->is_whole);
}

/* A variant beside others is what it is alone. */
START_TEST(test_variants_are_apart)
{
    gf_field *own[4] = {find("wgan"), find("lsgan"), find("wgan"),
                        find("lsgan")};
    const gf_field *field[4] = {own[0], own[1], own[2], own[3]};
    gf_comparison both, alone;

    compare_fields(&both, field, 2, 2);
    ck_assert_uint_eq(both.count, 2);
    for (size_t v = 0; v < 2; v++) {
        compare_fields(&alone, &field[v], 0, 1);
        ck_assert_uint_eq(both.row[v].variant, v);
        ck_assert(both.row[v].last_gap == alone.row[0].last_gap);
        for (size_t i = 0; i < SEEDS; i++) {
            const gf_compared_seed *a = &both.seed[v * SEEDS + i];
            ck_assert(a->last_gap == alone.seed[i].last_gap);
            ck_assert(a->most - a->least >= 0);
            ck_assert(a->end == alone.seed[i].end);
        }
        gf_comparison_clear(&alone);
    }
    ck_assert(both.row[0].last_gap != both.row[1].last_gap);
    gf_comparison_clear(&both);
    for (size_t i = 0; i < 4; i++)
        gf_field_free(own[i]);
}
END_TEST

static bool count_down(size_t done, size_t total, void *ctx)
{
    size_t *left = ctx;

    ck_assert(done <= total);
    return (*left)-- > 1;
}

START_TEST(test_progress_stops)
{
    gf_field *field = find("wgan");
    const gf_field *fields[1] = {field};
    gf_net_shape shape;
    gf_play_setup play = play_of(NULL, GF_SOFTMAX);
    const gf_distribution *data = NULL;
    size_t left = 4;
    gf_comparison_setup setup = {.play = &play,
                                 .critic = &shape,
                                 .count = 1,
                                 .data = &data,
                                 .data_count = 1,
                                 .seeds = SEEDS,
                                 .field = fields,
                                 .threads = 1,
                                 .progress = count_down,
                                 .progress_ctx = &left};
    gf_comparison all;

    read_shape(&shape, "1-3-1:tanh");
    gf_comparison_init(&all);
    ck_assert_int_eq(gf_comparison_run(&all, &setup, NULL), GF_OK);
    ck_assert(!all.is_whole);
    left = SIZE_MAX;
    ck_assert_int_eq(gf_comparison_run(&all, &setup, NULL), GF_OK);
    ck_assert(all.is_whole);
    gf_comparison_clear(&all);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/comparison", test_realizable_data_are_another_nets,
                     test_paces_divide_by_the_scale,
                     test_threads_change_nothing, test_first_failure_is_told,
                     test_variants_are_apart, test_progress_stops);
}
