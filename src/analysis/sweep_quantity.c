/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The quantities of a sweep, one row each.  Of a flow: those of the
 * linearisation z' = J z at the wanted rest point; those of an optimizer's map
 * are in sweep_map.c.
 */
#include "analysis/sweep_cell.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <ganfield/ensemble.h>

#include "base/nearest.h"

#define WORD(name, text) text,

static const char *const type_words[] = {GF_TYPE_LIST(WORD)};
static const char *const outcome_words[] = {GF_OUTCOME_LIST(WORD)};
static const char *const fate_words[] = {GF_FATE_LIST(WORD)};

static double of_re(const gf_sweep_cell *c)
{
    return c->re[0];
}

static double of_im(const gf_sweep_cell *c)
{
    return c->im;
}

static double of_re_fast(const gf_sweep_cell *c)
{
    return c->re[1];
}

static double of_trace(const gf_sweep_cell *c)
{
    return c->trace;
}

static double of_determinant(const gf_sweep_cell *c)
{
    return c->determinant;
}

static double of_discriminant(const gf_sweep_cell *c)
{
    return c->discriminant;
}

static double of_decay_time(const gf_sweep_cell *c)
{
    return c->re[0] < 0 ? -1 / c->re[0] : NAN;
}

static double of_damping_ratio(const gf_sweep_cell *c)
{
    return c->determinant > 0 ? -c->trace / (2 * sqrt(c->determinant)) : NAN;
}

static double of_type(const gf_sweep_cell *c)
{
    return c->type;
}

static double of_verdict(const gf_sweep_cell *c)
{
    return c->verdict;
}

static double of_margin(const gf_sweep_cell *c)
{
    return c->margin;
}

static double of_fate(const gf_sweep_cell *c)
{
    return c->fate;
}

static double of_time(const gf_sweep_cell *c)
{
    return c->time;
}

static double of_steps(const gf_sweep_cell *c)
{
    return c->steps;
}

static double of_radius(const gf_sweep_cell *c)
{
    return c->radius;
}

static double of_stable_step(const gf_sweep_cell *c)
{
    return c->stable_step;
}

static double of_best_step(const gf_sweep_cell *c)
{
    return c->best_step;
}

static double of_best_radius(const gf_sweep_cell *c)
{
    return c->best_radius;
}

static double of_exponent(const gf_sweep_cell *c)
{
    return c->exponent;
}

static double of_map_exponent(const gf_sweep_cell *c)
{
    return c->map_exponent;
}

enum {
    J = GF_CELL_JACOBIAN,
    T = GF_CELL_TYPE,
    M = GF_CELL_JACOBIAN | GF_CELL_MAP | GF_CELL_LIMIT,
    H = GF_CELL_JACOBIAN | GF_CELL_MAP | GF_CELL_STEP,
    B = GF_CELL_JACOBIAN | GF_CELL_MAP | GF_CELL_BEST
};

#define NUMBER(name, title, label, needs, of)                                  \
    {                                                                          \
        name, title, label, NULL, 0, needs, of                                 \
    }
#define WORDS(name, title, word, needs, of)                                    \
    {                                                                          \
        name, title, name, word, sizeof(word) / sizeof *(word), needs, of      \
    }

