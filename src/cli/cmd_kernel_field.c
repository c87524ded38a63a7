/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/choose.h"

#include <ganfield/play.h>

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

/* clang-format off */
static const struct poptOption own_options[] = {
    {"net", '\0', POPT_ARG_STRING, NULL, GF_OPTION_NET,
     "the critic, as 1-16-1:tanh; its output is D, or u with --link", "NET"},
    {"generator", '\0', POPT_ARG_STRING, NULL, GF_OPTION_GENERATOR,
     "the generator; default: as the critic, without norm and head", "NET"},
    {"representation", '\0', POPT_ARG_STRING, NULL, GF_OPTION_REPRESENTATION,
     "what the generator gives: density, softmax (a density of mass 1, the "
     "default) or pushforward (particles)", "NAME"},
    {"data", '\0', POPT_ARG_STRING, NULL, GF_OPTION_DATA,
     "p_d, a distribution as of 'distance'; default normal(0,1)", "DIST"},
    {"points", '\0', POPT_ARG_STRING, NULL, GF_OPTION_POINTS,
     "where the critic meets the data; default grid:-4:4:33", "grid:LO:HI:N"},
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
    {"until", '\0', POPT_ARG_STRING, NULL, GF_OPTION_UNTIL,
     "run to this time; default: no run", "T"},
    {"step", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEP,
     "of the run, which is made again with half of it; default: a tenth over "
     "the fastest rate", "H"},
    POPT_TABLEEND
};

const struct poptOption gf_kernel_field_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(own_options, "Nets, data and run:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

static int exit_of(gf_status status)
{
    switch (status) {
    case GF_OK:
        return GF_EXIT_ANSWERED;
    case GF_READ:
        return GF_EXIT_FILE;
    case GF_MEMORY:
    case GF_INTERNAL:
        return GF_EXIT_FAILED;
    default:
        return GF_EXIT_FIELD;
    }
}

/* --- words ------------------------------------------------------------- */

/* The index of a word among others, by default 0. */
static int read_word(int *out, const gf_call *call, int option,
                     const char *const *words, size_t count, const char *name)
{
    const char *text = gf_options_value(call->options, option), *near;

    *out = 0;
    if (!text)
        return GF_EXIT_ANSWERED;
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], text) == 0) {
            *out = (int)i;
            return GF_EXIT_ANSWERED;
        }
    near = gf_nearest_name(text, words, count);
    return gf_complain(call, GF_EXIT_USAGE, "--%s: unknown '%s'%s%s%s", name,
                       text, near ? "; did you mean '" : "", near ? near : "",
                       near ? "'?" : "");
}

static int read_words(gf_play_setup *setup, const gf_call *call)
{
    static const char *const kinds[] = {"softmax", "density", "pushforward"};
    static const gf_representation kind_of[] = {GF_SOFTMAX, GF_DENSITY,
                                                GF_PUSHFORWARD};
    static const char *const modes[] = {"separate", "joint", "gsep", "eval"};
    int kind, mode = 0;
    int exit_status = read_word(&kind, call, GF_OPTION_REPRESENTATION, kinds, 3,
                                "representation");

    if (!exit_status)
        exit_status = read_word(&mode, call, GF_OPTION_BN, modes, 4, "bn");
    setup->representation = kind_of[kind];
    setup->bn = (gf_bn_mode)mode;
    return exit_status;
}

/* --- nets -------------------------------------------------------------- */

