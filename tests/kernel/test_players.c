/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two nets in a game: against another program, and against the kernels. */
#include <ganfield/players.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/nets.h"

enum { REAL = 5, FAKE = 5, MOST = 31 };

/* --- velocities ---------------------------------------------------------- */

typedef struct game_row {
    const char *loss, *activation, *norm;
    gf_bn_mode bn;
    int count;
    double velocity[MOST];
} game_row;

/* clang-format off */
static const game_row rows[] = {
#include "reference/game.inc"
};
/* clang-format on */

static gf_field *field_of(const char *loss)
{
    static const struct {
        const char *loss, *f[3], *gauge;
    } losses[] = {
        {"minimax",
         {"log(sigmoid(x))", "log(sigmoid(-x))", "-log(sigmoid(-x))"},
         NULL},
        {"nonsat",
         {"log(sigmoid(x))", "log(sigmoid(-x))", "log(sigmoid(x))"},
         NULL},
        {"lsgan", {"-(x-1/2)^2/2", "-(x+1/2)^2/2", "-(x-1/2)^2/2"}, NULL},
        {"wgan", {"x", "-x", "x"}, "0"}};
    gf_field *field = NULL;

    for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
        gf_settings settings = {.gauge = losses[i].gauge};
        if (strcmp(losses[i].loss, loss) == 0)
            ck_assert_int_eq(
                gf_field_pointwise(&field, losses[i].f, &settings, NULL),
                GF_OK);
    }
    ck_assert_ptr_nonnull(field);
    return field;
}

START_TEST(test_particles_against_another_program)
{
    static const double x[REAL] = {-2, -1.5, 0.25, 1, 2.25};
    static const double z[FAKE] = {-1, -0.5, 0, 0.5, 1};
    static const double weight[REAL] = {0.2, 0.2, 0.2, 0.2, 0.2};
    static const double density[REAL] = {1, 1, 1, 1, 1};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const game_row *row = &rows[i];
        gf_net critic, generator;
        char text[100];
        double state[MOST], velocity[MOST];
        gf_players *p;
        gf_players_setup setup = {.field = field_of(row->loss),
                                  .critic = &critic,
                                  .generator = &generator,
                                  .representation = GF_PUSHFORWARD,
                                  .bn = row->bn,
                                  .cloud = {REAL, weight, density},
                                  .x = x,
                                  .z = z,
                                  .particles = FAKE};
        snprintf(text, sizeof text, "1-4-1:%s%s,init=reference",
                 row->activation, row->norm);
        make_net(&critic, text);
        snprintf(text, sizeof text, "1-3-1:%s,init=reference", row->activation);
        make_net(&generator, text);
        ck_assert_int_eq(gf_players_new(&p, &setup, NULL), GF_OK);
        ck_assert_uint_eq(gf_players_size(p), (size_t)row->count);
        gf_players_state(state, p);
        gf_players_velocity(velocity, p, state, 0, gf_players_size(p));
        assert_near(text, row->loss, velocity, row->velocity,
                    (size_t)row->count, 1e-12);
        gf_players_free(p);
        gf_net_clear(&critic);
        gf_net_clear(&generator);
        gf_field_free((gf_field *)setup.field);
    }
}
END_TEST

typedef struct mode_row {
    const char *loss, *activation, *norm;
    size_t count;
    double value[12][2];
} mode_row;

/* clang-format off */
static const mode_row mode_rows[] = {
#include "reference/game_modes.inc"
};
/* clang-format on */

static double off_from_row(const gf_modes *modes, const double value[2])
{
    double least = INFINITY;

    for (size_t i = 0; i < modes->count; i++)
        least = fmin(least, hypot(modes->mode[i].re - value[0],
                                  modes->mode[i].im - value[1]));
    return least;
}

