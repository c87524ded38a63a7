/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The notebook's linear run, as train_notebook.py does it: seconds of CPU.
   Built and run by bench/train. */
#include "lab/toy.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SEED = 21, STEPS = 320, EVERY = 40 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    static gf_toy_batch batch;

    for (int i = argc > 1 ? atoi(argv[1]) : 3; i > 0; i--) {
        gf_toy_run run = {.generator = &gf_toy_linear,
                          .theta = {0.15, 0},
                          .phi = {0.25, 0},
                          .step_generator = 0.04,
                          .step_critic = 0.04,
                          .critic_steps = 2,
                          .batch = 128};
        gf_toy_statistics s;
        gf_toy_losses losses;
        gf_twister twister;
        double begin = now();
        gf_twister_seed(&twister, SEED);
        for (int step = 0; step <= STEPS; step++) {
            gf_toy_step(&run, &batch, &twister);
            if (step % EVERY != 0)
                continue;
            gf_toy_draw(&batch, &twister, 1000);
            gf_toy_losses_at(&losses, run.generator, run.theta, run.phi,
                             &batch);
            gf_toy_measure(&s, &run, &batch, &twister, 2000);
        }
        gf_toy_measure(&s, &run, &batch, &twister, 4000);
        printf("%.6f %.4f %.4f\n", now() - begin, run.theta[0], s.w1);
    }
    return 0;
}
