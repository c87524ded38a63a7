/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a fuzz target defines; libFuzzer and replay.c call it. */
#ifndef GANFIELD_TESTS_FUZZ_H
#define GANFIELD_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Feeds size bytes to the code under test, and aborts where a promise of that
 * code is broken. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
