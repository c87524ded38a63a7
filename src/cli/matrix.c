/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/matrix.h"

#include <stdio.h>
#include <stdlib.h>

static int read_speed(gf_given *m, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_SPEED);
    double *speed = m->game.speed;
    char after;

    if (text && (sscanf(text, "%lf,%lf%c", &speed[0], &speed[1], &after) != 2 ||
                 !(speed[0] > 0 && speed[1] > 0)))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--speed %s': must be two numbers > 0, as 4,1",
                           text);
    return GF_EXIT_ANSWERED;
}

static int read_blocks(gf_given *m, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_BLOCKS);
    size_t n = m->game.size, critic, generator;
    char after;

    m->game.first = n / 2;
    if (!text && n % 2 == 1)
        return gf_complain(call, GF_EXIT_USAGE,
                           "%zu numbers are not two halves; say whose they are "
                           "by --blocks N,M",
                           n);
    if (!text)
        return GF_EXIT_ANSWERED;
    if (text[0] == '-' ||
        sscanf(text, "%zu,%zu%c", &critic, &generator, &after) != 2 ||
        critic > n || generator > n || critic + generator != n)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--blocks %s': must be two whole numbers whose sum "
                           "is %zu",
                           text, n);
    m->game.first = critic;
    return GF_EXIT_ANSWERED;
}

int gf_given_read(gf_given *m, const gf_call *call)
{
    static const int field[] = {
        GF_OPTION_VARIANT, GF_OPTION_FIELD, GF_OPTION_F1,    GF_OPTION_F2,
        GF_OPTION_F3,      GF_OPTION_DU,    GF_OPTION_DV,    GF_OPTION_SET,
        GF_OPTION_LINK,    GF_OPTION_GAUGE, GF_OPTION_DOMAIN};
    const char *path = gf_options_value(call->options, GF_OPTION_JACOBIAN);
    gf_error error;

    for (size_t i = 0; i < sizeof field / sizeof *field; i++)
        if (gf_options_count(call->options, field[i]) > 0)
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--%s' does not go with --jacobian",
                               gf_options_name(call, field[i]));
    gf_error_clear(&error);
    gf_status status = gf_matrix_read(&m->jacobian, path, &error);
    if (status)
        return gf_complain_error(
            call, status == GF_MEMORY ? GF_EXIT_FAILED : GF_EXIT_FILE, &error);
    if (m->jacobian.rows != m->jacobian.columns || m->jacobian.rows == 0)
        return gf_complain(call, GF_EXIT_FILE,
                           "'%s': must be a square matrix, n x n", path);
    m->game = (gf_linear){
        .size = m->jacobian.rows, .jacobian = m->jacobian.at, .speed = {1, 1}};
    int exit_status = read_blocks(m, call);
    return exit_status ? exit_status : read_speed(m, call);
}

void gf_given_clear(gf_given *m)
{
    free(m->jacobian.at);
    *m = (gf_given){.jacobian = {.at = NULL}};
}
