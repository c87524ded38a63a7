/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trainings: how they went, and all that was measured. */
#include <ganfield/report.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/layout.h"
#include "report/train.h"

enum { RUN = 2, CELL = 10, TITLE = 24, ROWS = 12 };

/* The i-th training of a run. */
static const gf_training *training_of(const gf_trials *s, size_t run, size_t i)
{
    return s->training[run * s->plan.seeds + i];
}

static double last(const gf_training *t, gf_training_column column)
{
    const gf_training_row *row;
    size_t rows = gf_training_rows(&row, t);

    return rows > 0 ? row[rows - 1].value[column] : NAN;
}

/* --- text -------------------------------------------------------------- */

static void add_setup(gf_text *out, const gf_trials *s)
{
    const gf_training_setup *setup = &s->plan.trial[0].setup;
    const gf_duel_setup *duel = &setup->duel;
    const gf_field *field = duel->field;

    gf_text_addf(out, "%s%s%s, data %s\n", field->name,
                 field->link_text ? ", D = " : "",
                 field->link_text ? field->link_text : "",
                 gf_distribution_text(duel->data));
    gf_text_addf(out, "  generator    %s, %zu parameters, latent %s\n",
                 s->plan.fighter[GF_GENERATOR],
                 duel->fighter[GF_GENERATOR].parameters,
                 gf_latent_name(duel->latent));
    gf_text_addf(out, "  critic       %s, %zu parameters\n",
                 s->plan.fighter[GF_CRITIC],
                 duel->fighter[GF_CRITIC].parameters);
    gf_text_addf(out, "  %s of %zu, %zu steps, %s",
                 duel->is_full ? "full batch  " : "batches     ", duel->batch,
                 setup->steps, gf_order_name(setup->order));
    if (setup->order == GF_ALTERNATING && setup->critic_steps > 1)
        gf_text_addf(out, " %zu : 1", setup->critic_steps);
    if (setup->clip > 0)
        gf_text_addf(out, ", clipped to %g", setup->clip);
    gf_layout_end(out);
}

/* With four places, or as many digits where it is large. */
static void add_cell(gf_text *out, size_t column, gf_training_column what,
                     double x)
{
    char text[32];
    bool is_count = what == GF_TRAINING_STEP || what == GF_TRAINING_MODES;

    if (!isfinite(x))
        snprintf(text, sizeof text, "-");
    else
        snprintf(text, sizeof text,
                 is_count        ? "%.0f"
                 : fabs(x) < 1e2 ? "%.4f"
                 : fabs(x) < 1e4 ? "%.2f"
                                 : "%.3g",
                 x);
    gf_layout_to(out, column + CELL - strlen(text), text);
}

static void add_cells(gf_text *out, const double *value,
                      const gf_training_column *column, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_cell(out, i * CELL, column[i], value[column[i]]);
    gf_layout_end(out);
}

/* The one of the two that there is: by densities, or by bins. */
static gf_training_column js_of(const char **title, const gf_trials *s)
{
    bool is_exact = gf_duel_has_densities(&s->plan.trial[0].setup.duel);

    *title = is_exact ? "JS" : "JS bins";
    return is_exact ? GF_TRAINING_JS : GF_TRAINING_JS_BINS;
}

