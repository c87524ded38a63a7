/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend: what the lines and markers of some panels mean. */
#include <math.h>
#include <string.h>

#include "figure/nullcline.h"
#include "figure/plate.h"

#define APOSTROPHE "\xe2\x80\x99"

static bool any(const gf_plate *plate, gf_feature feature)
{
    for (size_t i = 0; i < plate->count; i++)
        if (plate->panel[i].layers >> feature & 1)
            return true;
    return false;
}

/* The axis's name where all panels have the same, else NULL. */
static const char *common_name(const gf_plate *plate, int axis)
{
    const char *name = plate->panel[0].c->field->axis_name[axis];

    for (size_t i = 1; i < plate->count; i++)
        if (strcmp(plate->panel[i].c->field->axis_name[axis], name) != 0)
            return NULL;
    return name;
}

/* dD/dt = 0 */
static void add_rate(gf_rich *text, const char *name)
{
    gf_rich_add(text, GF_UPRIGHT, "d");
    gf_rich_math(text, name);
    gf_rich_add(text, GF_UPRIGHT, "/d");
    gf_rich_math(text, "t = 0");
}

/* Whose coordinate it is, if it is so in all panels. */
static const char *player_of(const gf_plate *plate, size_t axis)
{
    size_t critic = plate->panel[0].c->field->critic;

    for (size_t i = 1; i < plate->count; i++)
        if (plate->panel[i].c->field->critic != critic)
            return axis == 0 ? "first coordinate" : "second coordinate";
    return axis == critic ? "critic" : "generator";
}

static void add_rate_or_words(gf_rich *text, const gf_plate *plate, int axis)
{
    const char *name = common_name(plate, axis);

    if (name) {
        add_rate(text, name);
        return;
    }
    gf_rich_add(text, GF_UPRIGHT, player_of(plate, (size_t)axis));
    gf_rich_add(text, GF_UPRIGHT, " at rest");
}

/* Does a coordinate stand still on an area of a window?  Seen on a page of any
   size. */
static bool has_flat(const gf_plate *plate, int axis)
{
    bool found = false;

    for (size_t i = 0; i < plate->count && !found; i++) {
        const gf_plate_panel *panel = &plate->panel[i];
        gf_view view = {panel->c->field,
                        {panel->window[0], panel->window[1]},
                        {0, 0, 100, 100}};
        gf_path area[2];
        gf_path_init(&area[0]);
        gf_path_init(&area[1]);
        gf_flat_find(area, &view);
        found = area[axis].steps > 0;
        gf_path_clear(&area[0]);
        gf_path_clear(&area[1]);
    }
    return found;
}

static void add_nullclines(gf_page *page, const gf_plate *plate)
{
    for (int axis = 0; axis < 2; axis++) {
        gf_entry *entry = gf_page_entry(page);
        if (!entry)
            return;
        entry->sample = GF_SAMPLE_LINE;
        entry->stroke = gf_theme_null(plate->theme, axis);
        add_rate_or_words(&entry->text, plate, axis);
    }
    for (int axis = 0; axis < 2; axis++) {
        gf_entry *entry = has_flat(plate, axis) ? gf_page_entry(page) : NULL;
        if (!entry)
            continue;
        entry->sample = GF_SAMPLE_AREA;
        entry->fill = gf_flat_fill(plate->theme, axis);
        add_rate_or_words(&entry->text, plate, axis);
        gf_rich_add(&entry->text, GF_UPRIGHT, " on an area");
    }
}

static void add_line(gf_page *page, gf_stroke stroke, const char *words)
{
    gf_entry *entry = gf_page_entry(page);

    if (!entry)
        return;
    entry->sample = GF_SAMPLE_LINE;
    entry->stroke = stroke;
    gf_rich_add(&entry->text, GF_UPRIGHT, words);
}

static bool is_seen(const gf_plate_panel *panel, gf_vec2 p)
{
    return p.x >= panel->window[0].lo && p.x <= panel->window[0].hi &&
           p.y >= panel->window[1].lo && p.y <= panel->window[1].hi;
}

/* Is a rest point of the type in one of the windows? */
static bool has_type(const gf_plate *plate, gf_type type)
{
    for (size_t i = 0; i < plate->count; i++)
        for (size_t k = 0; k < plate->panel[i].c->count; k++)
            if (plate->panel[i].c->point[k].type == type &&
                is_seen(&plate->panel[i], plate->panel[i].c->point[k].at))
                return true;
    return false;
}

