/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of ensembles, and what runs them on this machine. */
#include <math.h>
#include <string.h>

#include "motion/ensemble.h"

static const gf_ensemble_rule rules[] = {
    {"rk4", "Runge-Kutta of order 4", 4, true, "kutta1901"},
    {"sgd", "gradient steps, which are Euler's", 1, false, "mescheder2017"},
};

enum { RULES = sizeof rules / sizeof *rules };

size_t gf_ensemble_rule_count(void)
{
    return RULES;
}

const gf_ensemble_rule *gf_ensemble_rule_row(size_t i)
{
    return &rules[i];
}

const gf_ensemble_rule *gf_ensemble_rule_find(const char *name)
{
    for (size_t i = 0; i < RULES; i++)
        if (strcmp(rules[i].name, name) == 0)
            return &rules[i];
    return NULL;
}

/* --- stages ------------------------------------------------------------ */

static bool is_bounded(gf_range range)
{
    return isfinite(range.lo) || isfinite(range.hi);
}

gf_stages gf_ensemble_stages(const gf_ensemble *e)
{
    const gf_range *domain = e->field->domain;
    int plane = e->plan.is_plane ? GF_LANE_PLANE_RK1 - GF_LANE_POINT_RK1 : 0;
    gf_stages stages = {.count = e->rule->stages};
    gf_lane_op op[4] = {GF_LANE_POINT_RK1, GF_LANE_POINT_RK2, GF_LANE_POINT_RK3,
                        GF_LANE_POINT_RK4_WATCHED};

    if (stages.count == 1)
        op[0] = GF_LANE_POINT_EULER_WATCHED;
    if (e->options.plain && stages.count == 4 && !is_bounded(domain[1]))
        op[3] = is_bounded(domain[0]) ? GF_LANE_POINT_RK4_BOUNDED
                                      : GF_LANE_POINT_RK4;
    for (int i = 0; i < 4 && e->options.tangents; i++)
        op[i] = (gf_lane_op)(GF_LANE_POINT_TANGENT1 + i);
    if (e->options.tangents && plane)
        plane = GF_LANE_PLANE_TANGENT1 - GF_LANE_POINT_TANGENT1;
    if (e->plan.is_polynomial && stages.count == 4 && !e->options.tangents) {
        int watch = op[3] == GF_LANE_POINT_RK4           ? 0
                    : op[3] == GF_LANE_POINT_RK4_BOUNDED ? 1
                                                         : 2;
        int first = GF_LANE_POLY2 + 3 * (e->plan.degree / 2 - 1);
        return (gf_stages){{(gf_lane_op)(first + watch)}, 1, true};
    }
    for (size_t i = 0; i < stages.count; i++)
        stages.op[i] = (gf_lane_op)((int)op[i] + plane);
    return stages;
}

/* --- instruction sets -------------------------------------------------- */

enum { WIDTHS = 3 };

#ifdef __x86_64__
static const gf_lanes *const all_lanes[][WIDTHS] = {
    {&gf_lanes_v2_16, &gf_lanes_v2_32, &gf_lanes_v2_64},
    {&gf_lanes_v3_16, &gf_lanes_v3_32, &gf_lanes_v3_64},
    {&gf_lanes_v4_16, &gf_lanes_v4_32, &gf_lanes_v4_64},
};

static gf_isa best_isa(void)
{
    bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
              __builtin_cpu_supports("bmi2");
    bool v4 = v3 && __builtin_cpu_supports("avx512f") &&
              __builtin_cpu_supports("avx512bw") &&
              __builtin_cpu_supports("avx512cd") &&
              __builtin_cpu_supports("avx512dq") &&
              __builtin_cpu_supports("avx512vl");

    return v4 ? GF_ISA_V4 : v3 ? GF_ISA_V3 : GF_ISA_V2;
}
#else
static const gf_lanes *const all_lanes[][WIDTHS] = {
    {&gf_lanes_v2_16, &gf_lanes_v2_32, &gf_lanes_v2_64},
};

static gf_isa best_isa(void)
{
    return GF_ISA_V2;
}
#endif

/* Short kernels want more lanes each. */
static size_t good_width(const gf_plan *plan)
{
    if (plan->is_polynomial)
        return 64;
    for (size_t i = 0; i < plan->count; i++) {
        gf_lane_op op = plan->op[i].op;
        if (op >= GF_LANE_EXP || op == GF_LANE_DIV || op == GF_LANE_SQRT ||
            op == GF_LANE_RECIPROCAL)
            return 16;
    }
    return 64;
}

const gf_lanes *gf_ensemble_lanes(const gf_plan *plan,
                                  const gf_ensemble_options *options)
{
    size_t width = options->width ? options->width : good_width(plan);
    gf_isa isa = best_isa();

    if (options->isa != GF_ISA_BEST && options->isa < isa)
        isa = options->isa;
    return all_lanes[isa - GF_ISA_V2][width == 16 ? 0 : width == 32 ? 1 : 2];
}
