/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is in a profile, and how the page is laid. */
#include "figure/profile_drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "figure/map_drawing.h"

/* Numbers that span more than this, all > 0, are shown by their logarithms. */
static const double log_from = 50;
/* The part of the frame that is left free above and below. */
static const double margin = 0.06;
/* How tall a page is for its width: with bands alone, with one panel, and for
   each more. */
static const double strip = 0.4, first = 0.75, next = 0.42;

/* --- what there is ----------------------------------------------------- */

gf_stroke gf_profile_rule_stroke(const gf_theme *theme, size_t kind)
{
    /* the first of them is solid, as curves are */
    gf_stroke stroke = gf_theme_series(theme, 1 + kind);

    stroke.colour = theme->ink;
    stroke.width = 0.7 * theme->scale;
    return stroke;
}

size_t gf_profile_kind(const gf_profile_drawing *d, size_t rule)
{
    size_t k = 0;

    while (k < d->kinds && strcmp(d->kind[k], d->profile->rule[rule].name) != 0)
        k++;
    return k;
}

gf_colour gf_profile_colour(const gf_profile_drawing *d, size_t word)
{
    size_t k = 0;

    while (k + 1 < d->count && d->present[k] != word)
        k++;
    if (d->profile->fixed)
        k = word;
    return gf_map_tint(d->profile->theme, k, k >= GF_THEME_HUES - 1);
}

static void find_words(gf_profile_drawing *d)
{
    const gf_profile *p = d->profile;
    bool is_there[GF_MAP_WORDS] = {false};

    for (size_t i = 0; i < p->bands; i++)
        if (p->band[i].word < p->words)
            is_there[p->band[i].word] = true;
    for (size_t w = 0; w < p->words; w++)
        if (is_there[w])
            d->present[d->count++] = w;
    for (size_t i = 0; i < p->rules; i++)
        if (d->kinds < GF_PROFILE_KINDS && gf_profile_kind(d, i) == d->kinds)
            d->kind[d->kinds++] = p->rule[i].name;
}

/* --- the page ---------------------------------------------------------- */

static double on_axis(const gf_profile *p, double x)
{
    return p->axis.log ? log10(x) : x;
}

/* The window of a curve's values; false where it has none. */
static bool find_window(double *low, double *high, bool *is_log,
                        const gf_profile *p, size_t i)
{
    const gf_profile_curve *c = &p->curve[i];

    *low = INFINITY;
    *high = -INFINITY;
    for (size_t k = 0; k < p->axis.count; k++) {
        if (!isfinite(c->value[k]))
            continue;
        *low = fmin(*low, c->value[k]);
        *high = fmax(*high, c->value[k]);
    }
    if (!(*low <= *high))
        return false;
    *is_log = *low > 0 && *high > log_from * *low;
    if (*is_log) {
        *low = log10(*low);
        *high = log10(*high);
    }
    gf_map_widen(low, high);
    double size = *high - *low;
    *low -= margin * size;
    *high += margin * size;
    return true;
}

static gf_status add_panel(gf_profile_drawing *d, size_t i, gf_error *error)
{
    const gf_profile *p = d->profile;
    gf_vec2 low = {on_axis(p, p->axis.low), 0};
    gf_vec2 high = {on_axis(p, p->axis.high), 1};

    if (i < p->curves && !find_window(&low.y, &high.y, &d->log[i], p, i))
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s' has no value anywhere: there is nothing to "
                            "draw",
                            p->curve[i].plain);
    gf_status status = gf_page_add(d->page, low, high, error);
    if (status)
        return status;
    gf_panel *panel = &d->page->panel[i];
    panel->x.log = p->axis.log;
    gf_map_name_axis(&panel->x.name, p->axis.name);
    if (i < p->curves) {
        panel->y.log = d->log[i];
        gf_rich_markup(&panel->y.name, p->curve[i].name);
    }
    return GF_OK;
}

