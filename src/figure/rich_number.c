/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/rich.h"
#include "report/layout.h"

#include <math.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"
#define INFINITE "\xe2\x88\x9e"
#define TIMES_TEN " \xc3\x97 10"

void gf_rich_number(gf_rich *rich, double x, int digits)
{
    gf_text text;

    gf_text_init(&text);
    gf_layout_number(&text, x, digits);
    if (text.failed) {
        rich->failed = true;
        gf_text_clear(&text);
        return;
    }
    char *at = text.data, *exponent = strchr(at, 'e');
    if (exponent)
        *exponent++ = '\0';
    if (at[0] == '-') {
        gf_rich_add(rich, GF_UPRIGHT, MINUS);
        at++;
    }
    gf_rich_add(rich, GF_UPRIGHT, isinf(x) ? INFINITE : at);
    if (exponent) {
        gf_rich_add(rich, GF_UPRIGHT, TIMES_TEN);
        if (exponent[0] == '-')
            gf_rich_add(rich, GF_SUPERSCRIPT, MINUS);
        gf_rich_add(rich, GF_SUPERSCRIPT, exponent + strspn(exponent, "+-"));
    }
    gf_text_clear(&text);
}
