/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net's numbers in a file. */
#include <ganfield/net.h>

#include <stdlib.h>
#include <string.h>

#include "base/npy.h"
#include "base/number.h"

gf_status gf_net_read(gf_net *net, const char *path, gf_error *error)
{
    gf_matrix m;
    gf_status status = gf_matrix_read(&m, path, error);
    size_t wanted = net->shape.parameters;

    if (status)
        return status;
    if (m.rows * m.columns != wanted)
        status = gf_error_set(error, GF_ARGUMENT,
                              "'%s' holds %zu numbers, and the net has %zu",
                              path, m.rows * m.columns, wanted);
    else
        memcpy(net->theta, m.at, wanted * sizeof *m.at);
    free(m.at);
    return status;
}

static void write_numbers(FILE *file, const double *at, size_t count)
{
    char text[GF_NUMBER_SIZE];

    for (size_t i = 0; i < count; i++) {
        gf_number_write(text, at[i]);
        fprintf(file, "%s\n", text);
    }
}

static void write_text(FILE *file, const gf_net *net)
{
    for (size_t l = 0; l < net->shape.layers; l++) {
        const gf_net_layer *at = &net->layer[l];
        const double *theta = net->theta;
        fprintf(file, "# layer %zu: weights (%zu x %zu, by rows)\n", l + 1,
                at->outputs, at->inputs);
        write_numbers(file, theta + at->weight, at->outputs * at->inputs);
        fputs("# biases\n", file);
        write_numbers(file, theta + at->bias, at->outputs);
        if (at->gain != GF_NET_NOWHERE) {
            fputs("# gains, then shifts\n", file);
            write_numbers(file, theta + at->gain, 2 * at->outputs);
        }
        if (at->scale != GF_NET_NOWHERE) {
            fputs("# scales\n", file);
            write_numbers(file, theta + at->scale, at->outputs);
        }
    }
}

gf_status gf_net_write(FILE *file, const gf_net *net, bool is_npy,
                       gf_error *error)
{
    if (is_npy)
        gf_npy_write_vector(file, net->theta, net->shape.parameters);
    else
        write_text(file, net);
    if (ferror(file))
        return gf_error_set(error, GF_WRITE, "cannot write the net's numbers");
    return GF_OK;
}
