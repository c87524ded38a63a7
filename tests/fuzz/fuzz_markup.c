/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is given as the text of a figure becomes text that can be drawn:
 * UTF-8 without controls, in runs that follow each other, cut to any width. */
#include "fuzz/fuzz.h"

#include "figure/character.h"
#include "figure/furniture.h"

#include <stdlib.h>
#include <string.h>

static void check(const gf_rich *rich)
{
    const char *text = gf_rich_plain(rich);
    size_t at = 0, size;

    if (rich->failed || rich->text.failed)
        abort();
    for (size_t i = 0; i < rich->runs; i++) {
        const gf_run *run = &rich->run[i];
        unsigned shifts = run->style & (GF_SUBSCRIPT | GF_SUPERSCRIPT);
        if (run->start != at || run->length == 0 ||
            shifts == (GF_SUBSCRIPT | GF_SUPERSCRIPT))
            abort();
        at += run->length;
    }
    if (at != rich->text.length)
        abort();
    for (size_t i = 0; i < at; i += size) {
        uint32_t code = gf_character(&size, text + i, at - i);
        if (code < 0x20 || (code == 0xfffd && size != 3))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const gf_typesetter *times = gf_typesetter_builtin(GF_SERIF);
    double width = (double)(size % 100);
    char *text = malloc(size + 1);
    gf_rich rich;

    if (!text)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    gf_rich_init(&rich);
    gf_rich_markup(&rich, text);
    check(&rich);
    gf_rich_fit(&rich, 9, width, times);
    check(&rich);
    if (rich.runs > 1 && gf_rich_measure(&rich, 9, times).width > width + 9)
        abort();
    gf_rich_clear(&rich);
    free(text);
    return 0;
}
