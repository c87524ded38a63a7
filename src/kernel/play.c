/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/play.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PARTICLES = 64 };
static const uint64_t TEACHER = 1000003; /* above the generator's seed */

/* What a play is made of. */
typedef struct stage {
    gf_net net[2];
    double *weight, *density, *z, *state;
    gf_players *players;
} stage;

void gf_play_init(gf_play *play)
{
    memset(play, 0, sizeof *play);
    gf_modes_init(&play->modes);
    gf_modes_init(&play->ideal);
    gf_course_init(&play->course);
    play->mismatch = NAN;
}

void gf_play_clear(gf_play *play)
{
    gf_modes_clear(&play->modes);
    gf_modes_clear(&play->ideal);
    gf_course_clear(&play->course);
    free(play->x);
    gf_play_init(play);
}

const char *gf_play_data_name(const gf_distribution *data)
{
    return data ? gf_distribution_text(data) : "teacher";
}

/* --- the stage --------------------------------------------------------- */

/* Weights of the trapezoidal rule. */
static gf_status weigh(stage *s, const double *x, size_t n, gf_error *error)
{
    for (size_t i = 0; i < n; i++) {
        double left = i > 0 ? x[i] - x[i - 1] : 0;
        double right = i + 1 < n ? x[i + 1] - x[i] : 0;
        if (i > 0 && !(left > 0))
            return gf_error_set(error, GF_ARGUMENT,
                                "the points do not ascend: %g comes after %g",
                                x[i], x[i - 1]);
        s->weight[i] = n > 1 ? (left + right) / 2 : 1;
    }
    return GF_OK;
}

