/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/map_drawing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "figure/portrait_draw.h"

/* Along each axis, to see whether there is an edge at all; rest points that
   are told one by one. */
enum { PROBES = 40, FEW = 4 };

/* Numbers that span more than this, all > 0, are shown by their logarithms. */
static const double log_from = 50;
/* Sizes below this are none: no axis can be divided so finely. */
static const double least = 1e-280;
/* How much of its colour an area of a word has, and a variant of it. */
static const double tint = 0.22, deep = 0.5;
static const double beyond = 4; /* points: see gf_lattice */

/* --- what there is ----------------------------------------------------- */

static double on_axis(const gf_map_axis *axis, double x)
{
    return axis->log ? log10(x) : x;
}

static gf_status find_range(gf_map_drawing *d, gf_error *error)
{
    const gf_map *map = d->map;
    gf_scale *scale = &d->page->scale;
    double low = INFINITY, high = -INFINITY;

    for (size_t n = 0; n < d->cells; n++) {
        if (!isfinite(map->value[n]))
            continue;
        low = fmin(low, map->value[n]);
        high = fmax(high, map->value[n]);
    }
    if (!(low <= high))
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s' has no value in any cell: there is nothing "
                            "to draw",
                            map->name);
    gf_map_widen(&low, &high);
    scale->shown = true;
    scale->log = low > 0 && high > log_from * low;
    scale->low = low;
    scale->high = high;
    gf_rich_markup(&scale->name, map->name);
    return GF_OK;
}

static gf_status find_words(gf_map_drawing *d, gf_error *error)
{
    bool is_there[GF_MAP_WORDS] = {false};

    for (size_t n = 0; n < d->cells; n++) {
        double x = d->map->value[n];
        if (x >= 0 && x < (double)d->map->words)
            is_there[(size_t)x] = true;
    }
    for (size_t w = 0; w < d->map->words; w++) {
        if (is_there[w])
            d->present[d->count++] = w;
    }
    if (d->count == 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s' has no value in any cell: there is nothing "
                            "to draw",
                            d->map->name);
    return GF_OK;
}

/* --- the legend -------------------------------------------------------- */

static unsigned char mixed(unsigned char ground, unsigned char hue, double part)
{
    return (unsigned char)(ground + part * (hue - ground) + 0.5);
}

void gf_map_widen(double *low, double *high)
{
    double size = fmax(fabs(*low), fabs(*high));

    if (!(size > least))
        size = 1;
    if (*high - *low > 1e-9 * size)
        return;
    *low -= 0.05 * size;
    *high += 0.05 * size;
}

/* The first hue is the ink's, which would be no colour. */
gf_colour gf_map_tint(const gf_theme *theme, size_t i, bool is_deep)
{
    gf_colour hue = theme->hue[1 + i % (GF_THEME_HUES - 1)], g = theme->ground;
    double part = is_deep ? deep : tint;

    return (gf_colour){mixed(g.r, hue.r, part), mixed(g.g, hue.g, part),
                       mixed(g.b, hue.b, part), 255};
}

gf_colour gf_map_colour(const gf_map_drawing *d, size_t k)
{
    if (d->map->paired)
        return gf_map_tint(d->map->theme, d->present[k] / 2, d->present[k] % 2);
    if (d->map->fixed)
        k = d->present[k];
    return gf_map_tint(d->map->theme, k, k >= GF_THEME_HUES - 1);
}

gf_stroke gf_map_edge_stroke(const gf_theme *theme, size_t i)
{
    gf_stroke stroke = gf_theme_separatrix(theme, i == 0);

    stroke.width = 1.0 * theme->scale;
    return stroke;
}

gf_stroke gf_map_curve_stroke(const gf_theme *theme, size_t i)
{
    gf_stroke stroke = gf_theme_null(theme, i == 0);

    stroke.width = 1.0 * theme->scale;
    return stroke;
}

static double in_window(const gf_map_axis *axis, double part)
{
    if (axis->log)
        return axis->low * pow(axis->high / axis->low, part);
    return axis->low + (axis->high - axis->low) * part;
}

/* Does an edge change its sign anywhere? */
static bool is_seen(const gf_map *map, size_t i)
{
    const gf_map_edge *edge = &map->edge[i];
    bool is_above = false, is_below = false;

    for (int k = 0; k <= PROBES; k++)
        for (int m = 0; m <= PROBES; m++) {
            gf_vec2 p = {in_window(&map->axis[0], (double)k / PROBES),
                         in_window(&map->axis[1], (double)m / PROBES)};
            double height = edge->height(p, edge->ctx);
            is_above = is_above || height > 0;
            is_below = is_below || height < 0;
        }
    return is_above && is_below;
}

