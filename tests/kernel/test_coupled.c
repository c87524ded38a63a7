/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coupled fields: against the pointwise field, against formulas. */
#include <ganfield/coupled.h>
#include <ganfield/flow.h>

#include <math.h>
#include <string.h>

#include "harness.h"

enum { N = 5 };

static const double weight[N] = {0.5, 0.25, 0.5, 1, 0.5};
static const double density[N] = {0.2, 0.1, 0.7, 0.3, 0.4};

static gf_field *find(const char *name, const char *set)
{
    gf_field *field;
    gf_settings settings = {.set = &set, .set_count = set ? 1 : 0};

    ck_assert_int_eq(gf_field_find(&field, name, &settings, NULL), GF_OK);
    return field;
}

static gf_coupled *couple(const gf_field *field, const double *d,
                          const double *g)
{
    gf_cloud cloud = {N, weight, density};
    gf_coupled *c;

    ck_assert_int_eq(gf_coupled_new(&c, field, &cloud, d, g, NULL), GF_OK);
    return c;
}

/* R R^T of a random R with `rank` columns. */
static void random_kernel(double k[N * N], size_t rank, uint64_t seed)
{
    double r[N][N];

    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < rank; j++)
            r[i][j] = random_between(&seed, -1, 1);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            k[i * N + j] = 0;
            for (size_t l = 0; l < rank; l++)
                k[i * N + j] += r[i][l] * r[j][l];
        }
}

/* K = diag(1/w): each point is `trajectory`, to the last digits where the steps
   are the same. */
START_TEST(test_no_kernel_is_the_pointwise_field)
{
    static const char *const variants[] = {"classic", "nonsaturating", "wgan",
                                           "quadratic", "lsgan"};
    gf_flow_options flow = {.until = 20, .method = "rk4", .step = 0.01};
    gf_coupled_options options = {.until = 20, .step = 0.01};
    gf_trajectory want;
    gf_coupled_run got;

    gf_trajectory_init(&want);
    gf_coupled_run_init(&got);
    for (size_t v = 0; v < sizeof variants / sizeof *variants; v++) {
        gf_field *field = find(variants[v], "p_d=0.3");
        double start[2 * N];
        gf_coupled *c = couple(field, NULL, NULL);
        for (size_t i = 0; i < N; i++) {
            start[i] = 0.25 + 0.1 * (double)i;
            start[N + i] = 0.9 - 0.1 * (double)i;
        }
        ck_assert_int_eq(gf_coupled_follow(&got, c, start, &options, NULL),
                         GF_OK);
        ck_assert_int_eq(gf_flow_run(&want, field,
                                     (gf_vec2){start[3], start[N + 3]}, &flow,
                                     NULL),
                         GF_OK);
        ck_assert_str_eq(got.stop, "reached the end");
        ck_assert_uint_eq(got.count, want.count);
        for (size_t i = 0; i < got.count; i++) {
            assert_close(got.state[i * 2 * N + 3], want.row[i].at.x, TOL2);
            assert_close(got.state[i * 2 * N + N + 3], want.row[i].at.y, TOL2);
        }
        gf_coupled_free(c);
        gf_field_free(field);
    }
    gf_trajectory_clear(&want);
    gf_coupled_run_clear(&got);
}
END_TEST

/* Central differences of the velocity. */
START_TEST(test_jacobian)
{
    gf_field *field = find("classic", NULL);
    double k[2][N * N], state[2 * N], j[4 * N * N];
    gf_coupled *c;
    uint64_t seed = 5;

    random_kernel(k[0], N, 1);
    random_kernel(k[1], N, 2);
    c = couple(field, k[0], k[1]);
    for (int i = 0; i < 2 * N; i++)
        state[i] = random_between(&seed, 0.2, 0.8);
    gf_coupled_jacobian(j, c, state);
    for (int col = 0; col < 2 * N; col++) {
        double up[2 * N], down[2 * N], at = state[col], h = 1e-6;
        state[col] = at + h;
        gf_coupled_velocity(up, c, state);
        state[col] = at - h;
        gf_coupled_velocity(down, c, state);
        state[col] = at;
        for (int row = 0; row < 2 * N; row++)
            assert_close(j[row * 2 * N + col], (up[row] - down[row]) / (2 * h),
                         1e-8);
    }
    gf_coupled_free(c);
    gf_field_free(field);
}
END_TEST

