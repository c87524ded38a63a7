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
/* Decimals of a smaller leading power of ten are in the range of a double. */
enum { SAFE_POWER = 300 };

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

static bool is_double(const fmpq_t q)
{
    double size = fabs(gf_rational_near(q));

    return isfinite(size) && (size > 0 || fmpq_is_zero(q));
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
            fits = labs(leading) < SAFE_POWER || is_double(q);
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

bool gf_is_fraction(const fmpq_t c)
{
    const fmpz *n = fmpq_denref(c);

    return fmpz_cmp_ui(n, 4) <= 0 ||
           (fmpz_cmp_ui(n, 64) <= 0 && fmpz_popcnt(n) == 1) ||
           !gf_decimal_text(NULL, c);
}

void gf_fraction_text(gf_text *out, const fmpq_t q)
{
    char *text = fmpq_get_str(NULL, 10, q);

    gf_text_add(out, text);
    flint_free(text);
}

/* A literal taken apart: digits * 10^(exponent - places). */
typedef struct literal {
    char digits[TEXT_DIGITS_MAX + 2]; /* without leading zeros */
    size_t count;                     /* of them, at most one too many */
    long places, exponent;
    bool integer; /* without point and exponent */
} literal;

/* Digits with at most one point; returns the length, 0 without a digit. */
static size_t scan_digits(literal *l, const char *text)
{
    size_t i = 0;
    bool point = false;

    l->count = 0;
    l->places = l->exponent = 0;
    for (; isdigit((unsigned char)text[i]) || (text[i] == '.' && !point); i++) {
        if (text[i] == '.') {
            point = true;
            continue;
        }
        if ((l->count || text[i] != '0') && l->count <= TEXT_DIGITS_MAX)
            l->digits[l->count++] = text[i];
        if (point)
            l->places++;
    }
    l->integer = !point;
    return i == (size_t)point ? 0 : i;
}

/* Its length; an exponent that is too large is cut, but stays too large. */
static size_t scan_exponent(literal *l, const char *text)
{
    size_t sign = text[0] ? text[1] == '-' || text[1] == '+' : 0;
    size_t i = 1 + sign;

    if ((text[0] != 'e' && text[0] != 'E') || !isdigit((unsigned char)text[i]))
        return 0;
    for (; isdigit((unsigned char)text[i]); i++)
        if (l->exponent <= EXPONENT_MAX)
            l->exponent = 10 * l->exponent + (text[i] - '0');
    if (text[1] == '-')
        l->exponent = -l->exponent;
    l->integer = false;
    return i;
}

size_t gf_decimal_read(fmpq_t q, const char *text, bool *in_range)
{
    literal l;
    size_t length = scan_digits(&l, text);
    long exponent;
    fmpz_t power;

    *in_range = true;
    if (length == 0)
        return 0;
    length += scan_exponent(&l, text + length);
    fmpq_zero(q);
    if (l.count == 0)
        return length;
    if (l.count > TEXT_DIGITS_MAX || l.places > TEXT_DIGITS_MAX ||
        labs(l.exponent) > EXPONENT_MAX) {
        *in_range = false;
        return length;
    }
    l.digits[l.count] = '\0';
    fmpz_set_str(fmpq_numref(q), l.digits, 10);
    exponent = l.exponent - l.places;
    fmpz_init_set_ui(power, 10);
    fmpz_pow_ui(power, power, (ulong)labs(exponent));
    if (exponent >= 0)
        fmpq_mul_fmpz(q, q, power);
    else
        fmpq_div_fmpz(q, q, power);
    fmpz_clear(power);
    *in_range = l.integer || is_double(q);
    return length;
}

/* --- doubles ----------------------------------------------------------- */

double gf_rational_near(const fmpq_t q)
{
    arf_t x;
    double d;

    if (fmpz_is_one(fmpq_denref(q)) && fmpz_bits(fmpq_numref(q)) <= 53)
        return (double)fmpz_get_si(fmpq_numref(q));
    arf_init(x);
    /* to odd with spare bits, then once to nearest */
    arf_fmpz_div_fmpz(x, fmpq_numref(q), fmpq_denref(q), 1200, ARF_RND_DOWN);
    d = arf_get_d(x, ARF_RND_NEAR);
    arf_clear(x);
    return d;
}
