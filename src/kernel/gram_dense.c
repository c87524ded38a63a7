/* SPDX-License-Identifier: GPL-3.0-or-later */
/* K by the full Jacobian, for outputs that depend on their whole batch. */
#include "kernel/crew.h"
#include "kernel/gram.h"
#include "kernel/mosaic.h"

#include <stdlib.h>
#include <string.h>

/* Parameters that one step of the sum takes. */
enum { SLICE = 768 };

typedef struct gram_job {
    const gf_net *net;
    const gf_batch *batch;
    double *jacobian, *output;
    gf_pass *pass[GF_CREW_MAX];
    double *weight[GF_CREW_MAX];
    size_t workers;
} gram_job;

static void run_row(size_t i, size_t worker, void *ctx)
{
    gram_job *job = ctx;
    size_t p = job->net->shape.parameters;

    job->weight[worker][i] = 1;
    gf_pass_descend(job->jacobian + i * p, NULL, job->pass[worker],
                    job->weight[worker]);
    job->weight[worker][i] = 0;
}

static gf_status prepare(gram_job *job, size_t threads, gf_error *error)
{
    const double *f = NULL;
    gf_status status = GF_OK;

    for (; job->workers < threads && !status; job->workers++) {
        gf_pass **pass = &job->pass[job->workers];
        double **weight = &job->weight[job->workers];
        status = gf_pass_new(pass, job->net, job->batch->count, error);
        if (!status)
            status = gf_pass_forward(&f, *pass, job->batch, error);
        *weight = calloc(job->batch->count, sizeof **weight);
        if (!status && !*weight)
            status = gf_error_set(error, GF_MEMORY, "out of memory");
    }
    if (!status && job->output)
        memcpy(job->output, f, job->batch->count * sizeof *f);
    return status;
}

/* k = J J', a slice of the parameters at a time. */
static gf_status multiply(double *k, const gram_job *job, size_t threads,
                          gf_error *error)
{
    size_t count = job->batch->count, p = job->net->shape.parameters;
    size_t depth = p < SLICE ? p : SLICE;
    gf_mosaic_depth e = {0, 0, depth, false};
    gf_mosaic mosaic;

    if (!gf_mosaic_init(&mosaic, count, 1, &e))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    mosaic.add = false;
    for (size_t from = 0; from < p; from += depth) {
        size_t left = p - from < depth ? p - from : depth;
        mosaic.term[0].e.depth = left;
        gf_mosaic_fill_from(&mosaic, &mosaic.term[0].e, job->jacobian + from,
                            p);
        gf_mosaic_run(k, &mosaic, threads);
        mosaic.add = true;
    }
    gf_mosaic_clear(&mosaic);
    return GF_OK;
}

gf_status gf_gram_dense(double *k, double *output, const gf_net *net,
                        const gf_batch *batch, size_t threads, gf_error *error)
{
    gram_job job = {.net = net, .batch = batch, .output = output};
    size_t p = net->shape.parameters;
    bool fits = batch->count <= SIZE_MAX / sizeof(double) / p;

    job.jacobian = fits ? malloc(batch->count * p * sizeof(double)) : NULL;
    if (!job.jacobian)
        return gf_error_set(error, GF_MEMORY,
                            "out of memory for a Jacobian of %zu x %zu",
                            batch->count, p);
    threads = threads < batch->count ? threads : batch->count;
    gf_status status = prepare(&job, threads, error);
    if (!status) {
        gf_crew_run(run_row, batch->count, threads, &job);
        status = multiply(k, &job, threads, error);
    }
    for (size_t i = 0; i < job.workers; i++) {
        gf_pass_free(job.pass[i]);
        free(job.weight[i]);
    }
    free(job.jacobian);
    return status;
}
