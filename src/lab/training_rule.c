/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule of a player, and natural gradients of either. */
#include "kernel/pass.h"
#include "lab/training.h"

#include <stdlib.h>
#include <string.h>

static const char natural_name[] = "natural-gradient";

gf_status gf_training_rule_read(gf_training_rule *out, const char *text,
                                gf_error *error)
{
    size_t length = strcspn(text, ":");
    gf_status status;

    *out = (gf_training_rule){.is_natural =
                                  length == strlen(natural_name) &&
                                  strncmp(text, natural_name, length) == 0};
    if (!out->is_natural) {
        status = gf_optimizer_parse(&out->optimizer, text, error);
        if (!status && (out->optimizer.rule->needs & GF_NEEDS_METRIC))
            status = gf_error_set(error, GF_ARGUMENT,
                                  "'%s' is for two numbers, D and p_g; players "
                                  "have '%s'",
                                  out->optimizer.rule->name, natural_name);
        return status;
    }
    gf_natural_options_init(&out->natural);
    status = gf_natural_parse(&out->natural,
                              text[length] ? text + length + 1 : "", error);
    if (!status)
        status = gf_optimizer_parse(&out->optimizer, "heavy-ball", error);
    if (!status)
        status = gf_optimizer_set(&out->optimizer, "beta",
                                  out->natural.momentum, error);
    return status;
}

/* --- natural gradients ------------------------------------------------- */

gf_status gf_training_make_natural(gf_training *t, size_t player,
                                   gf_error *error)
{
    const gf_tape *link = t->setup.duel.field->link_tape;
    size_t first = gf_duel_first(t->duel), batch = t->setup.duel.batch;
    bool is_critic = player == GF_CRITIC;

    if (is_critic && link) {
        t->work = malloc(gf_tape_slots(link) * sizeof *t->work);
        if (!t->work)
            return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    return gf_natural_new(
        &t->natural[player], is_critic ? first : gf_duel_size(t->duel) - first,
        is_critic ? 2 * batch : batch, &t->setup.rule[player].natural, error);
}

/* Of a Bernoulli law with probability D(u): D'(u)^2/(D (1 - D)), over so many
   outputs. NULL where D is no probability. */
static const double *fisher(gf_training *t, const double *u, size_t count)
{
    const gf_field *field = t->setup.duel.field;

    if (field->d_domain.lo != 0 || field->d_domain.hi != 1)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        double d[2] = {u[i], 1}, spread;
        if (field->link_tape)
            gf_tape_at(d, field->link_tape, &u[i], t->work);
        spread = d[0] * (1 - d[0]);
        t->weight[i] = spread > 0 ? d[1] * d[1] / spread / (double)count : 0;
    }
    return t->weight;
}

/* The outputs of a generator that is two lines. */
static void times_lines(double *out, const double *u, void *ctx)
{
    gf_maker_tangent(out, ctx, u);
}

static void transposed_lines(double *out, const double *w, void *ctx)
{
    gf_maker_backward(out, ctx, w);
}

static gf_jacobian of_generator(gf_maker *maker, const double *z, size_t rows)
{
    (void)gf_maker_forward(maker, z, rows);
    if (!maker->is_piecewise)
        return gf_jacobian_of_pass(maker->pass);
    return (gf_jacobian){.rows = rows,
                         .columns = GF_PIECEWISE_NUMBERS,
                         .times = times_lines,
                         .transposed = transposed_lines,
                         .ctx = maker};
}

/* At so many data and as many fakes; group: their numbers. */
static gf_jacobian of_critic(const double **weight, gf_training *t,
                             const size_t group[2])
{
    gf_duel *d = t->duel;
    size_t rows = group[0];
    gf_batch both = {
        .x = d->more, .count = 2 * rows, .groups = 2, .group_size = group};
    const double *u = NULL;

    memcpy(d->more, gf_duel_data(d), rows * sizeof *d->more);
    memcpy(d->more + rows, gf_maker_forward(&d->maker, d->z, rows),
           rows * sizeof *d->more);
    /* a batch that fits cannot fail */
    if (gf_pass_forward(&u, d->pass, &both, NULL) == GF_OK)
        *weight = fisher(t, u, 2 * rows);
    return gf_jacobian_of_pass(d->pass);
}

void gf_training_turn_natural(double *v, gf_training *t, size_t player,
                              const double *z)
{
    gf_duel *d = t->duel;
    size_t asked = t->setup.rule[player].natural.samples;
    size_t rows = asked > 0 && asked < d->count ? asked : d->count;
    const size_t group[2] = {rows, rows};
    const double *weight = NULL;
    gf_jacobian j;

    gf_duel_set(d, z);
    j = player == GF_CRITIC ? of_critic(&weight, t, group)
                            : of_generator(&d->maker, d->z, rows);
    gf_status status =
        gf_natural_solve(v, t->natural[player], &j, weight, v, &t->error);
    if (status)
        t->status = status;
}