/* Some of the rows of the first training. */
static void add_rows(gf_text *out, const gf_trials *s)
{
    const gf_training *t = s->training[0];
    const char *js;
    const gf_training_column column[] = {
        GF_TRAINING_STEP, GF_TRAINING_CRITIC_LOSS, GF_TRAINING_GENERATOR_LOSS,
        GF_TRAINING_MEAN, GF_TRAINING_SD,          GF_TRAINING_W1,
        js_of(&js, s),    GF_TRAINING_MODES};
    const char *const title[] = {"step", "loss D", "loss G", "mean",
                                 "sd",   "W1",     js,       "modes"};
    enum { COLUMNS = sizeof column / sizeof *column };
    const gf_training_row *row;
    size_t rows = gf_training_rows(&row, t);
    size_t every = rows > ROWS ? (rows - 1) / (ROWS - 2) : 1;

    for (size_t i = 0; i < COLUMNS; i++)
        gf_layout_to(out, (i + 1) * CELL - strlen(title[i]), title[i]);
    gf_layout_end(out);
    for (size_t i = 0; i + 1 < rows; i += every)
        add_cells(out, row[i].value, column, COLUMNS);
    if (rows > 0)
        add_cells(out, row[rows - 1].value, column, COLUMNS);
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* "0.05 (0.02 .. 0.1)": median, least and most over the seeds. */
static void add_spread(gf_text *out, size_t column, const gf_trials *s,
                       size_t run, gf_training_column what)
{
    double value[GF_TRIALS_SEEDS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < s->plan.seeds; i++) {
        value[n] = last(training_of(s, run, i), what);
        n += isfinite(value[n]) ? 1 : 0;
    }
    qsort(value, n, sizeof *value, by_size);
    gf_layout_to(out, column, n > 0 ? "" : "-");
    if (n == 0)
        return;
    gf_layout_number(out, (value[(n - 1) / 2] + value[n / 2]) / 2, 3);
    if (n == 1)
        return;
    gf_text_add(out, " (");
    gf_layout_number(out, value[0], 3);
    gf_text_add(out, " .. ");
    gf_layout_number(out, value[n - 1], 3);
    gf_text_add(out, ")");
}

/* "3 converged, 2 orbit" */
static void add_verdicts(gf_text *out, const gf_trials *s, size_t run)
{
    enum { NOT_BEGUN = GF_TRAINING_VERDICTS, WORDS };
    size_t count[WORDS] = {0};
    bool has_one = false;

    for (size_t i = 0; i < s->plan.seeds; i++) {
        const gf_training *t = training_of(s, run, i);
        const gf_training_row *row;
        count[gf_training_rows(&row, t) > 0 ? gf_training_judge(t).verdict
                                            : NOT_BEGUN]++;
    }
    for (int v = 0; v < WORDS; v++) {
        if (count[v] == 0)
            continue;
        gf_text_addf(out, has_one ? ", " : "");
        if (s->plan.seeds > 1)
            gf_text_addf(out, "%zu ", count[v]);
        gf_text_add(out, v == NOT_BEGUN ? "not begun"
                                        : gf_training_verdict_name(
                                              (gf_training_verdict)v));
        has_one = true;
    }
}

static void add_run(gf_text *out, const gf_trials *s, size_t run)
{
    const char *label = s->plan.trial[run].label, *js;

    gf_layout_to(out, RUN, label);
    if (strlen(label) > TITLE - RUN - 2)
        gf_layout_end(out);
    add_spread(out, TITLE, s, run, GF_TRAINING_W1);
    add_spread(out, TITLE + 26, s, run, js_of(&js, s));
    gf_layout_end(out);
    gf_layout_to(out, TITLE, "");
    add_verdicts(out, s, run);
    gf_layout_end(out);
}

/* "the mean 4 times through its average, 0.5 to each side, ..." */
static void add_swings(gf_text *line, const gf_judgement *j)
{
    gf_text_addf(line, "; %s %zu times through its average",
                 j->is_spread ? "the spread" : "the mean", j->crossings);
    if (j->crossings == 0)
        return;
    gf_text_addf(line, ", %.3g to each side", j->swing);
    if (isfinite(j->swing_growth))
        gf_text_addf(line, ", later %.3g times as far", j->swing_growth);
    if (j->is_noisy && j->verdict == GF_TRAINING_UNKNOWN)
        gf_text_add(line, ": the noise of batches, or swings that a smaller "
                          "--every shows");
}

static void add_evidence(gf_text *line, const gf_judgement *j)
{
    gf_text_addf(line, "in the last %zu rows ", j->rows);
    if (isfinite(j->w1_most))
        gf_text_addf(line, "W1 from %.3g to %.3g, mean %.3g, ", j->w1_least,
                     j->w1_most, j->w1_mean);
    else
        gf_text_add(line, "W1 infinite, as the data have no mean, ");
    gf_text_addf(line, "spread from %.3g to %.3g", j->sd_least, j->sd_most);
    if (isfinite(j->data_sd))
        gf_text_addf(line, " (data %.3g)", j->data_sd);
    else
        gf_text_addf(line, " (data none; by quartiles %.3g)", j->scale);
    if (j->modes_due > 0)
        gf_text_addf(line, ", %g of %g modes", j->modes_most, j->modes_due);
    add_swings(line, j);
}

/* The numbers behind the verdict of one training. */
static void add_judgement(gf_text *out, const gf_training *t)
{
    gf_judgement j = gf_training_judge(t);
    gf_text line;

    gf_text_init(&line);
    gf_text_addf(&line, "%s: ", gf_training_verdict_name(j.verdict));
    if (j.is_broken)
        gf_text_addf(&line, "a number is not finite at step %zu%s",
                     gf_training_step(t), j.rows >= 2 ? "; " : "");
    if (j.rows >= 2)
        add_evidence(&line, &j);
    else if (!j.is_broken)
        gf_text_add(&line, "there are too few rows to judge by; give a smaller "
                           "--every or more --steps");
    gf_text_add(out, "  verdict      ");
    gf_layout_words(out, 15, gf_text_string(&line));
    gf_layout_end(out);
    gf_text_clear(&line);
}

/* What a reader must know of a table that is not whole. */
static void add_remarks(gf_text *out, const gf_trials *s)
{
    size_t count = s->plan.count * s->plan.seeds, cut = 0, lost = 0;

    for (size_t i = 0; i < count; i++) {
        const gf_training *t = s->training[i];
        cut += !gf_training_is_over(t);
        lost += gf_training_is_over(t) && isnan(last(t, GF_TRAINING_SD));
    }
    if (lost > 0 && count > 1)
        gf_text_addf(out, "  left out: %zu whose numbers are not finite\n",
                     lost);
    if (cut > 0)
        gf_text_addf(out,
                     "  interrupted: %zu of %zu trainings are not at "
                     "their end\n",
                     cut, count);
}

static void write_text(gf_text *out, const gf_trials *s)
{
    const char *js;

    add_setup(out, s);
    if (s->plan.count * s->plan.seeds == 1) {
        gf_text_addf(out, "  optimizer    %s\n", s->plan.trial[0].label);
        add_rows(out, s);
        add_judgement(out, s->training[0]);
        add_remarks(out, s);
        return;
    }
    gf_layout_to(out, RUN, "run");
    gf_layout_to(out, TITLE, "W1");
    (void)js_of(&js, s);
    gf_layout_to(out, TITLE + 26, js);
    gf_layout_end(out);
    for (size_t i = 0; i < s->plan.count; i++)
        add_run(out, s, i);
    gf_text_addf(
        out, "  at the end; median, least and most of %zu seeds from %llu\n",
        s->plan.seeds, (unsigned long long)s->plan.seed);
    add_remarks(out, s);
}

/* --- csv --------------------------------------------------------------- */

static void add_quoted(gf_text *out, const char *text)
{
    gf_text_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            gf_text_add_char(out, '"');
        gf_text_add_char(out, *text);
    }
    gf_text_add_char(out, '"');
}