START_TEST(test_modes_of_particles_against_another_program)
{
    static const double z[FAKE] = {-1, -0.5, 0, 0.5, 1};
    static const double one[1] = {1};

    for (size_t i = 0; i < sizeof mode_rows / sizeof *mode_rows; i++) {
        const mode_row *row = &mode_rows[i];
        gf_net critic, generator;
        char text[100];
        double state[MOST];
        gf_players *p;
        gf_modes modes;
        gf_players_setup setup = {.field = field_of(row->loss),
                                  .critic = &critic,
                                  .generator = &generator,
                                  .representation = GF_PUSHFORWARD,
                                  .cloud = {1, one, one},
                                  .x = one,
                                  .z = z,
                                  .particles = FAKE};
        snprintf(text, sizeof text, "1-4-1:%s%s,init=reference",
                 row->activation, row->norm);
        make_net(&critic, text);
        snprintf(text, sizeof text, "1-3-1:%s,init=reference", row->activation);
        make_net(&generator, text);
        ck_assert_int_eq(gf_players_new(&p, &setup, NULL), GF_OK);
        gf_players_state(state, p);
        gf_modes_init(&modes);
        ck_assert_int_eq(gf_players_modes(&modes, p, state, NULL), GF_OK);
        for (size_t k = 0; k < row->count; k++)
            ck_assert_msg(off_from_row(&modes, row->value[k]) < 1e-12,
                          "%s %s %zu", row->loss, text, k);
        gf_modes_clear(&modes);
        gf_players_free(p);
        gf_net_clear(&critic);
        gf_net_clear(&generator);
        gf_field_free((gf_field *)setup.field);
    }
}
END_TEST

/* --- densities ----------------------------------------------------------- */

enum { POINTS = 7 };

typedef struct stage {
    gf_field *field;
    gf_net critic, generator;
    double x[POINTS], weight[POINTS], density[POINTS], *state;
    gf_players *p;
} stage;

static void open_stage(stage *s, const char *variant, const char *critic,
                       const char *generator, gf_representation representation)
{
    gf_players_setup setup = {.critic = &s->critic,
                              .generator = &s->generator,
                              .representation = representation,
                              .cloud = {POINTS, s->weight, s->density},
                              .x = s->x};

    ck_assert_int_eq(gf_field_find(&s->field, variant, NULL, NULL), GF_OK);
    make_net(&s->critic, critic);
    make_net(&s->generator, generator);
    for (int i = 0; i < POINTS; i++) {
        s->x[i] = -1.5 + 0.5 * i;
        s->weight[i] = i % 2 ? 0.5 : 0.4;
        s->density[i] = exp(-s->x[i] * s->x[i] / 2) / sqrt(2 * 3.14159265);
    }
    setup.field = s->field;
    ck_assert_int_eq(gf_players_new(&s->p, &setup, NULL), GF_OK);
    s->state = calloc(gf_players_size(s->p), sizeof *s->state);
    gf_players_state(s->state, s->p);
}

static void close_stage(stage *s)
{
    gf_players_free(s->p);
    gf_net_clear(&s->critic);
    gf_net_clear(&s->generator);
    gf_field_free(s->field);
    free(s->state);
}

static const struct {
    const char *critic, *generator;
    gf_representation representation;
} nets[] = {
    {"1-8-1:tanh,seed=1", "1-6-1:tanh,head=softplus,seed=2", GF_DENSITY},
    {"1-5-5-1:gelu,seed=3", "1-6-1:softplus,seed=4", GF_DENSITY},
    {"1-6-1:softplus,ln,seed=5", "1-6-1:tanh,seed=6", GF_SOFTMAX},
    {"1-6-6-1:tanh,residual,seed=7", "1-4-1:sin,seed=8", GF_SOFTMAX},
    {"1-6-1:tanh,bn-pre,seed=9", "1-6-1:tanh,head=softplus,seed=10",
     GF_DENSITY},
    {"1-6-1:erf,wn,seed=11", "1-8-1:relu,seed=12", GF_DENSITY},
};

/* The velocity is the gradient: of J for the critic, of I for the generator
   (f3(D0) times the mass apart). */
START_TEST(test_velocity_is_a_gradient)
{
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++) {
        stage s;
        gf_players_view view;
        double velocity[300], level = log(2), gain[2];
        size_t size, first;
        open_stage(&s, "classic-logit", nets[i].critic, nets[i].generator,
                   nets[i].representation);
        size = gf_players_size(s.p);
        first = gf_players_first(s.p);
        ck_assert_uint_le(size, 300);
        ck_assert_int_eq(gf_players_view_init(&view, s.p, NULL), GF_OK);
        gf_players_velocity(velocity, s.p, s.state, 0, size);
        for (size_t k = 0; k < size; k += 3) {
            double at = s.state[k], h = 1e-5;
            for (int side = 0; side < 2; side++) {
                s.state[k] = at + (side ? h : -h);
                gf_players_look(&view, s.p, s.state);
                gain[side] = k < first
                                 ? view.critic_gain
                                 : view.generator_gain - level * view.mass;
            }
            s.state[k] = at;
            assert_close(velocity[k], (gain[1] - gain[0]) / (2 * h), 1e-8);
        }
        if (nets[i].representation == GF_SOFTMAX)
            assert_close(view.mass, 1, TOL1);
        gf_players_view_clear(&view);
        close_stage(&s);
    }
}
END_TEST

