/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/scene.h"

#include "figure/character.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64, MOST_SAID = 65536 };

/* The longest side of a page in PDF (ISO 32000-1, annex C). */
static const double LONGEST = 14400;

void gf_scene_init(gf_scene *scene, double width, double height)
{
    *scene = (gf_scene){
        .width = width,
        .height = height,
        .background = GF_RGB(0xffffff),
        .family = GF_SERIF,
    };
}

static void clear_item(gf_item *item)
{
    gf_path_clear(&item->path);
    gf_rich_clear(&item->rich);
    if (item->kind == GF_ITEM_OPEN) {
        free(item->as.group.id);
        free(item->as.group.class);
        free(item->as.group.title);
    }
}

void gf_scene_clear(gf_scene *scene)
{
    gf_about *about = &scene->about;

    for (size_t i = 0; i < scene->items; i++)
        clear_item(&scene->item[i]);
    free(scene->item);
    free(about->title);
    free(about->description);
    free(about->author);
    free(about->subject);
    free(about->keywords);
    free(about->command);
    free(about->version);
    free(about->settings);
    gf_scene_init(scene, scene->width, scene->height);
}

void gf_scene_say(gf_scene *scene, char **field, const char *text)
{
    gf_text clean;

    free(*field);
    *field = NULL;
    if (!text)
        return;
    gf_text_init(&clean);
    gf_sanitise(&clean, text, strlen(text), MOST_SAID);
    *field = gf_text_take(&clean);
    if (!*field)
        scene->failed = true;
}

/* One more item, all its parts empty; NULL where there is no memory. */
static gf_item *add(gf_scene *scene, gf_item_kind kind)
{
    if (scene->failed)
        return NULL;
    if (scene->items == scene->room) {
        size_t room = scene->room > 0 ? 2 * scene->room : FIRST_ROOM;
        gf_item *grown = room < SIZE_MAX / 2 / sizeof *grown
                             ? realloc(scene->item, room * sizeof *grown)
                             : NULL;
        if (!grown) {
            scene->failed = true;
            return NULL;
        }
        scene->item = grown;
        scene->room = room;
    }
    gf_item *item = &scene->item[scene->items++];
    *item = (gf_item){.kind = kind};
    gf_path_init(&item->path);
    gf_rich_init(&item->rich);
    return item;
}

/* Can this be an XML id and a class of a style sheet as it stands? */
static bool is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char others[] = "abcdefghijklmnopqrstuvwxyz"
                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    return name[0] != '\0' && strchr(letters, name[0]) &&
           name[strspn(name, others)] == '\0';
}

void gf_scene_open(gf_scene *scene, const char *id, const char *class,
                   const char *title)
{
    if (!is_name(id) || !is_name(class)) {
        scene->misused = true;
        return;
    }
    gf_item *item = add(scene, GF_ITEM_OPEN);
    if (!item)
        return;
    scene->depth++;
    gf_group *group = &item->as.group;
    gf_scene_say(scene, &group->id, id);
    gf_scene_say(scene, &group->class, class);
    gf_scene_say(scene, &group->title, title);
}

static bool is_box(gf_box box)
{
    return isfinite(box.x0) && isfinite(box.y0) && isfinite(box.x1) &&
           isfinite(box.y1) && box.x0 <= box.x1 && box.y0 <= box.y1;
}

void gf_scene_clip(gf_scene *scene, gf_box clip)
{
    if (scene->failed)
        return;
    gf_item *last = scene->items > 0 ? &scene->item[scene->items - 1] : NULL;
    if (!last || last->kind != GF_ITEM_OPEN || !is_box(clip)) {
        scene->misused = true;
        return;
    }
    last->as.group.clipped = true;
    last->as.group.clip = clip;
}

void gf_scene_shut(gf_scene *scene)
{
    if (scene->depth == 0) {
        scene->misused = scene->misused || !scene->failed;
        return;
    }
    scene->depth--;
    add(scene, GF_ITEM_SHUT);
}

static bool is_positive(double x)
{
    return isfinite(x) && x > 0;
}

static bool is_point(gf_vec2 p)
{
    return isfinite(p.x) && isfinite(p.y);
}

/* Notes what the caller did wrong; true where it did not. */
static bool accept(gf_scene *scene, bool good)
{
    if (!good)
        scene->misused = true;
    return good;
}

