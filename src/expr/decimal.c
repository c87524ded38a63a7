/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/decimal.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arb_headers.h"

/* Of a decimal that is written and of a text that is read; a fraction of the
   graph's largest numbers can be read back. */
enum { DIGITS_MAX = 17, TEXT_DIGITS_MAX = 5000, EXPONENT_MAX = 400 };
/* Powers of ten of the smallest and the largest double. */
enum { SMALLEST = -323, LARGEST = 308 };

/* q = digits * 10^-places with integer digits; false if it does not end. */
static bool scale_to_integer(fmpz_t digits, long *places, const fmpq_t q)
{
    fmpz_t rest, two, five;
    long twos, fives;
    bool ends;

    fmpz_init(rest);
    fmpz_init_set_ui(two, 2);
    fmpz_init_set_ui(five, 5);
    twos = fmpz_remove(rest, fmpq_denref(q), two);
    fives = fmpz_remove(rest, rest, five);
    ends = fmpz_is_one(rest) && twos < 1100 && fives < 1100;
    if (ends) {
        *places = twos > fives ? twos : fives;
        fmpz_abs(digits, fmpq_numref(q));
        fmpz_pow_ui(rest, two, (ulong)(*places - twos));
        fmpz_mul(digits, digits, rest);
        fmpz_pow_ui(rest, five, (ulong)(*places - fives));
        fmpz_mul(digits, digits, rest);
    }
    fmpz_clear(rest);
    fmpz_clear(two);
    fmpz_clear(five);
    return ends;
}

/* 0.00123, 1.5, 12000, 1.5e-9, 2e30: the point is moved when it saves
   more than a few zeros. */
static void write_digits(gf_text *out, const char *digits, long exponent)
{
    long count = (long)strlen(digits);
    long point = count + exponent; /* digits before the point */

    if (point > 21 || point < -5) {
        gf_text_addf(out, count > 1 ? "%.1s.%se%ld" : "%.1s%se%ld", digits,
                     digits + 1, point - 1);
    } else if (point <= 0) {
        gf_text_add(out, "0.");
        for (long i = point; i < 0; i++)
            gf_text_add(out, "0");
        gf_text_add(out, digits);
    } else if (point >= count) {
        gf_text_add(out, digits);
        for (long i = count; i < point; i++)
            gf_text_add(out, "0");
    } else {
        gf_text_addf(out, "%.*s.%s", (int)point, digits, digits + point);
    }
}

bool gf_decimal_text(gf_text *out, const fmpq_t q)
{
    fmpz_t digits, ten, power;
    long places = 0, zeros;
    char *text;
    bool fits;

    if (fmpq_is_zero(q)) {
        if (out)
            gf_text_add(out, "0");
        return true;
    }
    if (fmpz_bits(fmpq_denref(q)) > 1200)
        return false;
    fmpz_init(digits);
    fmpz_init(power);
    fmpz_init_set_ui(ten, 10);
    fits = scale_to_integer(digits, &places, q);
    if (fits) {
        zeros = fmpz_remove(digits, digits, ten);
        fmpz_pow_ui(power, ten, DIGITS_MAX);
        fits = fmpz_cmp(digits, power) < 0;
        text = fits ? fmpz_get_str(NULL, 10, digits) : NULL;
        if (fits) {
            long leading = (long)strlen(text) - 1 + zeros - places;
            fits = leading >= SMALLEST && leading <= LARGEST;
        }
        if (fits && out) {
            if (fmpq_sgn(q) < 0)
                gf_text_add(out, "-");
            write_digits(out, text, zeros - places);
        }
        flint_free(text);
    }
    fmpz_clear(digits);
    fmpz_clear(power);
    fmpz_clear(ten);
    return fits;
}

void gf_fraction_text(gf_text *out, const fmpq_t q)
{
    char *text = fmpq_get_str(NULL, 10, q);

    gf_text_add(out, text);
    flint_free(text);
}

/* Digits with at most one point; returns their length and the number of
   digits after the point. */
static size_t scan_digits(const char *text, char *digits, size_t *count,
                          long *places)
{
    size_t i = 0;
    bool point = false;

    *count = 0;
    *places = 0;
    for (; isdigit((unsigned char)text[i]) || (text[i] == '.' && !point); i++) {
        if (text[i] == '.') {
            point = true;
            continue;
        }
        if (*count < TEXT_DIGITS_MAX)
            digits[(*count)++] = text[i];
        else
            (*count) = TEXT_DIGITS_MAX + 1;
        if (point)
            (*places)++;
    }
    return i;
}

size_t gf_decimal_read(fmpq_t q, const char *text, bool *in_range)
{
    char digits[TEXT_DIGITS_MAX + 2];
    size_t count, length;
    long places, exponent = 0;
    fmpz_t power;
    double size;

    length = scan_digits(text, digits, &count, &places);
    *in_range = true;
    if (count == 0)
        return 0;
    if (text[length] == 'e' || text[length] == 'E') {
        char *end;
        const char *start = text + length + 1;
        size_t sign = *start == '-' || *start == '+';
        if (isdigit((unsigned char)start[sign])) {
            exponent = strtol(start, &end, 10);
            length = (size_t)(end - text);
        }
    }
    if (count > TEXT_DIGITS_MAX || labs(exponent) > EXPONENT_MAX) {
        *in_range = false;
        return length;
    }
    digits[count] = '\0';
    fmpz_set_str(fmpq_numref(q), digits, 10);
    fmpz_one(fmpq_denref(q));
    exponent -= places;
    fmpz_init_set_ui(power, 10);
    fmpz_pow_ui(power, power, (ulong)labs(exponent));
    if (exponent >= 0)
        fmpq_mul_fmpz(q, q, power);
    else
        fmpq_div_fmpz(q, q, power);
    fmpz_clear(power);
    size = fabs(gf_rational_near(q));
    *in_range = isfinite(size) && (size > 0 || fmpq_is_zero(q));
    return length;
}

/* --- doubles ----------------------------------------------------------- */

static double rounded(const fmpq_t q, arf_rnd_t direction)
{
    arf_t x;
    double d;

    if (fmpz_is_one(fmpq_denref(q)) && fmpz_bits(fmpq_numref(q)) <= 53)
        return (double)fmpz_get_si(fmpq_numref(q));
    arf_init(x);
    if (direction == ARF_RND_NEAR) {
        /* to odd with spare bits, then once to nearest */
        arf_fmpz_div_fmpz(x, fmpq_numref(q), fmpq_denref(q), 1200,
                          ARF_RND_DOWN);
    } else {
        arf_fmpz_div_fmpz(x, fmpq_numref(q), fmpq_denref(q), 53, direction);
    }
    d = arf_get_d(x, direction);
    arf_clear(x);
    return d;
}

double gf_rational_down(const fmpq_t q)
{
    return rounded(q, ARF_RND_FLOOR);
}

double gf_rational_up(const fmpq_t q)
{
    return rounded(q, ARF_RND_CEIL);
}

double gf_rational_near(const fmpq_t q)
{
    return rounded(q, ARF_RND_NEAR);
}
