/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a program that uses the library calls first.
 *
 *     int main(void)
 *     {
 *         gf_init();
 *         ...
 *     }
 */
#ifndef GANFIELD_INIT_H
#define GANFIELD_INIT_H

#include <ganfield/export.h>

/* Switches off GSL's error handler, which would abort the process on a bad
 * tolerance; the library maps GSL's codes to gf_status instead. Call it once
 * before anything else and before starting threads; more calls do no harm. */
GF_PUBLIC void gf_init(void);

/* The version of the library that is running, as "0.1.0". */
GF_PUBLIC const char *gf_version(void);

#endif
