/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact linear map of every rule against differences of its steps, in both
   orders, on nonlinear fields at their rest points. */
#include "motion/derivative.h"

#include <math.h>
#include <string.h>

#include "follow.h"
#include "motion/mover.h"

enum { MOST = GF_LINEAR_SIZE_MAX };

/* The vectors of the state: z and what is neither copied nor a square. */
static size_t state_vectors(size_t out[8], const gf_optimizer_rule *rule)
{
    size_t count = 0;

    for (size_t v = 0; v <= rule->memory; v++)
        if (!((rule->copies | rule->squares) & (1u << v)))
            out[count++] = v;
    return count;
}

/* One map from a state: the mover is set as it is long after its start. */
static void map(double *out, gf_mover *m, gf_vec2 rest, const double *in,
                double h, size_t period)
{
    const gf_optimizer_rule *rule = m->optimizer.rule;
    size_t v[8], count = state_vectors(v, rule);

    gf_mover_reset(m, 0, 0);
    m->made[0] = m->made[1] = 1u << 30;
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < 2; i++)
            m->vector[v[k]][i] = in[2 * k + i] + (k > 0 ? 0
                                                  : i   ? rest.y
                                                        : rest.x);
    for (size_t n = 0; n < period; n++)
        ck_assert(gf_mover_step(m, (double[2]){2 * h, 0.5 * h}));
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < 2; i++)
            out[2 * k + i] = m->vector[v[k]][i] - (k > 0 ? 0
                                                   : i   ? rest.y
                                                         : rest.x);
}

/* det(x - a) by Faddeev and LeVerrier. */
static void charpoly(double c[MOST + 1], double a[MOST][MOST], size_t n)
{
    double m[MOST][MOST], next[MOST][MOST];

    memcpy(m, a, sizeof m);
    c[n] = 1;
    for (size_t k = 1; k <= n; k++) {
        double trace = 0;
        for (size_t i = 0; i < n; i++)
            trace += m[i][i];
        c[n - k] = -trace / (double)k;
        for (size_t i = 0; i < n; i++)
            m[i][i] += c[n - k];
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                next[i][j] = 0;
                for (size_t l = 0; l < n; l++)
                    next[i][j] += a[i][l] * m[l][j];
            }
        memcpy(m, next, sizeof m);
    }
}

static void fill(gf_linear_game *game, const gf_field *field, gf_vec2 rest)
{
    gf_mat2 j = gf_field_jacobian(rest, field);
    const double entry[4] = {j.xx, j.xy, j.yx, j.yy};
    const double metric[2] = {rest.x * (1 - rest.x), rest.y};

    gf_linear_game_init(game, 2, 1, field->critic == 1);
    for (size_t i = 0; i < 4; i++)
        gf_rational_of(
            fmpq_mat_entry(game->jacobian, (slong)i / 2, (slong)i % 2),
            entry[i]);
    gf_rational_of(game->speed[0], 2);
    gf_rational_of(game->speed[1], 0.5);
    game->metric = flint_malloc(2 * sizeof *game->metric);
    for (size_t i = 0; i < 2; i++) {
        fmpq_init(&game->metric[i]);
        gf_rational_of(&game->metric[i], metric[i]);
    }
}

static double value_at(const fmpz_poly_struct *p, double h)
{
    double sum = 0;

    for (slong i = fmpz_poly_length(p); i-- > 0;)
        sum = sum * h + fmpz_get_d(fmpz_poly_get_coeff_ptr(p, i));
    return sum;
}

