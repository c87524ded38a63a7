/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands on two nets in a game share. */
#include "cli/play.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "cli/amount.h"

/* clang-format off */
const struct poptOption gf_play_table[] = {
    {"generator", '\0', POPT_ARG_STRING, NULL, GF_OPTION_GENERATOR,
     "the generator; default: as the critic, without norm and head", "NET"},
    {"representation", '\0', POPT_ARG_STRING, NULL, GF_OPTION_REPRESENTATION,
     "what the generator gives: density, softmax (a density of mass 1, the "
     "default) or pushforward (particles)", "NAME"},
    {"data", '\0', POPT_ARG_STRING, NULL, GF_OPTION_DATA,
     "p_d, a distribution as of 'distance', or teacher: what another net of "
     "the generator's shape gives; default normal(0,1)", "DIST"},
    {"points", '\0', POPT_ARG_STRING, NULL, GF_OPTION_POINTS,
     "where the critic meets the data: grid:LO:HI:N, data:DIST:N (quantiles) or "
     "data:DIST:N:seed=S (a sample); default grid:-4:4:33", "POINTS"},
    {"particles", '\0', POPT_ARG_STRING, NULL, GF_OPTION_PARTICLES,
     "of a pushforward; default 64", "N"},
    {"init", '\0', POPT_ARG_STRING, NULL, GF_OPTION_INIT,
     "of both nets: he, lecun, xavier, normal:SIGMA, orthogonal or reference",
     "RULE"},
    {"bn", '\0', POPT_ARG_STRING, NULL, GF_OPTION_BN,
     "which points share a batch norm's statistics: separate (the default), "
     "joint, gsep or eval", "MODE"},
    {"frozen", '\0', POPT_ARG_NONE, NULL, GF_OPTION_FROZEN,
     "keep the kernels of the start instead of training the nets", NULL},
    {"same-scale", '\0', POPT_ARG_NONE, NULL, GF_OPTION_SAME_SCALE,
     "divide the critic's kernel by its scale, tr K/n, so that all nets are as "
     "fast", NULL},
    {"until", '\0', POPT_ARG_STRING, NULL, GF_OPTION_UNTIL,
     "run to this time; default: no run", "T"},
    {"step", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEP,
     "of the run, which is made again with half of it; default: a tenth over "
     "the fastest rate, at least a 20000th of --until", "H"},
    POPT_TABLEEND
};
/* clang-format on */

/* --- words ------------------------------------------------------------- */

/* The index of a word among others; without a text 0. */
static int read_word(int *out, const gf_call *call, const char *text,
                     const char *const *words, size_t count, const char *name)
{
    const char *near;

    *out = 0;
    if (!text)
        return GF_EXIT_ANSWERED;
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], text) == 0) {
            *out = (int)i;
            return GF_EXIT_ANSWERED;
        }
    near = gf_nearest_name(text, words, count);
    if (near)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--%s: unknown '%s'; did you mean '%s'?", name, text,
                           near);
    char all[128] = "";
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(all);
        snprintf(all + length, sizeof all - length, "%s%s",
                 i == 0          ? ""
                 : i + 1 < count ? ", "
                                 : " or ",
                 words[i]);
    }
    return gf_complain(call, GF_EXIT_USAGE, "--%s: unknown '%s'; it is %s",
                       name, text, all);
}

int gf_play_read_bn(gf_bn_mode *out, const gf_call *call, const char *text)
{
    const char *modes[GF_BN_EVAL + 1];
    int mode, exit_status;

    for (int i = 0; i <= GF_BN_EVAL; i++)
        modes[i] = gf_bn_mode_name((gf_bn_mode)i);
    exit_status = read_word(&mode, call, text, modes, GF_BN_EVAL + 1, "bn");
    *out = (gf_bn_mode)mode;
    return exit_status;
}