/* "1: stable focus", where they are few. */
static void add_rest(gf_map_drawing *d)
{
    const gf_classification *rest = d->map->rest;
    size_t shown = 0;

    for (size_t n = 0; rest && n < rest->count; n++)
        shown += gf_map_shows_rest(d->map, n);
    for (size_t n = 0; rest && n < rest->count && shown <= FEW; n++) {
        gf_type type = rest->point[n].type;
        gf_entry *entry =
            gf_map_shows_rest(d->map, n) ? gf_page_entry(d->page) : NULL;
        if (!entry)
            continue;
        entry->sample = GF_SAMPLE_MARKER;
        entry->marker =
            gf_theme_marker(d->map->theme, gf_marker_of(type), (gf_vec2){0, 0});
        gf_rich_addf(&entry->text, "%zu: %s", n + 1, gf_type_name(type));
    }
}

static void add_legend(gf_map_drawing *d)
{
    const gf_map *map = d->map;

    for (size_t k = 0; k < d->count; k++) {
        gf_entry *entry = gf_page_entry(d->page);
        if (!entry)
            return;
        entry->sample = GF_SAMPLE_AREA;
        entry->fill.colour = gf_map_colour(d, k);
        gf_rich_markup(&entry->text, map->word[d->present[k]]);
    }
    for (size_t i = 0; i < map->edges; i++) {
        gf_entry *entry = is_seen(map, i) ? gf_page_entry(d->page) : NULL;
        if (!entry)
            continue;
        entry->sample = GF_SAMPLE_LINE;
        entry->stroke = gf_map_edge_stroke(map->theme, i);
        gf_rich_markup(&entry->text, map->edge[i].name);
    }
    for (size_t i = 0; i < map->curves; i++) {
        gf_entry *entry = gf_page_entry(d->page);
        if (!entry)
            return;
        entry->sample = GF_SAMPLE_LINE;
        entry->stroke = gf_map_curve_stroke(map->theme, i);
        gf_rich_markup(&entry->text, map->curve[i].name);
    }
    add_rest(d);
}

/* --- the page ---------------------------------------------------------- */

/* "beta1" is beta with an index. */
static void add_symbol(gf_rich *rich, const char *name)
{
    size_t letters = strcspn(name, "0123456789");
    char text[16];

    if (letters == 0 || strspn(name + letters, "0123456789") == 0 ||
        strchr(name, '_')) {
        gf_rich_math(rich, name);
        return;
    }
    snprintf(text, sizeof text, "%.*s_%s", (int)letters, name, name + letters);
    gf_rich_math(rich, text);
}

void gf_map_name_axis(gf_rich *rich, const char *name)
{
    if (strlen(name) > 5 || strcmp(name, "speed") == 0)
        gf_rich_add(rich, GF_UPRIGHT, name);
    else
        add_symbol(rich, name);
}

static gf_status lay(gf_map_drawing *d, gf_error *error)
{
    const gf_map *map = d->map;
    gf_vec2 low = {on_axis(&map->axis[0], map->axis[0].low),
                   on_axis(&map->axis[1], map->axis[1].low)};
    gf_vec2 high = {on_axis(&map->axis[0], map->axis[0].high),
                    on_axis(&map->axis[1], map->axis[1].high)};
    gf_status status = gf_page_add(d->page, low, high, error);

    if (status)
        return status;
    gf_panel *panel = &d->page->panel[0];
    panel->x.log = map->axis[0].log;
    panel->y.log = map->axis[1].log;
    gf_map_name_axis(&panel->x.name, map->axis[0].name);
    gf_map_name_axis(&panel->y.name, map->axis[1].name);
    panel->equal = map->square;
    if (map->title)
        gf_rich_markup(&d->page->title, map->title);
    add_legend(d);
    status = gf_page_lay(d->page, error);
    d->frame = &panel->frame;
    return status;
}

