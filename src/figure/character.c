/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/character.h"

#include "base/utf8.h"

#include <stdbool.h>

uint32_t gf_character(size_t *size, const char *text, size_t length)
{
    static const unsigned char lead[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    const unsigned char *byte = (const unsigned char *)text;
    size_t n = gf_utf8_size(text, length);

    *size = n > 0 ? n : 1;
    if (n == 0)
        return 0xfffd;
    uint32_t code = byte[0] & lead[n];
    for (size_t i = 1; i < n; i++)
        code = code << 6 | (byte[i] & 0x3fu);
    return code;
}

struct range {
    uint32_t low, high;
};

/* Blanks and line ends that become a space. */
static const struct range blanks[] = {
    {0x09, 0x0d},     {0x20, 0x20},     {0x85, 0x85},
    {0x2028, 0x2029}, {0x3000, 0x3000},
};

/* What has no shape of its own: controls, soft hyphen, marks of direction,
 * joiners, separators, private use, tags, specials. */
static const struct range shapeless[] = {
    {0x00, 0x1f},        {0x7f, 0x9f},       {0xad, 0xad},
    {0x061c, 0x061c},    {0x180e, 0x180e},   {0x200b, 0x200f},
    {0x2028, 0x202e},    {0x2060, 0x206f},   {0xe000, 0xf8ff},
    {0xfdd0, 0xfdef},    {0xfeff, 0xfeff},   {0xfff0, 0xfffb},
    {0xfffe, 0xffff},    {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
    {0xf0000, 0x10ffff},
};

static bool lies_in(uint32_t code, const struct range *range, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code >= range[i].low && code <= range[i].high)
            return true;
    return false;
}

void gf_sanitise(gf_text *out, const char *text, size_t length, size_t most)
{
    size_t size, first = out->length;

    for (size_t at = 0; at < length; at += size) {
        uint32_t code = gf_character(&size, text + at, length - at);
        bool blank = lies_in(code, blanks, sizeof blanks / sizeof *blanks);
        if (!blank &&
            (lies_in(code, shapeless, sizeof shapeless / sizeof *shapeless) ||
             (code & 0xfffe) == 0xfffe))
            continue;
        if (out->length - first + 4 > most) {
            gf_text_add(out, "\xe2\x80\xa6");
            return;
        }
        if (blank)
            gf_text_add_char(out, ' ');
        else if (code == 0xfffd)
            gf_text_add(out, "\xef\xbf\xbd");
        else
            gf_text_add_n(out, text + at, size);
    }
}
