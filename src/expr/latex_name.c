/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/latex.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static const char *const greek[] = {
    "alpha", "beta",  "gamma",  "delta",  "epsilon", "zeta",  "eta",
    "theta", "kappa", "lambda", "mu",     "nu",      "xi",    "rho",
    "tau",   "sigma", "phi",    "chi",    "psi",     "omega", "iota",
    "Gamma", "Delta", "Theta",  "Sigma",  "Lambda",  "Phi",   "Psi",
    "Omega", "Xi",    "Pi",     "upsilon"};

static bool is_greek(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof greek / sizeof *greek; i++)
        if (strlen(greek[i]) == length && memcmp(greek[i], name, length) == 0)
            return true;
    return false;
}

/* A word between underscores. */
static void write_word(gf_text *out, const char *word, size_t length)
{
    size_t letters = 0;

    while (letters < length && isalpha((unsigned char)word[letters]))
        letters++;
    if (letters == 0 || (length == 1 && letters == 1)) {
        gf_text_add_n(out, word, length);
    } else if (is_greek(word, letters)) {
        gf_text_add(out, "\\");
        gf_text_add_n(out, word, letters);
    } else if (letters == 1) {
        gf_text_add_n(out, word, 1);
    } else {
        gf_text_add(out, "\\mathrm{");
        gf_text_add_n(out, word, length);
        gf_text_add(out, "}");
        return;
    }
    if (letters > 0 && letters < length) {
        gf_text_add(out, "_{");
        gf_text_add_n(out, word + letters, length - letters);
        gf_text_add(out, "}");
    }
}

void gf_latex_name(gf_text *out, const char *name)
{
    size_t length = strcspn(name, "#"), first = strcspn(name, "_#");
    size_t at = first + 1;

    if (first == 0 || first == length) {
        if (first == 0)
            gf_text_add(out, "\\mathrm{\\_}");
        write_word(out, name + (first == 0), length - (first == 0));
        return;
    }
    if (isdigit((unsigned char)name[first - 1]) && first > 1) {
        gf_text_add(out, "{");
        write_word(out, name, first);
        gf_text_add(out, "}");
    } else {
        write_word(out, name, first);
    }
    gf_text_add(out, "_{");
    while (at < length) {
        size_t word = strcspn(name + at, "_#");
        write_word(out, name + at, word);
        at += word + 1;
        if (at < length)
            gf_text_add(out, ",");
    }
    gf_text_add(out, "}");
}
