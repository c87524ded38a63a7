/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of facts. */
#include "analysis/fact.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

typedef struct row {
    const char *name, *title, *source;
    gf_status (*find)(gf_fact *fact, const gf_fact_call *call);
} row;

static const row rows[] = {
    {"discriminator", "the optimal discriminator D* = p/(p + q)",
     "goodfellow2014", gf_fact_discriminator},
    {"parallel-lines", "distances of two parallel lines", "arjovsky2017",
     gf_fact_parallel_lines},
    {"vanishing", "gradients of generators whose critic is optimal",
     "arjovsky2017a", gf_fact_vanishing},
    {"near-optimal", "the minimax gradient as D nears D*, and its bound",
     "arjovsky2017a", gf_fact_near_optimal},
    {"log-d", "E[-grad log D*] = grad (KL(Q|P) - 2 JS)", "arjovsky2017a",
     gf_fact_log_d},
    {"noise", "distances of two points with added noise", "arjovsky2017a",
     gf_fact_noise},
    {"saturation", "slopes of log(1 - D) and log D in the logit",
     "goodfellow2014", gf_fact_saturation},
    {"disjoint", "a critic where there are no fakes, over time",
     "arjovsky2017a", gf_fact_disjoint},
    {"metric", "the root of JS is a metric, JS is not", "endres2003",
     gf_fact_metric},
    {"f-gan", "variational bounds, as shares of the divergences", "nowozin2016",
     gf_fact_f_gan},
    {"response", "how the optimal critic follows the generator",
     "goodfellow2014", gf_fact_response},
    {"otto", "gradient fields that move a density as its parameters do",
     "otto2001", gf_fact_otto},
    {"holonomy", "parallel transport of plane normals round a loop",
     "takatsu2011", gf_fact_holonomy},
};

enum { ROWS = sizeof rows / sizeof *rows };

const char *gf_fact_name(size_t i)
{
    return i < ROWS ? rows[i].name : NULL;
}

const char *gf_fact_title(size_t i)
{
    return i < ROWS ? rows[i].title : NULL;
}

void gf_fact_clear(gf_fact *fact)
{
    free(fact->cell);
    *fact = (gf_fact){.rows = 0};
}

gf_status gf_fact_table(gf_fact *fact, size_t count, gf_error *error,
                        const char *const *names)
{
    while (names[fact->columns] && fact->columns < GF_FACT_COLUMNS) {
        fact->column[fact->columns] = names[fact->columns];
        fact->columns++;
    }
    fact->rows = count;
    fact->drawn = 1;
    fact->cell = malloc(count * fact->columns * sizeof *fact->cell);
    if (!fact->cell)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < count * fact->columns; i++)
        fact->cell[i] = NAN;
    return GF_OK;
}

double *gf_fact_row(gf_fact *fact, size_t i)
{
    return fact->cell + i * fact->columns;
}

void gf_fact_add(gf_fact *fact, const char *label, double value,
                 const char *against, double other)
{
    gf_fact_note *note;

    if (fact->notes == GF_FACT_NOTES)
        return;
    note = &fact->note[fact->notes++];
    snprintf(note->label, sizeof note->label, "%s", label);
    snprintf(note->against, sizeof note->against, "%s", against);
    note->value = value;
    note->other = other;
}

gf_status gf_fact_distances(gf_divergences *out, const char *p_text,
                            const char *q_text, const gf_divergence_kind *kind,
                            size_t count, gf_error *error)
{
    gf_distribution *p = NULL, *q = NULL;
    gf_divergence_options options;
    gf_status status = gf_distribution_read(&p, p_text, error);

    gf_divergence_defaults(&options);
    memset(options.which, 0, sizeof options.which);
    for (size_t i = 0; i < count; i++)
        options.which[kind[i]] = true;
    if (!status)
        status = gf_distribution_read(&q, q_text, error);
    if (!status)
        status = gf_divergences_find(out, p, q, &options, error);
    gf_distribution_free(p);
    gf_distribution_free(q);
    return status;
}

static const row *find_row(const char *name, gf_error *error)
{
    const char *names[ROWS], *near;

    for (size_t i = 0; i < ROWS; i++) {
        names[i] = rows[i].name;
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    }
    near = gf_nearest_name(name, names, ROWS);
    if (near)
        gf_error_set(error, GF_NAME, "unknown fact '%.40s'; did you mean '%s'?",
                     name, near);
    else
        gf_error_set(error, GF_NAME,
                     "unknown fact '%.40s'; 'ganfield help distance' lists "
                     "them",
                     name);
    return NULL;
}

gf_status gf_fact_find(gf_fact *fact, const char *name,
                       const gf_distribution *p, const gf_distribution *q,
                       unsigned long seed, gf_error *error)
{
    const row *found = find_row(name, error);
    gf_distribution *usual[2] = {NULL, NULL};
    gf_fact_call call = {.p = p, .q = q, .seed = seed, .error = error};
    gf_status status = GF_OK;

    *fact = (gf_fact){.rows = 0};
    if (!found)
        return GF_NAME;
    fact->name = found->name;
    fact->title = found->title;
    fact->source = found->source;
    if (!p) {
        status = gf_distribution_read(&usual[0], "normal(0,1)", error);
        call.p = usual[0];
    }
    if (!q && !status) {
        status = gf_distribution_read(&usual[1], "normal(1,1)", error);
        call.q = usual[1];
    }
    if (!status)
        status = found->find(fact, &call);
    gf_distribution_free(usual[0]);
    gf_distribution_free(usual[1]);
    if (status)
        gf_fact_clear(fact);
    return status;
}
