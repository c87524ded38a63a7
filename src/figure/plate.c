/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void gf_plate_init(gf_plate *plate, const gf_size *size, const gf_theme *theme)
{
    *plate = (gf_plate){.size = *size, .theme = theme};
}

gf_plate_panel *gf_plate_add(gf_plate *plate, const gf_classification *c)
{
    const gf_field *field = c->field;
    gf_plate_panel *panel;

    if (plate->count == GF_PAGE_PANELS)
        return NULL;
    panel = &plate->panel[plate->count++];
    *panel = (gf_plate_panel){
        .c = c,
        .window = {field->window[0], field->window[1]},
        .layers = gf_features_default(),
        .start = field->start,
        .start_count = field->start_count,
    };
    return panel;
}

/* --- the page ---------------------------------------------------------- */

static void add_axis_name(gf_rich *out, const char *markup, const char *name)
{
    if (markup)
        gf_rich_markup(out, markup);
    else
        gf_rich_math(out, name);
}

static gf_status add_panel(gf_page *page, const gf_plate *plate, size_t i,
                           gf_error *error)
{
    const gf_plate_panel *from = &plate->panel[i];
    const gf_field *field = from->c->field;
    const gf_range *w = from->window;
    gf_panel *panel;
    gf_status status = gf_page_add(page, (gf_vec2){w[0].lo, w[1].lo},
                                   (gf_vec2){w[0].hi, w[1].hi}, error);

    if (status)
        return status;
    panel = &page->panel[page->panels - 1];
    panel->equal = from->equal;
    add_axis_name(&panel->x.name, from->axis[0], field->axis_name[0]);
    add_axis_name(&panel->y.name, from->axis[1], field->axis_name[1]);
    if (from->title)
        gf_rich_markup(&panel->title, from->title);
    else if (plate->count > 1)
        gf_rich_add(&panel->title, GF_UPRIGHT, field->name);
    return GF_OK;
}

static gf_status lay_page(gf_page *page, const gf_plate *plate, gf_error *error)
{
    gf_status status = GF_OK;

    page->equal = plate->equal;
    page->columns = plate->columns;
    for (size_t i = 0; status == GF_OK && i < plate->count; i++)
        status = add_panel(page, plate, i, error);
    if (status)
        return status;
    if (plate->title)
        gf_rich_markup(&page->title, plate->title);
    gf_plate_legend(page, plate);
    gf_plate_legend_tracks(page, plate);
    gf_plate_caption(page, plate);
    gf_plate_stamp(page, plate);
    status = gf_plate_speed(page, plate, error);
    return status ? status : gf_page_lay(page, error);
}

/* --- the panels -------------------------------------------------------- */

enum { MOST_ABREAST = 120 };

/* Small panels have their lines closer, huge ones not more than can be seen. */
static double separation_of(const gf_plate *plate, gf_box box)
{
    if (plate->separation > 0)
        return plate->separation;
    return fmax(fmin(plate->size.separation,
                     (3.5 + (box.x1 - box.x0) / 40) * plate->theme->scale),
                sqrt((box.x1 - box.x0) * (box.y1 - box.y0)) / MOST_ABREAST);
}

static gf_status make_portrait(gf_portrait *portrait, const gf_plate *plate,
                               const gf_page *page, size_t i, gf_error *error)
{
    const gf_plate_panel *panel = &plate->panel[i];
    const gf_frame *frame = &page->panel[i].frame;
    gf_portrait_plan plan = {
        .c = panel->c,
        .window = {{frame->low.x, frame->high.x, true, true},
                   {frame->low.y, frame->high.y, true, true}},
        .box = frame->box,
        .layers = panel->layers,
        .separation = separation_of(plate, frame->box),
        .marker = 3.4 * plate->theme->scale,
        .start = panel->start,
        .start_count = panel->start_count,
        .map = panel->map,
        .map_count = panel->map_count,
    };

    return gf_portrait_make(portrait, &plan, error);
}

static gf_status draw_portraits(gf_scene *scene, const gf_page *page,
                                const gf_plate *plate,
                                const gf_portrait *portraits, gf_error *error)
{
    gf_status status = GF_OK;

    for (size_t i = 0; status == GF_OK && i < plate->count; i++) {
        char id[3] = "a-";
        id[0] = (char)('a' + i % 26);
        if (plate->count > 1)
            gf_scene_open(scene, (char[]){'p', '-', id[0], 0}, "panel",
                          plate->panel[i].c->field->title);
        gf_portrait_look look = {.theme = plate->theme,
                                 .id = plate->count > 1 ? id : "",
                                 .size = page->small,
                                 .typesetter = page->typesetter,
                                 .speed = &page->scale};
        status = gf_portrait_draw(scene, &portraits[i], &look, error);
        gf_plate_draw_tracks(scene, page, plate, i);
        if (plate->count > 1)
            gf_scene_shut(scene);
    }
    return status;
}