/* Ledger K64. */
START_TEST(test_one_kernel_eigenvalue)
{
    static const struct {
        double kappa, re, im;
    } rows[] = {{0.01, -0.008, 0.1998399359487487},
                {1.0 / 16, -0.05, 0.49749371855331},
                {10, -3.101020514433644, 0}};
    static const double one = 1, p_d = 0.2;
    gf_field *field = find("classic", NULL);
    gf_cloud cloud = {1, &one, &p_d};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gf_coupled *c;
        gf_modes m;
        ck_assert_int_eq(
            gf_coupled_new(&c, field, &cloud, &rows[i].kappa, &one, NULL),
            GF_OK);
        gf_modes_init(&m);
        ck_assert_int_eq(gf_coupled_modes(&m, c, NULL), GF_OK);
        ck_assert_uint_eq(m.count, 2);
        assert_close(m.mode[0].re, rows[i].re, 1e-12);
        assert_close(m.mode[0].im, rows[i].im, 1e-12);
        if (rows[i].im != 0) /* zeta = (t/2) sqrt(kappa/ab), t = 1.6 */
            assert_close(m.mode[0].damping, 0.4 * sqrt(rows[i].kappa), TOL2);
        gf_modes_clear(&m);
        gf_coupled_free(c);
    }
    gf_field_free(field);
}
END_TEST

/* Kernels diag(1/w): the spectrum of the whole matrix, point by point. */
START_TEST(test_ideal_modes)
{
    static const char *const variants[] = {"classic", "quadratic", "wgan"};

    for (size_t v = 0; v < 3; v++) {
        gf_field *field = find(variants[v], NULL);
        gf_coupled *c = couple(field, NULL, NULL);
        gf_modes whole, ideal;
        gf_modes_init(&whole);
        gf_modes_init(&ideal);
        ck_assert_int_eq(gf_coupled_modes(&whole, c, NULL), GF_OK);
        ck_assert_int_eq(gf_coupled_ideal_modes(&ideal, c, NULL), GF_OK);
        ck_assert_uint_eq(ideal.count, whole.count);
        ck_assert_uint_eq(ideal.zero, whole.zero);
        ck_assert_uint_eq(ideal.spiral, whole.spiral);
        ck_assert_uint_eq(ideal.undamped, whole.undamped);
        for (size_t i = 0; i < whole.count; i++) {
            double least = INFINITY;
            for (size_t k = 0; k < ideal.count; k++)
                least = fmin(least, hypot(whole.mode[i].re - ideal.mode[k].re,
                                          whole.mode[i].im - ideal.mode[k].im));
            assert_close(least, 0, 1e-12);
        }
        gf_modes_clear(&whole);
        gf_modes_clear(&ideal);
        gf_coupled_free(c);
        gf_field_free(field);
    }
}
END_TEST

/* No frozen kernel makes lambda grow, whatever its rank; null directions are
   zeros (K65). */
START_TEST(test_frozen_kernels_never_grow)
{
    static const char *const variants[] = {
        "classic", "nonsaturating", "quadratic", "lsgan", "kl", "wgan"};
    int rounds = is_long_run() ? 4000 : 60;

    for (int i = 0; i < rounds; i++) {
        gf_field *field = find(variants[i % 6], NULL);
        size_t rank = 1 + (size_t)i % N;
        double k[2][N * N];
        gf_coupled *c;
        gf_modes m;
        random_kernel(k[0], rank, (uint64_t)i);
        random_kernel(k[1], N, (uint64_t)i + 1000);
        c = couple(field, k[0], k[1]);
        gf_modes_init(&m);
        ck_assert_int_eq(gf_coupled_modes(&m, c, NULL), GF_OK);
        ck_assert_uint_eq(m.rank_d, rank);
        ck_assert_uint_eq(m.rank_g, N);
        ck_assert_uint_eq(m.unstable, 0);
        ck_assert_uint_eq(m.zero, 2 * (N - rank));
        ck_assert_uint_eq(m.spiral + m.node, m.count);
        if (i % 6 == 5) { /* WGAN: circles */
            ck_assert_uint_eq(m.undamped, 2 * rank);
            assert_close(m.rotation, 1, TOL1);
        }
        gf_modes_clear(&m);
        gf_coupled_free(c);
        gf_field_free(field);
    }
}
END_TEST

static void near_start(double start[2 * N])
{
    for (int i = 0; i < N; i++) {
        start[i] = 0.5 + 0.02 * i;
        start[N + i] = density[i] + 0.03 * (i - 2);
    }
}