static void add_legend(gf_profile_drawing *d)
{
    const gf_profile *p = d->profile;

    for (size_t k = 0; k < d->count; k++) {
        gf_entry *entry = gf_page_entry(d->page);
        if (!entry)
            return;
        entry->sample = GF_SAMPLE_AREA;
        entry->fill.colour = gf_profile_colour(d, d->present[k]);
        gf_rich_markup(&entry->text, p->word[d->present[k]]);
    }
    for (size_t k = 0; k < d->kinds; k++) {
        gf_entry *entry = gf_page_entry(d->page);
        if (!entry)
            return;
        entry->sample = GF_SAMPLE_LINE;
        entry->stroke = gf_profile_rule_stroke(p->theme, k);
        gf_rich_markup(&entry->text, d->kind[k]);
    }
}

static gf_status lay(gf_profile_drawing *d, gf_error *error)
{
    const gf_profile *p = d->profile;
    gf_status status = GF_OK;

    d->page->columns = 1;
    for (size_t i = 0; i < (p->curves ? p->curves : 1) && !status; i++)
        status = add_panel(d, i, error);
    if (status)
        return status;
    if (p->title)
        gf_rich_markup(&d->page->title, p->title);
    add_legend(d);
    status = gf_page_lay(d->page, error);
    if (p->curves == 0)
        d->page->panel[0].y.ticks.count = 0;
    return status;
}

/* --- words about it ---------------------------------------------------- */

static void say_about(const gf_profile_drawing *d)
{
    const gf_profile *p = d->profile;
    gf_scene *scene = d->scene;
    gf_text text;

    gf_text_init(&text);
    for (size_t i = 0; i < p->curves; i++)
        gf_text_addf(&text, "%s%s", i ? ", " : "", p->curve[i].plain);
    gf_text_addf(&text, "%s of %s over %s", p->curves ? "" : "bands", p->about,
                 p->axis.name);
    gf_scene_say(scene, &scene->about.title, gf_text_string(&text));
    for (size_t i = 0; i < p->bands; i++)
        gf_text_addf(&text, "%s%s from %.6g to %.6g", i ? ", " : ": ",
                     p->word[p->band[i].word], p->band[i].from, p->band[i].to);
    for (size_t i = 0; i < p->rules; i++)
        gf_text_addf(&text, "; %s at %.6g", p->rule[i].name, p->rule[i].at);
    gf_text_addf(&text, ". %s from %.6g to %.6g%s.", p->axis.name, p->axis.low,
                 p->axis.high, p->axis.log ? " (logarithmic)" : "");
    gf_scene_say(scene, &scene->about.description, gf_text_string(&text));
    gf_map_sign(scene, p->author, "GAN, sweep, stability", p->command);
    scene->failed = scene->failed || text.failed;
    gf_text_clear(&text);
}

static gf_status compose(gf_profile_drawing *d, gf_error *error)
{
    find_words(d);
    if (d->profile->curves == 0 && d->count == 0)
        return gf_error_set(error, GF_ARGUMENT, "there is nothing to draw");
    gf_status status = lay(d, error);
    if (status)
        return status;
    gf_scene_init(d->scene, d->page->width, d->page->height);
    gf_page_start(d->scene, d->page);
    say_about(d);
    for (size_t i = 0; i < d->page->panels; i++)
        gf_profile_draw_panel(d, i);
    gf_page_finish(d->scene, d->page);
    return gf_scene_check(d->scene, error);
}

gf_status gf_profile_compose(gf_scene *scene, const gf_profile *profile,
                             const gf_typesetter *typesetter, gf_error *error)
{
    gf_profile_drawing d = {
        .profile = profile, .scene = scene, .page = malloc(sizeof *d.page)};
    gf_size size = profile->size;

    gf_scene_init(scene, 1, 1);
    if (!d.page)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    if (!(size.height > 0))
        size.height =
            size.width * (profile->curves == 0
                              ? strip
                              : first + next * (double)(profile->curves - 1));
    gf_page_init(d.page, &size, profile->theme, typesetter);
    gf_status status = compose(&d, error);
    gf_page_clear(d.page);
    free(d.page);
    return status;
}
