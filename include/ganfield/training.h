/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trainings: duels (duel.h) on their way, each player by its optimizer, with
 * measurements of the generator's samples as they go.
 *
 * A step is one move of both players: in alternating order of the critic, some
 * times, then of the generator, each turn on a new mini-batch; in simultaneous
 * order of both on one. The batch of a turn follows from the seed and the
 * number of the turn, so a run that stopped goes on exactly as if it had not. A
 * rule that evaluates the gradient more than once in a turn does so on one
 * batch, unless `redraw`.
 *
 *     gf_training *t;
 *     status = gf_training_new(&t, &setup, &error);
 *     status = gf_training_go(t, setup.steps, NULL, NULL, &error);
 *     gf_training_rows(&row, t);
 *     gf_judgement verdict = gf_training_judge(t);
 *     gf_training_free(t);
 *
 * Both players ascend their gains J and I; losses are -J and -I.
 */
#ifndef GANFIELD_TRAINING_H
#define GANFIELD_TRAINING_H

#include <ganfield/census.h>
#include <ganfield/duel.h>
#include <ganfield/natural.h>

/* --- setups ------------------------------------------------------------ */

/* How one player moves: a rule of the optimizers' table, or natural-gradient:
 * its velocity is solved with the player's metric (natural.h), and steps and
 * momentum are those of a heavy ball. The metric: of the generator Gauss and
 * Newton's; of a critic whose D is a probability that of Fisher, else Gauss and
 * Newton's of its outputs. */
typedef struct gf_training_rule {
    gf_optimizer optimizer;
    bool is_natural;
    gf_natural_options natural;
} gf_training_rule;

/* Reads "RULE[:k=v,...]" or "natural-gradient[:damping=..,momentum=..]"; as
 * gf_optimizer_parse and gf_natural_parse. */
GF_PUBLIC GF_CHECKED gf_status gf_training_rule_read(gf_training_rule *out,
                                                     const char *text,
                                                     gf_error *error);

typedef struct gf_training_setup {
    gf_duel_setup duel;
    gf_training_rule rule[2]; /* of critic, of generator */
    bool is_joint;            /* one rule moves both, rule[0]: matters in
                                 simultaneous order, for a rule that looks ahead
                                 or solves for both at once */
    gf_order order;
    size_t critic_steps; /* 0: 1 */
    double step[2];      /* of critic, of generator; > 0 */
    double clip;         /* > 0: after each of its moves the critic's parameters
                            are put between -clip and clip; 0: not */
    bool redraw;         /* a new batch for each evaluation of a velocity */
    size_t steps;        /* at most GF_TRAINING_STEPS_MAX */
    size_t every;        /* a row of measurements at 0, every, ... and at the
                            end; 0: a hundredth of the steps */
    size_t samples;      /* that a row looks at; 0: 2000 */
    size_t pictures;     /* states to keep, at even steps from the first to the
                            last: 0, or from 2 to GF_TRAINING_PICTURES_MAX */
} gf_training_setup;

#define GF_TRAINING_STEPS_MAX 1000000000
#define GF_TRAINING_ROWS_MAX 1000000
#define GF_TRAINING_PICTURES_MAX 1000

/* --- measurements ------------------------------------------------------ */

/* What a row says. Losses and gradients are those on one batch that is the same
 * for all rows and that no step uses. Names that no comment explains are of the
 * samples, as in census.h. */
typedef enum gf_training_column {
    GF_TRAINING_STEP,
    GF_TRAINING_CRITIC_LOSS,        /* -J */
    GF_TRAINING_GENERATOR_LOSS,     /* -I */
    GF_TRAINING_CRITIC_GRADIENT,    /* |dJ/dphi| */
    GF_TRAINING_GENERATOR_GRADIENT, /* |dI/dtheta| */
    GF_TRAINING_MEAN,
    GF_TRAINING_SD,
    GF_TRAINING_W1,
    GF_TRAINING_JS, /* of the densities; NaN: they are not known (duel.h) */
    GF_TRAINING_JS_BINS, /* of the samples in bins */
    GF_TRAINING_MODES,
    GF_TRAINING_NEAR,
    GF_TRAINING_UNCOVERED,
    GF_TRAINING_CRITIC_DRIFT, /* |K - K(0)|/|K(0)| of the kernel of the critic
                                 at 16 quantiles of the data ... */
    GF_TRAINING_GENERATOR_DRIFT, /* ... and of the generator at as many latent
                                    points */
    GF_TRAINING_COLUMNS
} gf_training_column;

/* "step", "critic_loss", ... */
GF_PUBLIC const char *gf_training_column_name(size_t column);

typedef struct gf_training_row {
    double value[GF_TRAINING_COLUMNS];
} gf_training_row;

/* --- trainings --------------------------------------------------------- */

typedef struct gf_training gf_training;

/* Copies *setup; field and data must outlive *out. Trainings of one field are
 * made one after the other, and may then go in threads. As gf_duel_new and
 * gf_mover_new; GF_ARGUMENT for a step that is not finite and > 0, for no steps
 * and for a clip below 0; GF_LIMIT. */
GF_PUBLIC GF_CHECKED gf_status gf_training_new(gf_training **out,
                                               const gf_training_setup *setup,
                                               gf_error *error);
