/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of two players, and the words for it. */
#include "kernel/course.h"

#include <math.h>
#include <string.h>

#include "kernel/nets.h"

enum { POINTS = 17, PARTICLES = 8, ROWS = 200 };

/* --- words: made-up series ------------------------------------------------ */

static gf_course_end judge(double (*gap)(double t), gf_ring *ring)
{
    gf_course_row row[ROWS];
    gf_lap lap = {.row = row, .count = ROWS};

    for (int i = 0; i < ROWS; i++)
        row[i] = (gf_course_row){.t = i * 0.5,
                                 .gap = gap(i * 0.5),
                                 .critic_speed = 1,
                                 .generator_speed = 1};
    return gf_lap_judge(ring, &lap, 0.02);
}

static double decay(double t)
{
    return exp(-0.1 * t);
}
static double circle(double t)
{
    return 1 + 0.5 * cos(t / 2);
}
static double spiral(double t)
{
    return 0.1 + (1 + cos(t / 2)) * exp(-t / 50);
}
static double rest(double t)
{
    return 0.4 + 0.6 * exp(-t);
}
static double growth(double t)
{
    return exp(0.1 * t);
}
static double ripple(double t)
{
    return 0.5 + 0.001 * cos(t / 2);
}

START_TEST(test_words)
{
    gf_ring ring;

    ck_assert_int_eq(judge(decay, &ring), GF_COURSE_CONVERGED);
    ck_assert_int_eq(judge(circle, &ring), GF_COURSE_ORBIT);
    ck_assert_uint_eq(ring.maxima, 6);
    assert_close(ring.period, 4 * acos(-1), 0.1);
    ck_assert_int_eq(judge(spiral, &ring), GF_COURSE_UNDECIDED);
    ck_assert(ring.decrement > 0.1);
    ck_assert_int_eq(judge(rest, &ring), GF_COURSE_STALLED);
    ck_assert_int_eq(judge(growth, &ring), GF_COURSE_DIVERGED);
    ck_assert_int_eq(judge(ripple, &ring), GF_COURSE_UNDECIDED);
}
END_TEST

/* --- real ones ------------------------------------------------------------ */

typedef struct stage {
    gf_field *field;
    gf_net critic, generator;
    double x[POINTS], weight[POINTS], density[POINTS], z[PARTICLES];
    gf_players *p;
} stage;

static void open_stage(stage *s, const char *variant, const char *critic,
                       const char *generator, gf_representation representation)
{
    gf_players_setup setup = {.critic = &s->critic,
                              .generator = &s->generator,
                              .representation = representation,
                              .cloud = {POINTS, s->weight, s->density},
                              .x = s->x,
                              .z = s->z,
                              .particles = PARTICLES};

    ck_assert_int_eq(gf_field_find(&s->field, variant, NULL, NULL), GF_OK);
    make_net(&s->critic, critic);
    make_net(&s->generator, generator);
    for (int i = 0; i < POINTS; i++) {
        s->x[i] = -4 + 0.5 * i;
        s->weight[i] = 0.5;
        s->density[i] = exp(-s->x[i] * s->x[i] / 2) / sqrt(2 * acos(-1));
    }
    for (int k = 0; k < PARTICLES; k++)
        s->z[k] = -1 + 2 * (k + 0.5) / PARTICLES;
    setup.field = s->field;
    ck_assert_int_eq(gf_players_new(&s->p, &setup, NULL), GF_OK);
}

static void close_stage(stage *s)
{
    gf_players_free(s->p);
    gf_net_clear(&s->critic);
    gf_net_clear(&s->generator);
    gf_field_free(s->field);
}

/* WGAN with frozen kernels keeps its dual energy, and so never comes to rest;
   the quadratic GAN's distance never grows (ledger K65). */
