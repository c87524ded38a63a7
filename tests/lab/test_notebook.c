/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include "lab/notebook.h"
#include "lab/toy.h"

#include <math.h>
#include <string.h>

#include "reference/notebook.inc"

/* All of the notebook's output, number for number. */
START_TEST(test_the_notebook_line_by_line)
{
    const size_t count = sizeof notebook_lines / sizeof *notebook_lines;
    gf_text text;
    const char *line;

    gf_text_init(&text);
    ck_assert_int_eq(gf_notebook_write(&text, NULL), GF_OK);
    line = gf_text_string(&text);
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(line, "\n");
        ck_assert_msg(strlen(notebook_lines[i]) == length &&
                          memcmp(line, notebook_lines[i], length) == 0,
                      "line %zu: %.*s\nis not:  %s", i + 1, (int)length, line,
                      notebook_lines[i]);
        line += length + 1;
    }
    ck_assert_str_eq(line, "");
    gf_text_clear(&text);
}
END_TEST

START_TEST(test_the_twister_is_that_of_python)
{
    for (size_t i = 0; i < sizeof twister_rows / sizeof *twister_rows; i++) {
        gf_twister twister;
        gf_twister_seed(&twister, twister_rows[i].seed);
        ck_assert(gf_twister_uniform(&twister) == twister_rows[i].uniform);
        for (int k = 0; k < 3; k++)
            assert_close(gf_twister_normal(&twister, 1, 2),
                         twister_rows[i].normal[k], TOL0);
    }
}
END_TEST

/* In blocks of any length, from either half of a pair. */
START_TEST(test_blocks_of_normals_are_the_same_numbers)
{
    static const size_t counts[] = {1, 2, 5, 128, 0, 127, 64, 128, 3};
    gf_twister one, many;
    double out[GF_TWISTER_BLOCK], coin[GF_TWISTER_BLOCK];

    gf_twister_seed(&one, 3);
    many = one;
    for (size_t k = 0; k < 2 * sizeof counts / sizeof *counts; k++) {
        size_t n = counts[k / 2];
        gf_twister_normals(out, k % 2 ? coin : NULL, &many, n);
        for (size_t i = 0; i < n; i++) {
            if (k % 2)
                ck_assert(coin[i] == gf_twister_uniform(&one));
            assert_close(out[i], gf_twister_normal(&one, 0, 1), TOL1);
        }
    }
    ck_assert(one.has_normal == many.has_normal);
}
END_TEST

/* Exact gradients of the linear game, by hand. */
START_TEST(test_a_step_follows_the_exact_gradient)
{
    gf_toy_run run = {.generator = &gf_toy_linear,
                      .theta = {0.7, -0.2},
                      .phi = {0.4, 0.1},
                      .step_generator = 1,
                      .step_critic = 1,
                      .critic_steps = 1,
                      .batch = 50};
    static gf_toy_batch batch;
    double c = 0, d = 0, a = 0, b = 0;
    gf_twister twister, again;

    gf_twister_seed(&twister, 5);
    again = twister;
    gf_toy_draw(&batch, &again, 50);
    for (int i = 0; i < 50; i++) {
        double x = batch.real[i], y = 0.7 * batch.z[i] - 0.2;
        double real = 1 / (1 + exp(0.4 * x + 0.1)); /* 1 - D */
        double fake = 1 / (1 + exp(-0.4 * y - 0.1));
        c += (real * x - fake * y) / 50;
        d += (real - fake) / 50;
    }
    c += 0.4;
    d += 0.1;
    gf_toy_draw(&batch, &again, 50);
    for (int i = 0; i < 50; i++) {
        double y = 0.7 * batch.z[i] - 0.2;
        double slope = c / (1 + exp(c * y + d));
        a += slope * batch.z[i] / 50;
        b += slope / 50;
    }
    gf_toy_step(&run, &batch, &twister);
    assert_close(run.phi[0], c, 1e-8);
    assert_close(run.phi[1], d, 1e-8);
    assert_close(run.theta[0], 0.7 + a, 1e-8);
    assert_close(run.theta[1], -0.2 + b, 1e-8);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/notebook", test_the_notebook_line_by_line,
                     test_the_twister_is_that_of_python,
                     test_blocks_of_normals_are_the_same_numbers,
                     test_a_step_follows_the_exact_gradient);
}
