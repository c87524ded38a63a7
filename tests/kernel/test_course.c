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
    gf_lap lap = {.row = row, .count = ROWS, .finer = 1};

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

/* Of the points, to the right. */
static double shift;

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
        s->x[i] = -4 + 0.5 * i + shift;
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

/* What is kept between the rows changes no step and no word. */
static void check_finer(bool frozen, double step)
{
    gf_course_options options = {
        .until = 40, .rows = 50, .step = step, .frozen = frozen};
    gf_course c[2];

    for (int i = 0; i < 2; i++) {
        stage s;
        open_stage(&s, "wgan", "1-8-1:tanh,seed=1", "1-8-1:tanh,seed=2",
                   GF_SOFTMAX);
        gf_course_init(&c[i]);
        options.finer = i ? 7 : 0;
        ck_assert_int_eq(gf_course_run(&c[i], s.p, &options, NULL), GF_OK);
        close_stage(&s);
    }
    size_t finer = (c[1].count - 1) / (c[0].count - 1);
    ck_assert_uint_eq(c[0].count, 51);
    ck_assert_uint_eq(c[1].count, 50 * finer + 1);
    ck_assert_uint_eq(finer, step > 0.2 ? 4 : 7);
    for (size_t i = 0; i < c[0].count; i++) {
        const gf_course_row *a = &c[0].row[i], *b = &c[1].row[i * finer];
        assert_close(a->t, b->t, TOL0);
        ck_assert(a->gap == b->gap && a->apart.w1 == b->apart.w1);
    }
    for (size_t i = 1; i < c[1].count; i++)
        ck_assert(c[1].row[i].t > c[1].row[i - 1].t);
    ck_assert(c[0].end == c[1].end && c[0].alone[0] == c[1].alone[0]);
    ck_assert(c[0].gap_apart == c[1].gap_apart);
    ck_assert(c[0].maxima == c[1].maxima && c[0].maxima > 1);
    ck_assert(c[0].period == c[1].period);
    gf_course_clear(&c[0]);
    gf_course_clear(&c[1]);
}

START_TEST(test_finer_moments_judge_nothing)
{
    check_finer(false, 0.1);
    check_finer(true, 0.1);
    check_finer(true, 0.4);
}
END_TEST

/* The fastest rate at the start, of points that are `by` from a symmetric
   grid. */
static double rate_at(const char *critic, double by)
{
    gf_course_options options = {.until = 0.2, .rows = 2, .step = 0.1};
    stage s;
    gf_course c;

    shift = by;
    open_stage(&s, "classic-logit", critic, "1-8-1:tanh,seed=2", GF_SOFTMAX);
    shift = 0;
    gf_course_init(&c);
    ck_assert_int_eq(gf_course_run(&c, s.p, &options, NULL), GF_OK);
    double rate = c.rate;
    gf_course_clear(&c);
    close_stage(&s);
    return rate;
}

/* With a batch norm every unit of relu has its kink at the mean of the points,
   and a point is there: the velocity jumps, and that is no rate. */
START_TEST(test_kinks_are_no_rates)
{
    const char *critic = "1-8-1:relu,bn-pre,seed=2";
    double rate = rate_at(critic, 0);
    ck_assert(rate > 1 && rate < 100);
    assert_close(rate_at(critic, 0.02) / rate, 1, 0.1);
}
END_TEST

/* --- progress ------------------------------------------------------------- */

typedef struct listener {
    size_t calls, last, until;
} listener;

static bool listen(size_t done, size_t total, void *ctx)
{
    listener *l = ctx;

    ck_assert(done > l->last && done <= total && total == 30);
    l->last = done;
    l->calls++;
    return done < l->until;
}

START_TEST(test_progress_tells_and_stops)
{
    /* from where it says stop, calls made then, moments */
    static const size_t stop[][3] = {{31, 20, 11}, {4, 4, 0}, {14, 12, 0}};

    for (int k = 0; k < 3; k++)
        for (int frozen = 0; frozen < 2; frozen++) {
            listener l = {.until = stop[k][0]};
            gf_course_options options = {.until = 1,
                                         .rows = 10,
                                         .step = 0.1,
                                         .frozen = frozen,
                                         .progress = listen,
                                         .progress_ctx = &l};
            stage s;
            gf_course c;
            open_stage(&s, "wgan", "1-4-1:tanh", "1-4-1:tanh", GF_SOFTMAX);
            gf_course_init(&c);
            ck_assert_int_eq(gf_course_run(&c, s.p, &options, NULL), GF_OK);
            ck_assert_uint_eq(l.calls, stop[k][1]);
            ck_assert_uint_eq(c.count, stop[k][2]);
            gf_course_clear(&c);
            close_stage(&s);
        }
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
                     test_moving_kernels, test_blind,
                     test_finer_moments_judge_nothing, test_kinks_are_no_rates,
                     test_progress_tells_and_stops, test_bad_options);
}
