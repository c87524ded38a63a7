/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/geometry.h"

#include "base/npy.h"
#include "cli/amount.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define VALUE(name, code, help, what) \
    {name, '\0', POPT_ARG_STRING, NULL, code, help, what}

const struct poptOption gf_geometry_table[] = {
    VALUE("state", GF_OPTION_STATE,
          "the parameters of the critic, then of the generator, as text or NPY",
          "FILE"),
    VALUE("steps", GF_OPTION_STEPS,
          "train so many steps first; default: none", "N"),
    VALUE("optimizer", GF_OPTION_OPTIMIZER,
          "by this rule, as of 'train'", "RULE"),
    VALUE("critic-optimizer", GF_OPTION_CRITIC_OPTIMIZER,
          "another one for the critic", "RULE"),
    VALUE("generator-optimizer", GF_OPTION_GENERATOR_OPTIMIZER,
          "another one for the generator", "RULE"),
    VALUE("step", GF_OPTION_STEP,
          "step of both, or of critic and generator; default 0.001", "H[,H]"),
    VALUE("order", GF_OPTION_ORDER,
          "alternating (the default) or simultaneous", "ORDER"),
    VALUE("critic-steps", GF_OPTION_CRITIC_STEPS,
          "alternating: of the critic for one of the generator; default 1",
          "K"),
    VALUE("clip", GF_OPTION_CLIP,
          "after each of its moves put the critic's parameters between -C and "
          "C", "C"),
    POPT_TABLEEND
};
/* clang-format on */

/* --- words ------------------------------------------------------------------
 */

int gf_geometry_complain(const gf_call *call, const gf_error *error)
{
    return gf_complain_error(call, gf_exit_of(error->status, GF_EXIT_FIELD),
                             error);
}

int gf_geometry_finish(const gf_call *call, gf_status status, char *answer,
                       const gf_error *error)
{
    int exit_status = status ? gf_geometry_complain(call, error)
                             : gf_answer_write(call, answer);

    free(answer);
    return exit_status;
}

/* --- the duel --------------------------------------------------------------
 */

/* Reads so many numbers; the caller frees *out. */
static int read_numbers(double **out, const gf_call *call, const char *path,
                        size_t rows, size_t columns, const char *what)
{
    gf_matrix matrix = {.at = NULL};
    gf_error error;
    bool fits;

    gf_error_clear(&error);
    if (gf_matrix_read(&matrix, path, &error))
        return gf_complain_error(call, GF_EXIT_FILE, &error);
    fits = rows == 1 ? matrix.rows * matrix.columns == columns
                     : matrix.rows == rows && matrix.columns == columns;
    if (fits) {
        *out = matrix.at;
        return GF_EXIT_ANSWERED;
    }
    free(matrix.at);
    return gf_complain(call, GF_EXIT_FILE,
                       "'%s' holds %zu x %zu numbers; %s are %zu x %zu", path,
                       matrix.rows, matrix.columns, what, rows, columns);
}

/* The state where a training ends. */
static int train(gf_geometry_place *place, const gf_call *call,
                 const gf_training_setup *setup)
{
    gf_training *training = NULL;
    gf_error error;
    gf_status status;
    int exit_status = GF_EXIT_ANSWERED;

    gf_error_clear(&error);
    status = gf_training_new(&training, setup, &error);
    if (!status)
        status = gf_training_go(training, setup->steps, NULL, NULL, &error);
    if (status)
        exit_status = gf_geometry_complain(call, &error);
    else if (gf_training_step(training) < setup->steps)
        exit_status = gf_complain(call, GF_EXIT_FIELD,
                                  "the training diverged at step %zu; give "
                                  "smaller steps",
                                  gf_training_step(training));
    else
        memcpy(place->z, gf_training_state(training),
               gf_duel_size(place->duel) * sizeof *place->z);
    gf_training_free(training);
    return exit_status;
}

