/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/crown.h"

/* With fewer units the sums of vectors.h go another way. */
enum { LEAST = 16 };

static const gf_crown_loops *loops(const gf_pass *pass)
{
    return pass->store.vectors->crown;
}

static gf_pass_layer *hidden(gf_pass *pass)
{
    return &pass->layer[pass->layers - 2];
}

static gf_pass_layer *output(gf_pass *pass)
{
    return &pass->layer[pass->layers - 1];
}

static gf_crown crown_of(gf_pass *pass)
{
    return (gf_crown){.y = hidden(pass)->y,
                      .v = output(pass)->weight,
                      .number = hidden(pass)->slope_number,
                      .bias = pass->net->theta[output(pass)->net->bias],
                      .rows = pass->batch.count,
                      .n = hidden(pass)->net->outputs};
}

bool gf_crown_fits(const gf_pass *pass)
{
    const gf_pass_layer *last = &pass->layer[pass->layers - 1], *below;

    if (pass->layers < 2 || pass->net->shape.is_ntk)
        return false;
    below = last - 1;
    /* output is y's place for relu and its kin between plain layers */
    return below->output == below->y && below->net->outputs >= LEAST &&
           !below->net->mask && !below->net->is_residual &&
           !last->net->is_residual;
}

void gf_crown_forward(gf_pass *pass)
{
    gf_crown crown = crown_of(pass);

    loops(pass)->out(output(pass)->y, &crown);
}

void gf_crown_unfold(gf_pass *pass)
{
    gf_pass_layer *layer;

    if (!pass->is_crowned)
        return;
    layer = hidden(pass);
    layer->activation->at(layer->output, layer->slope, layer->y,
                          pass->batch.count * layer->net->outputs,
                          layer->slope_number);
    pass->is_crowned = false;
}

bool gf_crown_backward(double *theta_gradient, double *x_gradient,
                       gf_pass *pass, const double *g)
{
    gf_pass_layer *top = output(pass), *layer = hidden(pass);
    bool is_all = pass->layers == 2 && layer->net->inputs == 1;
    gf_crown crown = crown_of(pass);

    if (theta_gradient) {
        double bias = 0;
        gf_crown_sums sums = {.by_v = theta_gradient + top->net->weight,
                              .by_bias = theta_gradient + layer->net->bias,
                              .d = is_all ? NULL : layer->da};
        if (is_all)
            sums.by_input = theta_gradient + layer->net->weight;
        loops(pass)->back(&sums, &crown, g, is_all ? layer->input : NULL);
        gf_weights_pull(theta_gradient, top, pass->net);
        if (is_all)
            gf_weights_pull(theta_gradient, layer, pass->net);
        for (size_t i = 0; i < crown.rows; i++)
            bias += g[i];
        theta_gradient[top->net->bias] = bias;
    } else if (!is_all) {
        loops(pass)->down(layer->da, &crown, g);
    }
    if (is_all && x_gradient)
        loops(pass)->slope(x_gradient, &crown, g, layer->weight);
    return is_all;
}
