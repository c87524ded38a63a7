/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a batch norm does to the game (docs/theory.md, section 4b, T1 to T4). */
#include <ganfield/players.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/nets.h"

enum { N = 9, MOST = 120 };

typedef struct stage {
    gf_field *field;
    gf_net critic, generator;
    double x[N], weight[N], density[N], z[N], state[MOST];
    size_t size, first;
    gf_players *p;
} stage;

/* The data are where the generator's particles are at the start. */
static void open_stage(stage *s, const char *variant, const char *critic,
                       gf_bn_mode bn)
{
    gf_players_setup setup = {.critic = &s->critic,
                              .generator = &s->generator,
                              .representation = GF_PUSHFORWARD,
                              .bn = bn,
                              .cloud = {N, s->weight, s->density},
                              .x = s->x,
                              .z = s->z,
                              .particles = N};
    gf_pass *pass;
    gf_batch batch = {.x = s->z, .count = N};
    const double *y;

    ck_assert_int_eq(gf_field_find(&s->field, variant, NULL, NULL), GF_OK);
    make_net(&s->critic, critic);
    make_net(&s->generator, "1-5-1:tanh,seed=4");
    for (int i = 0; i < N; i++) {
        s->z[i] = -1 + 0.25 * i;
        s->weight[i] = 1.0 / N;
        s->density[i] = 1;
    }
    ck_assert_int_eq(gf_pass_new(&pass, &s->generator, N, NULL), GF_OK);
    ck_assert_int_eq(gf_pass_forward(&y, pass, &batch, NULL), GF_OK);
    memcpy(s->x, y, sizeof s->x);
    gf_pass_free(pass);
    setup.field = s->field;
    ck_assert_int_eq(gf_players_new(&s->p, &setup, NULL), GF_OK);
    s->size = gf_players_size(s->p);
    s->first = gf_players_first(s->p);
    ck_assert_uint_le(s->size, MOST);
    gf_players_state(s->state, s->p);
}

static void close_stage(stage *s)
{
    gf_players_free(s->p);
    gf_net_clear(&s->critic);
    gf_net_clear(&s->generator);
    gf_field_free(s->field);
}

/* D at the particles, with the generator's last layer times `scale` and its
   bias moved by `shift`. */
static void look(double d[N], stage *s, double scale, double shift)
{
    double state[MOST];
    gf_players_view view;
    size_t last = s->size - 1; /* the bias of the last layer */

    memcpy(state, s->state, s->size * sizeof *state);
    for (size_t k = last - 5; k <= last; k++)
        state[k] *= scale;
    state[last] += shift;
    ck_assert_int_eq(gf_players_view_init(&view, s->p, NULL), GF_OK);
    gf_players_look(&view, s->p, state);
    memcpy(d, view.d + N, N * sizeof *d);
    gf_players_view_clear(&view);
}

/* T1: after the first affine map of one input, groups apart: blind to a shift,
   and to scale but for epsilon. */
START_TEST(test_blind_to_shift_and_scale)
{
    stage s;
    double plain[N], shifted[N], scaled[N];

    open_stage(&s, "wgan", "1-6-1:tanh,bn-pre,seed=3", GF_BN_SEPARATE);
    look(plain, &s, 1, 0);
    look(shifted, &s, 1, 5);
    look(scaled, &s, 3, 0);
    assert_near("shift", "D", shifted, plain, N, 1e-9);
    assert_near("scale", "D", scaled, plain, N, 1e-2);
    close_stage(&s);
    open_stage(&s, "wgan", "1-6-1:tanh,bn-pre,seed=3", GF_BN_JOINT);
    look(plain, &s, 1, 0);
    look(shifted, &s, 1, 5);
    ck_assert(distance(shifted, plain, N) > 0.1);
    close_stage(&s);
}
END_TEST

/* T2: right before a linear output, groups apart: the mean of D is the same
   over any group, so WGAN's critic gains nothing, whatever the particles do. */
