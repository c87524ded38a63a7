/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of a field file: constant expressions, pairs and ranges of them. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "expr/tape.h"
#include "field/build.h"

/* The name `inf` in a text that has been parsed, or its length. */
static size_t find_infinity(gf_passage p)
{
    const char *chars = gf_passage_chars(p);

    for (size_t i = 0; i < p.length;) {
        size_t length = 1;
        while (i + length < p.length &&
               (isalnum((unsigned char)chars[i + length]) ||
                chars[i + length] == '_') &&
               (isalnum((unsigned char)chars[i]) || chars[i] == '_'))
            length++;
        if (length == 3 && strncmp(chars + i, "inf", 3) == 0)
            return i;
        i += length;
    }
    return p.length;
}

gf_status gf_refuse_infinity(gf_builder *b, gf_passage p)
{
    size_t at = find_infinity(p);

    if (at == p.length)
        return GF_OK;
    return gf_passage_fail(b->error, GF_DOMAIN, p, at,
                           "'inf' is for the ends of a domain only");
}

/* Through doubles, for what has infinite parts. */
static gf_status evaluate(double *out, gf_builder *b, gf_expr e)
{
    const gf_field *field = b->field;
    gf_expr inputs[GF_FIELD_PARAMETERS_MAX];
    double values[GF_FIELD_PARAMETERS_MAX], work[256];
    gf_tape *tape;
    gf_status status;

    for (size_t i = 0; i < field->parameter_count; i++) {
        inputs[i] = field->parameter[i].symbol;
        values[i] = field->parameter[i].number;
    }
    status = gf_tape_new(&tape, field->graph, &e, 1, inputs,
                         field->parameter_count, b->error);
    if (status)
        return status;
    *out = NAN;
    if (gf_tape_slots(tape) <= sizeof work / sizeof *work)
        gf_tape_at(out, tape, values, work);
    gf_tape_free(tape);
    return GF_OK;
}

gf_status gf_build_constant(gf_expr *exact, double *number, gf_builder *b,
                            gf_passage p, int allowed)
{
    bool endless = (allowed & GF_WITH_INFINITY) && find_infinity(p) < p.length;
    gf_scope scope = b->scope;
    gf_expr parsed, bound;
    gf_status status;

    scope.count = allowed & GF_WITH_PARAMETERS ? b->field->parameter_count : 0;
    status = gf_expr_parse(&parsed, &scope, gf_passage_text(p), b->error);
    if (status)
        return gf_passage_move(b->error, status, p);
    if (!endless) {
        status = gf_refuse_infinity(b, p);
        if (status)
            return status;
    }
    bound = gf_field_bind(b->field, parsed);
    status = gf_graph_check(b->field->graph, b->error);
    if (status)
        return gf_passage_move(b->error, status, p);
    *number = gf_expr_value(b->field->graph, bound);
    if (endless && isnan(*number))
        status = evaluate(number, b, parsed);
    if (status)
        return gf_passage_move(b->error, status, p);
    if (isnan(*number) || (isinf(*number) && !endless))
        return gf_passage_fail(b->error, GF_DOMAIN, p, 0,
                               "this is no finite number");
    if (exact)
        *exact = bound;
    return GF_OK;
}

gf_status gf_build_two(gf_expr exact[2], double number[2], gf_builder *b,
                       gf_passage p, char mark, int allowed)
{
    size_t middle = gf_passage_find(p, mark);
    gf_passage part[2];

    if (middle == p.length)
        return gf_passage_fail(b->error, GF_SYNTAX, p, p.length,
                               "expected '%c'", mark);
    part[0] = gf_passage_part(p, 0, middle);
    part[1] = gf_passage_part(p, middle + 1, p.length);
    size_t more = gf_passage_find(part[1], mark);
    if (more < part[1].length)
        return gf_passage_fail(b->error, GF_SYNTAX, part[1], more,
                               "unexpected '%c'", mark);
    for (int i = 0; i < 2; i++) {
        gf_status status = gf_build_constant(exact ? &exact[i] : NULL,
                                             &number[i], b, part[i], allowed);
        if (status)
            return status;
    }
    return GF_OK;
}

/* What stands between the first character of p and its last, which are
   checked against two sets. */
static gf_status unwrap(gf_passage *inside, gf_builder *b, gf_passage p,
                        const char *first, const char *last)
{
    const char *chars = gf_passage_chars(p);
    gf_passage rest = gf_passage_part(p, p.length ? 1 : 0, p.length);
    size_t close;

    if (p.length == 0 || !strchr(first, chars[0]))
        return gf_passage_fail(b->error, GF_SYNTAX, p, 0, "expected '%c'%s",
                               first[0], first[1] ? " or '['" : "");
    close = gf_passage_find(rest, ')');
    if (last[1] && gf_passage_find(rest, ']') < close)
        close = gf_passage_find(rest, ']');
    if (close == rest.length)
        return gf_passage_fail(b->error, GF_SYNTAX, p, p.length,
                               "expected '%c'%s", last[0],
                               last[1] ? " or ']'" : "");
    if (close + 1 < rest.length)
        return gf_passage_fail(
            b->error, GF_SYNTAX, gf_passage_part(rest, close + 1, rest.length),
            0, "nothing may follow '%c'", gf_passage_chars(rest)[close]);
    *inside = gf_passage_part(rest, 0, close);
    return GF_OK;
}

gf_status gf_build_pair(gf_expr exact[2], double number[2], gf_builder *b,
                        gf_passage p)
{
    gf_passage inside;
    gf_status status = unwrap(&inside, b, p, "(", ")");

    if (status)
        return status;
    return gf_build_two(exact, number, b, inside, ',', GF_WITH_PARAMETERS);
}

gf_status gf_build_range(gf_range *out, gf_builder *b, gf_passage p)
{
    const char *chars = gf_passage_chars(p);
    gf_passage inside;
    double end[2];
    gf_status status = unwrap(&inside, b, p, "([", ")]");

    if (status)
        return status;
    status = gf_build_two(NULL, end, b, inside, ',',
                          GF_WITH_PARAMETERS | GF_WITH_INFINITY);
    if (status)
        return status;
    *out =
        (gf_range){end[0], end[1], chars[0] == '[', chars[p.length - 1] == ']'};
    if (!(out->lo < out->hi))
        return gf_passage_fail(b->error, GF_DOMAIN, p, 0,
                               "the lower end is not below the upper");
    if (isinf(out->lo) && out->lo_closed)
        return gf_passage_fail(b->error, GF_SYNTAX, p, 0,
                               "an infinite end is open: write '('");
    if (isinf(out->hi) && out->hi_closed)
        return gf_passage_fail(b->error, GF_SYNTAX, p, p.length - 1,
                               "an infinite end is open: write ')'");
    return GF_OK;
}
