/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last two layers in one sweep, against the same layer by layer. */
#include "kernel/nets.h"

#include "kernel/crown.h"

#include <string.h>

enum { MOST = 13, INPUTS = 2, PARAMETERS = 2000 };

/* --- passes ------------------------------------------------------------ */

static const char *const lines[] = {
    "1-64-1:leaky-relu(0.2)",   "1-16-1:relu",
    "1-37-1:relu,wn",           "2-16-1:relu",
    "2-31-1:leaky-relu,wn",     "2-5-40-1:tanh/relu",
    "2-20-20-1:leaky-relu(-1)", "1-20-17-1:relu,head=sigmoid"};
enum { LINES = sizeof lines / sizeof *lines };

typedef struct fixture {
    gf_net net;
    gf_pass *pass;
    double x[MOST * INPUTS], weight[MOST];
} fixture;

static void set_up(fixture *f, const char *line)
{
    uint64_t seed = 5;

    make_net(&f->net, line);
    ck_assert(f->net.shape.parameters <= PARAMETERS);
    ck_assert_int_eq(gf_pass_new(&f->pass, &f->net, MOST, NULL), GF_OK);
    for (size_t i = 0; i < MOST * INPUTS; i++)
        f->x[i] = random_between(&seed, -2, 2);
    for (size_t i = 0; i < MOST; i++)
        f->weight[i] = random_between(&seed, -1, 1);
}

static void tear_down(fixture *f)
{
    gf_pass_free(f->pass);
    gf_net_clear(&f->net);
}

static void forward(double *out, fixture *f, size_t count)
{
    gf_batch batch = {.x = f->x, .count = count};
    const double *f_at = NULL;

    ck_assert_int_eq(gf_pass_forward(&f_at, f->pass, &batch, NULL), GF_OK);
    memcpy(out, f_at, count * sizeof *out);
    ck_assert(f->pass->is_crowned);
}

/* Equal, and no NaN; of zeros the sign does not matter. */
static void assert_same(const double *a, const double *b, size_t count,
                        const char *line)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(a[i] == b[i], "%s, %zu: %.17g, not %.17g", line, i, a[i],
                      b[i]);
}

/* s from the layers' own numbers. */
static void assert_layers_agree(fixture *f, size_t count, const char *line)
{
    const gf_pass_layer *top = &f->pass->layer[f->pass->layers - 1];
    size_t n = top->net->inputs;
    double s[MOST];

    f->pass->store.vectors->dots(s, 1, top->input, n, top->weight, count, n,
                                 false);
    for (size_t i = 0; i < count; i++)
        s[i] += f->net.theta[top->net->bias];
    assert_same(top->y, s, count, line);
}

START_TEST(test_both_ways_give_the_bits_of_the_layers)
{
    static const size_t counts[] = {1, 3, 4, 8, MOST};

    for (size_t l = 0; l < LINES; l++)
        for (size_t c = 0; c < 5; c++) {
            double out[MOST], theta[2][PARAMETERS], alone[PARAMETERS];
            double x[2][MOST * INPUTS], x_alone[MOST * INPUTS];
            fixture f;
            set_up(&f, lines[l]);
            forward(out, &f, counts[c]);
            gf_pass_backward(alone, NULL, f.pass, f.weight);
            gf_pass_backward(NULL, x_alone, f.pass, f.weight);
            gf_pass_backward(theta[0], x[0], f.pass, f.weight);
            gf_crown_unfold(f.pass);
            ck_assert(!f.pass->is_crowned);
            assert_layers_agree(&f, counts[c], lines[l]);
            gf_pass_backward(theta[1], x[1], f.pass, f.weight);
            size_t p = f.net.shape.parameters;
            size_t m = counts[c] * f.net.shape.size[0];
            assert_same(theta[0], theta[1], p, lines[l]);
            assert_same(alone, theta[1], p, lines[l]);
            assert_same(x[0], x[1], m, lines[l]);
            assert_same(x_alone, x[1], m, lines[l]);
            tear_down(&f);
        }
}
END_TEST