GF_PUBLIC void gf_training_free(gf_training *training);

/* Goes on until so many steps are made in all, the rows on the way included. It
 * ends sooner where a number is not finite, which is a result and no failure,
 * and where `goes_on` (asked after each step; NULL: not) says no. What a
 * natural gradient says, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_training_go(
    gf_training *training, size_t until,
    bool (*goes_on)(size_t step, void *ctx), void *ctx, gf_error *error);

/* The copy that it made of its setup. */
GF_PUBLIC const gf_training_setup *gf_training_setup_of(const gf_training *t);
/* Steps made; whether all are, or it is at its end for numbers that are not
 * finite. */
GF_PUBLIC size_t gf_training_step(const gf_training *training);
GF_PUBLIC bool gf_training_is_over(const gf_training *training);
/* Rows so far. */
GF_PUBLIC size_t gf_training_rows(const gf_training_row **out,
                                  const gf_training *training);
/* The k-th of the states that were kept so far, and its step; NULL beyond
 * them. */
GF_PUBLIC const double *
gf_training_picture(size_t *step, const gf_training *training, size_t k);
/* The players, and their parameters as they are (or as the rules report them:
 * for averaging the mean). */
GF_PUBLIC gf_duel *gf_training_duel(gf_training *training);
GF_PUBLIC const double *gf_training_state(const gf_training *training);
/* Evaluations of velocities and products so far. */
GF_PUBLIC size_t gf_training_evaluations(const gf_training *training);

/* --- all of a study ---------------------------------------------------- */

/* Lets count trainings go, on so many threads (0: one for each processor); each
 * is the work of one thread, so that numbers do not depend on theirs.
 * `progress` (NULL: not asked) is told how many steps of how many are made, by
 * one thread only; where it says no, all stop. The first failure. */
GF_PUBLIC GF_CHECKED gf_status gf_training_go_all(
    gf_training *const *training, size_t count, size_t until, size_t threads,
    bool (*progress)(size_t done, size_t total, void *ctx), void *ctx,
    gf_error *error);

/* --- keeping ----------------------------------------------------------- */

/* All that a training is, as so many numbers, the same for all steps of one
 * setup; out of it, and into one that was made by an equal setup. */
GF_PUBLIC size_t gf_training_numbers(const gf_training *training);
GF_PUBLIC void gf_training_save(double *out, const gf_training *training);
/* GF_ARGUMENT for numbers that are no training's. */
GF_PUBLIC GF_CHECKED gf_status gf_training_restore(gf_training *training,
                                                   const double *in,
                                                   gf_error *error);

/* --- verdicts ---------------------------------------------------------- */

/* What became of a training, from the rows of its last half, s the standard
 * deviation of the data. The first of these that holds:
 *
 *     diverged   a number is not finite, or the samples' mean is further than
 *                100 s from the data's, or their spread above 100 s, at the end
 *                (or they swing as below, but 10 s or more and ever wider)
 *     collapsed  in each of these rows the spread is below s/10 (unless the
 *                data are one point), or a mode of the data is missing while
 *                another one is not
 *     converged  W1 is on average below s/10 in these rows, and nowhere above
 *                s/5
 *     orbit      the mean, or the spread, of the samples crosses its average in
 *                these rows at least 4 times, and swings by s/20 or more to
 * each side with crossings at a third of the rows at most, and in the later
 * half of them 0.7 to 1.25 times as far as in the earlier; of full batches also
 * by s/4 or more with more crossings (the noise of mini-batches crosses at half
 * of the rows) stalled    mean and spread of the samples stay within s/50
 *     unknown    none of them; or fewer than 16 rows
 *
 * They are said of what was measured, and prove nothing. Data without a
 * standard deviation have their interquartile range over 1.349 for s; points
 * have s = 1. */
typedef enum gf_training_verdict {
    GF_TRAINING_UNKNOWN,
    GF_TRAINING_DIVERGED,
    GF_TRAINING_COLLAPSED,
    GF_TRAINING_CONVERGED,
    GF_TRAINING_ORBIT,
    GF_TRAINING_STALLED,
    GF_TRAINING_VERDICTS
} gf_training_verdict;

/* "unknown", "diverged", ... */
GF_PUBLIC const char *gf_training_verdict_name(gf_training_verdict verdict);

typedef struct gf_judgement {
    gf_training_verdict verdict;
    bool is_broken;           /* a number is not finite */
    double scale;             /* s */
    double data_sd;           /* 0 of one point; may be infinite or NaN */
    size_t rows;              /* that were looked at; of none all is NaN */
    double w1_least, w1_most; /* in them; so below */
    double w1_mean;
    double sd_least, sd_most;
    double modes_most, modes_due;
    bool is_spread;      /* the spread swings further than the mean, and is
                            meant: */
    size_t crossings;    /* of its average */
    double swing;        /* the smaller of how far it goes to either side */
    double swing_growth; /* later over earlier half */
    bool is_noisy;       /* mini-batches, and more crossings than an orbit's */
    double drift;        /* the larger range of mean and spread */
} gf_judgement;

GF_PUBLIC gf_judgement gf_training_judge(const gf_training *training);

#endif