static int read_words(gf_play_setup *setup, const gf_call *call)
{
    static const char *const kinds[] = {"softmax", "density", "pushforward"};
    static const gf_representation kind_of[] = {GF_SOFTMAX, GF_DENSITY,
                                                GF_PUSHFORWARD};
    int kind;
    int exit_status = read_word(
        &kind, call, gf_options_value(call->options, GF_OPTION_REPRESENTATION),
        kinds, 3, "representation");

    if (!exit_status)
        exit_status = gf_play_read_bn(
            &setup->bn, call, gf_options_value(call->options, GF_OPTION_BN));
    setup->representation = kind_of[kind];
    return exit_status;
}

/* --- run and data ------------------------------------------------------ */

static int read_course(gf_play_setup *setup, const gf_call *call)
{
    gf_course_options *o = &setup->course;
    int exit_status = gf_amount_read_positive(&o->until, call, GF_OPTION_UNTIL);

    if (!exit_status)
        exit_status = gf_amount_read_positive(&o->step, call, GF_OPTION_STEP);
    if (!exit_status)
        exit_status = gf_amount_read_count(&setup->particles, call,
                                           GF_OPTION_PARTICLES, 100000);
    setup->same_scale =
        gf_options_count(call->options, GF_OPTION_SAME_SCALE) > 0;
    o->frozen = gf_options_count(call->options, GF_OPTION_FROZEN) > 0;
    if (!exit_status && o->until == 0 && (o->frozen || o->step > 0))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "--%s is of a run, and there is none: "
                                  "--until T",
                                  o->frozen ? "frozen" : "step");
    return exit_status;
}

bool gf_play_is_teacher(const char *data)
{
    return data && strcmp(data, "teacher") == 0;
}

static int read_material(gf_play_material *m, gf_play_setup *setup,
                         const gf_call *call)
{
    const char *data = gf_options_value(call->options, GF_OPTION_DATA);
    const char *points = gf_options_value(call->options, GF_OPTION_POINTS);
    gf_error error;
    gf_status status;

    gf_error_clear(&error);
    status = gf_play_is_teacher(data)
                 ? GF_OK
                 : gf_distribution_read(&m->data, data ? data : "normal(0,1)",
                                        &error);
    if (!status)
        status = gf_points_read(&m->points, points ? points : "grid:-4:4:33", 1,
                                &error);
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD),
                                 &error);
    setup->data = m->data;
    setup->x = m->points.x;
    setup->count = m->points.count;
    return GF_EXIT_ANSWERED;
}

int gf_play_read(gf_play_setup *setup, gf_play_material *material,
                 const gf_call *call)
{
    int exit_status = read_words(setup, call);

    if (!exit_status)
        exit_status = read_course(setup, call);
    if (!exit_status)
        exit_status = read_material(material, setup, call);
    return exit_status;
}

int gf_play_read_net(gf_net_shape *out, const gf_call *call, const char *text)
{
    const char *rule = gf_options_value(call->options, GF_OPTION_INIT);
    gf_error error;

    gf_error_clear(&error);
    if (gf_net_parse(out, text, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    if (rule && gf_net_parse_init(out, rule, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    return GF_EXIT_ANSWERED;
}

int gf_play_read_generator(gf_net_shape *out, const gf_call *call,
                           const gf_net_shape *critic)
{
    const char *text = gf_options_value(call->options, GF_OPTION_GENERATOR);

    if (text)
        return gf_play_read_net(out, call, text);
    *out = *critic;
    out->norm = GF_NORM_NONE;
    out->head = GF_HEAD_IDENTITY;
    out->seed++;
    out->parameters = 0;
    for (size_t l = 0; l < out->layers; l++)
        out->parameters += (out->size[l] + 1) * out->size[l + 1];
    return GF_EXIT_ANSWERED;
}

void gf_play_material_clear(gf_play_material *material)
{
    gf_distribution_free(material->data);
    free(material->points.x);
}