START_TEST(test_frozen_kernels)
{
    static const char *const variants[] = {"wgan", "quadratic"};
    gf_course_options options = {.until = 20, .rows = 100, .frozen = true};

    for (int v = 0; v < 2; v++) {
        stage s;
        gf_course c;
        open_stage(&s, variants[v], "1-8-1:tanh,seed=1", "1-8-1:tanh,seed=2",
                   GF_SOFTMAX);
        gf_course_init(&c);
        ck_assert_int_eq(gf_course_run(&c, s.p, &options, NULL), GF_OK);
        ck_assert_uint_eq(c.count, 101);
        ck_assert_int_eq(c.end == GF_COURSE_DIVERGED, 0);
        for (size_t i = 1; i < c.count; i++) {
            assert_close(c.row[i].mass, c.row[0].mass, 1e-10);
            if (v == 0)
                assert_close(c.row[i].dual / c.row[0].dual, 1, 1e-5);
            else
                ck_assert(c.row[i].distance <=
                          c.row[i - 1].distance * (1 + 1e-9));
        }
        gf_course_clear(&c);
        close_stage(&s);
    }
}
END_TEST

/* Both laps go on from the same nets, and the nets end where the last did. */
START_TEST(test_moving_kernels)
{
    gf_course_options options = {.until = 2, .rows = 20, .step = 0.02};
    gf_representation kinds[] = {GF_DENSITY, GF_SOFTMAX, GF_PUSHFORWARD};

    for (int k = 0; k < 3; k++) {
        stage s;
        gf_course c;
        gf_players_view view;
        double state[400];
        open_stage(&s, "classic-logit", "1-8-1:tanh,seed=1",
                   k ? "1-8-1:tanh,seed=2" : "1-8-1:tanh,head=softplus,seed=2",
                   kinds[k]);
        gf_course_init(&c);
        ck_assert_int_eq(gf_course_run(&c, s.p, &options, NULL), GF_OK);
        ck_assert_uint_eq(c.count, 21);
        ck_assert(c.gap_apart < 1e-6);
        ck_assert(c.drift[0] > 0 && c.drift[1] > 0);
        ck_assert_int_eq(gf_players_view_init(&view, s.p, NULL), GF_OK);
        gf_players_state(state, s.p);
        gf_players_look(&view, s.p, state);
        assert_close(view.apart.w1, c.row[20].apart.w1, TOL2);
        gf_players_view_clear(&view);
        gf_course_clear(&c);
        close_stage(&s);
    }
}
END_TEST

/* Batch norm right before a linear output, data and particles
   apart: WGAN's generator gets no first-order signal. */
START_TEST(test_blind)
{
    gf_course_options options = {.until = 2, .rows = 20, .step = 0.02};
    stage s;
    gf_course c;

    open_stage(&s, "wgan", "1-8-1:tanh,bn-post,seed=1", "1-8-1:tanh,seed=2",
               GF_PUSHFORWARD);
    gf_course_init(&c);
    ck_assert_int_eq(gf_course_run(&c, s.p, &options, NULL), GF_OK);
    ck_assert_int_eq(c.end, GF_COURSE_BLIND);
    gf_course_clear(&c);
    close_stage(&s);
}
END_TEST

START_TEST(test_bad_options)
{
    static const gf_course_options bad[] = {{.until = 0},
                                            {.until = NAN},
                                            {.until = 1, .step = -1},
                                            {.until = 1e9, .step = 1e-3},
                                            {.until = 1, .frozen = true}};
    stage s;
    gf_course c;

    open_stage(&s, "wgan", "1-4-1:tanh", "1-4-1:tanh", GF_PUSHFORWARD);
    gf_course_init(&c);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        gf_error error;
        gf_error_clear(&error);
        ck_assert_int_ne(gf_course_run(&c, s.p, &bad[i], &error), GF_OK);
        ck_assert(error.message[0] != '\0');
    }
    gf_course_clear(&c);
    close_stage(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/course", test_words, test_frozen_kernels,
                     test_moving_kernels, test_blind, test_bad_options);
}
