/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of an SVG: as text, or as the outlines of their letters. */
#include "figure/svg.h"

/* The band round the letters is drawn under them. */
static void add_halo(gf_text *css, const gf_label *label)
{
    if (label->halo <= 0)
        return;
    gf_text_add_char(css, ';');
    gf_svg_colour(css, "stroke", label->outside);
    gf_text_add(css, ";stroke-width:");
    gf_svg_number(css, 2 * label->halo);
    gf_text_add(css, ";stroke-linejoin:round;paint-order:stroke");
}

static const char *text_class(gf_svg *svg, const char *group,
                              const gf_label *label)
{
    gf_text css;

    gf_text_init(&css);
    gf_text_add(&css, "font-size:");
    gf_svg_number(&css, label->size);
    gf_text_add(&css, "px;");
    gf_svg_colour(&css, "fill", label->colour);
    if (label->anchor > 0)
        gf_text_addf(&css, ";text-anchor:%s",
                     label->anchor < 1 ? "middle" : "end");
    add_halo(&css, label);
    return gf_svg_class(svg, group, "text", &css);
}

/* The classes of a run, in the order of their flags. */
static void add_style(gf_text *out, unsigned style)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{GF_ITALIC, "it"},
                 {GF_BOLD, "bf"},
                 {GF_SUBSCRIPT, "sub"},
                 {GF_SUPERSCRIPT, "sup"}};
    bool any = false;

    gf_text_add(out, " class=\"");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!(style & names[i].flag))
            continue;
        if (any)
            gf_text_add_char(out, ' ');
        gf_text_add(out, names[i].name);
        any = true;
    }
    gf_text_add_char(out, '"');
}

static void add_runs(gf_text *out, const gf_item *item)
{
    const gf_rich *rich = &item->rich;
    double drop = 0;

    for (size_t i = 0; i < rich->runs; i++) {
        const gf_run *run = &rich->run[i];
        double now = gf_run_drop(run, item->as.label.size);
        bool plain = run->style == 0 && now == drop;
        if (!plain)
            gf_text_add(out, "<tspan");
        if (run->style != 0)
            add_style(out, run->style);
        if (now != drop) {
            gf_text_add(out, " dy=\"");
            gf_svg_number(out, now - drop);
            gf_text_add_char(out, '"');
        }
        if (!plain)
            gf_text_add_char(out, '>');
        gf_svg_escape(out, rich->text.data + run->start, run->length);
        if (!plain)
            gf_text_add(out, "</tspan>");
        drop = now;
    }
}

static void add_text(gf_svg *svg, const char *group, const gf_item *item)
{
    const gf_label *label = &item->as.label;
    gf_vec2 at = gf_label_point(label, 0, 0, 0);
    gf_text *out = &svg->body;

    gf_text_addf(out, "<text class=\"%s\" ", text_class(svg, group, label));
    if (label->angle == 0) {
        gf_text_add(out, "x=\"");
        gf_svg_number(out, at.x);
        gf_text_add(out, "\" y=\"");
        gf_svg_number(out, at.y);
    } else {
        gf_text_add(out, "transform=\"translate(");
        gf_svg_number(out, at.x);
        gf_svg_next(out, at.y);
        gf_text_add(out, ") rotate(");
        gf_svg_number(out, -label->angle);
        gf_text_add_char(out, ')');
    }
    /* Else the blanks between runs are lost. */
    gf_text_add(out,
                item->rich.runs > 1 ? "\" xml:space=\"preserve\">" : "\">");
    add_runs(out, item);
    gf_text_add(out, "</text>\n");
}

static void add_outlines(gf_svg *svg, const char *group, const gf_item *item)
{
    const gf_label *label = &item->as.label;
    gf_text css, *out = &svg->body;
    gf_path path;

    gf_text_init(&css);
    gf_svg_colour(&css, "fill", label->colour);
    add_halo(&css, label);
    gf_path_init(&path);
    gf_label_outline(&path, label, &item->rich, svg->typesetter);
    gf_text_addf(out, "<path class=\"%s\" role=\"img\" aria-label=\"",
                 gf_svg_class(svg, group, "glyphs", &css));
    gf_svg_escape(out, gf_rich_plain(&item->rich), item->rich.text.length);
    gf_text_add(out, "\" d=\"");
    gf_svg_path(out, &path);
    gf_text_add(out, "\"/>\n");
    svg->failed = svg->failed || path.failed;
    gf_path_clear(&path);
}

void gf_svg_label(gf_svg *svg, const char *group, const gf_item *item)
{
    if (svg->typesetter)
        add_outlines(svg, group, item);
    else
        add_text(svg, group, item);
}
