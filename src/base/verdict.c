/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/verdict.h>

const char *gf_verdict_name(gf_verdict v)
{
    switch (v) {
    case GF_NO:
        return "no";
    case GF_YES:
        return "yes";
    case GF_UNKNOWN:
        break;
    }
    return "unknown";
}

gf_verdict gf_verdict_and(gf_verdict a, gf_verdict b)
{
    if (a == GF_NO || b == GF_NO)
        return GF_NO;
    if (a == GF_YES && b == GF_YES)
        return GF_YES;
    return GF_UNKNOWN;
}

gf_verdict gf_verdict_or(gf_verdict a, gf_verdict b)
{
    if (a == GF_YES || b == GF_YES)
        return GF_YES;
    if (a == GF_NO && b == GF_NO)
        return GF_NO;
    return GF_UNKNOWN;
}

gf_verdict gf_verdict_not(gf_verdict a)
{
    switch (a) {
    case GF_NO:
        return GF_YES;
    case GF_YES:
        return GF_NO;
    case GF_UNKNOWN:
        break;
    }
    return GF_UNKNOWN;
}
