/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "specimen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness.h"

enum { SETS_MAX = 16, TEXT_MAX = 400 };

typedef struct options {
    char text[TEXT_MAX];
    const char *set[SETS_MAX];
    gf_settings settings;
} options;

/* Splits "name=value; name=value". */
static void split(options *o, const char *text)
{
    static const char *const names[] = {"domain", "gauge", "link", "speed"};
    const char **to[] = {&o->settings.domain, &o->settings.gauge,
                         &o->settings.link, &o->settings.speed};

    *o = (options){.settings = {.set = NULL}};
    o->settings.set = o->set;
    snprintf(o->text, sizeof o->text, "%s", text ? text : "");
    for (char *at = o->text; *at;) {
        char *end = at + strcspn(at, ";"), *equals = strchr(at, '=');
        bool known = false;
        if (*end)
            *end++ = '\0';
        at += strspn(at, " ");
        for (size_t i = 0; equals && i < 4; i++)
            if (strncmp(at, names[i], (size_t)(equals - at)) == 0 &&
                names[i][equals - at] == '\0') {
                *to[i] = equals + 1;
                known = true;
            }
        if (!known && *at)
            o->set[o->settings.set_count++] = at;
        at = end;
    }
}

gf_field *specimen_field(const char *const f[3], const char *text,
                         gf_error *error)
{
    options o;
    gf_field *field = NULL;

    split(&o, text);
    return gf_field_pointwise(&field, f, &o.settings, error) == GF_OK ? field
                                                                      : NULL;
}

static specimen classified(gf_field *field, gf_error *error)
{
    specimen s = {.field = field};

    ck_assert_msg(field != NULL, "%s", error->message);
    gf_classification_init(&s.c);
    ck_assert_msg(gf_classify(&s.c, field, NULL, error) == GF_OK, "%s",
                  error->message);
    return s;
}

specimen specimen_of(const char *f1, const char *f2, const char *f3,
                     const char *text)
{
    const char *const f[3] = {f1, f2, f3};
    gf_error error = {.status = GF_OK};

    return classified(specimen_field(f, text, &error), &error);
}

specimen specimen_planar(const char *du, const char *dv)
{
    const char *const velocity[2] = {du, dv};
    gf_error error = {.status = GF_OK};
    gf_field *field = NULL;

    ck_assert_msg(gf_field_planar(&field, velocity, NULL, &error) == GF_OK,
                  "%s", error.message);
    return classified(field, &error);
}

specimen specimen_find(const char *variant, const char *text)
{
    options o;
    gf_error error = {.status = GF_OK};
    gf_field *field = NULL;

    split(&o, text);
    ck_assert_msg(gf_field_find(&field, variant, &o.settings, &error) == GF_OK,
                  "%s", error.message);
    return classified(field, &error);
}

specimen specimen_read(const char *text)
{
    gf_error error = {.status = GF_OK};
    gf_field *field = NULL;

    ck_assert_msg(gf_field_read_text(&field, "test", "test.ini", text, NULL,
                                     &error) == GF_OK,
                  "%s", error.message);
    return classified(field, &error);
}

void specimen_clear(specimen *s)
{
    gf_classification_clear(&s->c);
    gf_field_free(s->field);
}

const gf_rest_point *specimen_point(const specimen *s, double x, double y)
{
    for (size_t i = 0; i < s->c.count; i++) {
        gf_vec2 at = s->c.point[i].at;
        if (is_close(at.x, x, 1e-9) && is_close(at.y, y, 1e-9))
            return &s->c.point[i];
    }
    return NULL;
}

const gf_rest_point *specimen_wanted(const specimen *s)
{
    ck_assert_uint_lt(s->c.wanted, s->c.count);
    return &s->c.point[s->c.wanted];
}
