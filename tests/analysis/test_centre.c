/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rest points that the linearisation leaves open: energy, first Lyapunov
   coefficient, centre manifold. */
#include <ganfield/classify.h>

#include <math.h>
#include <stdio.h>

#include "harness.h"
#include "specimen.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* l1 = (p_d/16) (F'''' - F''' (f2''/f2' + f3''/f3')), F = f1 + f2 with
   F'' = 0 at D0 (ledger K20); here F = p D^3 + q D^4, f2 = -D + s D^2,
   f3 = D + t D^2, D0 = 0. */
START_TEST(test_coefficient_of_pointwise_fields)
{
    uint64_t seed = 20;
    size_t runs = is_long_run() ? 400 : 30;

    for (size_t n = 0; n < runs; n++) {
        int k[5];
        double p, q, s, t, d, want;
        char f1[160], f2[60], f3[60], options[40];
        const gf_rest_point *point;
        specimen x;
        for (int i = 0; i < 5; i++)
            k[i] = (int)(random_bits(&seed) % 19) - 9;
        p = k[0] / 4.0, q = k[1] / 4.0, s = k[2] / 4.0, t = k[3] / 4.0;
        d = (k[4] * k[4] + 1) / 8.0;
        snprintf(f2, sizeof f2, "-D + %g*D^2", s);
        snprintf(f1, sizeof f1, "%g*D^3 + %g*D^4 - (%s)", p, q, f2);
        snprintf(f3, sizeof f3, "D + %g*D^2", t);
        snprintf(options, sizeof options, "gauge=0;p_d=%g", d);
        want = d / 16 * (24 * q - 6 * p * (2 * s / -1 + 2 * t));
        x = specimen_of(f1, f2, f3, options);
        point = specimen_wanted(&x);
        if (p == 0 && q == 0) {
            ck_assert_int_eq(point->type, GF_TYPE_CENTER);
        } else if (p == 0) { /* decided by the energy */
            ck_assert_int_eq(point->evidence, GF_EVIDENCE_ENERGY);
            ck_assert_int_eq(point->stability,
                             q < 0 ? GF_STABILITY_ASYMPTOTICALLY_STABLE
                                   : GF_STABILITY_UNSTABLE);
        } else {
            assert_close(point->lyapunov, want, TOL1);
            ck_assert_int_eq(point->type, want < 0 ? GF_TYPE_STABLE_WEAK_FOCUS
                                          : want > 0
                                              ? GF_TYPE_UNSTABLE_WEAK_FOCUS
                                              : GF_TYPE_UNDECIDED);
        }
        specimen_clear(&x);
    }
}
END_TEST

/* The normal form r' = l1 r^3 in a skew frame: x = u, y = -(J11 u + J12 v)/w.
 */
START_TEST(test_coefficient_of_a_skew_normal_form)
{
    uint64_t seed = 21;
    size_t runs = is_long_run() ? 200 : 20;

    for (size_t n = 0; n < runs; n++) {
        double l1 = (double)(random_bits(&seed) % 17) / 4 - 2;
        double turn = (double)(random_bits(&seed) % 9) - 4;
        double w = 1 + (double)(random_bits(&seed) % 4);
        double j11 = (double)(random_bits(&seed) % 9) / 2 - 2;
        double j12 = 1 + (double)(random_bits(&seed) % 5) / 2;
        char y[80], r[120], du[400], dv[900];
        const gf_rest_point *p;
        specimen s;
        snprintf(y, sizeof y, "(-(%g*u + %g*v)/%g)", j11, j12, w);
        snprintf(r, sizeof r, "(u^2 + %s^2)", y);
        snprintf(du, sizeof du, "-%g*%s + (%g*u - %g*%s)*%s", w, y, l1, turn, y,
                 r);
        snprintf(dv, sizeof dv, "-(%g*(%g*u + (%g*%s + %g*u)*%s) + %g*(%s))/%g",
                 w, w, l1, y, turn, r, j11, du, j12);
        s = specimen_planar(du, dv);
        p = specimen_point(&s, 0, 0);
        ck_assert_ptr_nonnull(p);
        assert_close(p->spectrum.im[0], w, TOL1);
        if (l1 != 0)
            assert_close(p->lyapunov, l1, TOL2);
        ck_assert_int_eq(p->type, l1 < 0   ? GF_TYPE_STABLE_WEAK_FOCUS
                                  : l1 > 0 ? GF_TYPE_UNSTABLE_WEAK_FOCUS
                                           : GF_TYPE_CENTER);
        specimen_clear(&s);
    }
}
END_TEST

