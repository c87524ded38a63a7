/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/derivative.h"

#include <string.h>

#include "motion/exact.h"
#include "motion/poly_mat.h"

void gf_linear_game_init(gf_linear_game *game, size_t size, size_t first,
                         bool critic_second)
{
    *game = (gf_linear_game){
        .size = size, .first = first, .critic_second = critic_second};
    fmpq_mat_init(game->jacobian, (slong)size, (slong)size);
    for (size_t i = 0; i < 2; i++) {
        fmpq_init(game->speed[i]);
        fmpq_one(game->speed[i]);
    }
}

void gf_linear_game_clear(gf_linear_game *game)
{
    fmpq_mat_clear(game->jacobian);
    for (size_t i = 0; i < 2; i++)
        fmpq_clear(game->speed[i]);
    for (size_t i = 0; i < game->size && game->metric; i++)
        fmpq_clear(&game->metric[i]);
    flint_free(game->metric);
    *game = (gf_linear_game){.size = 0};
}

void gf_multiplier_poly_init(gf_multiplier_poly *p)
{
    *p = (gf_multiplier_poly){.coef = NULL};
}

void gf_multiplier_poly_clear(gf_multiplier_poly *p)
{
    for (size_t i = 0; p->coef && i <= p->degree; i++)
        fmpz_poly_clear(&p->coef[i]);
    flint_free(p->coef);
    gf_multiplier_poly_init(p);
}

/* --- the state --------------------------------------------------------- */

bool gf_linear_has(const gf_optimizer_rule *rule, size_t v)
{
    return v == 0 ||
           (v <= rule->memory && !((rule->copies | rule->squares) & (1u << v)));
}

size_t gf_linear_state(const gf_optimizer_rule *rule, size_t size)
{
    size_t count = 0;

    for (size_t v = 0; v <= rule->memory; v++)
        count += gf_linear_has(rule, v);
    return count * size;
}

static void begin(gf_exact *e, const gf_linear_game *game,
                  const gf_optimizer *optimizer)
{
    const gf_optimizer_rule *rule = optimizer->rule;
    size_t column = 0;

    *e = (gf_exact){
        .move = {.machine = &gf_exact_machine, .number = optimizer->number},
        .game = game,
        .count = 1 + rule->memory + rule->scratch,
        .n = game->size,
        .columns = gf_linear_state(rule, game->size)};
    fmpq_poly_init(e->work);
    e->vector = flint_malloc(e->count * sizeof *e->vector);
    for (size_t v = 0; v < e->count; v++) {
        size_t count = e->n * e->columns;
        e->vector[v].entry = flint_malloc(count * sizeof(fmpq_poly_struct));
        for (size_t i = 0; i < count; i++)
            fmpq_poly_init(&e->vector[v].entry[i]);
        fmpq_poly_init(e->vector[v].den);
        fmpq_poly_one(e->vector[v].den);
        bool is_copy = v <= rule->memory && (rule->copies & (1u << v));
        for (size_t i = 0; i < e->n && (is_copy || gf_linear_has(rule, v)); i++)
            fmpq_poly_one(gf_exact_at(e, v, i, is_copy ? i : column++));
    }
}

static void end(gf_exact *e)
{
    for (size_t v = 0; v < e->count; v++) {
        for (size_t i = 0; i < e->n * e->columns; i++)
            fmpq_poly_clear(&e->vector[v].entry[i]);
        flint_free(e->vector[v].entry);
        fmpq_poly_clear(e->vector[v].den);
    }
    flint_free(e->vector);
    fmpq_poly_clear(e->work);
}

/* --- the map ----------------------------------------------------------- */

/* The rows of the state over one denominator, as a matrix. */
static void collect(gf_poly_mat *m, fmpq_poly_t den, gf_exact *e,
                    const gf_optimizer_rule *rule)
{
    size_t row = 0;

    for (size_t pass = 0; pass < 2; pass++)
        for (size_t v = 1; v <= rule->memory; v++)
            if (gf_linear_has(rule, v))
                gf_exact_match(e, 0, v);
    for (size_t v = 0; v <= rule->memory; v++)
        for (size_t i = 0; i < e->n && gf_linear_has(rule, v); i++, row++)
            for (size_t j = 0; j < e->columns; j++)
                fmpq_poly_set(gf_poly_mat_at(m, row, j),
                              gf_exact_at(e, v, i, j));
    fmpq_poly_set(den, e->vector[0].den);
}

/* det(x - Q) at x = mu q: its coefficients by mu. */
static void make_poly(gf_multiplier_poly *p, const gf_poly_mat *m,
                      const fmpq_poly_t den)
{
    size_t n = m->rows;
    fmpq_poly_struct *c = flint_malloc((n + 1) * sizeof *c);
    fmpq_poly_t power;

    fmpq_poly_init(power);
    fmpq_poly_one(power);
    p->degree = n;
    p->coef = flint_malloc((n + 1) * sizeof *p->coef);
    for (size_t i = 0; i <= n; i++) {
        fmpq_poly_init(&c[i]);
        fmpz_poly_init(&p->coef[i]);
    }
    gf_poly_mat_charpoly(c, m);
    for (size_t i = 0; i <= n; i++) {
        fmpq_poly_mul(&c[i], &c[i], power);
        fmpq_poly_mul(power, power, den);
    }
    gf_poly_primitive(p->coef, c, n + 1);
    for (size_t i = 0; i <= n; i++)
        fmpq_poly_clear(&c[i]);
    flint_free(c);
    fmpq_poly_clear(power);
}

gf_status gf_multiplier_poly_make(gf_multiplier_poly *p,
                                  const gf_linear_game *game,
                                  const gf_optimizer *optimizer, gf_order order,
                                  size_t critic_steps, gf_error *error)
{
    const gf_optimizer_rule *rule = optimizer->rule;
    size_t size = gf_linear_state(rule, game->size);
    gf_poly_mat m;
    fmpq_poly_t den;
    gf_exact e;

    gf_multiplier_poly_clear(p);
    if (size > GF_LINEAR_SIZE_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "'%s': a state of %zu numbers; at most %d are "
                            "treated exactly, and more only of rules that see "
                            "nothing but eigenvalues, as sgd, in simultaneous "
                            "order",
                            rule->name, size, GF_LINEAR_SIZE_MAX);
    if ((rule->needs & GF_NEEDS_METRIC) && !game->metric)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s' needs the Fisher metric, which there is only "
                            "where D is a probability: domain (0, 1), no link",
                            rule->name);
    begin(&e, game, optimizer);
    e.turns = gf_turns_of(optimizer, order, critic_steps, game->first,
                          game->size, game->critic_second);
    p->period = e.turns.period;
    for (size_t i = 0; i < p->period; i++)
        gf_turns_round(&e.turns, &e.move);
    p->evaluations = e.evaluations;
    gf_poly_mat_init(&m, size, size);
    fmpq_poly_init(den);
    collect(&m, den, &e, rule);
    make_poly(p, &m, den);
    fmpq_poly_clear(den);
    gf_poly_mat_clear(&m);
    end(&e);
    return GF_OK;
}
