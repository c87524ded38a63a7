/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that all commands share, and those that choose a field. */
#include "cli/options.h"

/* clang-format off */
#define FLAG(name, letter, code, help) \
    {name, letter, POPT_ARG_NONE, NULL, code, help, NULL}
#define VALUE(name, letter, code, help, what) \
    {name, letter, POPT_ARG_STRING, NULL, code, help, what}

const struct poptOption gf_common_table[] = {
    FLAG("json", '\0', GF_OPTION_JSON,
         "write one JSON document"),
    VALUE("output", 'o', GF_OPTION_OUTPUT,
          "write to FILE, in the format of its extension", "FILE"),
    FLAG("quiet", 'q', GF_OPTION_QUIET,
         "write nothing: only the exit status answers"),
    FLAG("verbose", 'v', GF_OPTION_VERBOSE,
         "write more: error bars, how each answer was decided"),
    VALUE("seed", '\0', GF_OPTION_SEED,
          "start of the random numbers, a whole number", "N"),
    VALUE("threads", '\0', GF_OPTION_THREADS,
          "most threads to use", "N"),
    FLAG("help", 'h', GF_OPTION_HELP,
         "show this help"),
    POPT_TABLEEND
};

const struct poptOption gf_field_table[] = {
    VALUE("variant", '\0', GF_OPTION_VARIANT,
          "a variant of the catalogue; repeatable", "NAME"),
    VALUE("field", '\0', GF_OPTION_FIELD,
          "a field file; repeatable", "FILE"),
    VALUE("f1", '\0', GF_OPTION_F1,
          "what the critic gains on data, in D", "EXPR"),
    VALUE("f2", '\0', GF_OPTION_F2,
          "what the critic gains on fakes", "EXPR"),
    VALUE("f3", '\0', GF_OPTION_F3,
          "what the generator gains on fakes", "EXPR"),
    VALUE("du", '\0', GF_OPTION_DU,
          "du/dt of any planar field, in u and v", "EXPR"),
    VALUE("dv", '\0', GF_OPTION_DV,
          "dv/dt", "EXPR"),
    VALUE("domain", '\0', GF_OPTION_DOMAIN,
          "where f1, f2, f3 live, as '(0,1)'; default (-inf, inf)", "RANGE"),
    VALUE("set", '\0', GF_OPTION_SET,
          "give a parameter its value; repeatable", "NAME=VALUE"),
    VALUE("speed", '\0', GF_OPTION_SPEED,
          "speeds of critic and generator; default 1,1", "A,B"),
    VALUE("link", '\0', GF_OPTION_LINK,
          "D as a function of u, the critic's coordinate", "EXPR"),
    VALUE("gauge", '\0', GF_OPTION_GAUGE,
          "D0, where f1' + f2' = 0 leaves a choice", "VALUE"),
    POPT_TABLEEND
};

const struct poptOption gf_start_table[] = {
    VALUE("start", '\0', GF_OPTION_START,
          "where a run begins; repeatable; default: the field's own starts",
          "D,P_G"),
    VALUE("starts", '\0', GF_OPTION_STARTS,
          "many: the middles of the cells of a grid over the field's window",
          "grid:NxM"),
    POPT_TABLEEND
};

const struct poptOption gf_motion_table[] = {
    VALUE("method", '\0', GF_OPTION_METHOD,
          "of a flow: rk2, rk4, rkf45, rkck, rk8pd (the default), rk2imp, "
          "rk4imp, bsimp, msadams or msbdf", "NAME"),
    VALUE("until", '\0', GF_OPTION_UNTIL,
          "the end of a flow; negative: backward in time", "T"),
    VALUE("rtol", '\0', GF_OPTION_RTOL,
          "relative error of a step; default 1e-10", "TOL"),
    VALUE("atol", '\0', GF_OPTION_ATOL,
          "absolute error of a step; default 1e-12", "TOL"),
    VALUE("max-steps", '\0', GF_OPTION_MAX_STEPS,
          "steps to try before giving up; default a million", "N"),
    VALUE("optimizer", '\0', GF_OPTION_OPTIMIZER,
          "discrete steps by a rule instead of a flow: sgd, heavy-ball:beta=0.5, "
          "...; 'ganfield stability --all' lists them", "RULE"),
    VALUE("step", '\0', GF_OPTION_STEP,
          "of an optimizer, also a schedule in the time t and the count n, as "
          "'0.1/(1+t/100)'; of a flow: steps of this size, not adaptive", "H"),
    VALUE("steps", '\0', GF_OPTION_STEPS,
          "how many steps of an optimizer", "N"),
    VALUE("order", '\0', GF_OPTION_ORDER,
          "of an optimizer: simultaneous (the default) or alternating", "ORDER"),
    VALUE("critic-steps", '\0', GF_OPTION_CRITIC_STEPS,
          "alternating: steps of the critic for one of the generator; "
          "default 1", "K"),
    VALUE("noise", '\0', GF_OPTION_NOISE,
          "of an optimizer: standard deviation of what each velocity is off by "
          "(--seed)", "SIGMA"),
    FLAG("project", '\0', GF_OPTION_PROJECT,
         "keep p_g in its physical range"),
    VALUE("box", '\0', GF_OPTION_BOX,
          "of an optimizer: clip both coordinates after each move",
          "LO:HI,LO:HI"),
    VALUE("stop-at-rest", '\0', GF_OPTION_STOP_AT_REST,
          "stop when a rest point is as near as EPS", "EPS"),
    FLAG("stop-at-window", '\0', GF_OPTION_STOP_AT_WINDOW,
         "stop on leaving the field's window"),
    POPT_TABLEEND
};