static void compare(const gf_field *field, gf_vec2 rest, const char *text,
                    gf_order order, size_t critic_steps)
{
    const double d = 1e-6, h = 0.07;
    gf_error error = {.status = GF_OK};
    gf_game game = gf_game_of_field(field);
    double a[MOST][MOST] = {{0}}, c[MOST + 1];
    gf_multiplier_poly p;
    gf_linear_game linear;
    gf_optimizer optimizer;
    gf_mover *m;

    ck_assert_int_eq(gf_optimizer_parse(&optimizer, text, &error), GF_OK);
    if ((optimizer.rule->needs & GF_NEEDS_METRIC) && !game.metric)
        return;
    ck_assert_int_eq(
        gf_mover_new(&m, &game, &optimizer, order, critic_steps, &error),
        GF_OK);
    fill(&linear, field, rest);
    gf_multiplier_poly_init(&p);
    ck_assert_int_eq(gf_multiplier_poly_make(&p, &linear, &optimizer, order,
                                             critic_steps, &error),
                     GF_OK);
    size_t n = p.degree;
    ck_assert_uint_eq(n, gf_linear_state(optimizer.rule, 2));
    for (size_t j = 0; j < n; j++) {
        double in[MOST] = {0}, up[MOST], down[MOST];
        in[j] = d;
        map(up, m, rest, in, h, p.period);
        in[j] = -d;
        map(down, m, rest, in, h, p.period);
        for (size_t i = 0; i < n; i++)
            a[i][j] = (up[i] - down[i]) / (2 * d);
    }
    charpoly(c, a, n);
    double lead = value_at(&p.coef[n], h);
    for (size_t k = 0; k <= n; k++) {
        double want = value_at(&p.coef[k], h) / lead;
        ck_assert_msg(is_close(c[k], want, 2e-7),
                      "%s, %s, %s: coefficient %zu is %.12g, not %.12g",
                      field->name, text, gf_order_name(order), k, want, c[k]);
    }
    gf_multiplier_poly_clear(&p);
    gf_linear_game_clear(&linear);
    gf_mover_free(m);
}

START_TEST(test_maps_are_what_differences_say)
{
    static const struct row {
        const char *name;
        gf_vec2 rest;
    } fields[] = {{"classic", {0.5, 0.2}},
                  {"nonsaturating", {0.5, 0.2}},
                  {"dirac-r1", {0, 0}}};
    /* with a large eps roots of squares do not matter near rest */
    static const char *const with_eps[] = {"rmsprop:eps=2",
                                           "adam:eps=2",
                                           "amsgrad:eps=2",
                                           "optimistic-adam:eps=2",
                                           "lookahead:k=3,alpha=0.3",
                                           "heavy-ball:beta=-0.4,beta_g=0.3",
                                           "nesterov:beta=0.3,beta_g=-0.2"};

    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        gf_field *field = find_field(fields[f].name, NULL);
        for (gf_order order = GF_SIMULTANEOUS; order <= GF_ALTERNATING;
             order++) {
            size_t k = order == GF_ALTERNATING ? 2 : 1;
            for (size_t i = 0; i < gf_optimizer_count(); i++)
                if (!gf_optimizer_row(i)->through_eps)
                    compare(field, fields[f].rest, gf_optimizer_row(i)->name,
                            order, k);
            for (size_t i = 0; i < sizeof with_eps / sizeof *with_eps; i++)
                compare(field, fields[f].rest, with_eps[i], order, k);
        }
        gf_field_free(field);
    }
}
END_TEST

START_TEST(test_large_states_are_refused)
{
    gf_multiplier_poly p;
    gf_linear_game game;
    gf_optimizer optimizer;
    gf_error error;

    gf_multiplier_poly_init(&p);
    gf_linear_game_init(&game, 5, 2, false);
    ck_assert_int_eq(gf_optimizer_parse(&optimizer, "amsgrad", &error), GF_OK);
    ck_assert_int_eq(gf_multiplier_poly_make(&p, &game, &optimizer,
                                             GF_SIMULTANEOUS, 1, &error),
                     GF_OK); /* its squares do not count: 10 numbers */
    gf_linear_game_clear(&game);
    gf_linear_game_init(&game, 7, 2, false);
    ck_assert_int_eq(gf_multiplier_poly_make(&p, &game, &optimizer,
                                             GF_SIMULTANEOUS, 1, &error),
                     GF_LIMIT);
    ck_assert_int_eq(gf_optimizer_parse(&optimizer, "natural", &error), GF_OK);
    ck_assert_int_eq(gf_multiplier_poly_make(&p, &game, &optimizer,
                                             GF_SIMULTANEOUS, 1, &error),
                     GF_ARGUMENT);
    gf_linear_game_clear(&game);
    gf_multiplier_poly_clear(&p);
}
END_TEST

int main(void)
{
    return RUN_TESTS("motion/derivative", test_maps_are_what_differences_say,
                     test_large_states_are_refused);
}
