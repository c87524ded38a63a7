/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, paths, colours, text and classes of an SVG. */
#include "figure/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The grid that numbers are rounded to, and how far from the page they may
 * lie. */
static const double GRID = 100, FAR = 1e7;

static long on_grid(double x)
{
    return lround(fmin(fmax(x, -FAR), FAR) * GRID);
}

/* n hundredths: 12.5, -3, .25 as 0.25. */
static void add_hundredths(gf_text *out, long n)
{
    long whole = labs(n) / 100, part = labs(n) % 100;

    if (n < 0)
        gf_text_add_char(out, '-');
    if (part == 0)
        gf_text_addf(out, "%ld", whole);
    else if (part % 10 == 0)
        gf_text_addf(out, "%ld.%ld", whole, part / 10);
    else
        gf_text_addf(out, "%ld.%02ld", whole, part);
}

void gf_svg_number(gf_text *out, double x)
{
    add_hundredths(out, on_grid(x));
}

static void add_next(gf_text *out, long n)
{
    char last = out->length > 0 ? out->data[out->length - 1] : ' ';

    if (n >= 0 && ((last >= '0' && last <= '9') || last == '.'))
        gf_text_add_char(out, ' ');
    add_hundredths(out, n);
}

void gf_svg_next(gf_text *out, double x)
{
    add_next(out, on_grid(x));
}

/* Where a path is, on the grid, and the command that a pair of numbers
 * without one would repeat. */
struct pen {
    gf_text *out;
    long x, y, start_x, start_y;
    char command;
};

static void command(struct pen *pen, char c)
{
    if (pen->command != c)
        gf_text_add_char(pen->out, c);
    pen->command = c;
}

static void line_to(struct pen *pen, gf_vec2 to)
{
    long dx = on_grid(to.x) - pen->x, dy = on_grid(to.y) - pen->y;

    if (dx == 0 && dy == 0 && pen->command != 'M')
        return;
    command(pen, dy == 0 ? 'h' : dx == 0 ? 'v' : 'l');
    if (pen->command != 'v')
        add_next(pen->out, dx);
    if (pen->command != 'h')
        add_next(pen->out, dy);
    pen->x += dx;
    pen->y += dy;
}

static void cubic_to(struct pen *pen, const gf_vec2 p[3])
{
    command(pen, 'c');
    for (int i = 0; i < 3; i++) {
        add_next(pen->out, on_grid(p[i].x) - pen->x);
        add_next(pen->out, on_grid(p[i].y) - pen->y);
    }
    pen->x = on_grid(p[2].x);
    pen->y = on_grid(p[2].y);
}

static void move_to(struct pen *pen, gf_vec2 to)
{
    pen->x = pen->start_x = on_grid(to.x);
    pen->y = pen->start_y = on_grid(to.y);
    pen->command = 'M';
    gf_text_add_char(pen->out, 'M');
    add_next(pen->out, pen->x);
    add_next(pen->out, pen->y);
}

void gf_svg_path(gf_text *out, const gf_path *path)
{
    struct pen pen = {.out = out};
    const gf_vec2 *p = path->point;

    for (size_t i = 0; i < path->steps; i++) {
        gf_path_step step = (gf_path_step)path->step[i];
        if (step == GF_PATH_MOVE) {
            move_to(&pen, p[0]);
        } else if (step == GF_PATH_LINE) {
            line_to(&pen, p[0]);
        } else if (step == GF_PATH_CUBIC) {
            cubic_to(&pen, p);
        } else {
            command(&pen, 'z');
            pen.x = pen.start_x;
            pen.y = pen.start_y;
        }
        p += gf_path_takes(step);
    }
}

void gf_svg_escape(gf_text *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        switch (text[i]) {
        case '&':
            gf_text_add(out, "&amp;");
            break;
        case '<':
            gf_text_add(out, "&lt;");
            break;
        case '>':
            gf_text_add(out, "&gt;");
            break;
        case '"':
            gf_text_add(out, "&quot;");
            break;
        default:
            gf_text_add_char(out, text[i]);
        }
    }
}

void gf_svg_colour(gf_text *out, const char *property, gf_colour c)
{
    gf_text_addf(out, "%s:#%02x%02x%02x", property, c.r, c.g, c.b);
    if (c.a < 255) {
        gf_text_addf(out, ";%s-opacity:", property);
        gf_svg_number(out, c.a / 255.0);
    }
}

/* Room for one more rule. */
static bool reserve(gf_svg *svg)
{
    if (svg->rules < svg->room)
        return true;
    size_t room = svg->room > 0 ? 2 * svg->room : 16;
    gf_rule *grown = realloc(svg->rule, room * sizeof *grown);
    if (!grown)
        return false;
    svg->rule = grown;
    svg->room = room;
    return true;
}

/* The name of the nth way that a role is declared in a group. */
static char *name_of(const char *group, const char *role, size_t n)
{
    gf_text name;

    gf_text_init(&name);
    gf_text_addf(&name, "%s-%s", group, role);
    if (n > 1)
        gf_text_addf(&name, "-%zu", n);
    return gf_text_take(&name);
}

/* The rule of that name, or NULL. */
static const gf_rule *find(const gf_svg *svg, const char *name)
{
    for (size_t i = 0; i < svg->rules; i++)
        if (strcmp(svg->rule[i].name, name) == 0)
            return &svg->rule[i];
    return NULL;
}

const char *gf_svg_class(gf_svg *svg, const char *group, const char *role,
                         gf_text *css)
{
    char *name = NULL, *text = gf_text_take(css);

    for (size_t n = 1; text && !svg->failed; n++) {
        free(name);
        name = name_of(group, role, n);
        const gf_rule *rule = name ? find(svg, name) : NULL;
        if (name && !rule)
            break;
        if (rule && strcmp(rule->css, text) == 0) {
            free(name);
            free(text);
            return rule->name;
        }
        svg->failed = svg->failed || !name;
    }
    if (svg->failed || !name || !reserve(svg)) {
        svg->failed = true;
        free(name);
        free(text);
        return "";
    }
    svg->rule[svg->rules++] = (gf_rule){name, text};
    return name;
}
