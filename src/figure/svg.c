/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene as SVG 1.1 that people can read, restyle and search. */
#include "figure/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 16 };

/* Fonts that look like Times, and like Helvetica. */
#define SERIF                                                                  \
    "\"Times New Roman\",\"Liberation Serif\",\"STIX Two Text\","              \
    "\"TeX Gyre Termes\",Times,serif"
#define SANS "Helvetica,Arial,\"Liberation Sans\",\"TeX Gyre Heros\",sans-serif"

static void add_stroke(gf_text *css, const gf_stroke *s)
{
    size_t last = 0;

    gf_text_add(css, "fill:none;");
    gf_svg_colour(css, "stroke", s->colour);
    gf_text_add(css, ";stroke-width:");
    gf_svg_number(css, s->width);
    if (s->cap == GF_CAP_ROUND)
        gf_text_add(css, ";stroke-linecap:round");
    if (s->join == GF_JOIN_ROUND)
        gf_text_add(css, ";stroke-linejoin:round");
    for (size_t i = 0; i < GF_DASHES; i++)
        if (s->dash[i] > 0)
            last = i + 1;
    for (size_t i = 0; i < last; i++) {
        gf_text_add(css, i == 0 ? ";stroke-dasharray:" : " ");
        gf_svg_number(css, s->dash[i]);
    }
}

/* A path of a class: <path class="stream-line" d="M1 2l3 4"/>. */
static void add_path(gf_svg *svg, const char *class, const gf_path *path)
{
    gf_text_addf(&svg->body, "<path class=\"%s\" d=\"", class);
    gf_svg_path(&svg->body, path);
    gf_text_add(&svg->body, "\"/>\n");
}

static void add_line(gf_svg *svg, const char *group, const char *role,
                     const gf_stroke *stroke, const gf_path *path)
{
    gf_text css;

    gf_text_init(&css);
    add_stroke(&css, stroke);
    add_path(svg, gf_svg_class(svg, group, role, &css), path);
}

static const char *fill_class(gf_svg *svg, const char *group, const char *role,
                              gf_colour colour)
{
    gf_text css;

    gf_text_init(&css);
    gf_svg_colour(&css, "fill", colour);
    return gf_svg_class(svg, group, role, &css);
}

static void add_fill(gf_svg *svg, const char *group, const gf_item *item)
{
    const gf_fill *fill = &item->as.fill;

    if (fill->hatch == 0) {
        add_path(svg, fill_class(svg, group, "area", fill->colour),
                 &item->path);
        return;
    }
    gf_stroke stroke = {.colour = fill->colour, .width = fill->width};
    gf_path lines;
    gf_path_init(&lines);
    gf_hatch(&lines, &item->path, fill->hatch);
    if (lines.failed)
        svg->failed = true;
    else if (lines.steps > 0)
        add_line(svg, group, "hatch", &stroke, &lines);
    gf_path_clear(&lines);
}

static void add_marker(gf_svg *svg, const char *group, const gf_marker *marker)
{
    gf_layer layer[GF_MARKER_LAYERS];
    size_t n = gf_marker_layers(layer, marker);

    for (size_t i = 0; i < n; i++) {
        const char *class = fill_class(svg, group, "mark", layer[i].colour);
        if (layer[i].radius > 0) {
            gf_text_addf(&svg->body, "<circle class=\"%s\" cx=\"", class);
            gf_svg_number(&svg->body, marker->at.x);
            gf_text_add(&svg->body, "\" cy=\"");
            gf_svg_number(&svg->body, marker->at.y);
            gf_text_add(&svg->body, "\" r=\"");
            gf_svg_number(&svg->body, layer[i].radius);
            gf_text_add(&svg->body, "\"/>\n");
        } else {
            add_path(svg, class, &layer[i].path);
        }
        svg->failed = svg->failed || layer[i].path.failed;
    }
    for (size_t i = 0; i < n; i++)
        gf_path_clear(&layer[i].path);
}