static gf_status measure(stage *s, gf_play *play, gf_error *error)
{
    const gf_play_setup *setup = &play->setup;
    size_t n = setup->count;
    gf_status status = weigh(s, play->x, n, error);

    for (size_t i = 0; !status && i < n; i++) {
        s->density[i] = gf_distribution_density(setup->data, play->x[i]);
        if (!isfinite(s->density[i]))
            status = gf_error_set(error, GF_ARGUMENT,
                                  "the data have no density at %g; shift the "
                                  "points",
                                  play->x[i]);
        play->data_mass += s->weight[i] * s->density[i];
    }
    if (!status && n > 1 && !(play->data_mass > 0.5 && play->data_mass < 2))
        return gf_error_set(error, GF_ARGUMENT,
                            "the points see a mass of %.3g of the data, which "
                            "is 1; let a finer --points grid cover them",
                            play->data_mass);
    return status;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* What the teacher says at the points becomes the data's density, or at the
 * latent ones the data. */
static gf_status listen(stage *s, gf_play *play, const double *said,
                        gf_error *error)
{
    const gf_play_setup *setup = &play->setup;
    size_t n = setup->count;
    gf_status status = GF_OK;
    double sum = 0;

    if (setup->particles) {
        memcpy(play->x, said, n * sizeof *said);
        qsort(play->x, n, sizeof *said, by_size);
    } else {
        status = weigh(s, play->x, n, error);
    }
    for (size_t i = 0; !status && i < n; i++) {
        if (setup->particles)
            s->weight[i] = 1 / (double)n;
        s->density[i] = setup->particles                      ? 1
                        : setup->representation == GF_SOFTMAX ? exp(said[i])
                                                              : said[i];
        if (!(s->density[i] >= 0))
            status = gf_error_set(error, GF_ARGUMENT,
                                  "the teacher's density is %.3g at %g; give "
                                  "the generator head=softplus",
                                  said[i], play->x[i]);
        sum += s->weight[i] * s->density[i];
    }
    for (size_t i = 0; setup->representation == GF_SOFTMAX && i < n; i++)
        s->density[i] /= sum;
    play->data_mass = setup->representation == GF_SOFTMAX ? 1 : sum;
    return status;
}

static gf_status ask_teacher(stage *s, gf_play *play, gf_error *error)
{
    gf_net_shape shape = play->setup.generator;
    gf_batch batch = {.x = play->setup.particles ? s->z : play->x,
                      .count = play->setup.count};
    const double *said = NULL;
    gf_pass *pass = NULL;
    gf_net teacher;

    shape.seed += TEACHER;
    gf_net_init(&teacher);
    gf_status status = gf_net_make(&teacher, &shape, error);
    if (!status)
        status = gf_pass_new(&pass, &teacher, batch.count, error);
    if (!status)
        status = gf_pass_forward(&said, pass, &batch, error);
    if (!status)
        status = listen(s, play, said, error);
    gf_pass_free(pass);
    gf_net_clear(&teacher);
    return status;
}

/* tr K_D/n of the net that the play begins with. */
static gf_status find_scale(gf_play *play, const stage *s, gf_error *error)
{
    size_t n = play->setup.count;
    gf_batch batch = {.x = play->x, .count = n};
    double *k = malloc(n * n * sizeof *k);
    gf_status status =
        k ? gf_kernel_gram(k, NULL, &s->net[0], &batch, NULL, error)
          : gf_error_set(error, GF_MEMORY, "no memory for %zu points", n);

    for (size_t i = 0; !status && i < n; i++)
        play->scale += k[i * n + i] / (double)n;
    free(k);
    return status;
}

/* How many particles, how many points. */
static void settle(gf_play_setup *setup)
{
    if (setup->representation != GF_PUSHFORWARD)
        setup->particles = 0;
    else if (setup->particles == 0)
        setup->particles = PARTICLES;
    if (setup->particles && !setup->data)
        setup->count = setup->particles;
}

static gf_status find_data(stage *s, gf_play *play, gf_error *error)
{
    gf_play_setup *setup = &play->setup;
    size_t n = setup->count, m = setup->particles;

    play->x = calloc(n + 1, sizeof *play->x);
    s->weight = calloc(2 * n + m, sizeof *s->weight);
    if (!s->weight || !play->x)
        return gf_error_set(error, GF_MEMORY, "no memory for %zu points", n);
    s->density = s->weight + n;
    s->z = s->density + n;
    for (size_t k = 0; k < m; k++)
        s->z[k] = -1 + 2 * ((double)k + 0.5) / (double)m;
    if (setup->data || !m)
        memcpy(play->x, setup->x, n * sizeof *play->x);
    setup->x = play->x;
    return setup->data ? measure(s, play, error) : ask_teacher(s, play, error);
}

static gf_status open_stage(stage *s, gf_play *play, gf_error *error)
{
    gf_play_setup *setup = &play->setup;
    gf_status status = gf_net_make(&s->net[0], &setup->critic, error);

    settle(setup);
    if (!status)
        status = gf_net_make(&s->net[1], &setup->generator, error);
    if (!status)
        status = find_data(s, play, error);
    if (!status)
        status = find_scale(play, s, error);
    if (status)
        return status;
    gf_players_setup players = {
        .field = setup->field,
        .critic = &s->net[0],
        .generator = &s->net[1],
        .representation = setup->representation,
        .bn = setup->bn,
        .cloud = {setup->count, s->weight, s->density},
        .x = play->x,
        .z = s->z,
        .particles = setup->particles,
        .pace = setup->same_scale && play->scale > 0 ? 1 / play->scale : 1};
    status = gf_players_new(&s->players, &players, error);
    if (status)
        return status;
    s->state = malloc(gf_players_size(s->players) * sizeof *s->state);
    if (!s->state)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_players_state(s->state, s->players);
    play->parameters[0] = gf_players_first(s->players);
    play->parameters[1] = gf_players_size(s->players) - play->parameters[0];
    return GF_OK;
}

static void close_stage(stage *s)
{
    gf_players_free(s->players);
    gf_net_clear(&s->net[0]);
    gf_net_clear(&s->net[1]);
    free(s->weight);
    free(s->state);
}

/* --- modes ------------------------------------------------------------- */

/* The kernels by the layers' formula, which needs no Jacobian. */
static gf_status couple(gf_coupled **out, const stage *s, const gf_play *play,
                        gf_error *error)
{
    size_t n = play->setup.count;
    gf_batch batch = {.x = play->setup.x, .count = n};
    gf_kernel_options options = {.weight = s->weight};
    gf_cloud cloud = {n, s->weight, s->density};
    gf_net generator = s->net[1];
    double *k = malloc(2 * n * n * sizeof *k);
    gf_status status =
        k ? gf_kernel_gram(k, NULL, &s->net[0], &batch, &options, error)
          : gf_error_set(error, GF_MEMORY, "no memory for %zu points", n);

    *out = NULL;
    if (play->setup.representation == GF_SOFTMAX)
        generator.shape.head = GF_HEAD_SOFTMAX;
    if (!status)
        status = gf_kernel_gram(k + n * n, NULL, &generator, &batch, &options,
                                error);
    for (size_t i = 0; !status && play->setup.same_scale && i < n * n; i++)
        k[i] /= play->scale > 0 ? play->scale : 1;
    if (!status)
        status =
            gf_coupled_new(out, play->setup.field, &cloud, k, k + n * n, error);
    free(k);
    return status;
}

static double largest(const gf_modes *m)
{
    double most = 0;

    for (size_t i = 0; i < m->count; i++)
        most = fmax(most, hypot(m->mode[i].re, m->mode[i].im));
    return most;
}

/* From each mode of a to the nearest of b, of which a zero may be one. */
static double farthest(const gf_modes *a, const gf_modes *b)
{
    double most = 0;

    for (size_t i = 0; i < a->count; i++) {
        const gf_mode *m = &a->mode[i];
        double least = b->zero > 0 ? hypot(m->re, m->im) : (double)INFINITY;
        for (size_t k = 0; k < b->count; k++)
            least = fmin(least,
                         hypot(m->re - b->mode[k].re, m->im - b->mode[k].im));
        most = fmax(most, least);
    }
    return most;
}

static gf_status find_modes(gf_play *play, const stage *s, gf_error *error)
{
    gf_coupled *c;
    gf_modes other;
    gf_status status = couple(&c, s, play, error);

    gf_modes_init(&other);
    if (!status)
        status = gf_coupled_modes(&play->modes, c, error);
    if (!status)
        status = gf_coupled_ideal_modes(&play->ideal, c, error);
    play->has_modes = !status;
    play->has_parameter_modes =
        !status && gf_players_size(s->players) <= GF_PLAYERS_SPECTRUM_MAX;
    if (play->has_parameter_modes)
        status = gf_players_modes(&other, s->players, s->state, error);
    if (play->has_parameter_modes && !status && play->modes.count > 0) {
        play->parameter_zeros = other.zero;
        play->mismatch = fmax(farthest(&play->modes, &other),
                              farthest(&other, &play->modes)) /
                         largest(&play->modes);
    }
    gf_modes_clear(&other);
    gf_coupled_free(c);
    return status;
}

/* Particles have modes in the parameters only, where there are some. */
static gf_status find_particle_modes(gf_play *play, const stage *s,
                                     gf_error *error)
{
    gf_status status =
        gf_players_modes(&play->modes, s->players, s->state, error);

    play->has_modes = !status;
    if (status == GF_LIMIT || status == GF_DOMAIN || status == GF_ARGUMENT)
        status = GF_OK;
    return status;
}

gf_status gf_play_run(gf_play *play, const gf_play_setup *setup,
                      gf_error *error)
{
    stage s = {0};
    gf_status status;

    gf_play_clear(play);
    if (setup->critic.size[0] != 1)
        return gf_error_set(error, GF_ARGUMENT,
                            "the critic takes %zu inputs, and the data are on "
                            "the line: give its net one, as 1-16-1:tanh",
                            setup->critic.size[0]);
    play->setup = *setup;
    gf_net_init(&s.net[0]);
    gf_net_init(&s.net[1]);
    status = open_stage(&s, play, error);
    if (!status)
        status = play->setup.particles ? find_particle_modes(play, &s, error)
                                       : find_modes(play, &s, error);
    if (!status && setup->course.until != 0)
        status = gf_course_run(&play->course, s.players, &setup->course, error);
    close_stage(&s);
    return status;
}
