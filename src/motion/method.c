/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of methods: Runge-Kutta, explicit [kutta1901] [fehlberg1969]
 * [cash1990] [prince1981] and implicit [hairer1996], extrapolation [bader1983],
 * multistep [byrne1975].  All are GSL's; what their fixed steps amount to is
 * not always what their names say: rk2 goes on with the result of order 3 that
 * it has for its error estimate, and rk4, rk2imp and rk4imp take two half steps
 * in each step, for theirs.
 */
#include "motion/method.h"

#include <assert.h>
#include <string.h>

static const gf_flow_method methods[] = {
    {"rk2", "Runge-Kutta 2(3), going on with order 3", 3, false, "kutta1901"},
    {"rk4", "classical Runge-Kutta, two half steps", 4, false, "kutta1901"},
    {"rkf45", "Runge-Kutta-Fehlberg 4(5)", 5, false, "fehlberg1969"},
    {"rkck", "Runge-Kutta, Cash and Karp 4(5)", 5, false, "cash1990"},
    {"rk8pd", "Runge-Kutta, Prince and Dormand 8(7)", 8, false, "prince1981"},
    {"rk2imp", "implicit midpoint rule, two half steps", 2, true, "hairer1996"},
    {"rk4imp", "Gauss's method of order 4, two half steps", 4, true,
     "hairer1996"},
    {"bsimp", "semi-implicit extrapolation", 12, true, "bader1983"},
    {"msadams", "Adams' multistep method, order 1 to 12", 0, false,
     "byrne1975"},
    {"msbdf", "backward differentiation, order 1 to 5", 0, true, "byrne1975"},
};

/* GSL's variables are no constants, but where they stand is. */
static const gsl_odeiv2_step_type *const *const types[] = {
    &gsl_odeiv2_step_rk2,    &gsl_odeiv2_step_rk4,   &gsl_odeiv2_step_rkf45,
    &gsl_odeiv2_step_rkck,   &gsl_odeiv2_step_rk8pd, &gsl_odeiv2_step_rk2imp,
    &gsl_odeiv2_step_rk4imp, &gsl_odeiv2_step_bsimp, &gsl_odeiv2_step_msadams,
    &gsl_odeiv2_step_msbdf,
};

enum { METHOD_COUNT = sizeof methods / sizeof *methods, DEFAULT_METHOD = 4 };

_Static_assert(sizeof types / sizeof *types == METHOD_COUNT, "one type each");

size_t gf_flow_method_count(void)
{
    return METHOD_COUNT;
}

const gf_flow_method *gf_flow_method_row(size_t i)
{
    assert(i < METHOD_COUNT);
    return &methods[i];
}

const gf_flow_method *gf_flow_method_find(const char *name)
{
    for (size_t i = 0; i < METHOD_COUNT; i++)
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

const gf_flow_method *gf_flow_method_default(void)
{
    return &methods[DEFAULT_METHOD];
}

const gsl_odeiv2_step_type *gf_flow_method_type(const gf_flow_method *method)
{
    return *types[method - methods];
}