/* Dirac-GANs (K44), and l1 = 0 where no more is known. */
START_TEST(test_weak_foci_of_planar_fields)
{
    static const struct {
        const char *du, *dv;
        gf_type type;
        double l1;
    } rows[] = {
        {"-v*sigmoid(u*v)", "u*sigmoid(-u*v)", GF_TYPE_STABLE_WEAK_FOCUS,
         -1.0 / 16},
        {"-v - u^3", "u", GF_TYPE_STABLE_WEAK_FOCUS, -3.0 / 8},
        {"-v + u^3", "u", GF_TYPE_UNSTABLE_WEAK_FOCUS, 3.0 / 8},
        {"v + u^2*v", "-u + u*v^2", GF_TYPE_UNDECIDED, 0},
        {"-v - u^5", "u", GF_TYPE_UNDECIDED, 0},
        {"v", "-4*u", GF_TYPE_CENTER, NAN},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = specimen_planar(rows[i].du, rows[i].dv);
        const gf_rest_point *p = specimen_point(&s, 0, 0);
        ck_assert_ptr_nonnull(p);
        ck_assert_msg(p->type == rows[i].type, "%s: %s", rows[i].du,
                      gf_type_name(p->type));
        assert_close(p->lyapunov, rows[i].l1, TOL1);
        specimen_clear(&s);
    }
}
END_TEST

/* q' = b f3^(k)(D*)/k! (slope q)^k on the centre manifold. */
START_TEST(test_centre_manifold_of_every_order)
{
    static const struct {
        const char *f3;
        gf_stability stability;
        gf_evidence evidence;
    } rows[] = {
        {"D^2", GF_STABILITY_UNSTABLE, GF_EVIDENCE_CENTRE_MANIFOLD},
        {"-D^2", GF_STABILITY_UNSTABLE, GF_EVIDENCE_CENTRE_MANIFOLD},
        {"D^3", GF_STABILITY_ASYMPTOTICALLY_STABLE,
         GF_EVIDENCE_CENTRE_MANIFOLD},
        {"-D^3 + D^4", GF_STABILITY_UNSTABLE, GF_EVIDENCE_CENTRE_MANIFOLD},
        {"D^4", GF_STABILITY_UNSTABLE, GF_EVIDENCE_CENTRE_MANIFOLD},
        {"D^5", GF_STABILITY_ASYMPTOTICALLY_STABLE,
         GF_EVIDENCE_CENTRE_MANIFOLD},
        {"sin(D) - D", GF_STABILITY_UNSTABLE, GF_EVIDENCE_CENTRE_MANIFOLD},
        {"D - sin(D)", GF_STABILITY_ASYMPTOTICALLY_STABLE,
         GF_EVIDENCE_CENTRE_MANIFOLD},
        /* flat: nothing is known of it */
        {"D*exp(-1/D^2)", GF_STABILITY_UNKNOWN, GF_EVIDENCE_NONE},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        specimen s = specimen_of("-D^2/2 + D", "-D", rows[i].f3, "");
        const gf_rest_point *p = specimen_wanted(&s);
        ck_assert_msg(p->stability == rows[i].stability, "%s: %s", rows[i].f3,
                      gf_stability_name(p->stability));
        ck_assert_int_eq(p->evidence, rows[i].evidence);
        specimen_clear(&s);
    }
    /* damped the wrong way: the linearisation knows */
    specimen s = specimen_of("D^2/2 + D", "-D", "D^3", "");
    ck_assert_int_eq(specimen_wanted(&s)->evidence, GF_EVIDENCE_LINEARISATION);
    ck_assert_int_eq(s.c.verdict, GF_OUTCOME_UNSTABLE);
    specimen_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/centre", test_coefficient_of_pointwise_fields,
                     test_coefficient_of_a_skew_normal_form,
                     test_weak_foci_of_planar_fields,
                     test_centre_manifold_of_every_order);
}