/* WGAN's dual energy is conserved, whatever the kernels. */
START_TEST(test_dual_energy_is_conserved)
{
    gf_field *wgan = find("wgan", NULL);
    double k[2][N * N], start[2 * N];
    gf_coupled_options options = {.until = 20, .every = 0.5};
    gf_coupled_run run;

    near_start(start);
    gf_coupled_run_init(&run);
    for (uint64_t seed = 0; seed < 5; seed++) {
        random_kernel(k[0], N - seed % 3, 7 + 2 * seed);
        random_kernel(k[1], N, 8 + 2 * seed);
        gf_coupled *c = couple(wgan, k[0], k[1]);
        ck_assert_int_eq(gf_coupled_follow(&run, c, start, &options, NULL),
                         GF_OK);
        ck_assert_uint_eq(run.count, 41);
        double first = gf_coupled_dual(c, run.state);
        for (size_t i = 0; i < run.count; i++)
            assert_close(gf_coupled_dual(c, run.state + i * 2 * N) / first, 1,
                         1e-9);
        gf_coupled_free(c);
    }
    gf_coupled_run_clear(&run);
    gf_field_free(wgan);
}
END_TEST

static bool all_positive(const double p[N])
{
    for (int i = 0; i < N; i++)
        if (p[i] < 0)
            return false;
    return true;
}

/* The distance never grows while p >= 0, for what satisfies section 2b; it does
 * fall, so that the test can fail. */
START_TEST(test_distance_never_grows)
{
    static const char *const variants[] = {
        "classic", "nonsaturating", "quadratic", "lsgan",
        "kl",      "classic-logit", "hellinger"};
    gf_coupled_options options = {.until = 10, .every = 0.25};
    gf_coupled_run run;

    gf_coupled_run_init(&run);
    for (size_t v = 0; v < sizeof variants / sizeof *variants; v++) {
        gf_field *field = find(variants[v], NULL);
        double k[2][N * N], start[2 * N], f = 0, first = 0, outside;
        size_t looked = 0;
        random_kernel(k[0], N, 7 + v);
        random_kernel(k[1], N, 80 + v);
        near_start(start);
        for (int i = 0; i < N; i++)
            start[i] += field->equilibrium.d0 - 0.55;
        gf_coupled *c = couple(field, k[0], k[1]);
        ck_assert_int_eq(gf_coupled_follow(&run, c, start, &options, NULL),
                         GF_OK);
        for (size_t i = 0; i < run.count; i++) {
            double before = f;
            if (!all_positive(run.state + i * 2 * N + N))
                break;
            ck_assert_int_eq(gf_coupled_distance(&f, &outside, c,
                                                 run.state + i * 2 * N, NULL),
                             GF_OK);
            first = i == 0 ? f : first;
            ck_assert_msg(i == 0 || f <= before + 1e-9 * first,
                          "%s at %g: %.17g after %.17g", variants[v], run.t[i],
                          f, before);
            ck_assert(outside < 1e-9);
            looked++;
        }
        ck_assert_msg(looked > 2 && f < (1 - 1e-5) * first,
                      "%s: %zu rows, %g of %g", variants[v], looked, f, first);
        gf_coupled_free(c);
        gf_field_free(field);
    }
    gf_coupled_run_clear(&run);
}
END_TEST

START_TEST(test_bad_arguments)
{
    gf_field *field = find("classic", NULL);
    double k[N * N], w[N], p[N];
    gf_cloud cloud = {N, w, p};
    gf_coupled *c;
    gf_error error;

    random_kernel(k, N, 3);
    memcpy(w, weight, sizeof w);
    memcpy(p, density, sizeof p);
    w[2] = 0;
    ck_assert_int_eq(gf_coupled_new(&c, field, &cloud, k, k, &error),
                     GF_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(error.message, "point 3"));
    w[2] = 1;
    p[0] = NAN;
    ck_assert_int_eq(gf_coupled_new(&c, field, &cloud, k, k, &error),
                     GF_ARGUMENT);
    p[0] = 0;
    k[1] += 1;
    ck_assert_int_eq(gf_coupled_new(&c, field, &cloud, NULL, k, &error),
                     GF_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(error.message, "not symmetric"));
    cloud.count = 0;
    ck_assert_int_eq(gf_coupled_new(&c, field, &cloud, NULL, NULL, &error),
                     GF_ARGUMENT);
    gf_field_free(field);
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/coupled", test_no_kernel_is_the_pointwise_field,
                     test_jacobian, test_one_kernel_eigenvalue,
                     test_ideal_modes, test_frozen_kernels_never_grow,
                     test_dual_energy_is_conserved, test_distance_never_grows,
                     test_bad_arguments);
}
