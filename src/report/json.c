/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json.h"

#include "base/number.h"
#include "base/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 80, INDENT = 2 };

void gf_json_init(gf_json *json, gf_text *out)
{
    *json = (gf_json){.out = out, .line = out->length};
}

static void break_line(gf_json *json)
{
    gf_text_add_char(json->out, '\n');
    json->line = json->out->length;
    for (size_t i = 0; i < INDENT * json->depth; i++)
        gf_text_add_char(json->out, ' ');
}

/* Writes what stands between the value before and the next one, of the given
 * size where it is a number and 0 where it is not. */
static void separate(gf_json *json, size_t number_size)
{
    gf_text *out = json->out;

    if (json->depth == 0)
        return;
    if (json->level[json->depth - 1].is_object) {
        assert(json->has_key);
        json->has_key = false;
        return;
    }
    bool is_empty = json->level[json->depth - 1].is_empty;
    bool is_filling =
        number_size > 0 && json->level[json->depth - 1].last_is_number;
    json->level[json->depth - 1].is_empty = false;
    json->level[json->depth - 1].last_is_number = number_size > 0;
    if (!is_empty)
        gf_text_add_char(out, ',');
    /* A comma may follow the number. */
    if (is_filling && out->length - json->line + number_size + 2 <= COLUMNS)
        gf_text_add_char(out, ' ');
    else
        break_line(json);
}

static void begin(gf_json *json, char mark, bool is_object)
{
    assert(json->depth < GF_JSON_DEPTH);
    separate(json, 0);
    json->level[json->depth].start = json->out->length;
    json->level[json->depth].line = json->line;
    json->level[json->depth].is_object = is_object;
    json->level[json->depth].is_empty = true;
    json->level[json->depth].last_is_number = false;
    json->depth++;
    gf_text_add_char(json->out, mark);
}

/* Puts the container that began at start on one line if it fits there. No
 * string holds a line break, so each one stands between two values. */
static void collapse(gf_json *json, size_t start, size_t line)
{
    gf_text *out = json->out;
    char packed[COLUMNS];
    size_t n = 0, room = COLUMNS - 1; /* a comma may follow */

    if (start - line >= room)
        return;
    room -= start - line;
    for (size_t i = start; i < out->length; i++) {
        char c = out->data[i];
        if (c == '\n') {
            bool after_comma = packed[n - 1] == ',';
            while (i + 1 < out->length && out->data[i + 1] == ' ')
                i++;
            if (!after_comma)
                continue;
            c = ' ';
        }
        if (n == room)
            return;
        packed[n++] = c;
    }
    gf_text_cut(out, start);
    gf_text_add_n(out, packed, n);
    json->line = line;
}

static void end(gf_json *json, char mark, bool is_object)
{
    assert(json->depth > 0 && !json->has_key);
    json->depth--;
    assert(json->level[json->depth].is_object == is_object);
    if (!json->level[json->depth].is_empty)
        break_line(json);
    gf_text_add_char(json->out, mark);
    if (!json->out->failed && (json->depth > 0 || !is_object))
        collapse(json, json->level[json->depth].start,
                 json->level[json->depth].line);
}

void gf_json_begin_object(gf_json *json)
{
    begin(json, '{', true);
}

void gf_json_end_object(gf_json *json)
{
    end(json, '}', true);
}

void gf_json_begin_array(gf_json *json)
{
    begin(json, '[', false);
}

void gf_json_end_array(gf_json *json)
{
    end(json, ']', false);
}

static void add_control(gf_text *out, char c)
{
    static const char letters[] = "btnfr", codes[] = "\b\t\n\f\r";
    const char *known = strchr(codes, c);

    if (known && c != '\0')
        gf_text_addf(out, "\\%c", letters[known - codes]);
    else
        gf_text_addf(out, "\\u%04x", (unsigned)(unsigned char)c);
}

static void add_string(gf_text *out, const char *string)
{
    size_t length = strlen(string);

    gf_text_add_char(out, '"');
    for (size_t i = 0; i < length;) {
        size_t size = gf_utf8_size(string + i, length - i);
        char c = string[i];
        if (size == 0)
            gf_text_add(out, "\xef\xbf\xbd");
        else if (c == '"' || c == '\\')
            gf_text_addf(out, "\\%c", c);
        else if (size == 1 && (unsigned char)c < 0x20)
            add_control(out, c);
        else
            gf_text_add_n(out, string + i, size);
        i += size > 0 ? size : 1;
    }
    gf_text_add_char(out, '"');
}

void gf_json_key(gf_json *json, const char *key)
{
    assert(json->depth > 0 && json->level[json->depth - 1].is_object);
    assert(!json->has_key);
    if (!json->level[json->depth - 1].is_empty)
        gf_text_add_char(json->out, ',');
    json->level[json->depth - 1].is_empty = false;
    break_line(json);
    add_string(json->out, key);
    gf_text_add(json->out, ": ");
    json->has_key = true;
}

void gf_json_string(gf_json *json, const char *string)
{
    if (!string) {
        gf_json_null(json);
        return;
    }
    separate(json, 0);
    add_string(json->out, string);
}

/* A number, or what stands where one would. */
static void add_number(gf_json *json, const char *text, size_t length)
{
    separate(json, length);
    gf_text_add_n(json->out, text, length);
}

void gf_json_number(gf_json *json, double x)
{
    char number[GF_NUMBER_SIZE];

    if (isfinite(x))
        add_number(json, number, gf_number_write(number, x));
    else
        add_number(json, "null", 4);
}

void gf_json_integer(gf_json *json, long long n)
{
    char number[24];
    int length = snprintf(number, sizeof number, "%lld", n);

    add_number(json, number, (size_t)length);
}

void gf_json_bool(gf_json *json, bool value)
{
    separate(json, 0);
    gf_text_add(json->out, value ? "true" : "false");
}

void gf_json_null(gf_json *json)
{
    separate(json, 0);
    gf_text_add(json->out, "null");
}
