/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

#include "harness.h"

/* The encoding of a code point, written the other way round. */
static size_t encode(char out[4], uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
    }
    out[0] = (char)((0xf00u >> size & 0xf0u) | code);
    return size;
}

START_TEST(test_every_code_point_is_one_character_unless_cut)
{
    char bytes[4];

    for (uint32_t code = 0; code < 0x120000; code++) {
        size_t size = encode(bytes, code);
        bool is_valid = (code < 0xd800 || code > 0xdfff) && code < 0x110000;
        /* A plain if: an assertion costs more than what it looks at. */
        if (gf_utf8_size(bytes, size) != (is_valid ? size : 0) ||
            gf_utf8_size(bytes, size - 1) != 0)
            ck_abort_msg("U+%04X", (unsigned)code);
    }
}
END_TEST

START_TEST(test_overlong_forms_and_stray_bytes_are_none)
{
    ck_assert_uint_eq(gf_utf8_size("\xc0\xaf", 2), 0);
    ck_assert_uint_eq(gf_utf8_size("\xe0\x80\xaf", 3), 0);
    ck_assert_uint_eq(gf_utf8_size("\xf0\x80\x80\xaf", 4), 0);
    ck_assert_uint_eq(gf_utf8_size("\x80", 1), 0);
    ck_assert_uint_eq(gf_utf8_size("\xff", 1), 0);
    ck_assert_uint_eq(gf_utf8_size("\xe2\x82x", 3), 0);
    ck_assert_uint_eq(gf_utf8_step("\xe2\x82x", 3), 1);
}
END_TEST

int main(void)
{
    return RUN_TESTS("base/utf8",
                     test_every_code_point_is_one_character_unless_cut,
                     test_overlong_forms_and_stray_bytes_are_none);
}
