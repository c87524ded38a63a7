/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measures ensembles beside the yardsticks: bench/ensemble builds and runs it.
 *
 *     ensemble STARTS STEPS PAIRS [LIBRARY]
 *
 * prints "NAME ENGINE-ns RIVAL-ns RATIO", nanoseconds of CPU per step of one
 * start (least of all runs) and the median of the ratios of back-to-back pairs.
 */
#include <ganfield/ensemble.h>
#include <ganfield/init.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "yardstick.h"

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

typedef struct work {
    gf_ensemble *ensemble;
    size_t count, steps, pairs;
    gf_vec2 *start;
    gf_fate *fate;
    double *x, *y;
} work;

static void die(const char *message)
{
    fprintf(stderr, "ensemble: %s\n", message);
    exit(1);
}

static void place(work *w, double lo, double hi)
{
    for (size_t i = 0; i < w->count; i++) {
        double part = ((double)i + 0.5) / (double)w->count;
        w->start[i].x = lo + (hi - lo) * (0.25 + 0.5 * part);
        w->start[i].y = 0.1 + 0.2 * fmod(part * 997, 1);
    }
}

static double engine_time(work *w)
{
    gf_error error;
    double begin = seconds();

    if (gf_ensemble_run(w->fate, w->ensemble, w->start, w->count, &error))
        die(error.message);
    return seconds() - begin;
}

typedef void rival(double *x, double *y, size_t count, size_t steps, double h);

