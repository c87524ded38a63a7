/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions are closed, hold what is above the level, and lie where they should.
 */
#include "figure/region.h"

#include <math.h>

#include "harness.h"

enum { SIDE = 60, BIG = SIDE * SIDE };

typedef struct board {
    double x[SIDE], y[SIDE], value[BIG];
    gf_lattice lattice;
} board;

static void set_up(board *b)
{
    for (int i = 0; i < SIDE; i++) {
        b->x[i] = 2 * i;
        b->y[i] = 200 - 3 * i; /* the page's y goes down */
    }
    b->lattice = (gf_lattice){{SIDE, SIDE}, b->x, b->y, b->value, 4};
}

/* Is a point inside, by the even-odd rule? */
static bool is_inside(const gf_path *path, gf_vec2 p)
{
    const gf_vec2 *at = path->point;
    gf_vec2 first = {0, 0}, last = {0, 0};
    bool inside = false;

    for (size_t i = 0; i < path->steps; i++) {
        gf_path_step step = (gf_path_step)path->step[i];
        gf_vec2 to = step == GF_PATH_CLOSE ? first : *at;
        if (step == GF_PATH_MOVE)
            first = to;
        else if ((last.y > p.y) != (to.y > p.y) &&
                 p.x < last.x +
                           (to.x - last.x) * (p.y - last.y) / (to.y - last.y))
            inside = !inside;
        last = to;
        at += gf_path_takes(step);
    }
    return inside;
}

static double area(const gf_path *path)
{
    const gf_vec2 *at = path->point;
    gf_vec2 first = {0, 0}, last = {0, 0};
    double sum = 0;

    for (size_t i = 0; i < path->steps; i++) {
        gf_path_step step = (gf_path_step)path->step[i];
        gf_vec2 to = step == GF_PATH_CLOSE ? first : *at;
        if (step == GF_PATH_MOVE)
            first = to;
        else
            sum += (last.x * to.y - to.x * last.y) / 2;
        last = to;
        at += gf_path_takes(step);
    }
    return fabs(sum);
}

/* A disc: its area is that of the circle. */
START_TEST(test_a_disc_has_its_area)
{
    static board b;
    gf_path path;

    set_up(&b);
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++)
            b.value[i * SIDE + j] = -hypot(b.x[i] - 60, b.y[j] - 110);
    gf_path_init(&path);
    gf_region_trace(&path, &b.lattice, -40);
    ck_assert(!path.failed);
    double circle = 3.141592653589793 * 40 * 40;
    ck_assert_double_le(fabs(area(&path) - circle), 0.005 * circle);
    gf_path_clear(&path);
}
END_TEST

/* Noise, with holes: every node is on the side where its number says. */
START_TEST(test_every_node_is_on_its_side)
{
    static board b;
    uint64_t seed = 5;
    gf_path path;

    set_up(&b);
    for (int n = 0; n < BIG; n++) {
        b.value[n] = random_between(&seed, -1, 1);
        if (random_bits(&seed) % 10 == 0)
            b.value[n] = NAN;
    }
    gf_path_init(&path);
    for (double level = -0.5; level < 1; level += 0.5) {
        gf_path_reset(&path);
        gf_region_trace(&path, &b.lattice, level);
        for (int i = 0; i < SIDE; i++)
            for (int j = 0; j < SIDE; j++) {
                double v = b.value[i * SIDE + j];
                gf_vec2 p = {b.x[i] + 1e-7, b.y[j] + 1e-7};
                if (isnan(v) || fabs(v - level) > 0.1)
                    ck_assert_int_eq(is_inside(&path, p), v >= level);
            }
    }
    gf_path_clear(&path);
}
END_TEST

/* All of it: one outline, beyond the lattice on every side. */
START_TEST(test_the_whole_goes_beyond_the_frame)
{
    static board b;
    gf_path path;

    set_up(&b);
    for (int n = 0; n < BIG; n++)
        b.value[n] = 1;
    gf_path_init(&path);
    gf_region_trace(&path, &b.lattice, -INFINITY);
    gf_box box = gf_path_bounds(&path);
    assert_close(box.x0, -4, TOL0);
    assert_close(box.x1, 122, TOL0);
    assert_close(box.y0, 19, TOL0);
    assert_close(box.y1, 204, TOL0);
    ck_assert(is_inside(&path, (gf_vec2){0, 200}));
    ck_assert(is_inside(&path, (gf_vec2){118, 23}));
    gf_path_reset(&path);
    gf_region_trace(&path, &b.lattice, 2);
    ck_assert_uint_eq(path.steps, 0);
    gf_path_clear(&path);
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/region", test_a_disc_has_its_area,
                     test_every_node_is_on_its_side,
                     test_the_whole_goes_beyond_the_frame);
}