static gf_item *add_path(gf_scene *scene, gf_item_kind kind,
                         const gf_path *path)
{
    if (path->failed)
        scene->failed = true;
    if (path->steps == 0 ||
        !accept(scene, gf_path_is_finite(path) && path->step[0] == 0))
        return NULL;
    gf_item *item = add(scene, kind);
    if (!item)
        return NULL;
    gf_path_append(&item->path, path);
    if (item->path.failed)
        scene->failed = true;
    return item;
}

void gf_scene_stroke(gf_scene *scene, const gf_path *path,
                     const gf_stroke *stroke)
{
    bool good = is_positive(stroke->width);

    for (size_t i = 0; i < GF_DASHES; i++)
        good = good && isfinite(stroke->dash[i]) && stroke->dash[i] >= 0;
    if (!accept(scene, good))
        return;
    gf_item *item = add_path(scene, GF_ITEM_STROKE, path);
    if (item)
        item->as.stroke = *stroke;
}

void gf_scene_fill(gf_scene *scene, const gf_path *path, const gf_fill *fill)
{
    bool good = fill->hatch == 0 ||
                (is_positive(fill->hatch) && is_positive(fill->width));

    if (!accept(scene, good))
        return;
    gf_item *item = add_path(scene, GF_ITEM_FILL, path);
    if (item)
        item->as.fill = *fill;
}

void gf_scene_marker(gf_scene *scene, const gf_marker *marker)
{
    bool good = is_point(marker->at) && is_positive(marker->radius) &&
                isfinite(marker->line) && marker->line >= 0 &&
                isfinite(marker->halo) && marker->halo >= 0;

    if (!accept(scene, good))
        return;
    gf_item *item = add(scene, GF_ITEM_MARKER);
    if (item)
        item->as.marker = *marker;
}

void gf_scene_arrow(gf_scene *scene, const gf_arrow *arrow)
{
    bool good = is_point(arrow->tip) && is_positive(arrow->length) &&
                is_positive(hypot(arrow->direction.x, arrow->direction.y));

    if (!accept(scene, good))
        return;
    gf_item *item = add(scene, GF_ITEM_ARROW);
    if (item)
        item->as.arrow = *arrow;
}

void gf_scene_label(gf_scene *scene, const gf_rich *rich, const gf_label *label)
{
    bool good =
        is_point(label->at) && is_positive(label->size) &&
        isfinite(label->angle) && isfinite(label->halo) && label->halo >= 0 &&
        (label->anchor == 0 || label->anchor == 0.5 || label->anchor == 1);

    if (rich->failed || rich->text.failed)
        scene->failed = true;
    if (rich->runs == 0 || !accept(scene, good))
        return;
    gf_item *item = add(scene, GF_ITEM_LABEL);
    if (!item)
        return;
    item->as.label = *label;
    gf_rich_append(&item->rich, rich);
    if (item->rich.failed || item->rich.text.failed)
        scene->failed = true;
}

const gf_group *gf_scene_group(const gf_scene *scene, const char *id)
{
    for (size_t i = 0; i < scene->items; i++) {
        const gf_item *item = &scene->item[i];
        if (item->kind == GF_ITEM_OPEN && strcmp(item->as.group.id, id) == 0)
            return &item->as.group;
    }
    return NULL;
}

/* Has a group the id of one before it? */
static bool repeats_an_id(const gf_scene *scene)
{
    for (size_t i = 0; i < scene->items; i++) {
        const gf_item *item = &scene->item[i];
        if (item->kind == GF_ITEM_OPEN &&
            gf_scene_group(scene, item->as.group.id) != &item->as.group)
            return true;
    }
    return false;
}

gf_status gf_scene_check(const gf_scene *scene, gf_error *error)
{
    if (scene->failed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    if (!is_positive(scene->width) || !is_positive(scene->height))
        return gf_error_set(error, GF_ARGUMENT,
                            "a page of %g x %g points has no area",
                            scene->width, scene->height);
    if (scene->width > LONGEST || scene->height > LONGEST)
        return gf_error_set(error, GF_ARGUMENT,
                            "a page of %g x %g points is too large: the "
                            "longest side is %g points (200 in)",
                            scene->width, scene->height, LONGEST);
    if (scene->misused || scene->depth > 0 || repeats_an_id(scene))
        return gf_error_set(error, GF_INTERNAL,
                            "the figure was put together wrongly");
    return GF_OK;
}
