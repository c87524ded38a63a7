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