START_TEST(test_what_is_no_crown)
{
    static const char *const others[] = {
        "2-1:identity",   "1-15-1:relu",         "1-16-1:tanh",
        "1-16-1:relu,sn", "1-16-1:relu,bn-pre",  "1-16-1:relu,ntk",
        "1-16-1:relu,ln", "1-16-1:relu,dropout", "16-16-1:relu,residual"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        gf_net net;
        gf_pass *pass;
        make_net(&net, others[i]);
        ck_assert_int_eq(gf_pass_new(&pass, &net, MOST, NULL), GF_OK);
        ck_assert_msg(!gf_crown_fits(pass), "%s", others[i]);
        gf_pass_free(pass);
        gf_net_clear(&net);
    }
}
END_TEST

/* --- loops ------------------------------------------------------------- */

enum { UNITS = 77 };

typedef struct numbers {
    double y[MOST * UNITS], v[UNITS], w[UNITS], g[MOST], x[MOST];
} numbers;

typedef struct answers {
    double s[MOST], slope[MOST], by_v[2][UNITS], by_bias[2][UNITS];
    double by_input[UNITS], d[MOST * UNITS], down[MOST * UNITS];
} answers;

static void draw(double *x, size_t count, uint64_t *seed)
{
    for (size_t i = 0; i < count; i++)
        x[i] = random_between(seed, -1, 1);
}

static void ask(answers *a, const gf_crown_loops *loops, const numbers *m,
                size_t rows, size_t n)
{
    gf_crown crown = {m->y, m->v, 0.3, 0.7, rows, n};
    gf_crown_sums one = {
        .by_v = a->by_v[0], .by_bias = a->by_bias[0], .by_input = a->by_input};
    gf_crown_sums all = {
        .by_v = a->by_v[1], .by_bias = a->by_bias[1], .d = a->d};

    memset(a, 0, sizeof *a);
    loops->out(a->s, &crown);
    loops->slope(a->slope, &crown, m->g, m->w);
    loops->back(&one, &crown, m->g, m->x);
    loops->back(&all, &crown, m->g, NULL);
    loops->down(a->down, &crown, m->g);
}

/* As the header says it. */
static void ask_plainly(answers *a, const numbers *m, size_t rows, size_t n)
{
    memset(a, 0, sizeof *a);
    for (size_t i = 0; i < rows; i++)
        a->s[i] = 0.7;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < n; j++) {
            double y = m->y[i * n + j], bend = y > 0 ? 1 : 0.3;
            double d = m->g[i] * m->v[j] * bend;
            a->s[i] += bend * y * m->v[j];
            a->slope[i] += d * m->w[j];
            a->by_v[0][j] += m->g[i] * bend * y;
            a->by_bias[0][j] += d;
            a->by_input[j] += m->x[i] * d;
            a->d[i * n + j] = a->down[i * n + j] = d;
        }
    memcpy(a->by_v[1], a->by_v[0], sizeof a->by_v[0]);
    memcpy(a->by_bias[1], a->by_bias[0], sizeof a->by_bias[0]);
}

START_TEST(test_loops_of_all_sets)
{
    static const size_t widths[] = {1, 8, 16, 17, 24, 32, 64, UNITS};
    static answers best, other, plain;
    static numbers m;
    uint64_t seed = 3;

    draw((double *)&m, sizeof m / sizeof(double), &seed);
    for (size_t rows = 1; rows <= MOST; rows++)
        for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
            ask(&best, gf_vectors_best()->crown, &m, rows, widths[k]);
            ask_plainly(&plain, &m, rows, widths[k]);
            assert_near("crown", "loops", (const double *)&best,
                        (const double *)&plain, sizeof best / sizeof(double),
                        1e-13);
            for (size_t s = 1; s < gf_vectors_count(); s++) {
                ask(&other, gf_vectors_row(s)->crown, &m, rows, widths[k]);
                ck_assert_mem_eq(&other, &best, sizeof best);
            }
        }
}
END_TEST

START_TEST(test_a_nan_stays_one)
{
    static answers a;
    static numbers m;
    uint64_t seed = 4;

    draw((double *)&m, sizeof m / sizeof(double), &seed);
    m.y[2 * 20 + 5] = NAN;
    ask(&a, gf_vectors_best()->crown, &m, 6, 20);
    for (size_t i = 0; i < 6; i++)
        ck_assert(isnan(a.s[i]) == (i == 2));
    for (size_t j = 0; j < 20; j++)
        ck_assert(isnan(a.by_v[0][j]) == (j == 5) && !isnan(a.by_bias[0][j]));
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/crown", test_both_ways_give_the_bits_of_the_layers,
                     test_what_is_no_crown, test_loops_of_all_sets,
                     test_a_nan_stays_one);
}
