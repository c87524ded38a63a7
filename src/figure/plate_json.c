/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document beside a figure: what was drawn, from what, and how. */
#include <inttypes.h>
#include <string.h>

#include "figure/plate.h"
#include "report/record.h"

/* --- provenance -------------------------------------------------------- */

/* FNV-1a of the field as `show --json` would write it: what the figure was
   made from, but for the analysis. */
static uint64_t hash_of(const gf_field *field)
{
    uint64_t hash = 0xcbf29ce484222325;
    gf_text text;
    gf_json json;

    gf_text_init(&text);
    gf_json_init(&json, &text);
    gf_json_begin_object(&json);
    gf_record_field(&json, field);
    gf_json_end_object(&json);
    for (const char *c = gf_text_string(&text); *c; c++)
        hash = (hash ^ (unsigned char)*c) * 0x100000001b3;
    gf_text_clear(&text);
    return hash;
}

static void add_hash(char out[static 17], const gf_field *field)
{
    snprintf(out, 17, "%016" PRIx64, hash_of(field));
}

static void say_panel(gf_text *out, const gf_plate_panel *panel)
{
    const gf_field *field = panel->c->field;
    char hash[17];

    add_hash(hash, field);
    gf_text_addf(out, "; %s:", field->name);
    for (size_t i = 0; i < field->parameter_count; i++) {
        gf_text_addf(out, " %s = ", field->parameter[i].name);
        gf_text_add_number(out, field->parameter[i].number);
        gf_text_add(out, ",");
    }
    gf_text_add(out, " speed ");
    gf_text_add_number(out, field->speed[0]);
    gf_text_add(out, ":");
    gf_text_add_number(out, field->speed[1]);
    gf_text_addf(out, ", inputs fnv1a-64 %s", hash);
}

void gf_plate_settings(gf_text *out, const gf_plate *plate)
{
    gf_text_add(out, GF_CURVE_METHOD ", error per step < " GF_CURVE_ERROR_TEXT
                                     " pt of the page");
    for (size_t i = 0; i < plate->count; i++)
        say_panel(out, &plate->panel[i]);
}

/* --- the document ------------------------------------------------------ */

static void add_count(gf_json *json, const char *key, size_t count)
{
    gf_json_key(json, key);
    gf_json_integer(json, (long long)count);
}

static void add_window(gf_json *json, const gf_portrait *p)
{
    gf_json_key(json, "window");
    gf_json_begin_object(json);
    for (int k = 0; k < 2; k++)
        gf_record_pair(json, p->view.field->axis_name[k], p->view.window[k].lo,
                       p->view.window[k].hi);
    gf_json_end_object(json);
}

static void add_layers(gf_json *json, const gf_portrait *p)
{
    gf_json_key(json, "layers");
    gf_json_begin_array(json);
    for (int i = 0; i < GF_FEATURE_COUNT; i++)
        if (gf_portrait_has(p, (gf_feature)i))
            gf_json_string(json, gf_feature_name((gf_feature)i));
    gf_json_end_array(json);
}

static void add_points(gf_json *json, const gf_portrait *p)
{
    gf_json_key(json, "rest_points");
    gf_json_begin_array(json);
    for (size_t i = 0; i < p->rest_count; i++) {
        const gf_rest_point *point = &p->c->point[p->rest_index[i]];
        gf_json_begin_object(json);
        gf_record_number(json, p->view.field->axis_name[0], point->at.x);
        gf_record_number(json, p->view.field->axis_name[1], point->at.y);
        gf_record_verdict(json, "wanted", point->wanted);
        gf_record_string(json, "type", gf_type_name(point->type));
        gf_record_string(json, "marker",
                         gf_marker_name(gf_marker_of(point->type)));
        gf_json_end_object(json);
    }
    gf_json_end_array(json);
}

static void add_curves(gf_json *json, const gf_portrait *p)
{
    gf_json_key(json, "curves");
    gf_json_begin_object(json);
    add_count(json, "streamlines", p->streamlines.count);
    add_count(json, "nullcline-1", p->nullcline[0].count);
    add_count(json, "nullcline-2", p->nullcline[1].count);
    add_count(json, "energy", p->energy.count);
    add_count(json, "region", p->region.count);
    add_count(json, "separatrix-stable", p->stable.count);
    add_count(json, "separatrix-unstable", p->unstable.count);
    gf_json_end_object(json);
}

static const char *end_of(const gf_portrait_run *run)
{
    static const char *const words[] = {
        [GF_HALT_TAKEN] = "seen enough",
        [GF_HALT_FRAME] = "left the window",
        [GF_HALT_DOMAIN] = "left the domain",
        [GF_HALT_REST] = "at rest",
        [GF_HALT_BUDGET] = "budget",
    };

    return run->end.cycles ? "goes round" : words[run->end.halt];
}

static void add_runs(gf_json *json, const gf_portrait *p)
{
    gf_json_key(json, "trajectories");
    gf_json_begin_array(json);
    for (size_t i = 0; i < p->trajectory_count; i++) {
        gf_vec2 start = p->trajectory[i].from;
        gf_json_begin_object(json);
        gf_record_pair(json, "start", start.x, start.y);
        gf_record_string(json, "end",
                         gf_portrait_has(p, GF_FEATURE_TRAJECTORIES)
                             ? end_of(&p->trajectory[i])
                             : NULL);
        gf_json_end_object(json);
    }
    gf_json_end_array(json);
}

static void add_maps(gf_json *json, const gf_portrait *p)
{
    gf_json_key(json, "iterations");
    gf_json_begin_array(json);
    for (size_t i = 0; i < p->map_count; i++) {
        const gf_portrait_map *map = &p->map[i];
        gf_json_begin_object(json);
        gf_record_string(json, "optimizer", map->optimizer.rule->name);
        gf_record_number(json, "step", map->options.step);
        add_count(json, "steps", map->options.steps);
        gf_record_string(json, "order", gf_order_name(map->options.order));
        gf_json_end_object(json);
    }
    gf_json_end_array(json);
}

static void add_panel(gf_json *json, const gf_portrait *p)
{
    char hash[17];

    add_hash(hash, p->view.field);
    gf_json_begin_object(json);
    gf_record_field(json, p->view.field);
    gf_record_string(json, "fnv1a-64", hash);
    add_window(json, p);
    add_layers(json, p);
    gf_record_verdict(json, "complete", p->c->complete);
    add_points(json, p);
    add_curves(json, p);
    add_runs(json, p);
    add_maps(json, p);
    gf_json_end_object(json);
}

void gf_plate_record(gf_text *out, const gf_plate *plate,
                     const gf_portrait *portraits, const gf_scene *scene,
                     const char *file)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/portrait/1");
    gf_record_string(&json, "file", file);
    gf_record_string(&json, "command", plate->command);
    gf_record_string(&json, "version", scene->about.version);
    gf_record_pair(&json, "size", scene->width, scene->height);
    gf_record_string(&json, "theme", plate->theme->name);
    gf_record_string(&json, "title", scene->about.title);
    gf_record_string(&json, "description", scene->about.description);
    gf_json_key(&json, "integrator");
    gf_json_begin_object(&json);
    gf_record_string(&json, "method", GF_CURVE_METHOD);
    gf_record_number(&json, "error_per_step_pt", GF_CURVE_ERROR);
    gf_json_end_object(&json);
    gf_json_key(&json, "panels");
    gf_json_begin_array(&json);
    for (size_t i = 0; i < plate->count; i++)
        add_panel(&json, &portraits[i]);
    gf_json_end_array(&json);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}
