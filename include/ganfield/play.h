/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plays: all that there is to say of two nets in a variant's game, from texts:
 * the modes at the equilibrium under the kernels that the nets have, the same
 * modes from the nets' parameters (the two are one spectrum, which is the proof
 * of either), and a course.
 *
 *     gf_play play;
 *     gf_play_setup setup = {.field = field, .critic = "1-16-1:tanh", ...};
 *     gf_play_init(&play);
 *     status = gf_play_run(&play, &setup, &error);
 *     gf_play_clear(&play);
 */
#ifndef GANFIELD_PLAY_H
#define GANFIELD_PLAY_H

#include <ganfield/course.h>
#include <ganfield/distribution.h>

typedef struct gf_play_setup {
    const gf_field *field;
    gf_net_shape critic, generator;
    gf_representation representation;
    gf_bn_mode bn;
    const gf_distribution *data; /* NULL: realizable ones, those that a net of
                                    the generator's shape gives, of the seed
                                    1000003 above the generator's */
    const double *x; /* the points: a grid, ascending; realizable data of a
                        pushforward: their particles instead */
    size_t count;
    size_t particles; /* of a pushforward: z at the middles of so many equal
                         parts of (-1, 1); 0: 64 */
    bool same_scale;  /* the critic's kernel divided by its scale: a pace */
    gf_course_options course;
} gf_play_setup;

/* The points have the weights of the trapezoidal rule, and p_d is the data's
 * density there; particles of data have equal masses. */
typedef struct gf_play {
    gf_play_setup setup; /* its x is the play's own */
    double *x;
    size_t parameters[2]; /* of critic and generator */
    double scale;         /* tr K_D/count at the points */
    bool has_modes;       /* particles: where gf_players_modes has some */
    gf_modes modes; /* of the coupled field; particles: of the parameters */
    gf_modes ideal; /* of the field at the points, without nets; particles:
                       none */
    bool has_parameter_modes; /* not for more parameters than that takes */
    size_t parameter_zeros;
    double mismatch;  /* the largest distance from a mode to its nearest in the
                         other spectrum, over the largest mode; NaN: unknown */
    double data_mass; /* sum w p_d: what of the data the points see */
    gf_course course;
} gf_play;

GF_PUBLIC void gf_play_init(gf_play *play);
GF_PUBLIC void gf_play_clear(gf_play *play);
/* "normal(0,1)", or "teacher" for realizable data. */
GF_PUBLIC const char *gf_play_data_name(const gf_distribution *data);

/* Makes the nets, and replaces what *play held; field and data must outlive it.
 * The field's graph serves one thread at a time. GF_ARGUMENT for points that
 * are not ascending or see less than half of the data; and as gf_players_new,
 * gf_coupled_modes, gf_course_run. */
GF_PUBLIC GF_CHECKED gf_status gf_play_run(gf_play *play,
                                           const gf_play_setup *setup,
                                           gf_error *error);

#endif