static void write_table(FILE *table, const gf_plate *plate,
                        const gf_portrait *portraits)
{
    const gf_field *first = plate->panel[0].c->field;
    bool same = true;

    for (size_t i = 1; i < plate->count; i++)
        for (int k = 0; k < 2; k++)
            same = same && strcmp(plate->panel[i].c->field->axis_name[k],
                                  first->axis_name[k]) == 0;
    fprintf(table, "panel,layer,curve,point,%s,%s\n",
            same ? first->axis_name[0] : "x", same ? first->axis_name[1] : "y");
    for (size_t i = 0; i < plate->count; i++)
        gf_portrait_write_csv(&portraits[i], plate->panel[i].c->field->name,
                              table);
}

static void say_about(gf_scene *scene, const gf_plate *plate,
                      const gf_portrait *portraits)
{
    gf_text text;

    gf_text_init(&text);
    gf_text_add(&text,
                plate->count > 1 ? "Phase portraits: " : "Phase portrait: ");
    for (size_t i = 0; i < plate->count; i++) {
        const gf_field *field = plate->panel[i].c->field;
        gf_text_addf(&text, "%s%s", i ? "; " : "",
                     field->title[0] ? field->title : field->name);
    }
    gf_scene_say(scene, &scene->about.title, gf_text_string(&text));
    gf_text_cut(&text, 0);
    gf_plate_describe(&text, plate, portraits);
    gf_scene_say(scene, &scene->about.description, gf_text_string(&text));
    gf_scene_say(scene, &scene->about.author, plate->author);
    gf_scene_say(scene, &scene->about.subject,
                 "dynamics of generative adversarial networks");
    gf_scene_say(scene, &scene->about.keywords,
                 "GAN, phase portrait, nullclines, rest points, stability");
    gf_scene_say(scene, &scene->about.command, plate->command);
    gf_scene_say(scene, &scene->about.version, "ganfield " GF_VERSION);
    gf_text_cut(&text, 0);
    gf_plate_settings(&text, plate);
    gf_scene_say(scene, &scene->about.settings, gf_text_string(&text));
    scene->failed = scene->failed || text.failed;
    gf_text_clear(&text);
}

static gf_status compose(gf_scene *scene, const gf_plate *plate, gf_page *page,
                         gf_portrait *portraits, size_t *made,
                         const gf_plate_also *also, gf_error *error)
{
    gf_status status = lay_page(page, plate, error);

    while (status == GF_OK && *made < plate->count) {
        status = make_portrait(&portraits[*made], plate, page, *made, error);
        *made += status == GF_OK;
    }
    if (status)
        return status;
    gf_scene_init(scene, page->width, page->height);
    gf_page_start(scene, page);
    if (plate->transparent)
        scene->background.a = 0;
    say_about(scene, plate, portraits);
    status = draw_portraits(scene, page, plate, portraits, error);
    if (status)
        return status;
    gf_page_finish(scene, page);
    if (also && also->table)
        write_table(also->table, plate, portraits);
    if (also && also->json)
        gf_plate_record(also->json, plate, portraits, scene, also->file);
    if (also && also->json && also->json->failed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return gf_scene_check(scene, error);
}

gf_status gf_plate_compose(gf_scene *scene, const gf_plate *plate,
                           const gf_typesetter *typesetter,
                           const gf_plate_also *also, gf_error *error)
{
    gf_portrait *portraits = calloc(plate->count + 1, sizeof *portraits);
    gf_page *page = malloc(sizeof *page);
    size_t made = 0;
    gf_status status;

    gf_scene_init(scene, 1, 1);
    if (portraits && page && plate->count > 0) {
        gf_page_init(page, &plate->size, plate->theme, typesetter);
        status = compose(scene, plate, page, portraits, &made, also, error);
        gf_page_clear(page);
    } else if (plate->count == 0) {
        status = gf_error_set(error, GF_ARGUMENT, "a figure without a field");
    } else {
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    }
    while (made > 0)
        gf_portrait_clear(&portraits[--made]);
    free(portraits);
    free(page);
    return status;
}
