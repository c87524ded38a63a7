/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nets and points of the kernel's tests. */
#ifndef GANFIELD_TESTS_KERNEL_NETS_H
#define GANFIELD_TESTS_KERNEL_NETS_H

#include "harness.h"

#include <ganfield/kernel.h>
#include <math.h>

/* The net of a line; to be cleared. */
static inline void make_net(gf_net *net, const char *text)
{
    gf_net_shape shape;
    gf_error error;

    gf_error_clear(&error);
    ck_assert_msg(!gf_net_parse(&shape, text, &error), "%s: %s", text,
                  error.message);
    ck_assert_int_eq(gf_net_make(net, &shape, &error), GF_OK);
}

/* The reference's nine points, of one or two numbers. */
static inline void set_points(double *x, size_t inputs)
{
    for (size_t i = 0; i < 9; i++) {
        double at = (double)i;
        if (inputs == 1) {
            x[i] = -2 + 0.5 * at;
            continue;
        }
        x[2 * i] = -1 + 0.25 * at;
        x[2 * i + 1] = sin(1.3 * at);
    }
}

/* The largest difference of two vectors over the largest number in the
 * second. */
static inline double distance(const double *got, const double *want,
                              size_t count)
{
    double most = 0, size = 0;

    for (size_t i = 0; i < count; i++) {
        most = fmax(most, fabs(got[i] - want[i]));
        size = fmax(size, fabs(want[i]));
        if (!(fabs(got[i]) < HUGE_VAL))
            return HUGE_VAL;
    }
    return size > 0 ? most / size : most;
}

#define assert_near(net, what, got, want, count, tol)                          \
    do {                                                                       \
        double off_ = distance(got, want, count);                              \
        ck_assert_msg(off_ <= (tol), "%s: %s is off by %.3g", net, what,       \
                      off_);                                                   \
    } while (0)

#endif
