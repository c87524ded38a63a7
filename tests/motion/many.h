/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts that an optimizer moves side by side, against single runs. */
#ifndef GF_TESTS_MOTION_MANY_H
#define GF_TESTS_MOTION_MANY_H

#include <ganfield/ensemble.h>

#include <math.h>
#include <string.h>

#include "follow.h"

enum { SIDE = 20, STARTS = SIDE * SIDE };

typedef struct scene {
    gf_field *field;
    gf_optimizer optimizer;
    gf_ensemble_options options;
    gf_target target;
    gf_vec2 start[STARTS];
    gf_fate fate[STARTS];
} scene;

/* Starts in a square of the classic field's domain, a quarter of them with p_g
   < 0. */
static inline void set_up(scene *s, const char *variant, const char *rule,
                          double step, size_t steps)
{
    gf_error error;

    *s = (scene){.field = find_field(variant, NULL)};
    ck_assert_int_eq(gf_optimizer_parse(&s->optimizer, rule, &error), GF_OK);
    s->options = (gf_ensemble_options){.optimizer = &s->optimizer,
                                       .step = step,
                                       .steps = steps,
                                       .target = &s->target};
    for (size_t i = 0; i < STARTS; i++) {
        double x = ((double)(i / SIDE) + 0.5) / SIDE;
        double y = ((double)(i % SIDE) + 0.5) / SIDE - 0.25;
        s->start[i] = (gf_vec2){x, y};
    }
}

static inline void run(scene *s)
{
    gf_error error = {.status = GF_OK};
    gf_ensemble *ensemble = NULL;

    gf_status status =
        gf_ensemble_new(&ensemble, s->field, &s->options, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", s->field->name, error.message);
    status = gf_ensemble_run(s->fate, ensemble, s->start, STARTS, &error);
    ck_assert_msg(status == GF_OK, "%s", error.message);
    gf_ensemble_free(ensemble);
}

static inline void tear_down(scene *s)
{
    gf_field_free(s->field);
}

/* --- single runs ------------------------------------------------------- */

static inline gf_trajectory alone(const scene *s, size_t i)
{
    gf_map_options how = {.order = s->options.order,
                          .critic_steps = s->options.critic_steps,
                          .step = s->options.step,
                          .schedule = s->options.schedule,
                          .steps = s->options.steps,
                          .every = s->options.steps,
                          .noise = s->options.noise,
                          .seed = gf_ensemble_seed(s->options.seed, i),
                          .project = s->options.project,
                          .box = s->options.box};
    gf_vec2 start = s->start[i];
    gf_trajectory one;
    gf_error error;

    if (how.project)
        start.y = fmax(start.y, 0);
    if (how.box)
        start = (gf_vec2){fmin(fmax(start.x, how.box[0].lo), how.box[0].hi),
                          fmin(fmax(start.y, how.box[1].lo), how.box[1].hi)};
    gf_trajectory_init(&one);
    gf_status status =
        gf_optimizer_run(&one, s->field, start, &s->optimizer, &how, &error);
    ck_assert_msg(status == GF_OK, "%s", error.message);
    return one;
}

static inline bool is_same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b)) || fabs(a - b) < 1e-12;
}

/* Where a run alone stops is where it stops beside others. */
static inline void compare(const scene *s)
{
    const char *rule = s->optimizer.rule->name;
    /* the normalized rules see the last bits of small velocities */
    double near = s->optimizer.rule->through_eps ? 1e-6 : 1e-9;

    for (size_t i = 0; i < STARTS; i += 7) {
        const gf_fate *fate = &s->fate[i];
        gf_trajectory one = alone(s, i);
        gf_vec2 at = one.row[one.count - 1].at;
        gf_fate_label label = one.stop == GF_STOP_LEFT_DOMAIN
                                  ? GF_FATE_LEFT_DOMAIN
                              : one.stop == GF_STOP_BLEW_UP ? GF_FATE_BLEW_UP
                                                            : GF_FATE_UNDECIDED;
        if (s->options.box && fate->label == GF_FATE_HELD)
            label = GF_FATE_HELD; /* a single run does not look for it */
        ck_assert_msg(fate->label == label, "%s %zu: %s, not %s", rule, i,
                      gf_fate_name(fate->label), gf_fate_name(label));
        ck_assert_msg(is_same(fate->time, one.stop_time), "%s %zu: %g, %g",
                      rule, i, fate->time, one.stop_time);
        ck_assert_msg(is_same(fate->left_physical_at, one.left_physical_at),
                      "%s %zu: %g, %g", rule, i, fate->left_physical_at,
                      one.left_physical_at);
        if (s->optimizer.rule->reported == 0)
            ck_assert_msg(hypot(fate->at.x - at.x, fate->at.y - at.y) <
                              near * (1 + hypot(at.x, at.y)),
                          "%s %zu: %.17g, %.17g and %.17g, %.17g", rule, i,
                          fate->at.x, fate->at.y, at.x, at.y);
        gf_trajectory_clear(&one);
    }
}

#endif