static const gf_sweep_quantity quantities[] = {
    NUMBER("best-radius", "spectral radius at the best step",
           "least spectral radius", B, of_best_radius),
    NUMBER("best-step", "step of the least spectral radius", "best step $h$", B,
           of_best_step),
    NUMBER("damping-ratio", "-trace / (2 sqrt(determinant))", "damping ratio",
           J, of_damping_ratio),
    NUMBER("decay-time", "time in which the slowest mode falls by e",
           "decay time", J, of_decay_time),
    NUMBER("determinant", "determinant of the Jacobian", "determinant", J,
           of_determinant),
    NUMBER("discriminant", "trace^2 - 4 determinant: < 0 for a focus",
           "discriminant", J, of_discriminant),
    NUMBER("eigenvalue-fast", "real part of the other eigenvalue",
           "fastest Re $\\lambda$", J, of_re_fast),
    NUMBER("eigenvalue-im", "imaginary part of the eigenvalue, >= 0",
           "Im $\\lambda$", J, of_im),
    NUMBER("eigenvalue-re", "real part of the slowest eigenvalue",
           "slowest Re $\\lambda$", J, of_re),
    NUMBER("exponent", "largest Lyapunov exponent of the run from the start",
           "Lyapunov exponent", GF_CELL_EXPONENT, of_exponent),
    WORDS("label", "where the run from the start ends", fate_words,
          GF_CELL_FATE, of_fate),
    NUMBER("map-exponent",
           "largest Lyapunov exponent of the optimizer's steps from the start",
           "exponent per step", GF_CELL_MARCH, of_map_exponent),
    NUMBER("margin", "distance of the spectrum from the imaginary axis",
           "spectral margin", T, of_margin),
    NUMBER("spectral-radius", "of the optimizer's map at the step h",
           "spectral radius", H, of_radius),
    NUMBER("stable-step", "largest step up to which all steps are stable",
           "largest stable step $h$", M, of_stable_step),
    NUMBER("steps",
           "step since when the optimizer's run from the start is at rest",
           "steps to converge", GF_CELL_FATE | GF_CELL_COUNT, of_steps),
    NUMBER("time",
           "when the run from the start has converged, for certain; of an "
           "optimizer since when it is at rest",
           "time to converge", GF_CELL_FATE, of_time),
    NUMBER("trace", "trace of the Jacobian", "trace", J, of_trace),
    WORDS("type", "type of the rest point", type_words, T, of_type),
    WORDS("verdict", "verdict on the rest point", outcome_words, T, of_verdict),
};

enum { QUANTITY_COUNT = sizeof quantities / sizeof *quantities };

/* Names that stand for several. */
static const struct {
    const char *name, *member[3];
} groups[] = {
    {"eigenvalue", {"eigenvalue-re", "eigenvalue-im"}},
};

enum { GROUP_COUNT = sizeof groups / sizeof *groups };

size_t gf_sweep_quantity_count(void)
{
    return QUANTITY_COUNT;
}

const gf_sweep_quantity *gf_sweep_quantity_row(size_t i)
{
    return &quantities[i];
}

const char *gf_sweep_quantity_word(const gf_sweep_quantity *quantity,
                                   double value)
{
    return value >= 0 && value < (double)quantity->words
               ? quantity->word[(size_t)value]
               : "none";
}

const gf_sweep_quantity *gf_sweep_quantity_find(const char *name)
{
    for (size_t i = 0; i < QUANTITY_COUNT; i++) {
        if (strcmp(name, quantities[i].name) == 0)
            return &quantities[i];
    }
    return NULL;
}

static gf_status unknown(const char *name, gf_error *error)
{
    const char *names[QUANTITY_COUNT + GROUP_COUNT];
    char list[400];
    size_t used = 0;

    for (size_t i = 0; i < QUANTITY_COUNT; i++) {
        names[i] = quantities[i].name;
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                 i ? ", " : "", names[i]);
        used = used < sizeof list ? used : sizeof list - 1;
    }
    for (size_t i = 0; i < GROUP_COUNT; i++)
        names[QUANTITY_COUNT + i] = groups[i].name;
    const char *near =
        gf_nearest_name(name, names, QUANTITY_COUNT + GROUP_COUNT);
    if (near)
        return gf_error_set(error, GF_NAME,
                            "unknown quantity '%s'; did you mean '%s'?", name,
                            near);
    return gf_error_set(error, GF_NAME, "unknown quantity '%s'; there are %s",
                        name, list);
}

static gf_status add(gf_sweep_plan *plan, const gf_sweep_quantity *quantity,
                     gf_error *error)
{
    for (size_t i = 0; i < plan->quantities; i++) {
        if (plan->quantity[i] == quantity)
            return GF_OK;
    }
    if (plan->quantities == GF_SWEEP_QUANTITIES_MAX)
        return gf_error_set(error, GF_LIMIT, "at most %d quantities",
                            GF_SWEEP_QUANTITIES_MAX);
    plan->quantity[plan->quantities++] = quantity;
    return GF_OK;
}

gf_status gf_sweep_plan_add(gf_sweep_plan *plan, const char *name,
                            gf_error *error)
{
    const gf_sweep_quantity *quantity = gf_sweep_quantity_find(name);
    gf_status status = GF_OK;
    size_t g = 0;

    if (quantity)
        return add(plan, quantity, error);
    while (g < GROUP_COUNT && strcmp(groups[g].name, name) != 0)
        g++;
    if (g == GROUP_COUNT)
        return unknown(name, error);
    for (size_t i = 0; i < 3 && groups[g].member[i] && !status; i++)
        status = add(plan, gf_sweep_quantity_find(groups[g].member[i]), error);
    return status;
}
