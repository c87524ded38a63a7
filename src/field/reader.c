/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of a field file: [section], KEY = VALUE, let NAME(x) = EXPR, nothing;
 * from a semicolon on, a comment.
 */
#include <string.h>

#include "base/utf8.h"
#include "expr/scope.h"
#include "field/draft.h"

typedef struct reader {
    gf_draft *draft;
    gf_passage whole;
    gf_error *error;
    int section;                     /* GF_SECTION_COUNT before the first */
    size_t opened[GF_SECTION_COUNT]; /* in which line; 0: not yet */
} reader;

/* --- characters -------------------------------------------------------- */

static const char *trouble_with(const char *text, size_t size)
{
    unsigned char c = (unsigned char)*text;

    if (size == 0)
        return "the text is not UTF-8";
    if (c == '\0')
        return "a NUL byte in the text";
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f ||
        (size == 2 && c == 0xc2 && (unsigned char)text[1] < 0xa0))
        return "a control character in the text";
    if (c == '\r' && text[1] != '\n')
        return "a carriage return inside a line";
    return NULL;
}

static gf_status check_characters(const reader *r)
{
    const char *text = r->whole.origin->text;
    size_t length = r->whole.origin->length;

    for (size_t i = 0; i < length;) {
        size_t size = gf_utf8_size(text + i, length - i);
        const char *trouble = trouble_with(text + i, size);
        if (trouble)
            return gf_passage_fail(r->error, GF_SYNTAX, r->whole, i, "%s",
                                   trouble);
        i += size;
    }
    return GF_OK;
}

/* --- lines ------------------------------------------------------------- */

static gf_status read_section(reader *r, gf_passage line)
{
    const char *chars = gf_passage_chars(line), *near;
    const char *close = memchr(chars, ']', line.length);
    size_t end = close ? (size_t)(close - chars) : line.length;
    gf_passage name = gf_passage_part(line, 1, end);

    if (!close)
        return gf_passage_fail(r->error, GF_SYNTAX, line, line.length,
                               "expected ']'");
    if (end + 1 < line.length)
        return gf_passage_fail(r->error, GF_SYNTAX,
                               gf_passage_part(line, end + 1, line.length), 0,
                               "nothing may follow ']'");
    r->section = gf_section_find(name);
    if (r->section == GF_SECTION_COUNT) {
        near = gf_section_nearest(gf_passage_text(name));
        return gf_passage_fail(r->error, GF_NAME, name, 0,
                               near ? "unknown section '%.60s'; did you mean "
                                      "'%s'?"
                                    : "unknown section '%.60s'",
                               gf_passage_text(name), near);
    }
    size_t *opened = &r->opened[r->section];
    if (*opened)
        return gf_passage_fail(r->error, GF_SYNTAX, name, 0,
                               "duplicate section [%s], first in line %zu",
                               gf_section_name(r->section), *opened);
    *opened = gf_passage_line_number(line);
    if (gf_section_is_field(r->section))
        r->draft->header = line;
    return GF_OK;
}

/* A definition begins with `let` and something that is no sign '='. */
static bool is_definition(gf_passage line, gf_passage *definition)
{
    const char *chars = gf_passage_chars(line);

    if (line.length < 4 || strncmp(chars, "let", 3) != 0 ||
        (chars[3] != ' ' && chars[3] != '\t'))
        return false;
    *definition = gf_passage_part(line, 3, line.length);
    return gf_passage_chars(*definition)[0] != '=';
}

static gf_status read_key(reader *r, gf_passage line)
{
    const char *chars = gf_passage_chars(line);
    const char *sign = memchr(chars, '=', line.length);
    size_t at = sign ? (size_t)(sign - chars) : 0;
    gf_entry entry;

    if (*chars == '#')
        return gf_passage_fail(r->error, GF_SYNTAX, line, 0,
                               "a comment begins with ';', not with '#'");
    if (!sign)
        return gf_passage_fail(r->error, GF_SYNTAX, line, 0,
                               "expected KEY = VALUE, [SECTION] or a comment "
                               "behind ';'");
    if (r->section == GF_SECTION_COUNT)
        return gf_passage_fail(r->error, GF_SYNTAX, line, 0,
                               "a key before the first [SECTION]");
    entry.key = gf_passage_part(line, 0, at);
    entry.value = gf_passage_part(line, at + 1, line.length);
    if (entry.key.length == 0 ||
        gf_name_length(gf_passage_text(entry.key)) != entry.key.length)
        return gf_passage_fail(r->error, GF_SYNTAX, line, 0,
                               "the key '%.60s' is not a name",
                               gf_passage_text(entry.key));
    if (entry.key.length > GF_NAME_MAX)
        return gf_passage_fail(r->error, GF_LIMIT, line, 0,
                               "the key is longer than %d characters",
                               GF_NAME_MAX);
    if (entry.value.length == 0)
        return gf_passage_fail(r->error, GF_SYNTAX, line, line.length,
                               "'%s' has no value", gf_passage_text(entry.key));
    return gf_draft_key(r->draft, r->section, entry, r->error);
}

static gf_status read_line(reader *r, gf_passage line)
{
    gf_passage definition;

    if (line.length == 0)
        return GF_OK;
    if (*gf_passage_chars(line) == '[')
        return read_section(r, line);
    if (is_definition(line, &definition))
        return gf_draft_let(r->draft, r->section, definition, r->error);
    return read_key(r, line);
}

/* The bytes of a text that a line takes, its end included, and those of them
   that are no comment. */
static size_t measure(const char *text, size_t length, size_t *content)
{
    const char *end = memchr(text, '\n', length);
    size_t all = end ? (size_t)(end - text) : length;
    const char *comment = memchr(text, ';', all);

    *content = comment ? (size_t)(comment - text) : all;
    return end ? all + 1 : all;
}

gf_status gf_draft_read(gf_draft *draft, const char *file, const char *text,
                        size_t length, gf_error *error)
{
    static const char mark[] = "\xef\xbb\xbf"; /* a byte order mark */
    reader r = {.draft = draft, .error = error, .section = GF_SECTION_COUNT};
    gf_status status;
    size_t content;

    if (length >= 3 && memcmp(text, mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    bool too_long = length > GF_FILE_MAX;
    gf_origin *origin =
        gf_origin_add(&draft->origins, file, NULL, text, too_long ? 0 : length);
    if (!origin)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    r.whole = draft->header = (gf_passage){origin, 0, origin->length};
    if (too_long)
        return gf_passage_fail(error, GF_LIMIT, r.whole, 0,
                               "a field file has at most %d bytes",
                               GF_FILE_MAX);
    status = check_characters(&r);
    for (size_t at = 0; !status && at < length;) {
        size_t taken = measure(text + at, length - at, &content);
        status = read_line(&r, gf_passage_part(r.whole, at, at + content));
        at += taken;
    }
    return status ? status : gf_draft_settle(draft, error);
}