/* What a marker stands for: its type, or what its types have in common. */
static const char *words_of(const gf_plate *plate, gf_marker_kind kind)
{
    const char *words = NULL;

    for (int type = 0; type <= GF_TYPE_UNDECIDED; type++) {
        if (gf_marker_of((gf_type)type) != kind ||
            !has_type(plate, (gf_type)type))
            continue;
        if (words)
            return kind == GF_MARKER_DISC   ? "stable"
                   : kind == GF_MARKER_RING ? "unstable"
                                            : "degenerate";
        words = gf_type_name((gf_type)type);
    }
    return words;
}

static void add_types(gf_page *page, const gf_plate *plate)
{
    static const gf_marker_kind kinds[] = {
        GF_MARKER_DISC,    GF_MARKER_RING,   GF_MARKER_HALF,   GF_MARKER_BULL,
        GF_MARKER_DIAMOND, GF_MARKER_SQUARE, GF_MARKER_UNKNOWN};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *words = words_of(plate, kinds[i]);
        gf_entry *entry = words ? gf_page_entry(page) : NULL;
        if (!entry)
            continue;
        entry->sample = GF_SAMPLE_MARKER;
        entry->marker =
            gf_theme_marker(plate->theme, kinds[i], (gf_vec2){0, 0});
        gf_rich_add(&entry->text, GF_UPRIGHT, words);
    }
}

static void add_runs(gf_page *page, const gf_plate *plate)
{
    gf_entry *entry;
    size_t most = 0; /* maps of a panel */
    bool there = false;

    for (size_t i = 0; i < plate->count; i++) {
        there = there || plate->panel[i].start_count > 0;
        if (plate->panel[i].map_count > most)
            most = plate->panel[i].map_count;
    }
    entry = there ? gf_page_entry(page) : NULL;
    if (!entry)
        return;
    entry->sample = GF_SAMPLE_START;
    entry->stroke = gf_run_stroke(plate->theme, 0, most);
    entry->marker =
        gf_theme_marker(plate->theme, GF_MARKER_DOT, (gf_vec2){0, 0});
    entry->marker.colour = entry->stroke.colour;
    gf_rich_add(&entry->text, GF_UPRIGHT, "trajectory");
}

/* The rule's name, or what its title ends with, as "; Euler's method". */
static void add_rule(gf_rich *text, const gf_optimizer_rule *rule)
{
    const char *last = strstr(rule->title, "; ");

    for (const char *c = last ? last + 2 : rule->name; *c; c++)
        if (*c == '\'')
            gf_rich_add(text, GF_UPRIGHT, APOSTROPHE);
        else
            gf_rich_add_n(text, GF_UPRIGHT, c, 1);
}

/* "Euler's method, h = 0.1", and what of it has a marker. */
static void add_map_words(gf_rich *text, const gf_portrait_map *map)
{
    const gf_optimizer_rule *rule = map->optimizer.rule;
    size_t every = gf_portrait_every(map);

    add_rule(text, rule);
    for (size_t i = 0; i < gf_optimizer_numbers(rule); i++) {
        double x = map->optimizer.number[i];
        if (isnan(x) || x == rule->number[i].value)
            continue; /* as the one before it, or as usual */
        gf_rich_add(text, GF_UPRIGHT, ", ");
        gf_rich_math(text, rule->number[i].name);
        gf_rich_math(text, " = ");
        gf_rich_number(text, x, 3);
    }
    gf_rich_math(text, ", h = ");
    gf_rich_number(text, map->options.step, 3);
    if (map->options.order == GF_ALTERNATING)
        gf_rich_add(text, GF_UPRIGHT, ", alternating");
    if (every > 1)
        gf_rich_addf(text, ", each %zu steps", every);
}

/* Is the i-th map of a panel one of another panel before it? */
static bool is_repeated(const gf_plate *plate, size_t panel, size_t map)
{
    const gf_portrait_map *m = &plate->panel[panel].map[map];

    for (size_t i = 0; i < panel; i++) {
        const gf_plate_panel *p = &plate->panel[i];
        if (map < p->map_count &&
            memcmp(&p->map[map].optimizer, &m->optimizer,
                   sizeof m->optimizer) == 0 &&
            p->map[map].options.step == m->options.step)
            return true;
    }
    return false;
}

static void add_steps(gf_page *page, const gf_plate *plate)
{
    for (size_t i = 0; i < plate->count; i++) {
        const gf_plate_panel *panel = &plate->panel[i];
        for (size_t m = 0; m < panel->map_count; m++) {
            gf_entry *entry =
                is_repeated(plate, i, m) ? NULL : gf_page_entry(page);
            if (!entry)
                continue;
            entry->sample = GF_SAMPLE_STEPS;
            entry->stroke =
                gf_steps_stroke(plate->theme, 0, m, panel->map_count);
            entry->marker = gf_steps_marker(plate->theme, m, &entry->stroke,
                                            (gf_vec2){0, 0});
            add_map_words(&entry->text, &panel->map[m]);
        }
    }
}

