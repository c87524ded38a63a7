/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is scanned as a number reads the same after it was written. */
#include "fuzz/fuzz.h"

#include "base/number.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    double x = 0, back = 0;
    char text[GF_NUMBER_SIZE];

    size_t taken = gf_number_scan(&x, (const char *)data, size);
    if (taken > size)
        abort();
    if (taken == 0)
        return 0;
    gf_number_write(text, x);
    if (gf_number_read(&back, text) || memcmp(&x, &back, sizeof x) != 0)
        abort();
    return 0;
}