static double rival_time(work *w, rival *run)
{
    for (size_t i = 0; i < w->count; i++) {
        w->x[i] = w->start[i].x;
        w->y[i] = w->start[i].y;
    }
    double begin = seconds();
    run(w->x, w->y, w->count, w->steps, GF_ENSEMBLE_STEP);
    return seconds() - begin;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void measure(work *w, const char *name, rival *run)
{
    double ratio[101], ours = INFINITY, theirs = INFINITY, off = 0;
    double scale = 1e9 / ((double)w->count * (double)w->steps);

    for (size_t i = 0; i < w->pairs; i++) {
        double a = engine_time(w), b = rival_time(w, run);
        ours = fmin(ours, a * scale);
        theirs = fmin(theirs, b * scale);
        ratio[i] = a / b;
    }
    for (size_t i = 0; i < w->count; i++)
        off = fmax(off, fabs(w->fate[i].at.x - w->x[i]));
    qsort(ratio, w->pairs, sizeof *ratio, compare);
    printf("%-24s %8.2f %8.2f %8.2f   [%.2f, %.2f]  off by %.1e\n", name, ours,
           theirs, ratio[w->pairs / 2], ratio[w->pairs / 4],
           ratio[3 * w->pairs / 4], off);
    fflush(stdout);
}

static void make(work *w, const gf_field *field, size_t width, gf_isa isa,
                 bool tangents)
{
    gf_ensemble_options options = {.plain = true,
                                   .tangents = tangents,
                                   .until = (double)w->steps * GF_ENSEMBLE_STEP,
                                   .threads = 1,
                                   .width = width,
                                   .isa = isa};
    gf_error error;

    if (gf_ensemble_new(&w->ensemble, field, &options, &error))
        die(error.message);
}

static void measure_compiled(work *w, const compiled *c, const char *with)
{
    gf_settings settings = {.domain = c->domain};
    gf_field *field;
    gf_error error;
    char name[64];

    if (strcmp(c->name, "sin") == 0 || strcmp(c->name, "tanh") == 0)
        settings.gauge = "0";
    if (gf_field_pointwise(&field, c->f, &settings, &error))
        die(error.message);
    place(w, c->lo, c->hi);
    for (size_t width = 16; width <= 64; width *= 2) {
        make(w, field, width, GF_ISA_BEST, false);
        snprintf(name, sizeof name, "%s, %s, %zu", c->name, with, width);
        measure(w, name, c->run);
        gf_ensemble_free(w->ensemble);
    }
    gf_field_free(field);
}

static void measure_classic(work *w)
{
    static const char *const names[] = {"classic, best", "classic, v2",
                                        "classic, v3", "classic, v4"};
    gf_field *field;
    gf_error error;
    char name[64];

    if (gf_field_find(&field, "classic", NULL, &error))
        die(error.message);
    place(w, 0, 1);
    for (gf_isa isa = GF_ISA_V3; isa <= GF_ISA_V4; isa++) {
        for (size_t width = 16; width <= 64; width *= 2) {
            make(w, field, width, isa, false);
            snprintf(name, sizeof name, "%s, %zu", names[isa], width);
            measure(w, name, yardstick_classic);
            gf_ensemble_free(w->ensemble);
        }
    }
    gf_field_free(field);
}

/* Two tangent vectors carried along, against the field alone. */
static void measure_tangents(work *w)
{
    gf_mat2 *tangent = calloc(w->count, sizeof *tangent);
    double ratio[101], ours = INFINITY, scale;
    gf_ensemble *plain;
    gf_field *field;
    gf_error error;

    if (!tangent || gf_field_find(&field, "classic", NULL, &error))
        die("no memory, or no classic field");
    scale = 1e9 / ((double)w->count * (double)w->steps);
    place(w, 0, 1);
    make(w, field, 0, GF_ISA_BEST, false);
    plain = w->ensemble;
    make(w, field, 0, GF_ISA_BEST, true);
    for (size_t i = 0; i < w->pairs; i++) {
        double begin = seconds();
        if (gf_ensemble_run_tangents(w->fate, tangent, w->ensemble, w->start,
                                     w->count, &error))
            die(error.message);
        double a = seconds() - begin;
        gf_ensemble *with = w->ensemble;
        w->ensemble = plain;
        double b = engine_time(w);
        w->ensemble = with;
        ours = fmin(ours, a * scale);
        ratio[i] = a / b;
    }
    qsort(ratio, w->pairs, sizeof *ratio, compare);
    printf("%-24s %8.2f %8.2f %8.2f\n", "tangents, plain, 0", ours,
           ours / ratio[w->pairs / 2], ratio[w->pairs / 2]);
    gf_ensemble_free(plain);
    gf_ensemble_free(w->ensemble);
    gf_field_free(field);
    free(tangent);
}

/* --- optimizers -------------------------------------------------------- */

/* Every PART-th start by a run of its own, which keeps the last state only. */
static double alone_time(const work *w, const gf_field *field,
                         const gf_ensemble_options *how)
{
    enum { PART = 32 };
    gf_map_options one = {.order = how->order,
                          .step = how->step,
                          .steps = how->steps,
                          .every = how->steps};
    gf_trajectory run;
    gf_error error;

    gf_trajectory_init(&run);
    double begin = seconds();
    for (size_t i = 0; i < w->count; i += PART)
        if (gf_optimizer_run(&run, field, w->start[i], how->optimizer, &one,
                             &error))
            die(error.message);
    double time = seconds() - begin;
    gf_trajectory_clear(&run);
    return time * PART;
}

static void measure_optimizer(work *w, const gf_field *field, const char *rule,
                              gf_order order)
{
    gf_optimizer optimizer;
    gf_ensemble_options how = {.optimizer = &optimizer,
                               .order = order,
                               .step = 1e-4,
                               .steps = w->steps,
                               .threads = 1};
    double ratio[101], ours = INFINITY;
    double scale = 1e9 / ((double)w->count * (double)w->steps);
    gf_error error;
    char name[64];

    if (gf_optimizer_parse(&optimizer, rule, &error) ||
        gf_ensemble_new(&w->ensemble, field, &how, &error))
        die(error.message);
    for (size_t i = 0; i < w->pairs; i++) {
        double a = engine_time(w), b = alone_time(w, field, &how);
        ours = fmin(ours, a * scale);
        ratio[i] = a / b;
    }
    qsort(ratio, w->pairs, sizeof *ratio, compare);
    snprintf(name, sizeof name, "%s, %s", rule, gf_order_name(order));
    printf("%-24s %8.2f %8.2f %8.2f\n", name, ours, ours / ratio[w->pairs / 2],
           ratio[w->pairs / 2]);
    gf_ensemble_free(w->ensemble);
}

/* Rules beside single runs of them. */
static void measure_optimizers(work *w)
{
    static const char *const rules[] = {"sgd",           "heavy-ball",
                                        "extragradient", "optimistic",
                                        "consensus",     "adam"};
    gf_field *field;
    gf_error error;

    if (gf_field_find(&field, "classic", NULL, &error))
        die(error.message);
    place(w, 0, 1);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        measure_optimizer(w, field, rules[i], GF_SIMULTANEOUS);
        measure_optimizer(w, field, rules[i], GF_ALTERNATING);
    }
    gf_field_free(field);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: ensemble STARTS STEPS PAIRS [LIBRARY]\n");
        return 2;
    }
    work w = {.count = (size_t)atoi(argv[1]),
              .steps = (size_t)atoi(argv[2]),
              .pairs = (size_t)atoi(argv[3])};
    w.count -= w.count % 64;
    w.start = calloc(w.count, sizeof *w.start);
    w.fate = calloc(w.count, sizeof *w.fate);
    w.x = calloc(w.count, sizeof *w.x);
    w.y = calloc(w.count, sizeof *w.y);
    if (!w.start || !w.fate || !w.x || !w.y || w.pairs > 101)
        die("out of memory");
    gf_init();
    printf("%-24s %8s %8s %8s\n", "", "engine", "rival", "ratio");
    measure_classic(&w);
    measure_tangents(&w);
    measure_optimizers(&w);
    for (int i = 0; i < COMPILED; i++) {
        measure_compiled(&w, &compiled_own[i], "own");
        measure_compiled(&w, &compiled_library[i],
                         argc > 4 ? argv[4] : "library");
    }
    free(w.start);
    free(w.fate);
    free(w.x);
    free(w.y);
    return 0;
}