static void add_unphysical(gf_page *page, const gf_plate *plate)
{
    for (size_t i = 0; i < plate->count; i++) {
        const gf_plate_panel *panel = &plate->panel[i];
        const gf_field *field = panel->c->field;
        gf_entry *entry;
        if (!field->has_physical || !isfinite(field->physical.lo) ||
            panel->window[1].lo >= field->physical.lo)
            continue;
        entry = gf_page_entry(page);
        if (!entry)
            return;
        entry->sample = GF_SAMPLE_AREA;
        entry->fill = gf_theme_hatch(plate->theme);
        gf_rich_math(&entry->text, field->axis_name[1]);
        gf_rich_math(&entry->text, " < ");
        gf_rich_number(&entry->text, field->physical.lo, 3);
        gf_rich_add(&entry->text, GF_UPRIGHT, ", not physical");
        return;
    }
}

/* The coordinate whose domain ends inside of a window; -1: none. */
static int find_outside(const gf_plate *plate)
{
    for (size_t i = 0; i < plate->count; i++)
        for (int axis = 0; axis < 2; axis++) {
            gf_range domain = plate->panel[i].c->field->domain[axis];
            gf_range w = plate->panel[i].window[axis];
            if (domain.lo > w.lo || domain.hi < w.hi)
                return axis;
        }
    return -1;
}

static void add_outside(gf_page *page, const gf_plate *plate)
{
    int axis = find_outside(plate);
    gf_entry *entry = axis >= 0 ? gf_page_entry(page) : NULL;
    const char *name = entry ? common_name(plate, axis) : NULL;

    if (!entry)
        return;
    entry->sample = GF_SAMPLE_AREA;
    entry->fill = (gf_fill){.colour = plate->theme->area};
    gf_rich_add(&entry->text, GF_UPRIGHT, "outside of the domain");
    if (!name)
        return;
    gf_rich_add(&entry->text, GF_UPRIGHT, " of ");
    gf_rich_math(&entry->text, name);
}

static bool has_region(const gf_plate *plate)
{
    for (size_t i = 0; i < plate->count; i++)
        if (plate->panel[i].c->has_energy &&
            plate->panel[i].c->energy.region == GF_REGION_LEVEL)
            return true;
    return false;
}

/* The region of F or of V, where one may be seen. */
static void add_form(gf_page *page, const gf_plate *plate, int form)
{
    bool is_there = false;

    for (size_t i = 0; i < plate->count; i++) {
        const gf_classification *c = plate->panel[i].c;
        is_there = is_there || (c->verdict == GF_OUTCOME_STABLE &&
                                (form == 1 || c->has_energy));
    }
    if (!is_there ||
        !any(plate, form == 0 ? GF_FEATURE_REGION_F : GF_FEATURE_REGION_V))
        return;
    gf_entry *entry = gf_page_entry(page);
    if (!entry)
        return;
    entry->sample = GF_SAMPLE_LINE;
    entry->stroke = gf_form_stroke(plate->theme, form);
    gf_rich_add(&entry->text, GF_UPRIGHT, "proved region of ");
    gf_rich_math(&entry->text, form == 0 ? "F" : "V");
}

void gf_plate_legend(gf_page *page, const gf_plate *plate)
{
    const gf_theme *theme = plate->theme;

    if (!any(plate, GF_FEATURE_LEGEND))
        return;
    if (any(plate, GF_FEATURE_NULLCLINES))
        add_nullclines(page, plate);
    if (any(plate, GF_FEATURE_TRAJECTORIES))
        add_runs(page, plate);
    if (any(plate, GF_FEATURE_ITERATIONS))
        add_steps(page, plate);
    if (any(plate, GF_FEATURE_SEPARATRICES) &&
        has_type(plate, GF_TYPE_SADDLE)) {
        add_line(page, gf_theme_separatrix(theme, true), "stable separatrix");
        add_line(page, gf_theme_separatrix(theme, false),
                 "unstable separatrix");
    }
    if (any(plate, GF_FEATURE_REGION) && has_region(plate))
        add_line(page, gf_region_stroke(theme), "proved region");
    for (int i = 0; i < 2; i++)
        add_form(page, plate, i);
    if (any(plate, GF_FEATURE_ENERGY))
        add_line(page, gf_energy_stroke(theme), "level of the energy");
    if (any(plate, GF_FEATURE_REST))
        add_types(page, plate);
    if (any(plate, GF_FEATURE_UNPHYSICAL))
        add_unphysical(page, plate);
    if (any(plate, GF_FEATURE_UNPHYSICAL))
        add_outside(page, plate);
}