static void write_csv(gf_text *out, const gf_trials *s)
{
    gf_text_add(out, "run,seed");
    for (size_t k = 0; k < GF_TRAINING_COLUMNS; k++)
        gf_text_addf(out, ",%s", gf_training_column_name(k));
    gf_text_add_char(out, '\n');
    for (size_t run = 0; run < s->plan.count; run++)
        for (size_t i = 0; i < s->plan.seeds; i++) {
            const gf_training_row *row;
            size_t rows = gf_training_rows(&row, training_of(s, run, i));
            for (size_t r = 0; r < rows; r++) {
                add_quoted(out, s->plan.trial[run].label);
                gf_text_addf(out, ",%llu",
                             (unsigned long long)(s->plan.seed + i));
                for (size_t k = 0; k < GF_TRAINING_COLUMNS; k++) {
                    gf_text_add_char(out, ',');
                    if (isfinite(row[r].value[k]))
                        gf_text_add_number(out, row[r].value[k]);
                }
                gf_text_add_char(out, '\n');
            }
        }
}

gf_status gf_report_trials(char **out, const gf_trials *trials,
                           const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "the report has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON)
        gf_trials_record(&text, trials);
    else if (format == GF_FORMAT_CSV)
        write_csv(&text, trials);
    else
        write_text(&text, trials);
    if (text.failed) {
        gf_text_clear(&text);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    *out = gf_text_take(&text);
    return GF_OK;
}