/* The lattice on the page, and the numbers as they are shown. */
static gf_status place_lattice(gf_map_drawing *d, gf_error *error)
{
    const gf_map *map = d->map;
    const gf_map_axis *a = &map->axis[0], *b = &map->axis[1];

    d->x = calloc(a->count, sizeof *d->x);
    d->y = calloc(b->count, sizeof *d->y);
    d->value = calloc(d->cells, sizeof *d->value);
    if (!d->x || !d->y || !d->value)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < a->count; i++)
        d->x[i] = gf_frame_page(d->frame, (gf_vec2){on_axis(a, a->at[i]), 0}).x;
    for (size_t j = 0; j < b->count; j++)
        d->y[j] = gf_frame_page(d->frame, (gf_vec2){0, on_axis(b, b->at[j])}).y;
    for (size_t n = 0; n < d->cells; n++)
        d->value[n] = d->page->scale.log ? log(map->value[n]) : map->value[n];
    d->lattice =
        (gf_lattice){{a->count, b->count}, d->x, d->y, d->value, beyond};
    return GF_OK;
}

/* --- words about it ---------------------------------------------------- */

void gf_map_sign(gf_scene *scene, const char *author, const char *keywords,
                 const char *command)
{
    gf_scene_say(scene, &scene->about.author, author);
    gf_scene_say(scene, &scene->about.subject,
                 "dynamics of generative adversarial networks");
    gf_scene_say(scene, &scene->about.keywords, keywords);
    gf_scene_say(scene, &scene->about.command, command);
    gf_scene_say(scene, &scene->about.version, "ganfield " GF_VERSION);
}

static void say_about(const gf_map_drawing *d)
{
    const gf_map *map = d->map;
    gf_scene *scene = d->scene;
    gf_text text;

    gf_text_init(&text);
    gf_text_addf(&text, "%s of %s over %s and %s", map->plain, map->about,
                 map->axis[0].name, map->axis[1].name);
    gf_scene_say(scene, &scene->about.title, gf_text_string(&text));
    if (map->word) {
        for (size_t k = 0; k < d->count; k++)
            gf_text_addf(&text, "%s%s", k ? ", " : ": ",
                         map->word[d->present[k]]);
    } else {
        gf_text_addf(&text, ": from %.4g to %.4g", d->page->scale.low,
                     d->page->scale.high);
    }
    for (size_t i = 0; i < map->edges; i++)
        gf_text_addf(&text, "; with the curve %s", map->edge[i].name);
    for (size_t i = 0; i < map->curves; i++)
        gf_text_addf(&text, "; with the curve %s", map->curve[i].name);
    gf_text_addf(&text, ". %s from %.6g to %.6g%s, %s from %.6g to %.6g%s.",
                 map->axis[0].name, map->axis[0].low, map->axis[0].high,
                 map->axis[0].log ? " (logarithmic)" : "", map->axis[1].name,
                 map->axis[1].low, map->axis[1].high,
                 map->axis[1].log ? " (logarithmic)" : "");
    gf_scene_say(scene, &scene->about.description, gf_text_string(&text));
    gf_map_sign(scene, map->author, "GAN, sweep, basin, map", map->command);
    scene->failed = scene->failed || text.failed;
    gf_text_clear(&text);
}

static gf_status compose(gf_map_drawing *d, gf_error *error)
{
    gf_status status =
        d->map->word ? find_words(d, error) : find_range(d, error);

    if (!status)
        status = lay(d, error);
    if (!status)
        status = place_lattice(d, error);
    if (status)
        return status;
    gf_scene_init(d->scene, d->page->width, d->page->height);
    gf_page_start(d->scene, d->page);
    say_about(d);
    if (d->map->word)
        gf_map_draw_words(d);
    else
        gf_map_draw_numbers(d);
    gf_map_draw_edges(d);
    gf_map_draw_curves(d);
    gf_map_draw_rest(d);
    gf_page_finish(d->scene, d->page);
    return gf_scene_check(d->scene, error);
}

gf_status gf_map_compose(gf_scene *scene, const gf_map *map,
                         const gf_typesetter *typesetter, gf_error *error)
{
    gf_map_drawing d = {.map = map,
                        .scene = scene,
                        .page = malloc(sizeof *d.page),
                        .cells = map->axis[0].count * map->axis[1].count};
    gf_status status;

    gf_scene_init(scene, 1, 1);
    if (d.page) {
        gf_page_init(d.page, &map->size, map->theme, typesetter);
        status = compose(&d, error);
        gf_page_clear(d.page);
    } else {
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    }
    free(d.x);
    free(d.y);
    free(d.value);
    free(d.page);
    return status;
}