static bool same_colour(gf_colour a, gf_colour b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

/* Arrowheads of one colour that follow each other are one path. Returns how
 * many. */
static size_t add_arrows(gf_svg *svg, const char *group, const gf_item *item,
                         size_t left)
{
    gf_path path;
    size_t n = 0;

    gf_path_init(&path);
    while (n < left && item[n].kind == GF_ITEM_ARROW &&
           same_colour(item[n].as.arrow.colour, item[0].as.arrow.colour))
        gf_arrow_path(&path, &item[n++].as.arrow);
    if (path.failed)
        svg->failed = true;
    else
        add_path(svg, fill_class(svg, group, "head", item->as.arrow.colour),
                 &path);
    gf_path_clear(&path);
    return n;
}

static void open_group(gf_svg *svg, const gf_group *group)
{
    gf_text *out = &svg->body;

    if (group->clipped) {
        gf_text_addf(out, "<clipPath id=\"clip-%s\"><rect x=\"", group->id);
        gf_svg_number(out, group->clip.x0);
        gf_text_add(out, "\" y=\"");
        gf_svg_number(out, group->clip.y0);
        gf_text_add(out, "\" width=\"");
        gf_svg_number(out, group->clip.x1 - group->clip.x0);
        gf_text_add(out, "\" height=\"");
        gf_svg_number(out, group->clip.y1 - group->clip.y0);
        gf_text_add(out, "\"/></clipPath>\n");
    }
    gf_text_addf(out, "<g id=\"%s\" class=\"%s\"", group->id, group->class);
    if (group->clipped)
        gf_text_addf(out, " clip-path=\"url(#clip-%s)\"", group->id);
    gf_text_add(out, ">\n");
    if (group->title) {
        gf_text_add(out, "<title>");
        gf_svg_escape(out, group->title, strlen(group->title));
        gf_text_add(out, "</title>\n");
    }
}

static void add_items(gf_svg *svg, const gf_scene *scene)
{
    const char *class[DEEPEST + 1] = {"page"};
    size_t depth = 0;

    for (size_t i = 0; i < scene->items; i++) {
        const gf_item *item = &scene->item[i];
        const char *group = class[depth < DEEPEST ? depth : DEEPEST];
        switch (item->kind) {
        case GF_ITEM_OPEN:
            open_group(svg, &item->as.group);
            if (++depth <= DEEPEST)
                class[depth] = item->as.group.class;
            break;
        case GF_ITEM_SHUT:
            gf_text_add(&svg->body, "</g>\n");
            depth--;
            break;
        case GF_ITEM_STROKE:
            add_line(svg, group, "line", &item->as.stroke, &item->path);
            break;
        case GF_ITEM_FILL:
            add_fill(svg, group, item);
            break;
        case GF_ITEM_MARKER:
            add_marker(svg, group, &item->as.marker);
            break;
        case GF_ITEM_ARROW:
            i += add_arrows(svg, group, item, scene->items - i) - 1;
            break;
        case GF_ITEM_LABEL:
            gf_svg_label(svg, group, item);
            break;
        }
    }
}

static void add_element(gf_text *out, const char *name, const char *attributes,
                        const char *text)
{
    if (!text)
        return;
    gf_text_addf(out, "<%s%s>", name, attributes);
    gf_svg_escape(out, text, strlen(text));
    gf_text_addf(out, "</%s>\n", name);
}

static void add_metadata(gf_text *out, const gf_about *about)
{
    gf_text_add(
        out, "<metadata>\n"
             "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
             "\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
             "<rdf:Description rdf:about=\"\">\n"
             "<dc:format>image/svg+xml</dc:format>\n");
    add_element(out, "dc:title", "", about->title);
    add_element(out, "dc:creator", "", about->author);
    add_element(out, "dc:subject", "", about->subject);
    add_element(out, "dc:description", "", about->keywords);
    add_element(out, "dc:source", "", about->command);
    add_element(out, "dc:publisher", "", about->version);
    add_element(out, "dc:provenance", "", about->settings);
    gf_text_add(out, "</rdf:Description>\n</rdf:RDF>\n</metadata>\n");
}

/* What stands before the body. */
static void add_head(gf_text *out, const gf_svg *svg, const gf_scene *scene)
{
    const gf_about *about = &scene->about;

    gf_text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
    gf_svg_number(out, scene->width);
    gf_text_add(out, "pt\" height=\"");
    gf_svg_number(out, scene->height);
    gf_text_add(out, "pt\" viewBox=\"0 0 ");
    gf_svg_number(out, scene->width);
    gf_svg_next(out, scene->height);
    gf_text_add(out, "\" class=\"ganfield\" role=\"img\"");
    if (about->title || about->description)
        gf_text_addf(out, " aria-labelledby=\"%s%s%s\"",
                     about->title ? "title" : "",
                     about->title && about->description ? " " : "",
                     about->description ? "desc" : "");
    gf_text_add(out, ">\n");
    add_element(out, "title", " id=\"title\"", about->title);
    add_element(out, "desc", " id=\"desc\"", about->description);
    add_metadata(out, about);
    gf_text_add(out, "<style>\n");
    if (!svg->typesetter)
        gf_text_addf(out,
                     ".ganfield text{font-family:%s}\n"
                     ".ganfield .it{font-style:italic}\n"
                     ".ganfield .bf{font-weight:bold}\n"
                     ".ganfield .sub,.ganfield .sup{font-size:70%%}\n",
                     strcmp(scene->family, GF_SANS) == 0 ? SANS : SERIF);
    for (size_t i = 0; i < svg->rules; i++)
        gf_text_addf(out, ".ganfield .%s{%s}\n", svg->rule[i].name,
                     svg->rule[i].css);
    gf_text_add(out, "</style>\n");
}

static void clear(gf_svg *svg)
{
    gf_text_clear(&svg->body);
    for (size_t i = 0; i < svg->rules; i++) {
        free(svg->rule[i].name);
        free(svg->rule[i].css);
    }
    free(svg->rule);
}

gf_status gf_svg_write(FILE *file, const gf_scene *scene,
                       const gf_typesetter *typesetter, gf_error *error)
{
    gf_svg svg = {.typesetter = typesetter};
    gf_text head;
    gf_path page;

    gf_text_init(&head);
    gf_path_init(&page);
    gf_path_box(&page, (gf_box){0, 0, scene->width, scene->height});
    if (scene->background.a > 0)
        add_path(&svg, fill_class(&svg, "page", "ground", scene->background),
                 &page);
    add_items(&svg, scene);
    gf_text_add(&svg.body, "</svg>\n");
    add_head(&head, &svg, scene);
    bool failed = svg.failed || svg.body.failed || head.failed || page.failed;
    if (!failed) {
        fwrite(head.data, 1, head.length, file);
        fwrite(svg.body.data, 1, svg.body.length, file);
    }
    gf_path_clear(&page);
    gf_text_clear(&head);
    clear(&svg);
    if (failed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    if (ferror(file))
        return gf_error_set(error, GF_WRITE, "cannot write the figure");
    return GF_OK;
}
