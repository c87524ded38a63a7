/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/npy.h"

#include "base/number.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A file is at most this long: room for 40000 x 40000 doubles and a head. */
#define SIZE_LIMIT ((size_t)13 << 30)

static const char magic[] = "\x93NUMPY";
enum { MAGIC = 6 };

typedef struct source {
    const char *path;
    char *data; /* with a NUL after it */
    size_t size;
    gf_error *error;
} source;

static gf_status fail(const source *s, gf_status status, const char *message)
{
    gf_error_set(s->error, status, "'%s': %s", s->path, message);
    return status;
}

/* --- the file ---------------------------------------------------------- */

static gf_status grow(source *s, size_t *room)
{
    *room = *room ? 2 * *room : 1 << 16;
    if (*room > 2 * SIZE_LIMIT)
        return fail(s, GF_LIMIT, "the file is too long");
    char *data = realloc(s->data, *room + 1);
    if (!data)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    s->data = data;
    return GF_OK;
}

static gf_status load(source *s)
{
    size_t room = 0;
    gf_status status = GF_OK;
    FILE *file = fopen(s->path, "rb");

    if (!file)
        return fail(s, GF_READ, strerror(errno));
    errno = 0;
    while (!status && !feof(file) && !ferror(file)) {
        if (s->size == room)
            status = grow(s, &room);
        if (!status)
            s->size += fread(s->data + s->size, 1, room - s->size, file);
    }
    if (!status && ferror(file))
        status = fail(s, GF_READ, errno ? strerror(errno) : "cannot read");
    fclose(file);
    if (!status)
        s->data[s->size] = '\0';
    return status;
}

/* --- NPY --------------------------------------------------------------- */

/* What stands after 'key': in the head; NULL where it is not there. */
static const char *value_of(const char *head, const char *key)
{
    const char *at = strstr(head, key);

    at = at ? strchr(at, ':') : NULL;
    return at ? at + 1 + strspn(at + 1, " ") : NULL;
}

/* "(4, 2)" or "(4,)". */
static bool read_shape(gf_matrix *out, const char *text)
{
    size_t side[2] = {1, 1}, count = 0;

    if (*text++ != '(')
        return false;
    for (; count < 2; count++) {
        char *end = NULL;
        text += strspn(text, ", ");
        if (*text == ')')
            break;
        unsigned long long n = strtoull(text, &end, 10);
        if (end == text || n > SIZE_LIMIT)
            return false;
        side[count] = (size_t)n;
        text = end;
    }
    text += strspn(text, ", ");
    out->rows = side[0];
    out->columns = side[1];
    return count > 0 && *text == ')';
}

static double item(const char *at, bool is_float)
{
    double x;
    float y;

    if (is_float)
        memcpy(&y, at, sizeof y);
    else
        memcpy(&x, at, sizeof x);
    return is_float ? (double)y : x;
}

static gf_status take_items(gf_matrix *out, const source *s, const char *at,
                            bool is_float, bool by_column)
{
    size_t size = is_float ? sizeof(float) : sizeof(double);
    size_t count = out->rows * out->columns;
    size_t left = s->size - (size_t)(at - s->data);

    if (count == 0)
        return fail(s, GF_ARGUMENT, "the array is empty");
    if (out->columns > left / size / out->rows)
        return fail(s, GF_SYNTAX, "the file ends before its array does");
    out->at = malloc(count * sizeof *out->at);
    if (!out->at)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++) {
        size_t to =
            by_column ? i % out->rows * out->columns + i / out->rows : i;
        out->at[to] = item(at + i * size, is_float);
        if (!isfinite(out->at[to]))
            return fail(s, GF_ARGUMENT,
                        "the array holds a number that is not finite");
    }
    return GF_OK;
}

static gf_status read_npy(gf_matrix *out, const source *s)
{
    const unsigned char *data = (const unsigned char *)s->data;
    bool is_long = s->size > MAGIC && data[MAGIC] >= 2;
    size_t start = is_long ? 12 : 10, length = 0;
    char head[4096];

    for (size_t i = start; i > 8 && s->size >= start; i--)
        length = 256 * length + data[i - 1];
    if (length == 0 || length >= sizeof head || s->size < start + length)
        return fail(s, GF_SYNTAX, "the head of the NPY file is damaged");
    memcpy(head, s->data + start, length);
    head[length] = '\0';
    const char *type = value_of(head, "'descr'");
    const char *order = value_of(head, "'fortran_order'");
    const char *shape = value_of(head, "'shape'");
    if (!type || !order || !shape || !read_shape(out, shape))
        return fail(s, GF_SYNTAX,
                    "the head of the NPY file is not that of an array of one "
                    "or two dimensions");
    bool is_float = strncmp(type, "'<f4'", 5) == 0;
    if (!is_float && strncmp(type, "'<f8'", 5) != 0)
        return fail(s, GF_SYNTAX,
                    "the array's type must be '<f8' or '<f4' (numpy: "
                    "astype(float))");
    return take_items(out, s, s->data + start + length, is_float,
                      strncmp(order, "True", 4) == 0);
}

