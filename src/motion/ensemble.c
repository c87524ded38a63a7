/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/ensemble.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

/* --- tables ------------------------------------------------------------ */

static const gf_ensemble_rule rules[] = {
    {"rk4", "Runge-Kutta of order 4", 4, true, "kutta1901"},
};

enum { RULES = sizeof rules / sizeof *rules };

size_t gf_ensemble_rule_count(void)
{
    return RULES;
}

const gf_ensemble_rule *gf_ensemble_rule_row(size_t i)
{
    return &rules[i];
}

const gf_ensemble_rule *gf_ensemble_rule_find(const char *name)
{
    for (size_t i = 0; i < RULES; i++)
        if (strcmp(rules[i].name, name) == 0)
            return &rules[i];
    return NULL;
}

#define FATE_TEXT(name, text) text,
static const char *const fates[] = {GF_FATE_LIST(FATE_TEXT)};

const char *gf_fate_name(gf_fate_label label)
{
    if ((size_t)label < sizeof fates / sizeof *fates)
        return fates[label];
    return "unknown";
}

/* --- options ----------------------------------------------------------- */

static gf_status check_rule(const gf_ensemble_options *options, gf_error *error)
{
    const char *names[RULES];

    if (gf_ensemble_rule_find(options->rule))
        return GF_OK;
    for (size_t i = 0; i < RULES; i++)
        names[i] = rules[i].name;
    const char *near = gf_nearest_name(options->rule, names, RULES);
    return gf_error_set(error, GF_NAME, "'%s': unknown rule%s%s%s",
                        options->rule, near ? "; did you mean '" : "",
                        near ? near : "", near ? "'?" : "");
}

static gf_status check_numbers(const gf_ensemble_options *options,
                               gf_error *error)
{
    const char *trouble = NULL;
    size_t width = options->width;

    if (!(options->step > 0) || !isfinite(options->step))
        trouble = "the step must be > 0";
    else if (!(options->until > 0) || !isfinite(options->until))
        trouble = "the longest time must be > 0 and finite";
    else if (options->until / options->step > 1e9)
        trouble = "too many steps: at most a thousand million";
    else if (!(options->tolerance > 0) || !(options->tolerance < 1))
        trouble = "the tolerance must be > 0 and below 1";
    else if (options->threads > GF_ENSEMBLE_THREADS_MAX)
        trouble = "too many threads: at most 1024";
    else if (width != 0 && width != 16 && width != 32 && width != 64)
        trouble = "the width must be 16, 32 or 64";
    return trouble ? gf_error_set(error, GF_ARGUMENT, "%s", trouble) : GF_OK;
}

static gf_status settle(gf_ensemble_options *options, gf_error *error)
{
    if (!options->rule)
        options->rule = rules[0].name;
    if (options->step == 0)
        options->step = GF_ENSEMBLE_STEP;
    if (options->until == 0)
        options->until = GF_ENSEMBLE_UNTIL;
    if (options->tolerance == 0)
        options->tolerance = GF_ENSEMBLE_TOLERANCE;
    gf_status status = check_rule(options, error);
    return status ? status : check_numbers(options, error);
}

/* --- ensembles --------------------------------------------------------- */

gf_status gf_ensemble_new(gf_ensemble **out, const gf_field *field,
                          const gf_ensemble_options *options, gf_error *error)
{
    gf_ensemble_options settled = *options;
    gf_status status = settle(&settled, error);

    *out = NULL;
    if (status)
        return status;
    gf_ensemble *e = calloc(1, sizeof *e);
    if (!e)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    e->field = field;
    e->rule = gf_ensemble_rule_find(settled.rule);
    e->options = settled;
    *out = e;
    return GF_OK;
}

void gf_ensemble_free(gf_ensemble *ensemble)
{
    free(ensemble);
}

static bool is_inside(const gf_field *field, gf_vec2 p)
{
    return gf_range_has(field->domain[0], p.x) &&
           gf_range_has(field->domain[1], p.y) && isfinite(p.x) &&
           isfinite(p.y);
}

gf_status gf_ensemble_run(gf_fate *out, const gf_ensemble *ensemble,
                          const gf_vec2 *start, size_t count, gf_error *error)
{
    gf_status status = GF_OK;

    for (size_t i = 0; i < count && !status; i++) {
        if (is_inside(ensemble->field, start[i]))
            status = gf_ensemble_follow(&out[i], ensemble, start[i], error);
        else
            out[i] = (gf_fate){.label = GF_FATE_LEFT_DOMAIN,
                               .target = ensemble->options.target_count,
                               .left_physical_at = NAN,
                               .at = start[i]};
    }
    return status;
}