START_TEST(test_no_signal_before_the_output)
{
    stage s;
    double velocity[MOST];

    open_stage(&s, "wgan", "1-6-1:tanh,bn-post,seed=3", GF_BN_SEPARATE);
    for (size_t k = s.first; k < s.size; k++)
        s.state[k] *= 1.7;
    gf_players_velocity(velocity, s.p, s.state, 0, s.size);
    for (size_t k = 0; k < s.size; k++)
        ck_assert(fabs(velocity[k]) < 1e-12);
    close_stage(&s);
}
END_TEST

/* The blocks B = dphi'/dtheta and C = dtheta'/dphi by central differences:
   |C + B'|/|B|, which is 0 where the game is one of a single functional. */
static double asymmetry(stage *s)
{
    double *j = calloc(s->size * s->size, sizeof *j), off = 0, all = 0;

    for (size_t k = 0; k < s->size; k++) {
        double up[MOST], down[MOST], at = s->state[k], h = 1e-5;
        s->state[k] = at + h;
        gf_players_velocity(up, s->p, s->state, 0, s->size);
        s->state[k] = at - h;
        gf_players_velocity(down, s->p, s->state, 0, s->size);
        s->state[k] = at;
        for (size_t i = 0; i < s->size; i++)
            j[i * s->size + k] = (up[i] - down[i]) / (2 * h);
    }
    for (size_t i = 0; i < s->first; i++)
        for (size_t k = s->first; k < s->size; k++) {
            double b = j[i * s->size + k], c = j[k * s->size + i];
            off += (c + b) * (c + b);
            all += b * b;
        }
    free(j);
    return sqrt(off / all);
}

/* T3: shared statistics: what the generator feels is not what the critic shows:
   for T2's placement half of it. */
START_TEST(test_sharing_breaks_the_zero_sum)
{
    stage s;

    open_stage(&s, "wgan", "1-6-1:tanh,seed=3", GF_BN_SEPARATE);
    ck_assert(asymmetry(&s) < 1e-7);
    close_stage(&s);
    open_stage(&s, "wgan", "1-6-1:tanh,bn-pre,seed=3", GF_BN_SEPARATE);
    ck_assert(asymmetry(&s) < 1e-6);
    close_stage(&s);
    open_stage(&s, "wgan", "1-6-1:tanh,bn-post,seed=3", GF_BN_JOINT);
    assert_close(asymmetry(&s), 0.5, 1e-6);
    close_stage(&s);
}
END_TEST

/* T4: in the generator alone it is but another parametrisation: no growth. */
START_TEST(test_in_the_generator_alone)
{
    static const char *const nets[] = {"1-6-1:tanh,bn-pre,seed=5",
                                       "1-6-1:gelu,bn-post,seed=6",
                                       "1-5-5-1:relu,bn-pre,seed=7"};

    for (int i = 0; i < 3; i++) {
        gf_net critic, generator;
        double x[N], weight[N], density[N], state[300];
        gf_field *field;
        gf_players *p;
        gf_modes modes;
        gf_players_setup setup = {.critic = &critic,
                                  .generator = &generator,
                                  .representation = GF_SOFTMAX,
                                  .cloud = {N, weight, density},
                                  .x = x};
        ck_assert_int_eq(gf_field_find(&field, "classic-logit", NULL, NULL),
                         GF_OK);
        make_net(&critic, "1-6-1:tanh,seed=1");
        make_net(&generator, nets[i]);
        for (int k = 0; k < N; k++) {
            x[k] = -2 + 0.5 * k;
            weight[k] = 0.5;
            density[k] = exp(-x[k] * x[k] / 2) / sqrt(2 * acos(-1));
        }
        setup.field = field;
        ck_assert_int_eq(gf_players_new(&p, &setup, NULL), GF_OK);
        gf_players_state(state, p);
        gf_modes_init(&modes);
        ck_assert_int_eq(gf_players_modes(&modes, p, state, NULL), GF_OK);
        ck_assert_uint_gt(modes.count, 4);
        ck_assert_uint_eq(modes.unstable, 0);
        gf_modes_clear(&modes);
        gf_players_free(p);
        gf_net_clear(&critic);
        gf_net_clear(&generator);
        gf_field_free(field);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/batch_norm", test_blind_to_shift_and_scale,
                     test_no_signal_before_the_output,
                     test_sharing_breaks_the_zero_sum,
                     test_in_the_generator_alone);
}
