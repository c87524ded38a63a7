/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubles as text, and back, without loss and without the locale. */
#ifndef GANFIELD_BASE_NUMBER_H
#define GANFIELD_BASE_NUMBER_H

#include <ganfield/status.h>
#include <stddef.h>

/* Room for any number and its NUL. */
#define GF_NUMBER_SIZE 32

/* Writes the shortest decimal that reads back to the same double, and of those
 * the nearest to it: 0.2, 1e-8, 123456, 1e22, -0. Numbers from 1e-6 to below
 * 1e16 have no exponent. Not finite: "inf", "-inf", "nan". Returns the length,
 * the NUL not counted. */
size_t gf_number_write(char out[static GF_NUMBER_SIZE], double x);

/* Reads the longest decimal literal that begins text, of which length bytes
 * may be read: digits with an optional point among, before or after them, then
 * an optional exponent; no sign. Gives the nearest double (infinity where it
 * is too large) and returns the bytes taken; 0, and *out as it was, where no
 * literal begins. Literals of any length are read exactly. */
size_t gf_number_scan(double *out, const char *text, size_t length);

/* Reads a string that is one number and nothing else: a literal as above or
 * "inf", with an optional sign. GF_SYNTAX where it is none, GF_LIMIT where it
 * is finite but too large for a double; *out is then as it was. */
GF_CHECKED gf_status gf_number_read(double *out, const char *text);

#endif