/* The duel of the setup, on its first batch, where it begins. */
static int make(gf_geometry_place *place, const gf_call *call)
{
    gf_error error;

    gf_error_clear(&error);
    if (gf_duel_new(&place->duel, &place->setup, &error))
        return gf_geometry_complain(call, &error);
    place->z = malloc(gf_duel_size(place->duel) * sizeof *place->z);
    if (!place->z)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    gf_duel_start(place->z, place->duel);
    gf_duel_deal(place->duel, 0);
    return GF_EXIT_ANSWERED;
}

static int read_state(gf_geometry_place *place, const gf_call *call,
                      const char *path)
{
    double *at = NULL;
    size_t size = gf_duel_size(place->duel);
    int exit_status = read_numbers(&at, call, path, 1, size,
                                   "the parameters of both players");

    if (!exit_status)
        memcpy(place->z, at, size * sizeof *at);
    free(at);
    return exit_status;
}

int gf_geometry_open(gf_geometry_place *place, const gf_call *call)
{
    const char *path = gf_options_value(call->options, GF_OPTION_STATE);
    bool is_trained = gf_options_count(call->options, GF_OPTION_STEPS) > 0;
    gf_trial_plan plan = {.count = 0};
    gf_training_setup *setup;
    int exit_status;

    *place =
        (gf_geometry_place){.material = calloc(1, sizeof *place->material)};
    if (!place->material)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    if (path && is_trained)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--state and --steps exclude each other");
    exit_status = gf_train_read(&plan, place->material, call);
    if (exit_status)
        return exit_status;
    setup = &place->material->trial[0].setup;
    setup->duel.seed = plan.seed;
    place->setup = setup->duel;
    memcpy(place->text, plan.fighter, sizeof place->text);
    exit_status = make(place, call);
    if (!exit_status && path)
        exit_status = read_state(place, call, path);
    if (!exit_status && is_trained)
        exit_status = train(place, call, setup);
    return exit_status;
}

void gf_geometry_close(gf_geometry_place *place)
{
    gf_duel_free(place->duel);
    free(place->z);
    free(place->direction);
    if (place->material)
        gf_train_clear(place->material);
    free(place->material);
}

gf_duel_report gf_geometry_report(const gf_geometry_place *place)
{
    return (gf_duel_report){place->duel, {place->text[0], place->text[1]}};
}

/* --- planes ------------------------------------------------------------------
 */

/* "I,J": whole numbers. */
static int read_parameters(gf_geometry_slice *slice, const gf_call *call,
                           const char *text)
{
    double *at = NULL;
    size_t count = 0;
    bool are_whole = true;
    int exit_status =
        gf_amount_read_list(&at, &count, call, GF_OPTION_PLANE, text);

    for (size_t i = 0; !exit_status && i < count; i++)
        are_whole =
            are_whole && at[i] >= 0 && at[i] < 1e9 && at[i] == floor(at[i]);
    if (!exit_status && (count != 2 || !are_whole || at[0] == at[1]))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "'--plane %s': two different parameters, "
                                  "counted from 0, as 0,1",
                                  text);
    for (size_t i = 0; !exit_status && i < 2; i++)
        slice->parameter[i] = (size_t)at[i];
    free(at);
    return exit_status;
}

int gf_geometry_read_slice(gf_geometry_slice *slice, gf_geometry_place *place,
                           const gf_call *call, const char *usual)
{
    const char *text = gf_options_value(call->options, GF_OPTION_PLANE);
    size_t own = place->setup.fighter[slice->player].parameters;
    int exit_status;

    text = text ? text : usual;
    slice->seed = place->setup.seed;
    slice->kind = GF_SLICE_TOP;
    if (strcmp(text, "top") == 0)
        return GF_EXIT_ANSWERED;
    slice->kind = GF_SLICE_RANDOM;
    if (strcmp(text, "random") == 0)
        return GF_EXIT_ANSWERED;
    slice->kind = GF_SLICE_PARAMETERS;
    if (text[0] >= '0' && text[0] <= '9' && strchr(text, ','))
        return read_parameters(slice, call, text);
    slice->kind = GF_SLICE_GIVEN;
    exit_status =
        read_numbers(&place->direction, call, text, 2, own, "two directions");
    slice->direction = place->direction;
    return exit_status;
}
