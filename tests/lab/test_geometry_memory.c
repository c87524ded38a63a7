/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Without memory: a status, nothing kept, and nothing lost. */
#include <ganfield/geometry.h>

#include "failing_malloc.h"
#include "harness.h"
#include "lab/arena.h"

static const arena_plan players = {.variant = "nonsaturating",
                                   .link = "sigmoid(u)",
                                   .data = "normal(1,1.25)",
                                   .generator = "linear(0.7,0.2)",
                                   .critic = "1-2-1:tanh",
                                   .batch = 5};

typedef gf_status work(arena *a);

static gf_status find_plane(arena *a)
{
    gf_geometry_slice slice = {.kind = GF_SLICE_TOP, .player = GF_CRITIC};
    gf_geometry_plane_options options = {.count = {2, 2}};
    gf_geometry_plane plane;

    gf_geometry_plane_init(&plane);
    gf_status status =
        gf_geometry_plane_find(&plane, a->duel, a->z, &slice, &options, NULL);
    if (status)
        ck_assert(!plane.loss && !plane.direction && !plane.high.re);
    gf_geometry_plane_clear(&plane);
    return status;
}

static gf_status find_game(arena *a)
{
    gf_geometry_slice slice = {.parameter = {0, 1}};
    gf_geometry_game_options options = {.slice = &slice};
    gf_status status = GF_OK;

    for (size_t most = 1; most < 100 && !status; most += 98) {
        gf_geometry_game game;
        gf_geometry_game_init(&game);
        options.dense_most = most;
        options.probes = 2;
        status = gf_geometry_game_find(&game, a->duel, a->z, &options, NULL);
        if (status)
            ck_assert(!game.jacobian && !game.values.re && !game.large.re);
        gf_geometry_game_clear(&game);
    }
    return status;
}

static gf_status find_connection(arena *a)
{
    const double x[] = {0, 1, 2};
    gf_geometry_slice slice = {.player = GF_GENERATOR, .parameter = {0, 1}};
    gf_geometry_connection_options options = {1, x, 3};
    gf_geometry_connection c;

    gf_geometry_connection_init(&c);
    gf_status status =
        gf_geometry_connection_find(&c, a->duel, a->z, &slice, &options, NULL);
    if (status)
        ck_assert(!c.block && !c.direction);
    gf_geometry_connection_clear(&c);
    return status;
}

static gf_status find_loop(arena *a)
{
    static const double radius[] = {0.1};
    static const size_t steps[] = {1, GF_GEOMETRY_TO_THE_BEST};
    gf_geometry_slice slice = {.player = GF_GENERATOR, .parameter = {0, 1}};
    gf_geometry_loop_options options = {.radius = radius,
                                        .radii = 1,
                                        .steps = steps,
                                        .counts = 2,
                                        .places = 2,
                                        .damping = 1};
    gf_geometry_loop loop;

    gf_geometry_loop_init(&loop);
    gf_status status =
        gf_geometry_loop_find(&loop, a->duel, a->z, &slice, &options, NULL);
    if (status)
        ck_assert(!loop.gap && !loop.direction);
    gf_geometry_loop_clear(&loop);
    return status;
}

static void starve(work *find)
{
    arena a;

    arena_open(&a, &players);
    for (size_t n = 1;; n++) {
        fail_nth_malloc(n);
        gf_status status = find(&a);
        bool has_failed = malloc_has_failed();
        fail_nth_malloc(0);
        if (!has_failed) {
            ck_assert_int_eq(status, GF_OK);
            break;
        }
        ck_assert_msg(status == GF_MEMORY, "allocation %zu: %s", n,
                      gf_status_name(status));
    }
    arena_close(&a);
}

START_TEST(test_planes_without_memory)
{
    starve(find_plane);
}
END_TEST

START_TEST(test_games_without_memory)
{
    starve(find_game);
}
END_TEST

START_TEST(test_connections_without_memory)
{
    starve(find_connection);
}
END_TEST

START_TEST(test_loops_without_memory)
{
    starve(find_loop);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/geometry_memory", test_planes_without_memory,
                     test_games_without_memory, test_connections_without_memory,
                     test_loops_without_memory);
}