/* From the nearest mode of the others, relatively. */
static double off_from(const gf_mode *mode, const gf_modes *others)
{
    double least = INFINITY;

    for (size_t i = 0; i < others->count; i++)
        least = fmin(least, hypot(mode->re - others->mode[i].re,
                                  mode->im - others->mode[i].im));
    return least / fmax(1, hypot(mode->re, mode->im));
}

/* The nonzero spectrum in the parameters is that in function
   space, for any nets. */
static void compare_spectra(stage *s, gf_representation representation)
{
    double k[POINTS * POINTS], k_p[POINTS * POINTS];
    gf_batch batch = {.x = s->x, .count = POINTS};
    gf_kernel_options options = {.weight = s->weight};
    gf_cloud cloud = {POINTS, s->weight, s->density};
    gf_modes one, two;
    gf_coupled *c;

    if (representation == GF_SOFTMAX)
        s->generator.shape.head = GF_HEAD_SOFTMAX;
    ck_assert_int_eq(
        gf_kernel_gram(k, NULL, &s->critic, &batch, &options, NULL), GF_OK);
    ck_assert_int_eq(
        gf_kernel_gram(k_p, NULL, &s->generator, &batch, &options, NULL),
        GF_OK);
    gf_modes_init(&one);
    gf_modes_init(&two);
    ck_assert_int_eq(gf_coupled_new(&c, s->field, &cloud, k, k_p, NULL), GF_OK);
    ck_assert_int_eq(gf_coupled_modes(&one, c, NULL), GF_OK);
    ck_assert_int_eq(gf_players_modes(&two, s->p, s->state, NULL), GF_OK);
    ck_assert_uint_eq(one.count, two.count);
    ck_assert_uint_eq(one.unstable, 0);
    assert_close(one.rotation, two.rotation, 1e-10);
    for (size_t i = 0; i < one.count; i++) {
        ck_assert(off_from(&one.mode[i], &two) < 1e-10);
        ck_assert(off_from(&two.mode[i], &one) < 1e-10);
    }
    gf_modes_clear(&one);
    gf_modes_clear(&two);
    gf_coupled_free(c);
}

START_TEST(test_two_spectra_agree)
{
    static const char *const variants[] = {"classic-logit", "lsgan", "wgan"};

    for (size_t v = 0; v < 3; v++)
        for (size_t i = 0; i < sizeof nets / sizeof *nets; i++) {
            stage s;
            open_stage(&s, variants[v], nets[i].critic, nets[i].generator,
                       nets[i].representation);
            compare_spectra(&s, nets[i].representation);
            close_stage(&s);
        }
}
END_TEST

/* W1 of two point masses, of a shifted grid. */
START_TEST(test_wasserstein)
{
    static const double x[2] = {0, 1}, weight[2] = {1, 1}, p_d[2] = {1, 0};
    static const double z[1] = {0.5};
    gf_net critic, generator;
    gf_players_setup setup = {.critic = &critic,
                              .generator = &generator,
                              .representation = GF_PUSHFORWARD,
                              .cloud = {2, weight, p_d},
                              .x = x,
                              .z = z,
                              .particles = 1};
    gf_players_view view;
    double state[100];
    gf_players *p;
    gf_field *field;

    ck_assert_int_eq(gf_field_find(&field, "wgan", NULL, NULL), GF_OK);
    make_net(&critic, "1-3-1:tanh");
    make_net(&generator, "1-3-1:tanh");
    setup.field = field;
    ck_assert_int_eq(gf_players_new(&p, &setup, NULL), GF_OK);
    ck_assert_int_eq(gf_players_view_init(&view, p, NULL), GF_OK);
    gf_players_state(state, p);
    gf_players_look(&view, p, state);
    assert_close(view.apart.w1, fabs(view.particle[0]), TOL1);
    assert_close(view.apart.energy, 2 * fabs(view.particle[0]), TOL1);
    gf_players_view_clear(&view);
    gf_players_free(p);
    gf_net_clear(&critic);
    gf_net_clear(&generator);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/players", test_particles_against_another_program,
                     test_modes_of_particles_against_another_program,
                     test_velocity_is_a_gradient, test_two_spectra_agree,
                     test_wasserstein);
}
