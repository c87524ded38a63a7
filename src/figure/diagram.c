/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/diagram.h"

#include <math.h>
#include <stdlib.h>

/* The part of the frame that is left free above and below. */
#define MARGIN 0.05

static double shown(double value, bool is_log)
{
    if (!is_log)
        return value;
    return value > 0 ? log10(value) : NAN;
}

static gf_vec2 point(const gf_diagram *d, size_t series, size_t i)
{
    return (gf_vec2){shown(d->x[i * d->stride], d->log_x),
                     shown(d->series[series].y[i * d->stride], d->log_y)};
}

static bool is_finite(gf_vec2 p)
{
    return isfinite(p.x) && isfinite(p.y);
}

static gf_status find_window(gf_vec2 *low, gf_vec2 *high, const gf_diagram *d,
                             gf_error *error)
{
    double height;

    *low = (gf_vec2){INFINITY, INFINITY};
    *high = (gf_vec2){-INFINITY, -INFINITY};
    for (size_t s = 0; s < d->series_count; s++)
        for (size_t i = 0; i < d->count; i++) {
            gf_vec2 p = point(d, s, i);
            if (!is_finite(p))
                continue;
            *low = (gf_vec2){fmin(low->x, p.x), fmin(low->y, p.y)};
            *high = (gf_vec2){fmax(high->x, p.x), fmax(high->y, p.y)};
        }
    if (!(low->x < high->x))
        return gf_error_set(error, GF_ARGUMENT, "there is nothing to draw");
    height = high->y - low->y;
    if (!(height > 1e-12 * (fabs(low->y) + 1)))
        height = 1;
    low->y -= MARGIN * height;
    high->y += MARGIN * height;
    return GF_OK;
}

static gf_status lay(gf_page *page, const gf_diagram *d, gf_error *error)
{
    gf_vec2 low, high;
    gf_status status = find_window(&low, &high, d, error);

    if (!status)
        status = gf_page_add(page, low, high, error);
    if (status)
        return status;
    gf_panel *panel = &page->panel[0];
    panel->x.log = d->log_x;
    panel->y.log = d->log_y;
    gf_rich_markup(&panel->x.name, d->x_name);
    if (d->y_name)
        gf_rich_markup(&panel->y.name, d->y_name);
    else if (d->series_count == 1)
        gf_rich_markup(&panel->y.name, d->series[0].name);
    for (size_t s = 0; s < d->series_count && d->series_count > 1; s++) {
        gf_entry *entry = gf_page_entry(page);
        if (!entry)
            break;
        entry->sample = GF_SAMPLE_LINE;
        entry->stroke = gf_theme_series(d->theme, s);
        gf_rich_markup(&entry->text, d->series[s].name);
    }
    if (d->title)
        gf_rich_markup(&page->title, d->title);
    return gf_page_lay(page, error);
}

/* The line goes on to the jump from both sides; the value is a dot. */
static void draw_jump(gf_path *path, gf_vec2 *at, const gf_page *page,
                      const gf_diagram *d, size_t s)
{
    const gf_frame *frame = &page->panel[0].frame;
    gf_vec2 here = point(d, s, d->jump);
    gf_vec2 before = {here.x, point(d, s, d->jump - 1).y};
    gf_vec2 after = {here.x, point(d, s, d->jump + 1).y};

    gf_path_line(path, gf_frame_page(frame, before));
    gf_path_move(path, gf_frame_page(frame, after));
    *at = gf_frame_page(frame, here);
}

/* The series' group, by its name without markup. */
static void open_series(gf_scene *scene, const gf_page *page,
                        const gf_diagram *d, size_t s)
{
    char id[] = "series-0";
    gf_rich name;

    id[sizeof id - 2] = (char)('0' + s);
    gf_rich_init(&name);
    gf_rich_markup(&name, d->series[s].name);
    gf_scene_open(scene, id, "series", gf_rich_plain(&name));
    if (!d->dots) /* which stand on the frame in full */
        gf_scene_clip(scene, page->panel[0].frame.box);
    scene->failed = scene->failed || name.failed;
    gf_rich_clear(&name);
}

static void draw_dots(gf_scene *scene, const gf_path *path, const gf_diagram *d,
                      gf_colour colour)
{
    for (size_t i = 0; i < path->points; i++) {
        gf_marker dot =
            gf_theme_marker(d->theme, GF_MARKER_DOT, path->point[i]);
        dot.colour = colour;
        gf_scene_marker(scene, &dot);
    }
}

static void draw_series(gf_scene *scene, const gf_page *page,
                        const gf_diagram *d, size_t s)
{
    gf_stroke stroke = gf_theme_series(d->theme, s);
    bool is_begun = false;
    gf_vec2 at = {0, 0};
    gf_path path;

    gf_path_init(&path);
    for (size_t i = 0; i < d->count; i++) {
        gf_vec2 p = point(d, s, i);
        if (!is_finite(p)) {
            is_begun = false;
            continue;
        }
        p = gf_frame_page(&page->panel[0].frame, p);
        if (i == d->jump && d->jump_series >> s & 1) {
            draw_jump(&path, &at, page, d, s);
            continue;
        }
        if (is_begun)
            gf_path_line(&path, p);
        else
            gf_path_move(&path, p);
        is_begun = true;
    }
    open_series(scene, page, d, s);
    gf_scene_stroke(scene, &path, &stroke);
    if (d->dots)
        draw_dots(scene, &path, d, stroke.colour);
    if (d->jump_series >> s & 1) {
        gf_marker dot = gf_theme_marker(d->theme, GF_MARKER_DOT, at);
        dot.colour = stroke.colour;
        gf_scene_marker(scene, &dot);
    }
    gf_scene_shut(scene);
    gf_path_clear(&path);
}

static void say_about(gf_scene *scene, const gf_diagram *d)
{
    gf_scene_say(scene, &scene->about.title, d->about);
    gf_scene_say(scene, &scene->about.description, d->about);
    gf_scene_say(scene, &scene->about.subject,
                 "divergences and gradients of adversarial training");
    gf_scene_say(scene, &scene->about.command, d->command);
    gf_scene_say(scene, &scene->about.version, "ganfield " GF_VERSION);
}

gf_status gf_diagram_compose(gf_scene *scene, const gf_diagram *d,
                             const gf_typesetter *typesetter, gf_error *error)
{
    gf_page *page = malloc(sizeof *page);
    gf_status status;

    gf_scene_init(scene, 1, 1);
    if (!page)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_page_init(page, &d->size, d->theme, typesetter);
    status = lay(page, d, error);
    if (!status) {
        gf_scene_init(scene, page->width, page->height);
        gf_page_start(scene, page);
        say_about(scene, d);
        for (size_t s = 0; s < d->series_count; s++)
            draw_series(scene, page, d, s);
        gf_page_finish(scene, page);
        status = gf_scene_check(scene, error);
    }
    gf_page_clear(page);
    free(page);
    return status;
}