static int read_net(gf_net_shape *out, const gf_call *call, int option)
{
    const char *text = gf_options_value(call->options, option);
    const char *rule = gf_options_value(call->options, GF_OPTION_INIT);
    gf_error error;

    gf_error_clear(&error);
    if (gf_net_parse(out, text, &error))
        return gf_complain_error(call, GF_EXIT_FIELD, &error);
    if (rule && gf_net_parse_init(out, rule, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    return GF_EXIT_ANSWERED;
}

static int read_nets(gf_play_setup *setup, const gf_call *call)
{
    size_t seed = 0;
    int exit_status;

    if (!gf_options_value(call->options, GF_OPTION_NET))
        return gf_complain(call, GF_EXIT_USAGE,
                           "no net for the critic: --net 1-16-1:tanh");
    exit_status = read_net(&setup->critic, call, GF_OPTION_NET);
    if (exit_status)
        return exit_status;
    setup->generator = setup->critic;
    setup->generator.norm = GF_NORM_NONE;
    setup->generator.head = GF_HEAD_IDENTITY;
    setup->generator.seed++;
    if (gf_options_value(call->options, GF_OPTION_GENERATOR))
        exit_status = read_net(&setup->generator, call, GF_OPTION_GENERATOR);
    if (!exit_status && gf_options_value(call->options, GF_OPTION_SEED)) {
        exit_status =
            gf_amount_read_count(&seed, call, GF_OPTION_SEED, 1000000000);
        setup->critic.seed = 2 * seed;
        setup->generator.seed = 2 * seed + 1;
    }
    return exit_status;
}

/* --- the rest ---------------------------------------------------------- */

static int read_course(gf_play_setup *setup, const gf_call *call)
{
    gf_course_options *o = &setup->course;
    int exit_status = gf_amount_read_positive(&o->until, call, GF_OPTION_UNTIL);

    if (!exit_status)
        exit_status = gf_amount_read_positive(&o->step, call, GF_OPTION_STEP);
    if (!exit_status)
        exit_status = gf_amount_read_count(&setup->particles, call,
                                           GF_OPTION_PARTICLES, 100000);
    o->frozen = gf_options_count(call->options, GF_OPTION_FROZEN) > 0;
    if (!exit_status && o->until == 0 && (o->frozen || o->step > 0))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "--%s is of a run, and there is none: "
                                  "--until T",
                                  o->frozen ? "frozen" : "step");
    return exit_status;
}

typedef struct material {
    gf_distribution *data;
    gf_points points;
} material;

static int read_material(material *m, gf_play_setup *setup, const gf_call *call)
{
    const char *data = gf_options_value(call->options, GF_OPTION_DATA);
    const char *points = gf_options_value(call->options, GF_OPTION_POINTS);
    gf_error error;
    gf_status status;

    gf_error_clear(&error);
    status =
        gf_distribution_read(&m->data, data ? data : "normal(0,1)", &error);
    if (!status)
        status = gf_points_read(&m->points, points ? points : "grid:-4:4:33", 1,
                                &error);
    if (status)
        return gf_complain_error(call, exit_of(status), &error);
    setup->data = m->data;
    setup->x = m->points.x;
    setup->count = m->points.count;
    return GF_EXIT_ANSWERED;
}

static int play(const gf_call *call, const gf_play_setup *setup)
{
    gf_report_options how = {0};
    gf_play p;
    gf_error error;
    char *answer = NULL;
    int exit_status = gf_answer_list_format(&how.format, call);
    gf_status status;

    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_play_init(&p);
    status = gf_play_run(&p, setup, &error);
    if (!status)
        status = gf_report_play(&answer, &p, &how, &error);
    exit_status = status ? gf_complain_error(call, exit_of(status), &error)
                         : gf_answer_write(call, answer);
    free(answer);
    gf_play_clear(&p);
    return exit_status;
}

int gf_cmd_kernel_field(const gf_call *call)
{
    gf_play_setup setup = {0};
    material m = {0};
    gf_choice choice;
    int exit_status = gf_choose_field(&choice, call);

    if (!exit_status)
        exit_status = read_words(&setup, call);
    if (!exit_status)
        exit_status = read_nets(&setup, call);
    if (!exit_status)
        exit_status = read_course(&setup, call);
    if (!exit_status)
        exit_status = read_material(&m, &setup, call);
    if (!exit_status) {
        setup.field = choice.field[0];
        exit_status = play(call, &setup);
    }
    gf_distribution_free(m.data);
    free(m.points.x);
    gf_choice_clear(&choice);
    return exit_status;
}
