/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text of a distribution. What is refused says why and where; what is read
 * has distribution functions that grow and sum to 1, and quantiles inside of
 * their support. Files are not read.
 */
#include "fuzz/fuzz.h"

#include <ganfield/distribution.h>
#include <ganfield/init.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 300 };

static void demand(bool promise)
{
    if (!promise)
        abort();
}

static void check(const gf_distribution *d)
{
    static const double level[] = {0.01, 0.3, 0.5, 0.9};
    double last = 0;

    for (int i = 0; i < 4; i++) {
        double x = gf_distribution_quantile(d, level[i], 1 - level[i]);
        double below = gf_distribution_below(d, x);
        double above = gf_distribution_above(d, x);
        demand(!isnan(x));
        demand(below >= last - 1e-6 && below <= 1 + 1e-6);
        demand(fabs(below + above - 1) < 1e-6);
        demand(gf_distribution_density(d, x) >= 0 || isinf(x));
        last = below;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gf_distribution *d;
    gf_error error;
    gf_status status;
    char *text;

    gf_init();
    if (size > TEXT_MAX)
        return 0;
    text = malloc(size + 1);
    demand(text != NULL);
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    if (!strstr(text, "samples") && !strstr(text, "histogram")) {
        gf_error_clear(&error);
        status = gf_distribution_read(&d, text, &error);
        demand((status == GF_OK) == (d != NULL));
        if (d)
            check(d);
        else
            demand(error.status == status && error.message[0] &&
                   error.caret <= strlen(error.text));
        gf_distribution_free(d);
    }
    free(text);
    return 0;
}
