/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions about stable steps, for the tests of this folder. */
#ifndef GF_TESTS_ANALYSIS_ASK_H
#define GF_TESTS_ANALYSIS_ASK_H

#include <ganfield/stability.h>

#include "harness.h"

/* Jacobians at p_d = 0.2, the critic first. */
static const double gan[4] = {-1.6, -2, 2, 0};
static const double wgan[4] = {0, -1, 1, 0};
static const double quadratic[4] = {-0.2, 1, -1, 0};

typedef struct question {
    const double *j;
    const char *rule;
    bool turned; /* alternating */
    double step, a;
    size_t critic_steps;
    bool limits_only;
} question;

static inline gf_stability_result ask(question q)
{
    gf_error error = {.status = GF_OK};
    gf_stability_options options = {.order = q.turned ? GF_ALTERNATING
                                                      : GF_SIMULTANEOUS,
                                    .critic_steps = q.critic_steps,
                                    .step = q.step,
                                    .intervals_only = q.limits_only};
    gf_linear game = {.size = 2,
                      .first = 1,
                      .jacobian = q.j,
                      .speed = {q.a > 0 ? q.a : 1, 1}};
    gf_optimizer optimizer;
    gf_stability_result s;

    gf_stability_init(&s);
    ck_assert_int_eq(gf_optimizer_parse(&optimizer, q.rule, &error), GF_OK);
    gf_status status =
        gf_stability_find(&s, &game, &optimizer, &options, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", q.rule, error.message);
    return s;
}

/* The end of the interval from 0; 0 where there is none. */
static inline double first_limit(const gf_steps_list *list)
{
    return list->count > 0 && list->interval[0].lo == 0 ? list->interval[0].hi
                                                        : 0;
}

#endif
