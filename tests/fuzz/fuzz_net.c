/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any line is a net or an error with a place inside the line; a small net has a
   kernel whose two ways to a product agree. */
#include "fuzz/fuzz.h"

#include <ganfield/kernel.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 3, MOST_PARAMETERS = 2000 };

static void try_net(const gf_net_shape *shape)
{
    double *x = calloc(POINTS * shape->size[0], sizeof *x);
    double k[POINTS * POINTS], v[POINTS] = {1, -2, 3}, got[POINTS];
    double *room = calloc(shape->parameters, sizeof *room);
    gf_batch batch = {.x = x, .count = POINTS};
    gf_kernel_options options = {.threads = 1};
    const double *f;
    gf_pass *pass;
    gf_net net;

    for (size_t i = 0; x && i < POINTS * shape->size[0]; i++)
        x[i] = sin(1 + (double)i);
    if (!x || !room || gf_net_make(&net, shape, NULL) ||
        gf_pass_new(&pass, &net, POINTS, NULL) ||
        gf_pass_forward(&f, pass, &batch, NULL))
        abort();
    if (gf_kernel_gram(k, NULL, &net, &batch, &options, NULL))
        abort();
    gf_kernel_times(got, pass, v, room);
    for (size_t i = 0; i < POINTS && shape->head != GF_HEAD_SOFTMAX; i++) {
        double want = 0, size = 1;
        for (size_t j = 0; j < POINTS; j++) {
            want += k[i * POINTS + j] * v[j];
            size += fabs(k[i * POINTS + j] * v[j]);
        }
        if (isfinite(size) && fabs(got[i] - want) > 1e-6 * size)
            abort();
    }
    gf_pass_free(pass);
    gf_net_clear(&net);
    free(room);
    free(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gf_net_shape shape;
    gf_error error;
    char *text = calloc(size + 1, 1);

    if (!text)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    gf_error_clear(&error);
    gf_status status = gf_net_parse(&shape, text, &error);
    if (status && (error.line != 1 || error.column > size + 1))
        abort();
    if (!status && shape.parameters <= MOST_PARAMETERS)
        try_net(&shape);
    free(text);
    return 0;
}