/* --- text -------------------------------------------------------------- */

static gf_status fail_at(const source *s, const char *at, gf_status status,
                         const char *message)
{
    gf_error_set(s->error, status, "%s", message);
    gf_error_place(s->error, s->data, s->size, (size_t)(at - s->data));
    if (s->error)
        snprintf(s->error->file, sizeof s->error->file, "%s", s->path);
    return status;
}

static bool add(gf_matrix *out, size_t *count, size_t *room, double x)
{
    if (*count == *room) {
        *room = *room ? 2 * *room : 64;
        double *at = realloc(out->at, *room * sizeof *at);
        if (!at)
            return false;
        out->at = at;
    }
    out->at[(*count)++] = x;
    return true;
}

#define SEPARATORS " \t\r,;"

/* A number, or not: as "inf", "nan". False where it is something else. */
static bool read_word(double *out, const char *word, size_t length)
{
    char text[64];

    if (length >= sizeof text)
        return gf_number_scan(out, word, length) == length;
    memcpy(text, word, length);
    text[length] = '\0';
    gf_status status = gf_number_read(out, text);
    return status != GF_SYNTAX || strcmp(text, "nan") == 0 ||
           strcmp(text, "-nan") == 0 || strcmp(text, "NaN") == 0;
}

/* One line's numbers, from *at on to its end; words are refused but at the
 * top. */
static gf_status read_line(gf_matrix *out, const source *s, const char **at,
                           size_t *count, size_t *room)
{
    const char *end = *at + strcspn(*at, "\n"), *start = *at;
    const char *stop = memchr(start, '#', (size_t)(end - start));
    size_t before = *count;

    stop = stop ? stop : end;
    *at = *end ? end + 1 : end;
    for (const char *p = start;;) {
        double x = NAN;
        p += strspn(p, SEPARATORS);
        if (p >= stop)
            break;
        size_t length = strcspn(p, SEPARATORS "#\n");
        if (!read_word(&x, p, length)) {
            if (before == 0 && *count == 0)
                return GF_OK; /* a line of titles */
            return fail_at(s, p, GF_SYNTAX, "a number belongs here");
        }
        if (!isfinite(x))
            return fail_at(s, p, GF_ARGUMENT, "the number is not finite");
        if (!add(out, count, room, x))
            return gf_error_set(s->error, GF_MEMORY, "out of memory");
        p += length;
    }
    if (*count == before)
        return GF_OK;
    if (out->rows > 0 && *count - before != out->columns)
        return fail_at(s, start, GF_SYNTAX,
                       "another count of numbers than on the lines before");
    out->columns = *count - before;
    out->rows++;
    return GF_OK;
}

static gf_status read_text(gf_matrix *out, const source *s)
{
    size_t count = 0, room = 0;
    const char *at = s->data;
    gf_status status = GF_OK;

    if (strlen(s->data) != s->size)
        return fail(s, GF_SYNTAX, "is neither NPY nor text");
    while (*at && !status)
        status = read_line(out, s, &at, &count, &room);
    if (!status && count == 0)
        status = fail(s, GF_SYNTAX, "there are no numbers");
    return status;
}

gf_status gf_matrix_read(gf_matrix *out, const char *path, gf_error *error)
{
    source s = {.path = path, .error = error};

    *out = (gf_matrix){.at = NULL};
    gf_status status = load(&s);
    if (!status && s.size >= MAGIC && memcmp(s.data, magic, MAGIC) == 0)
        status = read_npy(out, &s);
    else if (!status)
        status = read_text(out, &s);
    free(s.data);
    if (status) {
        free(out->at);
        *out = (gf_matrix){.at = NULL};
    }
    return status;
}

/* --- writing ----------------------------------------------------------- */

static void write_npy(FILE *file, const double *at, size_t count,
                      const char *shape)
{
    char head[128];
    int length = snprintf(head, sizeof head,
                          "{'descr': '<f8', 'fortran_order': False, "
                          "'shape': %s, }",
                          shape);

    /* 118 and a line end make 128 bytes with what comes before. */
    fwrite(magic, 1, MAGIC, file);
    fwrite("\x01\x00\x76\x00", 1, 4, file);
    fprintf(file, "%s%*s\n", head, 117 - length, "");
    fwrite(at, sizeof *at, count, file);
}

void gf_npy_write(FILE *file, const double *at, size_t rows, size_t columns)
{
    char shape[48];

    snprintf(shape, sizeof shape, "(%zu, %zu)", rows, columns);
    write_npy(file, at, rows * columns, shape);
}

void gf_npy_write_vector(FILE *file, const double *at, size_t count)
{
    char shape[48];

    snprintf(shape, sizeof shape, "(%zu,)", count);
    write_npy(file, at, count, shape);
}

bool gf_npy_is_name(const char *path)
{
    size_t length = strlen(path);

    return length > 4 && strcmp(path + length - 4, ".npy") == 0;
}
