/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

#include <stdbool.h>

/* Table 3-7 of the Unicode standard, which is RFC 3629 section 4: the first
 * byte fixes the size and the range of the second. */
static const struct form {
    unsigned char first_low, first_high;
    unsigned char second_low, second_high;
    unsigned char size;
} forms[] = {
    {0x00, 0x7f, 0x00, 0x00, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2},
    {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
    {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
    {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
    {0xf4, 0xf4, 0x80, 0x8f, 4},
};

static bool matches(const struct form *form, const unsigned char *byte)
{
    if (form->size > 1 &&
        (byte[1] < form->second_low || byte[1] > form->second_high))
        return false;
    for (size_t i = 2; i < form->size; i++) {
        if (byte[i] < 0x80 || byte[i] > 0xbf)
            return false;
    }
    return true;
}

size_t gf_utf8_size(const char *text, size_t length)
{
    const unsigned char *byte = (const unsigned char *)text;

    for (size_t i = 0; length > 0 && i < sizeof forms / sizeof *forms; i++) {
        if (byte[0] < forms[i].first_low || byte[0] > forms[i].first_high)
            continue;
        if (forms[i].size > length || !matches(&forms[i], byte))
            return 0;
        return forms[i].size;
    }
    return 0;
}

size_t gf_utf8_step(const char *text, size_t length)
{
    size_t size = gf_utf8_size(text, length);

    return size > 0 ? size : 1;
}
