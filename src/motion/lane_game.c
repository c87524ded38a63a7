/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/lane_game.h"

#include <math.h>
#include <string.h>

#include "motion/ensemble.h"

bool gf_lane_game_fits(const gf_optimizer_rule *rule)
{
    /* of the rules that need products, only these solve nothing */
    return !(rule->needs & GF_NEEDS_PRODUCT) ||
           (rule->needs & GF_NEEDS_TRANSPOSED);
}

void gf_lane_box_set(gf_lane_box *box, size_t i, gf_range range)
{
    box->lo[i] = range.lo_closed ? range.lo : nextafter(range.lo, INFINITY);
    box->hi[i] = range.hi_closed ? range.hi : nextafter(range.hi, -INFINITY);
}

gf_status gf_lane_game_init(gf_lane_game *game, const gf_field *field,
                            const gf_plan *plan, const gf_lanes *lanes,
                            gf_error *error)
{
    gf_stages stages = {.count = 1};

    *game = (gf_lane_game){
        .field = field, .is_wide = plan != NULL, .watch = &lanes->watch};
    for (size_t i = 0; i < 2; i++) {
        gf_range range = field->domain[i];
        gf_lane_box_set(&game->domain, i, range);
        game->has_domain =
            game->has_domain || isfinite(range.lo) || isfinite(range.hi);
    }
    if (!plan)
        return GF_OK;
    stages.op[0] =
        plan->is_plane ? GF_LANE_PLANE_VELOCITY : GF_LANE_POINT_VELOCITY;
    if (plan->has_tangents)
        stages.op[0] = (gf_lane_op)(stages.op[0] + 1);
    return gf_blocks_init(&game->blocks, plan, lanes, &stages, error);
}

void gf_lane_game_clear(gf_lane_game *game)
{
    gf_blocks_clear(&game->blocks);
}

size_t gf_lane_game_step(const gf_lane_game *game)
{
    return game->is_wide ? GF_BLOCKS * game->blocks.width : 1;
}

/* --- evaluation -------------------------------------------------------- */

/* Where the rows of the starts from `first` on are, of one block. */
static double *row_of(const gf_lane_game *g, size_t block, size_t row)
{
    return g->blocks.state[block] + row * g->blocks.width;
}

/* Evaluates at the next starts of both blocks. */
static void evaluate(const gf_lane_game *g, const double *z, size_t first)
{
    size_t width = g->blocks.width, bytes = width * sizeof(double);

    for (size_t k = 0; k < GF_BLOCKS; k++, first += width) {
        memcpy(row_of(g, k, GF_ROW_XS), z + first, bytes);
        memcpy(row_of(g, k, GF_ROW_YS), z + g->count + first, bytes);
    }
    gf_blocks_advance(&g->blocks, 1);
}

/* No velocity outside of the domain. */
static void cut(const gf_lane_game *g, double *v, const double *z, size_t begin,
                size_t end)
{
    size_t n = g->count;

    if (g->watch->count_outside(z, z + n, n, &g->domain) == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        if (gf_ensemble_inside(g->field, z[i], z[n + i]))
            continue;
        if (begin == 0)
            v[i] = NAN;
        if (end == 2 * n)
            v[n + i] = NAN;
    }
}

/* out = row/speed of coordinate i, at the starts from `first` on. */
static void take(const gf_lane_game *g, double *v, size_t i, size_t first)
{
    double speed = g->field->speed[i == g->field->critic ? 0 : 1];
    size_t width = g->blocks.width;

    v += i * g->count + first;
    for (size_t k = 0; k < GF_BLOCKS; k++, v += width) {
        const double *row = row_of(g, k, GF_ROW_AX + i);
        for (size_t l = 0; l < width; l++)
            v[l] = speed == 1 ? row[l] : row[l] / speed;
    }
}

static void velocity(double *v, const double *z, size_t begin, size_t end,
                     const void *ctx)
{
    const gf_lane_game *g = ctx;
    size_t n = g->count;

    for (size_t first = 0; first < n; first += gf_lane_game_step(g)) {
        evaluate(g, z, first);
        if (begin == 0)
            take(g, v, 0, first);
        if (end == 2 * n)
            take(g, v, 1, first);
    }
    if (g->has_domain)
        cut(g, v, z, begin, end);
}

/* out = J d or J' d; speeds divide the rows of J. */
static void multiply(double *out, const double *z, const double *d,
                     const gf_lane_game *g, bool transposed)
{
    size_t n = g->count, width = g->blocks.width;
    size_t critic = (size_t)g->field->critic;
    double x = 1 / g->field->speed[critic == 0 ? 0 : 1];
    double y = 1 / g->field->speed[critic == 1 ? 0 : 1];

    for (size_t first = 0; first < n; first += GF_BLOCKS * width) {
        evaluate(g, z, first);
        for (size_t i = first; i < first + GF_BLOCKS * width; i++) {
            size_t block = (i - first) / width, lane = (i - first) % width;
            const double *row = row_of(g, block, GF_ROW_STAGE) + lane;
            double xx = x * row[0], xy = x * row[width];
            double yx = y * row[2 * width], yy = y * row[3 * width];
            double u = d[i], v = d[n + i];
            out[i] = xx * u + (transposed ? yx : xy) * v;
            out[n + i] = (transposed ? xy : yx) * u + yy * v;
        }
    }
    if (g->has_domain)
        cut(g, out, z, 0, 2 * n);
}

static void product(double *out, const double *z, const double *d,
                    const void *ctx)
{
    multiply(out, z, d, ctx, false);
}

static void transpose(double *out, const double *z, const double *d,
                      const void *ctx)
{
    multiply(out, z, d, ctx, true);
}

static void metric(double *out, const double *z, const void *ctx)
{
    const gf_lane_game *g = ctx;
    size_t n = g->count;

    for (size_t i = 0; i < n; i++) {
        out[i] = z[i] * (1 - z[i]);
        out[n + i] = z[n + i];
    }
}

gf_game gf_lane_game_of(gf_lane_game *g, size_t count)
{
    gf_game game = gf_game_of_field(g->field);

    g->count = count;
    if (!g->is_wide)
        return game;
    game.size = 2 * count;
    game.first = count;
    game.velocity = velocity;
    game.product = product;
    game.transposed = transpose;
    game.metric = game.metric ? metric : NULL;
    game.ctx = g;
    return game;
}
